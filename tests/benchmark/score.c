#include "score.h"
#include <math.h>
#include <stdio.h>

/* One in some 30,000 rows is called wrong by chance. */
#define ERRORS 4

void score_add(struct score *s, double hits, double trials) {
        if (!(trials > 0))
                return;
        s->hits += hits;
        s->trials += trials;
        s->groups++;
        s->squares += hits * hits;
        s->crossed += hits * trials;
        s->sizes += trials * trials;
}

double score_rate(const struct score *s) {
        return s->trials > 0 ? s->hits / s->trials : (double) NAN;
}

double score_error(const struct score *s) {
        double r = score_rate(s), p = s->nominal > 0 ? s->nominal : r;
        if (s->nominal >= 1)
                return 0;       /* a rule, not a chance */
        double least = sqrt(p * (1 - p) / s->trials), sum = s->squares - 2 * r * s->crossed + r * r * s->sizes;
        double by_groups = s->groups > 1 ? sqrt(fmax(0, sum) * s->groups / (s->groups - 1)) / s->trials : 0;
        return fmax(least, by_groups);
}

bool score_is_right(const struct score *s) {
        double r = score_rate(s), most = ERRORS * score_error(s) + s->slack;
        if (s->bound == SCORE_TOLD || isnan(r))
                return true;
        return (s->bound == SCORE_AT_LEAST || r <= s->nominal + most) && (s->bound == SCORE_AT_MOST || r >= s->nominal - most);
}

void score_head(const char *title) {
        printf("\n%s\n%-42s %-34s %8s %8s %8s %7s %9s %7s  %s\n", title, "method", "planted, counted", "of", "hits", "missed", "rate",
                "nominal", "error", "verdict");
}

bool score_print(const struct score *s) {
        static const char *const sign[] = { "<=", ">=", "~", "" };
        bool right = score_is_right(s);
        char nominal[16] = "";
        if (s->bound != SCORE_TOLD)
                snprintf(nominal, sizeof nominal, "%s %.3g", sign[s->bound], s->nominal);
        printf("%-42s %-34s %8.0f %8.0f %8.0f %7.4f %9s %7.4f  %s\n", s->method, s->planted, s->trials, s->hits, s->trials - s->hits,
                score_rate(s), nominal, score_error(s), s->trials < 1 ? "no case" : s->bound == SCORE_TOLD ? "told" : right ? "right" : "WRONG");
        return right;
}
