/* released.c - reading what releases keep. */
#include <math.h>
#include "release.sql.h"
#include "releasing.h"

static struct benchmark_release_info info_of(const struct release *r) {
        return (struct benchmark_release_info) { r->id, r->made_at, r->through, r->municipalities, r->cells, r->revisions,
                r->fictitious != 0, r->note };
}

enum err benchmark_releases(struct db *db, struct arena *a, struct benchmark_release_list *ret) {
        struct release_list rows = { 0 };
        enum err e = release_all(db, a, &rows);
        *ret = (struct benchmark_release_list) { 0 };
        for (size_t i = 0; i < rows.n; i++)
                *vec_push(a, ret) = info_of(&rows.v[i]);
        return e;
}

enum err benchmark_release_newest(struct db *db, struct arena *a, struct benchmark_release_info *ret) {
        struct release row = { 0 };
        bool found = false;
        enum err e = release_last(db, a, false, &row, &found);
        if (e == OK && !found)
                e = release_last(db, a, true, &row, &found);
        *ret = found ? info_of(&row) : (struct benchmark_release_info) { 0 };
        return e;
}

enum err benchmark_release_of(struct db *db, struct arena *a, struct str code, int64_t *ret) {
        struct dictionary_entry entry;
        struct benchmark_release_info newest = { 0 };
        bool found = false;
        enum err e = benchmark_dictionary_entry(db, a, code, &entry, &found);
        if (e == OK && found)
                e = benchmark_release_newest(db, a, &newest);
        *ret = newest.id;
        return e;
}

enum err releasing_may_see(struct db *db, struct arena *a, int64_t id, enum benchmark_audience who, struct str indicator,
        struct benchmark_release_info *ret, bool *may) {
        struct release row = { 0 };
        struct release_audience_row audience = { 0 };
        bool found = id != 0;
        enum err e = id ? release_by_id(db, a, id, &row, &found) : benchmark_release_newest(db, a, ret);
        *may = false;
        if (id && found)
                *ret = info_of(&row);
        if (e != OK || (id && !found) || ret->id == 0)
                return e;
        e = release_audience(db, a, ret->id, indicator, &audience, &found);
        *may = e == OK && found && (who == BENCHMARK_MEMBER || str_eq(audience.audience, S("open")));
        return e;
}

enum err benchmark_cell(struct db *db, struct arena *a, int64_t release, enum benchmark_audience who, struct str indicator,
        struct str detail, int64_t period, struct cell *ret, bool *found) {
        struct benchmark_release_info r = { 0 };
        struct release_cell_at_row row = { 0 };
        bool may;
        enum err e = releasing_may_see(db, a, release, who, indicator, &r, &may);
        *ret = (struct cell) { .indicator = indicator, .detail = detail, .period = period };
        *found = false;
        if (e != OK || !may)
                return e;
        e = release_cell_at(db, a, r.fictitious, indicator, detail, period, r.id, &row, found);
        ret->since = row.since;
        return e == OK && *found ? cell_unpack(a, row.packed, ret) : e;
}

enum err benchmark_cells(struct db *db, struct arena *a, int64_t release, enum benchmark_audience who, struct str indicator,
        struct str detail, bool years, struct cell_list *ret) {
        struct benchmark_release_info r = { 0 };
        struct release_cells_between_row_list rows = { 0 };
        bool may;
        enum err e = releasing_may_see(db, a, release, who, indicator, &r, &may);
        *ret = (struct cell_list) { 0 };
        if (e == OK && may)
                e = release_cells_between(db, a, r.fictitious, indicator, detail, r.id, years ? 0 : PERIOD_QUARTERS, years ? PERIOD_QUARTERS - 1 : INT64_MAX, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct cell *c = vec_push(a, ret);
                *c = (struct cell) { .indicator = indicator, .detail = detail, .period = rows.v[i].period, .since = rows.v[i].since };
                e = cell_unpack(a, rows.v[i].packed, c);
        }
        return e;
}

enum err benchmark_revisions(struct db *db, struct arena *a, int64_t release, enum benchmark_audience who,
        struct benchmark_revision_list *ret) {
        struct release_revisions_row_list rows = { 0 };
        enum err e = release_revisions(db, a, release, who == BENCHMARK_MEMBER, &rows);
        *ret = (struct benchmark_revision_list) { 0 };
        for (size_t i = 0; i < rows.n; i++) {
                const struct release_revisions_row *r = &rows.v[i];
                *vec_push(a, ret) = (struct benchmark_revision) { r->indicator_code, r->detail, r->region, r->period, r->value_before,
                        r->value_after };
        }
        return e;
}
