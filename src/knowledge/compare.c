/* compare.c - /kennis/vergelijken: two to four approaches side by side, or what to choose first. */
#include "buf.h"
#include "compare.tmpl.h"
#include "html.h"
#include "knowledge.h"
#include "page.h"
#include "views.h"
#include "write.h"

#define CANDIDATES 12
#define NEEDS_MAX 320           /* bytes of what one needs; the rest stands on its page */

const struct field compare_fields[] = { { .name = "aanpak", .type = FIELD_CODE, .max = 200, .many = true }, { 0 } };

bool knowledge_is_chosen(const struct knowledge_choice *c, struct str slug) {
        for (size_t i = 0; i < c->n; i++)
                if (str_eq(c->v[i], slug))
                        return true;
        return false;
}

struct knowledge_choice compare_choice(struct req *rq) {
        struct str *given;
        size_t n = req_many(rq, "aanpak", &given);
        struct knowledge_choice c = { arena_many(rq->arena, struct str, n + 1), 0 };
        for (size_t i = 0; i < n; i++)
                if (given[i].n && !knowledge_is_chosen(&c, given[i]))
                        c.v[c.n++] = given[i];
        return c;
}

/* The first words of TEXT, to the end of a sentence or else of a word. */
static struct str start_of(struct arena *a, struct str text) {
        size_t n = text.n < NEEDS_MAX ? text.n : NEEDS_MAX, space = n, stop = 0;
        if (n == text.n)
                return text;
        while (space > 0 && text.p[space] != ' ' && text.p[space] != '\n')
                space--;
        for (size_t i = NEEDS_MAX / 2; i < space; i++)
                if (text.p[i] == '.' || text.p[i] == ';' || text.p[i] == '\n')
                        stop = i + 1;
        return stop ? str_trim(str_sub(text, 0, stop)) : str_fmt(a, "%.*s …", STR(str_sub(text, 0, space)));
}

static struct str strongest_design(const struct item_studies_row_list *studies) {
        for (const struct study_design *d = study_designs; d->code.n; d++)
                for (size_t i = 0; i < studies->n; i++)
                        if (str_eq(studies->v[i].design, d->code))
                                return d->label;
        return S("");
}

static enum err fill_column(struct req *rq, struct compared *c) {
        struct section_plain_row needs = { S("") };
        bool found;
        enum err e = item_fill(rq, &c->v);
        if (e == OK)
                e = section_plain(rq->db, rq->arena, c->v.item.id, S("wat-heb-je-nodig"), &needs, &found);
        c->targets = item_labels(rq->arena, &c->v, "doelgroep");
        c->phases = item_labels(rq->arena, &c->v, "fase");
        c->needs = e == OK && found ? start_of(rq->arena, needs.plain) : S("");
        c->strongest = strongest_design(&c->v.studies);
        return e;
}

/* Finds out what an address stands for; an approach becomes a column, or a candidate when there are too many. */
static enum err add_chosen(struct req *rq, struct compare_view *v, struct str slug) {
        struct item_view item = { 0 };
        struct card_row card;
        struct arena *a = rq->arena;
        bool found;
        enum err e = item_by_slug(rq->db, a, slug, &item.item, &found);
        if (e == OK && !found) {
                enum err former = knowledge_today(rq->db, a, &slug);
                e = former == OK ? item_by_slug(rq->db, a, slug, &item.item, &found) : former == ERR_NOT_FOUND ? OK : former;
        }
        if (e != OK)
                return e;
        if (!found)
                *vec_push(a, &v->unknown) = slug;
        else if (!str_eq(item.item.state, S("published")))
                *vec_push(a, &v->withdrawn) = item.item.title;
        else if (!item_is_approach(item.item.kind))
                *vec_push(a, &v->others) = item.item.title;
        else {
                if (v->chosen < COMPARE_MAX)
                        v->item[v->chosen].v = item;
                v->chosen++;
                e = card_by_id(rq->db, a, item.item.id, &card);
                if (e == OK)
                        *vec_push(a, &v->candidates) = knowledge_card_of(&card);
        }
        return e;
}

static void add_candidates(struct req *rq, struct compare_view *v, const struct knowledge_cards *more) {
        for (size_t i = 0; i < more->n && v->candidates.n < CANDIDATES; i++) {
                bool there = !more->v[i].is_approach;
                for (size_t k = 0; k < v->candidates.n; k++)
                        there = there || str_eq(v->candidates.v[k].slug, more->v[i].slug);
                if (!there)
                        *vec_push(rq->arena, &v->candidates) = more->v[i];
        }
}

/* What is alike, and then what is used most. */
static enum err fill_candidates(struct req *rq, struct compare_view *v) {
        struct knowledge_cards most;
        for (size_t i = 0; i < v->chosen && i < COMPARE_MAX; i++) {
                struct card_row_list rows;
                struct knowledge_cards cards;
                enum err e = related_cards(rq->db, rq->arena, v->item[i].v.item.id, &rows);
                if (e != OK)
                        return e;
                knowledge_cards_of(rq->arena, &rows, &cards);
                add_candidates(rq, v, &cards);
        }
        enum err e = knowledge_most_used(rq->db, rq->arena, CANDIDATES, &most);
        if (e == OK)
                add_candidates(rq, v, &most);
        return e;
}

static enum err compare_fill(struct req *rq, struct compare_view *v) {
        enum err e = OK;
        v->choice = compare_choice(rq);
        for (size_t i = 0; e == OK && i < v->choice.n; i++)
                e = add_chosen(rq, v, v->choice.v[i]);
        if (e == OK)
                e = fill_candidates(rq, v);
        v->n = v->chosen >= COMPARE_MIN && v->chosen <= COMPARE_MAX ? v->chosen : 0;
        for (size_t i = 0; e == OK && i < v->n; i++)
                e = fill_column(rq, &v->item[i]);
        return e;
}

/* The list, with the approaches that are there already. */
static struct str list_again(struct req *rq, const struct compare_view *v) {
        _cleanup_(buf_done) struct buf b = { 0 };
        html_lit(&b, "/kennis");
        for (size_t i = 0; i < v->chosen && i < COMPARE_MAX; i++)
                buf_fmt(&b, "%caanpak=%.*s", i ? '&' : '?', STR(v->item[i].v.item.slug));
        return str_dup(rq->arena, buf_view(&b));
}

enum err compare_get(struct req *rq, struct resp *rs) {
        struct compare_view v = { 0 };
        enum err e = compare_fill(rq, &v);
        if (e != OK)
                return e;
        v.again = list_again(rq, &v);
        struct page p = page_new(rq, rs, S("Aanpakken vergelijken"), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, p.title, rq->path);
        compare_page(&p, &v);
        return page_done(&p);
}
