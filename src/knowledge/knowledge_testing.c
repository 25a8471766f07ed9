#include "knowledge_testing.h"
#include "knowledge_testing_files.h"
#include "page_testing.h"
#include "schema.h"

const char test_lists[] =
        "# lists\nfase preventie Preventie\nfase nazorg Nazorg\nsoort interventie Aanpak\ndoelgroep iedereen Iedereen\n"
        "thema vakmanschap Vakmanschap\n";

void test_put(struct world *w, const char *name, const char *text) {
        content_put(&w->s->arena, w->root, name, text);
}

struct world test_world(void **state) {
        struct world w = { .s = test_store(state) };
        w.root = content_folder(&w.s->arena, test_lists);
        w.db = test_open(w.s, DB_WRITE);
        w.l = (struct load) { .a = &w.s->arena, .root = w.root };
        assert_int_equal(schema_migrate(w.db), OK);
        test_script(w.db, "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on)"
                          " VALUES ('GM0034', 'Almere', 'almere', 'almere', 'PV24', 'Flevoland', '1984-01-01');"
                          "INSERT INTO indicator VALUES ('PS01', 'ps01', 1, 'Huishoudens', 'd', 't', 'n', 'procent', 'proportion', 1,"
                          " 'lower', '', 'schulden', 'municipality', '1 januari', 'CBS', '', '', '', '', 0)");
        return w;
}

enum err test_load(struct world *w) {
        assert_int_equal(db_begin(w->db), OK);
        enum err e = knowledge_load(w->db, &w->l, NOW_MS);
        if (e == OK)
                assert_int_equal(db_commit(w->db), OK);
        else
                db_rollback(w->db);
        return e;
}

struct str test_get(struct world *w, const char *pattern, const char *path, const char *slug, const char *query, enum err want) {
        static const struct route *const tables[] = { knowledge_routes, NULL };
        static struct site site = { .origin = S_INIT("https://schouders.test") };
        struct req rq = { .arena = &w->s->arena, .db = w->db, .path = str_of(path), .app = &site, .now_ms = NOW_MS };
        rq.param[0] = str_of(slug);
        struct reply r = reply_of(&(struct door) { .tables = tables }, &rq, GET, pattern, query);
        assert_int_equal(r.e, want);
        w->answer = r.rs;
        return r.html;
}

struct str test_page(struct world *w, const char *path, const char *slug, const char *query, enum err want) {
        return test_get(w, slug ? "/kennis/{slug}" : "/kennis", path, slug, query, want);
}

void test_shows(struct str html, const char *text) {
        if (str_find(html, str_of(text)) == html.n)
                fail_msg("the page does not show: %s", text);
}

