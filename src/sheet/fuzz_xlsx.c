/* Any bytes are cells in order within the limits, or a refusal with a reason. */
#include <stdint.h>
#include <stdlib.h>
#include "sheet.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct arena a = { 0 };
        struct sheet s;
        struct str why = S("");
        if (sheet_read(&a, (struct str) { (const char *) data, n }, &s, &why) != OK) {
                if (why.n == 0)
                        abort();
                s.n = 0;
        }
        for (size_t i = 0; i < s.n; i++) {
                const struct sheet_cell *c = &s.v[i];
                if (c->row < 1 || c->row > SHEET_ROWS_MAX || c->column < 1 || c->column > SHEET_COLUMNS_MAX || c->text.n > SHEET_TEXT_MAX ||
                    !utf8_valid(c->text) || (c->kind == SHEET_FORMULA && c->text.n))
                        abort();
                if (i > 0 && (c->row < c[-1].row || (c->row == c[-1].row && c->column <= c[-1].column)))
                        abort();
        }
        arena_done(&a);
        return 0;
}
