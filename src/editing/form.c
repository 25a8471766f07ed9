/* form.c - from the text of an item to fields, and back. */
#include "editing.sql.h"
#include "form_line.h"
#include "knowledge_publish.h"

#define LINE_ROOM 90            /* fields for lines on one page: a form has at most PAIRS_MAX */
#define ROWS_MAX 18             /* and a field comes at most FIELD_MANY_MAX times */
#define EMPTY_ROWS 2

const struct item_part item_parts[] = {
        { S_INIT("kenmerken"), S_INIT("Titel en kenmerken"), S_INIT("Waarmee mensen de tekst vinden en herkennen."), PART_HEAD,
          .plain = true, .story = true, .toolkit = true },
        { S_INIT("tekst"), S_INIT("Tekst"), S_INIT("Schrijf korte zinnen en gewone woorden. Leg een vakwoord uit waar u het voor het eerst gebruikt."),
          PART_SECTIONS, .plain = true, .story = true, .toolkit = true },
        { S_INIT("stappen"), S_INIT("Stappen"), S_INIT("De teksten waaruit deze toolkit bestaat, op volgorde."), PART_LINES, LINES_STEP,
          S_INIT("Stap"), .toolkit = true },
        { S_INIT("bronnen"), S_INIT("Bronnen"), S_INIT("Elke bewering heeft een bron. De tekst zegt wat de bron zegt, en niet meer."), PART_LINES,
          LINES_SOURCE, S_INIT("Bron"), .plain = true, .story = true, .toolkit = true },
        { S_INIT("elementen"), S_INIT("Werkzame elementen"), S_INIT("Wat maakt dat de aanpak werkt?"), PART_LINES, LINES_ELEMENT,
          S_INIT("Element"), .plain = true },
        { S_INIT("onderzoek"), S_INIT("Onderzoek"), S_INIT("Studies naar deze aanpak. Neem over wat er staat; schrijf uw eigen oordeel alleen bij de opmerking."),
          PART_LINES, LINES_STUDY, S_INIT("Onderzoek"), .plain = true },
        { S_INIT("ervaringen"), S_INIT("Ervaringen uit de praktijk"), S_INIT("Wat had de praktijk nodig om het te laten werken? Schrijf niets over cliënten dat naar iemand te herleiden is."),
          PART_LINES, LINES_EXPERIENCE, S_INIT("Ervaring"), .plain = true },
        { S_INIT("materiaal"), S_INIT("Materiaal"), S_INIT("Wat een lezer kan gebruiken: een handleiding, een brief, een folder."), PART_LINES,
          LINES_MATERIAL, S_INIT("Materiaal"), .plain = true, .toolkit = true },
        { S_INIT("erkenningen"), S_INIT("Oordeel van andere instituten"), S_INIT("Een niveau dat een ander instituut gaf, met zijn eigen woord ervoor."),
          PART_LINES, LINES_RECOGNITION, S_INIT("Erkenning"), .plain = true },
        { S_INIT("edities"), S_INIT("Edities"), S_INIT("De nieuwste staat bovenaan."), PART_LINES, LINES_EDITION, S_INIT("Editie"), .plain = true,
          .toolkit = true },
        { S_INIT("gebruik"), S_INIT("Wie gebruikt dit?"), S_INIT("Gemeenten die dit doen, elk met een bron die dat zegt."), PART_LINES, LINES_USE,
          S_INIT("Gemeente"), .plain = true },
        { S_INIT("oordelen"), S_INIT("De drie scores"), S_INIT("Alleen een oordeel dat iemand anders publiceerde. Geen oordeel? Laat het leeg: dan staat er ‘nog niet beoordeeld’."),
          PART_SCORES, LINES_N, .plain = true },
        { .code = { 0 } },
};

const struct item_part *item_part_of(struct str code) {
        for (const struct item_part *p = item_parts; p->code.n; p++)
                if (str_eq(p->code, code))
                        return p;
        return NULL;
}

bool item_part_fits(const struct item_part *part, struct str kind) {
        return str_eq(kind, S("verhaal")) ? part->story : str_eq(kind, S("toolkit")) ? part->toolkit : part->plain;
}

#define LINE(i) { .name = "deel-" #i, .type = FIELD_MULTILINE, .max = 600, .many = true }
#define SECTION(i) { .name = "sectie-" #i, .type = FIELD_MULTILINE, .max = 60000 }
const struct field item_form_fields[] = {
        { .name = "revisie", .type = FIELD_INTEGER, .min = 0, .max = INT64_MAX }, { .name = "vanaf", .type = FIELD_INTEGER, .min = 0, .max = 1000 },
        { .name = "aantal", .type = FIELD_INTEGER, .min = 0, .max = FIELD_MANY_MAX },
        { .name = "actie", .type = FIELD_CODE, .max = 20 },
        { .name = "titel", .type = FIELD_TEXT, .max = 150 }, { .name = "soort", .type = FIELD_CODE, .max = 40 },
        { .name = "samenvatting", .type = FIELD_MULTILINE, .max = 300 }, { .name = "waarschuwing", .type = FIELD_MULTILINE, .max = 300 },
        { .name = "alias", .type = FIELD_TEXT, .max = 2500 }, { .name = "fase", .type = FIELD_CODE, .max = 40, .many = true },
        { .name = "doelgroep", .type = FIELD_CODE, .max = 40, .many = true }, { .name = "thema", .type = FIELD_CODE, .max = 40, .many = true },
        { .name = "indicator", .type = FIELD_TEXT, .max = 40, .many = true }, { .name = "eigenaar", .type = FIELD_TEXT, .max = 200 },
        { .name = "licentie", .type = FIELD_TEXT, .max = 200 }, { .name = "contact", .type = FIELD_TEXT, .max = 200 },
        { .name = "sinds", .type = FIELD_TEXT, .max = 4 }, { .name = "verwant", .type = FIELD_TEXT, .max = 1700 },
        { .name = "herzien", .type = FIELD_TEXT, .max = 10 },
        SECTION(0), SECTION(1), SECTION(2), SECTION(3), SECTION(4), SECTION(5), SECTION(6), SECTION(7),
        LINE(0), LINE(1), LINE(2), LINE(3), LINE(4), LINE(5), LINE(6), LINE(7), LINE(8), LINE(9),
        { 0 },
};
static const char *const section_names[FORM_SECTIONS] = { "sectie-0", "sectie-1", "sectie-2", "sectie-3", "sectie-4", "sectie-5", "sectie-6", "sectie-7" };
static const char *const head_texts[] = { "titel", "samenvatting", "waarschuwing", "alias", "eigenaar", "licentie", "contact", "sinds", "verwant", "herzien" };
static const char *const head_lists[] = { "fase", "doelgroep", "thema", "indicator" };

static struct str value_of(const struct front *f, struct str key) {
        const struct front_pair *p = front_get(f, key);
        return p ? p->value : S("");
}

struct str item_form_value(const struct item_form *f, const char *key) {
        return value_of(&f->front, str_of(key));
}

size_t item_form_lines(struct arena *a, struct str text, const struct item_part *part) {
        struct text_error error;
        struct front f;
        size_t n = 0;
        if (part->shape == PART_LINES && front_parse(a, text, &error, &f) == OK)
                for (size_t i = 0; i < f.n_pairs; i++)
                        n += f.pairs[i].value.n && str_eq(f.pairs[i].key, item_line_key(part->lines));
        return n;
}

static size_t rows_of(enum item_lines kind) {
        size_t rows = LINE_ROOM / item_line_parts(kind);
        return (rows < ROWS_MAX ? rows : ROWS_MAX) - EMPTY_ROWS;
}

size_t item_form_last(const struct item_part *part, size_t total) {
        return part->shape == PART_LINES ? total / rows_of(part->lines) * rows_of(part->lines) : 0;
}

static struct item_line line_of(struct arena *a, struct str value) {
        struct front_parts p = front_split(a, str_eq(value, S("nog niet beoordeeld")) ? S("") : value, '|');
        struct item_line l = { 0 };
        for (size_t i = 0; i < LINE_PARTS; i++)
                l.v[i] = i < p.n ? p.v[i] : S("");
        return l;
}

static void read_rows(struct arena *a, int64_t from, struct item_form *f) {
        struct str key = item_line_key(f->part->lines);
        size_t most = rows_of(f->part->lines);
        for (size_t i = 0; i < f->front.n_pairs; i++)
                f->total += str_eq(f->front.pairs[i].key, key);
        f->from = (size_t) from <= f->total ? (size_t) from : 0;
        for (size_t i = 0, k = 0; i < f->front.n_pairs; i++)
                if (str_eq(f->front.pairs[i].key, key) && k++ >= f->from && f->filled < most) {
                        *vec_push(a, &f->rows) = line_of(a, f->front.pairs[i].value);
                        f->filled++;
                }
        f->replaces = f->filled;
        for (int i = 0; i < EMPTY_ROWS && f->from + f->filled == f->total; i++)
                *vec_push(a, &f->rows) = line_of(a, S(""));
}

static void read_sections(struct item_form *f) {
        const char *const *headings = item_headings(f->kind);
        for (size_t i = 0; headings[i] && i < FORM_SECTIONS; i++) {
                const struct front_section *s = front_section(&f->front, str_of(headings[i]));
                f->sections[i].heading = str_of(headings[i]);
                f->sections[i].body = s ? s->body : S("");
                f->n_sections++;
        }
}

static bool is_among(struct front_parts parts, struct str code) {
        for (size_t i = 0; i < parts.n; i++)
                if (str_eq(parts.v[i], code))
                        return true;
        return false;
}

/* The value list as options; kinds only those that have the same sections. */
static void add_option(struct arena *a, struct item_form *f, const struct form_terms_row *t) {
        const struct { const char *list; struct form_options *to; } lists[] = {
                { "fase", &f->phases }, { "doelgroep", &f->targets }, { "thema", &f->themes }, { "soort", &f->kinds },
        };
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
                if (!str_eq(t->list, str_of(lists[i].list)))
                        continue;
                if (lists[i].to == &f->kinds && item_headings(t->code) != item_headings(f->kind))
                        continue;
                struct front_parts chosen = front_split(a, value_of(&f->front, t->list), ',');
                *vec_push(a, lists[i].to) = (struct form_option) { t->code, t->label, is_among(chosen, t->code) };
        }
}

static enum err read_head(struct db *db, struct arena *a, struct item_form *f) {
        struct form_terms_row_list terms;
        struct knowledge_indicators indicators = { 0 };
        enum err e = form_terms(db, a, &terms);
        for (size_t i = 0; e == OK && i < terms.n; i++)
                add_option(a, f, &terms.v[i]);
        if (e == OK)
                e = knowledge_indicators(db, a, &indicators);
        for (size_t i = 0; e == OK && i < indicators.n; i++)
                *vec_push(a, &f->indicators) = (struct form_option) { indicators.v[i].code, indicators.v[i].label, false };
        return e;
}

enum err item_form_read(struct db *db, struct arena *a, struct str text, const struct item_part *part, int64_t from, struct item_form *ret) {
        struct text_error error;
        *ret = (struct item_form) { .part = part };
        enum err e = front_parse(a, text, &error, &ret->front);
        if (e != OK)
                return e;
        ret->kind = value_of(&ret->front, S("soort"));
        if (part->shape == PART_HEAD)
                return read_head(db, a, ret);
        if (part->shape == PART_SECTIONS)
                read_sections(ret);
        else if (part->shape == PART_LINES)
                read_rows(a, from, ret);
        for (size_t i = 0; part->shape == PART_SCORES && i < SCORES_N; i++)
                *vec_push(a, &ret->rows) = line_of(a, value_of(&ret->front, item_score_key((enum item_score) i)));
        return OK;
}

/* Every value of a field of lines, the empty ones too: rows are told by their place. */
struct column { struct str v[FIELD_MANY_MAX]; size_t n; };

static struct column column_of(const struct req *rq, const char *name) {
        struct column c = { 0 };
        for (size_t i = 0; i < rq->values.n && c.n < FIELD_MANY_MAX; i++)
                if (str_eq(str_of(rq->values.v[i].field->name), str_of(name)))
                        c.v[c.n++] = rq->values.v[i].text;
        return c;
}

struct making {
        const struct req *rq;
        struct arena *a;
        size_t replaces;                /* lines that the form was drawn from, or saved since */
        VEC(struct front_pair) pairs;
};

static void put(struct making *m, struct str key, struct str value) {
        _cleanup_(buf_done) struct buf b = { 0 };
        for (size_t i = 0; i < value.n; i++)
                buf_char(&b, value.p[i] == '\n' || value.p[i] == '\t' ? ' ' : value.p[i]);
        *vec_push(m->a, &m->pairs) = (struct front_pair) { key, str_trim(str_dup(m->a, buf_view(&b))), 0 };
}

/* A list keeps the order it had; what is new comes behind. */
static struct str list_value(struct making *m, const struct front *f, const char *key) {
        struct front_parts had = front_split(m->a, value_of(f, str_of(key)), ',');
        struct column now = column_of(m->rq, key);
        struct front_parts chosen = { now.v, now.n };
        bool ordered = str_eq(str_of(key), S("indicator"));
        struct str out = S("");
        for (size_t i = 0; i < had.n && !ordered; i++)
                if (is_among(chosen, had.v[i]))
                        out = str_fmt(m->a, "%.*s%s%.*s", STR(out), out.n ? ", " : "", STR(had.v[i]));
        for (size_t i = 0; i < now.n; i++)
                if (now.v[i].n && (ordered || !is_among(had, now.v[i])) && !is_among((struct front_parts) { now.v, i }, now.v[i]))
                        out = str_fmt(m->a, "%.*s%s%.*s", STR(out), out.n ? ", " : "", STR(now.v[i]));
        return out;
}

static bool is_of_head(struct str key) {
        for (size_t i = 0; i < sizeof head_texts / sizeof *head_texts; i++)
                if (str_eq(key, str_of(head_texts[i])))
                        return true;
        for (size_t i = 0; i < sizeof head_lists / sizeof *head_lists; i++)
                if (str_eq(key, str_of(head_lists[i])))
                        return true;
        return str_eq(key, S("soort"));
}

static void apply_head(struct making *m, const struct front *f) {
        struct str kind = req_text(m->rq, "soort"), had = value_of(f, S("soort"));
        for (size_t i = 0; i < f->n_pairs; i++)
                if (!is_of_head(f->pairs[i].key))
                        *vec_push(m->a, &m->pairs) = f->pairs[i];
        put(m, S("soort"), kind.n && item_headings(kind) == item_headings(had) ? kind : had);
        for (size_t i = 0; i < sizeof head_texts / sizeof *head_texts; i++)
                put(m, str_of(head_texts[i]), req_text(m->rq, head_texts[i]));
        for (size_t i = 0; i < sizeof head_lists / sizeof *head_lists; i++)
                put(m, str_of(head_lists[i]), list_value(m, f, head_lists[i]));
}

/* Row I of what was sent as a value, "" when it is empty. A line of OLD that says the same keeps its bytes. */
static struct str row_value(struct making *m, const struct column *columns, enum item_lines kind, size_t i, const struct str *old, size_t old_n) {
        struct str parts[LINE_PARTS];
        size_t n = item_line_parts(kind);
        for (size_t k = 0; k < n; k++)
                parts[k] = i < columns[k].n ? columns[k].v[i] : S("");
        struct str value = item_line_write(m->a, kind, parts, n);
        for (size_t o = 0; o < old_n; o++) {
                struct item_line was = line_of(m->a, old[o]);
                if (str_eq(item_line_write(m->a, kind, was.v, n), value))
                        return old[o];
        }
        return value;
}

static void read_columns(const struct making *m, struct column *columns) {
        for (size_t k = 0; k < LINE_PARTS; k++)
                columns[k] = column_of(m->rq, line_input_name(k));
}

/* The form tells which lines it was drawn from: "vanaf" and "aantal". What was sent takes their place; an empty row takes nothing. */
static void apply_lines(struct making *m, const struct front *f, enum item_lines kind) {
        struct column columns[LINE_PARTS];
        struct str key = item_line_key(kind), old[FIELD_MANY_MAX];
        size_t from = (size_t) req_integer(m->rq, "vanaf", 0), count = m->replaces, place = 0, n = 0;
        VEC(struct front_pair) behind = { 0 };
        read_columns(m, columns);
        for (size_t i = 0; i < f->n_pairs; i++) {
                bool is_line = str_eq(f->pairs[i].key, key);
                if (is_line && place >= from && place < from + count && n < FIELD_MANY_MAX)
                        old[n++] = f->pairs[i].value;
                else if (is_line && place >= from)
                        *vec_push(m->a, &behind) = f->pairs[i];
                else
                        *vec_push(m->a, &m->pairs) = f->pairs[i];
                place += is_line;
        }
        for (size_t row = 0; row < columns[0].n; row++)
                put(m, key, row_value(m, columns, kind, row, old, n));
        for (size_t i = 0; i < behind.n; i++)
                *vec_push(m->a, &m->pairs) = behind.v[i];
}

static void apply_scores(struct making *m, const struct front *f) {
        struct column columns[LINE_PARTS];
        read_columns(m, columns);
        for (size_t i = 0; i < f->n_pairs; i++) {
                bool is_score = false;
                for (size_t s = 0; s < SCORES_N; s++)
                        is_score |= str_eq(f->pairs[i].key, item_score_key((enum item_score) s));
                if (!is_score)
                        *vec_push(m->a, &m->pairs) = f->pairs[i];
        }
        for (size_t s = 0; s < SCORES_N; s++) {
                struct str key = item_score_key((enum item_score) s), had = value_of(f, key);
                struct str now = row_value(m, columns, LINES_N, s, &had, 1);
                put(m, key, now.n ? now : S("nog niet beoordeeld"));
        }
}

/* The sections of its kind in order; what is not of its kind stays behind them, for the check to tell. */
static void apply_sections(struct making *m, struct front *f) {
        const char *const *headings = item_headings(value_of(f, S("soort")));
        VEC(struct front_section) out = { 0 };
        size_t n = 0;
        for (; headings[n] && n < FORM_SECTIONS; n++)
                *vec_push(m->a, &out) = (struct front_section) { .heading = str_of(headings[n]), .body = front_body(m->a, req_text(m->rq, section_names[n])) };
        for (size_t i = 0; i < f->n_sections; i++) {
                bool known = false;
                for (size_t k = 0; k < n; k++)
                        known |= str_eq(f->sections[i].heading, str_of(headings[k]));
                if (!known)
                        *vec_push(m->a, &out) = f->sections[i];
        }
        f->sections = out.v;
        f->n_sections = out.n;
}

static enum err apply(const struct req *rq, const struct item_part *part, struct str text, size_t replaces, struct str *ret) {
        struct making m = { .rq = rq, .a = rq->arena, .replaces = replaces };
        struct front f;
        struct text_error error;
        enum err e = front_parse(rq->arena, text, &error, &f);
        if (e != OK)
                return e;
        if (part->shape == PART_SECTIONS)
                apply_sections(&m, &f);
        else if (part->shape == PART_HEAD)
                apply_head(&m, &f);
        else if (part->shape == PART_LINES)
                apply_lines(&m, &f, part->lines);
        else
                apply_scores(&m, &f);
        if (part->shape != PART_SECTIONS) {
                f.pairs = m.pairs.v;
                f.n_pairs = m.pairs.n;
        }
        *ret = item_text_write(rq->arena, &f);
        return OK;
}

enum err item_form_apply(const struct req *rq, const struct item_part *part, struct str text, struct str *ret) {
        return apply(rq, part, text, (size_t) req_integer(rq, "aantal", 0), ret);
}

static bool was_last(const struct req *rq, const struct draft *d) {
        return rq->idempotency.n && str_eq(rq->idempotency, d->saved_form);
}

void item_form_again(const struct req *rq, struct draft *d, struct item_form *f) {
        f->replaces = (size_t) (was_last(rq, d) ? d->saved_lines : req_integer(rq, "aantal", 0));
        d->revision = was_last(rq, d) ? d->revision : req_integer(rq, "revisie", 0);
}

enum err item_form_save(struct req *rq, const struct item_part *part, struct draft *d, struct str *sent) {
        size_t replaces = (size_t) (was_last(rq, d) ? d->saved_lines : req_integer(rq, "aantal", 0));
        enum err e = apply(rq, part, d->text, replaces, sent);
        if (e != OK || rq->errors.n)
                return e;
        int64_t lines = (int64_t) (replaces + item_form_lines(rq->arena, *sent, part)) - (int64_t) item_form_lines(rq->arena, d->text, part);
        d->revision = req_integer(rq, "revisie", 0);
        return draft_save_form(rq->db, rq->arena, d, *sent, rq->idempotency, lines, rq->now_ms);
}

enum err item_form_conflict(struct req *rq, struct draft *d, struct str sent, struct item_form *f) {
        struct draft now;
        enum err e = draft_get(rq->db, rq->arena, d->id, &now);
        if (e == OK)
                e = item_form_read(rq->db, rq->arena, sent, f->part, req_integer(rq, "vanaf", 0), f);
        if (e != OK)
                return e;
        size_t lines = item_form_lines(rq->arena, now.text, f->part);
        f->replaces = lines > f->from ? lines - f->from : 0;
        d->revision = now.revision;
        return OK;
}

enum err item_form_saved(struct resp *rs, const struct draft *d) {
        rs->content_type = "application/json; charset=utf-8";
        rs->cache = CACHE_NONE;
        buf_fmt(&rs->body, "{\"fields\":{\"revisie\":\"%lld\"}}", (long long) d->revision);
        return OK;
}
