/* outline.c - TopoJSON: arcs of whole steps, shared by the shapes on both sides; "~i" is arc i backwards. */
#include "outline.h"
#include <math.h>
#include <stdlib.h>

static bool pair(const json_t *v, double *x, double *y) {
        *x = json_number_value(json_array_get(v, 0));
        *y = json_number_value(json_array_get(v, 1));
        return json_array_size(v) == 2;
}

bool outline_read(struct arena *a, const json_t *root, int height, struct outline *ret) {
        const json_t *arcs = json_object_get(root, "arcs"), *box = json_object_get(root, "bbox");
        const json_t *transform = json_object_get(root, "transform");
        double sx, sy, tx, ty, left, bottom, right, top;
        if (!pair(json_object_get(transform, "scale"), &sx, &sy) || !pair(json_object_get(transform, "translate"),
                &tx, &ty) ||
            json_array_size(box) != 4)
                return false;
        left = json_number_value(json_array_get(box, 0));
        bottom = json_number_value(json_array_get(box, 1));
        right = json_number_value(json_array_get(box, 2));
        top = json_number_value(json_array_get(box, 3));
        if (!(top > bottom) || !(right > left))
                return false;
        double k = height / (top - bottom);
        *ret = (struct outline) { .n = json_array_size(arcs), .height = height,
                                  .width = (int) ceil(k * (right - left)) };
        ret->arcs = arena_many(a, struct arc, ret->n);
        for (size_t i = 0; i < ret->n; i++) {
                const json_t *arc = json_array_get(arcs, i);
                struct arc *to = &ret->arcs[i];
                double x = 0, y = 0, dx, dy;
                to->v = arena_many(a, struct point, json_array_size(arc));
                for (size_t p = 0; p < json_array_size(arc); p++) {
                        if (!pair(json_array_get(arc, p), &dx, &dy))
                                return false;
                        x += dx;
                        y += dy;
                        to->v[to->n++] = (struct point) { (int) lround(k * (x * sx + tx - left)),
                                                          (int) lround(k * (top - y * sy - ty)) };
                }
        }
        return true;
}

/* Tenths as the shortest number: 34 is "3.4", -5 is "-.5", 20 is "2". A sign or a first point separates by itself. */
static void number(struct buf *out, int v, bool after_number) {
        if (v >= 0 && after_number)
                buf_char(out, ' ');
        if (v < 0)
                buf_char(out, '-');
        v = abs(v);
        if (v / 10 || v == 0)
                buf_fmt(out, "%d", v / 10);
        if (v % 10)
                buf_fmt(out, ".%d", v % 10);
}

/* Draws from *AT to P, which may be the same point after rounding. */
static void step(struct buf *out, struct point *at, struct point p, bool *first) {
        int dx = p.x - at->x, dy = p.y - at->y;
        if (*first) {
                buf_char(out, 'M');
                number(out, p.x, false);
                number(out, p.y, true);
                buf_char(out, 'l');
        } else if (dx || dy) {
                number(out, dx, out->p[out->n - 1] != 'l');
                number(out, dy, true);
        }
        *first = false;
        *at = p;
}

static void walk(const struct outline *o, int64_t ref, struct buf *out, struct point *at, bool *first) {
        bool back = ref < 0;
        const struct arc *arc = &o->arcs[back ? ~ref : ref];
        for (size_t i = *first ? 0 : 1; i < arc->n; i++)
                step(out, at, arc->v[back ? arc->n - 1 - i : i], first);
}

static bool ring(const struct outline *o, const json_t *refs, struct buf *out) {
        struct point at = { 0, 0 };
        bool first = true;
        size_t start = out->n;
        for (size_t i = 0; i < json_array_size(refs); i++) {
                int64_t ref = json_integer_value(json_array_get(refs, i));
                if ((size_t) (ref < 0 ? ~ref : ref) >= o->n)
                        return false;
                walk(o, ref, out, &at, &first);
        }
        if (out->n > start && out->p[out->n - 1] == 'l')
                out->n = start;         /* so small that it became one point */
        else
                buf_char(out, 'z');
        return true;
}

static bool polygon(const struct outline *o, const json_t *rings, struct buf *out) {
        for (size_t i = 0; i < json_array_size(rings); i++)
                if (!ring(o, json_array_get(rings, i), out))
                        return false;
        return true;
}

bool outline_shape(const struct outline *o, const json_t *geometry, struct buf *out) {
        const char *type = json_string_value(json_object_get(geometry, "type"));
        const json_t *arcs = json_object_get(geometry, "arcs");
        if (!type || !arcs)
                return false;
        if (str_eq(str_of(type), S("Polygon")))
                return polygon(o, arcs, out);
        if (!str_eq(str_of(type), S("MultiPolygon")))
                return false;
        for (size_t i = 0; i < json_array_size(arcs); i++)
                if (!polygon(o, json_array_get(arcs, i), out))
                        return false;
        return true;
}

void outline_mark(const json_t *arcs, bool *used, size_t n) {
        if (json_is_integer(arcs)) {
                int64_t ref = json_integer_value(arcs);
                size_t i = (size_t) (ref < 0 ? ~ref : ref);
                if (i < n)
                        used[i] = true;
                return;
        }
        for (size_t i = 0; i < json_array_size(arcs); i++)
                outline_mark(json_array_get(arcs, i), used, n);
}

void outline_arc(const struct outline *o, size_t i, struct buf *out) {
        struct point at = { 0, 0 };
        bool first = true;
        size_t start = out->n;
        walk(o, (int64_t) i, out, &at, &first);
        if (out->n > start && out->p[out->n - 1] == 'l')
                out->n = start;
}
