/* Unit tests of the parts without a socket: routes, paths, fields, tokens, headers, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include "internal.h"
#include "cookie.h"
#include "fields.h"

#define assert_str(s, lit) do { struct str s_ = (s); assert_int_equal(s_.n, sizeof(lit) - 1); \
        assert_memory_equal(s_.p, lit, sizeof(lit) - 1); } while (0)

static enum err nothing(struct req *rq, struct resp *rs) {
        (void) rq, (void) rs;
        return OK;
}

static const struct route table[] = {
        { GET, "/", ACCESS_PUBLIC, nothing, NULL },
        { GET, "/gemeenten", ACCESS_PUBLIC, nothing, NULL },
        { GET, "/gemeenten/{slug}", ACCESS_PUBLIC, nothing, NULL },
        { GET, "/gemeenten/nieuw", ACCESS_PUBLIC, nothing, NULL },
        { POST, "/gemeenten/{slug}", ACCESS_PUBLIC, nothing, NULL },
        { GET, "/cijfers/{code}", ACCESS_PUBLIC, nothing, NULL },
        { GET, "/cijfers/{code}.csv", ACCESS_PUBLIC, nothing, NULL },
        { GET, "/{a}/{b}/{c}", ACCESS_PUBLIC, nothing, NULL },
        { .pattern = NULL },
};

static enum err compile_one(struct route r) {
        struct arena a = { 0 };
        const struct route list[] = { r, { .pattern = NULL } };
        const struct route *const rooms[] = { list, NULL };
        struct routes routes;
        enum err e = routes_compile(&a, rooms, &routes);
        arena_done(&a);
        return e;
}

static void routes(void **state) {
        static const struct { enum method method; const char *path, *pattern, *param; } cases[] = {
                { GET, "/", "/", NULL },
                { GET, "/gemeenten", "/gemeenten", NULL },
                { GET, "/gemeenten/utrecht", "/gemeenten/{slug}", "utrecht" },
                { GET, "/gemeenten/nieuw", "/gemeenten/nieuw", NULL },
                { POST, "/gemeenten/nieuw", "/gemeenten/{slug}", "nieuw" },
                { GET, "/cijfers/p1.csv", "/cijfers/{code}.csv", "p1" },
                { GET, "/cijfers/p1", "/cijfers/{code}", "p1" },
                { GET, "/cijfers/.csv", "/cijfers/{code}", ".csv" },
                { GET, "/x/y/z", "/{a}/{b}/{c}", "x" },
                { GET, "/gemeenten/", NULL, NULL },
                { GET, "/nee", NULL, NULL },
                { GET, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n", NULL, NULL },
                { POST, "/gemeenten", NULL, NULL },
        };
        const struct route *const rooms[] = { table, NULL };
        struct arena a = { 0 };
        struct routes r;
        struct route_match m;
        (void) state;
        assert_int_equal(routes_compile(&a, rooms, &r), OK);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                routes_find(&r, cases[i].method, str_of(cases[i].path), &m);
                assert_int_equal(m.route != NULL, cases[i].pattern != NULL);
                if (m.route)
                        assert_string_equal(m.route->pattern, cases[i].pattern);
                if (cases[i].param)
                        assert_true(str_eq(m.param[0], str_of(cases[i].param)));
        }
        assert_true(m.get && !m.post);
        arena_done(&a);
}

static void bad_routes(void **state) {
        static const char *const patterns[] = { "", "a", "/a/", "//a", "/{a", "/x{a}", "/{a}{b}", "/a/{b}c}" };
        (void) state;
        for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
                assert_int_equal(compile_one((struct route) { GET, patterns[i], ACCESS_PUBLIC, nothing, NULL }),
                                 ERR_INVALID);
        assert_int_equal(compile_one((struct route) { GET, "/a", ACCESS_PUBLIC, nothing, NULL }), OK);
        assert_int_equal(compile_one((struct route) { GET, "/a", ACCESS_UNSET, nothing, NULL }), ERR_INVALID);
        assert_int_equal(compile_one((struct route) { GET, "/a", ACCESS_PUBLIC, NULL, NULL }), ERR_INVALID);
        assert_int_equal(compile_one((struct route) { GET, "/a", ACCESS_PUBLIC, nothing, NULL, .machine = true }), ERR_INVALID);
        assert_int_equal(compile_one((struct route) { POST, "/a", ACCESS_SIGNED_IN, nothing, NULL, .machine = true }), ERR_INVALID);
        static const struct route twice[] = {
                { GET, "/a/{x}", ACCESS_PUBLIC, nothing, NULL },
                { GET, "/a/{y}", ACCESS_PUBLIC, nothing, NULL },
                { .pattern = NULL },
        };
        const struct route *const rooms[] = { twice, NULL };
        struct arena a = { 0 };
        struct routes r;
        assert_int_equal(routes_compile(&a, rooms, &r), ERR_INVALID);
        arena_done(&a);
}

static void paths(void **state) {
        static const struct { const char *raw; enum err e; const char *path; } cases[] = {
                { "/", OK, "/" }, { "/a/b", OK, "/a/b" }, { "/a/", OK, "/a/" }, { "/caf%C3%A9", OK, "/caf\303\251" },
                { "/a..b", OK, "/a..b" }, { "/a%20b", OK, "/a b" }, { "/%2561", OK, "/%61" },
                { "", ERR_INVALID, NULL }, { "a", ERR_INVALID, NULL }, { "/%", ERR_INVALID, NULL },
                { "/%4", ERR_INVALID, NULL }, { "/%zz", ERR_INVALID, NULL }, { "/%00", ERR_INVALID, NULL },
                { "/%0a", ERR_INVALID, NULL }, { "/%7f", ERR_INVALID, NULL }, { "/%c2%85", ERR_INVALID, NULL },
                { "/%ff", ERR_INVALID, NULL }, { "/%c0%af", ERR_INVALID, NULL }, { "/a\\b", ERR_INVALID, NULL },
                { "/a%5cb", ERR_INVALID, NULL }, { "/..", ERR_NOT_FOUND, NULL }, { "/a/../b", ERR_NOT_FOUND, NULL },
                { "/a/%2e%2e/b", ERR_NOT_FOUND, NULL }, { "/a/./b", ERR_NOT_FOUND, NULL },
                { "//", ERR_NOT_FOUND, NULL },
                { "//a", ERR_NOT_FOUND, NULL }, { "/a//b", ERR_NOT_FOUND, NULL }, { "/a%2fb", ERR_NOT_FOUND, NULL },
                { "/a//", ERR_NOT_FOUND, NULL },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct arena a = { 0 };
                struct str path;
                assert_int_equal(path_decode(&a, str_of(cases[i].raw), &path), cases[i].e);
                if (cases[i].path)
                        assert_true(str_eq(path, str_of(cases[i].path)));
                arena_done(&a);
        }
        struct str path, query;
        path_split(S("http://x.nl:80/a?b=c#d"), &path, &query);
        assert_str(path, "/a");
        assert_str(query, "b=c");
}

static void pairs(void **state) {
        struct arena a = { 0 };
        struct pairs p;
        (void) state;
        assert_int_equal(urlencoded_parse(&a, S("a=1&&b=x+y%26z&c&=v&d=%4&e=a=b"), &p), OK);
        assert_int_equal(p.list.n, 6);
        assert_str(p.list.v[1].value, "x y&z");
        assert_str(p.list.v[2].name, "c");
        assert_str(p.list.v[2].value, "");
        assert_str(p.list.v[3].name, "");
        assert_true(p.list.v[4].broken && !p.list.v[1].broken);
        assert_str(p.list.v[5].value, "a=b");
        char text[404];
        for (size_t i = 0; i < 101; i++)
                memcpy(text + 4 * i, "a=1&", 4);
        assert_int_equal(urlencoded_parse(&a, (struct str) { text, 400 }, &p), OK);
        assert_int_equal(urlencoded_parse(&a, (struct str) { text, 404 }, &p), ERR_LIMIT);
        arena_done(&a);
}

static const struct field fields[] = {
        { .name = "q", .type = FIELD_TEXT, .max = 5 },
        { .name = "t", .type = FIELD_MULTILINE, .max = 20 },
        { .name = "n", .type = FIELD_INTEGER, .min = 1, .max = 5000 },
        { .name = "c", .type = FIELD_CODE, .max = 8, .many = true },
        { .name = "r", .type = FIELD_TEXT, .max = 5, .required = true, .missing = "Vul een onderwerp in" },
        { 0 },
};
static const struct route with_fields = { .pattern = "/", .fields = fields };

static enum err read_fields(struct arena *a, enum method method, const char *text, struct req *rq) {
        struct str message, csrf;
        *rq = (struct req) { .arena = a, .method = method, .route = &with_fields };
        return fields_read(rq, str_of(text), &message, &csrf);
}

static void field_rules(void **state) {
        static const struct { const char *text; enum err get, post; size_t errors; } cases[] = {
                { "r=x", OK, OK, 0 },
                { "", ERR_INVALID, OK, 1 },                     /* required */
                { "r=+", ERR_INVALID, OK, 1 },
                { "r=x&q=123456", ERR_INVALID, OK, 1 },         /* too long */
                { "r=x&q=++12%c3%a945++", OK, OK, 0 },          /* trimmed first; letters count, not bytes */
                { "r=x&q=a%0ab", ERR_INVALID, OK, 1 },          /* line end in one line */
                { "r=x&t=a%0d%0ab%09", OK, OK, 0 },
                { "r=x&t=a%00", ERR_INVALID, OK, 1 },
                { "r=x&q=%ff", ERR_INVALID, ERR_INVALID, 0 },   /* broken UTF-8 */
                { "r=x&q=%4", ERR_INVALID, ERR_INVALID, 0 },
                { "r=x&q=1&q=1", ERR_INVALID, ERR_INVALID, 0 }, /* repeated */
                { "r=x&c=a&c=b", OK, OK, 0 },
                { "r=x&c=A", ERR_INVALID, OK, 1 },
                { "r=x&n=0", ERR_INVALID, OK, 1 },
                { "r=x&n=5001", ERR_INVALID, OK, 1 },
                { "r=x&n=1.204", OK, OK, 0 },
                { "r=x&n=1.2", ERR_INVALID, OK, 1 },
                { "r=x&n=", OK, OK, 0 },
                { "r=x&n=een&q=123456", ERR_INVALID, OK, 2 },
                { "r=x&utm=1", OK, ERR_INVALID, 0 },            /* undeclared */
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct arena a = { 0 };
                struct req rq;
                assert_int_equal(read_fields(&a, GET, cases[i].text, &rq), cases[i].get);
                assert_int_equal(read_fields(&a, POST, cases[i].text, &rq), cases[i].post);
                assert_int_equal(rq.errors.n, cases[i].errors);
                arena_done(&a);
        }
}

/* Refuses "nee", warns of "let op". */
static void screen(struct str text, struct str *refusal, struct str *warning) {
        *refusal = str_eq(text, S("nee")) ? S("Mag niet.") : S("");
        *warning = str_eq(text, S("let op")) ? S("Klopt dit?") : S("");
}

static void texts_are_looked_through(void **state) {
        static const struct field texts[] = {
                { .name = "t", .type = FIELD_TEXT, .max = 9 }, { .name = "eigen", .type = FIELD_TEXT, .max = 9, .personal = true },
                { .name = "w", .type = FIELD_SECRET, .max = 9 }, { .name = "k", .type = FIELD_TOKEN, .max = 9 }, { 0 },
        };
        static const struct route route = { .pattern = "/", .fields = texts };
        static const struct { const char *text; size_t errors; bool warned; } cases[] = {
                { "t=nee", 1, false }, { "t=let+op", 1, true }, { "t=let+op&nagekeken=ja", 0, true }, { "t=nee&nagekeken=ja", 1, false },
                { "eigen=nee", 1, false }, { "eigen=let+op", 0, false }, { "w=nee", 0, false }, { "k=A-z_0", 0, false }, { "k=a+b", 1, false },
                { "w=0123456789", 1, false }, { "w=+x+", 0, false },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct arena a = { 0 };
                struct req rq = { .arena = &a, .method = POST, .route = &route };
                struct str message, csrf;
                assert_int_equal(fields_read(&rq, str_of(cases[i].text), &message, &csrf), OK);
                fields_screen(&rq, screen);
                assert_int_equal(rq.errors.n, cases[i].errors);
                assert_int_equal(rq.has_warnings, cases[i].warned);
                if (i + 1 == sizeof cases / sizeof *cases)
                        assert_str(req_text(&rq, "w"), " x ");
                arena_done(&a);
        }
}

static void names_of_files_are_looked_through(void **state) {
        static const struct field file = { .name = "bestand", .type = FIELD_FILE };
        static const struct { const char *name; size_t errors; bool confirmed; } cases[] = {
                { "nee", 1, false }, { "nee", 1, true }, { "let op", 1, false }, { "let op", 0, true }, { "plan.pdf", 0, false },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct arena a = { 0 };
                struct req rq = { .arena = &a, .method = POST, .is_confirmed = cases[i].confirmed };
                *vec_push(&a, &rq.values) = (struct field_value) { .field = &file, .text = str_of(cases[i].name) };
                fields_screen(&rq, screen);
                assert_int_equal(rq.errors.n, cases[i].errors);
                if (rq.errors.n)
                        assert_true(str_ends(rq.errors.v[0].message, S("Geef het bestand een andere naam en kies het opnieuw.")));
                arena_done(&a);
        }
}

static void cookies(void **state) {
        static const struct { const char *header, *value; } cases[] = {
                { "__Host-schouders=abc", "abc" }, { "a=1; __Host-schouders=abc ;b=2", "abc" },
                { "__Host-schouders=abc; __Host-schouders=abd", "" },   /* somebody else set one of them */
                { "schouders=abc", "" }, { "__Host-schouders", "" }, { "__Host-schouders=\"abc\"", "" },
                { "__host-schouders=abc", "" }, { "__Host-schouders-stap=abc", "" }, { "", "" },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_true(str_eq(cookie_value(str_of(cases[i].header), cookie_names[COOKIE_SESSION]), str_of(cases[i].value)));
}

static void field_values(void **state) {
        struct arena a = { 0 };
        struct req rq;
        struct str *list;
        (void) state;
        assert_int_equal(read_fields(&a, POST, "r=+hoi+&t=a%0d%0ab%0dc&n=1.204&c=x&c=y", &rq), OK);
        assert_str(req_text(&rq, "r"), "hoi");
        assert_str(req_text(&rq, "t"), "a\nb\nc");
        assert_str(req_text(&rq, "q"), "");
        assert_false(req_has(&rq, "q"));
        assert_int_equal(req_integer(&rq, "n", 7), 1204);
        assert_int_equal(req_many(&rq, "c", &list), 2);
        assert_str(list[1], "y");
        assert_int_equal(read_fields(&a, POST, "n=99999&q=langer dan vijf", &rq), OK);
        assert_int_equal(req_integer(&rq, "n", 7), 7);
        assert_str(req_text(&rq, "n"), "99999");        /* shown again as typed */
        assert_str(req_error_of(&rq, "r"), "Vul een onderwerp in");
        assert_str(req_error_of(&rq, "n"), "Vul een heel getal in van 1 tot en met 5000.");
        assert_str(req_error_of(&rq, "q"), "De tekst is te lang. Maak hem 10 tekens korter.");
        assert_int_equal(read_fields(&a, POST, "r=x&c=a&c=a&c=a&c=a&c=a&c=a&c=a&c=a&c=a&c=a&c=a&c=a&c=a&c=a&"
                                     "c=a&c=a&c=a&c=a&c=a&c=a&c=a", &rq), ERR_INVALID);
        arena_done(&a);
}

static void tokens(void **state) {
        unsigned char key[32] = { 1 }, other[32] = { 2 }, nonce[CSRF_NONCE] = { 3 };
        char token[CSRF_TOKEN_MAX], got[CSRF_NONCE_MAX];
        int64_t now = 1700000000000;
        (void) state;
        csrf_make(key, S("s"), nonce, now, token);
        assert_int_equal(strlen(token), 75);
        assert_int_equal(csrf_check(key, S("s"), str_of(token), now, got), CSRF_OK);
        assert_int_equal(strlen(got), 22);
        assert_int_equal(csrf_check(key, S("s"), str_of(token), now + CSRF_AGE_MS, got), CSRF_OK);
        assert_int_equal(csrf_check(key, S("s"), str_of(token), now + CSRF_AGE_MS + 1, got), CSRF_OLD);
        assert_int_equal(csrf_check(key, S("s"), str_of(token), now - 600000, got), CSRF_OLD);
        assert_int_equal(csrf_check(other, S("s"), str_of(token), now, got), CSRF_BAD);
        assert_int_equal(csrf_check(key, S("s"), S(""), now, got), CSRF_BAD);
        assert_int_equal(csrf_check(key, S(""), str_of(token), now, got), CSRF_BAD);
        for (size_t i = 0; i < 75; i += 7) {
                char old = token[i];
                token[i] = old == 'A' ? 'B' : 'A';
                assert_int_equal(csrf_check(key, S("s"), str_of(token), now, got), CSRF_BAD);
                token[i] = old;
        }
}

/* libsodium 1.0.18 reads a byte from 0x80 up as "_": such a spelling of a good token must not pass. */
static void a_token_has_one_spelling(void **state) {
        unsigned char key[32] = { 1 }, nonce[CSRF_NONCE];
        char token[CSRF_TOKEN_MAX], got[CSRF_NONCE_MAX], *underscore;
        int64_t now = 1700000000000;
        (void) state;
        memset(nonce, 0xff, sizeof nonce);
        csrf_make(key, S("s"), nonce, now, token);
        underscore = strchr(token, '_');
        assert_non_null(underscore);
        *underscore = (char) 0xff;
        assert_int_equal(csrf_check(key, S("s"), str_of(token), now, got), CSRF_BAD);
}

static void same_site(void **state) {
        struct str none = { 0 }, host = S("Schouders.nl");
        (void) state;
        assert_true(csrf_same_site(host, none, none, none));
        assert_true(csrf_same_site(host, S("https://schouders.nl"), none, S("same-origin")));
        assert_true(csrf_same_site(host, S("https://schouders.nl:443"), none, none));
        assert_true(csrf_same_site(S("localhost:8080"), S("http://localhost:8080"), none, none));
        assert_true(csrf_same_site(host, none, S("https://schouders.nl/pad?x"), S("none")));
        assert_false(csrf_same_site(host, S("https://schouders.nl"), none, S("cross-site")));
        assert_false(csrf_same_site(host, S("https://schouders.nl"), none, S("same-site")));
        assert_false(csrf_same_site(host, S("null"), none, none));
        assert_false(csrf_same_site(host, S("https://schouders.nl.evil.nl"), none, none));
        assert_false(csrf_same_site(host, S("https://schouders.nl@evil.nl"), none, none));
        assert_false(csrf_same_site(host, S("https://schouders.nl:8443"), none, none));
        assert_false(csrf_same_site(host, none, S("https://evil.nl/schouders.nl"), none));
        assert_false(csrf_same_site(none, S("https://schouders.nl"), none, none));
}

static void etags(void **state) {
        char a[24], b[24], text[100];
        (void) state;
        memset(text, 'x', sizeof text);
        /* every length and every single changed byte gives another tag */
        for (size_t n = 0; n <= sizeof text; n++) {
                etag_of((struct str) { text, n }, 0, a);
                etag_of((struct str) { text, n }, 1, b);
                assert_string_not_equal(a, b);
                if (n < sizeof text) {
                        etag_of((struct str) { text, n + 1 }, 0, b);
                        assert_string_not_equal(a, b);
                        text[n]++;
                        etag_of((struct str) { text, n + 1 }, 0, a);
                        text[n]--;
                        assert_string_not_equal(a, b);
                }
        }
        assert_true(etag_matches(S("\"a\", W/\"b\""), "\"b\""));
        assert_true(etag_matches(S("*"), "\"b\""));
        assert_false(etag_matches(S("\"a\""), "\"b\""));
        assert_false(etag_matches((struct str) { 0 }, "\"b\""));
}

static void codings(void **state) {
        (void) state;
        assert_true(accepts_coding(S("gzip, deflate, br"), S("br")));
        assert_true(accepts_coding(S("BR;q=0.5"), S("br")));
        assert_false(accepts_coding(S("gzip;q=0, br;q=0.0"), S("gzip")));
        assert_false(accepts_coding(S("gzip"), S("br")));
        assert_false(accepts_coding((struct str) { 0 }, S("br")));
}

static void rate(void **state) {
        static struct ratelimit r;
        uint64_t a, b;
        (void) state;
        ratelimit_init(&r, 3, 1000);
        for (int i = 0; i < 3; i++)
                assert_int_equal(ratelimit_take(&r, 5, 10000), 0);
        assert_int_equal(ratelimit_take(&r, 5, 10000), 1);
        assert_int_equal(ratelimit_take(&r, 6, 10000), 0);      /* another address */
        assert_int_equal(ratelimit_take(&r, 5, 11000), 0);      /* one came back */
        assert_int_equal(ratelimit_take(&r, 5, 11000), 1);
        assert_true(ratelimit_prefix_text(&r, S("192.0.2.1"), &a) && ratelimit_prefix_text(&r, S("192.0.2.200"), &b));
        assert_true(a == b);
        assert_true(ratelimit_prefix_text(&r, S("192.0.3.1"), &b) && a != b);
        assert_true(ratelimit_prefix_text(&r, S("::ffff:192.0.2.9"), &b) && a == b);
        assert_true(ratelimit_prefix_text(&r, S("2001:db8:1:100::1"), &a));
        assert_true(ratelimit_prefix_text(&r, S("2001:db8:1:1ff::9"), &b) && a == b);
        assert_true(ratelimit_prefix_text(&r, S("2001:db8:1:200::9"), &b) && a != b);
        assert_false(ratelimit_prefix_text(&r, S("unknown"), &a));
        ratelimit_done(&r);
}

static void statuses(void **state) {
        (void) state;
        for (int e = 0; e < ERR_COUNT; e++)
                assert_true(status_of((enum err) -e) >= 200);
        assert_int_equal(status_of(ERR_NOT_FOUND), 404);
        assert_int_equal(status_of((enum err) -99), 500);
        assert_str(status_title(404), "Pagina niet gevonden");
}

static void redirects(void **state) {
        static const char *const bad[] = { "", "a", "//evil.nl", "https://evil.nl", "/\\evil.nl", "/a\r\nX: y" };
        struct resp rs = { 0 };
        (void) state;
        assert_int_equal(resp_redirect(&rs, S("/a?b#c")), OK);
        assert_int_equal(rs.status, 303);
        assert_int_equal(resp_moved(&rs, S("/")), OK);
        assert_int_equal(rs.status, 301);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(resp_redirect(&rs, str_of(bad[i])), ERR_INTERNAL);
}

static void leaving(void **state) {
        static const char *const good[] = {
                "https://login.gemeente.nl/authorize?state=a&scope=openid%20email", "https://login.gemeente.nl", "https://login.gemeente.nl?a=b@c",
                "http://localhost:8080/a", "http://127.0.0.1/", "http://[::1]:80/a",
        };
        static const char *const bad[] = {
                "", "/a", "//evil.nl/", "https:/evil.nl", "https://", "https:///a", "https://?a", "http://evil.nl/", "http://localhost.evil.nl/",
                "http://localhost", "http://127.0.0.1:8080@evil.nl/", "https://a@evil.nl/", "https://evil.nl/a b", "https://evil.nl/\r\nX: y",
                "https://evil.nl\\@a", "https://evil.nl/\xc3\xa9", "javascript:alert(1)", " https://evil.nl/", "HTTPS://evil.nl/",
        };
        struct resp rs = { 0 };
        (void) state;
        for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
                rs = (struct resp) { 0 };
                assert_int_equal(resp_leave(&rs, str_of(good[i])), OK);
                assert_true(rs.status == 303 && str_eq(rs.location, str_of(good[i])));
        }
        rs = (struct resp) { 0 };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(resp_leave(&rs, str_of(bad[i])), ERR_INTERNAL);
        assert_true(rs.status == 0 && rs.location.n == 0);
}

int main(void) {
        static const struct CMUnitTest tests[] = {
                cmocka_unit_test(routes), cmocka_unit_test(bad_routes), cmocka_unit_test(paths),
                cmocka_unit_test(pairs), cmocka_unit_test(field_rules), cmocka_unit_test(texts_are_looked_through), cmocka_unit_test(names_of_files_are_looked_through), cmocka_unit_test(cookies), cmocka_unit_test(field_values),
                cmocka_unit_test(tokens), cmocka_unit_test(a_token_has_one_spelling), cmocka_unit_test(same_site), cmocka_unit_test(etags),
                cmocka_unit_test(codings), cmocka_unit_test(rate), cmocka_unit_test(statuses),
                cmocka_unit_test(redirects), cmocka_unit_test(leaving),
        };
        if (sodium_init() < 0)
                return 1;
        return cmocka_run_group_tests(tests, NULL, NULL);
}
