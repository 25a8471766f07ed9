#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include <pthread.h>
#include <stdatomic.h>
#include "password.h"

int __real_crypto_pwhash_str(char *out, const char *p, unsigned long long n, unsigned long long rounds, size_t memory);
int __wrap_crypto_pwhash_str(char *out, const char *p, unsigned long long n, unsigned long long rounds, size_t memory);
int __real_crypto_pwhash_str_verify(const char *hash, const char *p, unsigned long long n);
int __wrap_crypto_pwhash_str_verify(const char *hash, const char *p, unsigned long long n);

static _Atomic int hashes, running, most;
static pthread_barrier_t *meet;         /* when set, a hash waits in its slot for a second one */

static void begin_hash(void) {
        hashes++;
        int now = ++running, seen = most;
        while (now > seen && !atomic_compare_exchange_weak(&most, &seen, now))
                ;
        if (meet)
                pthread_barrier_wait(meet);
}

int __wrap_crypto_pwhash_str(char *out, const char *p, unsigned long long n, unsigned long long rounds, size_t memory) {
        begin_hash();
        int r = __real_crypto_pwhash_str(out, p, n, rounds, memory);
        running--;
        return r;
}

int __wrap_crypto_pwhash_str_verify(const char *hash, const char *p, unsigned long long n) {
        begin_hash();
        int r = __real_crypto_pwhash_str_verify(hash, p, n);
        running--;
        return r;
}

static void test_hash_and_verify(void **state) {
        (void) state;
        char hash[crypto_pwhash_STRBYTES], again[crypto_pwhash_STRBYTES];
        bool rehash = true;
        struct str password = S("vier losse woorden in een rij");
        assert_int_equal(password_hash(password, hash), OK);
        assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
        assert_int_equal(password_verify(str_of(hash), password, &rehash), OK);
        assert_false(rehash);
        assert_int_equal(password_verify(str_of(hash), S("vier losse woorden in een rik"), &rehash), ERR_DENIED);
        assert_int_equal(password_verify(str_of(hash), S("Vier losse woorden in een rij"), &rehash), ERR_DENIED);
        assert_int_equal(password_verify(str_of(hash), S("vier losse woorden in een rij "), &rehash), ERR_DENIED);
        assert_int_equal(password_hash(password, again), OK);
        assert_string_not_equal(hash, again);
}

/* Composed and combining accents are different bytes, and stay so. */
static void test_bytes_as_given(void **state) {
        (void) state;
        char hash[crypto_pwhash_STRBYTES];
        bool rehash;
        assert_int_equal(password_hash(S("caf\xc3\xa9 in de ochtend"), hash), OK);
        assert_int_equal(password_verify(str_of(hash), S("caf\xc3\xa9 in de ochtend"), &rehash), OK);
        assert_int_equal(password_verify(str_of(hash), S("cafe\xcc\x81 in de ochtend"), &rehash), ERR_DENIED);
}

static void test_weaker_parameters(void **state) {
        (void) state;
        char old[crypto_pwhash_STRBYTES];
        bool rehash = false;
        assert_int_equal(__real_crypto_pwhash_str(old, "geheim", 6, 1, 8192 * 1024), 0);
        assert_int_equal(password_verify(str_of(old), S("geheim"), &rehash), OK);
        assert_true(rehash);
        /* a wrong password asks for nothing */
        assert_int_equal(password_verify(str_of(old), S("Geheim"), &rehash), ERR_DENIED);
        assert_false(rehash);
}

static void test_limits(void **state) {
        (void) state;
        char hash[crypto_pwhash_STRBYTES], longest[PASSWORD_MAX + 1];
        bool rehash;
        memset(longest, 'x', sizeof longest);
        hashes = 0;
        assert_int_equal(password_hash((struct str) { longest, PASSWORD_MAX + 1 }, hash), ERR_LIMIT);
        assert_string_equal(hash, "");
        assert_int_equal(password_hash(S("lang genoeg\0 maar met NUL"), hash), ERR_INVALID);
        assert_int_equal(password_hash(S(""), hash), ERR_INVALID);
        assert_int_equal(hashes, 0);
        assert_int_equal(password_hash((struct str) { longest, PASSWORD_MAX }, hash), OK);
        assert_int_equal(password_verify(str_of(hash), (struct str) { longest, PASSWORD_MAX }, &rehash), OK);
        hashes = 0;
        assert_int_equal(password_verify(str_of(hash), (struct str) { longest, PASSWORD_MAX + 1 }, &rehash), ERR_DENIED);
        password_waste((struct str) { longest, PASSWORD_MAX + 1 });
        assert_int_equal(hashes, 0);
}

/* An account without a password, a damaged hash and an account that is not there cost the same: one full hash. */
static void test_same_work(void **state) {
        (void) state;
        bool rehash;
        const struct str stored[] = {
                S(""), S("!"), S("$argon2id$v=19$m=19456,t=2"), S("$2b$10$abcdefghijklmnopqrstuv"), { NULL, 0 },
                S("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        };
        for (size_t i = 0; i < sizeof stored / sizeof *stored; i++) {
                hashes = 0;
                assert_int_equal(password_verify(stored[i], S("welk wachtwoord dan ook"), &rehash), ERR_DENIED);
                assert_int_equal(hashes, 1);
        }
        hashes = 0;
        password_waste(S("welk wachtwoord dan ook"));
        assert_int_equal(hashes, 1);
}

static void *hash_once(void *arg) {
        char hash[crypto_pwhash_STRBYTES];
        if (arg)
                return password_hash(S("van een eigen draad"), hash) == OK ? NULL : arg;
        password_waste(S("van een eigen draad"));
        return NULL;
}

/* Two always meet in their slots, and none of the six that wait joins them. */
static void test_two_at_once(void **state) {
        (void) state;
        enum { THREADS = 8 };
        pthread_t t[THREADS];
        pthread_barrier_t two;
        pthread_barrier_init(&two, NULL, PASSWORD_AT_ONCE);
        meet = &two;
        hashes = most = 0;
        for (size_t i = 0; i < THREADS; i++)
                assert_int_equal(pthread_create(&t[i], NULL, hash_once, i % 2 ? state : NULL), 0);
        for (size_t i = 0; i < THREADS; i++) {
                void *failed;
                assert_int_equal(pthread_join(t[i], &failed), 0);
                assert_null(failed);
        }
        meet = NULL;
        pthread_barrier_destroy(&two);
        assert_int_equal(hashes, THREADS);
        assert_int_equal(most, 2);
        assert_int_equal(running, 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_hash_and_verify), cmocka_unit_test(test_bytes_as_given),
                cmocka_unit_test(test_weaker_parameters), cmocka_unit_test(test_limits),
                cmocka_unit_test(test_same_work), cmocka_unit_test(test_two_at_once),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
