/* letters.c - mail to who delivers and approves. */
#include "clock.h"
#include "internal.h"
#include "jobs.h"
#include "people_mail.h"
#include "writer.h"

struct told { int64_t *v; size_t n, cap; };

static bool is_told(const struct told *t, int64_t person_id) {
        for (size_t i = 0; i < t->n; i++)
                if (t->v[i] == person_id)
                        return true;
        return false;
}

static enum err tell_at(struct req *rq, int64_t organisation_id, uint64_t rights, struct told *told, struct notice n) {
        struct members_row_list rows;
        enum err e = members(rq->db, rq->arena, organisation_id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct members_row *m = &rows.v[i];
                const struct role *role = role_find(m->role);
                if (!role || !(role->own & rights) || !m->granted_ms.is_set || m->blocked_ms.is_set || is_told(told, m->person_id))
                        continue;
                *vec_push(rq->arena, told) = m->person_id;
                n.to = m->email;
                n.name = m->name;
                n.person_id = m->person_id;
                n.kind = S(MAIL_DELIVERY);
                n.is_choice = true;
                e = people_notice(rq, &n);
        }
        return e;
}

/* To everybody who holds one of RIGHTS at an organisation that works for the municipality, once and but for EXCEPT: who delivered may work
 * at another one than who approves. */
static enum err tell(struct req *rq, const struct visit *v, uint64_t rights, int64_t except, struct notice n) {
        struct organisation_at_list at;
        struct told told = { 0 };
        *vec_push(rq->arena, &told) = except;
        enum err e = organisations_at(rq->db, rq->arena, v->place.code, &at);
        for (size_t i = 0; e == OK && i < at.n; i++) {
                struct visit there = { .period = v->period, .place = v->place, .organisation = { .id = at.v[i].id, .slug = at.v[i].slug } };
                n.path = visit_path(rq, &there, "");
                e = tell_at(rq, at.v[i].id, rights, &told, n);
        }
        return e;
}

static struct str about(struct req *rq, const struct visit *v) {
        return str_fmt(rq->arena, "Het gaat om %.*s van %.*s.", STR(period_name(rq->arena, v->period)), STR(v->place.name));
}

enum err letters_delivered(struct req *rq, const struct visit *v) {
        return tell(rq, v, RIGHT_ACCEPT, rq->viewer.person_id, (struct notice) {
                .subject = S("Er zijn cijfers aangeleverd: kijkt u mee?"), .why = S("u aanleveringen van uw gemeente goedkeurt"),
                .lines = { about(rq, v), S("Een collega heeft de cijfers aangeleverd. Ze tellen mee als een tweede persoon ze goedkeurt.") },
                .button = S("Bekijk de cijfers") });
}

enum err letters_returned(struct req *rq, const struct visit *v, struct str remark) {
        return tell(rq, v, RIGHT_DELIVER, rq->viewer.person_id, (struct notice) {
                .subject = S("Uw aanlevering komt terug"), .why = S("u cijfers aanlevert"),
                .lines = { about(rq, v), S("Een collega heeft nog een vraag of zag een fout."), str_fmt(rq->arena, "De opmerking: %.*s", STR(remark)) },
                .button = S("Ga naar de cijfers") });
}

enum err letters_approved(struct req *rq, const struct visit *v) {
        return tell(rq, v, RIGHT_DELIVER, 0, (struct notice) {
                .subject = S("Bevestiging: uw cijfers zijn goedgekeurd"), .why = S("u cijfers aanlevert"),
                .lines = { about(rq, v), S("De cijfers zijn goedgekeurd. Ze komen op de site bij de volgende uitgave."),
                           S("Ziet u later een fout? Dan kunt u ze corrigeren. De correctie staat in de uitgave daarna.") },
                .button = S("Bekijk de aanlevering") });
}

enum err letters_asked(struct req *rq, const struct visit *v, struct str reason) {
        return tell(rq, v, RIGHT_DELIVER, 0, (struct notice) {
                .subject = S("Correctie gevraagd"), .why = S("u cijfers aanlevert"),
                .lines = { about(rq, v), S("Het programma vraagt u om deze cijfers na te kijken."), str_fmt(rq->arena, "De reden: %.*s", STR(reason)) },
                .button = S("Kijk de cijfers na") });
}

/* Reminders. */

static enum err remind(struct req *rq, struct str region, int64_t period, int days) {
        struct visit v = { .period = period };
        int64_t once;
        bool found = false;
        enum err e = delivery_place_coded(rq->db, rq->arena, region, &v.place, &found);
        if (e != OK || !found)
                return e;
        e = delivery_reminder_add(rq->db, region, period, days, rq->now_ms, &once);
        if (e != OK)
                return e == ERR_CONFLICT ? OK : e;      /* sent before */
        return tell(rq, &v, RIGHT_DELIVER, 0, (struct notice) {
                .subject = S("Vergeet u uw cijfers niet?"), .why = S("u cijfers aanlevert"),
                .lines = { about(rq, &v), str_fmt(rq->arena, "U kunt ze op tijd aanleveren tot en met %.*s.", STR(clock_dutch_date(rq->arena, period_due(rq->arena, period)))),
                           S("Hebt u een deel niet? Laat die velden dan leeg. Wat u wel weet, kunt u gewoon aanleveren.") },
                .button = S("Lever de cijfers aan") });
}

static enum err remind_period(struct req *rq, const struct participant_list *l, int64_t period) {
        struct str today = delivery_today(rq), due = period_due(rq->arena, period);
        int left = (int) ((clock_dutch_midnight(due, 0) - clock_dutch_midnight(today, 0)) / RETENTION_DAY_MS), days = left <= 3 ? 3 : 14;
        struct deliveries_in_row_list in;
        struct delivered_list counted;
        struct map has = { 0 };
        if (left < 0 || left > 14)
                return OK;
        enum err e = deliveries_in(rq->db, rq->arena, period, &in);
        if (e == OK)
                e = benchmark_delivered_in(rq->db, rq->arena, is_fictitious(rq), period, &counted);
        for (size_t i = 0; e == OK && i < counted.n; i++)
                map_put(rq->arena, &has, counted.v[i].region, counted.v);
        for (size_t i = 0; e == OK && i < l->n; i++) {
                bool done = map_get(&has, l->v[i].region) || !benchmark_takes_part(l, l->v[i].region, period) || (i > 0 && str_eq(l->v[i].region, l->v[i - 1].region));
                for (size_t k = 0; k < in.n; k++)
                        done |= str_eq(in.v[k].region, l->v[i].region) && !str_eq(in.v[k].state, S("draft"));
                if (!done)
                        e = remind(rq, l->v[i].region, period, days);
        }
        return e;
}

static enum err remind_all(struct db *db, void *arg) {
        static const struct route job = { .method = POST, .pattern = "delivery-remind" };
        const struct job_context *c = arg;
        struct req rq = people_job_request(c, db, &job);
        struct participant_list l;
        enum err e = benchmark_participants(db, rq.arena, is_fictitious(&rq), &l);
        int64_t quarter = period_add(period_of_day(delivery_today(&rq)), -1), year = period_year(period_of_day(delivery_today(&rq))) - 1;
        if (e == OK)
                e = remind_period(&rq, &l, quarter);
        return e == OK ? remind_period(&rq, &l, year) : e;
}

enum err delivery_remind_run(struct job_context *c) {
        return writer_run(c->writer, remind_all, c);
}
