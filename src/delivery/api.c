/* api.c - POST /api/v1/leveringen: a program delivers with a key of its organisation. What it sends is checked as a file is, and every
 * mistake is told at once, with its place in the JSON. The same figures sent again change nothing. */
#include <math.h>
#include "apikey.h"
#include "sent.h"
#include "bsn.h"
#include "json.h"
#include "utf8.h"
#include "views.h"

struct call {
        struct req *rq;
        struct resp *rs;
        struct sent sent;
        struct visit v;
        struct wrongs wrongs;
};

/* RFC 9457, as the server writes its own. */
static enum err problem(struct resp *rs, const struct req *rq, int status, const char *title, struct str detail, const struct wrongs *w) {
        struct json j = { .out = &rs->body };
        buf_reset(&rs->body);
        rs->status = status;
        rs->content_type = "application/problem+json";
        rs->cache = CACHE_NONE;
        json_object(&j, NULL);
        json_str(&j, "type", S("about:blank"));
        json_str(&j, "title", str_of(title));
        json_i64(&j, "status", status);
        json_str(&j, "detail", detail);
        json_str(&j, "instance", rq->path);
        if (w && w->n) {
                json_array(&j, "errors");
                for (size_t i = 0; i < w->n; i++) {
                        json_object(&j, NULL);
                        json_str(&j, "in", S("body"));
                        json_str(&j, "name", w->v[i].place);
                        json_str(&j, "detail", w->v[i].mend.n ? str_fmt(rq->arena, "%.*s %.*s", STR(w->v[i].reason), STR(w->v[i].mend)) : w->v[i].reason);
                        json_end_object(&j);
                }
                json_end_array(&j);
        }
        json_end_object(&j);
        return OK;
}

static enum err bad(struct call *c, const char *detail) {
        return problem(c->rs, c->rq, 400, "Uw verzoek klopt niet", str_of(detail), &c->wrongs);
}

/* OK with c->v.organisation filled in; ERR_DENIED without a good key; ERR_BUSY when it was used too often this hour. */
static enum err who(struct call *c) {
        struct token_digest digest;
        struct delivery_key_find_row key;
        bool found = false;
        struct req *rq = c->rq;
        int64_t hour = rq->now_ms / 3600000;
        if (key_digest(rq, rq->bearer, &digest) != OK)
                return ERR_DENIED;
        enum err e = delivery_key_find(rq->db, rq->arena, str_of(digest.hex), &key, &found);
        if (e != OK || !found)
                return e != OK ? e : ERR_DENIED;
        if (key.hour == hour && key.uses >= KEY_USES_AN_HOUR)
                return ERR_BUSY;
        e = organisation_by_id(rq->db, rq->arena, key.organisation_id, &c->v.organisation, &found);
        if (e == OK && (!found || c->v.organisation.closed_ms.is_set))
                return ERR_DENIED;
        return e == OK ? delivery_key_used(rq->db, key.id, rq->now_ms, hour) : e;
}

/* Municipality and period; with a mistake in them nothing else can be looked at. */
static enum err where(struct call *c, bool *known) {
        struct req *rq = c->rq;
        size_t before = c->wrongs.n;
        struct organisation_places_row_list places;
        struct str code = c->sent.region, period = c->sent.period;
        bool found = false;
        enum err e = organisation_places(rq->db, rq->arena, c->v.organisation.id, &places);
        for (size_t i = 0; e == OK && i < places.n; i++)
                found |= str_eq(places.v[i].municipality, code);
        if (e == OK && found)
                e = delivery_place_coded(rq->db, rq->arena, code, &c->v.place, &found);
        if (e != OK)
                return e;
        if (!found)
                wrong_add(rq->arena, &c->wrongs, S("gemeentecode"), !code_is_region(code) ? S("Dit is geen code van een gemeente: dat is GM met vier cijfers.")
                          : S("Deze sleutel levert niet voor deze gemeente."), S("Stuur de code van een gemeente waarvoor uw organisatie werkt."));
        if (!period_read(period, &c->v.period))
                wrong_add(rq->arena, &c->wrongs, S("periode"), S("Dit is geen periode."), S("Stuur een jaar (\"2025\") of een kwartaal (\"2025-Q3\")."));
        *known = c->wrongs.n == before;
        return *known ? visit_load(rq, &c->v) : OK;
}

static void findings(struct call *c, const struct check_findings *f) {
        struct arena *a = c->rq->arena;
        for (size_t i = 0; i < f->n; i++)
                if (finding_stops(&f->v[i]))
                        wrong_add(a, &c->wrongs, finding_place(a, &c->v.asked, &f->v[i]), f->v[i].reason, f->v[i].mend);
}

static enum err answer(struct call *c, const struct delivery *d, const struct check_findings *f) {
        struct json j = { .out = &c->rs->body };
        struct arena *a = c->rq->arena;
        c->rs->content_type = "application/json";
        c->rs->cache = CACHE_NONE;
        json_object(&j, NULL);
        json_str(&j, "gemeentecode", c->v.place.code);
        json_str(&j, "periode", period_code(a, c->v.period));
        json_i64(&j, "versie", d->revision);
        json_str(&j, "stand", str_eq(d->state, S("approved")) ? S("goedgekeurd") : S("geleverd"));
        if (d->score.is_set)
                json_i64(&j, "kwaliteit", d->score.v);
        json_array(&j, "waarschuwingen");
        for (size_t i = 0; i < f->n; i++) {
                if (f->v[i].weight == CHECK_HARD || f->v[i].is_explained)
                        continue;
                json_object(&j, NULL);
                json_str(&j, "regel", str_of(f->v[i].rule));
                json_str(&j, "cijfer", finding_place(a, &c->v.asked, &f->v[i]));
                json_str(&j, "reden", f->v[i].reason);
                json_end_object(&j);
        }
        json_end_array(&j);
        json_end_object(&j);
        return OK;
}

static bool same(double a, double b) {
        return a == b || (isnan(a) && isnan(b));
}

/* Is this what was delivered already? */
static bool is_known(const struct visit *v, const struct filled *f) {
        bool equal = (v->open && str_eq(v->open->state, S("delivered"))) || (!v->open && v->accepted);
        for (size_t i = 0; i < v->asked.figures.n; i++)
                equal = equal && same(v->filled.now[i].x, f->now[i].x) && same(v->filled.now[i].n, f->now[i].n) && str_eq(v->filled.words[i], f->words[i]);
        for (size_t k = 0; k < v->asked.choices.n; k++)
                equal = equal && (f->answer[k].n == 0 || str_eq(v->filled.answer[k], f->answer[k]));
        return equal;
}

/* Keeps and delivers. With a mistake nothing of it may stay: the caller undoes to the savepoint. */
static enum err deliver(struct call *c, struct filled *f, struct check_findings *found) {
        struct visit *v = &c->v;
        struct str reason = c->sent.reason;
        struct check check;
        struct str refusal = S(""), warning = S("");
        if (reason.n)
                text_screen_personal(reason, &refusal, &warning);
        if (refusal.n || utf8_length(reason) > REASON_MAX)
                wrong_add(c->rq->arena, &c->wrongs, S("reden"), refusal.n ? refusal : S("De reden is te lang."), S("Schrijf een korte zin."));
        else if (v->is_accepted && !v->open && !reason.n)
                wrong_add(c->rq->arena, &c->wrongs, S("reden"), S("Deze periode is al goedgekeurd. Dit is dus een correctie."), S("Stuur een reden mee."));
        if (c->wrongs.n)
                return OK;
        enum err e = visit_begin(c->rq, v, "api", reason);
        for (int i = 0; i < PARTS_MAX; i++)
                f->is_saved[i] = true;          /* what is not sent is not filled in */
        if (e == OK)
                e = visit_save(c->rq, v, f, -1, "api");
        if (e == OK)
                e = visit_check(c->rq, v, &check, found);
        if (e != OK)
                return e;
        findings(c, found);
        return c->wrongs.n ? OK : visit_deliver(c->rq, v);
}

static enum err take(struct call *c) {
        struct check_findings found = { 0 };
        struct check check;
        struct visit *v = &c->v;
        if (!v->takes_part || !v->is_open)
                wrong_add(c->rq->arena, &c->wrongs, S("periode"), !v->takes_part ? S("De gemeente doet in deze periode niet mee.") : S("Deze periode is niet open."), S(""));
        for (size_t i = 0; i < c->sent.table.n; i++) {
                c->sent.table.v[i].text[COLUMN_REGION] = v->place.code;
                c->sent.table.v[i].text[COLUMN_PERIOD] = period_code(c->rq->arena, v->period);
        }
        struct filled f = filled_new(c->rq->arena, &v->asked);
        for (size_t i = 0; i < v->asked.figures.n; i++)
                f.words[i] = S("");
        table_fill(c->rq->arena, &c->sent.table, v, false, &f, &c->wrongs);
        if (c->wrongs.n)
                return bad(c, "Er is niets opgeslagen. Verbeter alles wat in errors staat.");
        if (is_known(v, &f)) {
                enum err known = visit_check(c->rq, v, &check, &found);
                return known == OK ? answer(c, v->open ? v->open : v->accepted, &found) : known;
        }
        if (v->open && str_eq(v->open->state, S("delivered")))
                return problem(c->rs, c->rq, 409, "Er is al aangeleverd", S("Voor deze periode wacht een aanlevering op goedkeuring. Laat een collega die terugsturen of goedkeuren."), NULL);
        enum err e = db_savepoint(c->rq->db);
        if (e == OK)
                e = deliver(c, &f, &found);
        if (e == OK && c->wrongs.n) {
                db_rollback_to(c->rq->db);    /* what was found out needed the figures in their place; none may stay */
                return bad(c, "Er is niets opgeslagen. Verbeter alles wat in errors staat.");
        }
        if (e == OK)
                e = db_release(c->rq->db);
        return e == OK ? answer(c, v->open, &found) : e;
}

static enum err api_deliver(struct req *rq, struct resp *rs) {
        struct call c = { .rq = rq, .rs = rs };
        enum err e = who(&c);
        if (e == ERR_BUSY) {
                rs->retry_after = 3600;
                return problem(rs, rq, 429, "Te veel verzoeken", S("Met een sleutel kunt u 100 keer in een uur aanleveren. Probeer het later opnieuw."), NULL);
        }
        if (e == ERR_DENIED)
                return problem(rs, rq, 401, "Geen goede sleutel", S("Stuur een sleutel van uw organisatie mee: Authorization: Bearer, en dan de sleutel."), NULL);
        if (e != OK)
                return e;
        if (!sent_read(rq->arena, rq->body, &c.sent, &c.wrongs))
                return bad(&c, "De JSON is niet te lezen. Er is niets opgeslagen.");
        bool known = false;
        e = where(&c, &known);
        if (e == OK && !known)
                return bad(&c, "Er is niets opgeslagen. Verbeter alles wat in errors staat.");
        return e == OK ? take(&c) : e;
}

const struct route delivery_api_routes[] = {
        { POST, "/api/v1/leveringen", ACCESS_PUBLIC, api_deliver, NULL, .machine = true },
        { 0 },
};
