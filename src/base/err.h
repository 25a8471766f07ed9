/* err.h - the few kinds of failure, returned and never ignored (architecture.md, decision 7). */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define _cleanup_(f) __attribute__((cleanup(f)))
#define _must_use_ __attribute__((warn_unused_result))
#define _printf_(a, b) __attribute__((format(printf, a, b)))

/* What went wrong, seen from the caller. The HTTP status of each kind stands in http/status.c. */
enum err {
        OK = 0,
        ERR_NOT_FOUND = -1,     /* no such thing, or not for you: we do not confirm what is hidden */
        ERR_DENIED = -2,        /* the caller may not do this */
        ERR_INVALID = -3,       /* the input breaks a rule; the caller can mend it */
        ERR_CONFLICT = -4,      /* somebody else was first, or a newer version exists */
        ERR_LIMIT = -5,         /* larger or more than a stated limit */
        ERR_BUSY = -6,          /* store or resource unavailable for the moment; trying again may work */
        ERR_INTERNAL = -7,      /* our fault; the cause is in the log */
};
#define ERR_COUNT 8

/* Logs E with the place and a printf-style cause, and returns E: `return err_log(ERR_INTERNAL, "...")`.
 * Use it once, where the cause is known; callers above pass the code on in silence. */
#define err_log(e, ...) err_log_((e), __FILE__, __LINE__, __VA_ARGS__)
enum err err_log_(enum err e, const char *file, int line, const char *fmt, ...) _printf_(4, 5);

/* The kind as a word for logs: "not_found". */
const char *err_name(enum err e);

#endif
