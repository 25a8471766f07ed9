/* server.h - the mail server of smtpd.py as a child of the test, and other programs. A failure fails the test. */
#ifndef TESTS_MAIL_SERVER_H
#define TESTS_MAIL_SERVER_H
#include <sys/types.h>
#include "str.h"

struct smtpd {
        pid_t pid;
        int stop;               /* closing this ends the server */
        int port;
        char folder[64];        /* what it took over, and certificates */
};

/* An empty folder for S, removed by smtpd_done. */
void smtpd_folder(struct smtpd *s);
/* Makes FOLDER/cert.pem and key.pem, self-signed, for the name localhost and 127.0.0.1, or for another NAME only. */
void smtpd_certificate(struct smtpd *s, const char *name);
/* Starts the server and waits for its port; MODE: smtpd.py. The folder exists. */
void smtpd_start(struct smtpd *s, const char *mode);
void smtpd_stop(struct smtpd *s);
void smtpd_done(struct smtpd *s);

/* How many mails it took over, and file N with SUFFIX ("eml", "json"). */
size_t smtpd_count(struct smtpd *s, struct arena *a);
struct str smtpd_read(struct smtpd *s, struct arena *a, int n, const char *suffix);

/* Runs ARGV and returns its exit status. */
int run_program(char *const *argv);

#endif
