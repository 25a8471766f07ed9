#include <unistd.h>
#include "rules.h"

/* The house, architecture.md section 2: a layer may include what is lower than itself. Features share one level; among
 * them `order` decides, and only the headers named after the feature are shared. */
enum { LEVEL_FEATURE = 6, LEVEL_APP = 7 };
static const struct layer {
        struct str name;
        int level;
        int order;
} layers[] = {
        { S_INIT("base"), 0, 0 }, { S_INIT("db"), 1, 0 },
        { S_INIT("jobs"), 2, 0 }, { S_INIT("http"), 2, 0 }, { S_INIT("text"), 2, 0 }, { S_INIT("stats"), 2, 0 },
        { S_INIT("auth"), 2, 0 }, { S_INIT("webauthn"), 2, 0 }, { S_INIT("oidc"), 2, 0 },
        { S_INIT("mail"), 3, 0 }, { S_INIT("audit"), 3, 0 }, { S_INIT("search"), 4, 0 }, { S_INIT("page"), 5, 0 },
        { S_INIT("network"), LEVEL_FEATURE, 1 }, { S_INIT("people"), LEVEL_FEATURE, 2 },
        { S_INIT("files"), LEVEL_FEATURE, 3 }, { S_INIT("signin"), LEVEL_FEATURE, 4 },
        { S_INIT("account"), LEVEL_FEATURE, 5 }, { S_INIT("knowledge"), LEVEL_FEATURE, 6 },
        { S_INIT("editing"), LEVEL_FEATURE, 7 }, { S_INIT("stories"), LEVEL_FEATURE, 8 },
        { S_INIT("assessment"), LEVEL_FEATURE, 9 }, { S_INIT("dialogue"), LEVEL_FEATURE, 10 },
        { S_INIT("reading"), LEVEL_FEATURE, 11 }, { S_INIT("kiosk"), LEVEL_FEATURE, 12 },
        { S_INIT("benchmark"), LEVEL_FEATURE, 13 }, { S_INIT("benchlearning"), LEVEL_FEATURE, 15 },
        { S_INIT("learning"), LEVEL_FEATURE, 16 },
        { S_INIT("meetings"), LEVEL_FEATURE, 17 }, { S_INIT("workshop"), LEVEL_FEATURE, 18 },
        { S_INIT("scan"), LEVEL_FEATURE, 19 }, { S_INIT("agenda"), LEVEL_FEATURE, 20 },
        { S_INIT("feedback"), LEVEL_FEATURE, 21 }, { S_INIT("admin"), LEVEL_FEATURE, 22 },
        { S_INIT("programme"), LEVEL_FEATURE, 23 },
        { S_INIT("app"), LEVEL_APP, 0 },
};

#define OWNERS 3
/* Libraries with one owner, or a few. A "/" at the end stands for every header in that folder. */
static const struct {
        struct str header;
        const char *rooms[OWNERS];
} owned[] = {
        { S_INIT("sqlite3.h"), { "db", "tools/sqlc" } }, { S_INIT("libpq-fe.h"), { "db", NULL } },
        { S_INIT("pwquality.h"), { "auth", NULL } }, { S_INIT("liboath/oath.h"), { "auth", NULL } },
        /* Rooms unpack in their tests what page packs. */
        { S_INIT("zip.h"), { "page", "account", "knowledge" } }, { S_INIT("zlib.h"), { "files", NULL } }, { S_INIT("glpk.h"), { "stats", NULL } },
        { S_INIT("turbojpeg.h"), { "files", NULL } }, { S_INIT("png.h"), { "files", NULL } }, { S_INIT("webp/"), { "files", NULL } },
        { S_INIT("qrencode.h"), { "auth", NULL } },
        { S_INIT("microhttpd.h"), { "http", NULL } }, { S_INIT("curl/curl.h"), { "mail", "oidc", "editing" } },
        { S_INIT("fido.h"), { "webauthn", NULL } }, { S_INIT("fido/es256.h"), { "webauthn", NULL } },
        { S_INIT("fido/eddsa.h"), { "webauthn", NULL } }, { S_INIT("fido/rs256.h"), { "webauthn", NULL } },
        { S_INIT("openssl/"), { "oidc", "webauthn" } },
};

static const struct layer *find_layer(struct str name) {
        for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
                if (str_eq(layers[i].name, name))
                        return &layers[i];
        return NULL;
}

bool is_layer(struct str name) {
        return find_layer(name) != NULL;
}

bool is_below(struct str lower, struct str upper) {
        const struct layer *to = find_layer(lower), *from = find_layer(upper);
        return to && from &&
               (to->level < from->level || (to->level == LEVEL_FEATURE && from->level == to->level && to->order < from->order));
}

static bool exists(struct arena *a, struct str root, struct str dir, struct str name) {
        return access(str_fmt(a, "%.*s/%.*s/%.*s", STR(root), STR(dir), STR(name)).p, F_OK) == 0;
}

/* The file that a person wrote: "item.tmpl.h" comes from "item.tmpl", "knowledge.sql.h" from "knowledge.sql". */
static struct str written_name(struct str header) {
        if (str_ends(header, S(".tmpl.h")) || str_ends(header, S(".sql.h")))
                header.n -= 2;
        return header;
}

/* The layer that HEADER belongs to, or NULL. The includer's own folder comes first, as for the compiler. */
static const struct layer *owner(struct arena *a, struct str root, struct str header) {
        for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
                if (exists(a, root, str_fmt(a, "src/%.*s", STR(layers[i].name)), written_name(header)))
                        return &layers[i];
        return NULL;
}

/* "people.h", or "people_session.h" of a room with much to share. */
static bool is_own(struct str header, const struct layer *to) {
        struct str rest = str_sub(header, to->name.n, header.n);
        return str_starts(header, to->name) && (str_eq(rest, S(".h")) || str_starts(rest, S("_")));
}

static void check_layer(struct findings *f, const struct source *s, const struct layer *from, const struct layer *to,
                        struct str header, size_t line) {
        if (to == from || to->level < from->level)
                return;
        if (to->level > from->level)
                finding(f, s, line, "\"%.*s\" points upwards: %.*s is above %.*s", STR(header), STR(to->name),
                        STR(from->name));
        else if (to->level != LEVEL_FEATURE)
                finding(f, s, line, "\"%.*s\" points sideways: %.*s and %.*s stand beside each other", STR(header),
                        STR(to->name), STR(from->name));
        else if (to->order > from->order)
                finding(f, s, line, "\"%.*s\": feature %.*s comes after %.*s", STR(header), STR(to->name),
                        STR(from->name));
        else if (!is_own(header, to))
                finding(f, s, line, "\"%.*s\" is inside feature %.*s: others use %.*s.h only", STR(header),
                        STR(to->name), STR(to->name));
}

static void check_quoted(struct findings *f, const struct source *s, struct arena *a, struct str root,
                         struct str header, size_t line) {
        if (str_index(header, '/') < header.n) {
                finding(f, s, line, "\"%.*s\": includes are plain names, without a path", STR(header));
                return;
        }
        struct str dir = s->path;
        while (dir.n && dir.p[dir.n - 1] != '/')
                dir.n--;
        if (exists(a, root, dir, written_name(header)))
                return;
        struct str room = source_room(s->path);
        const struct layer *from = find_layer(room), *to = owner(a, root, header);
        bool in_tools = str_starts(room, S("tools/")) && !is_test(s->path);
        if (to && from)
                check_layer(f, s, from, to, header, line);
        else if (to && in_tools && to->level > find_layer(S("db"))->level)
                finding(f, s, line, "\"%.*s\": tools use base and db only", STR(header));
}

static bool is_of(struct str header, struct str owned_name) {
        return str_ends(owned_name, S("/")) ? str_starts(header, owned_name) : str_eq(header, owned_name);
}

static void check_angled(struct findings *f, const struct source *s, struct str header, size_t line) {
        struct str room = source_room(s->path);
        for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
                if (!is_of(header, owned[i].header))
                        continue;
                struct buf places = { 0 };
                bool fine = false;
                for (size_t k = 0; k < OWNERS && owned[i].rooms[k]; k++) {
                        bool last = k + 1 == OWNERS || !owned[i].rooms[k + 1];
                        fine |= str_eq(room, str_of(owned[i].rooms[k]));
                        buf_fmt(&places, "%ssrc/%s", k == 0 ? "" : last ? " and " : ", ", owned[i].rooms[k]);
                }
                if (!fine)
                        finding(f, s, line, "<%.*s> is used in %.*s only", STR(header), STR(buf_view(&places)));
                buf_done(&places);
        }
}

/* The header of `#include X` or `{{ include X }}`: LINE_CODE says that it is code, LINE_TEXT has the name. */
static bool included(const struct source *s, struct str line_code, struct str line_text, struct str *ret) {
        const char *start = s->kind == KIND_TMPL ? "{{" : "#";
        struct str code = str_trim(line_code), word;
        size_t i = 0;
        if (!str_starts(code, str_of(start)) || !next_word(code, &i, &word) || !str_eq(word, S("include")))
                return false;
        size_t open = str_index(line_text, '"'), angle = str_index(line_text, '<');
        *ret = str_sub(line_text, open < angle ? open : angle, line_text.n);
        if (ret->n == 0)
                return false;
        size_t end = str_index(str_sub(*ret, 1, ret->n), ret->p[0] == '<' ? '>' : '"');
        *ret = str_sub(*ret, 0, end + 1);
        return true;
}

void check_includes(struct findings *f, const struct source *s, struct arena *a, struct str root) {
        if (s->kind != KIND_C && s->kind != KIND_HEADER && s->kind != KIND_TMPL)
                return;
        if (str_starts(s->path, S("src/")) && !find_layer(source_room(s->path)))
                finding(f, s, 1, "folder %.*s is not in the layer table (tools/lint/includes.c)",
                        STR(source_room(s->path)));
        struct str code = s->code, text = s->text, line_code, line_text, header;
        for (size_t line = 1; str_split(&code, '\n', &line_code) && str_split(&text, '\n', &line_text); line++) {
                if (!included(s, line_code, line_text, &header))
                        continue;
                struct str name = str_sub(header, 1, header.n);
                if (header.p[0] == '"')
                        check_quoted(f, s, a, root, name, line);
                else
                        check_angled(f, s, name, line);
        }
}
