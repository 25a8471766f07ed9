/* model.h - the two exchange models as tables: which fields an object has, what they hold, and where a value is kept. */
#ifndef DDAS_MODEL_H
#define DDAS_MODEL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum type { T_ANY, T_OBJECT, T_LIST, T_TEXT, T_DATE, T_MOMENT, T_EMAIL, T_WHOLE, T_BOOL, T_ENUM };

/* Where a value goes: the first are days of the draft, then what values.c knows. */
enum take {
        /* Debt help. */
        D_START, D_END, D_APPLIED, D_INTAKE, D_DECIDED, D_STABLE, D_STABLE_END, D_PROPOSED, D_AGREED, D_REFUSED, D_SOLVED, D_SOLVED_END, D_LEFT,
        DAYS,           /* so many are kept; what follows helps while an object is read */
        D_INTAKE_END = DAYS, D_END_DECISION, D_GRANTED, D_WITHDRAWN,
        D_FIRST_DAY, D_LAST_DAY,        /* of the delivery */
        D_SIGNALLED, D_AROSE,           /* early signalling */
        D_MATCHED, D_TAKEN_UP, D_MATCH_END, D_MATCH_START,
        DAYS_READ,
        TAKE_NOTHING = DAYS_READ,
        TAKE_ROOT, TAKE_DELIVERY, TAKE_TRAJECTORY, TAKE_CLIENT, TAKE_DEBT, TAKE_SIGNAL, TAKE_CASE, TAKE_REFERENCE,     /* objects, at their end */
        TAKE_COUNTER, TAKE_PLACE, TAKE_DELIVERY_PLACE, TAKE_TOTAL, TAKE_CRISIS, TAKE_CRISIS_HELP, TAKE_GUIDANCE, TAKE_AFTERCARE, TAKE_COURT, TAKE_SETTLEMENT,
        TAKE_LEAVING, TAKE_DECISION, TAKE_SOLUTION, TAKE_REASON, TAKE_AMOUNT, TAKE_BUSINESS, TAKE_CREDITOR, TAKE_CREDITOR_NUMBER,
        TAKE_BSN, TAKE_BIRTH, TAKE_POSTCODE, TAKE_HOUSE, TAKE_HOUSE_EXTRA, TAKE_STREET, TAKE_TOWN, TAKE_SEX, TAKE_SURNAME,
        TAKE_PARTNER, TAKE_RESULT, TAKE_REACHED, TAKE_ID,
};

enum model { MODEL_UNKNOWN, MODEL_HELP, MODEL_SIGNALS };

struct field {
        const char *name;
        uint8_t n;              /* bytes of name */
        uint8_t type;
        uint8_t of;             /* index in model_nodes (T_OBJECT, T_LIST: what it holds) or model_enums */
        uint8_t take;
        uint8_t model;          /* in this model only; MODEL_UNKNOWN: in both */
        bool secret;            /* what it holds is never quoted */
};

enum { FIELDS_MAX = 32, ENUM_MAX = 16 };
struct node {
        const struct field *fields;
        uint8_t n;
        uint8_t take;
        bool closed;            /* other fields are errors */
        bool unique;            /* in a list: no two the same */
        uint8_t min, max;       /* how many in a list; max 0: any */
        uint32_t required;      /* bits of fields */
};
struct words {
        const char *word[ENUM_MAX];     /* NULL after the last */
};

/* Value lists whose order others rely on. */
enum { ENUM_DECISION, ENUM_GUIDANCE, ENUM_SOLUTION, ENUM_REASON, ENUM_DEBT, ENUM_PARTNER, ENUM_CONTACT, ENUM_RESULT, ENUM_DAYPART, ENUM_STATUS, ENUMS };
enum { SOLUTION_INSTALMENTS, SOLUTION_REFINANCE, SOLUTION_CREDIT, SOLUTION_MEDIATION, SOLUTION_NIL, SOLUTIONS };
enum { REASON_DIED, REASON_MOVED, REASON_ABSENT, REASON_WITHDRAWN, REASON_UNFIT, REASON_OTHER, REASON_FAILS, REASON_FINISHED, REASON_SELF, REASONS };
enum { DECISION_REFUSED, DECISION_ADMITTED };
enum { RESULT_ADVICE = 11, RESULT_FINANCIAL, RESULT_UNMET, RESULT_OTHER_HELP, RESULTS };
enum { PARTNERS = 11 };

enum {
        NODE_ROOT, NODE_DELIVERY, NODE_ORGANISATION, NODE_CONTACT, NODE_CONTACT_UNIQUE, NODE_TRAJECTORY, NODE_APPLICATION, NODE_SPAN,
        NODE_CRISIS, NODE_GUIDANCE, NODE_AFTERCARE, NODE_CLIENT, NODE_INTAKE, NODE_MORATORIUM, NODE_SOLUTION, NODE_PLAN, NODE_DEBT,
        NODE_CREDITOR, NODE_SETTLEMENT, NODE_LEAVING, NODE_STABLE, NODE_SIGNAL, NODE_PARTNER, NODE_RESIDENT, NODE_CASE,
        NODE_REFERENCE, NODE_ATTEMPT, NODES
};
extern const struct node model_nodes[NODES];
extern const struct words model_enums[ENUMS];

/* The version of the model that had a field, or a word in a list, called NAME that v1.0 does not have; NULL for any other. */
const char *model_old(const char *name, size_t n);

#endif
