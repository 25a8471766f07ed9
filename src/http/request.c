#include <string.h>
#include "internal.h"

void *request_uri(void *cls, const char *uri, struct MHD_Connection *mhd) {
        struct server *s = cls;
        struct exchange *ex = exchange_new(worker_get(s));
        ex->mhd = mhd;
        ex->start_us = clock_monotonic_us();
        struct str target = str_of(uri);
        buf_str(&ex->uri, str_sub(target, 0, URI_MAX + 1));
        atomic_fetch_add(&s->in_flight, 1);
        return ex;
}

static struct conn *conn_of(struct MHD_Connection *mhd) {
        const union MHD_ConnectionInfo *i = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        return i->socket_context;
}

/* Far too much comes in: answer now, then read on for a while so that the answer is not lost in a reset. */
static void refuse_body(struct exchange *ex) {
        if (ex->stage == STAGE_DONE)
                return;
        ex->status = ex->is_answered ? ex->rs.status : ex->early ? ex->early : 413;
        raw_answer(ex->conn->fd, ex->status, ex->early_text);
        ex->stage = STAGE_DONE;
}

static enum MHD_Result head_is_in(struct exchange *ex, const char *method, const char *version) {
        ex->conn = conn_of(ex->mhd);
        head_read(ex);
        bool has_body = ex->head.chunked || ex->head.content_length > 0, wait = head_check(ex, method, version);
        if (wait) {
                upload_begin(ex, method);
                wait = head_check_length(ex);
        }
        if (!conn_phase(ex->conn, has_body && wait ? PHASE_BODY : PHASE_BUSY))
                return MHD_NO;
        if (!wait) {
                if (!ex->is_answered)
                        dispatch(ex, method);
                return respond(ex);
        }
        ex->stage = STAGE_BODY;
        if (ex->head.content_length > (int64_t) DRAIN_MAX && (ex->early || ex->is_answered))
                refuse_body(ex);
        return MHD_YES;
}

static enum MHD_Result body_part(struct exchange *ex, const char *p, size_t n) {
        ex->received += n;
        if (!ex->early && !ex->incoming && ex->received > ex->s->c.limits.body)
                ex->early = 413;
        if (ex->early || ex->is_answered)
                ex->dropped += n;
        else if (ex->incoming)
                upload_part(ex, p, n);
        else
                buf_put(&ex->body, p, n);
        if (ex->dropped > 16 * DRAIN_MAX)
                return MHD_NO;
        if (ex->dropped > DRAIN_MAX)
                refuse_body(ex);
        return MHD_YES;
}

enum MHD_Result request_step(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                             const char *version, const char *upload, size_t *upload_size, void **con_cls) {
        struct exchange *ex = *con_cls;
        (void) cls, (void) mhd, (void) url;
        if (ex->stage == STAGE_HEAD)
                return head_is_in(ex, method, version);
        if (*upload_size) {
                enum MHD_Result r = body_part(ex, upload, *upload_size);
                *upload_size = 0;
                return r;
        }
        if (ex->stage == STAGE_DONE)
                return MHD_NO;          /* answered on the raw socket */
        if (ex->stage == STAGE_BODY) {
                if (!conn_phase(ex->conn, PHASE_BUSY))
                        return MHD_NO;
                ex->stage = STAGE_REPLY;
                if (!ex->is_answered)
                        dispatch(ex, method);
                if (ex->stage == STAGE_WRITING)
                        return MHD_YES; /* the writer wakes us up */
        } else if (ex->stage == STAGE_WRITING) {
                dispatch_written(ex);
        }
        return respond(ex);
}

/* The path as it came, percent-encoded and without the query: no personal data by design of our addresses. */
static struct str path_for_log(const struct exchange *ex) {
        struct str path, query;
        path_split(buf_view(&ex->uri), &path, &query);
        return str_sub(path, 0, 200);
}

void request_completed(void *cls, struct MHD_Connection *mhd, void **con_cls,
                       enum MHD_RequestTerminationCode code) {
        struct server *s = cls;
        struct exchange *ex = *con_cls;
        (void) mhd, (void) code;
        if (!ex)
                return;
        *con_cls = NULL;
        if (ex->status) {
                int64_t us = clock_monotonic_us() - ex->start_us;
                struct str method = str_of(ex->method);
                metrics_count(&s->metrics, method, ex->status, us, ex->bytes);
                log_event(LOG_INFO, "request", LOG_STR("method", method), LOG_STR("path", path_for_log(ex)),
                          LOG_INT("status", ex->status), LOG_INT("bytes", (int64_t) ex->bytes), LOG_INT("us", us),
                          LOG_STR("id", str_of(ex->id)));
        } else {
                atomic_fetch_add(&s->metrics.unfinished, 1);
        }
        if (ex->conn)
                conn_phase(ex->conn, PHASE_IDLE);
        exchange_free(ex);
        atomic_fetch_sub(&s->in_flight, 1);
}
