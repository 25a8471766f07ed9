/* item_write.c - the text of an item from its pairs and sections. */
#include "buf.h"
#include "knowledge_text.h"

/* Keys in the order that files have them; lines of one key keep theirs. */
static const char *const order[] = {
        "titel", "soort", "samenvatting", "waarschuwing", "alias", "fase", "doelgroep", "thema", "indicator", "eigenaar", "licentie", "contact",
        "sinds", "bewijskracht", "effect", "kosten", "gebruik", "bron", "element", "onderzoek", "ervaring", "materiaal", "erkenning", "editie",
        "stap", "verwant", "bijgewerkt", "herzien",
};
#define ORDER_N (sizeof order / sizeof *order)

static size_t rank(struct str key) {
        size_t i = 0;
        while (i < ORDER_N && !str_eq(key, str_of(order[i])))
                i++;
        return i;
}

struct str item_text_write(struct arena *a, const struct front *front) {
        struct front f = *front;
        f.pairs = arena_many(a, struct front_pair, front->n_pairs + 1);
        f.n_pairs = 0;
        for (size_t r = 0; r <= ORDER_N; r++)
                for (size_t i = 0; i < front->n_pairs; i++)
                        if (front->pairs[i].value.n && rank(front->pairs[i].key) == r)
                                f.pairs[f.n_pairs++] = front->pairs[i];
        return front_write(a, &f);
}

struct str item_line_write(struct arena *a, enum item_lines kind, const struct str *parts, size_t n) {
        _cleanup_(buf_done) struct buf b = { 0 };
        size_t optional = kind == LINES_USE || kind == LINES_N, want = item_line_parts(kind) - optional;
        bool any = false;
        for (size_t i = 0; i < n; i++)
                any |= str_trim(parts[i]).n > 0;
        if (optional && n > want && str_trim(parts[want]).n)
                want++;
        for (size_t i = 0; any && i < want; i++) {
                struct str part = i < n ? str_trim(parts[i]) : S("");
                buf_str(&b, i ? part.n ? S(" | ") : S(" |") : S(""));
                for (size_t k = 0; k < part.n; k++)
                        buf_char(&b, part.p[k] == '|' ? '/' : part.p[k] == '\n' || part.p[k] == '\t' ? ' ' : part.p[k]);
        }
        return str_dup(a, buf_view(&b));
}
