#include "learn_testing.h"
#include "keys.h"
#include "memo.h"
#include "people_mail.h"

static struct keys keys = { { 7, 7, 7 } };
static struct site site = { .keys = &keys, .origin = S_INIT("https://schouders.example") };
static struct memo memo;

void learn_memo(bool on) {
        site.memo = on ? &memo : NULL;
}

double numerator_of(int place, int q, int drop) {
        double share = place == 1 ? 60 : 28 + place;
        return share * 4 + q % 2 + place % 3 - (place == 1 && q >= 4 ? drop : 0);
}

void deliver(struct town *x, int drop) {
        struct delivered *d = arena_many(&x->s->arena, struct delivered, PLACES * QUARTERS);
        struct release_request request = { .through = 20263, .note = S("Test"), .threads = 1 };
        int64_t id;
        size_t n = 0;
        for (int i = 1; i <= PLACES; i++)
                for (int q = 0; q < QUARTERS; q++)
                        d[n++] = (struct delivered) { S("SHV10"), str_fmt(&x->s->arena, "GM%04d", i), S(""), (2024 + q / 4) * 10 + q % 4 + 1, numerator_of(i, q, drop), 400,
                                                      (double) NAN, i == PLACES - 4 ? S("telt=nee") : S("telt=ja"), i == 2 ? S("Wij bellen aan.") : S("") };
        assert_int_equal(db_begin(x->db), OK);
        for (int i = 1; i <= PLACES; i++)
                assert_int_equal(benchmark_put_participant(x->db, false, (struct participant) { str_fmt(&x->s->arena, "GM%04d", i), 20241, 0 }), OK);
        assert_int_equal(benchmark_put_delivered(x->db, &x->s->arena, false, d, n, NOW), OK);
        assert_int_equal(benchmark_release(x->db, &x->s->arena, &request, NOW, &id), OK);
        assert_int_equal(db_commit(x->db), OK);
}

static void figures(struct town *x) {
        test_script(x->db, "INSERT INTO indicator(code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity, phase, theme, scope,"
                " period_kind, source, source_url, licence, note, note_html, fictitious) VALUES ('SHV10', 'shv10', 1, 'Uitval', 'd', 't', 'n', 'procent', 'proportion', 0,"
                " 'lower', '', 'hulp', 'municipality', 'kalenderjaar', 'Test', '', '', '', '', 0);"
                "INSERT INTO indicator_version(indicator_code, version, owner, review_on, delivery, aggregation, name, definition, numerator_text, denominator_text)"
                " VALUES ('SHV10', 1, 'Test', '2027-01-01', 'quarter', 'ratio', 'Uitval', 'd', 't', 'n');"
                "INSERT INTO indicator_choice(indicator_code, version, code, position, question, answers) VALUES ('SHV10', 1, 'telt', 1, 'Telt een gesprek mee?', 'ja | nee')");
        for (int i = 1; i <= PLACES; i++)
                test_script(x->db, str_fmt(&x->s->arena, "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on, ends_on) VALUES ('GM%04d', 'Plaats %d', 'plaats-%d',"
                        " 'plaats %02d', 'PV1', 'Test', '2016-01-01', NULL)", i, i, i, i).p);
        test_script(x->db, "INSERT INTO municipality_year(municipality_id, year, inhabitants, households) SELECT id, year, 10000, 5000 FROM municipality,"
                " (SELECT 2024 AS year UNION SELECT 2025 UNION SELECT 2026) y");
        for (int j = 2; j <= 16; j++)
                test_script(x->db, str_fmt(&x->s->arena, "INSERT INTO peer(region, rank, peer_region, distance) VALUES ('GM0001', %d, 'GM%04d', %d.5)", j - 1, j, j).p);
}

int64_t organisation(struct town *x, const char *name, const char *place) {
        int64_t id = 0;
        struct str at = str_of(place);
        struct organisation_new o = { .name = str_of(name), .kind = S("gemeente"), .places = &at, .places_n = 1 };
        assert_int_equal(organisation_make(x->db, &x->s->arena, &o, NOW, &id), OK);
        return id;
}

int64_t adviser(struct town *x, const char *name, int64_t at) {
        int64_t id = 0;
        struct req rq = { .arena = &x->s->arena, .db = x->db, .app = &site, .now_ms = NOW, .id = S("test") };
        assert_int_equal(person_make(x->db, &x->s->arena, str_fmt(&x->s->arena, "%s@werk.example", name), str_of(name), false, true, NOW, &id), OK);
        assert_int_equal(db_begin(x->db), OK);
        assert_int_equal(role_give(&rq, id, role_find(S("beleidsadviseur")), at), OK);
        assert_int_equal(db_commit(x->db), OK);
        return id;
}

struct town town_with(void **state, int drop) {
        struct town x = { .s = test_store(state) };
        memo_init(&memo);
        learn_memo(true);
        x.db = test_open(x.s, DB_WRITE);
        assert_int_equal(schema_migrate(x.db), OK);
        figures(&x);
        test_script(x.db, "INSERT INTO item(id, slug, title, sort_key, kind, kind_label, summary, also, phase_labels, owner, warning, updated_on, review_on,"
                " uses, used, details, state, version, withdrawn_on, withdrawn_why) VALUES (1, 'eropaf', 'Vroeg Eropaf', 'eropaf', 'interventie', 'Aanpak',"
                " 'Kort.', '', 'Nazorg', '', '', '2026-01-01', '2027-01-01', 0, 0, 0, 'published', 1, '', '');"
                "INSERT INTO item_indicator(item_id, indicator_code) VALUES (1, 'SHV10')");
        x.a = organisation(&x, "Eerste", "GM0001");
        x.b = organisation(&x, "Tweede", "GM0002");
        x.ada = adviser(&x, "Ada", x.a);
        x.bea = adviser(&x, "Bea", x.b);
        test_script(x.db, "DELETE FROM mail_outbox");
        deliver(&x, drop);
        return x;
}

struct town town(void **state) {
        return town_with(state, 0);
}

void leave(struct town *x) {
        memo_done(&memo);
        db_close(x->db);
}

struct reply ask(struct town *x, int64_t who, enum method method, const char *pattern, const char *params, const char *fields) {
        static const struct route *const tables[] = { benchlearning_register_routes, benchlearning_rivals_routes, benchlearning_meeting_routes,
                benchlearning_effect_routes, benchlearning_method_routes, benchlearning_study_routes, NULL };
        struct req rq = { .arena = &x->s->arena, .db = x->db, .now_ms = NOW, .app = &site, .viewer = { .person_id = who, .name = S("Ada") },
                          .idempotency = str_fmt(&x->s->arena, "once-%d", ++x->sent) };
        struct str rest = str_of(params);
        for (size_t i = 0; rest.n && i < REQ_PARAMS; i++)
                assert_true(str_split(&rest, ' ', &rq.param[i]));
        return reply_of(&(struct door) { .tables = tables }, &rq, method, pattern, fields);
}
