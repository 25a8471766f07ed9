#include "rules.h"

/* Where a word may be used, apart from `rooms`. */
enum { ALSO_TESTS = 1 };

static const struct word_rule {
        const char *words;      /* separated by spaces; a "*" at the end stands for any rest */
        const char *rooms;      /* folders (source_room) where they are fine */
        unsigned also;
        bool call;              /* only when "(" follows */
        const char *message;
} rules[] = {
        { "malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf aligned_alloc posix_memalign",
          "base db http tools", ALSO_TESTS, false, "memory comes from an arena" },
        { "strcat stpcpy sprintf vsprintf gets strtok localtime gmtime ctime asctime",
          "", 0, true, "banned: unsafe, or not safe with threads" },
        { "strcpy atoi atol atoll atof rand srand system popen scanf fscanf sscanf vscanf vfscanf vsscanf",
          "", ALSO_TESTS, true, "banned: unsafe, or not safe with threads" },
        { "sqlite3_*", "db tools/sqlc", 0, false, "the database is spoken to in src/db only" },
        { "PQ*", "db", 0, true, "the database is spoken to in src/db only" },
        { "MHD_*", "http", 0, false, "the web server library is used in src/http only" },
        { "printf vprintf puts putchar", "app tools", ALSO_TESTS, true, "only commands write to standard output" },
        { "stdout", "app tools", ALSO_TESTS, false, "only commands write to standard output" },
};

/* The only files that may vouch for HTML from the database: each reads a column that text/markdown.c filled. */
static const char *const may_trust_html[] = {
        "src/base/html.c", "src/base/html.h", "src/benchmark/indicator.tmpl", "src/dialogue/parts.tmpl", "src/knowledge/item.tmpl", "src/knowledge/print.c",
};

static bool matches(struct str word, struct str pattern) {
        if (pattern.p[pattern.n - 1] != '*')
                return str_eq(word, pattern);
        pattern.n--;
        return word.n > pattern.n && str_starts(word, pattern);
}

static bool in_list(const char *list, struct str word) {
        struct str rest = str_of(list), item;
        while (str_split(&rest, ' ', &item))
                if (item.n && matches(word, item))
                        return true;
        return false;
}

static bool allowed(const struct word_rule *r, const struct source *s) {
        struct str room = source_room(s->path);
        if ((r->also & ALSO_TESTS) && is_test(s->path))
                return true;
        return in_list(r->rooms, room) || (str_starts(room, S("tools/")) && in_list(r->rooms, S("tools")));
}

/* A member is somebody's own name: x.free, x->system. */
static bool is_member(struct str code, size_t from) {
        size_t i = from;
        while (i > 0 && (code.p[i - 1] == ' ' || code.p[i - 1] == '\n'))
                i--;
        return i > 0 && (code.p[i - 1] == '.' || (i > 1 && code.p[i - 1] == '>' && code.p[i - 2] == '-'));
}

static bool is_called(struct str code, size_t end) {
        while (end < code.n && (code.p[end] == ' ' || code.p[end] == '\n'))
                end++;
        return end < code.n && code.p[end] == '(';
}

static void check_trust(struct findings *f, const struct source *s, struct str word, size_t end) {
        if (!str_eq(word, S("html_stored")) || is_test(s->path))
                return;
        for (size_t i = 0; i < sizeof may_trust_html / sizeof *may_trust_html; i++)
                if (str_eq(s->path, str_of(may_trust_html[i])))
                        return;
        finding(f, s, line_of(s->code, end), "html_stored: this file is not in the table of tools/lint/words.c");
}

void check_words(struct findings *f, const struct source *s) {
        if (s->kind != KIND_C && s->kind != KIND_HEADER && s->kind != KIND_TMPL)
                return;
        struct str word;
        for (size_t i = 0; next_word(s->code, &i, &word);) {
                check_trust(f, s, word, i);
                for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
                        const struct word_rule *r = &rules[k];
                        if (!in_list(r->words, word) || is_member(s->code, i - word.n) || allowed(r, s))
                                continue;
                        if (!r->call || is_called(s->code, i))
                                finding(f, s, line_of(s->code, i), "%.*s: %s", STR(word), r->message);
                }
        }
}
