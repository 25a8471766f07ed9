#include "log.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include "buf.h"
#include "clock.h"

static _Atomic int min_level = LOG_INFO;

void log_set_level(enum log_level level) {
        min_level = (int) level;
}

static void put_value(struct buf *b, struct str s) {
        size_t from = 0;
        buf_char(b, '"');
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                if (c >= 0x20 && c != 0x7f && c != '"' && c != '\\')
                        continue;
                buf_put(b, s.p + from, i - from);
                buf_fmt(b, c == '"' || c == '\\' ? "\\%c" : "\\x%02x", c);
                from = i + 1;
        }
        buf_put(b, s.p + from, s.n - from);
        buf_char(b, '"');
}

void log_event_(enum log_level level, const char *event, const struct log_field *f, size_t n) {
        static const char *const names[] = { "debug", "info", "warn", "error" };
        if ((int) level < min_level)
                return;
        _cleanup_(buf_done) struct buf b = { .max = 16384 };
        char ts[CLOCK_ISO_MAX];
        clock_iso(clock_now_ms(), ts);
        buf_fmt(&b, "ts=%s level=%s event=%s", ts, names[level], event);
        for (size_t i = 0; i < n; i++) {
                buf_char(&b, ' ');
                buf_str(&b, str_of(f[i].key));
                buf_char(&b, '=');
                if (f[i].text.p)
                        put_value(&b, f[i].text);
                else
                        buf_i64(&b, f[i].number);
        }
        buf_char(&b, '\n');
        fwrite(b.p, 1, b.n, stderr);    /* one call, so that lines of threads do not mix */
}

const char *err_name(enum err e) {
        static const char *const names[ERR_COUNT] = {
                "ok", "not_found", "denied", "invalid", "conflict", "limit", "busy", "internal",
        };
        return e <= 0 && -e < ERR_COUNT ? names[-e] : "unknown";
}

enum err err_log_(enum err e, const char *file, int line, const char *fmt, ...) {
        char text[1024];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(text, sizeof text, fmt, ap);
        va_end(ap);
        log_event(LOG_ERROR, "failure", LOG_STR("err", str_of(err_name(e))), LOG_STR("file", str_of(file)),
                  LOG_INT("line", line), LOG_STR("cause", str_of(text)));
        return e;
}
