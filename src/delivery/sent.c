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

bool sent_read(struct arena *a, struct str body, struct sent *ret, struct wrongs *w) {
        static const char *const known[] = { "gemeentecode", "periode", "cijfers", "reden" };
        struct read r = { a, ret, w };
        json_error_t error;
        size_t i;
        json_t *one;
        *ret = (struct sent) { 0 };
        _cleanup_(jsonp_free) json_t *root = json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &error);
        if (!json_is_object(root)) {
                struct str place = root ? S("regel 1") : str_fmt(a, "regel %d, kolom %d", error.line, error.column);
                wrong_add(a, w, place, root ? S("Dit is geen object.") : S("Hier houdt de JSON op goed te zijn."), S("Stuur JSON in UTF-8, met elke naam één keer en gewone getallen."));
                return false;
        }
        ret->region = text_of(a, json_object_get(root, "gemeentecode"));
        ret->period = text_of(a, json_object_get(root, "periode"));
        ret->reason = text_of(a, json_object_get(root, "reden"));
        json_t *list = json_object_get(root, "cijfers");
        if (!json_is_array(list) || json_array_size(list) > SENT_FIGURES_MAX)
                wrong_add(a, w, S("cijfers"), S("Dit is geen lijst met cijfers, of hij is te lang."), S("Stuur een lijst met een object per cijfer."));
        else
                json_array_foreach(list, i, one)
                        figure(&r, one, i);
        unknown_fields(&r, root, known, sizeof known / sizeof *known, "");
        return true;
}
