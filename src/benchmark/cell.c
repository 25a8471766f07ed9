/* cell.c - the results of one indicator, breakdown and period as one value of the store. */
#include "pack.h"
#include "releasing.h"
#include "stats.h"

/* First of the value: raise when what follows changes. */
#define FORMAT 1

static const size_t cell_numbers[] = {
        offsetof(struct cell, target), offsetof(struct cell, total_numerator), offsetof(struct cell, total_denominator),
        offsetof(struct cell, phi), offsetof(struct cell, tau2), offsetof(struct cell, mean), offsetof(struct cell, spread),
        offsetof(struct cell, p_equal), offsetof(struct cell, rankability), offsetof(struct cell, inhabitants),
};
static const size_t cell_counts[] = {
        offsetof(struct cell, participants), offsetof(struct cell, delivered),
};
static const size_t result_numbers[] = {
        offsetof(struct result, value), offsetof(struct result, numerator), offsetof(struct result, denominator),
        offsetof(struct result, low95), offsetof(struct result, high95), offsetof(struct result, shrunk),
        offsetof(struct result, shrunk_low), offsetof(struct result, shrunk_high), offsetof(struct result, weight),
        offsetof(struct result, rank_expected), offsetof(struct result, rank_median), offsetof(struct result, rank_low),
        offsetof(struct result, rank_high), offsetof(struct result, best_quarter), offsetof(struct result, worst_quarter),
        offsetof(struct result, p), offsetof(struct result, p_adjusted), offsetof(struct result, z),
};
#define COUNT(x) (sizeof(x) / sizeof *(x))
#define NUMBER(s, offset) ((double *) ((char *) (s) + (offset)))
#define NUMBER_OF(s, offset) (*(const double *) ((const char *) (s) + (offset)))

static void pack_result(struct buf *b, const struct result *r) {
        pack_text(b, r->region);
        pack_byte(b, (unsigned) r->status);
        pack_byte(b, (unsigned) r->state);
        pack_byte(b, (unsigned) r->quarters);
        pack_text(b, r->choices);
        pack_text(b, r->explanation);
        if (r->status != RESULT_EXACT)
                return;
        pack_byte(b, (unsigned) (r->class_exact + 2));
        pack_byte(b, (unsigned) (r->class_adjusted + 2));
        pack_byte(b, (unsigned) r->notice);
        pack_byte(b, (unsigned) r->fifth);
        pack_byte(b, (unsigned) r->tenth);
        for (size_t i = 0; i < COUNT(result_numbers); i++)
                pack_number(b, NUMBER_OF(r, result_numbers[i]));
}

void cell_pack(struct buf *b, const struct cell *c) {
        pack_byte(b, FORMAT);
        pack_byte(b, (unsigned) c->method);
        pack_byte(b, c->target_from_counts);
        for (size_t i = 0; i < COUNT(cell_numbers); i++)
                pack_number(b, NUMBER_OF(c, cell_numbers[i]));
        for (size_t i = 0; i < COUNT(cell_counts); i++)
                pack_number(b, (double) *(const int64_t *) ((const char *) c + cell_counts[i]));
        for (size_t i = 0; i < 7; i++)
                pack_number(b, c->quantile[i]);
        for (size_t i = 0; i < 9; i++)
                pack_number(b, c->decile[i]);
        pack_number(b, (double) c->n);
        for (size_t i = 0; i < c->n; i++)
                pack_result(b, &c->v[i]);
}

static void unpack_result(struct pack_reader *p, struct result *r) {
        r->region = unpack_text(p);
        r->status = (enum result_status) unpack_byte(p);
        r->state = (enum benchmark_state) unpack_byte(p);
        r->quarters = (int) unpack_byte(p);
        r->choices = unpack_text(p);
        r->explanation = unpack_text(p);
        for (size_t i = 0; i < COUNT(result_numbers); i++)
                *NUMBER(r, result_numbers[i]) = STATS_NONE;
        if (r->status != RESULT_EXACT)
                return;
        r->class_exact = (int) unpack_byte(p) - 2;
        r->class_adjusted = (int) unpack_byte(p) - 2;
        r->notice = (enum result_notice) unpack_byte(p);
        r->fifth = (int) unpack_byte(p);
        r->tenth = (int) unpack_byte(p);
        for (size_t i = 0; i < COUNT(result_numbers); i++)
                *NUMBER(r, result_numbers[i]) = unpack_number(p);
}

enum err cell_unpack(struct arena *a, struct str packed, struct cell *ret) {
        struct pack_reader p = pack_reader(packed);
        unsigned format = unpack_byte(&p);
        ret->method = (int) unpack_byte(&p);
        ret->target_from_counts = unpack_byte(&p) != 0;
        for (size_t i = 0; i < COUNT(cell_numbers); i++)
                *NUMBER(ret, cell_numbers[i]) = unpack_number(&p);
        for (size_t i = 0; i < COUNT(cell_counts); i++) {
                double v = unpack_number(&p);
                *(int64_t *) ((char *) ret + cell_counts[i]) = v >= 0 && v < 1e6 ? (int64_t) v : 0;
        }
        for (size_t i = 0; i < 7; i++)
                ret->quantile[i] = unpack_number(&p);
        for (size_t i = 0; i < 9; i++)
                ret->decile[i] = unpack_number(&p);
        double n = unpack_number(&p);
        ret->n = 0;
        if (p.broken || format != FORMAT || !(n >= 0 && n < 1e5))
                return err_log(ERR_INTERNAL, "stored results of %.*s, %lld are damaged", STR(ret->indicator), (long long) ret->period);
        ret->v = arena_many(a, struct result, (size_t) n);
        for (; ret->n < (size_t) n && !p.broken; ret->n++)
                unpack_result(&p, &ret->v[ret->n]);
        return p.broken ? err_log(ERR_INTERNAL, "stored results of %.*s, %lld are damaged", STR(ret->indicator), (long long) ret->period) : OK;
}

const struct result *benchmark_result(const struct cell *c, struct str region) {
        size_t lo = 0, hi = c->n;
        while (lo < hi) {
                size_t mid = (lo + hi) / 2;
                int order = str_cmp(c->v[mid].region, region);
                if (order == 0)
                        return &c->v[mid];
                if (order < 0)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return NULL;
}
