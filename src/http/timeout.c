#include <errno.h>
#include <linux/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include "html.h"
#include "internal.h"

static enum phase phase_of(uint64_t state) {
        return (enum phase) (state & 3);
}

bool conn_phase(struct conn *c, enum phase phase) {
        uint64_t old = atomic_load(&c->state);
        do {
                if (phase_of(old) == PHASE_DEAD)
                        return false;
                atomic_store(&c->since_us, clock_monotonic_us());
        } while (!atomic_compare_exchange_weak(&c->state, &old, (((old >> 2) + 1) << 2) | phase));
        return true;
}

void conn_credit(struct conn *c, int64_t us) {
        int64_t now = clock_monotonic_us(), since = atomic_load(&c->since_us) + us;
        atomic_store(&c->since_us, since < now ? since : now);
}

void raw_answer(int fd, int status, struct str message) {
        _cleanup_(buf_done) struct buf page = { 0 }, all = { 0 };
        html_lit(&page, "<!doctype html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\"><title>");
        html_text(&page, status_title(status));
        html_lit(&page, "</title></head><body><main><h1>");
        html_text(&page, status_title(status));
        html_lit(&page, "</h1><p>");
        html_text(&page, message.n ? message : status_text(status));
        html_lit(&page, "</p></main></body></html>\n");
        buf_fmt(&all, "HTTP/1.1 %d %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n"
                "Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
                "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n\r\n",
                status, status_reason(status), page.n);
        buf_str(&all, buf_view(&page));
        /* a peer that does not take this little is gone anyway */
        ssize_t sent = send(fd, all.p, all.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        (void) sent;
        shutdown(fd, SHUT_WR);
}

/* Gives C up when it is still in the state we judged. */
static void give_up(struct watch *w, struct conn *c, uint64_t state, bool answer) {
        uint64_t dead = (((state >> 2) + 1) << 2) | PHASE_DEAD;
        if (!atomic_compare_exchange_strong(&c->state, &state, dead))
                return;
        if (answer) {
                raw_answer(c->fd, 408, S(""));
                atomic_fetch_add(&w->s->metrics.timeouts, 1);
                log_event(LOG_INFO, "request", LOG_INT("status", 408));
        }
        shutdown(c->fd, SHUT_RDWR);     /* the library sees the end and cleans up */
}

/* Bytes the peer sent us so far: tells a silent connection from one that sends a head drop by drop. */
static uint64_t bytes_received(int fd) {
        struct tcp_info info = { 0 };
        socklen_t n = sizeof info;
        if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0)
                return 0;
        return info.tcpi_bytes_received;
}

static void judge(struct watch *w, struct conn *c, int64_t now) {
        uint64_t state = atomic_load(&c->state);
        int64_t since = atomic_load(&c->since_us);
        if (atomic_load(&c->state) != state)
                return;
        if (phase_of(state) == PHASE_BODY && now - since > (int64_t) w->body_ms * 1000)
                give_up(w, c, state, true);
        if (phase_of(state) != PHASE_IDLE)
                return;
        uint64_t bytes = bytes_received(c->fd);
        if (c->seen_turn != state >> 2) {
                c->seen_turn = state >> 2;
                c->mark = c->seen_turn ? bytes : 0;     /* a fresh connection starts from nothing */
                c->head_us = 0;
        }
        if (bytes > c->mark && !c->head_us)
                c->head_us = c->seen_turn ? now : since;
        if (c->head_us && now - c->head_us > (int64_t) w->head_ms * 1000)
                give_up(w, c, state, true);
        else if (!c->head_us && now - since > (int64_t) w->idle_ms * 1000)
                give_up(w, c, state, false);
}

static void *watch_run(void *arg) {
        struct watch *w = arg;
        int shortest = w->head_ms < w->body_ms ? w->head_ms : w->body_ms;
        shortest = w->idle_ms < shortest ? w->idle_ms : shortest;
        int64_t tick_us = shortest > 4000 ? 500000 : (int64_t) shortest * 125;
        pthread_mutex_lock(&w->lock);
        while (!w->stop) {
                struct timespec t;
                clock_gettime(CLOCK_MONOTONIC, &t);
                int64_t ns = t.tv_nsec + tick_us * 1000;
                t.tv_sec += (time_t) (ns / 1000000000);
                t.tv_nsec = (long) (ns % 1000000000);
                pthread_cond_timedwait(&w->wake, &w->lock, &t);
                int64_t now = clock_monotonic_us();
                for (struct conn *c = w->list; c && !w->stop; c = c->next)
                        judge(w, c, now);
        }
        pthread_mutex_unlock(&w->lock);
        return NULL;
}

enum err watch_start(struct watch *w, struct server *s) {
        const struct server_limits *l = &s->c.limits;
        w->s = s;
        w->head_ms = l->head_ms;
        w->body_ms = l->body_ms;
        w->idle_ms = l->idle_ms;
        w->per_address = l->connections_per_address;
        pthread_condattr_t attr;
        pthread_condattr_init(&attr);
        pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
        pthread_cond_init(&w->wake, &attr);
        pthread_condattr_destroy(&attr);
        pthread_mutex_init(&w->lock, NULL);
        if (pthread_create(&w->thread, NULL, watch_run, w) != 0)
                return err_log(ERR_INTERNAL, "cannot start the thread that watches connections");
        w->started = true;
        return OK;
}

void watch_stop(struct watch *w) {
        if (!w->started)
                return;
        pthread_mutex_lock(&w->lock);
        w->stop = true;
        pthread_cond_signal(&w->wake);
        pthread_mutex_unlock(&w->lock);
        pthread_join(w->thread, NULL);
        pthread_mutex_destroy(&w->lock);
        pthread_cond_destroy(&w->wake);
        w->started = false;
}

int watch_count(struct watch *w) {
        pthread_mutex_lock(&w->lock);
        int n = w->count;
        pthread_mutex_unlock(&w->lock);
        return n;
}

enum MHD_Result watch_accept(void *cls, const struct sockaddr *addr, socklen_t len) {
        struct server *s = cls;
        (void) len;
        if (address_is_loopback(addr))
                return MHD_YES;
        uint64_t prefix = ratelimit_prefix(&s->rate, addr);
        return s->watch.slot[prefix % WATCH_SLOTS] < s->watch.per_address ? MHD_YES : MHD_NO;
}

static void came(struct server *s, struct MHD_Connection *mhd, void **context) {
        struct watch *w = &s->watch;
        const union MHD_ConnectionInfo *fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
        const union MHD_ConnectionInfo *peer = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        struct conn *c = calloc(1, sizeof *c);
        if (!c)
                abort();
        c->watch = w;
        c->fd = fd ? fd->connect_fd : -1;
        c->since_us = clock_monotonic_us();
        c->loopback = peer && address_is_loopback(peer->client_addr);
        c->prefix = ratelimit_prefix(&s->rate, peer ? peer->client_addr : NULL);
        if (!c->loopback)
                atomic_fetch_add(&w->slot[c->prefix % WATCH_SLOTS], 1);
        pthread_mutex_lock(&w->lock);
        c->next = w->list;
        if (c->next)
                c->next->prev = c;
        w->list = c;
        w->count++;
        pthread_mutex_unlock(&w->lock);
        *context = c;
}

static void went(struct server *s, struct conn *c) {
        struct watch *w = &s->watch;
        if (!c)
                return;
        pthread_mutex_lock(&w->lock);
        *(c->prev ? &c->prev->next : &w->list) = c->next;
        if (c->next)
                c->next->prev = c->prev;
        w->count--;
        pthread_mutex_unlock(&w->lock);
        if (!c->loopback)
                atomic_fetch_sub(&w->slot[c->prefix % WATCH_SLOTS], 1);
        free(c);
}

void watch_connection(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode code) {
        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
                came(cls, mhd, context);
        } else {
                went(cls, *context);
                *context = NULL;
        }
}
