/* meeting.c - a benchlearning meeting: who is invited and why, what stands on its page, and the mail about it. */
#include "meeting.h"
#include <math.h>
#include "clock.h"
#include "number.h"
#include "people_mail.h"

struct str invite_why(struct arena *a, const struct rivals_view *v, const struct rival *r) {
        return str_fmt(a, "%.*s op ‘%.*s’ aantoonbaar gunstiger ligt (%.*s, tegen %.*s in %.*s; %.*s zeker)", STR(r->name), STR(v->i.name), STR(r->value),
                       STR(num_unit(a, v->own->value, (int) v->i.decimals, v->i.unit)), STR(v->place.name), STR(r->chance));
}

static bool picked(const struct req *rq, struct str slug) {
        struct str *with;
        size_t n = req_many(rq, "met", &with);
        for (size_t i = 0; i < n; i++)
                if (str_eq(with[i], slug))
                        return true;
        return false;
}

enum err invite_load(struct req *rq, struct desk *d, struct invite_view *v) {
        struct str *group;
        size_t n = req_many(rq, "groep", &group);
        bool again = rq->method == POST;
        struct buf path = { 0 };
        *v = (struct invite_view) { .desk = d };
        enum err e = desk_find(rq, d);
        if (e == OK)
                e = rivals_load(rq, req_text(rq, "gemeente"), req_text(rq, "cijfer"), group, n, &v->rivals);
        if (e == OK && !desk_place(d, v->rivals.place.slug))
                e = ERR_NOT_FOUND;
        for (size_t i = 0; e == OK && i < v->rivals.rivals.n; i++) {
                const struct rival *r = &v->rivals.rivals.v[i];
                struct organisation_for_row o = { 0 };
                bool found = false;
                if (!r->in_group || r->verdict.is != BETTER_SURELY)
                        continue;
                e = organisation_for(rq->db, rq->arena, r->code, &o, &found);
                *vec_push(rq->arena, &v->guests) = (struct invitee) { r, found ? o.name : S(""), found ? o.slug : S(""), found ? o.id : 0,
                                                                     !again || picked(rq, r->slug) };
        }
        if (e != OK)
                return e;
        buf_fmt(&path, "%.*s/bijeenkomsten/nieuw?gemeente=%.*s&cijfer=%.*s", STR(d->path), STR(v->rivals.place.slug), STR(v->rivals.i.slug));
        for (size_t i = 0; i < n; i++)
                buf_fmt(&path, "&groep=%.*s", STR(group[i]));
        v->action = str_dup(rq->arena, buf_view(&path));
        buf_done(&path);
        v->question = again ? req_text(rq, "vraag") : S("");
        v->day = again ? req_text(rq, "dag") : S("");
        v->time = again ? req_text(rq, "tijd") : S("14:00");
        v->place = again ? req_text(rq, "plaats") : S("");
        return OK;
}

static struct str state_words(struct str state) {
        return str_eq(state, S("done")) ? S("Klaar") : str_eq(state, S("dropped")) ? S("Vervallen") : S("Open");
}

/* What happened to the figure since: from the start of the method, else from when the action should be done. */
static enum err action_effect(struct req *rq, const struct meeting *m, struct action_row *row) {
        static const struct method_use_list nobody;
        struct method_use *use = arena_new(rq->arena, struct method_use);
        struct change_view x;
        *use = (struct method_use) { .municipality = row->a->municipality, .starts = row->a->starts.is_set ? row->a->starts.v : row->a->until, .place = row->a->place,
                                     .place_slug = row->a->place_slug };
        if (str_eq(row->a->state, S("dropped"))) {
                row->effect = S("");
                return OK;
        }
        enum err e = change_view_load(rq, use, &nobody, m->indicator_code, &x);
        if (e == OK)
                row->effect = x.message;
        return e;
}

struct str meeting_answer(struct arena *a, const struct guest *g) {
        return str_fmt(a, "%.*s %.*s", STR(g->answer), STR(g->question));
}

enum err meeting_load(struct req *rq, struct desk *d, struct meeting_view *v) {
        int64_t id = 0;
        bool found = false;
        struct action_list *actions = arena_new(rq->arena, struct action_list);
        *v = (struct meeting_view) { .desk = d, .now = quarter_now(rq->arena, rq->now_ms) };
        enum err e = desk_find(rq, d);
        if (e == OK && !str_to_i64(rq->param[1], &id))
                e = ERR_NOT_FOUND;
        if (e == OK)
                e = meeting_get(rq->db, rq->arena, id, &v->m, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        if (e == OK)
                e = meeting_guests(rq->db, rq->arena, id, &v->guests);
        if (e != OK)
                return e;
        v->is_host = v->m.organisation_id == d->o.id;
        for (size_t i = 0; i < v->guests.n; i++) {
                struct opt_i64 at = v->guests.v[i].organisation_id;
                v->reached += at.is_set;
                if (at.is_set && at.v == d->o.id)
                        v->own = &v->guests.v[i];
        }
        if (!v->is_host && !v->own)
                return ERR_NOT_FOUND;
        v->may_report = v->is_host && !str_eq(v->m.state, S("cancelled")) && str_cmp(v->m.held_on, clock_dutch_day(rq->arena, rq->now_ms)) <= 0;
        v->report_mark = learn_mark(rq->arena, v->m.report);
        v->answer_mark = v->own ? learn_mark(rq->arena, meeting_answer(rq->arena, v->own)) : S("");
        e = meeting_actions(rq->db, rq->arena, id, actions);
        if (e == OK)
                e = method_items(rq->db, rq->arena, &v->items);
        for (size_t i = 0; e == OK && i < actions->n; i++) {
                bool own = false;
                for (size_t k = 0; k < d->places.n; k++)
                        own |= str_eq(d->places.v[k].code, actions->v[i].municipality);
                struct action_row *row = vec_push(rq->arena, &v->actions);
                *row = (struct action_row) { .a = &actions->v[i], .state = state_words(actions->v[i].state), .own = own };
                e = action_effect(rq, &v->m, row);
        }
        return e;
}

static enum err pack_place(struct req *rq, struct pack_view *v, struct str code, struct pack_place place) {
        struct method_use_list *l = arena_new(rq->arena, struct method_use_list);
        enum err e = uses_at(rq->db, rq->arena, code, l);
        place.uses = use_rows_of(rq->arena, l, v->meeting.now);
        *vec_push(rq->arena, &v->places) = place;
        return e;
}

enum err pack_load(struct req *rq, struct desk *d, struct pack_view *v) {
        enum err e = meeting_load(rq, d, &v->meeting);
        if (e != OK)
                return e;
        const struct meeting *m = &v->meeting.m;
        struct str *group = arena_many(rq->arena, struct str, v->meeting.guests.n + 1);
        for (size_t i = 0; i < v->meeting.guests.n; i++)
                group[i] = v->meeting.guests.v[i].place_slug;
        e = rivals_load(rq, m->place_slug, m->indicator_slug, group, v->meeting.guests.n, &v->figures);
        v->figures.frame.on_paper = true;
        if (e == OK)
                e = pack_place(rq, v, m->municipality, (struct pack_place) { .name = m->place_name, .slug = m->place_slug, .question = m->question, .is_host = true });
        for (size_t i = 0; e == OK && i < v->meeting.guests.n; i++) {
                const struct guest *g = &v->meeting.guests.v[i];
                if (!str_eq(g->answer, S("no")))
                        e = pack_place(rq, v, g->municipality, (struct pack_place) { .name = g->place, .slug = g->place_slug, .why = g->why, .question = g->question });
        }
        return e;
}

static struct str when_words(struct arena *a, const struct meeting *m) {
        return str_fmt(a, "Op %.*s om %.*s uur. Waar: %.*s.", STR(clock_dutch_date(a, m->held_on)), STR(m->held_at), STR(m->where));
}

static struct notice notice_of(struct req *rq, const struct meeting *m, struct str subject, struct str slug) {
        return (struct notice) {
                .kind = S(MAIL_BENCHLEARN), .subject = subject, .is_choice = true, .why = S("u voor uw organisatie benchleerbijeenkomsten regelt"),
                .button = S("Bekijk de bijeenkomst"), .path = str_fmt(rq->arena, "/benchleren/organisaties/%.*s/bijeenkomsten/%lld", STR(slug), (long long) m->id),
        };
}

enum err meeting_tell_guest(struct req *rq, const struct meeting *m, const struct invitee *g, struct str why, size_t *told) {
        struct notice n = notice_of(rq, m, S("Uitnodiging voor een benchleerbijeenkomst"), g->organisation_slug);
        n.lines[0] = str_fmt(rq->arena, "%.*s nodigt u uit voor een benchleerbijeenkomst over ‘%.*s’.", STR(m->organisation), STR(m->indicator));
        n.lines[1] = str_fmt(rq->arena, "U bent uitgenodigd omdat %.*s.", STR(why));
        n.lines[2] = when_words(rq->arena, m);
        n.lines[3] = S("Laat weten of u komt, en wat u wilt vragen of laten zien.");
        return people_notice_holders(rq, g->organisation_id, RIGHT_METHODS, &n, told);
}

enum err meeting_tell_host(struct req *rq, const struct meeting_view *v, bool comes) {
        size_t told;
        struct host_slug_row host;
        bool found = false;
        enum err e = host_slug(rq->db, rq->arena, v->m.organisation_id, &host, &found);
        if (e != OK || !found)
                return e;
        struct notice n = notice_of(rq, &v->m, S("Antwoord op uw uitnodiging"), host.slug);
        n.lines[0] = str_fmt(rq->arena, "%.*s %s naar uw benchleerbijeenkomst over ‘%.*s’.", STR(v->own->place), comes ? "komt" : "komt niet", STR(v->m.indicator));
        return people_notice_holders(rq, v->m.organisation_id, RIGHT_METHODS, &n, &told);
}

enum err meeting_tell_guests(struct req *rq, const struct meeting_view *v, struct str subject, struct str line) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < v->guests.n; i++) {
                const struct guest *g = &v->guests.v[i];
                size_t told;
                if (!g->organisation_id.is_set || str_eq(g->answer, S("no")))
                        continue;
                struct notice n = notice_of(rq, &v->m, subject, g->organisation_slug);
                n.lines[0] = line;
                n.lines[1] = str_fmt(rq->arena, "Het gaat om de benchleerbijeenkomst over ‘%.*s’ van %.*s.", STR(v->m.indicator), STR(clock_dutch_date(rq->arena, v->m.held_on)));
                e = people_notice_holders(rq, g->organisation_id.v, RIGHT_METHODS, &n, &told);
        }
        return e;
}
