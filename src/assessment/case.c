#include "case.h"
#include "clock.h"
#include "follow.h"
#include "letters.h"
#include "panel.h"
#include "people_retention.h"
#include "utf8.h"

struct str date_days(struct arena *a, int64_t ms, int days) {
        return clock_dutch_day(a, ms + days * RETENTION_DAY_MS);
}

struct str date_months(struct arena *a, int64_t ms, int months) {
        struct str today = clock_dutch_day(a, ms);
        int64_t year = 0, month = 0, day = 0;
        if (!str_to_i64(str_sub(today, 0, 4), &year) || !str_to_i64(str_sub(today, 5, 2), &month) || !str_to_i64(str_sub(today, 8, 2), &day))
                return today;
        month += months - 1;
        return str_fmt(a, "%04d-%02d-%02d", (int) (year + month / 12), (int) (month % 12 + 1), (int) (day < 28 ? day : 28));
}

enum err case_load(struct req *rq, int64_t id, struct assessment *ret) {
        bool found = false;
        enum err e = case_get(rq->db, rq->arena, id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum case_state case_state_of(const struct assessment *c) {
        return state_of(c->state);
}

bool case_is_open(const struct assessment *c) {
        enum case_state s = case_state_of(c);
        return s == STATE_DRAFT || (s == STATE_DESCRIBE && str_eq(c->turn, S("submitter")));
}

enum err case_trail(struct req *rq, const struct assessment *c, const char *action, struct str after) {
        return people_trail(rq, action, "assessment", c->id, c->organisation_id, S(""), after);
}

enum err case_is_party(struct req *rq, const struct assessment *c, int64_t person_id, bool *ret) {
        struct role_held_list held = { 0 };
        struct case_writers_row_list writers = { 0 };
        enum err e = OK;
        *ret = person_id == c->person_id;
        if (c->organisation_id.is_set)
                e = roles_of(rq->db, rq->arena, person_id, &held);
        for (size_t i = 0; e == OK && i < held.n; i++)
                *ret |= held.v[i].organisation_id.is_set && held.v[i].organisation_id.v == c->organisation_id.v;
        if (e == OK && c->item_id.is_set)
                e = case_writers(rq->db, rq->arena, c->item_id.v, &writers);
        for (size_t i = 0; e == OK && i < writers.n; i++)
                *ret |= writers.v[i].made_by.v == person_id;
        return e;
}

enum err case_actors(struct req *rq, const struct assessment *c, unsigned *ret) {
        bool party = false;
        *ret = rq->viewer.person_id && rq->viewer.person_id == c->person_id ? ACTOR_SUBMITTER : 0;
        if (!viewer_may(rq, RIGHT_COMMITTEE))
                return OK;
        enum err e = case_is_party(rq, c, rq->viewer.person_id, &party);
        *ret |= e == OK && !party ? ACTOR_LEAD : 0;
        return e;
}

static bool has_all_criteria(const struct assessment *c) {
        for (const struct criterion *k = criteria; k->code.n; k++) {
                struct str rest = c->criteria, code;
                bool ticked = false;
                while (str_split(&rest, ' ', &code))
                        ticked |= str_eq(code, k->code);
                if (!ticked)
                        return false;
        }
        return true;
}

static enum err has_objection(struct req *rq, const struct assessment *c, bool *ret) {
        struct objections_of_row_list rows;
        enum err e = objections_of(rq->db, rq->arena, c->id, &rows);
        *ret = e == OK && rows.n && rows.v[0].round == c->round;
        return e;
}

/* DATE is there, and before today. */
static bool is_past(struct req *rq, struct str date) {
        return date.n && str_cmp(date, clock_dutch_day(rq->arena, rq->now_ms)) < 0;
}

enum err case_facts(struct req *rq, const struct assessment *c, unsigned *ret) {
        struct panel p = { .judging = 0 };
        bool objected = false, whole = false;
        enum err e = panel_load(rq, c, &p);
        if (e == OK)
                e = has_objection(rq, c, &objected);
        if (e == OK)
                e = text_is_whole(rq, c, &whole, NULL);
        *ret = (has_all_criteria(c) ? NEED_CRITERIA : 0) | (whole ? NEED_TEXT : 0) | (str_eq(c->turn, S("secretary")) ? NEED_HANDED : 0) |
               (p.is_enough ? NEED_PANEL : 0) | (p.is_done ? NEED_VOTES : 0) |
               (c->appeal_until.n && !is_past(rq, c->appeal_until) ? NEED_TERM : 0) | (objected ? 0 : NEED_FIRST) |
               (is_past(rq, c->valid_until) ? NEED_ENDED : 0) | (is_past(rq, c->condition_until) ? NEED_LATE : 0);
        return e;
}

static enum err note_step(struct req *rq, const struct assessment *c, const struct move *m, struct str from) {
        struct opt_i64 who = { 0 };
        if (rq->viewer.person_id)
                who = opt_i64(rq->viewer.person_id);
        return step_add(rq->db, c->id, c->round, m->t->code, from, c->state, m->note, who, rq->now_ms);
}

enum err case_move(struct req *rq, struct assessment *c, const struct move *m, unsigned *lacks) {
        const struct transition *t = m->t;
        enum case_state from = case_state_of(c);
        struct case_set_state_row row;
        unsigned facts = 0;
        bool found = false;
        if (!(t->actors & m->actors))
                return ERR_DENIED;
        if (!transition_allowed(t, from, m->actors))
                return ERR_CONFLICT;
        enum err e = case_facts(rq, c, &facts);
        unsigned have = (facts & ~NEEDS_OF_FORM) | (m->brought & NEEDS_OF_FORM) | (m->note.n ? NEED_NOTE : 0);
        if (e == OK && lacks)
                *lacks = t->needs & ~have;
        if (e == OK && t->needs & ~have)
                return ERR_INVALID;
        if (e == OK)
                e = case_set_state(rq->db, rq->arena, c->id, case_states[from].code, c->round, case_states[t->to].code, c->round + t->new_round,
                                   t->to == STATE_DESCRIBE ? S("submitter") : c->turn, rq->now_ms, &row, &found);
        if (e == OK && !found)
                return ERR_CONFLICT;
        if (e == OK)
                e = case_load(rq, c->id, c);
        if (e == OK)
                e = note_step(rq, c, m, case_states[from].code);
        if (e == OK)
                e = follow_step(rq, c, t, from, m->note);
        if (e == OK)
                e = letter_moved(rq, c, t);
        return e == OK ? case_trail(rq, c, "assessment.step", str_fmt(rq->arena, "{\"transition\":\"%.*s\",\"state\":\"%.*s\"}", STR(t->code),
                                                                     STR(c->state))) : e;
}

/* The turn goes from one side to the other, with words. */
static enum err pass(struct req *rq, struct assessment *c, struct str from, struct str to, struct str words) {
        struct case_set_turn_row row;
        bool found = false;
        enum err e = case_set_turn(rq->db, rq->arena, c->id, from, to, &row, &found);
        if (e == OK && !found)
                return ERR_CONFLICT;
        if (e == OK)
                e = remark_add(rq->db, c->id, c->round, from, rq->viewer.person_id, words, rq->now_ms);
        c->turn = to;
        if (e == OK)
                e = letter_turn(rq, c);
        return e == OK ? case_trail(rq, c, str_eq(to, S("secretary")) ? "assessment.offer" : "assessment.return", S("")) : e;
}

enum err case_hand_in(struct req *rq, struct assessment *c, struct str answer) {
        bool whole = false;
        if (rq->viewer.person_id != c->person_id)
                return ERR_DENIED;
        enum err e = text_is_whole(rq, c, &whole, NULL);
        if (e == OK && (!whole || answer.n == 0))
                return ERR_INVALID;
        return e == OK ? pass(rq, c, S("submitter"), S("secretary"), answer) : e;
}

enum err case_send_back(struct req *rq, struct assessment *c, struct str remark) {
        struct remarks_count_row n = { 0 };
        unsigned actors = 0;
        enum err e = case_actors(rq, c, &actors);
        if (e == OK && !(actors & ACTOR_LEAD))
                return ERR_DENIED;
        if (e == OK && remark.n == 0)
                return ERR_INVALID;
        if (e == OK)
                e = remarks_count(rq->db, rq->arena, c->id, c->round, &n);
        if (e == OK && n.n >= TERM_ROUNDS)
                return ERR_LIMIT;
        return e == OK ? pass(rq, c, S("secretary"), S("submitter"), remark) : e;
}

/* An address that no case has: the title's, else with a number behind it. */
static enum err free_slug(struct req *rq, struct str title, struct str *ret) {
        struct str base = utf8_slug(rq->arena, title);
        struct assessment other;
        bool taken = true;
        enum err e = OK;
        if (base.n == 0)
                base = S("aanpak");
        *ret = base;
        for (int n = 2; e == OK; n++) {
                e = case_by_slug(rq->db, rq->arena, *ret, &other, &taken);
                if (e == OK && !taken)
                        return OK;
                *ret = str_fmt(rq->arena, "%.*s-%d", STR(base), n);
        }
        return e;
}

static struct opt_i64 maybe(int64_t id) {
        return id ? opt_i64(id) : (struct opt_i64) { 0 };
}

enum err case_make(struct req *rq, const struct submission *s, int64_t *ret) {
        struct assessment c;
        struct case_of_item_row other;
        struct str slug = S("");
        bool found = false;
        enum err e = s->item_id ? case_of_item(rq->db, rq->arena, s->item_id, &other, &found) : OK;
        if (e == OK && found)
                return ERR_CONFLICT;
        if (e == OK)
                e = free_slug(rq, s->title, &slug);
        if (e == OK)
                e = case_add(rq->db, slug, s->title, rq->viewer.person_id, maybe(s->organisation_id), s->criteria, s->explanation, s->contact,
                             maybe(s->item_id), rq->now_ms, ret);
        if (e == OK)
                e = case_load(rq, *ret, &c);
        if (e == OK)
                e = text_begin(rq, &c);
        return e == OK ? case_trail(rq, &c, "assessment.make", S("")) : e;
}

enum err case_change(struct req *rq, struct assessment *c, const struct submission *s) {
        if (rq->viewer.person_id != c->person_id)
                return ERR_DENIED;
        if (!case_is_open(c))
                return ERR_CONFLICT;
        enum err e = case_describe(rq->db, c->id, s->title, maybe(s->organisation_id), s->criteria, s->explanation, s->contact);
        return e == OK ? case_trail(rq, c, "assessment.change", S("")) : e;
}
