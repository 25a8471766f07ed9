/* collect - SHARED_DATA_DIR OUT_DATA_DIR: converts open source files into the data that the product ships. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include "collect.h"

static void folder(struct collect *c, const char *name) {
        const char *path = str_fmt(c->a, "%.*s/%s", STR(c->to), name).p;
        if (mkdir(path, 0777) && errno != EEXIST)
                fail(str_of(path), 0, "cannot be made");
}

int main(int argc, char **argv) {
        struct arena a = { 0 };
        if (argc != 3) {
                fprintf(stderr, "usage: collect SHARED_DATA_DIR OUT_DATA_DIR\n");
                return 2;
        }
        struct collect c = { .a = &a, .from = str_of(argv[1]), .to = str_of(argv[2]) };
        folder(&c, "network");
        folder(&c, "benchmark");
        folder(&c, "map");
        collect_network(&c);
        buf_str(&c.figures, S("indicator,period,region,detail,value,numerator,"
                              "denominator,status,boundary_year,source\n"));
        collect_figures(&c);
        collect_iv3(&c);
        collect_national(&c);
        put_file(&c, "benchmark/figures.csv", buf_view(&c.figures));
        collect_characteristics(&c);
        collect_map(&c);
        buf_done(&c.figures);
        arena_done(&a);
        return 0;
}
