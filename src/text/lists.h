/* lists.h - reading the small text files of data/taal: "#" starts a comment, empty lines do not count. */
#ifndef TEXT_LISTS_H
#define TEXT_LISTS_H
#include "str.h"

/* The whole file in A: file_read() with the failure logged. */
_must_use_ enum err list_read(struct arena *a, const char *path, size_t max, struct str *ret);

/* Takes the next line with content off the front of *REST, trimmed and without comment. False at the end. */
bool list_line(struct str *rest, struct str *ret);

#endif
