#include "db.h"
#include "ranking.h"

struct tsearch {
        struct db *db;
        const struct collection *c;
        struct db_stmt strict[TSEARCH_WAYS], any[TSEARCH_WAYS]; /* a connection knows a statement by its address */
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

static const struct db_stmt create = { "CREATE TABLE doc(id integer PRIMARY KEY, v tsvector)", "create", 0 };
static const struct db_stmt add = {
        "INSERT INTO doc VALUES ($1, setweight(to_tsvector('dutch', $2), 'A') || setweight(to_tsvector('dutch', $3), 'B')"
        " || setweight(to_tsvector('dutch', $4), 'C') || setweight(to_tsvector('dutch', $5), 'D'))", "add(itttt)", 5,
};
static const struct db_stmt index_all = { "CREATE INDEX ON doc USING gin(v)", "index", 0 };

static enum err fill(struct tsearch *p) {
        enum err e = db_begin(p->db);
        if (e == OK)
                e = db_exec(p->db, &create, NULL, 0);
        for (size_t i = 0; e == OK && i < p->c->docs.n; i++) {
                const struct document *d = &p->c->docs.v[i];
                const struct db_val values[] = { db_val_i64((int64_t) i), db_val_str(d->title), db_val_str(d->summary), db_val_str(d->label),
                                                 db_val_str(d->body) };
                e = db_exec(p->db, &add, values, 5);
        }
        if (e == OK)
                e = db_exec(p->db, &index_all, NULL, 0);
        return e == OK ? db_commit(p->db) : e;
}

static struct db_stmt statement(struct arena *a, unsigned way, const char *query) {
        struct str sql = str_fmt(a, "SELECT id, %.*s FROM doc, LATERAL (SELECT %s AS q) x WHERE v @@ q ORDER BY 2 DESC, 1 LIMIT %d",
                                 STR(way_rank(a, way)), query, RANKING_MAX);
        return (struct db_stmt) { str_z(a, sql), "ask(t)", 1 };
}

enum err tsearch_open(struct arena *a, const struct collection *c, struct str url, struct tsearch **ret) {
        struct tsearch *p = arena_new(a, struct tsearch);
        p->c = c;
        for (unsigned way = 0; way < TSEARCH_WAYS; way++) {
                p->strict[way] = statement(a, way, all_words);
                p->any[way] = statement(a, way, any_word);
        }
        enum err e = db_open(&p->db, url, DB_WRITE);
        if (e == OK)
                e = fill(p);
        if (e == OK)
                *ret = p;
        else
                tsearch_close(p);
        return e;
}

void tsearch_close(struct tsearch *p) {
        if (p)
                db_close(p->db);
}

static enum err ask(struct tsearch *p, const struct db_stmt *st, struct str text, struct ranking *ret) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        const struct db_val value = db_val_str(text);
        bool more = false;
        enum err e = db_query(p->db, st, &value, 1, &rows);
        while (e == OK && (e = db_next(&rows, &more)) == OK && more) {
                ret->doc[ret->n] = (uint32_t) db_i64(&rows, 0);
                ret->score[ret->n++] = db_f64(&rows, 1);
        }
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
                        e = ask(p, &p->strict[way], p->c->questions.v[i].text, r);
                if (e == OK && r->n == 0)
                        e = ask(p, &p->any[way], p->c->questions.v[i].text, r);
        }
        return e;
}
