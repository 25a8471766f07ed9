/* small_root.h - for tests of releases: the files of the product without its 34,000 published figures, which they do not need. */
#ifndef BENCHMARK_SMALL_ROOT_H
#define BENCHMARK_SMALL_ROOT_H
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void small_root_link(struct arena *a, struct str root, const char *name) {
        assert_int_equal(symlink(str_fmt(a, "%s/%s", SOURCE_ROOT, name).p, str_fmt(a, "%.*s/%s", STR(root), name).p), 0);
}

static void small_root_empty(struct arena *a, struct str root, const char *name) {
        FILE *f = fopen(str_fmt(a, "%.*s/%s", STR(root), name).p, "w");
        assert_non_null(f);
        fputs("indicator,period,region,detail,value,numerator,denominator,status,boundary_year,source\n", f);
        fclose(f);
}

/* A folder to load from; give it to small_root_remove() afterwards. */
static struct str small_root(struct arena *a) {
        char name[] = "/tmp/schouders-small-XXXXXX";
        assert_non_null(mkdtemp(name));
        struct str root = str_dup(a, str_of(name));
        assert_int_equal(mkdir(str_fmt(a, "%s/data", name).p, 0777), 0);
        assert_int_equal(mkdir(str_fmt(a, "%s/data/benchmark", name).p, 0777), 0);
        small_root_link(a, root, "content");
        small_root_link(a, root, "data/network");
        small_root_link(a, root, "data/benchmark/characteristics.csv");
        small_root_link(a, root, "data/benchmark/characteristic_values.csv");
        small_root_empty(a, root, "data/benchmark/figures.csv");
        small_root_empty(a, root, "data/benchmark/national.csv");
        return root;
}

static void small_root_remove(struct arena *a, struct str root) {
        static const char *const names[] = { "data/benchmark/national.csv", "data/benchmark/figures.csv",
                "data/benchmark/characteristic_values.csv", "data/benchmark/characteristics.csv", "data/network", "content",
                "data/benchmark", "data", "" };
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                assert_int_equal(remove(str_fmt(a, "%.*s/%s", STR(root), names[i]).p), 0);
}

#endif
