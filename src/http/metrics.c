#include <stdio.h>
#include <unistd.h>
#include "internal.h"

static const int64_t limits_us[METRICS_BUCKETS] = {
        500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000,
};

#define ADD(counter, n) atomic_fetch_add_explicit(&(counter), (n), memory_order_relaxed)
#define GET_COUNTER(counter) ((int64_t) atomic_load_explicit(&(counter), memory_order_relaxed))

void metrics_count(struct metrics *m, struct str method, int status, int64_t duration_us, size_t bytes) {
        size_t which = str_eq(method, S("GET")) || str_eq(method, S("HEAD")) ? 0 : str_eq(method, S("POST")) ? 1 : 2;
        size_t class = status >= 100 && status < 600 ? (size_t) status / 100 : 0;
        size_t b = 0;
        while (b < METRICS_BUCKETS && duration_us > limits_us[b])
                b++;
        ADD(m->requests[which][class], 1);
        ADD(m->bucket[b], 1);
        ADD(m->duration_us, (uint64_t) duration_us);
        ADD(m->bytes, bytes);
}

void metric_write(struct buf *out, const char *name, const char *type, const char *help, int64_t v) {
        buf_fmt(out, "# HELP schouders_%s %s\n# TYPE schouders_%s %s\nschouders_%s %lld\n", name, help, name, type, name,
                (long long) v);
}

static void seconds(struct buf *b, int64_t us) {
        buf_fmt(b, "%lld.%06lld", (long long) (us / 1000000), (long long) (us % 1000000));
}

static void write_requests(struct metrics *m, struct buf *b) {
        static const char *const methods[3] = { "get", "post", "other" };
        buf_str(b, S("# HELP schouders_http_requests_total Answered requests.\n"
                     "# TYPE schouders_http_requests_total counter\n"));
        for (size_t i = 0; i < 3; i++)
                for (size_t k = 1; k < 6; k++)
                        buf_fmt(b, "schouders_http_requests_total{method=\"%s\",status=\"%zuxx\"} %lld\n", methods[i],
                                k, (long long) GET_COUNTER(m->requests[i][k]));
}

static void write_durations(struct metrics *m, struct buf *b) {
        int64_t sum = 0;
        buf_str(b, S("# HELP schouders_http_duration_seconds From request line to the end of the answer.\n"
                     "# TYPE schouders_http_duration_seconds histogram\n"));
        for (size_t i = 0; i < METRICS_BUCKETS; i++) {
                sum += GET_COUNTER(m->bucket[i]);
                buf_str(b, S("schouders_http_duration_seconds_bucket{le=\""));
                buf_fmt(b, "%g\"} %lld\n", (double) limits_us[i] / 1e6, (long long) sum);
        }
        sum += GET_COUNTER(m->bucket[METRICS_BUCKETS]);
        buf_fmt(b, "schouders_http_duration_seconds_bucket{le=\"+Inf\"} %lld\nschouders_http_duration_seconds_sum ",
                (long long) sum);
        seconds(b, GET_COUNTER(m->duration_us));
        buf_fmt(b, "\nschouders_http_duration_seconds_count %lld\n", (long long) sum);
}

/* The second number of /proc/self/statm: pages in memory. */
static int64_t resident_bytes(void) {
        char text[128] = { 0 };
        FILE *f = fopen("/proc/self/statm", "re");
        if (!f)
                return 0;
        struct str line = { text, fread(text, 1, sizeof text - 1, f) }, part;
        fclose(f);
        int64_t pages = 0;
        bool ok = str_split(&line, ' ', &part) && str_split(&line, ' ', &part) && str_to_i64(part, &pages);
        return ok ? pages * sysconf(_SC_PAGESIZE) : 0;
}

void metrics_write(struct server *s, struct buf *b) {
        struct metrics *m = &s->metrics;
        write_requests(m, b);
        write_durations(m, b);
        metric_write(b, "http_in_flight", "gauge", "Requests that are being received or answered.", s->in_flight);
        metric_write(b, "http_connections", "gauge", "Open connections.", watch_count(&s->watch));
        metric_write(b, "http_sent_bytes_total", "counter", "Bytes of answers, without their heads.",
                     GET_COUNTER(m->bytes));
        metric_write(b, "http_unfinished_total", "counter", "Requests lost or refused before they were in.",
                     GET_COUNTER(m->unfinished));
        metric_write(b, "http_timeouts_total", "counter", "Requests answered with 408.", GET_COUNTER(m->timeouts));
        metric_write(b, "http_limited_total", "counter", "Requests answered with 429.", GET_COUNTER(m->limited));
        if (s->c.writer) {
                int64_t commits = 0, tasks = 0;
                writer_counts(s->c.writer, &commits, &tasks);
                metric_write(b, "writer_commits_total", "counter", "Commits of the writer.", commits);
                metric_write(b, "writer_tasks_total", "counter", "Tasks of the writer.", tasks);
        }
        metric_write(b, "resident_bytes", "gauge", "Resident memory.", resident_bytes());
        metric_write(b, "start_time_seconds", "gauge", "When the server started, since 1970.", m->start_ms / 1000);
        buf_fmt(b, "# HELP schouders_build_info The build.\n# TYPE schouders_build_info gauge\n"
                "schouders_build_info{version=\"%s\"} 1\n", s->c.version ? s->c.version : "unknown");
}
