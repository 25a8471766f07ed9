#include "lists.h"
#include "file.h"

enum err list_read(struct arena *a, const char *path, size_t max, struct str *ret) {
        enum err e = file_read(a, str_of(path), max, ret);
        return e ? err_log(e, "read %s", path) : OK;
}

bool list_line(struct str *rest, struct str *ret) {
        struct str line;
        while (str_split(rest, '\n', &line)) {
                *ret = str_trim(str_sub(line, 0, str_index(line, '#')));
                if (ret->n)
                        return true;
        }
        return false;
}
