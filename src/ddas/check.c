#include <string.h>
#include "internal.h"

static bool is_word(const char *word, struct text t) {
        return strlen(word) == t.n && memcmp(word, t.p, t.n) == 0;
}

uint8_t word_index(uint8_t list, struct text t) {
        const char *const *word = model_enums[list].word;
        for (uint8_t i = 0; i < ENUM_MAX && word[i]; i++)
                if (word[i][0] == (t.n ? t.p[0] : 1) && is_word(word[i], t))
                        return i;
        return NO_WORD;
}

static void check_date(struct ddas *d, const struct field *f, struct text t) {
        uint16_t day = DAY_NONE;
        int is = day_parse(t.p, t.n, &day);
        struct text quoted = f->secret ? T("") : t;
        if (is == 0) {
                mistake_quoting(d, M_DATE_FORM, "een datum ziet eruit als 2024-12-31; laat het veld weg als er geen datum is", quoted);
        } else if (is < 0) {
                mistake_quoting(d, M_NO_DATE, "deze datum bestaat niet", quoted);
        } else {
                if (!f->secret && (day == DAY_FIRST || day == DAY_LAST))
                        mistake_quoting(d, W_FAR, "deze datum telt als heel lang geleden, of als ver weg", quoted);
                if (f->take < DAYS_READ)
                        d->draft.day[f->take] = day;
        }
}

static void check_moment(struct ddas *d, struct text t) {
        int is = day_time_parse(t.p, t.n);
        if (is == 0)
                mistake_quoting(d, M_DATE_FORM, "datum en tijd zien eruit als 2024-12-31T23:59:59Z", t);
        else if (is < 0)
                mistake_quoting(d, M_NO_DATE, "deze datum of tijd bestaat niet", t);
}

static void check_email(struct ddas *d, struct text t) {
        const char *at = memchr(t.p, '@', t.n);
        if (!at || at == t.p || at + 1 == t.p + t.n || memchr(t.p, ' ', t.n) || memchr(at + 1, '@', (size_t) (t.p + t.n - at - 1)))
                mistake(d, M_EMAIL, "dit is geen e-mailadres");
}

/* The words that may stand there, when they fit on a line. */
static struct text words_of(uint8_t list, struct line *l) {
        line_put(l, T("deze waarde staat niet in de lijst van dit veld"));
        size_t start = l->n;
        for (int i = 0; i < ENUM_MAX && model_enums[list].word[i]; i++) {
                line_put(l, i ? T(", ") : T(": "));
                line_put(l, (struct text) { model_enums[list].word[i], strlen(model_enums[list].word[i]) });
        }
        if (l->n + 1 == l->cap) {
                l->n = start;
                line_put(l, T("; gebruik een waarde uit het model van DDAS, letter voor letter"));
        }
        return (struct text) { l->p, l->n };
}

static void check_word(struct ddas *d, const struct field *f, struct text t) {
        uint8_t i = word_index(f->of, t);
        char text[240];
        if (i != NO_WORD)
                draft_whole(d, f->take, i);
        else if (model_old(t.p, t.n))
                mistake_quoting(d, M_OLD, "deze waarde hoort bij versie 0.10 van DDAS. Lever aan volgens versie 1.0", t);
        else
                mistake_at(d, M_WORD, d->at, T(""), words_of(f->of, &(struct line) { text, 0, sizeof text }), t);
}

void check_text(struct ddas *d, const struct field *f, struct text t) {
        switch ((enum type) f->type) {
        case T_TEXT:
                if (f->take != TAKE_NOTHING)
                        draft_text(d, f->take, t);
                return;
        case T_DATE:
                check_date(d, f, t);
                return;
        case T_MOMENT:
                check_moment(d, t);
                return;
        case T_EMAIL:
                check_email(d, t);
                return;
        case T_ENUM:
                check_word(d, f, t);
                return;
        case T_ANY:
                return;
        case T_OBJECT: case T_LIST: case T_WHOLE: case T_BOOL:
                break;
        }
        mistake_type(d, f->type);
}

/* A whole number may be written as 100.0 or 1e2 (JSON Schema). True when T is one; too large gives an amount past any limit. */
static bool whole(struct text t, int64_t *ret) {
        const int64_t huge = INT64_MAX / 16;
        int64_t v = 0, exponent = 0;
        size_t i = t.p[0] == '-', zeros = 0, decimals = 0, waiting = 0; /* zeros after the point, which may end there */
        for (bool point = false; i < t.n && t.p[i] != 'e' && t.p[i] != 'E'; i++) {
                point = point || t.p[i] == '.';
                waiting += point && t.p[i] == '0';
                if (t.p[i] == '.' || (point && t.p[i] == '0'))
                        continue;
                for (; waiting; waiting--, decimals++)
                        v = v > huge ? v : v * 10;
                zeros = t.p[i] == '0' ? zeros + 1 : 0;
                decimals += point;
                v = v > huge ? v : v * 10 + (t.p[i] - '0');
        }
        bool minus = i + 1 < t.n && t.p[i + 1] == '-';
        for (i += 1; i < t.n; i++)
                if (t.p[i] >= '0' && t.p[i] <= '9')
                        exponent = exponent > 1000 ? exponent : exponent * 10 + (t.p[i] - '0');
        exponent = (minus ? -exponent : exponent) - (int64_t) decimals;
        if (v != 0 && exponent < 0 && (int64_t) zeros < -exponent)
                return false;
        for (; exponent < 0 && v; exponent++)
                v /= 10;
        for (; exponent > 0 && v && v <= huge; exponent--)
                v *= 10;
        *ret = t.p[0] == '-' ? -v : v;
        return true;
}

void check_number(struct ddas *d, const struct field *f, struct text t) {
        int64_t v;
        if (f->type != T_WHOLE) {
                if (f->type != T_ANY)
                        mistake_type(d, f->type);
        } else if (!whole(t, &v)) {
                mistake_quoting(d, M_NUMBER, "hier hoort een heel getal te staan, een bedrag in hele euro’s", t);
        } else if (v > MONEY_MAX || v < -MONEY_MAX) {
                mistake_quoting(d, M_RANGE, "dit getal is te groot: hoogstens 999.999.999", t);
        } else {
                draft_whole(d, f->take, v);
        }
}
