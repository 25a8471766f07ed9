/* Keeping and serving files, on both stores. */
#include "shelf.h"
#include <string.h>
#include <unistd.h>
#include "blob.h"
#include "clock.h"
#include "writer.h"

static enum err get(struct shelf *s, struct str token, struct str path, struct resp *rs) {
        struct req rq = token.n ? request_of(&s->h, token, NOW) : request(&s->h, NOW);
        struct str rest = path, part;
        rq.path = path;
        rq.route = &files_routes[0];
        for (int i = 0; i < 4 && str_split(&rest, '/', &part); i++)
                if (i >= 2)
                        rq.param[i - 2] = part;
        *rs = (struct resp) { .status = 200 };
        enum err e = files_routes[0].run(&rq, rs);
        if (rs->file.is_set)
                close(rs->file.fd);
        return e;
}

static void statements_prepare(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        shelf_open(&s, state);
        assert_int_equal(test_statements(s.h.db, files_statements), 0);
}

static void an_image_is_kept_as_it_is_served(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        shelf_open(&s, state);
        int64_t id = shelf_keep(&s, "Kaart van Súd-West.JPG", sample_jpeg(s.a, 2000, 200, 1), (struct file_wish) { .alt = S("  Een kaart ") });
        struct file_row f = shelf_row(&s, id);
        assert_int_equal(f.width.v, 1600);
        assert_int_equal(f.height.v, 160);
        assert_true(str_eq(f.alt, S("Een kaart")) && !f.is_decorative && !f.is_public && !f.organisation_id.is_set);
        assert_int_equal(f.person_id.v, s.person);
        assert_true(str_eq(f.media_type, S("image/jpeg")) && str_eq(f.name, S("Kaart van Súd-West.JPG")));
        assert_true(str_eq(file_path(s.a, &f), str_fmt(s.a, "/bestand/%lld/kaart-van-sud-west.jpg", (long long) id)));
        int fd;
        int64_t size;
        assert_int_equal(blob_open(s.a, s.h.site.files, f.hash, &fd, &size), OK);
        assert_int_equal(size, f.size);
        close(fd);
        /* the same again is a row of its own, and the same bytes */
        int half;
        shelf_keep(&s, "ander.jpg", sample_jpeg(s.a, 2000, 200, 1), (struct file_wish) { .is_decorative = true });
        assert_int_equal(shelf_rows(&s), 2);
        assert_int_equal(shelf_blobs(&s, &half), 1);
        assert_int_equal(half, 0);
}

static void what_is_wrong_is_told_at_its_field(void **state) {
        static const struct { const char *name; struct str bytes; const char *field, *why; } cases[] = {
                { "a.svg", S_INIT("<svg/>"), "bestand", "SVG" }, { "a.pdf", S_INIT("tekst"), "bestand", "niet aan" },
                { "a.png", S_INIT("\x89PNG\r\n\x1a\n en verder niets"), "bestand", "beschadigd" },
        };
        _cleanup_(shelf_close) struct shelf s = { 0 };
        struct req rq;
        int64_t id = 0;
        int half;
        shelf_open(&s, state);
        for (size_t i = 0; i < 3; i++) {
                assert_int_equal(shelf_keep_as(&s, cases[i].name, cases[i].bytes, (struct file_wish) { .alt = S("x") }, &id, &rq), ERR_INVALID);
                assert_non_null(strstr(str_z(s.a, req_error_of(&rq, cases[i].field)), cases[i].why));
        }
        assert_int_equal(shelf_blobs(&s, &half), 0);          /* what is refused is not even stored for a day */
        assert_int_equal(shelf_keep_as(&s, "a.png", sample_png(s.a, 9, 9), (struct file_wish) { .alt = S(" ") }, &id, &rq), ERR_INVALID);
        assert_non_null(strstr(str_z(s.a, req_error_of(&rq, "alt")), "versiering"));
        assert_int_equal(id, 0);
        assert_int_equal(shelf_rows(&s), 0);
        shelf_keep(&s, "a.pdf", sample_pdf(s.a), (struct file_wish) { 0 });    /* a document needs no text */
        rq = request_of(&s.h, s.token, NOW);
        struct file_ready *f = shelf_look(&s, &rq, "a.pdf", sample_pdf(s.a), FILES_IMAGES);
        assert_non_null(strstr(f->reason.p, "Hier hoort een afbeelding"));
        rq = request_of(&s.h, s.token, NOW);
        f = shelf_look(&s, &rq, "a.png", sample_png(s.a, 9, 9), FILES_DOCUMENTS);
        assert_non_null(strstr(f->reason.p, "Hier hoort een document"));
        rq = request(&s.h, NOW);
        f = shelf_look(&s, &rq, "a.pdf", sample_pdf(s.a), FILES_ALL);
        assert_int_equal(TX(&s.h, files_keep(&rq, f, &(struct file_wish) { 0 }, &id)), ERR_DENIED);
        assert_int_equal(files_keep(&rq, NULL, &(struct file_wish) { 0 }, &id), OK);     /* no file was sent */
}

static void who_sees_it(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        struct resp rs;
        shelf_open(&s, state);
        int64_t here = organisation(&s.h, "Alfa"), there = organisation(&s.h, "Beta");
        struct str manager = sign_in(&s.h, somebody_with(&s.h, "bea", "organisatiebeheerder", here), 2, NOW);
        struct str other = sign_in(&s.h, somebody_with(&s.h, "cor", "organisatiebeheerder", there), 2, NOW);
        int64_t id = shelf_keep(&s, "Verslag \"1\".pdf", sample_pdf(s.a), (struct file_wish) { .organisation_id = here, .see_rights = RIGHT_MEMBERS_SEE });
        struct file_row f = shelf_row(&s, id);
        struct str path = file_path(s.a, &f);
        assert_int_equal(get(&s, s.token, path, &rs), OK);
        assert_true(rs.cache == CACHE_REVALIDATE && str_eq(rs.filename, f.name));
        assert_string_equal(rs.content_type, "application/pdf");
        assert_int_equal(get(&s, manager, path, &rs), OK);
        assert_int_equal(get(&s, other, path, &rs), ERR_NOT_FOUND);
        assert_int_equal(get(&s, S(""), path, &rs), ERR_NOT_FOUND);
        assert_int_equal(TX(&s.h, files_publish(s.h.db, id, true)), OK);
        assert_int_equal(get(&s, S(""), path, &rs), OK);
        assert_int_equal(rs.cache, CACHE_FOREVER);
        assert_true(rs.filename.n > 0 && rs.file.size == f.size);
        assert_int_equal(get(&s, S(""), str_fmt(s.a, "/bestand/%lld/anders.pdf", (long long) id), &rs), ERR_NOT_FOUND);
        assert_int_equal(get(&s, S(""), S("/bestand/999/x.pdf"), &rs), ERR_NOT_FOUND);
        assert_int_equal(get(&s, S(""), S("/bestand/../x.pdf"), &rs), ERR_NOT_FOUND);
        id = shelf_keep(&s, "a.png", sample_png(s.a, 9, 9), (struct file_wish) { .alt = S("x") });
        f = shelf_row(&s, id);
        assert_int_equal(get(&s, s.token, file_path(s.a, &f), &rs), OK);
        assert_int_equal(rs.filename.n, 0);             /* shown in its place */
        assert_int_equal(get(&s, manager, file_path(s.a, &f), &rs), ERR_NOT_FOUND);
}

static void use_keeps_it_and_lets_it_go(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        shelf_open(&s, state);
        int64_t id = shelf_keep(&s, "a.pdf", sample_pdf(s.a), (struct file_wish) { 0 });
        assert_int_equal(TX(&s.h, files_use(s.h.db, id, "knowledge", S("een"))), OK);
        assert_int_equal(TX(&s.h, files_use(s.h.db, id, "knowledge", S("een"))), OK);
        assert_int_equal(TX(&s.h, files_use(s.h.db, id, "knowledge", S("twee"))), OK);
        assert_int_equal(TX(&s.h, files_publish(s.h.db, id, true)), OK);
        assert_int_equal(TX(&s.h, files_remove(s.h.db, s.a, id)), ERR_CONFLICT);
        assert_int_equal(TX(&s.h, files_unuse(s.h.db, s.a, id, "knowledge", S("een"))), OK);
        assert_true(shelf_row(&s, id).is_public);
        assert_int_equal(TX(&s.h, files_unuse(s.h.db, s.a, id, "knowledge", S("twee"))), OK);
        assert_false(shelf_row(&s, id).is_public);
        assert_int_equal(TX(&s.h, files_remove(s.h.db, s.a, id)), OK);
        assert_int_equal(TX(&s.h, files_remove(s.h.db, s.a, id)), ERR_NOT_FOUND);
        assert_int_equal(shelf_sweep(&s, clock_now_ms()), 1);          /* the bytes stay for a day */
        assert_int_equal(shelf_sweep(&s, clock_now_ms() + FILES_GRACE_MS + 60000), 0);
}

static void room_is_limited(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        struct req rq;
        int64_t id = 0, used;
        shelf_open(&s, state);
        int64_t here = organisation(&s.h, "Alfa");
        char *text = arena_alloc(s.a, 3 * MB);
        memset(text, 'x', 3 * MB);
        struct str large = { text, 3 * MB };
        struct file_wish w = { .organisation_id = here, .quota = 7 * MB };
        shelf_keep(&s, "een.txt", large, w);
        shelf_keep(&s, "twee.txt", large, w);
        assert_int_equal(shelf_keep_as(&s, "drie.txt", large, w, &id, &rq), ERR_INVALID);
        assert_true(str_eq(req_error_of(&rq, "bestand"), S("De ruimte van uw organisatie is vol: 6 MB van 7 MB is in gebruik en dit bestand is "
                                                          "3 MB. Verwijder eerst bestanden die u niet meer nodig hebt.")));
        assert_int_equal(files_space(s.h.db, s.a, here, 0, &used), OK);
        assert_int_equal(used, 6 * MB);
        w.organisation_id = 0;          /* one's own room is apart */
        w.quota = 4 * MB;
        shelf_keep(&s, "eigen.txt", large, w);
        assert_int_equal(shelf_keep_as(&s, "meer.txt", large, w, &id, &rq), ERR_INVALID);
        assert_non_null(strstr(str_z(s.a, req_error_of(&rq, "bestand")), "uw account is vol"));
        struct file_row_list l;
        assert_int_equal(files_list_of_organisation(s.h.db, s.a, here, 0, &l), OK);
        assert_true(l.n == 2 && str_eq(l.v[0].name, S("twee.txt")) && str_eq(l.v[1].name, S("een.txt")));
        assert_int_equal(files_list_of_person(s.h.db, s.a, s.person, l.v[0].id, &l), OK);
        assert_int_equal(l.n, 1);
}

struct both {
        struct shelf *s;
        struct file_ready *ready;
        struct req rq;
        struct arena a;
        int64_t organisation;
        enum err result;
        bool done;
};

static enum err keep_one(struct db *db, void *arg) {
        struct both *b = arg;
        int64_t id;
        b->rq.db = db;
        b->rq.errors.n = 0;
        enum err e = files_keep(&b->rq, b->ready, &(struct file_wish) { .organisation_id = b->organisation, .quota = 5 * MB }, &id);
        usleep(20000);                  /* the other one has looked by now */
        return e;
}

static void kept_one(void *arg, enum err e) {
        struct both *b = arg;
        b->result = e;
        b->done = true;
}

/* Each fits alone; both do not. */
static void two_at_once_do_not_take_the_same_room(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        struct both b[4] = { 0 };
        struct writer *w = NULL;
        int good = 0, refused = 0;
        shelf_open(&s, state);
        int64_t here = organisation(&s.h, "Alfa");
        char *text = arena_alloc(s.a, 3 * MB);
        memset(text, 'x', 3 * MB);
        for (int i = 0; i < 4; i++) {
                struct req rq = request_of(&s.h, s.token, NOW);
                rq.arena = &b[i].a;
                b[i].s = &s;
                b[i].rq = rq;
                b[i].organisation = here;
                text[0] = (char) ('a' + i);
                b[i].ready = shelf_look(&s, &b[i].rq, "een.txt", (struct str) { text, 3 * MB }, FILES_ALL);
        }
        db_close(s.h.db);               /* SQLite has one connection that writes */
        s.h.db = NULL;
        assert_int_equal(writer_start(&w, s.h.s->url, 4), OK);
        for (int i = 0; i < 4; i++)
                assert_int_equal(writer_submit(w, (struct write_task) { keep_one, kept_one, &b[i] }), OK);
        writer_stop(w);
        for (int i = 0; i < 4; i++) {
                assert_true(b[i].done);
                good += b[i].result == OK;
                refused += b[i].result == ERR_INVALID && req_error_of(&b[i].rq, "bestand").n > 0;
        }
        for (int i = 0; i < 4; i++)
                arena_done(&b[i].a);
        assert_int_equal(good, 1);
        assert_int_equal(refused, 3);
        s.h.db = test_open(s.h.s, DB_WRITE);
        assert_int_equal(shelf_rows(&s), 1);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare),
                TEST_BOTH(an_image_is_kept_as_it_is_served),
                TEST_BOTH(what_is_wrong_is_told_at_its_field),
                TEST_BOTH(who_sees_it),
                TEST_BOTH(use_keeps_it_and_lets_it_go),
                TEST_BOTH(room_is_limited),
                TEST_BOTH(two_at_once_do_not_take_the_same_room),
        };
        return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
