#include "climb.h"

/* Solves (damping * |diagonal| - bend) step = slope; false when that matrix is not positive definite. */
static bool newton_step(const struct stats_surface *s, double damping, double step[2])
{
        double a = -s->bend[0] + damping * (fabs(s->bend[0]) + 1e-12);
        double c = -s->bend[2] + damping * (fabs(s->bend[2]) + 1e-12);
        double b = -s->bend[1], det = a * c - b * b;
        if (!(a > 0) || !(c > 0) || !(det > 0))
                return false;
        step[0] = stats_clamp((c * s->slope[0] - b * s->slope[1]) / det, -2, 2);
        step[1] = stats_clamp((a * s->slope[1] - b * s->slope[0]) / det, -2, 2);
        return true;
}

struct stats_surface stats_climb(stats_surface_at *f, const void *context, double at[2], double low, double high, bool *converged)
{
        struct stats_surface here = f(context, at);
        double damping = 1e-3;
        *converged = false;
        for (int i = 0; i < 300 && at[1] > low && at[1] < high && damping < 1e12; i++) {
                double step[2];
                if (!newton_step(&here, damping, step)) {
                        damping = damping * 10 + 1e-6;
                        continue;
                }
                double to[2] = { at[0] + step[0], at[1] + step[1] };
                struct stats_surface there = f(context, to);
                /* near the top the value itself is only known to rounding */
                if (!(there.value >= here.value - 1e-13 * (1 + fabs(here.value)))) {
                        damping = damping * 10 + 1e-6;
                        continue;
                }
                at[0] = to[0];
                at[1] = to[1];
                here = there;
                damping = damping > 1e-9 ? damping / 10 : 0;
                *converged = fmax(fabs(step[0]), fabs(step[1])) < 1e-10;
                if (*converged)
                        break;
        }
        *converged = *converged || at[1] >= high;
        return here;
}
