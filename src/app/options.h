/* options.h - the command line: one table of options, shared by every subcommand. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H
#include "str.h"

struct options {
        struct str data;        /* folder for the SQLite database and for files that people send */
        struct str database;    /* "postgresql://..." or a path; default DATA/schouders.db */
        struct str share;       /* folder with data/, content/ and web/dist/ */
        struct str address;
        struct str origin;      /* "https://schouders.example"; "" for http://localhost:PORT */
        int64_t port;
        int64_t threads;        /* 0: as many as cores, at least 2 */
        struct str keys;        /* file with the secret of the installation; default DATA/secret.key */
        struct str smtp_host;   /* "": no mail server, mail stays in the outbox */
        int64_t smtp_port;      /* 0: what goes with smtp_security */
        struct str smtp_security;       /* "starttls", "tls", "none" */
        struct str smtp_user, smtp_password_file, smtp_ca;
        struct str smtp_password;       /* from the environment only: a command line can be read by others */
        struct str mail_from, mail_name;        /* the sender of every mail */
        bool admin;             /* with `user add` */
        bool demo;              /* fictitious people, one for each role */
        bool proxy;             /* X-Forwarded-For and -Proto from loopback are believed */
        bool print_grants;      /* migrate: print what an administrator of PostgreSQL must run, and do nothing */
        struct str period;      /* of `ddas`: "2024" or "2024-Q3"; "": all that was delivered */
        int64_t generate, seed; /* of `ddas --generate`; generate 0: not */
        bool signals;
        struct str place;       /* codes with commas */
        bool verbose;
        bool help;
        struct str *args;       /* what is left: subcommand and its words */
        size_t args_n;
};

/* Reads ARGV into RET. On a mistake prints one sentence on standard error and returns ERR_INVALID. */
_must_use_ enum err options_parse(struct arena *a, int argc, char **argv, struct options *ret);
/* The text of --help for the options. */
void options_help(void);

#endif
