/* outline.h - rings of a TopoJSON drawing as SVG path data. */
#ifndef COLLECT_OUTLINE_H
#define COLLECT_OUTLINE_H
#include <jansson.h>
#include "buf.h"

/* A point in tenths of the drawing's unit, y downwards. */
struct point { int x, y; };
struct arc { struct point *v; size_t n; };
struct outline {
        struct arc *arcs;
        size_t n;
        int width, height;              /* in tenths */
};

/* Decodes the arcs and scales them to HEIGHT tenths. False when the file is not the TopoJSON we know. */
bool outline_read(struct arena *a, const json_t *root, int height, struct outline *ret);
/* Path data of a Polygon or MultiPolygon; false on a shape that is neither. */
bool outline_shape(const struct outline *o, const json_t *geometry, struct buf *out);
/* Marks in USED (one per arc) the arcs of a shape; an arc is drawn once however many shapes share it. */
void outline_mark(const json_t *arcs, bool *used, size_t n);
/* Path data of one arc, as an open line. */
void outline_arc(const struct outline *o, size_t i, struct buf *out);

#endif
