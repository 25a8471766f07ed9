/* web_ddas.c - aggregates that were counted from a DDAS file on the sender's own computer. */
#include "sendfile.tmpl.h"
#include "views.h"

static enum err find_house(struct req *rq, struct organisation *ret) {
        bool found = false;
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

static enum err draw(struct req *rq, struct resp *rs, const struct organisation *o, const struct wrongs *w) {
        struct file_view view = { .organisation = o, .was_sent = rq->method == POST, .sent = rq->method == POST ? req_text(rq, "aggregates") : S("") };
        if (w)
                view.wrongs = *w;
        struct page p = delivery_page(rq, rs, NULL, S("Tel uit een DDAS-bestand"));
        p.invalid |= view.wrongs.n > 0;
        p.ddas = true;
        page_crumb(&p, o->name, str_fmt(rq->arena, "/aanleveren/%.*s", STR(o->slug)));
        page_crumb(&p, S("DDAS"), rq->path);
        ddas_page(&p, &view);
        return page_done(&p);
}

/* To the page of the organisation that somebody delivers for; with more than one they choose first. */
enum err ddas_lead_get(struct req *rq, struct resp *rs) {
        struct role_held_list held;
        struct str slug = S("");
        bool many = false;
        enum err e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &held);
        for (size_t i = 0; e == OK && i < held.n; i++) {
                uint64_t rights = 0;
                if (!held.v[i].organisation_id.is_set || !held.v[i].granted_ms.is_set)
                        continue;
                e = viewer_rights_at(rq, held.v[i].organisation_id.v, &rights);
                if (!(rights & RIGHT_DELIVER))
                        continue;
                many |= slug.n && !str_eq(slug, held.v[i].slug);
                slug = held.v[i].slug;
        }
        if (e != OK)
                return e;
        return resp_redirect(rs, slug.n && !many ? str_fmt(rq->arena, "/aanleveren/%.*s/ddas", STR(slug)) : S("/aanleveren"));
}

enum err ddas_get(struct req *rq, struct resp *rs) {
        struct organisation o;
        enum err e = find_house(rq, &o);
        return e == OK ? draw(rq, rs, &o, NULL) : e;
}

struct count {
        struct req *rq;
        const struct organisation *organisation;
        struct organisation_places_row_list places;
        struct table table;
        struct wrongs wrongs;
        struct visit last;              /* that was written */
        size_t written;
};

static bool is_ours(const struct count *c, struct str code) {
        for (size_t i = 0; i < c->places.n; i++)
                if (str_eq(c->places.v[i].municipality, code))
                        return true;
        return false;
}

/* The rows of one municipality and period into its draft. */
static enum err take(struct count *c, struct str region, int64_t period) {
        struct req *rq = c->rq;
        struct visit v = { .organisation = *c->organisation, .period = period };
        struct table own = { 0 };
        bool found = false;
        enum err e = delivery_place_coded(rq->db, rq->arena, region, &v.place, &found);
        if (e == OK && found)
                e = visit_load(rq, &v);
        if (e != OK || !found)
                return e;
        if (!v.takes_part || !v.is_open || (v.open ? !str_eq(v.open->state, S("draft")) : v.is_accepted))
                return OK;              /* a file holds more than one period: what was delivered stays as it is */
        for (size_t i = 0; i < c->table.n; i++) {
                int64_t p;
                if (str_eq(c->table.v[i].text[COLUMN_REGION], region) && !str_eq(c->table.v[i].text[COLUMN_COMPLETE], S("nee")) && period_read(c->table.v[i].text[COLUMN_PERIOD], &p) && p == period)
                        *vec_push(rq->arena, &own) = c->table.v[i];
        }
        struct filled f = filled_new(rq->arena, &v.asked);
        bool any = false;
        table_fill(rq->arena, &own, &v, true, &f, &c->wrongs);
        for (size_t i = 0; i < v.asked.figures.n; i++)
                any |= figure_is_filled(&f, i);
        if (c->wrongs.n || !any)
                return OK;              /* a year holds what is asked by quarter */
        e = visit_begin(rq, &v, "ddas", S(""));
        if (e == OK)
                e = visit_save(rq, &v, &f, -1, "ddas");
        c->last = v;
        c->written++;
        return e;
}

/* Each municipality and period once; whose rows are not ours is told. */
static enum err take_all(struct count *c) {
        enum err e = OK;
        struct map seen = { 0 };
        for (size_t i = 0; e == OK && i < c->table.n; i++) {
                const struct table_row *r = &c->table.v[i];
                struct str region = r->text[COLUMN_REGION], key = str_fmt(c->rq->arena, "%.*s %.*s", STR(region), STR(r->text[COLUMN_PERIOD]));
                int64_t period;
                /* a municipality that nobody noted, and a period of which only a part was in the file, are no figures of ours */
                if (map_get(&seen, key) || str_eq(region, S("Onbekend")) || str_eq(r->text[COLUMN_COMPLETE], S("nee")))
                        continue;
                map_put(c->rq->arena, &seen, key, c);
                if (!code_is_region(region) || !is_ours(c, region))
                        wrong_add(c->rq->arena, &c->wrongs, r->place[COLUMN_REGION].p ? r->place[COLUMN_REGION] : S("gemeentecode"),
                                  str_fmt(c->rq->arena, "‘%.*s’ is geen gemeente waarvoor %.*s werkt.", STR(str_sub(region, 0, 20)), STR(c->organisation->name)), S("Haal deze regels weg."));
                else if (!period_read(r->text[COLUMN_PERIOD], &period))
                        wrong_add(c->rq->arena, &c->wrongs, r->place[COLUMN_PERIOD].p ? r->place[COLUMN_PERIOD] : S("periode"),
                                  str_fmt(c->rq->arena, "‘%.*s’ is geen periode.", STR(str_sub(r->text[COLUMN_PERIOD], 0, 20))), S("Tel opnieuw, en verander niets aan de regels."));
                else
                        e = take(c, region, period);
        }
        return e;
}

enum err ddas_post(struct req *rq, struct resp *rs) {
        struct organisation o;
        enum err e = find_house(rq, &o);
        if (e != OK)
                return e;
        if (rq->errors.n)
                return page_refused(rs, draw(rq, rs, &o, NULL));
        struct count c = { .rq = rq, .organisation = &o };
        e = organisation_places(rq->db, rq->arena, o.id, &c.places);
        if (e != OK)
                return e;
        table_read(rq->arena, req_text(rq, "aggregates"), &c.table, &c.wrongs);
        if (c.wrongs.n == 0)
                e = take_all(&c);
        if (e == OK && c.wrongs.n == 0 && c.written == 0)
                wrong_add(rq->arena, &c.wrongs, S("De tellingen"), S("Er is geen periode bij die nog open is: ze zijn al aangeleverd, te lang geleden, of de gemeente doet niet mee."),
                          S("Wilt u iets verbeteren? Begin dan bij die periode met een correctie."));
        if (e == OK && c.wrongs.n)
                return page_refused(rs, draw(rq, rs, &o, &c.wrongs));
        if (e != OK)
                return e;
        return c.written == 1 ? visit_noted(rq, rs, &c.last, "/controle", "geteld")
                              : page_noted(rq, rs, str_fmt(rq->arena, "/aanleveren/%.*s", STR(o.slug)), "geteld");
}
