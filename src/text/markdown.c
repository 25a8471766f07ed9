#include "markdown.h"
#include <string.h>
#include "mdsource.h"
#include "utf8.h"
#include "vec.h"


#define SPANS_MAX MARKDOWN_DEPTH_MAX

struct render {
        struct arena *a;
        struct buf html, heading;
        struct buf *out;                /* html, or heading inside a heading: its id comes before its text */
        struct buf title;               /* the words of the heading, for the id */
        struct map ids;
        int depth;
        int tables;
        unsigned column;
        bool row_heads;                 /* the table has an empty corner cell: its first column are headings */
        size_t cell;                    /* out->n behind the opening tag of the header cell */
        int images;                     /* inside alternative text: words only */
        bool image_open, decorative;    /* the outer one is shown: its tag waits for the end of the text */
        size_t image, alt;              /* out->n before that tag, and behind alt=" */
        bool link_open;
        MD_SPANTYPE spans[SPANS_MAX];   /* open now */
        int n_spans;
        struct md_budget budget;
};

static int check(struct render *r) {
        return md_check(&r->budget, r->html.full || r->heading.full || r->title.full, r->depth);
}

static const struct { struct str open, close; } span_tags[] = {
        [MD_SPAN_EM] = { S_INIT("<em>"), S_INIT("</em>") },
        [MD_SPAN_STRONG] = { S_INIT("<strong>"), S_INIT("</strong>") },
        [MD_SPAN_A] = { S_INIT(""), S_INIT("</a>") },
        [MD_SPAN_IMG] = { S_INIT(""), S_INIT("") },
        [MD_SPAN_CODE] = { S_INIT("<code>"), S_INIT("</code>") },
        [MD_SPAN_DEL] = { S_INIT("<del>"), S_INIT("</del>") },
};

/* Closes spans until N are left. */
static void close_spans(struct render *r, int n) {
        while (r->n_spans > n) {
                MD_SPANTYPE type = r->spans[--r->n_spans];
                r->link_open = r->link_open && type != MD_SPAN_A;
                buf_str(r->out, span_tags[type].close);
        }
}

static void cell_open(struct render *r, MD_BLOCKTYPE type, const MD_BLOCK_TD_DETAIL *d) {
        bool head = type == MD_BLOCK_TH || (r->row_heads && r->column == 0);
        if (head)
                buf_str(r->out, type == MD_BLOCK_TH ? S("<th scope=\"col\"") : S("<th scope=\"row\""));
        else
                html_lit(r->out, "<td");
        if (d->align == MD_ALIGN_RIGHT)
                html_lit(r->out, " class=\"align-right\"");
        if (d->align == MD_ALIGN_CENTER)
                html_lit(r->out, " class=\"align-center\"");
        buf_char(r->out, '>');
        r->cell = r->out->n;
}

static void cell_close(struct render *r, MD_BLOCKTYPE type) {
        bool head = type == MD_BLOCK_TH || (r->row_heads && r->column == 0);
        if (head && r->out->n == r->cell && !r->out->full) {
                /* An empty header cell is announced as a heading without a name: make it a plain cell. */
                while (r->out->p[r->out->n - 1] != '<')
                        r->out->n--;
                r->out->n--;
                html_lit(r->out, "<td></td>");
                r->row_heads = r->row_heads || r->column == 0;
        } else {
                buf_str(r->out, head ? S("</th>") : S("</td>"));
        }
        r->column++;
}

static void table_open(struct render *r) {
        r->tables++;
        r->row_heads = false;
        html_lit(r->out, "<section class=\"table-scroll\" tabindex=\"0\" aria-label=\"Tabel ");
        html_int(r->out, r->tables);
        html_lit(r->out, "\"><table>\n");
}

static void list_open(struct render *r, const MD_BLOCK_OL_DETAIL *d) {
        html_lit(r->out, "<ol");
        if (d->start != 1) {
                html_lit(r->out, " start=\"");
                html_size(r->out, d->start);
                html_lit(r->out, "\"");
        }
        html_lit(r->out, ">\n");
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user) {
        struct render *r = user;
        r->depth++;
        switch (type) {
        case MD_BLOCK_QUOTE: html_lit(r->out, "<blockquote>\n"); break;
        case MD_BLOCK_UL: html_lit(r->out, "<ul>\n"); break;
        case MD_BLOCK_OL: list_open(r, detail); break;
        case MD_BLOCK_LI: html_lit(r->out, "<li>"); break;
        case MD_BLOCK_HR: html_lit(r->out, "<hr>\n"); break;
        case MD_BLOCK_H:
                buf_reset(&r->heading);
                buf_reset(&r->title);
                r->out = &r->heading;
                break;
        case MD_BLOCK_CODE: html_lit(r->out, "<pre tabindex=\"0\"><code>"); break;
        case MD_BLOCK_P: html_lit(r->out, "<p>"); break;
        case MD_BLOCK_TABLE: table_open(r); break;
        case MD_BLOCK_THEAD: html_lit(r->out, "<thead>\n"); break;
        case MD_BLOCK_TBODY: html_lit(r->out, "<tbody>\n"); break;
        case MD_BLOCK_TR:
                r->column = 0;
                html_lit(r->out, "<tr>");
                break;
        case MD_BLOCK_TH: case MD_BLOCK_TD: cell_open(r, type, detail); break;
        case MD_BLOCK_DOC: case MD_BLOCK_HTML: break;
        }
        return check(r);
}

/* The slug of the heading, unique in this text; a heading without letters is "deel". */
static struct str heading_id(struct render *r) {
        struct str base = utf8_slug(r->a, str_sub(buf_view(&r->title), 0, 120));
        if (base.n == 0)
                base = S("deel");
        struct str id = base;
        int *used = map_get(&r->ids, base);
        while (map_get(&r->ids, id))
                id = str_fmt(r->a, "%.*s-%d", STR(base), ++*used);
        int *first = arena_new(r->a, int);
        *first = 1;
        map_put(r->a, &r->ids, id, first);
        return id;
}

static void heading_close(struct render *r, unsigned level) {
        char h = (char) ('0' + (level < 2 ? 2 : level));
        r->out = &r->html;
        html_lit(r->out, "<h");
        buf_char(r->out, h);
        html_lit(r->out, " id=\"");
        html_text(r->out, heading_id(r));
        html_lit(r->out, "\">");
        buf_str(r->out, buf_view(&r->heading));
        html_lit(r->out, "</h");
        buf_char(r->out, h);
        html_lit(r->out, ">\n");
}

static void image_open(struct render *r, const MD_SPAN_IMG_DETAIL *d) {
        struct str target = d->src.size > MD_LINK_MAX ? S("") : md_attribute(r->a, &d->src);
        r->image_open = md_image_local(target);
        if (!r->image_open)
                return;
        r->decorative = d->title.size < 64 && str_eq(md_attribute(r->a, &d->title), S(MD_DECORATIVE));
        r->image = r->out->n;
        html_lit(r->out, "<img src=\"");
        html_text(r->out, target);
        html_lit(r->out, "\" alt=\"");
        r->alt = r->out->n;
}

/* Ends the alternative text, of however many images inside each other. Who cannot see an image without such text would
 * not know that it is there: it is left out, unless it is marked as decoration. */
static void images_close(struct render *r) {
        r->images = 0;
        if (!r->image_open)
                return;
        r->image_open = false;
        if (r->out->n == r->alt && !r->decorative && !r->out->full)
                r->out->n = r->image;
        else
                html_lit(r->out, "\" loading=\"lazy\">");
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user) {
        struct render *r = user;
        r->depth--;
        images_close(r);
        close_spans(r, 0);
        switch (type) {
        case MD_BLOCK_QUOTE: html_lit(r->out, "</blockquote>\n"); break;
        case MD_BLOCK_UL: html_lit(r->out, "</ul>\n"); break;
        case MD_BLOCK_OL: html_lit(r->out, "</ol>\n"); break;
        case MD_BLOCK_LI: html_lit(r->out, "</li>\n"); break;
        case MD_BLOCK_H: heading_close(r, ((const MD_BLOCK_H_DETAIL *) detail)->level); break;
        case MD_BLOCK_CODE: html_lit(r->out, "</code></pre>\n"); break;
        case MD_BLOCK_P: html_lit(r->out, "</p>\n"); break;
        case MD_BLOCK_TABLE: html_lit(r->out, "</table></section>\n"); break;
        case MD_BLOCK_THEAD: html_lit(r->out, "</thead>\n"); break;
        case MD_BLOCK_TBODY: html_lit(r->out, "</tbody>\n"); break;
        case MD_BLOCK_TR: html_lit(r->out, "</tr>\n"); break;
        case MD_BLOCK_TH: case MD_BLOCK_TD: cell_close(r, type); break;
        case MD_BLOCK_DOC: case MD_BLOCK_HR: case MD_BLOCK_HTML: break;
        }
        return check(r);
}

static bool link_open(struct render *r, const MD_SPAN_A_DETAIL *d) {
        if (d->href.size > MD_LINK_MAX || r->link_open)
                return false;
        struct str target = md_attribute(r->a, &d->href);
        enum md_link kind = md_link_kind(target);
        if (kind == MD_LINK_REFUSED)
                return false;
        r->link_open = true;
        html_lit(r->out, "<a href=\"");
        html_text(r->out, target);
        buf_str(r->out, kind == MD_LINK_EXTERNAL ? S("\" rel=\"noopener\">") : S("\">"));
        return true;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user) {
        struct render *r = user;
        md_charge(&r->budget, type, detail);
        if (type == MD_SPAN_IMG && r->images++ == 0 && !r->budget.spent)
                image_open(r, detail);
        if (r->n_spans == SPANS_MAX)
                r->budget.spent = true;
        if (r->images || r->budget.spent || type > MD_SPAN_DEL || (type == MD_SPAN_A && !link_open(r, detail)))
                return check(r);
        buf_str(r->out, span_tags[type].open);
        r->spans[r->n_spans++] = type;
        return check(r);
}

/* md4c does not always pair its spans (a bare address can swallow the end of an emphasis), so our own stack does. */
static int leave_span(MD_SPANTYPE type, void *detail, void *user) {
        struct render *r = user;
        (void) detail;
        if (r->images) {
                if (type == MD_SPAN_IMG && --r->images == 0)
                        images_close(r);
                return check(r);
        }
        int i = r->n_spans;
        while (i > 0 && r->spans[i - 1] != type)
                i--;
        /* A link that was refused has no place on the stack, and links do not nest. */
        if (i > 0)
                close_spans(r, i - 1);
        return check(r);
}

static void words(struct render *r, struct str s) {
        html_text(r->out, s);
        if (r->out == &r->heading)
                buf_str(&r->title, s);
}

static int text(MD_TEXTTYPE type, const char *p, MD_SIZE n, void *user) {
        struct render *r = user;
        struct str s = { p, n };
        char c[4];
        size_t k;
        switch (type) {
        case MD_TEXT_BR: buf_str(r->out, r->images ? S(" ") : S("<br>\n")); break;
        case MD_TEXT_SOFTBR: words(r, S("\n")); break;
        case MD_TEXT_NULLCHAR: words(r, S("\xef\xbf\xbd")); break;
        case MD_TEXT_ENTITY:
                k = md_entity(s, c);
                words(r, k ? (struct str) { c, k } : s);
                break;
        case MD_TEXT_NORMAL: case MD_TEXT_CODE: case MD_TEXT_HTML: case MD_TEXT_LATEXMATH: words(r, s); break;
        }
        return check(r);
}

enum err markdown_render(struct arena *a, struct str source, struct safe_html *ret) {
        if (source.n > MARKDOWN_SOURCE_MAX)
                return ERR_LIMIT;
        if (!utf8_valid(source))
                return ERR_INVALID;
        struct str clean = md_clean(a, source);
        const MD_PARSER parser = { 0, md_flags(clean), enter_block, leave_block, enter_span, leave_span, text,
                                   NULL, NULL };
        struct render r = { .a = a, .html.max = MARKDOWN_OUTPUT_MAX, .heading.max = MARKDOWN_OUTPUT_MAX,
                            .title.max = MARKDOWN_OUTPUT_MAX };
        r.out = &r.html;
        bool failed = md_parse(clean.p, (MD_SIZE) clean.n, &parser, &r) != 0 || r.budget.spent;
        if (!failed)
                ret->bytes = str_dup(a, buf_view(&r.html));
        buf_done(&r.html);
        buf_done(&r.heading);
        buf_done(&r.title);
        return failed ? ERR_LIMIT : OK;
}
