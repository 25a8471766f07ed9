/* A path that is accepted leads to this site, however a browser reads it. */
#include <stdlib.h>
#include "html.h"
#include "redirect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct str path = { (const char *) data, size };
        if (!redirect_is_local(path))
                return 0;
        must(size >= 1 && size <= REDIRECT_MAX && data[0] == '/');
        must(size == 1 || (data[1] != '/' && data[1] != '\\'));
        for (size_t i = 0; i < size; i++)
                must(data[i] > ' ' && data[i] < 0x7f && data[i] != '\\');
        must(!str_starts(path, S("/inloggen/")) && !str_eq(path, S("/inloggen")) && !str_starts(path, S("/uitloggen?")));
        /* what it stands in may not refuse it later */
        must(str_eq(url_path(path).bytes, path));
        return 0;
}
