/* views.h - what this room's pages show, filled by web.c and drawn by item.tmpl and list.tmpl. */
#ifndef KNOWLEDGE_VIEWS_H
#define KNOWLEDGE_VIEWS_H
#include "facet.h"
#include "glossary.sql.h"
#include "knowledge_text.h"
#include "knowledge.h"
#include "knowledge.sql.h"

/* What was chosen to be compared: addresses, as the visitor gave them. */
struct knowledge_choice {
        struct str *v;
        size_t n;
};
bool knowledge_is_chosen(const struct knowledge_choice *c, struct str slug);

struct item_view {
        struct item_by_slug_row item;
        struct item_sections_row_list sections;
        struct item_terms_row_list terms;
        struct item_scores_row_list scores;
        struct item_indicators_row_list indicators;
        struct item_adoptions_row_list adoptions;
        /* What only some items have. */
        struct item_elements_row_list elements;
        struct item_studies_row_list studies;
        struct item_experiences_row_list experiences;
        struct item_materials_row_list materials;
        struct item_recognitions_row_list recognitions;
        struct item_editions_row_list editions;
        struct item_steps_row_list steps;
        struct knowledge_cards related;
        struct str preview_of;                          /* not published: the page of its draft; p NULL for an item */
        struct knowledge_choice choice;         /* none: for the check boxes of related items */
        bool is_approach;
        bool is_printed, is_part;       /* on the page for paper; there as a part of a toolkit */
        struct str origin;              /* in a file to take along: what links to this site begin with, else "" */
        struct item_shown shown;
        struct { struct item_extra_view { const struct item_extra *part; void *loaded; } *v; size_t n, cap; } parts;
};
/* Is a related item an approach too? */
bool item_has_rivals(const struct item_view *v);
/* Is it a thing that somebody may judge or use? Not a story, and not a list of other items. */
bool item_is_judged(const struct item_view *v);
struct str item_aims_title(const struct item_view *v);

/* An item in full, on paper or in a file; of a toolkit with the items of its steps. */
struct print_part {
        struct item_view v;
        struct str how;                 /* what to do with it */
};
struct print_view {
        struct item_view v;
        struct { struct print_part *v; size_t n, cap; } parts;
        struct str withdrawn;           /* titles of steps that are not there any more, comma between */
};
handler item_print_get, toolkit_zip_get;        /* print.c */
/* The HTML of section I, with headings and links as the page asks for. */
struct safe_html print_section(struct arena *a, const struct item_view *v, size_t i);

#define FACETS 4

struct list_view {
        struct facet facets[FACETS];
        struct knowledge_cards cards;
        int64_t total, page, pages;
        struct str previous, next;              /* addresses; "" for none */
        struct knowledge_choice choice;
        bool has_approaches;                    /* among the cards */
        struct { struct list_follow { struct str kind, code, label; } *v; size_t n, cap; } follows;     /* chosen, and can be followed */
        struct { struct list_gap { struct str phase, href; int64_t items; } *v; size_t n, cap; } gaps;  /* see fill_gaps */
};

/* Is the item with this address among the cards? */
bool list_shows(const struct list_view *v, struct str slug);
/* The list as the fields of RQ ask for it, in its arena. ERR_NOT_FOUND when a choice or the page does not exist. */
_must_use_ enum err list_fill(struct req *rq, struct list_view *v);

/* Comparing approaches, side by side. */
#define COMPARE_MIN 2
#define COMPARE_MAX 4
struct compared {
        struct item_view v;
        struct str targets, phases;             /* labels */
        struct str needs;                       /* the start of what it says one needs */
        struct str strongest;                   /* label of the strongest design among its studies; "" for none */
};
struct compare_view {
        struct compared item[COMPARE_MAX];
        size_t n;                               /* 0 when there is nothing to compare yet */
        size_t chosen;                          /* how many approaches were chosen */
        struct str_list unknown;                /* addresses without an item */
        struct str_list withdrawn, others;      /* titles: of what was withdrawn, and of what is no approach */
        struct knowledge_choice choice;
        struct knowledge_cards candidates;      /* to choose from, the chosen ones first */
        struct str again;                       /* address of the list, where more can be chosen */
};
handler compare_get;                            /* compare.c */
extern const struct field compare_fields[];
/* "aanpak" of the request, without doubles and at most FIELD_MANY_MAX. */
struct knowledge_choice compare_choice(struct req *rq);

/* What the page of an item shows, of a row that is there already. */
_must_use_ enum err item_fill(struct req *rq, struct item_view *v);

/* The glossary, or what of it starts with one letter. */
struct glossary_view {
        struct str letter;                      /* the chosen one; "" for all */
        struct glossary_letters_row_list letters;
        struct glossary_row_list terms;
};
/* "A", or "0-9" for "0". */
struct str glossary_letter(struct str letter);
struct glossary_term_view {
        struct glossary_by_slug_row term;
        struct glossary_sources_row_list sources;
        struct glossary_see_also_row_list see;
        struct knowledge_cards items;
};
handler glossary_get, glossary_term_get;        /* glossary_web.c */

struct knowledge_card knowledge_card_of(const struct card_row *r);
void knowledge_cards_of(struct arena *a, const struct card_row_list *rows, struct knowledge_cards *ret);

/* The judgement for SCORE of an item, or NULL when nobody judged. */
const struct item_scores_row *item_score(const struct item_view *v, const char *score);
/* Is section I the list of sources? */
bool item_is_sources(const struct item_view *v, size_t i);
handler feed_get;                               /* feed.c */
extern const struct field feed_fields[];
/* The feed of the same items as the list that RQ asks for, or of all when it chooses in more than one list. */
struct str feed_path(struct req *rq);
bool feed_is_chosen(struct req *rq);

/* describe.c: what an item and a term are, by schema.org, and how to refer to an item. */
struct json_data item_data(struct req *rq, const struct item_view *v);
struct json_data glossary_data(struct req *rq, const struct glossary_by_slug_row *t);
struct str item_citation(struct req *rq, const struct item_view *v);
/* The label of the item's terms in LIST, joined with commas. */
struct str item_labels(struct arena *a, const struct item_view *v, const char *list);

#endif
