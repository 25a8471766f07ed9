/* letter.h - a mail while it is written: two parts that templates fill (docs/templates.md, "Mail"), in one frame.
 *
 *   struct letter l _cleanup_(letter_done) = letter_new(arena, base, S("Uitnodiging voor Schouders"),
 *                                                       S("iemand van uw gemeente u heeft uitgenodigd"));
 *   invitation_html(&l, &i);        x.tmpl: {{ call mail_begin(p) }} ... {{ call mail_end(p) }}
 *   invitation_text(&l, &i);        x.txt.tmpl: ... {{ call mail_text_end(p) }}
 *   e = letter_finish(&l, &new);    then mail_queue(), see mail.h
 */
#ifndef MAIL_LETTER_H
#define MAIL_LETTER_H
#include "put.h"

struct mail_new;

/* Texts are borrowed, and must live until letter_finish. */
struct letter {
        struct buf *out;        /* the HTML part: templates write into it */
        struct buf *text;       /* the text part */
        struct arena *arena;
        struct str base;        /* where the site is: "https://www.schouders.nl", without "/" at the end */
        struct str subject;     /* one line; also the heading of the HTML part */
        struct str why;         /* "U krijgt deze e-mail omdat " WHY ".": a part of a Dutch sentence, never empty */
        struct str unsubscribe; /* whole URL, or empty (the default): a mail that one cannot sign off from */
};

struct letter letter_new(struct arena *a, struct str base, struct str subject, struct str why);
/* Frees the parts, before the arena goes. Usable with _cleanup_. */
void letter_done(struct letter *p);
/* Sets subject, text, html and list_unsubscribe of RET, as copies in the arena; the last stays empty on a site without https,
 * where only the links in the parts tell how to sign off. ERR_LIMIT when a part grew too large. */
_must_use_ enum err letter_finish(const struct letter *p, struct mail_new *ret);

/* The whole URL of PATH ("/inloggen?x=1") on this site; a path that is none gives that of the home page. In the arena. */
struct url letter_url(struct letter *p, struct str path);

/* For templates. The HTML frame: language, heading, reason, and signing off when there is an address for it. Inline styles
 * without colours of their own, so that the reader's light or dark scheme holds. */
void mail_begin(struct letter *p);
void mail_end(struct letter *p);
/* A link that looks like a button, for the one thing the mail asks for, with its URL below to copy. Between blocks. */
void mail_button(struct letter *p, struct str label, struct url to);
/* The end of the text part, behind "-- ": the same reason and address. Call it behind the last full line. */
void mail_text_end(struct letter *p);

#endif
