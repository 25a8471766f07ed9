#include "scan.h"
#ifdef __SSE2__
#include <emmintrin.h>
typedef __m128i wide;
#define WIDE_LOAD(p) _mm_loadu_si128((const __m128i *) (p))
#define WIDE_IS(v, c) _mm_cmpeq_epi8((v), _mm_set1_epi8(c))
#define WIDE_OR(a, b) _mm_or_si128((a), (b))
#define WIDE_BELOW_SPACE(v) _mm_cmpeq_epi8(_mm_min_epu8((v), _mm_set1_epi8(0x1f)), (v))
#define WIDE_MASK(v) ((unsigned) _mm_movemask_epi8(v))
#define HAVE_WIDE 1
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
typedef v128_t wide;
#define WIDE_LOAD(p) wasm_v128_load(p)
#define WIDE_IS(v, c) wasm_i8x16_eq((v), wasm_i8x16_splat(c))
#define WIDE_OR(a, b) wasm_v128_or((a), (b))
#define WIDE_BELOW_SPACE(v) wasm_u8x16_lt((v), wasm_u8x16_splat(0x20))
#define WIDE_MASK(v) ((unsigned) wasm_i8x16_bitmask(v))
#define HAVE_WIDE 1
#else
#define HAVE_WIDE 0
#endif

static inline bool is_space(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

#if HAVE_WIDE
const char *scan_space(const char *p, const char *end) {
        while (p < end) {
                wide v = WIDE_LOAD(p);
                unsigned other = ~WIDE_MASK(WIDE_OR(WIDE_OR(WIDE_IS(v, ' '), WIDE_IS(v, '\n')), WIDE_OR(WIDE_IS(v, '\r'), WIDE_IS(v, '\t'))));
                if (other & 0xffff) {
                        p += __builtin_ctz(other);
                        return p < end ? p : end;
                }
                p += 16;
        }
        return end;
}

const char *scan_string(const char *p, const char *end, unsigned *seen) {
        unsigned found = 0;
        while (p < end) {
                wide v = WIDE_LOAD(p);
                unsigned quote = WIDE_MASK(WIDE_IS(v, '"')), escape = WIDE_MASK(WIDE_IS(v, '\\'));
                unsigned high = WIDE_MASK(v), control = WIDE_MASK(WIDE_BELOW_SPACE(v));
                unsigned stop = quote | escape, n = stop ? (unsigned) __builtin_ctz(stop) : 16;
                if ((size_t) (end - p) < n)
                        n = (unsigned) (end - p);
                unsigned before = (1u << n) - 1;
                found |= (high & before ? SCAN_HIGH : 0) | (control & before ? SCAN_CONTROL : 0);
                p += n;
                if (n == 16 || p >= end)
                        continue;
                if (*p == '"') {
                        *seen = found;
                        return p;
                }
                found |= SCAN_ESCAPE;
                p += 2;         /* the escaped byte cannot end the string */
        }
        *seen = found;
        return end;
}
#else
const char *scan_space(const char *p, const char *end) {
        while (p < end && is_space(*p))
                p++;
        return p;
}

const char *scan_string(const char *p, const char *end, unsigned *seen) {
        unsigned found = 0;
        for (; p < end && *p != '"'; p++) {
                unsigned char c = (unsigned char) *p;
                found |= (c & 0x80 ? SCAN_HIGH : 0) | (c < 0x20 ? SCAN_CONTROL : 0);
                if (c == '\\') {
                        found |= SCAN_ESCAPE;
                        p++;
                }
        }
        *seen = found;
        return p < end ? p : end;
}
#endif

/* Length of the well-formed sequence at P with N bytes left, or 0. */
static size_t sequence(const unsigned char *p, size_t n) {
        size_t length = p[0] < 0x80 ? 1 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
        if (length == 0 || length > n)
                return 0;
        for (size_t i = 1; i < length; i++)
                if ((p[i] & 0xc0) != 0x80)
                        return 0;
        if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
                return 0;
        return length;
}

size_t scan_utf8(const char *p, size_t n) {
        size_t i = 0;
        while (i < n) {
                size_t length = sequence((const unsigned char *) p + i, n - i);
                if (length == 0)
                        return i;
                i += length;
        }
        return n;
}

static int hex4(const char *p) {
        int v = 0;
        for (int i = 0; i < 4; i++) {
                char c = p[i];
                int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
                if (digit < 0)
                        return -1;
                v = v * 16 + digit;
        }
        return v;
}

static size_t put_point(uint32_t c, char *out) {
        if (c < 0x80) {
                out[0] = (char) c;
                return 1;
        }
        if (c < 0x800) {
                out[0] = (char) (0xc0 | (c >> 6));
                out[1] = (char) (0x80 | (c & 0x3f));
                return 2;
        }
        if (c < 0x10000) {
                out[0] = (char) (0xe0 | (c >> 12));
                out[1] = (char) (0x80 | ((c >> 6) & 0x3f));
                out[2] = (char) (0x80 | (c & 0x3f));
                return 3;
        }
        out[0] = (char) (0xf0 | (c >> 18));
        out[1] = (char) (0x80 | ((c >> 12) & 0x3f));
        out[2] = (char) (0x80 | ((c >> 6) & 0x3f));
        out[3] = (char) (0x80 | (c & 0x3f));
        return 4;
}

/* The escape that begins after the "\\" at P[*i - 1]; moves *i past it. Negative when it is none. */
static int64_t escape(const char *p, size_t n, size_t *i) {
        static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
        if (*i >= n)
                return -1;
        char c = p[(*i)++];
        if (c != 'u') {
                for (int k = 0; from[k]; k++)
                        if (from[k] == c)
                                return to[k];
                return -1;
        }
        int high = n - *i >= 4 ? hex4(p + *i) : -1;
        *i += 4;
        if (high < 0xd800 || high > 0xdfff)
                return high;
        if (high > 0xdbff || *i > n || n - *i < 6 || p[*i] != '\\' || p[*i + 1] != 'u')
                return -1;
        int low = hex4(p + *i + 2);
        *i += 6;
        return low < 0xdc00 || low > 0xdfff ? -1 : 0x10000 + ((int64_t) (high - 0xd800) << 10) + (low - 0xdc00);
}

bool scan_unescape(const char *p, size_t n, char *out, size_t *ret) {
        size_t to = 0;
        for (size_t i = 0; i < n;) {
                if (p[i] != '\\') {
                        out[to++] = p[i++];
                        continue;
                }
                i++;
                int64_t c = escape(p, n, &i);
                if (c < 0)
                        return false;
                to += put_point((uint32_t) c, out + to);
        }
        *ret = to;
        return true;
}
