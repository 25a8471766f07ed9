/* releases.c - the programme makes releases: asking for one, following how far it is, and the job that makes it. */
#include "releases.tmpl.h"
#include "clock.h"
#include "jobs.h"
#include "log.h"
#include "views.h"
#include "writer.h"

/* A lease of jobs.h lasts ten minutes. */
#define EXTEND_MS 60000

/* What was asked and is not made: is somebody at work on it? */
static enum err find_asked(struct req *rq, struct release_view *v) {
        bool pending = false;
        enum err e = benchmark_release_asked(rq->db, rq->arena, &v->asked, &v->is_asked);
        if (e == OK)
                e = jobs_pending(rq->db, rq->arena, RELEASE_KIND, INT64_MAX, &pending);
        v->is_busy = v->is_asked && pending && v->asked.problem.n == 0;
        v->tries_again = v->is_asked && pending;
        return e;
}

static enum err draw_releases(struct req *rq, struct resp *rs) {
        struct release_view v = { .note = delivery_noted(rq), .through = period_add(period_of_day(delivery_today(rq)), -1) };
        struct office_view who = { 0 };
        enum err e = find_asked(rq, &v);
        if (e == OK)
                e = benchmark_releases(rq->db, rq->arena, &v.releases);
        int64_t since = 0;
        for (size_t i = 0; e == OK && i < v.releases.n; i++)
                if (v.releases.v[i].fictitious == is_fictitious(rq) && v.releases.v[i].made_at > since)
                        since = v.releases.v[i].made_at;
        if (e == OK && v.releases.n)
                e = benchmark_revisions(rq->db, rq->arena, v.releases.v[0].id, BENCHMARK_MEMBER, &v.revisions);
        if (e == OK)
                e = deliveries_approved_since(rq->db, rq->arena, since, &v.fresh);
        if (e == OK)
                e = benchmark_dictionary(rq->db, rq->arena, &v.dictionary);
        if (e == OK)
                e = office_load(rq, &who);
        for (size_t i = 0; e == OK && i < who.lines.n; i++) {
                enum benchmark_state s = who.lines.v[i].cell[0].state;
                v.participants += s != BENCHMARK_NOT_PARTICIPANT;
                if (s == BENCHMARK_MISSING || s == BENCHMARK_NOT_YET)
                        *vec_push(rq->arena, &v.missing) = who.lines.v[i];
        }
        if (e != OK)
                return e;
        struct page p = office_frame(rq, rs, S("Uitgaven"), "/beheer/uitgaven");
        releases_page(&p, &v);
        return page_done(&p);
}

static bool lists(struct str codes, struct str code) {
        struct str one;
        while (codes.n && str_split(&codes, ' ', &one))
                if (str_eq(one, code))
                        return true;
        return false;
}

bool release_keeps(const struct req *rq, const struct release_view *v, const struct dictionary_entry *d) {
        struct str *chosen;
        if (rq->method != POST)
                return v->is_asked && lists(v->asked.members, d->code);
        for (size_t i = 0, n = req_many(rq, "leden", &chosen); i < n; i++)
                if (str_eq(chosen[i], d->slug))
                        return true;
        return false;
}

/* The codes of the indicators that only members will see. */
static enum err kept_for_members(struct req *rq, struct release_request *r) {
        struct dictionary d = { 0 };
        enum err e = benchmark_dictionary(rq->db, rq->arena, &d);
        struct str *codes = arena_many(rq->arena, struct str, d.n + 1);
        for (size_t i = 0; e == OK && i < d.n; i++)
                if (release_keeps(rq, NULL, &d.v[i]))
                        codes[r->members_n++] = d.v[i].code;
        r->members = codes;
        return e;
}

static enum err enqueue(struct req *rq, int64_t id) {
        struct str payload = str_fmt(rq->arena, "%lld %lld", (long long) id, (long long) rq->now_ms);
        enum err e = jobs_enqueue(rq->db, RELEASE_KIND, payload, rq->now_ms);
        return e == OK ? people_trail(rq, "delivery.release", "release", id, (struct opt_i64) { 0 }, S(""), S("")) : e;
}

static enum err release_post(struct req *rq, struct resp *rs) {
        struct release_request r = { .fictitious = is_fictitious(rq), .through = req_integer(rq, "tot", 0), .note = req_text(rq, "toelichting") };
        struct release_view now = { 0 };
        int64_t id;
        enum err e = find_asked(rq, &now);
        if (e == OK && now.is_busy)
                req_error(rq, "bezig", S("Er wordt al een uitgave gemaakt. Wacht tot die klaar is. Wat u vroeg, is niet opgeslagen."));
        if (rq->errors.n == 0 && !str_eq(req_text(rq, "zeker"), S("ja")))
                req_error(rq, "zeker", S("Zet een vinkje als u alles hebt bekeken"));
        if (rq->errors.n == 0 && r.through != period_add(period_of_day(delivery_today(rq)), -1))
                req_error(rq, "tot", S("Er is intussen een nieuw kwartaal. Kijk opnieuw wat erin staat."));
        if (e == OK && rq->errors.n)
                return page_refused(rs, draw_releases(rq, rs));
        if (e == OK)
                e = kept_for_members(rq, &r);
        if (e == OK)
                e = benchmark_release_ask(rq->db, rq->arena, &r, rq->now_ms, &id);
        if (e == ERR_NOT_FOUND) {
                req_error(rq, "toelichting", S("Sinds de vorige uitgave is niets veranderd. Een nieuwe uitgave heeft geen zin."));
                return page_refused(rs, draw_releases(rq, rs));
        }
        if (e == OK)
                e = enqueue(rq, id);
        return e == OK ? page_noted(rq, rs, S("/beheer/uitgaven"), "uitgave-gevraagd") : e;
}

/* ---- the job ---- */

struct making {
        struct job_context *job;
        int64_t id, asked_at, extended_ms;
        bool stopped;                   /* with the program: it begins again by itself */
        struct str problem;
};

static enum err go_on(void *arg) {
        struct making *m = arg;
        int64_t now = clock_now_ms();
        if (job_should_stop(m->job)) {
                m->job->why = S("the program stops");
                m->stopped = true;
                return ERR_CONFLICT;
        }
        if (now - m->extended_ms < EXTEND_MS)
                return OK;
        m->extended_ms = now;
        return job_extend(m->job);
}

static enum err note_problem(struct db *db, void *arg) {
        const struct making *m = arg;
        return benchmark_release_failed(db, m->id, m->asked_at, m->problem);
}

/* What people can do about it. "" when it begins again by itself: the program stopped, or another run took over. */
static struct str problem_of(enum err e) {
        switch (e) {
        case ERR_CONFLICT: return S("");
        case ERR_BUSY: return S("De databank was niet bereikbaar, of de schijf is vol. Vraag uw beheerder om daarnaar te kijken.");
        default: return S("Er ging iets mis in het programma. Uw beheerder vindt de oorzaak in het logboek.");
        }
}

enum err delivery_release_run(struct job_context *c) {
        struct making m = { .job = c, .extended_ms = clock_now_ms() };
        struct str rest = c->payload, id;
        if (!str_split(&rest, ' ', &id) || !str_to_i64(id, &m.id) || !str_to_i64(rest, &m.asked_at))
                return err_log(ERR_INTERNAL, "the job for a release does not say which");
        const struct release_making how = { .db = c->db, .writer = c->writer, .asked_at = m.asked_at, .at = c->now_ms, .go_on = go_on, .arg = &m };
        enum err e = benchmark_release_make(&how, c->arena, m.id);
        m.problem = e == OK ? S("") : problem_of(e);
        if ((m.problem.n || m.stopped) && writer_run(c->writer, note_problem, &m) != OK)
                log_event(LOG_WARN, "release_problem_not_told", LOG_INT("release", m.id));
        return e;
}

static const struct field note_field[] = { NOTE_FIELD, { 0 } };
static const struct field release_fields[] = {
        { .name = "tot", .type = FIELD_INTEGER, .min = 0, .max = 999999 }, { .name = "zeker", .type = FIELD_CODE, .max = 2 },
        { .name = "toelichting", .type = FIELD_TEXT, .max = REASON_MAX, .required = true, .missing = "Schrijf wat er nieuw is" },
        { .name = "leden", .type = FIELD_CODE, .max = 40, .many = true }, NOTE_FIELD, { 0 },
};

const struct route delivery_release_routes[] = {
        { GET, "/beheer/uitgaven", ACCESS_RIGHT, draw_releases, note_field, .right = RIGHT_RELEASE },
        { POST, "/beheer/uitgaven", ACCESS_RIGHT, release_post, release_fields, .right = RIGHT_RELEASE },
        { 0 },
};
