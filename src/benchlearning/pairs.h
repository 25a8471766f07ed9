/* pairs.h - finding pairs of municipalities that can learn from each other. Private to the room. */
#ifndef BENCHLEARNING_PAIRS_H
#define BENCHLEARNING_PAIRS_H
#include "rivals.h"

/* SLUG: of the municipality whose pairs are asked for; "" or an unknown one for all. */
_must_use_ enum err pairs_load(struct req *rq, struct str slug, struct pairs_view *v);

#endif
