/* The rules: each one with a delivery that breaks it, and one that just does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>
#include "amount.h"
#include "check.h"
#include "oracle.h"

static struct arena a;
static struct asked q;

enum { WAIT, WITHIN, DROP, FREE, SINGLE, MULTIPLE, AGAIN, KIND1, KIND2, STAFF, GRADE, BEGIN, IN, OUT, END, FIGURES };

static void add(const char *indicator, const char *detail, bool share, bool counted, enum asked_sum sum) {
        *vec_push(&a, &q.figures) = (struct asked_figure) { .indicator = str_of(indicator), .detail = str_of(detail), .name = S("Cijfer"), .unit = S("procent"),
                .numerator = S("teller"), .denominator = counted ? S("noemer") : S(""), .is_share = share, .is_whole = true, .sum = sum };
}

static int make(void **state) {
        (void) state;
        add("SHV02", "", false, true, SUM_NONE);
        add("SHV03", "", true, true, SUM_NONE);
        add("SHV10", "", true, true, SUM_NONE);
        add("SHV11", "", true, true, SUM_NONE);
        add("VS03", "enkelvoudig", true, true, SUM_FIRST_TWO);
        add("VS03", "meervoudig", true, true, SUM_FIRST_TWO);
        add("VS03", "opeenvolgend", true, true, SUM_FIRST_TWO);
        add("SHV15", "saneringskrediet", true, true, SUM_AT_MOST);
        add("SHV15", "schuldbemiddeling", true, true, SUM_AT_MOST);
        add("SHV18", "", false, false, SUM_NONE);
        add("KL01", "", false, true, SUM_NONE);
        for (const char *const *d = (const char *const[]) { "begin", "in", "uit", "eind", NULL }; *d; d++)
                add(STAND, *d, false, false, SUM_NONE);
        q.figures.v[STAFF].is_whole = false;
        q.figures.v[GRADE].is_rating = true;
        q.figures.v[GRADE].is_whole = false;
        *vec_push(&a, &q.choices) = (struct asked_choice) { .indicators = S(" SHV03 "), .code = S("eerste-gesprek"), .question = S("Wat telt als eerste gesprek?"),
                                                            .answer = { S("intake"), S("ook telefonisch") }, .answers = 2 };
        return 0;
}

static struct amounts now[FIGURES], last[FIGURES], year_ago[FIGURES];
static bool explained[FIGURES];
static struct str answer[1];
static struct check c;
static struct check_findings f;

/* A delivery without anything wrong. */
static void good(void) {
        const struct amounts all[FIGURES] = { { 400, 20 }, { 18, 20 }, { 30, 100 }, { 60, 100 }, { 40, 50 }, { 10, 50 }, { 12, 50 }, { 5, 20 }, { 9, 20 },
                                           { 3.5, (double) NAN }, { 74, 10 }, { 200, (double) NAN }, { 50, (double) NAN }, { 40, (double) NAN }, { 210, (double) NAN } };
        memcpy(now, all, sizeof now);
        memset(explained, 0, sizeof explained);
        answer[0] = S("intake");
        c = (struct check) { .asked = &q, .now = now, .explained = explained, .answer = answer, .households = (double) NAN, .households_year_ago = (double) NAN,
                             .fte_per_case = (double) NAN, .cases = (double) NAN, .last_name = S("2e kwartaal 2026"), .year_ago_name = S("3e kwartaal 2025") };
}

static const struct check_finding *found(const char *rule) {
        check_run(&a, &c, &f);
        for (size_t i = 0; i < f.n; i++)
                if (!strcmp(f.v[i].rule, rule)) {
                        assert_true(f.v[i].reason.n && f.v[i].mend.n);
                        return &f.v[i];
                }
        return NULL;
}

static void is_found(const char *rule, enum check_weight weight, size_t figure) {
        const struct check_finding *x = found(rule);
        if (!x)
                fail_msg("%s was not found", rule);
        assert_int_equal(x->weight, weight);
        assert_int_equal(x->figure, figure);
}

static void a_good_delivery_has_no_findings(void **state) {
        (void) state;
        good();
        check_run(&a, &c, &f);
        if (f.n)
                fail_msg("%s: %.*s", f.v[0].rule, STR(f.v[0].reason));
}

static void numbers(void **state) {
        (void) state;
        good(), now[WITHIN].x = -1, is_found("negatief", CHECK_HARD, WITHIN);
        good(), now[WITHIN].x = 1.5, is_found("niet-heel", CHECK_HARD, WITHIN);
        good(), now[STAFF].x = 3.25, assert_null(found("niet-heel"));
        good(), now[WITHIN].n = 20.5, is_found("niet-heel", CHECK_HARD, WITHIN);
        good(), now[WAIT].x = 1e13, is_found("te-groot", CHECK_HARD, WAIT);
        good(), now[WITHIN].x = 21, is_found("teller-groter", CHECK_HARD, WITHIN);
        good(), now[WITHIN].x = 20, assert_null(found("teller-groter"));
        good(), now[WITHIN].n = (double) NAN, is_found("noemer-mist", CHECK_HARD, WITHIN);
        good(), now[WITHIN].x = (double) NAN, is_found("teller-mist", CHECK_HARD, WITHIN);
        good(), now[WAIT].n = 0, is_found("noemer-nul", CHECK_HARD, WAIT);
        good(), now[GRADE].x = 101, is_found("rapportcijfer", CHECK_HARD, GRADE);
        good(), now[GRADE].x = 9, is_found("rapportcijfer", CHECK_HARD, GRADE);
}

static void all_at_once(void **state) {
        (void) state;
        good();
        now[WITHIN].x = 21;
        now[DROP].x = -2;
        now[END].x = 1;
        answer[0] = S("");
        check_run(&a, &c, &f);
        size_t n = 0;
        for (size_t i = 0; i < f.n; i++)
                n += f.v[i].weight != CHECK_SOFT;
        assert_int_equal(n, 4);
}

static void parts_add_up(void **state) {
        (void) state;
        good(), now[SINGLE].x = 41, is_found("telt-niet-op", CHECK_HARD, SINGLE);
        good(), now[AGAIN].x = 50, assert_null(found("telt-niet-op"));          /* may overlap */
        good(), now[KIND1].x = 12, is_found("telt-niet-op", CHECK_HARD, KIND1);
        good(), now[KIND1].x = 11, assert_null(found("telt-niet-op"));
        good(), now[MULTIPLE].n = 49, is_found("noemer-ongelijk", CHECK_HARD, MULTIPLE);
        good(), now[MULTIPLE] = (struct amounts) { (double) NAN, (double) NAN }, assert_null(found("telt-niet-op"));
}

static void who_leaves(void **state) {
        (void) state;
        good(), now[FREE].x = 71, is_found("uitstroom-meer", CHECK_HARD, DROP);
        good(), now[FREE].x = 70, assert_null(found("uitstroom-meer"));
        good(), now[FREE].n = 99, is_found("uitstroom-ongelijk", CHECK_HARD, FREE);
}

static void nobody_appears_or_vanishes(void **state) {
        (void) state;
        good(), now[OUT].x = 251, now[END].x = (double) NAN, is_found("uit-meer", CHECK_HARD, OUT);
        good(), now[END].x = 211, is_found("stand-klopt-niet", CHECK_REASON, END);
        good(), now[END].x = 211, explained[END] = true, assert_true(found("stand-klopt-niet")->is_explained);
        good();
        for (int i = 0; i < FIGURES; i++)
                last[i] = (struct amounts) { (double) NAN, (double) NAN };
        last[END].x = 199;
        c.last = last;
        is_found("begin-ongelijk", CHECK_REASON, BEGIN);
        last[END].x = 200;
        assert_null(found("begin-ongelijk"));
}

static void how_it_is_counted(void **state) {
        (void) state;
        good(), answer[0] = S(""), is_found("keuze-mist", CHECK_HARD, 0);
        good(), answer[0] = S("misschien"), is_found("keuze-onbekend", CHECK_HARD, 0);
        good(), answer[0] = S(""), now[WITHIN] = (struct amounts) { (double) NAN, (double) NAN }, assert_null(found("keuze-mist"));
}

static void nothing_filled_in(void **state) {
        (void) state;
        good();
        for (int i = 0; i < FIGURES; i++)
                now[i] = (struct amounts) { (double) NAN, (double) NAN };
        is_found("leeg", CHECK_HARD, 0);
        assert_int_equal(f.n, 1);
}

static void changes_of_counts(void **state) {
        struct oracle o;
        (void) state;
        assert_false(check_change_is_large(12, 24));
        assert_false(check_change_is_large(5, 15));
        assert_true(check_change_is_large(100, 170));
        assert_false(check_change_is_large(10000, 12400));      /* sure, but less than a quarter */
        assert_false(check_change_is_large(0, 9));
        assert_true(isnan(check_change_p(1.5, 2)));
        good();
        memcpy(year_ago, now, sizeof now);
        year_ago[DROP].x = 80;
        c.year_ago = year_ago;
        is_found("grote-verandering", CHECK_SOFT, DROP);
        oracle_open(&o, "oracles/plausibility_counts.csv");
        for (size_t i = 0; i < o.rows; i++)
                oracle_same(&o, i, "p_conditional", check_change_p(oracle_num(&o, i, "prev"), oracle_num(&o, i, "cur")), 1e-9);
        oracle_close(&o);
}

static void own_history(void **state) {
        const struct amounts steady[] = { { 30, 100 }, { 31, 100 }, { 28, 100 }, { 33, 100 }, { 30, 100 } };
        const struct amounts wild[] = { { 5, 100 }, { 80, 100 }, { 40, 100 }, { 95, 100 }, { 20, 100 } };
        (void) state;
        assert_false(check_is_unexpected(steady, 5, 35, 100));
        assert_true(check_is_unexpected(steady, 5, 60, 100));
        assert_true(check_is_unexpected(steady, 5, 8, 100));
        assert_false(check_is_unexpected(steady, 3, 60, 100));  /* too short to tell */
        assert_false(check_is_unexpected(wild, 5, 60, 100));
}

static void other_municipalities(void **state) {
        double v[20];
        (void) state;
        for (int i = 0; i < 20; i++)
                v[i] = 0.4 + 0.01 * i;
        assert_false(check_is_far(v, 20, 0.62));
        assert_true(check_is_far(v, 20, 0.95));
        assert_false(check_is_far(v, 11, 0.95));
        for (int i = 0; i < 20; i++)
                v[i] = 0.5;
        assert_false(check_is_far(v, 20, 0.95));                /* all the same: no scale to be far on */
}

static void likely_rules(void **state) {
        (void) state;
        good(), now[WITHIN].x = 0, is_found("nul-procent", CHECK_SOFT, WITHIN);
        good(), now[DROP] = now[FREE] = (struct amounts) { 0, 9 }, assert_null(found("nul-procent"));
        good(), now[WITHIN].x = 20, is_found("honderd-procent", CHECK_SOFT, WITHIN);
        good(), now[WAIT].x = 20, now[WITHIN].x = 0, is_found("wachttijd-te-kort", CHECK_SOFT, WAIT);
        good(), c.cases = 100, c.fte_per_case = 0.2, is_found("fte-per-aanmelding", CHECK_SOFT, STAFF);
        good(), c.cases = 100, c.fte_per_case = 0.04, assert_null(found("fte-per-aanmelding"));
        good();
        memcpy(last, now, sizeof now);
        last[BEGIN].x = last[END].x = 200;
        c.last = last;
        assert_null(found("kopie"));
        memcpy(last, now, sizeof now);
        is_found("kopie", CHECK_SOFT, 0);
        now[0] = last[0] = (struct amounts) { NAN, NAN };      /* its explanation stands beside a figure that is there */
        is_found("kopie", CHECK_SOFT, 1);
        good();
        memcpy(year_ago, now, sizeof now);
        c.year_ago = year_ago;
        c.households = c.households_year_ago = 1000;
        now[WITHIN].x = 0, is_found("nul-na-jaar", CHECK_SOFT, WITHIN);
        now[DROP].n = now[FREE].n = 121, is_found("noemer-veranderd", CHECK_SOFT, DROP);
        now[DROP].n = now[FREE].n = 119, assert_null(found("noemer-veranderd"));
}

static void quality(void **state) {
        (void) state;
        good();
        check_run(&a, &c, &f);
        struct check_score s = check_score(&c, &f, -3, 0);
        assert_true(s.total == 100 && s.completeness == 100 && s.timeliness == 100 && s.revisions == 100 && s.explained == 100);
        now[WITHIN].x = 20;
        check_run(&a, &c, &f);
        assert_int_equal(check_score(&c, &f, 30, 1).explained, 0);
        assert_int_equal(check_score(&c, &f, 30, 1).timeliness, 50);
        assert_int_equal(check_score(&c, &f, 90, 9).timeliness, 0);
        assert_int_equal(check_score(&c, &f, 90, 9).revisions, 0);
        for (int i = 0; i < FIGURES; i++)
                now[i] = (struct amounts) { (double) NAN, (double) NAN };
        assert_int_equal(check_score(&c, &f, 0, 0).completeness, 0);
}

static void numbers_as_people_type_them(void **state) {
        static const struct { const char *text; double v; } fine[] = {
                { "1204", 1204 }, { "1.204", 1204 }, { "1 204", 1204 }, { "12,5", 12.5 }, { "12.5", 12.5 }, { "1.204,5", 1204.5 }, { " 0 ", 0 }, { "-3", -3 },
                { "1.234.567", 1234567 },
        };
        static const char *const bad[] = { "12 fte", "1.2.3", "1,2,3", "12,", "e", "1e5", "nan", "0x10", "--1", "-", "1.20,5", "1.2345.678", "99999999999999999999999999999999999" };
        double v;
        (void) state;
        for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
                if (!amount_read(str_of(fine[i].text), &v) || v != fine[i].v)
                        fail_msg("%s gives %g", fine[i].text, v);
                assert_true(amount_read(amount_text(&a, v), &v) && v == fine[i].v);
        }
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                if (amount_read(str_of(bad[i]), &v))
                        fail_msg("%s gives %g", bad[i], v);
        assert_true(amount_read(S(""), &v) && isnan(v));
        assert_true(amount_text(&a, (double) NAN).n == 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_good_delivery_has_no_findings), cmocka_unit_test(numbers), cmocka_unit_test(all_at_once), cmocka_unit_test(parts_add_up),
                cmocka_unit_test(who_leaves), cmocka_unit_test(nobody_appears_or_vanishes), cmocka_unit_test(how_it_is_counted), cmocka_unit_test(nothing_filled_in),
                cmocka_unit_test(changes_of_counts), cmocka_unit_test(own_history), cmocka_unit_test(other_municipalities), cmocka_unit_test(likely_rules),
                cmocka_unit_test(quality), cmocka_unit_test(numbers_as_people_type_them),
        };
        int failed = cmocka_run_group_tests_name("delivery-check", tests, make, NULL);
        arena_done(&a);
        return failed;
}
