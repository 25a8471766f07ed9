/* choices_view.c - how municipalities register a delivered figure: owner and version of the definition, the questions with the answers of
 * all, and the words of the chosen municipality. Who answered otherwise is left out of statements about peers. */
#include "figures_view.h"
#include "number.h"

struct view {
        struct arena *a;
        struct figures_view *v;
        const struct cell *cell;
};

/* "ja: 34 gemeenten · nee: 20 gemeenten" */
static struct str counts(const struct view *w, const struct dictionary_choice *c) {
        struct str text = S("");
        for (size_t i = 0; i < c->answers; i++) {
                int64_t n = 0;
                for (size_t k = 0; k < w->cell->n; k++)
                        n += w->cell->v[k].state == BENCHMARK_DELIVERED && str_eq(dictionary_answer(w->cell->v[k].choices, c->code), c->answer[i]);
                text = str_fmt(w->a, "%.*s%s%.*s: %lld %s", STR(text), i ? " · " : "", STR(c->answer[i]), (long long) n,
                        n == 1 ? "gemeente" : "gemeenten");
        }
        return text;
}

static void rows(const struct view *w, const struct result *own) {
        const struct dictionary_entry *d = &w->v->entry;
        for (size_t i = 0; i < d->choices; i++) {
                struct str answer = own ? dictionary_answer(own->choices, d->choice[i].code) : S("");
                *vec_push(w->a, &w->v->choices) = (struct choice_row) { d->choice[i].question,
                        own && !answer.p ? S("niet beantwoord") : answer, counts(w, &d->choice[i]) };
        }
}

/* Peers whose answers are not those of the chosen municipality. */
static void otherwise(const struct view *w, const struct result *own) {
        const struct dictionary_choice *which;
        for (size_t i = 0; i < w->v->places.n; i++) {
                struct place *p = &w->v->places.v[i];
                const struct result *r = p->known ? benchmark_result(w->cell, p->code) : NULL;
                p->otherwise = r && own && !dictionary_comparable(&w->v->entry, own->choices, r->choices, &which);
        }
}

enum err figures_view_choices(struct req *rq, struct figures_view *v) {
        struct cell cell;
        bool found;
        enum err e = benchmark_dictionary_entry(rq->db, rq->arena, v->i->code, &v->entry, &v->delivered);
        if (e != OK || !v->delivered)
                return e;
        v->review = clock_dutch_date(rq->arena, v->entry.review_on);
        e = benchmark_cell(rq->db, rq->arena, 0, BENCHMARK_PUBLIC, v->i->code, S(""), v->year, &cell, &found);
        if (e != OK || !found)
                return e;
        struct view w = { rq->arena, v, &cell };
        const struct result *own = v->own ? benchmark_result(&cell, v->own->code) : NULL;
        rows(&w, own);
        if (!own)
                return OK;
        otherwise(&w, own);
        v->own_words = own->explanation;
        return OK;
}
