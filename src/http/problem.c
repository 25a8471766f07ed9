#include "internal.h"
#include "json.h"

void problem_write(const struct req *rq, struct resp *rs, int status, struct str message) {
        struct json j = { .out = &rs->body };
        buf_reset(&rs->body);
        rs->content_type = "application/problem+json";
        json_object(&j, NULL);
        json_str(&j, "type", S("about:blank"));
        json_str(&j, "title", status_title(status));
        json_i64(&j, "status", status);
        json_str(&j, "detail", message.n ? message : status_text(status));
        json_str(&j, "instance", rq->path);
        if (rq->errors.n) {
                json_array(&j, "errors");
                for (size_t i = 0; i < rq->errors.n; i++) {
                        json_object(&j, NULL);
                        json_str(&j, "in", rq->method == POST ? S("body") : S("query"));
                        json_str(&j, "name", str_of(rq->errors.v[i].field));
                        json_str(&j, "detail", rq->errors.v[i].message);
                        json_end_object(&j);
                }
                json_end_array(&j);
        }
        json_end_object(&j);
}
