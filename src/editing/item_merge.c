/* item_merge.c - see item_merge.h. */
#include "item_merge.h"
#include "buf.h"
#include "knowledge_text.h"

static const struct { struct str key, label; } labels[] = {
        { S_INIT("titel"), S_INIT("Titel") }, { S_INIT("soort"), S_INIT("Soort") }, { S_INIT("samenvatting"), S_INIT("Samenvatting") },
        { S_INIT("waarschuwing"), S_INIT("Waarschuwing") }, { S_INIT("alias"), S_INIT("Andere namen") }, { S_INIT("fase"), S_INIT("Fase") },
        { S_INIT("doelgroep"), S_INIT("Voor wie") }, { S_INIT("thema"), S_INIT("Thema") }, { S_INIT("indicator"), S_INIT("Cijfers") },
        { S_INIT("eigenaar"), S_INIT("Eigenaar") }, { S_INIT("licentie"), S_INIT("Wie mag het gebruiken?") },
        { S_INIT("contact"), S_INIT("Contact voor lezers") }, { S_INIT("sinds"), S_INIT("Sinds") }, { S_INIT("bewijskracht"), S_INIT("Bewijskracht") },
        { S_INIT("effect"), S_INIT("Effect") }, { S_INIT("kosten"), S_INIT("Kosten en moeite") }, { S_INIT("gebruik"), S_INIT("Gebruikt door") },
        { S_INIT("bron"), S_INIT("Bron") }, { S_INIT("element"), S_INIT("Werkzaam element") }, { S_INIT("onderzoek"), S_INIT("Onderzoek") },
        { S_INIT("ervaring"), S_INIT("Ervaring") }, { S_INIT("materiaal"), S_INIT("Materiaal") }, { S_INIT("erkenning"), S_INIT("Erkenning") },
        { S_INIT("editie"), S_INIT("Editie") }, { S_INIT("stap"), S_INIT("Stap") }, { S_INIT("verwant"), S_INIT("Verwant") },
        { S_INIT("bijgewerkt"), S_INIT("Bijgewerkt") }, { S_INIT("herzien"), S_INIT("Opnieuw bekijken op") },
};

struct str item_key_label(struct str key) {
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
                if (str_eq(key, labels[i].key))
                        return labels[i].label;
        return key;
}

static void put_value(struct arena *a, struct buf *b, struct str value) {
        struct front_parts parts = front_split(a, value, '|');
        bool first = true;
        for (size_t i = 0; i < parts.n; i++) {
                if (!parts.v[i].n)
                        continue;
                buf_str(b, first ? S("") : S(", "));
                buf_str(b, parts.v[i]);
                first = false;
        }
}

struct str item_reading(struct arena *a, struct str text) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct text_error error;
        struct front f;
        if (front_parse(a, text, &error, &f) != OK)
                return text;
        for (size_t i = 0; i < f.n_pairs; i++) {
                if (f.pairs[i].value.n == 0)
                        continue;
                buf_str(&b, item_key_label(f.pairs[i].key));
                buf_str(&b, S(": "));
                put_value(a, &b, f.pairs[i].value);
                buf_str(&b, S("\n"));
        }
        for (size_t i = 0; i < f.n_sections; i++) {
                buf_str(&b, S("\n"));
                buf_str(&b, f.sections[i].heading);
                buf_str(&b, S("\n\n"));
                buf_str(&b, f.sections[i].body);
                buf_str(&b, S("\n"));
        }
        return str_dup(a, buf_view(&b));
}

#define LINES_BESIDE 3          /* a change, that stay in sight */

static size_t lines_in(struct str s) {
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == '\n';
        return n;
}

/* The first N lines of S; the last N, and what stands behind them without a line end. */
static struct str first_lines(struct str s, size_t n) {
        size_t i = 0;
        for (; i < s.n && n; i++)
                n -= s.p[i] == '\n';
        return str_sub(s, 0, i);
}
static struct str last_lines(struct str s, size_t n) {
        size_t i = s.n, seen = 0;
        while (i && !(s.p[i - 1] == '\n' && seen++ == n))
                i--;
        return str_sub(s, i, s.n);
}

static struct str folded(struct arena *a, struct str same, bool is_first, bool is_last) {
        if (lines_in(same) <= 2 * LINES_BESIDE + 2)
                return same;
        struct str head = is_first ? S("") : first_lines(same, LINES_BESIDE), tail = is_last ? S("") : last_lines(same, LINES_BESIDE);
        return str_fmt(a, "%.*s[…]\n%.*s", STR(head), STR(tail));
}

struct diff item_difference(struct arena *a, struct str before, struct str after) {
        struct diff d = text_diff(a, before.n ? item_reading(a, before) : before, item_reading(a, after));
        if (d.n == 1 && d.v[0].kind == DIFF_SAME)
                d.n = 0;
        for (size_t i = 0; i < d.n; i++)
                if (d.v[i].kind == DIFF_SAME)
                        d.v[i].text = folded(a, d.v[i].text, i == 0, i + 1 == d.n);
        return d;
}

struct merging {
        struct arena *a;
        struct front base, mine, theirs;
        enum merge_side wins;
        struct item_merge *ret;
};

/* Merges what stands at one place, paragraph by paragraph. */
static struct str merge_place(struct merging *m, struct str where, struct str base, struct str mine, struct str theirs) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct merge r = text_merge(m->a, base, mine, theirs);
        for (size_t i = 0; i < r.n; i++) {
                const struct merge_part *p = &r.v[i];
                if (p->is_conflict)
                        *vec_push(m->a, &m->ret->conflicts) = (struct item_conflict) { where, str_trim(p->base), str_trim(p->mine), str_trim(p->theirs) };
                buf_str(&b, !p->is_conflict ? p->text : m->wins == SIDE_MINE ? p->mine : p->theirs);
        }
        return str_dup(m->a, buf_view(&b));
}

/* All values of KEY, each a paragraph. */
static struct str values_of(struct arena *a, const struct front *f, struct str key) {
        _cleanup_(buf_done) struct buf b = { 0 };
        for (size_t i = 0; i < f->n_pairs; i++)
                if (str_eq(f->pairs[i].key, key) && f->pairs[i].value.n) {
                        buf_str(&b, f->pairs[i].value);
                        buf_str(&b, S("\n\n"));
                }
        return str_dup(a, buf_view(&b));
}

struct pairs { struct front_pair *v; size_t n, cap; };

static bool has_key(const struct pairs *pairs, struct str key) {
        for (size_t i = 0; i < pairs->n; i++)
                if (str_eq(pairs->v[i].key, key))
                        return true;
        return false;
}

/* The day of the last change is of who published last: it says nothing about the text. */
static void merge_key(struct merging *m, struct pairs *out, struct str key) {
        struct str base = values_of(m->a, &m->base, key), mine = values_of(m->a, &m->mine, key), theirs = values_of(m->a, &m->theirs, key);
        struct str merged = str_eq(key, S("bijgewerkt")) ? theirs : merge_place(m, item_key_label(key), base, mine, theirs), line;
        while (str_split(&merged, '\n', &line))
                if (str_trim(line).n)
                        *vec_push(m->a, out) = (struct front_pair) { key, str_trim(line), 0 };
}

static void merge_pairs(struct merging *m, struct front *ret) {
        struct pairs seen = { 0 }, out = { 0 };
        const struct front *sides[] = { &m->mine, &m->theirs };
        for (size_t s = 0; s < 2; s++)
                for (size_t i = 0; i < sides[s]->n_pairs; i++) {
                        if (has_key(&seen, sides[s]->pairs[i].key))
                                continue;
                        *vec_push(m->a, &seen) = sides[s]->pairs[i];
                        merge_key(m, &out, sides[s]->pairs[i].key);
                }
        ret->pairs = out.v;
        ret->n_pairs = out.n;
}

static struct str body_of(const struct front *f, struct str heading) {
        const struct front_section *s = front_section(f, heading);
        return s ? s->body : S("");
}

static void merge_sections(struct merging *m, struct front *ret) {
        VEC(struct front_section) out = { 0 };
        for (size_t i = 0; i < m->mine.n_sections; i++) {
                struct str heading = m->mine.sections[i].heading;
                struct str body = merge_place(m, heading, body_of(&m->base, heading), m->mine.sections[i].body, body_of(&m->theirs, heading));
                *vec_push(m->a, &out) = (struct front_section) { .heading = heading, .body = front_body(m->a, body) };
        }
        for (size_t i = 0; i < m->theirs.n_sections; i++)
                if (!front_section(&m->mine, m->theirs.sections[i].heading))
                        *vec_push(m->a, &out) = m->theirs.sections[i];
        ret->sections = out.v;
        ret->n_sections = out.n;
}

enum err item_merge(struct arena *a, struct str base, struct str mine, struct str theirs, enum merge_side wins, struct item_merge *ret) {
        struct merging m = { .a = a, .wins = wins, .ret = ret };
        struct front merged = { .intro = S("") };
        struct text_error error;
        *ret = (struct item_merge) { .text = S("") };
        if (front_parse(a, base, &error, &m.base) != OK || front_parse(a, mine, &error, &m.mine) != OK ||
            front_parse(a, theirs, &error, &m.theirs) != OK)
                return ERR_INVALID;
        merge_pairs(&m, &merged);
        merge_sections(&m, &merged);
        ret->text = item_text_write(a, &merged);
        return OK;
}
