#include <string.h>
#include "testdata.h"
#include "analyse.h"
#include "token.h"

static struct arena arena;
static struct analyser *an;

static int load(void **state) {
        (void) state;
        return access(TEST_DIC, R_OK) == 0 ? (int) analyser_open(TEST_DIC, TEST_LISTS, &an) : 0;
}

static int unload(void **state) {
        (void) state;
        analyser_close(an);
        arena_done(&arena);
        return 0;
}

/* Tokens as "word|piece+piece". */
static void tokens(const char *text, const char *want) {
        struct str s = str_of(text), got = S("");
        struct token t;
        for (size_t i = 0; token_next(s, &i, &t);) {
                got = str_fmt(&arena, "%.*s%s%.*s", STR(got), got.n ? " " : "", (int) t.n, t.text);
                for (size_t k = 0; t.pieces > 1 && k < t.pieces; k++)
                        got = str_fmt(&arena, "%.*s%s%.*s", STR(got), k ? "+" : "|", STR(token_piece(&t, k)));
                assert_true(t.start < t.end && t.end <= s.n && t.at[0] == t.start && t.at[t.n] <= t.end);
        }
        assert_string_equal(str_z(&arena, got), want);
}

static void test_tokens(void **state) {
        (void) state;
        tokens("De schuld, de SCHULD!", "de schuld de schuld");
        tokens("'s-Gravenhage", "sgravenhage|s+gravenhage");
        tokens("e-mail 18-jarige", "email|e+mail 18jarige|18+jarige");
        tokens("0%-aanbod 10%", "0aanbod|0+aanbod 10");
        tokens("regio's zzp\xe2\x80\x99" "ers baby'tje zo'n", "regio zzp baby zo");
        tokens("in- en uitstroom", "in en uitstroom");
        tokens("n.v.t. o.a. VNG. einde.Begin", "nvt oa vng einde begin");
        tokens("1.000 1,5 2024-01-02", "1000 1 5 20240102|2024+01+02");
        tokens("S\xc3\xba" "dwest-Frysl\xc3\xa2n", "sudwestfryslan|sudwest+fryslan");
        tokens("schuld\xc2\xad" "hulp e\xcc\x81" "\xc3\xa9n", "schuldhulp een");
        tokens("a\xff" "b \xe2\x82\xac 5", "a b 5");
        tokens("en/of a_b x@y.nl", "en of a b x y nl");
        tokens("-", "");
        tokens("", "");
        tokens("d'r", "dr");
        tokens("\xe2\x80\x8fschuld\xe2\x80\xae" "hulp\xe2\x81\xa9", "schuldhulp");       /* marks for the direction */
}

static void terms(const char *text, const char *want) {
        struct str got = S("");
        struct terms t = analyse_text(an, &arena, str_of(text));
        for (size_t i = 0; i < t.n; i++)
                got = str_fmt(&arena, "%.*s%s%u:%.*s%s", STR(got), i ? " " : "", t.v[i].position, STR(t.v[i].text),
                              t.v[i].class == TERM_PART ? "*" : "");
        assert_string_equal(str_z(&arena, got), want);
}

static void test_text(void **state) {
        (void) state;
        need_dictionary();
        terms("De schulden van het kind", "1:schuld 4:kind");
        terms("schuldhulpverlening", "0:schuldhulpverlen 0:schuld* 0:hulp* 0:verlen*");
        terms("e-mail", "0:email 0:email*");
        terms("Een 0%-aanbod", "1:0aanbod 1:0* 1:aanbod*");
        terms("de het een", "");
        struct str s = S("\xc3\x89\xc3\xa9n jeugdzorg");
        struct terms t = analyse_text(an, &arena, s);
        assert_int_equal(t.words, 2);
        assert_int_equal(t.n, 3);
        assert_int_equal(t.v[0].start, 6);
        assert_int_equal(t.v[0].end, 15);
        assert_int_equal(t.v[1].end, 11);
        assert_int_equal(t.v[2].start, 11);
        assert_int_equal(t.v[2].word_start, 6);
        assert_int_equal(t.v[2].word_end, 15);
}

static void test_separable_verbs(void **state) {
        (void) state;
        need_dictionary();
        terms("stelt een plan vast", "0:stelt 2:plan 3:vaststel 3:vast");
        terms("Mensen haken vaak af.", "0:mens 1:hak 3:afhak");
        terms("Zij vraagt hulp aan.", "1:vrag 2:hulp 3:aanvrag");
        terms("Zij vraagt aan wie zij hulp geeft", "1:vrag 5:hulp 6:gef");         /* a preposition */
        terms("Hij belt. Af en toe", "1:belt 4:toe");            /* another sentence */
}

static void query(const char *text, const char *want) {
        struct str got = S("");
        struct query q = analyse_query(an, &arena, str_of(text));
        for (size_t i = 0; i < q.n; i++) {
                got = str_fmt(&arena, "%.*s%s%s", STR(got), i ? " & " : "", q.v[i].exclude ? "-" : "");
                for (size_t k = 0; k < q.v[i].n; k++) {
                        const struct alternative *x = &q.v[i].v[k];
                        const char *mark = x->class == TERM_SYNONYM ? "~" : x->class == TERM_PART ? "*" : "";
                        got = str_fmt(&arena, "%.*s%s%s", STR(got), k ? "|" : "", mark);
                        for (size_t j = 0; j < x->n; j++)
                                got = str_fmt(&arena, "%.*s%s%.*s", STR(got), j ? "+" : "", STR(x->terms[j]));
                }
                if (q.v[i].phrase)
                        got = str_fmt(&arena, "%.*s[%u:%u]", STR(got), q.v[i].phrase, q.v[i].offset);
        }
        assert_string_equal(str_z(&arena, got), want);
}

static void test_query(void **state) {
        (void) state;
        need_dictionary();
        query("schuldregeling", "schuldregel|*schuld+regel");
        query("schuld regeling", "schuld & regel");
        query("de het", "");
        query("", "");
        query("klant haakt af", "klant|~client|~inwoner|~hulpvrager|~verzoeker & hak|~afhak");
        query("vrij te laten bedrag", "vrij+bedrag|~vtlb");
        query("VTLB berekenen", "vtlb|~vrij+bedrag & bereken");
        struct query q = analyse_query(an, &arena, S("over het wettelijk traject van zzp'ers"));
        assert_int_equal(q.n, 2);
        assert_true(str_eq(q.v[0].source, S("wettelijk traject")));
        assert_true(str_eq(q.v[1].source, S("zzp'ers")));
        assert_true(str_eq(q.v[1].folded, S("zzp")));
        assert_true(q.v[0].n > 2 && q.v[0].v[1].class == TERM_SYNONYM);
}

static void test_phrase(void **state) {
        (void) state;
        need_dictionary();
        query("\"dreigende ontruiming\"", "dreigend[1:0] & ontruim[1:1]");
        query("\"gebrek aan de huur\" en \"lage lasten\"", "gebrek[1:0] & hur[1:3] & lag[2:0] & last[2:1]");
        query("\xe2\x80\x9evrij bedrag\xe2\x80\x9d", "vrij[1:0] & bedrag[1:1]");          /* „ ” */
        query("\xe2\x80\x9cvrij bedrag\xe2\x80\x9d", "vrij[1:0] & bedrag[1:1]");          /* “ ” */
        query("\xc2\xabvrij bedrag\xc2\xbb", "vrij[1:0] & bedrag[1:1]");                    /* « » */
        query("\xe2\x80\x98vrij bedrag\xe2\x80\x99", "vrij[1:0] & bedrag[1:1]");          /* ‘ ’ */
        query("\"schuldregeling\"", "schuldregel");              /* as it stands: no parts, no synonyms */
        query("\"de wsnp\"", "wsnp");
        query("\"vrij te laten bedrag\"", "vrij[1:0] & bedrag[1:3]");
        query("de \"wettelijk\" traject", "wet & traject");
        query("\"\"", "");
        query("\"de het\"", "");
        /* One that is not closed is none. */
        query("\"lage bedragen", "lag & bedrag");
        query("\"lage lasten\" lage\" bedragen", "lag[1:0] & last[1:1] & lag & bedrag");
        query("\xe2\x80\x98s avonds de zzp\xe2\x80\x99", "avond & zzp|~ondernemer|~zelfstand|~zelfstand+ondernemer|~eenmanszak");
}

static void test_exclusion(void **state) {
        (void) state;
        need_dictionary();
        query("schuld -wsnp", "schuld & -wsnp");
        query("-\"lage lasten\" schuld", "-lag[1:0] & -last[1:1] & schuld");
        query("schuld (-kind)", "schuld & -kind");
        query("schuld \xe2\x88\x92kind", "schuld & -kind");
        query("schuld -schuldregeling", "schuld & -schuldregel");
        query("schuld -de", "schuld");
        query("-kind", "-kind");
        assert_int_equal(analyse_query(an, &arena, S("-kind schuld -\"lage lasten\"")).wanted, 1);
        query("wettelijk -traject", "wet & -traject");    /* synonyms do not reach over it */
        query("schuld -kind haakt af -af", "schuld & -kind & hak|~afhak");
        /* No operators. */
        query("schuld - kind", "schuld & kind");
        query("schuld--kind", "schuld & kind");
        query("schuld --kind", "schuld & kind");
        query("e-mail", "email");
        query("\"e-mail kind\"", "email[1:0] & kind[1:1]");
        query("in- en uitstroom", "uitstrom|~beeindig");
        query("-", "");
        query("-\"kind", "kind");
        query("- \"", "");
}

static void test_odd_questions(void **state) {
        (void) state;
        need_dictionary();
        query("\xe2\x80\x8f-kind\xe2\x80\x8e schuld", "-kind & schuld");    /* marks for the direction change nothing */
        query("-\xe2\x80\xabkind schuld", "-kind & schuld");
        query("\xff-kind \xe2\x80", "kind");
        query("schuld\xff\"\xc3\" kind", "schuld & kind");
        char *big = arena_alloc(&arena, 80000);
        for (size_t i = 0; i < 10000; i++)
                memcpy(big + i * 8, "-schuld\"", 8);
        assert_int_equal(analyse_query(an, &arena, (struct str) { big, 80000 }).n, QUERY_WORDS_MAX);
        memset(big, '"', 80000);
        assert_int_equal(analyse_query(an, &arena, (struct str) { big, 80000 }).n, 0);
        for (size_t i = 0; i < 26666; i++)
                memcpy(big + i * 3, "\xe2\x80\x98", 3);         /* each could open, none closes */
        assert_int_equal(analyse_query(an, &arena, (struct str) { big, 79998 }).n, 0);
        memset(big, '-', 80000);
        assert_int_equal(analyse_query(an, &arena, (struct str) { big, 80000 }).n, 0);
        for (size_t i = 0; i < 20000; i++)
                memcpy(big + i * 4, "het ", 4);
        memcpy(big + 79000, "schuld ", 7);              /* past the bytes that count */
        assert_int_equal(analyse_query(an, &arena, (struct str) { big, 80000 }).n, 0);
}

/* Does a document with TEXT answer QUESTION? What an index does: one alternative of every word, wholly present. */
static bool answers(const char *text, const char *question) {
        struct terms t = analyse_text(an, &arena, str_of(text));
        struct query q = analyse_query(an, &arena, str_of(question));
        bool all = q.n > 0;
        for (size_t w = 0; w < q.n; w++) {
                bool any = false;
                for (size_t k = 0; k < q.v[w].n; k++) {
                        size_t present = 0;
                        for (size_t j = 0; j < q.v[w].v[k].n; j++) {
                                size_t i = 0;
                                while (i < t.n && !str_eq(t.v[i].text, q.v[w].v[k].terms[j]))
                                        i++;
                                present += i < t.n;
                        }
                        any = any || present == q.v[w].v[k].n;
                }
                all = all && any;
        }
        return all;
}

static void test_finding(void **state) {
        (void) state;
        need_dictionary();
        assert_true(answers("de regeling van schulden", "schuldregeling"));
        assert_true(answers("een schuldregeling", "schuld regeling"));
        assert_true(answers("twee schuldregelingen", "schuldregeling"));
        assert_true(answers("schuldsanering duurt 18 maanden", "wsnp"));
        assert_true(answers("de Wsnp", "wettelijk traject"));
        assert_true(answers("hulp aan zelfstandigen", "zzp'er"));
        assert_true(answers("schuldhulpverlening", "hulpverlening"));
        assert_true(answers("kinderen in armoede", "kinderarmoede"));
        assert_true(answers("aanbod van 0%", "0%-aanbod"));
        assert_true(answers("Stuur een e-mail", "email"));
        assert_true(answers("Stuur een email", "e-mails"));
        assert_true(answers("De gemeente heeft 3 regio's", "regio gemeenten"));
        assert_false(answers("regeling van het verkeer", "schuldregeling"));
}

static void test_noise(void **state) {
        (void) state;
        need_dictionary();
        static const char signs[] = "aeioustn-'.%0 1\"\xc3\xab\xe2\x80\x99\x98\xff";
        char text[400];
        srand(3);
        for (int k = 0; k < 5000; k++) {
                size_t n = (size_t) rand() % sizeof text;
                for (size_t i = 0; i < n; i++)
                        text[i] = signs[(size_t) rand() % (sizeof signs - 1)];
                struct terms t = analyse_text(an, &arena, (struct str) { text, n });
                for (size_t i = 0; i < t.n; i++)
                        assert_true(t.v[i].start <= t.v[i].end && t.v[i].end <= n && t.v[i].text.n <= 64 &&
                                    t.v[i].word_start <= t.v[i].start && t.v[i].end <= t.v[i].word_end);
                (void) analyse_query(an, &arena, (struct str) { text, n });
                arena_reset(&arena);
        }
}

static void test_missing(void **state) {
        (void) state;
        struct analyser *none = NULL;
        assert_int_equal(analyser_open("/nergens/nl.dic", TEST_LISTS, &none), ERR_NOT_FOUND);
        assert_int_equal(analyser_open(TEST_DIC, "/nergens", &none), ERR_NOT_FOUND);
        assert_null(none);
        analyser_close(NULL);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_tokens), cmocka_unit_test(test_text), cmocka_unit_test(test_separable_verbs), cmocka_unit_test(test_query),
                cmocka_unit_test(test_phrase), cmocka_unit_test(test_exclusion), cmocka_unit_test(test_odd_questions),
                cmocka_unit_test(test_finding), cmocka_unit_test(test_noise), cmocka_unit_test(test_missing),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
