#include "feedback.h"
#include "internal.h"
#include "html.h"
#include "utf8.h"

const struct feedback_kind feedback_kinds[] = {
        { S_INIT("klopt-niet"), S_INIT("Er klopt iets niet"), { 0 } },
        { S_INIT("onduidelijk"), S_INIT("Iets is niet duidelijk"), { 0 } },
        { S_INIT("mis-iets"), S_INIT("Ik mis iets"), { 0 } },
        { S_INIT("goed"), S_INIT("Dit is goed, of helpt mij"), { 0 } },
        { { 0 }, { 0 }, { 0 } },
};

const struct feedback_kind helped_answers[] = {
        { S_INIT("ja"), S_INIT("Ja"), S_INIT("Deze pagina hielp") },
        { S_INIT("beetje"), S_INIT("Een beetje"), S_INIT("Deze pagina hielp een beetje") },
        { S_INIT("nee"), S_INIT("Nee"), S_INIT("Deze pagina hielp niet") },
        { { 0 }, { 0 }, { 0 } },
};

struct str feedback_about(struct str path) {
        path = str_sub(path, 0, str_index(path, '?'));
        path = str_sub(path, 0, str_index(path, '#'));
        return path.n > FEEDBACK_PATH_MAX || !utf8_valid(path) ? S("/") : url_path(path).bytes;
}

static bool is_kind(struct str code) {
        for (const struct feedback_kind *k = feedback_kinds; k->code.n; k++)
                if (str_eq(k->code, code))
                        return true;
        return false;
}

struct str feedback_kind_label(struct str code) {
        for (const struct feedback_kind *k = feedback_kinds; k->code.n; k++)
                if (str_eq(k->code, code))
                        return k->label;
        for (const struct feedback_kind *k = helped_answers; k->code.n; k++)
                if (str_starts(code, S("hielp-")) && str_eq(k->code, str_sub(code, 6, code.n)))
                        return k->reason;
        return code;
}

void feedback_check(struct req *rq) {
        if (!is_kind(req_text(rq, "soort")) && req_error_of(rq, "soort").n == 0)
                req_error(rq, "soort", S("Kies waar uw bericht over gaat"));
}

enum err feedback_list(struct db *db, struct arena *a, int64_t limit, int64_t before_id,
                       struct feedback_messages *ret) {
        struct feedback_newest_row_list rows;
        enum err e = feedback_newest(db, a, before_id > 0 ? before_id : INT64_MAX, limit, &rows);
        *ret = (struct feedback_messages) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct feedback_newest_row *r = &rows.v[i];
                *vec_push(a, ret) = (struct feedback_message) { r->id, r->created_ms, r->about, r->kind, r->message };
        }
        return e;
}

static enum err delete_old(struct req *rq, int64_t *next) {
        (void) next;
        return feedback_delete_before(rq->db, rq->now_ms - FEEDBACK_KEEP_DAYS * RETENTION_DAY_MS);
}

const struct retention_rule feedback_retention[] = {
        { S_INIT("Reactie op een pagina"), S_INIT(KEEP_TEXT(KEEP_FEEDBACK_DAYS) " dagen"), S_INIT("fouten verbeteren"), delete_old },
        { .what = { 0 } },
};
