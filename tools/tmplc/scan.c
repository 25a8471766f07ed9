#include "scan.h"

#define NESTING 64

bool is_space(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

struct str leading_word(struct str s) {
        size_t n = 0;
        while (n < s.n && is_word(s.p[n]) && !(n == 0 && s.p[0] >= '0' && s.p[0] <= '9'))
                n++;
        return str_sub(s, 0, n);
}

struct brackets {
        char open[NESTING];
        size_t n;
};

/* Moves *I to the closing quote of the literal that starts at *I. */
static bool skip_literal(struct str src, size_t *i) {
        char quote = src.p[*i];
        for (++*i; *i < src.n; ++*i) {
                if (src.p[*i] == quote)
                        return true;
                if (src.p[*i] == '\n')
                        return false;
                if (src.p[*i] == '\\')
                        ++*i;
        }
        return false;
}

static bool close_bracket(struct brackets *b, char c) {
        char open = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (b->n == 0 || b->open[b->n - 1] != open)
                return false;
        b->n--;
        return true;
}

/* One character outside literals; false with *RET_PROBLEM when it cannot stand here. */
static bool step(struct brackets *b, struct str src, size_t i, struct scan *s, const char **ret_problem) {
        char c = src.p[i], next = i + 1 < src.n ? src.p[i + 1] : 0;
        *ret_problem = NULL;
        if (c == '(' || c == '[' || c == '{') {
                if (b->n == NESTING)
                        *ret_problem = "brackets are nested too deeply";
                else
                        b->open[b->n++] = c;
        } else if (c == ')' || c == ']' || c == '}') {
                if (!close_bracket(b, c))
                        *ret_problem = "brackets do not match inside {{ }}";
        } else if (c == ';') {
                s->semicolons++;
                if (b->n)
                        *ret_problem = "';' inside brackets: write {{ for a; b; c }} without parentheses";
        } else if (c == '/' && (next == '/' || next == '*')) {
                *ret_problem = "C comment inside {{ }}: use {{# ... #}}";
        } else if (c == '#' || c == '\\') {
                *ret_problem = "preprocessor character inside {{ }}";
        }
        return !*ret_problem;
}

enum err scan_directive(struct report *r, struct str src, size_t from, size_t line, struct scan *ret) {
        struct brackets b = { .n = 0 };
        const char *problem = NULL;
        *ret = (struct scan) { .line = line };
        size_t i = from;
        for (; i < src.n; i++) {
                char c = src.p[i];
                bool ends = c == '}' && i + 1 < src.n && src.p[i + 1] == '}';
                if (ends && !(b.n && b.open[b.n - 1] == '{'))
                        break;
                if (c == '"' || c == '\'') {
                        if (!skip_literal(src, &i))
                                return refuse(r, line, "{{ is not closed, or a quote inside it is not");
                } else if (!step(&b, src, i, ret, &problem)) {
                        return refuse(r, line, "%s", problem);
                }
        }
        if (i >= src.n)
                return refuse(r, line, "{{ is not closed");
        if (b.n)
                return refuse(r, line, "'%c' is not closed inside {{ }}", b.open[b.n - 1]);
        size_t start = from;
        while (start < i && is_space(src.p[start]))
                start++;
        ret->line += count_lines(str_sub(src, from, start - from));
        ret->body = str_trim(str_sub(src, start, i - start));
        ret->end = i + 2;
        return OK;
}
