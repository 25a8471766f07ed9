/* find.c - questions as the search index reads them. */
#include "internal.h"
#include "markdown.h"

#define AT_ONCE 100

static enum err text_of(struct db *db, struct arena *a, int64_t id, struct dialogue_text *ret) {
        struct post question, answer;
        struct topic item;
        bool found = false, answered = false;
        enum err e = post_get(db, a, id, &question, &found);
        if (e == OK && found)
                e = post_get(db, a, question.accepted_id.v, &answer, &answered);
        if (e == OK && !(found && answered))
                return ERR_NOT_FOUND;
        if (e == OK)
                e = topic_by_id(db, a, question.item_id, &item);
        if (e == OK)
                *ret = (struct dialogue_text) { question_ref(a, id, question.title), question.title, item.title,
                        str_fmt(a, "%.*s\n%.*s", STR(markdown_plain(a, question.body)), STR(markdown_plain(a, answer.body))) };
        return e;
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
                        e = text_of(db, &a, rows.v[i].id, &t);
                        if (e == OK)
                                e = each(arg, &t);
                        after = rows.v[i].id;
                }
                arena_reset(&a);
        } while (e == OK && rows.n == AT_ONCE);
        arena_done(&a);
        return e;
}
