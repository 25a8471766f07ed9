/* web.c - /gemeenten: the list, by province or by name. The page of one municipality is programme's. */
#include "list.tmpl.h"
#include "network_web.h"
#include "page.h"
#include "utf8.h"
#include "views.h"

static bool is_letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char) c >= 0x80;
}

static bool begins_a_word(struct str name, struct str word) {
        for (size_t i = 0; i + word.n <= name.n; i++)
                if ((i == 0 || !is_letter(name.p[i - 1])) && str_starts(str_sub(name, i, name.n), word))
                        return true;
        return false;
}

/* Does every word of the folded QUESTION begin a word of the folded NAME? */
static bool name_matches(struct str name, struct str question) {
        for (size_t i = 0; i < question.n;) {
                while (i < question.n && !is_letter(question.p[i]))
                        i++;
                size_t from = i;
                while (i < question.n && is_letter(question.p[i]))
                        i++;
                if (i > from && !begins_a_word(name, str_sub(question, from, i - from)))
                        return false;
        }
        return true;
}

struct finder {
        struct req *rq;
        struct str folded;              /* the question; "" for all */
        struct aliases_all_row_list aliases;
};

static bool found(const struct finder *f, int64_t id, struct str name) {
        if (f->folded.n == 0)
                return true;
        if (name_matches(utf8_fold(f->rq->arena, name), f->folded))
                return true;
        for (size_t i = 0; i < f->aliases.n; i++)
                if (f->aliases.v[i].municipality_id == id && name_matches(f->aliases.v[i].alias, f->folded))
                        return true;
        return false;
}

static enum err fill_current(const struct finder *f, struct list_view *v) {
        struct arena *a = f->rq->arena;
        struct municipality_current_list rows;
        struct provinces_row_list provinces_rows;
        enum err e = municipalities_current(f->rq->db, a, v->year, &rows);
        if (e == OK)
                e = provinces(f->rq->db, a, &provinces_rows);
        for (size_t i = 0; e == OK && i < provinces_rows.n; i++)
                *vec_push(a, &v->provinces) = (struct province_view) { .name = provinces_rows.v[i].province };
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct municipality_current *m = &rows.v[i];
                if (!found(f, m->id, m->name))
                        continue;
                struct place place = { m->name, m->slug, m->inhabitants };
                v->total++;
                *vec_push(a, &v->found) = place;
                for (size_t k = 0; k < v->provinces.n; k++)
                        if (str_eq(v->provinces.v[k].name, m->province))
                                *vec_push(a, &v->provinces.v[k].places) = place;
        }
        return e;
}

static enum err fill_former(const struct finder *f, struct list_view *v) {
        struct arena *a = f->rq->arena;
        struct municipality_list ended;
        struct changes_all_row_list changes;
        enum err e = municipalities_ended(f->rq->db, a, &ended);
        if (e == OK)
                e = changes_all(f->rq->db, a, &changes);
        for (size_t i = 0; e == OK && i < ended.n; i++) {
                const struct municipality *m = &ended.v[i];
                if (!found(f, m->id, m->name))
                        continue;
                struct former_view *w = vec_push(a, &v->former);
                *w = (struct former_view) { .name = m->name, .slug = m->slug, .changed_on = m->ends_on };
                for (size_t k = 0; k < changes.n; k++)
                        if (changes.v[k].from_id == m->id)
                                *vec_push(a, &w->into) = (struct place) { .name = changes.v[k].name, .slug = changes.v[k].slug };
                v->total += f->folded.n > 0;
        }
        return e;
}

static const struct field list_fields[] = { { .name = "q", .type = FIELD_TEXT, .max = 80 }, { 0 } };

static enum err list_get(struct req *rq, struct resp *rs) {
        struct list_view v = { .query = req_text(rq, "q") };
        struct finder f = { .rq = rq, .folded = utf8_fold(rq->arena, v.query) };
        enum err e = network_current_year(rq->db, rq->arena, &v.year);
        if (e == OK)
                e = aliases_all(rq->db, rq->arena, &f.aliases);
        if (e == OK)
                e = fill_current(&f, &v);
        if (e == OK)
                e = fill_former(&f, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Gemeenten"), SECTION_MUNICIPALITIES);
        page_crumb(&p, S("Gemeenten"), S("/gemeenten"));
        municipalities_page(&p, &v);
        return page_done(&p);
}

const struct route network_routes[] = {
        { GET, "/gemeenten", ACCESS_PUBLIC, list_get, list_fields },
        { 0 },
};
