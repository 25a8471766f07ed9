/* draft.c - rows of the table draft, with their rules. */
#include "editing.sql.h"
#include "editing_draft.h"
#include "item_text.h"

/* An empty text of KIND with its sections. */
static struct str empty_text(struct arena *a, struct str kind) {
        const char *const *headings = item_headings(kind);
        struct front f = { .intro = S("") };
        size_t n = 0;
        while (headings[n])
                n++;
        f.sections = arena_many(a, struct front_section, n);
        for (; f.n_sections < n; f.n_sections++)
                f.sections[f.n_sections] = (struct front_section) { .heading = str_of(headings[f.n_sections]), .body = S("") };
        f.pairs = arena_new(a, struct front_pair);
        f.pairs[f.n_pairs++] = (struct front_pair) { S("soort"), kind, 0 };
        return item_text_write(a, &f);
}

static struct str value_of(const struct front *f, struct str key) {
        const struct front_pair *p = front_get(f, key);
        return p ? p->value : S("");
}

/* What the columns beside the text say of it. */
static enum err look_into(struct arena *a, struct str text, struct draft *d) {
        struct front f;
        struct text_error error;
        if (text.n > DRAFT_TEXT_MAX)
                return ERR_LIMIT;
        enum err e = front_parse(a, text, &error, &f);
        if (e != OK)
                return e;
        d->text = text;
        d->kind = value_of(&f, S("soort"));
        d->title = value_of(&f, S("titel"));
        return OK;
}

enum err draft_make(struct db *db, struct arena *a, const struct draft_new *n, int64_t *id) {
        struct draft d = { 0 };
        struct published_text_row item = { 0 };
        enum err e = OK;
        if (n->item_id.is_set)
                e = published_text(db, a, n->item_id.v, &item);
        if (e == OK)
                e = look_into(a, n->item_id.is_set ? item.text : empty_text(a, n->kind), &d);
        return e == OK ? draft_add(db, str_of(n->purpose), n->item_id, d.kind, d.title, d.text, item.number, n->owner_id, n->organisation_id,
                                   S(""), n->now_ms, n->idempotency, id) : e;
}

enum err draft_get(struct db *db, struct arena *a, int64_t id, struct draft *ret) {
        return draft_row(db, a, id, ret);
}

enum err draft_save_form(struct db *db, struct arena *a, struct draft *d, struct str text, struct str form, int64_t lines, int64_t now_ms) {
        struct draft stored;
        enum err e = draft_row(db, a, d->id, &stored);
        if (e != OK)
                return e;
        if (stored.revision != d->revision && !(form.n && str_eq(stored.saved_form, form))) {
                d->text = stored.text;
                return ERR_CONFLICT;
        }
        e = look_into(a, text, d);
        if (e != OK)
                return e;
        d->revision = stored.revision + 1;
        d->updated_ms = now_ms;
        d->saved_form = form;
        d->saved_lines = lines;
        return draft_put(db, d->id, d->kind, d->title, d->text, d->revision, form, lines, now_ms);
}

enum err draft_save(struct db *db, struct arena *a, struct draft *d, struct str text, int64_t now_ms) {
        return draft_save_form(db, a, d, text, S(""), 0, now_ms);
}

enum err draft_state(struct db *db, struct draft *d, struct str state, int64_t now_ms) {
        d->state = state;
        d->updated_ms = now_ms;
        return draft_put_state(db, d->id, state, d->note, d->remarks, d->remarked_by, now_ms);
}

enum err draft_drop(struct db *db, int64_t id) {
        return draft_delete(db, id);
}
