#include "parse.h"
#include "scan.h"

#define BLOCKS 64

struct block {
        enum node_kind kind;    /* NODE_DEFINE, NODE_IF or NODE_FOR */
        size_t line;
        bool has_else;
        const struct define *define;
};

struct parser {
        struct arena *a;
        struct report *r;
        struct nodes *out;
        struct block block[BLOCKS];
        size_t n;
};

static struct node *add(struct parser *ps, enum node_kind kind, size_t line, struct str text) {
        struct node *node = vec_push(ps->a, ps->out);
        *node = (struct node) { .kind = kind, .line = line, .text = text };
        return node;
}

static enum err open_block(struct parser *ps, enum node_kind kind, size_t line, const struct define *d) {
        if (ps->n == BLOCKS)
                return refuse(ps->r, line, "blocks are nested too deeply");
        ps->block[ps->n++] = (struct block) { .kind = kind, .line = line, .define = d };
        return OK;
}

static enum err on_include(struct parser *ps, const struct scan *s, struct str rest) {
        bool quoted = rest.n > 2 && rest.p[0] == '"' && str_index(str_sub(rest, 1, rest.n), '"') == rest.n - 2;
        bool angled = rest.n > 2 && rest.p[0] == '<' && str_index(rest, '>') == rest.n - 1;
        if ((!quoted && !angled) || str_index(rest, '\n') < rest.n)
                return refuse(ps->r, s->line, "include takes \"file.h\" or <file.h>");
        if (ps->n)
                return refuse(ps->r, s->line, "include stands before the first define");
        add(ps, NODE_INCLUDE, s->line, rest);
        return OK;
}

/* The words between `define` and the name. */
static struct str define_flags(struct str rest, struct define *d) {
        for (;;) {
                struct str word = leading_word(rest);
                if (str_eq(word, S("static")))
                        d->is_static = true;
                else if (str_eq(word, S("open")) && rest.n > word.n && is_space(rest.p[word.n]))
                        d->half = HALF_OPEN;
                else if (str_eq(word, S("close")) && rest.n > word.n && is_space(rest.p[word.n]))
                        d->half = HALF_CLOSE;
                else
                        return rest;
                rest = str_trim(str_sub(rest, word.n, rest.n));
        }
}

/* True when S starts with the words "struct NAME *p", however spaced. */
static bool first_is(struct str s, struct str name) {
        const struct str want[] = { S("struct"), name, S("*"), S("p") };
        for (size_t i = 0; i < 4; i++) {
                s = str_trim(s);
                if (!str_starts(s, want[i]) || (i != 2 && leading_word(s).n != want[i].n))
                        return false;
                s = str_sub(s, want[i].n, s.n);
        }
        s = str_trim(s);
        return s.n == 0 || s.p[0] == ',';
}

static enum err on_define(struct parser *ps, const struct scan *s, struct str rest) {
        if (ps->n)
                return refuse(ps->r, s->line, "define inside define (the outer one starts on line %zu)",
                              ps->block[0].line);
        struct define *d = arena_new(ps->a, struct define);
        rest = define_flags(rest, d);
        d->name = leading_word(rest);
        struct str params = str_trim(str_sub(rest, d->name.n, rest.n));
        if (d->name.n == 0 || params.n < 2 || params.p[0] != '(' || params.p[params.n - 1] != ')')
                return refuse(ps->r, s->line, "define needs a name and parameters: {{ define name(struct page *p) }}");
        d->params = str_trim(str_sub(params, 1, params.n - 2));
        d->letter = first_is(d->params, S("letter"));
        if (!d->letter && !first_is(d->params, S("page")))
                return refuse(ps->r, s->line, "the first parameter of a define is struct page *p (or struct letter *p)");
        add(ps, NODE_DEFINE, s->line, rest)->define = d;
        return open_block(ps, NODE_DEFINE, s->line, d);
}

static enum err on_else(struct parser *ps, const struct scan *s, struct str rest) {
        struct block *b = ps->n ? &ps->block[ps->n - 1] : NULL;
        if (!b || b->kind != NODE_IF || b->has_else)
                return refuse(ps->r, s->line, "else without a matching if");
        struct str word = leading_word(rest);
        if (rest.n == 0) {
                b->has_else = true;
                add(ps, NODE_ELSE, s->line, rest);
                return OK;
        }
        struct str cond = str_trim(str_sub(rest, word.n, rest.n));
        if (!str_eq(word, S("if")) || cond.n == 0)
                return refuse(ps->r, s->line, "else is followed by nothing, or by if and a condition");
        add(ps, NODE_ELSE_IF, s->line, cond);
        return OK;
}

static enum err on_end(struct parser *ps, const struct scan *s, struct str rest) {
        if (rest.n)
                return refuse(ps->r, s->line, "end takes nothing behind it");
        if (ps->n == 0)
                return refuse(ps->r, s->line, "end without define, if or for");
        const struct block *b = &ps->block[--ps->n];
        enum node_kind kind = b->kind == NODE_IF ? NODE_END_IF : b->kind == NODE_FOR ? NODE_END_FOR : NODE_END_DEFINE;
        add(ps, kind, s->line, rest)->define = b->define;
        return OK;
}

static enum err on_if(struct parser *ps, const struct scan *s, struct str rest) {
        if (rest.n == 0)
                return refuse(ps->r, s->line, "if needs a condition");
        add(ps, NODE_IF, s->line, rest);
        return open_block(ps, NODE_IF, s->line, NULL);
}

static enum err on_for(struct parser *ps, const struct scan *s, struct str rest) {
        if (s->semicolons != 2)
                return refuse(ps->r, s->line, "for has three parts: {{ for size_t i = 0; i < n; i++ }}");
        add(ps, NODE_FOR, s->line, rest);
        return open_block(ps, NODE_FOR, s->line, NULL);
}

/* `TYPE name = value`: at least two words before the first '='. */
static enum err on_let(struct parser *ps, const struct scan *s, struct str rest) {
        size_t words = 0, equals = str_index(rest, '=');
        for (size_t i = 0; i < equals && i < rest.n; i++)
                words += is_word(rest.p[i]) && (i == 0 || !is_word(rest.p[i - 1]));
        if (equals + 1 >= rest.n || words < 2)
                return refuse(ps->r, s->line, "let declares a variable with a value: {{ let int n = count(x) }}");
        add(ps, NODE_LET, s->line, rest);
        return OK;
}

static enum err on_call(struct parser *ps, const struct scan *s, struct str rest) {
        if (leading_word(rest).n == 0 || rest.p[rest.n - 1] != ')' || str_index(rest, '(') == rest.n)
                return refuse(ps->r, s->line, "call needs a function and arguments: {{ call other(p, x) }}");
        add(ps, NODE_CALL, s->line, rest);
        return OK;
}

static const struct directive {
        struct str word;
        enum err (*parse)(struct parser *ps, const struct scan *s, struct str rest);
        bool outside;           /* may stand outside a define */
} directives[] = {
        { S_INIT("include"), on_include, true }, { S_INIT("define"), on_define, true },
        { S_INIT("end"), on_end, true }, { S_INIT("else"), on_else, false }, { S_INIT("if"), on_if, false },
        { S_INIT("for"), on_for, false }, { S_INIT("let"), on_let, false }, { S_INIT("call"), on_call, false },
};

/* A word that starts no expression: `name name`, or a statement of C or of another template language. */
static bool is_unknown_directive(struct str word, struct str rest) {
        static const struct str never[] = {
                S_INIT("while"), S_INIT("do"), S_INIT("switch"), S_INIT("case"), S_INIT("default"), S_INIT("return"),
                S_INIT("break"), S_INIT("continue"), S_INIT("goto"), S_INIT("elif"), S_INIT("elseif"),
                S_INIT("endif"), S_INIT("endfor"), S_INIT("foreach"), S_INIT("render"), S_INIT("block"),
        };
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
                if (str_eq(word, never[i]))
                        return true;
        return word.n && rest.n && (is_word(rest.p[0]) || rest.p[0] == '"') && !str_eq(word, S("sizeof"));
}

static enum err on_expression(struct parser *ps, const struct scan *s, struct str word, struct str rest) {
        if (is_unknown_directive(word, rest))
                return refuse(ps->r, s->line, "unknown directive '%.*s'", STR(word));
        if (s->body.n == 0)
                return refuse(ps->r, s->line, "{{ }} is empty");
        if (s->body.p[0] == '{')
                return refuse(ps->r, s->line, "an expression cannot start with '{'");
        if (ps->n == 0)
                return refuse(ps->r, s->line, "expression outside a define");
        add(ps, NODE_EXPR, s->line, s->body);
        return OK;
}

static enum err on_directive(struct parser *ps, const struct scan *s) {
        struct str word = leading_word(s->body);
        struct str rest = str_trim(str_sub(s->body, word.n, s->body.n));
        bool is_for = str_eq(word, S("for"));
        if (s->semicolons && !is_for)
                return refuse(ps->r, s->line, "';' stands only in {{ for }}");
        for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
                const struct directive *d = &directives[i];
                if (!str_eq(word, d->word))
                        continue;
                if (ps->n == 0 && !d->outside)
                        return refuse(ps->r, s->line, "%.*s outside a define", STR(word));
                return d->parse(ps, s, rest);
        }
        return on_expression(ps, s, word, rest);
}

static enum err on_text(struct parser *ps, size_t line, struct str text) {
        if (ps->n) {
                if (text.n)
                        add(ps, NODE_TEXT, line, text);
                return OK;
        }
        for (size_t i = 0; i < text.n; i++) {
                if (text.p[i] == '\n')
                        line++;
                else if (!is_space(text.p[i]))
                        return refuse(ps->r, line, "text outside a define");
        }
        return OK;
}

/* True when only blanks stand beside SRC[FROM] to SRC[TO], up to the ends of their lines. */
static bool is_alone(struct str src, size_t from, size_t to) {
        while (from > 0 && (src.p[from - 1] == ' ' || src.p[from - 1] == '\t'))
                from--;
        while (to < src.n && (src.p[to] == ' ' || src.p[to] == '\t'))
                to++;
        return (from == 0 || src.p[from - 1] == '\n') && (to == src.n || src.p[to] == '\n');
}

enum err parse(struct arena *a, struct report *r, struct str src, struct nodes *ret) {
        struct parser *ps = arena_new(a, struct parser);
        ps->a = a;
        ps->r = r;
        ps->out = ret;
        size_t line = 1;
        for (size_t i = 0; i < src.n;) {
                struct str text = str_sub(src, i, str_find(str_sub(src, i, src.n), S("{{")));
                enum err e = on_text(ps, line, text);
                if (e)
                        return e;
                line += count_lines(text);
                size_t body = i + text.n + 2;
                if (body > src.n)
                        break;
                size_t from = i = body;
                if (body < src.n && src.p[body] == '#') {
                        struct str tail = str_sub(src, body, src.n);
                        size_t n = str_find(str_sub(tail, 1, tail.n), S("#}}"));
                        if (n + 1 >= tail.n)
                                return refuse(r, line, "{{# is not closed by #}}");
                        add(ps, NODE_COMMENT, line, str_sub(tail, 1, n));
                        i = body + 1 + n + 3;
                } else {
                        struct scan s;
                        if ((e = scan_directive(r, src, body, line, &s)) || (e = on_directive(ps, &s)))
                                return e;
                        i = s.end;
                }
                line += count_lines(str_sub(src, from, i - from));
                ret->v[ret->n - 1].own_line = ret->v[ret->n - 1].kind != NODE_EXPR && is_alone(src, from - 2, i);
        }
        if (ps->n)
                return refuse(r, ps->block[ps->n - 1].line, "block has no {{ end }}");
        return OK;
}
