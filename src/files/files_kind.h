/* files_kind.h - the kinds of files that we take in. */
#ifndef FILES_FILES_KIND_H
#define FILES_FILES_KIND_H
#include "str.h"

struct file_kind {
        const char *code, *extensions;  /* "jpeg"; "jpg jpeg", the usual one first */
        const char *media_type;
        struct str label;               /* Dutch */
        bool is_image;
};
extern const struct file_kind file_kinds[];     /* ends with a code NULL */
const struct file_kind *file_kind_of(struct str code);

#endif
