/* sent.c - reading JSON with jansson, which bounds its depth and refuses what is not UTF-8. */
#include "sent.h"
#include <jansson.h>

#define KNOWN 7                         /* fields of a figure */

struct read {
        struct arena *a;
        struct sent *sent;
        struct wrongs *w;
};

static void jsonp_free(json_t **j) {
        json_decref(*j);
}

static struct str text_of(struct arena *a, json_t *j) {
        return json_is_string(j) ? str_dup(a, (struct str) { json_string_value(j), json_string_length(j) }) : S("");
}

static bool is_one_of(const char *key, const char *const *known, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (str_eq(str_of(key), str_of(known[i])))
                        return true;
        return false;
}

static void unknown_fields(struct read *r, json_t *object, const char *const *known, size_t n, const char *before) {
        const char *key;
        json_t *value;
        json_object_foreach(object, key, value)
                if (!is_one_of(key, known, n))
                        wrong_add(r->a, r->w, str_fmt(r->a, "%s%.40s", before, key), S("Dit veld kennen wij niet."), S("Laat het weg."));
}

/* A number as text that reads back as the same; other kinds than the column's are wrong. */
static void cell(struct read *r, struct table_row *row, int column, json_t *j, struct str place) {
        bool number = column >= COLUMN_NUMERATOR && column <= COLUMN_SUM;
        row->place[column] = place;
        row->text[column] = S("");
        row->is_plain[column] = true;
        if (number ? json_is_number(j) : json_is_string(j))
                row->text[column] = number ? str_fmt(r->a, "%.17g", json_number_value(j)) : text_of(r->a, j);
        else if (j && !json_is_null(j))
                wrong_add(r->a, r->w, place, number ? S("Dit is geen getal.") : S("Dit is geen tekst."), S("Stuur getallen als getal en teksten als tekst. Laat weg wat ontbreekt."));
}

static void figure(struct read *r, json_t *one, size_t at) {
        static const char *const known[] = { "indicator", "detail", "teller", "noemer", "som", "toelichting", "keuzes" };
        static const int columns[] = { COLUMN_INDICATOR, COLUMN_DETAIL, COLUMN_NUMERATOR, COLUMN_DENOMINATOR, COLUMN_SUM, COLUMN_WORDS, COLUMN_CHOICES };
        const char *before = str_fmt(r->a, "cijfers/%zu/", at).p;
        if (!json_is_object(one)) {
                wrong_add(r->a, r->w, str_fmt(r->a, "cijfers/%zu", at), S("Dit is geen object."), S("Stuur per cijfer een object."));
                return;
        }
        struct table_row *row = vec_push(r->a, &r->sent->table);
        for (size_t i = 0; i < KNOWN; i++)
                cell(r, row, columns[i], json_object_get(one, known[i]), str_fmt(r->a, "%s%s", before, known[i]));
        row->place[COLUMN_REGION] = S("gemeentecode");
        row->place[COLUMN_PERIOD] = S("periode");
        unknown_fields(r, one, known, KNOWN, before);
}

/* What jansson stumbled over, and what to do about it. */
static void broken(struct read *r, const json_error_t *error) {
        static const struct { enum json_error_code code; const char *reason, *mend; } known[] = {
                { json_error_duplicate_key, "Deze naam staat twee keer in hetzelfde object.", "Haal een van de twee weg." },
                { json_error_numeric_overflow, "Dit getal is groter dan mogelijk is.", "Kijk of er een cijfer te veel staat." },
                { json_error_invalid_utf8, "Dit is geen UTF-8.", "Stuur JSON in UTF-8." },
                { json_error_stack_overflow, "Hier staan te veel objecten en lijsten in elkaar.", "Stuur een lijst met een object per cijfer." },
                { json_error_premature_end_of_input, "De JSON houdt te vroeg op.", "Stuur alles." },
                { json_error_end_of_input_expected, "Na het einde van de JSON staat nog iets.", "Stuur één object." },
                { json_error_null_character, "Hier staat een nulteken.", "Haal het weg." },
        };
        struct str place = str_fmt(r->a, "regel %d, kolom %d", error->line, error->column);
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
                if (known[i].code == json_error_code(error)) {
                        wrong_add(r->a, r->w, place, str_of(known[i].reason), str_of(known[i].mend));
                        return;
                }
        wrong_add(r->a, r->w, place, S("Hier houdt de JSON op goed te zijn."), S("Stuur JSON in UTF-8, met elke naam één keer en gewone getallen."));
}

/* A text of the whole delivery; "" when it is not there. */
static struct str whole(struct read *r, json_t *root, const char *name) {
        json_t *j = json_object_get(root, name);
        if (j && !json_is_string(j) && !json_is_null(j))
                wrong_add(r->a, r->w, str_of(name), S("Dit is geen tekst."), S("Zet het tussen aanhalingstekens."));
        return text_of(r->a, j);
}

bool sent_read(struct arena *a, struct str body, struct sent *ret, struct wrongs *w) {
        static const char *const known[] = { "gemeentecode", "periode", "cijfers", "reden" };
        struct read r = { a, ret, w };
        json_error_t error;
        size_t i;
        json_t *one;
        *ret = (struct sent) { 0 };
        _cleanup_(jsonp_free) json_t *root = json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &error);
        if (!json_is_object(root)) {
                if (root)
                        wrong_add(a, w, S("regel 1"), S("Dit is geen object."), S("Stuur een object met gemeentecode, periode en cijfers."));
                else
                        broken(&r, &error);
                return false;
        }
        ret->region = whole(&r, root, "gemeentecode");
        ret->period = whole(&r, root, "periode");
        ret->reason = whole(&r, root, "reden");
        json_t *list = json_object_get(root, "cijfers");
        if (!json_is_array(list) || json_array_size(list) > SENT_FIGURES_MAX)
                wrong_add(a, w, S("cijfers"), S("Dit is geen lijst met cijfers, of hij is te lang."), S("Stuur een lijst met een object per cijfer."));
        else
                json_array_foreach(list, i, one)
                        figure(&r, one, i);
        unknown_fields(&r, root, known, sizeof known / sizeof *known, "");
        return true;
}
