/* web_meeting.c - inviting, answering, the page and the pack of a meeting, its report and what was agreed. */
#include "clock.h"
#include "meeting.h"
#include "meeting.tmpl.h"

static const struct page_note notes[] = {
        { "uitgenodigd", S_INIT("De uitnodiging is verstuurd.") },
        { "klaargezet", S_INIT("De bijeenkomst staat klaar. Hieronder staat wie geen e-mail kreeg: nodig die gemeenten zelf uit.") },
        { "geantwoord", S_INIT("Uw antwoord is verstuurd.") },
        { "verslag", S_INIT("Het verslag is opgeslagen. Wie meedeed, krijgt bericht.") },
        { "afgelast", S_INIT("De bijeenkomst gaat niet door. Wie was uitgenodigd, krijgt bericht.") },
        { "afgesproken", S_INIT("De afspraak staat erbij.") },
        { "bijgewerkt", S_INIT("De afspraak is bijgewerkt.") },
        { .code = NULL },
};

static struct str meeting_path(struct req *rq, const struct desk *d, int64_t id) {
        return str_fmt(rq->arena, "%.*s/bijeenkomsten/%lld", STR(d->path), (long long) id);
}

static enum err invite_draw(struct req *rq, struct resp *rs, const struct invite_view *v) {
        struct page p = learn_desk_page(rq, rs, v->desk, S("Gemeenten uitnodigen"));
        learn_invite_page(&p, v);
        return page_done(&p);
}

static enum err invite_get(struct req *rq, struct resp *rs) {
        struct desk d;
        struct invite_view *v = arena_new(rq->arena, struct invite_view);
        enum err e = invite_load(rq, &d, v);
        return e == OK ? invite_draw(rq, rs, v) : e;
}

static bool is_time(struct str t) {
        return t.n == 5 && t.p[2] == ':' && t.p[0] >= '0' && t.p[0] <= '2' && t.p[1] >= '0' && t.p[1] <= (t.p[0] == '2' ? '3' : '9') && t.p[3] >= '0' && t.p[3] <= '5' &&
               t.p[4] >= '0' && t.p[4] <= '9';
}

static void invite_check(struct req *rq, const struct invite_view *v) {
        size_t chosen = 0;
        for (size_t i = 0; i < v->guests.n; i++)
                chosen += v->guests.v[i].on;
        if (!chosen)
                req_error(rq, "met", S("Kies ten minste een gemeente om uit te nodigen"));
        if (!clock_is_date(v->day) || str_cmp(v->day, clock_dutch_day(rq->arena, rq->now_ms)) < 0)
                req_error(rq, "dag", S("Vul een dag in die nog komt, zoals 2027-03-18"));
        if (!is_time(v->time))
                req_error(rq, "tijd", S("Vul een tijd in, zoals 14:00"));
}

/* *ALL: everybody got a mail. Who works where nobody reads invitations is a guest without an organisation: he is invited otherwise. */
static enum err invite_all(struct req *rq, const struct invite_view *v, int64_t id, bool *all) {
        struct meeting m;
        bool found = false;
        enum err e = meeting_get(rq->db, rq->arena, id, &m, &found);
        *all = true;
        for (size_t i = 0; e == OK && i < v->guests.n; i++) {
                const struct invitee *g = &v->guests.v[i];
                struct str why = invite_why(rq->arena, &v->rivals, g->rival);
                size_t told = 0;
                if (!g->on)
                        continue;
                if (g->organisation_id)
                        e = meeting_tell_guest(rq, &m, g, why, &told);
                if (e == OK)
                        e = guest_add(rq->db, id, g->rival->code, told ? opt_i64(g->organisation_id) : (struct opt_i64) { 0 }, why);
                *all &= told > 0;
        }
        return e;
}

/* The form was sent twice: on to what the first made. */
static enum err invited_before(struct req *rq, struct resp *rs, const struct desk *d) {
        struct meeting_once_row there;
        bool found = false;
        enum err e = meeting_once(rq->db, rq->arena, rq->idempotency, &there, &found);
        if (e == OK && !found)
                e = ERR_CONFLICT;
        return e == OK ? resp_redirect(rs, meeting_path(rq, d, there.id)) : e;
}

static enum err invite_post(struct req *rq, struct resp *rs) {
        struct desk d;
        struct invite_view *v = arena_new(rq->arena, struct invite_view);
        int64_t id = 0;
        bool all = false;
        enum err e = invite_load(rq, &d, v);
        if (e != OK)
                return e;
        invite_check(rq, v);
        if (rq->errors.n)
                return page_refused(rs, invite_draw(rq, rs, v));
        e = meeting_add(rq->db, d.o.id, v->rivals.place.code, v->rivals.i.code, v->question, v->day, v->time, v->place, d.o.is_demo || v->rivals.i.fictitious, rq->now_ms,
                        rq->viewer.person_id, rq->idempotency, &id);
        if (e == ERR_CONFLICT)
                return invited_before(rq, rs, &d);
        if (e == OK)
                e = invite_all(rq, v, id, &all);
        if (e == OK)
                e = people_trail(rq, "meeting.invite", "benchlearn_meeting", id, opt_i64(d.o.id), S(""), S(""));
        return e == OK ? page_noted(rq, rs, meeting_path(rq, &d, id), all ? "uitgenodigd" : "klaargezet") : e;
}

static enum err meeting_draw(struct req *rq, struct resp *rs, struct meeting_view *v) {
        v->note = page_note(rq, notes);
        struct page p = learn_desk_page(rq, rs, v->desk, str_fmt(rq->arena, "Bijeenkomst: %.*s", STR(v->m.indicator)));
        meeting_page(&p, v);
        return page_done(&p);
}

static enum err meeting_page_get(struct req *rq, struct resp *rs) {
        struct desk d;
        struct meeting_view v;
        enum err e = meeting_load(rq, &d, &v);
        return e == OK ? meeting_draw(rq, rs, &v) : e;
}

static enum err pack_get(struct req *rq, struct resp *rs) {
        struct desk d;
        struct pack_view *v = arena_new(rq->arena, struct pack_view);
        enum err e = pack_load(rq, &d, v);
        if (e != OK)
                return e;
        struct page p = learn_page(rq, rs, str_fmt(rq->arena, "Boekje: %.*s", STR(v->meeting.m.indicator)));
        rs->cache = CACHE_NONE;
        page_crumb(&p, S("Bijeenkomst"), meeting_path(rq, &d, v->meeting.m.id));
        page_crumb(&p, S("Boekje"), rq->path);
        pack_page(&p, v);
        return page_done(&p);
}

static enum err answer_post(struct req *rq, struct resp *rs) {
        struct desk d;
        struct meeting_view v;
        struct str answer = req_text(rq, "antwoord");
        enum err e = meeting_load(rq, &d, &v);
        if (e != OK)
                return e;
        if (!v.own || !str_eq(v.m.state, S("planned")))
                return ERR_CONFLICT;
        bool comes = str_eq(answer, S("ja"));
        if (!comes && !str_eq(answer, S("nee")))
                req_error(rq, "antwoord", S("Kies of u komt"));
        (void) learn_is_current(rq, "vraag", meeting_answer(rq->arena, v.own), S("Een collega antwoordde intussen. Bij ‘Wie is uitgenodigd?’ staat wat er nu staat. Kijk het na en verstuur opnieuw"));
        if (rq->errors.n)
                return page_refused(rs, meeting_draw(rq, rs, &v));
        e = guest_answer(rq->db, v.m.id, d.o.id, comes ? S("yes") : S("no"), req_text(rq, "vraag"), rq->now_ms, rq->viewer.person_id);
        if (e == OK)
                e = meeting_tell_host(rq, &v, comes);
        return e == OK ? page_noted(rq, rs, meeting_path(rq, &d, v.m.id), "geantwoord") : e;
}

static enum err report_post(struct req *rq, struct resp *rs) {
        struct desk d;
        struct meeting_view v;
        enum err e = meeting_load(rq, &d, &v);
        if (e != OK)
                return e;
        if (!v.may_report)
                return ERR_CONFLICT;
        (void) learn_is_current(rq, "verslag", v.m.report, S("Een collega veranderde het verslag intussen. Dat staat hierboven, en uw eigen tekst in het veld. Voeg ze samen en sla opnieuw op"));
        if (rq->errors.n)
                return page_refused(rs, meeting_draw(rq, rs, &v));
        e = meeting_report(rq->db, v.m.id, S("held"), req_text(rq, "verslag"));
        if (e == OK)
                e = meeting_tell_guests(rq, &v, S("Verslag van de benchleerbijeenkomst"), S("Het verslag staat klaar. Leg ook uw eigen afspraken vast."));
        return e == OK ? page_noted(rq, rs, meeting_path(rq, &d, v.m.id), "verslag") : e;
}

static enum err cancel_post(struct req *rq, struct resp *rs) {
        struct desk d;
        struct meeting_view v;
        enum err e = meeting_load(rq, &d, &v);
        if (e != OK)
                return e;
        if (!v.is_host || !str_eq(v.m.state, S("planned")))
                return ERR_CONFLICT;
        e = meeting_report(rq->db, v.m.id, S("cancelled"), S(""));
        if (e == OK)
                e = meeting_tell_guests(rq, &v, S("Benchleerbijeenkomst gaat niet door"), S("De bijeenkomst gaat niet door."));
        return e == OK ? page_noted(rq, rs, meeting_path(rq, &d, v.m.id), "afgelast") : e;
}

/* Starts the method that was agreed on, or finds that it runs already. */
static enum err start_method(struct req *rq, const struct meeting_view *v, const struct learn_place *place, int until, struct opt_i64 *use) {
        struct method_item_row item;
        struct use_at_start_row there;
        bool found = false;
        int64_t id = 0;
        int starts = quarter_read(req_text(rq, "begin"));
        if (!req_has(rq, "aanpak"))
                return OK;
        enum err e = method_item(rq->db, rq->arena, req_text(rq, "aanpak"), &item, &found);
        if (e == OK && !found)
                req_error(rq, "aanpak", S("Kies een aanpak uit de lijst"));
        if (e != OK || !found)
                return e;
        starts = starts ? starts : until;
        e = use_at_start(rq->db, rq->arena, place->code, item.id, starts, 0, &there, &found);
        if (e == OK && found) {
                *use = opt_i64(there.id);
                return OK;
        }
        struct use_new n = { .municipality = place->code, .item_id = item.id, .organisation_id = opt_i64(v->desk->o.id), .starts = starts, .extent = S("proef"),
                             .adapted = S(""), .contact = req_text(rq, "wie"), .is_demo = v->m.is_demo, .once = rq->idempotency };
        if (e == OK)
                e = use_record(rq, &n, &id);
        *use = opt_i64(id);
        return e;
}

static enum err action_post(struct req *rq, struct resp *rs) {
        struct desk d;
        struct meeting_view v;
        struct opt_i64 use = { 0 };
        int64_t id = 0;
        enum err e = meeting_load(rq, &d, &v);
        if (e != OK)
                return e;
        if (str_eq(v.m.state, S("cancelled")))
                return ERR_CONFLICT;
        const struct learn_place *place = d.places.n == 1 ? &d.places.v[0] : desk_place(&d, req_text(rq, "gemeente"));
        int until = quarter_read(req_text(rq, "tot"));
        if (!place)
                req_error(rq, "gemeente", S("Kies voor welke gemeente dit geldt"));
        if (!until)
                req_error(rq, "tot", S("Kies het kwartaal waarin dit klaar is"));
        if (!rq->errors.n)
                e = start_method(rq, &v, place, until, &use);
        if (e == OK && rq->errors.n)
                return page_refused(rs, meeting_draw(rq, rs, &v));
        if (e == OK)
                e = action_add(rq->db, v.m.id, place->code, req_text(rq, "wie"), req_text(rq, "wat"), until, use, rq->now_ms, rq->viewer.person_id, rq->idempotency, &id);
        return e == OK || e == ERR_CONFLICT ? page_noted(rq, rs, meeting_path(rq, &d, v.m.id), "afgesproken") : e;      /* the second of two equal forms */
}

static enum err action_state_post(struct req *rq, struct resp *rs) {
        struct desk d;
        struct meeting_view v;
        int64_t id = 0;
        struct str state = req_text(rq, "stand");
        enum err e = meeting_load(rq, &d, &v);
        if (e != OK || !str_to_i64(rq->param[2], &id))
                return e != OK ? e : ERR_NOT_FOUND;
        bool known = str_eq(state, S("open")) || str_eq(state, S("done")) || str_eq(state, S("dropped"));
        for (size_t i = 0; e == OK && known && i < v.actions.n; i++)
                if (v.actions.v[i].a->id == id && v.actions.v[i].own)
                        e = action_set(rq->db, id, v.m.id, v.actions.v[i].a->municipality, state);
        return e == OK ? page_noted(rq, rs, meeting_path(rq, &d, v.m.id), "bijgewerkt") : e;
}

#define ABOUT { .name = "gemeente", .type = FIELD_CODE, .max = 100 }, { .name = "cijfer", .type = FIELD_CODE, .max = 100 }, \
        { .name = "groep", .type = FIELD_CODE, .max = 100, .many = true }
static const struct field invite_get_fields[] = { ABOUT, { 0 } };
static const struct field invite_fields[] = {
        ABOUT, { .name = "met", .type = FIELD_CODE, .max = 100, .many = true },
        { .name = "vraag", .type = FIELD_MULTILINE, .max = MEETING_TEXT_MAX, .required = true, .missing = "Schrijf wat u wilt leren" },
        { .name = "dag", .type = FIELD_TEXT, .max = 10 }, { .name = "tijd", .type = FIELD_TEXT, .max = 5 },
        { .name = "plaats", .type = FIELD_TEXT, .max = MEETING_LINE_MAX, .required = true, .missing = "Vul in waar het is, of hoe men online meedoet" }, { 0 } };
#undef ABOUT
static const struct field note_fields[] = { NOTE_FIELD, { 0 } };
#define WAS_FIELD { .name = "was", .type = FIELD_CODE, .max = 16 }
static const struct field answer_fields[] = { WAS_FIELD, { .name = "antwoord", .type = FIELD_CODE, .max = 5 },
        { .name = "vraag", .type = FIELD_MULTILINE, .max = MEETING_TEXT_MAX }, { 0 } };
static const struct field report_fields[] = {
        WAS_FIELD,
        { .name = "verslag", .type = FIELD_MULTILINE, .max = MEETING_TEXT_MAX, .required = true, .missing = "Schrijf wat u van elkaar leerde" }, { 0 } };
#undef WAS_FIELD
static const struct field action_fields[] = {
        { .name = "gemeente", .type = FIELD_CODE, .max = 100 },
        { .name = "wat", .type = FIELD_MULTILINE, .max = MEETING_TEXT_MAX, .required = true, .missing = "Schrijf wat u gaat doen" },
        { .name = "wie", .type = FIELD_TEXT, .max = METHOD_CONTACT_MAX, .required = true, .missing = "Noem een functie of afdeling" },
        { .name = "tot", .type = FIELD_TEXT, .max = 8 }, { .name = "aanpak", .type = FIELD_CODE, .max = 200 }, { .name = "begin", .type = FIELD_TEXT, .max = 8 }, { 0 } };
static const struct field state_fields[] = { { .name = "stand", .type = FIELD_CODE, .max = 10 }, { 0 } };

#define MEETINGS "/benchleren/organisaties/{organisatie}/bijeenkomsten"
const struct route benchlearning_meeting_routes[] = {
        { GET, MEETINGS "/nieuw", ACCESS_RIGHT, invite_get, invite_get_fields, RIGHT_METHODS, 1 },
        { POST, MEETINGS "/nieuw", ACCESS_RIGHT, invite_post, invite_fields, RIGHT_METHODS, 1 },
        { GET, MEETINGS "/{nummer}", ACCESS_RIGHT, meeting_page_get, note_fields, RIGHT_METHODS, 1 },
        { GET, MEETINGS "/{nummer}/boekje", ACCESS_RIGHT, pack_get, NULL, RIGHT_METHODS, 1 },
        { POST, MEETINGS "/{nummer}/antwoord", ACCESS_RIGHT, answer_post, answer_fields, RIGHT_METHODS, 1 },
        { POST, MEETINGS "/{nummer}/verslag", ACCESS_RIGHT, report_post, report_fields, RIGHT_METHODS, 1 },
        { POST, MEETINGS "/{nummer}/afgelasten", ACCESS_RIGHT, cancel_post, NULL, RIGHT_METHODS, 1 },
        { POST, MEETINGS "/{nummer}/afspraken", ACCESS_RIGHT, action_post, action_fields, RIGHT_METHODS, 1 },
        { POST, MEETINGS "/{nummer}/afspraken/{afspraak}", ACCESS_RIGHT, action_state_post, state_fields, RIGHT_METHODS, 1 },
        { 0 },
};
