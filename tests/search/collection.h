/* collection.h - documents, questions and judgements to measure search with, from files with tabs or from content/items. */
#ifndef TESTS_SEARCH_COLLECTION_H
#define TESTS_SEARCH_COLLECTION_H
#include "vec.h"

struct document {
        struct str id, title, label, summary, body;
};

struct judgement {
        uint32_t doc;                   /* place among the documents */
        int grade;                      /* 1 or more: relevant */
};

struct question {
        struct str id, text;
        bool held_out;                  /* not looked at while tuning */
        struct { struct judgement *v; size_t n, cap; } judged;
};

struct collection {
        struct { struct document *v; size_t n, cap; } docs;
        struct map places;              /* id -> struct document */
        struct { struct question *v; size_t n, cap; } questions;
        size_t unknown;                 /* judgements of documents that are not there */
};

/* Reads PATH: a file with tabs, whose first line names the columns doc_id, kop (title), samenvatting, wet (label) and tekst, of
 * which only doc_id and tekst must be there; or a folder of items (docs/content.md), of which those named in ONLY are
 * taken when that is given. BODY_ONLY leaves out all but the text. Failures are logged. In A. */
_must_use_ enum err collection_docs(struct arena *a, struct str path, struct str only, bool body_only, struct collection *c);

/* Reads questions (query_id, query, perhaps deel: "toets" is held out) or judgements (query_id, doc_id, relevantie), or
 * both in one file, as many files as there are. Documents come first. */
_must_use_ enum err collection_questions(struct arena *a, struct str path, struct collection *c);

/* Drops questions without a judgement above 0. Where no file tells what is held out, every third question is. */
void collection_finish(struct collection *c);

#endif
