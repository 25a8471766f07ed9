/* shelf.h - what the tests of this room share: a store, a folder for bytes, and Anna who is signed in. */
#ifndef FILES_SHELF_H
#define FILES_SHELF_H
#include <sys/resource.h>
#include "people_testing.h"
#include "files.h"
#include "samples.h"

#define DAY (24 * HOUR)
#define MB ((int64_t) 1 << 20)

struct shelf {
        struct house h;
        struct arena *a;
        int64_t person;
        struct str token;
        rlim_t disk;                    /* bytes a file may have; 0 for as many as it wants */
};

void shelf_open(struct shelf *s, void **state);
/* Usable with _cleanup_. */
void shelf_close(struct shelf *s);
/* What the lane leaves of BYTES sent as NAME. */
struct file_ready *shelf_look(struct shelf *s, struct req *rq, const char *name, struct str bytes, enum files_accept accept);
/* Sends and keeps, with the result in RQ. */
enum err shelf_keep_as(struct shelf *s, const char *name, struct str bytes, struct file_wish w, int64_t *id, struct req *rq);
/* The id of a file that is kept without trouble. */
int64_t shelf_keep(struct shelf *s, const char *name, struct str bytes, struct file_wish w);
struct file_row shelf_row(struct shelf *s, int64_t id);
int64_t shelf_rows(struct shelf *s);
/* Files with bytes, those that are half written counted apart. */
int shelf_blobs(struct shelf *s, int *half);
/* The job of the night at that time; the files with bytes that are left. */
int shelf_sweep(struct shelf *s, int64_t now_ms);

#endif
