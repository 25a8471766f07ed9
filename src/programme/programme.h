/* programme.h - the room on top: the home page, search over everything, the page of one municipality, and what this site is. */
#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H
#include "http.h"

extern const struct route programme_routes[];   /* home, search, municipality */
extern const struct route site_routes[];        /* over, privacy, toegankelijkheid, licenties, openapi.json */
extern const struct route sitemap_routes[];     /* robots.txt, sitemap.xml and its parts */

#endif
