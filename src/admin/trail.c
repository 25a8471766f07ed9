/* trail.c - searching the trail of changes, taking it along as CSV, and having it checked. */
#include "admin.h"
#include "audit.h"
#include "clock.h"
#include "csv.h"
#include "internal.h"
#include "jobs.h"
#include "jobs.sql.h"
#include "trail.tmpl.h"
#include "views.h"

#define CSV_ROWS_MOST 20000

const struct field trail_fields[] = {
        { .name = "van", .type = FIELD_TEXT, .max = 10 }, { .name = "tot", .type = FIELD_TEXT, .max = 10 },
        { .name = "wie", .type = FIELD_TEXT, .max = 254 }, { .name = "actie", .type = FIELD_TEXT, .max = AUDIT_CODE_MAX },
        { .name = "onderwerp", .type = FIELD_TEXT, .max = AUDIT_CODE_MAX }, { .name = "id", .type = FIELD_TEXT, .max = AUDIT_TEXT_MAX },
        { .name = "voor", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX }, NOTE_FIELD, { 0 },
};

/* Actions by their code; what is not here is shown as its code. */
static const struct choice actions[] = {
        { S_INIT("role.ask"), S_INIT("Rol gevraagd") }, { S_INIT("role.give"), S_INIT("Rol gegeven") },
        { S_INIT("role.take"), S_INIT("Rol ingetrokken") }, { S_INIT("role.refuse"), S_INIT("Verzoek geweigerd") },
        { S_INIT("invitation.make"), S_INIT("Uitgenodigd") }, { S_INIT("invitation.withdraw"), S_INIT("Uitnodiging ingetrokken") },
        { S_INIT("invitation.accept"), S_INIT("Uitnodiging aangenomen") },
        { S_INIT("organisation.add"), S_INIT("Organisatie toegevoegd") }, { S_INIT("organisation.edit"), S_INIT("Organisatie gewijzigd") },
        { S_INIT("organisation.close"), S_INIT("Organisatie gesloten") }, { S_INIT("organisation.open"), S_INIT("Organisatie heropend") },
        { S_INIT("account.close"), S_INIT("Account gesloten") }, { S_INIT("account.open"), S_INIT("Account heropend") },
        { S_INIT("factor.remove"), S_INIT("Tweede stap verwijderd door een beheerder") },
        { S_INIT("password.set"), S_INIT("Wachtwoord gekozen") }, { S_INIT("password.remove"), S_INIT("Wachtwoord verwijderd") },
        { S_INIT("password.link"), S_INIT("Link voor een nieuw wachtwoord gestuurd door een beheerder") },
        { S_INIT("totp.set"), S_INIT("App met codes ingesteld") }, { S_INIT("totp.remove"), S_INIT("App met codes verwijderd") },
        { S_INIT("recovery.set"), S_INIT("Herstelcodes gemaakt") }, { S_INIT("recovery.use"), S_INIT("Herstelcode gebruikt") },
        { S_INIT("passkey.add"), S_INIT("Passkey toegevoegd") }, { S_INIT("passkey.remove"), S_INIT("Passkey verwijderd") },
        { S_INIT("passkey.rename"), S_INIT("Passkey kreeg een andere naam") },
        { S_INIT("person.erase"), S_INIT("Account gewist") }, { S_INIT("link.administrator"), S_INIT("Link voor een beheerder gemaakt") },
        { S_INIT("mail.retry"), S_INIT("E-mail opnieuw geprobeerd") }, { S_INIT("job.revive"), S_INIT("Taak opnieuw geprobeerd") },
        { S_INIT("trail.check"), S_INIT("Controle van het spoor gevraagd") },
        { S_INIT("draft.ask"), S_INIT("Gevraagd om een tekst na te kijken") }, { S_INIT("draft.return"), S_INIT("Tekst teruggestuurd met opmerkingen") },
        { S_INIT("item.publish"), S_INIT("Tekst gepubliceerd") }, { S_INIT("item.rename"), S_INIT("Tekst kreeg een ander adres") },
        { S_INIT("item.withdraw"), S_INIT("Tekst ingetrokken") },
        { S_INIT("search.handled"), S_INIT("Zoekvraag afgehandeld") }, { S_INIT("search.bet"), S_INIT("Pagina aangeraden bij zoeken") },
        { S_INIT("search.bet-remove"), S_INIT("Pagina niet meer aangeraden") },
        { S_INIT("search.group"), S_INIT("Groep woorden toegevoegd") }, { S_INIT("search.group-off"), S_INIT("Groep woorden uitgezet") },
        { S_INIT("search.group-remove"), S_INIT("Wijziging van een groep woorden teruggedraaid") },
        { S_INIT("post.approve"), S_INIT("Bijdrage geplaatst") }, { S_INIT("post.remove"), S_INIT("Bijdrage verwijderd") },
        { S_INIT("post.hide"), S_INIT("Bijdrage verborgen na meldingen") }, { S_INIT("post.withdraw"), S_INIT("Bijdrage ingetrokken") },
        { S_INIT("post.close"), S_INIT("Vraag gesloten") }, { S_INIT("post.open"), S_INIT("Vraag heropend") },
        { S_INIT("post.accept"), S_INIT("Antwoord aangewezen") }, { S_INIT("post.unaccept"), S_INIT("Antwoord niet meer aangewezen") },
        { S_INIT("post.offer"), S_INIT("Ervaring voor de tekst bekeken") }, { S_INIT("page.reply"), S_INIT("Antwoord op reacties gepubliceerd") },
        { { 0 }, { 0 } },
};

/* What a row can be about. */
static const struct choice kinds[] = {
        { S_INIT("person"), S_INIT("Een account") }, { S_INIT("organisation"), S_INIT("Een organisatie") },
        { S_INIT("invitation"), S_INIT("Een uitnodiging") }, { S_INIT("mail"), S_INIT("Een e-mail") }, { S_INIT("job"), S_INIT("Een taak") },
        { S_INIT("link"), S_INIT("Een link") }, { S_INIT("trail"), S_INIT("Het spoor zelf") },
        { S_INIT("item"), S_INIT("Een tekst") }, { S_INIT("draft"), S_INIT("Een concept") },
        { S_INIT("search"), S_INIT("Zoeken") }, { S_INIT("search-group"), S_INIT("Een groep woorden") },
        { S_INIT("post"), S_INIT("Een bijdrage") },
        { { 0 }, { 0 } },
};

static struct str action_label(struct str code) {
        for (const struct choice *c = actions; c->code.n; c++)
                if (str_eq(c->code, code))
                        return c->label;
        return code;
}

static void mistake(struct trail_view *v, struct str text) {
        if (v->mistake.n == 0)
                v->mistake = text;
}

static int64_t day(struct trail_view *v, struct str typed, int later) {
        if (typed.n == 0)
                return 0;
        if (clock_is_date(typed))
                return clock_dutch_midnight(typed, later);
        mistake(v, S("Vul een datum in als jaar-maand-dag, bijvoorbeeld 2026-05-04."));
        return 0;
}

/* By address, or by number for somebody whose account is gone. */
static enum err find_person(struct req *rq, struct trail_view *v, struct opt_i64 *ret) {
        struct person p;
        int64_t id = 0;
        bool found = false;
        if (v->who.n == 0)
                return OK;
        if (str_to_i64(v->who, &id)) {
                *ret = opt_i64(id);
                return OK;
        }
        enum err e = person_by_email(rq->db, rq->arena, email_fold(rq->arena, v->who), &p, &found);
        if (e == OK && found)
                *ret = opt_i64(p.id);
        else
                mistake(v, S("Niemand heeft dit e-mailadres. Vul het hele adres in, of het nummer van het account."));
        return e;
}

static struct str or_none(struct str s) {
        return s.n ? s : (struct str) { 0 };
}

static enum err read_filter(struct req *rq, struct trail_view *v, struct audit_filter *f) {
        *v = (struct trail_view) {
                .actions = actions, .kinds = kinds, .from = req_text(rq, "van"), .until = req_text(rq, "tot"), .who = req_text(rq, "wie"),
                .action = req_text(rq, "actie"), .subject_kind = req_text(rq, "onderwerp"), .subject_id = req_text(rq, "id") };
        *f = (struct audit_filter) { .from_ms = day(v, v->from, 0), .to_ms = day(v, v->until, 1), .action = or_none(v->action),
                                     .subject_kind = or_none(v->subject_kind), .subject_id = or_none(v->subject_id),
                                     .before_id = req_integer(rq, "voor", 0) };
        if (f->subject_id.p && !f->subject_kind.p)
                mistake(v, S("Kies bij een nummer ook waar het over gaat."));
        return find_person(rq, v, &f->person);
}

/* The filters again, behind PATH; with BEFORE the page after that row. */
static struct str address(struct req *rq, const struct trail_view *v, const char *path, int64_t before) {
        _cleanup_(buf_done) struct buf b = { 0 };
        const struct { const char *name; struct str text; } parts[] = {
                { "van", v->from }, { "tot", v->until }, { "wie", v->who }, { "actie", v->action }, { "onderwerp", v->subject_kind },
                { "id", v->subject_id } };
        char glue = '?';
        buf_str(&b, str_of(path));
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                if (parts[i].text.n) {
                        buf_fmt(&b, "%c%s=", glue, parts[i].name);
                        html_urlpart(&b, parts[i].text);
                        glue = '&';
                }
        if (before)
                buf_fmt(&b, "%cvoor=%lld", glue, (long long) before);
        return str_dup(rq->arena, buf_view(&b));
}

/* Names while they exist. */

static enum err person_name(struct req *rq, int64_t id, struct str *ret) {
        struct person p;
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, id, &p, &found);
        *ret = e == OK && found ? p.name : str_fmt(rq->arena, "account %lld (bestaat niet meer)", (long long) id);
        return e;
}

static enum err organisation_name(struct req *rq, int64_t id, struct str *ret, struct str *href) {
        struct organisation o;
        bool found = false;
        enum err e = organisation_by_id(rq->db, rq->arena, id, &o, &found);
        *ret = e == OK && found ? o.name : str_fmt(rq->arena, "organisatie %lld", (long long) id);
        *href = e == OK && found ? organisation_path(rq->arena, o.slug, "") : S("");
        return e;
}

static enum err name_subject(struct req *rq, const struct audit_entry *x, struct trail_line *l) {
        int64_t id = 0;
        bool number = str_to_i64(x->subject_id, &id);
        l->subject = str_fmt(rq->arena, "%.*s %.*s", STR(x->subject_kind), STR(x->subject_id));
        if (number && str_eq(x->subject_kind, S("person"))) {
                l->subject_href = str_fmt(rq->arena, "/beheer/mensen/%lld", (long long) id);
                return person_name(rq, id, &l->subject);
        }
        if (number && str_eq(x->subject_kind, S("organisation")))
                return organisation_name(rq, id, &l->subject, &l->subject_href);
        return OK;
}

static enum err add_line(struct req *rq, struct trail_view *v, const struct audit_item *item) {
        const struct audit_entry *x = &item->e;
        struct str href = S("");
        struct trail_line l = { .id = item->id, .at_ms = x->at_ms, .action = action_label(x->action), .before = x->before,
                                .after = x->after, .who = x->actor == AUDIT_COMMAND ? S("de opdrachtregel") : S("Schouders zelf") };
        enum err e = x->person.is_set ? person_name(rq, x->person.v, &l.who) : OK;
        if (e == OK)
                e = name_subject(rq, x, &l);
        if (e == OK && x->organisation.is_set && !str_eq(x->subject_kind, S("organisation")))
                e = organisation_name(rq, x->organisation.v, &l.organisation, &href);
        if (e == OK)
                *vec_push(rq->arena, &v->lines) = l;
        return e;
}

/* What the last check found. */
static enum err load_state(struct req *rq, struct trail_view *v) {
        struct audit_end end = { 0 };
        struct job_latest_row job;
        bool runs = false;
        enum err e = audit_end(rq->db, rq->arena, &end);
        v->rows = end.rows;
        v->hash = end.hash;
        if (e == OK)
                e = jobs_pending(rq->db, rq->arena, ADMIN_TRAIL, rq->now_ms, &runs);
        if (e != OK)
                return e;
        e = jobs_latest(rq->db, rq->arena, ADMIN_TRAIL, &job);
        if (e == ERR_NOT_FOUND) {
                v->checked = runs ? S("De controle loopt nu.") : S("Het spoor is de laatste week niet gecontroleerd.");
                return OK;
        }
        if (e != OK)
                return e;
        v->is_broken = job.last_error.n > 0;
        v->checked = str_fmt(rq->arena, v->is_broken ? "De laatste controle vond een fout: %.*s (%.*s)." : "De laatste controle vond het spoor heel%.*s (%.*s).",
                             STR(job.last_error), STR(clock_dutch_time(rq->arena, job.run_at_ms)));
        return OK;
}

enum err trail_page_get(struct req *rq, struct resp *rs) {
        struct trail_view v;
        struct audit_filter f;
        struct audit_items rows = { 0 };
        enum err e = read_filter(rq, &v, &f);
        f.limit = ADMIN_PAGE + 1;
        if (e == OK && v.mistake.n == 0)
                e = audit_search(rq->db, rq->arena, &f, &rows);
        for (size_t i = 0; e == OK && i < rows.n && i < ADMIN_PAGE; i++)
                e = add_line(rq, &v, &rows.v[i]);
        if (e == OK)
                e = load_state(rq, &v);
        if (e != OK)
                return e;
        v.csv = address(rq, &v, "/beheer/spoor.csv", 0);
        v.next = rows.n > ADMIN_PAGE ? address(rq, &v, "/beheer/spoor", rows.v[ADMIN_PAGE - 1].id) : S("");
        struct page p = admin_page(rq, rs, S("Spoor van wijzigingen"));
        p.invalid = v.mistake.n > 0;
        page_crumb(&p, S("Spoor"), rq->path);
        trail_page(&p, &v);
        return page_done(&p);
}

/* CSV: ids and no names, so that the file outlives nobody's account. */

static void cell(struct buf *b, struct str s) {
        csv_quoted(b, s);
        buf_char(b, ',');
}

static void number(struct buf *b, struct opt_i64 v) {
        if (v.is_set)
                buf_i64(b, v.v);
        buf_char(b, ',');
}

static void csv_line(struct buf *b, const struct audit_item *item) {
        static const struct str actors[] = { S_INIT("person"), S_INIT("system"), S_INIT("command") };
        const struct audit_entry *x = &item->e;
        char at[CLOCK_ISO_MAX];
        clock_iso(x->at_ms, at);
        buf_fmt(b, "%lld,%s,", (long long) item->id, at);
        number(b, x->person);
        cell(b, actors[x->actor]);
        cell(b, x->action);
        cell(b, x->subject_kind);
        cell(b, x->subject_id);
        number(b, x->organisation);
        cell(b, x->before);
        cell(b, x->after);
        csv_quoted(b, x->request_id);
        buf_str(b, S("\r\n"));
}

enum err trail_csv_get(struct req *rq, struct resp *rs) {
        struct trail_view v;
        struct audit_filter f;
        enum err e = read_filter(rq, &v, &f);
        if (e == OK && v.mistake.n)
                e = ERR_INVALID;
        f.limit = AUDIT_PAGE_MAX;
        f.before_id = 0;
        buf_str(&rs->body, S("id,tijd,persoon,wie,actie,onderwerp,onderwerp_id,organisatie,voor,na,verzoek\r\n"));
        for (size_t written = 0, n = AUDIT_PAGE_MAX; e == OK && n == AUDIT_PAGE_MAX && written < CSV_ROWS_MOST; written += n) {
                struct audit_items rows;
                e = audit_search(rq->db, rq->arena, &f, &rows);
                n = e == OK ? rows.n : 0;
                for (size_t i = 0; i < n; i++)
                        csv_line(&rs->body, &rows.v[i]);
                f.before_id = n ? rows.v[n - 1].id : 0;
        }
        rs->content_type = "text/csv; charset=utf-8";
        rs->filename = S("spoor.csv");
        return e;
}

enum err trail_check_post(struct req *rq, struct resp *rs) {
        bool runs = false;
        enum err e = jobs_pending(rq->db, rq->arena, ADMIN_TRAIL, rq->now_ms, &runs);
        if (e == OK && !runs)
                e = jobs_enqueue(rq->db, ADMIN_TRAIL, S(""), rq->now_ms);
        if (e == OK)
                e = people_trail(rq, "trail.check", "trail", 0, (struct opt_i64) { 0 }, S(""), S(""));
        return e == OK ? page_noted(rq, rs, S("/beheer/spoor"), "controle") : e;
}

enum err admin_verify_trail(struct job_context *c) {
        struct audit_result r;
        enum err e = audit_verify(c->db, c->arena, &r);
        if (e != OK || r.fault == AUDIT_WHOLE)
                return e;
        c->why = str_fmt(c->arena, "row %lld of the trail %s", (long long) r.broken_id, audit_fault_text(r.fault));
        return ERR_INVALID;
}
