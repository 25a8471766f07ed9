/* file.h - reading whole files and folders, for loading data and content. */
#ifndef BASE_FILE_H
#define BASE_FILE_H
#include "str.h"

/* The bytes of PATH in A, at most MAX. ERR_NOT_FOUND, ERR_LIMIT, or ERR_DENIED. */
_must_use_ enum err file_read(struct arena *a, struct str path, size_t max, struct str *ret);

struct str_list { struct str *v; size_t n, cap; };
/* The names in folder PATH that end with SUFFIX, sorted by bytes. Hidden files are left out. */
_must_use_ enum err file_list(struct arena *a, struct str path, struct str suffix, struct str_list *ret);

#endif
