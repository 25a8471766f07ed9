/* erase.c - walking through what is kept about somebody, to show it or to delete it. */
#include "kept.sql.h"
#include "page.h"
#include "people.h"
#include "people_kept.h"

static enum err find(struct req *rq, int64_t person_id, struct kept_person_row *ret) {
        bool found = false;
        enum err e = kept_person(rq->db, rq->arena, person_id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err people_show(struct req *rq, int64_t person_id, const struct kept *k, struct kept_rows *ret) {
        struct kept_person_row p;
        *ret = (struct kept_rows) { .arena = rq->arena };
        enum err e = k->show ? find(rq, person_id, &p) : OK;
        return e == OK && k->show ? k->show(rq->db, &p, ret) : e;
}

enum err people_is_last_administrator(struct req *rq, int64_t person_id, bool *ret) {
        struct holders_row_list rows;
        bool is_one = false, others = false;
        enum err e = holders(rq->db, rq->arena, S("beheerder"), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                is_one |= rows.v[i].id == person_id;
                others |= rows.v[i].id != person_id;
        }
        *ret = is_one && !others;
        return e;
}

/* Last table first: the rows that point at the person go before the person. */
static enum err erase_all(struct req *rq, const struct kept *const *lists, const struct kept_person_row *p) {
        size_t n = 0;
        enum err e = OK;
        while (lists[n])
                n++;
        while (e == OK && n-- > 0) {
                size_t k = 0;
                while (lists[n][k].table)
                        k++;
                while (e == OK && k-- > 0)
                        if (lists[n][k].erase)
                                e = lists[n][k].erase(rq->db, rq->arena, p);
        }
        return e;
}

enum err people_erase(struct req *rq, int64_t person_id) {
        const struct site *site = rq->app;
        struct kept_person_row p;
        bool last = false;
        enum err e = find(rq, person_id, &p);
        if (e == OK)
                e = people_is_last_administrator(rq, person_id, &last);
        if (e == OK && last)
                e = ERR_CONFLICT;
        if (e == OK)
                e = erase_all(rq, site->kept, &p);
        return e == OK ? people_trail(rq, "person.erase", "person", person_id, (struct opt_i64) { 0 }, S(""), S("")) : e;
}
