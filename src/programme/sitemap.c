/* sitemap.c - /robots.txt and the map of this site for search engines (sitemaps.org): one part with what is few, and parts with
 * the items, 10,000 numbers each. */
#include "page.h"
#include "programme.h"
#include "programme.sql.h"
#include "xml.h"

#define PART_ITEMS 10000
#define NAMESPACE S("http://www.sitemaps.org/schemas/sitemap/0.9")

static enum err xml_done(struct resp *rs) {
        rs->content_type = "application/xml; charset=utf-8";
        return rs->body.full ? ERR_LIMIT : OK;
}

static struct xml begin(struct resp *rs, const char *name) {
        struct xml x = xml_begin(&rs->body);
        xml_open(&x, name);
        xml_attr(&x, "xmlns", NAMESPACE);
        return x;
}

/* NAME is "url" or "sitemap". */
static void place(struct req *rq, struct xml *x, const char *name, struct str path, struct str updated_on) {
        xml_open(x, name);
        xml_leaf(x, "loc", page_address(rq, path));
        if (updated_on.n)
                xml_leaf(x, "lastmod", updated_on);
        xml_close(x);
}

/* A part of which every item was withdrawn is left out. */
static enum err index_get(struct req *rq, struct resp *rs) {
        struct last_item_row last;
        enum err e = last_item(rq->db, rq->arena, &last);
        struct xml x = begin(rs, "sitemapindex");
        place(rq, &x, "sitemap", S("/sitemap/site.xml"), S(""));
        for (int64_t n = 1; e == OK && last.id.is_set && (n - 1) * PART_ITEMS < last.id.v; n++) {
                struct part_changed_row changed;
                e = part_changed(rq->db, rq->arena, (n - 1) * PART_ITEMS, n * PART_ITEMS, &changed);
                if (e == OK && changed.updated_on.n)
                        place(rq, &x, "sitemap", str_fmt(rq->arena, "/sitemap/kennis-%d.xml", (int) n), changed.updated_on);
        }
        xml_close(&x);
        return e == OK ? xml_done(rs) : e;
}

static enum err site_part(struct req *rq, struct xml *x) {
        static const struct str fixed[] = {
                S_INIT("/"), S_INIT("/kennis"), S_INIT("/begrippen"), S_INIT("/cijfers"), S_INIT("/benchleren"), S_INIT("/benchleren/aanpakken"), S_INIT("/gemeenten"), S_INIT("/over"),
                S_INIT("/toegankelijkheid"), S_INIT("/privacy"), S_INIT("/licenties"), S_INIT("/open-data"), S_INIT("/vergelijken"),
        };
        static const struct {
                enum err (*read)(struct db *db, struct arena *a, struct slug_row_list *ret);
                const char *folder;
        } lists[] = {
                { every_term_slug, "begrippen" }, { every_indicator_slug, "cijfers" }, { every_municipality_slug, "gemeenten" },
        };
        enum err e = OK;
        for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
                place(rq, x, "url", fixed[i], S(""));
        for (size_t i = 0; e == OK && i < sizeof lists / sizeof *lists; i++) {
                struct slug_row_list rows;
                e = lists[i].read(rq->db, rq->arena, &rows);
                for (size_t k = 0; e == OK && k < rows.n; k++)
                        place(rq, x, "url", str_fmt(rq->arena, "/%s/%.*s", lists[i].folder, STR(rows.v[k].slug)), S(""));
        }
        return e;
}

static enum err items_part(struct req *rq, struct xml *x, int64_t n) {
        struct part_items_row_list rows;
        enum err e = part_items(rq->db, rq->arena, (n - 1) * PART_ITEMS, n * PART_ITEMS, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                place(rq, x, "url", str_fmt(rq->arena, "/kennis/%.*s", STR(rows.v[i].slug)), rows.v[i].updated_on);
        return e == OK && rows.n == 0 ? ERR_NOT_FOUND : e;
}

static enum err part_get(struct req *rq, struct resp *rs) {
        struct str part = rq->param[0], number = str_sub(part, S("kennis-").n, part.n);
        int64_t n = 0;
        struct xml x = begin(rs, "urlset");
        enum err e = ERR_NOT_FOUND;
        if (str_eq(part, S("site")))
                e = site_part(rq, &x);
        else if (str_starts(part, S("kennis-")) && number.n < 10 && str_to_i64(number, &n) && n > 0)
                e = items_part(rq, &x, n);
        xml_close(&x);
        return e == OK ? xml_done(rs) : e;
}

/* A demonstration is nothing to be found. Of the rest, robots have no use for forms and for what is personal. */
static enum err robots_get(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        rs->content_type = "text/plain; charset=utf-8";
        if (site->is_demo) {
                buf_str(&rs->body, S("User-agent: *\nDisallow: /\n"));
                return OK;
        }
        buf_str(&rs->body, S("User-agent: *\nDisallow: /account\nDisallow: /beheer\nDisallow: /inloggen\nDisallow: /reactie\nDisallow: /redactie\n"
                             "Disallow: /mijn-\nDisallow: /zoeken\nDisallow: /kennis/vergelijken\n"));
        buf_fmt(&rs->body, "Sitemap: %.*s\n", STR(page_address(rq, S("/sitemap.xml"))));
        return OK;
}

const struct route sitemap_routes[] = {
        { GET, "/robots.txt", ACCESS_PUBLIC, robots_get, NULL },
        { GET, "/sitemap.xml", ACCESS_PUBLIC, index_get, NULL },
        { GET, "/sitemap/{deel}.xml", ACCESS_PUBLIC, part_get, NULL },
        { 0 },
};
