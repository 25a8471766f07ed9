/* indicator_file.c - reads content/indicatoren: one reviewed text per indicator. */
#include <string.h>
#include "clock.h"
#include "front.h"
#include "loading.h"
#include "markdown.h"
#include "utf8.h"

struct key_rule {
        const char *key;
        size_t offset;                  /* of a struct str in struct indicator_text */
        bool required;
        const char *allowed;            /* words separated by spaces, or NULL */
};
#define AT(member) offsetof(struct indicator_text, member)

static const struct key_rule fields[] = {
        { "code", AT(code), true, NULL }, { "naam", AT(name), true, NULL }, { "eenheid", AT(unit), true, NULL },
        { "soort", AT(kind), true, "proportion rate mean median amount count" },
        { "richting", AT(polarity), true, "lower higher none" }, { "fase", AT(phase), false, NULL },
        { "thema", AT(theme), true, "schulden inkomen hulp vroegsignalering gemeente" },
        { "gebied", AT(scope), true, "municipality national" }, { "peilmoment", AT(period_kind), true, NULL },
        { "teller", AT(numerator), false, NULL }, { "noemer", AT(denominator), false, NULL }, { "bron", AT(source),
                true, NULL },
        { "eigenaar", AT(owner), false, NULL }, { "herzien-voor", AT(review_on), false, NULL },
        { "aanleveren", AT(delivery), false, "kwartaal jaar nee" }, { "optellen", AT(aggregation), false, "verhouding som niet" },
        { "bron-url", AT(source_url), false, NULL }, { "licentie", AT(licence), true, NULL },
};
static const struct { const char *key; size_t offset; int64_t max; } numbers[] = {
        { "decimalen", AT(decimals), 4 }, { "plaats", AT(position), 100000 },
        { "versie", AT(version), 1000 },
};
/* These say how municipalities deliver an indicator: all of them are there, or none is. */
static const char *const for_delivery[] = { "aanleveren", "eigenaar", "herzien-voor", "optellen", "versie" };
#define COUNT(x) (sizeof(x) / sizeof *(x))

static bool is_word_of(struct str word, struct str list) {
        struct str part;
        while (str_split(&list, ' ', &part))
                if (str_eq(part, word))
                        return true;
        return false;
}

static bool known_key(struct str key) {
        for (size_t i = 0; i < COUNT(fields); i++)
                if (str_eq(key, str_of(fields[i].key)))
                        return true;
        for (size_t i = 0; i < COUNT(numbers); i++)
                if (str_eq(key, str_of(numbers[i].key)))
                        return true;
        return str_eq(key, S("keuze"));
}

static bool only_for_delivery(const char *key) {
        for (size_t i = 0; i < COUNT(for_delivery); i++)
                if (strcmp(for_delivery[i], key) == 0)
                        return true;
        return false;
}

/* The codes of the list "fase" in content/lijsten.txt, separated by spaces. */
static enum err phases(struct load *l, struct str *ret) {
        struct str text, line, word;
        enum err e = load_text(l, S("content/lijsten.txt"), &text);
        *ret = (struct str) { 0 };
        while (e == OK && str_split(&text, '\n', &line)) {
                if (!str_starts(line, S("fase ")))
                        continue;
                line = str_trim(str_sub(line, 5, line.n));
                if (str_split(&line, ' ', &word))
                        *ret = str_fmt(l->a, "%.*s %.*s", STR(*ret), STR(word));
        }
        return e;
}

static enum err read_fields(struct load *l, const struct front *f, struct indicator_text *t, struct str phase_list) {
        for (size_t i = 0; i < f->n_pairs; i++)
                if (!known_key(f->pairs[i].key))
                        return load_fail(l, t->file, f->pairs[i].line, "unknown key '%.*s'", STR(f->pairs[i].key));
        for (size_t i = 0; i < COUNT(fields); i++) {
                const struct front_pair *p = front_get(f, str_of(fields[i].key));
                if (!p && only_for_delivery(fields[i].key))
                        continue;
                if (!p)
                        return load_fail(l, t->file, 1, "key '%s' is missing", fields[i].key);
                if (fields[i].required && p->value.n == 0)
                        return load_fail(l, t->file, p->line, "'%s' is empty", fields[i].key);
                if (fields[i].allowed && !is_word_of(p->value, str_of(fields[i].allowed)))
                        return load_fail(l, t->file, p->line, "'%.*s' is not one of: %s", STR(p->value),
                                fields[i].allowed);
                *(struct str *) ((char *) t + fields[i].offset) = p->value;
        }
        for (size_t i = 0; i < COUNT(numbers); i++) {
                const struct front_pair *p = front_get(f, str_of(numbers[i].key));
                int64_t *to = (int64_t *) ((char *) t + numbers[i].offset);
                if (!p && only_for_delivery(numbers[i].key))
                        continue;
                if (!p || !str_to_i64(p->value, to) || *to < 0 || *to > numbers[i].max)
                        return load_fail(l, t->file, p ? p->line : 1, "'%s' is not a whole number up to %lld",
                                numbers[i].key,
                                         (long long) numbers[i].max);
        }
        if (t->phase.n && !is_word_of(t->phase, phase_list))
                return load_fail(l, t->file, front_get(f, S("fase"))->line, "'%.*s' is not a phase", STR(t->phase));
        return OK;
}

/* "code | question | answer, answer" */
static enum err read_choice(struct load *l, const struct front_pair *p, struct indicator_text *t) {
        struct front_parts part = front_split(l->a, p->value, '|'), answers = front_split(l->a, part.n == 3 ? part.v[2] : S(""), ',');
        struct choice_text c = { 0 };
        if (part.n != 3 || part.v[1].n == 0 || answers.n < 2 || !str_eq(utf8_slug(l->a, part.v[0]), part.v[0]) || part.v[0].n == 0)
                return load_fail(l, t->file, p->line, "a choice is 'code | question | answer, answer'");
        for (size_t i = 0; i < t->choices.n; i++)
                if (str_eq(t->choices.v[i].code, part.v[0]))
                        return load_fail(l, t->file, p->line, "the choice '%.*s' is already there", STR(part.v[0]));
        c.code = part.v[0];
        c.question = part.v[1];
        for (size_t i = 0; i < answers.n; i++)
                c.answers = str_fmt(l->a, "%.*s%s%.*s", STR(c.answers), i ? " | " : "", STR(answers.v[i]));
        *vec_push(l->a, &t->choices) = c;
        return OK;
}

/* The words of the file as the store has them. */
static struct str stored(struct str word, struct str otherwise) {
        static const struct { struct str file, store; } words[] = {
                { S_INIT("kwartaal"), S_INIT("quarter") }, { S_INIT("jaar"), S_INIT("year") }, { S_INIT("nee"), S_INIT("none") },
                { S_INIT("verhouding"), S_INIT("ratio") }, { S_INIT("som"), S_INIT("sum") }, { S_INIT("niet"), S_INIT("none") },
        };
        for (size_t i = 0; i < COUNT(words); i++)
                if (str_eq(words[i].file, word))
                        return words[i].store;
        return otherwise;
}

static enum err read_delivery(struct load *l, const struct front *f, struct indicator_text *t) {
        const struct front_pair *p = front_get(f, S("aanleveren"));
        enum err e = OK;
        for (size_t i = 0; i < COUNT(for_delivery); i++)
                if (p && !front_get(f, str_of(for_delivery[i])))
                        return load_fail(l, t->file, p->line, "who has 'aanleveren' has '%s' too", for_delivery[i]);
        if (p && (t->owner.n == 0 || t->version < 1 || !clock_is_date(t->review_on)))
                return load_fail(l, t->file, p->line, "with 'aanleveren' go an owner, a version from 1 and a date");
        t->delivery = stored(t->delivery, S("none"));
        t->aggregation = stored(t->aggregation, S("none"));
        for (size_t i = 0; e == OK && i < f->n_pairs; i++)
                if (str_eq(f->pairs[i].key, S("keuze")))
                        e = read_choice(l, &f->pairs[i], t);
        return e;
}

static enum err read_sections(struct load *l, const struct front *f, struct indicator_text *t) {
        const struct front_section *definition = front_section(f, S("Definitie")), *note = front_section(f,
                S("Let op"));
        if (!definition || definition->body.n == 0)
                return load_fail(l, t->file, 0, "the section '## Definitie' is missing");
        if (!note || note->body.n == 0)
                return load_fail(l, t->file, 0, "the section '## Let op' is missing");
        if (f->n_sections != 2)
                return load_fail(l, t->file, f->sections[f->n_sections - 1].line,
                        "only '## Definitie' and '## Let op' belong here");
        t->definition = definition->body;
        t->note = note->body;
        struct safe_html html;
        if (markdown_render(l->a, note->body, &html) != OK)
                return load_fail(l, t->file, note->line, "this section is too long or nested too deep");
        t->note_html = html.bytes;
        return OK;
}

static enum err read_one(struct loading *x, struct indicator_text *t, struct str name, struct str phase_list) {
        struct load *l = x->l;
        struct str text;
        struct front f;
        struct text_error error = { 0 };
        enum err e = load_text(l, t->file, &text);
        if (e != OK)
                return e;
        if (front_parse(x->a, text, &error, &f) != OK)
                return load_fail(l, t->file, error.line, "%.*s", STR(error.reason));
        e = read_fields(l, &f, t, phase_list);
        if (e == OK)
                e = read_delivery(l, &f, t);
        if (e == OK)
                e = read_sections(l, &f, t);
        if (e != OK)
                return e;
        t->slug = utf8_slug(x->a, t->code);
        t->scale = benchmark_scale(t->kind, t->unit);
        if (!str_eq(name, str_fmt(x->a, "%.*s.md", STR(t->slug))))
                return load_fail(l, t->file, 0, "the file of %.*s is called %.*s.md", STR(t->code), STR(t->slug));
        map_put(x->a, &x->indicators, t->code, t);
        return OK;
}

enum err loading_indicators(struct loading *x) {
        struct str_list names;
        struct str folder = S("content/indicatoren"), phase_list;
        if (file_list(x->a, str_fmt(x->a, "%.*s/%.*s", STR(x->l->root), STR(folder)), S(".md"), &names) != OK ||
                names.n == 0)
                return load_fail(x->l, folder, 0, "this folder cannot be read, or is empty");
        enum err e = phases(x->l, &phase_list);
        for (size_t i = 0; e == OK && i < names.n; i++) {
                struct indicator_text *t = arena_new(x->a, struct indicator_text);
                t->file = str_fmt(x->a, "%.*s/%.*s", STR(folder), STR(names.v[i]));
                *vec_push(x->a, &x->texts) = t;
                e = read_one(x, t, names.v[i], phase_list);
        }
        return e;
}
