/* serve.c - the server: store, analysis, writer, jobs and http, started in order and stopped in reverse. */
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>
#include "analyse.h"
#include "bsn.h"
#include "clock.h"
#include "commands.h"
#include "feedback.h"
#include "files.h"
#include "jobs.h"
#include "keys.h"
#include "log.h"
#include "mailer.h"
#include "memo.h"
#include "oidc.h"
#include "page.h"
#include "people.h"
#include "readability.h"
#include "rooms.h"
#include "search.h"
#include "server.h"
#include "writer.h"

struct program {
        struct site site;               /* first: what pages find in rq->app */
        struct analyser *analyser;
        struct abbreviations abbreviations;
        struct search *search;
        struct writer *writer;
        struct jobs *jobs;
        struct server *server;
        struct server_config config;
        struct keys keys;
        struct installation installation;
        struct mailer *mailer;
        struct memo memo;
        struct oidc oidc;
};

static enum err open_search(struct options *o, struct program *p) {
        _cleanup_(db_closep) struct db *db = NULL;
        enum err e = store_open(o, DB_READ, &db);
        if (e == OK)
                e = search_open(&p->search, db, p->analyser);
        p->site.search = p->search;
        p->site.analyser = p->analyser;
        return e;
}

static void fill_site(struct program *p) {
        const struct { struct str *path; const char *name; } files[] = {
                { &p->site.css, "main.css" }, { &p->site.js, "app.js" }, { &p->site.editor, "editor.js" },
                { &p->site.ddas, "ddas.js" }, { &p->site.ddas_wasm, "ddas.wasm" },
                { &p->site.font_regular, "font-400" }, { &p->site.font_bold, "font-700" },
                { &p->site.icon, "favicon.svg" }, { &p->site.map, "kaart.svg" }, { &p->site.legal, "LEGAL.txt" },
        };
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
                *files[i].path = static_path(p->server, str_of(files[i].name));
}

static void fill_installation(const struct options *o, struct program *p) {
        p->installation = (struct installation) {
                .store = db_url_is_postgres(o->database) ? S("") : o->database, .keys_file = o->keys, .data = o->data,
                .has_origin = o->origin.n > 0, .behind_proxy = o->proxy, .rooms = rooms,
        };
        p->site.installation = &p->installation;
}

/* A thread that asks PostgreSQL waits for most of the time, so there are more of them. */
static int default_threads(bool postgres) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        cores = cores < 2 ? 2 : cores > 16 ? 16 : cores;
        return (int) (postgres ? cores * 4 : cores);
}

/* For /metrics: http does not know what a job is. */
static enum err job_figures(struct db *db, struct arena *a, struct buf *out) {
        struct jobs_counts n;
        enum err e = jobs_count(db, a, &n);
        if (e != OK)
                return e;
        metric_write(out, "jobs_waiting", "gauge", "Jobs that wait for their turn or for another try.", n.waiting);
        metric_write(out, "jobs_running", "gauge", "Jobs that a process has taken.", n.running);
        metric_write(out, "jobs_dead", "gauge", "Jobs that failed at every try; the log says why.", n.dead);
        return OK;
}

static enum err start_server(struct options *o, struct arena *a, struct program *p) {
        p->config = (struct server_config) {
                .address = str_z(a, o->address), .port = (int) o->port,
                .threads = o->threads ? (int) o->threads : default_threads(db_url_is_postgres(o->database)), .database = o->database, .writer = p->writer,
                .rooms = rooms, .error = page_error, .metrics = job_figures, .static_dir = str_fmt(a, "%.*s/web/dist", STR(o->share)),
                .upload_dir = str_fmt(a, "%.*s/upload", STR(o->data)),
                .app = &p->site, .accounts = { people_identify, people_permit, people_touch, "/inloggen" }, .screen = text_screen_personal, .origin = o->origin, .trust_proxy = o->proxy, .version = VERSION,
        };
        keys_derive(&p->keys, "formkeys", p->config.key);
        p->site.keys = &p->keys;
        p->site.oidc = &p->oidc;
        p->site.memo = &p->memo;
        p->site.kept = rooms_kept;
        p->site.retention = rooms_retention;
        p->site.files = str_fmt(a, "%.*s/files", STR(o->data));
        if (files_folders(p->site.files, p->config.upload_dir) != OK) {
                fprintf(stderr, "schouders: cannot make folders for files in %.*s.\n", STR(o->data));
                return ERR_DENIED;
        }
        p->site.item_extras = rooms_item_extras;
        enum err e = server_start(&p->server, &p->config);
        if (e == ERR_BUSY)
                fprintf(stderr, "schouders: port %d is taken; choose another with --port.\n", (int) o->port);
        else if (e != OK)
                fprintf(stderr, "schouders: the server cannot start (%s).\n", err_name(e));
        return e;
}

static bool is_loopback(struct str address) {
        return str_starts(address, S("127.")) || str_eq(address, S("::1"));
}

/* Nobody but who sits at this machine. */
static bool is_private(const struct options *o) {
        return is_loopback(o->address) && o->origin.n == 0 && !o->proxy;
}

static enum err start(struct options *o, struct arena *a, struct program *p) {
        memo_init(&p->memo);
        oidc_init(&p->oidc, &(struct oidc_http) { .allow_loopback_http = is_private(o) });
        if (o->demo && !is_private(o)) {        /* who can reach a demo can sign in as anybody */
                fprintf(stderr, "schouders: --demo works on this machine only: without --address, --origin and --behind-proxy.\n");
                return ERR_INVALID;
        }
        enum err e = store_analyser(o, a, &p->analyser);
        if (e == OK)
                e = abbreviations_load(a, str_fmt(a, "%.*s/data/taal/afkortingen.txt", STR(o->share)).p, &p->abbreviations);
        p->site.abbreviations = &p->abbreviations;
        if (e == OK)
                e = store_prepare(o, a, p->analyser, false);
        if (e == OK)
                e = store_keys(o, &p->keys);
        if (e == OK)
                e = mail_of(o, &p->mailer);
        p->site.mailer = p->mailer;
        if (e == OK)
                e = open_search(o, p);
        if (e == OK)
                e = writer_start(&p->writer, o->database, 4);
        if (e == OK)
                e = start_server(o, a, p);
        if (e == OK) {
                fill_site(p);
                p->site.origin = origin_of(o, a, server_port(p->server));
                p->site.is_demo = o->demo;
                fill_installation(o, p);
                e = jobs_start(&p->jobs, &(struct jobs_config) { .database = o->database, .writer = p->writer, .kinds = job_kinds,
                                                               .app = &p->site });
        }
        return e;
}

static void stop(struct program *p) {
        server_stop(p->server, 10000);
        jobs_stop(p->jobs);
        mailer_close(p->mailer);
        writer_stop(p->writer);
        oidc_done(&p->oidc);
        memo_done(&p->memo);
        keys_wipe(&p->keys);
        search_close(p->search);
        analyser_close(p->analyser);
}

int command_serve(struct options *o, struct arena *a) {
        struct program p = { 0 };
        sigset_t wait_for;
        int sig = 0;
        /* Blocked before any thread starts, so that only sigwait gets them. */
        sigemptyset(&wait_for);
        sigaddset(&wait_for, SIGINT);
        sigaddset(&wait_for, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &wait_for, NULL);
        enum err e = start(o, a, &p);
        if (e == OK && o->demo)
                e = demo_people(p.writer, &p.keys, p.site.origin);
        if (e == OK) {
                fprintf(stderr, "Schouders is at http://%.*s:%d - stop with Ctrl-C.\n", STR(o->address), server_port(p.server));
                sigwait(&wait_for, &sig);
                fprintf(stderr, "\nStopping ...\n");
        }
        stop(&p);
        return e == OK ? 0 : 1;
}
