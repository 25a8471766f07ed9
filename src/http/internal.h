/* internal.h - what the files of the HTTP layer share; nothing outside src/http includes it. */
#ifndef HTTP_INTERNAL_H
#define HTTP_INTERNAL_H
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include "clock.h"
#include "csrf.h"
#include "db.h"
#include "lane.h"
#include "log.h"
#include "metrics.h"
#include "ratelimit.h"
#include "route.h"
#include "server.h"
#include "static.h"
#include "timeout.h"
#include "writer.h"

#define URI_MAX 8192
#define DRAIN_MAX ((size_t) 1 << 20)    /* of a refused body we still read this much, so that the answer arrives */
#define PAGE_KEEP ((size_t) 256 << 10)  /* larger page buffers are not kept for the next request */

struct server {
        struct server_config c;
        struct MHD_Daemon *daemon;
        int fd;                         /* listening socket */
        int port;
        struct arena arena;             /* what lives as long as the server: routes, static files */
        struct routes routes;
        struct statics statics;
        struct metrics metrics;
        struct watch watch;
        struct ratelimit rate;
        struct lanes *lanes;            /* NULL when no route prepares */
        _Atomic int in_flight;          /* requests between request line and end of answer */
        _Atomic int suspended;          /* POSTs that the writer still holds */
        _Atomic int uploads;            /* forms with files between head and answer */
        _Atomic bool stopping;
        pthread_mutex_t workers_lock;
        struct worker *workers;
};

/* What one event thread owns. */
struct worker {
        struct worker *next;
        struct server *s;
        struct db *db;                  /* NULL until needed, or when the store is away */
        int64_t db_retry_us;            /* not before this (monotonic) time */
        struct arena arena;             /* of the GET that runs */
        struct exchange *free;          /* a few used exchanges, to save allocations */
        int free_count;
        unsigned char random[512];      /* random bytes bought in bulk */
        size_t random_left;
};

/* The request headers we look at; values are borrowed from the connection, p == NULL when absent. */
struct head {
        struct str host, origin, referer, fetch_site, content_type, if_none_match, accept_encoding;
        struct str forwarded_for, forwarded_proto, cookie, agent, authorization;
        int64_t content_length;         /* -1 without */
        int lengths, codings, hosts;    /* how often Content-Length, Transfer-Encoding and Host were given */
        bool chunked, broken, expects, many_cookies;
};

enum stage { STAGE_HEAD, STAGE_BODY, STAGE_WRITING, STAGE_REPLY, STAGE_DONE };

/* One request and its answer. Belongs to the event thread; between suspend and resume to the writer's thread. */
struct exchange {
        struct exchange *next;
        struct server *s;
        struct worker *w;
        struct conn *conn;
        struct MHD_Connection *mhd;
        enum stage stage;
        struct arena arena;             /* of a POST; a GET uses its worker's */
        struct buf uri;                 /* request target as received, at most URI_MAX + 1 bytes */
        struct buf body;                /* of a POST */
        size_t received, dropped;       /* body bytes: all, and those that came after we refused */
        struct incoming *incoming;      /* upload.c: of a form with files */
        bool is_admitted;               /* its head was good enough to take the body in */
        bool is_answered;               /* or not: the answer is in rs already */
        struct head head;
        struct req rq;
        struct resp rs;
        int early;                      /* status decided before the body was in; 0 for none */
        struct str early_text;
        struct db *db;                  /* the worker's connection while a read transaction is open */
        enum err identity;              /* why it is not known who asks; OK when it is */
        size_t errors_before;           /* mistakes found by the field check */
        enum err run_result, result;    /* of the handler, and of the commit */
        struct str allow;               /* for 405 */
        const struct static_variant *file;      /* a static file instead of rs.body */
        bool is_head, is_api, is_secure;
        char method[16];
        char id[17];
        char csrf[CSRF_TOKEN_MAX];
        char idempotency[CSRF_NONCE_MAX];
        int64_t start_us;
        int status;
        size_t bytes;
};

/* worker.c - the calling event thread's context, made at its first use. */
struct worker *worker_get(struct server *s);
/* The thread's read connection with a transaction begun, reopened when it was lost. */
_must_use_ enum err worker_begin(struct worker *w, struct db **ret);
void worker_random(struct worker *w, unsigned char *p, size_t n);
struct exchange *exchange_new(struct worker *w);
void exchange_free(struct exchange *ex);
void workers_done(struct server *s);

/* request.c - callbacks of the library: from the first line to the queued answer. */
void *request_uri(void *cls, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result request_step(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                             const char *version, const char *upload, size_t *upload_size, void **con_cls);
void request_completed(void *cls, struct MHD_Connection *mhd, void **con_cls,
                       enum MHD_RequestTerminationCode code);

/* head.c - reads the headers we look at; refuses what lets two servers disagree about where a request ends. */
void head_read(struct exchange *ex);
/* Sets ex->early when the head alone is reason enough to refuse. False when the answer cannot wait for the body. */
bool head_check(struct exchange *ex, const char *method, const char *version);
/* With the length of the body too, when the route is known; false when the answer cannot wait for the body. */
bool head_check_length(struct exchange *ex);
/* False for a POST with a body of another type than our forms have; MESSAGE then tells, or is "" for the usual text. */
bool head_is_form(const struct head *h, struct str *message);
/* The token of "Authorization: Bearer TOKEN", or "". Borrowed from the connection. */
struct str head_bearer(const struct head *h);
/* Takes one POST from BUCKET; true when there was none left, with rs.retry_after. Forms of a visitor with a cookie are
 * counted once it is known who that is: colleagues behind one address have a bucket each. */
bool limit_reached(struct exchange *ex, uint64_t bucket);

/* dispatch.c - the whole request is in: route it and run it. */
void dispatch(struct exchange *ex, const char *method);
/* For a form with files, when only its head is in: finds the route, and whether this visitor may call it. False when it is no
 * route that takes files. */
bool dispatch_head(struct exchange *ex, const char *method);
/* Checks the form token; when it is not good, the answer is filled in. */
bool dispatch_token(struct exchange *ex, struct str token);
/* The writer is done with a POST: take its result into ex->rs. */
void dispatch_written(struct exchange *ex);

/* upload.c - forms with files. */
/* Decides at the head of a request; ex->incoming is set when such a form comes in. */
void upload_begin(struct exchange *ex, const char *method);
/* Takes the next bytes; sets ex->early, or the answer, when they are refused. */
void upload_part(struct exchange *ex, const char *p, size_t n);
bool upload_is_whole(const struct exchange *ex);
/* Bytes that the whole body may have, and what to tell who sends more. */
int64_t upload_limit(const struct exchange *ex);
struct str upload_limit_text(struct exchange *ex);
/* fields_read for it. */
_must_use_ enum err upload_fields(struct exchange *ex, struct str *message, struct str *csrf);
/* Closes the files, and with that forgets them. */
void upload_done(struct exchange *ex);
bool upload_is_route(const struct route *r);

/* access.c - who asks, and whether that person may call the route. */
/* Opens the read transaction of this request once. */
_must_use_ enum err access_open(struct exchange *ex);
/* Ends it; on success also reports what the commit says. */
enum err access_close(struct exchange *ex, enum err result);
/* Fills rq->viewer, and rq->csrf for it. */
void access_identify(struct exchange *ex);
/* True when the route may run; else the answer is filled in. */
bool access_check(struct exchange *ex);
/* The same decision inside the transaction of a POST. */
_must_use_ enum err access_again(struct exchange *ex, struct db *db);
/* After the answer: notes the use of the session. */
void access_done(struct exchange *ex);
/* False when this Host is not ours. */
bool access_host(const struct exchange *ex);

/* builtin.c - /healthz, /readyz, /metrics, /static/... False when the path is none of these. */
bool builtin_run(struct exchange *ex);

/* response.c - builds and queues the answer from ex->rs. */
enum MHD_Result respond(struct exchange *ex);
/* Closes the file of an answer that is not sent. */
void resp_drop_file(struct resp *rs);
/* Forgets what a handler wrote. */
void resp_clear(struct resp *rs);
/* Draws the page (or API problem) of STATUS; MESSAGE is Dutch, "" for the standard text. */
void resp_error(struct exchange *ex, int status, struct str message);

/* problem.c - application/problem+json for paths under /api. */
void problem_write(const struct req *rq, struct resp *rs, int status, struct str message);

/* status.c */
int status_of(enum err e);
/* Reason phrase for raw answers, Dutch title and Dutch standard text. */
const char *status_reason(int status);
struct str status_title(int status);
struct str status_text(int status);

#endif
