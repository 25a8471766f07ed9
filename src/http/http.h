/* http.h - requests, responses and routes as the rooms see them. The server behind it is server.h. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H
#include "buf.h"
#include "vec.h"

struct db;

enum method { GET, POST };

/* Who may call a route. Every route names one; ACCESS_UNSET stops the program at start. */
enum access {
        ACCESS_UNSET,
        ACCESS_PUBLIC,
        ACCESS_SIGNED_IN,       /* anyone with an account */
        ACCESS_RIGHT,           /* who holds route.right, see accounts.permit in server.h */
};

/* Who asks. person_id 0: nobody is signed in. Filled before the handler runs, from the session's cookie. */
struct viewer {
        int64_t person_id, session_id;
        struct str name;
        uint64_t rights;        /* bits whose meaning accounts.identify and the rooms share */
        bool due;               /* the time of last use of the session should be noted again */
};

/* Work that may not hold up the threads that serve pages runs in a lane of its own, before the handler. */
enum lane {
        LANE_NONE,
        LANE_HASH,              /* password hashing: at most two at once, below the pages in priority */
        LANE_NET,               /* asks another server */
        LANE_FILE,              /* looks into a file somebody sent, and draws images anew: one at a time, for the memory it takes */
};

/* The cookies this site knows, all __Host-, HttpOnly and SameSite=Lax. */
enum cookie {
        COOKIE_SESSION,
        COOKIE_FLOW,            /* what a sign-in of more than one step remembers */
        COOKIES
};

/* What a field of the query string (GET) or of the form (POST) may hold. Undeclared query fields are ignored (links
 * arrive with tracking decorations); undeclared form fields are refused. */
enum field_type {
        FIELD_TEXT,             /* valid UTF-8 without control characters, trimmed; at most max letters (code
                                 * points: never fewer than `maxlength` in a form lets through) */
        FIELD_MULTILINE,        /* the same with line ends (normalised to \n) and tabs */
        FIELD_INTEGER,          /* decimal, min..max */
        FIELD_CODE,             /* a-z 0-9 - only: slugs, codes of value lists; at most max bytes */
        FIELD_TOKEN,            /* A-Z a-z 0-9 - _ only: base64url; at most max bytes */
        FIELD_SECRET,           /* a password: UTF-8 as typed, not trimmed; at most max bytes. Never drawn again */
        FIELD_FILE,             /* a file: at most max bytes (0: FILE_MAX), of any kind: req_upload. POST only, not `many`. Its form has
                                 * enctype="multipart/form-data". The value as text is the name of the file, for showing only;
                                 * it is looked through for personal data as a text is, because others see it */
};
struct field {
        const char *name;
        enum field_type type;
        int64_t min, max;
        bool required;
        bool many;              /* may be given more than once (filters), at most FIELD_MANY_MAX times */
        const char *missing;    /* Dutch, for an empty required field ("Vul een onderwerp in"); NULL: a general text */
        bool personal;          /* asks for data of the sender: no warning for what looks like data of a person */
};
#define FIELD_MANY_MAX 20
#define FILE_MAX ((int64_t) 10 << 20)
#define FILE_NAME_MAX 200               /* bytes of the name of a file */

struct field_value {
        const struct field *field;
        struct str text;        /* as given, cleaned; kept on error so that the form shows it again */
        int64_t number;
};
/* A mistake in one field, in Dutch and saying how to mend it ("Vul een onderwerp in"). */
struct field_error {
        const char *field;
        struct str message;
};

/* A file that came with a form. It has no name on disk and is gone when the request ends: what must stay is copied. */
struct upload {
        const struct field *field;
        struct str name;        /* as the sender calls it: UTF-8, one line, without folders; at most FILE_NAME_MAX bytes */
        int64_t size;           /* bytes, above 0 */
        int fd;                 /* of the server, for reading at any place (pread) */
};

#define REQ_PARAMS 4
struct req {
        struct arena *arena;
        struct db *db;          /* GET: read-only snapshot; POST: inside the writer's transaction */
        enum method method;
        struct str path;        /* decoded once, valid UTF-8, without query */
        struct str query;       /* raw query string, "" when absent; only for building links */
        struct str param[REQ_PARAMS];   /* the {…} parts of the route's pattern, in order */
        const struct route *route;
        VEC(struct field_value) values;
        VEC(struct field_error) errors;
        VEC(struct upload) uploads;
        struct str id;          /* request id, also in the X-Request-Id header and in the log */
        int64_t now_ms;
        void *app;              /* what server_config.app holds: shared read-only data of the program */
        struct viewer viewer;
        void *prepared;         /* what route.prepare leaves for route.run */
        uint64_t client;        /* keyed hash of the address' prefix, for limits; the address itself is not kept */
        struct str agent;       /* User-Agent, "" when absent */
        struct str cookie[COOKIES];     /* as received, "" when absent, repeated or malformed */
        struct str csrf;        /* the token for forms on this page; set by the server for every request */
        struct str bearer;      /* token of an Authorization header ("Bearer …", RFC 6750), "" when absent: only for routes of machines */
        struct str body;        /* of a POST to a route of machines, as it was sent; "" elsewhere */
        bool has_warnings;      /* a text looks as if it holds personal data: forms ask for a confirmation */
        bool is_confirmed;      /* the sender says that it does not */
        struct str idempotency; /* POST: unique per drawn form (from its token). Store it under a unique key, so that
                                 * sending the same form twice gives ERR_CONFLICT and not two rows. "" with GET */
};

/* Fields of every form that posts; routes do not declare them: the token in rq->csrf, and the confirmation that a text with
 * a warning holds nothing of a person. */
#define CSRF_FIELD "csrf"
#define CONFIRM_FIELD "nagekeken"

/* An open file that is sent as the body. */
struct resp_file {
        bool is_set;
        int fd;                         /* of the response */
        int64_t size;
        struct str etag;                /* with its quotes; names these bytes for ever */
};

struct resp {
        int status;             /* 200 unless a handler changes it */
        struct buf body;
        const char *content_type;       /* default text/html; charset=utf-8 */
        struct str location;    /* for redirects: resp_redirect */
        struct str filename;    /* sets Content-Disposition: attachment */
        struct resp_file file;  /* a file instead of body: resp_file */
        bool is_open_data;      /* scripts of other sites may read it too; never with cookies, so only what everybody sees */
        enum { CACHE_REVALIDATE, CACHE_NONE, CACHE_FOREVER } cache;     /* REVALIDATE: no-cache + ETag */
        int retry_after;        /* seconds, with 429 and 503 */
        struct resp_cookie {
                bool is_set;
                struct str value;       /* "" removes the cookie */
                int64_t max_age_s;      /* 0: until the browser closes */
        } cookie[COOKIES];
};

typedef enum err handler(struct req *rq, struct resp *rs);
/* What it is about and what it found in rq->prepared. Runs outside the writer, so it only reads. */
typedef enum err preparer(struct req *rq);
/* PATTERN: literal path with {name} segments, "/gemeenten/{slug}", or a part with suffix "/cijfers/{code}.csv".
 * A GET handler reads only; a POST handler runs inside the writer's transaction and answers 303 or, with errors,
 * 422. */
struct route {
        enum method method;
        const char *pattern;
        enum access access;
        handler *run;
        const struct field *fields;     /* ends with a field without name; NULL for none */
        int right;                      /* with ACCESS_RIGHT: which, as accounts.permit knows them */
        int organisation;               /* with ACCESS_RIGHT: n when the n-th {…} part is the slug of the organisation
                                         * that the right must be held for; 0: held for the whole country */
        preparer *prepare;              /* slow work before run, in LANE; NULL for none. It reads rq->db and leaves
                                         * rq->prepared; run decides with it inside the transaction */
        enum lane lane;
        bool machine;                   /* a public POST that programs send too, as mail readers do (RFC 8058). The token in its
                                         * address, or rq->bearer, is its authority: no form token is asked and another
                                         * site may send it. Its fields are those of the address; its body is in rq->body */
        bool writes;                    /* a GET that changes something, because a protocol sends the browser back
                                         * with one (OpenID Connect). It runs like a POST, without form token */
        bool wasm;                      /* the page runs our WebAssembly: its Content-Security-Policy, and no other, allows that */
};

/* The value of a declared field; "" or the default when absent. Asking for an undeclared field is a
 * programming error: it stops the program. */
struct str req_text(const struct req *rq, const char *field);
bool req_has(const struct req *rq, const char *field);
int64_t req_integer(const struct req *rq, const char *field, int64_t otherwise);
/* All values of a `many` field in request order, in the request's arena. */
size_t req_many(const struct req *rq, const char *field, struct str **ret);

/* The file of a FIELD_FILE; NULL when none was sent. It stays the server's. */
const struct upload *req_upload(const struct req *rq, const char *field);

/* Adds a mistake; the handler then shows the form again with status 422. */
void req_error(struct req *rq, const char *field, struct str message);
/* The message for FIELD, or "" . */
struct str req_error_of(const struct req *rq, const char *field);

/* Sends cookie WHICH with VALUE (letters, digits, - _ . only), or removes it with "". MAX_AGE_S 0: for this session of
 * the browser. */
void resp_cookie(struct resp *rs, enum cookie which, struct str value, int64_t max_age_s);
/* Answers with FD, SIZE bytes from its start, of CONTENT_TYPE; takes FD over. What a stranger made is never trusted: the browser may
 * not guess another type and runs nothing in it. ETAG without quotes, of letters and digits. */
void resp_file(struct resp *rs, struct arena *a, int fd, int64_t size, const char *content_type, struct str etag);
/* 303 to a path of this site. */
enum err resp_redirect(struct resp *rs, struct str path);
/* 303 to another site: an absolute https URL of visible ASCII, or http to loopback, that settings name; never one that a
 * visitor gave. ERR_INTERNAL (logged) for anything else. */
enum err resp_leave(struct resp *rs, struct str url);
/* Moved for good: 301, for renamed pages. */
enum err resp_moved(struct resp *rs, struct str path);

#endif
