#include "message.h"
#include <math.h>
#include "benchmark_period.h"
#include "compare.h"
#include "number.h"

/* Below this chance we say that a change is more than chance. */
#define CHANGE_P 0.01

static bool is_time(struct str unit) {
        return str_eq(unit, S("dagen")) || str_eq(unit, S("weken")) || str_eq(unit, S("maanden")) ||
               str_eq(unit, S("jaren"));
}

static bool is_amount(struct str unit) {
        return str_starts(unit, S("euro")) || str_eq(unit, S("aantal")) || str_starts(unit, S("per "));
}

struct str message_more(struct str unit, bool more) {
        if (is_time(unit))
                return more ? S("langer") : S("korter");
        if (is_amount(unit))
                return more ? S("meer") : S("minder");
        return more ? S("hoger") : S("lager");
}

enum message_polarity message_polarity_of(struct str polarity) {
        return str_eq(polarity, S("lower")) ? MESSAGE_LOWER_BETTER :
               str_eq(polarity, S("higher")) ? MESSAGE_HIGHER_BETTER : MESSAGE_NEUTRAL;
}

struct str message_polarity_text(enum message_polarity polarity) {
        return polarity == MESSAGE_LOWER_BETTER ? S("Lager is gunstiger.") :
               polarity == MESSAGE_HIGHER_BETTER ? S("Hoger is gunstiger.") : S("");
}

struct str message_class(bool tested, int class_adjusted) {
        static const struct str words[] = { S_INIT("ver onder"), S_INIT("onder"), S_INIT("binnen"),
                                            S_INIT("boven"), S_INIT("ver boven") };
        if (!tested || class_adjusted < -2 || class_adjusted > 2)
                return S("");
        return words[class_adjusted + 2];
}

/* -1, 0 or 1: how V stands to W as they are written. */
static int side(double v, double w, int decimals) {
        double power = pow(10, decimals);
        double d = round(v * power) - round(w * power);
        return d < 0 ? -1 : d > 0 ? 1 : 0;
}

/* A word as the start of a sentence; our words start with a-z. */
static struct str capital(struct arena *a, struct str s) {
        char *p = arena_alloc(a, s.n + 1);
        for (size_t i = 0; i < s.n; i++)
                p[i] = s.p[i];
        if (s.n && p[0] >= 'a' && p[0] <= 'z')
                p[0] = (char) (p[0] - 32);
        return (struct str) { p, s.n };
}

/* What the difference with the country means; starts with ", " or ". ". */
static struct str meaning(const struct message *m) {
        if (!m->tested)
                return S(".");
        switch (m->class_adjusted) {
        case -2: case 2:
                return S(", en het verschil is veel groter dan toeval en gewone verschillen tussen gemeenten "
                         "verklaren.");
        case -1: case 1:
                return S(", en het verschil is groter dan toeval en gewone verschillen tussen gemeenten verklaren.");
        }
        return m->class_exact ? S(", maar het verschil past bij gewone verschillen tussen gemeenten.") :
                                S(", maar het verschil kan toeval zijn.");
}

/* Where the middle half lies, for figures that cannot be tested. */
static struct str middle_half(struct arena *a, const struct message *m, struct str subject) {
        if (m->tested || isnan(m->p25) || isnan(m->p75))
                return S("");
        struct str low = num_short(a, m->p25, m->decimals, m->unit), high = num_unit(a, m->p75, m->decimals, m->unit);
        int below = side(m->value, m->p25, m->decimals), above = side(m->value, m->p75, m->decimals);
        const char *where = below < 0 ? "daaronder" : above > 0 ? "daarboven" : "daartussen";
        return str_fmt(a, " De helft van de gemeenten ligt tussen %.*s en %.*s; %.*s ligt %s.", STR(low), STR(high),
                       STR(subject), where);
}

static struct str better(const struct message *m) {
        bool real = m->tested && m->class_adjusted != 0;
        if (!real || m->polarity == MESSAGE_NEUTRAL)
                return S("");
        return m->polarity == MESSAGE_LOWER_BETTER ? S(" Bij dit cijfer is lager gunstiger.")
                                                   : S(" Bij dit cijfer is hoger gunstiger.");
}

/* "hoger dan in Nederland (8,8%), en het verschil ..." */
static struct str against_nation(struct arena *a, const struct message *m) {
        struct str national = num_unit(a, m->national, m->decimals, m->unit), means = meaning(m);
        int s = side(m->value, m->national, m->decimals);
        bool slight = m->tested && m->class_exact == 0;
        if (s == 0)
                return str_fmt(a, "gelijk aan het %s (%.*s).", m->partial ? "gemiddelde van de gemeenten met een cijfer"
                               : "cijfer van Nederland", STR(national));
        struct str more = message_more(m->unit, s > 0);
        return str_fmt(a, "%s%.*s dan %s (%.*s)%.*s", slight ? "iets " : "", STR(more),
                       m->partial ? "het gemiddelde van de gemeenten met een cijfer" : "in Nederland", STR(national),
                       STR(means));
}

enum message_status message_status_of(struct str status, bool concealed) {
        if (str_eq(status, S("refused")))
                return concealed ? MESSAGE_TOO_FEW : MESSAGE_MERGED;
        return MESSAGE_MISSING;
}

static struct str no_figure(struct arena *a, const struct message *m) {
        if (m->status == MESSAGE_TOO_FEW)
                return str_fmt(a, "Voor %.*s zijn er te weinig gegevens om iets te zeggen.", STR(m->place));
        if (m->status == MESSAGE_MERGED)
                return str_fmt(a, "Voor %.*s is geen cijfer te maken: de gemeente is na dit jaar samengegaan met "
                                  "een andere.",
                               STR(m->place));
        return str_fmt(a, "Voor %.*s is er geen cijfer.", STR(m->place));
}

struct str message_place(struct arena *a, const struct message *m) {
        if (m->status != MESSAGE_FIGURE || isnan(m->value))
                return no_figure(a, m);
        struct str value = num_unit(a, m->value, m->decimals, m->unit), half = middle_half(a, m, m->place);
        if (isnan(m->national))
                return str_fmt(a, "In %.*s is dit %.*s.%.*s", STR(m->place), STR(value), STR(half));
        struct str against = against_nation(a, m), good = better(m);
        return str_fmt(a, "In %.*s is dit %.*s. Dat is %.*s%.*s%.*s", STR(m->place), STR(value), STR(against),
                       STR(half),
                       STR(good));
}

struct str message_short(struct arena *a, const struct message *m) {
        if (m->status == MESSAGE_TOO_FEW)
                return S("Te weinig gegevens om iets te zeggen.");
        if (m->status == MESSAGE_MERGED)
                return S("Geen cijfer: de gemeente is later samengegaan met een andere.");
        if (m->status != MESSAGE_FIGURE || isnan(m->value))
                return S("Geen cijfer.");
        if (isnan(m->national)) {
                struct str half = middle_half(a, m, S("deze gemeente"));
                return half.n ? str_sub(half, 1, half.n) : S("");
        }
        return capital(a, against_nation(a, m));
}

struct str message_peers(struct arena *a, int lower, int equal, int higher, int none) {
        int all = lower + equal + higher;
        bool more = lower >= higher;
        int count = more ? lower : higher;
        const char *word = more ? "hoger" : "lager", *which = none ? " met een cijfer" : "";
        if (all == 0)
                return S("Er zijn geen cijfers van vergelijkbare gemeenten.");
        if (count == 0)
                return str_fmt(a, "Het cijfer is gelijk aan dat van de vergelijkbare gemeenten%s.", which);
        if (all == 1)
                return str_fmt(a, "Het cijfer is %s dan in de ene vergelijkbare gemeente met een cijfer.", word);
        if (count == all)
                return str_fmt(a, "Het cijfer is %s dan in alle %d vergelijkbare gemeenten%s.", word, all, which);
        return str_fmt(a, "Het cijfer is %s dan in %d van de %d vergelijkbare gemeenten%s.", word, count, all, which);
}

struct str message_all(struct arena *a, const struct message_all *m) {
        struct str value = num_unit(a, m->national, m->decimals, m->unit);
        const char *opening = m->partial ? "In de gemeenten met een cijfer is dit gemiddeld" : "In Nederland is dit";
        struct str first = isnan(m->national) ? S("") : str_fmt(a, "%s %.*s. ", opening, STR(value));
        if (m->units == 0)
                return str_trim(first);
        if (m->beyond < 0) {
                struct str low = num_short(a, m->p25, m->decimals, m->unit), high = num_unit(a, m->p75, m->decimals,
                        m->unit);
                if (isnan(m->p25) || isnan(m->p75))
                        return str_trim(first);
                return str_fmt(a, "%.*sDe helft van de gemeenten ligt tussen %.*s en %.*s.", STR(first), STR(low),
                               STR(high));
        }
        if (m->beyond == 0)
                return str_fmt(a, "%.*sGeen enkele gemeente wijkt sterker af dan toeval en gewone verschillen "
                                  "tussen gemeenten verklaren.", STR(first));
        return str_fmt(a, "%.*s%lld van de %lld gemeenten %s sterker af dan toeval en gewone verschillen tussen "
                          "gemeenten verklaren.", STR(first), (long long) m->beyond, (long long) m->units,
                       m->beyond == 1 ? "wijkt" : "wijken");
}

struct str message_overdispersion(struct arena *a, int64_t units, int64_t unadjusted, int64_t adjusted) {
        if (unadjusted <= adjusted)
                return S("De verschillen tussen gemeenten zijn hier niet groter dan toeval verklaart. De grenzen "
                         "houden daarom alleen rekening met toeval.");
        const char *most = unadjusted * 2 > units ? " Dan zou bijna elk verschil bijzonder lijken." : "";
        return str_fmt(a, "Als alleen toeval telde, zouden %lld van de %lld gemeenten buiten de grenzen vallen.%s "
                          "Maar gemeenten verschillen altijd: in bevolking, in huizen, in banen. Wij meten hoe "
                          "groot die gewone verschillen zijn en maken de grenzen zoveel wijder. Dan %s er %lld van "
                          "de %lld buiten.", (long long) unadjusted,
                       (long long) units, most, adjusted == 1 ? "valt" : "vallen", (long long) adjusted,
                               (long long) units);
}

struct str message_position(struct arena *a, struct str place, bool tested, int class_adjusted) {
        const char *side = class_adjusted < 0 ? "onder" : "boven";
        if (!tested)
                return str_fmt(a, "Voor %.*s kunnen wij niet toetsen of het verschil meer is dan gewoon.", STR(place));
        if (class_adjusted == 0)
                return str_fmt(a, "%.*s ligt binnen de grenzen van wat gewoon is.", STR(place));
        if (class_adjusted == 1 || class_adjusted == -1)
                return str_fmt(a, "%.*s ligt %s de grens van 95%%, maar niet %s die van 99,8%%.", STR(place), side,
                               side);
        return str_fmt(a, "%.*s ligt %s beide grenzen, ook die van 99,8%%.", STR(place), side);
}

struct str message_outside(struct arena *a, int64_t units, int64_t outside95, int64_t outside998) {
        if (outside95 == 0)
                return str_fmt(a, "Alle %lld gemeenten vallen binnen de grenzen van wat gewoon is.", (long long) units);
        return str_fmt(a, "%lld van de %lld gemeenten %s buiten de grenzen van 95%%, en %s daarvan ook buiten die "
                          "van 99,8%%.",
                       (long long) outside95, (long long) units, outside95 == 1 ? "valt" : "vallen",
                       outside998 == 0 ? "geen" : str_z(a, str_fmt(a, "%lld", (long long) outside998)));
}

/* Is the change more than chance? -1: cannot be said. */
static int change_is_real(const struct message_moment *before, const struct message_moment *now) {
        if (isnan(before->x) || isnan(before->n) || isnan(now->x) || isnan(now->n))
                return -1;
        struct stats_z_test t = stats_two_proportions(before->x, before->n, now->x, now->n);
        return isnan(t.p) ? -1 : t.p < CHANGE_P;
}

struct str message_change(struct arena *a, struct str unit, int decimals, const struct message_moment *before,
                          const struct message_moment *now) {
        if (isnan(before->value) || isnan(now->value))
                return S("");
        int s = side(now->value, before->value, decimals);
        struct str was = num_unit(a, before->value, decimals, unit);
        if (s == 0)
                return str_fmt(a, "In %.*s was dit ook %.*s.", STR(period_phrase(a, before->year)), STR(was));
        int real = change_is_real(before, now);
        const char *move = s > 0 ? "stijging" : "daling";
        if (real < 0)
                return str_fmt(a, "In %.*s was dit %.*s.", STR(period_phrase(a, before->year)), STR(was));
        if (real == 0)
                return str_fmt(a, "In %.*s was dit %.*s. De %s kan toeval zijn.", STR(period_phrase(a, before->year)),
                               STR(was), move);
        return str_fmt(a, "In %.*s was dit %.*s. De %s is groter dan toeval verklaart.", STR(period_phrase(a, before->year)),
                       STR(was), move);
}

/* +1 or -1 when every step of the series goes that way, else 0. */
static int steady(const struct message_moment *m, size_t n, int decimals) {
        int way = side(m[1].value, m[0].value, decimals);
        for (size_t i = 2; i < n; i++)
                if (side(m[i].value, m[i - 1].value, decimals) != way)
                        return 0;
        return way;
}

struct str message_series(struct arena *a, struct str unit, int decimals, const struct message_moment *m, size_t n) {
        if (n == 0)
                return S("");
        const struct message_moment *first = &m[0], *last = &m[n - 1];
        struct str from = num_unit(a, first->value, decimals, unit), to = num_unit(a, last->value, decimals, unit);
        if (n == 1)
                return str_fmt(a, "In %.*s was dit %.*s.", STR(period_phrase(a, first->year)), STR(from));
        if (n == 2 || (steady(m, n, decimals) && n > 2)) {
                const char *every = n > 2 ? " elk jaar" : "";
                int way = side(last->value, first->value, decimals);
                if (way == 0)
                        return str_fmt(a, "In %.*s en in %.*s was dit %.*s.", STR(period_phrase(a, first->year)),
                                       STR(period_phrase(a, last->year)), STR(to));
                return str_fmt(a, "Tussen %.*s en %.*s %s dit%s: van %.*s naar %.*s.", STR(period_phrase(a, first->year)),
                               STR(period_phrase(a, last->year)), way > 0 ? "steeg" : "daalde", every, STR(from), STR(to));
        }
        const struct message_moment *least = first, *most = first;
        for (size_t i = 1; i < n; i++) {
                least = m[i].value < least->value ? &m[i] : least;
                most = m[i].value > most->value ? &m[i] : most;
        }
        struct str low = num_unit(a, least->value, decimals, unit), high = num_unit(a, most->value, decimals, unit);
        return str_fmt(a, "In %.*s was dit %.*s. Tussen %.*s en %.*s lag het tussen %.*s (%.*s) en %.*s (%.*s).",
                       STR(period_phrase(a, last->year)), STR(to), STR(period_phrase(a, first->year)), STR(period_phrase(a, last->year)), STR(low),
                       STR(period_phrase(a, least->year)), STR(high), STR(period_phrase(a, most->year)));
}
