#include "testing.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

struct table parse(struct arena *a, struct str text)
{
        struct table t = { 0 };
        size_t room = 1;
        for (size_t i = 0; i < text.n; i++)
                room += text.p[i] == '\n';
        assert_int_equal(csv_open(&t.c, a, text), OK);
        t.row = arena_many(a, struct csv_row, room);
        bool more = true;
        const char *why;
        while (csv_next(&t.c, a, &t.row[t.n], &more, &why) == OK && more)
                t.n++;
        assert_false(more);
        return t;
}

struct str field(const struct table *t, size_t row, const char *name)
{
        int at = csv_column(&t->c, name);
        if (at < 0)
                fail_msg("no column %s", name);
        return t->row[row].v[at];
}

enum err run(struct arena *a, const char *name, struct str in, struct str other, struct str *out, const char **why)
{
        char *text = NULL;
        size_t n = 0;
        FILE *f = open_memstream(&text, &n);
        enum err e = stats_filter(a, str_of(name), in, other, f, why);
        fclose(f);
        *out = str_dup(a, (struct str) { text, n });
        free(text);
        return e;
}

struct str ran(struct arena *a, const char *name, struct str in, struct str other)
{
        const char *why = "";
        struct str out;
        if (run(a, name, in, other, &out, &why) != OK)
                fail_msg("%s: %s", name, why);
        return out;
}
