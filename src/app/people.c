/* people.c - `schouders user`, the people of a demo, and `schouders check roles`. */
#include <sodium.h>
#include <stdio.h>
#include "benchlearning.h"
#include "clock.h"
#include "commands.h"
#include "keys.h"
#include "page.h"
#include "people.h"
#include "people_link.h"
#include "rooms.h"
#include "utf8.h"

struct str origin_of(const struct options *o, struct arena *a, int port) {
        return o->origin.n ? o->origin : str_fmt(a, "http://localhost:%d", port);
}

/* The request that the command line is: without a route. */
static struct req request(struct db *db, struct arena *a, const struct site *site) {
        return (struct req) { .arena = a, .db = db, .app = (void *) (uintptr_t) site, .now_ms = clock_now_ms(), .id = S("command"),
                              .idempotency = S(""), .path = S("") };
}

static enum err administrator_link(struct options *o, struct arena *a, const struct keys *keys, struct str *token) {
        _cleanup_(db_closep) struct db *db = NULL;
        struct site site = { .keys = keys };
        struct str email = o->args_n > 2 ? o->args[2] : S("");
        enum err e = store_open(o, DB_WRITE, &db);
        if (e == OK)
                e = db_begin(db);
        if (e != OK)
                return e;
        struct req rq = request(db, a, &site);
        e = link_make(db, a, keys, LINK_ADMINISTRATOR, 0, email, rq.now_ms, LINK_DAY_MS, token);
        if (e == OK)
                e = people_trail(&rq, "link.administrator", "link", 0, (struct opt_i64) { 0 }, S(""), S(""));
        if (e == OK)
                return db_commit(db);
        db_rollback(db);
        return e;
}

int command_user(struct options *o, struct arena *a) {
        struct keys keys;
        struct str token;
        if (o->args_n < 2 || o->args_n > 3 || !str_eq(o->args[1], S("add")) || !o->admin) {
                fprintf(stderr, "schouders: use `user add --admin`, with or without an e-mail address behind it.\n");
                return 2;
        }
        enum err e = store_prepare(o, a, NULL, false);
        if (e == OK)
                e = store_keys(o, &keys);
        if (e == OK)
                e = administrator_link(o, a, &keys, &token);
        if (e != OK)
                return 1;
        struct str origin = origin_of(o, a, (int) o->port);
        printf("Open this link within 24 hours to become administrator. It works once:\n%.*s/beginnen?t=%.*s\n", STR(origin), STR(token));
        return 0;
}

/* The demo municipality delivers fictitious figures for a real one, as the whole demonstration does. */
#define DEMO_PLACE "GM0664"

struct demo {
        struct arena a;
        struct site site;
        int64_t organisation, learner, neighbour, bureau;
        struct { struct str role, token; } links[24];
        size_t n;
};

/* PLACE is the code of the municipality it works for; p NULL for none. */
static enum err organisation(struct db *db, struct demo *d, struct str name, struct str kind, struct str place, int64_t now_ms, int64_t *ret) {
        struct organisation o;
        bool found = false;
        enum err e = organisation_get(db, &d->a, utf8_slug(&d->a, name), &o, &found);
        *ret = found ? o.id : 0;
        if (e != OK || found)
                return e;
        return organisation_make(db, &d->a, &(struct organisation_new) { .name = name, .kind = kind, .places = &place, .places_n = place.p ? 1 : 0,
                                                                  .is_demo = true }, now_ms, ret);
}

/* Behind the role of who works for another municipality: one that can learn from a neighbour, and that neighbour. */
#define DEMO_LEARNER "-leert"
#define DEMO_ELSEWHERE "-elders"
/* MORE is behind the role, for a role of several people; "" for the first. */
static enum err person(struct req *rq, struct demo *d, const struct role *role, struct str more) {
        struct person p;
        bool found = false;
        struct str email = str_fmt(&d->a, "%.*s%.*s@demo.invalid", STR(role->code), STR(more));
        struct str name = str_fmt(&d->a, "%.*s%s%.*s", STR(role->name), more.n ? " " : "", STR(more));
        int64_t place = str_eq(more, S(DEMO_ELSEWHERE)) ? d->neighbour : str_eq(more, S(DEMO_LEARNER)) ? d->learner : 0;
        int64_t id = 0, at = role->alone ? 0 : place ? place : role->giver == GIVER_MANAGER ? d->organisation : d->bureau;
        enum err e = person_by_email(rq->db, &d->a, email, &p, &found);
        if (e == OK && !found)
                e = person_make(rq->db, &d->a, email, str_fmt(&d->a, "%.*s (demo)", STR(name)), true, true, rq->now_ms, &id);
        id = found ? p.id : id;
        if (e == OK)
                e = role_give(rq, id, role, at);
        if (e == OK)
                e = link_make(rq->db, &d->a, d->site.keys, LINK_SIGN_IN, id, S(""), rq->now_ms, LINK_DAY_MS, &d->links[d->n].token);
        d->links[d->n++].role = name;
        return e;
}

static enum err make_demo(struct db *db, void *arg) {
        struct demo *d = arg;
        struct req rq = request(db, &d->a, &d->site);
        d->n = 0;
        enum err e = organisation(db, d, S("Demogemeente (fictief)"), S("gemeente"), S(DEMO_PLACE), rq.now_ms, &d->organisation);
        if (e == OK)
                e = organisation(db, d, S("Demogemeente Leert (fictief)"), S("gemeente"), (struct str) { 0 }, rq.now_ms, &d->learner);
        if (e == OK)
                e = organisation(db, d, S("Demogemeente Buur (fictief)"), S("gemeente"), (struct str) { 0 }, rq.now_ms, &d->neighbour);
        if (e == OK)
                e = organisation(db, d, S("Demoprogrammabureau (fictief)"), S("programmabureau"), (struct str) { 0 }, rq.now_ms, &d->bureau);
        for (const struct role *r = roles; e == OK && r->code.n; r++)
                e = person(&rq, d, r, S(""));
        if (e == OK)                    /* two who deliver: one delivers, the other approves */
                e = person(&rq, d, role_find(S("aanleveraar")), S("2"));
        /* A committee needs three assessors, and somebody to take a place. */
        for (int i = 2; e == OK && i <= 4; i++)
                e = person(&rq, d, role_find(S("beoordelaar")), str_fmt(&d->a, "%d", i));
        /* Who invites to a benchlearning meeting, and whom. */
        if (e == OK)
                e = person(&rq, d, role_find(S("beleidsadviseur")), S(DEMO_LEARNER));
        if (e == OK)
                e = person(&rq, d, role_find(S("gangmaker")), S(DEMO_ELSEWHERE));
        return e == OK ? benchlearning_demo(&rq, d->learner, d->neighbour) : e;
}

enum err demo_people(struct writer *w, const struct keys *keys, struct str origin) {
        struct demo d = { .site.keys = keys };
        enum err e = writer_run(w, make_demo, &d);
        if (e == OK)
                puts("Demo: sign in as a fictitious person. Each link works once, until tomorrow.");
        for (size_t i = 0; e == OK && i < d.n; i++)
                printf("  %-48.*s %.*s/inloggen/link?t=%.*s\n", STR(d.links[i].role), STR(origin), STR(d.links[i].token));
        fflush(stdout);
        if (e != OK)
                fprintf(stderr, "schouders: the people of the demo could not be made (%s).\n", err_name(e));
        arena_done(&d.a);
        return e;
}

void check_roles(void) {
        struct buf b = { 0 };
        people_print_roles(&b, rooms);
        fwrite(b.p, 1, b.n, stdout);
        buf_done(&b);
}
