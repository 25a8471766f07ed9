/* room_testing.c - see room_testing.h. */
#include "room_testing.h"
#include <string.h>
#include "benchmark_delivered.h"
#include "delivery.h"
#include "fields.h"

void town(struct town *t, void **state) {
        *t = (struct town) { 0 };
        house_open(&t->h, state);
        t->h.site.is_demo = true;
        t->h.site.origin = S("https://schouders.example");
        test_script(t->h.db, "INSERT INTO municipality(id, code, name, slug, sort_key, province_code, province, begins_on) VALUES"
                " (1, 'GM0034', 'Almere', 'almere', 'almere', 'PV24', 'Flevoland', '1984-01-01'), (2, 'GM0599', 'Rotterdam', 'rotterdam', 'rotterdam', 'PV28', 'Zuid-Holland', '1500-01-01');");
        test_script(t->h.db, "INSERT INTO indicator(code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity, phase, theme, scope,"
                " period_kind, source, source_url, licence, note, note_html, fictitious) VALUES"
                " ('SHV01', 'shv01', 1, 'Aanmeldingen', 'd', 'trajecten', 'inwoners', 'per 1.000 inwoners', 'rate', 1, 'none', '', 'hulp', 'municipality', 'k', 's', '', '', '', '', 1),"
                " ('SHV03', 'shv03', 2, 'Binnen vier weken gesproken', 'd', 'binnen 28 dagen', 'gesprekken', 'procent', 'proportion', 0, 'higher', '', 'hulp', 'municipality', 'k', 's', '', '', '', '', 1);"
                "INSERT INTO indicator_version(indicator_code, version, owner, review_on, delivery, aggregation, name, definition, numerator_text, denominator_text) VALUES"
                " ('SHV01', 1, 'o', '2027-01-01', 'quarter', 'ratio', 'Aanmeldingen', 'd', 'trajecten', 'inwoners op 1 januari'),"
                " ('SHV03', 1, 'o', '2027-01-01', 'quarter', 'ratio', 'Binnen vier weken gesproken', 'd', 'binnen 28 dagen', 'gesprekken');"
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

static const struct route *route_of(enum method method, const char *pattern) {
        const struct route *const tables[] = { delivery_routes, delivery_office_routes, delivery_release_routes, delivery_api_routes };
        for (size_t i = 0; i < 4; i++)
                for (const struct route *r = tables[i]; r->pattern; r++)
                        if (r->method == method && !strcmp(r->pattern, pattern))
                                return r;
        fail_msg("no route %s", pattern);
        return NULL;
}

/* One request of WHO, as the server does it: the right first. */
struct reply ask(struct town *t, int64_t who, enum method method, const char *pattern, struct str last, struct str fields, struct str body, struct str bearer) {
        struct req rq = who ? request_of(&t->h, sign_in(&t->h, who, 2, TODAY), TODAY) : request(&t->h, TODAY);
        struct reply r = { .rs.status = 200 };
        struct str message, csrf;
        rq.method = method;
        rq.route = route_of(method, pattern);
        rq.path = str_of(pattern);
        rq.query = rq.csrf = S("");
        rq.param[0] = S("gemeente-almere"), rq.param[1] = S("almere"), rq.param[2] = S("2026-3"), rq.param[3] = last;
        rq.idempotency = str_fmt(&t->h.s->arena, "once-%d", ++t->sent);
        rq.body = body;
        rq.bearer = bearer;
        assert_int_equal(fields_read(&rq, fields, &message, &csrf), OK);
        if (method == POST)
                assert_int_equal(db_begin(t->h.db), OK);
        r.e = rq.route->access == ACCESS_RIGHT ? people_permit(&rq) : OK;
        if (r.e == OK)
                r.e = rq.route->run(&rq, &r.rs);
        if (method == POST && r.e == OK)
                assert_int_equal(db_commit(t->h.db), OK);
        else if (method == POST)
                db_rollback(t->h.db);
        r.html = str_dup(&t->h.s->arena, buf_view(&r.rs.body));
        buf_done(&r.rs.body);
        return r;
}

bool has(struct reply r, const char *text) {
        return str_find(r.html, str_of(text)) < r.html.n;
}

int64_t count(struct town *t, const char *sql) {
        return test_number(t->h.db, sql);
}
