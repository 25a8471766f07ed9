/* trust.c - the house rules as data, and where somebody stands in them. */
#include "internal.h"

const struct dialogue_word dialogue_sizes[] = {
        { S_INIT("klein"), S_INIT("minder dan 25.000 inwoners") }, { S_INIT("middel"), S_INIT("25.000 tot 100.000 inwoners") },
        { S_INIT("groot"), S_INIT("100.000 inwoners of meer") }, { S_INIT("regio"), S_INIT("meer gemeenten samen") },
        { { 0 }, { 0 } },
};

const struct dialogue_word dialogue_agains[] = {
        { S_INIT("ja"), S_INIT("Ja") }, { S_INIT("anders"), S_INIT("Ja, maar anders") }, { S_INIT("nee"), S_INIT("Nee") }, { { 0 }, { 0 } },
};

const struct dialogue_word dialogue_reasons[] = {
        { S_INIT("persoonlijk"), S_INIT("Er staan gegevens van een cliënt of van iemand anders in") },
        { S_INIT("kwetsend"), S_INIT("Het is kwetsend, bedreigend of discriminerend") },
        { S_INIT("onjuist"), S_INIT("Er staat iets in dat niet klopt en schade kan doen") },
        { S_INIT("reclame"), S_INIT("Het is reclame of spam") },
        { S_INIT("anders"), S_INIT("Iets anders") },
        { { 0 }, { 0 } },
};

struct str dialogue_label(const struct dialogue_word *list, struct str code) {
        for (; list->code.n; list++)
                if (str_eq(list->code, code))
                        return list->label;
        return S("");
}

const struct dialogue_trust dialogue_trusts[] = {
        { S_INIT("U schrijft hier voor het eerst"), 0, 0, 3, true, false,
          S_INIT("Een moderator leest uw eerste drie bijdragen voordat anderen ze zien, meestal binnen twee werkdagen. Ze mogen geen links bevatten.") },
        { S_INIT("Drie bijdragen zijn geplaatst"), 3, 0, 3, false, true,
          S_INIT("Uw bijdragen staan meteen op de site, ook met links.") },
        { S_INIT("Een week verder"), 3, 7, 30, false, true, S_INIT("U mag vaker schrijven.") },
        { .who = { 0 } },
};

enum err standing_get(struct req *rq, struct standing *ret) {
        struct post_standing_row row;
        enum err e = post_standing(rq->db, rq->arena, rq->viewer.person_id, rq->now_ms - RETENTION_DAY_MS, &row);
        if (e != OK)
                return e;
        int64_t days = row.first_ms ? (rq->now_ms - row.first_ms) / RETENTION_DAY_MS : 0;
        *ret = (struct standing) { dialogue_trusts, row.today };
        bool moderates = viewer_may(rq, RIGHT_MODERATE);
        for (const struct dialogue_trust *t = dialogue_trusts; t->who.n; t++)
                if (moderates || (row.accepted >= t->accepted && days >= t->days))
                        ret->trust = t;
        return OK;
}

bool standing_is_full(struct req *rq, const struct standing *s, const char *field) {
        if (s->today < s->trust->per_day)
                return false;
        req_error(rq, field, str_fmt(rq->arena, "U hebt in 24 uur al %d bijdragen geschreven. Meer kan nu niet. Probeer het morgen opnieuw.",
                                     (int) s->today));
        return true;
}
