/* knowledge_testing_files.h - for the tests of rooms: content files in a folder of the test's own. */
#ifndef KNOWLEDGE_KNOWLEDGE_TESTING_FILES_H
#define KNOWLEDGE_KNOWLEDGE_TESTING_FILES_H
#include "testing.h"

/* A new folder with the value lists LISTS (content/lijsten.txt), no terms and no items. In A. */
struct str content_folder(struct arena *a, const char *lists);
/* Writes a file below ROOT. */
void content_put(struct arena *a, struct str root, const char *name, const char *text);
/* Brings the value lists into the store, as a load does. */
void content_lists(struct test_store *s, struct db *db, const char *lists);

#endif
