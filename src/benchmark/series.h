/* series.h - computing and keeping series; private to the room. */
#ifndef BENCHMARK_SERIES_H
#define BENCHMARK_SERIES_H
#include "benchmark_dictionary.h"
#include "benchmark_series.h"
#include "buf.h"

/* series.c: CELLS are the quarters of one indicator and breakdown as they are shown, oldest first. */
void series_compute(struct arena *a, const struct dictionary_entry *d, const struct cell_list *cells, struct series_set *ret);
/* series_store.c */
void series_sort(struct series_set *s);
void series_pack(struct buf *b, const struct series_set *s);
/* Texts borrow from PACKED. */
_must_use_ enum err series_unpack(struct arena *a, struct str packed, struct str only, struct series_set *ret);

#endif
