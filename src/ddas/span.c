#include "internal.h"

/* Kept sorted and apart: a new span swallows those it touches. */
void span_add(struct ddas *d, uint16_t first, uint16_t last) {
        uint32_t to = 0, n = d->spans_n;
        struct span *v = d->span;
        for (uint32_t i = 0; i < n; i++) {
                if ((uint32_t) v[i].last + 1 < first || (uint32_t) last + 1 < v[i].first) {
                        v[to++] = v[i];
                } else {
                        first = v[i].first < first ? v[i].first : first;
                        last = v[i].last > last ? v[i].last : last;
                }
        }
        if (to == SPANS_MAX) {
                mistake(d, M_LIMIT, "te veel losse perioden in een keer: lees de bestanden in delen");
                return;
        }
        uint32_t at = to;
        for (; at > 0 && v[at - 1].first > first; at--)
                v[at] = v[at - 1];
        v[at] = (struct span) { first, last };
        d->spans_n = to + 1;
}

bool span_has(const struct ddas *d, uint16_t day) {
        for (uint32_t i = 0; i < d->spans_n; i++)
                if (d->span[i].first <= day && day <= d->span[i].last)
                        return true;
        return false;
}
