/* Every text of content/items is written as it was read, and so is what a form makes of it. */
#include <dirent.h>
#include <string.h>
#include "knowledge_text.h"
#include "testing.h"

static void is(struct str got, struct str want) {
        if (!str_eq(got, want))
                fail_msg("got\n%.*s\nwant\n%.*s", STR(got), STR(want));
}

/* But for the empty line that not every file has behind its headings. */
static void same_words(const struct front *x, const struct front *y) {
        assert_int_equal(x->n_pairs, y->n_pairs);
        assert_int_equal(x->n_sections, y->n_sections);
        for (size_t i = 0; i < x->n_pairs; i++) {
                is(x->pairs[i].key, y->pairs[i].key);
                is(x->pairs[i].value, y->pairs[i].value);
        }
        for (size_t i = 0; i < x->n_sections; i++) {
                is(x->sections[i].heading, y->sections[i].heading);
                is(x->sections[i].body, y->sections[i].body);
        }
}

static void every_file_is_written_as_it_was_read(void **state) {
        (void) state;
        DIR *dir = opendir(SOURCE_ROOT "/content/items");
        assert_non_null(dir);
        int files = 0;
        for (struct dirent *d; (d = readdir(dir));) {
                if (!str_ends(str_of(d->d_name), S(".md")))
                        continue;
                struct arena a = { 0 };
                struct str source;
                struct item_text t, draft;
                struct text_error error;
                assert_int_equal(file_read(&a, str_fmt(&a, "%s/content/items/%s", SOURCE_ROOT, d->d_name), FRONT_SOURCE_MAX, &source), OK);
                assert_int_equal(item_text_read(&a, source, &error, &t), OK);
                struct str text = item_text_write(&a, &t.front);
                struct front again;
                assert_int_equal(front_parse(&a, text, &error, &again), OK);
                same_words(&t.front, &again);
                is(item_text_write(&a, &again), text);
                assert_int_equal(item_text_read_draft(&a, source, &error, &draft), OK);
                for (size_t k = 0; k < LINES_N; k++) {
                        assert_int_equal(draft.lines[k].n, t.lines[k].n);
                        for (size_t i = 0; i < t.lines[k].n; i++)
                                assert_memory_equal(draft.lines[k].v[i].v[0].p, t.lines[k].v[i].v[0].p, t.lines[k].v[i].v[0].n);
                }
                files++;
                arena_done(&a);
        }
        closedir(dir);
        assert_true(files >= 150);
}

static void keys_stand_in_the_order_of_files(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct front f;
        struct text_error error;
        assert_int_equal(front_parse(&a, S("---\nherzien: 2027-01-01\nbron: b\nsinds:\nbron: a\ntitel: T\n---\n## K\nx\n## L"), &error, &f), OK);
        is(item_text_write(&a, &f), S("---\ntitel: T\nbron: b\nbron: a\nherzien: 2027-01-01\n---\n\n## K\n\nx\n\n## L\n"));
        arena_done(&a);
}

static void a_line_has_the_parts_that_its_kind_needs(void **state) {
        (void) state;
        struct arena a = { 0 };
        const struct str parts[] = { S("Titel"), S(""), S(" 2020 "), S("https://x.nl/a|b"), S("") };
        is(item_line_write(&a, LINES_SOURCE, parts, 4), S("Titel | | 2020 | https://x.nl/a/b"));
        is(item_line_write(&a, LINES_USE, parts, 5), S("Titel | | 2020 | https://x.nl/a/b"));
        is(item_line_write(&a, LINES_N, parts, 5), S("Titel | | 2020 | https://x.nl/a/b"));
        is(item_line_write(&a, LINES_STEP, (struct str[]) { S("a"), S("een\ntwee") }, 2), S("a | een twee"));
        is(item_line_write(&a, LINES_STUDY, (struct str[]) { S("a") }, 1), S("a | | | | | | | | |"));
        is(item_line_write(&a, LINES_SOURCE, (struct str[]) { S(" "), S("") }, 2), S(""));
        arena_done(&a);
}

static void an_unfinished_text_is_read_as_far_as_it_goes(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct item_text t;
        struct text_error error;
        assert_int_equal(item_text_read_draft(&a, S("---\ntitel: T\nsinds: ooit\nbron: half\nelement: a | b |\n---\n## K\n"), &error, &t), OK);
        is(t.title, S("T"));
        assert_true(!t.since.is_set && t.lines[LINES_SOURCE].n == 0 && t.lines[LINES_ELEMENT].n == 1);
        assert_int_equal(t.front.n_sections, 1);
        assert_int_equal(item_text_read_draft(&a, S("geen kop"), &error, &t), ERR_INVALID);
        arena_done(&a);
}

/* As in the form that wrote it. */
static void the_longest_title_has_150_letters(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct item_text t;
        struct text_error error;
        struct str longest = S("");
        for (int i = 0; i < 150; i++)
                longest = str_fmt(&a, "%.*s\xc3\xab", STR(longest));
        assert_int_equal(item_text_read_draft(&a, str_fmt(&a, "---\ntitel: %.*s\n---\n## K\n", STR(longest)), &error, &t), OK);
        is(t.title, longest);
        assert_int_equal(item_text_read_draft(&a, str_fmt(&a, "---\ntitel: %.*sx\n---\n## K\n", STR(longest)), &error, &t), OK);
        is(t.title, S(""));
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_file_is_written_as_it_was_read), cmocka_unit_test(keys_stand_in_the_order_of_files),
                cmocka_unit_test(a_line_has_the_parts_that_its_kind_needs), cmocka_unit_test(an_unfinished_text_is_read_as_far_as_it_goes),
                cmocka_unit_test(the_longest_title_has_150_letters),
        };
        return cmocka_run_group_tests_name("item_text", tests, NULL, NULL);
}
