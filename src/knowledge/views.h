/* views.h - what this room's pages show, filled by web.c and drawn by item.tmpl and list.tmpl. */
#ifndef KNOWLEDGE_VIEWS_H
#define KNOWLEDGE_VIEWS_H
#include "item_text.h"
#include "knowledge.h"
#include "knowledge.sql.h"

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
        struct item_shown shown;
        struct { struct item_part_view { const struct item_part *part; void *loaded; } *v; size_t n, cap; } parts;
};

/* One value of a facet on the list page: a link that chooses it, or, when it is chosen, takes it away. */
struct facet_value {
        struct str label;
        struct str href;
        int64_t items;
        bool chosen;
};
struct facet {
        struct str title;
        struct { struct facet_value *v; size_t n, cap; } values;
        const struct facet_value *chosen;       /* NULL for none */
};
#define FACETS 4

struct list_view {
        struct facet facets[FACETS];
        struct knowledge_cards cards;
        int64_t total, page, pages;
        struct str previous, next;              /* addresses; "" for none */
};

/* The list as the fields of RQ ask for it, in its arena. ERR_NOT_FOUND when a choice or the page does not exist. */
_must_use_ enum err list_fill(struct req *rq, struct list_view *v);

struct knowledge_card knowledge_card_of(const struct card_row *r);
void knowledge_cards_of(struct arena *a, const struct card_row_list *rows, struct knowledge_cards *ret);

/* The judgement for SCORE of an item, or NULL when nobody judged. */
const struct item_scores_row *item_score(const struct item_view *v, const char *score);
/* Is section I the list of sources? */
bool item_is_sources(const struct item_view *v, size_t i);
/* The label of the item's terms in LIST, joined with commas. */
struct str item_labels(struct arena *a, const struct item_view *v, const char *list);

#endif
