#include "strict.h"

/* jansson allows 2048 levels, deep enough to hurt who walks the tree. */
static bool is_shallow(struct str text) {
        int depth = 0;
        bool quoted = false;
        for (size_t i = 0; i < text.n; i++) {
                char c = text.p[i];
                if (c == '"')
                        quoted = !quoted;
                else if (quoted && c == '\\')
                        i++;
                else if (!quoted && (c == '{' || c == '['))
                        depth++;
                else if (!quoted && (c == '}' || c == ']'))
                        depth--;
                if (depth > STRICT_DEPTH)
                        return false;
        }
        return true;
}

json_t *strict_object(struct str text, size_t max) {
        json_error_t why;
        if (text.n == 0 || text.n > max || !is_shallow(text))
                return NULL;
        json_t *v = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why);
        if (v && !json_is_object(v)) {
                json_decref(v);
                v = NULL;
        }
        return v;
}

static bool has_control(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] < ' ' || s.p[i] == 0x7f)
                        return true;
        return false;
}

enum member strict_text(struct arena *a, const json_t *o, const char *name, size_t max, struct str *ret) {
        const json_t *v = json_object_get(o, name);
        if (!v || json_is_null(v))
                return MEMBER_ABSENT;
        struct str s = { json_string_value(v), json_string_length(v) };
        if (!json_is_string(v) || s.n == 0 || s.n > max || has_control(s))
                return MEMBER_BAD;
        *ret = str_dup(a, s);
        return MEMBER_GOOD;
}

enum member strict_seconds(const json_t *o, const char *name, int64_t *ret) {
        const json_t *v = json_object_get(o, name);
        if (!v)
                return MEMBER_ABSENT;
        double d = json_number_value(v);
        if (!json_is_number(v) || !(d >= 0) || !(d < (double) (INT64_C(1) << 40)))
                return MEMBER_BAD;
        *ret = (int64_t) d;
        return MEMBER_GOOD;
}

bool strict_visible(struct str s, size_t max) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] <= ' ' || s.p[i] >= 0x7f)
                        return false;
        return s.n > 0 && s.n <= max;
}
