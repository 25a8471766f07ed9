/* findings.h - what is weak about an installation, from facts about it, in plain words and each with its mend. Pure: the facts
 * are gathered in safety.c. */
#ifndef ADMIN_FINDINGS_H
#define ADMIN_FINDINGS_H
#include "str.h"

/* Times in milliseconds since 1970, 0 for never. */
struct safety_facts {
        int64_t now_ms;
        bool is_demo;
        struct str origin;                      /* "https://..." */
        bool has_origin, behind_proxy, can_send;
        int64_t administrators;
        const struct str *single;               /* "Jo de Vries (Beheerder)": who lacks a second factor and needs one */
        size_t single_n;
        bool keys_shared;                       /* others on this machine may read the key file, or it is gone */
        bool keys_beside_store;                 /* one copy of the folder has both */
        bool is_postgres, is_closed;            /* closed: other programs' roles cannot reach the closed tables */
        int64_t backup_ms;                      /* when the file that says so was last touched */
        int64_t database_ms;                    /* clock of the database server, = now_ms on SQLite */
        int64_t newest_ms;                      /* newest row of the trail */
        int64_t jobs_dead, mail_dead, mail_kept, mail_waiting;
        int64_t disk_free, disk_size;           /* bytes, where the store is; size 0 when unknown */
        int64_t trail_ms;                       /* last check of the trail that ended */
        bool trail_broken;
};

enum weight { WEIGHT_DANGER, WEIGHT_WEAK, WEIGHT_NOTICE };
struct finding {
        enum weight weight;
        struct str title, why, mend;
};
struct findings { struct finding *v; size_t n, cap; };

/* The findings in order of weight, in A. */
void safety_findings(struct arena *a, const struct safety_facts *f, struct findings *ret);
/* How many things are looked at. */
size_t safety_checks(void);

#endif
