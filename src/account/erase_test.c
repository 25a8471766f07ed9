/* What is kept of people, what is left when they go, and what the night deletes; on both stores. */
#include "test_house.h"
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include "jobs.h"
#include "people_invitation.h"
#include "people_link.h"
#include "writer.h"

/* Every column of every table of the store, as "table.column". */
struct column { const char *table, *name; };
struct columns { struct column *v; size_t n, cap; };
static struct columns columns(struct house *h) {
        static const struct db_stmt lite = { "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
                "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2", "test:columns", 0 };
        static const struct db_stmt pg = { "SELECT table_name::text, column_name::text FROM information_schema.columns "
                "WHERE table_schema = current_schema() ORDER BY 1, 2", "test:columns", 0 };
        struct columns l = { 0 };
        struct db_rows rows _cleanup_(db_rows_done) = { 0 };
        bool more = false;
        assert_int_equal(db_query(h->db, db_is_postgres(h->db) ? &pg : &lite, NULL, 0, &rows), OK);
        while (db_next(&rows, &more) == OK && more)
                *vec_push(&h->s->arena, &l) = (struct column) { str_z(&h->s->arena, db_str(&rows, 0)), str_z(&h->s->arena, db_str(&rows, 1)) };
        assert_true(l.n > 100);
        return l;
}

static int64_t found_anywhere(struct house *h, const char *needle) {
        struct columns l = columns(h);
        int64_t n = 0;
        for (size_t i = 0; i < l.n; i++)
                n += test_number(h->db, str_fmt(&h->s->arena, db_is_postgres(h->db)
                        ? "SELECT count(*) FROM \"%s\" WHERE strpos(lower(CAST(\"%s\" AS text)), '%s') > 0"
                        : "SELECT count(*) FROM \"%s\" WHERE instr(lower(CAST(\"%s\" AS TEXT)), '%s') > 0", l.v[i].table, l.v[i].name, needle).p);
        return n;
}

/* Something in every table that can hold something of a person. */
static void fill(struct house *h) {
        struct req rq = request_of(h, h->jo);
        char codes[RECOVERY_CODES][RECOVERY_TEXT];
        struct str token;
        password(h, h->jo);
        add_passkey(h, h->jo, "jo-jansen-0123456789");
        recovery_make(codes);
        unsigned char secret[TOTP_SECRET] = { 1 };
        assert_int_equal(credential_totp_start(&rq, h->jo, secret), OK);
        assert_int_equal(credential_recovery_set(&rq, h->jo, codes), OK);
        assert_int_equal(people_set_mail(&rq, h->jo, S(MAIL_ROLE_ASKED), false), OK);
        give(h, h->jo, "vrijwilliger", 0);
        assert_int_equal(link_make(h->db, &h->s->arena, &keys, LINK_ADMINISTRATOR, 0, S("Jo.Jansen@werk.example"), NOW, DAY, &token), OK);
        rq.viewer.person_id = h->kim;
        assert_int_equal(invitation_make(&rq, h->organisation, S("jo.jansen@werk.example"), role_find(S("trainer"))), OK);
        h->jo_session = sign_in(h, h->jo);
        went_to(post(h, h->jo, "/account/e-mail", S("email=jo.jansen@elders.example&huidig=" SECRET)), "/account/gegevens?klaar=mail");
        test_script(h->db, str_fmt(&h->s->arena, "INSERT INTO person_oidc(organisation_id, subject, person_id) VALUES (%lld, 'jo jansen', %lld)",
                                   (long long) h->organisation, (long long) h->jo).p);
}

static void nothing_is_left_of_who_goes(void **state) {
        struct house h = house(state);
        fill(&h);
        h.kim_session = sign_in(&h, h.kim);
        assert_true(found_anywhere(&h, "jansen") > 8);
        int64_t trail = count(&h, "SELECT count(*) FROM audit");
        refused(post(&h, h.jo, "/account/verwijderen", S("huidig=" SECRET)), "Zet een vinkje");
        refused(post(&h, h.jo, "/account/verwijderen", S("zeker=ja&huidig=fout")), "Dit wachtwoord klopt niet");
        struct reply r = post(&h, h.jo, "/account/verwijderen", S("zeker=ja&huidig=" SECRET));
        went_to(r, "/account/verwijderd");
        assert_true(r.rs.cookie[COOKIE_SESSION].is_set && r.rs.cookie[COOKIE_SESSION].value.n == 0);
        assert_int_equal(found_anywhere(&h, "jansen"), 0);
        /* no row that points at the number, but in the trail */
        for (const struct kept *k = people_kept; k->table; k++)
                if (k->erase && strstr(k->columns, "person_id"))
                        assert_int_equal(count(&h, str_fmt(&h.s->arena, "SELECT count(*) FROM %s WHERE person_id = %lld", k->table, (long long) h.jo).p), 0);
        assert_int_equal(count(&h, "SELECT count(*) FROM audit"), trail + 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM person"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM session"), 2);         /* those of Kim */
        db_close(h.db);
}

/* The trail keeps the number of who went: nobody else may get it. */
static void a_number_is_given_once(void **state) {
        struct house h = house(state);
        int64_t last = person(&h, "laatste@werk.example", "De laatste");
        struct req rq = request_of(&h, 0);
        assert_int_equal(people_erase(&rq, last), OK);
        assert_int_equal(people_erase(&rq, last), ERR_NOT_FOUND);
        assert_true(person(&h, "nieuw@werk.example", "Nieuw") > last);
        db_close(h.db);
}

static struct str in_zip(struct house *h, struct str zip, int entries, const char *name) {
        zip_error_t error;
        zip_stat_t st;
        zip_error_init(&error);
        zip_source_t *s = zip_source_buffer_create(zip.p, zip.n, 0, &error);
        zip_t *z = zip_open_from_source(s, ZIP_RDONLY | ZIP_CHECKCONS, &error);
        assert_non_null(z);
        assert_int_equal(zip_get_num_entries(z, 0), entries);
        assert_int_equal(zip_stat(z, name, 0, &st), 0);
        char *p = arena_alloc(&h->s->arena, st.size + 1);
        zip_file_t *f = zip_fopen(z, name, 0);
        assert_non_null(f);
        assert_int_equal(zip_fread(f, p, st.size), st.size);
        zip_fclose(f);
        zip_discard(z);
        zip_error_fini(&error);
        return (struct str) { p, st.size };
}

static void the_download_holds_everything(void **state) {
        struct house h = house(state);
        fill(&h);
        struct reply r = get(&h, h.jo, "/account/mijn-gegevens/bestand", S(""));
        assert_int_equal(r.e, OK);
        assert_string_equal(r.rs.content_type, "application/zip");
        struct str html = in_zip(&h, r.html, 2, "mijn-gegevens.html"), text = in_zip(&h, r.html, 2, "mijn-gegevens.json");
        assert_true(str_find(html, S("Jo.Jansen@werk.example")) < html.n && str_starts(html, S("<!doctype html>")));
        json_t *j = json_loadb(text.p, text.n, 0, NULL);
        assert_non_null(j);
        for (const struct kept *k = people_kept; k->table; k++) {
                if (!k->key)
                        continue;
                if (json_array_size(json_object_get(j, k->key)) == 0)
                        fail_msg("nothing under %s", k->key);
                assert_true(str_find(html, k->what) < html.n);
        }
        assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(j, "account"), 0), "naam")), "Jo Jansen");
        json_decref(j);
        /* no secret, and nothing of somebody else */
        assert_true(str_find(text, S("argon2id")) == text.n && str_find(text, S("Kim")) == text.n && str_find(html, S("Kim")) == html.n);
        r = get(&h, h.jo, "/account/mijn-gegevens", S(""));
        assert_true(has(r, "Jo.Jansen@werk.example") && has(r, "Uw passkeys") && !has(r, "Kim Visser"));
        db_close(h.db);
}

/* A file of OWNER as the store and the disk know it; with BYTES NULL the disk lost it. */
static int64_t sent(struct house *h, int64_t owner, const char *name, const char *bytes) {
        static int files;
        struct str hash = str_fmt(&h->s->arena, "%064d", ++files);
        if (bytes) {
                FILE *f = fopen(str_fmt(&h->s->arena, "%.*s/00/%s", STR(site.files), hash.p + 2).p, "wb");
                assert_true(f && fputs(bytes, f) >= 0 && fclose(f) == 0);
        }
        test_script(h->db, str_fmt(&h->s->arena, "INSERT INTO file(hash, size, kind, media_type, name, is_decorative, person_id, created_ms, see_rights)"
                " VALUES ('%s', %zu, 'pdf', 'application/pdf', '%s', 0, %lld, 1, 0)", hash.p, bytes ? strlen(bytes) : 9, name, (long long) owner).p);
        return count(h, "SELECT max(id) FROM file");
}

static void the_download_holds_the_files_that_were_sent(void **state) {
        struct house h = house(state);
        char folder[] = "/tmp/schouders-files-XXXXXX";
        assert_non_null(mkdtemp(folder));
        site.files = str_of(folder);
        assert_int_equal(mkdir(str_fmt(&h.s->arena, "%s/00", folder).p, 0700), 0);
        int64_t one = sent(&h, h.jo, "verslag.pdf", "%PDF een"), two = sent(&h, h.jo, "verslag.pdf", "%PDF twee");
        sent(&h, h.kim, "van-kim.pdf", "%PDF drie");
        sent(&h, h.jo, "kwijt.pdf", NULL);
        struct reply r = get(&h, h.jo, "/account/mijn-gegevens/bestand", S(""));
        assert_int_equal(r.e, OK);
        assert_true(r.rs.file.is_set && str_eq(r.rs.filename, S("schouders-mijn-gegevens.zip")));
        char *bytes = arena_alloc(&h.s->arena, (size_t) r.rs.file.size);
        assert_int_equal(pread(r.rs.file.fd, bytes, (size_t) r.rs.file.size, 0), r.rs.file.size);
        struct str zip = { bytes, (size_t) r.rs.file.size };
        close(r.rs.file.fd);
        assert_true(str_eq(in_zip(&h, zip, 4, str_fmt(&h.s->arena, "bestand/%lld/verslag.pdf", (long long) one).p), S("%PDF een")));
        assert_true(str_eq(in_zip(&h, zip, 4, str_fmt(&h.s->arena, "bestand/%lld/verslag.pdf", (long long) two).p), S("%PDF twee")));
        assert_true(str_starts(in_zip(&h, zip, 4, "mijn-gegevens.html"), S("<!doctype html>")));
        site.files = S("");
        db_close(h.db);
}

static struct { struct site site; int64_t now_ms; } night;
static int64_t at_night(void *app) {
        (void) app;
        return night.now_ms;
}

/* The job of the night, as if it is NOW_MS. */
static void run_night(struct house *h, int64_t now_ms) {
        static const struct job_kind kinds[] = { RETENTION_JOB, { 0 } };
        struct jobs *j = NULL;
        bool worked;
        struct jobs_config c = { .database = h->s->url, .kinds = kinds, .now = at_night, .app = &night };
        night.site = site;
        night.now_ms = now_ms;
        db_close(h->db);
        assert_int_equal(writer_start(&c.writer, h->s->url, 1), OK);
        assert_int_equal(jobs_open(&j, &c), OK);
        for (int i = 0; i < 2; i++, night.now_ms += DAY)        /* the plan for the night, and then the night */
                do
                        assert_int_equal(jobs_step(j, &worked), OK);
                while (worked);
        jobs_close(j);
        writer_stop(c.writer);
        h->db = test_open(h->s, DB_WRITE);
}

static void one_mail(struct house *h, const char *state, int days) {
        test_script(h->db, str_fmt(&h->s->arena, "INSERT INTO mail_outbox(created_ms, to_address, to_name, kind, subject, text, html, list_unsubscribe, "
                "state, attempts, next_ms, last_error) VALUES (%lld, 'x@y.example', '', 'x', '%s %d', '', '', '', '%s', 0, 0, '')",
                (long long) (NOW + DAY - days * DAY), state, days, state).p);
}

/* Each thing a day younger and a day older than its term; the night runs a day after NOW. */
static void the_night_deletes_what_is_due(void **state) {
        struct house h = house(state);
        struct str token;
        one_mail(&h, "sent", 29), one_mail(&h, "sent", 31), one_mail(&h, "kept", 89), one_mail(&h, "dead", 91), one_mail(&h, "dead", 31);
        assert_int_equal(link_make(h.db, &h.s->arena, &keys, LINK_VERIFY, h.jo, S("oud"), NOW - DAY, DAY, &token), OK);
        assert_int_equal(link_make(h.db, &h.s->arena, &keys, LINK_PASSWORD, h.jo, S("goed"), NOW, 3 * DAY, &token), OK);
        test_script(h.db, str_fmt(&h.s->arena, "INSERT INTO attempt(bucket, failures, last_ms) VALUES ('oud', 1, %lld), ('nieuw', 1, %lld)",
                                  (long long) (NOW - 1), (long long) (NOW + DAY / 2)).p);
        test_script(h.db, str_fmt(&h.s->arena, "INSERT INTO used_once(digest, ends_ms) VALUES ('oud', %lld), ('nieuw', %lld)",
                                  (long long) NOW, (long long) (NOW + 2 * DAY)).p);
        test_script(h.db, str_fmt(&h.s->arena, "UPDATE session SET ends_ms = %lld WHERE person_id = %lld", (long long) NOW, (long long) h.kim).p);
        struct { const char *email; int days; } fresh[] = { { "zes@x.example", 6 }, { "acht@x.example", 8 } };
        for (size_t i = 0; i < 2; i++)
                test_script(h.db, str_fmt(&h.s->arena, "INSERT INTO person(email, email_fold, name, created_ms) VALUES ('%s', '%s', 'Nieuw', %lld)",
                                          fresh[i].email, fresh[i].email, (long long) (NOW + DAY - fresh[i].days * DAY)).p);
        run_night(&h, NOW);
        assert_int_equal(count(&h, "SELECT count(*) FROM mail_outbox WHERE subject IN ('sent 29', 'kept 89', 'dead 31')"), 3);
        assert_int_equal(count(&h, "SELECT count(*) FROM mail_outbox"), 3);
        assert_int_equal(count(&h, "SELECT count(*) FROM link"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM link WHERE detail = 'goed'"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM attempt"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM used_once"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM session"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM person WHERE email LIKE '%@x.example'"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM person WHERE email = 'zes@x.example'"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM audit WHERE action = 'person.erase' AND actor = 'system'"), 1);
        db_close(h.db);
}

/* Warned once, gone a month later; who comes back in between stays. */
static void who_stays_away_is_warned_first(void **state) {
        struct house h = house(state);
        int64_t two_years = 730 * DAY;
        give(&h, h.kim, "beheerder", h.organisation);
        run_night(&h, NOW + two_years - 32 * DAY);
        assert_int_equal(count(&h, "SELECT count(*) FROM person WHERE warned_ms IS NOT NULL"), 0);
        run_night(&h, NOW + two_years - 29 * DAY);
        assert_int_equal(count(&h, "SELECT count(*) FROM person WHERE warned_ms IS NOT NULL"), 2);
        struct str text = mail_to(&h, S("Jo.Jansen@werk.example"));
        assert_true(str_find(text, S("verwijderen wij uw account")) < text.n);
        run_night(&h, NOW + two_years - 1 * DAY);
        assert_int_equal(count(&h, "SELECT count(*) FROM person"), 2);
        assert_int_equal(count(&h, "SELECT count(*) FROM mail_outbox WHERE kind = 'ongebruikt'"), 2);
        run_night(&h, NOW + two_years + 3 * DAY);
        assert_int_equal(count(&h, "SELECT count(*) FROM person"), 1);                 /* the last administrator stays */
        assert_int_equal(count(&h, str_fmt(&h.s->arena, "SELECT id FROM person").p), h.kim);
        h.now_ms = NOW + two_years + 4 * DAY;
        sign_in(&h, h.kim);
        assert_int_equal(count(&h, "SELECT count(*) FROM person WHERE warned_ms IS NOT NULL"), 0);
        db_close(h.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(nothing_is_left_of_who_goes), TEST_BOTH(a_number_is_given_once),
                TEST_BOTH(the_download_holds_everything), TEST_BOTH(the_download_holds_the_files_that_were_sent), TEST_BOTH(the_night_deletes_what_is_due),
                TEST_BOTH(who_stays_away_is_warned_first),
        };
        return cmocka_run_group_tests_name("account-erase", tests, NULL, NULL);
}
