#include "jobs.h"
#include "clock.h"
#include "internal.h"
#include "jobs.sql.h"

#define DAY_MS ((int64_t) 24 * 60 * 60 * 1000)

enum err jobs_enqueue(struct db *db, const char *kind, struct str payload, int64_t run_at_ms) {
        return job_add(db, str_of(kind), payload, run_at_ms, clock_now_ms());
}

enum err jobs_count(struct db *db, struct arena *a, struct jobs_counts *ret) {
        struct job_counts_row_list l;
        const struct { struct str state; int64_t *n; } to[] = {
                { S("waiting"), &ret->waiting }, { S("running"), &ret->running }, { S("done"), &ret->done },
                { S("dead"), &ret->dead },
        };
        *ret = (struct jobs_counts) { 0 };
        enum err e = job_counts(db, a, &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                for (size_t k = 0; k < 4; k++)
                        if (str_eq(l.v[i].state, to[k].state))
                                *to[k].n = l.v[i].n;
        return e;
}

int64_t jobs_next_turn(const struct job_kind *k, int64_t now_ms) {
        int64_t step = k->daily ? DAY_MS : k->every_ms, first = k->daily ? k->hour * (DAY_MS / 24) : 0;
        return now_ms - ((now_ms - first) % step + step) % step + step;
}

int64_t jobs_back_off(int failures) {
        static const int minutes[] = { 1, 5, 30, 120 };
        return (int64_t) minutes[failures < 1 ? 0 : failures > 4 ? 3 : failures - 1] * 60 * 1000;
}

enum err jobs_dead(struct db *db, struct arena *a, int64_t limit, int64_t before_id, struct job_dead_list *ret) {
        return jobs_dead_before(db, a, before_id > 0 ? before_id : INT64_MAX, limit, ret);
}

enum err jobs_revive(struct db *db, struct arena *a, int64_t id, int64_t now_ms) {
        struct job_again_row row;
        bool found = false;
        enum err e = job_again(db, a, id, now_ms, &row, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err jobs_latest(struct db *db, struct arena *a, const char *kind, struct job_latest_row *ret) {
        bool found = false;
        enum err e = job_latest(db, a, str_of(kind), ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err jobs_pending(struct db *db, struct arena *a, const char *kind, int64_t now_ms, bool *ret) {
        struct job_pending_row row = { 0 };
        enum err e = job_pending(db, a, str_of(kind), now_ms, &row);
        *ret = row.yes;
        return e;
}
