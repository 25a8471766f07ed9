#include "knowledge_text.h"
#include <stdarg.h>
#include <stdio.h>
#include "clock.h"
#include "html.h"
#include "utf8.h"

#define NAME_LETTERS 200
#define PART_LETTERS 600

static const char *const plain_headings[] = {
        "Kort gezegd", "Voor wie", "Zo werkt het", "Wat heb je nodig", "Wat weten we ervan", "Bronnen", NULL,
};
static const char *const story_headings[] = { "Kort gezegd", "Mijn verhaal", "Wat hielp", "Wat beter kan", NULL };
static const char *const toolkit_headings[] = { "Kort gezegd", "Voor wie", "Zo gebruikt u het", NULL };

/* What kinds differ in; the others are plain. */
static const struct kind_form {
        struct str kind;
        const char *const *headings;
        enum item_lines needs;          /* lines without which such an item says nothing; LINES_N for none */
} kind_forms[] = {
        { S_INIT("verhaal"), story_headings, LINES_N },
        { S_INIT("toolkit"), toolkit_headings, LINES_STEP },
        { S_INIT(""), plain_headings, LINES_SOURCE },
};

/* How the parts of a line are checked: "n" a name that must be there, "N" one that may be missing, "t" a text that must be there,
 * "T" one that may be missing, "u" an address, "U" one that may be missing, "d" a design, "#" a whole number or nothing,
 * "s" a slug. A part after "/" may be left out as a whole. */
static const struct line_form {
        struct str key;
        const char *parts;
        const char *says;
} line_forms[LINES_N] = {
        [LINES_SOURCE] = { S_INIT("bron"), "nNNu", "titel | uitgever | jaar | adres" },
        [LINES_USE] = { S_INIT("gebruik"), "nNTU/N", "gemeente | jaar | wat | adres" },
        [LINES_ELEMENT] = { S_INIT("element"), "ntU", "naam | uitleg | adres" },
        [LINES_STUDY] = { S_INIT("onderzoek"), "nNNud#tTTT",
                          "titel | door wie | jaar | adres | opzet | n | uitkomstmaat | effect | interval | opmerking" },
        [LINES_EXPERIENCE] = { S_INIT("ervaring"), "nNTTTu", "wie | jaar | situatie | wat nodig was | resultaat | adres" },
        [LINES_MATERIAL] = { S_INIT("materiaal"), "nNNu", "titel | uitgever | jaar | adres" },
        [LINES_RECOGNITION] = { S_INIT("erkenning"), "nnNu", "instituut | niveau | jaar | adres" },
        [LINES_EDITION] = { S_INIT("editie"), "nNUT", "naam | jaar | adres | wat veranderde" },
        [LINES_STEP] = { S_INIT("stap"), "st", "adresdeel van een tekst | wat u ermee doet" },
};
static const struct line_form score_form = { .parts = "nnNu/T", .says = "oordeel | instituut | jaar | adres | waarom" };
static const char *const score_keys[SCORES_N] = { "bewijskracht", "effect", "kosten" };

const struct study_design study_designs[] = {
        { S_INIT("review"), S_INIT("Overzicht van studies") }, { S_INIT("rct"), S_INIT("Experiment met loting") },
        { S_INIT("quasi-experiment"), S_INIT("Experiment zonder loting") }, { S_INIT("cohort"), S_INIT("Groep gevolgd in de tijd") },
        { S_INIT("voor-en-na"), S_INIT("Meting voor en na") }, { S_INIT("vergelijking"), S_INIT("Vergelijking van groepen of plaatsen") },
        { S_INIT("kosten-baten"), S_INIT("Kosten en baten") }, { S_INIT("enquete"), S_INIT("Vragenlijst") },
        { S_INIT("procesevaluatie"), S_INIT("Onderzoek naar de uitvoering") }, { S_INIT("kwalitatief"), S_INIT("Gesprekken en observaties") },
        { S_INIT("casus"), S_INIT("Beschrijving van een geval") }, { { 0 } },
};

static const struct study_design *find_design(struct str code) {
        for (const struct study_design *d = study_designs; d->code.n; d++)
                if (str_eq(d->code, code))
                        return d;
        return NULL;
}

struct str study_design_label(struct str code) {
        const struct study_design *d = find_design(code);
        return d ? d->label : code;
}

struct str item_line_key(enum item_lines kind) {
        return kind == LINES_N ? str_of(score_keys[SCORE_EVIDENCE]) : line_forms[kind].key;
}

struct str item_score_key(enum item_score score) {
        return str_of(score_keys[score]);
}

size_t item_line_parts(enum item_lines kind) {
        size_t n = 0;
        for (const char *f = kind == LINES_N ? score_form.parts : line_forms[kind].parts; *f; f++)
                n += *f != '/';
        return n;
}

static const struct kind_form *form_of(struct str kind) {
        const struct kind_form *f = kind_forms;
        while (f->kind.n && !str_eq(f->kind, kind))
                f++;
        return f;
}

const char *const *item_headings(struct str kind) {
        return form_of(kind)->headings;
}

enum err item_text_fail(struct arena *a, struct text_error *error, int line, const char *fmt, ...) {
        char text[900];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(text, sizeof text, fmt, ap);
        va_end(ap);
        *error = (struct text_error) { line, str_dup(a, str_of(text)) };
        return ERR_INVALID;
}

struct reader {
        struct arena *a;
        struct text_error *error;
        struct item_text *t;
        const struct front_pair *pair;
};

static enum err wrong(struct reader *r, const char *what) {
        return item_text_fail(r->a, r->error, r->pair->line, "%.*s: %s", STR(r->pair->key), what);
}

static bool is_web_address(struct str s) {
        return str_eq(url_checked(s).bytes, s) && s.n > 1;
}

static enum err read_text(struct reader *r, struct str *ret, size_t max) {
        if (ret->n)
                return wrong(r, "staat er twee keer");
        if (r->pair->value.n == 0 || utf8_length(r->pair->value) > max)
                return wrong(r, "is leeg of te lang");
        *ret = r->pair->value;
        return OK;
}

static enum err read_list(struct reader *r, struct str_list *ret, size_t max) {
        struct front_parts parts = front_split(r->a, r->pair->value, ',');
        if (ret->n)
                return wrong(r, "staat er twee keer");
        for (size_t i = 0; i < parts.n; i++) {
                if (parts.v[i].n == 0 || utf8_length(parts.v[i]) > NAME_LETTERS)
                        return wrong(r, "heeft een leeg of te lang deel");
                for (size_t k = 0; k < ret->n; k++)
                        if (str_eq(ret->v[k], parts.v[i]))
                                return wrong(r, "noemt iets twee keer");
                *vec_push(r->a, ret) = parts.v[i];
        }
        return ret->n > max ? wrong(r, "heeft te veel delen") : OK;
}

static bool part_is_good(char form, struct str part) {
        int64_t n;
        switch (form) {
        case 'n': return part.n > 0 && utf8_length(part) <= NAME_LETTERS;
        case 'N': return utf8_length(part) <= NAME_LETTERS;
        case 't': return part.n > 0 && utf8_length(part) <= PART_LETTERS;
        case 'T': return utf8_length(part) <= PART_LETTERS;
        case 'u': return is_web_address(part);
        case 'U': return part.n == 0 || is_web_address(part);
        case 'd': return find_design(part) != NULL;
        case '#': return part.n == 0 || (str_to_i64(part, &n) && n >= 0);
        default: return part.n > 0;
        }
}

static enum err read_parts(struct reader *r, const struct line_form *form, struct item_line *ret) {
        struct front_parts p = front_split(r->a, r->pair->value, '|');
        size_t i = 0;
        bool optional = false;
        *ret = (struct item_line) { .line = r->pair->line };
        for (size_t k = 0; k < LINE_PARTS; k++)
                ret->v[k] = S("");
        for (const char *f = form->parts; *f; f++) {
                if (*f == '/')
                        optional = true;
                else if (i < p.n ? !part_is_good(*f, p.v[i]) : !optional)
                        return item_text_fail(r->a, r->error, r->pair->line, "%.*s: deel %d klopt niet; verwacht: %s",
                                              STR(r->pair->key), (int) i + 1, form->says);
                else if (i < p.n) {
                        ret->v[i] = p.v[i];
                        i++;
                }
        }
        return i < p.n ? item_text_fail(r->a, r->error, r->pair->line, "%.*s: te veel delen; verwacht: %s", STR(r->pair->key), form->says)
                       : OK;
}

static enum err read_score(struct reader *r, struct item_line *ret) {
        if (ret->v[0].n)
                return wrong(r, "staat er twee keer");
        return str_eq(r->pair->value, S("nog niet beoordeeld")) ? OK : read_parts(r, &score_form, ret);
}

static enum err read_line(struct reader *r, enum item_lines kind) {
        struct item_line line;
        enum err e = read_parts(r, &line_forms[kind], &line);
        if (e != OK)
                return e;
        if (kind == LINES_USE && line.v[4].n && !str_eq(line.v[4], S("fictief")))
                return wrong(r, "het vijfde deel is 'fictief' of staat er niet");
        if (kind == LINES_USE && !line.v[4].n && !line.v[3].n)
                return wrong(r, "het adres van de bron ontbreekt");
        *vec_push(r->a, &r->t->lines[kind]) = line;
        return OK;
}

static enum err read_since(struct reader *r) {
        int64_t year;
        if (!str_to_i64(r->pair->value, &year) || year < 1900 || year > 2100)
                return wrong(r, "verwacht een jaar");
        r->t->since = opt_i64(year);
        return OK;
}

static enum err read_date(struct reader *r, struct str *ret) {
        *ret = r->pair->value;
        return clock_is_date(*ret) ? OK : wrong(r, "verwacht een datum zoals 2026-11-22");
}

static enum err read_pair(struct reader *r) {
        struct str k = r->pair->key;
        struct item_text *t = r->t;
        const struct { const char *key; struct str *to; size_t max; } texts[] = {
                { "titel", &t->title, 150 }, { "samenvatting", &t->summary, 300 }, { "eigenaar", &t->owner, 200 },
                { "licentie", &t->licence, 200 }, { "contact", &t->contact, 200 }, { "waarschuwing", &t->warning, 300 },
        };
        const struct { const char *key; struct str_list *to; size_t max; } lists[] = {
                { "soort", &t->kind, 1 }, { "fase", &t->phases, 4 }, { "doelgroep", &t->targets, 12 }, { "thema", &t->themes, 3 },
                { "indicator", &t->indicators, 5 }, { "verwant", &t->related, 8 }, { "alias", &t->also, 12 },
        };
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
                if (str_eq(k, str_of(texts[i].key)))
                        return read_text(r, texts[i].to, texts[i].max);
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
                if (str_eq(k, str_of(lists[i].key)))
                        return r->pair->value.n ? read_list(r, lists[i].to, lists[i].max) : OK;
        for (size_t i = 0; i < SCORES_N; i++)
                if (str_eq(k, str_of(score_keys[i])))
                        return read_score(r, &t->scores[i]);
        for (size_t i = 0; i < LINES_N; i++)
                if (str_eq(k, line_forms[i].key))
                        return read_line(r, (enum item_lines) i);
        if (str_eq(k, S("sinds"))) return r->pair->value.n ? read_since(r) : OK;
        if (str_eq(k, S("bijgewerkt"))) return read_date(r, &t->updated_on);
        if (str_eq(k, S("herzien"))) return read_date(r, &t->review_on);
        return wrong(r, "deze regel kennen wij niet");
}

static enum err check_sections(struct arena *a, const struct item_text *t, struct text_error *error) {
        const char *const *headings = item_headings(t->kind.v[0]);
        size_t n = 0;
        for (; headings[n]; n++)
                if (n >= t->front.n_sections || !str_eq(t->front.sections[n].heading, str_of(headings[n])))
                        return item_text_fail(a, error, n < t->front.n_sections ? t->front.sections[n].line : 1,
                                              "deel %d moet '## %s' zijn", (int) n + 1, headings[n]);
        return t->front.n_sections > n ? item_text_fail(a, error, t->front.sections[n].line, "een deel te veel") : OK;
}

static enum err check_complete(struct arena *a, const struct item_text *t, struct text_error *error) {
        const struct { struct str key; bool there; } needed[] = {
                { S("titel"), t->title.n }, { S("samenvatting"), t->summary.n }, { S("soort"), t->kind.n }, { S("fase"), t->phases.n },
                { S("doelgroep"), t->targets.n }, { S("thema"), t->themes.n }, { S("bijgewerkt"), t->updated_on.n },
        };
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
                if (!needed[i].there)
                        return item_text_fail(a, error, 1, "de regel '%.*s' ontbreekt", STR(needed[i].key));
        enum item_lines needs = form_of(t->kind.v[0])->needs;
        if (needs != LINES_N && t->lines[needs].n == 0)
                return item_text_fail(a, error, 1, "de regel '%.*s' ontbreekt", STR(line_forms[needs].key));
        if (t->lines[LINES_STEP].n > ITEM_STEPS_MAX)
                return item_text_fail(a, error, t->lines[LINES_STEP].v[ITEM_STEPS_MAX].line, "stap: hooguit %d", ITEM_STEPS_MAX);
        return check_sections(a, t, error);
}

/* A year after D; 29 February becomes 28. */
static struct str year_after(struct arena *a, struct str d) {
        int64_t year = 0;
        bool leap = str_eq(str_sub(d, 4, d.n), S("-02-29"));
        return str_to_i64(str_sub(d, 0, 4), &year) ? str_fmt(a, "%04d%.*s", (int) year + 1, STR(leap ? S("-02-28") : str_sub(d, 4, d.n))) : d;
}

enum err item_text_read(struct arena *a, struct str source, struct text_error *error, struct item_text *ret) {
        *ret = (struct item_text) { .line = 1, .owner = S(""), .licence = S(""), .contact = S(""), .warning = S(""), .review_on = S("") };
        if (!utf8_valid(source))
                return item_text_fail(a, error, 0, "dit is geen geldige UTF-8");
        enum err e = front_parse(a, source, error, &ret->front);
        for (size_t i = 0; e == OK && i < ret->front.n_pairs; i++) {
                struct reader r = { a, error, ret, &ret->front.pairs[i] };
                e = read_pair(&r);
        }
        if (e == OK)
                e = check_complete(a, ret, error);
        if (e == OK && ret->review_on.n == 0)
                ret->review_on = year_after(a, ret->updated_on);
        return e;
}

enum err item_text_read_draft(struct arena *a, struct str source, struct text_error *error, struct item_text *ret) {
        *ret = (struct item_text) { .line = 1, .title = S(""), .summary = S(""), .owner = S(""), .licence = S(""), .contact = S(""),
                                    .warning = S(""), .updated_on = S(""), .review_on = S("") };
        enum err e = front_parse(a, source, error, &ret->front);
        for (size_t i = 0; e == OK && i < ret->front.n_pairs; i++) {
                struct reader r = { a, error, ret, &ret->front.pairs[i] };
                if (read_pair(&r) == ERR_INTERNAL)
                        return ERR_INTERNAL;
        }
        return e;
}
