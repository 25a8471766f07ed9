/* main.c - the program: one binary with subcommands. */
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include "commands.h"
#include "log.h"

static const struct command {
        const char *name;
        int (*run)(struct options *o, struct arena *a);
        const char *help;
} commands[] = {
        { "serve", command_serve, "migrate, load what is new, and serve (the default)" },
        { "migrate", command_migrate, "bring the database to this program's version" },
        { "import", command_import, "load data/ and content/ again, all or nothing" },
        { "check", command_check, "check counts, links and the trail; check trail: only that; check roles: who may do what" },
        { "backup", command_backup, "backup DIR: copy the database and the key file to the new folder DIR, also while the site runs" },
        { "user", command_user, "user add --admin [EMAIL]: print a link that makes somebody administrator" },
        { "search", command_search, "WORD...: search as the site does" },
        { "feedback", command_feedback, "list what visitors reported" },
        { "ddas", command_ddas, "FILE... (or -): DDAS deliveries of debt help or early signalling to aggregates as CSV" },
        { "version", command_version, "print the version" },
};
#define COMMANDS_N (sizeof commands / sizeof *commands)

static int help(void) {
        puts("schouders [options] [subcommand]\n\nSubcommands:");
        for (size_t i = 0; i < COMMANDS_N; i++)
                printf("  %-14s %s\n", commands[i].name, commands[i].help);
        puts("\nOptions:");
        options_help();
        return 0;
}

static int run(struct arena *a, struct options *o) {
        struct str name = o->args_n ? o->args[0] : S("serve");
        if (o->help || str_eq(name, S("help")))
                return help();
        for (size_t i = 0; i < COMMANDS_N; i++)
                if (str_eq(name, str_of(commands[i].name)))
                        return commands[i].run(o, a);
        fprintf(stderr, "schouders: unknown subcommand %.*s; --help lists them.\n", STR(name));
        return 2;
}

int main(int argc, char **argv) {
        struct arena a = { 0 };
        struct options o;
        signal(SIGPIPE, SIG_IGN);
        if (sodium_init() < 0) {
                fprintf(stderr, "schouders: libsodium cannot start.\n");
                return 1;
        }
        if (options_parse(&a, argc, argv, &o) != OK) {
                arena_done(&a);
                return 2;
        }
        log_set_level(o.verbose ? LOG_DEBUG : LOG_INFO);
        int status = run(&a, &o);
        arena_done(&a);
        return status;
}
