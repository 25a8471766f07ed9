/* status.c - the one table from kinds of failure to HTTP statuses, and the words that go with a status. */
#include "internal.h"

int status_of(enum err e) {
        static const int table[ERR_COUNT] = {
                [OK] = 200,
                [-ERR_NOT_FOUND] = 404,
                [-ERR_DENIED] = 403,
                [-ERR_INVALID] = 400,
                [-ERR_CONFLICT] = 409,
                [-ERR_LIMIT] = 413,
                [-ERR_BUSY] = 503,
                [-ERR_INTERNAL] = 500,
        };
        return e <= 0 && -e < ERR_COUNT ? table[-e] : 500;
}

struct words {
        int status;
        const char *reason, *title, *text;
};

static const struct words words[] = {
        { 400, "Bad Request", "Dit adres klopt niet", "Controleer het adres, of ga terug en probeer het opnieuw." },
        { 401, "Unauthorized", "Log eerst in", "Alleen wie is ingelogd kan dit opvragen." },
        { 403, "Forbidden", "Dit mag niet", "U hebt geen toegang tot deze pagina." },
        { 404, "Not Found", "Pagina niet gevonden",
          "Deze pagina bestaat niet of niet meer. Controleer het adres of zoek wat u nodig hebt." },
        { 405, "Method Not Allowed", "Dit kan hier niet", "Deze pagina kan deze opdracht niet uitvoeren." },
        { 408, "Request Timeout", "Het duurde te lang", "Uw verzoek kwam niet op tijd binnen. Probeer het opnieuw." },
        { 409, "Conflict", "Iemand was u voor",
          "De gegevens zijn intussen veranderd. Ga terug, vernieuw de pagina en probeer het opnieuw." },
        { 413, "Content Too Large", "Dit is te groot",
          "Wat u stuurt is te groot. Ga terug, maak de tekst korter of kies een kleiner bestand, en probeer het opnieuw." },
        { 414, "URI Too Long", "Het adres is te lang", "Kies minder filters of kort uw zoekvraag in." },
        { 415, "Unsupported Media Type", "Deze vorm kennen wij niet",
          "Bestanden versturen kan hier niet. Gebruik het formulier op de pagina." },
        { 421, "Misdirected Request", "Dit adres is niet van ons",
          "U kwam hier met een adres dat niet bij deze site hoort. Gebruik het adres van de site zelf." },
        { 422, "Unprocessable Content", "Er is iets niet goed ingevuld",
          "Ga terug en controleer wat u hebt ingevuld." },
        { 429, "Too Many Requests", "Even wachten",
          "U stuurt veel formulieren kort na elkaar. Wacht even en probeer het opnieuw." },
        { 431, "Request Header Fields Too Large", "Het verzoek is te groot", "Verwijder de cookies van deze site." },
        { 500, "Internal Server Error", "Er ging iets mis",
          "Dat ligt aan ons, niet aan u. Probeer het over een paar minuten opnieuw." },
        { 501, "Not Implemented", "Dit kan hier niet", "Deze pagina kan deze opdracht niet uitvoeren." },
        { 503, "Service Unavailable", "Even niet bereikbaar",
          "Uw opdracht is niet uitgevoerd. Wacht even en probeer het opnieuw." },
};

static const struct words *find(int status) {
        static const struct words other = { 0, "Error", "Er ging iets mis", "Probeer het later opnieuw." };
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                if (words[i].status == status)
                        return &words[i];
        return &other;
}

const char *status_reason(int status) {
        return find(status)->reason;
}

struct str status_title(int status) {
        return str_of(find(status)->title);
}

struct str status_text(int status) {
        return str_of(find(status)->text);
}
