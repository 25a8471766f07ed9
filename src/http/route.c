#include "route.h"
#include <string.h>

static bool split(struct str path, struct str seg[SEGMENTS_MAX], size_t *n) {
        *n = 0;
        struct str rest = str_sub(path, 1, path.n), part;
        if (rest.n == 0)
                return true;
        while (str_split(&rest, '/', &part)) {
                if (*n == SEGMENTS_MAX)
                        return false;
                seg[(*n)++] = part;
        }
        return true;
}

static enum err bad(const struct route *r, const char *why) {
        return err_log(ERR_INVALID, "route %s: %s", r->pattern, why);
}

static enum err compile(const struct route *r, struct route_entry *ret) {
        struct str pattern = str_of(r->pattern), seg[SEGMENTS_MAX];
        *ret = (struct route_entry) { .route = r };
        if (pattern.n == 0 || pattern.p[0] != '/')
                return bad(r, "the pattern must start with /");
        if (!split(pattern, seg, &ret->segments))
                return bad(r, "too many segments");
        size_t params = 0;
        for (size_t i = 0; i < ret->segments; i++) {
                struct route_segment *s = &ret->segment[i];
                size_t end = str_index(seg[i], '}');
                s->is_param = seg[i].n > 0 && seg[i].p[0] == '{';
                if (seg[i].n == 0)
                        return bad(r, "an empty segment or a / at the end");
                if (s->is_param && end == seg[i].n)
                        return bad(r, "a { without }");
                s->literal = s->is_param ? str_sub(seg[i], end + 1, seg[i].n) : seg[i];
                if (str_index(s->literal, '{') < s->literal.n || str_index(s->literal, '}') < s->literal.n)
                        return bad(r, "a segment holds one {name}, at its start");
                params += s->is_param;
        }
        if (params > REQ_PARAMS)
                return bad(r, "too many parameters");
        if (r->access == ACCESS_UNSET)
                return bad(r, "names no access: say who may call it");
        if (!r->run)
                return bad(r, "has no handler");
        if (r->machine && (r->method != POST || r->access != ACCESS_PUBLIC))
                return bad(r, "a machine's route is a public POST");
        if (r->method != GET && r->method != POST)
                return bad(r, "has an unknown method");
        return OK;
}

/* <0 when A is more literal than B, 0 when they match the same paths as far as we can see. */
static int by_literalness(const struct route_entry *a, const struct route_entry *b) {
        for (size_t i = 0; i < a->segments && i < b->segments; i++) {
                const struct route_segment *x = &a->segment[i], *y = &b->segment[i];
                if (x->is_param != y->is_param)
                        return x->is_param ? 1 : -1;
                if (x->literal.n != y->literal.n)
                        return x->literal.n > y->literal.n ? -1 : 1;
                int c = str_cmp(x->literal, y->literal);
                if (c)
                        return c;
        }
        return (a->segments > b->segments) - (a->segments < b->segments);
}

static enum err add(struct arena *a, struct bucket *b, struct route_entry e) {
        for (size_t i = 0; i < b->entries.n; i++)
                if (b->entries.v[i].route->method == e.route->method && by_literalness(&b->entries.v[i], &e) == 0)
                        return bad(e.route, "stands in the tables twice");
        vec_push(a, &b->entries);
        size_t i = b->entries.n - 1;
        for (; i > 0 && by_literalness(&e, &b->entries.v[i - 1]) < 0; i--)
                b->entries.v[i] = b->entries.v[i - 1];
        b->entries.v[i] = e;
        return OK;
}

enum err routes_compile(struct arena *a, const struct route *const *rooms, struct routes *ret) {
        *ret = (struct routes) { 0 };
        for (; rooms && *rooms; rooms++) {
                for (const struct route *r = *rooms; r->pattern; r++) {
                        struct route_entry e;
                        enum err err = compile(r, &e);
                        if (err)
                                return err;
                        struct bucket *b = &ret->any;
                        if (e.segments == 0 || !e.segment[0].is_param) {
                                struct str key = e.segments ? e.segment[0].literal : S("");
                                b = map_get(&ret->bucket, key);
                                if (!b) {
                                        b = arena_new(a, struct bucket);
                                        map_put(a, &ret->bucket, key, b);
                                }
                        }
                        err = add(a, b, e);
                        if (err)
                                return err;
                }
        }
        return OK;
}

static bool matches(const struct route_entry *e, const struct str *seg, size_t n, struct str param[REQ_PARAMS]) {
        if (e->segments != n)
                return false;
        size_t k = 0;
        for (size_t i = 0; i < n; i++) {
                const struct route_segment *s = &e->segment[i];
                if (!s->is_param) {
                        if (!str_eq(s->literal, seg[i]))
                                return false;
                        continue;
                }
                if (seg[i].n <= s->literal.n || !str_ends(seg[i], s->literal))
                        return false;
                param[k++] = str_sub(seg[i], 0, seg[i].n - s->literal.n);
        }
        return true;
}

static void scan(const struct bucket *b, enum method method, const struct str *seg, size_t n, struct route_match *ret) {
        for (size_t i = 0; b && i < b->entries.n; i++) {
                const struct route_entry *e = &b->entries.v[i];
                struct str param[REQ_PARAMS] = { 0 };
                if (!matches(e, seg, n, param))
                        continue;
                *(e->route->method == GET ? &ret->get : &ret->post) = true;
                if (e->route->method == method && !ret->route) {
                        ret->route = e->route;
                        memcpy(ret->param, param, sizeof param);
                }
        }
}

void routes_find(const struct routes *r, enum method method, struct str path, struct route_match *ret) {
        struct str seg[SEGMENTS_MAX];
        size_t n;
        *ret = (struct route_match) { 0 };
        if (path.n == 0 || !split(path, seg, &n))
                return;
        scan(map_get(&r->bucket, n ? seg[0] : S("")), method, seg, n, ret);
        scan(&r->any, method, seg, n, ret);
}
