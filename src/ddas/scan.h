/* scan.h - the hot loops of the reader: 16 bytes at a time on x86-64 and in WebAssembly, 1 elsewhere. All may look up to SCAN_SLACK
 * bytes past END, which must be readable; what stands there does not matter. */
#ifndef DDAS_SCAN_H
#define DDAS_SCAN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCAN_SLACK 16

/* The first byte from P that is no white space of JSON; END when there is none. */
const char *scan_space(const char *p, const char *end);

/* What was seen on the way to the end of a string. */
enum { SCAN_HIGH = 1, SCAN_ESCAPE = 2, SCAN_CONTROL = 4 };
/* From the byte after a quote to the quote that ends the string; END when it does not end here. */
const char *scan_string(const char *p, const char *end, unsigned *seen);

/* Index of the first byte of N at P that is not well-formed UTF-8 (RFC 3629); N when all is. */
size_t scan_utf8(const char *p, size_t n);

/* The text of a JSON string between its quotes, into OUT (at least N bytes). False on a bad escape or half a surrogate pair. */
bool scan_unescape(const char *p, size_t n, char *out, size_t *ret);

#endif
