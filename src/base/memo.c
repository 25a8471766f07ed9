#include "memo.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void memo_init(struct memo *m) {
        *m = (struct memo) { 0 };
        pthread_mutex_init(&m->lock, NULL);
}

static void drop(struct memo *m, struct memo_entry *e) {
        m->n -= e->n;
        free(e->bytes);
        *e = (struct memo_entry) { 0 };
}

void memo_done(struct memo *m) {
        for (size_t i = 0; i < MEMO_ENTRIES; i++)
                drop(m, &m->entry[i]);
        pthread_mutex_destroy(&m->lock);
}

static void digest(struct str key, unsigned char ret[MEMO_DIGEST]) {
        crypto_generichash(ret, MEMO_DIGEST, (const unsigned char *) key.p, key.n, NULL, 0);
}

static struct memo_entry *find(struct memo *m, const unsigned char key[MEMO_DIGEST]) {
        for (size_t i = 0; i < MEMO_ENTRIES; i++)
                if (m->entry[i].bytes && memcmp(m->entry[i].key, key, MEMO_DIGEST) == 0)
                        return &m->entry[i];
        return NULL;
}

/* A free entry, or the one that was asked for least recently. */
static struct memo_entry *oldest(struct memo *m, bool taken) {
        struct memo_entry *ret = NULL;
        for (size_t i = 0; i < MEMO_ENTRIES; i++) {
                struct memo_entry *e = &m->entry[i];
                if ((e->bytes || !taken) && (!ret || e->asked < ret->asked))
                        ret = e;
        }
        return ret;
}

bool memo_get(struct memo *m, struct arena *a, struct str key, struct str *ret) {
        unsigned char k[MEMO_DIGEST];
        *ret = S("");
        if (!m)
                return false;
        digest(key, k);
        pthread_mutex_lock(&m->lock);
        struct memo_entry *e = find(m, k);
        if (e) {
                char *copy = arena_alloc(a, e->n);
                memcpy(copy, e->bytes, e->n);
                *ret = (struct str) { copy, e->n };
                e->asked = ++m->asked;
        }
        pthread_mutex_unlock(&m->lock);
        return e != NULL;
}

void memo_put(struct memo *m, struct str key, struct str bytes) {
        unsigned char k[MEMO_DIGEST];
        void *copy = m && bytes.n && bytes.n <= MEMO_BYTES / 8 ? malloc(bytes.n) : NULL;
        if (!copy)
                return;
        memcpy(copy, bytes.p, bytes.n);
        digest(key, k);
        pthread_mutex_lock(&m->lock);
        struct memo_entry *e = find(m, k);
        while (!e && m->n + bytes.n > MEMO_BYTES)
                drop(m, oldest(m, true));
        e = e ? e : oldest(m, false);
        drop(m, e);
        *e = (struct memo_entry) { .bytes = copy, .n = bytes.n, .asked = ++m->asked };
        memcpy(e->key, k, MEMO_DIGEST);
        m->n += bytes.n;
        pthread_mutex_unlock(&m->lock);
}
