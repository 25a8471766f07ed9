#include "cookie.h"

const struct str cookie_names[COOKIES] = {
        [COOKIE_SESSION] = S_INIT("__Host-schouders"),
        [COOKIE_FLOW] = S_INIT("__Host-schouders-stap"),
};

static bool is_good(struct str value) {
        bool good = value.n <= COOKIE_VALUE_MAX;
        for (size_t i = 0; good && i < value.n; i++) {
                char c = value.p[i];
                good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.';
        }
        return good;
}

struct str cookie_value(struct str header, struct str name) {
        struct str part, found = S("");
        int times = 0;
        while (str_split(&header, ';', &part)) {
                size_t eq = str_index(part, '=');
                if (eq == part.n || !str_eq(str_trim(str_sub(part, 0, eq)), name))
                        continue;
                found = str_trim(str_sub(part, eq + 1, part.n));
                times++;
        }
        return times == 1 && is_good(found) ? found : S("");
}
