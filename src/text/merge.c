#include <string.h>
#include "buf.h"
#include "diff.h"
#include "match.h"

#define PARAGRAPHS_MAX 20000

struct merger {
        struct arena *a;
        struct pieces base, mine, theirs;
        struct buf text;                /* agreed on since the last conflict */
        VEC(struct merge_part) parts;
        size_t conflicts;
};

/* The next line of TEXT with its end. */
static struct str line_of(struct str text) {
        return str_sub(text, 0, str_index(text, '\n') + 1);
}

/* A paragraph and the empty lines behind it. What is compared has no spaces at its end: a paragraph that is no longer
 * the last one has not changed. */
static struct pieces paragraphs_of(struct arena *a, struct str text) {
        struct pieces ret = { 0 };
        while (text.n) {
                size_t n = 0, end = 0;
                bool behind = false;
                while (n < text.n && ret.list.n < PARAGRAPHS_MAX) {
                        struct str line = line_of(str_sub(text, n, text.n));
                        bool blank = str_trim(line).n == 0;
                        if (!blank && behind)
                                break;
                        behind = behind || blank;
                        n += line.n;
                        end = blank ? end : n;
                }
                /* Too many paragraphs: the rest is one. */
                if (n == 0)
                        n = end = text.n;
                struct str key = str_sub(text, 0, end);
                while (key.n && strchr(" \t\r\n", key.p[key.n - 1]))
                        key.n--;
                pieces_add(a, &ret, key, str_sub(text, 0, n));
                text = str_sub(text, n, text.n);
        }
        return ret;
}

static void agree(struct merger *m, struct str text) {
        size_t lines = 0, i = m->text.n;
        while (text.n && i > 0 && strchr(" \t\r\n", m->text.p[i - 1]))
                lines += m->text.p[--i] == '\n';
        /* Two paragraphs that met only now stay two. */
        for (; text.n && i > 0 && lines < 2; lines++)
                buf_char(&m->text, '\n');
        buf_str(&m->text, text);
}

static void flush(struct merger *m) {
        if (m->text.n)
                *vec_push(m->a, &m->parts) = (struct merge_part) { .text = str_dup(m->a, buf_view(&m->text)) };
        buf_reset(&m->text);
}

/* A paragraph that all three have, with the empty lines of who changed them. */
static void keep(struct merger *m, size_t i, size_t j, size_t k) {
        const struct piece *base = &m->base.list.v[i], *mine = &m->mine.list.v[j], *theirs = &m->theirs.list.v[k];
        agree(m, str_eq(mine->whole, base->whole) ? theirs->whole : mine->whole);
}

static void settle(struct merger *m, struct str base, struct str mine, struct str theirs) {
        if (str_eq(mine, base)) {
                agree(m, theirs);
        } else if (str_eq(theirs, base) || str_eq(str_trim(theirs), str_trim(mine))) {
                agree(m, mine);
        } else {
                flush(m);
                *vec_push(m->a, &m->parts) = (struct merge_part) {
                        .is_conflict = true, .base = base, .mine = mine, .theirs = theirs,
                };
                m->conflicts++;
        }
}

static void merge_all(struct merger *m) {
        size_t work = MATCH_WORK_MAX;
        size_t *mine = match_pieces(m->a, &m->base, &m->mine, &work);
        size_t *theirs = match_pieces(m->a, &m->base, &m->theirs, &work);
        size_t i = 0, j = 0, k = 0;
        while (i < m->base.list.n || j < m->mine.list.n || k < m->theirs.list.n) {
                /* The next paragraph that both kept. */
                size_t next = i;
                while (next < m->base.list.n && (mine[next] == MATCH_NONE || theirs[next] == MATCH_NONE))
                        next++;
                bool end = next == m->base.list.n;
                size_t to_mine = end ? m->mine.list.n : mine[next], to_theirs = end ? m->theirs.list.n : theirs[next];
                if (next > i || to_mine > j || to_theirs > k)
                        settle(m, pieces_text(&m->base, i, next), pieces_text(&m->mine, j, to_mine),
                               pieces_text(&m->theirs, k, to_theirs));
                if (!end)
                        keep(m, next, to_mine, to_theirs);
                i = next + !end;
                j = to_mine + !end;
                k = to_theirs + !end;
        }
}

struct merge text_merge(struct arena *a, struct str base, struct str mine, struct str theirs) {
        struct merger m = { .a = a, .base = paragraphs_of(a, base), .mine = paragraphs_of(a, mine),
                            .theirs = paragraphs_of(a, theirs) };
        m.text.max = mine.n + theirs.n + base.n + 2 * PARAGRAPHS_MAX + 2;
        merge_all(&m);
        flush(&m);
        buf_done(&m.text);
        struct merge ret = { m.parts.v, m.parts.n, m.conflicts, S("") };
        if (ret.conflicts == 0 && ret.n)
                ret.text = ret.v[0].text;
        return ret;
}
