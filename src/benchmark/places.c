/* places.c - the municipalities on the page of an indicator. For each: a byte of flags, the texts and, when there is a figure, its classes and numbers. */
#include "places.h"
#include <math.h>
#include "message.h"
#include "number.h"
#include "pack.h"
#include "vec.h"

enum { KNOWN = 1, TESTED = 2 };

static void put_place(struct buf *b, const struct place *p) {
        pack_byte(b, (p->known ? KNOWN : 0u) | (p->tested ? TESTED : 0u));
        pack_text(b, p->code);
        pack_text(b, p->name);
        pack_text(b, p->slug);
        if (!p->known)
                return;
        pack_text(b, p->value);
        pack_text(b, p->cases);
        pack_text(b, p->margin);
        pack_byte(b, (unsigned) (p->class_exact + 2));
        pack_byte(b, (unsigned) (p->class_adjusted + 2));
        pack_byte(b, (unsigned) p->fifth);
        pack_number(b, p->figure);
        pack_number(b, p->denominator);
        pack_number(b, p->low95);
        pack_number(b, p->high95);
}

static void unknown(struct place *p) {
        p->value = p->cases = p->margin = p->class = S("");
        p->figure = p->denominator = p->low95 = p->high95 = (double) NAN;
}

static void take_place(struct pack_reader *r, struct place *p) {
        unsigned flags = unpack_byte(r);
        p->known = flags & KNOWN;
        p->tested = flags & TESTED;
        p->code = unpack_text(r);
        p->name = unpack_text(r);
        p->slug = unpack_text(r);
        if (!p->known) {
                unknown(p);
                return;
        }
        p->value = unpack_text(r);
        p->cases = unpack_text(r);
        p->margin = unpack_text(r);
        p->class_exact = (int) unpack_byte(r) - 2;
        p->class_adjusted = (int) unpack_byte(r) - 2;
        p->fifth = (int) unpack_byte(r);
        p->figure = unpack_number(r);
        p->denominator = unpack_number(r);
        p->low95 = unpack_number(r);
        p->high95 = unpack_number(r);
        p->class = message_class(p->tested, p->class_adjusted);
}

static struct place place_of(struct arena *a, const struct page_municipalities_row *m, const struct page_units_row *u, int decimals,
                             struct str unit) {
        struct place p = { .code = m->code, .name = m->name, .slug = m->slug };
        if (!u) {
                unknown(&p);
                return p;
        }
        p.known = true;
        p.tested = !isnan(u->z_adjusted);
        p.figure = u->value;
        p.denominator = u->denominator;
        p.low95 = u->low95;
        p.high95 = u->high95;
        p.class_exact = (int) u->class_exact;
        p.class_adjusted = (int) u->class_adjusted;
        p.fifth = (int) u->fifth;
        p.value = num_short(a, u->value, decimals, unit);
        p.cases = isnan(u->denominator) || isnan(u->low95) ? S("") : num_int(a, llround(u->denominator));
        p.margin = isnan(u->low95) || isnan(u->high95) ? S("") :
                str_fmt(a, "%.*s – %.*s", STR(num_dec(a, u->low95, decimals)), STR(num_dec(a, u->high95, decimals)));
        return p;
}

/* What is compared: its unit, and the units in it. */
struct compared_places {
        struct str code, unit;
        int64_t period;
        int decimals;
        struct page_units_row_list units;
};

static enum err write_places(struct db *db, struct arena *a, const struct page_municipalities_row_list *all, const struct compared_places *c,
                             int64_t since) {
        struct map by_region = { 0 };
        _cleanup_(buf_done) struct buf b = { 0 };
        for (size_t i = 0; i < c->units.n; i++)
                map_put(a, &by_region, c->units.v[i].region, &c->units.v[i]);
        for (size_t i = 0; i < all->n; i++) {
                struct place p = place_of(a, &all->v[i], map_get(&by_region, all->v[i].code), c->decimals, c->unit);
                put_place(&b, &p);
        }
        return places_insert(db, c->code, c->period, (int64_t) all->n, buf_view(&b), since);
}

enum err places_write(struct db *db, struct arena *a) {
        struct page_municipalities_row_list all;
        struct page_comparisons_row_list list;
        enum err e = places_clear(db);
        if (e == OK)
                e = page_municipalities(db, a, &all);
        if (e == OK)
                e = page_comparisons(db, a, &list);
        for (size_t i = 0; e == OK && i < list.n; i++) {
                struct arena scratch = { 0 };
                struct compared_places c = { list.v[i].code, list.v[i].unit, list.v[i].period, (int) list.v[i].decimals, { 0 } };
                e = page_units(db, &scratch, c.code, c.period, &c.units);
                if (e == OK)
                        e = write_places(db, &scratch, &all, &c, 0);
                arena_done(&scratch);
        }
        return e;
}

enum err places_put(struct db *db, struct arena *a, const struct page_municipalities_row_list *all, const struct dictionary_entry *d,
                    const struct cell *cell, int64_t since) {
        struct compared_places c = { d->code, d->unit, cell->period, (int) d->decimals, { arena_many(a, struct page_units_row, cell->n), 0 } };
        for (size_t i = 0; i < cell->n; i++) {
                const struct result *r = &cell->v[i];
                if (r->status == RESULT_EXACT)
                        c.units.v[c.units.n++] = (struct page_units_row) { r->region, r->value, r->denominator, r->low95, r->high95,
                                r->class_exact, r->class_adjusted, r->z, r->fifth };
        }
        return c.units.n < BENCHMARK_UNITS_MIN ? OK : write_places(db, a, all, &c, since);
}

enum err places_of(struct db *db, struct arena *a, struct str code, int64_t period, struct place_list *ret) {
        struct page_places_row row = { 0 };
        bool found;
        enum err e = page_places(db, a, code, period, &row, &found);
        *ret = (struct place_list) { 0 };
        if (e != OK)
                return e;
        size_t n = found && row.municipalities > 0 ? (size_t) row.municipalities : 0;
        struct pack_reader r = pack_reader(row.packed);
        ret->v = arena_many(a, struct place, n);
        for (; ret->n < n && !r.broken; ret->n++) {
                take_place(&r, &ret->v[ret->n]);
                ret->known += ret->v[ret->n].known;
        }
        return r.broken ? err_log(ERR_INTERNAL, "the places of %.*s, %lld are missing or damaged", STR(code),
                                  (long long) period) : OK;
}

enum err places_unknown(struct db *db, struct arena *a, struct place_list *ret) {
        struct page_municipalities_row_list all;
        enum err e = page_municipalities(db, a, &all);
        *ret = (struct place_list) { 0 };
        if (e != OK)
                return e;
        ret->v = arena_many(a, struct place, all.n);
        for (; ret->n < all.n; ret->n++) {
                const struct page_municipalities_row *m = &all.v[ret->n];
                ret->v[ret->n] = (struct place) { .code = m->code, .name = m->name, .slug = m->slug };
                unknown(&ret->v[ret->n]);
        }
        return OK;
}
