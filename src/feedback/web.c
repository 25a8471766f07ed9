/* web.c - the form, what it sends, and the page of thanks. */
#include "feedback.h"
#include "feedback.sql.h"
#include "feedback.tmpl.h"
#include "page.h"

static enum err show_form(struct req *rq, struct resp *rs) {
        struct page p = page_new(rq, rs, S("Klopt er iets niet?"), SECTION_NONE);
        p.invalid = rq->errors.n > 0;
        feedback_form(&p, feedback_about(req_text(rq, "over")));
        return page_done(&p);
}

/* A mistake ends the transaction as ERR_INVALID; the page in RS is shown with status 422. */
static enum err send_form(struct req *rq, struct resp *rs) {
        struct str about = feedback_about(req_text(rq, "over"));
        feedback_check(rq);
        if (rq->errors.n)
                return page_refused(rs, show_form(rq, rs));
        enum err e = feedback_add(rq->db, rq->now_ms, about, req_text(rq, "soort"), req_text(rq, "bericht"),
                                  rq->idempotency);
        if (e != OK)
                return e;
        _cleanup_(buf_done) struct buf path = { 0 };
        buf_str(&path, S("/reactie/bedankt?over="));
        html_urlpart(&path, about);
        return resp_redirect(rs, str_dup(rq->arena, buf_view(&path)));
}

static enum err show_thanks(struct req *rq, struct resp *rs) {
        struct page p = page_new(rq, rs, S("Dank u wel voor uw bericht"), SECTION_NONE);
        feedback_thanks(&p, feedback_about(req_text(rq, "over")));
        return page_done(&p);
}

static const struct field about_field[] = { { .name = "over", .type = FIELD_TEXT, .max = 2000 }, { 0 } };
static const struct field form_fields[] = {
        { .name = "over", .type = FIELD_TEXT, .max = 2000 },
        { .name = "soort", .type = FIELD_CODE, .max = 20, .required = true,
          .missing = "Kies waar uw bericht over gaat" },
        { .name = "bericht", .type = FIELD_MULTILINE, .max = FEEDBACK_MESSAGE_MAX, .required = true,
          .missing = "Schrijf wat u ons wilt vertellen" },
        { 0 },
};

const struct route feedback_routes[] = {
        { GET, "/reactie", ACCESS_PUBLIC, show_form, about_field },
        { POST, "/reactie", ACCESS_PUBLIC, send_form, form_fields },
        { GET, "/reactie/bedankt", ACCESS_PUBLIC, show_thanks, about_field },
        { 0 },
};
