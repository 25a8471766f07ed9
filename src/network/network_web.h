/* network_web.h - the routes of this room, for the app; network.h stays free of http. */
#ifndef NETWORK_WEB_H
#define NETWORK_WEB_H
#include "http.h"

extern const struct route network_routes[];

#endif
