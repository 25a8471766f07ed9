#include "known.h"
#include <math.h>
#include <stdio.h>
#include "benchmark_demo.h"
#include "json.h"

static void write_indicators(struct json *j, const struct nation *x) {
        static const char *const truth[] = { "differ", "equal", "outliers", "works", "nothing" };
        json_array(j, "indicators");
        for (size_t i = 0; i < nation_specs_n; i++) {
                const struct nation_spec *s = &nation_specs[i];
                const struct dictionary_entry *e = dictionary_find(&x->dictionary, str_of(s->code));
                json_object(j, NULL);
                json_str(j, "code", e->code);
                json_str(j, "slug", e->slug);
                json_str(j, "polarity", e->polarity);
                json_f64(j, "scale", e->scale);
                json_str(j, "truth", str_of(truth[s->truth]));
                json_end_object(j);
        }
        json_end_array(j);
}

static void write_levels(struct json *j, const struct nation *x, const struct nation_place *p) {
        json_object(j, "level");
        for (size_t i = 0; i < nation_specs_n; i++) {
                const struct nation_spec *s = &nation_specs[i];
                json_array(j, s->code);
                for (int q = 0; q < x->quarters; q++)
                        json_f64(j, NULL, round(nation_level(x, s, p, q) * 1e6) / 1e6);
                json_end_array(j);
        }
        json_end_object(j);
}

static void write_moved(struct json *j, const struct nation *x, const struct nation_place *p) {
        json_object(j, "moved");
        for (size_t i = 0; i < nation_specs_n; i++)
                if (fabs(nation_moved(x, &nation_specs[i], p)) > 0)
                        json_f64(j, nation_specs[i].code, nation_moved(x, &nation_specs[i], p));
        json_end_object(j);
}

static void write_place(struct json *j, const struct nation *x, const struct nation_place *p) {
        json_object(j, NULL);
        json_str(j, "code", p->code);
        json_str(j, "name", p->name);
        json_str(j, "slug", p->slug);
        json_f64(j, "inhabitants", p->inhabitants);
        json_i64(j, "start", nation_period(x, nation_start(x, p)));
        write_moved(j, x, p);
        json_array(j, "otherwise");
        for (size_t i = 0; i < x->dictionary.n; i++)
                if (x->dictionary.v[i].choices && nation_registers_otherwise(x, p, x->dictionary.v[i].code))
                        json_str(j, NULL, x->dictionary.v[i].code);
        json_end_array(j);
        write_levels(j, x, p);
        json_end_object(j);
}

static void write_methods(struct json *j) {
        size_t n;
        const struct demo_effect *d = benchmark_demo_effects(&n);
        json_array(j, "methods");
        for (size_t i = 0; i < n; i++) {
                json_object(j, NULL);
                json_str(j, "code", str_of(d[i].region));
                json_str(j, "indicator", str_of(d[i].indicator));
                json_i64(j, "since", d[i].since);
                json_f64(j, "change", d[i].change);
                json_end_object(j);
        }
        json_end_array(j);
}

enum err known_write(const struct nation *x, struct str path) {
        struct buf out = { 0 };
        struct json j = { .out = &out };
        json_object(&j, NULL);
        json_i64(&j, "last", NATION_LAST);
        json_i64(&j, "quarters", x->quarters);
        write_indicators(&j, x);
        json_array(&j, "places");
        for (size_t i = 0; i < x->n; i++)
                write_place(&j, x, &x->place[i]);
        json_end_array(&j);
        write_methods(&j);
        json_end_object(&j);
        FILE *f = fopen(str_z(x->a, path), "w");
        bool written = f && fwrite(out.p, 1, out.n, f) == out.n;
        written &= f && fclose(f) == 0;
        buf_done(&out);
        return written ? OK : ERR_DENIED;
}
