#include "mdtree.h"
#include <string.h>
#include "markdown.h"
#include "mdsource.h"
#include "utf8.h"

/* The parser tells no places, but the words it hands out lie in the source. Where a node begins is looked up between
 * the words before it and its own first words. */
struct build {
        struct arena *a;
        struct md_tree *tree;
        struct md_node *open;
        size_t cursor;                  /* behind the last words */
        int depth, spans;
        struct md_budget budget;
};

static int check(struct build *b) {
        return md_check(&b->budget, b->spans > MARKDOWN_DEPTH_MAX, b->depth);
}

static struct md_node *push(struct build *b, enum md_kind kind) {
        struct md_node *n = arena_new(b->a, struct md_node);
        n->kind = kind;
        n->parent = b->open;
        if (b->open->last)
                b->open->last->next = n;
        else
                b->open->first = n;
        b->open->last = n;
        return n;
}

static struct str marker_of(enum md_kind kind) {
        return kind == MD_LINK ? S("[") : kind == MD_IMAGE ? S("![") : S("");
}

/* Words begin at AT: so do the open nodes that were waiting for them, or shortly before, at their own mark. */
static void place_open(struct build *b, size_t at) {
        for (struct md_node *n = b->open; n && !n->placed; n = n->parent) {
                struct str mark = marker_of(n->kind);
                for (size_t i = at; mark.n && i > b->cursor; i--)
                        if (str_starts(str_sub(b->tree->source, i - 1, mark.n), mark)) {
                                at = i - 1;
                                break;
                        }
                n->at = at;
                n->placed = true;
        }
}

/* N ends without a word: it stands at the next mark of its kind. */
static void place_empty(struct build *b, struct md_node *n) {
        if (n->placed)
                return;
        struct str mark = n->kind == MD_HEADING ? S("#") : marker_of(n->kind);
        if (mark.n) {
                struct str rest = str_sub(b->tree->source, b->cursor, b->tree->source.n);
                size_t found = b->cursor + str_find(rest, mark);
                /* Not found: the end, where no search takes time again. */
                place_open(b, found);
                b->cursor = found + mark.n < b->tree->source.n ? found + mark.n : b->tree->source.n;
        }
        n->at = n->placed ? n->at : b->cursor;
        n->placed = true;
}

static void close_node(struct build *b, struct md_node *n) {
        place_empty(b, n);
        b->spans -= n->kind > MD_CELL;
        b->open = n->parent;
}

static const enum md_kind block_kinds[] = {
        [MD_BLOCK_DOC] = MD_DOCUMENT, [MD_BLOCK_QUOTE] = MD_QUOTE, [MD_BLOCK_UL] = MD_LIST, [MD_BLOCK_OL] = MD_LIST,
        [MD_BLOCK_LI] = MD_ITEM, [MD_BLOCK_HR] = MD_RULE, [MD_BLOCK_H] = MD_HEADING, [MD_BLOCK_CODE] = MD_CODE_BLOCK,
        [MD_BLOCK_HTML] = MD_PARAGRAPH, [MD_BLOCK_P] = MD_PARAGRAPH, [MD_BLOCK_TABLE] = MD_TABLE,
        [MD_BLOCK_THEAD] = MD_TABLE_HEAD, [MD_BLOCK_TBODY] = MD_TABLE_BODY, [MD_BLOCK_TR] = MD_ROW,
        [MD_BLOCK_TH] = MD_HEAD_CELL, [MD_BLOCK_TD] = MD_CELL,
};

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user) {
        struct build *b = user;
        if (type == MD_BLOCK_DOC)
                return 0;
        b->depth++;
        b->open = push(b, block_kinds[type]);
        if (type == MD_BLOCK_H)
                b->open->level = ((const MD_BLOCK_H_DETAIL *) detail)->level;
        return check(b);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user) {
        struct build *b = user;
        (void) detail;
        if (type == MD_BLOCK_DOC)
                return 0;
        b->depth--;
        while (b->open->kind > MD_CELL)
                close_node(b, b->open);
        close_node(b, b->open);
        return check(b);
}

static const enum md_kind span_kinds[] = {
        [MD_SPAN_EM] = MD_EMPHASIS, [MD_SPAN_STRONG] = MD_STRONG, [MD_SPAN_A] = MD_LINK, [MD_SPAN_IMG] = MD_IMAGE,
        [MD_SPAN_CODE] = MD_CODE, [MD_SPAN_DEL] = MD_STRUCK,
};

static int enter_span(MD_SPANTYPE type, void *detail, void *user) {
        struct build *b = user;
        md_charge(&b->budget, type, detail);
        if (check(b))
                return -1;
        b->open = push(b, span_kinds[type]);
        b->spans++;
        if (type == MD_SPAN_A) {
                const MD_SPAN_A_DETAIL *d = detail;
                b->open->target = md_attribute(b->a, &d->href);
        } else if (type == MD_SPAN_IMG) {
                const MD_SPAN_IMG_DETAIL *d = detail;
                b->open->target = md_attribute(b->a, &d->src);
                b->open->title = md_attribute(b->a, &d->title);
        }
        return 0;
}

/* md4c does not always pair its spans: an end closes what it fits, and all inside that. */
static int leave_span(MD_SPANTYPE type, void *detail, void *user) {
        struct build *b = user;
        (void) detail;
        struct md_node *n = b->open;
        while (n->kind > MD_CELL && n->kind != span_kinds[type])
                n = n->parent;
        if (n->kind == span_kinds[type]) {
                while (b->open != n)
                        close_node(b, b->open);
                close_node(b, n);
        }
        return check(b);
}

static int text(MD_TEXTTYPE type, const char *p, MD_SIZE size, void *user) {
        struct build *b = user;
        struct str source = b->tree->source, s = { p, size };
        bool inside = p >= source.p && p < source.p + source.n;
        if (inside) {
                place_open(b, (size_t) (p - source.p));
                b->cursor = (size_t) (p - source.p) + size;
        }
        bool is_break = type == MD_TEXT_BR || type == MD_TEXT_SOFTBR;
        struct md_node *n = push(b, is_break ? MD_BREAK : MD_WORDS);
        n->at = inside ? (size_t) (p - source.p) : b->cursor;
        n->placed = true;
        if (type == MD_TEXT_ENTITY) {
                char c[4];
                size_t k = md_entity(s, c);
                s = k ? str_dup(b->a, (struct str) { c, k }) : s;
        } else if (!inside) {
                s = str_dup(b->a, s);
        }
        n->text = is_break ? S("") : s;
        return check(b);
}

enum err md_tree_parse(struct arena *a, struct str source, struct md_tree *ret) {
        if (source.n > MARKDOWN_SOURCE_MAX)
                return ERR_LIMIT;
        if (!utf8_valid(source))
                return ERR_INVALID;
        *ret = (struct md_tree) { md_clean(a, source), arena_new(a, struct md_node) };
        ret->root->kind = MD_DOCUMENT;
        ret->root->placed = true;
        struct build b = { .a = a, .tree = ret, .open = ret->root };
        const MD_PARSER parser = { 0, md_flags(ret->source), enter_block, leave_block, enter_span, leave_span, text,
                                   NULL, NULL };
        bool failed = md_parse(ret->source.p, (MD_SIZE) ret->source.n, &parser, &b) != 0 || b.budget.spent;
        return failed ? ERR_LIMIT : OK;
}

struct md_node *md_node_skip(const struct md_node *root, struct md_node *n) {
        while (n != root && !n->next)
                n = n->parent;
        return n == root ? NULL : n->next;
}

struct md_node *md_node_next(const struct md_node *root, struct md_node *n) {
        return n->first ? n->first : md_node_skip(root, n);
}

static void add_words(struct buf *words, size_t *at, struct str s, size_t from) {
        for (size_t i = 0; i < s.n; i++)
                at[words->n + i] = from + i;
        buf_str(words, s);
}

struct md_text md_node_text(struct arena *a, const struct md_node *n) {
        size_t size = 0;
        for (const struct md_node *k = n->first; k; k = md_node_next(n, (struct md_node *) k))
                size += k->text.n + 1;
        size_t *at = arena_many(a, size_t, size + 1);
        struct buf words = { .max = size + 1 };
        for (struct md_node *k = n->first; k;) {
                if (k->kind == MD_WORDS || k->kind == MD_BREAK)
                        add_words(&words, at, k->kind == MD_BREAK ? S("\n") : k->text, k->at);
                k = k->kind <= MD_CELL ? md_node_skip(n, k) : md_node_next(n, k);
        }
        struct md_text ret = { str_dup(a, buf_view(&words)), at };
        buf_done(&words);
        return ret;
}

bool md_blank(struct str s) {
        for (size_t i = 0; i < s.n;) {
                uint32_t c = utf8_next(s, &i);
                bool unseen = c == ' ' || c == '\n' || c == '\t' || c == 0xa0 || c == 0xad || c == 0xfeff || c == 0x202f ||
                              (c >= 0x2000 && c <= 0x200f) || c == 0x2060;
                if (!unseen)
                        return false;
        }
        return true;
}

struct md_place md_place_of(const struct md_tree *t, size_t at) {
        struct md_place ret = { 1, 1 };
        at = at < t->source.n ? at : t->source.n;
        size_t line = 0;
        for (size_t i = 0; i < at; i++)
                if (t->source.p[i] == '\n') {
                        ret.line++;
                        line = i + 1;
                }
        for (size_t i = line; i < at;) {
                (void) utf8_next(t->source, &i);
                ret.column++;
        }
        return ret;
}
