/* device.c - "Firefox op Windows": enough of a User-Agent to know one's own devices, and no more. */
#include "internal.h"

struct word { struct str in, out; };

static struct str first(struct str agent, const struct word *words, size_t n, struct str otherwise) {
        for (size_t i = 0; i < n; i++)
                if (str_find(agent, words[i].in) < agent.n)
                        return words[i].out;
        return otherwise;
}

struct str device_of(struct arena *a, struct str agent) {
        /* in this order: most browsers also name an older one */
        static const struct word browsers[] = {
                { S_INIT("Edg"), S_INIT("Edge") }, { S_INIT("OPR/"), S_INIT("Opera") }, { S_INIT("SamsungBrowser"), S_INIT("Samsung Internet") },
                { S_INIT("Firefox"), S_INIT("Firefox") }, { S_INIT("Chrom"), S_INIT("Chrome") }, { S_INIT("Safari"), S_INIT("Safari") },
        };
        static const struct word systems[] = {
                { S_INIT("Android"), S_INIT("Android") }, { S_INIT("iPhone"), S_INIT("iPhone") }, { S_INIT("iPad"), S_INIT("iPad") },
                { S_INIT("Windows"), S_INIT("Windows") }, { S_INIT("Macintosh"), S_INIT("Mac") }, { S_INIT("Linux"), S_INIT("Linux") },
        };
        struct str browser = first(agent, browsers, sizeof browsers / sizeof *browsers, S("Onbekende browser"));
        struct str system = first(agent, systems, sizeof systems / sizeof *systems, S(""));
        return system.n ? str_fmt(a, "%.*s op %.*s", STR(browser), STR(system)) : browser;
}
