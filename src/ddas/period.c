/* period.c - the quarters and years that were delivered, whole or in part. */
#include <string.h>
#include "indicator.h"
#include "internal.h"

bool ddas_period(struct ddas *d, const char *text) {
        size_t n = strlen(text);
        uint16_t year = 0;
        char quarter = n > 5 ? text[n - 1] : 0;
        bool good = n == 4 || (n == 6 && text[4] == '-') || (n == 7 && text[4] == '-' && text[5] == 'Q');
        if (!good || (quarter && (quarter < '1' || quarter > '4')))
                return false;
        for (int i = 0; i < 4; i++) {
                if (text[i] < '0' || text[i] > '9')
                        return false;
                year = (uint16_t) (year * 10 + (text[i] - '0'));
        }
        if (year < 1900 || year > 2078)
                return false;
        d->tally.wanted_year = year;
        d->tally.wanted_quarter = quarter ? (uint8_t) (quarter - '0') : 0;
        return true;
}

/* The part of FIRST to LAST that was delivered, from its first to its last such day; *whole: without a gap. */
static bool delivered(const struct ddas *d, uint16_t first, uint16_t last, struct period *ret) {
        bool any = false;
        for (uint32_t i = 0; i < d->spans_n; i++) {
                struct span s = d->span[i];
                if (s.last < first || s.first > last)
                        continue;
                if (!any)
                        ret->span.first = s.first > first ? s.first : first;
                ret->span.last = s.last < last ? s.last : last;
                ret->whole = s.first <= first && s.last >= last;
                any = true;
        }
        return any;
}

static void add_period(struct ddas *d, int year, int quarter) {
        struct tally *t = &d->tally;
        struct period p = { .year = (uint16_t) year, .quarter = (uint8_t) quarter };
        int month = quarter ? quarter * 3 - 2 : 1;
        uint16_t first = day_of(year, month, 1);
        if (t->wanted_year && (t->wanted_year != year || t->wanted_quarter != quarter))
                return;
        if (!delivered(d, first, (uint16_t) (day_add_months(first, quarter ? 3 : 12) - 1), &p))
                return;
        if (t->periods_n == PERIODS_MAX) {
                mistake(d, M_LIMIT, "meer dan twintig jaar in een keer: kies een jaar of kwartaal met --periode");
                return;
        }
        t->period[t->periods_n++] = p;
        t->period_at[(year - 1900) * 5 + quarter] = (uint8_t) t->periods_n;
}

static size_t index_size(const struct tally *t) {
        return ((size_t) t->places_n * t->periods_n * sizeof *t->at + 15) / 16 * 16;
}

size_t tally_size(const struct ddas *d) {
        const struct tally *t = &d->tally;
        size_t most = index_size(t) + (size_t) t->places_n * t->periods_n * sizeof(struct block);
        return most < t->size ? (most + 63) / 64 * 64 : t->size;
}

void tally_periods(struct ddas *d) {
        struct tally *t = &d->tally;
        t->periods_n = 0;
        memset(t->period_at, 0, sizeof t->period_at);
        int from = d->spans_n ? day_date(d->span[0].first).year : 1, until = d->spans_n ? day_date(d->span[d->spans_n - 1].last).year : 0;
        for (int year = from; year <= until && year < 2079; year++)
                for (int quarter = 0; quarter <= 4; quarter++)
                        add_period(d, year, quarter);
        size_t index = index_size(t);
        t->at = (uint16_t *) (void *) t->memory;
        t->block = (struct block *) (void *) (t->memory + index);
        t->blocks_n = 0;
        t->blocks_cap = (uint32_t) ((t->size - index) / sizeof(struct block));
        memset(t->memory, 0, t->size);
}
