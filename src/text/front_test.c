#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "front.h"

static struct arena arena;

static struct front parse(const char *source) {
        struct front f;
        struct text_error error = { 0 };
        enum err e = front_parse(&arena, str_of(source), &error, &f);
        if (e)
                print_message("%d: %.*s\n", error.line, STR(error.reason));
        assert_int_equal(e, OK);
        return f;
}

static void refuse(const char *source, enum err kind, int line) {
        struct front f;
        struct text_error error = { 0 };
        assert_int_equal(front_parse(&arena, str_of(source), &error, &f), kind);
        assert_int_equal(error.line, line);
        assert_true(error.reason.n > 0);
}

static void is(struct str got, const char *want) {
        const char *z = str_z(&arena, got);
        assert_string_equal(z, want);
}

static void test_whole(void **state) {
        (void) state;
        struct front f = parse("---\ntitel: Een: twee\nbron: a | b |  | c\nbron: d\nleeg:\n\n---\n\nInleiding.\n\n"
                               "## Kort gezegd\n\n  Tekst\n### Dieper\n\n## Bronnen \n- x\n");
        assert_int_equal(f.n_pairs, 4);
        is(f.pairs[0].key, "titel");
        is(f.pairs[0].value, "Een: twee");
        assert_int_equal(f.pairs[0].line, 2);
        assert_int_equal(f.pairs[2].line, 4);
        is(f.pairs[3].value, "");
        assert_ptr_equal(front_get(&f, S("bron")), &f.pairs[1]);
        assert_null(front_get(&f, S("geen")));
        is(f.intro, "Inleiding.");
        assert_int_equal(f.intro_line, 8);
        assert_int_equal(f.n_sections, 2);
        is(f.sections[0].heading, "Kort gezegd");
        is(f.sections[0].body, "  Tekst\n### Dieper");
        assert_int_equal(f.sections[0].line, 11);
        is(front_section(&f, S("Bronnen"))->body, "- x");
        assert_null(front_section(&f, S("bronnen")));
        struct front_parts p = front_split(&arena, f.pairs[1].value, '|');
        assert_int_equal(p.n, 4);
        is(p.v[2], "");
        is(p.v[3], "c");
        assert_int_equal(front_split(&arena, S("  "), ',').n, 0);
}

static void test_edges(void **state) {
        (void) state;
        assert_int_equal(parse("---\n---").n_sections, 0);
        assert_int_equal(parse("\xef\xbb\xbf---\r\na: b\r\n---\r\n## K\r\nx\r\n").n_sections, 1);
        is(parse("---\r\na: b\r\n---\r\n## K\r\nx\r\n").sections[0].heading, "K");
        struct front f = parse("---\n---\n```\n## geen kop\n```\n## wel\n~~~~\n## niet\n~~~\n## nog niet\n~~~~\n");
        assert_int_equal(f.n_sections, 1);
        is(f.sections[0].heading, "wel");
        is(parse("---\n---\n## a\n## b").sections[1].body, "");
        is(parse("---\n---\n#kop\n##kop").intro, "#kop\n##kop");
}

static void test_refused(void **state) {
        (void) state;
        refuse("", ERR_INVALID, 1);
        refuse("tekst\n", ERR_INVALID, 1);
        refuse("---\na: b\n", ERR_INVALID, 3);
        refuse("---\na: b\ngeen sleutel\n---\n", ERR_INVALID, 3);
        refuse("---\nTitel: b\n---\n", ERR_INVALID, 2);
        refuse("---\n: b\n---\n", ERR_INVALID, 2);
        refuse("---\na: b\n---\nx\n## \ny", ERR_INVALID, 5);
        refuse("---\na: b\xff\n---\n", ERR_INVALID, 2);
        struct front f;
        struct text_error error;
        struct str big = { arena_alloc(&arena, FRONT_SOURCE_MAX + 1), FRONT_SOURCE_MAX + 1 };
        assert_int_equal(front_parse(&arena, big, &error, &f), ERR_LIMIT);
        assert_int_equal(error.line, 0);
        assert_int_equal(front_parse(&arena, S("---\na: \0b\n---\n"), &error, &f), ERR_INVALID);
        assert_int_equal(error.line, 2);
}

static void test_writing(void **state) {
        (void) state;
        static const char text[] = "---\na: b\nc:\n---\n\nintro\n\n## K\n\neen\n\ntwee\n\n## L\n";
        struct front f = parse(text);
        is(front_write(&arena, &f), text);
        is(front_body(&arena, S("\n## Kop\n# Kop\n### Kop\n```\n## geen kop\n```\n\n")), "### Kop\n### Kop\n### Kop\n```\n## geen kop\n```");
        is(front_body(&arena, S("a\n~~~~\n## code")), "a\n~~~~\n## code\n~~~~");
        is(front_body(&arena, S(" \n")), "");
}

static int clean_up(void **state) {
        (void) state;
        arena_done(&arena);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_whole), cmocka_unit_test(test_edges), cmocka_unit_test(test_refused), cmocka_unit_test(test_writing),
        };
        return cmocka_run_group_tests(tests, NULL, clean_up);
}
