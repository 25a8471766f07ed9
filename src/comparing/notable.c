/* notable.c - what stands out in the figures of a municipality, and the monthly mail that tells it. */
#include <math.h>
#include "clock.h"
#include "comparing.h"
#include "comparing.sql.h"
#include "jobs.h"
#include "mail.h"
#include "notable.h"
#include "notable.tmpl.h"
#include "notable.txt.tmpl.h"
#include "page.h"
#include "people.h"
#include "people_mail.h"
#include "people_retention.h"

#define PEOPLE_AT_ONCE 20

enum err notable_base_read(struct db *db, struct arena *a, struct notable_base *ret) {
        *ret = (struct notable_base) { 0 };
        enum err e = benchmark_releases(db, a, &ret->releases);
        if (e == OK)
                e = compare_places_read(db, a, &ret->places);
        return e == OK ? benchmark_dictionary(db, a, &ret->dictionary) : e;
}

/* The result of PLACE in PERIOD, or NULL. */
static enum err result_in(struct db *db, struct arena *a, const struct dictionary_entry *d, int64_t release, int64_t period,
        const struct municipality_current *place, struct cell *c, const struct result **ret) {
        bool found = false;
        enum err e = benchmark_cell(db, a, release, BENCHMARK_PUBLIC, d->code, compare_whole(d), period, c, &found);
        *ret = e == OK && found ? benchmark_result(c, place->code) : NULL;
        return e;
}

enum err notable_of(struct db *db, struct arena *a, const struct dictionary *d, const struct benchmark_release_info *r,
        const struct municipality_current *place, struct notable_list *ret) {
        enum err e = OK;
        *ret = (struct notable_list) { 0 };
        for (size_t i = 0; e == OK && i < d->n; i++) {
                const struct dictionary_entry *x = &d->v[i];
                int64_t period = compare_newest(x, r->through);
                struct cell now = { 0 }, before = { 0 };
                const struct result *mine = NULL, *then = NULL;
                e = result_in(db, a, x, r->id, period, place, &now, &mine);
                if (e != OK || !mine || mine->notice != RESULT_NOTABLE_CORRECTED)
                        continue;
                e = result_in(db, a, x, r->id, period_add(period, -1), place, &before, &then);
                *vec_push(a, ret) = (struct notable) { x,
                        str_fmt(a, "/vergelijken/%.*s?gemeente=%.*s&periode=%.*s", STR(x->slug), STR(place->slug),
                                STR(period_code(a, period))),
                        compare_words(a, x, place->name, &now, mine), then && then->notice == RESULT_NOTABLE_CORRECTED };
        }
        return e;
}

static enum err collect(struct req *rq, const struct notable_base *base, int64_t person_id, struct notable_mail *m) {
        struct figures_untold_row_list rows;
        const struct benchmark_release_info *newest = &base->releases.v[0];
        enum err e = figures_untold(rq->db, rq->arena, person_id, newest->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct notable_part part = { .place = compare_place_of(&base->places, rows.v[i].region) };
                if (!part.place)
                        continue;
                e = notable_of(rq->db, rq->arena, &base->dictionary, newest, part.place, &part.list);
                if (e == OK && part.list.n)
                        *vec_push(rq->arena, &m->parts) = part;
        }
        return e;
}

static enum err send(struct req *rq, const struct person *who, const struct notable_mail *m) {
        const struct site *site = rq->app;
        struct letter l _cleanup_(letter_done) = letter_new(rq->arena, site->origin, S("Dit viel op in uw cijfers"),
                                                            S("u daarom vroeg bij de cijfers van een gemeente"));
        enum err e = people_letter_sign_off(rq, &l, who->id, S(MAIL_FIGURES));
        if (e != OK)
                return e;
        notable_html(&l, m);
        notable_text(&l, m);
        return people_letter_queue(rq, &l, who->id, who->email, who->name, S(MAIL_FIGURES));
}

/* Told is also who has nothing that stands out: silence is the message. */
static enum err mail_one(struct req *rq, const struct notable_base *base, int64_t person_id) {
        const struct benchmark_release_info *newest = &base->releases.v[0];
        struct notable_mail m = { .period = period_name(rq->arena, newest->through), .fictitious = newest->fictitious };
        struct person who;
        bool found, wanted = false;
        enum err e = person_get(rq->db, rq->arena, person_id, &who, &found);
        if (e == OK && found && !who.blocked_ms.is_set && who.verified_ms.is_set)
                e = people_wants_mail(rq, person_id, S(MAIL_FIGURES), &wanted);
        if (e == OK && wanted)
                e = collect(rq, base, person_id, &m);
        m.name = who.name;
        if (e == OK && m.parts.n)
                e = send(rq, &who, &m);
        return e == OK ? figures_told(rq->db, person_id, newest->id) : e;
}

/* Once a month at most: a release waits for the first day of the next one, and of two in a month only the newest is told. */
static void leave_this_month(struct arena *a, int64_t now_ms, struct benchmark_release_list *l) {
        struct str month = str_sub(clock_dutch_day(a, now_ms), 0, 7);
        int64_t began = clock_dutch_midnight(str_fmt(a, "%.*s-01", STR(month)), 0);
        while (l->n && l->v[0].made_at >= began)
                l->v++, l->n--;
}

static enum err mail_some(struct req *rq, int64_t *next, const void *arg) {
        struct figures_followers_row_list who = { 0 };
        struct notable_base base;
        int64_t from = *next;
        (void) arg;
        enum err e = notable_base_read(rq->db, rq->arena, &base);
        *next = 0;
        leave_this_month(rq->arena, rq->now_ms, &base.releases);
        if (e != OK || base.releases.n == 0)
                return e;
        e = figures_followers(rq->db, rq->arena, from, base.releases.v[0].id, PEOPLE_AT_ONCE, &who);
        for (size_t i = 0; e == OK && i < who.n; i++)
                e = mail_one(rq, &base, who.v[i].person_id);
        *next = e == OK && who.n == PEOPLE_AT_ONCE ? who.v[who.n - 1].person_id : 0;
        return e;
}

enum err figures_mail_run(struct job_context *c) {
        static const struct route job = { .method = POST, .pattern = "figures-mail" };
        return people_job_passes(c, &job, mail_some, NULL);
}

static enum err show_follows(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct figures_follows_of_row_list rows;
        enum err e = figures_follows_of(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "gemeente", S("Gemeente (code)"), rows.v[i].region);
                kept_time(k, "sinds", S("Sinds"), rows.v[i].since_ms);
        }
        return e;
}

static enum err erase_follows(struct db *db, struct arena *a, const struct kept_person_row *who) {
        (void) a;
        return figures_follow_delete_of(db, kept_person_id(who));
}

const struct kept comparing_kept[] = {
        { "figures_follow", "person_id", "cijfers-volgen", S_INIT("Van welke gemeenten u cijfers volgt"),
          S_INIT("Om u te vertellen wat er opvalt."), S_INIT("Wordt gewist."), show_follows, erase_follows },
        { .table = NULL },
};
