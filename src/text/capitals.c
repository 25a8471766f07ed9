#include "capitals.h"
#include "utf8.h"

static bool is_capital(uint32_t c) {
        return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c < 0xdf && c != 0xd7);
}

static bool is_word_point(uint32_t c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (c >= 0xc0 && c != 0xd7 && c != 0xf7 && (c < 0x2000 || c > 0x2fff) && c != 0xfffd);
}

bool capitals_word(struct str text, size_t *i, struct str *ret) {
        while (*i < text.n) {
                size_t start = *i;
                if (!is_word_point(utf8_next(text, i)))
                        continue;
                size_t end = *i;
                while (*i < text.n && is_word_point(utf8_next(text, i)))
                        end = *i;
                *i = end;
                *ret = str_sub(text, start, end - start);
                return true;
        }
        return false;
}

enum capitals capitals_of(struct str word) {
        static const struct str ordinary[] = {
                S_INIT("NIET"), S_INIT("GEEN"), S_INIT("WEL"), S_INIT("ALTIJD"), S_INIT("NOOIT"), S_INIT("MOET"),
                S_INIT("MAG"), S_INIT("ALLE"), S_INIT("ALLES"), S_INIT("LET"), S_INIT("OP"), S_INIT("NU"), S_INIT("EN"),
                S_INIT("OF"), S_INIT("JA"), S_INIT("NEE"), S_INIT("STOP"), S_INIT("ECHT"), S_INIT("ALLEEN"),
        };
        size_t letters = 0;
        for (size_t i = 0; i < word.n; letters++)
                if (!is_capital(utf8_next(word, &i)))
                        return CAPITALS_NONE;
        for (size_t k = 0; k < sizeof ordinary / sizeof *ordinary; k++)
                if (str_eq(word, ordinary[k]))
                        return CAPITALS_SHOUTED;
        return letters < 2 ? CAPITALS_NONE : letters <= 6 ? CAPITALS_SHORT : CAPITALS_SHOUTED;
}
