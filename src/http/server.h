/* server.h - the HTTP server: libmicrohttpd in front, routes behind, writes through the writer. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H
#include "http.h"

struct writer;

/* Draws the page for a status without handler's page (404, 403, 405, 413, 422, 429, 500, 503 ...) into rs->body.
 * MESSAGE says in Dutch what the visitor can do, "" for the standard text of the status. Must not use rq->db. */
typedef void error_page(struct req *rq, struct resp *rs, int status, struct str message);

/* How the server learns who asks. The http layer keeps no accounts: who does fills this in. */
struct accounts {
        /* Fills rq->viewer from the session token of the cookie; leaves it zero when that is no session (any more). Runs
         * with rq->db on every request that has the cookie, and for a POST again inside its transaction. */
        enum err (*identify)(struct req *rq, struct str token);
        /* For ACCESS_RIGHT: OK, ERR_DENIED, or ERR_NOT_FOUND when the organisation does not exist. */
        enum err (*permit)(struct req *rq);
        /* Notes that a session was used, on a writer's thread; called when viewer.due. */
        enum err (*touch)(struct db *db, int64_t session_id, int64_t now_ms);
        const char *sign_in;            /* path of the page to sign in; gets ?verder= */
};

/* Looks through a text that somebody typed into a form. *REFUSAL and *WARNING are Dutch and say what to do, "" when
 * there is nothing to say. */
typedef void text_screen(struct str text, struct str *refusal, struct str *warning);
/* Adds the program's own figures to /metrics, each with metric_write(). DB is in a read transaction. After an error none
 * of its figures are shown: the page must also answer while the store is away. */
typedef enum err more_metrics(struct db *db, struct arena *a, struct buf *out);
/* One figure: schouders_NAME with its HELP and TYPE ("gauge", "counter"). */
void metric_write(struct buf *out, const char *name, const char *type, const char *help, int64_t v);

/* Limits; 0 means the default that is named. */
struct server_limits {
        size_t body;                    /* bytes of a form without its files, 65536 */
        int uploads;                    /* forms with files that arrive at the same time, 32 */
        int upload_rate;                /* a form with files may take body_ms, and a second for each so many bytes: 16384 */
        int connections;                /* at once, 4096 or what the limit on open files leaves */
        int connections_per_address;    /* 256; loopback (a proxy) has no such limit */
        int head_ms;                    /* to receive a request head, 10000; then 408 */
        int body_ms;                    /* to receive a request body, 30000; then 408 */
        int idle_ms;                    /* a connection without a request, 30000; then closed in silence */
        int post_burst;                 /* POSTs at once per address prefix, 20; -1 for no limit */
        int post_refill_ms;             /* time that gives one POST back, 3000 */
};

struct server_config {
        const char *address;            /* "127.0.0.1", "::1", "0.0.0.0" */
        int port;
        int threads;                    /* event threads, each with its own read connection and arena */
        struct str database;            /* for the read connections */
        struct writer *writer;
        const struct route *const *rooms;       /* NULL-ended list of route tables, each ended by a NULL pattern */
        error_page *error;
        more_metrics *metrics;          /* NULL for none */
        struct str upload_dir;          /* folder for files while they arrive, on a disk with room for them: they have no name there.
                                         * Needed when a route has a FIELD_FILE */
        struct str static_dir;          /* folder with manifest.txt; files served under /static/ */
        void *app;
        struct accounts accounts;       /* all NULL: a site without accounts */
        text_screen *screen;            /* NULL for none */
        struct str origin;              /* "https://schouders.example": requests for another host get 421. "" on loopback:
                                         * localhost, 127.0.0.1 and [::1] only; "" elsewhere: any host */
        unsigned char key[32];          /* signs form tokens; random at start or from the store */
        bool trust_proxy;               /* X-Forwarded-For and -Proto from loopback count (rate limits, HSTS) */
        const char *version;            /* of the build, for /metrics; NULL for "unknown" */
        const char *api_version;        /* API-Version header under /api; NULL for "1.0.0" */
        struct server_limits limits;
};

struct server;
/* Listens and serves. On failure logs one clear sentence on standard error; ERR_BUSY means that the port is taken. */
_must_use_ enum err server_start(struct server **ret, const struct server_config *c);
/* The real port, also when 0 was asked. */
int server_port(const struct server *s);
/* Stops accepting, finishes what is in flight (at most GRACE_MS), then frees. */
void server_stop(struct server *s, int grace_ms);

/* The public path of a static file by its logical name ("main.css" -> "/static/main.3f2a.css"); "" when unknown. */
struct str static_path(const struct server *s, struct str name);

#endif
