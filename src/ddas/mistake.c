#include <string.h>
#include "internal.h"

static const char *const names[MISTAKE_KINDS] = {
        [M_SYNTAX] = "geen geldige JSON", [M_TRUNCATED] = "het bestand is afgebroken", [M_UTF8] = "geen geldige UTF-8", [M_BOM] = "begint met een BOM",
        [M_DUPLICATE] = "een veld staat er twee keer", [M_DEPTH] = "te diep genest", [M_LONG] = "te lange tekst", [M_FOREIGN] = "geen DDAS-levering",
        [M_OLD] = "oude versie van DDAS", [M_TYPE] = "verkeerd soort waarde", [M_MISSING] = "verplicht veld ontbreekt", [M_UNKNOWN] = "onbekend veld",
        [M_WORD] = "waarde staat niet in de lijst", [M_DATE_FORM] = "datum of tijd in een andere vorm", [M_NO_DATE] = "datum of tijd bestaat niet",
        [M_EMAIL] = "geen e-mailadres", [M_NUMBER] = "geen heel getal", [M_RANGE] = "getal buiten bereik", [M_ITEMS] = "te veel of te weinig in een lijst",
        [M_TWICE] = "twee keer hetzelfde in een lijst", [M_PLACE] = "geen gemeentecode", [M_PERIOD] = "de periode klopt niet", [M_LIMIT] = "te groot",
        [W_PLACE] = "gemeentecode in een andere vorm", [W_OPEN_FIELD] = "veld dat DDAS niet kent", [W_ORDER] = "einde ligt voor het begin",
        [W_COURT] = "dwangakkoord zonder toekenning", [W_GRANTED] = "toekenningsdatum wijkt af", [W_ENDS] = "einddatums wijken van elkaar af",
        [W_NO_CLIENT] = "geen herkenbare client", [W_BSN] = "geen burgerservicenummer", [W_OUTSIDE] = "traject buiten de periode van de levering",
        [W_COUNTER] = "teller loopt niet op", [W_SEX] = "geslacht staat niet in de lijst", [W_NEGATIVE] = "negatief bedrag",
        [W_FAR] = "datum voor 1900 of na 2079",
};

void line_put(struct line *l, struct text t) {
        size_t n = t.n < l->cap - 1 - l->n ? t.n : l->cap - 1 - l->n;
        while (n < t.n && n > 0 && ((unsigned char) t.p[n] & 0xc0) == 0x80)
                n--;            /* no half letter at the end */
        memcpy(l->p + l->n, t.p, n);
        l->n += n;
        l->p[l->n] = '\0';
}

void line_number(struct line *l, int64_t v) {
        char digit[24];
        size_t i = sizeof digit;
        uint64_t u = v < 0 ? 0 - (uint64_t) v : (uint64_t) v;
        do {
                digit[--i] = (char) ('0' + u % 10);
                u /= 10;
        } while (u);
        if (v < 0)
                digit[--i] = '-';
        line_put(l, (struct text) { digit + i, sizeof digit - i });
}

/* Text of the file on one line of ours: without control characters and broken UTF-8, and short. */
static void put_foreign(struct line *l, struct text t) {
        size_t n = t.n < 40 ? t.n : 40;
        while (n < t.n && n > 0 && ((unsigned char) t.p[n] & 0xc0) == 0x80)
                n--;
        for (size_t i = 0; i < n; i++) {
                unsigned char c = (unsigned char) t.p[i];
                bool bad = c < 0x20 || c == 0x7f || (c >= 0x80 && scan_utf8(t.p, n) < n);
                line_put(l, bad ? T("?") : (struct text) { t.p + i, 1 });
        }
        if (n < t.n)
                line_put(l, T("…"));
}

static void put_path(struct line *l, const struct ddas *d, struct text name) {
        for (int i = 0; i < d->depth; i++) {
                const struct frame *f = &d->frame[i];
                if (f->list) {
                        line_put(l, T("["));
                        line_number(l, f->index);
                        line_put(l, T("]"));
                } else if (f->node && f->field != NO_FIELD && !(name.n && i + 1 == d->depth)) {
                        if (i > 0)
                                line_put(l, T("."));
                        line_put(l, (struct text) { f->node->fields[f->field].name, f->node->fields[f->field].n });
                }
        }
        if (name.n) {
                if (l->n)
                        line_put(l, T("."));
                put_foreign(l, name);
        }
}

uint64_t count_lines(const char *p, size_t n) {
        uint64_t lines = 0;
        for (size_t i = 0; i < n; i++)
                lines += p[i] == '\n';
        return lines;
}

struct text wanted(enum type type) {
        switch (type) {
        case T_OBJECT: return T("hier hoort een object te staan: { … }");
        case T_LIST: return T("hier hoort een lijst te staan: [ … ]");
        case T_WHOLE: return T("hier hoort een heel getal te staan, zonder aanhalingstekens");
        case T_BOOL: return T("hier hoort true of false te staan, zonder aanhalingstekens");
        case T_DATE: return T("hier hoort een datum te staan, als \"2024-12-31\"");
        case T_MOMENT: return T("hier horen datum en tijd te staan, als \"2024-12-31T23:59:59Z\"");
        case T_TEXT: case T_EMAIL: case T_ENUM: case T_ANY: break;
        }
        return T("hier hoort een tekst te staan, tussen aanhalingstekens");
}

void mistake_at(struct ddas *d, enum mistake_kind kind, const char *p, struct text name, struct text why, struct text quoted) {
        bool soft = kind >= M_SOFT;
        if (d->round > 0 && kind != M_LIMIT)
                return;
        if (kind == M_LIMIT && d->found[kind] > 0)
                return;         /* one limit is enough to refuse */
        d->found[kind]++;
        if (d->mistakes_n[soft] == DDAS_MISTAKES)
                return;
        struct ddas_mistake *m = &d->mistake[soft][d->mistakes_n[soft]++];
        m->offset = d->base + (uint64_t) (p - d->buffer);
        m->line = d->lines + count_lines(d->buffer, (size_t) (p - d->buffer)) + 1;
        m->file = d->file;
        m->soft = soft;
        m->kind = (uint8_t) kind;
        struct line path = { m->path, 0, sizeof m->path }, reason = { m->reason, 0, sizeof m->reason };
        put_path(&path, d, name);
        line_put(&reason, why);
        if (quoted.p && (quoted.n || kind == M_WORD)) {
                line_put(&reason, T(" (er staat: “"));
                put_foreign(&reason, quoted);
                line_put(&reason, T("”)"));
        }
}

const struct ddas_mistake *ddas_mistake(const struct ddas *d, bool soft, uint32_t i) {
        return i < d->mistakes_n[soft] ? &d->mistake[soft][i] : NULL;
}

const char *ddas_kind(const struct ddas *d, uint32_t i, bool *soft, uint64_t *n) {
        if (i >= MISTAKE_KINDS)
                return NULL;
        *soft = i >= M_SOFT;
        *n = d->found[i];
        return names[i];
}
