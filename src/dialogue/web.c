/* web.c - what everybody can read: the page of an item's questions and field notes, the lists of questions, the house rules. */
#include "internal.h"
#include "practice.tmpl.h"
#include "question.tmpl.h"

#define ON_PAGE 20
#define ON_ITEM 3

static int64_t before(const struct req *rq, const char *field) {
        return req_integer(rq, field, INT64_MAX);
}

/* The address of the page behind ROWS, when there may be one: PATH with FIELD=id of the last. */
static struct str older(struct req *rq, const struct post_list *rows, struct str path, const char *field) {
        return rows->n < ON_PAGE ? S("") : str_fmt(rq->arena, "%.*s?%s=%lld", STR(path), field, (long long) rows->v[rows->n - 1].id);
}

static enum err practice_get(struct req *rq, struct resp *rs) {
        struct practice_view v = { 0 };
        struct post_list questions, notes;
        int64_t viewer = rq->viewer.person_id;
        bool found = false;
        enum err e = topic_by_slug(rq->db, rq->arena, rq->param[0], &v.item, &found);
        if (e == OK && !found)
                return knowledge_leads_on(rq, rs);
        if (e == OK)
                e = posts_of_item(rq->db, rq->arena, v.item.id, S("vraag"), viewer, before(rq, "vragen"), ON_PAGE, &questions);
        if (e == OK)
                e = posts_of_item(rq->db, rq->arena, v.item.id, S("ervaring"), viewer, before(rq, "ervaringen"), ON_PAGE, &notes);
        if (e == OK)
                e = posts_show(rq, &questions, NULL, &v.questions);
        if (e == OK)
                e = posts_show(rq, &notes, NULL, &v.notes);
        if (e != OK)
                return e;
        v.older_questions = older(rq, &questions, rq->path, "vragen");
        v.older_notes = older(rq, &notes, rq->path, "ervaringen");
        struct page p = page_new(rq, rs, str_fmt(rq->arena, "Uit de praktijk: %.*s", STR(v.item.title)), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, v.item.title, str_fmt(rq->arena, "/kennis/%.*s", STR(v.item.slug)));
        page_crumb(&p, S("Uit de praktijk"), rq->path);
        practice_page(&p, &v);
        return page_done(&p);
}

static enum err overview_get(struct req *rq, struct resp *rs) {
        struct questions_view v = { .show = req_text(rq, "toon"), .theme = req_text(rq, "thema") };
        int64_t from = before(rq, "voor");
        enum err e = themes_asked(rq->db, rq->arena, &v.themes);
        if (e == OK && v.theme.n)
                e = questions_on_theme(rq->db, rq->arena, v.theme, from, ON_PAGE, &v.rows);
        else if (e == OK && str_eq(v.show, S("onbeantwoord")))
                e = questions_unanswered(rq->db, rq->arena, from, ON_PAGE, &v.rows);
        else if (e == OK)
                e = questions_newest(rq->db, rq->arena, from, ON_PAGE, &v.rows);
        if (e != OK)
                return e;
        struct str choice = v.theme.n ? str_fmt(rq->arena, "thema=%.*s&", STR(v.theme)) : v.show.n ? str_fmt(rq->arena, "toon=%.*s&", STR(v.show)) : S("");
        if (v.rows.n == ON_PAGE)
                v.next = str_fmt(rq->arena, "/vragen?%.*svoor=%lld", STR(choice), (long long) v.rows.v[v.rows.n - 1].id);
        struct page p = page_new(rq, rs, S("Vragen uit de praktijk"), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, p.title, S("/vragen"));
        questions_page(&p, &v);
        return page_done(&p);
}

static enum err rules_get(struct req *rq, struct resp *rs) {
        struct page p = page_new(rq, rs, S("Spelregels voor vragen en ervaringen"), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, S("Vragen uit de praktijk"), S("/vragen"));
        page_crumb(&p, S("Spelregels"), rq->path);
        house_rules_page(&p);
        return page_done(&p);
}

static enum err mine_get(struct req *rq, struct resp *rs) {
        struct own_posts_view v = { 0 };
        struct post_list rows;
        enum err e = posts_of_person(rq->db, rq->arena, rq->viewer.person_id, &rows);
        if (e == OK)
                e = posts_show(rq, &rows, NULL, &v.posts);
        for (size_t i = 0; e == OK && i < v.posts.n; i++) {
                v.any |= v.posts.v[i].may_withdraw;
                e = post_path(rq, &v.posts.v[i].post, &v.posts.v[i].address);
        }
        if (e != OK)
                return e;
        rs->cache = CACHE_NONE;
        struct page p = page_new(rq, rs, S("Mijn bijdragen"), SECTION_ACCOUNT);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Mijn account"), S("/account"));
        page_crumb(&p, p.title, S("/mijn-bijdragen"));
        own_posts_page(&p, &v);
        return page_done(&p);
}

static enum err mine_post(struct req *rq, struct resp *rs) {
        struct post_list rows;
        if (rq->errors.n == 0 && !str_eq(req_text(rq, "zeker"), S("ja")))
                req_error(rq, "zeker", S("Zet een vinkje als u alles wilt intrekken"));
        if (rq->errors.n)
                return page_refused(rs, mine_get(rq, rs));
        enum err e = posts_of_person(rq->db, rq->arena, rq->viewer.person_id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                if (post_may_withdraw(rq, &rows.v[i]))
                        e = post_take_back(rq, &rows.v[i]);
        return e == OK ? resp_redirect(rs, S("/mijn-bijdragen")) : e;
}

/* On the page of the item. */

static enum err voices_load(struct req *rq, const struct item_shown *item, void **ret) {
        struct voices_view *v = arena_new(rq->arena, struct voices_view);
        struct voices_on_item_row counts;
        struct post_list rows;
        enum err e = voices_on_item(rq->db, rq->arena, item->id, &counts);
        *v = (struct voices_view) { .item = item, .questions = counts.questions, .notes = counts.notes };
        if (e == OK && counts.shown)
                e = newest_on_item(rq->db, rq->arena, item->id, ON_ITEM, &rows);
        if (e == OK && counts.shown)
                e = posts_show(rq, &rows, NULL, &v->newest);
        *ret = v;
        return e;
}

static void voices_draw(struct page *p, const void *loaded) {
        voices_part(p, loaded);
}

const struct item_extra dialogue_item_extra = { S_INIT("uit-de-praktijk"), S_INIT("Vragen en ervaringen uit de praktijk"), voices_load, voices_draw };

#define BEFORE(field) { .name = field, .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX }
static const struct field practice_fields[] = { BEFORE("vragen"), BEFORE("ervaringen"), { 0 } };
static const struct field overview_fields[] = {
        { .name = "toon", .type = FIELD_CODE, .max = 20 }, { .name = "thema", .type = FIELD_CODE, .max = 60 }, BEFORE("voor"), { 0 },
};
static const struct field sure_fields[] = { { .name = "zeker", .type = FIELD_CODE, .max = 2 }, { 0 } };
static const struct field report_fields[] = {
        { .name = "reden", .type = FIELD_CODE, .max = 20 }, { .name = "toelichting", .type = FIELD_MULTILINE, .max = 500 }, { 0 },
};
static const struct field accept_fields[] = { { .name = "antwoord", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX, .required = true }, { 0 } };

const struct route dialogue_routes[] = {
        { GET, "/kennis/{slug}/praktijk", ACCESS_PUBLIC, practice_get, practice_fields },
        { GET, "/kennis/{slug}/praktijk/vraag", ACCESS_SIGNED_IN, question_new_get, NULL },
        { POST, "/kennis/{slug}/praktijk/vraag", ACCESS_SIGNED_IN, question_new_post, question_fields },
        { GET, "/kennis/{slug}/praktijk/ervaring", ACCESS_SIGNED_IN, note_new_get, NULL },
        { POST, "/kennis/{slug}/praktijk/ervaring", ACCESS_SIGNED_IN, note_new_post, field_note_fields },
        { GET, "/vragen", ACCESS_PUBLIC, overview_get, overview_fields },
        { GET, "/vragen/spelregels", ACCESS_PUBLIC, rules_get, NULL },
        { GET, "/vragen/{vraag}", ACCESS_PUBLIC, question_get, NULL },
        { POST, "/vragen/{vraag}/antwoord", ACCESS_SIGNED_IN, answer_new_post, answer_fields },
        { POST, "/vragen/{vraag}/geholpen", ACCESS_SIGNED_IN, answer_accept_post, accept_fields },
        { GET, "/bijdragen/{id}/wijzigen", ACCESS_SIGNED_IN, post_change_get, NULL },
        { POST, "/bijdragen/{id}/wijzigen", ACCESS_SIGNED_IN, post_change_post, field_note_fields },
        { GET, "/bijdragen/{id}/intrekken", ACCESS_SIGNED_IN, post_withdraw_get, NULL },
        { POST, "/bijdragen/{id}/intrekken", ACCESS_SIGNED_IN, post_withdraw_post, NULL },
        { GET, "/bijdragen/{id}/melden", ACCESS_PUBLIC, post_report_get, NULL },
        { POST, "/bijdragen/{id}/melden", ACCESS_PUBLIC, post_report_post, report_fields },
        { GET, "/bijdragen/gemeld", ACCESS_PUBLIC, post_reported_get, NULL },
        { GET, "/mijn-bijdragen", ACCESS_SIGNED_IN, mine_get, NULL },
        { POST, "/mijn-bijdragen/intrekken", ACCESS_SIGNED_IN, mine_post, sure_fields },
        { 0 },
};
