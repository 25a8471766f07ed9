/* devices.c - where somebody is signed in, and ending that. */
#include "internal.h"
#include "security.tmpl.h"

#define PATH "/account/apparaten"

enum err account_devices_get(struct req *rq, struct resp *rs) {
        struct devices_view v = { .done = account_done(rq) };
        enum err e = session_list(rq, rq->viewer.person_id, &v.sessions);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Apparaten"), S(PATH));
        account_devices_page(&p, &v);
        return page_done(&p);
}

enum err account_device_end_post(struct req *rq, struct resp *rs) {
        int64_t id;
        enum err e = account_id(rq, &id);
        if (e != OK)
                return e;
        if (id == rq->viewer.session_id) {
                e = session_end(rq, rs);
                return e == OK ? resp_redirect(rs, S("/")) : e;
        }
        e = session_end_one(rq->db, rq->arena, rq->viewer.person_id, id);
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=apparaat")) : e;
}

enum err account_devices_end_post(struct req *rq, struct resp *rs) {
        enum err e = session_end_all(rq->db, rq->viewer.person_id, rq->viewer.session_id);
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=apparaten")) : e;
}
