#include "redirect.h"

static int hex_digit(char c) {
        if (c >= '0' && c <= '9')
                return c - '0';
        c = (char) (c | 32);
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The path decoded once into RET, as the server will do. False for "%" without two hex digits. */
static bool decode(struct str path, char ret[REDIRECT_MAX], size_t *n) {
        *n = 0;
        for (size_t i = 0; i < path.n; i++) {
                char c = path.p[i];
                if (c == '%') {
                        int high = i + 2 < path.n ? hex_digit(path.p[i + 1]) : -1;
                        int low = high >= 0 ? hex_digit(path.p[i + 2]) : -1;
                        if (low < 0)
                                return false;
                        c = (char) (high << 4 | low);
                        i += 2;
                }
                ret[(*n)++] = c;
        }
        return true;
}

static bool is_below(struct str path, struct str folder) {
        return str_starts(path, folder) && (path.n == folder.n || path.p[folder.n] == '/');
}

/* Browsers take out "." and ".." before they ask, and some servers join "//": what is checked must be what is fetched. */
static bool is_plain(struct str path) {
        if (path.n == 0 || path.p[0] != '/' || (path.n > 1 && path.p[1] == '/'))
                return false;
        for (size_t i = 0; i < path.n; i++)
                if ((unsigned char) path.p[i] < ' ' || path.p[i] == 0x7f || path.p[i] == '\\')
                        return false;
        struct str rest = path, segment;
        while (str_split(&rest, '/', &segment))
                if (str_eq(segment, S(".")) || str_eq(segment, S("..")))
                        return false;
        return !is_below(path, S("/inloggen")) && !is_below(path, S("/uitloggen"));
}

bool redirect_is_local(struct str path) {
        char decoded[REDIRECT_MAX];
        size_t n = 0;
        if (path.n == 0 || path.n > REDIRECT_MAX || path.p[0] != '/' || (path.n > 1 && path.p[1] == '/'))
                return false;
        for (size_t i = 0; i < path.n; i++)
                if (path.p[i] <= ' ' || path.p[i] >= 0x7f || path.p[i] == '\\')
                        return false;
        path = str_sub(path, 0, str_index(path, '#'));
        path = str_sub(path, 0, str_index(path, '?'));
        return decode(path, decoded, &n) && is_plain((struct str) { decoded, n });
}
