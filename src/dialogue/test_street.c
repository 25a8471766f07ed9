#include "test_street.h"
#include "keys.h"
#include "people.h"
#include "schema.h"

static struct keys keys = { { 7, 7, 7 } };
static const struct kept *const kept_lists[] = { people_kept, dialogue_kept, NULL };
struct site site = { .keys = &keys, .origin = S_INIT("https://schouders.example"), .kept = kept_lists };


static int64_t person(struct street *x, const char *name) {
        int64_t id = 0;
        struct str email = str_fmt(&x->s->arena, "%s@werk.example", name);
        assert_int_equal(person_make(x->db, &x->s->arena, email, str_of(name), false, true, NOW, &id), OK);
        return id;
}

struct street street(void **state) {
        struct street x = { .s = test_store(state), .now_ms = NOW, .client = 1 };
        x.db = test_open(x.s, DB_WRITE);
        assert_int_equal(schema_migrate(x.db), OK);
        x.jo = person(&x, "Jo");
        x.kim = person(&x, "Kim");
        x.mo = person(&x, "Mo");
        x.ed = person(&x, "Ed");
        test_script(x.db, "INSERT INTO item(id, slug, title, sort_key, kind, kind_label, summary, also, phase_labels, owner, warning, updated_on, review_on,"
                " uses, used, details, state, version, withdrawn_on, withdrawn_why) VALUES (1, 'eropaf', 'Vroeg Eropaf', 'eropaf', 'interventie', 'Aanpak',"
                " 'Kort.', '', 'Nazorg', '', '', '2026-01-01', '2027-01-01', 0, 0, 0, 'published', 1, '', '');"
                "INSERT INTO item_term(item_id, position, list, code, label, updated_on) VALUES (1, 0, 'thema', 'stress', 'Stress', '2026-01-01')");
        test_script(x.db, x.s->postgres ? "INSERT INTO term VALUES ('thema', 'stress', 'Stress', 1, ''::bytea)"
                                        : "INSERT INTO term VALUES ('thema', 'stress', 'Stress', 1, x'')");
        return x;
}

static uint64_t rights_of(const struct street *x, int64_t who) {
        return who == x->mo ? RIGHT_MODERATE : who == x->ed ? RIGHT_MODERATE | RIGHT_EDIT : 0;
}

static const struct route *const tables[] = { dialogue_routes, dialogue_desk_routes, NULL };
static const struct door door = { .tables = tables };

static struct req request_of(struct street *x, int64_t who) {
        return (struct req) { .arena = &x->s->arena, .db = x->db, .now_ms = x->now_ms, .app = &site, .client = x->client,
                              .idempotency = str_fmt(&x->s->arena, "once-%d", ++x->sent),
                              .viewer = { .person_id = who, .name = S("Jo"), .rights = rights_of(x, who) } };
}

struct reply ask(struct street *x, int64_t who, enum method method, const char *pattern, const char *param, const char *fields) {
        struct req rq = request_of(x, who);
        rq.param[0] = str_of(param);
        return reply_of(&door, &rq, method, pattern, fields);
}

struct reply visit(struct street *x, int64_t who, const char *address, const char *form) {
        struct req rq = request_of(x, who);
        return reply_at(&door, &rq, address, form);
}

int64_t newest(struct street *x) {
        return test_number(x->db, "SELECT max(id) FROM post");
}

const char *number(struct street *x, int64_t id) {
        return str_fmt(&x->s->arena, "%lld", (long long) id).p;
}

int64_t asked(struct street *x, int64_t who, const char *title) {
        struct reply r = ask(x, who, POST, "/kennis/{slug}/praktijk/vraag", "eropaf", str_fmt(&x->s->arena, "titel=%s&tekst=Uitleg" WHO "&post=ja", title).p);
        assert_int_equal(r.e, OK);
        return newest(x);
}

int64_t answered(struct street *x, int64_t who, int64_t question, const char *text) {
        struct reply r = ask(x, who, POST, "/vragen/{vraag}/antwoord", number(x, question), str_fmt(&x->s->arena, "tekst=%s" WHO "&post=ja", text).p);
        assert_int_equal(r.e, OK);
        return newest(x);
}

int64_t stand(struct street *x, int64_t id) {
        return test_number(x->db, str_fmt(&x->s->arena, "SELECT stand FROM post WHERE id = %d", (int) id).p);
}

bool is(struct street *x, int64_t id, const char *state) {
        return test_number(x->db, str_fmt(&x->s->arena, "SELECT count(*) FROM post WHERE id = %d AND state = '%s'", (int) id, state).p) == 1;
}

struct reply decide(struct street *x, int64_t moderator, int64_t id, const char *what) {
        return ask(x, moderator, POST, "/beheer/moderatie/{id}", number(x, id), str_fmt(&x->s->arena, "doe=%s&stand=%d", what, (int) stand(x, id)).p);
}

struct reply page_of_question(struct street *x, int64_t who, int64_t id) {
        struct reply r = ask(x, who, GET, "/vragen/{vraag}", number(x, id), "");
        if (r.rs.status != 301)
                return r;
        struct str ref = str_sub(r.rs.location, sizeof "/vragen/" - 1, r.rs.location.n);
        return ask(x, who, GET, "/vragen/{vraag}", str_z(&x->s->arena, ref), "");
}

int64_t mails(struct street *x, const char *kind) {
        return test_number(x->db, str_fmt(&x->s->arena, "SELECT count(*) FROM mail_outbox WHERE kind = '%s'", kind).p);
}

void trusted(struct street *x, int64_t who) {
        for (int i = 0; i < 3; i++)
                test_script(x->db, str_fmt(&x->s->arena, "INSERT INTO post(item_id, kind, title, body, needed, result, html, organisation, size, again, offered,"
                        " person_id, role, mail, state, stand, desk, looked, created_ms, shown_ms, reason, remark, closed, idempotency) VALUES (1, 'ervaring',"
                        " 'Eerder', 'x', 'x', '', 'x', '', '', 'ja', 0, %d, '', 0, 'visible', 0, 0, 0, %lld, 1, '', '', 0, 'old-%d-%d')", (int) who,
                        (long long) (NOW - 8 * DAY), (int) who, i).p);
}
