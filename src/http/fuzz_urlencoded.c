/* Queries and forms: nothing crashes, and what passes the check is what http.h promises. */
#include <stdlib.h>
#include <string.h>
#include "fields.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(x) do { if (!(x)) abort(); } while (0)

static const struct field fields[] = {
        { .name = "q", .type = FIELD_TEXT, .max = 10 },
        { .name = "t", .type = FIELD_MULTILINE, .max = 20, .required = true },
        { .name = "n", .type = FIELD_INTEGER, .min = -5, .max = 5000 },
        { .name = "c", .type = FIELD_CODE, .max = 8, .many = true },
        { 0 },
};
static const struct route route = { .method = GET, .pattern = "/", .access = ACCESS_PUBLIC, .fields = fields };

static void check_value(const struct req *rq, const struct field_value *v) {
        if (req_error_of(rq, v->field->name).n)
                return;
        MUST(utf8_valid(v->text));
        if (v->field->type == FIELD_INTEGER) {
                MUST(v->text.n == 0 || (v->number >= -5 && v->number <= 5000));
                return;
        }
        MUST(v->text.n <= (size_t) v->field->max);
        for (size_t i = 0; i < v->text.n; i++) {
                unsigned char c = (unsigned char) v->text.p[i];
                MUST(c >= 0x20 || (v->field->type == FIELD_MULTILINE && (c == '\n' || c == '\t')));
        }
}

static void run(enum method method, struct str text) {
        struct arena a = { 0 };
        struct req rq = { .arena = &a, .method = method, .route = &route };
        struct str message, csrf, *list;
        enum err e = fields_read(&rq, text, &message, &csrf);
        MUST(e == OK || (e == ERR_INVALID && message.n > 0));
        MUST(e != OK || method == POST || rq.errors.n == 0);
        for (size_t i = 0; i < rq.values.n; i++)
                check_value(&rq, &rq.values.v[i]);
        MUST(req_many(&rq, "c", &list) <= FIELD_MANY_MAX);
        MUST(e != OK || rq.errors.n > 0 || req_has(&rq, "t"));
        (void) req_integer(&rq, "n", 0);
        (void) req_text(&rq, "q");
        arena_done(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct str text = { (const char *) data, n };
        run(GET, text);
        run(POST, text);
        return 0;
}
