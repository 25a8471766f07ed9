/* invite.h - what the mail of an invitation shows. */
#ifndef PEOPLE_INVITE_H
#define PEOPLE_INVITE_H
#include "html.h"

struct invite {
        struct str by;                  /* name of who invites; "" for the command line */
        struct str organisation, role, does;
        struct url link;
};

#endif
