/* find.c - questions as the search index reads them. */
#include "internal.h"
#include "markdown.h"
#include "search.h"

#define AT_ONCE 100

/* *SHOWN is false when it does not belong in the index. */
static enum err entry_of(struct db *db, struct arena *a, int64_t question_id, struct search_entry *ret, bool *shown) {
        struct post question, answer;
        struct topic item;
        bool answered = false;
        enum err e = post_get(db, a, question_id, &question, shown);
        *shown = e == OK && *shown && str_eq(question.state, S("visible")) && question.accepted_id.is_set;
        if (*shown)
                e = post_get(db, a, question.accepted_id.v, &answer, &answered);
        *shown = *shown && answered;
        if (e != OK || !*shown)
                return e;
        e = topic_by_id(db, a, question.item_id, &item);
        *ret = (struct search_entry) {
                .kind = S("vraag"), .ref = str_fmt(a, "%lld", (long long) question_id), .title = question.title, .label = item.title, .summary = S(""),
                .body = str_fmt(a, "%.*s\n%.*s", STR(markdown_plain(a, question.body)), STR(markdown_plain(a, answer.body))), .also = S(""),
                .facets = S("") };
        return e;
}

/* A changed answer changes its question. */
enum err dialogue_index(struct req *rq, const struct post *p) {
        const struct site *site = rq->app;
        struct search_entry entry;
        bool shown = false, asked = str_eq(p->kind, S("vraag"));
        int64_t id = asked ? p->id : p->question_id.v;
        if (!site->analyser || (!asked && !p->question_id.is_set))
                return OK;
        enum err e = entry_of(rq->db, rq->arena, id, &entry, &shown);
        if (e != OK)
                return e;
        return shown ? search_update(rq->db, rq->arena, site->analyser, &entry)
                     : search_remove(rq->db, rq->arena, site->analyser, S("vraag"), str_fmt(rq->arena, "%lld", (long long) id));
}

enum err dialogue_each(struct db *db, enum err (*each)(void *arg, const struct search_entry *entry), void *arg) {
        struct arena a = { 0 };
        struct questions_answered_row_list rows;
        int64_t after = 0;
        enum err e = OK;
        size_t n = 0;
        do {
                e = questions_answered(db, &a, after, AT_ONCE, &rows);
                n = e == OK ? rows.n : 0;
                for (size_t i = 0; e == OK && i < n; i++) {
                        struct search_entry entry;
                        bool shown = false;
                        after = rows.v[i].id;
                        e = entry_of(db, &a, after, &entry, &shown);
                        if (e == OK && shown)
                                e = each(arg, &entry);
                }
                arena_reset(&a);
        } while (e == OK && n == AT_ONCE);
        arena_done(&a);
        return e;
}
