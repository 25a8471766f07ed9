/* assessment.c - lets the night come for assessments, while no server runs:
 *   assessment night DATABASE DAYS   the nightly job as it runs DAYS from now */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "assessment.h"
#include "clock.h"
#include "jobs.h"
#include "page.h"
#include "writer.h"

static int64_t days;

static int64_t later(void *app) {
        (void) app;
        return clock_now_ms() + days * 24 * 60 * 60 * 1000;
}

static bool ran;
static enum err the_job(struct job_context *c) {
        ran = true;
        return assessment_night(c);
}

/* Letters are not sent by this. */
static enum err no_work(struct job_context *c) {
        (void) c;
        return OK;
}

/* Jobs that were due before have their turn first. */
static enum err night(struct str database) {
        static const struct job_kind kinds[] = { { .name = "assessment", .run = the_job, .every_ms = 1000 }, { .name = "mail-send", .run = no_work },
                { .name = "retention", .run = no_work }, { .name = "trail-verify", .run = no_work }, { 0 } };
        static struct site site = { .origin = { "https://schouders.example", 25 } };
        struct jobs_config c = { .database = database, .kinds = kinds, .now = later, .app = &site };
        struct jobs *j = NULL;
        bool worked = false;
        enum err e = writer_start(&c.writer, database, 1);
        if (e == OK)
                e = jobs_open(&j, &c);
        for (int i = 0; e == OK && i < 500 && !ran; i++)
                e = jobs_step(j, &worked);
        jobs_close(j);
        writer_stop(c.writer);
        return e == OK && !ran ? ERR_BUSY : e;
}

int main(int argc, char **argv) {
        if (argc != 4 || strcmp(argv[1], "night")) {
                fprintf(stderr, "assessment night DATABASE DAYS\n");
                return 2;
        }
        days = strtol(argv[3], NULL, 10);
        enum err e = night(str_of(argv[2]));
        if (e != OK)
                fprintf(stderr, "assessment: %s\n", err_name(e));
        return e != OK;
}
