#include "json.h"
#include <math.h>
#include <stdlib.h>

static void put_string(struct buf *b, struct str s) {
        buf_char(b, '"');
        size_t from = 0;
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                if (c >= 0x20 && c != '"' && c != '\\')
                        continue;
                buf_put(b, s.p + from, i - from);
                from = i + 1;
                if (c == '"' || c == '\\')
                        buf_fmt(b, "\\%c", c);
                else
                        buf_fmt(b, "\\u%04x", c);
        }
        buf_put(b, s.p + from, s.n - from);
        buf_char(b, '"');
}

static void start(struct json *j, const char *key) {
        if (j->comma[j->depth])
                buf_char(j->out, ',');
        j->comma[j->depth] = true;
        if (key) {
                put_string(j->out, str_of(key));
                buf_char(j->out, ':');
        }
}

static void open(struct json *j, const char *key, char c) {
        start(j, key);
        buf_char(j->out, c);
        if (++j->depth == JSON_DEPTH)
                abort();
        j->comma[j->depth] = false;
}

void json_object(struct json *j, const char *key) {
        open(j, key, '{');
}

void json_array(struct json *j, const char *key) {
        open(j, key, '[');
}

void json_end_object(struct json *j) {
        j->depth--;
        buf_char(j->out, '}');
}

void json_end_array(struct json *j) {
        j->depth--;
        buf_char(j->out, ']');
}

void json_str(struct json *j, const char *key, struct str s) {
        start(j, key);
        put_string(j->out, s);
}

void json_i64(struct json *j, const char *key, int64_t v) {
        start(j, key);
        buf_i64(j->out, v);
}

void json_f64(struct json *j, const char *key, double v) {
        start(j, key);
        if (isfinite(v))
                buf_fmt(j->out, "%.15g", v);
        else
                buf_str(j->out, S("null"));
}

void json_bool(struct json *j, const char *key, bool v) {
        start(j, key);
        buf_str(j->out, v ? S("true") : S("false"));
}
