#include "knowledge_testing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "fields.h"
#include "schema.h"

const char test_lists[] =
        "# lists\nfase preventie Preventie\nfase nazorg Nazorg\nsoort interventie Aanpak\ndoelgroep iedereen Iedereen\n"
        "thema vakmanschap Vakmanschap\n";

void test_put(struct world *w, const char *name, const char *text) {
        FILE *f = fopen(str_fmt(&w->s->arena, "%.*s/%s", STR(w->root), name).p, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
        assert_int_equal(fclose(f), 0);
}

struct world test_world(void **state) {
        struct world w = { .s = test_store(state) };
        char folder[] = "/tmp/schouders-content-XXXXXX";
        assert_non_null(mkdtemp(folder));
        w.root = str_dup(&w.s->arena, str_of(folder));
        w.db = test_open(w.s, DB_WRITE);
        w.l = (struct load) { .a = &w.s->arena, .root = w.root };
        assert_int_equal(schema_migrate(w.db), OK);
        test_script(w.db, "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on)"
                          " VALUES ('GM0034', 'Almere', 'almere', 'almere', 'PV24', 'Flevoland', '1984-01-01');"
                          "INSERT INTO indicator VALUES ('PS01', 'ps01', 1, 'Huishoudens', 'd', 't', 'n', 'procent', 'proportion', 1,"
                          " 'lower', '', 'schulden', 'municipality', '1 januari', 'CBS', '', '', '', '', 0)");
        mkdir(str_fmt(&w.s->arena, "%s/content", folder).p, 0700);
        mkdir(str_fmt(&w.s->arena, "%s/content/items", folder).p, 0700);
        test_put(&w, "content/lijsten.txt", test_lists);
        test_put(&w, "content/begrippen.txt", "# no terms\n");
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
        static struct site site = { .origin = S_INIT("https://schouders.test") };
        struct req rq = { .arena = &w->s->arena, .db = w->db, .method = GET, .path = str_of(path), .app = &site, .now_ms = NOW_MS };
        struct resp rs = { .status = 200 };
        struct str message, csrf;
        rq.param[0] = str_of(slug);
        for (const struct route *r = knowledge_routes; r->pattern && !rq.route; r++)
                if (strcmp(r->pattern, pattern) == 0)
                        rq.route = r;
        assert_non_null(rq.route);
        assert_int_equal(fields_read(&rq, str_of(query), &message, &csrf), OK);
        assert_int_equal(rq.route->run(&rq, &rs), want);
        struct str html = str_dup(&w->s->arena, buf_view(&rs.body));
        buf_done(&rs.body);
        w->answer = rs;
        return html;
}

struct str test_page(struct world *w, const char *path, const char *slug, const char *query, enum err want) {
        return test_get(w, slug ? "/kennis/{slug}" : "/kennis", path, slug, query, want);
}

void test_shows(struct str html, const char *text) {
        if (str_find(html, str_of(text)) == html.n)
                fail_msg("the page does not show: %s", text);
}

