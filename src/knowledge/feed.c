/* feed.c - feeds of what is new or has changed (RFC 4287): /kennis/feed.atom, of everything or of one phase, group, theme or kind, and
 * those of other rooms. */
#include <stdlib.h>
#include "atom.h"
#include "clock.h"
#include "knowledge.h"
#include "knowledge.sql.h"
#include "page.h"
#include "views.h"

#define ENTRIES 30

const struct field feed_fields[] = {
        { .name = "fase", .type = FIELD_CODE, .max = 40 }, { .name = "doelgroep", .type = FIELD_CODE, .max = 40 },
        { .name = "thema", .type = FIELD_CODE, .max = 40 }, { .name = "soort", .type = FIELD_CODE, .max = 40 }, { 0 },
};

/* The one list in which RQ chooses; NULL for none, and for more than one, which *MANY tells. */
static const char *chosen_list(struct req *rq, bool *many) {
        const char *chosen = NULL;
        *many = false;
        for (const struct field *f = feed_fields; f->name; f++) {
                if (req_text(rq, f->name).n == 0)
                        continue;
                *many = chosen != NULL;
                chosen = f->name;
        }
        return *many ? NULL : chosen;
}

bool feed_is_chosen(struct req *rq) {
        bool many;
        return chosen_list(rq, &many) != NULL;
}

struct str feed_path(struct req *rq) {
        bool many;
        const char *list = chosen_list(rq, &many);
        return list ? str_fmt(rq->arena, "/kennis/feed.atom?%s=%.*s", list, STR(req_text(rq, list))) : S("/kennis/feed.atom");
}

/* The moment of publishing when that was the day that the text names; else noon of that day. */
static struct str updated(struct arena *a, const struct feed_row *r) {
        return str_eq(clock_dutch_day(a, r->made_ms), r->updated_on) ? atom_time(a, r->made_ms) : str_fmt(a, "%.*sT12:00:00Z", STR(r->updated_on));
}

/* Without scheme and port, for ids that stay when an address changes (RFC 4151). */
static struct str host_of(struct req *rq) {
        struct str origin = page_address(rq, S("")), host = str_sub(origin, str_find(origin, S("://")) + 3, origin.n);
        return str_sub(host, 0, str_index(host, ':'));
}

static void entry(struct req *rq, struct xml *x, const struct feed_row *r) {
        atom_entry(rq, x, &(struct atom_entry) { .title = r->title,
                .id = str_fmt(rq->arena, "tag:%.*s,2026:kennis/%lld", STR(host_of(rq)), (long long) r->id),
                .path = str_fmt(rq->arena, "/kennis/%.*s", STR(r->slug)), .updated = updated(rq->arena, r),
                .summary = r->note.n ? str_fmt(rq->arena, "%.*s Wat er veranderde: %.*s", STR(r->summary), STR(r->note)) : r->summary });
}

static enum err write_feed(struct req *rq, struct resp *rs, const struct feed_of *f, const struct feed_row_list *rows) {
        struct xml x = atom_begin(rq, rs, &(struct atom_feed) { f->title, f->path, f->page,
                rows->n ? updated(rq->arena, &rows->v[0]) : atom_time(rq->arena, rq->now_ms) });
        for (size_t i = 0; i < rows->n; i++)
                entry(rq, &x, &rows->v[i]);
        return atom_end(rs, &x);
}

static int newest_first(const void *x, const void *y) {
        const struct feed_row *a = x, *b = y;
        int day = str_cmp(b->updated_on, a->updated_on);
        return day ? day : a->id < b->id ? 1 : -1;
}

enum err knowledge_feed(struct req *rq, struct resp *rs, const struct feed_of *f) {
        struct feed_row_list rows = { 0 };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < f->n; i++) {
                struct feed_row row;
                bool found;
                e = feed_of_slug(rq->db, rq->arena, f->slugs[i], &row, &found);
                if (e == OK && found)
                        *vec_push(rq->arena, &rows) = row;
        }
        if (e != OK)
                return e;
        if (rows.n)
                qsort(rows.v, rows.n, sizeof *rows.v, newest_first);
        return write_feed(rq, rs, f, &rows);
}

enum err feed_get(struct req *rq, struct resp *rs) {
        struct str title = S("Schouders: kennis");
        struct term_label_row term;
        struct feed_row_list rows;
        bool many, found = true;
        const char *list = chosen_list(rq, &many);
        enum err e = many ? ERR_INVALID : OK;
        if (e == OK && list)
                e = term_label(rq->db, rq->arena, str_of(list), req_text(rq, list), &term, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = list ? newest_of_term(rq->db, rq->arena, str_of(list), req_text(rq, list), ENTRIES, &rows)
                         : newest_items(rq->db, rq->arena, ENTRIES, &rows);
        if (e != OK)
                return e;
        if (list)
                title = str_fmt(rq->arena, "Schouders: %.*s", STR(term.label));
        return write_feed(rq, rs, &(struct feed_of) { .title = title, .path = feed_path(rq), .page = S("/kennis") }, &rows);
}
