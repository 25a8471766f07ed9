/* web.c - the routes of this room, and what its pages share. */
#include "clock.h"
#include "editing.h"
#include "editing_form.h"
#include "internal.h"

static const struct page_note notes[] = {
        { "bewaard", S_INIT("Uw tekst is bewaard.") },
        { "begonnen", S_INIT("Uw concept is gemaakt. Lezers zien nog de oude tekst.") },
        { "gevraagd", S_INIT("Een andere redacteur kan uw tekst nu nakijken.") },
        { "teruggenomen", S_INIT("U kunt weer verder schrijven.") },
        { "teruggestuurd", S_INIT("De tekst is terug bij de schrijver, met uw opmerkingen.") },
        { "weggegooid", S_INIT("Het concept is weg.") },
        { "samengevoegd", S_INIT("Uw tekst en de nieuwe tekst zijn samengevoegd. Kijk de tekst nog eens na.") },
        { "ingetrokken", S_INIT("De tekst is ingetrokken. Op het adres staat waarom.") },
        { "verhuisd", S_INIT("De tekst heeft een nieuw adres. Het oude adres leidt erheen.") },
        { "bestand-weg", S_INIT("Het bestand is weg.") },
        { "bestand", S_INIT("Het bestand is er. Zet nu de regel hieronder in uw tekst.") },
        { "verouderd", S_INIT("Iemand anders publiceerde intussen een nieuwe versie. Kijk de samengevoegde tekst opnieuw na.") },
        { .code = NULL },
};

struct page editing_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ADMIN);
        page_crumb(&p, S("Redactie"), S("/redactie"));
        p.invalid = rq->errors.n > 0;
        return p;
}

struct str editing_note(const struct req *rq) {
        return page_note(rq, notes);
}

enum err path_draft(struct req *rq, struct draft *ret) {
        int64_t id;
        if (!str_to_i64(rq->param[0], &id))
                return ERR_NOT_FOUND;
        enum err e = draft_get(rq->db, rq->arena, id, ret);
        return e == OK && !str_eq(ret->purpose, S(DRAFT_ARTICLE)) ? ERR_NOT_FOUND : e;
}

enum err path_draft_to_write(struct req *rq, struct draft *ret) {
        enum err e = path_draft(rq, ret);
        if (e == OK && ret->owner_id != rq->viewer.person_id)
                return ERR_DENIED;
        return e == OK && str_eq(ret->state, S(DRAFT_ASKED)) ? ERR_CONFLICT : e;
}

enum err path_item(struct req *rq, struct edited_item *ret) {
        bool found;
        enum err e = item_at(rq->db, rq->arena, rq->param[0], ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

struct str draft_path(struct arena *a, int64_t id, const char *rest) {
        return str_fmt(a, "/redactie/teksten/%lld%s", (long long) id, rest);
}

struct str draft_title(struct str title) {
        return title.n ? title : S("Nog zonder titel");
}

struct str draft_state_label(struct str state) {
        return str_eq(state, S(DRAFT_ASKED)) ? S("wacht op een tweede paar ogen")
             : str_eq(state, S(DRAFT_RETURNED)) ? S("kwam terug met opmerkingen") : S("wordt geschreven");
}

struct str today_of(const struct req *rq) {
        return clock_dutch_day(rq->arena, rq->now_ms);
}

enum err editing_trail(struct req *rq, const char *action, const char *kind, int64_t id) {
        return people_trail(rq, action, kind, id, (struct opt_i64) { 0 }, S(""), S(""));
}

enum err draft_is_behind(struct req *rq, const struct draft *d, bool *ret) {
        struct published_text_row now;
        *ret = false;
        if (!d->item_id.is_set)
                return OK;
        enum err e = published_text(rq->db, rq->arena, d->item_id.v, &now);
        *ret = e == OK && now.number != d->base_version;
        return e;
}

const struct field editing_note_fields[] = { NOTE_FIELD, { 0 } };

#define DRAFT "/redactie/teksten/{id}"
#define ITEM "/redactie/kennis/{slug}"
const struct route editing_routes[] = {
        { GET, "/redactie", ACCESS_RIGHT, editing_desk_get, editing_note_fields, RIGHT_EDIT },
        { GET, "/redactie/nieuw", ACCESS_RIGHT, editing_new_get, NULL, RIGHT_EDIT },
        { POST, "/redactie/nieuw", ACCESS_RIGHT, editing_new_post, editing_new_fields, RIGHT_EDIT },
        { GET, DRAFT, ACCESS_RIGHT, editing_draft_show, editing_note_fields, RIGHT_EDIT },
        { GET, DRAFT "/deel/{deel}", ACCESS_RIGHT, editing_part_get, editing_part_fields, RIGHT_EDIT },
        { POST, DRAFT "/deel/{deel}", ACCESS_RIGHT, editing_part_post, item_form_fields, RIGHT_EDIT },
        { POST, DRAFT "/deel/{deel}/concept", ACCESS_RIGHT, editing_part_autosave, item_form_fields, RIGHT_EDIT },
        { GET, DRAFT "/voorbeeld", ACCESS_RIGHT, editing_preview_get, NULL, RIGHT_EDIT },
        { GET, DRAFT "/bestanden", ACCESS_RIGHT, editing_attach_get, editing_note_fields, RIGHT_EDIT },
        { POST, DRAFT "/bestanden/weg", ACCESS_RIGHT, editing_detach_post, editing_detach_fields, RIGHT_EDIT },
        { POST, DRAFT "/bestanden", ACCESS_RIGHT, editing_attach_post, editing_attach_fields, RIGHT_EDIT, .prepare = editing_attach_prepare,
          .lane = LANE_FILE },
        { POST, DRAFT "/weggooien", ACCESS_RIGHT, editing_drop_post, NULL, RIGHT_EDIT },
        { GET, DRAFT "/nakijken", ACCESS_RIGHT, editing_check_get, editing_note_fields, RIGHT_EDIT },
        { POST, DRAFT "/vragen", ACCESS_RIGHT, editing_ask_post, editing_ask_fields, RIGHT_EDIT },
        { POST, DRAFT "/terugnemen", ACCESS_RIGHT, editing_back_post, NULL, RIGHT_EDIT },
        { POST, DRAFT "/goedkeuren", ACCESS_RIGHT, editing_approve_post, editing_approve_fields, RIGHT_EDIT },
        { POST, DRAFT "/terugsturen", ACCESS_RIGHT, editing_return_post, editing_return_fields, RIGHT_EDIT },
        { GET, DRAFT "/samenvoegen", ACCESS_RIGHT, editing_merge_get, NULL, RIGHT_EDIT },
        { POST, DRAFT "/samenvoegen", ACCESS_RIGHT, editing_merge_post, editing_merge_fields, RIGHT_EDIT },
        { GET, ITEM, ACCESS_RIGHT, editing_item_get, editing_note_fields, RIGHT_EDIT },
        { POST, ITEM "/bewerken", ACCESS_RIGHT, editing_item_edit_post, NULL, RIGHT_EDIT },
        { POST, ITEM "/adres", ACCESS_RIGHT, editing_item_rename_post, editing_rename_fields, RIGHT_EDIT },
        { POST, ITEM "/intrekken", ACCESS_RIGHT, editing_item_withdraw_post, editing_withdraw_fields, RIGHT_EDIT },
        { POST, ITEM "/terugzetten", ACCESS_RIGHT, editing_item_restore_post, editing_restore_fields, RIGHT_EDIT },
        { 0 },
};

const struct route history_routes[] = {
        { GET, "/kennis/{slug}/versies", ACCESS_PUBLIC, editing_versions_get, NULL },
        { GET, "/kennis/{slug}/versies/{nummer}", ACCESS_PUBLIC, editing_version_get, editing_version_fields },
        { 0 },
};
