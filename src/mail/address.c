#include "address.h"
#include <string.h>

#define LOCAL_MAX 64
#define LABEL_MAX 63

static bool is_digit(char c) {
        return c >= '0' && c <= '9';
}

static bool is_alnum(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
}

/* atext of RFC 5322, 3.2.3. */
static bool is_atext(char c) {
        return is_alnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool local_ok(struct str s) {
        struct str atom;
        if (s.n > LOCAL_MAX)
                return false;
        while (str_split(&s, '.', &atom)) {
                if (atom.n == 0)
                        return false;
                for (size_t i = 0; i < atom.n; i++)
                        if (!is_atext(atom.p[i]))
                                return false;
        }
        return true;
}

static bool label_ok(struct str s) {
        if (s.n == 0 || s.n > LABEL_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-')
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (!is_alnum(s.p[i]) && s.p[i] != '-')
                        return false;
        return true;
}

static bool is_number(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (!is_digit(s.p[i]))
                        return false;
        return true;
}

static bool domain_ok(struct str s) {
        struct str label = { 0 };
        size_t n = 0;
        for (; str_split(&s, '.', &label); n++)
                if (!label_ok(label))
                        return false;
        return n >= 2 && !is_number(label);
}

bool mail_address_ok(struct str s) {
        size_t at = str_index(s, '@');
        return at < s.n && s.n <= MAIL_ADDRESS_MAX && local_ok(str_sub(s, 0, at)) && domain_ok(str_sub(s, at + 1, s.n));
}

/* A copy of S with the bytes from FROM on in lower case. */
static struct str lower_from(struct arena *a, struct str s, size_t from) {
        char *p = arena_alloc(a, s.n + 1);
        for (size_t i = 0; i < s.n; i++)
                p[i] = i >= from && s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char) (s.p[i] + 32) : s.p[i];
        return (struct str) { p, s.n };
}

struct str mail_address_tidy(struct arena *a, struct str s) {
        s = str_trim(s);
        return lower_from(a, s, str_index(s, '@'));
}

struct str mail_address_fold(struct arena *a, struct str s) {
        return lower_from(a, str_trim(s), 0);
}

struct str mail_address_domain(struct str s) {
        return str_sub(s, str_index(s, '@') + 1, s.n);
}
