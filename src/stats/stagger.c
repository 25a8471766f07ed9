#include "stagger.h"

/* What a cell compares: the time before, and who counts as a control. */
struct cell {
        size_t first, time, base;
        bool valid;
};

static struct cell cell_at(const struct stats_stagger *s, size_t first, size_t time)
{
        struct cell c = { .first = first, .time = time };
        if (first == 0 || first >= s->times || time >= s->times)
                return c;
        bool before = time + s->anticipation < first;
        c.valid = before && !s->universal ? time > 0 : first > s->anticipation;
        if (c.valid)
                c.base = before && !s->universal ? time - 1 : first - 1 - s->anticipation;
        return c;
}

static bool is_control(const struct stats_stagger *s, const struct cell *c, size_t unit)
{
        if (s->first[unit] == STATS_NEVER)
                return true;
        size_t last = c->time > c->base ? c->time : c->base;
        return s->control == STATS_CONTROL_NOT_YET && s->first[unit] != c->first && s->first[unit] > last + s->anticipation;
}

static double change(const struct stats_stagger *s, const struct cell *c, size_t unit)
{
        return s->y[unit * s->times + c->time] - s->y[unit * s->times + c->base];
}

/* Means of the two sides, and sums of squares around them. */
struct sides {
        size_t n[2];
        double mean[2], square[2];
};

static struct sides compare(const struct stats_stagger *s, const struct cell *c)
{
        struct sides r = { 0 };
        for (int round = 0; round < 2; round++)
                for (size_t u = 0; u < s->units && c->valid; u++) {
                        bool treated = s->first[u] == c->first;
                        double d = change(s, c, u);
                        if (isnan(d) || (!treated && !is_control(s, c, u)))
                                continue;
                        if (round == 0) {
                                r.n[treated]++;
                                r.mean[treated] += (d - r.mean[treated]) / (double) r.n[treated];
                        } else {
                                r.square[treated] += (d - r.mean[treated]) * (d - r.mean[treated]);
                        }
                }
        return r;
}

struct stats_att stats_att(const struct stats_stagger *s, size_t first, size_t time)
{
        struct cell c = cell_at(s, first, time);
        struct sides r = compare(s, &c);
        struct stats_att out = { r.n[1], r.n[0], STATS_NONE, STATS_NONE, STATS_EFFECT_NOT_IDENTIFIED };
        if (r.n[0] == 0 || r.n[1] == 0)
                return out;
        double treated = (double) r.n[1], control = (double) r.n[0];
        out.att = r.mean[1] - r.mean[0];
        out.verdict = r.n[0] < 5 || r.n[1] < 5 ? STATS_EFFECT_TOO_FEW : STATS_EFFECT_OK;
        if (r.n[0] > 1 && r.n[1] > 1)
                out.se = sqrt(r.square[1] / (treated * treated) + r.square[0] / (control * control));
        return out;
}

static size_t wave_size(const struct stats_stagger *s, size_t first)
{
        size_t n = 0;
        for (size_t u = 0; u < s->units; u++)
                n += s->first[u] == first;
        return n;
}

/* Which cells an average is over. */
struct choice {
        enum { ALL_AFTER, EVENT, WAVE } kind;
        long event;
        size_t first;
};

static bool chosen(const struct choice *w, size_t first, size_t time)
{
        if (w->kind == EVENT)
                return (long) time - (long) first == w->event;
        return time >= first && (w->kind == ALL_AFTER || first == w->first);
}

/* Adds the influence of each unit on one cell, times a factor. */
static void add_influence(const struct stats_stagger *s, const struct cell *c, const struct sides *r, double factor, double *influence)
{
        for (size_t u = 0; u < s->units; u++) {
                bool treated = s->first[u] == c->first;
                double d = change(s, c, u);
                if (isnan(d) || (!treated && !is_control(s, c, u)))
                        continue;
                influence[u] += (treated ? factor : -factor) * (d - r->mean[treated]) / (double) r->n[treated];
        }
}

/* The average over the chosen cells by size of wave. Adds scale times the influence of each unit, 1/N left in. */
static double average(const struct stats_stagger *s, const struct choice *w, double scale, double *influence, struct stats_average *out)
{
        double sum = 0, weight = 0;
        for (int round = 0; round < 2; round++) {
                double theta = round ? sum / weight : 0;
                for (size_t first = 1; first < s->times; first++) {
                        size_t size = wave_size(s, first);
                        double p = (double) size;
                        bool any = false;
                        for (size_t t = 0; t < s->times && size > 0; t++) {
                                struct cell c = cell_at(s, first, t);
                                if (!c.valid || !chosen(w, first, t))
                                        continue;
                                struct sides r = compare(s, &c);
                                if (r.n[0] == 0 || r.n[1] == 0)
                                        continue;
                                double att = r.mean[1] - r.mean[0];
                                any = true;
                                if (round == 0) {
                                        sum += p * att;
                                        weight += p;
                                        continue;
                                }
                                add_influence(s, &c, &r, scale * p / weight, influence);
                                for (size_t u = 0; u < s->units && !s->planned; u++)
                                        influence[u] += scale * ((s->first[u] == first) - p / (double) s->units) * (att - theta) / weight;
                        }
                        out->units += round == 0 && any ? size : 0;
                        out->waves += round == 0 && any;
                }
                if (!(weight > 0))
                        return STATS_NONE;
        }
        return sum / weight;
}

static struct stats_average close_average(const struct stats_stagger *s, struct stats_average out, double theta, double conf,
        const double *influence)
{
        double variance = 0;
        for (size_t u = 0; u < s->units; u++)
                variance += influence[u] * influence[u];
        out.effect = stats_effect_test(theta, sqrt(variance), HUGE_VAL, conf);
        if (out.effect.verdict == STATS_EFFECT_OK && out.units < 5)
                out.effect.verdict = STATS_EFFECT_TOO_FEW;
        return out;
}

static struct stats_average over(const struct stats_stagger *s, struct choice w, double conf, double *influence)
{
        struct stats_average out = { 0 };
        for (size_t u = 0; u < s->units; u++)
                influence[u] = 0;
        double theta = average(s, &w, 1, influence, &out);
        return close_average(s, out, theta, conf, influence);
}

struct stats_average stats_stagger_overall(const struct stats_stagger *s, double conf, double *scratch)
{
        return over(s, (struct choice) { .kind = ALL_AFTER }, conf, scratch);
}

struct stats_average stats_stagger_event(const struct stats_stagger *s, long e, double conf, double *scratch)
{
        return over(s, (struct choice) { .kind = EVENT, .event = e }, conf, scratch);
}

struct stats_average stats_stagger_wave(const struct stats_stagger *s, size_t first, double conf, double *scratch)
{
        return over(s, (struct choice) { .kind = WAVE, .first = first }, conf, scratch);
}

struct stats_average stats_stagger_dynamic(const struct stats_stagger *s, double conf, double *scratch)
{
        struct stats_average out = { 0 };
        double sum = 0, events = 0;
        for (size_t e = 0; e < s->times; e++)
                events += !isnan(stats_stagger_event(s, (long) e, conf, scratch).effect.estimate);
        for (size_t u = 0; u < s->units; u++)
                scratch[u] = 0;
        for (size_t e = 0; e < s->times && events > 0; e++) {
                struct stats_average at = { 0 };
                double theta = average(s, &(struct choice) { .kind = EVENT, .event = (long) e }, 1 / events, scratch, &at);
                if (isnan(theta))
                        continue;
                sum += theta / events;
                out.units = at.units > out.units ? at.units : out.units;
                out.waves = at.waves > out.waves ? at.waves : out.waves;
        }
        return close_average(s, out, events > 0 ? sum : STATS_NONE, conf, scratch);
}
