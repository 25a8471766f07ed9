/* dictionary.c - the dictionary of delivered indicators in the store. */
#include "benchmark_dictionary.h"
#include "dictionary.sql.h"
#include "loading.h"

static enum err put_choices(struct db *db, const struct indicator_text *t) {
        enum err e = dictionary_choices_clear(db, t->code, t->version);
        for (size_t i = 0; e == OK && i < t->choices.n; i++)
                e = dictionary_choice_put(db, t->code, t->version, t->choices.v[i].code, (int64_t) i, t->choices.v[i].question,
                        t->choices.v[i].answers);
        return e;
}

enum err loading_dictionary(struct loading *x) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < x->texts.n; i++) {
                const struct indicator_text *t = x->texts.v[i];
                if (str_eq(t->delivery, S("none")))
                        continue;
                e = dictionary_put(x->db, t->code, t->version, t->owner, t->review_on, t->delivery, t->aggregation, t->name,
                        t->definition, t->numerator, t->denominator);
                if (e == OK)
                        e = put_choices(x->db, t);
        }
        return e;
}

static void read_answers(struct arena *a, struct str text, struct dictionary_choice *c) {
        struct str word;
        VEC(struct str) words = { 0 };
        while (str_split(&text, '|', &word))
                *vec_push(a, &words) = str_trim(word);
        c->answer = words.v;
        c->answers = words.n;
}

static enum err read_choices(struct db *db, struct arena *a, struct dictionary_entry *d) {
        struct dictionary_choices_row_list rows;
        enum err e = dictionary_choices(db, a, d->code, d->version, &rows);
        if (e != OK)
                return e;
        d->choice = arena_many(a, struct dictionary_choice, rows.n);
        for (; d->choices < rows.n; d->choices++) {
                struct dictionary_choice *c = &d->choice[d->choices];
                c->code = rows.v[d->choices].code;
                c->question = rows.v[d->choices].question;
                read_answers(a, rows.v[d->choices].answers, c);
        }
        return OK;
}

static struct dictionary_entry entry_of(const struct dictionary_all_row *r) {
        struct dictionary_entry d = { .code = r->code, .slug = r->slug, .name = r->name, .definition = r->definition,
                .numerator = r->numerator_text, .denominator = r->denominator_text, .unit = r->unit, .kind = r->kind,
                .polarity = r->polarity, .theme = r->theme, .version = r->version, .decimals = r->decimals, .owner = r->owner,
                .review_on = r->review_on, .scale = benchmark_scale(r->kind, r->unit), .fictitious = r->fictitious != 0 };
        d.delivery = str_eq(r->delivery, S("quarter")) ? DICTIONARY_BY_QUARTER : DICTIONARY_BY_YEAR;
        d.aggregation = str_eq(r->aggregation, S("ratio")) ? DICTIONARY_RATIO
                : str_eq(r->aggregation, S("sum")) ? DICTIONARY_SUM : DICTIONARY_NEVER;
        d.per_inhabitant = str_eq(r->denominator_text, S("inwoners op 1 januari"));
        return d;
}

static enum err read_entries(struct db *db, struct arena *a, struct str code, struct dictionary *ret) {
        struct dictionary_all_row_list rows;
        enum err e = dictionary_all(db, a, code, &rows);
        *ret = (struct dictionary) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct dictionary_entry *d = vec_push(a, ret);
                *d = entry_of(&rows.v[i]);
                e = read_choices(db, a, d);
        }
        return e;
}

enum err benchmark_dictionary(struct db *db, struct arena *a, struct dictionary *ret) {
        return read_entries(db, a, S(""), ret);
}

enum err benchmark_dictionary_entry(struct db *db, struct arena *a, struct str code, struct dictionary_entry *ret, bool *found) {
        struct dictionary all;
        enum err e = read_entries(db, a, code, &all);
        *found = e == OK && all.n > 0;
        if (*found)
                *ret = all.v[0];
        return e;
}

const struct dictionary_entry *dictionary_find(const struct dictionary *d, struct str code) {
        for (size_t i = 0; i < d->n; i++)
                if (str_eq(d->v[i].code, code))
                        return &d->v[i];
        return NULL;
}

const struct str *dictionary_details(struct str code, size_t *n) {
        static const struct str settlements[] = { S_INIT("saneringskrediet"), S_INIT("schuldbemiddeling"), S_INIT("betalingsregeling"),
                S_INIT("herfinanciering") };
        static const struct str reports[] = { S_INIT("enkelvoudig"), S_INIT("meervoudig"), S_INIT("opeenvolgend") };
        static const struct str partners[] = { S_INIT("zorgverzekeraars"), S_INIT("verhuurders"), S_INIT("energiebedrijven"),
                S_INIT("waterbedrijven") };
        static const struct { struct str code; const struct str *v; size_t n; } all[] = {
                { S_INIT("SHV15"), settlements, 4 }, { S_INIT("VS03"), reports, 3 }, { S_INIT("VS06"), partners, 4 },
        };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                *n = all[i].n;
                if (str_eq(all[i].code, code))
                        return all[i].v;
        }
        *n = 0;
        return NULL;
}

struct str dictionary_answer(struct str choices, struct str code) {
        struct str one, name;
        while (str_split(&choices, ';', &one)) {
                bool has = str_index(one, '=') < one.n;
                if (has && str_split(&one, '=', &name) && str_eq(str_trim(name), code))
                        return str_trim(one);
        }
        return (struct str) { 0 };
}

bool dictionary_comparable(const struct dictionary_entry *entry, struct str choices, struct str other,
        const struct dictionary_choice **which) {
        for (size_t i = 0; i < entry->choices; i++) {
                struct str a = dictionary_answer(choices, entry->choice[i].code), b = dictionary_answer(other, entry->choice[i].code);
                *which = &entry->choice[i];
                if (!a.p || !b.p || !str_eq(a, b))
                        return false;
        }
        *which = NULL;
        return true;
}
