#include "question.h"
#include "utf8.h"

static bool is_double(uint32_t c) {
        return c == '"' || (c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb;
}

static bool is_minus(uint32_t c) {
        return c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2212;
}

static bool is_space(uint32_t c) {
        return c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f;
}

static uint32_t peek(struct str s, size_t i, size_t *after) {
        *after = i;
        return i < s.n ? utf8_next(s, after) : 0;
}

/* "‘s avonds": an apostrophe that the keyboard made an opening quotation mark. */
static bool contraction(struct str s, size_t i) {
        return i < s.n && str_find(S("sntk"), str_sub(s, i, 1)) < 4 && !token_at(s, i + 1);
}

/* Whether a quotation that is closed opens at byte I; it is then the one at hand. */
static bool open_quotation(struct question *q, size_t i) {
        size_t start, after;
        uint32_t c = peek(q->text, i, &start);
        bool single = c == 0x2018 && !q->no_single && !contraction(q->text, start);
        if (!single && (!is_double(c) || q->no_double))
                return false;
        for (size_t at = start; at < q->text.n; at = after) {
                c = peek(q->text, at, &after);
                if (single ? c == 0x2019 && !token_at(q->text, after) : is_double(c)) {
                        q->at = start;
                        q->end = at;
                        q->after = after;
                        q->phrase++;
                        q->offset = 0;
                        return true;
                }
        }
        if (single)
                q->no_single = true;
        else
                q->no_double = true;
        return false;
}

/* The next word of the quotation at hand; at its end the text goes on behind it. */
static bool quoted(struct question *q, struct asked *ret) {
        if (token_next(str_sub(q->text, 0, q->end), &q->at, &ret->token)) {
                ret->phrase = q->phrase;
                ret->offset = q->offset++;
                ret->exclude = q->exclude;
                return true;
        }
        q->at = q->after;
        q->end = 0;
        q->inside = true;
        q->exclude = false;
        return false;
}

static bool word(struct question *q, size_t i, bool exclude, struct asked *ret) {
        ret->phrase = ret->offset = 0;
        ret->exclude = exclude;
        q->at = i;
        q->inside = true;
        return token_next(q->text, &q->at, &ret->token);
}

bool question_next(struct question *q, struct asked *ret) {
        while (q->end || q->at < q->text.n) {
                size_t after, next;
                if (q->end) {
                        if (quoted(q, ret))
                                return true;
                        continue;
                }
                if (token_at(q->text, q->at))
                        return word(q, q->at, false, ret);
                uint32_t c = peek(q->text, q->at, &after);
                if (is_minus(c) && !q->inside) {
                        size_t start = after;
                        while (token_silent(peek(q->text, start, &next)))
                                start = next;
                        if (token_at(q->text, start))
                                return word(q, start, true, ret);
                        q->exclude = open_quotation(q, start);
                        if (q->exclude)
                                continue;
                }
                if (open_quotation(q, q->at))
                        continue;
                q->inside = !is_space(c) && c != '(' && (q->inside || !token_silent(c));
                q->at = after;
        }
        return false;
}
