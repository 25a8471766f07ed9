/* site.c - the pages about this site, and the description of its API. */
#include "page.h"
#include "programme.h"
#include "site.tmpl.h"

static enum err plain(struct req *rq, struct resp *rs, struct str title, void (*body)(struct page *)) {
        struct page p = page_new(rq, rs, title, SECTION_ABOUT);
        page_crumb(&p, title, rq->path);
        body(&p);
        return page_done(&p);
}

static enum err about_get(struct req *rq, struct resp *rs) {
        return plain(rq, rs, S("Over Schouders"), about_page);
}

static enum err privacy_get(struct req *rq, struct resp *rs) {
        return plain(rq, rs, S("Privacy en cookies"), privacy_page);
}

static enum err accessibility_get(struct req *rq, struct resp *rs) {
        return plain(rq, rs, S("Toegankelijkheid"), accessibility_page);
}

static enum err licences_get(struct req *rq, struct resp *rs) {
        return plain(rq, rs, S("Licenties en bronnen"), licences_page);
}

/* Part of the program and not of the content: it says what this build answers. */
static enum err openapi_get(struct req *rq, struct resp *rs) {
        static const char text[] =
#include "openapi_json.h"
                ;
        (void) rq;
        rs->content_type = "application/json";
        buf_put(&rs->body, text, sizeof text - 1);
        return OK;
}

const struct route site_routes[] = {
        { GET, "/over", ACCESS_PUBLIC, about_get, NULL },
        { GET, "/privacy", ACCESS_PUBLIC, privacy_get, NULL },
        { GET, "/toegankelijkheid", ACCESS_PUBLIC, accessibility_get, NULL },
        { GET, "/licenties", ACCESS_PUBLIC, licences_get, NULL },
        { GET, "/api/v1/openapi.json", ACCESS_PUBLIC, openapi_get, NULL },
        { 0 },
};
