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
