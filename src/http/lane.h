/* lane.h - a few threads beside those that serve pages, for work that takes milliseconds (hashing a password) or seconds
 * (asking another server). Each lane has its own threads and a bounded queue. */
#ifndef HTTP_LANE_H
#define HTTP_LANE_H
#include "http.h"

#define LANE_QUEUE_MAX 256

struct lanes;
/* Starts the threads. */
_must_use_ enum err lanes_start(struct lanes **ret);
/* Queues RUN(ARG); ERR_BUSY when LANE_QUEUE_MAX tasks wait already. */
_must_use_ enum err lanes_submit(struct lanes *l, enum lane lane, void (*run)(void *arg), void *arg);
/* Runs what is queued, then ends the threads. NULL is fine. */
void lanes_stop(struct lanes *l);

#endif
