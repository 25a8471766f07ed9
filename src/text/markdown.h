/* markdown.h - the Markdown of editors and participants as safe HTML, and as plain text for search.
 * Render when the text is saved and store the result (html_stored()); a page view does not parse.
 *
 * Known: paragraphs, emphasis, strike-through, lists, quotes, code, rules, tables, links, images. Raw HTML is shown as text.
 * "#" and "##" both give h2 (the page title is the only h1); every heading gets an id from utf8_slug(), with -2, -3 on
 * repetition, so one page should show one rendered text, or ids must be checked by the caller.
 * Links go to https, http, mailto (one address), an absolute path of this site, or "#fragment"; others become text.
 * Bare addresses become links, unless there are hundreds. Links to elsewhere carry rel="noopener".
 * Images come from "/bestand/..." of this site, with alternative text, or with the title "decoratief" and without:
 * ![Kaart](/bestand/a.png), ![](/bestand/b.png "decoratief"). Of others only the alternative text is shown.
 * Class names: table-scroll (the focusable section round a table), align-right, align-center. */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H
#include "html.h"

#define MARKDOWN_SOURCE_MAX ((size_t) 64 * 1024)
#define MARKDOWN_OUTPUT_MAX ((size_t) 1024 * 1024)
#define MARKDOWN_DEPTH_MAX 32

/* HTML of SOURCE in A. ERR_INVALID: not UTF-8. ERR_LIMIT: source over 64 kB, result over 1 MB, or nested deeper than
 * 32 levels. Nothing is logged: the text is a visitor's, and the caller says so at the field. */
_must_use_ enum err markdown_render(struct arena *a, struct str source, struct safe_html *ret);

/* The words of SOURCE without marks, one block per line, in A. For search and summaries: never fails; reads at most
 * 64 kB, and text nested too deep ends there. Broken UTF-8 stays broken (the analyser copes). */
struct str markdown_plain(struct arena *a, struct str source);

#endif
