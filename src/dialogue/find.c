/* find.c - questions as the search index reads them. */
#include "internal.h"
#include "markdown.h"

#define AT_ONCE 100

enum err dialogue_text_of(struct db *db, struct arena *a, int64_t question_id, struct dialogue_text *ret) {
        struct post question, answer;
        struct topic item;
        bool found = false, answered = false;
        enum err e = post_get(db, a, question_id, &question, &found);
        bool shown = e == OK && found && str_eq(question.kind, S("vraag")) && str_eq(question.state, S("visible")) && question.accepted_id.is_set;
        if (shown)
                e = post_get(db, a, question.accepted_id.v, &answer, &answered);
        if (e == OK && !answered)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = topic_by_id(db, a, question.item_id, &item);
        if (e == OK)
                *ret = (struct dialogue_text) { str_fmt(a, "%lld", (long long) question_id), question.title, item.title,
                        str_fmt(a, "%.*s\n%.*s", STR(markdown_plain(a, question.body)), STR(markdown_plain(a, answer.body))) };
        return e;
}

/* A changed answer changes its question. */
enum err dialogue_index(struct req *rq, const struct post *p) {
        const struct site *site = rq->app;
        bool asked = str_eq(p->kind, S("vraag"));
        if (!site->reindex || (!asked && !p->question_id.is_set))
                return OK;
        return site->reindex(rq, S("vraag"), asked ? p->id : p->question_id.v);
}

enum err dialogue_each(struct db *db, enum err (*each)(void *arg, const struct dialogue_text *t), void *arg) {
        struct arena a = { 0 };
        struct questions_answered_row_list rows;
        int64_t after = 0;
        enum err e = OK;
        do {
                e = questions_answered(db, &a, after, AT_ONCE, &rows);
                for (size_t i = 0; e == OK && i < rows.n; i++) {
                        struct dialogue_text t;
                        e = dialogue_text_of(db, &a, rows.v[i].id, &t);
                        if (e == OK)
                                e = each(arg, &t);
                        after = rows.v[i].id;
                }
                arena_reset(&a);
        } while (e == OK && rows.n == AT_ONCE);
        arena_done(&a);
        return e;
}
