/* report.c - see report.h. The checks themselves are of text (content_check.h, readability.h) and of knowledge. */
#include "report.h"
#include "buf.h"
#include "content_check.h"
#include "item_merge.h"
#include "item_text.h"
#include "knowledge_publish.h"

static void add(struct arena *a, struct report *r, bool is_error, struct str where, struct str advice, struct str fragment) {
        *vec_push(a, &r->findings) = (struct finding) { is_error, where, advice, fragment };
        if (is_error)
                r->errors++;
        else
                r->advices++;
}

/* Everything that is missing at once; knowledge_check() tells only the first. */
static void check_missing(struct arena *a, const struct item_text *t, struct report *r) {
        const struct { bool is_there; struct str where, advice; } needed[] = {
                { t->title.n, S("Titel"), S("Vul een titel in van hoogstens 150 tekens.") },
                { t->summary.n, S("Samenvatting"), S("Vul een samenvatting in: een zin van hoogstens 300 tekens.") },
                { t->phases.n, S("Fase"), S("Kies een fase.") },
                { t->targets.n, S("Voor wie"), S("Kies voor wie de tekst is.") },
                { t->themes.n, S("Thema"), S("Kies een thema, en hoogstens drie.") },
        };
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
                if (!needed[i].is_there)
                        add(a, r, true, needed[i].where, needed[i].advice, S(""));
        for (size_t i = 0; i < t->front.n_sections; i++)
                if (t->front.sections[i].body.n == 0)
                        add(a, r, true, t->front.sections[i].heading, S("Schrijf dit deel. Is er niets bekend? Schrijf dat dan op."), S(""));
}

static void check_sections(struct arena *a, const struct item_text *t, struct report *r) {
        for (size_t i = 0; i < t->front.n_sections; i++) {
                const struct front_section *s = &t->front.sections[i];
                struct content_findings found;
                /* with its own heading, which headings in it follow */
                if (content_check(a, str_fmt(a, "## %.*s\n\n%.*s", STR(s->heading), STR(s->body)), &found) != OK) {
                        add(a, r, true, s->heading, S("Dit deel is te lang of te diep genest. Maak het korter of eenvoudiger."), S(""));
                        continue;
                }
                for (size_t k = 0; k < found.list.n; k++) {
                        const struct content_finding *f = &found.list.v[k];
                        add(a, r, f->severity == CONTENT_ERROR, s->heading, f->advice, f->fragment);
                }
        }
}

static enum err measure(struct arena *a, const struct item_text *t, const struct abbreviations *abbreviations, struct report *r) {
        static const struct abbreviations none;
        _cleanup_(buf_done) struct buf b = { 0 };
        for (size_t i = 0; i < t->front.n_sections; i++) {
                if (str_eq(t->front.sections[i].heading, S("Bronnen")))
                        continue;
                buf_str(&b, t->front.sections[i].body);
                buf_str(&b, S("\n\n"));
        }
        enum err e = readability_measure(a, str_dup(a, buf_view(&b)), abbreviations ? abbreviations : &none, &r->reading);
        return e == ERR_LIMIT || e == ERR_INVALID ? OK : e;     /* told already, or too long to measure */
}

/* "bron: deel 4 klopt niet" stands under "Bron". */
static void check_form(struct db *db, struct arena *a, struct str text, struct str today, struct report *r, enum err *ret) {
        struct text_error error = { 0 };
        *ret = knowledge_check(db, a, text_for_publication(a, text, today), &error);
        if (*ret == ERR_INVALID && r->errors == 0) {
                size_t colon = str_find(error.reason, S(": "));
                bool is_key = colon < error.reason.n && str_index(str_sub(error.reason, 0, colon), ' ') == colon;
                struct str where = is_key ? item_key_label(str_sub(error.reason, 0, colon)) : S("De tekst als geheel");
                add(a, r, true, where, str_fmt(a, "Hier klopt iets niet: %.*s.", STR(is_key ? str_sub(error.reason, colon + 2, error.reason.n) : error.reason)),
                    S(""));
        }
        if (*ret == ERR_INVALID)
                *ret = OK;
}

enum err text_report(struct db *db, struct arena *a, struct str text, struct str today, const struct abbreviations *abbreviations,
                     struct report *ret) {
        struct item_text t;
        struct text_error error;
        *ret = (struct report) { 0 };
        enum err e = item_text_read_draft(a, text, &error, &t);
        if (e != OK)
                return e;
        check_missing(a, &t, ret);
        check_sections(a, &t, ret);
        e = measure(a, &t, abbreviations, ret);
        if (e == OK)
                check_form(db, a, text, today, ret, &e);
        return e;
}

struct str text_for_publication(struct arena *a, struct str text, struct str today) {
        struct front f;
        struct text_error error;
        if (front_parse(a, text, &error, &f) != OK)
                return text;
        struct front_pair *pairs = arena_many(a, struct front_pair, f.n_pairs + 1);
        size_t n = 0;
        for (size_t i = 0; i < f.n_pairs; i++) {
                bool is_past = str_eq(f.pairs[i].key, S("herzien")) && str_cmp(f.pairs[i].value, today) <= 0;
                if (!is_past && !str_eq(f.pairs[i].key, S("bijgewerkt")))
                        pairs[n++] = f.pairs[i];
        }
        pairs[n++] = (struct front_pair) { S("bijgewerkt"), today, 0 };
        f.pairs = pairs;
        f.n_pairs = n;
        return item_text_write(a, &f);
}
