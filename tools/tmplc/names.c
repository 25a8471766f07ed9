#include "names.h"
#include <stdlib.h>

#define SVG_ (ELEMENT_KNOWN | ELEMENT_SVG)
#define PLAIN ELEMENT_KNOWN
#define VOID_ (ELEMENT_KNOWN | ELEMENT_VOID)
#define BLOCK (ELEMENT_KNOWN | ELEMENT_BLOCK)
#define ALONE (ELEMENT_KNOWN | ELEMENT_ALONE)

/* In the order of strcmp. Not here, so refused: style, base, iframe, object, embed, and what changes how the rest of
 * the page is read (plaintext, xmp, ...) or animates attributes (animate, set). */
static const struct element_name {
        struct str name;
        unsigned flags;
} elements[] = {
        { S_INIT("a"), ALONE }, { S_INIT("abbr"), PLAIN }, { S_INIT("address"), BLOCK }, { S_INIT("area"), VOID_ },
        { S_INIT("article"), BLOCK }, { S_INIT("aside"), BLOCK }, { S_INIT("audio"), PLAIN }, { S_INIT("b"), PLAIN },
        { S_INIT("bdi"), PLAIN }, { S_INIT("bdo"), PLAIN }, { S_INIT("blockquote"), BLOCK }, { S_INIT("body"), ALONE },
        { S_INIT("br"), VOID_ }, { S_INIT("button"), ALONE }, { S_INIT("canvas"), PLAIN }, { S_INIT("caption"), PLAIN },
        { S_INIT("circle"), SVG_ }, { S_INIT("cite"), PLAIN }, { S_INIT("clipPath"), SVG_ }, { S_INIT("code"), PLAIN },
        { S_INIT("col"), VOID_ }, { S_INIT("colgroup"), PLAIN }, { S_INIT("data"), PLAIN },
        { S_INIT("datalist"), PLAIN }, { S_INIT("dd"), BLOCK }, { S_INIT("defs"), SVG_ }, { S_INIT("del"), PLAIN },
        { S_INIT("desc"), SVG_ }, { S_INIT("details"), BLOCK }, { S_INIT("dfn"), PLAIN }, { S_INIT("dialog"), BLOCK },
        { S_INIT("div"), BLOCK }, { S_INIT("dl"), BLOCK }, { S_INIT("dt"), BLOCK }, { S_INIT("ellipse"), SVG_ },
        { S_INIT("em"), PLAIN }, { S_INIT("fieldset"), BLOCK }, { S_INIT("figcaption"), BLOCK },
        { S_INIT("figure"), BLOCK }, { S_INIT("footer"), BLOCK }, { S_INIT("form"), BLOCK | ELEMENT_ALONE },
        { S_INIT("g"), SVG_ }, { S_INIT("h1"), BLOCK }, { S_INIT("h2"), BLOCK }, { S_INIT("h3"), BLOCK },
        { S_INIT("h4"), BLOCK }, { S_INIT("h5"), BLOCK }, { S_INIT("h6"), BLOCK }, { S_INIT("head"), ALONE },
        { S_INIT("header"), BLOCK }, { S_INIT("hgroup"), BLOCK }, { S_INIT("hr"), VOID_ | ELEMENT_BLOCK },
        { S_INIT("html"), ALONE }, { S_INIT("i"), PLAIN }, { S_INIT("img"), VOID_ }, { S_INIT("input"), VOID_ },
        { S_INIT("ins"), PLAIN }, { S_INIT("kbd"), PLAIN }, { S_INIT("label"), ALONE }, { S_INIT("legend"), PLAIN },
        { S_INIT("li"), BLOCK }, { S_INIT("line"), SVG_ }, { S_INIT("linearGradient"), SVG_ },
        { S_INIT("link"), VOID_ },
        { S_INIT("main"), BLOCK }, { S_INIT("map"), PLAIN }, { S_INIT("mark"), PLAIN }, { S_INIT("marker"), SVG_ },
        { S_INIT("mask"), SVG_ }, { S_INIT("menu"), BLOCK }, { S_INIT("meta"), VOID_ }, { S_INIT("meter"), PLAIN },
        { S_INIT("nav"), BLOCK }, { S_INIT("noscript"), PLAIN }, { S_INIT("ol"), BLOCK }, { S_INIT("optgroup"), PLAIN },
        { S_INIT("option"), ALONE }, { S_INIT("output"), PLAIN }, { S_INIT("p"), BLOCK }, { S_INIT("path"), SVG_ },
        { S_INIT("pattern"), SVG_ }, { S_INIT("picture"), PLAIN }, { S_INIT("polygon"), SVG_ },
        { S_INIT("polyline"), SVG_ }, { S_INIT("pre"), BLOCK | ELEMENT_PRE }, { S_INIT("progress"), PLAIN },
        { S_INIT("q"), PLAIN }, { S_INIT("radialGradient"), SVG_ }, { S_INIT("rect"), SVG_ }, { S_INIT("rp"), PLAIN },
        { S_INIT("rt"), PLAIN }, { S_INIT("ruby"), PLAIN }, { S_INIT("s"), PLAIN }, { S_INIT("samp"), PLAIN },
        { S_INIT("script"), PLAIN }, { S_INIT("search"), BLOCK }, { S_INIT("section"), BLOCK },
        { S_INIT("select"), ALONE }, { S_INIT("small"), PLAIN }, { S_INIT("source"), VOID_ }, { S_INIT("span"), PLAIN },
        { S_INIT("stop"), SVG_ }, { S_INIT("strong"), PLAIN }, { S_INIT("sub"), PLAIN }, { S_INIT("summary"), BLOCK },
        { S_INIT("sup"), PLAIN }, { S_INIT("svg"), SVG_ }, { S_INIT("symbol"), SVG_ }, { S_INIT("table"), BLOCK },
        { S_INIT("tbody"), PLAIN }, { S_INIT("td"), PLAIN }, { S_INIT("template"), PLAIN }, { S_INIT("text"), SVG_ },
        { S_INIT("textPath"), SVG_ }, { S_INIT("textarea"), PLAIN | ELEMENT_TEXT | ELEMENT_PRE },
        { S_INIT("tfoot"), PLAIN }, { S_INIT("th"), PLAIN }, { S_INIT("thead"), PLAIN }, { S_INIT("time"), PLAIN },
        { S_INIT("title"), PLAIN | ELEMENT_TEXT }, { S_INIT("tr"), PLAIN }, { S_INIT("track"), VOID_ },
        { S_INIT("tspan"), SVG_ }, { S_INIT("u"), PLAIN }, { S_INIT("ul"), BLOCK }, { S_INIT("use"), SVG_ },
        { S_INIT("var"), PLAIN }, { S_INIT("video"), PLAIN }, { S_INIT("wbr"), VOID_ },
};

static int by_name(const void *key, const void *item) {
        return str_cmp(*(const struct str *) key, ((const struct element_name *) item)->name);
}

/* A name with a dash that the site's own script defines: <markdown-toolbar>. */
static bool is_custom(struct str name) {
        if (name.n == 0 || name.p[0] < 'a' || name.p[0] > 'z' || str_index(name, '-') == name.n)
                return false;
        for (size_t i = 0; i < name.n; i++)
                if (!(name.p[i] >= 'a' && name.p[i] <= 'z') && !(name.p[i] >= '0' && name.p[i] <= '9') &&
                    name.p[i] != '-')
                        return false;
        return true;
}

unsigned element_flags(struct str name) {
        const struct element_name *e = bsearch(&name, elements, sizeof elements / sizeof *elements, sizeof *elements,
                                               by_name);
        return e ? e->flags : is_custom(name) ? ELEMENT_KNOWN : 0;
}

enum attr_kind attr_kind(struct str name) {
        static const struct { struct str name; enum attr_kind kind; } known[] = {
                { S_INIT("href"), ATTR_URL }, { S_INIT("src"), ATTR_URL }, { S_INIT("action"), ATTR_URL },
                { S_INIT("formaction"), ATTR_URL }, { S_INIT("cite"), ATTR_URL }, { S_INIT("poster"), ATTR_URL },
                { S_INIT("data"), ATTR_URL }, { S_INIT("manifest"), ATTR_URL }, { S_INIT("background"), ATTR_URL },
                { S_INIT("longdesc"), ATTR_URL }, { S_INIT("usemap"), ATTR_URL },
                { S_INIT("method"), ATTR_FIXED }, { S_INIT("target"), ATTR_FIXED }, { S_INIT("rel"), ATTR_FIXED },
                { S_INIT("srcset"), ATTR_FIXED }, { S_INIT("imagesrcset"), ATTR_FIXED }, { S_INIT("ping"), ATTR_FIXED },
                { S_INIT("http-equiv"), ATTR_FIXED }, { S_INIT("is"), ATTR_FIXED },
                { S_INIT("style"), ATTR_FORBIDDEN }, { S_INIT("srcdoc"), ATTR_FORBIDDEN },
                { S_INIT("formmethod"), ATTR_FORBIDDEN },
        };
        if (name.n > 2 && str_starts(name, S("on")))
                return ATTR_FORBIDDEN;
        size_t colon = str_index(name, ':');
        if (colon < name.n && str_eq(str_sub(name, colon, name.n), S(":href")))
                return ATTR_URL;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
                if (str_eq(name, known[i].name))
                        return known[i].kind;
        return ATTR_PLAIN;
}
