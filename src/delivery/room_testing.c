/* room_testing.c - see room_testing.h. */
#include "room_testing.h"
#include "benchmark_delivered.h"
#include "delivery.h"

void town(struct town *t, void **state) {
        *t = (struct town) { .period = S("2026-Q3") };
        house_open(&t->h, state);
        t->h.site.is_demo = true;
        t->h.site.origin = S("https://schouders.example");
        test_script(t->h.db, "INSERT INTO municipality(id, code, name, slug, sort_key, province_code, province, begins_on) VALUES"
                " (1, 'GM0034', 'Almere', 'almere', 'almere', 'PV24', 'Flevoland', '1984-01-01'), (2, 'GM0599', 'Rotterdam', 'rotterdam', 'rotterdam', 'PV28', 'Zuid-Holland', '1500-01-01');");
        test_script(t->h.db, "INSERT INTO indicator(code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity, phase, theme, scope,"
                " period_kind, source, source_url, licence, note, note_html, fictitious) VALUES"
                " ('SHV01', 'shv01', 1, 'Aanmeldingen', 'd', 'trajecten', 'inwoners', 'per 1.000 inwoners', 'rate', 1, 'none', '', 'hulp', 'municipality', 'k', 's', '', '', '', '', 1),"
                " ('SHV03', 'shv03', 2, 'Binnen vier weken gesproken', 'd', 'binnen 28 dagen', 'gesprekken', 'procent', 'proportion', 0, 'higher', '', 'hulp', 'municipality', 'k', 's', '', '', '', '', 1),"
                " ('SHV18', 'shv18', 3, 'Formatie schuldhulp', 'd', 'fte', 'inwoners', 'per 10.000 inwoners', 'amount', 2, 'none', '', 'hulp', 'municipality', 'k', 's', '', '', '', '', 1);"
                "INSERT INTO indicator_version(indicator_code, version, owner, review_on, delivery, aggregation, name, definition, numerator_text, denominator_text) VALUES"
                " ('SHV01', 1, 'o', '2027-01-01', 'quarter', 'ratio', 'Aanmeldingen', 'd', 'trajecten', 'inwoners op 1 januari'),"
                " ('SHV03', 1, 'o', '2027-01-01', 'quarter', 'ratio', 'Binnen vier weken gesproken', 'd', 'binnen 28 dagen', 'gesprekken'),"
                " ('SHV18', 1, 'o', '2027-01-01', 'year', 'ratio', 'Formatie schuldhulp', 'd', 'fte', 'inwoners op 1 januari');"
                "INSERT INTO indicator_choice(indicator_code, version, code, position, question, answers) VALUES ('SHV03', 1, 'gesprek', 1, 'Wat telt als gesprek?', 'intake | telefoon')");
        const struct str places[] = { S("GM0034") };
        assert_int_equal(organisation_make(t->h.db, &t->h.s->arena, &(struct organisation_new) { .name = S("Gemeente Almere"), .kind = S("gemeente"), .places = places, .places_n = 1 },
                                           NOW, &t->almere), OK);
        t->jo = somebody_with(&t->h, "jo", "aanleveraar", t->almere);
        t->kim = somebody_with(&t->h, "kim", "aanleveraar", t->almere);
        t->mo = somebody_with(&t->h, "mo", "beleidsadviseur", t->almere);
        assert_int_equal(TX(&t->h, benchmark_put_participant(t->h.db, true, (struct participant) { S("GM0034"), 20251, 0 })), OK);
}

void town_close(struct town *t) {
        house_close(&t->h);
}

static enum err permit(struct req *rq) {
        return rq->route->access == ACCESS_RIGHT ? people_permit(rq) : OK;
}

struct reply ask(struct town *t, int64_t who, enum method method, const char *pattern, struct str last, struct str fields, struct str body, struct str bearer) {
        static const struct route *const tables[] = { delivery_routes, delivery_office_routes, delivery_release_routes, delivery_api_routes, NULL };
        struct req rq = who ? request_of(&t->h, sign_in(&t->h, who, 2, TODAY), TODAY) : request(&t->h, TODAY);
        rq.path = S("");
        rq.param[0] = S("gemeente-almere"), rq.param[1] = S("almere"), rq.param[2] = t->period, rq.param[3] = last;
        rq.idempotency = str_fmt(&t->h.s->arena, "once-%d", ++t->sent);
        rq.body = body;
        rq.bearer = bearer;
        return reply_of(&(struct door) { tables, permit }, &rq, method, pattern, str_z(&t->h.s->arena, fields));
}

int64_t count(struct town *t, const char *sql) {
        return test_number(t->h.db, sql);
}
