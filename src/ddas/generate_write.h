/* generate_write.h - what both generators write with. */
#ifndef DDAS_GENERATE_WRITE_H
#define DDAS_GENERATE_WRITE_H
#include "generate.h"
#include "internal.h"

struct maker {
        const struct ddas_plan *plan;
        struct span period;
        ddas_write *write;
        void *arg;
        struct line out;
        char buffer[32768];
        uint64_t state;         /* of the random numbers */
};

void make_text(struct maker *m, struct text t);
#define make(m, lit) make_text((m), T(lit))
void make_number(struct maker *m, int64_t v);
/* ,"NAME": "2024-12-31" when DAY is known and not after the delivery; INDENT spaces before. The comma only when *any is set; sets it. */
void make_day(struct maker *m, int indent, const char *name, uint16_t day, bool *any);
/* The next random number below N; or true in PERCENT of cases. */
uint32_t draw(struct maker *m, uint32_t n);
bool chance(struct maker *m, uint32_t percent);
/* Starts the random numbers of thing I anew, so that what it is does not depend on what came before. */
void draw_for(struct maker *m, uint64_t kind, uint64_t i);
/* Fields of person I: number, birth, address. */
void make_person(struct maker *m, uint64_t i, bool named);
void make_signals(struct maker *m);
const char *place_at(const struct maker *m, uint64_t i);

#endif
