/* Another parser than ours reads each composed mail back to exactly what went in. */
#include "testing.h"
#include <stdio.h>
#include <stdlib.h>
#include "compose.h"
#include "json.h"
#include "server.h"

static const char *const pieces[] = {
        "a", "B", "7", " ", "  ", ".", "\n", "\n.", "\n..\n", "\nFrom ", "=", "=20", "=?UTF-8?Q?x?=", "\xc3\xa9", "\xe2\x82\xac",
        "\xf0\x9f\x98\x80", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
        "e\xcc\x81", "\"", "\\", "<", ">", "&amp;", "_", "?", "?=", ",", ";", ":", "@", "(", ")", "--=_schouders_deel", "\t", "\n\n",
        " \n", "\t\n", "\xc2\xa0", "lang woord", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
};

static unsigned next(unsigned *seed) {
        *seed = *seed * 1664525u + 1013904223u;
        return *seed >> 10;
}

/* Up to MOST pieces; ONE_LINE: what may stand in a header. */
static struct str random_text(struct arena *a, unsigned *seed, unsigned most, bool one_line, size_t max) {
        struct buf b _cleanup_(buf_done) = { 0 };
        unsigned n = next(seed) % (most + 1);
        for (unsigned i = 0; i < n; i++) {
                struct str piece = str_of(pieces[next(seed) % (sizeof pieces / sizeof *pieces)]);
                bool line = str_index(piece, '\n') == piece.n && str_index(piece, '\t') == piece.n;
                if ((!one_line || line) && b.n + piece.n <= max)
                        buf_str(&b, piece);
        }
        return str_dup(a, buf_view(&b));
}

static void save(const char *folder, int n, const char *suffix, struct str s) {
        char path[128];
        snprintf(path, sizeof path, "%s/%d.%s", folder, n, suffix);
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(s.p, 1, s.n, f), s.n);
        assert_int_equal(fclose(f), 0);
}

static void write_mail(struct smtpd *s, int n, const struct mail *m) {
        struct buf mail _cleanup_(buf_done) = { 0 }, json _cleanup_(buf_done) = { 0 };
        struct json j = { .out = &json };
        assert_int_equal(mail_compose(m, &mail), OK);
        json_object(&j, NULL);
        json_str(&j, "subject", m->subject);
        json_str(&j, "to", m->to_address);
        json_str(&j, "to_name", m->to_name);
        json_str(&j, "text", m->text);
        json_str(&j, "html", m->html);
        json_end_object(&j);
        save(s->folder, n, "eml", buf_view(&mail));
        save(s->folder, n, "json", buf_view(&json));
}

static int read_back(struct smtpd *s) {
        char *const argv[] = { "/usr/bin/python3", SOURCE_ROOT "/tests/mail/readback.py", s->folder, NULL };
        return run_program(argv);
}

static const struct mail plain = {
        .to_address = S_INIT("jan@gemeente.nl"), .from_address = S_INIT("noreply@schouders.example"), .from_name = S_INIT("Sch\xc3\xbauders"),
        .subject = S_INIT("Uitnodiging"), .text = S_INIT("Dag"), .html = S_INIT("<p>Dag</p>"),
        .list_unsubscribe = S_INIT("https://schouders.example/af?t=1"), .message_id = S_INIT("1.2@schouders.example"),
        .date_ms = 1790000000000,
};

static void mail_reads_back(void **state) {
        struct arena a = { 0 };
        struct smtpd s;
        unsigned seed = 20260922;
        (void) state;
        smtpd_folder(&s);
        for (int i = 0; i < 400; i++) {
                struct mail m = plain;
                m.subject = str_trim(random_text(&a, &seed, 20, true, MAIL_LINE_MAX));
                m.to_name = str_trim(random_text(&a, &seed, 10, true, MAIL_LINE_MAX));
                m.text = random_text(&a, &seed, 60, false, 4000);
                m.html = str_fmt(&a, "<p>%s", random_text(&a, &seed, 60, false, 4000).p);
                if (m.subject.n == 0)
                        m.subject = S("x");
                write_mail(&s, i, &m);
        }
        assert_int_equal(read_back(&s), 0);
        smtpd_done(&s);
        arena_done(&a);
}

/* The check itself finds a changed letter. */
static void the_check_can_fail(void **state) {
        struct smtpd s;
        (void) state;
        smtpd_folder(&s);
        write_mail(&s, 1, &plain);
        assert_int_equal(read_back(&s), 0);
        save(s.folder, 1, "json", S("{\"subject\":\"Uitnodigung\",\"to\":\"jan@gemeente.nl\",\"to_name\":\"\",\"text\":\"Dag\","
                                   "\"html\":\"<p>Dag</p>\"}"));
        assert_int_equal(read_back(&s), 1);
        smtpd_done(&s);
}

int main(void) {
        const struct CMUnitTest tests[] = { cmocka_unit_test(mail_reads_back), cmocka_unit_test(the_check_can_fail) };
        return cmocka_run_group_tests_name("mail-readback", tests, NULL, NULL);
}
