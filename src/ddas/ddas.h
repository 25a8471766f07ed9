/* ddas.h - reads DDAS deliveries (debt help v1.0, early signalling v0.9: https://vng-realisatie.github.io/ddas), names what is wrong in
 * them and counts the indicators of docs/ddas.md. Nothing else leaves it: no client, no date, no sum of a single person.
 *
 * All deliveries of a run are one whole, so that a client with two senders is one trajectory (samenloop). Memory is one block that
 * the caller hands in; nothing is allocated and nothing is written to disk. What does not fit is read again (adr/0016):
 *
 *      struct ddas *d = ddas_open(block, DDAS_MEMORY, key);
 *      do {
 *              for each file: ddas_begin(d); ddas_push(d, bytes, n) ...; ddas_end(d);
 *      } while (ddas_round(d) == DDAS_AGAIN);
 *      if (ddas_count(d, DDAS_ERRORS) == 0) ddas_csv(d, write, arg);
 *
 * The same bytes must come in each round. No part of it is safe for two threads at once. */
#ifndef DDAS_DDAS_H
#define DDAS_DDAS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
        DDAS_MEMORY = 16 << 20,         /* bytes that serve deliveries of any size; about 150,000 trajectories in one round */
        DDAS_MEMORY_MIN = 5 << 20,
        DDAS_MISTAKES = 100,            /* so many errors, and so many warnings, are kept with their place; all are counted */
        DDAS_TEXT_MAX = 65536,          /* bytes of one text or number in a file; longer is refused */
        DDAS_DEPTH = 32,                /* objects and lists in each other */
};

struct ddas;

/* Starts a run in N bytes at MEMORY (at least DDAS_MEMORY_MIN, aligned to 16), which must stay until the end. KEY is random: it hides
 * clients in memory and changes nothing in what comes out. NULL when N is too small. */
struct ddas *ddas_open(void *memory, size_t n, const uint64_t key[2]);

/* Count only in PERIOD: "2024" or a quarter "2024-Q3" ("2024-3" is read too). Before the first ddas_begin. False when it is none. */
bool ddas_period(struct ddas *d, const char *period);

void ddas_begin(struct ddas *d);
void ddas_push(struct ddas *d, const void *p, size_t n);
void ddas_end(struct ddas *d);

enum ddas_round { DDAS_DONE, DDAS_AGAIN };
/* After the last file of a round. DDAS_AGAIN: push all files once more, in the same order. */
enum ddas_round ddas_round(struct ddas *d);
/* True when a file cannot be read again and memory was not enough: call instead of another round. Adds an error that says so. */
void ddas_cannot_again(struct ddas *d);

struct ddas_mistake {
        uint64_t offset;                /* byte in the file, from 0 */
        uint64_t line;                  /* of the file, from 1; ends with a line feed */
        uint32_t file;                  /* which ddas_begin, from 0 */
        bool soft;                      /* a warning: the figures are counted all the same */
        uint8_t kind;
        char path[160];                 /* "leveringen[0].schuldhulptrajecten[3].startdatum"; "" for the whole file */
        char reason[400];               /* in Dutch, for who delivers; no text of a client's fields in it */
};
enum ddas_count { DDAS_ERRORS, DDAS_WARNINGS, DDAS_TRAJECTORIES, DDAS_MERGED, DDAS_SIGNALS, DDAS_CASES, DDAS_BYTES, DDAS_ROUNDS };
/* DDAS_MERGED: trajectories after samenloop. DDAS_BYTES: of the first round. */
uint64_t ddas_count(const struct ddas *d, enum ddas_count what);
/* The I-th error, or warning when SOFT, that was kept; NULL past the last. */
const struct ddas_mistake *ddas_mistake(const struct ddas *d, bool soft, uint32_t i);
/* The I-th kind of mistake: its name in Dutch, whether it is a warning, and how often it was found. NULL past the last kind. */
const char *ddas_kind(const struct ddas *d, uint32_t i, bool *soft, uint64_t *n);

/* The aggregates as CSV with a header (docs/ddas.md), a line at a time. Only after the last round, and without errors. */
typedef void ddas_write(void *arg, const char *p, size_t n);
void ddas_csv(const struct ddas *d, ddas_write *write, void *arg);

#endif
