/* load.c - content files become the knowledge base. Each file is read, checked, written and forgotten, because there may be
 * many; a mistake undoes the transaction. What lists and likeness need of all items is kept. */
#include <stdlib.h>
#include "clock.h"
#include "front.h"
#include "item_file.h"
#include "itemset.h"
#include "knowledge.h"
#include "knowledge.sql.h"
#include "markdown.h"
#include "related.h"
#include "utf8.h"
#include "vec.h"

/* A line of content/lijsten.txt. */
struct known_term {
        struct str list, code, label;
        int64_t position;
        struct itemset items;
};

/* An item that is stored, for its place in the list of all. */
struct placed {
        struct str sort_key;
        int64_t id, used;               /* by how many municipalities; 0 for what is no approach */
        struct { struct known_term **v; size_t n, cap; } terms;
};

struct loader {
        struct load *l;
        struct db *db;
        struct arena scratch;           /* for one file */
        struct load one;                /* the same load in that arena */
        struct { struct known_term **v; size_t n, cap; } term_order;
        struct map terms;               /* "fase/preventie" -> struct known_term */
        struct map municipalities;      /* name -> code (struct str *) */
        struct map indicators;          /* code -> itself */
        struct str_list slugs;          /* of all items, in the order of their files */
        struct map by_slug;             /* slug -> itself */
        struct related_codes codes;
        struct related_items related;   /* of the items so far */
        struct placed *placed;
};

static struct str *keep(struct arena *a, struct str s) {
        struct str *p = arena_new(a, struct str);
        *p = s;
        return p;
}

static enum err clear(struct db *db) {
        enum err (*const steps[])(struct db *) = {
                clear_adoption, clear_related, clear_source, clear_score, clear_item_indicator, clear_item_term,
                clear_section, clear_place, clear_item, clear_term,
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
                struct known_term *t = arena_new(a, struct known_term);
                *t = (struct known_term) { list, code, label, n, { 0 } };
                map_put(a, &d->terms, key, t);
                *vec_push(a, &d->term_order) = t;
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

static struct known_term *term_of(struct loader *d, const char *list, struct str code) {
        return map_get(&d->terms, str_fmt(&d->scratch, "%s/%.*s", list, STR(code)));
}

static enum err check_codes(struct loader *d, const struct item_file *f, const char *list, const struct str_list *codes) {
        for (size_t i = 0; i < codes->n; i++)
                if (!term_of(d, list, codes->v[i]))
                        return load_fail(&d->one, f->file, f->line, "%s '%.*s' is not in content/lijsten.txt", list, STR(codes->v[i]));
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
                        return load_fail(&d->one, f->file, f->line, "indicator '%.*s' does not exist", STR(f->indicators.v[i]));
        for (size_t i = 0; i < f->related.n; i++)
                if (!map_get(&d->by_slug, f->related.v[i]))
                        return load_fail(&d->one, f->file, f->line, "verwant '%.*s' does not exist", STR(f->related.v[i]));
        for (size_t i = 0; i < f->uses.n; i++)
                if (!map_get(&d->municipalities, f->uses.v[i].municipality))
                        return load_fail(&d->one, f->file, f->uses.v[i].line, "there is no municipality '%.*s' today",
                                         STR(f->uses.v[i].municipality));
        return OK;
}

static struct str label_of(struct loader *d, const char *list, struct str code) {
        return term_of(d, list, code)->label;   /* check_codes saw it */
}

static enum err insert_codes(struct loader *d, struct placed *p, const char *list, const struct str_list *codes) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < codes->n; i++) {
                struct known_term *t = term_of(d, list, codes->v[i]);
                e = insert_item_term(d->db, p->id, (int64_t) p->terms.n, t->list, t->code, t->label);
                *vec_push(d->l->a, &p->terms) = t;
        }
        return e;
}

static enum err insert_sections(struct loader *d, const struct item_file *f, int64_t id) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < f->front.n_sections; i++) {
                const struct front_section *s = &f->front.sections[i];
                struct safe_html html;
                if (markdown_render(&d->scratch, s->body, &html) != OK)
                        return load_fail(&d->one, f->file, s->line, "this section is too long or nested too deep");
                e = insert_section(d->db, id, (int64_t) i, utf8_slug(&d->scratch, s->heading), s->heading, html.bytes,
                                   markdown_plain(&d->scratch, s->body));
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
                out = str_fmt(&d->scratch, "%.*s%s%.*s", STR(out), i ? ", " : "", STR(label_of(d, "fase", f->phases.v[i])));
        return out;
}

static bool is_approach(struct str kind) {
        return str_eq(kind, S("interventie")) || str_eq(kind, S("initiatief")) || str_eq(kind, S("instrument"));
}

static enum err insert_one(struct loader *d, const struct item_file *f, struct placed *p) {
        p->sort_key = utf8_fold(d->l->a, f->title);
        p->used = is_approach(f->kind.v[0]) ? (int64_t) f->uses.n : 0;
        enum err e = insert_item(d->db, f->slug, f->title, p->sort_key, f->kind.v[0], label_of(d, "soort", f->kind.v[0]), f->summary,
                                 phase_labels(d, f), f->owner, f->since, f->updated_on, (int64_t) f->uses.n, &p->id);
        if (e == OK)
                e = insert_codes(d, p, "fase", &f->phases);
        if (e == OK)
                e = insert_codes(d, p, "soort", &f->kind);
        if (e == OK)
                e = insert_codes(d, p, "doelgroep", &f->targets);
        if (e == OK)
                e = insert_codes(d, p, "thema", &f->themes);
        if (e == OK)
                e = insert_sections(d, f, p->id);
        return e == OK ? insert_details(d, f, p->id) : e;
}

static enum err load_item(struct loader *d, size_t i) {
        struct item_file f;
        struct related_item *r = &d->related.v[d->related.n++];
        enum err e = item_file_read(&d->one, str_fmt(&d->scratch, "content/items/%.*s.md", STR(d->slugs.v[i])), &f);
        if (e == OK)
                e = check_references(d, &f);
        if (e == OK)
                e = insert_one(d, &f, &d->placed[i]);
        if (e != OK)
                return e;
        r->id = d->placed[i].id;
        r->slug = d->slugs.v[i];
        for (size_t k = 0; k < f.related.n; k++)
                *vec_push(d->l->a, &r->named) = str_dup(d->l->a, f.related.v[k]);
        return related_read(&d->one, d->l->a, &d->codes, &f, r);
}

/* The names come first: items may name items of later files. */
static enum err load_items(struct loader *d) {
        struct str_list names;
        struct arena *a = d->l->a;
        enum err e = OK;
        if (file_list(a, str_fmt(a, "%.*s/content/items", STR(d->l->root)), S(".md"), &names) != OK)
                return load_fail(d->l, S("content/items"), 0, "this folder cannot be read");
        for (size_t i = 0; i < names.n; i++)
                *vec_push(a, &d->slugs) = str_sub(names.v[i], 0, names.v[i].n - 3);
        for (size_t i = 0; i < names.n; i++)
                map_put(a, &d->by_slug, d->slugs.v[i], &d->slugs.v[i]);
        d->related.v = arena_many(a, struct related_item, names.n);
        d->placed = arena_many(a, struct placed, names.n);
        for (size_t i = 0; e == OK && i < names.n; i++) {
                e = load_item(d, i);
                if (d->one.file.n)
                        e = load_fail(d->l, d->one.file, d->one.line, "%.*s", STR(d->one.reason));
                arena_reset(&d->scratch);
        }
        return e;
}

static enum err insert_relations(struct loader *d, const struct related_item *r) {
        struct relation best[RELATED_MAX];
        size_t n = related_best(&d->related, r, best);
        enum err e = OK;
        for (size_t i = 0; e == OK && i < n; i++)
                e = insert_related(d->db, r->id, (int64_t) i, best[i].other->id);
        return e;
}

static int by_title(const void *x, const void *y) {
        const struct placed *p = x, *q = y;
        int order = str_cmp(p->sort_key, q->sort_key);
        return order ? order : (p->id > q->id) - (p->id < q->id);
}

/* The list in order of title, and the terms with their items by place. */
static enum err insert_list(struct loader *d) {
        size_t n = d->related.n;
        enum err e = OK;
        if (n)
                qsort(d->placed, n, sizeof *d->placed, by_title);
        for (size_t i = 0; i < d->term_order.n; i++)
                d->term_order.v[i]->items = itemset_none(d->l->a, n);
        for (size_t i = 0; e == OK && i < n; i++) {
                const struct placed *p = &d->placed[i];
                e = insert_place(d->db, (int64_t) i, p->id);
                for (size_t k = 0; k < p->terms.n; k++)
                        itemset_add(&p->terms.v[k]->items, i);
        }
        for (size_t i = 0; e == OK && i < d->term_order.n; i++) {
                const struct known_term *t = d->term_order.v[i];
                e = insert_term(d->db, t->list, t->code, t->label, t->position, itemset_bytes(d->l->a, &t->items));
        }
        return e;
}

static int by_use(const void *x, const void *y) {
        const struct placed *p = x, *q = y;
        int order = (p->used < q->used) - (p->used > q->used);
        return order ? order : by_title(x, y);
}

/* Ranks the approaches that somebody uses, so that a page reads the first of them and not all. */
static enum err rank_uses(struct loader *d) {
        size_t n = d->related.n;
        enum err e = OK;
        if (n)
                qsort(d->placed, n, sizeof *d->placed, by_use);
        for (size_t i = 0; e == OK && i < n && d->placed[i].used; i++)
                e = rank_item(d->db, d->placed[i].id, (int64_t) i + 1);
        return e;
}

enum err knowledge_load(struct db *db, struct load *l) {
        struct loader d = { .l = l, .db = db };
        d.one = (struct load) { .a = &d.scratch, .root = l->root };
        enum err e = clear(db);
        if (e == OK)
                e = load_terms(&d);
        if (e == OK)
                e = load_known(&d);
        if (e == OK)
                e = load_items(&d);
        arena_done(&d.scratch);
        for (size_t i = 0; e == OK && i < d.related.n; i++)
                e = insert_relations(&d, &d.related.v[i]);
        if (e == OK)
                e = insert_list(&d);
        return e == OK ? rank_uses(&d) : e;
}
