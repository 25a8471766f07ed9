#include "write.h"
#include <sodium.h>
#include "knowledge.sql.h"
#include "markdown.h"
#include "terms.h"
#include "utf8.h"

bool item_is_approach(struct str kind) {
        return str_eq(kind, S("interventie")) || str_eq(kind, S("initiatief")) || str_eq(kind, S("instrument"));
}

bool item_slug_is_taken(struct str slug) {
        return str_eq(slug, S("vergelijken"));
}

struct str item_sort_key(struct arena *a, struct str title) {
        return utf8_fold(a, title);
}

struct str item_digest(struct arena *a, struct str text) {
        unsigned char raw[16];
        char hex[2 * sizeof raw + 1];
        crypto_generichash(raw, sizeof raw, (const unsigned char *) text.p, text.n, NULL, 0);
        sodium_bin2hex(hex, sizeof hex, raw, sizeof raw);
        return str_dup(a, str_of(hex));
}

enum err item_clear(struct db *db, int64_t id) {
        enum err (*const steps[])(struct db *, int64_t) = {
                drop_adoption, drop_related, drop_step, drop_edition, drop_recognition, drop_material, drop_experience, drop_study,
                drop_element, drop_source, drop_score, drop_indicator, drop_term, drop_section,
        };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < sizeof steps / sizeof *steps; i++)
                e = steps[i](db, id);
        return e;
}

static struct str joined(struct arena *a, const struct str_list *list) {
        struct str out = S("");
        for (size_t i = 0; i < list->n; i++)
                out = str_fmt(a, "%.*s%s%.*s", STR(out), i ? ", " : "", STR(list->v[i]));
        return out;
}

static struct str phase_labels(struct arena *a, const struct known *known, const struct item_text *t) {
        struct str_list labels = { 0 };
        for (size_t i = 0; i < t->phases.n; i++)
                *vec_push(a, &labels) = known_term(known, a, "fase", t->phases.v[i])->label;
        return joined(a, &labels);
}

static int64_t details_of(const struct item_text *t) {
        int64_t bits = 0;
        for (size_t i = 0; i < LINES_N; i++)
                bits |= t->lines[i].n ? (int64_t) 1 << i : 0;
        for (size_t i = 0; i < SCORES_N; i++)
                bits |= t->scores[i].v[0].n ? (int64_t) 1 << DETAIL_SCORES : 0;
        return bits | (t->indicators.n ? (int64_t) 1 << DETAIL_INDICATORS : 0);
}

static enum err write_item(struct db *db, struct arena *a, const struct known *known, const struct written *w, int64_t *id) {
        const struct item_text *t = w->text;
        struct str kind = t->kind.v[0], kind_label = known_term(known, a, "soort", kind)->label;
        struct str sort_key = item_sort_key(a, t->title), also = joined(a, &t->also), phases = phase_labels(a, known, t);
        struct known_terms terms = item_terms_of(a, a, known, t);
        struct str data = item_data_write(a, t, &terms, w->version);
        int64_t uses = (int64_t) t->lines[LINES_USE].n, used = item_is_approach(kind) ? uses : 0, details = details_of(t);
        if (*id == 0)
                return insert_item(db, w->slug, t->title, sort_key, kind, kind_label, t->summary, also, phases, t->owner, t->licence,
                                   t->contact, t->since, t->warning, t->updated_on, t->review_on, uses, used, details, data,
                                   w->version, id);
        enum err e = item_clear(db, *id);
        return e != OK ? e : update_item(db, *id, w->slug, t->title, sort_key, kind, kind_label, t->summary, also, phases, t->owner,
                                         t->licence, t->contact, t->since, t->warning, t->updated_on, t->review_on, uses, used, details, data,
                                         w->version);
}

/* A term is linked where the item first uses it. Sources are titles of others, and no running text. */
static enum err write_sections(struct db *db, struct arena *a, const struct known *known, const struct item_text *t, int64_t id,
                               struct text_error *error) {
        struct term_links links = term_links_new(a, &known->glossary);
        enum err e = OK;
        for (size_t i = 0; e == OK && i < t->front.n_sections; i++) {
                const struct front_section *s = &t->front.sections[i];
                bool is_sources = str_eq(s->heading, S("Bronnen"));
                struct safe_html html;
                if (markdown_render_with_terms(a, s->body, is_sources ? NULL : &links, &html) != OK)
                        return item_text_fail(a, error, s->line, "dit deel is te lang of te diep genest");
                e = insert_section(db, id, (int64_t) i, utf8_slug(a, s->heading), s->heading, html.bytes, markdown_plain(a, s->body));
        }
        return e;
}

static enum err write_terms(struct db *db, struct arena *a, const struct known *known, const struct item_text *t, int64_t id) {
        struct known_terms terms = item_terms_of(a, a, known, t);
        enum err e = OK;
        for (size_t i = 0; e == OK && i < terms.n; i++)
                e = insert_item_term(db, id, (int64_t) i, terms.v[i]->list, terms.v[i]->code, terms.v[i]->label, t->updated_on);
        for (size_t i = 0; e == OK && i < t->indicators.n; i++)
                e = insert_item_indicator(db, id, t->indicators.v[i]);
        return e;
}

static enum err write_scores(struct db *db, const struct item_text *t, int64_t id) {
        static const char *const scores[SCORES_N] = { "evidence", "effect", "cost" };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < SCORES_N; i++) {
                const struct str *v = t->scores[i].v;
                if (v[0].n)
                        e = insert_score(db, id, str_of(scores[i]), v[0], v[1], v[2], v[3], v[4]);
        }
        return e;
}

static enum err write_study(struct db *db, int64_t id, int64_t at, const struct str v[LINE_PARTS]) {
        struct opt_i64 units = { 0 };
        if (str_to_i64(v[5], &units.v))
                units.is_set = true;
        return insert_study(db, id, at, v[0], v[1], v[2], v[3], v[4], units, v[6], v[7], v[8], v[9]);
}

static enum err write_line(struct db *db, const struct known *known, enum item_lines kind, int64_t id, int64_t at,
                           const struct str v[LINE_PARTS]) {
        switch (kind) {
        case LINES_SOURCE: return insert_source(db, id, at, v[0], v[1], v[2], v[3]);
        case LINES_USE: {
                const struct str *code = map_get(&known->municipalities, v[0]);
                return insert_adoption(db, id, *code, v[1], v[2], v[3], v[4].n > 0);
        }
        case LINES_ELEMENT: return insert_element(db, id, at, v[0], v[1], v[2]);
        case LINES_STUDY: return write_study(db, id, at, v);
        case LINES_EXPERIENCE: return insert_experience(db, id, at, v[0], v[1], v[2], v[3], v[4], v[5]);
        case LINES_MATERIAL: return insert_material(db, id, at, v[0], v[1], v[2], v[3]);
        case LINES_RECOGNITION: return insert_recognition(db, id, at, v[0], v[1], v[2], v[3]);
        case LINES_EDITION: return insert_edition(db, id, at, v[0], v[1], v[2], v[3]);
        case LINES_STEP: case LINES_N: break;
        }
        return OK;
}

enum err item_write(struct db *db, struct arena *a, const struct known *known, const struct written *w, int64_t *id,
                    struct text_error *error) {
        const struct item_text *t = w->text;
        enum err e = write_item(db, a, known, w, id);
        if (e == OK)
                e = write_sections(db, a, known, t, *id, error);
        if (e == OK)
                e = write_terms(db, a, known, t, *id);
        if (e == OK)
                e = write_scores(db, t, *id);
        for (size_t k = 0; k < LINES_N; k++)
                for (size_t i = 0; e == OK && i < t->lines[k].n; i++)
                        e = write_line(db, known, (enum item_lines) k, *id, (int64_t) i, t->lines[k].v[i].v);
        return e;
}

enum err item_write_steps(struct db *db, const struct known *known, const struct item_text *t, int64_t id) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < t->lines[LINES_STEP].n; i++) {
                const struct str *v = t->lines[LINES_STEP].v[i].v;
                const int64_t *other = map_get(&known->items, v[0]);
                if (*other)             /* not one that was withdrawn */
                        e = insert_step(db, id, (int64_t) i, *other, v[1]);
        }
        return e;
}
