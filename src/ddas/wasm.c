/* wasm.c - the reader for a browser: what web/js/ddas.mjs calls. Built by web/build/wasm.mjs, not by Meson. Memory is static and never
 * grows; nothing is imported but `write`, which takes a piece of the CSV. */
#include <string.h>
#include "ddas.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

enum { CHUNK = 2 << 20 };
static char memory[DDAS_MEMORY] __attribute__((aligned(64)));
static char chunk[CHUNK];
static uint64_t key[2];
static struct ddas *d;

__attribute__((import_module("env"), import_name("write"))) void write_piece(const char *p, uint32_t n);

/* Where the caller puts bytes of a file, up to CHUNK of them, and finds texts. */
char *EXPORT(chunk_at)(void);
uint32_t EXPORT(chunk_size)(void);
void EXPORT(start)(uint32_t a, uint32_t b, uint32_t c, uint32_t e);
void EXPORT(begin)(void);
void EXPORT(push)(uint32_t n);
void EXPORT(end)(void);
/* 1 when all files must come again. */
uint32_t EXPORT(round_end)(void);
double EXPORT(count)(uint32_t what);
/* The mistake as "file <tab> line <tab> byte <tab> path <tab> reason" in the chunk; its length, or 0 past the last. */
uint32_t EXPORT(mistake_text)(uint32_t soft, uint32_t i);
/* "soft <tab> how often <tab> name" of a kind of mistake; 0 past the last. */
uint32_t EXPORT(kind_text)(uint32_t i);
void EXPORT(csv)(void);

char *chunk_at(void) {
        return chunk;
}

uint32_t chunk_size(void) {
        return CHUNK;
}

void start(uint32_t a, uint32_t b, uint32_t c, uint32_t e) {
        key[0] = (uint64_t) a << 32 | b;
        key[1] = (uint64_t) c << 32 | e;
        d = ddas_open(memory, sizeof memory, key);
}

void begin(void) {
        ddas_begin(d);
}

void push(uint32_t n) {
        ddas_push(d, chunk, n < CHUNK ? n : CHUNK);
}

void end(void) {
        ddas_end(d);
}

uint32_t round_end(void) {
        return ddas_round(d) == DDAS_AGAIN;
}

double count(uint32_t what) {
        return (double) ddas_count(d, (enum ddas_count) what);
}

static uint32_t put(uint32_t n, const char *text) {
        size_t length = strlen(text);
        memcpy(chunk + n, text, length);
        return n + (uint32_t) length;
}

static uint32_t put_number(uint32_t n, uint64_t v) {
        char digit[24];
        size_t i = sizeof digit - 1;
        digit[i] = '\0';
        do {
                digit[--i] = (char) ('0' + v % 10);
                v /= 10;
        } while (v);
        return put(n, digit + i);
}

uint32_t mistake_text(uint32_t soft, uint32_t i) {
        const struct ddas_mistake *m = ddas_mistake(d, soft != 0, i);
        if (!m)
                return 0;
        uint32_t n = put(put_number(0, m->file), "\t");
        n = put(put_number(n, m->line), "\t");
        n = put(put_number(n, m->offset), "\t");
        n = put(put(n, m->path), "\t");
        return put(n, m->reason);
}

uint32_t kind_text(uint32_t i) {
        bool soft;
        uint64_t times;
        const char *name = ddas_kind(d, i, &soft, &times);
        if (!name)
                return 0;
        uint32_t n = put(0, soft ? "1\t" : "0\t");
        return put(put(put_number(n, times), "\t"), name);
}

static void write_line(void *arg, const char *p, size_t n) {
        (void) arg;
        write_piece(p, (uint32_t) n);
}

void csv(void) {
        ddas_csv(d, write_line, NULL);
}
