/* letter.h - the least that compiled templates of mails need, for the tests of the template compiler. */
#ifndef LETTER_H
#define LETTER_H
#include "put.h"

struct letter {
        struct buf *out, *text;
        struct arena *arena;
};

static inline struct url letter_url(struct letter *p, struct str path) {
        return url_checked(str_fmt(p->arena, "https://site.example%.*s", STR(path)));
}

#endif
