#include "testing.h"
#include <string.h>
#include "generate.h"

static void put(void *arg, const char *p, size_t n) {
        buf_put(arg, p, n);
}

struct outcome read_whole(struct arena *a, const struct str *files, size_t n, size_t chunk, size_t memory) {
        static const uint64_t key[2] = { 0x0123456789abcdef, 0xfedcba9876543210 };
        struct outcome o = { ddas_open(arena_alloc(a, memory), memory, key), S("") };
        do {
                for (size_t i = 0; i < n; i++) {
                        ddas_begin(o.d);
                        for (size_t at = 0; at < files[i].n; at += chunk ? chunk : files[i].n) {
                                size_t part = chunk && chunk < files[i].n - at ? chunk : files[i].n - at;
                                ddas_push(o.d, files[i].p + at, part);
                        }
                        ddas_end(o.d);
                }
        } while (ddas_round(o.d) == DDAS_AGAIN);
        if (ddas_count(o.d, DDAS_ERRORS) == 0) {
                struct buf b = { .max = (size_t) 64 << 20 };
                ddas_csv(o.d, put, &b);
                o.csv = str_dup(a, buf_view(&b));
                buf_done(&b);
        }
        return o;
}

struct outcome read_text(struct arena *a, struct str text) {
        return read_whole(a, &text, 1, 0, DDAS_MEMORY_MIN);
}

const char *line_of(struct arena *a, struct str csv, const char *place, const char *code, const char *period, const char *detail) {
        struct str line;
        while (str_split(&csv, '\n', &line)) {
                for (int whole = 0; whole < 2; whole++) {
                        struct str start = str_fmt(a, "%s,%s,%s,%s,%s,", place, code, period, whole ? "ja" : "nee", detail);
                        if (str_starts(line, start))
                                return str_z(a, str_trim(str_sub(line, start.n, line.n)));
                }
        }
        return "-";
}

struct str help_of(struct arena *a, const char *trajectories) {
        return str_fmt(a, "{\"startdatumLevering\":\"2024-01-01\",\"einddatumLevering\":\"2024-12-31\",\"aanleverdatumEnTijd\":\"2025-01-20T09:00:00Z\","
                       "\"codeGegevensleverancier\":\"x\",\"leveringen\":[{\"teller\":1,\"aanleverende_organisatie\":{},\"schuldhulptrajecten\":[%s]}]}", trajectories);
}

struct str signals_of(struct arena *a, const char *signals, const char *cases) {
        return str_fmt(a, "{\"startdatumLevering\":\"2025-01-01\",\"einddatumLevering\":\"2025-12-31\",\"aanleverdatumEnTijd\":\"2026-01-20T09:00:00Z\","
                       "\"codeGegevensleverancier\":\"x\",\"leveringen\":[{\"teller\":1,\"gemeentecode\":\"GM0344\",\"aanleverende_organisatie\":{},"
                       "\"vroegsignalen\":[%s],\"vroegsignaalzaken\":[%s]}]}", signals, cases);
}

struct str generated(struct arena *a, uint64_t n, uint64_t seed, bool signals) {
        struct ddas_plan plan = { .n = n, .seed = seed, .signals = signals, .year = 2024, .places = { "GM0344", "GM0363", "GM0518" }, .places_n = 3 };
        struct buf b = { .max = (size_t) 512 << 20 };
        ddas_generate(&plan, put, &b);
        struct str s = str_dup(a, buf_view(&b));
        buf_done(&b);
        return s;
}
