#include "password.h"
#include <pthread.h>
#include <pwquality.h>
#include <string.h>
#include "guess.h"
#include "utf8.h"

#define WORD_MIN 4                      /* shorter words of a name stand in many passwords by chance */
#define FOLDED_MAX (4 * PASSWORD_MAX)

/* Folded text without what is neither letter nor digit, so that "j.de-vries" is found in "J de Vries!". */
struct squeezed {
        char p[FOLDED_MAX];
        size_t n;
};

static bool is_sign(uint32_t c) {
        bool digit = c >= '0' && c <= '9', letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        return c < 0x80 && !digit && !letter;
}

static size_t fold(struct str s, bool squeeze, char ret[FOLDED_MAX]) {
        size_t n = 0;
        for (size_t i = 0; i < s.n && n + 4 <= FOLDED_MAX;) {
                uint32_t c = utf8_next(s, &i);
                if (!squeeze || !is_sign(c))
                        n += utf8_fold_point(c, ret + n);
        }
        return n;
}

static size_t characters(struct str s) {
        size_t n = 0;
        for (size_t i = 0; i < s.n; n++)
                (void) utf8_next(s, &i);
        return n;
}

static bool holds(const struct squeezed *password, struct str piece) {
        struct squeezed q;
        q.n = fold(piece, true, q.p);
        return characters((struct str) { q.p, q.n }) >= WORD_MIN &&
               memmem(password->p, password->n, q.p, q.n) != NULL;
}

/* WHOLE, or a word of it. */
static bool holds_any(const struct squeezed *password, struct str whole) {
        whole = str_sub(whole, 0, PASSWORD_MAX);
        if (holds(password, whole))
                return true;
        for (size_t from = 0, end; from < whole.n; from = end + 1) {
                for (end = from; end < whole.n && !is_sign((unsigned char) whole.p[end]); end++)
                        ;
                if (holds(password, str_sub(whole, from, end - from)))
                        return true;
        }
        return false;
}

/* cracklib keeps its state in static memory. */
static pthread_mutex_t cracklib = PTHREAD_MUTEX_INITIALIZER;

static int quality(const char *password) {
        pthread_mutex_lock(&cracklib);
        pwquality_settings_t *settings = pwquality_default_settings();
        int r = settings ? pwquality_check(settings, password, NULL, NULL, NULL) : PWQ_ERROR_MEM_ALLOC;
        pwquality_free_settings(settings);
        pthread_mutex_unlock(&cracklib);
        return r;
}

/* OK also says that the dictionary is there: without it, libpwquality refuses everything with the same number. */
static enum err check_dictionary(struct str password, struct str *why) {
        char z[PASSWORD_MAX + 1];
        memcpy(z, password.p, password.n);
        z[password.n] = '\0';
        int r = quality(z);
        sodium_memzero(z, sizeof z);
        if (r >= 0)
                return OK;
        bool ours = r != PWQ_ERROR_CRACKLIB_CHECK && r != PWQ_ERROR_PALINDROME;
        if (ours || quality("vK4!ruWq9@tz-Xe7Lb#0mG") < 0)
                return err_log(ERR_INTERNAL, "libpwquality answers %d: is the package cracklib-runtime installed?", r);
        *why = S("Dit wachtwoord is makkelijk te raden. Kies iets dat geen woord uit het woordenboek is en niet uit "
                 "steeds dezelfde tekens bestaat, bijvoorbeeld vier losse woorden achter elkaar.");
        return ERR_INVALID;
}

static bool is_guessable(struct str password) {
        char folded[FOLDED_MAX];
        size_t n = fold(password, false, folded);
        bool guessable = guess_parts((struct str) { folded, n }) < GUESS_MIN;
        sodium_memzero(folded, sizeof folded);
        return guessable;
}

static bool names_owner(struct str password, struct str email, struct str name) {
        struct squeezed s;
        s.n = fold(password, true, s.p);
        bool found = holds_any(&s, str_sub(email, 0, str_index(email, '@'))) || holds_any(&s, name);
        sodium_memzero(&s, sizeof s);
        return found;
}

enum err password_check_new(struct str password, struct str email, struct str name, struct str *why) {
        *why = (struct str) { 0 };
        if (password.n > PASSWORD_MAX)
                *why = S("Dit wachtwoord is te lang. Kies een korter wachtwoord: 250 tekens is altijd goed.");
        else if (!utf8_valid(password) || (password.n && memchr(password.p, '\0', password.n)))
                *why = S("In dit wachtwoord staat een teken dat wij niet kunnen lezen. Typ het wachtwoord opnieuw.");
        else if (characters(password) < PASSWORD_MIN_CHARS)
                *why = S("Kies een langer wachtwoord: minstens 12 tekens.");
        else if (names_owner(password, email, name))
                *why = S("Uw naam of een deel van uw e-mailadres staat in dit wachtwoord. Kies een wachtwoord zonder uw "
                         "naam.");
        else if (is_guessable(password))
                *why = S("Dit wachtwoord is makkelijk te raden: het bestaat bijna helemaal uit bekende woorden, "
                         "jaartallen, rijtjes of herhalingen. Voeg woorden toe die niet voor de hand liggen.");
        return why->n ? ERR_INVALID : check_dictionary(password, why);
}
