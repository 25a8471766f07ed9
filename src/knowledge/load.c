/* load.c - content files become the knowledge base. Everything is checked before a row is written. */
#include <stdlib.h>
#include <string.h>
#include "clock.h"
#include "front.h"
#include "item_file.h"
#include "knowledge.h"
#include "knowledge.sql.h"
#include "markdown.h"
#include "utf8.h"
#include "vec.h"

struct loader {
        struct load *l;
        struct db *db;
        struct map terms;               /* "fase/preventie" -> label (struct str *) */
        struct map municipalities;      /* name -> code (struct str *) */
        struct map indicators;          /* code -> itself */
        struct item_files items;
        struct map by_slug;             /* slug -> struct item_file * */
};

static struct str *keep(struct arena *a, struct str s) {
        struct str *p = arena_new(a, struct str);
        *p = s;
        return p;
}

static enum err clear(struct db *db) {
        enum err (*const steps[])(struct db *) = {
                clear_adoption, clear_related, clear_source, clear_score, clear_item_indicator, clear_item_term,
                clear_section, clear_item, clear_term,
        };
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
                enum err e = steps[i](db);
                if (e != OK)
                        return e;
        }
        return OK;
}

/* "fase   preventie   Preventie" per line. */
static enum err load_terms(struct loader *d) {
        struct str file = S("content/lijsten.txt"), text, line;
        struct arena *a = d->l->a;
        enum err e = load_text(d->l, file, &text);
        for (int n = 1; e == OK && str_split(&text, '\n', &line); n++) {
                line = str_trim(line);
                if (line.n == 0 || line.p[0] == '#')
                        continue;
                size_t one = str_index(line, ' ');
                struct str list = str_sub(line, 0, one), rest = str_trim(str_sub(line, one, line.n));
                size_t two = str_index(rest, ' ');
                struct str code = str_sub(rest, 0, two), label = str_trim(str_sub(rest, two, rest.n));
                if (label.n == 0)
                        return load_fail(d->l, file, n, "expected: list, code, label");
                struct str key = str_fmt(a, "%.*s/%.*s", STR(list), STR(code));
                if (map_get(&d->terms, key))
                        return load_fail(d->l, file, n, "'%.*s' stands here twice", STR(key));
                map_put(a, &d->terms, key, keep(a, label));
                e = insert_term(d->db, list, code, label, n);
        }
        return e;
}

static enum err load_known(struct loader *d) {
        struct arena *a = d->l->a;
        struct known_municipalities_row_list m;
        struct known_indicators_row_list n;
        enum err e = known_municipalities(d->db, a, &m);
        if (e == OK)
                e = known_indicators(d->db, a, &n);
        if (e != OK)
                return e;
        for (size_t i = 0; i < m.n; i++)
                map_put(a, &d->municipalities, m.v[i].name, keep(a, m.v[i].code));
        for (size_t i = 0; i < n.n; i++)
                map_put(a, &d->indicators, n.v[i].code, keep(a, n.v[i].code));
        return OK;
}

static enum err check_codes(struct loader *d, const struct item_file *f, const char *list, const struct str_list *codes) {
        for (size_t i = 0; i < codes->n; i++)
                if (!map_get(&d->terms, str_fmt(d->l->a, "%s/%.*s", list, STR(codes->v[i]))))
                        return load_fail(d->l, f->file, f->line, "%s '%.*s' is not in content/lijsten.txt", list, STR(codes->v[i]));
        return OK;
}

/* References to other rooms and items; the file alone was checked by item_file_parse. */
static enum err check_references(struct loader *d, const struct item_file *f) {
        const struct { const char *list; const struct str_list *codes; } facets[] = {
                { "soort", &f->kind }, { "fase", &f->phases }, { "doelgroep", &f->targets }, { "thema", &f->themes },
        };
        for (size_t i = 0; i < 4; i++) {
                enum err e = check_codes(d, f, facets[i].list, facets[i].codes);
                if (e != OK)
                        return e;
        }
        for (size_t i = 0; i < f->indicators.n; i++)
                if (!map_get(&d->indicators, f->indicators.v[i]))
                        return load_fail(d->l, f->file, f->line, "indicator '%.*s' does not exist", STR(f->indicators.v[i]));
        for (size_t i = 0; i < f->related.n; i++)
                if (!map_get(&d->by_slug, f->related.v[i]))
                        return load_fail(d->l, f->file, f->line, "verwant '%.*s' does not exist", STR(f->related.v[i]));
        for (size_t i = 0; i < f->uses.n; i++)
                if (!map_get(&d->municipalities, f->uses.v[i].municipality))
                        return load_fail(d->l, f->file, f->uses.v[i].line, "there is no municipality '%.*s' today",
                                         STR(f->uses.v[i].municipality));
        return OK;
}

static struct str label_of(struct loader *d, const char *list, struct str code) {
        const struct str *label = map_get(&d->terms, str_fmt(d->l->a, "%s/%.*s", list, STR(code)));
        return *label;                  /* check_codes saw it */
}

static enum err insert_codes(struct loader *d, int64_t id, int64_t *position, const char *list, const struct str_list *codes) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < codes->n; i++)
                e = insert_item_term(d->db, id, (*position)++, str_of(list), codes->v[i], label_of(d, list, codes->v[i]));
        return e;
}

static enum err insert_sections(struct loader *d, const struct item_file *f, int64_t id) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < f->front.n_sections; i++) {
                const struct front_section *s = &f->front.sections[i];
                struct safe_html html;
                if (markdown_render(d->l->a, s->body, &html) != OK)
                        return load_fail(d->l, f->file, s->line, "this section is too long or nested too deep");
                e = insert_section(d->db, id, (int64_t) i, utf8_slug(d->l->a, s->heading), s->heading, html.bytes,
                                   markdown_plain(d->l->a, s->body));
        }
        return e;
}

static enum err insert_details(struct loader *d, const struct item_file *f, int64_t id) {
        static const char *const scores[] = { "evidence", "effect", "cost" };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < f->indicators.n; i++)
                e = insert_item_indicator(d->db, id, f->indicators.v[i]);
        for (size_t i = 0; e == OK && i < 3; i++)
                if (f->scores[i].judgement.n)
                        e = insert_score(d->db, id, str_of(scores[i]), f->scores[i].judgement, f->scores[i].institute,
                                         f->scores[i].dated, f->scores[i].url);
        for (size_t i = 0; e == OK && i < f->sources.n; i++)
                e = insert_source(d->db, id, (int64_t) i, f->sources.v[i].title, f->sources.v[i].publisher,
                                  f->sources.v[i].dated, f->sources.v[i].url);
        for (size_t i = 0; e == OK && i < f->uses.n; i++) {
                const struct item_use *u = &f->uses.v[i];
                const struct str *code = map_get(&d->municipalities, u->municipality);
                e = insert_adoption(d->db, id, *code, u->since, u->note, u->url, u->fictitious);
        }
        return e;
}

static struct str phase_labels(struct loader *d, const struct item_file *f) {
        struct str out = S("");
        for (size_t i = 0; i < f->phases.n; i++)
                out = str_fmt(d->l->a, "%.*s%s%.*s", STR(out), i ? ", " : "", STR(label_of(d, "fase", f->phases.v[i])));
        return out;
}

static enum err insert_one(struct loader *d, struct item_file *f) {
        int64_t position = 0;
        enum err e = insert_item(d->db, f->slug, f->title, f->sort_key, f->kind.v[0],
                                 label_of(d, "soort", f->kind.v[0]), f->summary, phase_labels(d, f), f->owner, f->since,
                                 f->updated_on, (int64_t) f->uses.n, f->use_rank, &f->id);
        if (e == OK)
                e = insert_codes(d, f->id, &position, "fase", &f->phases);
        if (e == OK)
                e = insert_codes(d, f->id, &position, "soort", &f->kind);
        if (e == OK)
                e = insert_codes(d, f->id, &position, "doelgroep", &f->targets);
        if (e == OK)
                e = insert_codes(d, f->id, &position, "thema", &f->themes);
        if (e == OK)
                e = insert_sections(d, f, f->id);
        return e == OK ? insert_details(d, f, f->id) : e;
}

static enum err insert_relations(struct loader *d, const struct item_file *f) {
        struct item_relation best[RELATED_MAX];
        size_t n = item_file_related(&d->items, f, best);
        enum err e = OK;
        for (size_t i = 0; e == OK && i < n; i++)
                e = insert_related(d->db, f->id, (int64_t) i, best[i].other->id);
        return e;
}

static enum err read_items(struct loader *d) {
        struct str_list names;
        struct str folder = S("content/items");
        struct arena *a = d->l->a;
        if (file_list(a, str_fmt(a, "%.*s/%.*s", STR(d->l->root), STR(folder)), S(".md"), &names) != OK)
                return load_fail(d->l, folder, 0, "this folder cannot be read");
        /* Sized once: by_slug points into it. */
        d->items.v = arena_many(a, struct item_file, names.n);
        for (size_t i = 0; i < names.n; i++) {
                struct item_file *f = &d->items.v[d->items.n++];
                enum err e = item_file_read(d->l, str_fmt(a, "%.*s/%.*s", STR(folder), STR(names.v[i])), f);
                if (e != OK)
                        return e;
                map_put(a, &d->by_slug, f->slug, f);
        }
        return OK;
}

static bool is_approach(struct str kind) {
        return str_eq(kind, S("interventie")) || str_eq(kind, S("initiatief")) || str_eq(kind, S("instrument"));
}

static int by_use(const void *x, const void *y) {
        const struct item_file *a = *(struct item_file *const *) x, *b = *(struct item_file *const *) y;
        int order = (a->uses.n < b->uses.n) - (a->uses.n > b->uses.n);
        order = order ? order : str_cmp(a->sort_key, b->sort_key);
        return order ? order : str_cmp(a->slug, b->slug);
}

/* Ranks the approaches that somebody uses, so that a page reads the first of them and not all. */
static void rank_uses(struct loader *d) {
        struct item_file **used = arena_many(d->l->a, struct item_file *, d->items.n);
        size_t n = 0;
        for (size_t i = 0; i < d->items.n; i++) {
                struct item_file *f = &d->items.v[i];
                f->sort_key = utf8_fold(d->l->a, f->title);
                if (f->uses.n && is_approach(f->kind.v[0]))
                        used[n++] = f;
        }
        qsort(used, n, sizeof *used, by_use);
        for (size_t i = 0; i < n; i++)
                used[i]->use_rank = opt_i64((int64_t) i + 1);
}

enum err knowledge_load(struct db *db, struct load *l) {
        struct loader d = { .l = l, .db = db };
        enum err e = clear(db);
        if (e == OK)
                e = load_terms(&d);
        if (e == OK)
                e = load_known(&d);
        if (e == OK)
                e = read_items(&d);
        for (size_t i = 0; e == OK && i < d.items.n; i++)
                e = check_references(&d, &d.items.v[i]);
        if (e == OK)
                rank_uses(&d);
        for (size_t i = 0; e == OK && i < d.items.n; i++)
                e = insert_one(&d, &d.items.v[i]);
        if (e == OK)
                e = item_file_number(l, &d.items);
        for (size_t i = 0; e == OK && i < d.items.n; i++)
                e = insert_relations(&d, &d.items.v[i]);
        return e;
}
