/* Any bytes give parts that lie within the file, or an error with a line of it. */
#include <stdlib.h>
#include "front.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct arena a = { 0 };
        struct front f;
        struct text_error error = { 0 };
        int lines = 1;
        for (size_t i = 0; i < size; i++)
                lines += data[i] == '\n';
        if (front_parse(&a, (struct str) { (const char *) data, size }, &error, &f) != OK) {
                must(error.line >= 0 && error.line <= lines && error.reason.n > 0);
        } else {
                size_t sum = f.intro.n;
                int last = 1;
                for (size_t i = 0; i < f.n_pairs; i++) {
                        must(f.pairs[i].line > last && f.pairs[i].key.n > 0);
                        last = f.pairs[i].line;
                        sum += f.pairs[i].key.n + f.pairs[i].value.n;
                        (void) front_split(&a, f.pairs[i].value, '|');
                }
                for (size_t i = 0; i < f.n_sections; i++) {
                        must(f.sections[i].line > last && f.sections[i].line <= lines);
                        last = f.sections[i].line;
                        sum += f.sections[i].heading.n + f.sections[i].body.n;
                }
                must(sum <= size);
        }
        arena_done(&a);
        return 0;
}
