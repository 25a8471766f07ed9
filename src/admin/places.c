/* places.c - from names of municipalities, as people type them, to codes. */
#include "internal.h"
#include "network.h"
#include "utf8.h"

struct places {
        struct municipality_current_list all;
        struct aliases_all_row_list aliases;
};

static enum err load(struct req *rq, struct places *ret) {
        int64_t year = 0;
        enum err e = network_current_year(rq->db, rq->arena, &year);
        if (e == OK)
                e = municipalities_current(rq->db, rq->arena, year, &ret->all);
        return e == OK ? aliases_all(rq->db, rq->arena, &ret->aliases) : e;
}

static const struct municipality_current *by_id(const struct places *p, int64_t id) {
        for (size_t i = 0; i < p->all.n; i++)
                if (p->all.v[i].id == id)
                        return &p->all.v[i];
        return NULL;
}

static const struct municipality_current *find(struct arena *a, const struct places *p, struct str name) {
        struct str fold = utf8_fold(a, name);
        for (size_t i = 0; i < p->all.n; i++)
                if (str_eq(utf8_fold(a, p->all.v[i].name), fold))
                        return &p->all.v[i];
        const struct municipality_current *only = NULL;
        for (size_t i = 0; i < p->aliases.n; i++) {
                const struct municipality_current *m = NULL;
                if (str_eq(utf8_fold(a, p->aliases.v[i].alias), fold))
                        m = by_id(p, p->aliases.v[i].municipality_id);
                if (m && only && m != only)
                        return NULL;
                only = m ? m : only;
        }
        return only;
}

/* "Bergen" may be "Bergen (L.)" or "Bergen (NH.)"; "s-Hertogenbos" is "'s-Hertogenbosch". */
static struct str alike(struct arena *a, const struct places *p, struct str name) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct str slug = utf8_slug(a, name);
        int n = 0;
        for (size_t i = 0; slug.n >= 3 && n < 4 && i < p->all.n; i++)
                if (str_starts(utf8_slug(a, p->all.v[i].name), str_sub(slug, 0, slug.n < 5 ? slug.n : slug.n - 1)))
                        buf_fmt(&b, "%s%.*s", n++ ? " of " : "", STR(p->all.v[i].name));
        return str_dup(a, buf_view(&b));
}

static void unknown(struct req *rq, const char *field, const struct places *p, struct str name) {
        struct str maybe = alike(rq->arena, p, name);
        if (req_error_of(rq, field).n)
                return;
        req_error(rq, field, maybe.n ? str_fmt(rq->arena, "Wij kennen geen gemeente ‘%.*s’. Bedoelt u %.*s?", STR(name), STR(maybe))
                                     : str_fmt(rq->arena, "Wij kennen geen gemeente ‘%.*s’. Controleer de naam.", STR(name)));
}

static bool has(const struct place_codes *l, struct str code) {
        for (size_t i = 0; i < l->n; i++)
                if (str_eq(l->v[i], code))
                        return true;
        return false;
}

enum err places_read(struct req *rq, const char *field, struct str text, struct place_codes *ret) {
        struct places p;
        struct str line;
        enum err e = load(rq, &p);
        *ret = (struct place_codes) { 0 };
        while (e == OK && str_split(&text, '\n', &line)) {
                struct str name = str_trim(line);
                const struct municipality_current *m = name.n ? find(rq->arena, &p, name) : NULL;
                if (name.n && !m)
                        unknown(rq, field, &p, name);
                else if (m && !has(ret, m->code))
                        *vec_push(rq->arena, ret) = m->code;
        }
        return e;
}
