/* scan.c - finding one's way in SQL text without understanding all of it. */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include "sqlc.h"

bool sql_word_char(char c) {
        return isalnum((unsigned char) c) || c == '_';
}

size_t sql_skip(struct str sql, size_t i) {
        char c = sql.p[i];
        struct str rest = str_sub(sql, i, sql.n);
        if (c == '\'' || c == '"') {
                size_t end = i + 1;
                while (end < sql.n && sql.p[end] != c)
                        end++;
                return end < sql.n ? end + 1 : sql.n;
        }
        if (str_starts(rest, S("--")))
                return i + str_index(rest, '\n');
        if (str_starts(rest, S("/*"))) {
                size_t end = str_find(str_sub(rest, 2, rest.n), S("*/"));
                return end + 4 <= rest.n ? i + end + 4 : sql.n;
        }
        return i;
}

bool sql_word_at(struct str sql, size_t i, const char *word) {
        size_t n = strlen(word);
        return i + n <= sql.n && !strncasecmp(sql.p + i, word, n) && (i == 0 || !sql_word_char(sql.p[i - 1])) &&
               (i + n == sql.n || !sql_word_char(sql.p[i + n]));
}

bool sql_has_word(struct str sql, const char *word) {
        for (size_t i = 0; i < sql.n; i++) {
                size_t end = sql_skip(sql, i);
                if (end > i)
                        i = end - 1;
                else if (sql_word_at(sql, i, word))
                        return true;
        }
        return false;
}

void sql_items(struct arena *a, struct str sql, struct items *ret) {
        int depth = 0;
        size_t start = 0;       /* of the current expression; 0 before the list */
        *ret = (struct items) { 0 };
        for (size_t i = 0; i < sql.n; i++) {
                size_t end = sql_skip(sql, i);
                if (end > i) {
                        i = end - 1;
                        continue;
                }
                depth += sql.p[i] == '(' ? 1 : sql.p[i] == ')' ? -1 : 0;
                if (depth != 0)
                        continue;
                if (!start && sql_word_at(sql, i, "select"))
                        start = i + 6;
                if (sql_word_at(sql, i, "returning")) {
                        start = i + 9;
                        ret->n = 0;
                }
                bool from = start && sql_word_at(sql, i, "from");
                if (from || (start && sql.p[i] == ','))
                        *vec_push(a, ret) = str_trim(str_sub(sql, start, i - start));
                if (from)
                        return;
                if (start && sql.p[i] == ',')
                        start = i + 1;
        }
        if (start)
                *vec_push(a, ret) = str_trim(str_sub(sql, start, sql.n));
}
