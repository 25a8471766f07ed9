/* mailer.h - handing a composed mail to the mail server (RFC 5321, by libcurl), and the settings for it. */
#ifndef MAIL_MAILER_H
#define MAIL_MAILER_H
#include "str.h"

enum mail_security {
        MAIL_STARTTLS,          /* RFC 3207, and never without: usually port 587 */
        MAIL_TLS,               /* from the first byte (RFC 8314): usually port 465 */
        MAIL_PLAIN,             /* no encryption: only to this machine (localhost, 127.0.0.0/8, ::1) */
};

/* Certificates are always checked, TLS is 1.2 or newer, and nothing goes through a proxy. */
struct mail_settings {
        struct str host;        /* name or IP address; empty: there is no mail server, mail is kept in the outbox */
        int port;               /* 0: 587, 465 or 25, by SECURITY */
        enum mail_security security;
        struct str user, password;      /* both empty: without signing in */
        struct str from_address, from_name;     /* of every mail; the address must be right when there is a host */
        struct str ca_file;     /* certificates to trust instead of those of the system; may be empty */
        int timeout_ms;         /* for the whole of one mail; 0: one minute. Below the lease of a job */
};

/* Keeps a copy of the settings. Threads may share it. */
struct mailer;

/* What is wrong with S as an English sentence without capital and point, or NULL. */
const char *mail_mistake(const struct mail_settings *s);
/* Checks S; nothing is sent. ERR_INVALID, with the cause in the log, when a setting is wrong. */
_must_use_ enum err mailer_open(struct mailer **ret, const struct mail_settings *s);
/* NULL is fine. Nobody may be sending. */
void mailer_close(struct mailer *m);
/* False without a mail server; NULL has none. */
bool mailer_can_send(const struct mailer *m);
/* "starttls", "tls" or "none" into RET; false for another word. */
_must_use_ bool mail_security_of(struct str word, enum mail_security *ret);

/* Of every mail; borrowed from M. */
struct str mailer_from_address(const struct mailer *m);
struct str mailer_from_name(const struct mailer *m);

/* Sends BYTES (mail_compose) to address TO and waits for the answer, up to the timeout. OK: the server has taken it over.
 * ERR_DENIED: it refused this mail for good (5xx but 53x, to the sender, the receiver or the content). ERR_BUSY: not now (4xx, no
 * connection, TLS or signing in failed), trying again may help. ERR_INVALID: TO is no address, or there is no mail server.
 * *RET_WHY is then one English sentence, in A, without settings, passwords or the text of the mail; it may hold the answer
 * of the server, which names the receiver: keep it in the store, not in the log. */
_must_use_ enum err mailer_send(const struct mailer *m, struct arena *a, struct str to, struct str bytes, struct str *ret_why);

#define MAILER_PROBE_MS 10000
/* Connects, encrypts, signs in and says NOOP, to show that the settings work; waits MAILER_PROBE_MS at most. Errors as mailer_send, but never ERR_DENIED. */
_must_use_ enum err mailer_probe(const struct mailer *m, struct arena *a, struct str *ret_why);

#endif
