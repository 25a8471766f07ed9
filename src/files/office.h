/* office.h - is an archive a document of an office program, and one that does nothing by itself? */
#ifndef FILES_OFFICE_H
#define FILES_OFFICE_H
#include "files_kind.h"

/* False with a Dutch *REASON when BYTES, which begin as a ZIP archive, are not taken in. */
bool office_check(struct arena *a, struct str bytes, const struct file_kind **ret, struct str *reason);

#endif
