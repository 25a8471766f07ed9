/* generate.h - fictitious deliveries of any size, for tests, for trying out and for the demo. Every person, address and creditor is
 * made up from the seed; no citizen service number in it passes the eleven test, so that it is nobody's. */
#ifndef DDAS_GENERATE_H
#define DDAS_GENERATE_H
#include "ddas.h"

enum { GENERATE_PLACES_MAX = 400 };
struct ddas_plan {
        uint64_t n;             /* trajectories, or signals */
        uint64_t seed;
        bool signals;           /* early signalling v0.9 instead of debt help v1.0 */
        int year, quarter;      /* the period of the delivery; quarter 0: the whole year */
        const char *places[GENERATE_PLACES_MAX];        /* "GM0344"; the responsible municipalities, in turn */
        uint32_t places_n;      /* at least 1 */
};
/* Writes the delivery in pieces of some kilobytes. The same plan gives the same bytes. */
void ddas_generate(const struct ddas_plan *plan, ddas_write *write, void *arg);

#endif
