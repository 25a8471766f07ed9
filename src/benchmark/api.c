/* api.c - open data as JSON under /api/v1, by the NL API Design Rules: nouns, camelCase, links, no null where
 * absent is meant. */
#include <math.h>
#include "benchmark_dictionary.h"
#include "benchmark_period.h"
#include "benchmark_release.h"
#include "export.h"
#include "json.h"
#include "network.h"

static void optional(struct json *j, const char *key, double v) {
        if (!isnan(v))
                json_f64(j, key, v);
}

static void text(struct json *j, const char *key, struct str s) {
        if (s.n)
                json_str(j, key, s);
}

static void link_to(struct json *j, const char *key, struct str href) {
        json_object(j, key);
        json_str(j, "href", href);
        json_end_object(j);
}

/* Which release the figures are of, where municipalities deliver them. */
static enum err put_release(struct req *rq, struct json *j, struct str code) {
        int64_t release;
        enum err e = benchmark_release_of(rq->db, rq->arena, code, &release);
        if (e == OK && release)
                json_i64(j, "uitgave", release);
        return e;
}

static struct str address(struct arena *a, struct str code, const char *rest) {
        return str_fmt(a, "/api/v1/indicatoren/%.*s%s", STR(code), rest);
}

static void card(struct arena *a, struct json *j, const struct indicator_card *i) {
        json_object(j, NULL);
        json_str(j, "code", i->code);
        json_str(j, "naam", i->name);
        json_str(j, "eenheid", i->unit);
        json_str(j, "thema", i->theme);
        text(j, "fase", i->phase);
        json_str(j, "gebied", str_eq(i->scope, S("national")) ? S("land") : S("gemeente"));
        if (i->latest.is_set)
                json_str(j, "nieuwstePeriode", period_code(a, i->latest.v));
        json_bool(j, "fictief", i->fictitious != 0);
        json_object(j, "_links");
        link_to(j, "self", address(a, i->code, ""));
        json_end_object(j);
        json_end_object(j);
}

enum err api_indicators(struct req *rq, struct resp *rs) {
        struct indicator_card_list list;
        struct json j = { .out = &rs->body };
        enum err e = indicators_all(rq->db, rq->arena, &list);
        if (e != OK)
                return e;
        rs->content_type = "application/json";
        json_object(&j, NULL);
        json_array(&j, "indicatoren");
        for (size_t i = 0; i < list.n; i++)
                card(rq->arena, &j, &list.v[i]);
        json_end_array(&j);
        json_object(&j, "_links");
        link_to(&j, "self", S("/api/v1/indicatoren"));
        json_end_object(&j);
        json_end_object(&j);
        return OK;
}

/* Codes are written in capitals; small letters are understood. */
static enum err find(struct req *rq, struct indicator *ret) {
        struct str code = str_dup(rq->arena, rq->param[0]);
        char *p = (char *) code.p;
        bool found;
        for (size_t i = 0; i < code.n; i++)
                if (i < 3 && p[i] >= 'a' && p[i] <= 'z')
                        p[i] = (char) (p[i] - 32);
        enum err e = indicator_by_code(rq->db, rq->arena, code, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

static void periods(struct arena *a, struct json *j, const struct comparison_list *list) {
        json_array(j, "vergelijkingen");
        for (size_t k = 0; k < list->n; k++) {
                const struct comparison *c = &list->v[k];
                json_object(j, NULL);
                json_str(j, "periode", period_code(a, c->period));
                json_i64(j, "gemeenten", c->units);
                json_f64(j, str_eq(c->target_from, S("median")) ? "mediaan" : "waarde", c->target);
                json_str(j, "toets", c->method);
                optional(j, "phi", c->phi);
                optional(j, "tau2", c->tau2);
                if (!isnan(c->tau2)) {
                        json_i64(j, "buitenGrenzenAlleenToeval", c->outside_unadjusted);
                        json_i64(j, "buitenGrenzen", c->outside_adjusted);
                }
                json_end_object(j);
        }
        json_end_array(j);
}

static struct str favourable(struct str polarity) {
        return str_eq(polarity, S("lower")) ? S("lager") : str_eq(polarity, S("higher")) ? S("hoger") : S("geen");
}

/* How a delivered indicator is defined: which version, whose, and the questions about registering that stand beside each figure. */
static void definition(struct json *j, const struct dictionary_entry *d) {
        static const struct str added_up[] = { [DICTIONARY_NEVER] = S_INIT("nooit"), [DICTIONARY_RATIO] = S_INIT("tellers en noemers"),
                                               [DICTIONARY_SUM] = S_INIT("aantallen") };
        json_object(j, "definitieversie");
        json_i64(j, "nummer", d->version);
        json_str(j, "eigenaar", d->owner);
        json_str(j, "herzienVoor", d->review_on);
        json_str(j, "levering", d->delivery == DICTIONARY_BY_YEAR ? S("jaar") : S("kwartaal"));
        json_str(j, "optellen", added_up[d->aggregation]);
        json_array(j, "keuzes");
        for (size_t k = 0; k < d->choices; k++) {
                json_object(j, NULL);
                json_str(j, "code", d->choice[k].code);
                json_str(j, "vraag", d->choice[k].question);
                json_array(j, "antwoorden");
                for (size_t i = 0; i < d->choice[k].answers; i++)
                        json_str(j, NULL, d->choice[k].answer[i]);
                json_end_array(j);
                json_end_object(j);
        }
        json_end_array(j);
        json_end_object(j);
}

enum err api_indicator(struct req *rq, struct resp *rs) {
        struct indicator i;
        struct dictionary_entry entry;
        bool delivered = false;
        struct comparison_list list;
        struct json j = { .out = &rs->body };
        enum err e = find(rq, &i);
        if (e == OK)
                e = comparisons_of(rq->db, rq->arena, i.code, &list);
        if (e == OK)
                e = benchmark_dictionary_entry(rq->db, rq->arena, i.code, &entry, &delivered);
        if (e != OK)
                return e;
        rs->content_type = "application/json";
        json_object(&j, NULL);
        json_str(&j, "code", i.code);
        json_str(&j, "naam", i.name);
        json_str(&j, "definitie", i.definition);
        text(&j, "teller", i.numerator_text);
        text(&j, "noemer", i.denominator_text);
        json_str(&j, "eenheid", i.unit);
        json_i64(&j, "decimalen", i.decimals);
        json_str(&j, "gunstig", favourable(i.polarity));
        json_str(&j, "thema", i.theme);
        text(&j, "fase", i.phase);
        json_str(&j, "gebied", str_eq(i.scope, S("national")) ? S("land") : S("gemeente"));
        json_str(&j, "peilmoment", i.period_kind);
        e = put_release(rq, &j, i.code);
        json_str(&j, "bron", i.source);
        text(&j, "bronUrl", i.source_url);
        json_str(&j, "licentie", i.licence);
        text(&j, "letOp", i.note);
        json_bool(&j, "fictief", i.fictitious != 0);
        if (delivered)
                definition(&j, &entry);
        periods(rq->arena, &j, &list);
        json_object(&j, "_links");
        link_to(&j, "self", address(rq->arena, i.code, ""));
        link_to(&j, "waarden", address(rq->arena, i.code, "/waarden"));
        link_to(&j, "pagina", str_fmt(rq->arena, "/cijfers/%.*s", STR(i.slug)));
        json_end_object(&j);
        json_end_object(&j);
        return e;
}

struct values {
        struct json *j;
        struct str period;
        struct str source;      /* of the indicator: only another one is repeated per row */
        size_t n;
};

static enum err value_row(void *arg, const struct page_export_row *r) {
        struct values *x = arg;
        bool nation = str_eq(r->region, S(NETWORK_NATION));
        json_object(x->j, NULL);
        json_str(x->j, "periode", x->period);
        json_str(x->j, "code", r->region);
        text(x->j, "gebied", nation ? S("Nederland") : r->name);
        text(x->j, "uitsplitsing", r->detail);
        optional(x->j, "waarde", r->value);
        optional(x->j, "teller", r->numerator);
        optional(x->j, "noemer", r->denominator);
        json_str(x->j, "status", r->status);
        if (r->source.n && !str_eq(r->source, x->source))
                json_str(x->j, "bron", r->source);
        json_end_object(x->j);
        x->n++;
        return x->j->out->full ? ERR_LIMIT : OK;
}

enum err api_values(struct req *rq, struct resp *rs) {
        struct indicator i;
        int64_t period = asked_period(rq, "periode");
        struct json j = { .out = &rs->body };
        struct values x = { .j = &j };
        if (period < 0) {
                req_error(rq, "periode", S("Dit is geen periode. Vraag een jaar (2025) of een kwartaal (2025-Q3)."));
                return ERR_INVALID;
        }
        enum err e = find(rq, &i);
        if (e == OK && period == 0) {   /* the newest: an answer stays a few hundred rows */
                struct page_export_latest_row latest;
                e = page_export_latest(rq->db, rq->arena, i.code, NETWORK_DIVISION, &latest);
                period = e == OK ? latest.period : 0;
        }
        if (e != OK)
                return e;
        x.source = i.source;
        x.period = period_code(rq->arena, period);
        rs->content_type = "application/json";
        json_object(&j, NULL);
        json_str(&j, "indicator", i.code);
        json_str(&j, "periode", x.period);
        json_str(&j, "eenheid", i.unit);
        json_str(&j, "bron", i.source);
        json_str(&j, "licentie", i.licence);
        json_bool(&j, "fictief", i.fictitious != 0);
        json_i64(&j, "indelingVanJaar", NETWORK_DIVISION);
        e = put_release(rq, &j, i.code);
        json_array(&j, "waarden");
        if (e == OK)
                e = page_export(rq->db, i.code, NETWORK_DIVISION, period, value_row, &x);
        if (e == OK && x.n == 0)
                e = ERR_NOT_FOUND;
        json_end_array(&j);
        json_object(&j, "_links");
        link_to(&j, "self", str_fmt(rq->arena, "/api/v1/indicatoren/%.*s/waarden?periode=%.*s", STR(i.code), STR(x.period)));
        link_to(&j, "indicator", address(rq->arena, i.code, ""));
        json_end_object(&j);
        json_end_object(&j);
        return e;
}
