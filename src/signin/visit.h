/* visit.h - tests only: a browser that visits this room without a server, with its cookies. */
#ifndef SIGNIN_VISIT_H
#define SIGNIN_VISIT_H
#include "testing.h"
#include "rules.h"

#define NOW ((int64_t) 1790000000000)
#define SECRET "vier paarse olifanten dansen"

/* One browser on one installation. */
struct visit {
        struct test_store *s;
        struct db *db;
        struct site site;
        struct keys keys;
        int64_t now_ms;
        uint64_t client;
        struct str cookie[COOKIES];
        struct str slug;                /* what stands for {slug} in a path */
        int requests;
};
/* A migrated store and a browser without cookies. visit_done() closes. */
struct visit visit_new(struct test_store *s);
void visit_done(struct visit *v);
/* Another browser, on another connection of its own: another process on the same store. */
struct visit visit_other(const struct visit *v);

struct reply {
        enum err e;
        int status;
        struct str html, location;
};
/* FIELDS as in a query string or form. Checks the fields, prepares, runs in a transaction and keeps what the server would. */
struct reply get(struct visit *v, const char *path, struct str fields);
struct reply post(struct visit *v, const char *path, struct str fields);
/* The two halves of a POST, for two at once. */
struct posting { struct req rq; };
void post_prepare(struct visit *v, const char *path, struct str fields, struct posting *ret);
struct reply post_run(struct visit *v, struct posting *p);

bool has(struct reply r, const char *text);
bool goes_to(struct reply r, const char *path);

/* Request as code of this room sees it, for calling what has no page; inside a transaction of DB. */
struct req visit_req(struct visit *v);
/* People to try things with: an account with SECRET as password. */
int64_t account(struct visit *v, const char *email, const char *role);
int64_t organisation(struct visit *v, const char *name, const char *kind);
/* Signs in with the password. */
struct reply sign_in(struct visit *v, const char *email, const char *password);
/* Who the session's cookie is; 0 for nobody. *LEVEL may be NULL. */
int64_t who(struct visit *v, int *level);
uint64_t rights(struct visit *v);
/* An authenticator app of PERSON, confirmed; the code for a moment. */
void make_app(struct visit *v, int64_t person_id, unsigned char secret[TOTP_SECRET]);
struct str code_at(struct visit *v, const unsigned char secret[TOTP_SECRET], int64_t now_ms);

/* The newest mail to EMAIL: its kind, and the token of its link. */
struct str mail_kind(struct visit *v, const char *email);
struct str mail_token(struct visit *v, const char *email);
int64_t mails(struct visit *v, const char *email);

#endif
