/* people_testing.h - for the tests of this room: a store with a key file, people, and requests of somebody who is signed in. */
#ifndef PEOPLE_PEOPLE_TESTING_H
#define PEOPLE_PEOPLE_TESTING_H
#include "testing.h"
#include "keys.h"
#include "page.h"
#include "people.h"
#include "people_link.h"
#include "people_session.h"

#define NOW ((int64_t) 1790000000000)
#define MINUTE ((int64_t) 60000)
#define HOUR (60 * MINUTE)

struct house {
        struct test_store *s;
        struct db *db;
        struct keys keys;
        struct site site;
};
/* Opens the store of this test with its schema. H stays where it is. */
void house_open(struct house *h, void **state);
/* Usable with _cleanup_. */
void house_close(struct house *h);

/* One call inside a transaction that is kept when it gives OK, as a POST is; the value is the error. */
#define TX(h, call) ({ \
        assert_int_equal(db_begin((h)->db), OK); \
        enum err tx_ = (call); \
        if (tx_ == OK) \
                assert_int_equal(db_commit((h)->db), OK); \
        else \
                db_rollback((h)->db); \
        tx_; })

/* A request at NOW_MS of nobody, and of whoever has TOKEN. */
struct req request(struct house *h, int64_t now_ms);
struct req request_of(struct house *h, struct str token, int64_t now_ms);
/* Who has TOKEN at that time. */
struct viewer who(struct house *h, struct str token, int64_t now_ms);

/* A person whose address is proved: NAME@voorbeeld.nl. */
int64_t somebody(struct house *h, const char *name);
/* The same with a role at ORGANISATION, or on one's own with 0. */
int64_t somebody_with(struct house *h, const char *name, const char *role, int64_t organisation);
/* Starts a session; its token. */
struct str sign_in(struct house *h, int64_t person, int level, int64_t now_ms);
/* A municipality's organisation without municipality. */
int64_t organisation(struct house *h, const char *name);
/* A number that SQL with a %lld for ID gives. */
int64_t number_of(struct house *h, const char *sql, int64_t id);

#endif
