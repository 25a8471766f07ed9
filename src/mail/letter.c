/* letter.c - written by hand where pages have templates: a mail needs style attributes, which no page may have. */
#include "letter.h"
#include "mail.h"

#define SITE "Schouders"

struct letter letter_new(struct arena *a, struct str base, struct str subject, struct str why) {
        struct buf *part = arena_many(a, struct buf, 2);
        part[0].max = part[1].max = MAIL_PART_MAX;
        while (base.n && base.p[base.n - 1] == '/')
                base.n--;
        return (struct letter) { .out = &part[0], .text = &part[1], .arena = a, .base = base, .subject = subject, .why = why };
}

void letter_done(struct letter *p) {
        buf_done(p->out);
        buf_done(p->text);
}

enum err letter_finish(const struct letter *p, struct mail_new *ret) {
        if (p->out->full || p->text->full)
                return ERR_LIMIT;
        ret->subject = str_dup(p->arena, p->subject);
        ret->html = str_dup(p->arena, buf_view(p->out));
        ret->text = str_dup(p->arena, buf_view(p->text));
        bool header = str_starts(p->unsubscribe, S("https://"));       /* RFC 8058, 3.1 */
        ret->list_unsubscribe = header ? str_dup(p->arena, p->unsubscribe) : S("");
        return OK;
}

struct url letter_url(struct letter *p, struct str path) {
        return url_checked(str_fmt(p->arena, "%.*s%.*s", STR(p->base), STR(url_path(path).bytes)));
}

static void put_link(struct letter *p, struct url to, struct str label) {
        html_lit(p->out, "<a href=\"");
        html_url(p->out, to);
        html_lit(p->out, "\">");
        html_text(p->out, label);
        html_lit(p->out, "</a>");
}

void mail_begin(struct letter *p) {
        html_lit(p->out, "<!doctype html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
        html_text(p->out, p->subject);
        html_lit(p->out, "</title>\n</head>\n<body style=\"margin: 0; padding: 16px; font-family: 'Noto Sans', Arial, sans-serif; "
                 "font-size: 16px; line-height: 1.5\">\n<div style=\"max-width: 600px; margin: 0 auto\">\n"
                 "<p style=\"margin: 0 0 16px; padding-bottom: 8px; border-bottom: 2px solid #808080; font-weight: bold\">" SITE
                 "</p>\n<h1 style=\"margin: 0 0 16px; font-size: 22px; line-height: 1.3\">");
        html_text(p->out, p->subject);
        html_lit(p->out, "</h1>\n");
}

void mail_button(struct letter *p, struct str label, struct url to) {
        html_lit(p->out, "<p style=\"margin: 24px 0 8px\"><a style=\"display: inline-block; padding: 12px 20px; border-radius: 4px; "
                 "background-color: #154273; color: #ffffff; font-weight: bold; text-decoration: none\" href=\"");
        html_url(p->out, to);
        html_lit(p->out, "\">");
        html_text(p->out, label);
        html_lit(p->out, "</a></p>\n<p style=\"margin: 0 0 24px; font-size: 14px; word-break: break-all\">"
                 "Werkt de knop niet? Kopieer dan dit adres naar uw browser:<br>");
        put_link(p, to, to.bytes);
        html_lit(p->out, "</p>\n");
}

void mail_end(struct letter *p) {
        html_lit(p->out, "\n<div style=\"margin-top: 32px; padding-top: 8px; border-top: 1px solid #808080; font-size: 14px\">\n"
                 "<p style=\"margin: 0 0 8px\">U krijgt deze e-mail omdat ");
        html_text(p->out, p->why);
        html_lit(p->out, ".</p>\n<p style=\"margin: 0 0 8px\">");
        put_link(p, letter_url(p, S("/")), S("Naar " SITE));
        if (p->unsubscribe.n) {
                html_lit(p->out, " &middot; ");
                put_link(p, url_checked(p->unsubscribe), S("Deze e-mails niet meer krijgen"));
        }
        html_lit(p->out, "</p>\n</div>\n</div>\n</body>\n</html>\n");
}

void mail_text_end(struct letter *p) {
        html_lit(p->text, "\n-- \n" SITE " - ");
        mail_put_url(p->text, letter_url(p, S("/")));
        html_lit(p->text, "\nU krijgt deze e-mail omdat ");
        mail_put_str(p->text, p->why);
        html_lit(p->text, ".\n");
        if (p->unsubscribe.n) {
                html_lit(p->text, "Deze e-mails niet meer krijgen: ");
                mail_put_url(p->text, url_checked(p->unsubscribe));
                html_lit(p->text, "\n");
        }
}
