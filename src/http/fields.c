#include "fields.h"
#include <stdlib.h>
#include <string.h>
#include "utf8.h"

static const struct field *declared(const struct route *r, struct str name) {
        for (const struct field *f = r ? r->fields : NULL; f && f->name; f++)
                if (str_eq(str_of(f->name), name))
                        return f;
        return NULL;
}

static size_t count(const struct req *rq, const struct field *f) {
        size_t n = 0;
        for (size_t i = 0; i < rq->values.n; i++)
                n += rq->values.v[i].field == f;
        return n;
}

/* Browsers send \r\n in text areas; a lone \r is an old line end too. */
static struct str one_line_end(struct arena *a, struct str s) {
        if (str_index(s, '\r') == s.n)
                return s;
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
                        continue;
                out[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
        }
        return (struct str) { out, n };
}

/* has_control() but for line ends and tabs. */
static bool has_control_in_lines(struct str s) {
        size_t from = 0;
        for (size_t i = 0; i <= s.n; i++) {
                if (i < s.n && s.p[i] != '\n' && s.p[i] != '\t')
                        continue;
                if (has_control(str_sub(s, from, i - from)))
                        return true;
                from = i + 1;
        }
        return false;
}

static struct str check_text(struct req *rq, const struct field *f, struct field_value *v) {
        if (f->type == FIELD_MULTILINE)
                v->text = one_line_end(rq->arena, v->text);
        if (f->type == FIELD_MULTILINE ? has_control_in_lines(v->text) : has_control(v->text))
                return S("Deze tekst bevat tekens die wij niet kunnen bewaren. Typ de tekst opnieuw.");
        v->text = str_trim(v->text);
        size_t letters = utf8_length(v->text);
        if (f->max > 0 && letters > (size_t) f->max)
                return str_fmt(rq->arena, "De tekst is te lang. Maak hem %zu teken%s korter.", letters - (size_t) f->max,
                               letters - (size_t) f->max == 1 ? "" : "s");
        return S("");
}

/* "1.204" and "1 204" are how people write 1204. */
static struct str without_grouping(struct arena *a, struct str s) {
        size_t first = 0;
        while (first < s.n && s.p[first] != '.' && s.p[first] != ' ')
                first++;
        if (first == s.n || first == 0 || first > 4 || (s.n - first) % 4 != 0)
                return s;
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++) {
                bool mark = i >= first && (i - first) % 4 == 0;
                if (mark != (s.p[i] == '.' || s.p[i] == ' '))
                        return s;
                if (!mark)
                        out[n++] = s.p[i];
        }
        return (struct str) { out, n };
}

static struct str check_integer(struct req *rq, const struct field *f, struct field_value *v) {
        v->text = str_trim(v->text);
        if (v->text.n == 0)
                return S("");
        bool good = str_to_i64(without_grouping(rq->arena, v->text), &v->number);
        if (good && ((v->number >= f->min && v->number <= f->max) || (f->min == 0 && f->max == 0)))
                return S("");
        if (!good)
                v->number = 0;
        if (f->min == 0 && f->max == 0)
                return S("Vul een heel getal in, met alleen cijfers.");
        return str_fmt(rq->arena, "Vul een heel getal in van %lld tot en met %lld.", (long long) f->min,
                       (long long) f->max);
}

static struct str check_code(const struct field *f, struct field_value *v) {
        v->text = str_trim(v->text);
        bool good = f->max <= 0 || v->text.n <= (size_t) f->max;
        for (size_t i = 0; good && i < v->text.n; i++) {
                char c = v->text.p[i];
                good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        return good ? S("") : S("Kies een van de mogelijkheden.");
}

static struct str check_token(const struct field *f, struct field_value *v) {
        bool good = f->max <= 0 || v->text.n <= (size_t) f->max;
        for (size_t i = 0; good && i < v->text.n; i++) {
                char c = v->text.p[i];
                good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        }
        return good ? S("") : S("Deze code klopt niet. Open de link uit de e-mail opnieuw.");
}

/* Typed by heart or by a password manager: nothing is changed and little is refused. */
static struct str check_secret(const struct field *f, struct field_value *v) {
        if (f->max > 0 && v->text.n > (size_t) f->max)
                return S("Dit is te lang voor een wachtwoord.");
        return has_control(v->text) ? S("Dit wachtwoord bevat tekens die wij niet kunnen lezen.") : S("");
}

/* "" when the value is good, else what is wrong. */
static struct str check(struct req *rq, const struct field *f, struct field_value *v) {
        switch (f->type) {
        case FIELD_INTEGER:
                return check_integer(rq, f, v);
        case FIELD_CODE:
                return check_code(f, v);
        case FIELD_TOKEN:
                return check_token(f, v);
        case FIELD_SECRET:
                return check_secret(f, v);
        case FIELD_FILE:
                return S("");
        case FIELD_TEXT:
        case FIELD_MULTILINE:
                break;
        }
        return check_text(rq, f, v);
}

static enum err take(struct req *rq, const struct pair *p, struct str *message, struct str *csrf) {
        const char *where = rq->method == POST ? "formulier" : "adres";
        if (rq->method == POST && str_eq(p->name, S(CSRF_FIELD)) && !csrf->p) {
                *csrf = p->value;
                return OK;
        }
        if (rq->method == POST && str_eq(p->name, S(CONFIRM_FIELD))) {
                rq->is_confirmed = str_eq(p->value, S("ja"));
                return OK;
        }
        const struct field *f = declared(rq->route, p->name);
        if (!f && rq->method == GET)
                return OK;
        if (!f) {
                *message = S("Dit formulier bevat een veld dat wij niet kennen. Ga terug, vernieuw de pagina en "
                             "vul het formulier opnieuw in.");
                return ERR_INVALID;
        }
        size_t n = count(rq, f);
        if (n >= (f->many ? FIELD_MANY_MAX : 1)) {
                *message = f->many
                        ? str_fmt(rq->arena, "Het veld '%s' staat te vaak in het %s: hoogstens %d keer.", f->name,
                                  where, FIELD_MANY_MAX)
                        : str_fmt(rq->arena, "Het veld '%s' staat meer dan een keer in het %s.", f->name, where);
                return ERR_INVALID;
        }
        bool misplaced = (f->type == FIELD_FILE) != p->is_file && p->value.n > 0;
        if (p->broken || misplaced || !utf8_valid(p->value)) {
                *message = str_fmt(rq->arena, "Het veld '%s' in het %s bevat tekens die wij niet kunnen lezen.",
                                   f->name, where);
                return ERR_INVALID;
        }
        struct field_value v = { .field = f, .text = p->value };
        struct str wrong = check(rq, f, &v);
        /* an empty box is an absent one, but a form shows it again as it was */
        if (v.text.n > 0 || rq->method == POST)
                *vec_push(rq->arena, &rq->values) = v;
        if (wrong.n)
                req_error(rq, f->name, wrong);
        return OK;
}

static void check_required(struct req *rq) {
        for (const struct field *f = rq->route ? rq->route->fields : NULL; f && f->name; f++) {
                bool filled = false;
                for (size_t i = 0; i < rq->values.n; i++)
                        filled |= rq->values.v[i].field == f && rq->values.v[i].text.n > 0;
                if (f->required && !filled && req_error_of(rq, f->name).n == 0)
                        req_error(rq, f->name, f->missing ? str_of(f->missing) : f->type == FIELD_FILE ? S("Kies een bestand.") : S("Vul dit veld in."));
        }
}

enum err fields_read(struct req *rq, struct str text, struct str *message, struct str *csrf) {
        struct pairs pairs;
        *csrf = (struct str) { 0 };
        if (urlencoded_parse(rq->arena, text, &pairs) != OK) {
                *message = str_fmt(rq->arena, "Er zijn te veel velden: hoogstens %d.", PAIRS_MAX);
                return ERR_INVALID;
        }
        return fields_take(rq, &pairs, message, csrf);
}

enum err fields_take(struct req *rq, const struct pairs *pairs, struct str *message, struct str *csrf) {
        *message = S("");
        *csrf = (struct str) { 0 };
        for (size_t i = 0; i < pairs->list.n; i++) {
                enum err e = take(rq, &pairs->list.v[i], message, csrf);
                if (e)
                        return e;
        }
        check_required(rq);
        if (rq->method == POST || rq->errors.n == 0)
                return OK;
        *message = str_fmt(rq->arena, "Het veld '%s' in het adres klopt niet. %.*s", rq->errors.v[0].field,
                           STR(rq->errors.v[0].message));
        return ERR_INVALID;
}

/* What a file is called is mended in another place than what was typed. */
static struct str of_name(struct req *rq, const struct field *f, struct str message) {
        return f->type != FIELD_FILE || !message.n ? message
             : str_fmt(rq->arena, "Het gaat om de naam van het bestand. %.*s Geef het bestand een andere naam en kies het opnieuw.", STR(message));
}

void fields_screen(struct req *rq, text_screen *screen) {
        for (size_t i = 0; screen && i < rq->values.n; i++) {
                const struct field_value *v = &rq->values.v[i];
                bool is_text = v->field->type == FIELD_TEXT || v->field->type == FIELD_MULTILINE || v->field->type == FIELD_FILE;
                struct str refusal = S(""), warning = S("");
                if (is_text)
                        screen(v->text, &refusal, &warning);
                if (v->field->personal)
                        warning = S("");
                if (refusal.n)
                        req_error(rq, v->field->name, of_name(rq, v->field, refusal));
                rq->has_warnings |= warning.n > 0;
                if (warning.n && !refusal.n && !rq->is_confirmed)
                        req_error(rq, v->field->name, of_name(rq, v->field, warning));
        }
}

static const struct field_value *value_of(const struct req *rq, const char *field) {
        const struct field *f = declared(rq->route, str_of(field));
        if (!f) {
                (void) err_log(ERR_INTERNAL, "%s asks for the undeclared field %s",
                               rq->route ? rq->route->pattern : "a page without route", field);
                abort();
        }
        for (size_t i = 0; i < rq->values.n; i++)
                if (rq->values.v[i].field == f)
                        return &rq->values.v[i];
        return NULL;
}

struct str req_text(const struct req *rq, const char *field) {
        const struct field_value *v = value_of(rq, field);
        return v ? v->text : S("");
}

bool req_has(const struct req *rq, const char *field) {
        const struct field_value *v = value_of(rq, field);
        return v && v->text.n > 0;
}

int64_t req_integer(const struct req *rq, const char *field, int64_t otherwise) {
        const struct field_value *v = value_of(rq, field);
        return v && v->text.n > 0 && req_error_of(rq, field).n == 0 ? v->number : otherwise;
}

size_t req_many(const struct req *rq, const char *field, struct str **ret) {
        *ret = NULL;
        const struct field_value *first = value_of(rq, field);
        if (!first)
                return 0;
        struct str *list = arena_many(rq->arena, struct str, count(rq, first->field));
        size_t n = 0;
        for (size_t i = 0; i < rq->values.n; i++)
                if (rq->values.v[i].field == first->field && rq->values.v[i].text.n > 0)
                        list[n++] = rq->values.v[i].text;
        *ret = list;
        return n;
}

const struct upload *req_upload(const struct req *rq, const char *field) {
        const struct field_value *v = value_of(rq, field);
        for (size_t i = 0; v && i < rq->uploads.n; i++)
                if (rq->uploads.v[i].field == v->field)
                        return &rq->uploads.v[i];
        return NULL;
}

void req_error(struct req *rq, const char *field, struct str message) {
        struct field_error *e = vec_push(rq->arena, &rq->errors);
        *e = (struct field_error) { field, message };
}

struct str req_error_of(const struct req *rq, const char *field) {
        for (size_t i = 0; i < rq->errors.n; i++)
                if (strcmp(rq->errors.v[i].field, field) == 0)
                        return rq->errors.v[i].message;
        return S("");
}
