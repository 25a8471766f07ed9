/* timeout.h - the open connections, and a thread that ends those that take too long to ask something.
 * The library closes in silence; a visitor deserves an answer, so we write it on the socket ourselves. */
#ifndef HTTP_TIMEOUT_H
#define HTTP_TIMEOUT_H
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include "str.h"

struct server;

/* A connection waits for (the rest of) a request head, receives a body, is being answered, or was given up. */
enum phase { PHASE_IDLE, PHASE_BODY, PHASE_BUSY, PHASE_DEAD };

struct conn {
        struct conn *prev, *next;
        struct watch *watch;
        int fd;
        _Atomic uint64_t state;         /* turn << 2 | phase: a turn is over with each change */
        _Atomic int64_t since_us;       /* when the phase began */
        bool loopback;
        uint64_t prefix;                /* ratelimit_prefix of the peer */
        uint64_t seen_turn;             /* the watchdog's own: turn, bytes received when it began, first new byte */
        uint64_t mark;
        int64_t head_us;
};

#define WATCH_SLOTS 8192
struct watch {
        struct server *s;
        pthread_mutex_t lock;           /* list, count, and: no fd on the list is closed while it is held */
        pthread_cond_t wake;
        pthread_t thread;
        bool started, stop;
        struct conn *list;
        int count;
        int head_ms, body_ms, idle_ms, per_address;
        _Atomic int slot[WATCH_SLOTS];  /* connections per address, by hash; a shared slot only lowers the limit */
};

_must_use_ enum err watch_start(struct watch *w, struct server *s);
void watch_stop(struct watch *w);
int watch_count(struct watch *w);

/* For the library: may this peer connect; a connection came or went. */
enum MHD_Result watch_accept(void *cls, const struct sockaddr *addr, socklen_t len);
void watch_connection(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode code);

/* Moves on to PHASE; false when the watchdog gave the connection up in the meantime. */
bool conn_phase(struct conn *c, enum phase phase);

/* A body that may be large arrives: gives it US microseconds more, but never a head start. */
void conn_credit(struct conn *c, int64_t us);

/* Writes a complete small answer straight to the socket and ends our side of the connection. MESSAGE "" for the usual text. */
void raw_answer(int fd, int status, struct str message);

#endif
