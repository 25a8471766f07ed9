#include "options.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include "vec.h"

enum kind { TEXT, NUMBER, FLAG };

static const struct option {
        const char *name;
        enum kind kind;
        size_t at;
        int64_t min, max;
        const char *env;        /* secrets belong in the environment, not in the list of processes */
        const char *help;
} table[] = {
        { "--data", TEXT, offsetof(struct options, data), 0, 0, "SCHOUDERS_DATA", "DIR    folder for the database and files that people send (default var)" },
        { "--database", TEXT, offsetof(struct options, database), 0, 0, "SCHOUDERS_DATABASE",
          "URL    postgresql://... or the path of a SQLite file" },
        { "--share", TEXT, offsetof(struct options, share), 0, 0, "SCHOUDERS_SHARE",
          "DIR    folder with data/, content/ and web/dist/" },
        { "--address", TEXT, offsetof(struct options, address), 0, 0, NULL, "ADDR   address to listen on (default 127.0.0.1)" },
        { "--port", NUMBER, offsetof(struct options, port), 0, 65535, NULL, "N      port to listen on (default 8080; 0 picks one)" },
        { "--origin", TEXT, offsetof(struct options, origin), 0, 0, "SCHOUDERS_ORIGIN",
          "URL    address that visitors use, as https://schouders.example: for links in mail and sign-in" },
        { "--threads", NUMBER, offsetof(struct options, threads), 0, 64, NULL, "N      event threads (default: one per core)" },
        { "--keys", TEXT, offsetof(struct options, keys), 0, 0, "SCHOUDERS_KEYS",
          "FILE   the secret of this installation (default secret.key in the data folder)" },
        { "--smtp-host", TEXT, offsetof(struct options, smtp_host), 0, 0, NULL, "NAME   mail server; without, mail waits at /beheer/post" },
        { "--smtp-port", NUMBER, offsetof(struct options, smtp_port), 0, 65535, NULL, "N      its port (default 587, or 465 with tls)" },
        { "--smtp-security", TEXT, offsetof(struct options, smtp_security), 0, 0, NULL,
          "WORD   starttls (default), tls, or none to this machine" },
        { "--smtp-user", TEXT, offsetof(struct options, smtp_user), 0, 0, NULL, "NAME   to sign in to it" },
        { "--smtp-password-file", TEXT, offsetof(struct options, smtp_password_file), 0, 0, NULL,
          "FILE   with its password; or set SCHOUDERS_SMTP_PASSWORD" },
        { "--smtp-ca", TEXT, offsetof(struct options, smtp_ca), 0, 0, NULL, "FILE   certificates to trust instead of the system's" },
        { "--mail-from", TEXT, offsetof(struct options, mail_from), 0, 0, NULL, "EMAIL  sender of every mail" },
        { "--mail-name", TEXT, offsetof(struct options, mail_name), 0, 0, NULL, "NAME   the sender's name (default Schouders)" },
        { "--demo", FLAG, offsetof(struct options, demo), 0, 0, NULL, "       with fictitious people, one for each role; on this machine only" },
        { "--admin", FLAG, offsetof(struct options, admin), 0, 0, NULL, "       with user add: an administrator" },
        { "--behind-proxy", FLAG, offsetof(struct options, proxy), 0, 0, NULL, "       believe X-Forwarded-* from this machine" },
        { "--print-grants", FLAG, offsetof(struct options, print_grants), 0, 0, NULL,
          "with migrate: print the SQL that closes tables on PostgreSQL" },
        { "--periode", TEXT, offsetof(struct options, period), 0, 0, NULL, "TEXT   with ddas: only this year (2024) or quarter (2024-Q3)" },
        { "--generate", NUMBER, offsetof(struct options, generate), 0, 10000000, NULL, "N      with ddas: write a fictitious delivery of N trajectories" },
        { "--signals", FLAG, offsetof(struct options, signals), 0, 0, NULL, "       with ddas --generate: of N early signals instead" },
        { "--seed", NUMBER, offsetof(struct options, seed), 0, INT64_MAX, NULL, "N      with ddas --generate: the same seed gives the same bytes" },
        { "--gemeente", TEXT, offsetof(struct options, place), 0, 0, NULL, "CODES  with ddas --generate: as GM0344,GM0363 (default GM0999)" },
        { "--verbose", FLAG, offsetof(struct options, verbose), 0, 0, NULL, "       log more" },
        { "--help", FLAG, offsetof(struct options, help), 0, 0, NULL, "       this text" },
};
#define TABLE_N (sizeof table / sizeof *table)

void options_help(void) {
        for (size_t i = 0; i < TABLE_N; i++)
                printf("  %-20s %s\n", table[i].name, table[i].help);
}

static enum err set(struct options *o, const struct option *t, struct str value) {
        void *p = (char *) o + t->at;
        if (t->kind == TEXT) {
                *(struct str *) p = value;
                return OK;
        }
        int64_t n;
        if (!str_to_i64(value, &n) || n < t->min || n > t->max) {
                fprintf(stderr, "schouders: %s takes a number from %lld to %lld, not '%.*s'.\n", t->name, (long long) t->min,
                        (long long) t->max, STR(value));
                return ERR_INVALID;
        }
        *(int64_t *) p = n;
        return OK;
}

static const struct option *find(struct str name) {
        for (size_t i = 0; i < TABLE_N; i++)
                if (str_eq(name, str_of(table[i].name)))
                        return &table[i];
        return NULL;
}

static enum err one(struct options *o, char **argv, int *i) {
        struct str arg = str_of(argv[*i]);
        size_t eq = str_index(arg, '=');
        const struct option *t = find(str_sub(arg, 0, eq));
        if (!t) {
                fprintf(stderr, "schouders: unknown option %s; --help lists them.\n", argv[*i]);
                return ERR_INVALID;
        }
        if (t->kind == FLAG) {
                *((bool *) o + t->at) = true;
                return OK;
        }
        if (eq < arg.n)
                return set(o, t, str_sub(arg, eq + 1, arg.n));
        if (!argv[*i + 1]) {
                fprintf(stderr, "schouders: %s needs a value.\n", t->name);
                return ERR_INVALID;
        }
        return set(o, t, str_of(argv[++*i]));
}

enum err options_parse(struct arena *a, int argc, char **argv, struct options *ret) {
        VEC(struct str) rest = { 0 };
        const char *secret = getenv("SCHOUDERS_SMTP_PASSWORD");
        *ret = (struct options) { .data = S("var"), .share = S(SHARE_DIR), .address = S("127.0.0.1"), .port = 8080,
                                  .smtp_security = S("starttls"), .smtp_password = str_of(secret ? secret : ""), .mail_name = S("Schouders"), .place = S("GM0999") };
        for (size_t i = 0; i < TABLE_N; i++)
                if (table[i].env && getenv(table[i].env) && set(ret, &table[i], str_of(getenv(table[i].env))) != OK)
                        return ERR_INVALID;
        for (int i = 1; i < argc; i++) {
                if (argv[i][0] != '-' || argv[i][1] == '\0')
                        *vec_push(a, &rest) = str_of(argv[i]);
                else if (one(ret, argv, &i) != OK)
                        return ERR_INVALID;
        }
        ret->args = rest.v;
        ret->args_n = rest.n;
        if (ret->database.n == 0)
                ret->database = str_fmt(a, "%.*s/schouders.db", STR(ret->data));
        if (ret->keys.n == 0)
                ret->keys = str_fmt(a, "%.*s/secret.key", STR(ret->data));
        return OK;
}
