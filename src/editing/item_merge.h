/* item_merge.h - two people changed one item: by key and by section, so that what each did elsewhere goes together; and a text as
 * people read it, for showing differences. */
#ifndef EDITING_ITEM_MERGE_H
#define EDITING_ITEM_MERGE_H
#include "diff.h"

enum merge_side { SIDE_MINE, SIDE_THEIRS };
struct item_conflict {
        struct str where;               /* "Samenvatting", "Kort gezegd" */
        struct str base, mine, theirs;  /* as they were, and as each made them; may be "" */
};
struct item_merge {
        struct { struct item_conflict *v; size_t n, cap; } conflicts;
        struct str text;                /* with, at each conflict, what the side that wins has */
};
/* Merges MINE and THEIRS, which both began as BASE, in A. ERR_INVALID when one of them has not the form of a text. */
_must_use_ enum err item_merge(struct arena *a, struct str base, struct str mine, struct str theirs, enum merge_side wins, struct item_merge *ret);

/* TEXT without marks of its form, in A: "Titel: …", "Bron: …, …", and the sections. */
struct str item_reading(struct arena *a, struct str text);
/* What changed from BEFORE to AFTER as people read them, in A; of what stayed the same only the lines beside a change. No runs at all when
 * nothing changed. */
struct diff item_difference(struct arena *a, struct str before, struct str after);
/* What a key is called on pages: "Samenvatting"; the key itself for one that we do not know. */
struct str item_key_label(struct str key);

#endif
