/* map.c - the map of municipalities: one path each, and the borders of the provinces as one more. */
#include "collect.h"
#include "file.h"
#include "outline.h"

#define HEIGHT 7000             /* tenths: a drawing 700 high */

static const json_t *shapes(const json_t *root, const char *name) {
        return json_object_get(json_object_get(json_object_get(root, "objects"), name), "geometries");
}

static void provinces(struct collect *c, const struct outline *o, const json_t *list, struct buf *out) {
        bool *used = arena_many(c->a, bool, o->n);
        for (size_t i = 0; i < json_array_size(list); i++)
                outline_mark(json_object_get(json_array_get(list, i), "arcs"), used, o->n);
        buf_str(out, S("<path id=\"provincies\" d=\""));
        for (size_t i = 0; i < o->n; i++)
                if (used[i])
                        outline_arc(o, i, out);
        buf_str(out, S("\"/>\n"));
}

void collect_map(struct collect *c) {
        struct str file = S("geo/gemeenten_2025_rd_klein.topojson"), text;
        struct outline o;
        _cleanup_(buf_done) struct buf out = { 0 };
        if (file_read(c->a, str_fmt(c->a, "%.*s/%.*s", STR(c->from), STR(file)), (size_t) 8 << 20, &text) != OK)
                fail(file, 0, "cannot be read");
        json_error_t error;
        json_t *root = json_loadb(text.p, text.n, 0, &error);
        if (!root)
                fail(file, error.line, "%s", error.text);
        if (!outline_read(c->a, root, HEIGHT, &o))
                fail(file, 0, "is not the TopoJSON that was expected");
        buf_fmt(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n", (o.width + 9) / 10,
                HEIGHT / 10);
        const json_t *list = shapes(root, "gemeenten");
        for (size_t i = 0; i < json_array_size(list); i++) {
                const json_t *g = json_array_get(list, i);
                const char *id = json_string_value(json_object_get(g, "id"));
                if (!id)
                        fail(file, 0, "a municipality without code");
                buf_fmt(&out, "<path id=\"%s\" d=\"", id);
                if (!outline_shape(&o, g, &out))
                        fail(file, 0, "the shape of %s is not understood", id);
                buf_str(&out, S("\"/>\n"));
        }
        provinces(c, &o, shapes(root, "provincies"), &out);
        buf_str(&out, S("</svg>\n"));
        put_file(c, "map/kaart.svg", buf_view(&out));
        json_decref(root);
}
