#include <libpq-fe.h>
#include <stdlib.h>
#include "err.h"
#include "ranking.h"

struct tsearch {
        PGconn *conn;
        const struct collection *c;
};

/* All words; any word; all words and, when nothing has them all, any word. */
static const char *const queries[] = {
        "websearch_to_tsquery('dutch', $1)",
        "replace(plainto_tsquery('dutch', $1)::text, ' & ', ' | ')::tsquery",
};
static const struct way {
        const char *name;
        const char *rank;
        bool all_first;
} ways[TSEARCH_WAYS] = {
        { "any word, ts_rank_cd", "ts_rank_cd(v, q)", false }, { "any word, ts_rank_cd, 1", "ts_rank_cd(v, q, 1)", false },
        { "any word, ts_rank_cd, 2", "ts_rank_cd(v, q, 2)", false }, { "any word, ts_rank", "ts_rank(v, q)", false },
        { "any word, ts_rank, 1", "ts_rank(v, q, 1)", false }, { "any word, ts_rank, 2", "ts_rank(v, q, 2)", false },
        { "all words or else any, ts_rank_cd", "ts_rank_cd(v, q)", true }, { "all words or else any, ts_rank_cd, 1", "ts_rank_cd(v, q, 1)", true },
        { "all words or else any, ts_rank_cd, 2", "ts_rank_cd(v, q, 2)", true }, { "all words or else any, ts_rank", "ts_rank(v, q)", true },
        { "all words or else any, ts_rank, 1", "ts_rank(v, q, 1)", true }, { "all words or else any, ts_rank, 2", "ts_rank(v, q, 2)", true },
};

static enum err run(struct tsearch *p, const char *sql, int n, const char *const *values, PGresult **ret) {
        PGresult *r = PQexecParams(p->conn, sql, n, NULL, values, NULL, NULL, 0);
        ExecStatusType status = PQresultStatus(r);
        bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        enum err e = good ? OK : err_log(ERR_INTERNAL, "%s", PQerrorMessage(p->conn));
        if (good && ret)
                *ret = r;
        else
                PQclear(r);
        return e;
}

static enum err fill(struct tsearch *p) {
        enum err e = run(p, "CREATE TABLE doc(id integer PRIMARY KEY, v tsvector)", 0, NULL, NULL);
        if (e == OK)
                e = run(p, "BEGIN", 0, NULL, NULL);
        for (size_t i = 0; e == OK && i < p->c->docs.n; i++) {
                struct arena a = { 0 };
                const struct document *d = &p->c->docs.v[i];
                const char *values[] = { str_fmt(&a, "%zu", i).p, str_z(&a, d->title), str_z(&a, d->summary), str_z(&a, d->label), str_z(&a, d->body) };
                e = run(p, "INSERT INTO doc VALUES ($1::integer, setweight(to_tsvector('dutch', $2), 'A') || setweight(to_tsvector('dutch', $3), 'B')"
                           " || setweight(to_tsvector('dutch', $4), 'C') || setweight(to_tsvector('dutch', $5), 'D'))", 5, values, NULL);
                arena_done(&a);
        }
        if (e == OK)
                e = run(p, "COMMIT", 0, NULL, NULL);
        if (e == OK)
                e = run(p, "CREATE INDEX ON doc USING gin(v)", 0, NULL, NULL);
        return e == OK ? run(p, "ANALYZE doc", 0, NULL, NULL) : e;
}

enum err tsearch_open(struct arena *a, const struct collection *c, struct str url, struct tsearch **ret) {
        struct tsearch *p = arena_new(a, struct tsearch);
        *p = (struct tsearch) { PQconnectdb(str_z(a, url)), c };
        enum err e = PQstatus(p->conn) == CONNECTION_OK ? fill(p) : err_log(ERR_BUSY, "%s", PQerrorMessage(p->conn));
        if (e == OK)
                *ret = p;
        else
                tsearch_close(p);
        return e;
}

void tsearch_close(struct tsearch *p) {
        if (p)
                PQfinish(p->conn);
}

static enum err ask(struct tsearch *p, const struct way *w, const char *query, struct str text, struct ranking *ret) {
        struct arena a = { 0 };
        const char *value = str_z(&a, text);
        PGresult *r = NULL;
        struct str sql = str_fmt(&a, "SELECT id, %s FROM doc, LATERAL (SELECT %s AS q) x WHERE v @@ q ORDER BY 2 DESC, 1 LIMIT %d",
                                 w->rank, query, RANKING_MAX);
        enum err e = run(p, str_z(&a, sql), 1, &value, &r);
        for (int i = 0; e == OK && i < PQntuples(r); i++) {
                ret->doc[ret->n] = (uint32_t) atoi(PQgetvalue(r, i, 0));
                ret->score[ret->n++] = atof(PQgetvalue(r, i, 1));
        }
        PQclear(r);
        arena_done(&a);
        return e;
}

enum err rank_tsearch(struct tsearch *p, struct arena *a, unsigned way, const char **name, struct ranking **ret) {
        const struct way *w = &ways[way];
        enum err e = OK;
        *name = w->name;
        *ret = arena_many(a, struct ranking, p->c->questions.n);
        for (size_t i = 0; e == OK && i < p->c->questions.n; i++) {
                struct ranking *r = &(*ret)[i];
                if (w->all_first)
                        e = ask(p, w, queries[0], p->c->questions.v[i].text, r);
                if (e == OK && r->n == 0)
                        e = ask(p, w, queries[1], p->c->questions.v[i].text, r);
        }
        return e;
}
