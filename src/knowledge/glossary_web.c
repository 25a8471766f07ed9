/* glossary_web.c - /begrippen and /begrippen/{slug}. */
#include "glossary.tmpl.h"
#include "knowledge.h"
#include "page.h"
#include "views.h"
#include "write.h"

struct str glossary_letter(struct str letter) {
        static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        bool is_letter = letter.n == 1 && letter.p[0] >= 'a' && letter.p[0] <= 'z';
        return is_letter ? (struct str) { capitals + (letter.p[0] - 'a'), 1 } : S("0-9");
}

enum err glossary_get(struct req *rq, struct resp *rs) {
        struct glossary_view v = { .letter = req_text(rq, "letter") };
        enum err e = glossary_letters(rq->db, rq->arena, &v.letters);
        if (e == OK)
                e = v.letter.n ? glossary_of_letter(rq->db, rq->arena, v.letter, &v.terms) : glossary_list(rq->db, rq->arena, &v.terms);
        if (e == OK && v.letter.n && v.terms.n == 0)
                e = ERR_NOT_FOUND;
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Begrippen"), SECTION_KNOWLEDGE);
        p.description = S("Woorden uit de schuldhulp, uitgelegd in gewone taal.");
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, S("Begrippen"), S("/begrippen"));
        glossary_list_page(&p, &v);
        return page_done(&p);
}

static enum err term_load(struct req *rq, struct glossary_term_view *v) {
        struct glossary_cards_row_list cards;
        struct db *db = rq->db;
        struct arena *a = rq->arena;
        bool found;
        enum err e = glossary_by_slug(db, a, rq->param[0], &v->term, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = glossary_sources(db, a, v->term.slug, &v->sources);
        if (e == OK)
                e = glossary_see_also(db, a, v->term.slug, &v->see);
        if (e == OK)
                e = glossary_cards(db, a, v->term.slug, &cards);
        for (size_t i = 0; e == OK && i < cards.n; i++) {
                const struct glossary_cards_row *r = &cards.v[i];
                *vec_push(a, &v->items) = (struct knowledge_card) { r->slug, r->title, r->summary, r->kind_label, r->phase_labels, r->uses,
                                                                 item_is_approach(r->kind) };
        }
        return e;
}

enum err glossary_term_get(struct req *rq, struct resp *rs) {
        struct glossary_term_view v = { 0 };
        enum err e = term_load(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, v.term.title, SECTION_KNOWLEDGE);
        p.description = v.term.meaning;
        p.canonical = page_address(rq, rq->path);
        p.data = glossary_data(rq, &v.term);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, S("Begrippen"), S("/begrippen"));
        page_crumb(&p, v.term.title, rq->path);
        glossary_term_page(&p, &v);
        return page_done(&p);
}
