/* testdata.h - where tests find the dictionary, our lists, and the reference data beside the source tree. */
#ifndef TEXT_TESTDATA_H
#define TEXT_TESTDATA_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "lists.h"

#define TEST_DIC "/usr/share/hunspell/nl_NL.dic"
#define TEST_LISTS SOURCE_ROOT "/data/taal"

/* Skips the test when the dictionary is not installed. */
static inline void need_dictionary(void) {
        if (access(TEST_DIC, R_OK) != 0) {
                print_message("skipped: %s is absent (package hunspell-nl)\n", TEST_DIC);
                skip();
        }
}

/* The file NAME of the shared test texts; skips the test when that folder is absent. */
static inline struct str shared_text(struct arena *a, const char *name) {
        const char *dir = getenv("SCHOUDERS_SHARED");
        struct str path = str_fmt(a, "%s/data/tekst/%s", dir ? dir : SOURCE_ROOT "/../shared", name);
        struct str ret = S("");
        if (access(path.p, R_OK) != 0) {
                print_message("skipped: %s is absent\n", path.p);
                skip();
        }
        assert_int_equal(list_read(a, path.p, (size_t) 64 << 20, &ret), OK);
        return ret;
}

#endif
