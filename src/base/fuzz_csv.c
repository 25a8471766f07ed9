/* Any bytes are rows as wide as the header, or a refusal; every field lies in the data or in the arena. */
#include <stdint.h>
#include <stdlib.h>
#include "csv.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct arena a = { 0 };
        struct csv c;
        struct csv_row row;
        bool more = true;
        const char *why = NULL;
        size_t read = 0;
        if (n <= 65536 && csv_open(&c, &a, (struct str) { (const char *) data, n }) == OK) {
                while (more && csv_next(&c, &a, &row, &more, &why) == OK && more) {
                        if (row.n != c.columns)
                                abort();
                        for (size_t i = 0; i < row.n; i++) {
                                (void) utf8_slug(&a, row.v[i]);
                                read += row.v[i].n;
                        }
                }
        }
        if (read > n)
                abort();
        arena_done(&a);
        return 0;
}
