/* oidc_walk ISSUER CLIENT_ID REDIRECT_URI ROLES_CLAIM SECRET|@KEY_FILE: the layer src/oidc for tests with real providers,
 * which may stand on loopback. Reads commands, one a line, and answers each with one line:
 *      begin                           url URL kept TEXT
 *      finish KEPT CODE STATE ISS      identity {JSON}, or fault NAME; "-" for a parameter that is absent
 *      later MILLISECONDS              ok; the clock of this program goes forward */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "clock.h"
#include "file.h"
#include "json.h"
#include "oidc.h"

static int64_t ahead_ms;

static void say_fault(enum oidc_fault f) {
        printf("fault %s\n", oidc_fault_name(f));
}

static void do_begin(struct oidc *o, struct arena *a, const struct oidc_client *client) {
        struct oidc_provider p;
        struct oidc_kept kept;
        struct str url;
        int64_t now = clock_now_ms() + ahead_ms;
        enum oidc_fault f = oidc_discover(o, a, client->issuer, now, &p);
        if (f == OIDC_OK)
                f = oidc_begin(a, client, &p, S("/terug"), now, &kept, &url);
        if (f != OIDC_OK) {
                say_fault(f);
                return;
        }
        struct str text = oidc_kept_write(a, &kept);
        printf("url %.*s kept %.*s\n", STR(url), STR(text));
}

static void say_identity(const struct oidc_identity *who) {
        _cleanup_(buf_done) struct buf b = { .max = 65536 };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        json_str(&j, "issuer", who->issuer);
        json_str(&j, "sub", who->sub);
        json_str(&j, "email", who->email);
        json_bool(&j, "email_verified", who->email_verified);
        json_str(&j, "name", who->name);
        json_array(&j, "roles");
        for (size_t i = 0; i < who->role_count; i++)
                json_str(&j, NULL, who->roles[i]);
        json_end_array(&j);
        json_end_object(&j);
        printf("identity %.*s\n", STR(buf_view(&b)));
}

static struct str next(struct str *rest) {
        struct str word = { NULL, 0 };
        if (!str_split(rest, ' ', &word) || str_eq(word, S("-")))
                return S("");
        return word;
}

static void do_finish(struct oidc *o, struct arena *a, const struct oidc_client *client, struct str rest) {
        struct oidc_kept kept;
        struct oidc_identity who;
        struct str text = next(&rest);
        struct oidc_callback back = { .code = next(&rest) };
        back.state = next(&rest);
        back.iss = next(&rest);
        if (!oidc_kept_read(a, text, &kept)) {
                say_fault(OIDC_KEPT);
                return;
        }
        enum oidc_fault f = oidc_finish(o, a, client, &kept, &back, clock_now_ms() + ahead_ms, &who);
        if (f == OIDC_OK)
                say_identity(&who);
        else
                say_fault(f);
}

static void run(struct oidc *o, const struct oidc_client *client) {
        struct arena a = { .head = NULL };
        char line[16384];
        while (fgets(line, sizeof line, stdin)) {
                struct str rest = str_trim(str_of(line)), word = next(&rest);
                if (str_eq(word, S("begin"))) {
                        do_begin(o, &a, client);
                } else if (str_eq(word, S("finish"))) {
                        do_finish(o, &a, client, rest);
                } else {
                        int64_t ms = 0;
                        ahead_ms += str_to_i64(rest, &ms) ? ms : 0;
                        puts("ok");
                }
                fflush(stdout);
                arena_reset(&a);
        }
        arena_done(&a);
}

int main(int argc, char **argv) {
        struct arena a = { .head = NULL };
        struct oidc_http http = { .allow_loopback_http = true };
        static struct oidc o;
        if (argc != 6) {
                fprintf(stderr, "usage: oidc_walk ISSUER CLIENT_ID REDIRECT_URI ROLES_CLAIM SECRET|@KEY_FILE\n");
                return 2;
        }
        struct oidc_client client = { .issuer = str_of(argv[1]), .client_id = str_of(argv[2]), .redirect_uri = str_of(argv[3]),
                                      .roles_claim = str_of(argv[4]), .client_secret = str_of(argv[5]) };
        if (argv[5][0] == '@') {
                client.client_secret = S("");
                if (file_read(&a, str_of(argv[5] + 1), 65536, &client.private_key_pem) != OK)
                        return 2;
        }
        oidc_init(&o, &http);
        run(&o, &client);
        oidc_done(&o);
        arena_done(&a);
        return 0;
}
