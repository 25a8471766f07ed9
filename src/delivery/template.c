/* template.c - the file to fill in: a row for each figure, with what is known. */
#include <math.h>
#include "amount.h"
#include "csv.h"
#include "internal.h"
#include "sheet.h"

/* "adviesgesprek=ja;crisis=": on the first row of an indicator. */
static struct str choices_of(struct arena *a, const struct visit *v, const struct filled *f, size_t i) {
        const struct asked *q = &v->asked;
        struct str s = S("");
        if (i > 0 && str_eq(q->figures.v[i].indicator, q->figures.v[i - 1].indicator))
                return s;
        for (size_t k = 0; k < q->choices.n; k++)
                if (asked_belongs(&q->choices.v[k], q->figures.v[i].indicator) && f->answer[k].n)
                        s = str_fmt(a, "%.*s%s%.*s=%.*s", STR(s), s.n ? ";" : "", STR(q->choices.v[k].code), STR(f->answer[k]));
        return s;
}

/* What is filled in already, else what was last time. */
static const struct filled *known(const struct visit *v) {
        for (size_t i = 0; i < v->asked.figures.n; i++)
                if (figure_is_filled(&v->filled, i))
                        return &v->filled;
        return &v->last;
}

static struct str part_name(const struct asked_figure *f) {
        return asked_parts[f->part].title;
}

/* With the byte order mark and semicolons that Dutch spreadsheets expect. */
enum err template_csv(struct req *rq, const struct visit *v, struct buf *ret) {
        const struct filled *f = known(v);
        buf_str(ret, S("\xef\xbb\xbfgemeentecode;periode;indicator;detail;omschrijving;teller;noemer;toelichting;keuzes\r\n"));
        for (size_t i = 0; i < v->asked.figures.n; i++) {
                const struct asked_figure *a = &v->asked.figures.v[i];
                buf_fmt(ret, "%.*s;%.*s;%.*s;%.*s;", STR(v->place.code), STR(period_code(rq->arena, v->period)), STR(a->indicator), STR(a->detail));
                csv_quoted(ret, a->name);
                buf_fmt(ret, ";%.*s;%.*s;", STR(amount_text(rq->arena, f->now[i].x)), STR(amount_text(rq->arena, f->now[i].n)));
                csv_quoted(ret, f->words[i].p && f == &v->filled ? f->words[i] : S(""));
                buf_char(ret, ';');
                csv_quoted(ret, choices_of(rq->arena, v, f, i));
                buf_str(ret, S("\r\n"));
        }
        return OK;
}

#define COLUMNS 9
static struct sheet_value *text(struct sheet_value *v, struct str s) {
        *v = (struct sheet_value) { .as = SHEET_PUT_TEXT, .text = s };
        return v + 1;
}

static struct sheet_value *amount(struct sheet_value *v, double d) {
        *v = (struct sheet_value) { .as = SHEET_PUT_NUMBER, .number = d };
        return v + 1;
}

static struct sheet_page figures(struct req *rq, const struct visit *v) {
        static const double width[COLUMNS] = { 13, 9, 10, 20, 48, 11, 11, 40, 40 };
        static const char *const names[COLUMNS] = { "gemeentecode", "periode", "indicator", "detail", "omschrijving", "teller", "noemer", "toelichting", "keuzes" };
        const struct filled *f = known(v);
        size_t rows = v->asked.figures.n + 1;
        struct sheet_value *cells = arena_many(rq->arena, struct sheet_value, rows * COLUMNS), *to = cells;
        for (int i = 0; i < COLUMNS; i++, to++)
                *to = (struct sheet_value) { .as = SHEET_PUT_HEADING, .text = str_of(names[i]) };
        for (size_t i = 0; i < v->asked.figures.n; i++) {
                const struct asked_figure *a = &v->asked.figures.v[i];
                to = text(to, v->place.code);
                to = text(to, period_code(rq->arena, v->period));
                to = text(to, a->indicator);
                to = text(to, a->detail);
                to = text(to, a->name);
                to = amount(to, f->now[i].x);
                to = amount(to, f->now[i].n);
                to = text(to, f->words[i].p && f == &v->filled ? f->words[i] : S(""));
                to = text(to, choices_of(rq->arena, v, f, i));
        }
        return (struct sheet_page) { "Cijfers", width, COLUMNS, rows, cells };
}

static struct sheet_page explanation(struct req *rq, const struct visit *v) {
        static const double width[3] = { 34, 50, 50 };
        static const struct str rules[] = {
                S_INIT("Vul op het blad Cijfers de teller en de noemer in. Laat leeg wat u niet weet: leeg is iets anders dan 0."),
                S_INIT("Gebruik geen formules: plak de uitkomst als waarde. Een formule weigeren wij, met de naam van de cel."),
                S_INIT("In de kolom toelichting mag een zin die bij het cijfer blijft staan. Zet er niets in over mensen."),
                S_INIT("Hieronder staat per regel wat u telt. Daaronder staan de keuzes: schrijf code=antwoord, met een ; ertussen."),
        };
        const struct asked *q = &v->asked;
        size_t rows = 5 + q->figures.n + q->choices.n, at = 0;
        struct sheet_value *cells = arena_many(rq->arena, struct sheet_value, rows * 3);
        for (; at < 4; at++)
                text(cells + at * 3, rules[at]);
        struct sheet_value *to = cells + 4 * 3;
        static const char *const names[3] = { "cijfer", "teller", "noemer" };
        for (int i = 0; i < 3; i++, to++)
                *to = (struct sheet_value) { .as = SHEET_PUT_HEADING, .text = str_of(names[i]) };
        for (size_t i = 0; i < q->figures.n; i++) {
                to = text(to, str_fmt(rq->arena, "%.*s %.*s (%.*s)", STR(q->figures.v[i].indicator), STR(q->figures.v[i].detail), STR(part_name(&q->figures.v[i]))));
                to = text(to, q->figures.v[i].numerator);
                to = text(to, q->figures.v[i].denominator);
        }
        for (size_t k = 0; k < q->choices.n; k++) {
                struct str answers = S("");
                for (size_t i = 0; i < q->choices.v[k].answers; i++)
                        answers = str_fmt(rq->arena, "%.*s%s%.*s", STR(answers), i ? " of " : "", STR(q->choices.v[k].answer[i]));
                to = text(to, q->choices.v[k].code);
                to = text(to, q->choices.v[k].question);
                to = text(to, answers);
        }
        return (struct sheet_page) { "Uitleg", width, 3, rows, cells };
}

enum err template_xlsx(struct req *rq, const struct visit *v, struct buf *ret) {
        const struct sheet_page pages[] = { figures(rq, v), explanation(rq, v) };
        return sheet_make(rq->arena, pages, 2, ret);
}
