/* knowledge_testing.h - a small knowledge base for the tests of this room: files in a folder of their own, a store, and pages of it. */
#ifndef KNOWLEDGE_KNOWLEDGE_TESTING_H
#define KNOWLEDGE_KNOWLEDGE_TESTING_H
#include "testing.h"
#include "knowledge.h"
#include "page.h"

extern const char test_lists[];         /* content/lijsten.txt at the start */

#define BODY "## Kort gezegd\n\nTekst met <script>.\n\n## Voor wie\n\nA\n\n## Zo werkt het\n\nB\n\n## Wat heb je nodig\n\nC\n\n" \
             "## Wat weten we ervan\n\nD\n\n## Bronnen\n\n- E\n"
#define HEAD "---\ntitel: Eerste & beste\nsoort: interventie\nsamenvatting: Kort \"gezegd\".\nfase: preventie\n" \
             "doelgroep: iedereen\nthema: vakmanschap\nindicator: PS01\n"
#define TAIL "bron: Titel | Uitgever | 2020 | https://example.org/x\nbijgewerkt: 2026-05-04\n---\n\n"

#define NOW_MS ((int64_t) 1795305600000)        /* 22 November 2026 */

struct world {
        struct test_store *s;
        struct db *db;
        struct load l;
        struct str root;
        struct resp answer;             /* of the last page, without its body */
};

/* Has municipality Almere, indicator PS01 and no items. */
struct world test_world(void **state);
/* Writes a file below the folder. */
void test_put(struct world *w, const char *name, const char *text);
/* knowledge_load() in a transaction of its own. */
enum err test_load(struct world *w);
/* The page at PATH, of the route with PATTERN, which must answer WANT. */
struct str test_get(struct world *w, const char *pattern, const char *path, const char *slug, const char *query, enum err want);
/* An item, or with SLUG NULL the list with QUERY. */
struct str test_page(struct world *w, const char *path, const char *slug, const char *query, enum err want);
void test_shows(struct str html, const char *text);

#endif
