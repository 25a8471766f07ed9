#include "harness.h"
#include <sodium.h>
#include <string.h>
#include "admin.h"
#include "audit.h"
#include "people_session.h"
#include "schema.h"

static const struct route *const tables[] = { admin_routes, organisation_routes, NULL };

static void places(struct db *db) {
        test_script(db, "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on) VALUES "
                        "('GM0034', 'Almere', 'almere', 'almere', 'PV24', 'Flevoland', '1984-01-01'),"
                        "('GM0147', 'Borne', 'borne', 'borne', 'PV23', 'Overijssel', '1811-01-01'),"
                        "('GM0893', 'Bergen (L.)', 'bergen-l', 'bergen (l.)', 'PV31', 'Limburg', '1811-01-01'),"
                        "('GM0373', 'Bergen (NH.)', 'bergen-nh', 'bergen (nh.)', 'PV27', 'Noord-Holland', '1978-01-01'),"
                        "('GM0518', '''s-Gravenhage', 's-gravenhage', '''s-gravenhage', 'PV28', 'Zuid-Holland', '1811-01-01')");
        test_script(db, "INSERT INTO municipality_year(municipality_id, year, inhabitants) SELECT id, 2025, 1000 FROM municipality");
        test_script(db, "INSERT INTO municipality_alias(municipality_id, alias) SELECT id, 'Den Haag' FROM municipality WHERE code = 'GM0518'");
        test_script(db, "INSERT INTO municipality_alias(municipality_id, alias) SELECT id, 'Bergen' FROM municipality "
                        "WHERE code IN ('GM0893', 'GM0373')");
}

static struct req command(struct desk *d) {
        return (struct req) { .arena = &d->s->arena, .db = d->db, .app = &d->site, .now_ms = d->now, .id = S("test"), .idempotency = S(""),
                              .path = S("") };
}

static int64_t organisation(struct desk *d, struct str name, struct str kind, struct str place) {
        int64_t id = 0;
        assert_int_equal(organisation_make(d->db, &d->s->arena, &(struct organisation_new) {
                .name = name, .kind = kind, .places = &place, .places_n = place.n > 0 }, d->now, &id), OK);
        return id;
}

int64_t desk_person(struct desk *d, const char *name, const char *role, int64_t at) {
        struct req rq = command(d);
        int64_t id = 0;
        assert_int_equal(db_begin(d->db), OK);
        assert_int_equal(person_make(d->db, &d->s->arena, str_fmt(&d->s->arena, "%s@demo.invalid", name), str_of(name), false, true, d->now,
                                     &id), OK);
        if (*role)
                assert_int_equal(role_give(&rq, id, role_find(str_of(role)), at), OK);
        assert_int_equal(db_commit(d->db), OK);
        return id;
}

int64_t desk_role(struct desk *d, int64_t person, const char *role, int64_t at) {
        struct role_once_row row = { 0 };
        bool found = false;
        assert_int_equal(role_once(d->db, &d->s->arena, person, str_of(role), at, &row, &found), OK);
        return found ? row.id : 0;
}

int64_t desk_ask(struct desk *d, int64_t person, const char *role, int64_t at) {
        struct req rq = command(d);
        bool granted = true;
        assert_int_equal(db_begin(d->db), OK);
        assert_int_equal(role_ask(&rq, person, role_find(str_of(role)), at, &granted), OK);
        assert_int_equal(db_commit(d->db), OK);
        assert_false(granted);
        return desk_role(d, person, role, at);
}

struct desk *desk_open(struct test_store *s) {
        struct desk *d = arena_alloc(&s->arena, sizeof *d);
        *d = (struct desk) { .s = s, .now = NOW, .site.origin = S("https://schouders.example") };
        assert_int_not_equal(sodium_init(), -1);
        memset(d->keys.master, 7, sizeof d->keys.master);
        d->installation = (struct installation) { .store = s->postgres ? S("") : s->url, .keys_file = S("/nergens/secret.key"),
                                                  .data = S("/nergens"), .rooms = tables };
        d->site.keys = &d->keys;
        d->site.installation = &d->installation;
        d->db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(d->db), OK);
        places(d->db);
        d->a = organisation(d, S("Gemeente Almere"), S("gemeente"), S("GM0034"));
        d->b = organisation(d, S("Gemeente Borne"), S("gemeente"), S("GM0147"));
        d->bureau = organisation(d, S("Programmabureau"), S("programmabureau"), S(""));
        d->admin = desk_person(d, "ada", "beheerder", d->bureau);
        d->programme = desk_person(d, "pien", "programmamanager", d->bureau);
        d->manager_a = desk_person(d, "anna", "organisatiebeheerder", d->a);
        d->manager_b = desk_person(d, "bart", "organisatiebeheerder", d->b);
        d->member_a = desk_person(d, "mo", "trainer", d->a);
        d->advisor_a = desk_person(d, "bea", "beleidsadviseur", d->a);
        return d;
}

void desk_done(struct desk **d) {
        db_close((*d)->db);
}

/* Signs in, as another request does before. */
static void sign_in(struct desk *d, struct req *rq, int64_t person, int level) {
        struct req first = command(d);
        struct resp rs = { 0 };
        assert_int_equal(db_begin(d->db), OK);
        assert_int_equal(session_start(&first, &rs, person, level, S("wachtwoord")), OK);
        assert_int_equal(db_commit(d->db), OK);
        assert_int_equal(people_identify(rq, rs.cookie[COOKIE_SESSION].value), OK);
        assert_int_equal(rq->viewer.person_id, person);
}

static enum err may_call(struct req *rq) {
        if (rq->route->access == ACCESS_PUBLIC)
                return OK;
        if (!rq->viewer.person_id)
                return ERR_DENIED;
        return rq->route->access == ACCESS_RIGHT ? people_permit(rq) : OK;
}

struct reply desk_ask_as(struct desk *d, int64_t person, int level, const char *path, const char *form) {
        struct req rq = command(d);
        rq.idempotency = form ? str_fmt(&d->s->arena, "form-%d", d->sends++) : S("");
        if (person)
                sign_in(d, &rq, person, level);
        return reply_at(&(struct door) { tables, may_call }, &rq, path, form);
}

struct reply desk_get(struct desk *d, int64_t person, const char *path) {
        return desk_ask_as(d, person, 2, path, NULL);
}

struct reply desk_post(struct desk *d, int64_t person, const char *path, const char *form) {
        return desk_ask_as(d, person, 2, path, form);
}

int64_t desk_number(struct desk *d, const char *sql) {
        return test_number(d->db, sql);
}

int64_t desk_trail(struct desk *d, const char *action) {
        struct audit_filter f = { .action = str_of(action), .limit = 100 };
        struct audit_items l;
        assert_int_equal(audit_search(d->db, &d->s->arena, &f, &l), OK);
        return (int64_t) l.n;
}
