/* Archives: nothing crashes, and what is read lies within the archive and the limits. */
#include <stdlib.h>
#include "zipdir.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct arena a = { 0 };
        struct str bytes = { (const char *) data, n };
        struct zipdir z;
        int64_t unpacked = 0;
        if (zipdir_read(&a, bytes, &z) == ZIP_OK) {
                MUST(z.n > 0 && z.n <= ZIP_ENTRIES_MAX);
                for (size_t i = 0; i < z.n; i++) {
                        const struct zip_entry *e = &z.v[i];
                        MUST(e->from < e->to && e->to <= n && e->packed.p + e->packed.n == bytes.p + e->to);
                        MUST(zipdir_find(&z, e->name) == e);
                        MUST((int64_t) zipdir_unpack(&a, e, 1000).n <= e->size);
                        unpacked += e->size;
                }
                MUST(unpacked <= ZIP_UNPACKED_MAX);
                (void) zipdir_check(&z);
        }
        (void) zipdir_is_inside(bytes);
        arena_done(&a);
        return 0;
}
