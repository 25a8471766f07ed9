/* log.h - logfmt lines on standard error; values are quoted and control characters escaped. */
#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
/* Lines below LEVEL are dropped. Default LOG_INFO. */
void log_set_level(enum log_level level);

struct log_field {
        const char *key;
        struct str text;        /* used when text.p is set */
        int64_t number;
};
#define LOG_STR(k, s) ((struct log_field) { .key = (k), .text = (s) })
#define LOG_INT(k, i) ((struct log_field) { .key = (k), .number = (i) })

/* One line: ts=... level=... event=EVENT key=value ... Never log content or secrets. */
#define log_event(level, event, ...) \
        log_event_((level), (event), (const struct log_field[]) { __VA_ARGS__ }, \
                   sizeof((const struct log_field[]) { __VA_ARGS__ }) / sizeof(struct log_field))
void log_event_(enum log_level level, const char *event, const struct log_field *f, size_t n);

#endif
