#include "html_context.h"

static enum err refuse_place(struct html *h, const struct pos *start, const struct pos *end, size_t line) {
        bool in_tag = end->place == IN_TAG || end->place == IN_VALUE;
        if (!in_tag && (start->place == IN_TAG || start->place == IN_VALUE))
                return refuse(h->r, line, "the branch starts inside a tag and ends outside it");
        if (!in_tag)
                return refuse(h->r, line, "<%.*s> of line %zu is not closed before the branch ends",
                              STR(end->top->name), end->top->line);
        if (end->place == IN_VALUE)
                return refuse(h->r, line, "the branch ends inside attribute %.*s, but did not start there",
                              STR(end->attr->name));
        return refuse(h->r, line, "the branch ends inside tag <%.*s>, but did not start at that place",
                      STR(end->tag->name));
}

static bool same_place(const struct pos *a, const struct pos *b) {
        if (a->place != b->place || a->top != b->top)
                return false;
        if (a->place == IN_VALUE)
                return a->attr == b->attr;
        return a->place != IN_TAG || a->tag == b->tag;
}

/* A path that is "/" on one way and longer on the other counts as "/". */
static enum err merge_url(struct html *h, struct pos *into, const struct pos *new, size_t line) {
        if (into->url == new->url)
                return OK;
        bool slash = (into->url == URL_SLASH && new->url == URL_SAFE) ||
                     (into->url == URL_SAFE && new->url == URL_SLASH);
        if (!slash)
                return refuse(h->r, line, "the branches leave the URL in %.*s at different points",
                              STR(new->attr->name));
        into->url = URL_SLASH;
        return OK;
}

static void merge_ids(struct html *h, const struct pos *start, struct pos *into, const struct pos *new) {
        for (const struct id *id = new->ids; id != start->ids; id = id->next) {
                struct id *copy = arena_new(h->a, struct id);
                *copy = *id;
                copy->next = into->ids;
                into->ids = copy;
        }
}

enum err html_merge(struct html *h, const struct pos *start, struct pos *into, const struct pos *new, size_t line) {
        if (!same_place(start, new))
                return refuse_place(h, start, new, line);
        if (new->place == IN_VALUE) {
                into->foreign |= new->foreign;
                enum err e = merge_url(h, into, new, line);
                if (e)
                        return e;
        }
        if (new->place == IN_TAG) {
                html_merge_attrs(h, start->attrs, into, new);
                into->need_space |= new->need_space;
        }
        into->after_newline &= new->after_newline;
        merge_ids(h, start, into, new);
        return OK;
}
