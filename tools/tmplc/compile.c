#include "html_context.h"
#include "scan.h"
#include "text.h"
#include "tmplc.h"
#include "utf8.h"

#define BRANCHES 64

/* An open {{ if }} or {{ for }}. */
struct branch {
        struct pos start, merged;
        bool has_merged, has_else;
        bool owes_newline;      /* the newline at the start of a for body was dropped: one came before the loop */
        const struct element *floor;
};

/* The open elements that one half leaves, outermost first, under the name without _begin or _end. */
struct half_page {
        struct str name;
        const struct element *left;
        const struct closed *closed;
        enum half half;
        size_t line;
};

struct compiler {
        struct arena *a;
        struct report r;
        struct emit em;
        struct html html;
        struct branch branch[BRANCHES];
        struct { struct half_page *v; size_t n, cap; } halves;
        bool is_text;
};

static struct branch *current(struct compiler *c) {
        return &c->branch[c->html.branches - 1];
}

static void enter(struct compiler *c) {
        struct html *h = &c->html;
        c->branch[h->branches++] = (struct branch) { .start = h->at, .floor = h->floor };
        h->floor = h->at.top;
}

/* One way through the current block ends on LINE. */
static enum err end_way(struct compiler *c, size_t line) {
        struct branch *b = current(c);
        struct html *h = &c->html;
        struct pos *into = b->has_merged ? &b->merged : &h->at;
        enum err e = html_merge(h, &b->start, into, &h->at, line);
        if (!b->has_merged)
                b->merged = h->at;
        b->has_merged = true;
        return e;
}

static enum err leave(struct compiler *c, size_t line) {
        struct branch *b = current(c);
        struct html *h = &c->html;
        enum err e = end_way(c, line);
        if (!e && !b->has_else)
                e = html_merge(h, &b->start, &b->merged, &b->start, line);
        h->at = b->merged;
        h->floor = b->floor;
        h->branches--;
        emit_close(&c->em);
        return e;
}

static enum err on_else(struct compiler *c, const struct node *node) {
        struct branch *b = current(c);
        enum err e = end_way(c, node->line);
        c->html.at = b->start;
        b->has_else = node->kind == NODE_ELSE;
        if (node->kind == NODE_ELSE)
                emit_else(&c->em);
        else
                emit_else_if(&c->em, node->text, node->line);
        return e;
}

static bool starts_with_newline(const struct node *node) {
        struct str s = node->text;
        size_t n = 0;
        while (n < s.n && is_space(s.p[n]))
                n++;
        return node->kind == NODE_TEXT && count_lines(str_sub(s, 0, n));
}

static void on_if(struct compiler *c, const struct node *node) {
        emit_open(&c->em, "if (", node->text, node->line);
        enter(c);
}

/* The newline before the loop may stand for the one at the start of its body, when each round then ends in one. */
static void on_for(struct compiler *c, const struct node *node) {
        emit_open(&c->em, "for (", node->text, node->line);
        enter(c);
        c->html.loops++;
        struct pos *at = &c->html.at;
        at->after_newline &= starts_with_newline(node + 1);
        current(c)->owes_newline = at->after_newline;
}

static enum err on_end_for(struct compiler *c, const struct node *node) {
        struct pos *at = &c->html.at;
        if (current(c)->owes_newline && !at->after_newline && at->place != IN_TAG && at->place != IN_VALUE) {
                emit_text(&c->em, S("\n"));
                at->after_newline = true;
        }
        c->html.loops--;
        return leave(c, node->line);
}

/* The Ith open element, counted from the outermost, or an empty str. */
static struct str name_at_depth(const struct element *left, size_t i) {
        while (left && left->depth != i)
                left = left->parent;
        return left ? left->name : S("");
}

/* x_begin and x_end in one file must fit each other. */
static enum err check_pair(struct compiler *c, const struct half_page *open, const struct half_page *close) {
        const struct closed *end = close->closed;
        for (size_t i = 1;; i++, end = end->next) {
                struct str name = name_at_depth(open->left, i);
                if (name.n == 0 && !end)
                        return OK;
                if (name.n == 0 || !end || !str_eq(name, end->name))
                        return refuse(&c->r, close->line, "the elements closed are not those that %.*s_begin of line "
                                      "%zu leaves open", STR(open->name), open->line);
        }
}

static enum err check_halves(struct compiler *c) {
        for (size_t i = 0; i < c->halves.n; i++) {
                for (size_t j = 0; j < c->halves.n; j++) {
                        const struct half_page *open = &c->halves.v[i], *close = &c->halves.v[j];
                        if (open->half != HALF_OPEN || close->half != HALF_CLOSE || !str_eq(open->name, close->name))
                                continue;
                        enum err e = check_pair(c, open, close);
                        if (e)
                                return e;
                }
        }
        return OK;
}

static enum err on_end_define(struct compiler *c, const struct node *node) {
        const struct define *d = node->define;
        enum err e = html_finish(&c->html, d, node->line);
        emit_end_define(&c->em);
        struct str suffix = d->half == HALF_OPEN ? S("_begin") : S("_end");
        if (!e && d->half != HALF_NONE && str_ends(d->name, suffix))
                *vec_push(c->a, &c->halves) = (struct half_page) {
                        .name = str_sub(d->name, 0, d->name.n - suffix.n), .left = c->html.at.top,
                        .closed = c->html.closed, .half = d->half, .line = node->line,
                };
        return e;
}

static enum err on_expression(struct compiler *c, const struct node *node) {
        const char *put;
        enum err e = html_expression(&c->html, node->line, &put);
        if (!e)
                emit_put(&c->em, put, node->text, node->line);
        return e;
}

static enum err on_node(struct compiler *c, const struct node *node) {
        enum err e = node->kind == NODE_TEXT ? OK : html_directive(&c->html, node->kind, node->line);
        if (e)
                return e;
        switch (node->kind) {
        case NODE_INCLUDE:
        case NODE_COMMENT:
                return OK;
        case NODE_TEXT:
                return html_feed(&c->html, node->text, node->line);
        case NODE_EXPR:
                return on_expression(c, node);
        case NODE_DEFINE:
                html_begin(&c->html, node->define);
                emit_define(&c->em, node->define, node->line);
                return OK;
        case NODE_END_DEFINE:
                return on_end_define(c, node);
        case NODE_IF:
                on_if(c, node);
                return OK;
        case NODE_FOR:
                on_for(c, node);
                return OK;
        case NODE_ELSE:
        case NODE_ELSE_IF:
                return on_else(c, node);
        case NODE_END_FOR:
                return on_end_for(c, node);
        case NODE_END_IF:
                return leave(c, node->line);
        case NODE_LET:
                emit_code(&c->em, "", node->text, ";", node->line);
                return OK;
        case NODE_CALL:
                emit_code(&c->em, "", node->text, ";", node->line);
                c->em.wrote = true;
                return OK;
        }
        return OK;
}

/* Text that no later step should have to doubt. */
static enum err check_bytes(struct report *r, struct str text) {
        struct str rest = text, row;
        for (size_t line = 1; str_split(&rest, '\n', &row); line++) {
                if (str_index(row, 0) < row.n)
                        return refuse(r, line, "NUL byte");
                if (!utf8_valid(row))
                        return refuse(r, line, "broken UTF-8");
        }
        return OK;
}

/* All defines of a file are for pages, or all for letters; *RET_LETTER tells which, and is true for a text. */
static enum err check_frame(struct compiler *c, const struct nodes *nodes, bool *ret_letter) {
        size_t first = 0;
        for (size_t i = 0; i < nodes->n; i++) {
                const struct node *node = &nodes->v[i];
                if (node->kind != NODE_DEFINE)
                        continue;
                if (c->is_text && !node->define->letter)
                        return refuse(&c->r, node->line, "the first parameter of a define in a text is struct letter *p");
                if (first && node->define->letter != *ret_letter)
                        return refuse(&c->r, node->line, "the first parameter is another than that of line %zu: pages and "
                                      "letters stand in files of their own", first);
                first = node->line;
                *ret_letter = node->define->letter;
        }
        return OK;
}

static enum err compile(struct compiler *c, const struct tmplc_source *in) {
        struct nodes nodes = { 0 };
        enum err e = check_bytes(&c->r, in->text);
        if (e || (e = parse(c->a, &c->r, in->text, &nodes)))
                return e;
        bool letter = c->is_text;
        if ((e = check_frame(c, &nodes, &letter)))
                return e;
        emit_begin(&c->em, in->header, in->base_only ? S("html.h") : letter ? S("letter.h") : S("page.h"), &nodes);
        for (size_t i = 0; i < nodes.n; i++)
                if ((e = c->is_text ? text_node(&c->em, &c->r, &nodes, i) : on_node(c, &nodes.v[i])))
                        return e;
        return check_halves(c);
}

enum err tmplc_compile(struct arena *a, const struct tmplc_source *in,
                       struct buf *ret_c, struct buf *ret_h, struct buf *ret_errors) {
        struct compiler *c = arena_new(a, struct compiler);
        c->a = a;
        c->r = (struct report) { .file = in->file, .out = ret_errors };
        c->is_text = str_ends(in->file, S(".txt.tmpl"));
        c->em = (struct emit) { .c = ret_c, .h = ret_h, .file = in->file, .out = c->is_text ? "p->text" : "p->out" };
        c->html = (struct html) { .a = a, .r = &c->r, .em = &c->em };
        if (in->text.n > TMPLC_MAX) {
                refuse(&c->r, 1, "the template is larger than 1 MiB");
                return ERR_LIMIT;
        }
        enum err e = compile(c, in);
        emit_done(&c->em);
        if (!e && (ret_c->full || ret_h->full)) {
                refuse(&c->r, 1, "the generated code is too large");
                return ERR_LIMIT;
        }
        return e;
}
