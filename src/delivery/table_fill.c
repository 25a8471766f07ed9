/* table_fill.c - what the rows of a file say about one municipality and period. */
#include <math.h>
#include <strings.h>
#include "amount.h"
#include "bsn.h"
#include "internal.h"
#include "utf8.h"

struct fill {
        struct arena *a;
        const struct visit *v;
        struct filled *f;
        struct wrongs *w;
        const struct table_row **row;   /* of each figure, NULL when it did not come by */
        bool *wrong;                    /* is something in that row wrong? */
        bool skip_unasked;
};

static bool same(struct str a, struct str b) {
        return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

bool code_is_region(struct str code) {
        bool good = code.n == 6 && str_starts(code, S("GM"));
        for (size_t i = 2; i < code.n; i++)
                good = good && code.p[i] >= '0' && code.p[i] <= '9';
        return good;
}

/* Where a cell stands; of one that is empty, where the row stands. */
static struct str place(struct arena *a, const struct table_row *r, int column) {
        if (r->place[column].p)
                return r->place[column];
        for (int i = 0; i < TABLE_COLUMNS; i++)
                if (r->place[i].p)
                        return str_fmt(a, "%.*s (kolom %s)", STR(r->place[i]), table_columns[column]);
        return str_of(table_columns[column]);
}

static void wrong(struct fill *x, const struct table_row *r, int column, struct str reason, struct str mend) {
        wrong_add(x->a, x->w, place(x->a, r, column), reason, mend);
}

static void region(struct fill *x, const struct table_row *r) {
        struct str s = r->text[COLUMN_REGION];
        if (s.n == 0)
                wrong(x, r, COLUMN_REGION, S("De gemeentecode ontbreekt."), str_fmt(x->a, "Vul %.*s in.", STR(x->v->place.code)));
        else if (same(s, x->v->place.code))
                return;
        else if (!code_is_region(s))
                wrong(x, r, COLUMN_REGION, str_fmt(x->a, "‘%.*s’ is geen code van een gemeente: dat is GM met vier cijfers.", STR(str_sub(s, 0, 20))),
                      str_fmt(x->a, "Vul %.*s in.", STR(x->v->place.code)));
        else
                wrong(x, r, COLUMN_REGION, str_fmt(x->a, "Deze regel gaat over %.*s, en u levert voor %.*s (%.*s).", STR(s), STR(x->v->place.name), STR(x->v->place.code)),
                      S("Haal de regel weg, of lever hem bij de andere gemeente."));
}

static void period(struct fill *x, const struct table_row *r) {
        struct str s = r->text[COLUMN_PERIOD], own = period_code(x->a, x->v->period);
        int64_t p;
        if (!period_read(s, &p))
                wrong(x, r, COLUMN_PERIOD, s.n ? str_fmt(x->a, "‘%.*s’ is geen periode.", STR(str_sub(s, 0, 20))) : S("De periode ontbreekt."), str_fmt(x->a, "Vul %.*s in.", STR(own)));
        else if (p != x->v->period)
                wrong(x, r, COLUMN_PERIOD, str_fmt(x->a, "Deze regel gaat over %.*s, en u levert %.*s.", STR(period_name(x->a, p)), STR(period_name(x->a, x->v->period))),
                      S("Haal de regel weg, of lever hem bij de andere periode."));
}

static double number(struct fill *x, const struct table_row *r, int column) {
        double v = (double) NAN;
        struct str s = r->text[column];
        bool good = r->is_plain[column] ? amount_read_plain(s, &v) || str_to_f64(s, &v) : amount_read(s, &v);
        if (!good || isinf(v)) {
                wrong(x, r, column, str_fmt(x->a, "‘%.*s’ is geen getal.", STR(str_sub(s, 0, 20))), S("Vul alleen cijfers in, met een komma voor decimalen."));
                return (double) NAN;
        }
        return v;
}

static void choices(struct fill *x, const struct table_row *r) {
        struct str rest = r->text[COLUMN_CHOICES], one;
        while (rest.n && str_split(&rest, ';', &one)) {
                one = str_trim(one);
                size_t eq = str_index(one, '=');
                const struct asked_choice *c = asked_choice(&x->v->asked, r->text[COLUMN_INDICATOR], str_trim(str_sub(one, 0, eq)));
                struct str answer = str_trim(str_sub(one, eq + 1, one.n));
                if (one.n == 0)
                        continue;
                if (!c) {
                        wrong(x, r, COLUMN_CHOICES, str_fmt(x->a, "De keuze ‘%.*s’ hoort niet bij deze indicator.", STR(str_sub(one, 0, 40))), S("Schrijf code=antwoord, zoals in het sjabloon."));
                        continue;
                }
                struct str *to = &x->f->answer[c - x->v->asked.choices.v];
                bool known = false;
                for (size_t i = 0; i < c->answers; i++)
                        if (same(c->answer[i], answer)) {
                                known = true;
                                answer = c->answer[i];
                        }
                if (!known)
                        wrong(x, r, COLUMN_CHOICES, str_fmt(x->a, "‘%.*s’ is geen antwoord op ‘%.*s’.", STR(str_sub(answer, 0, 40)), STR(c->question)), S("Kies een antwoord uit het sjabloon."));
                else if (to->n && !str_eq(*to, answer))
                        wrong(x, r, COLUMN_CHOICES, str_fmt(x->a, "Elders in het bestand is het antwoord op ‘%.*s’ anders.", STR(c->question)), S("Geef overal hetzelfde antwoord."));
                else
                        *to = answer;
        }
}

/* One line, without data of a person: a file does not pass the form's own look. */
static struct str words(struct fill *x, const struct table_row *r) {
        struct str s = r->text[COLUMN_WORDS].n ? str_dup(x->a, r->text[COLUMN_WORDS]) : S(""), refusal = S(""), warning = S("");
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] < ' ')
                        ((char *) (uintptr_t) s.p)[i] = ' ';
        if (s.n)
                text_screen_personal(s, &refusal, &warning);
        if (refusal.n)
                wrong(x, r, COLUMN_WORDS, refusal, S(""));
        if (utf8_length(s) > WORDS_MAX)
                wrong(x, r, COLUMN_WORDS, str_fmt(x->a, "De toelichting is langer dan %d tekens.", WORDS_MAX), S("Maak de toelichting korter."));
        return s;
}

static void row(struct fill *x, const struct table_row *r) {
        const struct asked *q = &x->v->asked;
        size_t before = x->w->n;
        struct str code = r->text[COLUMN_INDICATOR], detail = r->text[COLUMN_DETAIL];
        for (int i = 0; i < TABLE_COLUMNS; i++)
                if (r->is_formula[i])
                        wrong(x, r, i, S("In deze cel staat een formule. Wij rekenen niets uit."), S("Vervang de formule door de uitkomst (plakken als waarde)."));
        region(x, r);
        period(x, r);
        size_t at = asked_find(q, code, detail), any = 0;
        for (size_t i = 0; i < q->figures.n; i++)
                any += same(q->figures.v[i].indicator, code);
        if (code.n == 0) {
                wrong(x, r, COLUMN_INDICATOR, S("De code van de indicator ontbreekt."), S("Kies een code uit het sjabloon."));
                return;
        }
        if (at == q->figures.n && x->skip_unasked)
                return;
        if (at == q->figures.n) {
                for (int i = COLUMN_NUMERATOR; i <= COLUMN_CASES; i++)
                        if (!r->is_formula[i])
                                (void) number(x, r, i);         /* to tell what is no number in it */
                wrong(x, r, any ? COLUMN_DETAIL : COLUMN_INDICATOR, any ? str_fmt(x->a, "%.*s heeft geen onderdeel ‘%.*s’.", STR(str_sub(code, 0, 20)), STR(str_sub(detail, 0, 40)))
                      : str_fmt(x->a, "De indicator ‘%.*s’ vragen wij in deze periode niet.", STR(str_sub(code, 0, 20))), S("Gebruik de codes uit het sjabloon."));
                return;
        }
        if (x->row[at])
                wrong(x, r, COLUMN_INDICATOR, str_fmt(x->a, "%.*s staat er twee keer.", STR(figure_name(x->a, &q->figures.v[at]))), S("Haal een van de twee regels weg."));
        x->row[at] = r;
        const struct asked_figure *f = &q->figures.v[at];
        int top = r->text[COLUMN_NUMERATOR].n == 0 && r->text[COLUMN_SUM].n ? COLUMN_SUM : COLUMN_NUMERATOR;
        int bottom = r->text[COLUMN_DENOMINATOR].n == 0 && r->text[COLUMN_CASES].n ? COLUMN_CASES : COLUMN_DENOMINATOR;
        struct amounts p = { number(x, r, top), number(x, r, bottom) };
        if (f->denominator.n == 0)
                p.n = (double) NAN;     /* inhabitants and the like, which we know */
        x->f->now[at] = p;
        x->f->words[at] = words(x, r);
        x->f->is_saved[f->part] = true;
        choices(x, r);
        x->wrong[at] = x->w->n > before;
}

/* What is wrong anyway, is told with what cannot hold of the rows that are good: all at once. */
static void hold(struct fill *x) {
        const struct asked *q = &x->v->asked;
        struct amounts *now = arena_many(x->a, struct amounts, q->figures.n);
        struct check_findings found;
        for (size_t i = 0; i < q->figures.n; i++)
                now[i] = x->row[i] && !x->wrong[i] ? x->f->now[i] : (struct amounts) { (double) NAN, (double) NAN };
        check_run(x->a, &(struct check) { .asked = q, .now = now }, &found);
        for (size_t i = 0; i < found.n; i++) {
                const struct check_finding *f = &found.v[i];
                bool is_cell = f->weight == CHECK_HARD && (f->place == PLACE_NUMERATOR || f->place == PLACE_DENOMINATOR);
                if (is_cell && x->row[f->figure])
                        wrong(x, x->row[f->figure], f->place == PLACE_NUMERATOR ? COLUMN_NUMERATOR : COLUMN_DENOMINATOR, f->reason, f->mend);
        }
}

void table_fill(struct arena *a, const struct table *t, const struct visit *v, bool skip_unasked, struct filled *f, struct wrongs *w) {
        size_t n = v->asked.figures.n;
        struct fill x = { a, v, f, w, arena_many(a, const struct table_row *, n), arena_many(a, bool, n), skip_unasked };
        for (size_t i = 0; i < t->n; i++)
                row(&x, &t->v[i]);
        if (w->n)
                hold(&x);
}
