/* board.c - a municipality on one page: every delivered indicator, what asks for attention first, and the way from signal to
 * aftercare. */
#include <math.h>
#include "comparing.sql.h"
#include "number.h"
#include "view.h"

#define NONE ((double) NAN)

/* A proven difference at the less favourable side comes first, then what survives less; without a better side, by size alone. */
static double concern(const struct dictionary_entry *e, const struct result *r) {
        if (!r || r->status != RESULT_EXACT || isnan(r->z))
                return -HUGE_VAL;
        if (str_eq(e->polarity, S("none")))
                return fabs(r->z) / 2;
        return str_eq(e->polarity, S("higher")) ? -r->z : r->z;
}

static enum err board_row_fill(struct req *rq, struct board_view *v, const struct dictionary_entry *e, int64_t period) {
        struct cell *c = arena_new(rq->arena, struct cell);
        bool found = false;
        enum err err = benchmark_cell(rq->db, rq->arena, 0, v->who, e->code, compare_whole(e), period, c, &found);
        if (err != OK || !found)
                return err;
        const struct result *r = v->own ? benchmark_result(c, v->own->code) : NULL;
        struct board_row row = { .entry = e, .cell = c, .mine = r, .period = period_name(rq->arena, period),
                .all = num_short(rq->arena, c->target, (int) e->decimals, e->unit), .concern = concern(e, r) };
        row.href = v->own ? str_fmt(rq->arena, "/vergelijken/%.*s?gemeente=%.*s", STR(e->slug), STR(v->own->slug))
                          : str_fmt(rq->arena, "/vergelijken/%.*s", STR(e->slug));
        if (v->own) {
                row.value = compare_value(rq->arena, e, r);
                row.notice = r ? compare_notice(r) : S("");
                row.margin = r && r->status == RESULT_EXACT ? compare_margin(rq->arena, e, r->low95, r->high95) : S("");
                row.words = compare_words(rq->arena, e, v->own->name, c, r);
                v->notable += r && r->notice == RESULT_NOTABLE_CORRECTED;
        }
        size_t k = v->rows++;
        for (; k > 0 && v->row[k - 1].concern < row.concern; k--)
                v->row[k] = v->row[k - 1];
        v->row[k] = row;
        return OK;
}

static void spine(struct arena *a, struct board_view *v) {
        struct chart_spine_row *row = arena_many(a, struct chart_spine_row, v->rows + 1);
        size_t n = 0, known = 0;
        for (size_t i = 0; i < v->rows; i++) {
                const struct board_row *b = &v->row[i];
                const struct result *r = b->mine;
                known += r && r->status == RESULT_EXACT;
                /* Without a favourable side there is no right and left. */
                if (isnan(b->cell->quantile[0]) || str_eq(b->entry->polarity, S("none")))
                        continue;
                enum chart_class class = !r || isnan(r->p) ? CHART_NO_CLASS : r->notice == RESULT_USUAL ? CHART_IN
                        : r->class_exact > 0 ? CHART_HIGH : CHART_LOW;
                row[n++] = (struct chart_spine_row) { b->entry->name, str_fmt(a, "%.*s%s%.*s", STR(b->value), b->notice.n ? ", " : "",
                        STR(b->notice)), b->value, url_path(b->href), r && r->status == RESULT_EXACT ? r->value : NONE,
                        b->cell->quantile[0], b->cell->quantile[2], b->cell->target, b->cell->quantile[4], b->cell->quantile[6], class,
                        str_eq(b->entry->polarity, S("lower")) };
        }
        v->spine = (struct chart_spine) { row, known ? n : 0, S("alle deelnemers"), S("minder gunstig"), S("gunstiger") };
        v->spine_frame = (struct chart) { .id = S("profiel"), .title = S("Het profiel op één plaatje"), .message = v->message,
                .decimals = 1, .unit = S(""), .fictitious = v->release.fictitious, .table = S("cijfers"), .csv = v->csv,
                .source = str_fmt(a, "Bron: leveringen van gemeenten, uitgave %lld.", (long long) v->release.id),
                .how = S("Elke rij is een cijfer. Het midden is het cijfer van alle deelnemers samen. De donkere balk is de helft van de "
                         "gemeenten, de lichte loopt van de laagste tot de hoogste. Rechts is gunstiger; bij cijfers waar lager gunstiger "
                         "is, is de rij omgedraaid. Cijfers zonder gunstige kant staan alleen in de tabel.\nWat het meest om aandacht vraagt, staat boven. Een totaalcijfer maken wij niet: "
                         "wat zwaar weegt, is een keuze.") };
}

/* From signal to aftercare. Each step counts who took it in this period: they are not the same people. */
static const struct { const char *code; bool denominator; struct str name; } steps[] = {
        { "VS04", true, S_INIT("Meldingen van achterstanden") },
        { "VS04", false, S_INIT("Mensen bereikt") },
        { "VS05b", false, S_INIT("Hulp aangenomen") },
        { "SHV01", false, S_INIT("Aanmeldingen bij schuldhulp") },
        { "SHV06", true, S_INIT("Besluiten over toelating") },
        { "SHV06", false, S_INIT("Toegelaten") },
        { "SHV09a", true, S_INIT("Voorstellen aan schuldeisers") },
        { "SHV09a", false, S_INIT("Akkoord van alle schuldeisers") },
        { "SHV09b", false, S_INIT("Regeling afgerond") },
        { "SHV11", false, S_INIT("Schuldenvrij uit de hulp") },
};
#define STEPS (sizeof steps / sizeof *steps)

static const struct board_row *row_of(const struct board_view *v, const char *code) {
        for (size_t i = 0; i < v->rows; i++)
                if (str_eq(v->row[i].entry->code, str_of(code)))
                        return &v->row[i];
        return NULL;
}

static void chain(struct arena *a, struct board_view *v) {
        struct chart_bar *bar = arena_many(a, struct chart_bar, STEPS);
        size_t n = 0;
        v->chain_step = arena_many(a, struct chain_step, STEPS);
        for (size_t i = 0; i < STEPS; i++) {
                const struct board_row *row = row_of(v, steps[i].code);
                const struct result *r = row ? row->mine : NULL;
                if (!r || r->status != RESULT_EXACT)
                        continue;
                double own = steps[i].denominator ? r->denominator : r->numerator;
                double all = steps[i].denominator ? row->cell->total_denominator : row->cell->total_numerator;
                struct chain_step *s = &v->chain_step[n], *before = n ? s - 1 : NULL;
                *s = (struct chain_step) { .name = steps[i].name, .count = own, .all = all, .period = row->period,
                        .share = before && before->count > 0 ? own / before->count : NONE,
                        .share_all = before && before->all > 0 ? all / before->all : NONE };
                bar[n++] = (struct chart_bar) { steps[i].name, num_int(a, llround(own)), num_int(a, llround(own)), own, CHART_OWN };
        }
        v->has_chain = n >= 3;
        v->chain_steps = n;
        v->chain = (struct chart_bars) { bar, n, false };
        v->chain_frame = (struct chart) { .id = S("keten"), .title = S("Van signaal tot nazorg: waar raken wij mensen kwijt?"),
                .message = S("Elke balk telt wie in deze periode die stap zette. Het zijn niet steeds dezelfde mensen."), .unit = S(""),
                .fictitious = v->release.fictitious, .still = true, .csv = v->csv,
                .source = str_fmt(a, "Bron: leveringen van gemeenten, uitgave %lld.", (long long) v->release.id),
                .how = S("Een grote stap omlaag laat zien waar veel mensen niet verder gaan. Vergelijk dat in de tabel met alle deelnemers: "
                         "is het verlies hier groter, dan is dat een reden om te kijken wat anderen op die plek doen.") };
}

static struct str board_words(struct arena *a, const struct board_view *v) {
        size_t known = 0;
        for (size_t i = 0; i < v->rows; i++)
                known += v->row[i].mine && v->row[i].mine->status == RESULT_EXACT;
        if (known == 0)
                return str_fmt(a, "Van %.*s zijn in deze uitgave geen cijfers te tonen.", STR(v->own->name));
        if (v->notable == 0)
                return str_fmt(a, "%.*s heeft %zu cijfers. Geen daarvan wijkt opvallend af van alle deelnemers, als wij rekening houden met "
                               "het grote aantal vergelijkingen.", STR(v->own->name), known);
        return str_fmt(a, "%.*s heeft %zu cijfers. %s daarvan %s opvallend af van alle deelnemers, ook na correctie voor het grote aantal "
                       "vergelijkingen.", STR(v->own->name), known, v->notable == 1 ? "Eén" : str_z(a, num_int(a, (int64_t) v->notable)),
                       v->notable == 1 ? "wijkt" : "wijken");
}

static enum err choose(struct req *rq, struct board_view *v, int64_t *period, struct str *why) {
        struct str asked = req_text(rq, "periode");
        enum err e = compare_begin(rq, &v->who, &v->release, &v->places, &v->own, why);
        if (e == OK)
                e = benchmark_dictionary(rq->db, rq->arena, &v->dictionary);
        if (e != OK)
                return e;
        struct str slug = req_text(rq, "gemeente"), query = str_fmt(rq->arena, "%s%.*s%s%.*s", slug.n ? "?gemeente=" : "", STR(slug),
                asked.n ? slug.n ? "&periode=" : "?periode=" : "", STR(asked));
        v->address = str_fmt(rq->arena, "/vergelijken%.*s", STR(query));
        v->csv = str_fmt(rq->arena, "/vergelijken.csv%.*s", STR(query));
        *period = v->release.through;
        if (!asked.n || (period_read(asked, period) && period_is_quarter(*period)))
                return e;
        *why = S("Deze periode kennen wij niet. Kies een kwartaal, zoals 2025-Q3.");
        return ERR_NOT_FOUND;
}

enum err board_fill(struct req *rq, struct board_view *v, struct str *why) {
        int64_t period = 0;
        enum err e = choose(rq, v, &period, why);
        if (e != OK || !v->release.id)
                return e;
        v->period = period_name(rq->arena, period);
        v->row = arena_many(rq->arena, struct board_row, v->dictionary.n + 1);
        for (size_t i = 0; e == OK && i < v->dictionary.n; i++)
                e = board_row_fill(rq, v, &v->dictionary.v[i], compare_newest(&v->dictionary.v[i], period));
        if (e != OK || !v->own)
                return e;
        struct figures_followed_row followed;
        v->signed_in = rq->viewer.person_id != 0;
        if (v->signed_in)
                e = figures_followed(rq->db, rq->arena, rq->viewer.person_id, v->own->code, &followed, &v->follows);
        v->message = board_words(rq->arena, v);
        spine(rq->arena, v);
        chain(rq->arena, v);
        return e == OK ? board_multiples(rq, v) : e;
}
