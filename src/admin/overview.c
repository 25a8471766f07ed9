/* overview.c - pages to read: who may do what, the record of processing, and what visitors report. */
#include "internal.h"
#include "overview.tmpl.h"
#include "people_processing.h"
#include "views.h"

static void add_routes(struct req *rq, const struct route *const *rooms, struct role_routes *ret) {
        for (; *rooms; rooms++)
                for (const struct route *r = *rooms; r->pattern; r++) {
                        enum role_reach reach = role_reach(ret->role, r);
                        if (reach != REACH_OWN && reach != REACH_EVERYWHERE)
                                continue;
                        *vec_push(rq->arena, &ret->routes) = (struct role_route) {
                                r->method == GET ? S("bekijken") : S("wijzigen"), str_of(r->pattern), reach == REACH_OWN };
                }
}

enum err role_table_get(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct role_table_view v = { 0 };
        for (const struct role *r = roles; r->code.n; r++) {
                struct role_routes *l = vec_push(rq->arena, &v.roles);
                l->role = r;
                add_routes(rq, site->installation->rooms, l);
        }
        struct page p = admin_page(rq, rs, S("Rollen en rechten"));
        page_crumb(&p, p.title, rq->path);
        role_table_page(&p, &v);
        return page_done(&p);
}

enum err processing_get(struct req *rq, struct resp *rs) {
        struct page p = admin_page(rq, rs, S("Register van verwerkingen"));
        page_crumb(&p, p.title, rq->path);
        processing_page(&p, processings);
        return page_done(&p);
}

enum err messages_get(struct req *rq, struct resp *rs) {
        struct messages_view v = { 0 };
        enum err e = feedback_list(rq->db, rq->arena, ADMIN_PAGE + 1, req_integer(rq, "voor", 0), &v.messages);
        if (e != OK)
                return e;
        if (v.messages.n > ADMIN_PAGE) {
                v.messages.n = ADMIN_PAGE;
                v.next = str_fmt(rq->arena, "/beheer/reacties?voor=%lld", (long long) v.messages.v[ADMIN_PAGE - 1].id);
        }
        struct page p = admin_page(rq, rs, S("Reacties van bezoekers"));
        page_crumb(&p, p.title, rq->path);
        messages_page(&p, &v);
        return page_done(&p);
}
