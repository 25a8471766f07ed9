/* testing.h - for the tests: texts in, CSV and mistakes out. */
#ifndef DDAS_TESTING_H
#define DDAS_TESTING_H
#include "arena.h"
#include "buf.h"
#include "ddas.h"

struct outcome {
        struct ddas *d;
        struct str csv;         /* "" when there were errors */
};
/* Reads the files as one whole, CHUNK bytes at a time (0: in one piece), with MEMORY bytes. */
struct outcome read_whole(struct arena *a, const struct str *files, size_t n, size_t chunk, size_t memory);
/* One text, in one piece. */
struct outcome read_text(struct arena *a, struct str text);
/* "teller,noemer,som,n" of one line, as GM0344,SHV03,2024-1,"" ; "-" when it is not there. */
const char *line_of(struct arena *a, struct str csv, const char *place, const char *code, const char *period, const char *detail);
/* A delivery of debt help over 2024 with TRAJECTORIES ("{…},{…}") in it; of early signalling over January to December 2025. */
struct str help_of(struct arena *a, const char *trajectories);
struct str signals_of(struct arena *a, const char *signals, const char *cases);
/* What ddas_generate writes. */
struct str generated(struct arena *a, uint64_t n, uint64_t seed, bool signals);

#endif
