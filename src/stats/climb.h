/* climb.h - inside the statistics layer: the top of a smooth surface over two parameters, by damped Newton steps. */
#ifndef STATS_CLIMB_H
#define STATS_CLIMB_H

#include "stats.h"

/* Value, gradient and second derivatives (aa, ab, bb) at a point. */
struct stats_surface {
        double value;
        double slope[2];
        double bend[3];
};

typedef struct stats_surface stats_surface_at(const void *context, const double at[2]);

/* Moves at[] uphill to a maximum; stops as soon as at[1] leaves (low, high), beyond which the surface is flat: the top lies at infinity.
 * Returns the surface there; *converged tells whether the last step was negligible or at[1] passed high. */
struct stats_surface stats_climb(stats_surface_at *f, const void *context, double at[2], double low, double high, bool *converged);

#endif
