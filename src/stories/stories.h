/* stories.h - stories of experts by experience: under a name of their own choice, with their consent, and theirs to take back. */
#ifndef STORIES_STORIES_H
#define STORIES_STORIES_H
#include "http.h"
#include "people_kept.h"

extern const struct route stories_routes[];     /* /mijn-verhalen */
extern const struct kept stories_kept[];

#define STORY_KIND "verhaal"

#endif
