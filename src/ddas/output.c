#include <string.h>
#include "indicator.h"
#include "internal.h"

static const struct block empty;

/* "GM0344,SHV03,2024-Q3,ja," and the detail. */
static void put_start(struct line *l, uint16_t place, const struct indicator *in, const struct period *p) {
        char code[] = "GM0000";
        for (int i = 5, v = place; i > 1; i--, v /= 10)
                code[i] = (char) ('0' + v % 10);
        line_put(l, place == PLACE_UNKNOWN ? T("Onbekend") : (struct text) { code, 6 });
        line_put(l, T(","));
        line_put(l, (struct text) { in->code, strlen(in->code) });
        line_put(l, T(","));
        line_number(l, p->year);
        if (p->quarter) {
                line_put(l, T("-Q"));
                line_number(l, p->quarter);
        }
        line_put(l, p->whole ? T(",ja,") : T(",nee,"));
}

static void put_cell(struct line *l, bool has, int64_t v) {
        line_put(l, T(","));
        if (has)
                line_number(l, v);
}

static void put_class(struct line *l, enum scale scale, unsigned i) {
        const uint32_t *edge = indicator_edges[scale];
        line_put(l, T("klasse "));
        line_number(l, i ? edge[i - 1] + 1 : scale == SCALE_CREDITORS);
        if (i == CLASSES - 1) {
                line_put(l, T("+"));
                return;
        }
        line_put(l, T("-"));
        line_number(l, edge[i]);
}

static void write_indicator(uint16_t place, const struct indicator *in, const struct period *p, const struct block *b, ddas_write *write, void *arg) {
        char text[256];
        struct line l = { text, 0, sizeof text };
        bool mean = in->numerator == NO_CELL, has_sum = in->sum != NO_SUM, has_denominator = in->denominator != NO_CELL;
        int64_t sum = has_sum ? b->sum[in->sum] : 0, numerator = mean ? sum : b->n[in->numerator];
        int64_t denominator = has_denominator ? b->n[in->denominator] : 0;
        put_start(&l, place, in, p);
        line_put(&l, (struct text) { in->detail, strlen(in->detail) });
        put_cell(&l, true, numerator);
        put_cell(&l, has_denominator, denominator);
        put_cell(&l, has_sum, sum);
        put_cell(&l, true, has_denominator ? denominator : numerator);
        line_put(&l, T("\r\n"));
        write(arg, text, l.n);
        for (unsigned i = 0; in->scale != SCALE_NONE && i < CLASSES; i++) {
                if (!b->n[in->classes + i])
                        continue;
                l.n = 0;
                put_start(&l, place, in, p);
                put_class(&l, (enum scale) in->scale, i);
                put_cell(&l, true, b->n[in->classes + i]);
                put_cell(&l, true, denominator);
                put_cell(&l, false, 0);
                put_cell(&l, true, denominator);
                line_put(&l, T("\r\n"));
                write(arg, text, l.n);
        }
}

static void write_place(const struct ddas *d, uint32_t slot, ddas_write *write, void *arg) {
        const struct tally *t = &d->tally;
        for (uint32_t p = 0; p < t->periods_n; p++) {
                uint16_t at = t->at[slot * t->periods_n + p];
                for (uint32_t i = 0; i < indicators_n; i++)
                        if (t->models[slot] >> indicators[i].model & 1)
                                write_indicator(t->places[slot], &indicators[i], &t->period[p], at ? &t->block[at - 1] : &empty, write, arg);
        }
}

void ddas_csv(const struct ddas *d, ddas_write *write, void *arg) {
        static const char header[] = "gemeentecode,indicator,periode,volledig,detail,teller,noemer,som,n\r\n";
        write(arg, header, sizeof header - 1);
        for (uint32_t place = 0; place < PLACES; place++)
                if (d->tally.slot[place])
                        write_place(d, d->tally.slot[place] - 1u, write, arg);
}
