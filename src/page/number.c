#include "number.h"
#include <math.h>

static struct str digits(struct arena *a, bool negative, uint64_t whole, uint64_t rest, int decimals) {
        char *end = (char *) arena_alloc(a, 48) + 47, *p = end;
        for (int i = 0; i < decimals; i++) {
                *--p = (char) ('0' + rest % 10);
                rest /= 10;
        }
        if (decimals)
                *--p = ',';
        int n = 0;
        do {
                if (n && n % 3 == 0)
                        *--p = '.';
                *--p = (char) ('0' + whole % 10);
                n++;
        } while (whole /= 10);
        if (negative)
                *--p = '-';
        return (struct str) { p, (size_t) (end - p) };
}

struct str num_int(struct arena *a, int64_t v) {
        return digits(a, v < 0, v < 0 ? 0 - (uint64_t) v : (uint64_t) v, 0, 0);
}

struct str num_dec(struct arena *a, double v, int decimals) {
        static const uint64_t power[] = { 1, 10, 100, 1000, 10000 };
        if (!isfinite(v) || fabs(v) > 1e14)
                return S("geen cijfer");
        decimals = decimals < 0 ? 0 : decimals > 4 ? 4 : decimals;
        uint64_t scaled = (uint64_t) llround(fabs(v) * (double) power[decimals] * (1 + 1e-15));
        return digits(a, v < 0 && scaled, scaled / power[decimals], scaled % power[decimals], decimals);
}

struct str num_share(struct arena *a, double v, int decimals) {
        return isfinite(v) ? str_fmt(a, "%.*s%%", STR(num_dec(a, v * 100, decimals))) : S("geen cijfer");
}

struct str num_short(struct arena *a, double v, int decimals, struct str unit) {
        struct str n = num_dec(a, v, decimals);
        if (!isfinite(v))
                return n;
        if (str_starts(unit, S("procent")))
                return str_fmt(a, "%.*s%%", STR(n));
        return str_starts(unit, S("euro")) ? str_fmt(a, "€\u00a0%.*s", STR(n)) : n;
}

struct str num_unit_words(struct str unit) {
        if (str_eq(unit, S("aantal")))
                return S("");
        if (str_starts(unit, S("procent")))
                unit = str_sub(unit, 7, unit.n);
        else if (str_starts(unit, S("euro")))
                unit = str_sub(unit, 4, unit.n);
        return str_trim(unit);
}

struct str num_unit(struct arena *a, double v, int decimals, struct str unit) {
        struct str n = num_short(a, v, decimals, unit), words = num_unit_words(unit);
        return isfinite(v) && words.n ? str_fmt(a, "%.*s %.*s", STR(n), STR(words)) : n;
}
