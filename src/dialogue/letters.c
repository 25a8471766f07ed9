/* letters.c - mail about posts. */
#include "internal.h"
#include "jobs.h"
#include "people_mail.h"
#include "writer.h"

static enum err send(struct req *rq, int64_t person_id, struct notice n) {
        struct person who;
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, person_id, &who, &found);
        if (e != OK || !found || who.blocked_ms.is_set)
                return e;
        n.to = who.email;
        n.name = who.name;
        n.person_id = person_id;
        return people_notice(rq, &n);
}

/* To everybody in the thread who wants to know, but for who wrote the answer. */
enum err letters_answer(struct req *rq, int64_t answer_id) {
        struct participants_row_list rows;
        struct post answer, question;
        struct str path;
        enum err e = post_find(rq, answer_id, &answer);
        if (e == OK)
                e = post_find(rq, answer.question_id.v, &question);
        if (e == OK)
                e = post_path(rq, &answer, &path);
        if (e == OK)
                e = participants(rq->db, rq->arena, question.id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                bool asked = rows.v[i].person_id == question.person_id;
                if (rows.v[i].person_id == answer.person_id)
                        continue;
                e = send(rq, rows.v[i].person_id, (struct notice) {
                        .kind = S(MAIL_ANSWER), .is_choice = true, .subject = asked ? S("Er is een antwoord op uw vraag") : S("Er is een nieuw antwoord"),
                        .why = asked ? S("u op Schouders een vraag stelde") : S("u bij deze vraag om e-mail vroeg"),
                        .lines = { str_fmt(rq->arena, "De vraag: %.*s", STR(question.title)), S("Iemand schreef daar een antwoord op.") },
                        .button = S("Lees het antwoord"), .path = path,
                        .after = asked ? S("Helpt het antwoord? Geef dat dan aan, zodat anderen het ook vinden.") : S("") });
        }
        return e;
}

static struct str about(struct req *rq, const struct post *p) {
        return p->title.n ? str_fmt(rq->arena, "Het gaat om: %.*s", STR(p->title)) : S("Het gaat om uw antwoord op een vraag.");
}

/* To the writer. */
enum err letters_decided(struct req *rq, const struct post *p, enum decision d, struct str reason, struct str remark) {
        struct str path;
        enum err e = post_path(rq, p, &path);
        if (e != OK || d == DECIDE_CLOSE || d == DECIDE_OPEN)
                return e;
        struct notice n = { .kind = S("moderatie"), .why = S("u iets schreef op Schouders"), .lines[0] = about(rq, p) };
        if (d == DECIDE_REMOVE) {
                n.subject = S("Uw bijdrage is verwijderd");
                n.lines[1] = str_fmt(rq->arena, "Een moderator heeft uw bijdrage verwijderd. De reden: %.*s.", STR(dialogue_label(dialogue_reasons, reason)));
                n.lines[2] = remark.n ? str_fmt(rq->arena, "De moderator schreef erbij: %.*s", STR(remark)) : S("Uw volgende bijdragen leest een moderator eerst weer.");
                n.lines[3] = S("Bent u het er niet mee eens? Maak dan binnen " KEEP_TEXT(KEEP_POST_DAYS) " dagen bezwaar. Een moderator kijkt dan opnieuw.");
                n.button = S("Maak bezwaar");
                n.path = str_fmt(rq->arena, "/bijdragen/%lld/melden", (long long) p->id);
        } else if (str_eq(p->state, S("waiting")) || str_eq(p->state, S("removed"))) {
                n.subject = S("Uw bijdrage staat op de site");
                n.lines[1] = S("Een moderator heeft uw bijdrage gelezen. Iedereen kan hem nu zien.");
                n.button = S("Bekijk uw bijdrage");
                n.path = path;
        } else {
                return OK;              /* a report that led to nothing */
        }
        return send(rq, p->person_id, n);
}

/* To each person once who holds a role that may moderate. */
static enum err tell_moderators(struct req *rq, int64_t waiting) {
        VEC(int64_t) told = { 0 };
        enum err e = OK;
        struct str line = waiting == 1 ? S("Er wacht 1 bijdrage op een moderator.")
                                       : str_fmt(rq->arena, "Er wachten %d bijdragen op een moderator.", (int) waiting);
        for (const struct role *r = roles; e == OK && r->code.n; r++) {
                struct holders_row_list rows;
                if (!(r->everywhere & RIGHT_MODERATE))
                        continue;
                e = holders(rq->db, rq->arena, r->code, &rows);
                for (size_t i = 0; e == OK && i < rows.n; i++) {
                        size_t k = 0;
                        while (k < told.n && told.v[k] != rows.v[i].id)
                                k++;
                        if (k < told.n)
                                continue;
                        *vec_push(rq->arena, &told) = rows.v[i].id;
                        e = send(rq, rows.v[i].id, (struct notice) {
                                .kind = S(MAIL_MODERATE), .is_choice = true, .subject = S("Er wachten bijdragen op u"), .why = S("u moderator bent"),
                                .lines = { line, S("De schrijvers verwachten binnen twee werkdagen een besluit.") },
                                .button = S("Bekijk wat er wacht"), .path = S("/beheer/moderatie") });
                }
        }
        return e;
}

static enum err digest(struct db *db, void *arg) {
        static const struct route job = { .method = POST, .pattern = "moderation-digest" };
        const struct job_context *c = arg;
        struct desk_count_row row;
        struct req rq = { .arena = c->arena, .db = db, .method = POST, .now_ms = c->now_ms, .app = c->app, .route = &job, .id = S("moderation-digest"),
                          .path = S(""), .query = S(""), .idempotency = S("") };
        enum err e = desk_count(db, c->arena, &row);
        return e == OK && row.n > 0 ? tell_moderators(&rq, row.n) : e;
}

enum err dialogue_digest_run(struct job_context *c) {
        return writer_run(c->writer, digest, c);
}
