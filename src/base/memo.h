/* memo.h - results that were computed from what is stored, kept in memory. One memo is shared by all threads.
 *
 * A key says everything that a result follows from. So nothing that is kept can be out of date, and nothing is ever taken out: when
 * something changed the key is another one, and what nobody asks for any more goes when room is needed, least recently asked first. */
#ifndef BASE_MEMO_H
#define BASE_MEMO_H
#include <pthread.h>
#include "str.h"

#define MEMO_ENTRIES 1024
#define MEMO_BYTES ((size_t) 32 << 20)  /* of results; larger ones than an eighth of it are not kept */
#define MEMO_DIGEST 32

struct memo {
        pthread_mutex_t lock;
        struct memo_entry {
                unsigned char key[MEMO_DIGEST];
                void *bytes;            /* NULL: free */
                size_t n;
                uint64_t asked;
        } entry[MEMO_ENTRIES];
        size_t n;                       /* bytes that are kept */
        uint64_t asked;
};
void memo_init(struct memo *m);
void memo_done(struct memo *m);

/* Copies what is kept under KEY into A. False when nothing is, and without a memo (NULL). */
bool memo_get(struct memo *m, struct arena *a, struct str key, struct str *ret);
/* Keeps a copy of BYTES, at least one, when there is memory for it. */
void memo_put(struct memo *m, struct str key, struct str bytes);

#endif
