/* match.h - which pieces two sequences have in common. Private to src/text: diff.h and its merge build on it. */
#ifndef TEXT_MATCH_H
#define TEXT_MATCH_H
#include "vec.h"

/* A line, word or paragraph: EQUAL to another when KEY is the same text. */
struct piece {
        struct str key;         /* what is compared */
        struct str whole;       /* what it stands for: the key and what goes with it */
        uint64_t hash;
};

struct pieces {
        VEC(struct piece) list; /* beside each other in one text */
};

void pieces_add(struct arena *a, struct pieces *p, struct str key, struct str whole);
/* The text of the pieces FROM up to TO. */
struct str pieces_text(const struct pieces *p, size_t from, size_t to);

#define MATCH_NONE SIZE_MAX
/* The work one difference may take: comparisons of pieces and steps along diagonals. About 0.1 s. */
#define MATCH_WORK_MAX ((size_t) 4000000)
#define MATCH_CHANGES_MAX 1500

/* For each piece of X the index of the equal piece of Y that it is kept as, or MATCH_NONE; the indexes rise. In A. Takes
 * from *WORK; once that is used up, only the common beginning and end match. */
size_t *match_pieces(struct arena *a, const struct pieces *x, const struct pieces *y, size_t *work);

#endif
