/* place.c - pages of this room: who they are about, and where they hang. */
#include "internal.h"

enum err desk_find(struct req *rq, struct desk *d) {
        bool found = false;
        *d = (struct desk) { 0 };
        enum err e = organisation_at_slug(rq->db, rq->arena, rq->param[0], &d->o, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        if (e == OK)
                e = desk_places(rq->db, rq->arena, d->o.id, &d->places);
        if (e == OK)
                d->path = str_fmt(rq->arena, "/benchleren/organisaties/%.*s", STR(d->o.slug));
        return e;
}

const struct learn_place *desk_place(const struct desk *d, struct str slug) {
        for (size_t i = 0; i < d->places.n; i++)
                if (str_eq(d->places.v[i].slug, slug))
                        return &d->places.v[i];
        return NULL;
}

struct page learn_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_FIGURES);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Cijfers"), S("/cijfers"));
        page_crumb(&p, S("Benchleren"), S("/benchleren"));
        return p;
}

struct page learn_desk_page(struct req *rq, struct resp *rs, const struct desk *d, struct str title) {
        struct page p = learn_page(rq, rs, title);
        rs->cache = CACHE_NONE;
        page_crumb(&p, d->o.name, d->path);
        if (!str_eq(rq->path, d->path))
                page_crumb(&p, title, rq->path);
        return p;
}
