/* act.c - taking a post back, and reporting it. */
#include "internal.h"
#include "write.tmpl.h"

int64_t post_path_id(const struct req *rq) {
        int64_t id = 0;
        return str_to_i64(rq->param[0], &id) && id > 0 ? id : 0;
}

static struct page act_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_KNOWLEDGE);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, title, rq->path);
        return p;
}

static enum err act_view(struct req *rq, struct post *p, struct act_view *v) {
        enum err e = post_find(rq, post_path_id(rq), p);
        if (e == OK)
                e = post_show(rq, p, NULL, &v->post);
        return e == OK ? post_path(rq, p, &v->back) : e;
}

enum err post_withdraw_get(struct req *rq, struct resp *rs) {
        struct act_view v = { 0 };
        struct post post;
        enum err e = act_view(rq, &post, &v);
        if (e == OK && !v.post.may_withdraw)
                e = ERR_NOT_FOUND;
        if (e != OK)
                return e;
        struct page p = act_page(rq, rs, S("Uw bijdrage intrekken"));
        post_withdraw_page(&p, &v);
        return page_done(&p);
}

enum err post_withdraw_post(struct req *rq, struct resp *rs) {
        struct post post;
        enum err e = post_find(rq, post_path_id(rq), &post);
        if (e == OK && post.person_id != rq->viewer.person_id)
                e = ERR_NOT_FOUND;
        if (e == OK && post_may_withdraw(rq, &post))
                e = post_take_back(rq, &post);
        return e == OK ? resp_redirect(rs, S("/mijn-bijdragen")) : e;
}

/* What others cannot see cannot be reported. */
static enum err report_view(struct req *rq, struct post *post, struct act_view *v) {
        enum err e = act_view(rq, post, v);
        return e == OK && !post_may_report(rq, post) ? ERR_NOT_FOUND : e;
}

static enum err draw_report(struct req *rq, struct resp *rs, const struct act_view *v) {
        struct page p = act_page(rq, rs, v->post.own ? S("Maak bezwaar") : S("Meld deze bijdrage"));
        post_report_page(&p, v);
        return page_done(&p);
}

enum err post_report_get(struct req *rq, struct resp *rs) {
        struct act_view v = { 0 };
        struct post post;
        enum err e = report_view(rq, &post, &v);
        return e == OK ? draw_report(rq, rs, &v) : e;
}

enum err post_report_post(struct req *rq, struct resp *rs) {
        struct act_view v = { .reason = req_text(rq, "reden"), .remark = req_text(rq, "toelichting") };
        struct post post;
        enum err e = report_view(rq, &post, &v);
        if (e != OK)
                return e;
        if (!v.post.own && dialogue_label(dialogue_reasons, v.reason).n == 0)
                req_error(rq, "reden", S("Kies wat er niet goed is"));
        if (v.post.own && v.remark.n == 0)
                req_error(rq, "toelichting", S("Schrijf waarom u het er niet mee eens bent"));
        if (rq->errors.n)
                return page_refused(rs, draw_report(rq, rs, &v));
        e = post_report(rq, &post, v.post.own ? S("bezwaar") : v.reason, v.remark);
        return e == OK ? resp_redirect(rs, S("/bijdragen/gemeld")) : e;
}

enum err post_reported_get(struct req *rq, struct resp *rs) {
        struct page p = act_page(rq, rs, S("Dank u wel voor uw melding"));
        post_reported_page(&p);
        return page_done(&p);
}
