/* render CASE: prints what a golden template makes of the sample data below. */
#include <stdio.h>
#include <string.h>
#include "attributes.tmpl.h"
#include "control.tmpl.h"
#include "data.tmpl.h"
#include "forms.tmpl.h"
#include "layout.tmpl.h"
#include "letter.tmpl.h"
#include "letter.txt.tmpl.h"
#include "plain.tmpl.h"
#include "svg.tmpl.h"
#include "text.tmpl.h"
#include "urls.tmpl.h"

static const struct item items[] = {
        { .slug = S_INIT("a/b c"), .title = S_INIT("Tom & \"Jerry\" <x>"), .summary = S_INIT("\nfirst line empty"),
          .body = { S_INIT("<p>safe <b>html</b></p>") }, .link = { S_INIT("/ergens?a=1&b=2") }, .note = "it's",
          .stock = 3, .id = 9007199254740993, .x = 1.256, .y = -0.5 },
        { .slug = S_INIT("//evil.example"), .title = S_INIT("é"), .summary = S_INIT("s"), .note = "", .stock = 0,
          .id = 2, .x = 10, .y = 1e300 },
};
static const struct shop shop = { .title = S_INIT("Winkel's <\"&\">"), .item = items, .n = 2 };

void page_form_begin(struct page *p) {
        html_lit(p->out, "<input type=\"hidden\" name=\"csrf\" value=\"");
        html_put_attr(p->out, p->csrf);
        html_lit(p->out, "\">");
}

int main(int argc, char **argv) {
        const char *name = argc > 1 ? argv[1] : "";
        struct arena a _cleanup_(arena_done) = { 0 };
        struct buf out _cleanup_(buf_done) = { 0 };
        struct letter l = { .out = &out, .text = &out, .arena = &a };
        struct page p = { .out = &out, .csrf = S("tok\"en"), .arena = &a };
        if (strcmp(name, "text") == 0) {
                text(&p, &shop);
                long_text(&p);
                long_letters(&p);
                empty(&p);
        } else if (strcmp(name, "attributes") == 0) {
                attributes(&p, &shop);
        } else if (strcmp(name, "urls") == 0) {
                urls(&p, &shop);
        } else if (strcmp(name, "control") == 0) {
                control(&p, &shop, control_extra);
        } else if (strcmp(name, "forms") == 0) {
                forms(&p, &shop);
        } else if (strcmp(name, "data") == 0) {
                data(&p, (struct json_data) { S("{\"a\":\"</script><!-- & \xe2\x80\xa8 \xe2\x80\xa9 \xe2\x82\xac\"}") });
        } else if (strcmp(name, "plain") == 0) {
                plain(&p, &shop);
        } else if (strcmp(name, "svg") == 0) {
                svg(&p, &shop);
        } else if (strcmp(name, "letter") == 0) {
                letter(&l, &shop);
        } else if (strcmp(name, "letter.txt") == 0) {
                letter_text(&l, &shop);
                nothing(&l);
                one_line(&l);
        } else if (strcmp(name, "layout") == 0) {
                layout(&p, &shop);
        }
        buf_char(&out, '\n');
        fwrite(out.p, 1, out.n, stdout);
        return out.n > 1 ? 0 : 1;
}
