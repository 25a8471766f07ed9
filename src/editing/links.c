/* links.c - the nightly walk along all addresses that published texts link to. One job looks at what texts link to; then a chain of
 * short jobs asks the addresses, so that mail and other work can go in between. */
#include <string.h>
#include <unistd.h>
#include "clock.h"
#include "editing.h"
#include "editing.sql.h"
#include "html.h"
#include "item_text.h"
#include "link_ask.h"
#include "log.h"
#include "page.h"
#include "vec.h"
#include "writer.h"

#define SCAN_AT_ONCE 100        /* items in one transaction */
#define ASK_AT_ONCE 40          /* links in one job */
#define JOB_MS 15000            /* and about so long */
#define HOST_PAUSE_MS 1000      /* between two requests to one site */
#define NIGHT_MOST 8000         /* links in one night; those that waited longest come first */
#define AGAIN_MS (20 * 60 * 60 * (int64_t) 1000)
#define URL_MAX 2000

struct urls { struct str *v; size_t n, cap; };

static void add_url(struct arena *a, struct urls *l, struct str url) {
        while (url.n && strchr(".,;:!?'*_", url.p[url.n - 1]))
                url.n--;
        if (url.n > URL_MAX || !str_eq(url_checked(url).bytes, url))
                return;
        for (size_t i = 0; i < l->n; i++)
                if (str_eq(l->v[i], url))
                        return;
        *vec_push(a, l) = url;
}

/* Addresses in Markdown: up to a space or a mark that cannot be in one; ")" when it was not opened. */
static void add_from_markdown(struct arena *a, struct urls *l, struct str text) {
        for (size_t i = 0; i < text.n;) {
                struct str rest = str_sub(text, i, text.n);
                size_t n = 0, open = 0;
                if (!str_starts(rest, S("https://")) && !str_starts(rest, S("http://"))) {
                        i++;
                        continue;
                }
                while (n < rest.n && (unsigned char) rest.p[n] > ' ' && !strchr("<>\"|]`", rest.p[n]) && (rest.p[n] != ')' || open)) {
                        open += rest.p[n] == '(';
                        open -= rest.p[n] == ')';
                        n++;
                }
                add_url(a, l, str_sub(rest, 0, n));
                i += n;
        }
}

static struct urls urls_of(struct arena *a, struct str text) {
        struct urls l = { 0 };
        struct front f;
        struct text_error error;
        if (front_parse(a, text, &error, &f) != OK)
                return l;
        for (size_t i = 0; i < f.n_pairs; i++) {
                struct front_parts parts = front_split(a, f.pairs[i].value, '|');
                for (size_t k = 0; k < parts.n; k++)
                        if (str_starts(parts.v[k], S("http")))
                                add_url(a, &l, parts.v[k]);
        }
        for (size_t i = 0; i < f.n_sections; i++)
                add_from_markdown(a, &l, f.sections[i].body);
        return l;
}

/* What one item links to, when it changed since the last time. */
static enum err scan_item(struct db *db, struct arena *a, const struct items_to_scan_row *item) {
        bool is_published = str_eq(item->state, S("published"));
        int64_t wanted = is_published ? item->version : 0;
        struct published_text_row row;
        struct urls urls = { 0 };
        if (item->scanned.is_set && item->scanned.v == wanted)
                return OK;
        enum err e = places_drop(db, item->id);
        if (e == OK && is_published)
                e = published_text(db, a, item->id, &row);
        if (e == OK && is_published)
                urls = urls_of(a, row.text);
        for (size_t i = 0; e == OK && i < urls.n; i++) {
                struct link_numbered_row link;
                e = link_check_add(db, urls.v[i]);
                if (e == OK)
                        e = link_numbered(db, a, urls.v[i], &link);
                if (e == OK)
                        e = place_add(db, item->id, link.id);
        }
        return e == OK ? scan_done(db, item->id, wanted) : e;
}

struct scanning {
        struct arena *a;
        int64_t after;                  /* the last item of the transaction before */
        int64_t last;                   /* of this one: it may run again, so AFTER is the caller's to move */
        bool more;
};

static enum err scan_some(struct db *db, void *arg) {
        struct scanning *s = arg;
        struct items_to_scan_row_list l;
        enum err e = items_to_scan(db, s->a, s->after, SCAN_AT_ONCE, &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                e = scan_item(db, s->a, &l.v[i]);
        s->more = e == OK && l.n == SCAN_AT_ONCE;
        s->last = e == OK && l.n ? l.v[l.n - 1].id : s->after;
        return e == OK && !s->more ? links_unused_drop(db) : e;
}

static enum err scan(struct job_context *c) {
        struct scanning s = { .after = 0, .more = true };
        enum err e = OK;
        while (e == OK && s.more) {
                struct arena a = { 0 };
                s.a = &a;
                e = writer_run(c->writer, scan_some, &s);
                s.after = s.last;
                arena_done(&a);
                if (e == OK)
                        e = job_extend(c);
        }
        return e;
}

/* What was asked, to be written in one transaction; and how the night goes on. */
struct asked {
        struct links_due_row_list links;
        struct str *results;
        size_t n;                       /* how many were asked */
        int64_t now_ms, count;          /* this night */
        bool is_last;
};

static enum err note(struct db *db, void *arg) {
        struct asked *q = arg;
        enum err e = OK;
        _cleanup_(buf_done) struct buf b = { 0 };
        for (size_t i = 0; e == OK && i < q->n; i++)
                e = q->results[i].n ? link_failed(db, q->links.v[i].id, q->now_ms, q->results[i]) : link_answered(db, q->links.v[i].id, q->now_ms);
        buf_i64(&b, q->count);
        return e == OK && !q->is_last ? jobs_enqueue(db, LINKS_JOB, buf_view(&b), 0) : e;
}

static struct str host_of(struct str url) {
        struct str rest = str_sub(url, str_find(url, S("://")) + 3, url.n);
        return str_sub(rest, 0, str_index(rest, '/'));
}

/* Waits until SITE had its rest: only one request at a time is under way, so the last ones are enough to know. */
static void be_polite(struct asked *q, size_t i, const int64_t *at_us) {
        struct str host = host_of(q->links.v[i].url);
        for (size_t k = i; k-- > 0;)
                if (str_eq(host_of(q->links.v[k].url), host)) {
                        int64_t wait_us = at_us[k] + HOST_PAUSE_MS * 1000 - clock_monotonic_us();
                        if (wait_us > 0)
                                usleep((useconds_t) wait_us);
                        return;
                }
}

static enum err ask_some(struct job_context *c, int64_t count) {
        const struct site *site = c->app;
        const struct link_rules rules = { .allow_loopback = site->asks_loopback, .total_ms = site->asks_loopback ? 1000 : 0 };
        struct asked q = { .now_ms = c->now_ms, .count = count };
        int64_t at_us[ASK_AT_ONCE], began = clock_monotonic_us();
        enum err e = links_due(c->db, c->arena, c->now_ms - AGAIN_MS, ASK_AT_ONCE, &q.links);
        if (e != OK)
                return e;
        q.results = arena_many(c->arena, struct str, q.links.n + 1);
        while (q.n < q.links.n && !job_should_stop(c) && clock_monotonic_us() - began < JOB_MS * 1000) {
                if (!site->asks_loopback)
                        be_polite(&q, q.n, at_us);
                at_us[q.n] = clock_monotonic_us();
                q.results[q.n] = link_ask(&rules, q.links.v[q.n].url);
                q.n++;
        }
        q.count += (int64_t) q.n;
        q.is_last = q.links.n == 0 || q.count >= NIGHT_MOST;
        if (q.is_last)
                log_event(LOG_INFO, "links_asked", LOG_INT("links", q.count));
        return writer_run(c->writer, note, &q);
}

enum err links_run(struct job_context *c) {
        int64_t count = 0;
        bool is_first = !str_to_i64(c->payload, &count);
        enum err e = is_first ? scan(c) : OK;
        return e == OK ? ask_some(c, count) : e;
}
