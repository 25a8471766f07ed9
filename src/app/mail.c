/* mail.c - the mail server, from the options. */
#include <stdio.h>
#include <sys/stat.h>
#include "commands.h"
#include "file.h"
#include "mailer.h"

#define PASSWORD_MAX 1024

static enum err complain(const char *what) {
        fprintf(stderr, "schouders: %s.\n", what);
        return ERR_INVALID;
}

/* The first line of the file, which nobody else may read. */
static enum err password_of(const struct options *o, struct arena *a, struct str *ret) {
        struct stat st;
        struct str path = o->smtp_password_file, text;
        *ret = o->smtp_password;
        if (path.n == 0)
                return OK;
        if (ret->n)
                return complain("give the password of the mail server once: --smtp-password-file or SCHOUDERS_SMTP_PASSWORD");
        if (stat(str_z(a, path), &st) != 0 || file_read(a, path, PASSWORD_MAX, &text) != OK)
                return complain(str_fmt(a, "%.*s, the password of the mail server, cannot be read", STR(path)).p);
        if (st.st_mode & 077)
                return complain(str_fmt(a, "others can read %.*s, the password of the mail server; run chmod 600 on it", STR(path)).p);
        *ret = str_sub(text, 0, str_index(text, '\n'));
        return OK;
}

enum err mail_of(const struct options *o, struct mailer **ret) {
        struct arena a = { 0 };
        struct mail_settings s = { .host = o->smtp_host, .port = (int) o->smtp_port, .user = o->smtp_user, .from_address = o->mail_from,
                                   .from_name = o->mail_name, .ca_file = o->smtp_ca };
        const char *why = NULL;
        enum err e = password_of(o, &a, &s.password);
        if (e == OK && !mail_security_of(o->smtp_security, &s.security))
                why = "--smtp-security is starttls, tls or none";
        else if (e == OK && s.host.n == 0 && (s.port || s.user.n || s.from_address.n || o->smtp_password_file.n || s.ca_file.n))
                why = "settings for mail need --smtp-host too";
        else if (e == OK)
                why = mail_mistake(&s);
        if (why)
                e = complain(why);
        if (e == OK)
                e = mailer_open(ret, &s);
        arena_done(&a);
        return e;
}
