#include "knowledge_testing_files.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "knowledge.h"

struct str content_folder(struct arena *a, const char *lists) {
        char folder[] = "/tmp/schouders-content-XXXXXX";
        assert_non_null(mkdtemp(folder));
        struct str root = str_dup(a, str_of(folder));
        assert_int_equal(mkdir(str_fmt(a, "%s/content", folder).p, 0700), 0);
        assert_int_equal(mkdir(str_fmt(a, "%s/content/items", folder).p, 0700), 0);
        content_put(a, root, "content/lijsten.txt", lists);
        content_put(a, root, "content/begrippen.txt", "# no terms\n");
        return root;
}

void content_put(struct arena *a, struct str root, const char *name, const char *text) {
        FILE *f = fopen(str_fmt(a, "%.*s/%s", STR(root), name).p, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
        assert_int_equal(fclose(f), 0);
}

void content_lists(struct test_store *s, struct db *db, const char *lists) {
        struct load l = { .a = &s->arena, .root = content_folder(&s->arena, lists) };
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(knowledge_load(db, &l, 0), OK);
        assert_int_equal(db_commit(db), OK);
}
