/* scoring.h - the numbers of the ranking, shared by building and asking. Robertson & Zaragoza 2009, "The Probabilistic
 * Relevance Framework: BM25 and Beyond" for k1, b and weighting of fields; the weights are ours. */
#ifndef SEARCH_SCORING_H
#define SEARCH_SCORING_H

#define BM25_K1 1.2f
#define BM25_B 0.75f
/* Words in a document of middle length. A fixed number, not the mean of the collection: the weight of a term in a document must not
 * change because another document is added. */
#define BM25_LENGTH 125.0f

/* An occurrence in a field counts this often. */
#define TITLE_WEIGHT 5.0f
#define SUMMARY_WEIGHT 2.0f
#define LABEL_WEIGHT 1.5f
#define BODY_WEIGHT 1.0f
/* Parts of compounds count less than whole words. */
#define PART_WEIGHT 0.4f

/* In a question: the word itself, its parts, its synonyms. */
#define ASK_STEM 1.0f
#define ASK_PART 0.7f
#define ASK_SYNONYM 0.7f

/* Of one question at most this many postings are looked at, some milliseconds; more than people's questions take. */
#define POSTINGS_MAX 1000000

#endif
