/* take.c - editors take a field note into the text of its item. */
#include <string.h>
#include "clock.h"
#include "editing_take.h"
#include "internal.h"
#include "markdown.h"

static struct str said(struct arena *a, struct str markdown) {
        return str_trim(markdown_plain(a, markdown));
}

/* The writer agreed to the use of the words; a name beside them is another thing, which nobody was asked. */
static struct str told_by(struct req *rq, const struct post *p, struct str day) {
        const struct organisation_kind *o = organisation_kind(p->organisation);
        struct str size = dialogue_label(dialogue_sizes, p->size);
        return str_fmt(rq->arena, "Veldnotitie van %.*s%s%.*s%s%.*s", STR(clock_dutch_date(rq->arena, day)), o ? ", " : "",
                       STR(o ? o->label : S("")), size.n ? ", " : "", STR(size));
}

enum err note_take(struct req *rq, const struct post *p, struct str *path) {
        const struct site *site = rq->app;
        struct str address, day = clock_dutch_day(rq->arena, p->created_ms);
        enum err e = post_path(rq, p, &address);
        if (e != OK)
                return e;
        const struct str parts[] = { told_by(rq, p, day), str_sub(day, 0, strlen("2026")), said(rq->arena, p->body),
                                     said(rq->arena, p->needed), said(rq->arena, p->result),
                                     str_fmt(rq->arena, "%.*s%.*s", STR(site->origin), STR(address)) };
        return draft_take_line(rq, p->item_id, LINES_EXPERIENCE, parts, path);
}
