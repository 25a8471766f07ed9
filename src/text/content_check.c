#include "bsn.h"
#include "content_rules.h"

static const struct { const char *code; enum content_severity severity; struct str advice; } rules[] = {
        [RULE_HEADING_ORDER] = { "heading-order", CONTENT_ERROR,
                S_INIT("Sla geen kopniveau over: na een kop met ## komt een kop met ### en niet meteen met ####.") },
        [RULE_HEADING_TOP] = { "heading-top", CONTENT_ADVICE,
                S_INIT("Begin koppen met ##. De titel van de pagina is al de hoofdkop.") },
        [RULE_HEADING_EMPTY] = { "heading-empty", CONTENT_ERROR,
                S_INIT("Deze kop is leeg. Vul hem in of haal hem weg.") },
        [RULE_HEADING_EMPHASIS] = { "heading-emphasis", CONTENT_ADVICE,
                S_INIT("Maak woorden in een kop niet vet of cursief. Een kop valt al op.") },
        [RULE_PARAGRAPH_HEADING] = { "paragraph-heading", CONTENT_ERROR,
                S_INIT("Dit lijkt een kop. Maak er een echte kop van met ##, of een gewone zin.") },
        [RULE_PARAGRAPH_BOLD] = { "paragraph-bold", CONTENT_ADVICE,
                S_INIT("Deze hele alinea is vet. Maak alleen de woorden vet waar het om gaat.") },
        [RULE_PARAGRAPH_LIST] = { "paragraph-list", CONTENT_ERROR,
                S_INIT("Dit lijkt een lijst. Zet elk punt op een eigen regel, met een streepje en een spatie ervoor.") },
        [RULE_IMAGE_ALT] = { "image-alt", CONTENT_ERROR,
                S_INIT("Beschrijf tussen de blokhaken wat er op de afbeelding staat, of zet er \"decoratief\" bij.") },
        [RULE_IMAGE_PLACE] = { "image-place", CONTENT_ERROR,
                S_INIT("Deze afbeelding staat niet op Schouders. Voeg haar eerst toe als bestand.") },
        [RULE_TABLE_HEADINGS] = { "table-headings", CONTENT_ERROR,
                S_INIT("Geef elke kolom van de tabel een kop. Alleen de eerste kop mag leeg zijn.") },
        [RULE_TABLE_ROWS] = { "table-rows", CONTENT_ERROR,
                S_INIT("Deze tabel heeft alleen koppen. Vul haar aan of schrijf het als gewone tekst.") },
        [RULE_LINK_EMPTY] = { "link-empty", CONTENT_ERROR,
                S_INIT("Deze link heeft geen tekst. Schrijf tussen de blokhaken waar de link heen gaat.") },
        [RULE_LINK_GENERIC] = { "link-generic", CONTENT_ERROR,
                S_INIT("Deze linktekst zegt niet waar de link heen gaat. Noem de pagina of het onderwerp.") },
        [RULE_LINK_ADDRESS] = { "link-address", CONTENT_ADVICE,
                S_INIT("Schrijf geen kaal webadres. Geef de link een tekst die zegt waar hij heen gaat.") },
        [RULE_LINK_TARGET] = { "link-target", CONTENT_ERROR,
                S_INIT("Dit adres werkt niet als link. Gebruik https://, een pad van deze site dat met / begint, of mailto:.") },
        [RULE_LINK_DOWNLOAD] = { "link-download", CONTENT_ADVICE,
                S_INIT("Zet in de linktekst wat voor bestand het is en hoe groot, bijvoorbeeld: (PDF, 1,2 MB).") },
        [RULE_EMPHASIS_EMPTY] = { "emphasis-empty", CONTENT_ADVICE,
                S_INIT("Hier staat opmaak zonder tekst. Haal de tekens weg.") },
        [RULE_CAPITALS] = { "capitals", CONTENT_ADVICE,
                S_INIT("Schrijf dit niet in hoofdletters. Dat leest lastig en klinkt als schreeuwen.") },
        [RULE_PERSONAL] = { "personal", CONTENT_ERROR, S_INIT("") },
        [RULE_PERSONAL_MAYBE] = { "personal-maybe", CONTENT_ADVICE, S_INIT("") },
};

/* At most CONTENT_FRAGMENT_MAX bytes of S, whole characters. */
static struct str cut(struct str s) {
        s = str_trim(s);
        if (s.n <= CONTENT_FRAGMENT_MAX)
                return s;
        size_t n = CONTENT_FRAGMENT_MAX;
        while (n && ((unsigned char) s.p[n] & 0xc0) == 0x80)
                n--;
        return str_sub(s, 0, n);
}

void content_found(struct content_check *c, enum content_rule rule, size_t at, struct str fragment, struct str advice) {
        bool is_error = rules[rule].severity == CONTENT_ERROR;
        c->ret->errors += is_error;
        c->ret->advices += !is_error;
        if (c->ret->list.n == CONTENT_FINDINGS_MAX)
                return;
        struct md_place place = md_place_of(&c->tree, at);
        *vec_push(c->a, &c->ret->list) = (struct content_finding) {
                rules[rule].code, rules[rule].severity, advice.n ? advice : rules[rule].advice, place.line, place.column,
                cut(fragment),
        };
}

static void found(struct content_check *c, enum content_rule rule, const struct md_node *n, struct str fragment) {
        content_found(c, rule, n->at, fragment, S(""));
}

static void check_heading(struct content_check *c, const struct md_node *n, struct str words) {
        /* "#" and "##" are both shown as the level below the title of the page. */
        unsigned level = n->level < 2 ? 2 : n->level;
        if (md_blank(words))
                found(c, RULE_HEADING_EMPTY, n, words);
        if (level > c->level + 1)
                found(c, RULE_HEADING_ORDER, n, words);
        if (n->level == 1)
                found(c, RULE_HEADING_TOP, n, words);
        c->level = level;
        for (struct md_node *k = n->first; k; k = md_node_next(n, k))
                if (k->kind == MD_EMPHASIS || k->kind == MD_STRONG) {
                        found(c, RULE_HEADING_EMPHASIS, n, words);
                        return;
                }
}

static void check_table(struct content_check *c, const struct md_node *table) {
        const struct md_node *head = table->first, *row = head ? head->first : NULL;
        bool rows = head && head->next && head->next->first;
        if (!rows)
                found(c, RULE_TABLE_ROWS, table, S(""));
        size_t cells = 0, empty = 0;
        for (const struct md_node *cell = row ? row->first : NULL; cell; cell = cell->next, cells++)
                empty += md_blank(md_node_text(c->a, cell).words) && (cells > 0 || !cell->next);
        if (empty)
                found(c, RULE_TABLE_HEADINGS, table, S(""));
}

static void check_emphasis(struct content_check *c, const struct md_node *n) {
        if (md_blank(md_node_text(c->a, n).words))
                found(c, RULE_EMPHASIS_EMPTY, n, S(""));
}

static void check_block(struct content_check *c, const struct md_node *n) {
        struct md_text text = md_node_text(c->a, n);
        if (n->kind == MD_HEADING)
                check_heading(c, n, text.words);
        else if (n->kind == MD_PARAGRAPH)
                content_check_paragraph(c, n);
        if (n->kind != MD_CODE_BLOCK)
                content_check_words(c, text);
        struct str refusal, warning;
        text_screen_personal(text.words, &refusal, &warning);
        if (refusal.n)
                content_found(c, RULE_PERSONAL, n->at, S(""), refusal);
        if (warning.n)
                content_found(c, RULE_PERSONAL_MAYBE, n->at, S(""), warning);
}

static void check_node(struct content_check *c, const struct md_node *n) {
        switch (n->kind) {
        case MD_HEADING: case MD_PARAGRAPH: case MD_ITEM: case MD_HEAD_CELL: case MD_CELL: case MD_CODE_BLOCK:
                check_block(c, n);
                break;
        case MD_TABLE: check_table(c, n); break;
        case MD_LINK: content_check_link(c, n); break;
        case MD_IMAGE: content_check_image(c, n); break;
        case MD_EMPHASIS: case MD_STRONG: case MD_STRUCK: check_emphasis(c, n); break;
        case MD_DOCUMENT: case MD_QUOTE: case MD_LIST: case MD_RULE: case MD_TABLE_HEAD: case MD_TABLE_BODY:
        case MD_ROW: case MD_CODE: case MD_WORDS: case MD_BREAK: break;
        }
}

enum err content_check(struct arena *a, struct str source, struct content_findings *ret) {
        *ret = (struct content_findings) { 0 };
        struct content_check c = { .a = a, .ret = ret, .level = 1 };
        enum err e = md_tree_parse(a, source, &c.tree);
        if (e)
                return e;
        for (struct md_node *n = c.tree.root; n; n = md_node_next(c.tree.root, n))
                check_node(&c, n);
        return OK;
}
