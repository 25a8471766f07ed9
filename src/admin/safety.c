/* safety.c - the facts behind "Veiligheid": from the store, the files and how the program was started. */
#include <sys/stat.h>
#include <sys/statvfs.h>
#include "admin.h"
#include "audit.h"
#include "findings.h"
#include "internal.h"
#include "jobs.h"
#include "jobs.sql.h"
#include "mail.h"
#include "people_support.h"
#include "safety.tmpl.h"

static struct str folder_of(struct str path) {
        size_t n = path.n;
        while (n > 0 && path.p[n - 1] != '/')
                n--;
        return n > 1 ? str_sub(path, 0, n - 1) : n == 1 ? S("/") : S(".");
}

static bool same_folder(struct arena *a, struct str one, struct str other) {
        struct stat x, y;
        return stat(str_z(a, folder_of(one)), &x) == 0 && stat(str_z(a, folder_of(other)), &y) == 0 && x.st_dev == y.st_dev &&
               x.st_ino == y.st_ino;
}

static void look_at_files(struct arena *a, const struct installation *in, struct safety_facts *f) {
        struct stat st;
        struct statvfs disk;
        struct str folder = in->store.n ? folder_of(in->store) : in->data;
        f->keys_shared = stat(str_z(a, in->keys_file), &st) != 0 || st.st_mode & 077;
        f->keys_beside_store = in->store.n && same_folder(a, in->keys_file, in->store);
        if (stat(str_fmt(a, "%.*s/" SAFETY_BACKUP_FILE, STR(in->data)).p, &st) == 0)
                f->backup_ms = (int64_t) st.st_mtim.tv_sec * 1000;
        if (statvfs(str_z(a, folder), &disk) == 0) {
                f->disk_free = (int64_t) disk.f_bavail * (int64_t) disk.f_frsize;
                f->disk_size = (int64_t) disk.f_blocks * (int64_t) disk.f_frsize;
        }
}

static enum err look_at_people(struct req *rq, struct safety_facts *f) {
        struct holders_row_list admins;
        struct single_factor single;
        struct { struct str *v; size_t n, cap; } names = { 0 };
        enum err e = holders(rq->db, rq->arena, S("beheerder"), &admins);
        if (e == OK)
                e = people_single_factor(rq->db, rq->arena, &single);
        if (e != OK)
                return e;
        for (size_t i = 0; i < admins.n; i++)
                f->administrators += i == 0 || admins.v[i].id != admins.v[i - 1].id;
        for (size_t i = 0; i < single.n; i++)
                *vec_push(rq->arena, &names) = str_fmt(rq->arena, "%.*s (%.*s)", STR(single.v[i].name), STR(role_label(single.v[i].role)));
        f->single = names.v;
        f->single_n = names.n;
        return OK;
}

static enum err look_at_work(struct req *rq, struct safety_facts *f) {
        struct jobs_counts jobs;
        struct mail_counts mail;
        struct job_latest_row verified;
        enum err e = jobs_count(rq->db, rq->arena, &jobs);
        if (e == OK)
                e = mail_count(rq->db, rq->arena, &mail);
        if (e != OK)
                return e;
        f->jobs_dead = jobs.dead;
        f->mail_dead = mail.dead;
        f->mail_kept = mail.kept;
        f->mail_waiting = mail.waiting;
        e = jobs_latest(rq->db, rq->arena, ADMIN_TRAIL, &verified);
        if (e == OK) {
                f->trail_ms = verified.run_at_ms;
                f->trail_broken = verified.last_error.n > 0;
        }
        return e == ERR_NOT_FOUND ? OK : e;
}

static enum err look_at_store(struct req *rq, struct safety_facts *f) {
        struct audit_items newest;
        f->is_postgres = db_is_postgres(rq->db);
        f->is_closed = db_is_closed(rq->db);
        f->database_ms = rq->now_ms;
        enum err e = f->is_postgres ? db_clock(rq->db, &f->database_ms) : OK;
        if (e == OK)
                e = audit_search(rq->db, rq->arena, &(struct audit_filter) { .limit = 1 }, &newest);
        if (e == OK && newest.n)
                f->newest_ms = newest.v[0].e.at_ms;
        return e;
}

/* TRIED is what trying the mail server gave: NULL when that was not asked, "" when it worked. */
static enum err draw(struct req *rq, struct resp *rs, const struct str *tried) {
        const struct site *site = rq->app;
        const struct installation *in = site->installation;
        struct safety_view v = { .tried = tried };
        struct safety_facts f = { .now_ms = rq->now_ms, .is_demo = site->is_demo, .origin = site->origin, .has_origin = in->has_origin,
                                  .behind_proxy = in->behind_proxy, .can_send = mailer_can_send(site->mailer) };
        look_at_files(rq->arena, in, &f);
        enum err e = look_at_people(rq, &f);
        if (e == OK)
                e = look_at_work(rq, &f);
        if (e == OK)
                e = look_at_store(rq, &f);
        if (e != OK)
                return e;
        safety_findings(rq->arena, &f, &v.found);
        v.can_send = f.can_send;
        struct page p = admin_page(rq, rs, S("Veiligheid"));
        page_crumb(&p, p.title, S("/beheer/veiligheid"));
        safety_page(&p, &v);
        return page_done(&p);
}

enum err safety_get(struct req *rq, struct resp *rs) {
        return draw(rq, rs, NULL);
}

/* Asks the mail server whether it takes our mail; nothing is sent. */
enum err mail_try(struct req *rq) {
        const struct site *site = rq->app;
        struct str *why = arena_new(rq->arena, struct str);
        if (mailer_probe(site->mailer, rq->arena, why) == OK)
                *why = S("");
        rq->prepared = why;
        return OK;
}

enum err mail_try_post(struct req *rq, struct resp *rs) {
        return draw(rq, rs, rq->prepared);
}
