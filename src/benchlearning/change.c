/* change.c - what changed in a figure after a use began: who counts as a peer, and the effect. */
#include <math.h>
#include <string.h>
#include "figures.h"

/* Did CODE use the method in any quarter that counts? */
static bool used(const struct method_use_list *all, struct str code, int from, int to) {
        for (size_t i = 0; i < all->n; i++)
                if (str_eq(all->v[i].municipality, code) && all->v[i].starts <= to && (!all->v[i].ends.is_set || all->v[i].ends.v >= from))
                        return true;
        return false;
}

/* Those near that count, the most alike first: who registers alike and did not use the method in the same quarters. */
static struct effect_series *peers_that_count(struct arena *a, const struct figures *f, const struct method_use *u, const struct method_use_list *all, size_t *n) {
        struct effect_series *peers = arena_many(a, struct effect_series, f->n + 1);
        *n = 0;
        for (size_t i = 0; i < f->n; i++)
                if (f->near[i].alike && !used(all, f->near[i].code, (int) u->starts - EFFECT_WINDOW, (int) u->starts + EFFECT_LAG + EFFECT_WINDOW - 1))
                        peers[(*n)++] = f->near[i].series;
        return peers;
}

/* The mean of the series at the moment of POINT; NaN when few of them have it. */
static double mean_at(const struct effect_point *point, const struct effect_series *s, size_t k) {
        double sum = 0, n = 0;
        for (size_t j = 0; j < k; j++)
                for (size_t x = 0; x < s[j].n; x++)
                        if (s[j].point[x].quarter == point->quarter && s[j].point[x].length == point->length) {
                                sum += s[j].point[x].value;
                                n++;
                        }
        return n >= EFFECT_PEERS_LEAST ? sum / n : (double) NAN;
}

static struct change change_of(struct arena *a, const struct figures *f, const struct method_use *u, const struct method_use_list *all) {
        size_t k;
        struct effect_series *peers = peers_that_count(a, f, u, all, &k);
        struct change c = { .left_out = f->n - k, .peers = k, .moments = f->own.n };
        c.e = effect_of(a, f->method, f->scale, &f->own, peers, k, (int) u->starts, u->ends.is_set ? (int) u->ends.v : 0);
        c.has_plan = effect_plan(a, f->method, f->scale, &f->own, peers, k, &c.plan);
        struct change_moment *m = arena_many(a, struct change_moment, f->own.n + 1);
        for (size_t i = 0; i < f->own.n; i++)
                m[i] = (struct change_moment) { f->own.point[i], mean_at(&f->own.point[i], peers, k < EFFECT_PEERS_MOST ? k : EFFECT_PEERS_MOST) };
        c.moment = m;
        return c;
}

/* Of everything that is said of a method's use, this is what its effect follows from. */
static void key_use(struct buf *key, const struct method_use *u) {
        buf_fmt(key, " %.*s %lld %lld", STR(u->municipality), (long long) u->starts, (long long) (u->ends.is_set ? u->ends.v : 0));
}

static enum err key_of(struct req *rq, const char *what, const struct method_use_list *all, struct str code, struct buf *key) {
        struct str basis;
        enum err e = figures_basis(rq, &basis);
        if (e != OK)
                return e;
        buf_fmt(key, "%s %.*s %.*s", what, STR(basis), STR(code));
        for (size_t i = 0; i < all->n; i++)
                key_use(key, &all->v[i]);
        return OK;
}

static enum err compute_change(struct req *rq, const struct method_use *u, const struct method_use_list *all, struct str code, struct change *ret) {
        struct figures_source source;
        struct figures f;
        enum err e = figures_source(rq, code, &source);
        if (e == OK)
                e = figures_of(rq, &source, u->municipality, &f);
        if (e == OK)
                *ret = change_of(rq->arena, &f, u, all);
        return e;
}

/* The moments lie behind the rest in what is kept. */
static void keep(struct memo *memo, struct str key, const struct change *c) {
        struct buf b = { 0 };
        buf_put(&b, (const char *) c, sizeof *c);
        buf_put(&b, (const char *) c->moment, c->moments * sizeof *c->moment);
        memo_put(memo, key, buf_view(&b));
        buf_done(&b);
}

enum err change_load(struct req *rq, const struct method_use *u, const struct method_use_list *all, struct str code, struct change *c) {
        const struct site *site = rq->app;
        struct buf key = { 0 };
        struct str kept = S("");
        enum err e = key_of(rq, "change", all, code, &key);
        buf_str(&key, S(" of"));
        key_use(&key, u);
        if (e == OK && memo_get(site->memo, rq->arena, buf_view(&key), &kept)) {
                memcpy(c, kept.p, sizeof *c);
                c->moment = (const struct change_moment *) (kept.p + sizeof *c);
        } else if (e == OK) {
                e = compute_change(rq, u, all, code, c);
                if (e == OK)
                        keep(site->memo, buf_view(&key), c);
        }
        buf_done(&key);
        return e;
}

static enum err compute_effects(struct req *rq, const struct method_use_list *uses, struct str code, struct effect *ret) {
        struct figures_source source;
        enum err e = figures_source(rq, code, &source);
        for (size_t i = 0; e == OK && i < uses->n; i++) {
                struct figures f;
                e = figures_of(rq, &source, uses->v[i].municipality, &f);
                if (e == OK)
                        ret[i] = change_of(rq->arena, &f, &uses->v[i], uses).e;
        }
        return e;
}

enum err effects_load(struct req *rq, const struct method_use_list *uses, struct str code, const struct effect **ret) {
        const struct site *site = rq->app;
        struct buf key = { 0 };
        struct str kept = S("");
        enum err e = key_of(rq, "effects", uses, code, &key);
        if (e == OK && !memo_get(site->memo, rq->arena, buf_view(&key), &kept)) {
                struct effect *v = arena_many(rq->arena, struct effect, uses->n + 1);
                e = compute_effects(rq, uses, code, v);
                kept = (struct str) { (const char *) v, uses->n * sizeof *v };
                if (e == OK)
                        memo_put(site->memo, buf_view(&key), kept);
        }
        buf_done(&key);
        *ret = (const struct effect *) kept.p;
        return e;
}

enum err plan_load(struct req *rq, struct str code, struct str region, struct effect_plan *ret, bool *known) {
        static const struct method_use_list nobody;
        struct change c;
        enum err e = change_load(rq, &(struct method_use) { .municipality = region }, &nobody, code, &c);
        *known = e == OK && c.has_plan;
        if (*known)
                *ret = c.plan;
        return e;
}
