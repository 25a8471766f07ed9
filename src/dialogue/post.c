/* post.c - writing, changing, taking back, accepting and reporting. */
#include "internal.h"

static struct str trail_state(struct arena *a, struct str state) {
        return str_fmt(a, "{\"state\":\"%.*s\"}", STR(state));
}

static enum err trail(struct req *rq, const char *action, int64_t id, struct str before, struct str after) {
        return people_trail(rq, action, "post", id, (struct opt_i64) { 0 }, before, after);
}

enum err post_find(struct req *rq, int64_t id, struct post *ret) {
        bool found = false;
        enum err e = post_get(rq->db, rq->arena, id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err post_write(struct req *rq, const struct topic *item, struct str kind, const struct post *question,
                    const struct post_form *f, struct str html, const struct standing *s, int64_t *id) {
        bool waits = s->trust->waits;
        *id = 0;
        enum err e = post_add(rq->db, item->id, kind, question ? opt_i64(question->id) : (struct opt_i64) { 0 }, f->title, f->body, f->needed,
                              f->result, html, f->organisation, f->size, f->again, f->offer, rq->viewer.person_id, f->role, f->mail,
                              waits ? S("waiting") : S("visible"), waits, rq->now_ms, waits ? (struct opt_i64) { 0 } : opt_i64(rq->now_ms),
                              rq->idempotency, id);
        if (e == ERR_CONFLICT)
                return OK;
        return e == OK && question && !waits ? letters_answer(rq, *id) : e;
}

bool post_may_edit(const struct req *rq, const struct post *p) {
        return p->person_id == rq->viewer.person_id && rq->now_ms - p->created_ms < POST_EDIT_MS &&
               (str_eq(p->state, S("visible")) || str_eq(p->state, S("waiting")));
}

bool post_may_withdraw(const struct req *rq, const struct post *p) {
        return p->person_id == rq->viewer.person_id && !str_eq(p->state, S("withdrawn"));
}

bool post_may_accept(const struct req *rq, const struct post *question, const struct post *answer) {
        bool may = question->person_id == rq->viewer.person_id || viewer_may(rq, RIGHT_EDIT);
        return rq->viewer.person_id && may && str_eq(answer->state, S("visible")) && str_eq(question->state, S("visible"));
}

enum err post_accept(struct req *rq, const struct post *question, const struct post *answer) {
        bool was = question->accepted_id.is_set && question->accepted_id.v == answer->id;
        enum err e = question_accept(rq->db, question->id, was ? (struct opt_i64) { 0 } : opt_i64(answer->id));
        if (e == OK)
                e = dialogue_index(rq, question);
        return e == OK ? trail(rq, was ? "post.unaccept" : "post.accept", answer->id, S(""), S("")) : e;
}

/* What is no longer seen cannot be the accepted answer. */
static enum err no_longer_accepted(struct req *rq, const struct post *p) {
        struct post question;
        if (!p->question_id.is_set)
                return OK;
        enum err e = post_find(rq, p->question_id.v, &question);
        if (e == OK && question.accepted_id.is_set && question.accepted_id.v == p->id)
                e = question_accept(rq->db, question.id, (struct opt_i64) { 0 });
        return e;
}

enum err post_take_back(struct req *rq, const struct post *p) {
        enum err e = post_withdraw(rq->db, p->id);
        if (e == OK)
                e = reports_clear(rq->db, p->id);
        if (e == OK)
                e = no_longer_accepted(rq, p);
        if (e == OK)
                e = dialogue_index(rq, p);
        return e == OK ? trail(rq, "post.withdraw", p->id, trail_state(rq->arena, p->state), S("")) : e;
}

/* The writer of a removed post objects in the same way. */
bool post_may_report(const struct req *rq, const struct post *p) {
        bool own = rq->viewer.person_id && p->person_id == rq->viewer.person_id;
        return own ? str_eq(p->state, S("removed")) : str_eq(p->state, S("visible")) || str_eq(p->state, S("hidden"));
}

/* The post leaves the site until a moderator looked when REPORTS_THAT_HIDE people reported it; once looked at, it does not. */
enum err post_report(struct req *rq, const struct post *p, struct str reason, struct str remark) {
        struct reports_about_row_list rows;
        int64_t person = rq->viewer.person_id;
        struct str client = person ? S("") : str_fmt(rq->arena, "%016llx", (unsigned long long) rq->client);
        if (!post_may_report(rq, p))
                return OK;
        enum err e = report_add(rq->db, p->id, person, client, reason, remark, rq->now_ms);
        if (e == OK)
                e = reports_about(rq->db, rq->arena, p->id, &rows);
        if (e != OK)
                return e;
        bool hide = str_eq(p->state, S("visible")) && !p->looked && rows.n >= REPORTS_THAT_HIDE;
        e = post_set_desk(rq->db, p->id, hide ? S("hidden") : p->state);
        if (e == OK && hide)
                e = no_longer_accepted(rq, p);
        if (e == OK && hide)
                e = dialogue_index(rq, p);
        return e == OK && hide ? trail(rq, "post.hide", p->id, S(""), str_fmt(rq->arena, "{\"reports\":%zu}", rows.n)) : e;
}

static enum err decide_thread(struct req *rq, const struct post *p, int64_t stand, bool close) {
        struct question_close_row row;
        bool done = false;
        if (!str_eq(p->kind, S("vraag")) || !p->closed != close)
                return ERR_CONFLICT;
        enum err e = question_close(rq->db, rq->arena, p->id, stand, close, &row, &done);
        if (e == OK && !done)
                return ERR_CONFLICT;
        return e == OK ? trail(rq, close ? "post.close" : "post.open", p->id, S(""), S("")) : e;
}

/* Approving, letting stand and putting back are one thing: others see the post. */
static enum err decide_shown(struct req *rq, const struct post *p, int64_t stand, bool show, struct str reason, struct str remark) {
        struct post_decide_row row;
        bool done = false, first = show && !p->shown_ms.is_set;
        struct opt_i64 shown = first ? opt_i64(rq->now_ms) : p->shown_ms;
        enum err e = post_decide(rq->db, rq->arena, p->id, stand, show ? S("visible") : S("removed"), shown, show ? S("") : reason,
                                 show ? S("") : remark, rq->now_ms, &row, &done);
        if (e == OK && !done)
                return ERR_CONFLICT;
        if (e == OK)
                e = reports_clear(rq->db, p->id);
        if (e == OK && !show)
                e = no_longer_accepted(rq, p);
        if (e == OK && first && p->question_id.is_set)
                e = letters_answer(rq, p->id);
        if (e == OK)
                e = dialogue_index(rq, p);
        struct str after = show ? trail_state(rq->arena, S("visible")) : str_fmt(rq->arena, "{\"state\":\"removed\",\"reason\":\"%.*s\"}", STR(reason));
        return e == OK ? trail(rq, show ? "post.approve" : "post.remove", p->id, trail_state(rq->arena, p->state), after) : e;
}

enum err post_decide_now(struct req *rq, const struct post *p, int64_t stand, enum decision d, struct str reason, struct str remark) {
        if (p->person_id == rq->viewer.person_id)
                return ERR_DENIED;
        if (p->stand != stand || str_eq(p->state, S("withdrawn")))
                return ERR_CONFLICT;
        enum err e = d == DECIDE_CLOSE || d == DECIDE_OPEN ? decide_thread(rq, p, stand, d == DECIDE_CLOSE)
                                                           : decide_shown(rq, p, stand, d == DECIDE_SHOW, reason, remark);
        return e == OK ? letters_decided(rq, p, d, reason, remark) : e;
}
