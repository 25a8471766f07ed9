#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "file.h"
#include "base64url.h"
#include "keys.h"

#define GOOD "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define OTHER "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static struct keys keys_of(const char *hex) {
        struct keys k;
        assert_int_equal(keys_parse(str_of(hex), &k), OK);
        return k;
}

/* A new folder, removed with its files by drop_folder(). */
static char folder[64];
static int make_folder(void **state) {
        (void) state;
        strncpy(folder, "/tmp/schouders-keys-XXXXXX", sizeof folder - 1);
        return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct str_list l;
        if (file_list(&a, str_of(folder), S(""), &l) == OK)
                for (size_t i = 0; i < l.n; i++)
                        unlink(str_fmt(&a, "%s/%.*s", folder, STR(l.v[i])).p);
        arena_done(&a);
        return rmdir(folder);
}

static void write_key(const char *path, const char *text, mode_t mode) {
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, text, strlen(text)), (ssize_t) strlen(text));
        assert_int_equal(fchmod(fd, mode), 0);
        close(fd);
}

static void test_parse(void **state) {
        (void) state;
        struct keys k;
        assert_int_equal(keys_parse(S(GOOD "\n"), &k), OK);
        assert_int_equal(k.master[31], 0x1f);
        assert_int_equal(keys_parse(S(GOOD), &k), OK);
        const char *const bad[] = {
                "", "\n", GOOD "\n\n", GOOD "\r\n", GOOD "00", " " GOOD, "0x" GOOD,
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1",
                "g00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "0000000000000000000000000000000000000000000000000000000000000000",
        };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                assert_int_equal(keys_parse(str_of(bad[i]), &k), ERR_INVALID);
                assert_true(sodium_is_zero(k.master, sizeof k.master));
        }
}

/* The first start makes the file, the next ones read it. */
static void test_file_is_made(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct keys first, second;
        struct stat st;
        struct str path = str_fmt(&a, "%s/new.key", folder), text;
        assert_int_equal(keys_read(path, &first), OK);
        assert_int_equal(keys_read(path, &second), OK);
        assert_memory_equal(&first, &second, sizeof first);
        assert_int_equal(stat(path.p, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
        assert_int_equal(file_read(&a, path, 100, &text), OK);
        assert_int_equal(text.n, 65);
        assert_int_equal(text.p[64], '\n');
        /* nothing else stays behind */
        struct str_list l;
        assert_int_equal(file_list(&a, str_of(folder), S(""), &l), OK);
        assert_int_equal(l.n, 1);
        arena_done(&a);
}

static void test_file_is_refused(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct keys k;
        struct str path = str_fmt(&a, "%s/given.key", folder);
        const mode_t open_to_others[] = { 0640, 0604, 0660, 0620, 0602, 0611, 0777 };
        for (size_t i = 0; i < sizeof open_to_others / sizeof *open_to_others; i++) {
                write_key(path.p, GOOD "\n", open_to_others[i]);
                assert_int_equal(keys_read(path, &k), ERR_DENIED);
        }
        write_key(path.p, GOOD "\n", 0400);
        assert_int_equal(keys_read(path, &k), OK);
        assert_int_equal(unlink(path.p), 0);
        write_key(path.p, "", 0600);
        assert_int_equal(keys_read(path, &k), ERR_INVALID);
        write_key(path.p, GOOD "\n" GOOD "\n", 0600);
        assert_int_equal(keys_read(path, &k), ERR_INVALID);
        /* no new key over what is there */
        struct str text;
        assert_int_equal(file_read(&a, path, 200, &text), OK);
        assert_int_equal(text.n, 130);

        assert_int_equal(keys_read(str_of(folder), &k), ERR_INVALID);
        struct str pipe_path = str_fmt(&a, "%s/pipe", folder);
        assert_int_equal(mkfifo(pipe_path.p, 0600), 0);
        assert_int_equal(keys_read(pipe_path, &k), ERR_INVALID);
        assert_int_equal(keys_read(str_fmt(&a, "%s/absent/x.key", folder), &k), ERR_INTERNAL);
        arena_done(&a);
}

/* Of eight processes that start together, one makes the file and all have the same key. */
static void test_file_is_made_once(void **state) {
        (void) state;
        enum { ROUNDS = 10, PROCESSES = 8 };
        for (int round = 0; round < ROUNDS; round++) {
                struct arena a = { 0 };
                struct str path = str_fmt(&a, "%s/round%d.key", folder, round);
                int gate[2], answer[2];
                assert_int_equal(pipe(gate), 0);
                assert_int_equal(pipe(answer), 0);
                for (int p = 0; p < PROCESSES; p++) {
                        if (fork() != 0)
                                continue;
                        char id[KEYS_ID] = "failed", c;
                        struct keys k;
                        close(gate[1]);
                        (void) !read(gate[0], &c, 1);           /* returns when the gate closes */
                        if (keys_read(path, &k) == OK)
                                keys_id(&k, id);
                        _exit(write(answer[1], id, sizeof id) == sizeof id ? 0 : 1);
                }
                close(gate[0]);
                close(gate[1]);
                struct keys k;
                char mine[KEYS_ID], theirs[KEYS_ID];
                for (int p = 0; p < PROCESSES; p++) {
                        int status;
                        assert_true(wait(&status) > 0);
                        assert_int_equal(status, 0);
                }
                assert_int_equal(keys_read(path, &k), OK);
                keys_id(&k, mine);
                for (int p = 0; p < PROCESSES; p++) {
                        assert_int_equal(read(answer[0], theirs, sizeof theirs), sizeof theirs);
                        assert_string_equal(theirs, mine);
                }
                close(answer[0]);
                close(answer[1]);
                arena_done(&a);
        }
}

static void test_derive(void **state) {
        (void) state;
        struct keys k = keys_of(GOOD), other = keys_of(OTHER);
        unsigned char x[KEYS_KEY], y[KEYS_KEY];
        keys_derive(&k, "sessions", x);
        keys_derive(&k, "sessions", y);
        assert_memory_equal(x, y, sizeof x);
        keys_derive(&k, "recovery", y);
        assert_memory_not_equal(x, y, sizeof x);
        keys_derive(&other, "sessions", y);
        assert_memory_not_equal(x, y, sizeof x);
        assert_memory_not_equal(x, k.master, sizeof x);
        char id[KEYS_ID], other_id[KEYS_ID];
        keys_id(&k, id);
        keys_id(&other, other_id);
        assert_int_equal(strlen(id), 16);
        assert_string_not_equal(id, other_id);
        /* a stored fingerprint must hold for ever */
        assert_string_equal(id, "2333a0c0019aaddf");
}

static void test_seal_text(void **state) {
        struct keys k = { { 1 } };
        struct arena a = { 0 };
        struct str text, plain, sealed;
        (void) state;
        assert_int_equal(keys_seal_text(&k, &a, S("geheim"), S("flow"), &text), OK);
        assert_int_equal(keys_unseal_text(&k, &a, text, 47, S("flow"), &plain), OK);
        assert_true(str_eq(plain, S("geheim")));
        assert_int_equal(keys_unseal_text(&k, &a, text, 46, S("flow"), &plain), ERR_INVALID);
        assert_int_equal(keys_unseal_text(&k, &a, text, 47, S("oidc"), &plain), ERR_INVALID);
        assert_int_equal(keys_unseal_text(&k, &a, S(""), 47, S("flow"), &plain), ERR_INVALID);
        assert_int_equal(keys_unseal_text(&k, &a, str_sub(text, 0, text.n - 1), 47, S("flow"), &plain), ERR_INVALID);
        assert_true(base64url_read(&a, text, &sealed));
        assert_int_equal(keys_unseal(&k, &a, sealed, S("flow"), &plain), OK);
        arena_done(&a);
}

static void test_seal(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct keys k = keys_of(GOOD), other = keys_of(OTHER);
        struct str sealed, again, back, plain = S("twenty secret bytes!"), ad = S("totp:17");
        assert_int_equal(keys_seal(&k, &a, plain, ad, &sealed), OK);
        assert_int_equal(sealed.n, plain.n + 41);
        assert_int_equal(str_find(sealed, S("secret")), sealed.n);
        assert_int_equal(keys_unseal(&k, &a, sealed, ad, &back), OK);
        assert_true(str_eq(back, plain));

        /* twice the same secret does not look the same */
        assert_int_equal(keys_seal(&k, &a, plain, ad, &again), OK);
        assert_false(str_eq(sealed, again));

        assert_int_equal(keys_unseal(&k, &a, sealed, S("totp:18"), &back), ERR_INVALID);
        assert_int_equal(keys_unseal(&k, &a, sealed, S(""), &back), ERR_INVALID);
        assert_int_equal(keys_unseal(&other, &a, sealed, ad, &back), ERR_INVALID);
        for (size_t n = 0; n < sealed.n; n++)
                assert_int_equal(keys_unseal(&k, &a, str_sub(sealed, 0, n), ad, &back), ERR_INVALID);
        for (size_t i = 0; i < sealed.n; i++) {
                char *bad = (char *) str_dup(&a, sealed).p;
                bad[i] ^= 1;
                assert_int_equal(keys_unseal(&k, &a, (struct str) { bad, sealed.n }, ad, &back), ERR_INVALID);
        }
        assert_int_equal(keys_seal(&k, &a, S(""), S(""), &sealed), OK);
        assert_int_equal(keys_unseal(&k, &a, sealed, S(""), &back), OK);
        assert_int_equal(back.n, 0);
        struct str big = { arena_alloc(&a, KEYS_SEAL_MAX + 1), KEYS_SEAL_MAX + 1 };
        assert_int_equal(keys_seal(&k, &a, big, ad, &sealed), ERR_LIMIT);
        big.n--;
        assert_int_equal(keys_seal(&k, &a, big, ad, &sealed), OK);
        assert_int_equal(keys_unseal(&k, &a, sealed, ad, &back), OK);
        assert_true(str_eq(back, big));
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_parse),
                cmocka_unit_test_setup_teardown(test_file_is_made, make_folder, drop_folder),
                cmocka_unit_test_setup_teardown(test_file_is_refused, make_folder, drop_folder),
                cmocka_unit_test_setup_teardown(test_file_is_made_once, make_folder, drop_folder),
                cmocka_unit_test(test_derive), cmocka_unit_test(test_seal_text), cmocka_unit_test(test_seal),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
