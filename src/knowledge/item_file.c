#include "item_file.h"
#include "clock.h"
#include "html.h"
#include "utf8.h"
#include "vec.h"

static const char *const sections[] = {
        "Kort gezegd", "Voor wie", "Zo werkt het", "Wat heb je nodig", "Wat weten we ervan", "Bronnen",
};
#define SECTIONS_N (sizeof sections / sizeof *sections)

struct reader {
        struct load *l;
        struct item_file *f;
        const struct front_pair *pair;
};

static enum err wrong(struct reader *r, const char *what) {
        return load_fail(r->l, r->f->file, r->pair->line, "%.*s: %s", STR(r->pair->key), what);
}

static bool is_web_address(struct str s) {
        return str_eq(url_checked(s).bytes, s) && s.n > 1;
}

static enum err read_text(struct reader *r, struct str *ret, size_t max) {
        if (ret->n)
                return wrong(r, "stands here twice");
        if (r->pair->value.n == 0 || r->pair->value.n > max)
                return wrong(r, "is empty or too long");
        *ret = r->pair->value;
        return OK;
}

static enum err read_codes(struct reader *r, struct str_list *ret, size_t max) {
        struct front_parts parts = front_split(r->l->a, r->pair->value, ',');
        if (ret->n)
                return wrong(r, "stands here twice");
        for (size_t i = 0; i < parts.n; i++) {
                if (parts.v[i].n == 0)
                        return wrong(r, "has an empty part");
                for (size_t k = 0; k < ret->n; k++)
                        if (str_eq(ret->v[k], parts.v[i]))
                                return wrong(r, "names something twice");
                *vec_push(r->l->a, ret) = parts.v[i];
        }
        return ret->n == 0 || ret->n > max ? wrong(r, "has too few or too many parts") : OK;
}

static enum err read_score(struct reader *r, struct item_judgement *ret) {
        struct front_parts p = front_split(r->l->a, r->pair->value, '|');
        if (str_eq(r->pair->value, S("nog niet beoordeeld")))
                return OK;
        if (p.n != 4 || !is_web_address(p.v[3]))
                return wrong(r, "expected 'nog niet beoordeeld' or 'judgement | institute | year | address'");
        *ret = (struct item_judgement) { p.v[0], p.v[1], p.v[2], p.v[3] };
        return OK;
}

static enum err read_source(struct reader *r) {
        struct front_parts p = front_split(r->l->a, r->pair->value, '|');
        if (p.n != 4 || p.v[0].n == 0 || !is_web_address(p.v[3]))
                return wrong(r, "expected 'title | publisher | year | address'");
        *vec_push(r->l->a, &r->f->sources) = (struct item_source) { p.v[0], p.v[1], p.v[2], p.v[3] };
        return OK;
}

static enum err read_use(struct reader *r) {
        struct front_parts p = front_split(r->l->a, r->pair->value, '|');
        bool fictitious = p.n == 5 && str_eq(p.v[4], S("fictief"));
        if ((p.n != 4 && !fictitious) || p.v[0].n == 0 || (!fictitious && !is_web_address(p.v[3])))
                return wrong(r, "expected 'municipality | year | what | address'");
        *vec_push(r->l->a, &r->f->uses) = (struct item_use) { p.v[0], p.v[1], p.v[2], p.v[3], fictitious, r->pair->line };
        return OK;
}

static enum err read_since(struct reader *r) {
        int64_t year;
        if (!str_to_i64(r->pair->value, &year) || year < 1900 || year > 2100)
                return wrong(r, "expected a year");
        r->f->since = opt_i64(year);
        return OK;
}

static enum err read_updated(struct reader *r) {
        r->f->updated_on = r->pair->value;
        return clock_is_date(r->pair->value) ? OK : wrong(r, "expected a date like 2026-11-22");
}

static enum err read_pair(struct reader *r) {
        struct str k = r->pair->key;
        struct item_file *f = r->f;
        if (str_eq(k, S("titel"))) return read_text(r, &f->title, 150);
        if (str_eq(k, S("samenvatting"))) return read_text(r, &f->summary, 300);
        if (str_eq(k, S("eigenaar"))) return read_text(r, &f->owner, 200);
        if (str_eq(k, S("soort"))) return read_codes(r, &f->kind, 1);
        if (str_eq(k, S("fase"))) return read_codes(r, &f->phases, 4);
        if (str_eq(k, S("doelgroep"))) return read_codes(r, &f->targets, 12);
        if (str_eq(k, S("thema"))) return read_codes(r, &f->themes, 3);
        if (str_eq(k, S("indicator"))) return r->pair->value.n ? read_codes(r, &f->indicators, 5) : OK;
        if (str_eq(k, S("verwant"))) return r->pair->value.n ? read_codes(r, &f->related, 8) : OK;
        if (str_eq(k, S("sinds"))) return r->pair->value.n ? read_since(r) : OK;
        if (str_eq(k, S("bijgewerkt"))) return read_updated(r);
        if (str_eq(k, S("bewijskracht"))) return read_score(r, &f->scores[0]);
        if (str_eq(k, S("effect"))) return read_score(r, &f->scores[1]);
        if (str_eq(k, S("kosten"))) return read_score(r, &f->scores[2]);
        if (str_eq(k, S("bron"))) return read_source(r);
        if (str_eq(k, S("gebruik"))) return read_use(r);
        return wrong(r, "this key is unknown");
}

static enum err check_complete(struct load *l, const struct item_file *f) {
        const struct { const char *key; bool there; } needed[] = {
                { "titel", f->title.n }, { "samenvatting", f->summary.n }, { "soort", f->kind.n }, { "fase", f->phases.n },
                { "doelgroep", f->targets.n }, { "thema", f->themes.n }, { "bron", f->sources.n },
                { "bijgewerkt", f->updated_on.n },
        };
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
                if (!needed[i].there)
                        return load_fail(l, f->file, 1, "the key '%s' is missing", needed[i].key);
        for (size_t i = 0; i < SECTIONS_N; i++)
                if (i >= f->front.n_sections || !str_eq(f->front.sections[i].heading, str_of(sections[i])))
                        return load_fail(l, f->file, i < f->front.n_sections ? f->front.sections[i].line : 1,
                                         "section %d must be '## %s'", (int) i + 1, sections[i]);
        if (f->front.n_sections > SECTIONS_N)
                return load_fail(l, f->file, f->front.sections[SECTIONS_N].line, "a section too many");
        return OK;
}

enum err item_file_read(struct load *l, struct str file, struct item_file *ret) {
        struct str text, name = str_sub(file, 0, file.n - 3);
        struct text_error error = { 0 };
        enum err e = load_text(l, file, &text);
        if (e != OK)
                return e;
        while (str_index(name, '/') < name.n)
                name = str_sub(name, str_index(name, '/') + 1, name.n);
        *ret = (struct item_file) { .file = file, .line = 1, .slug = name, .owner = S("") };
        if (!str_eq(name, utf8_slug(l->a, name)))
                return load_fail(l, file, 0, "a file name has lower case letters, digits and '-'");
        if (front_parse(l->a, text, &error, &ret->front) != OK)
                return load_fail(l, file, error.line, "%.*s", STR(error.reason));
        for (size_t i = 0; i < ret->front.n_pairs; i++) {
                struct reader r = { l, ret, &ret->front.pairs[i] };
                e = read_pair(&r);
                if (e != OK)
                        return e;
        }
        return check_complete(l, ret);
}
