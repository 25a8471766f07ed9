/* web.c - /vergelijken: a municipality on one page, an indicator compared, the releases, and files of each. */
#include "board.tmpl.h"
#include "figure.tmpl.h"
#include "comparing.h"
#include "notable.h"
#include "page.h"
#include "releases.tmpl.h"
#include "view.h"

static enum err not_there(struct req *rq, struct resp *rs, enum err e, struct str why) {
        if (e != ERR_NOT_FOUND || !why.n)
                return e;
        page_error(rq, rs, 404, why);
        return OK;
}

static struct page begin(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_FIGURES);
        page_crumb(&p, S("Cijfers"), S("/cijfers"));
        page_crumb(&p, S("Vergelijken"), S("/vergelijken"));
        return p;
}

static enum err compare_get(struct req *rq, struct resp *rs) {
        struct compare_view *v = arena_new(rq->arena, struct compare_view);
        struct str why = S("");
        enum err e = compare_fill(rq, v, &why);
        if (e == OK)
                e = compare_group(rq, v);
        if (e != OK)
                return not_there(rq, rs, e, why);
        if (v->cell)
                v->message = v->own ? compare_words(rq->arena, v->entry, v->own->name, v->cell, v->mine)
                                    : compare_words_all(rq->arena, v->entry, v->cell);
        if (v->own)
                v->group_message = compare_words_group(rq->arena, v);
        compare_draw(rq->arena, v);
        struct page p = begin(rq, rs, v->own ? str_fmt(rq->arena, "%.*s in %.*s", STR(v->entry->name), STR(v->own->name))
                                             : v->entry->name);
        page_crumb(&p, v->entry->name, v->address);
        p.canonical = page_address(rq, v->address);
        p.description = v->message;
        figure_page(&p, v);
        return page_done(&p);
}

static enum err board_get(struct req *rq, struct resp *rs) {
        struct board_view *v = arena_new(rq->arena, struct board_view);
        struct str why = S("");
        enum err e = board_fill(rq, v, &why);
        if (e != OK)
                return not_there(rq, rs, e, why);
        struct page p = begin(rq, rs, v->own ? str_fmt(rq->arena, "%.*s in cijfers", STR(v->own->name)) : S("Vergelijken"));
        p.canonical = page_address(rq, S("/vergelijken"));
        if (v->own)
                p.feed = str_fmt(rq->arena, "/vergelijken/feed/%.*s.atom", STR(v->own->slug));
        p.description = S("Wat gemeenten zelf leverden over schuldhulp, eerlijk naast elkaar.");
        board_page(&p, v);
        return page_done(&p);
}

static enum err releases_get(struct req *rq, struct resp *rs) {
        struct releases_view *v = arena_new(rq->arena, struct releases_view);
        struct str why = S("");
        enum err e = releases_fill(rq, v, &why);
        if (e != OK)
                return not_there(rq, rs, e, why);
        struct page p = begin(rq, rs, S("Uitgaven van de cijfers"));
        page_crumb(&p, S("Uitgaven"), S("/vergelijken/uitgaven"));
        p.canonical = page_address(rq, S("/vergelijken/uitgaven"));
        figure_releases_page(&p, v);
        return page_done(&p);
}

static const struct field board_fields[] = {
        { .name = "gemeente", .type = FIELD_CODE, .max = 80 }, { .name = "periode", .type = FIELD_TEXT, .max = 8 }, { 0 },
};
static const struct field compare_fields[] = {
        { .name = "gemeente", .type = FIELD_CODE, .max = 80 }, { .name = "periode", .type = FIELD_TEXT, .max = 8 },
        { .name = "deel", .type = FIELD_TEXT, .max = 80 }, { .name = "groep", .type = FIELD_CODE, .max = 80, .many = true }, { 0 },
};
static const struct field releases_fields[] = { { .name = "uitgave", .type = FIELD_INTEGER, .min = 1, .max = 1000000 }, { 0 } };

static const struct field follow_fields[] = {
        { .name = "gemeente", .type = FIELD_CODE, .max = 80, .required = true },
        { .name = "volgen", .type = FIELD_CODE, .max = 3, .required = true }, { 0 },
};

const struct route comparing_routes[] = {
        { GET, "/vergelijken", ACCESS_PUBLIC, board_get, board_fields },
        { GET, "/vergelijken.csv", ACCESS_PUBLIC, board_csv_get, board_fields },
        { GET, "/vergelijken/uitgaven", ACCESS_PUBLIC, releases_get, releases_fields },
        { GET, "/vergelijken/feed/{slug}.atom", ACCESS_PUBLIC, notable_feed_get, NULL },
        { POST, "/vergelijken/volgen", ACCESS_SIGNED_IN, notable_follow_post, follow_fields },
        { GET, "/vergelijken/{slug}", ACCESS_PUBLIC, compare_get, compare_fields },
        { GET, "/vergelijken/{slug}.csv", ACCESS_PUBLIC, compare_csv_get, compare_fields },
        { 0 },
};
