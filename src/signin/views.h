/* views.h - what the pages of this room show. */
#ifndef SIGNIN_VIEWS_H
#define SIGNIN_VIEWS_H
#include "people.h"
#include "str.h"

/* One question with a line to answer on. */
struct input {
        const char *name;
        struct str label, hint;
        const char *type, *autocomplete;        /* "text", "email", "password"; tokens of HTML */
        struct str value;
        struct str secret;                      /* what the button that shows it calls it; empty: nothing to hide */
        int least;                              /* characters that a new secret must have; 0: no hint while typing */
        bool is_code;                           /* short, digits first */
        bool optional;
};

struct second_view {
        bool codes, app, recovery;      /* codes are asked for: of an app, recovery codes */
        struct str passkey;             /* JSON for the browser, or "" */
};

struct register_view {
        struct str name, email, role, organisation;     /* as filled in */
        const struct organisations_open_row *organisations;
        size_t n;
        bool is_demo;
};

struct begin_view {
        struct str token, name, email;
        bool email_known;
};

struct invitation_view {
        struct str token, organisation, role, does, email;
        struct str name;                /* as filled in */
        struct str verder;              /* this page, to come back to */
        enum { INVITED_NEW, INVITED_KNOWN, INVITED_SELF, INVITED_OTHER } who;
};

struct welcome_view {
        const struct role_held *roles;
        size_t n;
};

#endif
