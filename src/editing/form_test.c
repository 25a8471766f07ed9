/* Every text of content/items goes through the form, part by part, and comes back as it was; and what is typed comes in. */
#include <dirent.h>
#include <string.h>
#include "editing_form.h"
#include "fields.h"
#include "form_line.h"
#include "html.h"
#include "schema.h"
#include "testing.h"

static const struct route form_route = { POST, "/x", ACCESS_PUBLIC, NULL, item_form_fields };

static void is(struct str got, struct str want) {
        if (!str_eq(got, want))
                fail_msg("got\n%.*s\nwant\n%.*s", STR(got), STR(want));
}

/* TEXT after FIELDS were sent for PART. */
static struct str sent(struct arena *a, const char *part, struct str text, struct str fields) {
        struct req rq = { .arena = a, .method = POST, .route = &form_route };
        struct str message, csrf, out = S("");
        if (fields_read(&rq, fields, &message, &csrf) != OK)
                fail_msg("%.*s", STR(message));
        assert_int_equal(rq.errors.n, 0);
        assert_int_equal(item_form_apply(&rq, item_part_of(str_of(part)), text, &out), OK);
        return out;
}

static void field(struct buf *b, const char *name, struct str value) {
        buf_fmt(b, "%s%s=", b->n ? "&" : "", name);
        html_urlpart(b, value);
}

static void chosen(struct buf *b, const char *name, struct arena *a, struct str value) {
        struct front_parts p = front_split(a, value, ',');
        for (size_t i = 0; i < p.n; i++)
                field(b, name, p.v[i]);
}

/* What a browser sends for the form F as it was drawn. */
static struct str as_drawn(struct arena *a, const struct item_form *f) {
        _cleanup_(buf_done) struct buf b = { 0 };
        static const char *const texts[] = { "titel", "soort", "samenvatting", "waarschuwing", "alias", "eigenaar", "licentie", "contact", "sinds", "verwant", "herzien" };
        static const char *const lists[] = { "fase", "doelgroep", "thema", "indicator" };
        for (size_t i = 0; f->part->shape == PART_HEAD && i < sizeof texts / sizeof *texts; i++)
                field(&b, texts[i], item_form_value(f, texts[i]));
        for (size_t i = 0; f->part->shape == PART_HEAD && i < 4; i++)
                chosen(&b, lists[i], a, item_form_value(f, lists[i]));
        for (size_t i = 0; i < f->n_sections; i++)
                field(&b, str_fmt(a, "sectie-%zu", i).p, f->sections[i].body);
        if (f->rows.n) {
                field(&b, "vanaf", str_fmt(a, "%zu", f->from));
                field(&b, "aantal", str_fmt(a, "%zu", f->filled));
        }
        for (size_t i = 0; i < f->rows.n; i++)
                for (size_t k = 0; k < item_line_parts(f->part->lines); k++)
                        field(&b, line_input_name(k), f->rows.v[i].v[k]);
        return str_dup(a, buf_view(&b));
}

static struct item_form form_of(struct db *db, struct arena *a, const char *part, struct str text, int64_t from) {
        struct item_form f;
        assert_int_equal(item_form_read(db, a, text, item_part_of(str_of(part)), from, &f), OK);
        return f;
}

static void every_item_comes_back_as_it_was(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        DIR *dir = opendir(SOURCE_ROOT "/content/items");
        assert_non_null(dir);
        for (struct dirent *d; (d = readdir(dir));) {
                struct arena a = { 0 };
                struct str source;
                if (!str_ends(str_of(d->d_name), S(".md")))
                        continue;
                assert_int_equal(file_read(&a, str_fmt(&a, "%s/content/items/%s", SOURCE_ROOT, d->d_name), FRONT_SOURCE_MAX, &source), OK);
                struct front front;
                struct text_error error;
                assert_int_equal(front_parse(&a, source, &error, &front), OK);
                source = item_text_write(&a, &front);
                struct str kind = front_get(&front, S("soort"))->value;
                for (const struct item_part *p = item_parts; p->code.n; p++)
                        for (int64_t from = 0, more = item_part_fits(p, kind); more;) {
                                struct item_form f = form_of(db, &a, p->code.p, source, from);
                                is(sent(&a, p->code.p, source, as_drawn(&a, &f)), source);
                                from = (int64_t) (f.from + f.filled);
                                more = from < (int64_t) f.total;
                        }
                arena_done(&a);
        }
        closedir(dir);
}

#define TEXT "---\ntitel: T\nsoort: interventie\nfase: nazorg, preventie\nbron: A | | | https://a.nl\nbron: B | | | https://b.nl\n---\n\n## Kort gezegd\n\nx\n"

static void lines_come_change_and_go(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct str t = sent(&a, "bronnen", S(TEXT), S("vanaf=0&aantal=2&deel-0=A&deel-0=&deel-0=C&deel-1=&deel-1=&deel-1=U%7CV&"
                                                      "deel-2=&deel-2=&deel-2=2020&deel-3=https://a.nl&deel-3=&deel-3=https://c.nl"));
        assert_true(str_find(t, S("bron: A | | | https://a.nl\nbron: C | U/V | 2020 | https://c.nl\n---")) < t.n);
        /* a second page of lines leaves the first alone */
        t = sent(&a, "bronnen", S(TEXT), S("vanaf=1&aantal=1&deel-0=Z&deel-1=&deel-2=&deel-3=https://z.nl"));
        assert_true(str_find(t, S("bron: A | | | https://a.nl\nbron: Z | | | https://z.nl\n---")) < t.n);
        t = sent(&a, "bronnen", S(TEXT), S("vanaf=0&aantal=1&deel-0=&deel-1=&deel-2=&deel-3="));
        assert_true(str_find(t, S("bron: A")) == t.n && str_find(t, S("bron: B | | | https://b.nl")) < t.n);
        assert_int_equal(item_form_lines(&a, t, item_part_of(S("bronnen"))), 1);
        arena_done(&a);
}

static void head_and_sections_are_taken_over(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct str t = sent(&a, "kenmerken", S(TEXT), S("titel=Nieuw&soort=verhaal&samenvatting=Een%0Atwee&fase=hulpverlening&fase=nazorg"));
        assert_true(str_starts(t, S("---\ntitel: Nieuw\nsoort: interventie\nsamenvatting: Een twee\nfase: nazorg, hulpverlening\nbron: A")));
        t = sent(&a, "tekst", S(TEXT), S("sectie-0=Kort.%0A%23%23 Kop&sectie-3=%60%60%60%0Acode"));
        assert_true(str_find(t, S("## Kort gezegd\n\nKort.\n### Kop\n\n## Voor wie\n\n## Zo werkt het\n\n## Wat heb je nodig\n\n```\ncode\n```\n\n## Wat weten")) < t.n);
        t = sent(&a, "oordelen", S(TEXT), S("deel-0=goed&deel-0=&deel-0=&deel-1=NJi&deel-1=&deel-1=&deel-2=&deel-2=&deel-2=&"
                                            "deel-3=https://n.nl&deel-3=&deel-3=&deel-4=&deel-4=&deel-4="));
        assert_true(str_find(t, S("bewijskracht: goed | NJi | | https://n.nl\neffect: nog niet beoordeeld\n")) < t.n);
        arena_done(&a);
}

static void many_lines_stand_on_several_pages(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        struct arena *a = &s->arena;
        struct str text = S("---\nsoort: wet\n");
        for (int i = 0; i < 40; i++)
                text = str_fmt(a, "%.*sbron: B%d | | | https://b.nl\n", STR(text), i);
        text = str_fmt(a, "%.*s---\n", STR(text));
        struct item_form f = form_of(db, a, "bronnen", text, 0);
        assert_true(f.total == 40 && f.filled == 16 && f.rows.n == 16);
        f = form_of(db, a, "bronnen", text, 32);
        assert_true(f.from == 32 && f.filled == 8 && f.rows.n == 10);
        is(sent(a, "bronnen", text, as_drawn(a, &f)), text);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_SQLITE(every_item_comes_back_as_it_was), cmocka_unit_test(lines_come_change_and_go),
                cmocka_unit_test(head_and_sections_are_taken_over), TEST_SQLITE(many_lines_stand_on_several_pages),
        };
        return cmocka_run_group_tests_name("editing-form", tests, NULL, NULL);
}
