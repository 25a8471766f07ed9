/* export.c - the CSV file. One streamed query; small numbers were taken out when the figures were loaded. */
#include "export.h"
#include <math.h>
#include "benchmark_period.h"
#include "benchmark_release.h"
#include "csv.h"
#include "network.h"

struct export {
        struct arena *a;
        const struct indicator *i;
        int64_t period;         /* of the row before, with its code */
        struct str code;
        struct buf *out;
        int64_t release;                /* 0: not of a release */
        bool any;
};

static void field(struct buf *b, struct str s, char before) {
        buf_char(b, before);
        csv_field(b, s);
}

static void number(struct buf *b, double v) {
        buf_char(b, ',');
        if (isnan(v))
                return;
        if (fabs(v) < 1e15 && round(v) >= v && round(v) <= v)
                buf_i64(b, (int64_t) v);
        else
                buf_fmt(b, "%.10g", v);
}

static enum err row(void *arg, const struct page_export_row *r) {
        struct export *x = arg;
        bool nation = str_eq(r->region, S(NETWORK_NATION));
        if (!x->any)
                buf_str(x->out, S("indicator,periode,code,gemeente,provincie,uitsplitsing,waarde,teller,noemer,"
                                  "status,bron,uitgave,fictief\r\n"));
        x->any = true;
        if (r->period != x->period)
                x->code = period_code(x->a, x->period = r->period);
        buf_str(x->out, x->i->code);
        field(x->out, x->code, ',');
        field(x->out, r->region, ',');
        field(x->out, nation ? S("Nederland") : r->name, ',');
        field(x->out, r->province, ',');
        field(x->out, r->detail, ',');
        number(x->out, r->value);
        number(x->out, r->numerator);
        number(x->out, r->denominator);
        field(x->out, r->status, ',');
        field(x->out, r->source.n ? r->source : x->i->source, ',');
        buf_char(x->out, ',');
        if (x->release)
                buf_i64(x->out, x->release);
        buf_str(x->out, x->i->fictitious ? S(",ja\r\n") : S(",nee\r\n"));
        return x->out->full ? ERR_LIMIT : OK;
}

enum err export_csv(struct req *rq, const struct indicator *i, int64_t year, struct buf *out, bool *any) {
        struct export x = { .a = rq->arena, .i = i, .out = out };
        enum err e = benchmark_release_of(rq->db, rq->arena, i->code, &x.release);
        if (e == OK)
                e = page_export(rq->db, i->code, NETWORK_DIVISION, year, row, &x);
        *any = x.any;
        return e;
}
