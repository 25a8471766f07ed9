/* score.h - how good a ranking is, and whether two searches really differ.
 *   nDCG@10      gain 2^grade - 1, discounted by log2(place + 1), over that of the best possible list (Järvelin &
 *                Kekäläinen 2002, with the gain of Burges 2005)
 *   MRR          one over the place of the first relevant document, 0 when it is not among the first 100
 *   hit@10       whether a relevant document is among the first ten
 *   recall@100   part of the relevant documents among the first hundred */
#ifndef TESTS_SEARCH_SCORE_H
#define TESTS_SEARCH_SCORE_H
#include "ranking.h"

struct score {
        double ndcg, mrr, hit, recall;
};
struct score score_of(const struct question *q, const struct ranking *r);

/* X minus Y of N questions, asked of both: the mean, its 95 % interval and two-sided p by bootstrap over questions
 * (10,000 draws, always the same), and how many questions X does better and worse, with p of the sign test. */
struct difference {
        double mean, low, high, p, sign_p;
        size_t better, worse;
};
struct difference score_difference(const double *x, const double *y, size_t n);

#endif
