#include "ddas.h"
#include <string.h>
#include "indicator.h"
#include "internal.h"

enum { TALLY_BYTES = 3 << 20 };

struct ddas *ddas_open(void *memory, size_t n, const uint64_t key[2]) {
        size_t own = (sizeof(struct ddas) + 63) / 64 * 64;
        if (n < DDAS_MEMORY_MIN)
                return NULL;
        struct ddas *d = memory;
        memset(d, 0, sizeof *d);
        d->key[0] = key[0];
        d->key[1] = key[1];
        d->tally.memory = (char *) memory + own;
        d->tally.size = TALLY_BYTES;
        d->store.memory = d->tally.memory + TALLY_BYTES;
        d->store.size = (n - own - TALLY_BYTES) / 64 * 64;
        store_start(d);
        return d;
}

void ddas_begin(struct ddas *d) {
        d->filled = 0;
        d->p = d->end = d->at = d->buffer;
        d->base = d->lines = 0;
        d->broken = false;
        d->expect = EXPECT_VALUE;
        d->depth = 0;
        d->marks = 0;
        d->model = MODEL_UNKNOWN;
        d->counter = -1;
        memset(&d->draft, 0, sizeof d->draft);
}

/* What is in the buffer is read; what is left of it moves to its front. */
static void read_buffer(struct ddas *d, bool last) {
        d->p = d->buffer;
        d->end = d->buffer + d->filled;
        reader_run(d, last);
        size_t left = d->broken ? 0 : (size_t) (d->end - d->p);
        if (d->round == 0)
                d->lines += count_lines(d->buffer, d->filled - left);
        d->base += d->filled - left;
        memmove(d->buffer, d->p, left);
        d->filled = left;
}

/* What comes before the first brace tells other files apart. */
static void look_at_start(struct ddas *d) {
        static const struct {
                const char *start;
                uint8_t n;
                enum mistake_kind kind;
                struct text why;
        } other[] = {
                { "\xff\xfe", 2, M_FOREIGN, { "dit bestand is UTF-16. Bewaar het als UTF-8", 43 } },
                { "\xfe\xff", 2, M_FOREIGN, { "dit bestand is UTF-16. Bewaar het als UTF-8", 43 } },
                { "{\0", 2, M_FOREIGN, { "dit bestand is UTF-16. Bewaar het als UTF-8", 43 } },
                { "\0{", 2, M_FOREIGN, { "dit bestand is UTF-16. Bewaar het als UTF-8", 43 } },
                { "PK", 2, M_FOREIGN, { "dit is een ZIP- of Excelbestand. Pak het uit, of kies het JSON-bestand", 70 } },
                { "\x1f\x8b", 2, M_FOREIGN, { "dit bestand is ingepakt (gzip). Pak het eerst uit", 49 } },
                { "<", 1, M_FOREIGN, { "dit is XML of HTML, geen JSON", 29 } },
        };
        if (d->base > 0 || d->filled < 3)
                return;
        d->at = d->buffer;
        if (memcmp(d->buffer, "\xef\xbb\xbf", 3) == 0) {
                mistake(d, M_BOM, "het bestand begint met een BOM; die hoort niet in JSON. Bewaar het als UTF-8 zonder BOM");
                memset(d->buffer, ' ', 3);
        }
        for (size_t i = 0; i < sizeof other / sizeof *other && !d->broken; i++)
                if (memcmp(d->buffer, other[i].start, other[i].n) == 0) {
                        mistake_at(d, other[i].kind, d->buffer, T(""), other[i].why, T(""));
                        d->broken = true;
                }
}

void ddas_push(struct ddas *d, const void *p, size_t n) {
        const char *from = p;
        *(d->round == 0 ? &d->bytes : &d->bytes_now) += n;
        while (n > 0 && !d->broken) {
                size_t part = n < BUFFER - d->filled ? n : BUFFER - d->filled;
                memcpy(d->buffer + d->filled, from, part);
                d->filled += part;
                from += part;
                n -= part;
                if (d->filled < BUFFER)
                        return;
                look_at_start(d);
                read_buffer(d, false);
        }
}

void ddas_end(struct ddas *d) {
        if (!d->broken) {
                look_at_start(d);
                read_buffer(d, true);
        }
        d->file++;
}

enum ddas_round ddas_round(struct ddas *d) {
        ddas_begin(d);          /* what is found from here on is about all files, not about a place in the last */
        d->file = 0;
        if (d->round > 0 && d->bytes_now != d->bytes)
                mistake(d, M_LIMIT, "een bestand veranderde terwijl het gelezen werd. Lees het opnieuw");
        d->bytes_now = 0;
        bool again = store_round(d);
        d->round++;
        d->delivery = 0;
        return again ? DDAS_AGAIN : DDAS_DONE;
}

void ddas_cannot_again(struct ddas *d) {
        ddas_begin(d);
        mistake(d, M_LIMIT, "dit is te groot om in een keer te lezen. Geef het als bestand op, niet als invoer van een ander programma");
}

uint64_t ddas_count(const struct ddas *d, enum ddas_count what) {
        uint64_t n[2] = { 0, 0 };
        for (int i = 0; i < MISTAKE_KINDS; i++)
                n[i >= M_SOFT] += d->found[i];
        switch (what) {
        case DDAS_ERRORS: return n[0];
        case DDAS_WARNINGS: return n[1];
        case DDAS_TRAJECTORIES: return d->trajectories;
        case DDAS_MERGED: return d->merged;
        case DDAS_SIGNALS: return d->signals;
        case DDAS_CASES: return d->cases;
        case DDAS_BYTES: return d->bytes;
        case DDAS_ROUNDS: return d->round;
        }
        return 0;
}
