/* describe.c - what items and terms are, for search engines (schema.org) and for who refers to them. */
#include "clock.h"
#include "front.h"
#include "json.h"
#include "page.h"
#include "views.h"
#include "write.h"

#define DATA_MAX ((size_t) 16 * 1024)

static struct json_data finish(struct req *rq, struct buf *b) {
        struct json_data data = { b->full ? S("") : str_dup(rq->arena, buf_view(b)) };
        buf_done(b);
        return data;
}

static void begin(struct req *rq, struct json *j, const char *type) {
        json_object(j, NULL);
        json_str(j, "@context", S("https://schema.org"));
        json_str(j, "@type", str_of(type));
        json_str(j, "url", page_address(rq, rq->path));
        json_str(j, "inLanguage", S("nl"));
}

static void organisation(struct req *rq, struct json *j, const char *key) {
        json_object(j, key);
        json_str(j, "@type", S("Organization"));
        json_str(j, "name", S("Schouders"));
        json_str(j, "url", page_address(rq, S("/")));
        json_end_object(j);
}

struct str item_data_write(struct arena *a, const struct item_text *t, const struct known_terms *terms, int64_t version) {
        _cleanup_(buf_done) struct buf b = { .max = DATA_MAX };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        json_str(&j, "headline", t->title);
        json_str(&j, "description", t->summary);
        json_str(&j, "dateModified", t->updated_on);
        json_i64(&j, "version", version);
        json_array(&j, "keywords");
        for (size_t i = 0; i < terms->n; i++)
                if (!str_eq(terms->v[i]->list, S("cijfer")))
                        json_str(&j, NULL, terms->v[i]->label);
        json_end_array(&j);
        json_end_object(&j);
        return b.full ? S("") : str_dup(a, str_sub(buf_view(&b), 1, b.n - 2));
}

/* Addresses are of the installation; the rest was written out when the text was published. */
struct json_data item_data(struct req *rq, const struct item_view *v) {
        struct buf b = { .max = 2 * DATA_MAX };
        struct json j = { .out = &b };
        if (v->item.data.n == 0)
                return (struct json_data) { S("") };
        begin(rq, &j, "Article");
        buf_char(&b, ',');
        buf_str(&b, v->item.data);
        organisation(rq, &j, "author");
        organisation(rq, &j, "publisher");
        json_end_object(&j);
        return finish(rq, &b);
}

struct json_data glossary_data(struct req *rq, const struct glossary_by_slug_row *t) {
        struct front_parts names = front_split(rq->arena, t->also, ',');
        struct buf b = { .max = DATA_MAX };
        struct json j = { .out = &b };
        begin(rq, &j, "DefinedTerm");
        json_str(&j, "name", t->title);
        json_str(&j, "description", t->meaning);
        if (names.n) {
                json_array(&j, "alternateName");
                for (size_t i = 0; i < names.n; i++)
                        json_str(&j, NULL, names.v[i]);
                json_end_array(&j);
        }
        json_object(&j, "inDefinedTermSet");
        json_str(&j, "@type", S("DefinedTermSet"));
        json_str(&j, "name", S("Begrippen uit de schuldhulp"));
        json_str(&j, "url", page_address(rq, S("/begrippen")));
        json_end_object(&j);
        json_end_object(&j);
        return finish(rq, &b);
}

/* After APA: who, when, what, which version, where. */
struct str item_citation(struct req *rq, const struct item_view *v) {
        struct str day = clock_dutch_date(rq->arena, v->item.updated_on), year = str_sub(v->item.updated_on, 0, 4);
        struct str path = str_fmt(rq->arena, "/kennis/%.*s", STR(v->item.slug));
        return str_fmt(rq->arena, "Schouders. (%.*s, %.*s). %.*s (versie %d). %.*s", STR(year),
                       STR(str_trim(str_sub(day, 0, day.n - year.n))), STR(v->item.title), (int) v->item.number, STR(page_address(rq, path)));
}
