#include "atom.h"
#include "clock.h"
#include "page.h"

struct str atom_time(struct arena *a, int64_t ms) {
        char iso[CLOCK_ISO_MAX];
        clock_iso(ms, iso);
        return str_dup(a, str_of(iso));
}

static void link_to(struct req *rq, struct xml *x, const char *rel, const char *type, struct str path) {
        xml_open(x, "link");
        xml_attr(x, "rel", str_of(rel));
        xml_attr(x, "type", str_of(type));
        xml_attr(x, "href", page_address(rq, path));
        xml_close(x);
}

struct xml atom_begin(struct req *rq, struct resp *rs, const struct atom_feed *f) {
        struct xml x = xml_begin(&rs->body);
        rs->content_type = "application/atom+xml; charset=utf-8";
        xml_open(&x, "feed");
        xml_attr(&x, "xmlns", S("http://www.w3.org/2005/Atom"));
        xml_attr(&x, "xml:lang", S("nl"));
        xml_leaf(&x, "title", f->title);
        xml_leaf(&x, "id", page_address(rq, f->path));
        link_to(rq, &x, "self", "application/atom+xml", f->path);
        link_to(rq, &x, "alternate", "text/html", f->page);
        xml_leaf(&x, "updated", f->updated);
        xml_open(&x, "author");
        xml_leaf(&x, "name", S("Schouders"));
        xml_close(&x);
        return x;
}

void atom_entry(struct req *rq, struct xml *x, const struct atom_entry *e) {
        xml_open(x, "entry");
        xml_leaf(x, "title", e->title);
        xml_leaf(x, "id", e->id);
        link_to(rq, x, "alternate", "text/html", e->path);
        xml_leaf(x, "updated", e->updated);
        xml_leaf(x, "summary", e->summary);
        xml_close(x);
}

enum err atom_end(struct resp *rs, struct xml *x) {
        xml_close(x);
        return rs->body.full ? ERR_LIMIT : OK;
}
