#include "people_retention.h"
#include "clock.h"
#include "invitation.sql.h"
#include "jobs.h"
#include "kept.sql.h"
#include "log.h"
#include "mail.h"
#include "page.h"
#include "people_credential.h"
#include "people_keep.h"
#include "people_kept.h"
#include "people_link.h"
#include "people_mail.h"
#include "people_session.h"
#include "writer.h"

/* People deleted or warned in one transaction: others wait for it. */
#define AT_ONCE 50

static int64_t days_ago(const struct req *rq, int64_t days) {
        return rq->now_ms - days * RETENTION_DAY_MS;
}

/* The last administrator stays, however long away: somebody must be able to come back. */
static enum err erase_unless_last(struct req *rq, int64_t id) {
        enum err e = people_erase(rq, id);
        return e == ERR_CONFLICT ? OK : e;
}

static enum err end_unverified(struct req *rq, int64_t *next) {
        struct person_due_list l;
        enum err e = unverified_before(rq->db, rq->arena, days_ago(rq, KEEP_UNVERIFIED_DAYS), *next, AT_ONCE, &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                e = erase_unless_last(rq, l.v[i].id);
        *next = e == OK && l.n == AT_ONCE ? l.v[l.n - 1].id : 0;
        return e;
}

static enum err warn(struct req *rq, const struct person_unused *p) {
        int64_t ends_ms = rq->now_ms + KEEP_WARNING_DAYS * RETENTION_DAY_MS;
        char iso[CLOCK_ISO_MAX];
        clock_iso(ends_ms, iso);
        struct str date = clock_dutch_date(rq->arena, str_sub(str_of(iso), 0, 10));
        struct notice n = {
                .to = p->email, .name = p->name, .person_id = p->id, .kind = S("ongebruikt"),
                .subject = S("Uw account bij Schouders verdwijnt"), .why = S("u een account hebt bij Schouders"),
                .lines = { S("U hebt bijna twee jaar niet ingelogd bij Schouders."),
                           str_fmt(rq->arena, "Na %.*s verwijderen wij uw account en uw gegevens.", STR(date)),
                           S("Wilt u het account houden? Log dan voor die dag een keer in.") },
                .button = S("Log in"), .path = S("/inloggen"), .after = S("Hebt u het account niet meer nodig? Dan hoeft u niets te doen."),
        };
        enum err e = people_notice(rq, &n);
        return e == OK ? person_set_warned(rq->db, p->id, rq->now_ms) : e;
}

/* Warned first, and gone KEEP_WARNING_DAYS after the warning, also when the job did not run for a while. Who signs in is no
 * longer warned (session.c). */
static enum err end_unused(struct req *rq, int64_t *next) {
        struct person_unused_list l;
        enum err e = unused_before(rq->db, rq->arena, days_ago(rq, KEEP_UNUSED_DAYS - KEEP_WARNING_DAYS), *next, AT_ONCE, &l);
        for (size_t i = 0; e == OK && i < l.n; i++) {
                const struct person_unused *p = &l.v[i];
                if (!p->warned_ms.is_set)
                        e = warn(rq, p);
                else if (p->warned_ms.v <= days_ago(rq, KEEP_WARNING_DAYS))
                        e = erase_unless_last(rq, p->id);
        }
        *next = e == OK && l.n == AT_ONCE ? l.v[l.n - 1].id : 0;
        return e;
}

static enum err end_sessions(struct req *rq, int64_t *next) {
        (void) next;
        return session_forget(rq->db, rq->now_ms);
}

static enum err end_links(struct req *rq, int64_t *next) {
        (void) next;
        return link_forget(rq->db, rq->now_ms);
}

static enum err end_invitations(struct req *rq, int64_t *next) {
        (void) next;
        return invitation_forget(rq->db, rq->now_ms);
}

static enum err end_attempts(struct req *rq, int64_t *next) {
        (void) next;
        return credential_forget(rq->db, rq->now_ms);
}

static enum err end_sent_mail(struct req *rq, int64_t *next) {
        (void) next;
        return mail_forget_sent(rq->db, days_ago(rq, KEEP_MAIL_SENT_DAYS));
}

static enum err end_other_mail(struct req *rq, int64_t *next) {
        (void) next;
        return mail_forget(rq->db, days_ago(rq, KEEP_MAIL_UNSENT_DAYS));
}

const struct retention_rule people_retention[] = {
        { S_INIT("Account"), S_INIT("tot u het verwijdert"), S_INIT("weten wie meedoet en wat u mag"), NULL },
        { S_INIT("Account zonder bevestigd e-mailadres"), S_INIT(KEEP_TEXT(KEEP_UNVERIFIED_DAYS) " dagen"),
          S_INIT("u de tijd geven om te bevestigen"), end_unverified },
        { S_INIT("Account dat niemand gebruikt"),
          S_INIT("2 jaar (" KEEP_TEXT(KEEP_UNUSED_DAYS) " dagen). " KEEP_TEXT(KEEP_WARNING_DAYS) " dagen vooraf krijgt u een e-mail"),
          S_INIT("niets bewaren dat niemand nodig heeft"), end_unused },
        { S_INIT("Inlogsessie"), S_INIT("tot u uitlogt, hoogstens " KEEP_TEXT(KEEP_SESSION_DAYS) " dagen"), S_INIT("u ingelogd houden"),
          end_sessions },
        { S_INIT("Link in een e-mail"), S_INIT("tot de link gebruikt of verlopen is, hoogstens " KEEP_TEXT(KEEP_LINK_DAYS) " dagen"),
          S_INIT("zeker weten dat de link van ons komt"), end_links },
        { S_INIT("Uitnodiging"), S_INIT("tot u die aanneemt, hoogstens " KEEP_TEXT(KEEP_INVITATION_DAYS) " dagen"), S_INIT("u laten meedoen"),
          end_invitations },
        { S_INIT("Mislukte poging om in te loggen, zonder IP-adres"), S_INIT("24 uur"), S_INIT("misbruik stoppen"), end_attempts },
        { S_INIT("Verstuurde e-mail, zonder de tekst"), S_INIT(KEEP_TEXT(KEEP_MAIL_SENT_DAYS) " dagen"), S_INIT("nagaan of een bericht aankwam"),
          end_sent_mail },
        { S_INIT("E-mail die niet verstuurd kon worden"), S_INIT(KEEP_TEXT(KEEP_MAIL_UNSENT_DAYS) " dagen"), S_INIT("het bericht alsnog versturen"),
          end_other_mail },
        { S_INIT("Spoor van wijzigingen, met nummers in plaats van namen"), S_INIT("zolang deze site bestaat"),
          S_INIT("verantwoorden wie wat veranderde. Dat is onze keuze: een rij uit het spoor halen zou de controle op het hele spoor breken"), NULL },
        { S_INIT("Telling van formulieren per netwerk"), S_INIT("enkele minuten, alleen in het geheugen"), S_INIT("misbruik stoppen"), NULL },
        { .what = { 0 } },
};

struct req people_job_request(const struct job_context *c, struct db *db, const struct route *job) {
        return (struct req) { .arena = c->arena, .db = db, .method = POST, .now_ms = c->now_ms, .app = c->app, .route = job,
                              .id = str_of(job->pattern), .path = S(""), .query = S(""), .idempotency = S("") };
}

struct passes {
        const struct job_context *c;
        const struct route *job;
        people_job_pass *pass;
        const void *arg;
        int64_t from, next;
};

/* On PostgreSQL this may run twice, so it starts from FROM. */
static enum err run_pass(struct db *db, void *arg) {
        struct passes *p = arg;
        struct req rq = people_job_request(p->c, db, p->job);
        p->next = p->from;
        return p->pass(&rq, &p->next, p->arg);
}

enum err people_job_passes(struct job_context *c, const struct route *job, people_job_pass *pass, const void *arg) {
        struct passes p = { .c = c, .job = job, .pass = pass, .arg = arg };
        enum err e;
        do {
                p.from = p.next;
                e = job_should_stop(c) ? ERR_BUSY : writer_run(c->writer, run_pass, &p);
                if (e == OK)
                        e = job_extend(c);
        } while (e == OK && p.next > 0);
        return e;
}

static enum err enforce_some(struct req *rq, int64_t *next, const void *arg) {
        const struct retention_rule *rule = arg;
        return rule->enforce(rq, next);
}

static enum err enforce(struct job_context *c, const struct retention_rule *rule) {
        static const struct route job = { .method = POST, .pattern = "retention" };
        enum err e = people_job_passes(c, &job, enforce_some, rule);
        if (e != OK)
                log_event(LOG_ERROR, "retention_failed", LOG_STR("what", rule->what), LOG_STR("cause", str_of(err_name(e))));
        return e;
}

enum err people_retention_run(struct job_context *c) {
        const struct site *site = c->app;
        enum err first = OK;
        for (const struct retention_rule *const *list = site->retention; *list; list++)
                for (const struct retention_rule *r = *list; r->what.n; r++) {
                        enum err e = r->enforce ? enforce(c, r) : OK;
                        first = first ? first : e;
                }
        return first;
}
