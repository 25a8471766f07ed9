/* internal.h - what the parts of the reader share. One struct ddas holds all state; it begins the caller's block of memory. */
#ifndef DDAS_INTERNAL_H
#define DDAS_INTERNAL_H
#include "day.h"
#include "ddas.h"
#include "model.h"
#include "scan.h"
#include "sip.h"

enum mistake_kind {
        M_SYNTAX, M_TRUNCATED, M_UTF8, M_BOM, M_DUPLICATE, M_DEPTH, M_LONG, M_FOREIGN, M_OLD, M_TYPE, M_MISSING, M_UNKNOWN, M_WORD, M_DATE_FORM, M_NO_DATE,
        M_EMAIL, M_NUMBER, M_RANGE, M_ITEMS, M_TWICE, M_PLACE, M_PERIOD, M_LIMIT,
        M_SOFT,
        W_PLACE = M_SOFT, W_OPEN_FIELD, W_ORDER, W_COURT, W_GRANTED, W_ENDS, W_NO_CLIENT, W_BSN, W_OUTSIDE, W_COUNTER, W_SEX, W_NEGATIVE, W_FAR,
        MISTAKE_KINDS
};

struct text {
        const char *p;
        size_t n;
};
#define T(lit) ((struct text) { "" lit "", sizeof("" lit "") - 1 })

/* One open object or list. */
struct frame {
        const struct node *node;        /* of the object, or of what the list holds; NULL: unknown, and skipped */
        uint32_t seen;                  /* bits of fields that came by */
        uint32_t index;                 /* of the item in a list */
        uint64_t hash;                  /* of the value so far, for lists without doubles */
        uint16_t marks;                 /* where its hashes begin in ddas.mark */
        uint8_t field;                  /* the current field, or NO_FIELD */
        bool list;
};
enum { NO_FIELD = 255, MARKS = 1024 };

enum record_kind { TRAJECTORY, SIGNAL, CASE };
enum flag {
        FLAG_CRISIS = 1, FLAG_COURT = 2, FLAG_GUIDANCE = 4, FLAG_AFTERCARE = 8, FLAG_BUSINESS = 16, FLAG_DEBTS = 32, FLAG_DECISION = 64, FLAG_ADMITTED = 128,
        FLAG_LEFT = 256, FLAG_REACHED = 512, FLAG_TOTAL = 1024, FLAG_CRISIS_KNOWN = 2048,
};
/* One trajectory, signal or case: all that is kept of it, 64 bytes. */
struct record {
        uint64_t key[2];        /* keyed hashes of its clients, or of the address of a signal; 0: none. See sip.h for how often two meet */
        uint32_t next, parent;  /* of merge.c */
        uint32_t debt;          /* whole euros */
        uint16_t day[DAYS];     /* for signals and cases only [0] */
        uint16_t creditors;
        uint16_t place;         /* number of the municipality, or PLACE_UNKNOWN */
        uint16_t flags;
        uint8_t kind, solution, reason; /* solution: also the partner of a signal; reason: also the result of a case */
};
_Static_assert(sizeof(struct record) == 64, "a record is one cache line");
enum { PLACE_UNKNOWN = 10000, PLACE_NONE = 65535, NO_WORD = 255, MONEY_MAX = 999999999 };

/* What is known of the object that is being read. */
struct draft {
        uint16_t day[DAYS_READ];
        uint16_t flags, place, creditors;
        uint8_t solution, reason, decision;
        uint8_t clients;
        uint64_t key[2];
        int64_t total, sum;     /* of debts; -1: none given */
        uint64_t bsn, part[6];  /* of the client: hashes */
        uint64_t creditor, creditor_number;
        bool crisis_help;
        uint16_t creditor_marks;
};
enum { PART_BIRTH, PART_POSTCODE, PART_HOUSE, PART_EXTRA, PART_STREET, PART_TOWN };
enum { CREDITORS_MAX = 512 };

struct span {
        uint16_t first, last;
};
enum { PERIODS_MAX = 100, SPANS_MAX = 32 };
struct period {
        struct span span;       /* the part of it that was delivered */
        uint16_t year;
        uint8_t quarter;        /* 0: the year */
        bool whole;
};

enum { BUFFER = 2 * DDAS_TEXT_MAX, DELIVERIES_MAX = 4096, PLACES = PLACE_UNKNOWN + 1, PLACES_MAX = 1024 };
enum expect { EXPECT_VALUE, EXPECT_FIRST_ITEM, EXPECT_FIRST_KEY, EXPECT_KEY, EXPECT_COLON, EXPECT_NEXT, EXPECT_END };

struct store {
        struct record *v;
        uint32_t n, cap;
        char *memory;           /* what v, index and filters are cut from */
        size_t size;
        uint64_t *seen, *again; /* filters over keys, in words; NULL while all fits */
        size_t seen_n, again_n;
        uint32_t *tie;          /* of each bucket a later one that it is tied to, or itself */
        uint32_t buckets;
        uint32_t low, high;     /* the range of buckets of this round */
        enum { STORE_KEEPS, STORE_SIEVES, STORE_REFINES, STORE_FILTERS } phase;
        uint64_t repeats;       /* how often the sieve thought to have seen a key before */
        bool first;             /* the first round that filters: records of clients that come once are counted in it, and ties found */
};

struct block;
struct tally {
        char *memory;
        size_t size;
        struct block *block;
        uint32_t blocks_n, blocks_cap;
        uint16_t *at;                   /* [place slot * periods_n + period]: 0, or 1 + which block */
        uint16_t slot[PLACES];          /* 0: not seen, else slot + 1 */
        uint16_t places[PLACES_MAX];
        uint8_t models[PLACES_MAX];     /* bits of 1 << enum model */
        uint32_t places_n;
        struct period period[PERIODS_MAX];
        uint32_t periods_n;
        uint8_t period_at[180 * 5];     /* [(year - 1900) * 5 + quarter]: 0, or 1 + which period */
        uint16_t wanted_year;           /* 0: all */
        uint8_t wanted_quarter;
};

struct ddas {
        char buffer[BUFFER + SCAN_SLACK];
        char scratch[BUFFER + SCAN_SLACK];
        size_t filled;
        const char *p, *end;
        const char *at;         /* where the token at hand began */
        uint64_t base;          /* offset in the file of buffer[0] */
        uint64_t lines;         /* line feeds before it; only counted in the first round */
        bool broken;            /* nothing more of this file is read */
        enum expect expect;
        struct frame frame[DDAS_DEPTH];
        int depth;
        uint8_t follows[NODES][FIELDS_MAX + 1]; /* the field that came after a field the last time */
        uint64_t mark[MARKS];
        uint32_t marks;
        uint64_t creditor[CREDITORS_MAX];

        uint64_t key[2];
        enum model model;       /* of this file */
        int64_t counter;        /* the teller before */
        uint32_t file, delivery;
        struct draft draft;
        uint16_t delivery_place[DELIVERIES_MAX];
        bool late_place;        /* a signal came before the municipality of its delivery */

        struct span span[SPANS_MAX];    /* delivered days, sorted, apart */
        uint32_t spans_n;
        uint32_t round;
        uint64_t bytes, bytes_now;       /* of the first round, and of the one at hand */
        uint64_t trajectories, merged, signals, cases;
        struct ddas_mistake mistake[2][DDAS_MISTAKES];
        uint32_t mistakes_n[2];
        uint64_t found[MISTAKE_KINDS];

        struct store store;
        struct tally tally;
};

/* mistake.c. The offset is that of P in the buffer; the path that of the open frames, with NAME at the end when it is given. Only the
 * first round speaks. */
void mistake_at(struct ddas *d, enum mistake_kind kind, const char *p, struct text name, struct text why, struct text quoted);
#define mistake(d, kind, why) mistake_at((d), (kind), (d)->at, T(""), T(why), T(""))
#define mistake_quoting(d, kind, why, quoted) mistake_at((d), (kind), (d)->at, T(""), T(why), (quoted))
#define mistake_type(d, belongs) mistake_at((d), M_TYPE, (d)->at, T(""), wanted((enum type) (belongs)), T(""))
struct line {
        char *p;
        size_t n, cap;
};
void line_put(struct line *l, struct text t);
void line_number(struct line *l, int64_t v);
/* What belongs in a field of TYPE. */
struct text wanted(enum type type);
/* Line feeds in N bytes at P. */
uint64_t count_lines(const char *p, size_t n);

/* reader.c: what is in the buffer; LAST when the file ends there. */
void reader_run(struct ddas *d, bool last);

/* check.c: values against their type. */
void check_text(struct ddas *d, const struct field *f, struct text t);
void check_number(struct ddas *d, const struct field *f, struct text t);
/* The word's place in the list, or NO_WORD. */
uint8_t word_index(uint8_t list, struct text t);

/* draft.c: values on their way into a record. */
void draft_begin(struct ddas *d, uint8_t take);
void draft_end(struct ddas *d, uint8_t take);
void draft_text(struct ddas *d, uint8_t take, struct text t);
void draft_whole(struct ddas *d, uint8_t take, int64_t v);
void draft_bool(struct ddas *d, uint8_t take, bool v);
/* "GM0344" and what resembles it as a number; PLACE_NONE when it is none. *tidy: written as it should. */
uint16_t place_number(struct text t, bool *tidy);

/* record.c: what was read, with the warnings about how it hangs together. */
void record_trajectory(struct ddas *d);
void record_signal(struct ddas *d);
void record_case(struct ddas *d);

/* store.c */
void store_start(struct ddas *d);
void store_put(struct ddas *d, const struct record *r);
/* The end of a round: counts what was kept. True when another is needed. */
bool store_round(struct ddas *d);

/* merge.c: the records of the store to trajectories of clients and reports of addresses, and to the tally. */
void merge_all(struct ddas *d);
/* Bytes that merging takes for N records besides the records. */
size_t merge_size(uint32_t n);

/* period.c. All municipalities have come by. */
void tally_periods(struct ddas *d);
/* Bytes that the tally then takes at most, a multiple of 64. */
size_t tally_size(const struct ddas *d);

/* tally.c */
void tally_place(struct ddas *d, uint16_t place, enum model model);
/* ENDED: the last day of the client's trajectory before, or DAY_NONE. */
void tally_trajectory(struct ddas *d, const struct record *r, uint16_t ended);
void tally_signal(struct ddas *d, const struct record *r);
void tally_report(struct ddas *d, const struct record *r, bool multiple, bool consecutive);
void tally_case(struct ddas *d, const struct record *r);

/* span.c: days that were delivered. */
void span_add(struct ddas *d, uint16_t first, uint16_t last);
bool span_has(const struct ddas *d, uint16_t day);

#endif
