/* Whatever the fields are, a mail that is composed has exactly the header lines we wrote, and no line is too long. The input
 * is split at 0xff, which no UTF-8 has: name, address, subject, text, html, URL, name of the sender, message id. */
#include <stdlib.h>
#include <string.h>
#include "compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

/* Takes one line with CRLF off the front; a bare CR or LF is an error. */
static struct str line_of(struct str *s) {
        size_t n = str_find(*s, S("\r\n"));
        struct str line = str_sub(*s, 0, n);
        must(n < s->n && str_index(line, '\r') == line.n && str_index(line, '\n') == line.n && str_index(line, 0) == line.n);
        must(line.n <= 998);
        for (size_t i = 0; i < line.n; i++)
                must((unsigned char) line.p[i] >= ' ' && (unsigned char) line.p[i] < 0x7f);
        *s = str_sub(*s, n + 2, s->n);
        return line;
}

static void check_header(struct str *rest, const struct mail *m) {
        static const char *const names[] = { "Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Auto-Submitted",
                                             "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type",
                                             "Content-Transfer-Encoding" };
        size_t at = 0, n = sizeof names / sizeof *names;
        for (struct str line = line_of(rest); line.n; line = line_of(rest)) {
                if (line.p[0] == ' ') {
                        must(at > 0 && str_trim(line).n > 0);
                        continue;
                }
                if (!m->list_unsubscribe.n && at == 7)
                        at = 9;
                must(at < n && str_starts(line, str_of(names[at])) && line.p[strlen(names[at])] == ':');
                at++;
        }
        must(at == (m->html.n ? 10 : 11));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct str rest = { (const char *) data, size }, part[8] = { { "", 0 } };
        struct buf b = { 0 };
        const char *why = NULL;
        for (size_t i = 0; i < 8; i++) {
                part[i] = S("");
                (void) str_split(&rest, (char) 0xff, &part[i]);
        }
        struct mail m = { .to_name = part[0], .to_address = part[1], .subject = part[2], .text = part[3], .html = part[4],
                          .list_unsubscribe = part[5], .from_name = part[6], .from_address = S("noreply@schouders.example"),
                          .message_id = part[7].n ? part[7] : S("1.2@schouders.example"), .date_ms = 1790000000000 };
        enum err checked = mail_check(&m, &why), e = mail_compose(&m, &b);
        must(checked == e && (e == OK || (why && b.n == 0)));
        if (e == OK) {
                struct str mail = buf_view(&b);
                check_header(&mail, &m);
                while (mail.n)
                        must(line_of(&mail).n <= 76);
        }
        buf_done(&b);
        return 0;
}
