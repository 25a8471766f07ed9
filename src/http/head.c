#include <strings.h>
#include "internal.h"

static bool is(const char *key, size_t n, const char *name, size_t name_n) {
        return n == name_n && strncasecmp(key, name, n) == 0;
}
#define IS(lit) is(key, n, lit, sizeof(lit) - 1)

/* The first of repeated headers counts; where that could be misused, head_check refuses the repetition. */
static void keep(struct str *ret, const char *value, size_t n) {
        if (!ret->p)
                *ret = (struct str) { value, n };
}

static void framing(struct head *h, const char *key, size_t n, struct str value) {
        if (IS("content-length")) {
                h->lengths++;
                if (!str_to_i64(value, &h->content_length) || h->content_length < 0)
                        h->broken = true;
        } else if (IS("transfer-encoding")) {
                h->codings++;
                h->chunked = is(value.p, value.n, "chunked", 7);
        } else if (IS("host")) {
                h->hosts++;
                keep(&h->host, value.p, value.n);
        } else if (IS("expect")) {
                h->expects = is(value.p, value.n, "100-continue", 12);
        }
}

static enum MHD_Result one(void *cls, enum MHD_ValueKind kind, const char *key, size_t n, const char *value,
                           size_t value_n) {
        struct head *h = cls;
        (void) kind;
        if (!value) {
                value = "";
                value_n = 0;
        }
        framing(h, key, n, (struct str) { value, value_n });
        /* "Content-Length : 5" is a header to some servers and none to others */
        for (size_t i = 0; i < n; i++)
                if ((unsigned char) key[i] <= ' ' || (unsigned char) key[i] >= 0x7f)
                        h->broken = true;
        if (n == 0)
                h->broken = true;
        if (IS("origin"))
                keep(&h->origin, value, value_n);
        else if (IS("referer"))
                keep(&h->referer, value, value_n);
        else if (IS("sec-fetch-site"))
                keep(&h->fetch_site, value, value_n);
        else if (IS("content-type"))
                keep(&h->content_type, value, value_n);
        else if (IS("if-none-match"))
                keep(&h->if_none_match, value, value_n);
        else if (IS("accept-encoding"))
                keep(&h->accept_encoding, value, value_n);
        else if (IS("authorization"))
                keep(&h->authorization, value, value_n);
        else if (IS("user-agent"))
                keep(&h->agent, value, value_n);
        else if (IS("cookie")) {
                h->many_cookies = h->cookie.p != NULL;
                keep(&h->cookie, value, value_n);
        } else if (IS("x-forwarded-for"))
                h->forwarded_for = (struct str) { value, value_n };     /* the last is the nearest proxy's */
        else if (IS("x-forwarded-proto"))
                h->forwarded_proto = (struct str) { value, value_n };
        return MHD_YES;
}

/* The peer's prefix, or that of the address our own proxy names. */
static uint64_t client_of(const struct exchange *ex) {
        struct server *s = ex->s;
        uint64_t prefix = ex->conn->prefix;
        struct str list = ex->head.forwarded_for, last = S("");
        if (s->c.trust_proxy && ex->conn->loopback && list.p) {
                while (str_split(&list, ',', &last))
                        ;
                uint64_t named;
                if (ratelimit_prefix_text(&s->rate, str_trim(last), &named))
                        prefix = named;
        }
        return prefix;
}

void head_read(struct exchange *ex) {
        struct head *h = &ex->head;
        *h = (struct head) { .content_length = -1 };
        MHD_get_connection_values_n(ex->mhd, MHD_HEADER_KIND, one, h);
        ex->rq.client = client_of(ex);
        ex->rq.agent = h->agent.p ? h->agent : S("");
        if (ex->s->c.trust_proxy && ex->conn->loopback)
                ex->is_secure = str_eq(h->forwarded_proto, S("https"));
}

struct str head_bearer(const struct head *h) {
        struct str s = h->authorization;
        return s.n > 7 && is(s.p, 7, "bearer ", 7) ? str_trim(str_sub(s, 7, s.n)) : S("");
}

bool limit_reached(struct exchange *ex, uint64_t bucket) {
        struct server *s = ex->s;
        ex->rs.retry_after = ratelimit_take(&s->rate, bucket, clock_monotonic_us() / 1000);
        if (ex->rs.retry_after)
                atomic_fetch_add(&s->metrics.limited, 1);
        return ex->rs.retry_after > 0;
}

static void early(struct exchange *ex, int status, struct str text) {
        if (ex->early)
                return;
        ex->early = status;
        ex->early_text = text;
}

static void check_limit(struct exchange *ex) {
        if (!ex->head.cookie.p && limit_reached(ex, ex->rq.client))
                early(ex, 429, S(""));
}

bool head_is_form(const struct head *h, struct str *message) {
        struct str type = str_trim(str_sub(h->content_type, 0, str_index(h->content_type, ';')));
        bool has_body = h->chunked || h->content_length > 0;
        *message = is(type.p, type.n, "multipart/form-data", 19)
                 ? S("Bestanden versturen kan hier niet. Ga terug en verstuur het formulier zonder bestand.") : S("");
        return !has_body || is(type.p, type.n, "application/x-www-form-urlencoded", 33);
}

bool head_check(struct exchange *ex, const char *method, const char *version) {
        struct head *h = &ex->head;
        struct str uri = buf_view(&ex->uri);
        if ((h->hosts == 0 && !str_eq(str_of(version), S("HTTP/1.0"))) || str_index(uri, ' ') < uri.n)
                h->broken = true;
        if (h->codings > 0 && !(h->codings == 1 && h->chunked)) {
                early(ex, 501, S("Deze manier van versturen kennen wij niet."));
                return false;
        }
        if (h->broken || h->lengths > 1 || h->hosts > 1 || (h->codings && h->lengths)) {
                early(ex, 400, S("Uw browser stuurde een verzoek dat wij niet kunnen lezen."));
                return false;
        }
        if (!access_host(ex)) {
                early(ex, 421, S(""));
                return false;
        }
        if (ex->uri.n > URI_MAX)
                early(ex, 414, S(""));
        if (str_eq(str_of(method), S("POST")))
                check_limit(ex);
        /* the client waits for our word before it sends the body: it need not */
        return !(ex->early && h->expects);
}

bool head_check_length(struct exchange *ex) {
        int64_t limit = ex->incoming ? upload_limit(ex) : (int64_t) ex->s->c.limits.body;
        if (ex->head.content_length > limit)
                early(ex, 413, ex->incoming ? upload_limit_text(ex) : S(""));
        return !((ex->early || ex->is_answered) && ex->head.expects);
}
