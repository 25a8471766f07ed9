#include "rules.h"

#define FILE_LINES 450
#define FUNCTION_LINES 70

/* The name before the parentheses that close at CODE[I]. */
static struct str name_before(struct str code, size_t i) {
        size_t depth = 0;
        for (;; i--) {
                depth += code.p[i] == ')';
                depth -= code.p[i] == '(' && depth;
                if (depth == 0 || i == 0)
                        break;
        }
        while (i > 0 && !is_word(code.p[i - 1]))
                i--;
        size_t end = i;
        while (i > 0 && is_word(code.p[i - 1]))
                i--;
        return str_sub(code, i, end - i);
}

/* Index of the last byte before I that is not white space; I when there is none. */
static size_t before(struct str code, size_t i) {
        for (size_t k = i; k > 0; k--)
                if (code.p[k - 1] != ' ' && code.p[k - 1] != '\n' && code.p[k - 1] != '\t')
                        return k - 1;
        return i;
}

/* Behind the preprocessor line that starts at I, with its continuations. */
static size_t skip_directive(struct str code, size_t i) {
        while (i < code.n && (code.p[i] != '\n' || code.p[i - 1] == '\\'))
                i++;
        return i;
}

struct function {
        struct str name;
        size_t line;            /* of the opening brace; 0 means not in a function */
};

static void close_function(struct findings *f, const struct source *s, struct function *fn, size_t line) {
        if (fn->line && line - fn->line + 1 > FUNCTION_LINES)
                finding(f, s, fn->line, "%.*s is %zu lines long, more than %d", STR(fn->name), line - fn->line + 1,
                        FUNCTION_LINES);
        *fn = (struct function) { .line = 0 };
}

static void check_functions(struct findings *f, const struct source *s) {
        struct function fn = { .line = 0 };
        size_t depth = 0, line = 1;
        bool fresh = true;              /* only white space on this line so far */
        for (size_t i = 0; i < s->code.n; i++) {
                char c = s->code.p[i];
                if (c == '#' && fresh) {
                        size_t end = skip_directive(s->code, i);
                        line += line_of(str_sub(s->code, i, end - i), s->code.n) - 1;
                        i = end;
                        c = i < s->code.n ? '\n' : ' ';
                }
                if (c == '{') {
                        size_t prev = before(s->code, i);
                        if (depth++ == 0 && prev < i && s->code.p[prev] == ')')
                                fn = (struct function) { name_before(s->code, prev), line };
                } else if (c == '}') {
                        /* In column 0 everything is closed, also when #if hid a brace from us. */
                        depth = depth == 0 || i == 0 || s->code.p[i - 1] == '\n' ? 0 : depth - 1;
                        if (depth == 0)
                                close_function(f, s, &fn, line);
                }
                line += c == '\n';
                fresh = c == '\n' || (fresh && (c == ' ' || c == '\t'));
        }
}

void check_length(struct findings *f, const struct source *s) {
        if (s->kind == KIND_MARKDOWN || s->kind == KIND_OTHER)
                return;
        size_t lines = line_of(s->text, s->text.n) - (s->text.n && s->text.p[s->text.n - 1] == '\n');
        if (lines > FILE_LINES)
                finding(f, s, FILE_LINES + 1, "the file has %zu lines, more than %d", lines, FILE_LINES);
        if (s->kind == KIND_C || s->kind == KIND_HEADER)
                check_functions(f, s);
}
