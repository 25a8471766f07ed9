/* open_data.c - /open-data: what may be taken away, what each column means, and the same as a DCAT catalogue (DCAT-AP 3, JSON-LD)
 * for portals such as data.overheid.nl. */
#include "benchmark.h"
#include "json.h"
#include "open_data.h"
#include "open_data.tmpl.h"
#include "page.h"
#include "programme.h"
#include "programme.sql.h"

const struct codebook_column codebook_figures[] = {
        { S_INIT("indicator"), S_INIT("Code van het cijfer, zoals PS01.") },
        { S_INIT("periode"), S_INIT("Het jaar (2025) of het kwartaal (2025-Q3).") },
        { S_INIT("code"), S_INIT("Code van het CBS: GM0034 voor een gemeente, NL01 voor Nederland. Indeling van nu.") },
        { S_INIT("gemeente"), S_INIT("Naam van de gemeente, of Nederland.") },
        { S_INIT("provincie"), S_INIT("Naam van de provincie; leeg bij Nederland.") },
        { S_INIT("uitsplitsing"), S_INIT("Onderdeel van het cijfer; leeg als het om het geheel gaat.") },
        { S_INIT("waarde"), S_INIT("Het cijfer in de eenheid van de indicator, met een punt als decimaalteken. Leeg: geen cijfer, nooit 0.") },
        { S_INIT("teller"), S_INIT("Wat geteld is. Leeg als dat niet bekend is.") },
        { S_INIT("noemer"), S_INIT("Waarvan. Leeg als dat niet bekend is.") },
        { S_INIT("status"), S_INIT("exact; derived: opgeteld na een samenvoeging; estimated: geschat na een splitsing; refused: niet te maken of "
                                   "te klein om te tonen; missing: ontbreekt.") },
        { S_INIT("bron"), S_INIT("Waar het cijfer vandaan komt.") },
        { S_INIT("uitgave"), S_INIT("Nummer van de uitgave; die verandert niet meer. Leeg bij cijfers die gemeenten niet zelf leveren.") },
        { S_INIT("fictief"), S_INIT("ja als het cijfer verzonnen is om te laten zien hoe het werkt.") },
        { S_INIT(""), S_INIT("") },
};

const struct codebook_column codebook_compared[] = {
        { S_INIT("indicator, naam"), S_INIT("Code en naam van het cijfer.") },
        { S_INIT("periode"), S_INIT("Het jaar of het kwartaal.") },
        { S_INIT("deel"), S_INIT("Onderdeel van het cijfer; leeg als het om het geheel gaat.") },
        { S_INIT("gemeentecode, gemeente"), S_INIT("Code van het CBS en naam. Leeg in een bestand van alle deelnemers samen.") },
        { S_INIT("waarde, teller, noemer"), S_INIT("Het cijfer, en waar het uit volgt. Leeg: geen cijfer, of te klein om te tonen; nooit 0.") },
        { S_INIT("laag95, hoog95"), S_INIT("De marge: met 95% zekerheid ligt het cijfer hiertussen.") },
        { S_INIT("geschat, geschat_laag95, geschat_hoog95"), S_INIT("Schatting die rekening houdt met toeval, met haar marge.") },
        { S_INIT("p, p_gecorrigeerd"), S_INIT("De kans op zo'n groot verschil door toeval alleen; en na correctie voor het grote aantal vergelijkingen.") },
        { S_INIT("alle_deelnemers, teller_alle, noemer_alle"), S_INIT("Het cijfer van alle deelnemers samen, en waar het uit volgt.") },
        { S_INIT("laagste, p25, p75, hoogste"), S_INIT("Hoe de gemeenten verdeeld zijn: tussen p25 en p75 ligt de helft.") },
        { S_INIT("verschil"), S_INIT("Of het verschil met alle deelnemers opvalt.") },
        { S_INIT("status"), S_INIT("exact; niet getoond: te klein; niet alle kwartalen; geen.") },
        { S_INIT("levering"), S_INIT("Of de gemeente leverde, nog niet hoefde, of niet meedoet.") },
        { S_INIT("definitie_versie"), S_INIT("Versie van de definitie van het cijfer.") },
        { S_INIT("uitgave"), S_INIT("Nummer van de uitgave; die verandert niet meer.") },
        { S_INIT("registratiekeuzes"), S_INIT("Hoe de gemeente telt: vraag en antwoord.") },
        { S_INIT("toelichting"), S_INIT("Wat de gemeente bij het cijfer schreef.") },
        { S_INIT("fictief"), S_INIT("fictief als het cijfer verzonnen is; anders leeg.") },
        { S_INIT(""), S_INIT("") },
};

static void uri(struct json *j, const char *key, struct str v) {
        json_object(j, key);
        json_str(j, "@id", v);
        json_end_object(j);
}

static void dutch(struct json *j, const char *key, struct str v) {
        json_object(j, key);
        json_str(j, "@language", S("nl"));
        json_str(j, "@value", v);
        json_end_object(j);
}

/* The licences that sources use here, by the addresses that catalogues know. */
static struct str licence_uri(struct str licence) {
        if (str_find(licence, S("CC BY 4.0")) < licence.n)
                return S("https://creativecommons.org/licenses/by/4.0/");
        return S("");
}

static void distribution(struct json *j, struct str title, struct str address, struct str media, struct str licence) {
        json_object(j, NULL);
        json_str(j, "@type", S("dcat:Distribution"));
        dutch(j, "dct:title", title);
        uri(j, "dcat:accessURL", address);
        uri(j, "dcat:downloadURL", address);
        json_str(j, "dcat:mediaType", media);
        if (licence.n)
                uri(j, "dct:license", licence);
        json_end_object(j);
}

static void dataset(struct req *rq, struct json *j, const struct open_data_sets_row *d) {
        struct str page = page_address(rq, str_fmt(rq->arena, "/cijfers/%.*s", STR(d->slug)));
        struct str licence = licence_uri(d->licence);
        json_object(j, NULL);
        json_str(j, "@id", str_fmt(rq->arena, "%.*s#reeks", STR(page)));
        json_str(j, "@type", S("dcat:Dataset"));
        json_str(j, "dct:identifier", d->code);
        dutch(j, "dct:title", d->fictitious ? str_fmt(rq->arena, "%.*s (fictief)", STR(d->name)) : d->name);
        dutch(j, "dct:description", d->definition);
        json_str(j, "dct:language", S("nl"));
        uri(j, "dcat:landingPage", page);
        uri(j, "dcat:theme", S("http://publications.europa.eu/resource/authority/data-theme/SOCI"));
        uri(j, "dct:accessRights", S("http://publications.europa.eu/resource/authority/access-right/PUBLIC"));
        if (d->source_url.n)
                uri(j, "dct:source", d->source_url);
        json_array(j, "dcat:distribution");
        distribution(j, S("Alle cijfers als CSV"), page_address(rq, str_fmt(rq->arena, "/cijfers/%.*s.csv", STR(d->slug))),
                     S("text/csv"), licence);
        distribution(j, S("De nieuwste cijfers als JSON"),
                     page_address(rq, str_fmt(rq->arena, "/api/v1/indicatoren/%.*s/waarden", STR(d->code))), S("application/json"), licence);
        json_end_array(j);
        json_end_object(j);
}

static void context(struct json *j) {
        json_object(j, "@context");
        json_str(j, "dcat", S("http://www.w3.org/ns/dcat#"));
        json_str(j, "dct", S("http://purl.org/dc/terms/"));
        json_str(j, "foaf", S("http://xmlns.com/foaf/0.1/"));
        json_end_object(j);
}

static enum err catalogue_get(struct req *rq, struct resp *rs) {
        struct open_data_sets_row_list sets;
        struct json j = { .out = &rs->body };
        enum err e = open_data_sets(rq->db, rq->arena, &sets);
        if (e != OK)
                return e;
        json_object(&j, NULL);
        context(&j);
        json_str(&j, "@id", page_address(rq, S("/open-data#catalogus")));
        json_str(&j, "@type", S("dcat:Catalog"));
        dutch(&j, "dct:title", S("Cijfers over schulden en schuldhulp"));
        dutch(&j, "dct:description", S("Alle openbare cijfers van Schouders, per gemeente en voor Nederland, met hun bron."));
        json_str(&j, "dct:language", S("nl"));
        json_object(&j, "dct:publisher");
        json_str(&j, "@type", S("foaf:Agent"));
        json_str(&j, "foaf:name", S("Schouders"));
        json_end_object(&j);
        uri(&j, "foaf:homepage", page_address(rq, S("/open-data")));
        json_object(&j, "dcat:service");
        json_str(&j, "@type", S("dcat:DataService"));
        dutch(&j, "dct:title", S("API van Schouders"));
        uri(&j, "dcat:endpointURL", page_address(rq, S("/api/v1")));
        uri(&j, "dcat:endpointDescription", page_address(rq, S("/api/v1/openapi.json")));
        json_end_object(&j);
        json_array(&j, "dcat:dataset");
        for (size_t i = 0; i < sets.n; i++)
                dataset(rq, &j, &sets.v[i]);
        json_end_array(&j);
        json_end_object(&j);
        rs->content_type = "application/ld+json";
        rs->is_open_data = true;
        return rs->body.full ? ERR_LIMIT : OK;
}

static enum err open_data_get(struct req *rq, struct resp *rs) {
        struct open_data_sets_row_list sets;
        enum err e = open_data_sets(rq->db, rq->arena, &sets);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Open data"), SECTION_FIGURES);
        p.description = S("Alle cijfers als bestand en via een API, met uitleg van elke kolom.");
        p.canonical = page_address(rq, S("/open-data"));
        page_crumb(&p, S("Cijfers"), S("/cijfers"));
        page_crumb(&p, S("Open data"), S("/open-data"));
        open_data_page(&p, &sets);
        return page_done(&p);
}

const struct route open_data_routes[] = {
        { GET, "/open-data", ACCESS_PUBLIC, open_data_get, NULL },
        { GET, "/open-data/catalogus.jsonld", ACCESS_PUBLIC, catalogue_get, NULL },
        { 0 },
};
