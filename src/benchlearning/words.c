/* words.c - what an effect says, as Dutch sentences made from the numbers. No sentence claims a cause. */
#include <math.h>
#include "figures.h"
#include "number.h"

#define TOGETHER_MOST 15

static struct str unit_of_change(struct str unit) {
        return str_eq(unit, S("procent")) ? S(" procentpunt") : S("");
}

struct str plain_change(struct arena *a, double v, int decimals, struct str unit) {
        bool points = str_eq(unit, S("procent"));
        struct str number = points ? num_dec(a, v, decimals + 1) : num_unit(a, v, decimals, unit);
        return str_fmt(a, "%.*s%.*s", STR(number), STR(unit_of_change(unit)));
}

struct str signed_change(struct arena *a, double v, int decimals, struct str unit) {
        struct str number = plain_change(a, fabs(v), decimals, unit);
        bool zero = true;               /* what rounds to nothing has no side */
        for (size_t i = 0; i < number.n; i++)
                zero &= number.p[i] < '1' || number.p[i] > '9';
        return str_fmt(a, "%s%.*s", zero ? "" : v < 0 ? "−" : "+", STR(number));
}

static struct str verdict(struct arena *a, const struct effect *e, const struct indicator *i) {
        enum message_side side = better_side(i->polarity);
        if (e->lo <= 0 && e->hi >= 0)
                return str_fmt(a, "Dat kan toeval zijn. Met deze cijfers valt een verschil pas op vanaf ongeveer %.*s.",
                               STR(plain_change(a, e->reach, (int) i->decimals, i->unit)));
        const char *which = side == SIDE_NONE ? "" : (e->value > 0) == (side == SIDE_HIGHER) ? " Het ging gunstiger." : " Het ging minder gunstig.";
        return str_fmt(a, "Dat is meer dan toeval.%s Of het door de aanpak komt, weten wij niet: er kan in die tijd meer zijn veranderd.", which);
}

struct str effect_words(struct arena *a, const struct effect *e, struct str place, const struct indicator *i) {
        int d = (int) i->decimals;
        switch (e->status) {
        case EFFECT_NO_FIGURES:
                return str_fmt(a, "Van %.*s zijn er geen cijfers van voor het begin. Dan is er niets om mee te vergelijken.", STR(place));
        case EFFECT_SHORT_BEFORE:
                return str_fmt(a, "Te weinig gegevens: er zijn cijfers over %d kwartalen voor het begin. Nodig zijn er %d.", e->before.quarters, EFFECT_BEFORE_LEAST);
        case EFFECT_TOO_EARLY:
                return str_fmt(a, "Te vroeg. Wij tellen vanaf %d kwartalen na het begin, en dan zijn cijfers over nog %d kwartalen nodig. Dat kan op zijn vroegst na het %.*s.",
                               EFFECT_LAG, EFFECT_AFTER_LEAST, STR(quarter_text(a, e->first_answer)));
        case EFFECT_TOO_FEW_CASES:
                return str_fmt(a, "Te weinig gegevens: in %.*s gaat het om minder dan %d gevallen voor of na het begin.", STR(place), EFFECT_CASES_LEAST);
        case EFFECT_TOO_FEW_PEERS:
                return str_fmt(a, "Te weinig gegevens: %zu vergelijkbare gemeenten hebben cijfers over dezelfde tijd en begonnen niet ook. Nodig zijn er %d.",
                               e->peers, EFFECT_PEERS_LEAST);
        case EFFECT_ESTIMATED:
                break;
        }
        struct str from = num_unit(a, e->before.value, d, i->unit), to = num_unit(a, e->after.value, d, i->unit);
        struct str peers = signed_change(a, e->peer_change, d, i->unit), effect = signed_change(a, e->value, d, i->unit);
        struct str lo = signed_change(a, e->lo, d + 1, S("")), hi = signed_change(a, e->hi, d + 1, S(""));
        return str_fmt(a, "In %.*s ging dit van %.*s voor het begin naar %.*s erna. In %zu vergelijkbare gemeenten die niet begonnen veranderde het gemiddeld met %.*s. "
                       "Het verschil is %.*s (95%% zeker tussen %.*s en %.*s). %.*s",
                       STR(place), STR(from), STR(to), e->peers, STR(peers), STR(effect), STR(lo), STR(hi), STR(verdict(a, e, i)));
}

struct str plan_words(struct arena *a, const struct effect_plan *p, double d, int start, const struct indicator *i) {
        struct str size = plain_change(a, d, (int) i->decimals, i->unit);
        int alone = effect_quarters(p, d, 1), together = 0, q = 0;
        for (int k = 2; k <= TOGETHER_MOST && !together; k++) {
                int then = effect_quarters(p, d, k);
                if (then && (!alone || then <= alone / 2)) {
                        together = k;
                        q = then;
                }
        }
        struct str text = alone ? str_fmt(a, "Een verschil van %.*s is hier niet eerder te zien dan met de cijfers van het %.*s.", STR(size),
                                          STR(quarter_text(a, start + EFFECT_LAG + alone - 1)))
                                : str_fmt(a, "Een verschil van %.*s is met de cijfers van deze gemeente alleen niet te zien, ook niet over tien jaar.", STR(size));
        if (!together)
                return text;
        return str_fmt(a, "%.*s Samen met %d %s wel: met de cijfers van het %.*s.", STR(text), together - 1,
                       together == 2 ? "gemeente die tegelijk begint" : "gemeenten die tegelijk beginnen", STR(quarter_text(a, start + EFFECT_LAG + q - 1)));
}
