#include "refers.h"
#include "knowledge.sql.h"

enum err known_municipalities_read(struct known *k, struct db *db, struct arena *a) {
        struct known_municipalities_row_list rows;
        enum err e = known_municipalities(db, a, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                map_put(a, &k->municipalities, rows.v[i].name, &rows.v[i].code);
        return e;
}

static struct str key_of(struct arena *a, struct str list, struct str code) {
        return str_fmt(a, "%.*s/%.*s", STR(list), STR(code));
}

bool known_add(struct known *k, struct arena *a, const struct known_term *t) {
        struct str key = key_of(a, t->list, t->code);
        if (map_get(&k->terms, key))
                return false;
        struct known_term *copy = arena_new(a, struct known_term);
        *copy = *t;
        map_put(a, &k->terms, key, copy);
        *vec_push(a, &k->order) = copy;
        return true;
}

struct known_term *known_term(const struct known *k, struct arena *scratch, const char *list, struct str code) {
        return map_get(&k->terms, key_of(scratch, str_of(list), code));
}

#define FACET_LISTS 5
struct facet_codes { const char *list; const struct str_list *codes; };

static void facets_of(const struct item_text *t, struct facet_codes ret[FACET_LISTS]) {
        const struct facet_codes all[FACET_LISTS] = {
                { "fase", &t->phases }, { "soort", &t->kind }, { "doelgroep", &t->targets }, { "thema", &t->themes },
                { "cijfer", &t->indicators },
        };
        for (size_t i = 0; i < FACET_LISTS; i++)
                ret[i] = all[i];
}

enum err item_refers(struct arena *a, const struct known *k, const struct item_text *t, struct text_error *error) {
        struct facet_codes facets[FACET_LISTS];
        facets_of(t, facets);
        for (size_t i = 0; i < FACET_LISTS; i++)
                for (size_t n = 0; n < facets[i].codes->n; n++)
                        if (!known_term(k, a, facets[i].list, facets[i].codes->v[n]))
                                return item_text_fail(a, error, 1, "%s '%.*s' bestaat niet", facets[i].list, STR(facets[i].codes->v[n]));
        for (size_t i = 0; i < t->related.n; i++)
                if (!map_get(&k->items, t->related.v[i]))
                        return item_text_fail(a, error, 1, "verwant '%.*s' bestaat niet", STR(t->related.v[i]));
        for (size_t i = 0; i < t->lines[LINES_STEP].n; i++)
                if (!map_get(&k->items, t->lines[LINES_STEP].v[i].v[0]))
                        return item_text_fail(a, error, t->lines[LINES_STEP].v[i].line, "stap '%.*s' bestaat niet",
                                              STR(t->lines[LINES_STEP].v[i].v[0]));
        for (size_t i = 0; i < t->lines[LINES_USE].n; i++)
                if (!map_get(&k->municipalities, t->lines[LINES_USE].v[i].v[0]))
                        return item_text_fail(a, error, t->lines[LINES_USE].v[i].line, "een gemeente '%.*s' is er nu niet",
                                              STR(t->lines[LINES_USE].v[i].v[0]));
        return OK;
}

struct known_terms item_terms_of(struct arena *a, struct arena *scratch, const struct known *k, const struct item_text *t) {
        struct facet_codes facets[FACET_LISTS];
        struct known_terms ret = { 0 };
        facets_of(t, facets);
        for (size_t i = 0; i < FACET_LISTS; i++)
                for (size_t n = 0; n < facets[i].codes->n; n++)
                        *vec_push(a, &ret) = known_term(k, scratch, facets[i].list, facets[i].codes->v[n]);
        return ret;
}
