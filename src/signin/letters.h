/* letters.h - what the mails of this room show. */
#ifndef SIGNIN_LETTERS_H
#define SIGNIN_LETTERS_H
#include "html.h"

struct note {
        struct str name;                        /* of who gets it */
        struct url link;                        /* the one thing that it asks for */
};

#endif
