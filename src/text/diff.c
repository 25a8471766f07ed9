#include "diff.h"
#include "match.h"

/* Lines or words of one text beyond which nothing is compared: the memory they take would be many times the text. */
#define PIECES_MAX 60000

struct differ {
        struct arena *a;
        VEC(struct diff_run) runs;
        size_t work;
};

static void emit(struct differ *d, enum diff_kind kind, struct str text) {
        struct diff_run *last = d->runs.n ? &d->runs.v[d->runs.n - 1] : NULL;
        if (text.n == 0)
                return;
        if (last && last->kind == kind && last->text.p + last->text.n == text.p)
                last->text.n += text.n;
        else
                *vec_push(d->a, &d->runs) = (struct diff_run) { kind, text };
}

static void emit_change(struct differ *d, struct str removed, struct str added) {
        emit(d, DIFF_REMOVED, removed);
        emit(d, DIFF_ADDED, added);
}

typedef size_t piece_length(struct str rest);

static size_t line_length(struct str rest) {
        size_t n = str_index(rest, '\n');
        return n < rest.n ? n + 1 : n;
}

static int kind_of(char c) {
        unsigned char u = (unsigned char) c;
        bool letter = (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u >= 0x80;
        return letter ? 1 : c == ' ' || c == '\t' ? 2 : 0;
}

/* A word, a run of spaces, or one other character. */
static size_t word_length(struct str rest) {
        size_t n = 1;
        int kind = kind_of(rest.p[0]);
        while (kind && n < rest.n && kind_of(rest.p[n]) == kind)
                n++;
        return n;
}

/* Cuts TEXT; false when that gives too many pieces. */
static bool cut(struct arena *a, struct str text, piece_length *length, struct pieces *ret) {
        *ret = (struct pieces) { 0 };
        while (text.n) {
                if (ret->list.n == PIECES_MAX)
                        return false;
                struct str part = str_sub(text, 0, length(text));
                pieces_add(a, ret, part, part);
                text = str_sub(text, part.n, text.n);
        }
        return true;
}

/* Where the run of matches that starts at X ends. */
static size_t run_end(const struct pieces *x, const size_t *match, size_t i) {
        size_t end = i + 1;
        while (end < x->list.n && match[end] == match[end - 1] + 1)
                end++;
        return end;
}

static bool is_filler(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (kind_of(s.p[i]) != 2 && s.p[i] != ',')
                        return false;
        return true;
}

/* "een huis" that became "twee boten": the space alone is nothing that was kept. Also nothing is kept when that is less
 * than a quarter: words that happen to occur in both only tear the sentences apart. */
static void drop_chances(const struct pieces *x, const struct pieces *y, size_t *match, size_t least) {
        size_t kept = 0;
        for (size_t i = 0; i < x->list.n;) {
                if (match[i] == MATCH_NONE) {
                        i++;
                        continue;
                }
                size_t end = run_end(x, match, i), y_end = match[end - 1] + 1;
                bool at_edge = (i == 0 && match[0] == 0) || (end == x->list.n && y_end == y->list.n);
                struct str text = pieces_text(x, i, end);
                bool filler = !at_edge && is_filler(text);
                kept += filler ? 0 : text.n;
                for (size_t k = i; k < end && filler; k++)
                        match[k] = MATCH_NONE;
                i = end;
        }
        for (size_t i = 0; i < x->list.n && kept < least; i++)
                match[i] = MATCH_NONE;
}

typedef void change(struct differ *d, struct str removed, struct str added);

/* Emits what is kept of X, and hands each stretch between to CHANGED. */
static void walk(struct differ *d, const struct pieces *x, const struct pieces *y, const size_t *match,
                 change *changed) {
        size_t i = 0, j = 0;
        while (i < x->list.n || j < y->list.n) {
                size_t next = i;
                while (next < x->list.n && match[next] == MATCH_NONE)
                        next++;
                size_t to = next < x->list.n ? match[next] : y->list.n;
                size_t end = next < x->list.n ? run_end(x, match, next) : next;
                changed(d, pieces_text(x, i, next), pieces_text(y, j, to));
                emit(d, DIFF_SAME, pieces_text(x, next, end));
                i = end;
                j = to + (end - next);
        }
}

static void change_lines(struct differ *d, struct str removed, struct str added) {
        struct arena own = { 0 };
        struct pieces x, y;
        if (removed.n && added.n && cut(&own, removed, word_length, &x) && cut(&own, added, word_length, &y)) {
                size_t *match = match_pieces(&own, &x, &y, &d->work);
                drop_chances(&x, &y, match, (removed.n < added.n ? removed.n : added.n) / 4);
                walk(d, &x, &y, match, emit_change);
        } else {
                emit_change(d, removed, added);
        }
        arena_done(&own);
}

/* Bytes of the lines that both begin with. */
static size_t common_head(struct str x, struct str y) {
        size_t n = 0, line = 0;
        while (n < x.n && n < y.n && x.p[n] == y.p[n])
                if (x.p[n++] == '\n')
                        line = n;
        return line;
}

/* Bytes of the lines that both end with. */
static size_t common_tail(struct str x, struct str y) {
        size_t n = 0, line = 0;
        while (n < x.n && n < y.n && x.p[x.n - 1 - n] == y.p[y.n - 1 - n]) {
                if (x.p[x.n - 1 - n] == '\n')
                        line = n;
                n++;
        }
        return line;
}

struct diff text_diff(struct arena *a, struct str before, struct str after) {
        struct differ d = { .a = a, .work = MATCH_WORK_MAX };
        if (str_eq(before, after)) {
                emit(&d, DIFF_SAME, before);
                return (struct diff) { d.runs.v, d.runs.n };
        }
        size_t head = common_head(before, after);
        emit(&d, DIFF_SAME, str_sub(before, 0, head));
        struct str removed = str_sub(before, head, before.n), added = str_sub(after, head, after.n);
        size_t tail = common_tail(removed, added);
        struct str same = str_sub(removed, removed.n - tail, tail);
        removed.n -= tail;
        added.n -= tail;
        struct pieces x, y;
        if (cut(a, removed, line_length, &x) && cut(a, added, line_length, &y))
                walk(&d, &x, &y, match_pieces(a, &x, &y, &d.work), change_lines);
        else
                emit_change(&d, removed, added);
        emit(&d, DIFF_SAME, same);
        return (struct diff) { d.runs.v, d.runs.n };
}
