#include "follow.h"
#include "clock.h"
#include "editing_draft.h"
#include "panel.h"

/* What was typed as name of the approach is the title of a new text. */
static enum err put_title(struct req *rq, const struct assessment *c, int64_t draft_id) {
        struct draft d;
        struct front f;
        struct text_error error;
        VEC(struct front_pair) pairs = { 0 };
        enum err e = draft_get(rq->db, rq->arena, draft_id, &d);
        if (e == OK)
                e = front_parse(rq->arena, d.text, &error, &f);
        if (e != OK)
                return e;
        *vec_push(rq->arena, &pairs) = (struct front_pair) { S("titel"), c->title, 0 };
        for (size_t i = 0; i < f.n_pairs; i++)
                *vec_push(rq->arena, &pairs) = f.pairs[i];
        f.pairs = pairs.v;
        f.n_pairs = pairs.n;
        return draft_save(rq->db, rq->arena, &d, item_text_write(rq->arena, &f), rq->now_ms);
}

enum err text_begin(struct req *rq, struct assessment *c) {
        struct draft_new n = { .purpose = DRAFT_CASE, .item_id = c->item_id, .kind = c->item_id.is_set ? S("") : S("interventie"),
                               .organisation_id = c->organisation_id, .owner_id = c->person_id, .now_ms = rq->now_ms,
                               .idempotency = rq->idempotency };
        int64_t id = 0;
        enum err e = draft_make(rq->db, rq->arena, &n, &id);
        if (e == OK && !c->item_id.is_set)
                e = put_title(rq, c, id);
        if (e == OK)
                e = case_set_draft(rq->db, c->id, id);
        c->draft_id = opt_i64(id);
        return e;
}

static enum err of_dossier(struct req *rq, const struct assessment *c, int64_t round, struct str *ret, bool *found) {
        struct dossier_get_row row;
        enum err e = dossier_get(rq->db, rq->arena, c->id, round, &row, found);
        *ret = e == OK && *found ? row.text : S("");
        return e;
}

enum err case_text(struct req *rq, const struct assessment *c, struct str *ret) {
        enum case_state s = case_state_of(c);
        struct draft d;
        bool found = false;
        *ret = S("");
        enum err e = s == STATE_DRAFT || s == STATE_DESCRIBE ? OK : of_dossier(rq, c, c->round, ret, &found);
        if (e != OK || found || !c->draft_id.is_set)
                return e;
        e = draft_get(rq->db, rq->arena, c->draft_id.v, &d);
        if (e == OK)
                *ret = d.text;
        return e == ERR_NOT_FOUND ? OK : e;
}

static struct str value_of(const struct front *f, struct str key) {
        const struct front_pair *p = front_get(f, key);
        return p ? p->value : S("");
}

/* TEXT as it would be published but for its scores: with the date of today, which no form asks for. */
static enum err dated(struct req *rq, struct str text, struct text_error *error, struct str *ret) {
        struct front f;
        VEC(struct front_pair) pairs = { 0 };
        enum err e = front_parse(rq->arena, text, error, &f);
        if (e == OK && !str_eq(value_of(&f, S("soort")), S("interventie")))
                return item_text_fail(rq->arena, error, 1, "kies bij soort: aanpak");
        for (size_t i = 0; e == OK && i < f.n_pairs; i++)
                if (!str_eq(f.pairs[i].key, S("bijgewerkt")) && !str_eq(f.pairs[i].key, S("herzien")))
                        *vec_push(rq->arena, &pairs) = f.pairs[i];
        *vec_push(rq->arena, &pairs) = (struct front_pair) { S("bijgewerkt"), clock_dutch_day(rq->arena, rq->now_ms), 0 };
        f.pairs = pairs.v;
        f.n_pairs = pairs.n;
        if (e == OK)
                *ret = item_text_write(rq->arena, &f);
        return e;
}

enum err text_is_whole(struct req *rq, const struct assessment *c, bool *ret, struct text_error *why) {
        struct text_error error = { 0 };
        struct str text;
        enum err e = case_text(rq, c, &text);
        if (e == OK)
                e = text.n ? dated(rq, text, &error, &text) : ERR_INVALID;
        if (e == OK)
                e = knowledge_check(rq->db, rq->arena, text, &error);
        *ret = e == OK;
        if (why)
                *why = error;
        return e == ERR_INVALID || e == ERR_LIMIT ? OK : e;
}

/* A committee judges the text of this moment; after an objection the one that was judged. */
static enum err put_down(struct req *rq, struct assessment *c, const struct transition *t) {
        struct str text = S("");
        bool found = false;
        struct draft d;
        enum err e = t->new_round ? of_dossier(rq, c, c->round - 1, &text, &found) : OK;
        if (e == OK && !found && c->draft_id.is_set) {
                e = draft_get(rq->db, rq->arena, c->draft_id.v, &d);
                text = e == OK ? d.text : S("");
        }
        if (e == OK)
                e = dossier_set(rq->db, c->id, c->round, text);
        return e == OK ? members_ask_again(rq->db, c->id, c->round, rq->now_ms) : e;
}

static enum err withdraw(struct req *rq, const struct assessment *c, struct str why) {
        if (!c->item_id.is_set)
                return OK;
        enum err e = knowledge_withdraw(rq->db, rq->arena, c->item_id.v, why, rq->now_ms);
        return e == ERR_CONFLICT ? OK : e == OK ? knowledge_index(rq, c->item_id.v) : e;
}

static enum err tell_readers(struct req *rq, const struct assessment *c, struct str notice) {
        return c->item_id.is_set ? knowledge_notice(rq->db, c->item_id.v, notice) : OK;
}

static struct str day(struct req *rq, struct str iso) {
        return clock_dutch_date(rq->arena, iso);
}

static enum err begin_again(struct req *rq, struct assessment *c, enum case_state from) {
        struct str notice = from == STATE_EXPIRED ? S("Het oordeel over deze aanpak is verlopen. De aanpak wordt opnieuw beoordeeld.")
                                                  : S("Deze aanpak wordt opnieuw beoordeeld. De scores hieronder zijn van het vorige oordeel.");
        enum err e = tell_readers(rq, c, notice);
        return e == OK ? text_begin(rq, c) : e;
}

/* An approach that is in the knowledge base goes, and an objection is possible. */
static enum err reject(struct req *rq, struct assessment *c) {
        enum err e = withdraw(rq, c, S("De commissie heeft deze aanpak afgewezen. Het besluit en de redenen staan bij de beoordelingen."));
        return e == OK ? case_set_decided(rq->db, c->id, c->decided_on, S(""), date_days(rq->arena, rq->now_ms, TERM_APPEAL_DAYS), S(""), S(""))
                       : e;
}

static enum err lift_condition(struct req *rq, struct assessment *c) {
        enum err e = tell_readers(rq, c, S(""));
        return e == OK ? case_set_decided(rq->db, c->id, c->decided_on, c->valid_until, S(""), S(""), S("")) : e;
}

enum err follow_step(struct req *rq, struct assessment *c, const struct transition *t, enum case_state from, struct str note) {
        enum err e = OK;
        switch (t->to) {
        case STATE_ASSESS:
                e = put_down(rq, c, t);
                break;
        case STATE_OBJECTION:
                e = put_down(rq, c, t);
                if (e == OK)
                        e = objection_add(rq->db, c->id, c->round, rq->viewer.person_id, note, rq->now_ms);
                break;
        case STATE_DESCRIBE:
                e = t->new_round ? begin_again(rq, c, from) : OK;
                break;
        case STATE_PUBLISHED:
                e = from == STATE_RESERVED ? lift_condition(rq, c) : OK;
                break;
        case STATE_REJECTED:
                e = reject(rq, c);
                break;
        case STATE_EXPIRED:
                e = tell_readers(rq, c, str_fmt(rq->arena, "Het oordeel over deze aanpak gold tot en met %.*s. Er is nog geen nieuw oordeel.",
                                                STR(day(rq, c->valid_until))));
                break;
        case STATE_WITHDRAWN:
                e = withdraw(rq, c, S("Het oordeel over deze aanpak is ingetrokken."));
                break;
        default:
                break;
        }
        return e == OK ? case_load(rq, c->id, c) : e;
}

static bool is_score(struct str key) {
        for (size_t i = 0; i < SCORE_KINDS; i++)
                if (str_eq(key, score_kinds[i].code))
                        return true;
        return false;
}

/* TEXT with our three scores in place of those it had, and the date of today. */
static enum err with_scores(struct req *rq, const struct assessment *c, struct str text, const struct judgement *j, struct str *ret) {
        const struct site *site = rq->app;
        struct str today = clock_dutch_day(rq->arena, rq->now_ms);
        struct text_error error;
        struct front f;
        VEC(struct front_pair) pairs = { 0 };
        enum err e = dated(rq, text, &error, &text);
        if (e == OK)
                e = front_parse(rq->arena, text, &error, &f);
        for (size_t i = 0; e == OK && i < f.n_pairs; i++)
                if (!is_score(f.pairs[i].key))
                        *vec_push(rq->arena, &pairs) = f.pairs[i];
        for (size_t i = 0; e == OK && i < SCORE_KINDS; i++) {
                struct str parts[] = { score_level(&score_kinds[i], j->level[i])->label, S(COMMITTEE_NAME), str_sub(today, 0, 4),
                                       str_fmt(rq->arena, "%.*s/beoordelingen/%.*s", STR(site->origin), STR(c->slug)), j->why[i] };
                *vec_push(rq->arena, &pairs) = (struct front_pair) { score_kinds[i].code,
                                               item_line_write(rq->arena, LINES_N, parts, sizeof parts / sizeof *parts), 0 };
        }
        *vec_push(rq->arena, &pairs) = (struct front_pair) { S("herzien"), c->valid_until, 0 };
        f.pairs = pairs.v;
        f.n_pairs = pairs.n;
        if (e == OK)
                *ret = item_text_write(rq->arena, &f);
        return e;
}

static enum err drop_draft(struct req *rq, struct assessment *c) {
        if (!c->draft_id.is_set)
                return OK;
        enum err e = case_clear_draft(rq->db, c->id);
        if (e == OK)
                e = draft_drop(rq->db, c->draft_id.v);
        c->draft_id = (struct opt_i64) { 0 };
        return e;
}

enum err follow_publish(struct req *rq, struct assessment *c, const struct judgement *j) {
        struct knowledge_publication p = { .item_id = c->item_id.is_set ? c->item_id.v : 0, .slug = S(""), .now_ms = rq->now_ms,
                                           .made_by = opt_i64(c->person_id), .checked_by = opt_i64(rq->viewer.person_id),
                                           .note = str_fmt(rq->arena, "Beoordeeld door de %s.", COMMITTEE_NAME) };
        struct text_error error = { 0 };
        struct str text, notice = S("");
        int64_t id = 0;
        enum err e = case_text(rq, c, &text);
        if (e == OK)
                e = with_scores(rq, c, text, j, &p.text);
        if (e == OK)
                e = knowledge_publish(rq->db, rq->arena, &p, &error, &id);
        if (e == OK)
                e = case_set_item(rq->db, c->id, id);
        c->item_id = opt_i64(id);
        if (e == OK)
                e = drop_draft(rq, c);
        if (c->condition.n)
                notice = str_fmt(rq->arena, "Dit oordeel is onder voorbehoud. Voorwaarde, voor %.*s: %.*s", STR(day(rq, c->condition_until)), STR(c->condition));
        if (e == OK)
                e = tell_readers(rq, c, notice);
        return e == OK ? knowledge_index(rq, id) : e;
}
