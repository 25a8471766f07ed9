/* night.c - what is kept of whom and for how long, and the job that removes bytes without a row. */
#include "archive.h"
#include "blob.h"
#include "files.h"
#include "jobs.h"
#include "log.h"
#include "page.h"
#include "people_keep.h"

static enum err is_known(void *arg, struct str hash, bool *ret) {
        struct job_context *c = arg;
        struct file_is_known_row row;
        enum err e = file_is_known(c->db, c->arena, hash, &row);
        *ret = e != OK || row.n > 0;
        return e;
}

enum err files_sweep_run(struct job_context *c) {
        const struct site *site = c->app;
        int removed;
        enum err e = blob_sweep(c->arena, site->files, ARCHIVE_UNFINISHED, c->now_ms - FILES_GRACE_MS, is_known, c, &removed);
        log_event(LOG_INFO, "files_swept", LOG_INT("removed", removed));
        return e;
}

static enum err end_unused(struct req *rq, int64_t *next) {
        (void) next;
        return file_delete_unused(rq->db, rq->now_ms - KEEP_UNUSED_FILE_DAYS * RETENTION_DAY_MS);
}

const struct retention_rule files_retention[] = {
        { S_INIT("Bestand dat nergens wordt gebruikt"), S_INIT(KEEP_TEXT(KEEP_UNUSED_FILE_DAYS) " dagen na het versturen"),
          S_INIT("u de tijd geven om het te gebruiken"), end_unused },
        { .what = { 0 } },
};

static enum err show_files(struct db *db, const struct kept_person_row *p, struct kept_rows *k) {
        struct file_row_list l;
        int64_t before = 0;
        enum err e;
        do {
                e = files_list_of_person(db, k->arena, kept_person_id(p), before, &l);
                for (size_t i = 0; e == OK && i < l.n; i++) {
                        const struct file_row *f = &l.v[i];
                        kept_begin(k);
                        kept_text(k, "naam", S("Naam"), f->name);
                        kept_text(k, "adres", S("Adres"), file_path(k->arena, f));
                        kept_text(k, "grootte", S("Grootte"), file_size_text(k->arena, f->size));
                        kept_text(k, "beschrijving", S("Beschrijving"), f->alt);
                        kept_text(k, "openbaar", S("Openbaar"), f->is_public ? S("Ja") : S("Nee"));
                        kept_time(k, "verstuurd", S("Verstuurd"), f->created_ms);
                        before = f->id;
                }
        } while (e == OK && l.n == FILES_LIST_MAX);
        return e;
}

static enum err erase_files(struct db *db, struct arena *a, const struct kept_person_row *p) {
        (void) a;
        enum err e = file_delete_unused_of_person(db, kept_person_id(p));
        return e == OK ? file_forget_person(db, kept_person_id(p)) : e;
}

const struct kept files_kept[] = {
        { "file", "person_id", "bestanden", S_INIT("Bestanden die u verstuurde"), S_INIT("Om ze te laten zien waar u ze gebruikt."),
          S_INIT("Wat u zonder organisatie verstuurde en nergens wordt gebruikt, wordt gewist. Andere bestanden blijven, zonder uw naam."),
          show_files, erase_files },
        { .table = NULL },
};
