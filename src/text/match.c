#include "match.h"

void pieces_add(struct arena *a, struct pieces *p, struct str key, struct str whole) {
        *vec_push(a, &p->list) = (struct piece) { key, whole, hash_str(key) };
}

struct str pieces_text(const struct pieces *p, size_t from, size_t to) {
        if (from == to)
                return S("");
        const struct piece *last = &p->list.v[to - 1];
        const char *start = p->list.v[from].whole.p;
        return (struct str) { start, (size_t) (last->whole.p - start) + last->whole.n };
}

struct matcher {
        const struct piece *x, *y;      /* without the common beginning and end */
        size_t n, m;
        size_t *work;
        size_t *ret;                    /* for x */
        size_t y_from;                  /* index of y[0] in the whole sequence */
};

static bool charge(struct matcher *t, size_t work) {
        bool enough = *t->work >= work;
        *t->work -= enough ? work : *t->work;
        return enough;
}

static bool equal(struct matcher *t, const struct piece *x, const struct piece *y) {
        bool likely = x->hash == y->hash && x->key.n == y->key.n;
        return charge(t, 1 + (likely ? x->key.n / 64 : 0)) && likely && str_eq(x->key, y->key);
}

/* Furthest x on each diagonal k = x - y after D changes, for all D so far: rows of 2D + 1, k counted from -D. */
struct trace {
        uint32_t *row[MATCH_CHANGES_MAX + 1];
};

/* Where the path with D changes enters diagonal K: from the left or from above, whichever is further. */
static uint32_t enter(const uint32_t *before, long d, long k) {
        uint32_t left = k > -d ? before[k - 1 + d - 1] + 1 : 0;
        uint32_t above = k < d ? before[k + 1 + d - 1] : 0;
        if (k == -d)
                return above;
        if (k == d)
                return left;
        return before[k - 1 + d - 1] < above ? above : left;
}

/* Fills *T up to the row in which the end is reached and returns its number, or -1 when the work is used up. */
static long forward(struct arena *a, struct matcher *t, struct trace *trace) {
        long n = (long) t->n, m = (long) t->m;
        for (long d = 0; d <= MATCH_CHANGES_MAX && d <= n + m; d++) {
                uint32_t *row = trace->row[d] = arena_many(a, uint32_t, 2 * (size_t) d + 1);
                for (long k = -d; k <= d; k += 2) {
                        long x = d == 0 ? 0 : (long) enter(trace->row[d - 1], d, k), y = x - k;
                        while (x < n && y < m && equal(t, t->x + x, t->y + y)) {
                                x++;
                                y++;
                        }
                        row[k + d] = (uint32_t) x;
                        if (!charge(t, 1))
                                return -1;
                        if (x >= n && y >= m)
                                return d;
                }
        }
        return -1;
}

/* Walks back from the end and notes what was kept. */
static void backward(struct matcher *t, const struct trace *trace, long d) {
        long x = (long) t->n, y = (long) t->m;
        for (; d >= 0; d--) {
                long k = x - y, from = d == 0 ? 0 : (long) enter(trace->row[d - 1], d, k);
                while (x > from) {
                        x--;
                        y--;
                        t->ret[x] = t->y_from + (size_t) y;
                }
                if (d == 0)
                        return;
                /* One step back over the change that led here. */
                const uint32_t *before = trace->row[d - 1];
                bool down = k == -d || (k != d && before[k - 1 + d - 1] < before[k + 1 + d - 1]);
                x = down ? x : x - 1;
                y = down ? y - 1 : y;
        }
}

size_t *match_pieces(struct arena *a, const struct pieces *x, const struct pieces *y, size_t *work) {
        size_t n = x->list.n, m = y->list.n, head = 0, tail = 0;
        size_t *ret = arena_many(a, size_t, n + 1);
        const struct piece *xs = x->list.v, *ys = y->list.v;
        while (head < n && head < m && str_eq(xs[head].key, ys[head].key)) {
                ret[head] = head;
                head++;
        }
        while (tail < n - head && tail < m - head && str_eq(xs[n - 1 - tail].key, ys[m - 1 - tail].key)) {
                tail++;
                ret[n - tail] = m - tail;
        }
        for (size_t i = head; i < n - tail; i++)
                ret[i] = MATCH_NONE;
        struct matcher t = { xs + head, ys + head, n - head - tail, m - head - tail, work, ret + head, head };
        if (t.n == 0 || t.m == 0)
                return ret;
        struct arena own = { 0 };
        struct trace *trace = arena_new(&own, struct trace);
        long d = forward(&own, &t, trace);
        if (d >= 0)
                backward(&t, trace, d);
        arena_done(&own);
        return ret;
}
