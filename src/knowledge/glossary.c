#include "glossary.h"
#include "front.h"
#include "glossary.sql.h"
#include "html.h"
#include "knowledge.h"
#include "utf8.h"

#define TITLE_MAX 200
#define MEANING_MAX 500
#define PART_MAX 600
#define SOURCE_PARTS 4

static const struct str glossary_file = S_INIT("content/begrippen.txt");

struct reading {
        struct load *l;
        struct glossary *g;
        struct glossary_entry *entry;   /* the block that is read; NULL between blocks */
        struct str before;              /* folded title of the block before */
        int line;
};

#define fail(r, ...) load_fail((r)->l, glossary_file, (r)->line, __VA_ARGS__)

static enum err begin_entry(struct reading *r, struct str title) {
        struct arena *a = r->l->a;
        struct str slug = utf8_slug(a, title), folded = utf8_fold(a, title);
        if (title.n == 0 || title.n > TITLE_MAX || slug.n == 0)
                return fail(r, "term: verwacht een naam van hooguit %d bytes", TITLE_MAX);
        if (map_get(&r->g->by_slug, slug))
                return fail(r, "term: '%.*s' staat er twee keer", STR(title));
        if (r->before.n && str_cmp(r->before, folded) > 0)
                return fail(r, "term: '%.*s' staat niet op alfabet", STR(title));
        r->before = folded;
        size_t *place = arena_new(a, size_t);
        *place = r->g->entries.n;
        map_put(a, &r->g->by_slug, slug, place);
        r->entry = vec_push(a, &r->g->entries);
        *r->entry = (struct glossary_entry) { .slug = slug, .title = title, .meaning = S(""), .also = S(""), .finds = S(""), .line = r->line };
        return terms_add(&r->g->terms, a, slug, title) ? OK : fail(r, "term: '%.*s' is al een andere naam van een begrip", STR(title));
}

static enum err end_entry(struct reading *r) {
        const struct glossary_entry *e = r->entry;
        r->entry = NULL;
        if (e && (e->meaning.n == 0 || e->sources.n == 0))
                return load_fail(r->l, glossary_file, e->line, "'%.*s' heeft geen %s", STR(e->title), e->meaning.n ? "bron" : "uitleg");
        return OK;
}

static enum err read_text(struct reading *r, struct str key, struct str value, size_t max, struct str *ret) {
        if (ret->n)
                return fail(r, "%.*s: staat er twee keer", STR(key));
        if (value.n == 0 || value.n > max)
                return fail(r, "%.*s: verwacht een tekst van hooguit %d bytes", STR(key), (int) max);
        *ret = value;
        return OK;
}

/* Names that lead to the term. */
static enum err read_names(struct reading *r, struct str value) {
        enum err e = read_text(r, S("ook"), value, PART_MAX, &r->entry->also);
        struct front_parts names = front_split(r->l->a, value, ',');
        for (size_t i = 0; e == OK && i < names.n; i++)
                if (names.v[i].n == 0 || !terms_add(&r->g->terms, r->l->a, r->entry->slug, names.v[i]))
                        e = fail(r, names.v[i].n ? "ook: '%.*s' hoort al bij een ander begrip" : "ook: een lege naam%.*s", STR(names.v[i]));
        return e;
}

static bool is_address(struct str s) {
        return str_eq(url_checked(s).bytes, s);
}

static enum err read_source(struct reading *r, struct str value) {
        struct front_parts p = front_split(r->l->a, value, '|');
        bool is_good = p.n == SOURCE_PARTS && p.v[0].n && is_address(p.v[3]);
        for (size_t i = 0; i < p.n; i++)
                is_good = is_good && p.v[i].n <= PART_MAX;
        if (!is_good)
                return fail(r, "bron: verwacht: titel | uitgever | jaar | adres");
        *vec_push(r->l->a, &r->entry->sources) = (struct glossary_line) { value, r->line };
        return OK;
}

static enum err read_slugs(struct reading *r, struct str key, struct str value, struct glossary_lines *ret) {
        struct front_parts p = front_split(r->l->a, value, ',');
        if (ret->n || p.n == 0)
                return fail(r, "%.*s: %s", STR(key), ret->n ? "staat er twee keer" : "is leeg");
        for (size_t i = 0; i < p.n; i++) {
                if (p.v[i].n == 0 || !str_eq(p.v[i], utf8_slug(r->l->a, p.v[i])))
                        return fail(r, "%.*s: '%.*s' is geen adres van kleine letters, cijfers en streepjes", STR(key), STR(p.v[i]));
                *vec_push(r->l->a, ret) = (struct glossary_line) { p.v[i], r->line };
        }
        return OK;
}

static enum err read_line(struct reading *r, struct str line) {
        size_t colon = str_index(line, ':');
        struct str key = str_sub(line, 0, colon), value = str_trim(str_sub(line, colon + 1, line.n));
        if (colon == line.n)
                return fail(r, "hier hoort 'sleutel: waarde' te staan");
        if (str_eq(key, S("term")))
                return r->entry ? fail(r, "tussen twee begrippen hoort een lege regel") : begin_entry(r, value);
        if (!r->entry)
                return fail(r, "een begrip begint met de regel 'term'");
        if (str_eq(key, S("uitleg"))) return read_text(r, key, value, MEANING_MAX, &r->entry->meaning);
        if (str_eq(key, S("ook"))) return read_names(r, value);
        if (str_eq(key, S("vindt"))) return read_text(r, key, value, PART_MAX, &r->entry->finds);
        if (str_eq(key, S("bron"))) return read_source(r, value);
        if (str_eq(key, S("zie"))) return read_slugs(r, key, value, &r->entry->see);
        if (str_eq(key, S("item"))) return read_slugs(r, key, value, &r->entry->items);
        return fail(r, "de regel '%.*s' kennen wij niet", STR(key));
}

/* "zie" may name terms of later blocks. */
static enum err check_see(struct reading *r) {
        for (size_t i = 0; i < r->g->entries.n; i++) {
                const struct glossary_entry *x = &r->g->entries.v[i];
                for (size_t k = 0; k < x->see.n; k++) {
                        const size_t *place = map_get(&r->g->by_slug, x->see.v[k].text);
                        r->line = x->see.v[k].line;
                        if (!place || *place == i)
                                return fail(r, "zie: '%.*s' is geen ander begrip", STR(x->see.v[k].text));
                }
        }
        return OK;
}

enum err glossary_read(struct load *l, struct glossary *ret) {
        struct reading r = { .l = l, .g = ret, .before = S("") };
        struct str text, line;
        *ret = (struct glossary) { 0 };
        enum err e = load_text(l, glossary_file, &text);
        for (r.line = 1; e == OK && str_split(&text, '\n', &line); r.line++) {
                line = str_trim(line);
                if (line.n == 0)
                        e = end_entry(&r);
                else if (line.p[0] != '#')
                        e = read_line(&r, line);
        }
        if (e == OK)
                e = end_entry(&r);
        return e == OK ? check_see(&r) : e;
}

static enum err clear_all(struct db *db) {
        enum err e = clear_glossary_items(db);
        if (e == OK)
                e = clear_glossary_see(db);
        if (e == OK)
                e = clear_glossary_sources(db);
        return e == OK ? clear_glossary(db) : e;
}

static struct str letter_of(const struct glossary_entry *x) {
        return x->slug.p[0] >= 'a' ? str_sub(x->slug, 0, 1) : S("0");
}

static enum err write_parts(struct db *db, struct load *l, const struct glossary_entry *x, const struct map *items) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < x->sources.n; i++) {
                struct front_parts p = front_split(l->a, x->sources.v[i].text, '|');
                e = insert_glossary_source(db, x->slug, (int64_t) i, p.v[0], p.v[1], p.v[2], p.v[3]);
        }
        for (size_t i = 0; e == OK && i < x->see.n; i++)
                e = insert_glossary_see(db, x->slug, (int64_t) i, x->see.v[i].text);
        for (size_t i = 0; e == OK && i < x->items.n; i++) {
                const int64_t *id = map_get(items, x->items.v[i].text);
                if (!id)
                        return load_fail(l, glossary_file, x->items.v[i].line, "item: '%.*s' bestaat niet", STR(x->items.v[i].text));
                if (*id)
                        e = insert_glossary_item(db, x->slug, (int64_t) i, *id);
        }
        return e;
}

enum err glossary_write(struct db *db, struct load *l, const struct glossary *g, const struct map *items) {
        enum err e = clear_all(db);
        for (size_t i = 0; e == OK && i < g->entries.n; i++) {
                const struct glossary_entry *x = &g->entries.v[i];
                e = insert_glossary_term(db, x->slug, x->title, (int64_t) i, letter_of(x), x->meaning, x->also, x->finds);
        }
        for (size_t i = 0; e == OK && i < g->entries.n; i++)
                e = write_parts(db, l, &g->entries.v[i], items);
        return e;
}

enum err knowledge_terms(struct db *db, struct arena *a, struct knowledge_terms *ret) {
        struct glossary_entries_row_list rows;
        enum err e = glossary_entries(db, a, &rows);
        *ret = (struct knowledge_terms) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++)
                *vec_push(a, ret) = (struct knowledge_term) {
                        rows.v[i].slug, rows.v[i].title, rows.v[i].meaning,
                        str_fmt(a, "%.*s %.*s", STR(rows.v[i].also), STR(rows.v[i].finds)),
                };
        return e;
}

enum err glossary_terms_read(struct db *db, struct arena *a, struct term_names *ret) {
        struct glossary_names_row_list rows;
        enum err e = glossary_names(db, a, &rows);
        *ret = (struct term_names) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct front_parts names = front_split(a, rows.v[i].also, ',');
                /* What the load took leads to one term each. */
                (void) terms_add(ret, a, rows.v[i].slug, rows.v[i].title);
                for (size_t k = 0; k < names.n; k++)
                        (void) terms_add(ret, a, rows.v[i].slug, names.v[k]);
        }
        return e;
}
