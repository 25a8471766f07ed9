/* page.h - the frame that every page stands in, and the parts that pages share.
 * A room's handler makes a page with page_new and calls one of its templates, which starts with
 * {{ call page_begin(p) }} and ends with {{ call page_end(p) }}. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H
#include "html.h"
#include "http.h"

struct abbreviations;
struct analyser;
struct analyser;
struct item_extra;
struct kept;
struct keys;
struct mailer;
struct memo;
struct oidc;
struct retention_rule;
struct search;

/* How this process was started: what the page about the security of the installation looks at. */
struct installation {
        struct str store;       /* path of the SQLite database; "" on PostgreSQL */
        struct str keys_file, data;     /* the key file, and the folder with the program's own files */
        bool has_origin;        /* an origin was given, and not made up for this machine */
        bool behind_proxy;
        const struct route *const *rooms;       /* every route of the program, NULL-ended */
};

/* The menu item a page belongs to. */
enum page_section { SECTION_NONE, SECTION_KNOWLEDGE, SECTION_FIGURES, SECTION_MUNICIPALITIES, SECTION_ABOUT, SECTION_ACCOUNT,
        SECTION_ADMIN };

struct crumb {
        struct str title;
        struct str path;
};
#define PAGE_CRUMBS 4

/* Paths of the static files, filled once at start; hangs in server_config.app as its first member. */
struct site {
        struct str css, js, editor, ddas, ddas_wasm, font_regular, font_bold, icon, map, legal;
        const struct search *search;            /* the index, for the room that searches */
        const struct analyser *analyser;        /* Dutch words, for rooms that change the index */
        const struct keys *keys;                /* secrets of the installation, for sessions and links */
        struct memo *memo;                      /* results that pages computed; NULL for none */
        const struct mailer *mailer;            /* sends what is in the outbox; without a mail server it keeps it */
        const struct abbreviations *abbreviations;      /* known ones (readability.h), for who writes; NULL for none */
        struct oidc *oidc;                      /* for organisations' own sign-in; may be called from several threads */
        struct str files;                       /* folder with the bytes of files that people sent (files.h) */
        struct str origin;                      /* "https://schouders.example": what links in mails begin with */
        const struct kept *const *kept;         /* what every room keeps of people (people_kept.h), NULL-ended */
        const struct retention_rule *const *retention;  /* and how long it keeps what (people_retention.h), NULL-ended */
        const struct item_extra *const *item_extras;      /* what rooms show on the page of an item (knowledge.h), NULL-ended */
        bool asks_loopback;                     /* for tests: links of texts may lead to this machine */
        bool is_demo;                           /* with fictitious people, on this machine only */
        const struct installation *installation;
};

struct page {
        struct buf *out;
        struct arena *arena;
        struct req *rq;
        struct resp *rs;
        const struct site *site;
        struct str title;       /* the h1; the <title> adds the name of the site */
        struct str description; /* for search engines; may be empty */
        struct str canonical;   /* page_address() of the one address of this text; "" for none */
        struct str feed;        /* path of an Atom feed of this page; "" for none */
        struct json_data data;  /* what this page is, by schema.org; empty for none */
        enum page_section section;
        struct crumb crumbs[PAGE_CRUMBS];
        size_t crumbs_n;
        bool wide;              /* main without wrap: home page and full-width bands */
        bool editor;            /* somebody writes here: loads the script of editor.h */
        bool ddas;              /* a form with data-ddas: loads web/js/ddas.mjs, which tells what it expects */
        bool unlisted;          /* for who has its address: search engines leave it out */
        bool invalid;           /* a form with mistakes: the title starts with "Fout: " */
};

/* A page for this request that writes into rs->body. */
struct page page_new(struct req *rq, struct resp *rs, struct str title, enum page_section section);
/* Adds a step to the breadcrumb, outermost first; Home is always there. */
void page_crumb(struct page *p, struct str title, struct str path);
/* The whole address of PATH, in the arena: for what leaves the site. Without a known origin the path alone. */
struct str page_address(struct req *rq, struct str path);
/* OK, or ERR_LIMIT when the page grew past the maximum: `return page_done(&p)`. */
enum err page_done(const struct page *p);

/* A note on the page that a POST leads to: a code in the address, and what it says in Dutch. Lists end with a code NULL. */
#define PAGE_NOTE "gedaan"
#define NOTE_FIELD { .name = PAGE_NOTE, .type = FIELD_CODE, .max = 30 }
struct page_note { const char *code; struct str text; };
/* The note that the address of a GET asks for; "" for none, and on routes without NOTE_FIELD. */
struct str page_note(const struct req *rq, const struct page_note *notes);
/* 303 to PATH, which has no query, with note CODE. */
_must_use_ enum err page_noted(struct req *rq, struct resp *rs, struct str path, const char *code);
/* The form was DRAWN again with its mistakes: 422, and the transaction is undone. `return page_refused(rs, draw(rq, rs))` */
_must_use_ enum err page_refused(struct resp *rs, enum err drawn);

/* What every form that posts starts with; compiled templates call it after <form method="post">. */
void page_form_begin(struct page *p);

/* A field for a file in a form (file_field in form.tmpl.h), in a form with enctype="multipart/form-data". */
struct file_field {
        const char *name;       /* of the FIELD_FILE of the route */
        struct str label;
        struct str kinds;       /* Dutch, for the hint: "PNG, JPEG of WebP" */
        const char *accept;     /* what the browser offers first: ".png,.jpg"; what comes is looked into anyway */
        int64_t max;            /* bytes, as in the route; 0 for FILE_MAX */
        bool optional;
};
/* The fields of alt_fields (form.tmpl.h): what an image shows, or that it shows nothing. For the route's table of fields. */
#define PAGE_ALT_MAX 1000       /* bytes */
#define PAGE_ALT_FIELDS { .name = "alt", .type = FIELD_TEXT, .max = PAGE_ALT_MAX }, { .name = "decoratief", .type = FIELD_CODE, .max = 2 }

/* The server's error_page: 404, 403, 422, 500 ... with what the visitor can do. */
void page_error(struct req *rq, struct resp *rs, int status, struct str message);

#endif
