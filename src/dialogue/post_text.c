/* post_text.c - from what somebody typed to the HTML that others see. */
#include "internal.h"
#include "markdown.h"
#include "utf8.h"

/* Marks that turn the direction of what follows (Unicode, bidirectional formatting) could make a text read as something else, also
 * outside the post. */
static bool turns_direction(uint32_t c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

static struct str without_marks(struct arena *a, struct str s) {
        struct buf b _cleanup_(buf_done) = { 0 };
        for (size_t i = 0, from; from = i, i < s.n;)
                if (!turns_direction(utf8_next(s, &i)))
                        buf_str(&b, str_sub(s, from, i - from));
        return str_trim(str_dup(a, buf_view(&b)));
}

/* One tag of the renderer's, from "<" to ">", as it may stand among posts: headings would have ids that occur twice and break the
 * outline of the page, and search engines must not count links (rel: HTML, 4.6.7). */
static void put_tag(struct buf *out, struct str tag) {
        bool closes = str_starts(tag, S("</"));
        struct str name = str_sub(tag, closes ? 2 : 1, tag.n);
        if (name.n > 1 && name.p[0] == 'h' && name.p[1] >= '1' && name.p[1] <= '6') {
                buf_str(out, closes ? S("</strong></p>") : S("<p><strong>"));
        } else if (!closes && str_starts(name, S("a "))) {
                size_t href = 9 + str_index(str_sub(tag, 9, tag.n), '"');       /* behind <a href=" */
                buf_str(out, str_sub(tag, 0, href + 1));
                html_lit(out, " rel=\"nofollow ugc noopener\">");
        } else {
                buf_str(out, tag);
        }
}

/* HTML is what markdown_render() made: every "<" in it begins a tag. */
static void put_among_posts(struct buf *out, struct str html) {
        while (html.n) {
                size_t lt = str_index(html, '<');
                buf_str(out, str_sub(html, 0, lt));
                html = str_sub(html, lt, html.n);
                size_t gt = str_index(html, '>');
                if (html.n)
                        put_tag(out, str_sub(html, 0, gt + 1));
                html = str_sub(html, gt + 1, html.n);
        }
}

/* Renders TEXT of FIELD behind LABEL ("" for none). */
static void put_part(struct req *rq, struct buf *out, const char *field, struct str label, struct str text, const struct dialogue_trust *t) {
        struct safe_html html;
        if (text.n == 0)
                return;
        if (markdown_render(rq->arena, text, &html) != OK) {
                req_error(rq, field, S("Deze tekst heeft te veel opmaak in elkaar. Maak de opmaak eenvoudiger."));
                return;
        }
        if (!t->links && str_find(html.bytes, S("<a ")) < html.bytes.n)
                req_error(rq, field, S("In uw eerste drie bijdragen kunnen geen links staan. Beschrijf waar iets te vinden is, of haal de link weg."));
        if (label.n) {
                html_lit(out, "<p><strong>");
                html_text(out, label);
                html_lit(out, "</strong></p>\n");
        }
        put_among_posts(out, html.bytes);
}

static void check_fields(struct req *rq, struct str kind, const struct post_form *f) {
        bool note = str_eq(kind, S("ervaring"));
        if (!str_eq(kind, S("antwoord")) && f->title.n == 0 && req_error_of(rq, "titel").n == 0)
                req_error(rq, "titel", note ? S("Geef uw ervaring een titel") : S("Schrijf uw vraag in één zin"));
        if (f->body.n == 0 && req_error_of(rq, "tekst").n == 0)
                req_error(rq, "tekst", note ? S("Schrijf wat u deed") : S("Schrijf uw tekst"));
        if (note && f->needed.n == 0 && req_error_of(rq, "nodig").n == 0)
                req_error(rq, "nodig", S("Schrijf wat u nodig had"));
        if (note && dialogue_label(dialogue_agains, f->again).n == 0)
                req_error(rq, "weer", S("Kies of u dit weer zou gebruiken"));
        if (note && f->organisation.n && !organisation_kind(f->organisation))
                req_error(rq, "organisatie", S("Kies een soort organisatie uit de lijst"));
        if (note && f->size.n && dialogue_label(dialogue_sizes, f->size).n == 0)
                req_error(rq, "grootte", S("Kies een grootte uit de lijst"));
}

struct str post_render(struct req *rq, struct str kind, struct post_form *f, const struct dialogue_trust *t) {
        struct buf out _cleanup_(buf_done) = { 0 };
        bool note = str_eq(kind, S("ervaring"));
        f->title = without_marks(rq->arena, f->title);
        f->body = without_marks(rq->arena, f->body);
        f->needed = without_marks(rq->arena, f->needed);
        f->result = without_marks(rq->arena, f->result);
        check_fields(rq, kind, f);
        if (rq->errors.n)
                return S("");
        if (!t->links && (str_find(f->title, S("://")) < f->title.n || str_find(f->title, S("www.")) < f->title.n))
                req_error(rq, "titel", S("In uw eerste drie bijdragen kunnen geen links staan. Haal de link weg."));
        put_part(rq, &out, "tekst", note ? S("Wat deed u?") : S(""), f->body, t);
        put_part(rq, &out, "nodig", S("Wat had u nodig om het te laten werken?"), f->needed, t);
        put_part(rq, &out, "resultaat", S("Wat leverde het op?"), f->result, t);
        return str_dup(rq->arena, buf_view(&out));
}
