/* knowledge_text.h - the text of an item, as a file of content/items holds it and an editor writes it: read into a struct and checked
 * on its own (docs/content.md describes the form). */
#ifndef KNOWLEDGE_KNOWLEDGE_TEXT_H
#define KNOWLEDGE_KNOWLEDGE_TEXT_H
#include "db.h"
#include "file.h"
#include "front.h"
#include "vec.h"

/* Keys whose value is a line of parts, "a | b | c", and that may stand there more than once. A new one goes at the end: the
 * numbers stand in item.details. */
enum item_lines {
        LINES_SOURCE,           /* bron: title | publisher | year | address */
        LINES_USE,              /* gebruik: municipality | year | what | address | "fictief" or nothing */
        LINES_ELEMENT,          /* element: name | why | address */
        LINES_STUDY,            /* onderzoek: title | by | year | address | design | n | outcome | effect | interval | remark */
        LINES_EXPERIENCE,       /* ervaring: who | year | context | what was needed | result | address */
        LINES_MATERIAL,         /* materiaal: title | publisher | year | address */
        LINES_RECOGNITION,      /* erkenning: institute | level | year | address */
        LINES_EDITION,          /* editie: label | year | address | what changed */
        LINES_STEP,             /* stap: slug of an item | what to do with it */
        LINES_N,
};
#define LINE_PARTS 10
#define ITEM_STEPS_MAX 30       /* a toolkit is also one page and one file with all its items */
struct item_line {
        struct str v[LINE_PARTS];       /* parts in the order above; S("") where the text has none */
        int line;
};
enum item_score { SCORE_EVIDENCE, SCORE_EFFECT, SCORE_COST, SCORES_N };

struct item_text {
        int line;                       /* of the key that was read last; 1 for the text */
        struct str title, summary, owner, licence, contact, warning, updated_on, review_on;
        struct opt_i64 since;
        struct str_list kind;           /* exactly one */
        struct str_list phases, targets, themes, indicators, related, also;
        struct item_line scores[SCORES_N];      /* judgement, institute, year, address, reason; without judgement: not judged */
        struct { struct item_line *v; size_t n, cap; } lines[LINES_N];
        struct front front;             /* the sections */
};

/* Reads and checks SOURCE, in A: keys, lengths, the sections of its kind in order, addresses. ERR_INVALID with the mistake in
 * *ERROR: its line and a Dutch sentence part. Whether codes and names exist is for item_refers() (refers.h). */
_must_use_ enum err item_text_read(struct arena *a, struct str source, struct text_error *error, struct item_text *ret);

/* Reads what can be read of a text that is not finished: what is wrong is left out, and a section may be missing. ERR_INVALID or
 * ERR_LIMIT only when it has not the form of pairs and sections at all. */
_must_use_ enum err item_text_read_draft(struct arena *a, struct str source, struct text_error *error, struct item_text *ret);

/* The text with the pairs and sections of FRONT, in A: keys in the order that files have them, pairs without value left out. */
struct str item_text_write(struct arena *a, const struct front *front);
/* The value of a line of KIND with PARTS (n of them, "" for what is not known), in A: "a | b | | d". "" when all are empty. A "|" or a
 * line end inside a part becomes "/" or a space. KIND LINES_N is a score. */
struct str item_line_write(struct arena *a, enum item_lines kind, const struct str *parts, size_t n);
/* The key of a kind of lines ("bron"), and how many parts a line has at most. LINES_N: of SCORE_EVIDENCE. */
struct str item_line_key(enum item_lines kind);
size_t item_line_parts(enum item_lines kind);
struct str item_score_key(enum item_score score);

/* The headings that an item of KIND has, in order; NULL-ended. */
const char *const *item_headings(struct str kind);

/* Designs of a study, strongest for the question "does it work" first. Ends with an empty code. */
struct study_design {
        struct str code, label;
};
extern const struct study_design study_designs[];
/* The label of a code; the code itself when there is none. */
struct str study_design_label(struct str code);

/* The part of ERROR that says what is wrong, with a printf-style sentence, in A. Returns ERR_INVALID. */
enum err item_text_fail(struct arena *a, struct text_error *error, int line, const char *fmt, ...) _printf_(4, 5);

#endif
