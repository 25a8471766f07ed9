#include "amount.h"
#include <math.h>
#include <stdint.h>

#define DIGITS_MAX 32

static bool is_digit(char c) {
        return c >= '0' && c <= '9';
}

bool amount_read_plain(struct str text, double *ret) {
        text = str_trim(text);
        *ret = (double) NAN;
        if (text.n == 0)
                return true;
        for (size_t i = 0; i < text.n; i++)     /* str_to_f64 would take more than this, as 1e5 and infinity */
                if (!is_digit(text.p[i]) && text.p[i] != '.' && !(text.p[i] == '-' && i == 0))
                        return false;
        return text.n < DIGITS_MAX && str_to_f64(text, ret) && isfinite(*ret);
}

/* Groups of three digits behind each SEPARATOR up to N. */
static bool is_grouped(struct str s, char separator) {
        size_t first = str_index(s, separator);
        if (first == 0 || first > 3)
                return false;
        for (size_t i = first; i < s.n; i += 4)
                if (s.p[i] != separator || s.n - i < 4 || !is_digit(s.p[i + 1]) || !is_digit(s.p[i + 2]) || !is_digit(s.p[i + 3]))
                        return false;
        return true;
}

bool amount_read(struct str text, double *ret) {
        char out[DIGITS_MAX];
        size_t n = 0;
        text = str_trim(text);
        bool minus = text.n && text.p[0] == '-';
        struct str s = str_sub(text, minus ? 1 : 0, text.n), before = str_sub(s, 0, str_index(s, ','));
        bool comma = before.n < s.n;
        char separator = str_index(before, ' ') < before.n ? ' ' : '.';
        if (s.n >= DIGITS_MAX - 2 || (minus && s.n == 0))
                return false;
        bool grouped = str_index(before, separator) < before.n && is_grouped(before, separator);
        if (comma && !grouped && str_index(before, '.') < before.n)
                return false;
        if (minus)
                out[n++] = '-';
        for (size_t i = 0; i < s.n; i++) {
                if (grouped && s.p[i] == separator)
                        continue;
                out[n++] = s.p[i] == ',' ? '.' : s.p[i];
        }
        return amount_read_plain((struct str) { out, n }, ret) && (n == 0 || out[n - 1] != '.');
}

struct str amount_text(struct arena *a, double v) {
        if (isnan(v))
                return S("");
        struct str s = str_fmt(a, "%.10g", v);
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] == '.')
                        ((char *) (uintptr_t) s.p)[i] = ',';
        return str_index(s, 'e') < s.n ? str_fmt(a, "%.0f", v) : s;
}
