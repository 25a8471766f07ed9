/* A draft is made, saved by its owner in one window and in two, and dropped. */
#include "editing_draft.h"
#include "schema.h"
#include "testing.h"

#define NOW ((int64_t) 1795305600000)

static struct db *room(struct test_store *s) {
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        test_script(db, "INSERT INTO item(slug, title, sort_key, kind, kind_label, summary, also, phase_labels, owner, warning, updated_on, review_on,"
                        " uses, used, details, state, version, withdrawn_on, withdrawn_why) VALUES ('a', 'A', 'a', 'interventie', 'Aanpak', '', '', '', '',"
                        " '', '2026-01-01', '2027-01-01', 0, 0, 0, 'published', 2, '', '');"
                        "INSERT INTO item_version(item_id, number, text, digest, origin, note, made_ms) VALUES (1, 1, 'oud', '', 'file', '', 0),"
                        " (1, 2, '---\ntitel: A\nsoort: interventie\n---\n', '', 'site', '', 0)");
        assert_int_equal(db_begin(db), OK);
        return db;
}

static void statements_prepare(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        assert_int_equal(test_statements(db, editing_statements), 0);
}

static void a_new_text_has_the_sections_of_its_kind(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct draft d;
        int64_t id;
        struct draft_new n = { .purpose = DRAFT_CASE, .kind = S("verhaal"), .owner_id = 7, .now_ms = NOW, .idempotency = S("x") };
        assert_int_equal(draft_make(db, &s->arena, &n, &id), OK);
        assert_int_equal(draft_get(db, &s->arena, id, &d), OK);
        assert_true(str_eq(d.text, S("---\nsoort: verhaal\n---\n\n## Kort gezegd\n\n## Mijn verhaal\n\n## Wat hielp\n\n## Wat beter kan\n")));
        assert_true(str_eq(d.kind, S("verhaal")) && d.title.n == 0 && d.base_version == 0 && !d.item_id.is_set && d.owner_id == 7);
        assert_int_equal(draft_make(db, &s->arena, &n, &id), ERR_CONFLICT);
}

static void a_draft_of_an_item_begins_with_what_everybody_reads(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct draft d;
        int64_t id;
        struct draft_new n = { .purpose = DRAFT_ARTICLE, .item_id = opt_i64(1), .owner_id = 7, .now_ms = NOW, .idempotency = S("x") };
        assert_int_equal(draft_make(db, &s->arena, &n, &id), OK);
        assert_int_equal(draft_get(db, &s->arena, id, &d), OK);
        assert_true(str_eq(d.text, S("---\ntitel: A\nsoort: interventie\n---\n")) && str_eq(d.title, S("A")));
        assert_true(d.base_version == 2 && d.item_id.is_set && d.item_id.v == 1 && str_eq(d.state, S(DRAFT_WRITING)));
        n.item_id = opt_i64(99);
        n.idempotency = S("y");
        assert_int_equal(draft_make(db, &s->arena, &n, &id), ERR_NOT_FOUND);
}

static void who_saves_an_old_form_is_told_and_loses_nothing(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct draft one, two;
        int64_t id;
        struct draft_new n = { .purpose = DRAFT_ARTICLE, .kind = S("interventie"), .owner_id = 7, .now_ms = NOW, .idempotency = S("x") };
        assert_int_equal(draft_make(db, &s->arena, &n, &id), OK);
        assert_int_equal(draft_get(db, &s->arena, id, &one), OK);
        two = one;
        assert_int_equal(draft_save(db, &s->arena, &one, S("---\ntitel: Een\nsoort: wet\n---\n"), NOW + 5), OK);
        assert_true(one.revision == 2 && str_eq(one.title, S("Een")));
        assert_int_equal(draft_save(db, &s->arena, &two, S("---\ntitel: Twee\n---\n"), NOW + 6), ERR_CONFLICT);
        assert_true(str_eq(two.text, one.text));
        assert_int_equal(draft_get(db, &s->arena, id, &two), OK);
        assert_true(str_eq(two.text, one.text) && str_eq(two.kind, S("wet")) && two.updated_ms == NOW + 5);
        assert_int_equal(draft_save(db, &s->arena, &two, S("geen vorm"), NOW + 7), ERR_INVALID);
        struct str big = { arena_alloc(&s->arena, DRAFT_TEXT_MAX + 1), DRAFT_TEXT_MAX + 1 };
        assert_int_equal(draft_save(db, &s->arena, &two, big, NOW + 7), ERR_LIMIT);
        assert_int_equal(draft_drop(db, id), OK);
        assert_int_equal(draft_get(db, &s->arena, id, &two), ERR_NOT_FOUND);
        assert_int_equal(draft_save(db, &s->arena, &one, S("---\n---\n"), NOW), ERR_NOT_FOUND);
}

static void a_state_keeps_the_remarks(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct draft d;
        int64_t id;
        struct draft_new n = { .purpose = DRAFT_ARTICLE, .kind = S("wet"), .owner_id = 7, .now_ms = NOW, .idempotency = S("x") };
        assert_int_equal(draft_make(db, &s->arena, &n, &id), OK);
        assert_int_equal(draft_get(db, &s->arena, id, &d), OK);
        d.remarks = S("Te lang.");
        d.remarked_by = opt_i64(8);
        assert_int_equal(draft_state(db, &d, S(DRAFT_RETURNED), NOW + 1), OK);
        assert_int_equal(draft_get(db, &s->arena, id, &d), OK);
        assert_true(str_eq(d.state, S(DRAFT_RETURNED)) && str_eq(d.remarks, S("Te lang.")) && d.remarked_by.v == 8 && d.revision == 1);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_BOTH(a_new_text_has_the_sections_of_its_kind),
                TEST_BOTH(a_draft_of_an_item_begins_with_what_everybody_reads), TEST_BOTH(who_saves_an_old_form_is_told_and_loses_nothing),
                TEST_BOTH(a_state_keeps_the_remarks),
        };
        return cmocka_run_group_tests_name("editing-draft", tests, NULL, NULL);
}
