/* files.h - images and documents that people send: looked into, drawn anew, kept by hash, served.
 *
 * A room's route declares a FIELD_FILE (http.h), draws it with file_field (page/form.tmpl), and looks into it in its lane:
 *
 *      static enum err prepare(struct req *rq) { return files_prepare(rq, "bestand", FILES_IMAGES, (struct file_ready **) &rq->prepared); }
 *      { POST, "/…", ACCESS_…, run, fields, .prepare = prepare, .lane = LANE_FILE }
 *
 * and keeps it in its POST, inside the transaction, with the rest of what it stores:
 *
 *      int64_t id = 0;
 *      enum err e = files_keep(rq, rq->prepared, &(struct file_wish) { .organisation_id = o, .alt = req_text(rq, "alt") }, &id);
 *      if (e == ERR_INVALID)   the mistakes are noted: draw the form again
 *      if (e == OK && id)      files_use(rq->db, id, "knowledge", slug); <img src="{{ url_path(file_path(arena, &row)) }}"> */
#ifndef FILES_FILES_H
#define FILES_FILES_H
#include "files.sql.h"
#include "files_kind.h"
#include "http.h"
#include "people_kept.h"
#include "people_retention.h"

#define FILES_QUOTA_ORGANISATION ((int64_t) 500 << 20)  /* bytes of all its files */
#define FILES_QUOTA_PERSON ((int64_t) 50 << 20)         /* of what somebody sends without an organisation */
#define FILES_GRACE_MS (24 * 60 * 60 * (int64_t) 1000)  /* bytes without a row are left alone so long */
#define FILES_LIST_MAX 100

/* What a room wants, for files_prepare and for the "accept" of its field. */
enum files_accept { FILES_IMAGES = 1, FILES_DOCUMENTS = 2, FILES_ALL = 3 };

/* A file that was looked into. Not kept yet: bytes without a row are gone after a day. */
struct file_ready {
        const char *field;
        struct str reason;              /* Dutch, why it is refused; "" when it is fine. files_keep tells it */
        const struct file_kind *kind;
        struct str hash, name, media_type;
        int64_t size;                   /* of what is kept, in bytes */
        struct opt_i64 width, height;   /* of an image, in pixels */
};
/* For route.prepare, in LANE_FILE: looks into the file of FIELD, draws an image anew, and puts the bytes on disk. *RET is NULL when no file
 * was sent. A file that is refused is OK with a reason. */
_must_use_ enum err files_prepare(struct req *rq, const char *field, enum files_accept accept, struct file_ready **ret);

struct file_wish {
        int64_t organisation_id;        /* whose space it takes, checked by the route; 0 for the person's own */
        struct str alt;                 /* what an image shows: obligatory, unless is_decorative */
        bool is_decorative;
        uint64_t see_rights;               /* rights (people.h): who holds one, at the organisation or everywhere, sees it before it is public */
        int64_t quota;                  /* bytes; 0 for FILES_QUOTA_... */
};
/* For route.run, inside the transaction: makes the row. *RET stays 0 when READY is NULL. ERR_INVALID when the file is refused, the image has
 * no text (a mistake in field "alt"), or there is no room: the mistake is noted with req_error. ERR_DENIED when nobody is signed in. */
_must_use_ enum err files_keep(struct req *rq, const struct file_ready *ready, const struct file_wish *w, int64_t *ret);

/* The row, ERR_NOT_FOUND. It does not look at who asks. */
_must_use_ enum err files_get(struct db *db, struct arena *a, int64_t id, struct file_row *ret);
/* May who asks see it: public, one's own, or by a right (see_rights)? */
_must_use_ enum err files_may_see(struct req *rq, const struct file_row *f, bool *ret);
/* Where its bytes are on disk, in the arena of RQ. ERR_INTERNAL (logged) when they are not there. */
_must_use_ enum err files_place(struct req *rq, const struct file_row *f, const char **ret);
/* "/bestand/12/verslag-2026.pdf" */
struct str file_path(struct arena *a, const struct file_row *f);
/* Newest first, ids below BEFORE (0: all), at most FILES_LIST_MAX. */
_must_use_ enum err files_list_of_organisation(struct db *db, struct arena *a, int64_t organisation_id, int64_t before, struct file_row_list *ret);
_must_use_ enum err files_list_of_person(struct db *db, struct arena *a, int64_t person_id, int64_t before, struct file_row_list *ret);
/* Bytes in use. */
_must_use_ enum err files_space(struct db *db, struct arena *a, int64_t organisation_id, int64_t person_id, int64_t *ret);
/* "4 MB", "97 kB" */
struct str file_size_text(struct arena *a, int64_t bytes);

/* All of these inside a write transaction. A public file may be seen by everybody, and browsers keep it: its address never gets other
 * bytes. */
_must_use_ enum err files_publish(struct db *db, int64_t id, bool is_public);
/* ALT "" with IS_DECORATIVE. */
_must_use_ enum err files_describe(struct db *db, int64_t id, struct str alt, bool is_decorative);
/* Notes that ITEM of ROOM uses the file, or no longer. What is used nowhere any more is no longer public, and is deleted
 * KEEP_UNUSED_FILE_DAYS after it was sent. */
_must_use_ enum err files_use(struct db *db, int64_t id, const char *room, struct str item);
_must_use_ enum err files_unuse(struct db *db, struct arena *a, int64_t id, const char *room, struct str item);
/* Deletes the row; the bytes go at night. ERR_CONFLICT when it is used somewhere, ERR_NOT_FOUND. */
_must_use_ enum err files_remove(struct db *db, struct arena *a, int64_t id);

extern const struct route files_routes[];               /* GET /bestand/{id}/{name} */
extern const struct kept files_kept[];
extern const struct retention_rule files_retention[];

/* The job of the night that removes bytes without a row. job_context.app is the site. */
struct job_context;
enum err files_sweep_run(struct job_context *c);
#define FILES_SWEEP_JOB { .name = "files-sweep", .run = files_sweep_run, .daily = true, .hour = 3 }

/* Makes the folders ROOT and UPLOAD, for this user only. */
_must_use_ enum err files_folders(struct str root, struct str upload);

extern const struct db_stmt *const files_statements[];

#endif
