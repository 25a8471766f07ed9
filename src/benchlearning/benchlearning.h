/* benchlearning.h - learning from figures: the register of working methods, peers that are really better, meetings about it, what was agreed and
 * whether it helped. What other rooms use of it. */
#ifndef BENCHLEARNING_H
#define BENCHLEARNING_H
#include "knowledge.h"
#include "people_kept.h"
#include "people_retention.h"

struct page;

extern const struct route benchlearning_register_routes[];      /* /benchleren/aanpakken, and what an organisation records */
extern const struct route benchlearning_rivals_routes[];       /* /benchleren, /benchleren/{gemeente}/{cijfer}, /benchleren/koppels */
extern const struct route benchlearning_meeting_routes[];       /* below /benchleren/organisaties/{organisatie}/bijeenkomsten */
extern const struct route benchlearning_effect_routes[];        /* /benchleren/gebruik */
extern const struct route benchlearning_method_routes[];        /* /benchleren/aanpakken/{aanpak} */
extern const struct route benchlearning_study_routes[];         /* /benchleren/programma, /benchleren/wat-is-er-nodig */
extern const struct item_extra benchlearning_item_extra;        /* "Gebruikt in", on the page of an item */
extern const struct kept benchlearning_kept[];
extern const struct retention_rule benchlearning_retention[];
extern const struct db_stmt *const benchlearning_statements[];

/* What municipality CODE records that it uses, for its page: *RET goes to benchlearning_place_draw. NAME and SLUG are borrowed. */
_must_use_ enum err benchlearning_place(struct req *rq, struct str code, struct str name, struct str slug, void **ret);
void benchlearning_place_draw(struct page *p, const void *loaded);

/* Fictitious working methods and waves of the programme for a demonstration; once, in a write transaction. Organisation WEAK gets a municipality
 * that can learn, when it has none, and STRONG one of those that it can learn from. Nothing when the store has no fictitious figures. */
_must_use_ enum err benchlearning_demo(struct req *rq, int64_t weak, int64_t strong);

#endif
