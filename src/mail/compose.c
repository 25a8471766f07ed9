#include "compose.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "encode.h"
#include "utf8.h"

/* "=_" cannot occur in quoted-printable, so the same boundary fits every mail (RFC 2045, 6.7 at the end). */
#define BOUNDARY "=_schouders_deel"
#define LAST_MS 253402300799999 /* the end of 9999 */

static bool has_control(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] < ' ' || s.p[i] == 0x7f)
                        return true;
        return false;
}

static enum err invalid(const char **ret_why, const char *why) {
        *ret_why = why;
        return ERR_INVALID;
}

static enum err too_long(const char **ret_why, const char *why) {
        *ret_why = why;
        return ERR_LIMIT;
}

/* Printable ASCII without what would end the <> around it. */
static bool is_bare(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '<' || s.p[i] == '>')
                        return false;
        return true;
}

static enum err check_header(const struct mail *m, const char **why) {
        const struct str lines[] = { m->to_name, m->from_name, m->subject };
        if (!mail_address_ok(m->to_address))
                return invalid(why, "the address of the receiver is not an e-mail address");
        if (!mail_address_ok(m->from_address))
                return invalid(why, "the address of the sender is not an e-mail address");
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
                if (lines[i].n > MAIL_LINE_MAX)
                        return too_long(why, "a name or the subject is too long");
                if (has_control(lines[i]) || !utf8_valid(lines[i]))
                        return invalid(why, "a name or the subject has a control character or broken UTF-8");
        }
        if (str_trim(m->subject).n == 0)
                return invalid(why, "the mail has no subject");
        size_t at = str_index(m->message_id, '@');
        if (at == 0 || at + 1 >= m->message_id.n || !is_bare(m->message_id) || m->message_id.n > MAIL_URL_MAX)
                return invalid(why, "the message id is not left@right");
        if (m->date_ms < 0 || m->date_ms > LAST_MS)
                return invalid(why, "the date is out of range");
        return OK;
}

enum err mail_check(const struct mail *m, const char **ret_why) {
        const struct str url = m->list_unsubscribe, parts[] = { m->text, m->html };
        enum err e = check_header(m, ret_why);
        if (e)
                return e;
        if (url.n > MAIL_URL_MAX)
                return too_long(ret_why, "the URL for unsubscribing is too long");
        if (url.n && (!str_starts(url, S("https://")) || url.n == 8 || !is_bare(url)))
                return invalid(ret_why, "the URL for unsubscribing does not start with https:// or has a strange character");
        for (size_t i = 0; i < 2; i++) {
                if (parts[i].n > MAIL_PART_MAX)
                        return too_long(ret_why, "the mail is too long");
                if (str_index(parts[i], 0) < parts[i].n || !utf8_valid(parts[i]))
                        return invalid(ret_why, "the text of the mail has a NUL byte or broken UTF-8");
        }
        return OK;
}

void mail_date(int64_t ms, char *buf) {
        static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
        static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
        time_t t = (time_t) (ms / 1000);
        struct tm tm = { 0 };
        gmtime_r(&t, &tm);
        snprintf(buf, MAIL_DATE_MAX, "%s, %d %s %04d %02d:%02d:%02d +0000", days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
                 tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void put_bracketed(struct buf *b, const char *name, struct str s) {
        buf_str(b, str_of(name));
        buf_str(b, strlen(name) + s.n + 4 > 76 ? S(":\r\n <") : S(": <"));
        buf_str(b, s);
        buf_str(b, S(">\r\n"));
}

static void put_part(struct buf *b, const char *type, struct str s) {
        buf_str(b, S("Content-Type: text/"));
        buf_str(b, str_of(type));
        buf_str(b, S("; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"));
        encode_body(b, s);
        buf_str(b, S("\r\n"));
}

static void put_header(struct buf *b, const struct mail *m) {
        char date[MAIL_DATE_MAX];
        mail_date(m->date_ms, date);
        buf_str(b, S("Date: "));
        buf_str(b, str_of(date));
        buf_str(b, S("\r\n"));
        encode_mailbox(b, "From", m->from_name, m->from_address);
        encode_mailbox(b, "To", m->to_name, m->to_address);
        encode_line(b, "Subject", m->subject);
        put_bracketed(b, "Message-ID", m->message_id);
        buf_str(b, S("MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"));
        if (m->list_unsubscribe.n) {
                put_bracketed(b, "List-Unsubscribe", m->list_unsubscribe);
                buf_str(b, S("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
        }
}

enum err mail_compose(const struct mail *m, struct buf *ret) {
        const char *why;
        enum err e = mail_check(m, &why);
        if (e)
                return e;
        put_header(ret, m);
        if (m->html.n) {
                buf_str(ret, S("Content-Type: multipart/alternative; boundary=\"" BOUNDARY "\"\r\n\r\n--" BOUNDARY "\r\n"));
                put_part(ret, "plain", m->text);
                buf_str(ret, S("--" BOUNDARY "\r\n"));
                put_part(ret, "html", m->html);
                buf_str(ret, S("--" BOUNDARY "--\r\n"));
        } else {
                put_part(ret, "plain", m->text);
        }
        return ret->full ? ERR_LIMIT : OK;
}
