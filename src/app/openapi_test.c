/* openapi_test.c - the description of the API (programme/openapi.json) against the routes: all of them, no more, with the
 * same parameters. What the answers look like is checked by tests/system/api.mjs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>
#include "rooms.h"

#define BASE "/api/v1"

static json_t *document;
static char where[256];         /* the route at hand, for messages */

static json_t *member(json_t *object, const char *key) {
        json_t *v = json_object_get(object, key);
        if (!v)
                fail_msg("%s: no \"%s\"", where, key);
        return v;
}

static const char *text(json_t *object, const char *key) {
        const char *s = json_string_value(member(object, key));
        assert_non_null(s);
        return s;
}

/* What a "$ref" points to, at any depth of the document. */
static json_t *resolved(json_t *v) {
        const char *ref = json_string_value(json_object_get(v, "$ref"));
        if (!ref)
                return v;
        char path[256], *rest = path, *part;
        snprintf(path, sizeof path, "%s", ref);
        part = strsep(&rest, "/");
        assert_string_equal(part, "#");
        for (v = document; (part = strsep(&rest, "/"));)
                v = member(v, part);
        return v;
}

static json_t *parameter(json_t *operation, const char *in, struct str name) {
        size_t i;
        json_t *p, *list = json_object_get(operation, "parameters");
        json_array_foreach(list, i, p) {
                p = resolved(p);
                if (strcmp(text(p, "in"), in) == 0 && str_eq(str_of(text(p, "name")), name))
                        return p;
        }
        fail_msg("%s: no parameter %.*s in %s", where, STR(name), in);
        return NULL;
}

static void check_field(json_t *operation, const struct field *f) {
        json_t *p = parameter(operation, "query", str_of(f->name)), *schema = resolved(member(p, "schema"));
        assert_int_equal(json_is_true(json_object_get(p, "required")), f->required);
        assert_false(f->many);          /* no route has it yet: extend this check with the first */
        if (f->type == FIELD_INTEGER) {
                assert_string_equal(text(schema, "type"), "integer");
                assert_int_equal(json_integer_value(member(schema, "minimum")), f->min);
                assert_int_equal(json_integer_value(member(schema, "maximum")), f->max);
        } else {
                assert_string_equal(text(schema, "type"), "string");
        }
}

static void check_parameters(json_t *operation, const struct route *r) {
        struct str rest = str_of(r->pattern);
        size_t n = 0;
        for (size_t open; (open = str_index(rest, '{')) < rest.n; n++) {
                size_t close = str_index(rest, '}');
                json_t *p = parameter(operation, "path", str_sub(rest, open + 1, close - open - 1));
                assert_true(json_is_true(member(p, "required")));
                rest = str_sub(rest, close + 1, rest.n);
        }
        for (const struct field *f = r->fields; f && f->name; f++, n++)
                check_field(operation, f);
        assert_int_equal(json_array_size(json_object_get(operation, "parameters")), n);
}

/* Every mistake is answered as a problem, also those without a line of their own. */
static void check_responses(json_t *operation) {
        const char *status;
        json_t *r, *responses = member(operation, "responses");
        member(responses, "200");
        member(responses, "default");
        json_object_foreach(responses, status, r) {
                r = resolved(r);
                if (status[0] == '2' || status[0] == '3')
                        continue;
                json_t *schema = resolved(member(member(member(r, "content"), "application/problem+json"), "schema"));
                assert_ptr_equal(schema, member(member(member(document, "components"), "schemas"), "Probleem"));
        }
}

static void routes_stand_in_the_document(void **state) {
        size_t n = 0;
        (void) state;
        for (size_t i = 0; rooms[i]; i++)
                for (const struct route *r = rooms[i]; r->pattern; r++) {
                        if (!str_starts(str_of(r->pattern), S("/api")))
                                continue;
                        snprintf(where, sizeof where, "%s", r->pattern);
                        assert_true(str_starts(str_of(r->pattern), S(BASE "/")));
                        json_t *path = member(member(document, "paths"), r->pattern + strlen(BASE));
                        json_t *operation = member(path, r->method == GET ? "get" : "post");
                        check_parameters(operation, r);
                        check_responses(operation);
                        n++;
                }
        assert_true(n >= 4);
}

static bool is_route(const char *path, const char *method) {
        for (size_t i = 0; rooms[i]; i++)
                for (const struct route *r = rooms[i]; r->pattern; r++)
                        if (str_starts(str_of(r->pattern), S(BASE "/")) && strcmp(r->pattern + strlen(BASE), path) == 0 &&
                            strcmp(r->method == GET ? "get" : "post", method) == 0)
                                return true;
        return false;
}

static void the_document_names_routes_only(void **state) {
        const char *path, *method;
        json_t *methods, *operation;
        (void) state;
        snprintf(where, sizeof where, "the document");
        assert_string_equal(text(json_array_get(member(document, "servers"), 0), "url"), BASE);
        json_object_foreach(member(document, "paths"), path, methods)
                json_object_foreach(methods, method, operation)
                        if (!is_route(path, method))
                                fail_msg("%s %s is not a route", method, path);
}

int main(void) {
        static const struct CMUnitTest tests[] = {
                cmocka_unit_test(routes_stand_in_the_document), cmocka_unit_test(the_document_names_routes_only),
        };
        json_error_t error;
        document = json_load_file(SOURCE_ROOT "/src/programme/openapi.json", JSON_REJECT_DUPLICATES, &error);
        if (!document) {
                fprintf(stderr, "openapi.json:%d: %s\n", error.line, error.text);
                return 1;
        }
        int failed = cmocka_run_group_tests_name("openapi", tests, NULL, NULL);
        json_decref(document);
        return failed;
}
