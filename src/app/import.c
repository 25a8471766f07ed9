#include "import.h"
#include <sodium.h>
#include "app.sql.h"
#include "benchmark.h"
#include "clock.h"
#include "index.h"
#include "knowledge.h"
#include "log.h"
#include "network.h"

/* Raise when the same files must be loaded anew because the program reads them otherwise. */
#define LOAD_FORMAT "5"

/* Folders whose files decide whether the store is up to date. */
static const char *const folders[] = {
        "data/network", "data/benchmark", "data/taal", "content", "content/indicatoren", "content/items",
};

static enum err digest_file(struct load *l, struct str file, crypto_generichash_state *h) {
        struct arena a = { 0 };
        struct str text;
        enum err e = file_read(&a, str_fmt(&a, "%.*s/%.*s", STR(l->root), STR(file)), (size_t) 32 << 20, &text);
        if (e == OK) {
                crypto_generichash_update(h, (const unsigned char *) file.p, file.n + 1);
                crypto_generichash_update(h, (const unsigned char *) text.p, text.n);
        }
        arena_done(&a);
        return e == OK ? OK : load_fail(l, file, 0, "cannot be read (%s)", err_name(e));
}

/* A digest over names and contents, and over the program's version: other code may read the files otherwise. */
static enum err digest_all(struct load *l, struct str *ret) {
        crypto_generichash_state h;
        unsigned char raw[20];
        char hex[41];
        crypto_generichash_init(&h, NULL, 0, sizeof raw);
        crypto_generichash_update(&h, (const unsigned char *) LOAD_FORMAT, sizeof LOAD_FORMAT);
        for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
                struct str_list names;
                struct str folder = str_of(folders[i]);
                if (file_list(l->a, str_fmt(l->a, "%.*s/%.*s", STR(l->root), STR(folder)), S(""), &names) != OK)
                        return load_fail(l, folder, 0, "this folder cannot be read");
                for (size_t k = 0; k < names.n; k++) {
                        bool file = str_index(names.v[k], '.') < names.v[k].n;
                        if (!file)
                                continue;
                        enum err e = digest_file(l, str_fmt(l->a, "%.*s/%.*s", STR(folder), STR(names.v[k])), &h);
                        if (e != OK)
                                return e;
                }
        }
        crypto_generichash_final(&h, raw, sizeof raw);
        sodium_bin2hex(hex, sizeof hex, raw, sizeof raw);
        *ret = str_dup(l->a, str_of(hex));
        return OK;
}

static enum err load_rooms(struct db *db, struct load *l, const struct analyser *an, struct str digest) {
        enum err e = network_load(db, l);
        if (e == OK)
                e = benchmark_load(db, l);
        if (e == OK)
                e = benchmark_pages_write(db, l->a);
        if (e == OK)
                e = knowledge_load(db, l, clock_now_ms());
        if (e == OK)
                e = index_rebuild(db, l->a, an);
        if (e == OK)
                e = app_load_state_put(db, S("alles"), digest, clock_now_ms());
        return e;
}

enum err import_all(struct db *db, struct load *l, const struct analyser *an, bool force, bool *loaded) {
        struct app_load_state_get_row state = { 0 };
        struct str digest;
        bool found = false;
        int64_t start = clock_monotonic_us();
        enum err e = digest_all(l, &digest);
        *loaded = false;
        if (e != OK)
                return e;
        e = app_load_state_get(db, l->a, S("alles"), &state, &found);
        if (e != OK || (found && !force && str_eq(state.digest, digest)))
                return e;
        e = db_begin(db);
        if (e != OK)
                return e;
        e = load_rooms(db, l, an, digest);
        if (e != OK) {
                db_rollback(db);
                return e;
        }
        e = db_commit(db);
        *loaded = e == OK;
        if (e == OK)
                e = db_analyse(db);
        if (e == OK)
                log_event(LOG_INFO, "loaded", LOG_INT("ms", (clock_monotonic_us() - start) / 1000));
        return e;
}
