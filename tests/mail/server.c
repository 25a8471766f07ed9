#include "server.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "file.h"

#define WAIT_MS 30000

/* STDIN: what the child reads, or -1. */
static pid_t start(char *const *argv, int in, int close_in_child) {
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
                if (close_in_child >= 0)
                        close(close_in_child);
                if (in >= 0)
                        dup2(in, STDIN_FILENO);
                execv(argv[0], argv);
                _exit(127);
        }
        return pid;
}

static int status_of(pid_t pid) {
        int status = 0;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int run_program(char *const *argv) {
        return status_of(start(argv, -1, -1));
}

void smtpd_folder(struct smtpd *s) {
        *s = (struct smtpd) { .stop = -1, .folder = "/tmp/smtpd.XXXXXX" };
        assert_non_null(mkdtemp(s->folder));
}

void smtpd_certificate(struct smtpd *s, const char *name) {
        char cert[128], key[128], names[128];
        snprintf(cert, sizeof cert, "%s/cert.pem", s->folder);
        snprintf(key, sizeof key, "%s/key.pem", s->folder);
        if (name)
                snprintf(names, sizeof names, "subjectAltName=DNS:%s", name);
        else
                snprintf(names, sizeof names, "subjectAltName=DNS:localhost,IP:127.0.0.1");
        char *const argv[] = { "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                               "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=test", "-addext", names, NULL };
        assert_int_equal(run_program(argv), 0);
}

void smtpd_start(struct smtpd *s, const char *mode) {
        char cert[128], key[128], port[128], word[64];
        int ends[2];
        snprintf(cert, sizeof cert, "%s/cert.pem", s->folder);
        snprintf(key, sizeof key, "%s/key.pem", s->folder);
        snprintf(port, sizeof port, "%s/port", s->folder);
        snprintf(word, sizeof word, "%s", mode);
        bool tls = access(cert, F_OK) == 0;
        char *const argv[] = { "/usr/bin/python3", SOURCE_ROOT "/tests/mail/smtpd.py", s->folder, word, tls ? cert : NULL, key, NULL };
        assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
        s->pid = start(argv, ends[0], ends[1]);
        s->stop = ends[1];
        close(ends[0]);
        for (int waited = 0; access(port, F_OK) != 0; waited += 20) {
                if (waited > WAIT_MS || waitpid(s->pid, NULL, WNOHANG) != 0)
                        fail_msg("the mail server does not start: is python3-aiosmtpd installed?");
                nanosleep(&(struct timespec) { .tv_nsec = 20 * 1000000 }, NULL);
        }
        struct arena a = { 0 };
        struct str number;
        int64_t n = 0;
        assert_int_equal(file_read(&a, str_of(port), 100, &number), OK);
        assert_true(str_to_i64(number, &n));
        s->port = (int) n;
        arena_done(&a);
}

void smtpd_stop(struct smtpd *s) {
        char port[128];
        if (s->stop < 0)
                return;
        close(s->stop);
        s->stop = -1;
        (void) status_of(s->pid);
        snprintf(port, sizeof port, "%s/port", s->folder);
        unlink(port);
}

void smtpd_done(struct smtpd *s) {
        struct arena a = { 0 };
        struct str_list l = { 0 };
        smtpd_stop(s);
        assert_int_equal(file_list(&a, str_of(s->folder), S(""), &l), OK);
        for (size_t i = 0; i < l.n; i++)
                unlink(str_fmt(&a, "%s/%.*s", s->folder, STR(l.v[i])).p);
        assert_int_equal(rmdir(s->folder), 0);
        arena_done(&a);
}

size_t smtpd_count(struct smtpd *s, struct arena *a) {
        struct str_list l = { 0 };
        assert_int_equal(file_list(a, str_of(s->folder), S(".eml"), &l), OK);
        return l.n;
}

struct str smtpd_read(struct smtpd *s, struct arena *a, int n, const char *suffix) {
        struct str text;
        assert_int_equal(file_read(a, str_fmt(a, "%s/%d.%s", s->folder, n, suffix), 1 << 22, &text), OK);
        return text;
}
