/* pack.h - the parts of an XLSX file: a ZIP archive in memory that a stranger made. */
#ifndef SHEET_PACK_H
#define SHEET_PACK_H
#include "str.h"

struct pack;
/* Opens BYTES, which must outlive it, and looks at its whole directory against the limits of sheet.h. *WHY as sheet_read(). */
_must_use_ enum err pack_open(struct arena *a, struct str bytes, struct pack **ret, struct str *why);
/* Unpacks the part NAME into A. ERR_NOT_FOUND without it; ERR_INVALID when its size or sum is not true. */
_must_use_ enum err pack_part(struct pack *p, struct arena *a, struct str name, struct str *ret);
/* Usable with _cleanup_; *P may be NULL. */
void pack_close(struct pack **p);

#endif
