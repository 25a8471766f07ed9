/* json.h - writing JSON straight into a buffer; commas are kept by the writer. Reading is jansson's work. */
#ifndef BASE_JSON_H
#define BASE_JSON_H
#include "buf.h"

#define JSON_DEPTH 16
struct json {
        struct buf *out;
        bool comma[JSON_DEPTH];
        int depth;
};

/* KEY is NULL inside arrays and at the top. Doubles that are NaN or infinite become null. */
void json_object(struct json *j, const char *key);
void json_array(struct json *j, const char *key);
void json_end_object(struct json *j);
void json_end_array(struct json *j);
void json_str(struct json *j, const char *key, struct str s);
void json_i64(struct json *j, const char *key, int64_t v);
void json_f64(struct json *j, const char *key, double v);
void json_bool(struct json *j, const char *key, bool v);

#endif
