/* What the page about security says for which facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "findings.h"

#define NOW ((int64_t) 1790000000000)
#define MINUTE ((int64_t) 60000)
#define DAY (24 * 60 * MINUTE)

/* An installation without a weak spot. */
static struct safety_facts good(void) {
        return (struct safety_facts) {
                .now_ms = NOW, .origin = S("https://schouders.example"), .has_origin = true, .behind_proxy = true, .can_send = true,
                .administrators = 2, .is_postgres = true, .is_closed = true, .backup_ms = NOW - DAY, .database_ms = NOW + 20000,
                .newest_ms = NOW, .mail_waiting = 50, .disk_free = (int64_t) 20 << 30, .disk_size = (int64_t) 40 << 30,
                .trail_ms = NOW - DAY };
}

static struct findings findings(struct arena *a, struct safety_facts f) {
        struct findings l;
        safety_findings(a, &f, &l);
        return l;
}

/* FACTS of an installation that is fine otherwise give this finding alone. */
static void gives(struct safety_facts f, enum weight w, const char *title) {
        struct arena a = { 0 };
        struct findings l = findings(&a, f);
        if (l.n != 1 || l.v[0].weight != w || !str_eq(l.v[0].title, str_of(title)))
                fail_msg("%zu findings for '%s', first '%.*s'", l.n, title, l.n ? (int) l.v[0].title.n : 0, l.n ? l.v[0].title.p : "");
        assert_true(l.v[0].why.n > 0 && l.v[0].mend.n > 0);
        arena_done(&a);
}
#define GIVES(weight, title, ...) do { struct safety_facts f = good(); __VA_ARGS__; gives(f, weight, title); } while (0)

static void nothing_weak_gives_nothing(void **state) {
        (void) state;
        struct arena a = { 0 };
        assert_int_equal(findings(&a, good()).n, 0);
        struct safety_facts f = good();
        f.is_postgres = f.is_closed = false;            /* SQLite closes its tables by itself */
        f.newest_ms = NOW + MINUTE;
        f.disk_size = f.disk_free = 0;                  /* unknown */
        assert_int_equal(findings(&a, f).n, 0);
        arena_done(&a);
}

static void each_weakness_is_told(void **state) {
        (void) state;
        static const struct str who = S_INIT("Jo (Beheerder)");
        GIVES(WEIGHT_DANGER, "Het spoor van wijzigingen is niet heel", f.trail_broken = true);
        GIVES(WEIGHT_NOTICE, "Het spoor is de laatste twee dagen niet gecontroleerd", f.trail_ms = NOW - 2 * DAY - 1);
        GIVES(WEIGHT_NOTICE, "Het spoor is de laatste twee dagen niet gecontroleerd", f.trail_ms = 0);
        GIVES(WEIGHT_DANGER, "Anderen op deze server kunnen het sleutelbestand lezen, of het is weg", f.keys_shared = true);
        GIVES(WEIGHT_DANGER, "De site werkt zonder https", f.origin = S("http://schouders.example"));
        GIVES(WEIGHT_WEAK, "Het adres van de site is niet ingesteld", f.has_origin = false; f.behind_proxy = false);
        GIVES(WEIGHT_WEAK, "Schouders weet niet dat er een webserver voor staat", f.behind_proxy = false);
        GIVES(WEIGHT_DANGER, "Er is geen beheerder", f.administrators = 0);
        GIVES(WEIGHT_WEAK, "Er is maar één beheerder", f.administrators = 1);
        GIVES(WEIGHT_WEAK, "Mensen met een zware rol hebben nog geen tweede stap", f.single = &who; f.single_n = 1);
        GIVES(WEIGHT_WEAK, "Het sleutelbestand staat in dezelfde map als de database", f.keys_beside_store = true);
        GIVES(WEIGHT_WEAK, "De database laat elk onderdeel bij alle tabellen", f.is_closed = false);
        GIVES(WEIGHT_WEAK, "Er is geen reservekopie van de laatste dag", f.backup_ms = 0);
        GIVES(WEIGHT_WEAK, "Er is geen reservekopie van de laatste dag", f.backup_ms = NOW - 2 * DAY);
        GIVES(WEIGHT_WEAK, "De klok van deze server en die van de database lopen niet gelijk", f.database_ms = NOW - 31000);
        GIVES(WEIGHT_WEAK, "De klok van deze server is teruggezet", f.newest_ms = NOW + MINUTE + 1);
        GIVES(WEIGHT_WEAK, "Er is geen mailserver ingesteld", f.can_send = false; f.mail_kept = 3);
        GIVES(WEIGHT_WEAK, "Er is e-mail die niet aankwam", f.mail_kept = 1);
        GIVES(WEIGHT_WEAK, "Er is e-mail die niet aankwam", f.mail_dead = 1);
        GIVES(WEIGHT_WEAK, "Er is e-mail die niet aankwam", f.mail_waiting = 51);
        GIVES(WEIGHT_WEAK, "Er is werk op de achtergrond mislukt", f.jobs_dead = 1);
        GIVES(WEIGHT_WEAK, "De schijf is bijna vol", f.disk_free = (int64_t) 1 << 30);
        GIVES(WEIGHT_WEAK, "De schijf is bijna vol", f.disk_size = (int64_t) 1 << 30; f.disk_free = (int64_t) 500 << 20);
        GIVES(WEIGHT_NOTICE, "Dit is een demo", f.is_demo = true);
}

static void heaviest_comes_first(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct findings l = findings(&a, (struct safety_facts) { .now_ms = NOW, .database_ms = NOW, .is_demo = true, .keys_shared = true });
        assert_true(l.n > 4 && l.v[0].weight == WEIGHT_DANGER && l.v[l.n - 1].weight == WEIGHT_NOTICE);
        for (size_t i = 1; i < l.n; i++)
                assert_true(l.v[i - 1].weight <= l.v[i].weight);
        arena_done(&a);
}

static void text_names_who_and_when(void **state) {
        (void) state;
        struct arena a = { 0 };
        static const struct str who[] = { S_INIT("Jo (Beheerder)"), S_INIT("Kim (Beoordelaar)") };
        struct safety_facts f = good();
        f.single = who;
        f.single_n = 2;
        assert_true(str_ends(findings(&a, f).v[0].why, S("Het gaat om: Jo (Beheerder), Kim (Beoordelaar).")));
        f = good();
        f.backup_ms = NOW - 2 * DAY;
        assert_true(str_starts(findings(&a, f).v[0].why, S("De laatste was op 19 september 2026, 16:13 uur.")));
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(nothing_weak_gives_nothing), cmocka_unit_test(each_weakness_is_told),
                cmocka_unit_test(heaviest_comes_first), cmocka_unit_test(text_names_who_and_when),
        };
        return cmocka_run_group_tests_name("admin-findings", tests, NULL, NULL);
}
