/* settings.c - /beheer/organisaties/{slug}/inloggen: how the people of an organisation sign in at its own provider. */
#include "address.h"
#include "jws.h"
#include "settings.tmpl.h"
#include "signin.h"
#include "sso.h"

#define AT "/beheer/organisaties/{slug}/inloggen"

static const struct page_note notes[] = {
        { "opgeslagen", S_INIT("De instellingen zijn opgeslagen.") },
        { "wacht", S_INIT("De instellingen zijn opgeslagen. Inloggen staat nu uit: het programmabureau kijkt eerst of aanbieder en domein bij uw organisatie horen en zet het dan aan.") },
        { "regel", S_INIT("De regel is toegevoegd. Hij werkt vanaf de volgende keer dat iemand inlogt.") },
        { "regel-weg", S_INIT("De regel is weg. Wie de rol door deze regel had, verliest hem de volgende keer dat die persoon inlogt.") },
        { .code = NULL },
};

/* What a manager can do about it. Faults of a callback are not among them: a try has none. */
static struct str explain(enum oidc_fault f) {
        switch (f) {
        case OIDC_OK:
                return S("De aanbieder antwoordt goed. Log nu zelf een keer zo in: dan weet u ook of het geheim en de regels kloppen.");
        case OIDC_URL:
                return S("De aanbieder noemt een adres dat niet met https begint. Vraag de leverancier om dat te verbeteren.");
        case OIDC_CLIENT: case OIDC_CLIENT_KEY:
                return S("Het cliënt-id, het geheim of de sleutel klopt niet. Vul die opnieuw in.");
        case OIDC_METADATA: case OIDC_JSON: case OIDC_TOO_LARGE:
                return S("Op dit adres staat geen goede beschrijving voor OpenID Connect. Controleer het adres van de aanbieder.");
        case OIDC_METADATA_ISSUER:
                return S("De aanbieder noemt zichzelf anders. Neem het adres precies over van de aanbieder, ook een schuine streep aan het eind.");
        case OIDC_UNSUPPORTED:
                return S("Deze aanbieder kan niet wat wij veilig vinden: de code-flow met PKCE (S256), en RS256, ES256 of PS256.");
        case OIDC_AUTH_METHOD:
                return S("De aanbieder neemt deze manier niet aan. Gebruik een geheim in plaats van een sleutel, of andersom.");
        case OIDC_JWKS:
                return S("De sleutels die de aanbieder toont, zijn niet te lezen. Vraag de leverancier om hulp.");
        case OIDC_UNREACHABLE:
                return S("De aanbieder is vanaf deze server niet te bereiken. Controleer het adres en de firewall.");
        case OIDC_TLS:
                return S("De beveiligde verbinding lukt niet. Controleer of het certificaat van de aanbieder geldig is.");
        case OIDC_TIMEOUT:
                return S("De aanbieder antwoordt te langzaam. Probeer het later opnieuw.");
        case OIDC_ADDRESS:
                return S("De naam van de aanbieder leidt naar een adres dat wij niet vertrouwen, zoals van deze server zelf.");
        case OIDC_STATUS:
                return S("Op dit adres staat niets voor OpenID Connect. Controleer het adres van de aanbieder.");
        default:
                return S("Het lukte niet. Probeer het later opnieuw.");
        }
}

struct str sso_verdict(struct str code) {
        for (int f = OIDC_OK; code.n && f < OIDC_FAULTS; f++)
                if (str_eq(code, str_of(oidc_fault_name((enum oidc_fault) f))))
                        return explain((enum oidc_fault) f);
        return S("");
}

static enum err read_organisation(struct req *rq, struct organisation *ret) {
        bool found = false;
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

/* The page without what was typed. */
static enum err read_view(struct req *rq, struct sso_view *v) {
        struct oidc_rules_row_list rules;
        *v = (struct sso_view) { .may_trust = viewer_may(rq, RIGHT_ORGANISATIONS) };
        enum err e = read_organisation(rq, &v->o);
        if (e == OK)
                e = people_oidc_get(rq, v->o.id, &v->s, &v->exists);
        if (e == OK)
                e = oidc_rules(rq->db, rq->arena, v->o.id, &rules);
        for (size_t i = 0; e == OK && i < rules.n; i++) {
                const struct role *r = role_find(rules.v[i].role);
                *vec_push(rq->arena, &v->rules) = (struct sso_rule) { rules.v[i].claim_value, rules.v[i].role, r ? r->name : rules.v[i].role };
        }
        v->was_on = v->s.is_on;
        v->has_secret = v->s.client_secret.n > 0;
        if (e == OK && v->s.private_key.n && jws_public_jwk(rq->arena, v->s.private_key, &v->public_key) != OIDC_OK)
                e = ERR_INTERNAL;       /* it was looked at before it was kept */
        v->path = str_fmt(rq->arena, "/beheer/organisaties/%.*s/inloggen", STR(v->o.slug));
        v->callback = sso_client(rq, &v->s).redirect_uri;
        return e;
}

static struct str with_commas(struct arena *a, struct str domains) {
        struct str all = S("");
        for (struct str one; str_split(&domains, ' ', &one);)
                all = str_fmt(a, "%.*s%s%.*s", STR(all), all.n ? ", " : "", STR(one));
        return all;
}

static enum err draw(struct req *rq, struct resp *rs, struct sso_view *v) {
        v->domains = with_commas(rq->arena, v->s.email_domains);
        struct page p = page_new(rq, rs, S("Inloggen met het account van de organisatie"), SECTION_ADMIN);
        p.invalid = rq->errors.n > 0;
        rs->cache = CACHE_NONE;
        page_crumb(&p, S("Beheer"), S("/beheer"));
        page_crumb(&p, v->o.name, str_sub(v->path, 0, v->path.n - S("/inloggen").n));
        page_crumb(&p, S("Inloggen"), v->path);
        sso_settings_page(&p, v);
        return page_done(&p);
}

static enum err settings_get(struct req *rq, struct resp *rs) {
        struct sso_view v;
        struct str verdict = req_text(rq, "uitslag");
        enum err e = read_view(rq, &v);
        v.note = page_note(rq, notes);
        v.verdict = sso_verdict(verdict);
        v.verdict_is_good = str_eq(verdict, str_of(oidc_fault_name(OIDC_OK)));
        return e == OK ? draw(rq, rs, &v) : e;
}

/* "Gemeente.nl", "@gemeente.nl" and "naam@gemeente.nl" are all meant as "gemeente.nl". */
static struct str domain_of(struct arena *a, struct str typed) {
        size_t at = str_index(typed, '@');
        struct str probe = str_fmt(a, "x@%.*s", STR(at < typed.n ? str_sub(typed, at + 1, typed.n) : typed));
        return mail_address_domain(mail_address_tidy(a, probe));
}

/* What was typed with spaces or commas between, each domain once. */
static struct str domains_of(struct req *rq) {
        struct str typed = str_dup(rq->arena, req_text(rq, "domein")), all = S(""), line, word;
        while (str_split(&typed, ',', &line))
                while (str_split(&line, ' ', &word)) {
                        struct str domain = domain_of(rq->arena, word);
                        if (word.n && !people_oidc_has_domain(all, domain))
                                all = str_fmt(rq->arena, "%.*s%s%.*s", STR(all), all.n ? " " : "", STR(domain));
                }
        return all;
}

/* What was typed. Secrets are not shown, so that an empty field keeps what there was; but never for another provider, who
 * would then be handed the secret of the first. */
static void read_form(struct req *rq, const struct oidc_settings *old, struct oidc_settings *s) {
        struct str secret = req_text(rq, "geheim"), key = req_text(rq, "sleutel");
        *s = *old;
        s->issuer = req_text(rq, "aanbieder");
        s->client_id = req_text(rq, "client");
        s->email_domains = domains_of(rq);
        s->role_claim = req_text(rq, "claim");
        s->email_trusted = str_eq(req_text(rq, "vertrouwd"), S("ja"));
        s->second_factor = str_eq(req_text(rq, "tweede-stap"), S("ja"));
        s->is_on = str_eq(req_text(rq, "aan"), S("ja"));
        if (secret.n || key.n || !str_eq(s->issuer, old->issuer)) {
                s->client_secret = secret;
                s->private_key = key;
        }
}

static void note_mistakes(struct req *rq, unsigned m, const struct oidc_settings *old, const struct oidc_settings *s) {
        bool moved = old->issuer.n && !str_eq(old->issuer, s->issuer);
        const struct { enum oidc_mistake mistake; const char *field; struct str message; } texts[] = {
                { OIDC_WRONG_ISSUER, "aanbieder", S("Vul het adres van de aanbieder in. Het begint met https:// en heeft geen vraagteken") },
                { OIDC_WRONG_CLIENT, "client", S("Vul het cliënt-id in, zoals de aanbieder het noemt") },
                { OIDC_WRONG_SECRET, "geheim", s->client_secret.n ? S("Vul een geheim in of een sleutel, niet allebei")
                                     : moved ? S("De aanbieder is veranderd. Vul ook het geheim of de sleutel van de nieuwe aanbieder in")
                                             : S("Vul het geheim in, of de privésleutel hieronder") },
                { OIDC_WRONG_KEY, "sleutel", S("Deze sleutel kunnen wij niet lezen. Plak het hele PEM-bestand, zonder wachtwoord: P-256, of RSA van minstens 2048 bits") },
                { OIDC_WRONG_DOMAIN, "domein", S("Vul in wat achter de @ staat in de e-mailadressen van de organisatie, zoals gemeente.nl. Zet een komma tussen twee domeinen") },
                { OIDC_WRONG_CLAIM, "claim", S("De naam van een claim heeft geen spaties of letters met accenten") },
        };
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
                if (m & texts[i].mistake && req_error_of(rq, texts[i].field).n == 0)
                        req_error(rq, texts[i].field, texts[i].message);
}

static enum err settings_post(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct sso_view v;
        struct oidc_settings s;
        bool off = false;
        enum err e = read_view(rq, &v);
        if (e != OK)
                return e;
        read_form(rq, &v.s, &s);
        s.organisation_id = v.o.id;
        note_mistakes(rq, people_oidc_mistakes(&site->oidc->http, rq->arena, &s), &v.s, &s);
        v.s = s;
        if (rq->errors.n)
                return page_refused(rs, draw(rq, rs, &v));
        e = people_oidc_save(rq, &site->oidc->http, &s, &off);
        if (e == ERR_CONFLICT) {
                req_error(rq, "aanbieder", S("Een andere organisatie gebruikt deze aanbieder al. Vraag het programmabureau om hulp"));
                return page_refused(rs, draw(rq, rs, &v));
        }
        return e == OK ? page_noted(rq, rs, v.path, off ? "wacht" : "opgeslagen") : e;
}

/* Asks the provider what it can do, with the settings as they are kept. */
static enum err try_prepare(struct req *rq) {
        const struct site *site = rq->app;
        enum oidc_fault *fault = arena_new(rq->arena, enum oidc_fault);
        struct oidc_provider p;
        struct oidc_kept kept;
        struct str url;
        struct sso_view v;
        enum err e = read_view(rq, &v);
        if (e == OK && !v.exists)
                e = ERR_NOT_FOUND;
        if (e != OK)
                return e;
        struct oidc_client client = sso_client(rq, &v.s);
        *fault = oidc_discover(site->oidc, rq->arena, v.s.issuer, rq->now_ms, &p);
        if (*fault == OIDC_OK && !(p.auth_methods & (v.public_key.n ? OIDC_AUTH_KEY : OIDC_AUTH_BASIC | OIDC_AUTH_POST)))
                *fault = OIDC_AUTH_METHOD;
        if (*fault == OIDC_OK)
                *fault = oidc_begin(rq->arena, &client, &p, S(""), rq->now_ms, &kept, &url);
        rq->prepared = fault;
        return OK;
}

static enum err try_post(struct req *rq, struct resp *rs) {
        const enum oidc_fault *fault = rq->prepared;
        return fault ? resp_redirect(rs, str_fmt(rq->arena, "/beheer/organisaties/%.*s/inloggen?uitslag=%s", STR(rq->param[0]),
                                                 oidc_fault_name(*fault))) : ERR_INVALID;
}

static enum err rule_post(struct req *rq, struct resp *rs) {
        const struct role *role = role_find(req_text(rq, "rol"));
        struct sso_view v;
        enum err e = read_view(rq, &v);
        if (e != OK)
                return e;
        v.value = req_text(rq, "waarde");
        v.role = req_text(rq, "rol");
        if ((!role || !people_oidc_may_map(role)) && req_error_of(rq, "rol").n == 0)
                req_error(rq, "rol", S("Kies een rol uit de lijst"));
        if (rq->errors.n)
                return page_refused(rs, draw(rq, rs, &v));
        e = people_oidc_rule_add(rq, v.o.id, v.value, role);
        if (e == ERR_LIMIT) {
                req_error(rq, "waarde", S("Er zijn al 50 regels. Verwijder er eerst een"));
                return page_refused(rs, draw(rq, rs, &v));
        }
        return e == OK ? page_noted(rq, rs, v.path, "regel") : e;
}

static enum err rule_remove_post(struct req *rq, struct resp *rs) {
        struct sso_view v;
        enum err e = read_view(rq, &v);
        if (e == OK)
                e = people_oidc_rule_remove(rq, v.o.id, req_text(rq, "waarde"), req_text(rq, "rol"));
        return e == OK || e == ERR_NOT_FOUND ? page_noted(rq, rs, v.path, "regel-weg") : e;
}

static const struct field get_fields[] = {
        { .name = "gedaan", .type = FIELD_CODE, .max = 30 }, { .name = "uitslag", .type = FIELD_TOKEN, .max = 30 }, { 0 },
};
static const struct field post_fields[] = {
        { .name = "aanbieder", .type = FIELD_TEXT, .max = OIDC_ISSUER_BYTES, .personal = true },
        { .name = "client", .type = FIELD_TEXT, .max = 255, .personal = true },
        { .name = "geheim", .type = FIELD_SECRET, .max = OIDC_SECRET_BYTES },
        { .name = "sleutel", .type = FIELD_MULTILINE, .max = OIDC_KEY_BYTES, .personal = true },
        { .name = "domein", .type = FIELD_TEXT, .max = OIDC_DOMAINS_BYTES, .personal = true },
        { .name = "claim", .type = FIELD_TEXT, .max = OIDC_CLAIM_BYTES, .personal = true },
        { .name = "vertrouwd", .type = FIELD_CODE, .max = 2 },
        { .name = "tweede-stap", .type = FIELD_CODE, .max = 2 },
        { .name = "aan", .type = FIELD_CODE, .max = 2 },
        { 0 },
};
static const struct field rule_fields[] = {
        { .name = "waarde", .type = FIELD_TEXT, .max = OIDC_CLAIM_BYTES, .personal = true },
        { .name = "rol", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies een rol" },
        { 0 },
};

const struct route signin_settings_routes[] = {
        { GET, AT, ACCESS_RIGHT, settings_get, get_fields, RIGHT_ORGANISATION_EDIT, 1 },
        { POST, AT, ACCESS_RIGHT, settings_post, post_fields, RIGHT_ORGANISATION_EDIT, 1 },
        { POST, AT "/proberen", ACCESS_RIGHT, try_post, NULL, RIGHT_ORGANISATION_EDIT, 1, try_prepare, LANE_NET },
        { POST, AT "/regels", ACCESS_RIGHT, rule_post, rule_fields, RIGHT_ORGANISATION_EDIT, 1 },
        { POST, AT "/regels/verwijderen", ACCESS_RIGHT, rule_remove_post, rule_fields, RIGHT_ORGANISATION_EDIT, 1 },
        { 0 },
};
