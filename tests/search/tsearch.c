#include <libpq-fe.h>
#include <stdlib.h>
#include "err.h"
#include "ranking.h"

struct tsearch {
        PGconn *conn;
        const struct collection *c;
};

static const char *const all_words = "websearch_to_tsquery('dutch', $1)";
static const char *const any_word = "replace(plainto_tsquery('dutch', $1)::text, ' & ', ' | ')::tsquery";

/* ts_rank or ts_rank_cd; its own weights or none; long texts as they are, divided by the logarithm of their length, or by the
 * length; any word, or all words and only when nothing has them all any. */
static struct str way_rank(struct arena *a, unsigned way) {
        static const char *const lengths[] = { "", ", 1", ", 2" };
        return str_fmt(a, "%s(%sv, q%s)", way & 1 ? "ts_rank" : "ts_rank_cd", way & 2 ? "'{1,1,1,1}', " : "", lengths[way / 8]);
}

static bool way_is_strict(unsigned way) {
        return way & 4;
}

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

static enum err ask(struct tsearch *p, struct str rank, const char *query, struct str text, struct ranking *ret) {
        struct arena a = { 0 };
        const char *value = str_z(&a, text);
        PGresult *r = NULL;
        struct str sql = str_fmt(&a, "SELECT id, %.*s FROM doc, LATERAL (SELECT %s AS q) x WHERE v @@ q ORDER BY 2 DESC, 1 LIMIT %d",
                                 STR(rank), query, RANKING_MAX);
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
        struct str rank = way_rank(a, way);
        enum err e = OK;
        *name = str_z(a, str_fmt(a, "%s, %.*s", way_is_strict(way) ? "all words or else any" : "any word", STR(rank)));
        *ret = arena_many(a, struct ranking, p->c->questions.n);
        for (size_t i = 0; e == OK && i < p->c->questions.n; i++) {
                struct ranking *r = &(*ret)[i];
                if (way_is_strict(way))
                        e = ask(p, rank, all_words, p->c->questions.v[i].text, r);
                if (e == OK && r->n == 0)
                        e = ask(p, rank, any_word, p->c->questions.v[i].text, r);
        }
        return e;
}
