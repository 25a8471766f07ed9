/* take.c - a line from elsewhere into a draft. */
#include "editing_take.h"
#include <string.h>
#include "editing_form.h"
#include "form_line.h"
#include "internal.h"

#define TAKE_MAX 600            /* bytes of a part (docs/content.md) */
#define TAKE_NAME_MAX 200       /* of its first */

enum err draft_open(struct req *rq, int64_t item_id, int64_t *id, bool *is_new) {
        struct draft_of_item_row own;
        bool found = false;
        enum err e = draft_of_item(rq->db, rq->arena, item_id, rq->viewer.person_id, &own, &found);
        *is_new = !found;
        if (found)
                *id = own.id;
        if (e != OK || found)
                return e;
        return draft_make(rq->db, rq->arena, &(struct draft_new) { .purpose = DRAFT_ARTICLE, .item_id = opt_i64(item_id),
                          .owner_id = rq->viewer.person_id, .now_ms = rq->now_ms, .idempotency = rq->idempotency }, id);
}

static struct str shortened(struct arena *a, struct str s, size_t most) {
        s = str_trim(s);
        if (s.n <= most)
                return s;
        size_t end = most - strlen("…");
        while (end && s.p[end] != ' ' && s.p[end] != '\n')
                end--;
        for (end = end ? end : most - strlen("…"); ((unsigned char) s.p[end] & 0xc0) == 0x80; end--)
                ;
        return str_fmt(a, "%.*s…", STR(str_trim(str_sub(s, 0, end))));
}

static const struct item_part *part_of(enum item_lines kind, struct str text_kind) {
        for (const struct item_part *part = item_parts; part->code.n; part++)
                if (part->shape == PART_LINES && part->lines == kind)
                        return item_part_fits(part, text_kind) ? part : NULL;
        return NULL;
}

static enum err with_line(struct arena *a, struct str text, enum item_lines kind, const struct str *parts, struct str *ret) {
        struct str cut[LINE_PARTS];
        size_t n = item_line_parts(kind);
        struct text_error error;
        struct front f;
        enum err e = front_parse(a, text, &error, &f);
        if (e != OK)
                return e;
        for (size_t i = 0; i < n; i++)
                cut[i] = shortened(a, parts[i], i ? TAKE_MAX : TAKE_NAME_MAX);
        struct front_pair *pairs = arena_many(a, struct front_pair, f.n_pairs + 1);
        for (size_t i = 0; i < f.n_pairs; i++)
                pairs[i] = f.pairs[i];
        pairs[f.n_pairs++] = (struct front_pair) { item_line_key(kind), item_line_write(a, kind, cut, n), 0 };
        f.pairs = pairs;
        *ret = item_text_write(a, &f);
        return OK;
}

enum err draft_take_line(struct req *rq, int64_t item_id, enum item_lines kind, const struct str *parts, struct str *path) {
        struct draft d;
        struct str text;
        int64_t id = 0;
        bool is_new;
        enum err e = draft_open(rq, item_id, &id, &is_new);
        if (e == OK)
                e = draft_get(rq->db, rq->arena, id, &d);
        if (e != OK)
                return e;
        const struct item_part *part = part_of(kind, d.kind);
        if (!part || str_eq(d.state, S(DRAFT_ASKED)))
                return part ? ERR_CONFLICT : ERR_INVALID;
        e = with_line(rq->arena, d.text, kind, parts, &text);
        if (e == OK)
                e = draft_save(rq->db, rq->arena, &d, text, rq->now_ms);
        if (e != OK)
                return e;
        size_t last = item_form_lines(rq->arena, d.text, part) - 1, from = item_form_last(part, last);
        *path = draft_path(rq->arena, id, str_fmt(rq->arena, "/deel/%.*s?vanaf=%zu#%.*s", STR(part->code), from,
                                                  STR(line_input_id(rq->arena, 0, last - from))).p);
        return OK;
}
