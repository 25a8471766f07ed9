/* mailer.c - the settings, checked once. */
#include "mailer.h"
#include <curl/curl.h>
#include <pthread.h>
#include <string.h>
#include "address.h"
#include "smtp.h"

static bool is_loopback(struct str host) {
        bool number = str_starts(host, S("127."));
        for (size_t i = 0; i < host.n && number; i++)
                number = host.p[i] == '.' || (host.p[i] >= '0' && host.p[i] <= '9');
        return number || str_eq(host, S("localhost")) || str_eq(host, S("::1"));
}

/* Letters, digits and what host names and IP addresses have: nothing that changes the meaning of a URL. */
static bool host_ok(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
                      s.p[i] == '.' || s.p[i] == '-' || s.p[i] == ':'))
                        return false;
        return s.n > 0 && s.n <= 253 && s.p[0] != '-';
}

static bool has_control(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] < ' ' || s.p[i] == 0x7f)
                        return true;
        return false;
}

const char *mail_mistake(const struct mail_settings *s) {
        if (s->host.n == 0)
                return NULL;
        if (!host_ok(s->host))
                return "the mail server is not a host name";
        if (s->port < 0 || s->port > 65535)
                return "the port of the mail server is not 1 to 65535";
        if (s->security == MAIL_PLAIN && !is_loopback(s->host))
                return "mail without encryption goes to this machine only: use starttls or tls";
        if ((s->user.n == 0) != (s->password.n == 0))
                return "the mail server needs both a user and a password, or neither";
        if (has_control(s->user) || has_control(s->password) || has_control(s->ca_file) || has_control(s->from_name))
                return "a setting for mail has a control character";
        if (!mail_address_ok(s->from_address))
                return "the address of the sender is not an e-mail address";
        return s->timeout_ms < 0 ? "the timeout for mail is below 0" : NULL;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode started;
static void start_curl(void) {
        started = curl_global_init(CURL_GLOBAL_DEFAULT);
}

enum err mailer_open(struct mailer **ret, const struct mail_settings *s) {
        static const int ports[] = { [MAIL_STARTTLS] = 587, [MAIL_TLS] = 465, [MAIL_PLAIN] = 25 };
        const char *why = mail_mistake(s);
        if (why)
                return err_log(ERR_INVALID, "%s", why);
        pthread_once(&once, start_curl);
        if (started != CURLE_OK)
                return err_log(ERR_INTERNAL, "libcurl does not start");
        struct arena life = { 0 };
        struct mailer *m = arena_new(&life, struct mailer);
        struct str *const texts[] = { &m->s.host, &m->s.user, &m->s.password, &m->s.from_address, &m->s.from_name, &m->s.ca_file };
        m->s = *s;
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
                *texts[i] = str_dup(&life, *texts[i]);
        m->s.port = s->port ? s->port : ports[s->security];
        m->s.timeout_ms = s->timeout_ms ? s->timeout_ms : 60 * 1000;
        m->life = life;
        *ret = m;
        return OK;
}

void mailer_close(struct mailer *m) {
        if (!m)
                return;
        struct arena life = m->life;
        explicit_bzero((char *) m->s.password.p, m->s.password.n);
        arena_done(&life);
}

bool mailer_can_send(const struct mailer *m) {
        return m && m->s.host.n > 0;
}

bool mail_security_of(struct str word, enum mail_security *ret) {
        static const struct { struct str word; enum mail_security is; } words[] = {
                { S_INIT("starttls"), MAIL_STARTTLS }, { S_INIT("tls"), MAIL_TLS }, { S_INIT("none"), MAIL_PLAIN },
        };
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
                if (str_eq(word, words[i].word)) {
                        *ret = words[i].is;
                        return true;
                }
        }
        return false;
}

struct str mailer_from_address(const struct mailer *m) {
        return m->s.from_address;
}

struct str mailer_from_name(const struct mailer *m) {
        return m->s.from_name;
}
