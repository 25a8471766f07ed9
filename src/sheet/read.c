/* read.c - the first worksheet. libxml2 reads node by node, without the network and without entities: a document type ends it. */
#include <libxml/xmlreader.h>
#include <stdio.h>
#include "pack.h"
#include "sheet.h"

#define BROKEN S("Dit Excel-bestand is beschadigd of heeft onderdelen die wij niet lezen. Gebruik het sjabloon.")
#define ENTITIES S("In dit bestand staan verwijzingen die wij niet volgen. Gebruik het sjabloon.")
#define TOO_MANY S("Dit bestand heeft meer rijen, kolommen of teksten dan wij lezen. Gebruik het sjabloon en voeg er niets aan toe.")

struct reader {
        struct arena *a;
        xmlTextReaderPtr xml;
        struct str why;
        VEC(struct str) strings;
        struct sheet *sheet;
        struct sheet_cell cell;         /* that is being read; row 0 for none */
        int row, column;                /* of the cell before */
        const char *reference;          /* of the first worksheet: "rId1" */
        char type[12];                  /* of the cell: "s", "inlineStr" ... */
        struct str text;                /* of the element that is being read */
        int skipped;                    /* depth of an element that is passed over, 0 for none */
};

static void silent(void *arg, xmlErrorPtr e) {
        (void) arg;
        (void) e;
}

static void readerp_free(xmlTextReaderPtr *r) {
        if (*r)
                xmlFreeTextReader(*r);
}

static struct str name_of(struct reader *x) {
        return str_of((const char *) xmlTextReaderConstLocalName(x->xml));
}

/* A copy in the arena; p NULL without such an attribute. */
static struct str attribute(struct reader *x, const char *name) {
        xmlChar *v = xmlTextReaderGetAttribute(x->xml, (const xmlChar *) name);
        struct str s = { 0 };
        if (v)
                s = str_dup(x->a, str_of((const char *) v));
        xmlFree(v);
        return s;
}

typedef void on_node(struct reader *x, int type, struct str name);

/* Calls NODE for each node of PART. False when it is broken or refused, with x->why. */
static bool walk(struct reader *x, struct str part, on_node *node) {
        _cleanup_(readerp_free) xmlTextReaderPtr xml =
                xmlReaderForMemory(part.p, (int) part.n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
        int more = -1;
        if (!xml)
                return false;
        xmlTextReaderSetStructuredErrorHandler(xml, silent, NULL);
        x->xml = xml;
        while (x->why.n == 0 && (more = xmlTextReaderRead(xml)) == 1) {
                int type = xmlTextReaderNodeType(xml);
                if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE || type == XML_READER_TYPE_ENTITY)
                        x->why = ENTITIES;
                else
                        node(x, type, name_of(x));
        }
        if (x->why.n == 0 && more != 0)
                x->why = BROKEN;
        x->xml = NULL;
        return x->why.n == 0;
}

static bool is_text(int type) {
        return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
}

static void add_text(struct reader *x) {
        struct str more = str_of((const char *) xmlTextReaderConstValue(x->xml));
        if (x->text.n + more.n > SHEET_TEXT_MAX)
                x->why = TOO_MANY;
        else
                x->text = x->text.n ? str_fmt(x->a, "%.*s%.*s", STR(x->text), STR(more)) : str_dup(x->a, more);
}

/* sst/si/t, and si/r/t for text with more than one look; what rPh holds is how a word is said. */
static void string_node(struct reader *x, int type, struct str name) {
        int depth = xmlTextReaderDepth(x->xml);
        if (x->skipped && depth > x->skipped)
                return;
        x->skipped = 0;
        bool empty = type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(x->xml);
        if (type == XML_READER_TYPE_ELEMENT && str_eq(name, S("rPh"))) {
                x->skipped = empty ? 0 : depth;
        } else if (is_text(type)) {
                add_text(x);
        } else if (str_eq(name, S("si"))) {
                if (type == XML_READER_TYPE_END_ELEMENT || empty) {
                        *vec_push(x->a, &x->strings) = empty ? S("") : x->text;
                        if (x->strings.n > SHEET_STRINGS_MAX)
                                x->why = TOO_MANY;
                }
                x->text = S("");
        }
}

/* "C5" -> 5, 3. False for another text. */
static bool place_of(struct str ref, int *row, int *column) {
        size_t i = 0;
        int64_t number;
        for (*column = 0; i < ref.n && i < 3 && ref.p[i] >= 'A' && ref.p[i] <= 'Z'; i++)
                *column = *column * 26 + ref.p[i] - 'A' + 1;
        if (i == 0 || ref.n - i > 7 || !str_to_i64(str_sub(ref, i, ref.n), &number) || number < 1)
                return false;
        *row = (int) number;
        return true;
}

static void cell_begins(struct reader *x) {
        struct str ref = attribute(x, "r"), type = attribute(x, "t");
        int row = x->row, column = x->column + 1;
        if (ref.p && !place_of(ref, &row, &column))
                x->why = BROKEN;
        else if (row < x->row || (row == x->row && column <= x->column))
                x->why = BROKEN;        /* out of order, or twice */
        else if (row > SHEET_ROWS_MAX)
                x->why = TOO_MANY;
        x->row = row;
        x->column = column;
        x->cell = (struct sheet_cell) { .row = row, .column = column };
        x->text = S("");
        snprintf(x->type, sizeof x->type, "%.*s", type.p ? (int) (type.n < 11 ? type.n : 11) : 1, type.p ? type.p : "n");
}

static void cell_ends(struct reader *x) {
        struct str type = str_of(x->type), text = x->text;
        struct sheet_cell *c = &x->cell;
        int64_t at;
        if (c->kind == SHEET_FORMULA) {
                c->text = S("");
        } else if (str_eq(type, S("s"))) {
                if (!str_to_i64(text, &at) || at < 0 || (size_t) at >= x->strings.n) {
                        if (text.n)
                                x->why = BROKEN;
                        return;
                }
                c->text = x->strings.v[at];
        } else if (str_eq(type, S("n")) || str_eq(type, S(""))) {
                c->kind = SHEET_NUMBER;
                c->text = str_trim(text);
        } else if (str_eq(type, S("inlineStr")) || str_eq(type, S("str")) || str_eq(type, S("d"))) {
                c->text = text;
        } else {
                c->kind = SHEET_OTHER;
        }
        if (c->kind != SHEET_FORMULA && c->kind != SHEET_OTHER && str_trim(c->text).n == 0)
                return;                 /* a cell with a colour only */
        if (c->column > SHEET_COLUMNS_MAX)
                x->why = TOO_MANY;
        *vec_push(x->a, x->sheet) = *c;
}

static void sheet_node(struct reader *x, int type, struct str name) {
        bool begins = type == XML_READER_TYPE_ELEMENT, empty = begins && xmlTextReaderIsEmptyElement(x->xml);
        if (begins && str_eq(name, S("row"))) {
                struct str r = attribute(x, "r");
                int64_t row = x->row + 1;
                if ((r.p && !str_to_i64(r, &row)) || row <= x->row)
                        x->why = BROKEN;
                else if (row > 1 << 20)
                        x->why = TOO_MANY;
                x->row = (int) row;
                x->column = 0;
        } else if (begins && str_eq(name, S("c"))) {
                cell_begins(x);
                if (empty)
                        x->cell.row = 0;
        } else if (begins && str_eq(name, S("f"))) {
                x->cell.kind = SHEET_FORMULA;
        } else if (is_text(type) && x->cell.row && x->cell.kind != SHEET_FORMULA) {
                add_text(x);
        } else if (type == XML_READER_TYPE_END_ELEMENT && str_eq(name, S("c")) && x->cell.row) {
                cell_ends(x);
                x->cell.row = 0;
        }
}

/* The relation of the first worksheet in the workbook, and then the part it points at; in x->text. */
static void workbook_node(struct reader *x, int type, struct str name) {
        if (type == XML_READER_TYPE_ELEMENT && str_eq(name, S("sheet")) && x->text.n == 0)
                x->text = attribute(x, "r:id");
}

static void relation_node(struct reader *x, int type, struct str name) {
        if (type == XML_READER_TYPE_ELEMENT && str_eq(name, S("Relationship")) && str_eq(attribute(x, "Id"), str_of(x->reference)))
                x->text = attribute(x, "Target");
}

/* Other files that are ZIP archives. */
static struct str other_kind(struct pack *p, struct arena *a) {
        struct str bytes;
        if (pack_part(p, a, S("xl/workbook.xml"), &bytes) != ERR_NOT_FOUND)
                return S("");
        return pack_part(p, a, S("content.xml"), &bytes) != ERR_NOT_FOUND ? S("Dit is een OpenDocument-bestand (.ods). Sla het op als .xlsx.")
                                                                          : S("Dit is een ZIP-bestand, geen Excel-bestand. Pak het uit en stuur het Excel- of CSV-bestand.");
}

static enum err part(struct pack *p, struct reader *x, struct str name, struct str *ret) {
        enum err e = pack_part(p, x->a, name, ret);
        if (e != OK)
                x->why = BROKEN;
        return e;
}

static bool find_first(struct pack *p, struct reader *x, struct str *name) {
        struct str bytes;
        if (part(p, x, S("xl/workbook.xml"), &bytes) != OK || !walk(x, bytes, workbook_node))
                return false;
        x->reference = str_z(x->a, x->text);
        x->text = S("");
        if (part(p, x, S("xl/_rels/workbook.xml.rels"), &bytes) != OK || !walk(x, bytes, relation_node))
                return false;
        *name = str_starts(x->text, S("/")) ? str_sub(x->text, 1, x->text.n) : str_fmt(x->a, "xl/%.*s", STR(x->text));
        x->text = S("");
        return true;
}

enum err sheet_read(struct arena *a, struct str bytes, struct sheet *ret, struct str *why) {
        _cleanup_(pack_close) struct pack *p = NULL;
        struct reader x = { .a = a, .sheet = ret, .text = S(""), .why = S("") };
        struct str name, strings, cells;
        *ret = (struct sheet) { 0 };
        enum err e = pack_open(a, bytes, &p, why);
        if (e != OK)
                return e;
        x.why = other_kind(p, a);
        if (x.why.n == 0 && find_first(p, &x, &name) && part(p, &x, name, &cells) == OK) {
                e = pack_part(p, a, S("xl/sharedStrings.xml"), &strings);
                if (e == OK)
                        walk(&x, strings, string_node);
                else if (e != ERR_NOT_FOUND)
                        x.why = BROKEN;
                x.text = S("");
                if (x.why.n == 0)
                        walk(&x, cells, sheet_node);
        }
        *why = x.why;
        return x.why.n ? ERR_INVALID : OK;
}

struct str sheet_place(struct arena *a, int row, int column) {
        return str_fmt(a, "%c%d", 'A' + column - 1, row);
}
