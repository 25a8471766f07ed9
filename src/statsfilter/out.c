#include <string.h>
#include "internal.h"

static void next(struct filter_out *o)
{
        o->at = (o->at + 1) % o->columns;
        putc(o->at ? ',' : '\n', o->f);
}

void put(struct filter_out *o, double v)
{
        if (isnan(v))
                fputs("NA", o->f);
        else if (isinf(v))
                fputs(v > 0 ? "Inf" : "-Inf", o->f);
        else
                fprintf(o->f, "%.17g", v == 0 ? 0 : v);        /* no minus before a zero */
        next(o);
}

void put_count(struct filter_out *o, size_t v)
{
        put(o, (double) v);
}

void put_flag(struct filter_out *o, bool v)
{
        put(o, v);
}

void put_text(struct filter_out *o, struct str v)
{
        bool plain = true;
        for (size_t i = 0; i < v.n; i++)
                plain = plain && v.p[i] != ',' && v.p[i] != '"' && v.p[i] != '\n' && v.p[i] != '\r';
        if (plain) {
                fwrite(v.p, 1, v.n, o->f);
        } else {
                putc('"', o->f);
                for (size_t i = 0; i < v.n; i++) {
                        if (v.p[i] == '"')
                                putc('"', o->f);
                        putc(v.p[i], o->f);
                }
                putc('"', o->f);
        }
        next(o);
}

void put_word(struct filter_out *o, const char *v)
{
        put_text(o, str_of(v));
}

void put_interval(struct filter_out *o, struct stats_interval v)
{
        put(o, v.lo);
        put(o, v.hi);
}

void put_same(struct filter_out *o, const struct filter_set *s, size_t column, size_t row)
{
        if (s->text[column])
                put_text(o, s->text[column][row]);
        else
                put(o, s->number[column][row]);
}

double *work_for(const struct filter_set *s, size_t n)
{
        if (n <= (size_t) 1 << 27)
                return MANY(s, double, n);
        *s->why = "too many rows with one key for this method";
        return NULL;
}

struct str set_key(const struct filter_set *s, size_t column)
{
        return s->n && s->text[column] ? s->text[column][0] : S("all");
}
