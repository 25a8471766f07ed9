#include "markdown.h"
#include "mdsource.h"

struct plain {
        struct buf out;
        int depth;
        struct md_budget budget;
};

static int check(struct plain *p) {
        return md_check(&p->budget, p->out.full, p->depth);
}

static void end_line(struct plain *p) {
        while (p->out.n && p->out.p[p->out.n - 1] == ' ')
                p->out.n--;
        if (p->out.n && p->out.p[p->out.n - 1] != '\n')
                buf_char(&p->out, '\n');
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user) {
        struct plain *p = user;
        (void) detail;
        p->depth++;
        if (type != MD_BLOCK_TD && type != MD_BLOCK_TH)
                end_line(p);
        return check(p);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user) {
        struct plain *p = user;
        (void) detail;
        p->depth--;
        if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
                buf_char(&p->out, ' ');
        else
                end_line(p);
        return check(p);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user) {
        struct plain *p = user;
        md_charge(&p->budget, type, detail);
        return check(p);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user) {
        struct plain *p = user;
        (void) type;
        (void) detail;
        return check(p);
}

static int text(MD_TEXTTYPE type, const char *s, MD_SIZE n, void *user) {
        struct plain *p = user;
        char c[4];
        size_t k = type == MD_TEXT_ENTITY ? md_entity((struct str) { s, n }, c) : 0;
        if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR || type == MD_TEXT_NULLCHAR)
                buf_char(&p->out, ' ');
        else
                buf_put(&p->out, k ? c : s, k ? k : n);
        return check(p);
}

struct str markdown_plain(struct arena *a, struct str source) {
        struct plain p = { .out.max = MARKDOWN_OUTPUT_MAX };
        size_t n = source.n;
        if (n > MARKDOWN_SOURCE_MAX)
                for (n = MARKDOWN_SOURCE_MAX; n && ((unsigned char) source.p[n] & 0xc0) == 0x80;)
                        n--;
        struct str clean = md_clean(a, str_sub(source, 0, n));
        const MD_PARSER parser = { 0, md_flags(clean), enter_block, leave_block, enter_span, leave_span, text,
                                   NULL, NULL };
        /* Stopping early is no failure here: what was read is worth searching. */
        (void) md_parse(clean.p, (MD_SIZE) clean.n, &parser, &p);
        struct str ret = str_dup(a, str_trim(buf_view(&p.out)));
        buf_done(&p.out);
        return ret;
}
