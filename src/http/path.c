/* path.c - from the request target to a path that the rest of the program can trust. */
#include "route.h"
#include "urlencoded.h"
#include "utf8.h"

void path_split(struct str target, struct str *path, struct str *query) {
        size_t scheme = str_starts(target, S("http://")) ? 7 : str_starts(target, S("https://")) ? 8 : 0;
        if (scheme) {
                struct str rest = str_sub(target, scheme, target.n);
                target = str_sub(rest, str_index(rest, '/'), rest.n);
        }
        size_t q = str_index(target, '?');
        *path = str_sub(target, 0, q);
        *query = q < target.n ? str_sub(target, q + 1, target.n) : S("");
        *path = str_sub(*path, 0, str_index(*path, '#'));
        *query = str_sub(*query, 0, str_index(*query, '#'));
}

static bool has_bad_segment(struct str path) {
        struct str rest = str_sub(path, 1, path.n), segment;
        size_t at = 1;
        while (str_split(&rest, '/', &segment)) {
                at += segment.n + 1;
                bool last = at > path.n;
                if ((segment.n == 0 && !last) || str_eq(segment, S(".")) || str_eq(segment, S("..")))
                        return true;
        }
        return false;
}

enum err path_decode(struct arena *a, struct str raw, struct str *ret) {
        *ret = S("");
        if (raw.n == 0 || raw.p[0] != '/')
                return ERR_INVALID;
        bool slash = false;
        char *out = arena_alloc(a, raw.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < raw.n; i++) {
                unsigned char c = (unsigned char) raw.p[i];
                if (c == '%') {
                        int v = percent_byte(raw, i);
                        if (v < 0)
                                return ERR_INVALID;
                        c = (unsigned char) v;
                        slash |= c == '/';
                        i += 2;
                }
                if (c < 0x20 || c == 0x7f || c == '\\')
                        return ERR_INVALID;
                out[n++] = (char) c;
        }
        struct str path = { out, n };
        if (!utf8_valid(path) || has_control(path))
                return ERR_INVALID;
        if (slash || (path.n > 1 && has_bad_segment(path)))
                return ERR_NOT_FOUND;
        *ret = path;
        return OK;
}
