/* check.c - what must be right. */
#include "check.h"
#include <math.h>
#include "number.h"

/* Persons, days and euros of one municipality in one period stay well below it. */
#define NUMBER_MAX 1e12

void check_say(struct arena *a, struct check_findings *f, struct check_finding one) {
        if (f->n < FINDINGS_MAX)
                *vec_push(a, f) = one;
}

static struct str number(struct arena *a, double v) {
        return floor(v) == v ? num_int(a, (int64_t) v) : num_dec(a, v, 2);
}

double check_value(const struct asked_figure *f, struct amounts p) {
        if (f->denominator.n == 0)
                return p.x;
        return p.n > 0 ? p.x / p.n : (double) NAN;
}

struct run {
        struct arena *a;
        const struct check *c;
        struct check_findings *ret;
};

static void hard(struct run *r, const char *rule, size_t figure, enum check_place place, struct str reason, struct str mend) {
        check_say(r->a, r->ret, (struct check_finding) { .weight = CHECK_HARD, .rule = rule, .figure = figure, .place = place, .reason = reason, .mend = mend });
}

static void one_number(struct run *r, size_t i, enum check_place place, double v, bool whole) {
        if (isnan(v))
                return;
        if (v < 0)
                hard(r, "negatief", i, place, S("Dit getal is kleiner dan 0."), S("Vul 0 in, of een getal daarboven."));
        else if (!(v <= NUMBER_MAX))
                hard(r, "te-groot", i, place, S("Dit getal is groter dan mogelijk is."), S("Kijk of er een cijfer te veel staat."));
        else if (whole && floor(v) != v)
                hard(r, "niet-heel", i, place, S("Dit telt mensen of dingen, maar het is geen heel getal."), S("Vul een heel getal in, zonder komma."));
}

static void one_figure(struct run *r, size_t i) {
        const struct asked_figure *f = &r->c->asked->figures.v[i];
        struct amounts p = r->c->now[i];
        one_number(r, i, PLACE_NUMERATOR, p.x, f->is_whole);
        one_number(r, i, PLACE_DENOMINATOR, p.n, true);
        if (f->is_rating) {
                double v = check_value(f, p);
                if (v < 1 || v > 10)
                        hard(r, "rapportcijfer", i, PLACE_NUMERATOR, S("Een rapportcijfer is 1 tot en met 10."), S("Kijk de cijfers na."));
        }
        if (f->denominator.n == 0)
                return;
        if (!isnan(p.x) && isnan(p.n))
                hard(r, "noemer-mist", i, PLACE_DENOMINATOR, S("De teller is ingevuld en de noemer niet."), S("Vul ook de noemer in. Weet u hem niet? Maak dan de teller leeg."));
        if (isnan(p.x) && !isnan(p.n))
                hard(r, "teller-mist", i, PLACE_NUMERATOR, S("De noemer is ingevuld en de teller niet."), S("Vul ook de teller in, 0 als het er geen waren. Weet u hem niet? Maak dan de noemer leeg."));
        if (f->is_share && p.x > p.n)
                hard(r, "teller-groter", i, PLACE_NUMERATOR, str_fmt(r->a, "De teller (%.*s) is groter dan de noemer (%.*s), maar hij is er een deel van.",
                     STR(number(r->a, p.x)), STR(number(r->a, p.n))), S("Kijk beide getallen na."));
        if (!f->is_share && p.n <= 0 && p.x > 0)
                hard(r, "noemer-nul", i, PLACE_DENOMINATOR, S("De noemer is 0 en de teller niet."), S("Kijk beide getallen na."));
}

/* The parts of a breakdown, from FIRST: one denominator, and numerators that add up to it. */
static void breakdown(struct run *r, size_t first) {
        const struct asked *q = r->c->asked;
        const struct asked_figure *f = &q->figures.v[first];
        double sum = 0, whole = r->c->now[first].n;
        size_t n = 0;
        for (size_t i = first; i < q->figures.n && str_eq(q->figures.v[i].indicator, f->indicator); i++, n++) {
                struct amounts p = r->c->now[i];
                if (!isnan(p.n) && !isnan(whole) && p.n != whole)
                        hard(r, "noemer-ongelijk", i, PLACE_DENOMINATOR, str_fmt(r->a, "Bij elk deel hoort dezelfde noemer. Hier staat %.*s en bij het eerste deel %.*s.",
                             STR(number(r->a, p.n)), STR(number(r->a, whole))), S("Maak de noemers gelijk."));
                if (f->sum == SUM_AT_MOST || n < 2)
                        sum += f->sum == SUM_AT_MOST && isnan(p.x) ? 0 : p.x;   /* of two that must fit, one that is not filled in makes it unknown */
        }
        bool at_most = f->sum == SUM_AT_MOST;
        if (isnan(sum) || isnan(whole) || sum == whole || (at_most && sum < whole))
                return;
        hard(r, "telt-niet-op", first, PLACE_NUMERATOR, str_fmt(r->a, "%s tellen op tot %.*s, maar de noemer is %.*s.", at_most ? "De delen" : "Enkelvoudig en meervoudig",
             STR(number(r->a, sum)), STR(number(r->a, whole))), at_most ? S("De delen zijn samen hoogstens de noemer.") : S("Maak de twee samen gelijk aan de noemer."));
}

static struct amounts pair_of(const struct asked *q, const struct amounts *v, const char *indicator, const char *detail, size_t *at) {
        *at = asked_find(q, str_of(indicator), str_of(detail));
        return v && *at < q->figures.n ? v[*at] : (struct amounts) { (double) NAN, (double) NAN };
}

/* Who leaves with success and who drops out are both part of all who leave. */
static void outflow(struct run *r) {
        size_t drop, debtfree;
        struct amounts out = pair_of(r->c->asked, r->c->now, "SHV10", "", &drop), well = pair_of(r->c->asked, r->c->now, "SHV11", "", &debtfree);
        if (out.n != well.n && !isnan(out.n) && !isnan(well.n))
                hard(r, "uitstroom-ongelijk", debtfree, PLACE_DENOMINATOR, str_fmt(r->a, "Alle uitstroom is hier %.*s en bij SHV10 %.*s.", STR(number(r->a, well.n)),
                     STR(number(r->a, out.n))), S("Maak beide noemers gelijk."));
        else if (out.x + well.x > out.n)
                hard(r, "uitstroom-meer", drop, PLACE_NUMERATOR, str_fmt(r->a, "Uitval en uitstroom zonder schulden zijn samen %.*s, meer dan alle uitstroom (%.*s).",
                     STR(number(r->a, out.x + well.x)), STR(number(r->a, out.n))), S("Kijk de drie getallen na."));
}

/* Running at the start, in, out, running at the end: nobody appears or vanishes (tolerance 0, with a reason). */
static void stock(struct run *r) {
        const struct asked *q = r->c->asked;
        size_t begin, in, out, end, before;
        double b = pair_of(q, r->c->now, STAND, "begin", &begin).x, i = pair_of(q, r->c->now, STAND, "in", &in).x;
        double u = pair_of(q, r->c->now, STAND, "uit", &out).x, e = pair_of(q, r->c->now, STAND, "eind", &end).x;
        double last = pair_of(q, r->c->last, STAND, "eind", &before).x;
        struct check_finding f = { .weight = CHECK_REASON, .place = PLACE_NUMERATOR };
        if (u > b + i) {
                hard(r, "uit-meer", out, PLACE_NUMERATOR, str_fmt(r->a, "Er eindigden %.*s trajecten, maar er waren er maar %.*s.", STR(number(r->a, u)), STR(number(r->a, b + i))),
                     S("Kijk de controletellingen na."));
        } else if (e != b + i - u && !isnan(e) && !isnan(b + i - u)) {
                f.rule = "stand-klopt-niet", f.figure = end;
                f.reason = str_fmt(r->a, "Uit begin, gestart en beëindigd volgt %.*s lopende trajecten. Hier staat %.*s.", STR(number(r->a, b + i - u)), STR(number(r->a, e)));
                f.mend = S("Verbeter een van de vier tellingen, of leg uit waardoor het verschil komt.");
                check_say(r->a, r->ret, f);
        }
        if (b != last && !isnan(b) && !isnan(last)) {
                f.rule = "begin-ongelijk", f.figure = begin;
                f.reason = str_fmt(r->a, "U begint met %.*s trajecten, maar %.*s eindigde u met %.*s.", STR(number(r->a, b)), STR(r->c->last_name), STR(number(r->a, last)));
                f.mend = S("Verbeter de telling, of leg uit waardoor het verschil komt.");
                check_say(r->a, r->ret, f);
        }
}

static bool is_filled(const struct check *c, size_t i) {
        return !isnan(c->now[i].x) || !isnan(c->now[i].n);
}

static void choices(struct run *r) {
        const struct asked *q = r->c->asked;
        for (size_t k = 0; k < q->choices.n; k++) {
                bool needed = false, known = false;
                struct str answer = r->c->answer ? r->c->answer[k] : S("");
                for (size_t i = 0; i < q->figures.n; i++)
                        needed |= is_filled(r->c, i) && asked_belongs(&q->choices.v[k], q->figures.v[i].indicator);
                for (size_t i = 0; i < q->choices.v[k].answers; i++)
                        known |= str_eq(answer, q->choices.v[k].answer[i]);
                if (needed && answer.n == 0)
                        hard(r, "keuze-mist", k, PLACE_CHOICE, str_fmt(r->a, "U zei nog niet hoe u telt: %.*s", STR(q->choices.v[k].question)), S("Kies een antwoord."));
                else if (answer.n && !known)
                        hard(r, "keuze-onbekend", k, PLACE_CHOICE, str_fmt(r->a, "Dit antwoord kennen wij niet bij de vraag: %.*s", STR(q->choices.v[k].question)),
                             S("Kies een van de antwoorden uit de lijst."));
        }
}

void check_run(struct arena *a, const struct check *c, struct check_findings *ret) {
        struct run r = { a, c, ret };
        const struct asked *q = c->asked;
        bool any = false;
        *ret = (struct check_findings) { 0 };
        for (size_t i = 0; i < q->figures.n; i++) {
                any |= is_filled(c, i) && !str_eq(q->figures.v[i].indicator, S(STAND));
                one_figure(&r, i);
                if (q->figures.v[i].sum != SUM_NONE && (i == 0 || !str_eq(q->figures.v[i].indicator, q->figures.v[i - 1].indicator)))
                        breakdown(&r, i);
        }
        if (!any)
                hard(&r, "leeg", 0, PLACE_WHOLE, S("Er is nog geen enkel cijfer ingevuld."), S("Vul in wat u weet. Wat u niet weet, mag leeg blijven."));
        outflow(&r);
        stock(&r);
        choices(&r);
        check_likely(a, c, ret);
        for (size_t i = 0; i < ret->n; i++)
                if (ret->v[i].weight != CHECK_HARD && ret->v[i].place != PLACE_CHOICE && c->explained)
                        ret->v[i].is_explained = c->explained[ret->v[i].figure];
}

struct check_score check_score(const struct check *c, const struct check_findings *f, int days_late, int corrections) {
        size_t filled = 0, asked = c->asked->figures.n, warned = 0, explained = 0;
        for (size_t i = 0; i < asked; i++)
                filled += is_filled(c, i);
        for (size_t i = 0; i < f->n; i++) {
                warned += f->v[i].weight != CHECK_HARD;
                explained += f->v[i].weight != CHECK_HARD && f->v[i].is_explained;
        }
        struct check_score s = {
                .completeness = asked ? (int) (100 * filled / asked) : 0,
                .timeliness = days_late <= 0 ? 100 : days_late >= 60 ? 0 : 100 - 100 * days_late / 60,
                .revisions = corrections >= 4 ? 0 : 100 - 25 * corrections,
                .explained = warned ? (int) (100 * explained / warned) : 100 };
        s.total = (2 * s.completeness + s.timeliness + s.revisions + s.explained) / 5;
        return s;
}
