/* open_data.h - the codebook: what each column of a file means. Private to the room. */
#ifndef PROGRAMME_OPEN_DATA_H
#define PROGRAMME_OPEN_DATA_H
#include "str.h"

struct codebook_column {
        struct str name, meaning;
};
/* The columns of /cijfers/{slug}.csv in their order; ends with an empty name. */
extern const struct codebook_column codebook_figures[];
extern const struct codebook_column codebook_compared[];        /* of the files under /vergelijken */

#endif
