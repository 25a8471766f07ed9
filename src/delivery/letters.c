/* letters.c - mail to who delivers and approves. */
#include "clock.h"
#include "internal.h"
#include "jobs.h"
#include "people_mail.h"
#include "writer.h"

/* To everybody at ORGANISATION who holds one of RIGHTS through a role there, but for EXCEPT. */
static enum err tell(struct req *rq, int64_t organisation_id, uint64_t rights, int64_t except, struct notice n) {
        struct members_row_list rows;
        VEC(int64_t) told = { 0 };
        enum err e = members(rq->db, rq->arena, organisation_id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct members_row *m = &rows.v[i];
                const struct role *role = role_find(m->role);
                bool is_told = !role || !(role->own & rights) || !m->granted_ms.is_set || m->blocked_ms.is_set || m->person_id == except;
                for (size_t k = 0; k < told.n; k++)
                        is_told |= told.v[k] == m->person_id;
                if (is_told)
                        continue;
                *vec_push(rq->arena, &told) = m->person_id;
                n.to = m->email;
                n.name = m->name;
                n.person_id = m->person_id;
                n.kind = S(MAIL_DELIVERY);
                n.is_choice = true;
                e = people_notice(rq, &n);
        }
        return e;
}

static struct str about(struct req *rq, const struct visit *v) {
        return str_fmt(rq->arena, "Het gaat om %.*s van %.*s.", STR(period_name(rq->arena, v->period)), STR(v->place.name));
}

enum err letters_delivered(struct req *rq, const struct visit *v) {
        return tell(rq, v->organisation.id, RIGHT_ACCEPT, rq->viewer.person_id, (struct notice) {
                .subject = S("Er zijn cijfers aangeleverd: kijkt u mee?"), .why = S("u aanleveringen van uw gemeente goedkeurt"),
                .lines = { about(rq, v), S("Een collega heeft de cijfers aangeleverd. Ze tellen mee als een tweede persoon ze goedkeurt.") },
                .button = S("Bekijk de cijfers"), .path = visit_path(rq, v, "") });
}

enum err letters_returned(struct req *rq, const struct visit *v, struct str remark) {
        return tell(rq, v->organisation.id, RIGHT_DELIVER, rq->viewer.person_id, (struct notice) {
                .subject = S("Uw aanlevering komt terug"), .why = S("u cijfers aanlevert"),
                .lines = { about(rq, v), S("Een collega heeft nog een vraag of zag een fout."), str_fmt(rq->arena, "De opmerking: %.*s", STR(remark)) },
                .button = S("Ga naar de cijfers"), .path = visit_path(rq, v, "") });
}

enum err letters_approved(struct req *rq, const struct visit *v) {
        return tell(rq, v->organisation.id, RIGHT_DELIVER, 0, (struct notice) {
                .subject = S("Bevestiging: uw cijfers zijn goedgekeurd"), .why = S("u cijfers aanlevert"),
                .lines = { about(rq, v), S("De cijfers zijn goedgekeurd. Ze komen op de site bij de volgende uitgave."),
                           S("Ziet u later een fout? Dan kunt u ze corrigeren. De correctie staat in de uitgave daarna.") },
                .button = S("Bekijk de aanlevering"), .path = visit_path(rq, v, "") });
}

enum err letters_asked(struct req *rq, const struct visit *v, struct str reason) {
        return tell(rq, v->organisation.id, RIGHT_DELIVER, 0, (struct notice) {
                .subject = S("Correctie gevraagd"), .why = S("u cijfers aanlevert"),
                .lines = { about(rq, v), S("Het programma vraagt u om deze cijfers na te kijken."), str_fmt(rq->arena, "De reden: %.*s", STR(reason)) },
                .button = S("Kijk de cijfers na"), .path = visit_path(rq, v, "") });
}

/* Reminders. */

static enum err remind(struct req *rq, struct str region, int64_t period, int days) {
        struct organisation_at_list at;
        struct delivery_place place;
        int64_t once;
        bool found = false;
        enum err e = delivery_place_coded(rq->db, rq->arena, region, &place, &found);
        if (e != OK || !found)
                return e;
        e = delivery_reminder_add(rq->db, region, period, days, rq->now_ms, &once);
        if (e == ERR_CONFLICT)
                return OK;              /* sent before */
        if (e == OK)
                e = organisations_at(rq->db, rq->arena, region, &at);
        for (size_t i = 0; e == OK && i < at.n; i++) {
                struct visit v = { .period = period, .place = place, .organisation = { .slug = at.v[i].slug, .id = at.v[i].id } };
                e = tell(rq, at.v[i].id, RIGHT_DELIVER, 0, (struct notice) {
                        .subject = S("Vergeet u uw cijfers niet?"), .why = S("u cijfers aanlevert"),
                        .lines = { about(rq, &v), str_fmt(rq->arena, "U kunt ze aanleveren tot en met %.*s.", STR(clock_dutch_date(rq->arena, period_due(rq->arena, period)))),
                                   S("Hebt u ze niet? Ook dat kunt u laten weten: laat de velden dan leeg en leg uit waarom.") },
                        .button = S("Lever de cijfers aan"), .path = visit_path(rq, &v, "") });
        }
        return e;
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
