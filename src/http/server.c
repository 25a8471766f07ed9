#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "internal.h"

#define HEAD_MEMORY ((size_t) 32 << 10)         /* per connection: request line, headers, part of a body */
#define SYSTEMD_FD 3

/* The socket systemd made for us (sd_listen_fds), or -1. */
static int inherited_socket(void) {
        const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
        int64_t p = 0, n = 0;
        if (!pid || !fds || !str_to_i64(str_of(pid), &p) || !str_to_i64(str_of(fds), &n) || p != getpid() || n < 1)
                return -1;
        fcntl(SYSTEMD_FD, F_SETFD, FD_CLOEXEC);
        fcntl(SYSTEMD_FD, F_SETFL, fcntl(SYSTEMD_FD, F_GETFL) | O_NONBLOCK);
        return SYSTEMD_FD;
}

static enum err listen_on(const char *address, int port, int *ret) {
        struct addrinfo hints = {
                .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                .ai_socktype = SOCK_STREAM,
        };
        struct addrinfo *ai = NULL;
        char service[16];
        int one = 1, off = 0;
        snprintf(service, sizeof service, "%d", port);
        if (port < 0 || port > 65535 || getaddrinfo(address, service, &hints, &ai) != 0)
                return err_log(ERR_INVALID, "cannot listen on \"%s\" port %d: not an address of this machine", address,
                               port);
        int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd >= 0) {
                setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
                if (ai->ai_family == AF_INET6)
                        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
        }
        bool good = fd >= 0 && bind(fd, ai->ai_addr, ai->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0;
        int why = errno;
        freeaddrinfo(ai);
        if (good) {
                *ret = fd;
                return OK;
        }
        if (fd >= 0)
                close(fd);
        if (why == EADDRINUSE)
                return err_log(ERR_BUSY, "port %d on %s is in use by another program", port, address);
        return err_log(why == EACCES ? ERR_DENIED : ERR_INTERNAL, "cannot listen on %s port %d: %s", address, port,
                       strerror(why));
}

static int port_of(int fd) {
        struct sockaddr_storage ss = { 0 };
        socklen_t n = sizeof ss;
        char service[16];
        if (getsockname(fd, (struct sockaddr *) &ss, &n) != 0 ||
            getnameinfo((struct sockaddr *) &ss, n, NULL, 0, service, sizeof service, NI_NUMERICSERV) != 0)
                return 0;
        int64_t port = 0;
        return str_to_i64(str_of(service), &port) ? (int) port : 0;
}

/* Files and threads of the program itself need some descriptors too. */
static int connection_limit(int wanted) {
        struct rlimit r;
        if (getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur != RLIM_INFINITY && (rlim_t) wanted + 128 > r.rlim_cur)
                wanted = r.rlim_cur > 256 ? (int) r.rlim_cur - 128 : 128;
        return wanted;
}

static void set_default(int *v, int otherwise) {
        if (*v == 0)
                *v = otherwise;
}

static void fill_defaults(struct server_config *c) {
        struct server_limits *l = &c->limits;
        if (l->body == 0)
                l->body = 65536;
        set_default(&l->connections, 4096);
        set_default(&l->connections_per_address, 256);
        set_default(&l->head_ms, 10000);
        set_default(&l->body_ms, 30000);
        set_default(&l->idle_ms, 30000);
        set_default(&l->post_burst, 20);
        set_default(&l->post_refill_ms, 3000);
        set_default(&l->uploads, 32);
        set_default(&l->upload_rate, 16384);
        set_default(&c->threads, 2);
        l->connections = connection_limit(l->connections);
        if (!c->api_version)
                c->api_version = "1.0.0";
}

/* The library would decode the target in place; we keep it as it came and decode it once, ourselves. */
static size_t leave_encoded(void *cls, struct MHD_Connection *mhd, char *s) {
        (void) cls, (void) mhd;
        return strlen(s);
}

__attribute__((format(printf, 2, 0)))
static void library_log(void *cls, const char *fmt, va_list ap) {
        char text[512];
        (void) cls;
        vsnprintf(text, sizeof text, fmt, ap);
        log_event(LOG_DEBUG, "http", LOG_STR("text", str_trim(str_of(text))));
}

static enum err start_daemon(struct server *s) {
        const struct server_limits *l = &s->c.limits;
        /* a backstop: the watchdog ends slow requests earlier, this ends clients that do not read their answer */
        int slowest = l->body_ms > l->idle_ms ? l->body_ms : l->idle_ms;
        unsigned quiet_s = slowest > 30000 ? (unsigned) slowest / 500 : 60;
        s->daemon = MHD_start_daemon(
                MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
                watch_accept, s, request_step, s,
                MHD_OPTION_EXTERNAL_LOGGER, library_log, NULL,
                MHD_OPTION_LISTEN_SOCKET, s->fd,
                MHD_OPTION_THREAD_POOL_SIZE, (unsigned) s->c.threads,
                MHD_OPTION_CONNECTION_LIMIT, (unsigned) l->connections,
                MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_MEMORY,
                MHD_OPTION_CONNECTION_TIMEOUT, quiet_s,
                MHD_OPTION_STRICT_FOR_CLIENT, 0,        /* strict closes in silence; head_check answers */
                MHD_OPTION_URI_LOG_CALLBACK, request_uri, s,
                MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
                MHD_OPTION_NOTIFY_COMPLETED, request_completed, s,
                MHD_OPTION_NOTIFY_CONNECTION, watch_connection, s,
                MHD_OPTION_END);
        return s->daemon ? OK : err_log(ERR_INTERNAL, "the HTTP library did not start");
}

static void server_free(struct server *s) {
        watch_stop(&s->watch);
        lanes_stop(s->lanes);
        workers_done(s);
        if (s->fd >= 0)
                close(s->fd);
        ratelimit_done(&s->rate);
        pthread_mutex_destroy(&s->workers_lock);
        arena_done(&s->arena);
        free(s);
}

static bool any_prepares(const struct server_config *c) {
        for (const struct route *const *room = c->rooms; room && *room; room++)
                for (const struct route *r = *room; r->pattern; r++)
                        if (r->prepare)
                                return true;
        return false;
}

/* A place for files, when a route takes them. */
static enum err check_uploads(const struct server_config *c) {
        for (const struct route *const *room = c->rooms; room && *room; room++)
                for (const struct route *r = *room; r->pattern; r++)
                        if (upload_is_route(r) && (c->upload_dir.n == 0 || r->method != POST || r->machine))
                                return err_log(ERR_INVALID, "route %s: a file needs a POST from a page, and a folder to arrive in", r->pattern);
        return OK;
}

static enum err start(struct server *s) {
        if (sodium_init() < 0)
                return err_log(ERR_INTERNAL, "libsodium did not start");
        ratelimit_init(&s->rate, s->c.limits.post_burst, s->c.limits.post_refill_ms);
        /* the same in every process, because req.client is counted in the store */
        crypto_generichash(s->rate.key, sizeof s->rate.key, (const unsigned char *) "rate limits", 11, s->c.key, sizeof s->c.key);
        enum err e = routes_compile(&s->arena, s->c.rooms, &s->routes);
        if (!e)
                e = check_uploads(&s->c);
        if (!e)
                e = statics_load(&s->arena, s->c.static_dir, &s->statics);
        if (e)
                return e;
        s->fd = inherited_socket();
        if (s->fd < 0)
                e = listen_on(s->c.address, s->c.port, &s->fd);
        if (e)
                return e;
        s->port = port_of(s->fd);
        s->metrics.start_ms = clock_now_ms();
        e = any_prepares(&s->c) ? lanes_start(&s->lanes) : OK;
        if (!e)
                e = watch_start(&s->watch, s);
        return e ? e : start_daemon(s);
}

enum err server_start(struct server **ret, const struct server_config *c) {
        *ret = NULL;
        struct server *s = calloc(1, sizeof *s);
        if (!s)
                abort();
        s->c = *c;
        s->fd = -1;
        fill_defaults(&s->c);
        pthread_mutex_init(&s->workers_lock, NULL);
        enum err e = start(s);
        if (e)
                server_free(s);
        else
                *ret = s;
        return e;
}

int server_port(const struct server *s) {
        return s->port;
}

struct str static_path(const struct server *s, struct str name) {
        const struct static_file *f = s ? map_get(&s->statics.by_name, name) : NULL;
        return f ? f->path : S("");
}

static void wait_until_zero(_Atomic int *counter, int64_t until_us) {
        while (atomic_load(counter) > 0 && clock_monotonic_us() < until_us)
                nanosleep(&(struct timespec) { .tv_nsec = 2000000 }, NULL);
}

void server_stop(struct server *s, int grace_ms) {
        if (!s)
                return;
        s->stopping = true;
        MHD_socket fd = MHD_quiesce_daemon(s->daemon);
        if (fd != MHD_INVALID_SOCKET)
                close(fd);
        s->fd = -1;
        wait_until_zero(&s->in_flight, clock_monotonic_us() + (int64_t) grace_ms * 1000);
        if (s->in_flight > 0)
                log_event(LOG_WARN, "stop", LOG_INT("unfinished_requests", s->in_flight));
        /* a task in the writer's queue points to its request: that one we wait for, however long */
        wait_until_zero(&s->suspended, INT64_MAX);
        MHD_stop_daemon(s->daemon);
        server_free(s);
}
