#include "page.h"
#include "error.tmpl.h"
#include "form.tmpl.h"

struct page page_new(struct req *rq, struct resp *rs, struct str title, enum page_section section) {
        return (struct page) {
                .out = &rs->body, .arena = rq->arena, .rq = rq, .rs = rs, .site = rq->app,
                .title = title, .section = section,
        };
}

void page_crumb(struct page *p, struct str title, struct str path) {
        if (p->crumbs_n < PAGE_CRUMBS)
                p->crumbs[p->crumbs_n++] = (struct crumb) { title, path };
}

struct str page_address(struct req *rq, struct str path) {
        struct str origin = ((const struct site *) rq->app)->origin;
        char *p = arena_alloc(rq->arena, origin.n + path.n + 1);
        if (origin.n)
                memcpy(p, origin.p, origin.n);
        memcpy(p + origin.n, path.p, path.n);
        return (struct str) { p, origin.n + path.n };
}

void page_form_begin(struct page *p) {
        form_begin(p, p->rq->csrf);
}

enum err page_done(const struct page *p) {
        return p->out->full ? err_log(ERR_LIMIT, "the page passed its maximum size") : OK;
}

/* What happened and what to do, per status. */
static const struct error_text { int status; struct str title, advice; } texts[] = {
        { 400, S_INIT("Dit adres klopt niet"),
          S_INIT("In het adres van deze pagina staat iets dat wij niet begrijpen. Controleer het adres of begin bij de startpagina.") },
        { 401, S_INIT("Log eerst in"), S_INIT("Alleen wie is ingelogd kan dit opvragen.") },
        { 403, S_INIT("U mag deze pagina niet gebruiken"),
          S_INIT("Uw account heeft hier geen toegang toe. Denkt u dat dit niet klopt? Vraag het de beheerder van uw organisatie.") },
        { 404, S_INIT("Deze pagina bestaat niet"),
          S_INIT("Misschien is de pagina verplaatst, of zit er een typefout in het adres. Zoek hieronder, of kies een onderdeel.") },
        { 405, S_INIT("Dit kan hier niet"), S_INIT("Deze pagina kunt u alleen bekijken. Ga terug en gebruik de knoppen op de pagina.") },
        { 408, S_INIT("Het duurde te lang"), S_INIT("De verbinding was te traag. Probeer het opnieuw.") },
        { 409, S_INIT("Iemand was u voor"),
          S_INIT("Wat u wilde doen kan niet meer: er is hier intussen iets veranderd. Ga terug, vernieuw de pagina en kijk wat er nu staat.") },
        { 413, S_INIT("Dit is te groot"), S_INIT("U stuurt meer dan wij kunnen verwerken. Maak uw tekst korter of kies een kleiner bestand, en probeer het opnieuw.") },
        { 414, S_INIT("Dit adres is te lang"), S_INIT("Maak uw zoekvraag korter, of kies minder filters.") },
        { 415, S_INIT("Dit soort bericht kennen wij niet"), S_INIT("Gebruik het formulier op de pagina.") },
        { 421, S_INIT("Dit adres is niet van ons"),
          S_INIT("U kwam hier met een adres dat niet bij deze site hoort. Gebruik het adres van de site zelf.") },
        { 422, S_INIT("Er ontbreekt nog iets"), S_INIT("Ga terug en verbeter wat bij de velden staat.") },
        { 429, S_INIT("Even rustig aan"), S_INIT("Wij kregen in korte tijd veel berichten van uw netwerk. Wacht een minuut en probeer het opnieuw.") },
        { 431, S_INIT("Uw browser stuurt te veel mee"), S_INIT("Wis de cookies van deze site en probeer het opnieuw.") },
        { 500, S_INIT("Er ging bij ons iets mis"),
          S_INIT("Het ligt niet aan u. De fout is vastgelegd. Probeer het over een paar minuten opnieuw.") },
        { 503, S_INIT("De site is even niet bereikbaar"), S_INIT("Probeer het over een minuut opnieuw.") },
};

/* Of a form that was sent: the browser keeps what was filled in on the page before. */
static const struct str form_lost = S_INIT("Wat u invulde is niet opgeslagen. Ga terug in uw browser: daar staat het meestal nog. Verstuur het "
        "over een minuut opnieuw.");

void page_error(struct req *rq, struct resp *rs, int status, struct str message) {
        const struct error_text *t = NULL, *other = NULL;
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
                if (texts[i].status == status)
                        t = &texts[i];
                else if (texts[i].status == 500)
                        other = &texts[i];
        t = t ? t : other;
        buf_reset(&rs->body);
        rs->status = status;
        struct page p = page_new(rq, rs, t->title, SECTION_NONE);
        error_view(&p, message.n ? message : status == 503 && rq->method == POST ? form_lost : t->advice, status);
}
