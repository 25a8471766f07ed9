/* smtp.c - one conversation with the mail server for each mail: mail is rare here, and a fresh one is never stale. */
#include "smtp.h"
#include <limits.h>
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include "address.h"

#define CONNECT_MS 15000L
#define ANSWER_MAX 200

/* One conversation. */
struct talk {
        const struct mailer *m;
        struct arena *a;
        CURL *curl;
        int timeout_ms;
        struct str bytes;
        size_t at;              /* sent so far */
        char answer[ANSWER_MAX + 1];    /* the last refusal of the server, printable ASCII */
};

static size_t on_read(char *to, size_t size, size_t n, void *arg) {
        struct talk *t = arg;
        size_t most = size * n, left = t->bytes.n - t->at;
        size_t part = left < most ? left : most;
        if (part)
                memcpy(to, t->bytes.p + t->at, part);
        t->at += part;
        return part;
}

/* libcurl hands over each line of the server, also the goodbye after a refusal. */
static size_t on_answer(char *line, size_t size, size_t n, void *arg) {
        struct talk *t = arg;
        size_t k = 0;
        if (size * n == 0 || (line[0] != '4' && line[0] != '5'))
                return size * n;
        for (size_t i = 0; i < size * n && k < ANSWER_MAX; i++)
                if (line[i] >= ' ' && line[i] <= '~')
                        t->answer[k++] = line[i];
        t->answer[k] = 0;
        return size * n;
}

static size_t on_write(char *line, size_t size, size_t n, void *arg) {
        (void) line;
        (void) arg;
        return size * n;
}

/* All options succeed or fail together: a refused one must not leave a weaker conversation. */
#define set(t, option, value) (curl_easy_setopt((t)->curl, option, value) == CURLE_OK)

static bool set_where(struct talk *t) {
        const struct mail_settings *s = &t->m->s;
        bool ip6 = str_index(s->host, ':') < s->host.n;
        /* Behind the slash is the name that we say in EHLO. */
        struct str url = str_fmt(t->a, "%s://%s%.*s%s:%d/%.*s", s->security == MAIL_TLS ? "smtps" : "smtp", ip6 ? "[" : "",
                                 STR(s->host), ip6 ? "]" : "", s->port, STR(mail_address_domain(s->from_address)));
        return set(t, CURLOPT_URL, url.p) && set(t, CURLOPT_PROTOCOLS_STR, "smtp,smtps") && set(t, CURLOPT_PROXY, "") &&
               set(t, CURLOPT_NOSIGNAL, 1L) && set(t, CURLOPT_TIMEOUT_MS, (long) t->timeout_ms) &&
               set(t, CURLOPT_CONNECTTIMEOUT_MS, t->timeout_ms < CONNECT_MS ? (long) t->timeout_ms : CONNECT_MS) &&
               set(t, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long) (t->timeout_ms + 999) / 1000);
}

static bool set_security(struct talk *t) {
        const struct mail_settings *s = &t->m->s;
        bool ok = set(t, CURLOPT_USE_SSL, s->security == MAIL_PLAIN ? (long) CURLUSESSL_NONE : (long) CURLUSESSL_ALL) &&
                  set(t, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2) && set(t, CURLOPT_SSL_VERIFYPEER, 1L) &&
                  set(t, CURLOPT_SSL_VERIFYHOST, 2L);
        if (ok && s->ca_file.n)
                ok = set(t, CURLOPT_CAINFO, s->ca_file.p) && set(t, CURLOPT_CAPATH, NULL);
        if (ok && s->user.n)
                ok = set(t, CURLOPT_USERNAME, s->user.p) && set(t, CURLOPT_PASSWORD, s->password.p);
        return ok;
}

static bool set_talk(struct talk *t) {
        return set_where(t) && set_security(t) && set(t, CURLOPT_HEADERFUNCTION, on_answer) && set(t, CURLOPT_HEADERDATA, t) &&
               set(t, CURLOPT_WRITEFUNCTION, on_write);
}

static const char *sentence(CURLcode code) {
        switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST: return "the name of the mail server cannot be found";
        case CURLE_COULDNT_CONNECT: return "the mail server cannot be reached";
        case CURLE_OPERATION_TIMEDOUT: return "the mail server did not answer in time";
        case CURLE_USE_SSL_FAILED: return "the mail server offers no STARTTLS";
        case CURLE_PEER_FAILED_VERIFICATION: return "the certificate of the mail server is not to be trusted";
        case CURLE_SSL_CONNECT_ERROR: return "the mail server and we found no way to encrypt";
        case CURLE_SSL_CACERT_BADFILE: return "the file with certificates cannot be read";
        case CURLE_LOGIN_DENIED: return "the mail server refused the user name or the password";
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR: return "the connection to the mail server was lost";
        default: return curl_easy_strerror(code);
        }
}

/* The kind of failure, with a sentence. Only an answer to the sender, the receiver or the whole content judges this mail; 5xx
 * to anything before, and 53x for signing in (RFC 4954, 6), is about us and the server: it may be mended while the mail
 * waits. */
static enum err judge(struct talk *t, CURLcode code, struct str *ret_why) {
        long status = 0;
        if (code == CURLE_OK)
                return OK;
        curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
        bool whole = t->bytes.n && t->at == t->bytes.n;
        bool answered = status >= 400 && status < 600 &&
                        (code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_RECV_ERROR);
        if (answered)
                *ret_why = str_fmt(t->a, "the mail server answered: %s", t->answer);
        else if (code == CURLE_WEIRD_SERVER_REPLY)
                *ret_why = S("the mail server gave an answer that is not SMTP");
        else
                *ret_why = str_of(sentence(code));
        bool ours = code == CURLE_SEND_ERROR || (code == CURLE_WEIRD_SERVER_REPLY && whole);
        return answered && ours && status >= 500 && status / 10 != 53 ? ERR_DENIED : ERR_BUSY;
}

static enum err talk(struct talk *t, struct str *ret_why) {
        if (!set_talk(t)) {
                *ret_why = S("libcurl refuses the settings for mail");
                return err_log(ERR_INTERNAL, "libcurl refuses an option");
        }
        return judge(t, curl_easy_perform(t->curl), ret_why);
}

static enum err open_talk(struct talk *t, int most_ms, struct str *ret_why) {
        *ret_why = S("there is no mail server in the settings");
        if (!mailer_can_send(t->m))
                return ERR_INVALID;
        t->timeout_ms = t->m->s.timeout_ms < most_ms ? t->m->s.timeout_ms : most_ms;
        t->curl = curl_easy_init();
        if (t->curl)
                return OK;
        *ret_why = S("libcurl has no memory");
        return ERR_BUSY;
}

enum err mailer_send(const struct mailer *m, struct arena *a, struct str to, struct str bytes, struct str *ret_why) {
        struct talk t = { .m = m, .a = a, .bytes = bytes };
        enum err e = open_talk(&t, INT_MAX, ret_why);
        if (e)
                return e;
        *ret_why = S("the address of the receiver is not an e-mail address");
        struct curl_slist *list = mail_address_ok(to) ? curl_slist_append(NULL, str_fmt(a, "<%.*s>", STR(to)).p) : NULL;
        struct str from = str_fmt(a, "<%.*s>", STR(m->s.from_address));
        e = ERR_INVALID;
        if (list && set(&t, CURLOPT_UPLOAD, 1L) && set(&t, CURLOPT_MAIL_FROM, from.p) && set(&t, CURLOPT_MAIL_RCPT, list) &&
            set(&t, CURLOPT_READFUNCTION, on_read) && set(&t, CURLOPT_READDATA, &t) &&
            set(&t, CURLOPT_INFILESIZE_LARGE, (curl_off_t) bytes.n))
                e = talk(&t, ret_why);
        curl_easy_cleanup(t.curl);
        curl_slist_free_all(list);
        if (e == OK)
                *ret_why = S("");
        return e;
}

enum err mailer_probe(const struct mailer *m, struct arena *a, struct str *ret_why) {
        struct talk t = { .m = m, .a = a };
        enum err e = open_talk(&t, MAILER_PROBE_MS, ret_why);
        if (e)
                return e;
        e = ERR_INTERNAL;
        if (set(&t, CURLOPT_CUSTOMREQUEST, "NOOP") && set(&t, CURLOPT_NOBODY, 1L))
                e = talk(&t, ret_why);
        curl_easy_cleanup(t.curl);
        if (e == OK)
                *ret_why = S("");
        return e == ERR_DENIED ? ERR_BUSY : e;
}
