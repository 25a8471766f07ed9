/* smtp.h - what mailer.c and smtp.c share. Private to this folder. */
#ifndef MAIL_SMTP_H
#define MAIL_SMTP_H
#include "mailer.h"

struct mailer {
        struct mail_settings s; /* copies, with port and timeout filled in */
        struct arena life;      /* holds this struct */
};

#endif
