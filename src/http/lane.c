#include "lane.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include "log.h"

#define THREADS_MAX 8
/* Hashing and drawing fill a core for as long as they take; pages go before them. */
#define LOW_PRIORITY 10

struct task {
        void (*run)(void *arg);
        void *arg;
};
struct queue {
        pthread_mutex_t lock;
        pthread_cond_t more;
        struct task task[LANE_QUEUE_MAX];
        size_t first, n;
        bool stopping;
        int niceness, threads_n;
        pthread_t thread[THREADS_MAX];
};
struct lanes {
        struct queue hash, net, file;
};

static void *serve(void *arg) {
        struct queue *q = arg;
        if (q->niceness)        /* of this thread alone, on Linux */
                (void) setpriority(PRIO_PROCESS, 0, q->niceness);
        for (;;) {
                pthread_mutex_lock(&q->lock);
                while (q->n == 0 && !q->stopping)
                        pthread_cond_wait(&q->more, &q->lock);
                if (q->n == 0) {
                        pthread_mutex_unlock(&q->lock);
                        return NULL;
                }
                struct task t = q->task[q->first];
                q->first = (q->first + 1) % LANE_QUEUE_MAX;
                q->n--;
                pthread_mutex_unlock(&q->lock);
                t.run(t.arg);
        }
}

static enum err start(struct queue *q, int threads, int niceness) {
        pthread_mutex_init(&q->lock, NULL);
        pthread_cond_init(&q->more, NULL);
        q->niceness = niceness;
        for (; q->threads_n < threads; q->threads_n++)
                if (pthread_create(&q->thread[q->threads_n], NULL, serve, q) != 0)
                        return err_log(ERR_INTERNAL, "cannot start a thread");
        return OK;
}

static void stop(struct queue *q) {
        pthread_mutex_lock(&q->lock);
        q->stopping = true;
        pthread_cond_broadcast(&q->more);
        pthread_mutex_unlock(&q->lock);
        for (int i = 0; i < q->threads_n; i++)
                pthread_join(q->thread[i], NULL);
        pthread_cond_destroy(&q->more);
        pthread_mutex_destroy(&q->lock);
}

enum err lanes_start(struct lanes **ret) {
        struct lanes *l = calloc(1, sizeof *l);
        if (!l)
                abort();
        enum err hash = start(&l->hash, 2, LOW_PRIORITY), net = start(&l->net, THREADS_MAX, 0);
        *ret = l;
        enum err file = start(&l->file, 1, LOW_PRIORITY);
        if (hash == OK && net == OK && file == OK)
                return OK;
        lanes_stop(l);
        *ret = NULL;
        return ERR_INTERNAL;
}

enum err lanes_submit(struct lanes *l, enum lane lane, void (*run)(void *arg), void *arg) {
        struct queue *q = lane == LANE_HASH ? &l->hash : lane == LANE_FILE ? &l->file : &l->net;
        pthread_mutex_lock(&q->lock);
        bool room = q->n < LANE_QUEUE_MAX;
        if (room) {
                q->task[(q->first + q->n) % LANE_QUEUE_MAX] = (struct task) { run, arg };
                q->n++;
                pthread_cond_signal(&q->more);
        }
        pthread_mutex_unlock(&q->lock);
        return room ? OK : ERR_BUSY;
}

void lanes_stop(struct lanes *l) {
        if (!l)
                return;
        stop(&l->hash);
        stop(&l->net);
        stop(&l->file);
        free(l);
}
