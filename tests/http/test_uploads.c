#include "test_uploads.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

const char *upload_source;

/* Every byte counted, in the lane: the sum that the test makes too. */
static enum err add_up(struct req *rq) {
        const struct upload *u = req_upload(rq, "bestand");
        unsigned char part[4096];
        int64_t sum = 0, at = 0;
        ssize_t n;
        while (u && (n = pread(u->fd, part, sizeof part, at)) > 0) {
                for (ssize_t i = 0; i < n; i++)
                        sum += part[i];
                at += n;
        }
        rq->prepared = arena_new(rq->arena, int64_t);
        *(int64_t *) rq->prepared = sum;
        return !u || at == u->size ? OK : ERR_INTERNAL;
}

static enum err take_file(struct req *rq, struct resp *rs) {
        const struct upload *u = req_upload(rq, "bestand"), *second = req_upload(rq, "tweede");
        if (rq->errors.n) {
                buf_fmt(&rs->body, "fout: %.*s\n", STR(rq->errors.v[0].message));
                return ERR_INVALID;
        }
        struct stat st;
        buf_fmt(&rs->body, "tekst=%.*s naam=%.*s grootte=%lld som=%lld tweede=%lld links=%d\n", STR(req_text(rq, "tekst")), STR(u->name),
                (long long) u->size, (long long) *(int64_t *) rq->prepared, second ? (long long) second->size : 0LL,
                fstat(u->fd, &st) == 0 ? (int) st.st_nlink : -1);
        return OK;
}

static enum err give_back(struct req *rq, struct resp *rs) {
        int fd = open(str_fmt(rq->arena, "%s/favicon.2.svg", upload_source).p, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return ERR_NOT_FOUND;
        resp_file(rs, rq->arena, fd, 6, "application/pdf", S("0123abcd"));
        rs->filename = req_has(rq, "als") ? req_text(rq, "als") : S("");
        rs->cache = rq->viewer.person_id ? CACHE_REVALIDATE : CACHE_FOREVER;
        return OK;
}

/* A handler that fails after it gave its file. */
static enum err give_and_fail(struct req *rq, struct resp *rs) {
        enum err e = give_back(rq, rs);
        return e ? e : ERR_INTERNAL;
}

#define SMALL_MAX 100000
static const struct field file_fields[] = {
        { .name = "tekst", .type = FIELD_TEXT, .max = 100 },
        { .name = "bestand", .type = FIELD_FILE, .max = SMALL_MAX, .required = true },
        { .name = "tweede", .type = FIELD_FILE, .max = SMALL_MAX },
        { 0 },
};
static const struct field large_fields[] = { { .name = "bestand", .type = FIELD_FILE }, { .name = "tekst", .type = FIELD_TEXT },
        { .name = "tweede", .type = FIELD_FILE, .max = 1 }, { 0 } };
static const struct field as_field[] = { { .name = "als", .type = FIELD_TEXT, .max = 100 }, { 0 } };

const struct route upload_routes[] = {
        { POST, "/sturen", ACCESS_PUBLIC, take_file, file_fields, .prepare = add_up, .lane = LANE_FILE },
        { POST, "/sturen-groot", ACCESS_PUBLIC, take_file, large_fields, .prepare = add_up, .lane = LANE_FILE },
        { POST, "/eigen/sturen", ACCESS_SIGNED_IN, take_file, file_fields, .prepare = add_up, .lane = LANE_FILE },
        { GET, "/teruggeven", ACCESS_PUBLIC, give_back, as_field },
        { GET, "/teruggeven/stuk", ACCESS_PUBLIC, give_and_fail, as_field },
        { 0 },
};
