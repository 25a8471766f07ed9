/* Keeping, serving and forgetting files, on both stores. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "people_testing.h"
#include "blob.h"
#include "clock.h"
#include "files.h"
#include "jobs.h"
#include "people_kept.h"
#include "people_keep.h"
#include "samples.h"
#include "writer.h"

#define DAY (24 * HOUR)
#define MB ((int64_t) 1 << 20)

static const struct field fields[] = { { .name = "bestand", .type = FIELD_FILE }, { .name = "alt", .type = FIELD_TEXT }, { 0 } };
static const struct route route = { .method = POST, .pattern = "/test", .fields = fields };
static const struct kept *const all_kept[] = { people_kept, files_kept, NULL };

struct shelf {
        struct house h;
        struct arena *a;
        int64_t person;
        struct str token;
        rlim_t disk;                    /* bytes a file may have; 0 for as many as it wants */
};

/* A limit on the size of files stands for a full disk. */
static void limit_disk(rlim_t bytes) {
        struct rlimit r;
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &r), 0);
        r.rlim_cur = bytes ? bytes : r.rlim_max;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &r), 0);
}

/* A store, a folder for bytes, and Anna who is signed in. */
static void open_shelf(struct shelf *s, void **state) {
        house_open(&s->h, state);
        s->a = &s->h.s->arena;
        char *folder = (char *) (uintptr_t) str_fmt(s->a, "/tmp/schouders-files.XXXXXX").p;
        assert_non_null(mkdtemp(folder));
        s->h.site.files = str_of(folder);
        s->h.site.kept = all_kept;
        s->person = somebody(&s->h, "anna");
        s->token = sign_in(&s->h, s->person, 1, NOW);
}

static void close_shelf(struct shelf *s) {
        if (s->h.site.files.n && system(str_fmt(s->a, "rm -rf '%.*s'", STR(s->h.site.files)).p) != 0)
                fail_msg("the folder stays");
        house_close(&s->h);
}

/* What the lane leaves of BYTES sent as NAME. */
static struct file_ready *look(struct shelf *s, struct req *rq, const char *name, struct str bytes, enum files_accept accept) {
        struct file_ready *ready = NULL;
        int fd = memfd_create("upload", MFD_CLOEXEC);
        assert_true(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t) bytes.n);
        rq->route = &route;
        *vec_push(rq->arena, &rq->values) = (struct field_value) { .field = &fields[0], .text = str_of(name) };
        *vec_push(rq->arena, &rq->uploads) = (struct upload) { &fields[0], str_of(name), (int64_t) bytes.n, fd };
        limit_disk(s->disk);
        enum err e = files_prepare(rq, "bestand", accept, &ready);
        limit_disk(0);
        assert_int_equal(e, OK);
        close(fd);
        return ready;
}

static enum err keep_as(struct shelf *s, const char *name, struct str bytes, struct file_wish w, int64_t *id, struct req *rq) {
        *rq = request_of(&s->h, s->token, NOW);
        struct file_ready *f = look(s, rq, name, bytes, FILES_ALL);
        return TX(&s->h, files_keep(rq, f, &w, id));
}

/* The id of a file that is kept without trouble. */
static int64_t keep(struct shelf *s, const char *name, struct str bytes, struct file_wish w) {
        struct req rq;
        int64_t id = 0;
        if (keep_as(s, name, bytes, w, &id, &rq) != OK)
                fail_msg("%s: %.*s", name, STR(rq.errors.n ? rq.errors.v[0].message : S("?")));
        assert_true(id > 0);
        return id;
}

static struct file_row row_of(struct shelf *s, int64_t id) {
        struct file_row f = { 0 };
        assert_int_equal(files_get(s->h.db, s->a, id, &f), OK);
        return f;
}

static int64_t rows(struct shelf *s) {
        return test_number(s->h.db, "SELECT count(*) FROM file");
}

/* Files with bytes, those that are half written counted apart. */
static int blobs(struct shelf *s, int *half) {
        int n = 0;
        DIR *root = opendir(str_z(s->a, s->h.site.files));
        assert_non_null(root);
        *half = 0;
        for (struct dirent *d; (d = readdir(root));) {
                DIR *folder = d->d_name[0] == '.' ? NULL : opendir(str_fmt(s->a, "%.*s/%s", STR(s->h.site.files), d->d_name).p);
                for (struct dirent *f; folder && (f = readdir(folder));) {
                        n += strlen(f->d_name) == 62;
                        *half += f->d_name[0] == '.' && strlen(f->d_name) == 7;
                }
                if (folder)
                        closedir(folder);
        }
        closedir(root);
        return n;
}

static int sweep(struct shelf *s, int64_t now_ms) {
        struct job_context c = { .db = s->h.db, .arena = s->a, .now_ms = now_ms, .app = &s->h.site };
        int half;
        assert_int_equal(files_sweep_run(&c), OK);
        return blobs(s, &half);
}

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
        _cleanup_(close_shelf) struct shelf s = { 0 };
        open_shelf(&s, state);
        assert_int_equal(test_statements(s.h.db, files_statements), 0);
}

static void an_image_is_kept_as_it_is_served(void **state) {
        _cleanup_(close_shelf) struct shelf s = { 0 };
        open_shelf(&s, state);
        int64_t id = keep(&s, "Kaart van Súd-West.JPG", sample_jpeg(s.a, 2000, 200, 1), (struct file_wish) { .alt = S("  Een kaart ") });
        struct file_row f = row_of(&s, id);
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
        keep(&s, "ander.jpg", sample_jpeg(s.a, 2000, 200, 1), (struct file_wish) { .is_decorative = true });
        assert_int_equal(rows(&s), 2);
        assert_int_equal(blobs(&s, &half), 1);
        assert_int_equal(half, 0);
}

static void what_is_wrong_is_told_at_its_field(void **state) {
        static const struct { const char *name; struct str bytes; const char *field, *why; } cases[] = {
                { "a.svg", S_INIT("<svg/>"), "bestand", "SVG" }, { "a.pdf", S_INIT("tekst"), "bestand", "niet aan" },
                { "a.png", S_INIT("\x89PNG\r\n\x1a\n en verder niets"), "bestand", "beschadigd" },
        };
        _cleanup_(close_shelf) struct shelf s = { 0 };
        struct req rq;
        int64_t id = 0;
        int half;
        open_shelf(&s, state);
        for (size_t i = 0; i < 3; i++) {
                assert_int_equal(keep_as(&s, cases[i].name, cases[i].bytes, (struct file_wish) { .alt = S("x") }, &id, &rq), ERR_INVALID);
                assert_non_null(strstr(str_z(s.a, req_error_of(&rq, cases[i].field)), cases[i].why));
        }
        assert_int_equal(blobs(&s, &half), 0);          /* what is refused is not even stored for a day */
        assert_int_equal(keep_as(&s, "a.png", sample_png(s.a, 9, 9), (struct file_wish) { .alt = S(" ") }, &id, &rq), ERR_INVALID);
        assert_non_null(strstr(str_z(s.a, req_error_of(&rq, "alt")), "versiering"));
        assert_int_equal(id, 0);
        assert_int_equal(rows(&s), 0);
        keep(&s, "a.pdf", sample_pdf(s.a), (struct file_wish) { 0 });    /* a document needs no text */
        rq = request_of(&s.h, s.token, NOW);
        struct file_ready *f = look(&s, &rq, "a.pdf", sample_pdf(s.a), FILES_IMAGES);
        assert_non_null(strstr(f->reason.p, "Hier hoort een afbeelding"));
        rq = request_of(&s.h, s.token, NOW);
        f = look(&s, &rq, "a.png", sample_png(s.a, 9, 9), FILES_DOCUMENTS);
        assert_non_null(strstr(f->reason.p, "Hier hoort een document"));
        rq = request(&s.h, NOW);
        f = look(&s, &rq, "a.pdf", sample_pdf(s.a), FILES_ALL);
        assert_int_equal(TX(&s.h, files_keep(&rq, f, &(struct file_wish) { 0 }, &id)), ERR_DENIED);
        assert_int_equal(files_keep(&rq, NULL, &(struct file_wish) { 0 }, &id), OK);     /* no file was sent */
}

static void who_sees_it(void **state) {
        _cleanup_(close_shelf) struct shelf s = { 0 };
        struct resp rs;
        open_shelf(&s, state);
        int64_t here = organisation(&s.h, "Alfa"), there = organisation(&s.h, "Beta");
        struct str manager = sign_in(&s.h, somebody_with(&s.h, "bea", "organisatiebeheerder", here), 2, NOW);
        struct str other = sign_in(&s.h, somebody_with(&s.h, "cor", "organisatiebeheerder", there), 2, NOW);
        int64_t id = keep(&s, "Verslag \"1\".pdf", sample_pdf(s.a), (struct file_wish) { .organisation_id = here, .see_rights = RIGHT_MEMBERS_SEE });
        struct file_row f = row_of(&s, id);
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
        id = keep(&s, "a.png", sample_png(s.a, 9, 9), (struct file_wish) { .alt = S("x") });
        f = row_of(&s, id);
        assert_int_equal(get(&s, s.token, file_path(s.a, &f), &rs), OK);
        assert_int_equal(rs.filename.n, 0);             /* shown in its place */
        assert_int_equal(get(&s, manager, file_path(s.a, &f), &rs), ERR_NOT_FOUND);
}

static void use_keeps_it_and_lets_it_go(void **state) {
        _cleanup_(close_shelf) struct shelf s = { 0 };
        open_shelf(&s, state);
        int64_t id = keep(&s, "a.pdf", sample_pdf(s.a), (struct file_wish) { 0 });
        assert_int_equal(TX(&s.h, files_use(s.h.db, id, "knowledge", S("een"))), OK);
        assert_int_equal(TX(&s.h, files_use(s.h.db, id, "knowledge", S("een"))), OK);
        assert_int_equal(TX(&s.h, files_use(s.h.db, id, "knowledge", S("twee"))), OK);
        assert_int_equal(TX(&s.h, files_publish(s.h.db, id, true)), OK);
        assert_int_equal(TX(&s.h, files_remove(s.h.db, s.a, id)), ERR_CONFLICT);
        assert_int_equal(TX(&s.h, files_unuse(s.h.db, s.a, id, "knowledge", S("een"))), OK);
        assert_true(row_of(&s, id).is_public);
        assert_int_equal(TX(&s.h, files_unuse(s.h.db, s.a, id, "knowledge", S("twee"))), OK);
        assert_false(row_of(&s, id).is_public);
        assert_int_equal(TX(&s.h, files_remove(s.h.db, s.a, id)), OK);
        assert_int_equal(TX(&s.h, files_remove(s.h.db, s.a, id)), ERR_NOT_FOUND);
        assert_int_equal(sweep(&s, clock_now_ms()), 1);          /* the bytes stay for a day */
        assert_int_equal(sweep(&s, clock_now_ms() + FILES_GRACE_MS + 60000), 0);
}

static void room_is_limited(void **state) {
        _cleanup_(close_shelf) struct shelf s = { 0 };
        struct req rq;
        int64_t id = 0, used;
        open_shelf(&s, state);
        int64_t here = organisation(&s.h, "Alfa");
        char *text = arena_alloc(s.a, 3 * MB);
        memset(text, 'x', 3 * MB);
        struct str large = { text, 3 * MB };
        struct file_wish w = { .organisation_id = here, .quota = 7 * MB };
        keep(&s, "een.txt", large, w);
        keep(&s, "twee.txt", large, w);
        assert_int_equal(keep_as(&s, "drie.txt", large, w, &id, &rq), ERR_INVALID);
        assert_true(str_eq(req_error_of(&rq, "bestand"), S("De ruimte van uw organisatie is vol: 6 MB van 7 MB is in gebruik en dit bestand is "
                                                          "3 MB. Verwijder eerst bestanden die u niet meer nodig hebt.")));
        assert_int_equal(files_space(s.h.db, s.a, here, 0, &used), OK);
        assert_int_equal(used, 6 * MB);
        w.organisation_id = 0;          /* one's own room is apart */
        w.quota = 4 * MB;
        keep(&s, "eigen.txt", large, w);
        assert_int_equal(keep_as(&s, "meer.txt", large, w, &id, &rq), ERR_INVALID);
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
        _cleanup_(close_shelf) struct shelf s = { 0 };
        struct both b[4] = { 0 };
        struct writer *w = NULL;
        int good = 0, refused = 0;
        open_shelf(&s, state);
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
                b[i].ready = look(&s, &b[i].rq, "een.txt", (struct str) { text, 3 * MB }, FILES_ALL);
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
        assert_int_equal(rows(&s), 1);
}

static void the_night_removes_what_has_no_row(void **state) {
        _cleanup_(close_shelf) struct shelf s = { 0 };
        struct req rq;
        int64_t id = 0;
        int half;
        open_shelf(&s, state);
        keep(&s, "a.pdf", sample_pdf(s.a), (struct file_wish) { 0 });
        rq = request_of(&s.h, s.token, NOW);
        (void) look(&s, &rq, "b.txt", S("zonder rij"), FILES_ALL);       /* the POST never came to its end */
        struct str temp = str_fmt(s.a, "%.*s/%.2s/.half00", STR(s.h.site.files), row_of(&s, 1).hash.p);
        int fd = open(temp.p, O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        close(fd);
        int64_t now = clock_now_ms();
        assert_int_equal(sweep(&s, now + FILES_GRACE_MS - 60000), 2);
        /* sent again: its day begins anew, and the old bytes serve */
        struct str orphan = S("");
        struct file_ready *f = NULL;
        rq = request_of(&s.h, s.token, NOW);
        f = look(&s, &rq, "b.txt", S("zonder rij"), FILES_ALL);
        orphan = str_fmt(s.a, "%.*s/%.2s/%.62s", STR(s.h.site.files), f->hash.p, f->hash.p + 2);
        const struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
        assert_int_equal(utimensat(AT_FDCWD, orphan.p, old, 0), 0);
        rq = request_of(&s.h, s.token, NOW);
        f = look(&s, &rq, "b.txt", S("zonder rij"), FILES_ALL);
        assert_int_equal(sweep(&s, now), 2);
        assert_int_equal(TX(&s.h, files_keep(&rq, f, &(struct file_wish) { 0 }, &id)), OK);
        assert_int_equal(sweep(&s, now + 2 * FILES_GRACE_MS), 2);        /* both have rows now */
        (void) blobs(&s, &half);
        assert_int_equal(half, 0);
        assert_int_equal(TX(&s.h, files_remove(s.h.db, s.a, id)), OK);
        assert_int_equal(sweep(&s, now + 2 * FILES_GRACE_MS), 1);
        /* a row without bytes may not be, whatever happened in between */
        assert_int_equal(TX(&s.h, files_keep(&rq, f, &(struct file_wish) { 0 }, &id)), ERR_INTERNAL);
        assert_int_equal(rows(&s), 1);
}

static void a_full_disk(void **state) {
        _cleanup_(close_shelf) struct shelf s = { 0 };
        struct req rq;
        int64_t id = 0;
        int half;
        open_shelf(&s, state);
        char *text = arena_alloc(s.a, 2 * MB);
        memset(text, 'x', 2 * MB);
        signal(SIGXFSZ, SIG_IGN);
        s.disk = (rlim_t) MB;
        assert_int_equal(keep_as(&s, "a.txt", (struct str) { text, 2 * MB }, (struct file_wish) { 0 }, &id, &rq), ERR_INVALID);
        assert_non_null(strstr(str_z(s.a, req_error_of(&rq, "bestand")), "nu geen ruimte"));
        assert_int_equal(rows(&s) + blobs(&s, &half) + half, 0);
        s.disk = 0;                     /* there is room again */
        keep(&s, "a.txt", (struct str) { text, 2 * MB }, (struct file_wish) { 0 });
}

static void unused_files_end(void **state) {
        _cleanup_(close_shelf) struct shelf s = { 0 };
        int64_t next = 0;
        open_shelf(&s, state);
        int64_t used = keep(&s, "gebruikt.pdf", sample_pdf(s.a), (struct file_wish) { 0 });
        keep(&s, "los.txt", S("los"), (struct file_wish) { 0 });
        assert_int_equal(TX(&s.h, files_use(s.h.db, used, "knowledge", S("een"))), OK);
        struct req rq = request(&s.h, NOW + (KEEP_UNUSED_FILE_DAYS - 1) * DAY);
        assert_int_equal(TX(&s.h, files_retention[0].enforce(&rq, &next)), OK);
        assert_int_equal(rows(&s), 2);
        rq.now_ms = NOW + (KEEP_UNUSED_FILE_DAYS + 1) * DAY;
        assert_int_equal(TX(&s.h, files_retention[0].enforce(&rq, &next)), OK);
        assert_int_equal(rows(&s), 1);
        assert_int_equal(row_of(&s, used).id, used);
}

static void a_person_that_goes(void **state) {
        _cleanup_(close_shelf) struct shelf s = { 0 };
        struct kept_rows k;
        open_shelf(&s, state);
        int64_t here = organisation(&s.h, "Alfa");
        int64_t used = keep(&s, "gebruikt.pdf", sample_pdf(s.a), (struct file_wish) { 0 });
        keep(&s, "los.txt", S("los"), (struct file_wish) { 0 });
        int64_t of_house = keep(&s, "huis.txt", S("van het huis"), (struct file_wish) { .organisation_id = here });
        assert_int_equal(TX(&s.h, files_use(s.h.db, used, "knowledge", S("een"))), OK);
        struct req rq = request_of(&s.h, s.token, NOW);
        assert_int_equal(people_show(&rq, s.person, &files_kept[0], &k), OK);
        assert_int_equal(k.rows.n, 3);
        assert_true(str_eq(k.rows.v[0].v[0].text, S("huis.txt")));
        assert_int_equal(TX(&s.h, people_erase(&rq, s.person)), OK);
        assert_int_equal(rows(&s), 2);
        assert_false(row_of(&s, used).person_id.is_set || row_of(&s, of_house).person_id.is_set);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_BOTH(an_image_is_kept_as_it_is_served), TEST_BOTH(what_is_wrong_is_told_at_its_field),
                TEST_BOTH(who_sees_it), TEST_BOTH(use_keeps_it_and_lets_it_go), TEST_BOTH(room_is_limited),
                TEST_BOTH(two_at_once_do_not_take_the_same_room), TEST_BOTH(the_night_removes_what_has_no_row), TEST_SQLITE(a_full_disk),
                TEST_BOTH(unused_files_end), TEST_BOTH(a_person_that_goes),
        };
        return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
