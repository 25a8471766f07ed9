/* hide_count.c - counts of people and the figures that show them: a count that several show is hidden in all of them or in none. */
#include <math.h>
#include "hiding.h"

/* Counts with a name are shown by more than one figure (definitions of the dictionary). */
static const struct name { struct str code, detail, part[3]; } names[] = {
        { S_INIT("SHV01"), S_INIT(""), { S_INIT("aanmeldingen"), S_INIT(""), S_INIT("") } },
        { S_INIT("SHV12"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("aanmeldingen") } },
        { S_INIT("SHV02"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("gesprekken") } },
        { S_INIT("SHV03"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("gesprekken") } },
        { S_INIT("SHV05"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("besluiten") } },
        { S_INIT("SHV06"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("besluiten") } },
        { S_INIT("SHV10"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("uitstroom") } },
        { S_INIT("SHV11"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("uitstroom") } },
        { S_INIT("SHV13"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("regelingen") } },
        { S_INIT("SHV14"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("regelingen") } },
        { S_INIT("SHV15"), S_INIT("*"), { S_INIT(""), S_INIT(""), S_INIT("oplossingen") } },
        { S_INIT("SHV16"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("trajecten") } },
        { S_INIT("SHV17"), S_INIT(""), { S_INIT(""), S_INIT(""), S_INIT("trajecten") } },
        { S_INIT("VS01"), S_INIT(""), { S_INIT("signalen"), S_INIT(""), S_INIT("") } },
        { S_INIT("VS06"), S_INIT("*"), { S_INIT(""), S_INIT(""), S_INIT("signalen") } },
        { S_INIT("VS02"), S_INIT(""), { S_INIT("meldingen"), S_INIT(""), S_INIT("") } },
        { S_INIT("VS03"), S_INIT("enkelvoudig"), { S_INIT("enkelvoudig"), S_INIT("meervoudig"), S_INIT("meldingen") } },
        { S_INIT("VS03"), S_INIT("meervoudig"), { S_INIT("meervoudig"), S_INIT("enkelvoudig"), S_INIT("meldingen") } },
        { S_INIT("VS03"), S_INIT("opeenvolgend"), { S_INIT(""), S_INIT(""), S_INIT("meldingen") } },
        { S_INIT("VS04"), S_INIT(""), { S_INIT("bereikt"), S_INIT(""), S_INIT("meldingen") } },
        { S_INIT("VS05a"), S_INIT(""), { S_INIT("hulp"), S_INIT(""), S_INIT("bereikt") } },
        { S_INIT("VS05b"), S_INIT(""), { S_INIT("hulp"), S_INIT(""), S_INIT("meldingen") } },
};
#define NAMES (sizeof names / sizeof *names)

static struct str name_of(const struct hiding_figure *f, enum hiding_part part) {
        for (size_t i = 0; i < NAMES; i++)
                if (str_eq(names[i].code, f->entry->code) && (str_eq(names[i].detail, S("*")) || str_eq(names[i].detail, f->detail)))
                        return names[i].part[part];
        return S("");
}

bool hiding_are_linked(struct str code, struct str other) {
        for (size_t i = 0; i < NAMES; i++)
                for (size_t k = 0; k < NAMES; k++)
                        for (int p = 0; p < 9; p++) {
                                struct str one = names[i].part[p / 3], two = names[k].part[p % 3];
                                if (str_eq(names[i].code, code) && str_eq(names[k].code, other) && one.n && str_eq(one, two))
                                        return true;
                        }
        return false;
}

bool hiding_about_people(const struct dictionary_entry *d) {
        return str_eq(d->kind, S("proportion")) || str_eq(d->kind, S("rate")) || str_eq(d->kind, S("mean"));
}

bool hiding_is_own(const struct hiding_figure *f, enum hiding_part part) {
        if (str_eq(f->entry->kind, S("mean")))
                return part == HIDING_CASES;
        return part == HIDING_NUMERATOR || (part == HIDING_REST && str_eq(f->entry->kind, S("proportion")));
}

double hiding_count(const struct result *r, enum hiding_part part) {
        return part == HIDING_NUMERATOR ? r->numerator : part == HIDING_CASES ? r->denominator : r->denominator - r->numerator;
}

/* ---- one spot ---- */

struct hiding_place hiding_place_of(const struct hiding_table *t, const struct hiding_spot *s, size_t i) {
        const struct hiding_figure *f = t->shown.v[s->by[i].member].figure;
        return (struct hiding_place) { f->column[s->column], s->by[i].at, hiding_is_own(f, t->shown.v[s->by[i].member].part) };
}

bool hiding_is_hidden(const struct hiding_table *t, const struct hiding_spot *s) {
        for (size_t i = 0; i < s->n; i++) {
                struct hiding_place p = hiding_place_of(t, s, i);
                if (!p.cell->hidden[p.at])
                        return false;
        }
        return s->n > 0;
}

bool hiding_is_fixed(const struct hiding_table *t, const struct hiding_spot *s) {
        for (size_t i = 0; i < s->n; i++) {
                struct hiding_place p = hiding_place_of(t, s, i);
                if (p.cell->fixed[p.at])
                        return true;
        }
        return false;
}

bool hiding_is_must(const struct hiding_table *t, const struct hiding_spot *s) {
        bool hidden = hiding_is_hidden(t, s);
        for (size_t i = 0; i < s->n; i++) {
                struct hiding_place p = hiding_place_of(t, s, i);
                if (p.own && p.cell->must[p.at])
                        return true;
        }
        return hidden && stats_sdc_few(s->count, STATS_SDC_FEW);
}

void hiding_hide(struct hiding *h, const struct hiding_table *t, const struct hiding_spot *s, bool must) {
        for (size_t i = 0; i < s->n; i++) {
                struct hiding_place p = hiding_place_of(t, s, i);
                if (p.cell->fixed[p.at])
                        continue;
                h->more |= !p.cell->hidden[p.at] || (must && !p.cell->must[p.at]);
                p.cell->hidden[p.at] = true;
                p.cell->must[p.at] |= must;
        }
}

void hiding_withhold(struct hiding *h, const struct hiding_table *t, int q) {
        for (size_t i = 0; i < t->shown.n; i++) {
                struct releasing_cell *c = t->shown.v[i].figure->column[q];
                h->more |= c && !c->withheld;
                if (c)
                        c->withheld = true;
        }
}

/* ---- building ---- */

static struct hiding_spot spot_of(const struct hiding_table *t, struct str region, int q) {
        struct hiding_spot s = { .column = (unsigned char) q };
        for (size_t i = 0; i < t->shown.n; i++) {
                struct releasing_cell *c = t->shown.v[i].figure->column[q];
                const struct result *r = c ? benchmark_result(&c->cell, region) : NULL;
                double count = r && r->status == RESULT_EXACT ? hiding_count(r, t->shown.v[i].part) : (double) NAN;
                if (isnan(count) || (s.n > 0 && (count < s.count || count > s.count)))
                        continue;
                s.count = count;
                s.by[s.n].member = (unsigned char) i;
                s.by[s.n++].at = (unsigned short) (r - c->cell.v);
        }
        return s;
}

static void add_table(struct hiding *h, const struct hiding_figure *f, enum hiding_part part) {
        struct hiding_table *t = vec_push(h->a, &h->tables);
        struct str name = name_of(f, part);
        *t = (struct hiding_table) { .name = name, .by_quarter = f->entry->delivery == DICTIONARY_BY_QUARTER };
        t->shown.v[t->shown.n].figure = f;
        t->shown.v[t->shown.n++].part = part;
        for (size_t i = 0; name.n && i < h->figures.n; i++)
                for (enum hiding_part p = HIDING_NUMERATOR; p <= HIDING_CASES && t->shown.n < HIDING_SHOWN_MAX; p++)
                        if (&h->figures.v[i] != f && str_eq(name_of(&h->figures.v[i], p), name)) {
                                t->shown.v[t->shown.n].figure = &h->figures.v[i];
                                t->shown.v[t->shown.n++].part = p;
                        }
        t->spot = arena_many(h->a, struct hiding_spot, h->regions.n * 5 + 1);
        for (size_t r = 0; r < h->regions.n; r++)
                for (int q = 0; q < 5; q++)
                        t->spot[5 * r + (size_t) q] = spot_of(t, h->regions.v[r], q);
}

/* Does an earlier figure show this count already, or another one as what it is about? */
static bool has_table(const struct hiding *h, const struct hiding_figure *f, struct str name) {
        for (size_t i = 0; i < h->figures.n; i++)
                for (enum hiding_part p = HIDING_NUMERATOR; p <= HIDING_CASES; p++)
                        if (str_eq(name_of(&h->figures.v[i], p), name) && (&h->figures.v[i] < f || hiding_is_own(&h->figures.v[i], p)))
                                return true;
        return false;
}

static struct hiding_figure *figure_for(struct hiding *h, const struct releasing_cell *c) {
        for (size_t i = 0; i < h->figures.n; i++)
                if (h->figures.v[i].entry == c->entry && str_eq(h->figures.v[i].detail, c->cell.detail))
                        return &h->figures.v[i];
        struct hiding_figure *f = vec_push(h->a, &h->figures);
        *f = (struct hiding_figure) { .entry = c->entry, .detail = c->cell.detail };
        return f;
}

void hiding_tables(struct hiding *h, struct releasing_cells *cells) {
        struct map seen = { 0 };
        for (size_t i = 0; i < cells->n; i++) {
                struct releasing_cell *c = &cells->v[i];
                figure_for(h, c)->column[period_is_quarter(c->cell.period) ? period_quarter(c->cell.period) - 1 : 4] = c;
                for (size_t k = 0; k < c->cell.n; k++)
                        if (!map_get(&seen, c->cell.v[k].region)) {
                                map_put(h->a, &seen, c->cell.v[k].region, h);
                                *vec_push(h->a, &h->regions) = c->cell.v[k].region;
                        }
        }
        for (size_t i = 0; i < h->figures.n; i++) {
                const struct hiding_figure *f = &h->figures.v[i];
                if (!hiding_about_people(f->entry))
                        continue;
                for (enum hiding_part p = HIDING_NUMERATOR; p <= HIDING_CASES; p++) {
                        struct str name = name_of(f, p);
                        if (hiding_is_own(f, p) || (name.n && !has_table(h, f, name)))
                                add_table(h, f, p);
                }
        }
}

const struct hiding_table *hiding_numerators(const struct hiding *h, const struct hiding_figure *f) {
        for (size_t i = 0; i < h->tables.n; i++)
                if (h->tables.v[i].shown.v[0].figure == f && h->tables.v[i].shown.v[0].part == HIDING_NUMERATOR)
                        return &h->tables.v[i];
        return NULL;
}
