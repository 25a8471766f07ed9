/* notice.h - what the plain kind of mail shows: some sentences, and perhaps a button. */
#ifndef PEOPLE_NOTICE_H
#define PEOPLE_NOTICE_H
#include "html.h"

struct notice_text {
        struct str name;
        const struct str *lines;
        size_t lines_n;
        struct str button, after;
        struct url link;
};

#endif
