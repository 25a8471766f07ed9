/* Request targets: a path that is accepted has no trick left in it. */
#include <stdlib.h>
#include "route.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(x) do { if (!(x)) abort(); } while (0)

static enum err never(struct req *rq, struct resp *rs) {
        (void) rq, (void) rs;
        return OK;
}

static const struct route table[] = {
        { GET, "/", ACCESS_PUBLIC, never, NULL },
        { GET, "/a/{x}", ACCESS_PUBLIC, never, NULL },
        { POST, "/a/b", ACCESS_PUBLIC, never, NULL },
        { GET, "/a/{x}.csv", ACCESS_PUBLIC, never, NULL },
        { GET, "/{x}/{y}/{z}/{w}", ACCESS_PUBLIC, never, NULL },
        { .pattern = NULL },
};
static const struct route *const rooms[] = { table, NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        static struct arena forever;
        static struct routes routes;
        struct arena a = { 0 };
        struct str target = { (const char *) data, n }, raw, query, path;
        if (!forever.head)
                MUST(routes_compile(&forever, rooms, &routes) == OK);
        path_split(target, &raw, &query);
        enum err e = path_decode(&a, raw, &path);
        MUST(e == OK || e == ERR_INVALID || e == ERR_NOT_FOUND);
        if (!e) {
                MUST(path.n > 0 && path.p[0] == '/' && utf8_valid(path));
                MUST(str_find(path, S("//")) == path.n && str_find(path, S("/../")) == path.n);
                MUST(!str_ends(path, S("/..")) && str_index(path, '\\') == path.n && str_index(path, '\0') == path.n);
                struct route_match m;
                routes_find(&routes, GET, path, &m);
                for (size_t i = 0; m.route && i < REQ_PARAMS; i++)
                        MUST(!m.param[i].p || (m.param[i].n > 0 && str_index(m.param[i], '/') == m.param[i].n));
        }
        arena_done(&a);
        return 0;
}
