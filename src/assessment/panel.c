#include "panel.h"
#include "letters.h"

static size_t side_index(struct str code) {
        size_t i = 0;
        while (assessor_sides[i].code.n && !str_eq(assessor_sides[i].code, code))
                i++;
        return i;
}

enum err panel_load(struct req *rq, const struct assessment *c, struct panel *ret) {
        *ret = (struct panel) { .judging = 0 };
        enum err e = members_of_case(rq->db, rq->arena, c->id, c->round, &ret->rows);
        for (size_t i = 0; e == OK && i < ret->rows.n; i++) {
                const struct panel_row *m = &ret->rows.v[i];
                size_t side = side_index(m->side);
                if (m->ended_ms.is_set || str_eq(m->interest, S("some")) || side >= SIDES_N)
                        continue;
                ret->judging++;
                ret->sides[side]++;
                ret->voted += m->voted_ms.is_set;
        }
        ret->is_enough = ret->judging >= PANEL_MIN;
        for (size_t i = 0; i < SIDES_N; i++)
                ret->is_enough &= ret->sides[i] > 0;
        ret->is_done = ret->is_enough && ret->voted == ret->judging;
        return e;
}

const struct panel_row *panel_find(const struct panel *p, int64_t person_id) {
        for (size_t i = 0; i < p->rows.n; i++)
                if (p->rows.v[i].person_id == person_id && !p->rows.v[i].ended_ms.is_set)
                        return &p->rows.v[i];
        return NULL;
}

bool panel_may_read(const struct panel_row *m) {
        return m && str_eq(m->interest, S("none"));
}

static const struct str obstacle_texts[] = {
        [PANEL_FREE] = S_INIT(""),
        [PANEL_NO_ASSESSOR] = S_INIT("heeft geen rol of kant als beoordelaar"),
        [PANEL_PARTY] = S_INIT("hoort bij deze aanpak: als indiener, schrijver of lid van de organisatie"),
        [PANEL_BEFORE] = S_INIT("oordeelde mee over het besluit waartegen bezwaar is gemaakt"),
        [PANEL_IN] = S_INIT("zit al in de commissie, of is eruit met een belang"),
};

struct str panel_obstacle_text(enum panel_obstacle o) {
        return obstacle_texts[o];
}

enum err assessor_holds(struct req *rq, int64_t person_id, bool *ret) {
        struct role_held_list held;
        enum err e = roles_of(rq->db, rq->arena, person_id, &held);
        *ret = false;
        for (size_t i = 0; e == OK && i < held.n; i++) {
                const struct role *r = role_find(held.v[i].role);
                *ret |= held.v[i].granted_ms.is_set && r && r->everywhere & RIGHT_ASSESS;
        }
        return e;
}

/* Sat in the committee of the round before, when this round is an objection against its decision. */
static enum err sat_before(struct req *rq, const struct assessment *c, int64_t person_id, bool *ret) {
        struct panel_row_list before;
        *ret = false;
        if (case_state_of(c) != STATE_OBJECTION)
                return OK;
        enum err e = members_of_case(rq->db, rq->arena, c->id, c->round - 1, &before);
        for (size_t i = 0; e == OK && i < before.n; i++)
                *ret |= before.v[i].person_id == person_id;
        return e;
}

static bool is_in(const struct panel *p, int64_t person_id) {
        for (size_t i = 0; i < p->rows.n; i++) {
                const struct panel_row *m = &p->rows.v[i];
                if (m->person_id == person_id && (!m->ended_ms.is_set || str_eq(m->interest, S("some"))))
                        return true;
        }
        return false;
}

enum err panel_obstacle(struct req *rq, const struct assessment *c, const struct panel *p, int64_t person_id, enum panel_obstacle *ret) {
        struct assessor_get_row a;
        bool found = false, holds = false, party = false, before = false;
        enum err e = assessor_get(rq->db, rq->arena, person_id, &a, &found);
        if (e == OK)
                e = assessor_holds(rq, person_id, &holds);
        if (e == OK)
                e = case_is_party(rq, c, person_id, &party);
        if (e == OK)
                e = sat_before(rq, c, person_id, &before);
        *ret = !found || !holds ? PANEL_NO_ASSESSOR : party ? PANEL_PARTY : before ? PANEL_BEFORE : is_in(p, person_id) ? PANEL_IN : PANEL_FREE;
        return e;
}

static bool has_committee(const struct assessment *c) {
        enum case_state s = case_state_of(c);
        return s == STATE_DESCRIBE || s == STATE_ASSESS || s == STATE_OBJECTION;
}

static bool is_judged(const struct assessment *c) {
        enum case_state s = case_state_of(c);
        return s == STATE_ASSESS || s == STATE_OBJECTION;
}

static enum err as_lead(struct req *rq, const struct assessment *c) {
        unsigned actors = 0;
        enum err e = case_actors(rq, c, &actors);
        return e != OK ? e : !(actors & ACTOR_LEAD) ? ERR_DENIED : !has_committee(c) ? ERR_CONFLICT : OK;
}

static struct str person_json(struct req *rq, int64_t person_id) {
        return str_fmt(rq->arena, "{\"person\":%lld}", (long long) person_id);
}

enum err panel_add(struct req *rq, const struct assessment *c, int64_t person_id) {
        struct panel p;
        struct assessor_get_row a = { 0 };
        struct member_add_row row;
        enum panel_obstacle o = PANEL_FREE;
        bool found = false;
        enum err e = as_lead(rq, c);
        if (e == OK)
                e = panel_load(rq, c, &p);
        if (e == OK)
                e = panel_obstacle(rq, c, &p, person_id, &o);
        if (e == OK && o != PANEL_FREE)
                return ERR_INVALID;
        if (e == OK)
                e = assessor_get(rq->db, rq->arena, person_id, &a, &found);
        if (e == OK)
                e = member_add(rq->db, rq->arena, c->id, c->round, person_id, a.side, rq->now_ms, &row, &found);
        if (e == OK && !found)
                return ERR_CONFLICT;
        if (e == OK && is_judged(c))
                e = letter_panel(rq, c, person_id);
        return e == OK ? case_trail(rq, c, "assessment.member.add", person_json(rq, person_id)) : e;
}

enum err panel_remove(struct req *rq, const struct assessment *c, int64_t person_id) {
        struct member_end_row row;
        bool found = false;
        enum err e = as_lead(rq, c);
        if (e == OK)
                e = member_end(rq->db, rq->arena, c->id, c->round, person_id, rq->now_ms, &row, &found);
        if (e == OK && !found)
                return ERR_CONFLICT;
        return e == OK ? case_trail(rq, c, "assessment.member.end", person_json(rq, person_id)) : e;
}

/* The visitor's row in the committee, while she still is an assessor. */
static enum err as_member(struct req *rq, const struct assessment *c, struct panel *p, const struct panel_row **ret) {
        bool party = false;
        enum err e = panel_load(rq, c, p);
        *ret = e == OK ? panel_find(p, rq->viewer.person_id) : NULL;
        if (e == OK)
                e = case_is_party(rq, c, rq->viewer.person_id, &party);
        return e == OK && (!*ret || !viewer_may(rq, RIGHT_ASSESS) || party) ? ERR_DENIED : e;
}

enum err panel_declare(struct req *rq, const struct assessment *c, bool has_interest, struct str which) {
        struct panel p;
        const struct panel_row *m = NULL;
        struct member_declare_row row;
        bool found = false;
        enum err e = as_member(rq, c, &p, &m);
        if (e == OK && has_interest && which.n == 0)
                return ERR_INVALID;
        if (e == OK)
                e = member_declare(rq->db, rq->arena, c->id, c->round, rq->viewer.person_id, has_interest ? S("some") : S("none"),
                                   has_interest ? which : S(""), rq->now_ms, &row, &found);
        if (e == OK && !found)
                return ERR_CONFLICT;
        if (e == OK && has_interest)
                e = letter_interest(rq, c);
        return e == OK ? case_trail(rq, c, has_interest ? "assessment.interest.some" : "assessment.interest.none", S("")) : e;
}

bool judgement_is_whole(const struct judgement *j) {
        for (size_t i = 0; i < SCORE_KINDS; i++)
                if (!score_level(&score_kinds[i], j->level[i]) || j->why[i].n == 0)
                        return false;
        return true;
}

enum err panel_vote(struct req *rq, const struct assessment *c, const struct judgement *j) {
        struct panel p;
        const struct panel_row *m = NULL;
        struct vote_add_row row;
        bool found = false;
        enum err e = as_member(rq, c, &p, &m);
        if (e != OK || !panel_may_read(m))
                return e == OK ? ERR_DENIED : e;
        if (!is_judged(c))
                return ERR_CONFLICT;
        if (!judgement_is_whole(j))
                return ERR_INVALID;
        e = vote_add(rq->db, rq->arena, c->id, c->round, rq->viewer.person_id, j->level[0], j->level[1], j->level[2], j->why[0], j->why[1],
                     j->why[2], rq->now_ms, &row, &found);
        if (e == OK && !found)
                return ERR_CONFLICT;
        if (e == OK)
                e = panel_load(rq, c, &p);
        if (e == OK && p.is_done)
                e = letter_all_voted(rq, c);
        return e == OK ? case_trail(rq, c, "assessment.vote", S("")) : e;
}

enum err assessor_give(struct req *rq, int64_t person_id, struct str side) {
        bool holds = false;
        enum err e = assessor_holds(rq, person_id, &holds);
        if (e == OK && side.n && (!holds || side_index(side) >= SIDES_N))
                return ERR_INVALID;
        if (e == OK)
                e = side.n ? assessor_set(rq->db, person_id, side, rq->viewer.person_id, rq->now_ms) : assessor_delete(rq->db, person_id);
        return e == OK ? people_trail(rq, "assessment.assessor", "person", person_id, (struct opt_i64) { 0 }, S(""),
                                      str_fmt(rq->arena, "{\"side\":\"%.*s\"}", STR(side))) : e;
}
