#include "text.h"
#include "scan.h"

/* The text at *S looks like "&amp;": copied from a page, and shown as it stands. */
static bool is_entity(struct str s) {
        size_t n = 1;
        while (n < s.n && n < 12 && (is_word(s.p[n]) || (n == 1 && s.p[n] == '#')))
                n++;
        return n > 1 && n < s.n && s.p[n] == ';';
}

static enum err check_text(struct report *r, struct str s, size_t line) {
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                line += c == '\n';
                if (c == '&' && is_entity(str_sub(s, i, s.n)))
                        return refuse(r, line, "an HTML entity in a text: write the character itself");
                if ((c < ' ' && c != '\n') || c == 0x7f)
                        return refuse(r, line, "byte 0x%02x does not belong in a text", (unsigned) c);
        }
        return OK;
}

/* A directive that has a line for itself takes that line along. */
static struct str without_lines(const struct nodes *nodes, size_t i) {
        struct str s = nodes->v[i].text;
        if (i > 0 && nodes->v[i - 1].own_line) {
                size_t n = str_index(s, '\n');
                s = str_sub(s, n < s.n ? n + 1 : n, s.n);
        }
        if (i + 1 < nodes->n && nodes->v[i + 1].own_line)
                while (s.n && s.p[s.n - 1] != '\n')
                        s.n--;
        return s;
}

static enum err on_text(struct emit *em, struct report *r, const struct nodes *nodes, size_t i) {
        enum err e = check_text(r, nodes->v[i].text, nodes->v[i].line);
        if (!e)
                emit_text(em, without_lines(nodes, i));
        return e;
}

static enum err on_define(struct emit *em, struct report *r, const struct node *node) {
        if (node->define->half != HALF_NONE)
                return refuse(r, node->line, "a text has no elements to leave open or to close");
        emit_define(em, node->define, node->line);
        return OK;
}

enum err text_node(struct emit *em, struct report *r, const struct nodes *nodes, size_t i) {
        const struct node *node = &nodes->v[i];
        switch (node->kind) {
        case NODE_INCLUDE:
        case NODE_COMMENT: break;
        case NODE_TEXT: return on_text(em, r, nodes, i);
        case NODE_EXPR: emit_put(em, "mail_put", node->text, node->line); break;
        case NODE_DEFINE: return on_define(em, r, node);
        case NODE_END_DEFINE: emit_end_define(em); break;
        case NODE_IF: emit_open(em, "if (", node->text, node->line); break;
        case NODE_FOR: emit_open(em, "for (", node->text, node->line); break;
        case NODE_ELSE: emit_else(em); break;
        case NODE_ELSE_IF: emit_else_if(em, node->text, node->line); break;
        case NODE_END_IF:
        case NODE_END_FOR: emit_close(em); break;
        case NODE_LET: emit_code(em, "", node->text, ";", node->line); break;
        case NODE_CALL:
                emit_code(em, "", node->text, ";", node->line);
                em->wrote = true;
                break;
        }
        return OK;
}
