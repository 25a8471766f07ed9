/* knowledge.h - what other rooms may use of the knowledge base. */
#ifndef KNOWLEDGE_KNOWLEDGE_H
#define KNOWLEDGE_KNOWLEDGE_H
#include "db.h"
#include "http.h"
#include "load.h"
#include "people_kept.h"

struct page;

/* Makes content/lijsten.txt and content/items/ the knowledge base; texts that were written on the site stay, and a newer file of
 * theirs is kept for the editors. Needs network and benchmark loaded before: unknown municipalities, indicators, codes and slugs
 * are load_fail with file and line. NOW_MS dates new versions. */
_must_use_ enum err knowledge_load(struct db *db, struct load *l, int64_t now_ms);

/* An item as it stands in a list. */
struct knowledge_card {
        struct str slug, title, summary;
        struct str kind, phases;                        /* labels: "Aanpak"; "Preventie, Nazorg" */
        int64_t municipalities;                         /* that use it, as far as sources tell */
        bool is_approach;                               /* something to do, that can be compared with others */
};
struct knowledge_cards {
        struct knowledge_card *v;
        size_t n, cap;
};

/* Items that aim at indicator CODE, most specific first; completed up to LIMIT with items of PHASE, or,
 * when PHASE is "", with what most municipalities use. */
_must_use_ enum err knowledge_for_indicator(struct db *db, struct arena *a, struct str code, struct str phase,
                                            size_t limit, struct knowledge_cards *ret);

/* The LIMIT approaches that most municipalities use. */
_must_use_ enum err knowledge_most_used(struct db *db, struct arena *a, size_t limit, struct knowledge_cards *ret);

/* What a municipality (CBS code) uses, with since, note and source. */
struct knowledge_use {
        struct knowledge_card item;
        struct str since, note, source_url;
        bool fictitious;
};
struct knowledge_uses {
        struct knowledge_use *v;
        size_t n, cap;
};
_must_use_ enum err knowledge_in_municipality(struct db *db, struct arena *a, struct str code, struct knowledge_uses *ret);

/* Every published item as a document of the search index, of kind "kennis". The texts live until EACH returns; an error from EACH
 * ends it. */
struct search_entry;
_must_use_ enum err knowledge_each(struct db *db, enum err (*each)(void *arg, const struct search_entry *entry), void *arg);

/* A term of the glossary, for the search index; lives in A. */
struct knowledge_term {
        struct str slug, title, meaning;
        struct str also;                /* other names, and words that find it */
};
struct knowledge_terms {
        struct knowledge_term *v;
        size_t n, cap;
};
_must_use_ enum err knowledge_terms(struct db *db, struct arena *a, struct knowledge_terms *ret);

/* For pages below /kennis/{slug} when no item has that slug: when one had, the answer leads on to the same page, with its query, at the
 * slug of today; a form is sent on. ERR_NOT_FOUND when none had. */
_must_use_ enum err knowledge_leads_on(struct req *rq, struct resp *rs);
/* *SLUG, which no item has, becomes the slug of the item that had it. ERR_NOT_FOUND. */
_must_use_ enum err knowledge_today(struct db *db, struct arena *a, struct str *slug);

/* A list of cards; card.tmpl. */
void knowledge_card_list(struct page *p, const struct knowledge_cards *cards);

/* An Atom feed of published items, newest first; slugs that are not published are left out. */
struct feed_of {
        struct str title, path;         /* of the feed, with its query */
        struct str page;                /* the page with the same items */
        const struct str *slugs;
        size_t n;
};
_must_use_ enum err knowledge_feed(struct req *rq, struct resp *rs, const struct feed_of *f);

/* What a room above this one shows at the end of the page of an item. The program joins them in site.item_extras (page.h). */
struct item_shown {
        int64_t id;
        struct str slug, title;
};
struct item_extra {
        struct str anchor, title;               /* for the contents of the page; title "" keeps it out */
        /* *RET goes to DRAW. Runs on every view of every item: few and cheap questions to the store. ITEM lives as long as the request. */
        enum err (*load)(struct req *rq, const struct item_shown *item, void **ret);
        void (*draw)(struct page *p, const void *loaded);
};

extern const struct route knowledge_routes[];
extern const struct kept knowledge_kept[];
extern const struct db_stmt *const knowledge_statements[], *const glossary_statements[];

#endif
