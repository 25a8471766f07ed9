/* narrowing.c - results that a visitor narrows by the codes of knowledge. */
#include "narrowing.h"
#include "buf.h"
#include "html.h"
#include "programme.sql.h"
#include "vec.h"

/* "soort" is the kind of document already. */
const struct search_list search_lists[SEARCH_LISTS] = {
        { "fase", "fase", S_INIT("Fase") }, { "doelgroep", "doelgroep", S_INIT("Doelgroep") }, { "thema", "thema", S_INIT("Thema") },
        { "soort", "kennissoort", S_INIT("Soort kennis") },
};

static struct str address(struct arena *a, const char *path, const struct narrowing *n, int64_t page) {
        _cleanup_(buf_done) struct buf b = { 0 };
        buf_fmt(&b, "%s?q=", path);
        html_urlpart(&b, n->q);
        if (n->kind.n)
                buf_fmt(&b, "&soort=%.*s", STR(n->kind));
        for (size_t i = 0; i < SEARCH_LISTS; i++)
                if (n->code[i].n)
                        buf_fmt(&b, "&%s=%.*s", search_lists[i].field, STR(n->code[i]));
        if (page > 1)
                buf_fmt(&b, "&pagina=%d", (int) page);
        return str_dup(a, buf_view(&b));
}

struct str narrowing_address(struct arena *a, const struct narrowing *n, int64_t page) {
        return address(a, "/zoeken", n, page);
}

struct str narrowing_feed(struct arena *a, const struct narrowing *n) {
        struct narrowing knowledge = *n;
        knowledge.kind = S("");
        return address(a, "/zoeken.atom", &knowledge, 1);
}

struct str narrowing_facets(struct arena *a, const struct narrowing *n) {
        struct str out = S("");
        for (size_t i = 0; i < SEARCH_LISTS; i++)
                if (n->code[i].n)
                        out = str_fmt(a, "%.*s%s%s:%.*s", STR(out), out.n ? " " : "", search_lists[i].list, STR(n->code[i]));
        return out;
}

bool narrowing_any(const struct narrowing *n) {
        bool any = false;
        for (size_t i = 0; i < SEARCH_LISTS; i++)
                any |= n->code[i].n > 0;
        return any;
}

static size_t found_with(const struct search_result *r, struct str facet) {
        for (size_t i = 0; i < r->facets.n; i++)
                if (str_eq(r->facets.v[i].facet, facet))
                        return r->facets.v[i].n;
        return 0;
}

/* A chosen list shows its choice alone: the other counts are of documents that have both. */
static void fill_list(struct req *rq, const struct narrowing *n, size_t i, const struct search_terms_row_list *terms, struct search_view *v) {
        struct facet *f = &v->facets[i];
        struct narrowing other = *n;
        f->title = search_lists[i].title;
        for (size_t k = 0; k < terms->n; k++) {
                const struct search_terms_row *t = &terms->v[k];
                bool chosen = str_eq(t->code, n->code[i]);
                if (!str_eq(t->list, str_of(search_lists[i].list)) || (n->code[i].n && !chosen))
                        continue;
                size_t found = found_with(&v->result, str_fmt(rq->arena, "%.*s:%.*s", STR(t->list), STR(t->code)));
                other.code[i] = chosen ? S("") : t->code;
                if (found || chosen)
                        *vec_push(rq->arena, &f->values) = (struct facet_value) {
                                t->label, narrowing_address(rq->arena, &other, 1), (int64_t) found, chosen };
        }
        f->chosen = n->code[i].n && f->values.n ? &f->values.v[0] : NULL;
}

enum err narrowing_fill(struct req *rq, const struct narrowing *n, struct search_view *v) {
        struct search_terms_row_list terms;
        enum err e = search_terms(rq->db, rq->arena, &terms);
        for (size_t i = 0; e == OK && i < SEARCH_LISTS; i++) {
                fill_list(rq, n, i, &terms, v);
                v->any_facet |= v->facets[i].values.n > 0;
                if (n->code[i].n && !v->facets[i].chosen)
                        e = ERR_NOT_FOUND;
        }
        return e;
}
