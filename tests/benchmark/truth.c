/* truth SHARE [--seed N] [--nations N] [--rounds N] [--short] | SHARE --store DATABASE KNOWN [--seed N]: what the statistics say of a nation of
 * which the truth is known. SHARE is the folder with content/ and data/, KNOWN a file for that truth. See tests/benchmark/truth. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "benchmark.h"
#include "benchmark_release.h"
#include "clock.h"
#include "engine.h"
#include "known.h"
#include "methods.h"
#include "schema.h"
#include "testing.h"

struct plan {
        struct str share, store, known;
        uint64_t seed;
        int nations, rounds, quarters;
        size_t most;
};

static int told(const char *what, enum err e) {
        fprintf(stderr, "truth: %s: %s\n", what, err_name(e));
        return 2;
}

/* Somebody takes part already: so benchmark_load leaves its own demonstration out. */
static enum err begin(struct db *db, struct arena *a, const struct plan *p) {
        struct load l = { .a = a, .root = p->share };
        int before = p->store.n ? p->quarters - 1 - NATION_FIRST_START + NATION_BEFORE : p->quarters - 1;
        enum err e = schema_migrate(db);
        if (e == OK)
                e = db_begin(db);
        if (e == OK)
                e = network_load(db, &l);
        if (e == OK)
                e = benchmark_put_participant(db, true, (struct participant) { S(NATION_ALWAYS), period_add(NATION_LAST, -before), 0 });
        return e == OK ? benchmark_load(db, &l) : e;
}

static enum err one_nation(struct str url, const struct plan *p, uint64_t seed, bool checked, bool *right) {
        struct arena a = { 0 };
        struct nation x;
        struct db *db = NULL;
        enum err e = db_open(&db, url, DB_WRITE);
        if (e == OK)
                e = begin(db, &a, p);
        if (e == OK)
                e = nation_draw(db, &a, seed, p->most, p->quarters, &x);
        x.demo = !checked;
        if (e == OK)
                e = engine_release(db, &x, checked, clock_dutch_midnight(S("2026-11-12"), 0));
        if (e == OK && checked)
                e = engine_look(db, &x, right);
        if (e == OK && !checked)
                e = benchmark_republish(db, &a);
        if (e == OK && !checked)
                e = known_write(&x, p->known);
        if (db && e == OK)
                e = db_commit(db);
        if (db)
                db_close(db);
        arena_done(&a);
        return e;
}

/* A nation in a store of its own, that goes again. */
static enum err in_store(int (*make)(void **), const struct plan *p, uint64_t seed, bool *right) {
        void *state = NULL;
        if (make(&state))
                return ERR_INTERNAL;
        struct test_store *s = state;
        enum err e = s->available ? one_nation(s->url, p, seed, true, right) : OK;
        test_store_done(&state);
        return e;
}

/* Each nation another one, and one more on PostgreSQL where there is a server. */
static enum err nations(const struct plan *p, bool *right) {
        enum err e = OK;
        for (int i = 0; e == OK && i < p->nations; i++)
                e = in_store(test_store_sqlite, p, p->seed + (uint64_t) i, right);
        return e == OK ? in_store(test_store_postgres, p, p->seed + (uint64_t) p->nations, right) : e;
}

static bool read_plan(int argc, char **argv, struct plan *p) {
        for (int i = 2; i < argc; i++) {
                bool more = i + 1 < argc;
                if (strcmp(argv[i], "--short") == 0) {
                        p->most = 90;
                        p->quarters = 9;
                        p->rounds = 2;
                        continue;
                }
                if (!more)
                        return false;
                const char *v = argv[++i];
                if (strcmp(argv[i - 1], "--seed") == 0)
                        p->seed = strtoull(v, NULL, 10);
                else if (strcmp(argv[i - 1], "--nations") == 0)
                        p->nations = atoi(v);
                else if (strcmp(argv[i - 1], "--rounds") == 0)
                        p->rounds = atoi(v);
                else if (strcmp(argv[i - 1], "--store") == 0 && i + 1 < argc) {
                        p->store = str_of(v);
                        p->known = str_of(argv[++i]);
                }
                else
                        return false;
        }
        return argc > 1;
}

int main(int argc, char **argv) {
        struct plan p = { .seed = 1, .nations = 1, .rounds = 300, .quarters = NATION_QUARTERS, .most = 1000 };
        struct arena a = { 0 };
        bool right = true;
        if (!read_plan(argc, argv, &p)) {
                fprintf(stderr, "usage: truth SHARE [--seed N] [--nations N] [--rounds N] [--short] | truth SHARE --store DATABASE KNOWN [--seed N]\n");
                return 2;
        }
        p.share = str_of(argv[1]);
        if (p.store.n) {
                enum err e = one_nation(p.store, &p, p.seed, false, &right);
                return e == OK ? 0 : told("the store could not be filled", e);
        }
        enum err e = nations(&p, &right);
        if (e != OK)
                return told("the nation could not be made", e);
        right &= engine_print();
        methods_try(&a, p.seed, p.rounds);
        right &= methods_print();
        arena_done(&a);
        printf("\n%s\n", right ? "Every rate is within its own error." : "A rate is out of bounds.");
        return right ? 0 : 1;
}
