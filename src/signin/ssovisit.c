#include "ssovisit.h"
#include <string.h>

#define ALPHA "Gemeente Alfa"

struct visit sso_new(struct test_store *s, int64_t *organisation_id) {
        struct visit v = visit_new(s);
        assert_int_equal(testprovider_fresh(NULL), 0);
        v.site.oidc = &o;
        v.slug = S("gemeente-alfa");
        *organisation_id = organisation(&v, ALPHA, "gemeente");
        struct oidc_settings settings = sso_settings(*organisation_id);
        assert_int_equal(sso_save(&v, &settings), OK);
        return v;
}

void sso_done(struct visit *v) {
        testprovider_done(NULL);
        visit_done(v);
}

struct oidc_settings sso_settings(int64_t organisation_id) {
        return (struct oidc_settings) {
                .organisation_id = organisation_id, .issuer = client.issuer, .client_id = client.client_id,
                .client_secret = client.client_secret, .private_key = S(""), .email_domains = S("x.nl"), .role_claim = S("groups"), .is_on = true,
        };
}

enum err sso_save(struct visit *v, struct oidc_settings *s) {
        struct visit office = visit_other(v);
        struct req rq = visit_req(&office);
        bool off = false;
        rq.viewer.rights = RIGHT_ORGANISATIONS;
        assert_int_equal(db_begin(v->db), OK);
        enum err e = people_oidc_save(&rq, &o.http, s, &off);
        if (e == OK)
                assert_int_equal(db_commit(v->db), OK);
        else
                db_rollback(v->db);
        assert_false(off);
        return e;
}

void sso_rule(struct visit *v, int64_t organisation_id, const char *value, const char *role) {
        struct req rq = visit_req(v);
        assert_int_equal(db_begin(v->db), OK);
        assert_int_equal(people_oidc_rule_add(&rq, organisation_id, str_of(value), role_find(str_of(role))), OK);
        assert_int_equal(db_commit(v->db), OK);
}

struct reply sso_leave(struct visit *v, const char *verder, struct str *state) {
        struct reply r = get(v, "/inloggen/organisatie/{slug}", str_fmt(&v->s->arena, "verder=%s", verder));
        *state = r.location.n ? parameter(r.location, "state") : S("");
        return r;
}

void sso_says(struct visit *v, const char *subject, const char *more) {
        struct req rq = visit_req(v);
        struct oidc_kept kept;
        long long s = (long long) (v->now_ms / 1000);
        assert_true(sso_kept(&rq, rq.cookie[COOKIE_FLOW], &kept));
        give(testkeys_token(&a, first, "RS256", S("{\"alg\":\"RS256\",\"kid\":\"1\"}"),
                            str_fmt(&a, "{\"iss\":\"" ISSUER "\",\"aud\":\"us & co\",\"exp\":%lld,\"iat\":%lld,\"nonce\":\"%.*s\",\"sub\":\"%s\"%s}",
                                    s + 300, s, STR(kept.nonce), subject, more)));
        provider.userinfo = str_fmt(&a, "{\"sub\":\"%s\"}", subject);
}

struct reply sso_return(struct visit *v, struct str state, const char *more) {
        return get(v, SSO_CALLBACK, str_fmt(&v->s->arena, "code=c0de&state=%.*s%s", STR(state), more));
}

struct reply sso_sign_in(struct visit *v, const char *subject, const char *more) {
        struct str state;
        memset(v->cookie, 0, sizeof v->cookie);
        assert_int_equal(sso_leave(v, "", &state).status, 303);
        sso_says(v, subject, more);
        return sso_return(v, state, "");
}

int64_t trail_rows(struct visit *v, const char *action) {
        return test_number(v->db, str_fmt(&v->s->arena, "SELECT count(*) FROM audit WHERE action = '%s'", action).p);
}

bool holds(struct visit *v, int64_t person_id, const char *role) {
        return test_number(v->db, str_fmt(&v->s->arena, "SELECT count(*) FROM person_role WHERE person_id = %lld AND role = '%s' "
                                          "AND granted_ms IS NOT NULL", (long long) person_id, role).p) == 1;
}
