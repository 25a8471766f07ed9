#include "bsn.h"
#include <string.h>

#define DIGITS_MAX 24

/* Digits with how they are grouped: group[k] digits stand in the groups before group k. */
struct digits {
        char d[DIGITS_MAX];
        size_t n;
        size_t group[DIGITS_MAX + 1];
        size_t groups;
        bool plus, money;
};

static bool is_digit(char c) {
        return c >= '0' && c <= '9';
}

static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
}

static bool is_letter(char c) {
        return lower(c) >= 'a' && lower(c) <= 'z';
}

bool bsn_valid(const char digits[9]) {
        int sum = -(digits[8] - '0');
        bool zero = true;
        for (int i = 0; i < 8; i++)
                sum += (9 - i) * (digits[i] - '0');
        for (int i = 0; i < 9; i++)
                zero = zero && digits[i] == '0';
        return sum % 11 == 0 && !zero;
}

/* Bytes of one separator between digits at I: space, point, hyphen or no-break space. 0 for none. */
static size_t separator(struct str s, size_t i) {
        if (i < s.n && (s.p[i] == ' ' || s.p[i] == '.' || s.p[i] == '-'))
                return 1;
        return i + 1 < s.n && s.p[i] == '\xc2' && s.p[i + 1] == '\xa0' ? 2 : 0;
}

/* Reads the digits from I on, over single separators, and moves I behind them. */
static void read_digits(struct str s, size_t *i, struct digits *ret) {
        *ret = (struct digits) { .plus = *i > 0 && s.p[*i - 1] == '+' };
        struct str before = str_sub(s, 0, *i);
        while (before.n && before.p[before.n - 1] == ' ')
                before.n--;
        ret->money = str_ends(before, S("\xe2\x82\xac"));
        ret->groups = 1;
        for (size_t start = *i;;) {
                while (*i < s.n && is_digit(s.p[*i]) && ret->n < DIGITS_MAX)
                        ret->d[ret->n++] = s.p[(*i)++];
                if (*i < s.n && is_digit(s.p[*i])) {
                        /* A group that does not fit: read it again on its own, or pass over it when it is alone. */
                        while (ret->groups == 1 && *i < s.n && is_digit(s.p[*i]))
                                (*i)++;
                        *i = ret->groups > 1 ? start : *i;
                        ret->n = ret->group[--ret->groups];
                        break;
                }
                size_t k = separator(s, *i);
                if (ret->n == DIGITS_MAX || k == 0 || *i + k >= s.n || !is_digit(s.p[*i + k]))
                        break;
                *i += k;
                start = *i;
                ret->group[ret->groups++] = ret->n;
        }
        ret->group[ret->groups] = ret->n;
}

/* Any row of whole groups with nine digits together. */
static bool has_bsn(const struct digits *d) {
        for (size_t from = 0; from < d->groups && !d->money && !d->plus; from++)
                for (size_t to = from + 1; to <= d->groups; to++)
                        if (d->group[to] - d->group[from] == 9 && bsn_valid(d->d + d->group[from]))
                                return true;
        return false;
}

static bool is_phone(const struct digits *d) {
        static const char *const services[] = { "0800", "0900", "0906", "0909", "088", "085", "084", "087" };
        for (size_t i = 0; i < sizeof services / sizeof *services; i++)
                if (d->n >= 4 && memcmp(d->d, services[i], strlen(services[i])) == 0)
                        return false;
        if (d->plus)
                return d->n == 11 && memcmp(d->d, "31", 2) == 0;
        if (d->n == 13)
                return memcmp(d->d, "0031", 4) == 0;
        return d->n == 10 && d->d[0] == '0' && d->d[1] != '0' && (d->group[1] == 10 || d->group[1] <= 4);
}

/* An account number from I on: country, check digits and the rest, single spaces between. */
static bool is_iban(struct str s, size_t i) {
        static const struct { char country[3]; size_t n; } lengths[] = {
                { "nl", 18 }, { "be", 16 }, { "de", 22 }, { "fr", 27 }, { "lu", 20 }, { "gb", 22 }, { "es", 24 },
                { "pl", 28 }, { "it", 27 }, { "lt", 20 }, { "ro", 24 }, { "bg", 22 },
        };
        char c[32] = { 0 };
        size_t n = 0, want = 0;
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths && i + 1 < s.n; k++)
                if (lower(s.p[i]) == lengths[k].country[0] && lower(s.p[i + 1]) == lengths[k].country[1])
                        want = lengths[k].n;
        while (want && i < s.n && n < want) {
                if (is_digit(s.p[i]) || is_letter(s.p[i]))
                        c[n++] = lower(s.p[i]);
                else if (separator(s, i) != 1 || n < 4)
                        return false;
                i++;
        }
        if (!want || n < want || (i < s.n && (is_digit(s.p[i]) || is_letter(s.p[i]))))
                return false;
        unsigned rest = 0;
        for (size_t k = 0; k < want; k++) {
                char x = c[(k + 4) % want];
                rest = is_digit(x) ? (rest * 10 + (unsigned) (x - '0')) % 97
                                   : (rest * 100 + (unsigned) (x - 'a') + 10) % 97;
        }
        return rest == 1;
}

static bool word_at(struct str s, size_t i, struct str word) {
        if (s.n - i < word.n || (i > 0 && is_letter(s.p[i - 1])))
                return false;
        for (size_t k = 0; k < word.n; k++)
                if (lower(s.p[i + k]) != word.p[k])
                        return false;
        return true;
}

static size_t digits_at(struct str s, size_t i) {
        size_t n = 0;
        while (i + n < s.n && is_digit(s.p[i + n]))
                n++;
        return n;
}

/* "4-5-1980", "04/05/80", "1980-05-04", "4 mei 1980" at I. */
static bool is_date(struct str s, size_t i) {
        size_t a = digits_at(s, i), j = i + a;
        if (a == 0 || a == 3 || a > 4 || j >= s.n)
                return false;
        if (s.p[j] == '-' || s.p[j] == '/' || s.p[j] == '.') {
                size_t b = digits_at(s, j + 1), k = j + 1 + b;
                return (b == 1 || b == 2) && k < s.n && s.p[k] == s.p[j] && digits_at(s, k + 1) > 0;
        }
        static const char months[] = "jan feb mrt maa apr mei jun jul aug sep okt nov dec ";
        char name[5] = { 0, 0, 0, ' ', 0 };
        for (size_t k = 0; k < 3 && j + 1 + k < s.n; k++)
                name[k] = lower(s.p[j + 1 + k]);
        return s.p[j] == ' ' && name[2] && a <= 2 && strstr(months, name) != NULL;
}

static bool is_birth_date(struct str s, size_t i) {
        bool word = word_at(s, i, S("geboren")) || word_at(s, i, S("geboortedatum")) || word_at(s, i, S("geb.")) ||
                    word_at(s, i, S("geboortedag"));
        for (size_t k = i; word && k < s.n && k < i + 48; k++)
                if (is_digit(s.p[k]) && !is_digit(s.p[k - 1]) && is_date(s, k))
                        return true;
        return false;
}

unsigned text_personal(struct str text) {
        unsigned found = 0;
        for (size_t i = 0; i < text.n;) {
                char c = text.p[i];
                bool starts = i == 0 || !(is_letter(text.p[i - 1]) || is_digit(text.p[i - 1]));
                if (is_digit(c)) {
                        struct digits d;
                        read_digits(text, &i, &d);
                        if (has_bsn(&d))
                                found |= PERSONAL_BSN;
                        if (is_phone(&d))
                                found |= PERSONAL_PHONE;
                        continue;
                }
                if (starts && is_letter(c)) {
                        if (is_iban(text, i))
                                found |= PERSONAL_IBAN;
                        if (is_birth_date(text, i))
                                found |= PERSONAL_BIRTH_DATE;
                }
                i++;
        }
        return found;
}

bool text_has_bsn(struct str text) {
        return text_personal(text) & PERSONAL_BSN;
}

void text_screen_personal(struct str text, struct str *refusal, struct str *warning) {
        static const struct { enum personal kind; struct str text; } warnings[] = {
                { PERSONAL_IBAN, S_INIT("Hier lijkt een rekeningnummer te staan. Haal het weg als het van een persoon is.") },
                { PERSONAL_PHONE, S_INIT("Hier lijkt een telefoonnummer te staan. Haal het weg als het van een persoon is.") },
                { PERSONAL_BIRTH_DATE, S_INIT("Hier lijkt een geboortedatum te staan. Haal die weg.") },
        };
        unsigned seen = text_personal(text);
        *refusal = seen & PERSONAL_BSN ? S("In uw tekst staat een burgerservicenummer (BSN). Haal dat nummer weg. Wij mogen "
                                           "het niet bewaren.") : S("");
        *warning = S("");
        for (size_t i = 0; i < sizeof warnings / sizeof *warnings && warning->n == 0; i++)
                if (seen & warnings[i].kind)
                        *warning = warnings[i].text;
}
