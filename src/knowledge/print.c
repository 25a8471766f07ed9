/* print.c - an item in full: /kennis/{slug}/afdrukken for paper, and of a toolkit all texts as files in toolkit.zip. */
#include "archive.h"
#include "clock.h"
#include "knowledge.sql.h"
#include "markdown.h"
#include "page.h"
#include "print.tmpl.h"
#include "views.h"

struct safe_html print_section(struct arena *a, const struct item_view *v, size_t i) {
        return markdown_part(a, html_stored(v->sections.v[i].html), v->is_part ? 1 : 0, v->origin);
}

static enum err fill_part(struct req *rq, struct str slug, struct item_view *v) {
        bool found;
        enum err e = item_by_slug(rq->db, rq->arena, slug, &v->item, &found);
        if (e == OK && !found)
                return err_log(ERR_INTERNAL, "a step leads to an item that is not there");
        return e == OK ? item_fill(rq, v) : e;
}

static enum err print_fill(struct req *rq, struct print_view *v) {
        struct arena *a = rq->arena;
        enum err e = item_fill(rq, &v->v);
        v->v.is_printed = true;
        v->withdrawn = S("");
        for (size_t i = 0; e == OK && i < v->v.steps.n; i++) {
                const struct item_steps_row *s = &v->v.steps.v[i];
                if (!str_eq(s->state, S("published"))) {
                        v->withdrawn = str_fmt(a, "%.*s%s%.*s", STR(v->withdrawn), v->withdrawn.n ? ", " : "", STR(s->title));
                        continue;
                }
                struct print_part *part = vec_push(a, &v->parts);
                *part = (struct print_part) { .how = s->how, .v = { .is_printed = true, .is_part = true, .origin = S("") } };
                e = fill_part(rq, s->slug, &part->v);
        }
        return e;
}

/* The published item that the address names; what is withdrawn or was renamed is for its own page to tell. */
static enum err find(struct req *rq, struct resp *rs, struct print_view *v, bool *found) {
        v->v.origin = S("");
        enum err e = item_by_slug(rq->db, rq->arena, rq->param[0], &v->v.item, found);
        if (e == OK && !*found)
                return knowledge_leads_on(rq, rs);
        if (e == OK && !str_eq(v->v.item.state, S("published"))) {
                *found = false;
                return resp_redirect(rs, str_fmt(rq->arena, "/kennis/%.*s", STR(v->v.item.slug)));
        }
        return e == OK ? print_fill(rq, v) : e;
}

enum err item_print_get(struct req *rq, struct resp *rs) {
        struct print_view v = { 0 };
        bool found;
        enum err e = find(rq, rs, &v, &found);
        if (e != OK || !found)
                return e;
        struct str item = str_fmt(rq->arena, "/kennis/%.*s", STR(v.v.item.slug));
        struct page p = page_new(rq, rs, str_fmt(rq->arena, "%.*s, om af te drukken", STR(v.v.item.title)), SECTION_KNOWLEDGE);
        p.canonical = page_address(rq, item);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, v.v.item.title, item);
        page_crumb(&p, S("Afdrukken"), rq->path);
        item_print_page(&p, &v);
        return page_done(&p);
}

/* "Study; CBS; 2020; ...": the parts of a line that are known. */
static struct str line_of(struct arena *a, enum item_lines kind, const struct item_line *line) {
        struct str out = S("");
        for (size_t n = 0; n < LINE_PARTS; n++) {
                bool is_design = kind == LINES_STUDY && n == 4, is_units = kind == LINES_STUDY && n == 5;
                struct str part = is_design ? study_design_label(line->v[n]) : line->v[n];
                if (part.n)
                        out = str_fmt(a, "%.*s%s%s%.*s", STR(out), out.n ? "; " : "", is_units ? "n = " : "", STR(part));
        }
        return out;
}

/* What the lines above a text tell, as lists. */
static void put_lines(struct arena *a, const struct item_text *t, struct buf *out) {
        static const struct { enum item_lines kind; struct str title; } lists[] = {
                { LINES_ELEMENT, S_INIT("Wat maakt dat het werkt?") }, { LINES_STUDY, S_INIT("Onderzoek naar deze aanpak") },
                { LINES_EXPERIENCE, S_INIT("Wat had de praktijk nodig?") }, { LINES_RECOGNITION, S_INIT("Oordeel van andere instituten") },
                { LINES_MATERIAL, S_INIT("Materiaal") }, { LINES_EDITION, S_INIT("Edities") },
        };
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
                size_t n = t->lines[lists[k].kind].n;
                if (n == 0)
                        continue;
                buf_fmt(out, "## %.*s\n\n", STR(lists[k].title));
                for (size_t i = 0; i < n; i++)
                        buf_fmt(out, "- %.*s\n", STR(line_of(a, lists[k].kind, &t->lines[lists[k].kind].v[i])));
                buf_char(out, '\n');
        }
}

/* The text of the version that is shown, with the lines above it as lists. */
static enum err put_markdown(struct req *rq, const struct print_view *v, const struct item_view *x, struct str how, bool is_whole,
                             struct buf *out) {
        struct text_error error = { 0, S("") };
        struct version_text_row version;
        struct item_text t;
        enum err e = version_text(rq->db, rq->arena, x->item.id, x->item.number, &version);
        if (e == OK && item_text_read(rq->arena, version.text, &error, &t) != OK)
                e = err_log(ERR_INTERNAL, "a published text is not in the form of a text any more");
        if (e != OK)
                return e;
        buf_fmt(out, "# %.*s\n\n", STR(t.title));
        if (how.n)
                buf_fmt(out, "**%.*s**\n\n", STR(how));
        buf_fmt(out, "%.*s\n\n", STR(t.summary));
        for (size_t i = 0; i < t.front.n_sections; i++)
                buf_fmt(out, "## %.*s\n\n%.*s\n\n", STR(t.front.sections[i].heading), STR(t.front.sections[i].body));
        put_lines(rq->arena, &t, out);
        if (is_whole) {
                buf_str(out, S("## Stap voor stap\n\n"));
                for (size_t i = 0; i < v->parts.n; i++)
                        buf_fmt(out, "%d. %.*s. %.*s\n", (int) i + 1, STR(v->parts.v[i].v.item.title), STR(v->parts.v[i].how));
                buf_char(out, '\n');
        }
        buf_fmt(out, "%.*s\n", STR(item_citation(rq, x)));
        return OK;
}

struct files { struct archive_file *v; size_t n, cap; };

static void keep(struct req *rq, struct files *files, int number, struct str slug, const char *ending, const struct buf *b) {
        *vec_push(rq->arena, files) = (struct archive_file) {
                str_fmt(rq->arena, "%02d-%.*s.%s", number, STR(slug), ending).p, str_dup(rq->arena, buf_view(b)),
        };
}

/* NUMBER 0 is the toolkit itself. */
static enum err add_files(struct req *rq, struct resp *rs, const struct print_view *v, int number, struct files *files) {
        struct item_view x = number ? v->parts.v[number - 1].v : v->v;
        struct str how = number ? v->parts.v[number - 1].how : S("");
        struct buf html _cleanup_(buf_done) = { 0 }, text _cleanup_(buf_done) = { 0 };
        struct page p = page_new(rq, rs, x.item.title, SECTION_NONE);
        x.is_part = false;
        x.origin = page_address(rq, S(""));
        p.out = &html;
        item_print_file(&p, v, &x, how, number == 0);
        enum err e = put_markdown(rq, v, &x, how, number == 0, &text);
        if (e == OK && (html.full || text.full))
                e = ERR_LIMIT;
        keep(rq, files, number, x.item.slug, "html", &html);
        keep(rq, files, number, x.item.slug, "md", &text);
        return e;
}

enum err toolkit_zip_get(struct req *rq, struct resp *rs) {
        struct print_view v = { 0 };
        struct files files = { 0 };
        bool found;
        enum err e = find(rq, rs, &v, &found);
        if (e != OK || !found)
                return e;
        if (v.v.steps.n == 0)
                return ERR_NOT_FOUND;
        for (int i = 0; e == OK && i <= (int) v.parts.n; i++)
                e = add_files(rq, rs, &v, i, &files);
        if (e == OK)
                e = archive_make(files.v, files.n, &rs->body);
        rs->content_type = "application/zip";
        rs->filename = str_fmt(rq->arena, "schouders-%.*s.zip", STR(v.v.item.slug));
        return e;
}
