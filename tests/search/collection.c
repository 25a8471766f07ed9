#include "collection.h"
#include <stdlib.h>
#include <sys/stat.h>
#include "err.h"
#include "file.h"
#include "front.h"
#include "lists.h"
#include "markdown.h"

#define FILE_MAX ((size_t) 256 << 20)
#define COLUMNS_MAX 16

/* A line cut at its tabs, and the names of the columns. */
struct table {
        struct str rest, names[COLUMNS_MAX], cells[COLUMNS_MAX];
        size_t columns;
};

static size_t cut(struct str line, struct str cells[COLUMNS_MAX]) {
        size_t n = 0;
        while (n < COLUMNS_MAX && str_split(&line, '\t', &cells[n]))
                n++;
        for (size_t i = n; i < COLUMNS_MAX; i++)
                cells[i] = S("");
        return n;
}

static enum err table_open(struct arena *a, struct str path, struct table *t) {
        struct str line;
        enum err e = file_read(a, path, FILE_MAX, &t->rest);
        if (e != OK)
                return err_log(e, "read %.*s", STR(path));
        if (!str_split(&t->rest, '\n', &line))
                return err_log(ERR_INVALID, "%.*s is empty", STR(path));
        t->columns = cut(str_trim(line), t->names);
        return OK;
}

static bool table_next(struct table *t) {
        struct str line;
        while (str_split(&t->rest, '\n', &line)) {
                if (line.n && line.p[line.n - 1] == '\r')
                        line.n--;
                if (line.n) {
                        cut(line, t->cells);
                        return true;
                }
        }
        return false;
}

/* The column NAME, or COLUMNS_MAX. */
static size_t column(const struct table *t, const char *name) {
        for (size_t i = 0; i < t->columns; i++)
                if (str_eq(t->names[i], str_of(name)))
                        return i;
        return COLUMNS_MAX;
}

static struct str cell(const struct table *t, size_t column) {
        return column < COLUMNS_MAX ? t->cells[column] : S("");
}

static enum err docs_of_table(struct arena *a, struct str path, bool body_only, struct collection *c) {
        struct table t;
        enum err e = table_open(a, path, &t);
        if (e != OK)
                return e;
        size_t id = column(&t, "doc_id"), title = column(&t, "kop"), label = column(&t, "wet"),
               summary = column(&t, "samenvatting"), body = column(&t, "tekst");
        if (id == COLUMNS_MAX || body == COLUMNS_MAX)
                return err_log(ERR_INVALID, "%.*s has no columns doc_id and tekst", STR(path));
        while (table_next(&t)) {
                struct document *d = vec_push(a, &c->docs);
                *d = (struct document) { cell(&t, id), S(""), S(""), S(""), cell(&t, body) };
                if (!body_only) {
                        d->title = cell(&t, title);
                        d->label = cell(&t, label);
                        d->summary = cell(&t, summary);
                }
        }
        return OK;
}

static struct str value(const struct front *f, const char *key) {
        const struct front_pair *p = front_get(f, str_of(key));
        return p ? p->value : S("");
}

static enum err add_item(struct arena *a, struct str folder, struct str slug, bool body_only, struct collection *c) {
        struct str source, path = str_fmt(a, "%.*s/%.*s.md", STR(folder), STR(slug)), body = S("");
        struct text_error why;
        struct front f;
        enum err e = file_read(a, path, FRONT_SOURCE_MAX, &source);
        if (e == OK)
                e = front_parse(a, source, &why, &f);
        if (e != OK)
                return err_log(e, "read %.*s", STR(path));
        for (size_t i = 0; i < f.n_sections; i++)
                body = str_fmt(a, "%.*s %.*s", STR(body), STR(markdown_plain(a, f.sections[i].body)));
        *vec_push(a, &c->docs) = body_only ? (struct document) { slug, S(""), S(""), S(""), body }
                                           : (struct document) { slug, value(&f, "titel"), value(&f, "soort"), value(&f, "samenvatting"), body };
        return OK;
}

static enum err docs_of_folder(struct arena *a, struct str path, struct str only, bool body_only, struct collection *c) {
        struct str list, slug;
        struct str_list files;
        enum err e = OK;
        if (only.n) {
                e = list_read(a, str_z(a, only), FILE_MAX, &list);
                while (e == OK && list_line(&list, &slug))
                        e = add_item(a, path, slug, body_only, c);
                return e;
        }
        e = file_list(a, path, S(".md"), &files);
        for (size_t i = 0; e == OK && i < files.n; i++)
                e = add_item(a, path, str_sub(files.v[i], 0, files.v[i].n - 3), body_only, c);
        return e;
}

enum err collection_docs(struct arena *a, struct str path, struct str only, bool body_only, struct collection *c) {
        struct stat st;
        bool folder = stat(str_z(a, path), &st) == 0 && S_ISDIR(st.st_mode);
        enum err e = folder ? docs_of_folder(a, path, only, body_only, c) : docs_of_table(a, path, body_only, c);
        for (size_t i = 0; e == OK && i < c->docs.n; i++)
                map_put(a, &c->places, c->docs.v[i].id, &c->docs.v[i]);
        return e;
}

static struct question *question(struct arena *a, struct collection *c, struct str id) {
        for (size_t i = c->questions.n; i-- > 0;)
                if (str_eq(c->questions.v[i].id, id))
                        return &c->questions.v[i];
        struct question *q = vec_push(a, &c->questions);
        q->id = id;
        q->text = S("");
        return q;
}

enum err collection_questions(struct arena *a, struct str path, struct collection *c) {
        struct table t;
        enum err e = table_open(a, path, &t);
        if (e != OK)
                return e;
        size_t id = column(&t, "query_id"), text = column(&t, "query"), part = column(&t, "deel"), doc = column(&t, "doc_id"),
               grade = column(&t, "relevantie");
        if (id == COLUMNS_MAX || (text == COLUMNS_MAX && doc == COLUMNS_MAX))
                return err_log(ERR_INVALID, "%.*s has no columns query_id and query or doc_id", STR(path));
        while (table_next(&t)) {
                struct question *q = question(a, c, cell(&t, id));
                if (text < COLUMNS_MAX)
                        q->text = cell(&t, text);
                if (str_eq(cell(&t, part), S("toets")))
                        q->held_out = true;
                if (doc == COLUMNS_MAX)
                        continue;
                const struct document *d = map_get(&c->places, cell(&t, doc));
                int64_t g = 1;
                if (grade < COLUMNS_MAX && !str_to_i64(cell(&t, grade), &g))
                        return err_log(ERR_INVALID, "%.*s: no number in relevantie", STR(path));
                if (!d)
                        c->unknown++;
                else if (g > 0)
                        *vec_push(a, &q->judged) = (struct judgement) { (uint32_t) (d - c->docs.v), (int) g };
        }
        return OK;
}

void collection_finish(struct collection *c) {
        size_t kept = 0;
        bool told = false;
        for (size_t i = 0; i < c->questions.n; i++)
                if (c->questions.v[i].judged.n && c->questions.v[i].text.n)
                        c->questions.v[kept++] = c->questions.v[i];
        c->questions.n = kept;
        for (size_t i = 0; i < kept; i++)
                told = told || c->questions.v[i].held_out;
        for (size_t i = 2; !told && i < kept; i += 3)
                c->questions.v[i].held_out = true;
}
