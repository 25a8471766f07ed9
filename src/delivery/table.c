/* table.c - from a file to figures: every cell that is wrong is told, with its place. */
#include <math.h>
#include <strings.h>
#include "amount.h"
#include "csv.h"
#include "internal.h"
#include "sheet.h"
#include "utf8.h"

const char *const table_columns[TABLE_COLUMNS] = { "gemeentecode", "periode", "indicator", "detail", "teller", "noemer", "som", "n", "volledig", "toelichting", "keuzes" };

void wrong_add(struct arena *a, struct wrongs *w, struct str place, struct str reason, struct str mend) {
        if (w->n < WRONGS_MAX)
                *vec_push(a, w) = (struct wrong) { place, reason, mend };
}

static int column_of(struct arena *a, struct str name) {
        struct str plain = utf8_fold(a, str_trim(name));
        for (int i = 0; i < TABLE_COLUMNS; i++)
                if (str_eq(plain, str_of(table_columns[i])))
                        return i;
        return -1;
}

/* The header: which column is which. At least a place to put a figure. */
struct header { int at[CSV_FIELDS]; size_t n; bool has[TABLE_COLUMNS]; };

static void header_column(struct arena *a, struct header *h, size_t i, struct str name, struct str place, struct wrongs *w) {
        h->at[i] = column_of(a, name);
        h->n = i + 1;
        if (h->at[i] < 0)
                return;                 /* columns of one's own are left alone */
        if (h->has[h->at[i]])
                wrong_add(a, w, place, str_fmt(a, "De kolom ‘%s’ staat er twee keer.", table_columns[h->at[i]]), S("Haal een van de twee weg."));
        h->has[h->at[i]] = true;
}

static void header_check(struct arena *a, const struct header *h, struct wrongs *w) {
        static const int needed[] = { COLUMN_REGION, COLUMN_PERIOD, COLUMN_INDICATOR };
        for (size_t i = 0; i < 3; i++)
                if (!h->has[needed[i]])
                        wrong_add(a, w, S("De eerste regel"), str_fmt(a, "De kolom ‘%s’ ontbreekt.", table_columns[needed[i]]), S("Gebruik de namen van de kolommen uit het sjabloon."));
        if (!h->has[COLUMN_NUMERATOR] && !h->has[COLUMN_SUM])
                wrong_add(a, w, S("De eerste regel"), S("De kolom ‘teller’ ontbreekt."), S("Gebruik de namen van de kolommen uit het sjabloon."));
}

/* Dutch programs put semicolons between the columns. */
static struct str commas(struct arena *a, struct str s) {
        struct str first = str_sub(s, 0, str_index(s, '\n'));
        char separator = str_index(first, ';') < first.n ? ';' : str_index(first, '\t') < first.n ? '\t' : ',';
        if (separator == ',')
                return s;
        char *out = arena_alloc(a, s.n * 3 + 1);
        size_t n = 0;
        bool quoted = false, has_comma = false;
        for (size_t i = 0, from = 0; i <= s.n; i++) {
                char c = i < s.n ? s.p[i] : '\n';
                quoted = c == '"' ? !quoted : quoted;
                has_comma |= c == ',' && !quoted && s.p[from] != '"';
                if (i < s.n && (quoted || (c != separator && c != '\n')))
                        continue;
                struct str field = str_sub(s, from, i - from);
                size_t end = field.n && field.p[field.n - 1] == '\r' ? field.n - 1 : field.n;
                if (has_comma)
                        out[n++] = '"';
                for (size_t k = 0; k < end; k++)
                        out[n++] = field.p[k];
                if (has_comma)
                        out[n++] = '"';
                if (i < s.n)
                        out[n++] = c == separator ? ',' : '\n';
                from = i + 1;
                has_comma = false;
        }
        return (struct str) { out, n };
}

/* What other kinds of files begin with. A DDAS file has citizens in it, and should have stayed where it was. */
static bool is_other_kind(struct arena *a, struct str bytes, struct wrongs *w) {
        static const struct { const char *start, *is, *mend; } kinds[] = {
                { "{", "Dit is een JSON-bestand. Is het een DDAS-bestand? Stuur dat nooit op.", "Tel het op uw eigen computer, bij ‘Tel uit een DDAS-bestand’." },
                { "[", "Dit is een JSON-bestand.", "Stuur een CSV- of Excel-bestand." }, { "<", "Dit is een webpagina of XML.", "Stuur een CSV- of Excel-bestand." },
                { "%PDF", "Dit is een PDF.", "Stuur een CSV- of Excel-bestand." }, { "\xff\xfe", "Dit bestand is UTF-16.", "Kies bij het opslaan ‘CSV UTF-8’." },
                { "\xfe\xff", "Dit bestand is UTF-16.", "Kies bij het opslaan ‘CSV UTF-8’." },
        };
        struct str start = str_trim(str_starts(bytes, S("\xef\xbb\xbf")) ? str_sub(bytes, 3, bytes.n) : bytes);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
                if (str_starts(start, str_of(kinds[i].start)))
                        wrong_add(a, w, S("Het bestand"), str_of(kinds[i].is), str_of(kinds[i].mend));
        if (w->n)
                return true;
        if (str_index(bytes, '\0') < bytes.n)
                wrong_add(a, w, S("Het bestand"), S("Dit bestand is geen tekst, of het is UTF-16."), S("Kies bij het opslaan ‘CSV UTF-8’, of stuur het Excel-bestand."));
        else if (!utf8_valid(bytes))
                wrong_add(a, w, S("Het bestand"), S("Het bestand is geen UTF-8: letters met accenten komen niet goed over."),
                          S("Kies bij het opslaan ‘CSV UTF-8’, of stuur het Excel-bestand."));
        else if (start.n == 0)
                wrong_add(a, w, S("Het bestand"), S("Het bestand is leeg."), S("Gebruik het sjabloon."));
        return w->n > 0;
}

/* Bytes of a mark and of the line "sep=;" that only Excel reads, before the header. */
static size_t header_at(struct str s) {
        size_t mark = str_starts(s, S("\xef\xbb\xbf")) ? 3 : 0;
        struct str rest = str_sub(s, mark, s.n);
        return str_starts(rest, S("sep=")) ? mark + str_index(rest, '\n') + 1 : mark;
}

static bool is_blank(const struct csv_row *row) {
        for (size_t i = 0; i < row->n; i++)
                if (str_trim(row->v[i]).n)
                        return false;
        return true;
}

static void add_row(struct arena *a, const struct header *h, const struct csv_row *row, struct table *ret) {
        struct table_row *r = vec_push(a, ret);
        for (size_t i = 0; i < row->n; i++)
                if (h->at[i] >= 0) {
                        r->text[h->at[i]] = str_trim(row->v[i]);
                        r->place[h->at[i]] = str_fmt(a, "regel %d, kolom %s", row->line, table_columns[h->at[i]]);
                }
}

static void read_row(struct arena *a, const struct csv *c, const struct header *h, const struct csv_row *row, struct table *ret, struct wrongs *w) {
        struct str place = str_fmt(a, "regel %d", row->line);
        if (!row->is_whole)
                wrong_add(a, w, place, str_fmt(a, "In deze regel sluiten de aanhalingstekens niet, of er staan meer dan %d kolommen.", CSV_FIELDS), S("Verbeter de regel."));
        else if (row->n != c->columns)
                wrong_add(a, w, place, str_fmt(a, "Deze regel heeft een ander aantal kolommen (%zu) dan de eerste (%zu).", row->n, c->columns),
                          S("Zet tekst met een komma of puntkomma erin tussen aanhalingstekens."));
        else
                add_row(a, h, row, ret);
}

static void read_csv(struct arena *a, struct str bytes, struct table *ret, struct wrongs *w) {
        struct csv c;
        struct csv_row row;
        struct header h = { 0 };
        const char *why = NULL;
        bool more = true;
        if (is_other_kind(a, bytes, w))
                return;
        size_t at = header_at(bytes);
        if (csv_open(&c, a, commas(a, str_sub(bytes, at, bytes.n))) != OK) {
                wrong_add(a, w, S("De eerste regel"), str_fmt(a, "De namen van de kolommen zijn niet te lezen: aanhalingstekens sluiten niet, of het zijn er meer dan %d.", CSV_FIELDS), S("Gebruik het sjabloon."));
                return;
        }
        c.line += at > 3;
        for (size_t i = 0; i < c.columns; i++)
                header_column(a, &h, i, c.header[i], S("De eerste regel"), w);
        header_check(a, &h, w);
        while (w->n < WRONGS_MAX && ret->n <= TABLE_ROWS_MAX && h.has[COLUMN_INDICATOR]) {
                if (csv_next(&c, a, &row, &more, &why) == OK && !more)
                        return;
                if (!row.is_whole || !is_blank(&row))
                        read_row(a, &c, &h, &row, ret, w);
                if (!row.is_whole)
                        return;         /* quotes that do not close: the rest cannot be told apart */
        }
        if (ret->n > TABLE_ROWS_MAX) {
                wrong_add(a, w, S("Het bestand"), str_fmt(a, "Het bestand heeft meer dan %d regels.", TABLE_ROWS_MAX), S("Gebruik het sjabloon voor één gemeente en één periode."));
                ret->n = TABLE_ROWS_MAX;
        }
}

static void read_sheet(struct arena *a, struct str bytes, struct table *ret, struct wrongs *w) {
        struct sheet s;
        struct str why = S("");
        struct header h = { 0 };
        int row = 0;
        for (size_t i = 0; i < CSV_FIELDS; i++)
                h.at[i] = -1;
        if (sheet_read(a, bytes, &s, &why) != OK) {
                wrong_add(a, w, S("Het bestand"), why, S(""));
                return;
        }
        for (size_t i = 0; i < s.n; i++) {
                const struct sheet_cell *c = &s.v[i];
                struct str place = sheet_place(a, c->row, c->column);
                if (row == 0 || c->row == s.v[0].row) {
                        row = c->row;
                        header_column(a, &h, (size_t) c->column - 1, c->kind == SHEET_TEXT ? c->text : S(""), place, w);
                        continue;
                }
                int column = h.at[c->column - 1];
                if (column < 0)
                        continue;
                if (c->row != row)
                        (void) vec_push(a, ret);
                row = c->row;
                struct table_row *r = &ret->v[ret->n - 1];
                r->place[column] = place;
                r->text[column] = str_trim(c->text);
                r->is_formula[column] = c->kind == SHEET_FORMULA;
                r->is_plain[column] = c->kind == SHEET_NUMBER;
                if (c->kind == SHEET_OTHER)
                        wrong_add(a, w, place, S("Hier staat een fout of ja/nee-waarde uit Excel."), S("Zet er het getal of de tekst zelf neer."));
        }
        header_check(a, &h, w);
        /* a cell of the row that holds nothing has a place all the same */
        for (size_t i = 0; i < ret->n; i++)
                for (int k = 0; k < TABLE_COLUMNS; k++)
                        if (!ret->v[i].place[k].p)
                                ret->v[i].text[k] = S("");
}

void table_read(struct arena *a, struct str bytes, struct table *ret, struct wrongs *w) {
        *ret = (struct table) { 0 };
        *w = (struct wrongs) { 0 };
        if (str_starts(bytes, S("PK")))
                read_sheet(a, bytes, ret, w);
        else if (str_starts(bytes, S("\xd0\xcf\x11\xe0")) && str_find(bytes, S("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")) < bytes.n)
                wrong_add(a, w, S("Het bestand"), S("Dit bestand heeft een wachtwoord."), S("Sla het op zonder wachtwoord."));
        else if (str_starts(bytes, S("\xd0\xcf\x11\xe0")))
                wrong_add(a, w, S("Het bestand"), S("Dit is een oud Excel-bestand (.xls)."), S("Sla het op als .xlsx."));
        else
                read_csv(a, bytes, ret, w);
        if (w->n == 0 && ret->n == 0)
                wrong_add(a, w, S("Het bestand"), S("Er staan geen cijfers in."), S("Gebruik het sjabloon."));
}
