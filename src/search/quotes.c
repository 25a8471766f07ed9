/* quotes.c - "een zin": the lists tell which documents hold the words; whether they stand together is looked up in the texts of the
 * best of those. */
#include "internal.h"
#include "marks.h"
#include "search.sql.h"

bool quotes_any(const struct query *query) {
        for (size_t i = 0; i < query->n; i++)
                if (query->v[i].phrase)
                        return true;
        return false;
}

/* Does the word TERM, as it stands and not as part of a compound, have this POSITION, at or behind term AT? */
static bool is_at(const struct terms *t, size_t at, struct str term, uint32_t position) {
        while (at < t->n && t->v[at].position < position)
                at++;
        for (; at < t->n && t->v[at].position == position; at++)
                if (t->v[at].class == TERM_STEM && str_eq(t->v[at].text, term))
                        return true;
        return false;
}

/* The words W[0] to W[N - 1] in T, as far from each other as in the question. */
static bool in_terms(const struct terms *t, const struct query_word *w, size_t n) {
        for (size_t i = 0; i < t->n; i++) {
                if (t->v[i].class != TERM_STEM || !str_eq(t->v[i].text, w[0].v[0].terms[0]))
                        continue;
                size_t k = 1;
                while (k < n && is_at(t, i, w[k].v[0].terms[0], t->v[i].position + w[k].offset - w[0].offset))
                        k++;
                if (k == n)
                        return true;
        }
        return false;
}

/* The texts of a document, taken apart. */
struct fields {
        struct terms v[4];
};

static struct fields fields_of(const struct analyser *an, struct arena *a, const struct search_terms_eight_row *row) {
        return (struct fields) { { analyse_text(an, a, row->title), analyse_text(an, a, row->also), analyse_text(an, a, row->label),
                                   marks_read(a, row->terms, UINT32_MAX) } };
}

static bool agrees(const struct fields *f, const struct query *q) {
        for (size_t i = 0, n; i < q->n; i += n) {
                for (n = 1; q->v[i].phrase && i + n < q->n && q->v[i + n].phrase == q->v[i].phrase;)
                        n++;
                bool found = !q->v[i].phrase;
                for (size_t k = 0; k < 4 && !found; k++)
                        found = in_terms(&f->v[k], &q->v[i], n);
                if (q->v[i].phrase && found == q->v[i].exclude)
                        return false;
        }
        return true;
}

/* For each of the eight documents from AT on: may it stay? Those that are gone may not. */
static enum err look(const struct search *s, struct db *db, const struct query *q, const struct ranking *r, size_t at, bool keep[8]) {
        struct arena a = { 0 };
        struct search_terms_eight_row_list rows;
        int64_t id[8] = { 0 };
        for (size_t i = 0; i < 8; i++) {
                id[i] = at + i < r->n ? r->v[at + i].id : 0;
                keep[i] = false;
        }
        enum err e = search_terms_eight(db, &a, id[0], id[1], id[2], id[3], id[4], id[5], id[6], id[7], &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct fields f = fields_of(s->an, &a, &rows.v[i]);
                for (size_t k = 0; k < 8; k++)
                        if (id[k] == rows.v[i].id)
                                keep[k] = agrees(&f, q);
        }
        arena_done(&a);
        return e;
}

enum err quotes_keep(const struct search *s, struct db *db, const struct query *query, struct str kind, struct ranking *r) {
        size_t n = 0;
        for (size_t k = 0; k < r->kinds_n; k++)
                r->kinds[k].n = 0;
        for (size_t k = 0; k < r->facets_n; k++)
                r->facets[k].n = 0;
        for (size_t at = 0; at < r->n; at += 8) {
                bool keep[8];
                enum err e = look(s, db, query, r, at, keep);
                if (e != OK)
                        return e;
                for (size_t i = at; i < r->n && i < at + 8; i++) {
                        const struct ranked d = r->v[i];
                        if (!keep[i - at])
                                continue;
                        r->kinds[d.kind].n++;
                        if (kind.n && !str_eq(kind, r->kinds[d.kind].name))
                                continue;
                        for (size_t k = 0; k < d.facets_n; k++)
                                r->facets[d.facets[k]].n++;
                        r->v[n++] = d;
                }
        }
        r->n = r->total = n;
        return OK;
}
