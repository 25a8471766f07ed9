/* note.c - what follows a form: the next page with a note, or the form again with its mistakes. */
#include "page.h"

struct str page_note(const struct req *rq, const struct page_note *notes) {
        struct str code = S("");
        for (const struct field *f = rq->route->fields; rq->method == GET && f && f->name; f++)
                if (str_eq(str_of(f->name), S(PAGE_NOTE)))
                        code = req_text(rq, PAGE_NOTE);
        for (; notes->code; notes++)
                if (str_eq(code, str_of(notes->code)))
                        return notes->text;
        return S("");
}

enum err page_noted(struct req *rq, struct resp *rs, struct str path, const char *code) {
        return resp_redirect(rs, str_fmt(rq->arena, "%.*s?" PAGE_NOTE "=%s", STR(path), code));
}

enum err page_refused(struct resp *rs, enum err drawn) {
        rs->status = 422;
        return drawn == OK ? ERR_INVALID : drawn;
}
