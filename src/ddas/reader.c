/* reader.c - JSON (RFC 8259) as it streams by, against the tables of model.c. A token that is cut off at the end of the buffer is read
 * again when more has come, so that no state is kept inside a token. */
#include <string.h>
#include "internal.h"

#define NO_JSON T("dit is geen JSON. Kies het bestand dat uw programma voor DDAS maakt: het begint met { en \"startdatumLevering\"")
#define NO_VALUE T("dit is geen waarde in JSON: tekst staat tussen aanhalingstekens, een getal is als 10000, en verder is er true of false")

static struct frame *top(struct ddas *d) {
        return &d->frame[d->depth - 1];
}

/* Nothing after this can be read. */
static void broken(struct ddas *d, enum mistake_kind kind, const char *p, struct text why) {
        d->broken = true;
        mistake_at(d, kind, p, T(""), why, T(""));
}

/* The field that the value at hand belongs to, or NULL where anything may stand. */
static const struct field *current(struct ddas *d) {
        struct frame *f = top(d);
        return f->list || !f->node || f->field == NO_FIELD ? NULL : &f->node->fields[f->field];
}

/* Only early signalling has lists without doubles, and only the first round names mistakes. */
static bool is_hashing(const struct ddas *d) {
        return d->model != MODEL_HELP && d->round == 0;
}

/* A hash joins the value around it: in a list the order counts, in an object not. */
static void fold(struct ddas *d, uint64_t hash) {
        if (!is_hashing(d) || d->depth == 0)
                return;
        struct frame *f = top(d);
        uint64_t pair[2] = { f->list ? f->hash : f->field, hash };
        uint64_t mixed = sip_hash(d->key, pair, sizeof pair);
        f->hash = f->list ? mixed : f->hash + mixed;
}

/* Remembers HASH in the frame; true when it was there. A frame that holds more than fits is not looked through further. */
static bool is_marked(struct ddas *d, const struct frame *f, uint64_t hash) {
        for (uint32_t i = f->marks; i < d->marks; i++)
                if (d->mark[i] == hash)
                        return true;
        if (d->marks < MARKS)
                d->mark[d->marks++] = hash;
        return false;
}

static void after_value(struct ddas *d) {
        d->expect = d->depth == 0 ? EXPECT_END : EXPECT_NEXT;
}

static void open_frame(struct ddas *d, const struct node *node, bool list) {
        if (d->depth == DDAS_DEPTH) {
                broken(d, M_DEPTH, d->at, T("meer dan 32 objecten en lijsten in elkaar: dit is geen DDAS-levering"));
                return;
        }
        d->frame[d->depth++] = (struct frame) { .node = node, .list = list, .field = NO_FIELD, .marks = (uint16_t) d->marks };
        d->expect = list ? EXPECT_FIRST_ITEM : EXPECT_FIRST_KEY;
        if (node && !list)
                draft_begin(d, node->take);
}

static void open_object(struct ddas *d) {
        const struct node *node = NULL;
        if (d->depth == 0) {
                node = &model_nodes[NODE_ROOT];
        } else if (top(d)->list) {
                node = top(d)->node;
        } else {
                const struct field *f = current(d);
                if (f && f->type == T_OBJECT)
                        node = &model_nodes[f->of];
                else if (f && f->type != T_ANY)
                        mistake_type(d, f->type);
        }
        open_frame(d, node, false);
}

static void open_list(struct ddas *d) {
        const struct field *f = d->depth ? current(d) : NULL;
        if (d->depth == 0) {
                broken(d, M_FOREIGN, d->at, T("dit bestand is een lijst. Een DDAS-levering begint met { en \"startdatumLevering\""));
                return;
        }
        if (top(d)->list && top(d)->node)
                mistake_type(d, T_OBJECT);
        if (f && f->type != T_LIST && f->type != T_ANY)
                mistake_type(d, f->type);
        open_frame(d, f && f->type == T_LIST ? &model_nodes[f->of] : NULL, true);
}

static void check_required(struct ddas *d, const struct frame *f) {
        uint32_t required = f->node->required;
        if (f->node == &model_nodes[NODE_DELIVERY] && d->model == MODEL_SIGNALS)
                required |= 1 << 3;
        if (f->node == &model_nodes[NODE_ROOT]) {
                if (f->seen == 0) {
                        broken(d, M_FOREIGN, d->at, T("dit is een ander soort bestand: geen enkel veld van een DDAS-levering staat erin"));
                        return;
                }
                required |= d->model == MODEL_SIGNALS ? 0 : 1 << 4;
        }
        for (uint32_t missing = required & ~f->seen, i = 0; missing >> i; i++)
                if (missing >> i & 1)
                        mistake_at(d, M_MISSING, d->at, (struct text) { f->node->fields[i].name, f->node->fields[i].n },
                                   T("dit verplichte veld ontbreekt: vul het aan"), T(""));
}

static void check_items(struct ddas *d, const struct frame *f, uint32_t n) {
        if (f->node && n < f->node->min)
                mistake_at(d, M_ITEMS, d->at, T(""), T("deze lijst is leeg; er hoort er ten minste één in"), T(""));
        if (f->node && f->node->max && n > f->node->max)
                mistake_at(d, M_ITEMS, d->at, T(""), T("deze lijst is te lang; er horen er hoogstens twee in"), T(""));
}

static void close_frame(struct ddas *d) {
        struct frame f = *top(d);
        uint32_t items = d->expect == EXPECT_FIRST_ITEM ? 0 : f.index + 1;
        d->p++;
        if (f.list) {
                d->depth--;
                check_items(d, &f, items);
        } else {
                top(d)->field = NO_FIELD;
                if (f.node) {
                        check_required(d, &f);
                        draft_end(d, f.node->take);
                }
                d->depth--;
        }
        d->marks = f.marks;
        if (d->depth && !f.list && top(d)->list && top(d)->node && top(d)->node->unique && is_hashing(d) && is_marked(d, top(d), f.hash))
                mistake(d, M_TWICE, "dit staat twee keer in deze lijst");
        fold(d, f.hash);
        after_value(d);
}

enum got { WHOLE, CUT, BAD };

/* The string that begins with the quote at d->p; moves past it. */
static enum got get_string(struct ddas *d, bool last, struct text *ret) {
        unsigned seen;
        const char *from = d->p + 1, *to = scan_string(from, d->end, &seen);
        if (to - from > DDAS_TEXT_MAX) {
                broken(d, M_LONG, d->at, T("deze tekst is langer dan 65.536 tekens"));
                return BAD;
        }
        if (to >= d->end) {
                if (last)
                        broken(d, M_TRUNCATED, d->end, T("het bestand houdt midden in een tekst op. Maak het opnieuw"));
                return last ? BAD : CUT;
        }
        *ret = (struct text) { from, (size_t) (to - from) };
        if (seen & SCAN_CONTROL)
                mistake_at(d, M_SYNTAX, d->at, T(""), T("een regeleinde of stuurteken staat los in een tekst"), T(""));
        size_t good = seen & SCAN_HIGH ? scan_utf8(from, ret->n) : ret->n;
        if (good < ret->n)
                mistake_at(d, M_UTF8, from + good, T(""), T("dit teken is geen UTF-8. Bewaar het bestand als UTF-8"), T(""));
        if (seen & SCAN_ESCAPE) {
                ret->p = d->scratch;
                if (!scan_unescape(from, (size_t) (to - from), d->scratch, &ret->n)) {
                        broken(d, M_SYNTAX, d->at, T("een \\ in deze tekst hoort bij geen teken"));
                        return BAD;
                }
        }
        d->p = to + 1;
        return WHOLE;
}

static void unknown_key(struct ddas *d, struct frame *f, struct text key) {
        f->field = NO_FIELD;
        if (is_marked(d, f, sip_hash(d->key, key.p, key.n)))
                mistake_at(d, M_DUPLICATE, d->at, key, T("dit veld staat twee keer in hetzelfde object"), T(""));
        else if (d->marks == MARKS)
                broken(d, M_LIMIT, d->at, T("te veel onbekende velden: dit is geen DDAS-levering"));
        if (!f->node)
                return;
        if (model_old(key.p, key.n))
                mistake_at(d, M_OLD, d->at, key, T("dit veld hoort bij een oude versie van DDAS. Lever aan volgens versie 1.0"), T(""));
        else if (f->node->closed)
                mistake_at(d, M_UNKNOWN, d->at, key, T("dit veld hoort hier niet in DDAS: haal het weg, of verbeter de naam"), T(""));
        else
                mistake_at(d, W_OPEN_FIELD, d->at, key, T("dit veld kent DDAS niet; het telt niet mee"), T(""));
}

/* Which field KEY is: mostly the one that followed the last time. */
static uint8_t find_field(struct ddas *d, const struct frame *f, struct text key) {
        const struct node *node = f->node;
        uint8_t *follows = &d->follows[node - model_nodes][f->field == NO_FIELD ? FIELDS_MAX : f->field];
        const struct field *guess = &node->fields[*follows];
        if (guess->n == key.n && memcmp(guess->name, key.p, key.n) == 0)
                return *follows;
        for (uint8_t i = 0; i < node->n; i++)
                if (node->fields[i].n == key.n && memcmp(node->fields[i].name, key.p, key.n) == 0)
                        return *follows = i;
        return NO_FIELD;
}

static void key(struct ddas *d, struct text name) {
        struct frame *f = top(d);
        d->expect = EXPECT_COLON;
        uint8_t i = f->node ? find_field(d, f, name) : NO_FIELD;
        if (i != NO_FIELD && f->node->fields[i].model != MODEL_UNKNOWN) {
                if (d->model == MODEL_UNKNOWN)
                        d->model = f->node->fields[i].model;
                else if (d->model != f->node->fields[i].model)
                        i = NO_FIELD;
        }
        if (i == NO_FIELD) {
                unknown_key(d, f, name);
                return;
        }
        if (f->seen >> i & 1)
                mistake_at(d, M_DUPLICATE, d->at, name, T("dit veld staat twee keer in hetzelfde object"), T(""));
        f->seen |= 1u << i;
        f->field = i;
}

static void string_value(struct ddas *d, struct text t) {
        const struct field *f = d->depth ? current(d) : NULL;
        if (d->depth == 0)
                broken(d, M_FOREIGN, d->at, T("dit bestand is één tekst, geen DDAS-levering"));
        else if (top(d)->list && top(d)->node)
                mistake_type(d, T_OBJECT);
        else if (f)
                check_text(d, f, t);
        if (is_hashing(d))
                fold(d, sip_hash(d->key, t.p, t.n));
        after_value(d);
}

static bool is_number(struct text t) {
        size_t i = t.p[0] == '-';
        if (i >= t.n)
                return false;
        if (t.p[i] == '0')
                i++;
        else
                for (size_t from = i; ; i++)
                        if (i == t.n || t.p[i] < '0' || t.p[i] > '9') {
                                if (i == from)
                                        return false;
                                break;
                        }
        for (int part = 0; part < 2 && i < t.n; part++) {
                if (part == 0 && t.p[i] != '.')
                        continue;
                if (part == 1 && t.p[i] != 'e' && t.p[i] != 'E')
                        return false;
                i++;
                i += part == 1 && i < t.n && (t.p[i] == '+' || t.p[i] == '-');
                size_t from = i;
                while (i < t.n && t.p[i] >= '0' && t.p[i] <= '9')
                        i++;
                if (i == from)
                        return false;
        }
        return i == t.n;
}

static bool is_literal(struct text t, struct text word) {
        return t.n == word.n && memcmp(t.p, word.p, t.n) == 0;
}

static void bare_value(struct ddas *d, struct text t) {
        const struct field *f = d->depth ? current(d) : NULL;
        bool is_true = is_literal(t, T("true")), is_bool = is_true || is_literal(t, T("false")), is_null = is_literal(t, T("null"));
        if (!is_bool && !is_null && !is_number(t)) {
                broken(d, d->depth ? M_SYNTAX : M_FOREIGN, d->at, d->depth ? NO_VALUE :
                       NO_JSON);
                return;
        }
        if (d->depth == 0)
                broken(d, M_FOREIGN, d->at, T("dit bestand is één waarde, geen DDAS-levering"));
        else if (top(d)->list && top(d)->node)
                mistake_type(d, T_OBJECT);
        else if (f && f->type != T_ANY && is_null)
                mistake(d, M_TYPE, "null mag niet in DDAS: laat het veld weg als er niets in te vullen is");
        else if (f && is_bool && f->type == T_BOOL)
                draft_bool(d, f->take, is_true);
        else if (f && is_bool && f->type != T_ANY)
                mistake_type(d, f->type);
        else if (f && !is_bool && f->type == T_BOOL)
                mistake_type(d, T_BOOL);
        else if (f && !is_bool && !is_null)
                check_number(d, f, t);
        if (is_hashing(d))
                fold(d, sip_hash(d->key, t.p, t.n));
        after_value(d);
}

/* Numbers, true, false and null, and what looks like nothing. */
static enum got get_bare(struct ddas *d, bool last) {
        const char *p = d->p;
        while (p < d->end && ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || *p == '+' || *p == '-' || *p == '.' || *p == 'E'))
                p++;
        if (p - d->p > DDAS_TEXT_MAX) {
                broken(d, M_LONG, d->at, T("dit getal is langer dan 65.536 tekens"));
                return BAD;
        }
        if (p == d->end && !last)
                return CUT;
        struct text t = { d->p, (size_t) (p - d->p) };
        if (t.n == 0) {
                broken(d, d->depth ? M_SYNTAX : M_FOREIGN, d->at, d->depth ? NO_VALUE :
                       NO_JSON);
                return BAD;
        }
        d->p = p;
        bare_value(d, t);
        return WHOLE;
}

static enum got get_value(struct ddas *d, char c, bool last) {
        struct text t;
        enum got got;
        if (c == '{' || c == '[') {
                c == '{' ? open_object(d) : open_list(d);
                d->p++;
                return WHOLE;
        }
        if (c != '"')
                return get_bare(d, last);
        if ((got = get_string(d, last, &t)) == WHOLE)
                string_value(d, t);
        return got;
}

static enum got get_key(struct ddas *d, bool last) {
        struct text t;
        enum got got = get_string(d, last, &t);
        if (got != WHOLE)
                return got;
        key(d, t);
        if (d->p < d->end && *d->p == ':') {    /* as it stands nearly always: one turn less */
                d->p++;
                d->expect = EXPECT_VALUE;
        }
        return WHOLE;
}

/* What may stand between values. */
static enum got get_sign(struct ddas *d, char c) {
        bool list = top(d)->list;
        if (d->expect == EXPECT_COLON && c == ':') {
                d->expect = EXPECT_VALUE;
        } else if (d->expect == EXPECT_NEXT && c == ',') {
                top(d)->index += list;
                d->expect = list ? EXPECT_VALUE : EXPECT_KEY;
        } else if (d->expect == EXPECT_NEXT && c == (list ? ']' : '}')) {
                close_frame(d);
                return WHOLE;
        } else {
                broken(d, M_SYNTAX, d->at, d->expect == EXPECT_COLON ? T("na de naam van een veld hoort een dubbele punt") :
                       d->expect == EXPECT_NEXT ? T("hier hoort een komma of een sluithaak te staan") : T("hier hoort de naam van een veld te staan"));
                return BAD;
        }
        d->p++;
        return WHOLE;
}

static enum got token(struct ddas *d, char c, bool last) {
        switch (d->expect) {
        case EXPECT_VALUE:
                return get_value(d, c, last);
        case EXPECT_FIRST_ITEM:
                if (c != ']')
                        return get_value(d, c, last);
                close_frame(d);
                return WHOLE;
        case EXPECT_FIRST_KEY:
                if (c == '}') {
                        close_frame(d);
                        return WHOLE;
                }
                /* fallthrough */
        case EXPECT_KEY:
                return c == '"' ? get_key(d, last) : get_sign(d, c);
        case EXPECT_COLON: case EXPECT_NEXT:
                return get_sign(d, c);
        case EXPECT_END:
                break;
        }
        broken(d, M_SYNTAX, d->at, T("na het einde van de levering staat nog iets"));
        return BAD;
}

void reader_run(struct ddas *d, bool last) {
        while (!d->broken) {
                if (d->p < d->end && (unsigned char) *d->p <= ' ')
                        d->p = scan_space(d->p, d->end);
                d->at = d->p;
                if (d->p == d->end || token(d, *d->p, last) == CUT)
                        break;
        }
        if (last && !d->broken && d->expect != EXPECT_END)
                broken(d, d->depth ? M_TRUNCATED : M_FOREIGN, d->end, d->depth ? T("het bestand houdt te vroeg op. Maak het opnieuw") : T("dit bestand is leeg"));
}
