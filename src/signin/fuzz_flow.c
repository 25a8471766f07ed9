/* What is read is written back as the same bytes; what nobody sealed does not open. */
#include <stdlib.h>
#include "flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        static const struct keys fixed = { { 1 } };
        struct str bytes = { (const char *) data, size };
        struct arena a = { 0 };
        struct flow f;
        if (flow_parse(bytes, &f) == OK) {
                must(f.challenge.n == FLOW_CHALLENGE && f.method.n <= FLOW_METHOD_MAX && f.verder.n <= FLOW_VERDER_MAX);
                must(str_eq(flow_write(&a, &f), bytes));
        }
        must(flow_open(&fixed, &a, bytes, FLOW_SECOND, f.started_ms, &f) == ERR_INVALID);
        arena_done(&a);
        return 0;
}
