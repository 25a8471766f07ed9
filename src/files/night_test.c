/* What becomes of files that nobody uses, has room for, or knows, on both stores. */
#include "shelf.h"
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "clock.h"
#include "people_keep.h"
#include "people_kept.h"

static void the_night_removes_what_has_no_row(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        struct req rq;
        int64_t id = 0;
        int half;
        shelf_open(&s, state);
        shelf_keep(&s, "a.pdf", sample_pdf(s.a), (struct file_wish) { 0 });
        rq = request_of(&s.h, s.token, NOW);
        (void) shelf_look(&s, &rq, "b.txt", S("zonder rij"), FILES_ALL);       /* the POST never came to its end */
        struct str temp = str_fmt(s.a, "%.*s/%.2s/.half00", STR(s.h.site.files), shelf_row(&s, 1).hash.p);
        int fd = open(temp.p, O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        close(fd);
        struct str archive = str_fmt(s.a, "%.*s/.zip-half00.x1y2z3", STR(s.h.site.files));
        fd = open(archive.p, O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        close(fd);
        int64_t now = clock_now_ms();
        assert_int_equal(shelf_sweep(&s, now + FILES_GRACE_MS - 60000), 2);
        assert_int_equal(access(archive.p, F_OK), 0);
        /* sent again: its day begins anew, and the old bytes serve */
        struct str orphan = S("");
        struct file_ready *f = NULL;
        rq = request_of(&s.h, s.token, NOW);
        f = shelf_look(&s, &rq, "b.txt", S("zonder rij"), FILES_ALL);
        orphan = str_fmt(s.a, "%.*s/%.2s/%.62s", STR(s.h.site.files), f->hash.p, f->hash.p + 2);
        const struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
        assert_int_equal(utimensat(AT_FDCWD, orphan.p, old, 0), 0);
        rq = request_of(&s.h, s.token, NOW);
        f = shelf_look(&s, &rq, "b.txt", S("zonder rij"), FILES_ALL);
        assert_int_equal(shelf_sweep(&s, now), 2);
        assert_int_equal(TX(&s.h, files_keep(&rq, f, &(struct file_wish) { 0 }, &id)), OK);
        assert_int_equal(shelf_sweep(&s, now + 2 * FILES_GRACE_MS), 2);        /* both have rows now */
        (void) shelf_blobs(&s, &half);
        assert_int_equal(half, 0);
        assert_int_equal(access(archive.p, F_OK), -1);
        assert_int_equal(TX(&s.h, files_remove(s.h.db, s.a, id)), OK);
        assert_int_equal(shelf_sweep(&s, now + 2 * FILES_GRACE_MS), 1);
        /* a row without bytes may not be, whatever happened in between */
        assert_int_equal(TX(&s.h, files_keep(&rq, f, &(struct file_wish) { 0 }, &id)), ERR_INTERNAL);
        assert_int_equal(shelf_rows(&s), 1);
}

static void a_full_disk(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        struct req rq;
        int64_t id = 0;
        int half;
        shelf_open(&s, state);
        char *text = arena_alloc(s.a, 2 * MB);
        memset(text, 'x', 2 * MB);
        signal(SIGXFSZ, SIG_IGN);
        s.disk = (rlim_t) MB;
        assert_int_equal(shelf_keep_as(&s, "a.txt", (struct str) { text, 2 * MB }, (struct file_wish) { 0 }, &id, &rq), ERR_INVALID);
        assert_non_null(strstr(str_z(s.a, req_error_of(&rq, "bestand")), "nu geen ruimte"));
        assert_int_equal(shelf_rows(&s) + shelf_blobs(&s, &half) + half, 0);
        s.disk = 0;                     /* there is room again */
        shelf_keep(&s, "a.txt", (struct str) { text, 2 * MB }, (struct file_wish) { 0 });
}

static void unused_files_end(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        int64_t next = 0;
        shelf_open(&s, state);
        int64_t used = shelf_keep(&s, "gebruikt.pdf", sample_pdf(s.a), (struct file_wish) { 0 });
        shelf_keep(&s, "los.txt", S("los"), (struct file_wish) { 0 });
        assert_int_equal(TX(&s.h, files_use(s.h.db, used, "knowledge", S("een"))), OK);
        int64_t public = shelf_keep(&s, "openbaar.txt", S("openbaar"), (struct file_wish) { 0 });
        assert_int_equal(TX(&s.h, files_publish(s.h.db, public, true)), OK);
        struct req rq = request(&s.h, NOW + (KEEP_UNUSED_FILE_DAYS - 1) * DAY);
        assert_int_equal(TX(&s.h, files_retention[0].enforce(&rq, &next)), OK);
        assert_int_equal(shelf_rows(&s), 3);
        rq.now_ms = NOW + (KEEP_UNUSED_FILE_DAYS + 1) * DAY;
        assert_int_equal(TX(&s.h, files_retention[0].enforce(&rq, &next)), OK);
        assert_int_equal(shelf_rows(&s), 2);
        assert_true(shelf_row(&s, used).id == used && shelf_row(&s, public).id == public);
}

static void a_person_that_goes(void **state) {
        _cleanup_(shelf_close) struct shelf s = { 0 };
        struct kept_rows k;
        shelf_open(&s, state);
        int64_t here = organisation(&s.h, "Alfa");
        int64_t used = shelf_keep(&s, "gebruikt.pdf", sample_pdf(s.a), (struct file_wish) { 0 });
        shelf_keep(&s, "los.txt", S("los"), (struct file_wish) { 0 });
        int64_t of_house = shelf_keep(&s, "huis.txt", S("van het huis"), (struct file_wish) { .organisation_id = here });
        assert_int_equal(TX(&s.h, files_use(s.h.db, used, "knowledge", S("een"))), OK);
        struct req rq = request_of(&s.h, s.token, NOW);
        assert_int_equal(people_show(&rq, s.person, &files_kept[0], &k), OK);
        assert_int_equal(k.rows.n, 3);
        assert_true(str_eq(k.rows.v[0].v[0].text, S("huis.txt")));
        assert_int_equal(TX(&s.h, people_erase(&rq, s.person)), OK);
        assert_int_equal(shelf_rows(&s), 2);
        assert_false(shelf_row(&s, used).person_id.is_set || shelf_row(&s, of_house).person_id.is_set);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(the_night_removes_what_has_no_row),
                TEST_SQLITE(a_full_disk),
                TEST_BOTH(unused_files_end),
                TEST_BOTH(a_person_that_goes),
        };
        return cmocka_run_group_tests_name("files at night", tests, NULL, NULL);
}
