#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "cbor.h"
#include "webauthn.h"

static int start(void **state) {
        static struct arena arena;
        *state = &arena;
        return 0;
}

static int stop(void **state) {
        arena_done(*state);
        return 0;
}

static const struct webauthn_site site = {
        S_INIT("schouders.nl"), S_INIT("https://www.schouders.nl"), S_INIT("Schouders"),
};

static void base64url_is_read_in_its_one_form(void **state) {
        static const char *const bad[] = {
                "A", "AA=", "AA==", "A=", "AB", "AAB", "AA A", " AA", "AA\n", "A+/A", "AAAA=", "\xc3\xa9", "AAAAA", "AAA\xff", "\xff\xfe\x80\x81",
        };
        struct str s;
        assert_int_equal(webauthn_decode(*state, S("AAEC_-8"), 64, &s), OK);
        assert_int_equal(s.n, 5);
        assert_memory_equal(s.p, "\x00\x01\x02\xff\xef", 6);
        assert_int_equal(webauthn_decode(*state, S(""), 64, &s), OK);
        assert_int_equal(s.n, 0);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                assert_int_equal(webauthn_decode(*state, str_of(bad[i]), 64, &s), ERR_INVALID);
                assert_int_equal(s.n, 0);
        }
        assert_int_equal(webauthn_decode(*state, S("AAECAw\0"), 64, &s), ERR_INVALID);
}

static void base64url_has_a_maximum(void **state) {
        struct str s;
        assert_int_equal(webauthn_decode(*state, S("AAEC"), 3, &s), OK);
        assert_int_equal(webauthn_decode(*state, S("AAECAA"), 3, &s), ERR_LIMIT);
        assert_int_equal(webauthn_decode(*state, S("AAECAA"), 4, &s), OK);
        assert_int_equal(webauthn_decode(*state, S("AA"), 0, &s), ERR_LIMIT);
}

static void what_is_written_is_read_again(void **state) {
        char bytes[100];
        for (size_t n = 0; n <= sizeof bytes; n++) {
                for (size_t i = 0; i < n; i++)
                        bytes[i] = (char) (i * 37 + n);
                struct str text = webauthn_encode(*state, (struct str) { bytes, n }), back;
                assert_int_equal(text.n, WEBAUTHN_TEXT(n));
                assert_int_equal(webauthn_decode(*state, text, n, &back), OK);
                assert_int_equal(back.n, n);
                assert_memory_equal(back.p, bytes, n);
        }
}

static void a_site_must_fit_together(void **state) {
        static const struct { const char *rp, *origin; bool valid; } all[] = {
                { "schouders.nl", "https://schouders.nl", true }, { "schouders.nl", "https://www.schouders.nl", true },
                { "www.schouders.nl", "https://www.schouders.nl:8443", true },
                { "localhost", "http://localhost:8080", true }, { "localhost", "http://localhost", true },
                { "schouders.nl", "http://schouders.nl", false }, { "schouders.nl", "https://schouders.nl/", false },
                { "schouders.nl", "https://schouders.nl:443", false }, { "localhost", "http://localhost:80", false },
                { "schouders.nl", "https://schouders.nl:", false }, { "schouders.nl", "https://schouders.nl:0", false },
                { "schouders.nl", "https://schouders.nl:65536", false },
                { "schouders.nl", "https://schouders.nl:+84", false },
                { "www.schouders.nl", "https://schouders.nl", false }, { "schouders.nl", "https://eschouders.nl", false },
                { "schouders.nl", "https://schouders.nl.evil.nl", false }, { "Schouders.nl", "https://Schouders.nl", false },
                { "127.0.0.1", "http://127.0.0.1:8080", false }, { "schouders.nl.", "https://schouders.nl.", false },
                { "", "https://schouders.nl", false }, { "schouders.nl", "", false }, { "schouders.nl", "https://", false },
                { "schouders.nl", "https://u@schouders.nl", false }, { "-a.nl", "https://-a.nl", false },
                { "schouders.nl", "null", false }, { "a..nl", "https://a..nl", false },
        };
        (void) state;
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct webauthn_site s = { str_of(all[i].rp), str_of(all[i].origin), S("Schouders") };
                if (webauthn_site_valid(&s) != all[i].valid)
                        fail_msg("%s at %s", all[i].rp, all[i].origin);
        }
        assert_false(webauthn_site_valid(&(struct webauthn_site) { site.rp_id, site.origin, S("") }));
}

static void the_page_gets_what_a_new_passkey_needs(void **state) {
        struct str ids[] = { S("a-credential-id-1"), S("a-credential-id-2") }, json;
        struct webauthn_creation ask = {
                .challenge = S("0123456789abcdef0123456789ABCDEF"), .user_id = S("\x01\x02\xff"),
                .name = S("jo@almere.nl"), .display_name = S("Jo \"</script>\" de Vries"),
                .exclude = ids, .excluded = 2, .resident = true, .require_uv = true, .timeout_ms = 300000,
        };
        assert_int_equal(webauthn_creation_json(*state, &site, &ask, &json), OK);
        assert_string_equal(json.p, "{\"challenge\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY\","
                "\"rp\":{\"id\":\"schouders.nl\",\"name\":\"Schouders\"},"
                "\"user\":{\"id\":\"AQL_\",\"name\":\"jo@almere.nl\",\"displayName\":\"Jo \\\"</script>\\\" de Vries\"},"
                "\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":-7},{\"type\":\"public-key\",\"alg\":-8},"
                "{\"type\":\"public-key\",\"alg\":-257}],"
                "\"excludeCredentials\":[{\"type\":\"public-key\",\"id\":\"YS1jcmVkZW50aWFsLWlkLTE\"},"
                "{\"type\":\"public-key\",\"id\":\"YS1jcmVkZW50aWFsLWlkLTI\"}],\"attestation\":\"none\","
                "\"authenticatorSelection\":{\"residentKey\":\"required\",\"requireResidentKey\":true,"
                "\"userVerification\":\"required\"},\"timeout\":300000}");
        ask.resident = ask.require_uv = false;
        assert_int_equal(webauthn_creation_json(*state, &site, &ask, &json), OK);
        assert_true(str_ends(json, S("{\"residentKey\":\"preferred\",\"requireResidentKey\":false,"
                                     "\"userVerification\":\"preferred\"},\"timeout\":300000}")));
}

static void the_page_gets_what_a_sign_in_needs(void **state) {
        struct str ids[] = { S("a-credential-id-1") }, json;
        struct webauthn_request ask = {
                .challenge = S("0123456789abcdef0123456789ABCDEF"), .allow = ids, .allowed = 1, .require_uv = true,
                .timeout_ms = 60000,
        };
        assert_int_equal(webauthn_request_json(*state, &site, &ask, &json), OK);
        assert_string_equal(json.p, "{\"challenge\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY\","
                "\"rpId\":\"schouders.nl\",\"allowCredentials\":[{\"type\":\"public-key\","
                "\"id\":\"YS1jcmVkZW50aWFsLWlkLTE\"}],\"userVerification\":\"required\",\"timeout\":60000}");
        ask.allowed = 0;
        ask.allow = NULL;
        assert_int_equal(webauthn_request_json(*state, &site, &ask, &json), OK);
        assert_true(str_find(json, S("\"allowCredentials\":[]")) < json.n);
}

#define REFUSED(change) do { \
                struct webauthn_creation ask = good; \
                change; \
                assert_int_equal(webauthn_creation_json(*state, &site, &ask, &json), ERR_INTERNAL); \
                assert_int_equal(json.n, 0); \
        } while (0)

static void options_out_of_range_are_not_written(void **state) {
        static struct str ids[WEBAUTHN_KEYS_MAX + 1];
        char *p = arena_alloc(*state, 2000);
        memset(p, 'x', 1999);
        for (size_t i = 0; i <= WEBAUTHN_KEYS_MAX; i++)
                ids[i] = (struct str) { p, WEBAUTHN_ID_MAX };
        struct webauthn_creation good = {
                .challenge = S("0123456789abcdef0123456789ABCDEF"), .user_id = S("u"), .name = S("jo"), .exclude = ids,
                .excluded = WEBAUTHN_KEYS_MAX, .timeout_ms = 1000,
        };
        struct str json;
        assert_int_equal(webauthn_creation_json(*state, &site, &good, &json), OK);
        REFUSED(ask.excluded++);
        REFUSED(ask.excluded = SIZE_MAX);
        REFUSED(ask.challenge = S("short"));
        REFUSED(ask.user_id = S(""));
        REFUSED(ask.user_id = ((struct str) { p, WEBAUTHN_USER_ID_MAX + 1 }));
        REFUSED(ask.name = S(""));
        REFUSED(ask.name = ((struct str) { p, 1999 }));
        REFUSED(ask.timeout_ms = 999);
        REFUSED(ask.timeout_ms = 600001);
        REFUSED((ids[0].n = 15));
}

static void the_reader_of_cbor_takes_only_small_integers_as_labels(void **state) {
        static const struct { struct str bytes; bool small; int value; } all[] = {
                { S_INIT("\x00"), true, 0 }, { S_INIT("\x17"), true, 23 }, { S_INIT("\x18\x18"), true, 24 },
                { S_INIT("\x19\xff\xff"), true, 65535 }, { S_INIT("\x1a\x00\x01\x00\x00"), false, 0 },
                { S_INIT("\x20"), true, -1 }, { S_INIT("\x39\x01\x00"), true, -257 }, { S_INIT("\x39\xff\xff"), true, -65536 },
                { S_INIT("\x3b\xff\xff\xff\xff\xff\xff\xff\xff"), false, 0 }, { S_INIT("\x60"), false, 0 },
                { S_INIT("\xf5"), false, 0 },
        };
        (void) state;
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct str rest = all[i].bytes;
                struct cbor_item item;
                int v;
                assert_true(cbor_next(&rest, &item));
                assert_int_equal(rest.n, 0);
                assert_int_equal(cbor_small(&item, &v), all[i].small);
                assert_int_equal(v, all[i].value);
        }
}

static void every_fault_has_its_own_name(void **state) {
        (void) state;
        for (int i = 0; i < WEBAUTHN_FAULTS; i++) {
                assert_non_null(webauthn_fault_name((enum webauthn_fault) i));
                for (int k = 0; k < i; k++)
                        assert_string_not_equal(webauthn_fault_name((enum webauthn_fault) i),
                                                webauthn_fault_name((enum webauthn_fault) k));
        }
        assert_string_equal(webauthn_fault_name((enum webauthn_fault) WEBAUTHN_FAULTS), "unknown");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(base64url_is_read_in_its_one_form),
                cmocka_unit_test(base64url_has_a_maximum),
                cmocka_unit_test(what_is_written_is_read_again),
                cmocka_unit_test(a_site_must_fit_together),
                cmocka_unit_test(the_page_gets_what_a_new_passkey_needs),
                cmocka_unit_test(the_page_gets_what_a_sign_in_needs),
                cmocka_unit_test(options_out_of_range_are_not_written),
                cmocka_unit_test(the_reader_of_cbor_takes_only_small_integers_as_labels),
                cmocka_unit_test(every_fault_has_its_own_name),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
