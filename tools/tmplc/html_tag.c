#include "html_context.h"
#include "names.h"

#define DEPTH_MAX 200

/* Literal value of attribute NAME, or an empty str. */
static struct str value_of(const struct html *h, const char *name) {
        const struct attr *a = html_attr(&h->at, str_of(name));
        return a && a->literal ? a->value : S("");
}

static bool always_has(const struct html *h, const char *name) {
        const struct attr *a = html_attr(&h->at, str_of(name));
        return a && a->always;
}

static bool has_word(struct str list, struct str word) {
        struct str part;
        while (str_split(&list, ' ', &part))
                if (str_eq(part, word))
                        return true;
        return false;
}

static enum err check_img(struct html *h) {
        if (!always_has(h, "alt"))
                return refuse(h->r, h->line, "<img> needs alt (alt=\"\" when it is decoration)");
        return OK;
}

static enum err check_target(struct html *h) {
        const struct attr *a = html_attr(&h->at, S("target"));
        struct str v = a ? a->value : S("_self");
        bool stays = !a || (a->literal && (str_eq(v, S("_self")) || str_eq(v, S("_top")) || str_eq(v, S("_parent"))));
        bool guarded = always_has(h, "rel") && has_word(value_of(h, "rel"), S("noopener"));
        if (!stays && !guarded)
                return refuse(h->r, h->line, "a target that opens a window needs rel=\"noopener\"");
        return OK;
}

static enum err check_form(struct html *h) {
        struct str method = value_of(h, "method");
        bool post = str_eq(method, S("post"));
        if (!always_has(h, "method") || (!post && !str_eq(method, S("get"))))
                return refuse(h->r, h->line, "<form> needs method=\"get\" or method=\"post\"");
        const struct attr *action = html_attr(&h->at, S("action"));
        if (post && action && action->foreign)
                return refuse(h->r, h->line, "a form with method post would send its csrf value to another site");
        return check_target(h);
}

static enum err check_button(struct html *h) {
        const struct attr *action = html_attr(&h->at, S("formaction"));
        if (action && action->foreign)
                return refuse(h->r, h->line, "formaction would send the csrf value to another site");
        if (str_eq(h->at.tag->name, S("button")) && !always_has(h, "type"))
                return refuse(h->r, h->line, "<button> needs a type");
        return OK;
}

static enum err check_label(struct html *h) {
        if (!always_has(h, "id") && !always_has(h, "aria-label") && !always_has(h, "aria-labelledby"))
                return refuse(h->r, h->line, "<%.*s> needs an id (for its label) or aria-label", STR(h->at.tag->name));
        return OK;
}

static enum err check_name(struct html *h) {
        if (str_eq(value_of(h, "name"), S("csrf")))
                return refuse(h->r, h->line, "the csrf field is added to every form with method post");
        return OK;
}

static enum err check_field(struct html *h) {
        enum err e = check_name(h);
        return e ? e : check_label(h);
}

static enum err check_input(struct html *h) {
        static const struct str unseen[] = { S_INIT("hidden"), S_INIT("submit"), S_INIT("button"), S_INIT("reset") };
        enum err e = check_button(h);
        if (e || (e = check_name(h)))
                return e;
        if (str_eq(value_of(h, "type"), S("image")) && !always_has(h, "alt"))
                return refuse(h->r, h->line, "<input type=\"image\"> needs alt");
        bool labelled = always_has(h, "type");
        for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
                if (labelled && str_eq(value_of(h, "type"), unseen[i]))
                        return OK;
        return check_label(h);
}

/* Not run by a browser, so that the content security policy need not allow it. */
static bool is_data(const struct html *h) {
        return always_has(h, "type") && str_eq(value_of(h, "type"), S("application/ld+json"));
}

static enum err check_script(struct html *h) {
        if (is_data(h) && html_attr(&h->at, S("src")))
                return refuse(h->r, h->line, "a script with data has no src");
        if (!is_data(h) && !always_has(h, "src"))
                return refuse(h->r, h->line, "<script> needs src");
        if (h->at.top && h->at.top->in_svg)
                return refuse(h->r, h->line, "<script> inside <svg>");
        return OK;
}

static enum err check_meta(struct html *h) {
        const struct attr *content = html_attr(&h->at, S("content"));
        if (html_attr(&h->at, S("http-equiv")) && content && !content->literal)
                return refuse(h->r, h->line, "<meta http-equiv> takes literal content only");
        return OK;
}

static const struct {
        struct str element;
        enum err (*check)(struct html *h);
} checks[] = {
        { S_INIT("img"), check_img }, { S_INIT("a"), check_target }, { S_INIT("area"), check_target },
        { S_INIT("form"), check_form }, { S_INIT("button"), check_button }, { S_INIT("input"), check_input },
        { S_INIT("select"), check_field }, { S_INIT("textarea"), check_field }, { S_INIT("script"), check_script },
        { S_INIT("meta"), check_meta },
};

/* What a browser would repair behind our back. */
static enum err check_nesting(struct html *h) {
        const struct tag *tag = h->at.tag;
        for (const struct element *e = h->at.top; e; e = e->parent) {
                if ((tag->flags & ELEMENT_BLOCK) && str_eq(e->name, S("p")))
                        return refuse(h->r, h->line, "<%.*s> cannot stand inside the <p> of line %zu", STR(tag->name),
                                      e->line);
                if ((tag->flags & ELEMENT_ALONE) && str_eq(e->name, tag->name))
                        return refuse(h->r, h->line, "<%.*s> inside the <%.*s> of line %zu", STR(tag->name),
                                      STR(e->name), e->line);
        }
        return OK;
}

static enum err push(struct html *h) {
        const struct tag *tag = h->at.tag;
        const struct element *parent = h->at.top;
        struct element *e = arena_new(h->a, struct element);
        *e = (struct element) {
                .parent = parent, .name = tag->name, .line = tag->line, .depth = parent ? parent->depth + 1 : 1,
                .flags = tag->flags | (parent ? parent->flags & ELEMENT_PRE : 0),
                .in_svg = (parent && parent->in_svg) || str_eq(tag->name, S("svg")),
        };
        if (e->depth > DEPTH_MAX)
                return refuse(h->r, h->line, "elements are nested too deeply");
        h->at.top = e;
        if (tag->flags & ELEMENT_TEXT)
                h->at.place = IN_TEXT;
        else if (str_eq(tag->name, S("script")))
                h->at.place = is_data(h) ? IN_DATA : IN_SCRIPT;
        return OK;
}

enum err html_start_tag(struct html *h, bool slash) {
        const struct tag *tag = h->at.tag;
        bool in_svg = (tag->flags & ELEMENT_SVG) || (h->at.top && h->at.top->in_svg);
        bool is_void = tag->flags & ELEMENT_VOID;
        if (slash && !is_void && !in_svg)
                return refuse(h->r, h->line, "<%.*s/> does not close the element: write an end tag", STR(tag->name));
        enum err e = check_nesting(h);
        if (e)
                return e;
        for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
                if (str_eq(checks[i].element, tag->name) && (e = checks[i].check(h)))
                        return e;
        bool csrf = str_eq(tag->name, S("form")) && str_eq(value_of(h, "method"), S("post"));
        h->at.place = IN_CONTENT;
        if (!slash && !is_void && (e = push(h)))
                return e;
        h->at.tag = NULL;
        h->at.attrs = NULL;
        if (csrf)
                emit_form_begin(h->em);
        return OK;
}

enum err html_end_tag(struct html *h, struct str name) {
        const struct element *top = h->at.top;
        unsigned flags = element_flags(name);
        if (!flags || (flags & ELEMENT_VOID))
                return refuse(h->r, h->line, "</%.*s> ends no element", STR(name));
        if (top && !str_eq(top->name, name))
                return refuse(h->r, h->line, "</%.*s> does not end <%.*s> of line %zu", STR(name), STR(top->name),
                              top->line);
        if (h->branches && top == h->floor)
                return refuse(h->r, h->line, "</%.*s> ends an element that was opened outside this branch", STR(name));
        if (!top && h->half != HALF_CLOSE)
                return refuse(h->r, h->line, "</%.*s> ends an element that is not open", STR(name));
        h->at.place = IN_CONTENT;
        if (top) {
                h->at.top = top->parent;
                return OK;
        }
        struct closed *c = arena_new(h->a, struct closed);
        *c = (struct closed) { .next = h->closed, .name = name };
        h->closed = c;
        return OK;
}
