/* export.c - results as a file, with the release they come from: one indicator in every period for every participant, or all indicators of
 * the page of a municipality. */
#include <math.h>
#include "buf.h"
#include "csv.h"
#include "view.h"

static const char *status_name(enum result_status s) {
        static const char *const names[] = { "exact", "niet getoond", "niet alle kwartalen", "geen" };
        return names[s];
}

static void row(struct buf *b, const struct compare_view *v, const struct cell *c, const struct result *r, struct arena *a) {
        const struct municipality_current *m = compare_place_of(&v->places, r->region);
        buf_fmt(b, "%.*s,%.*s,", STR(v->entry->code), STR(period_code(a, c->period)));
        csv_field(b, v->detail);
        buf_fmt(b, ",%.*s,", STR(r->region));
        csv_field(b, m ? m->name : S(""));
        csv_number(b, r->value);
        csv_number(b, r->numerator);
        csv_number(b, r->denominator);
        csv_number(b, r->low95);
        csv_number(b, r->high95);
        csv_number(b, r->shrunk);
        csv_number(b, r->shrunk_low);
        csv_number(b, r->shrunk_high);
        csv_number(b, r->p);
        csv_number(b, r->p_adjusted);
        buf_fmt(b, ",%s,%s,%lld,%lld,", status_name(r->status), benchmark_state_name(r->state), (long long) v->entry->version,
                (long long) v->release.id);
        csv_field(b, r->choices);
        buf_char(b, ',');
        csv_field(b, r->explanation);
        buf_str(b, v->release.fictitious ? S(",fictief\r\n") : S(",\r\n"));
}

enum err compare_csv_get(struct req *rq, struct resp *rs) {
        struct compare_view *v = arena_new(rq->arena, struct compare_view);
        struct str why = S("");
        int64_t period;
        struct buf *b = &rs->body;
        enum err e = compare_choose(rq, v, &period, &why);
        if (e == OK)
                e = benchmark_cells(rq->db, rq->arena, 0, v->who, v->entry->code, v->detail, v->years, &v->cells);
        bool has = false;
        for (size_t i = 0; e == OK && i < v->cells.n; i++)
                has |= period == 0 || v->cells.v[i].period == period;
        if (e != OK || !has)
                return e != OK ? e : ERR_NOT_FOUND;
        buf_str(b, S("indicator,periode,deel,gemeentecode,gemeente,waarde,teller,noemer,laag95,hoog95,geschat,geschat_laag95,geschat_hoog95,"
                     "p,p_gecorrigeerd,status,levering,definitie_versie,uitgave,registratiekeuzes,toelichting,fictief\r\n"));
        for (size_t i = 0; i < v->cells.n; i++)
                for (size_t k = 0; k < v->cells.v[i].n; k++)
                        row(b, v, &v->cells.v[i], &v->cells.v[i].v[k], rq->arena);
        rs->content_type = "text/csv; charset=utf-8; header=present";
        rs->is_open_data = true;
        rs->filename = str_fmt(rq->arena, "%s%.*s-vergeleken.csv", v->release.fictitious ? "fictief-" : "", STR(v->entry->slug));
        return b->full ? ERR_LIMIT : OK;
}

static void board_line(struct buf *b, const struct board_view *v, const struct board_row *r, struct arena *a) {
        const struct cell *c = r->cell;
        const struct result none = { .value = NAN, .numerator = NAN, .denominator = NAN, .low95 = NAN, .high95 = NAN },
                *mine = r->mine ? r->mine : &none;
        buf_fmt(b, "%.*s,", STR(r->entry->code));
        csv_field(b, r->entry->name);
        buf_fmt(b, ",%.*s,%.*s,", STR(period_code(a, c->period)), STR(v->own ? v->own->code : S("")));
        csv_field(b, v->own ? v->own->name : S(""));
        const double number[] = { mine->value, mine->numerator, mine->denominator, mine->low95, mine->high95, c->target, c->total_numerator,
                c->total_denominator, c->quantile[0], c->quantile[2], c->quantile[4], c->quantile[6] };
        for (size_t i = 0; i < sizeof number / sizeof *number; i++)
                csv_number(b, number[i]);
        buf_char(b, ',');
        csv_field(b, r->notice);
        buf_fmt(b, ",%s,%lld,%s\r\n", !v->own ? "" : r->mine ? status_name(r->mine->status) : status_name(RESULT_NONE), (long long) v->release.id,
                v->release.fictitious ? "fictief" : "");
}

enum err board_csv_get(struct req *rq, struct resp *rs) {
        struct board_view *v = arena_new(rq->arena, struct board_view);
        struct str why = S("");
        enum err e = board_fill(rq, v, &why);
        if (e != OK || v->rows == 0)
                return e != OK ? e : ERR_NOT_FOUND;
        struct buf *b = &rs->body;
        buf_str(b, S("indicator,naam,periode,gemeentecode,gemeente,waarde,teller,noemer,laag95,hoog95,alle_deelnemers,teller_alle,noemer_alle,"
                     "laagste,p25,p75,hoogste,verschil,status,uitgave,fictief\r\n"));
        for (size_t i = 0; i < v->rows; i++)
                board_line(b, v, &v->row[i], rq->arena);
        rs->content_type = "text/csv; charset=utf-8; header=present";
        rs->is_open_data = true;
        rs->filename = str_fmt(rq->arena, "%s%.*s-in-cijfers.csv", v->release.fictitious ? "fictief-" : "", STR(v->own ? v->own->slug : S("deelnemers")));
        return b->full ? ERR_LIMIT : OK;
}
