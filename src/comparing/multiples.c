/* multiples.c - twelve small drawings: the own line of what asks for attention first, over that of all participants. */
#include <math.h>
#include "number.h"
#include "view.h"

/* The newest own value in words, with what the course does. */
static struct str words(struct arena *a, const struct board_row *r, const struct series *s) {
        struct str value = r->mine && r->mine->status == RESULT_EXACT ? num_unit(a, r->mine->value, (int) r->entry->decimals, r->entry->unit)
                                                                      : S("Geen cijfer");
        return str_fmt(a, "%.*s in het %.*s. %.*s", STR(value), STR(r->period), STR(compare_words_course(a, s)));
}

static enum err add(struct req *rq, struct board_view *v, const struct board_row *r) {
        struct series_set *set = arena_new(rq->arena, struct series_set);
        bool found = false;
        enum err e = benchmark_series(rq->db, rq->arena, 0, v->who, r->entry->code, compare_whole(r->entry), v->own->code, set,
                &found);
        const struct series *s = e == OK && found ? series_of(set, v->own->code) : NULL;
        if (!s || set->moments < 2)
                return e;
        struct chart_moment *all = arena_many(rq->arena, struct chart_moment, set->moments);
        struct chart_moment *own = arena_many(rq->arena, struct chart_moment, set->moments);
        for (size_t i = 0; i < set->moments; i++) {
                double t = compare_time(set->moment[i].period);
                all[i] = (struct chart_moment) { .t = t, .y = set->moment[i].all };
                own[i] = (struct chart_moment) { .t = t, .y = s->point[i].value };
        }
        struct chart_line *lines = arena_many(rq->arena, struct chart_line, 2);
        lines[0] = (struct chart_line) { CHART_NATION, S("alle deelnemers"), all, set->moments };
        lines[1] = (struct chart_line) { CHART_OWN, v->own->name, own, set->moments };
        struct chart_multiple *m = &v->multiple[v->multiples];
        *m = (struct chart_multiple) { .id = str_fmt(rq->arena, "m%zu", v->multiples), .title = r->entry->name, .text = words(rq->arena, r, s),
                .href = url_path(r->href), .trend = { .line = lines, .lines = 2, .every = 0.25 }, .unit = r->entry->unit,
                .fictitious = v->release.fictitious };
        v->multiples++;
        return OK;
}

enum err board_multiples(struct req *rq, struct board_view *v) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < v->rows && v->multiples < BOARD_MULTIPLES; i++)
                if (v->row[i].entry->delivery == DICTIONARY_BY_QUARTER)
                        e = add(rq, v, &v->row[i]);
        return e;
}
