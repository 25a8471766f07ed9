/* The map of the site: every address that is public, in XML that another parser reads. */
#include "testing.h"
#include <string.h>
#include "fields.h"
#include "page.h"
#include "programme.h"
#include "schema.h"

struct world {
        struct test_store *s;
        struct db *db;
        struct site site;
        const char *content_type;
};

static void put_item(struct world *w, int id, const char *state) {
        test_script(w->db, str_fmt(&w->s->arena, "INSERT INTO item(id, slug, title, sort_key, kind, kind_label, summary, also, phase_labels,"
                " owner, warning, updated_on, review_on, uses, used, details, state, version, withdrawn_on, withdrawn_why) VALUES (%d, 'tekst-%d',"
                " 't', 't', 'wet', 'Wet', 's', '', '', '', '', '2026-05-%02d', '2027-01-01', 0, 0, 0, '%s', 1, '', '')", id, id,
                1 + id % 28, state).p);
}

static struct world new_world(void **state) {
        struct world w = { .s = test_store(state), .site = { .origin = S_INIT("https://schouders.test") } };
        w.db = test_open(w.s, DB_WRITE);
        assert_int_equal(schema_migrate(w.db), OK);
        test_script(w.db, "INSERT INTO glossary_term VALUES ('schuld', 'Schuld', 0, 's', 'm', '', '');"
                          "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on)"
                          " VALUES ('GM0034', 'Almere', 'almere', 'almere', 'PV24', 'Flevoland', '1984-01-01');");
        return w;
}

static struct str get(struct world *w, const char *pattern, const char *param, enum err want) {
        struct req rq = { .arena = &w->s->arena, .db = w->db, .method = GET, .path = S("/x"), .app = &w->site };
        struct resp rs = { .status = 200 };
        rq.param[0] = str_of(param);
        for (const struct route *r = sitemap_routes; r->pattern; r++)
                if (strcmp(r->pattern, pattern) == 0)
                        rq.route = r;
        assert_int_equal(rq.route->run(&rq, &rs), want);
        struct str text = str_dup(&w->s->arena, buf_view(&rs.body));
        buf_done(&rs.body);
        w->content_type = rs.content_type;
        return text;
}

static void shows(struct str text, const char *part) {
        if (str_find(text, str_of(part)) == text.n)
                fail_msg("not there: %s", part);
}

static void the_index_names_the_parts_that_hold_something(void **state) {
        struct world w = new_world(state);
        put_item(&w, 3, "published");
        put_item(&w, 10001, "withdrawn");
        put_item(&w, 20001, "published");
        struct str xml = get(&w, "/sitemap.xml", NULL, OK);
        test_is_xml(xml);
        assert_string_equal(w.content_type, "application/xml; charset=utf-8");
        shows(xml, "<loc>https://schouders.test/sitemap/site.xml</loc>");
        shows(xml, "<loc>https://schouders.test/sitemap/kennis-1.xml</loc>\n<lastmod>2026-05-04</lastmod>");
        shows(xml, "/sitemap/kennis-3.xml");
        assert_true(str_find(xml, S("kennis-2.xml")) == xml.n);
        assert_true(str_find(xml, S("kennis-4.xml")) == xml.n);
        db_close(w.db);
}

static void a_part_holds_what_is_public(void **state) {
        struct world w = new_world(state);
        put_item(&w, 10000, "published");
        put_item(&w, 10001, "published");
        put_item(&w, 5, "withdrawn");
        struct str xml = get(&w, "/sitemap/{deel}.xml", "kennis-1", OK);
        test_is_xml(xml);
        shows(xml, "<loc>https://schouders.test/kennis/tekst-10000</loc>\n<lastmod>2026-05-05</lastmod>");
        assert_true(str_find(xml, S("tekst-10001")) == xml.n);
        assert_true(str_find(xml, S("tekst-5<")) == xml.n);
        xml = get(&w, "/sitemap/{deel}.xml", "site", OK);
        test_is_xml(xml);
        shows(xml, "<loc>https://schouders.test/begrippen/schuld</loc>");
        shows(xml, "<loc>https://schouders.test/gemeenten/almere</loc>");
        shows(xml, "<loc>https://schouders.test/</loc>");
        db_close(w.db);
}

static void other_parts_do_not_exist(void **state) {
        static const char *const wrong[] = { "kennis-0", "kennis-2", "kennis--1", "kennis-", "kennis-99999999999999999999", "kennis-1x", "x", "" };
        struct world w = new_world(state);
        put_item(&w, 1, "published");
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
                get(&w, "/sitemap/{deel}.xml", wrong[i], ERR_NOT_FOUND);
        db_close(w.db);
}

static void robots_are_told_where_to_look(void **state) {
        struct world w = new_world(state);
        struct str text = get(&w, "/robots.txt", NULL, OK);
        shows(text, "Sitemap: https://schouders.test/sitemap.xml\n");
        shows(text, "Disallow: /beheer\n");
        assert_true(str_find(text, S("Disallow: /\n")) == text.n);
        w.site.is_demo = true;
        shows(get(&w, "/robots.txt", NULL, OK), "Disallow: /\n");
        db_close(w.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(the_index_names_the_parts_that_hold_something), TEST_BOTH(a_part_holds_what_is_public),
                TEST_BOTH(other_parts_do_not_exist), TEST_BOTH(robots_are_told_where_to_look),
        };
        return cmocka_run_group_tests_name("sitemap", tests, NULL, NULL);
}
