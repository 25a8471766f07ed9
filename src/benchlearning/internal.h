/* internal.h - what the files of this room share. */
#ifndef BENCHLEARNING_INTERNAL_H
#define BENCHLEARNING_INTERNAL_H
#include "benchlearning.h"
#include "benchlearning.sql.h"
#include "benchmark.h"
#include "better.h"
#include "effect.h"
#include "match.h"
#include "network.h"
#include "page.h"
#include "people.h"
#include "quarter.h"

#define METHOD_ADAPTED_MAX 1000         /* letters */
#define METHOD_CONTACT_MAX 80
#define METHOD_COST_MAX 10000000
#define QUARTERS_BACK 48                /* that a form offers */
#define QUARTERS_AHEAD 8

/* How widely a method is used. Ends with an empty code. */
struct method_extent { struct str code, label; };
extern const struct method_extent method_extents[];
struct str method_extent_label(struct str code);

/* The organisation in the address of a page behind a right, with the municipalities it works for. */
struct desk {
        struct organisation_at_slug_row o;
        struct learn_place_list places;
        struct str path;                /* /benchleren/organisaties/SLUG */
};
_must_use_ enum err desk_find(struct req *rq, struct desk *ret);
/* The municipality with this slug among those of the desk, or NULL. */
const struct learn_place *desk_place(const struct desk *d, struct str slug);
/* A page below /benchleren, with its breadcrumb up to TITLE. */
struct page learn_page(struct req *rq, struct resp *rs, struct str title);
struct page learn_desk_page(struct req *rq, struct resp *rs, const struct desk *d, struct str title);

/* "sinds 3e kwartaal 2024", "van 1e kwartaal 2023 tot en met 4e kwartaal 2024", "begint 1e kwartaal 2027". */
struct str use_when(struct arena *a, const struct method_use *u, int now);
/* What a form was drawn from, for its hidden field "was". */
struct str learn_mark(struct arena *a, struct str text);
/* Is NOW still what the form was drawn from? Else MESSAGE stands at FIELD: a colleague was first. */
bool learn_is_current(struct req *rq, const char *field, struct str now, struct str message);

/* Is it used in QUARTER? */
bool use_runs(int64_t starts, struct opt_i64 ends, int quarter);

/* ---- the register ---- */

/* Records a use and its first line of history. ERR_CONFLICT when the same form, or this method from this quarter, is there already. */
struct use_new {
        struct str municipality, extent, adapted, contact, once;
        int64_t item_id;
        struct opt_i64 organisation_id, ends, cost;
        int64_t starts;
        bool is_demo;
};
_must_use_ enum err use_record(struct req *rq, const struct use_new *u, int64_t *id);

struct use_row {
        const struct method_use *use;
        struct str when, cost;
};
struct use_rows { struct use_row *v; size_t n, cap; };
struct use_rows use_rows_of(struct arena *a, const struct method_use_list *l, int now);

struct register_view {
        struct methods_used_row_list methods;
};
struct use_form {
        struct str mark;                /* of the use that is changed */
        const struct desk *desk;
        const struct method_use *use;   /* NULL for a new one */
        struct method_items_row_list items;
        int now;
        struct str item, place, begin, end, extent, adapted, cost, contact;
};
struct desk_view {
        const struct desk *desk;
        struct use_rows uses;
        struct meetings_at_row_list meetings;
        struct str note;
};
struct item_uses {
        const struct item_shown *item;
        struct use_rows uses;
};
struct place_uses {
        struct str name, slug;
        struct use_rows uses;
};

#endif
