/* bsn.h - warns for personal data in free text: nobody should type a client's number into a workshop record. A warning,
 * not proof: one in eleven nine-digit numbers passes the test of a citizen service number. */
#ifndef TEXT_BSN_H
#define TEXT_BSN_H
#include "str.h"

enum personal {
        PERSONAL_BSN = 1 << 0,          /* nine digits that pass the eleven-test */
        PERSONAL_IBAN = 1 << 1,         /* a bank account with right check digits */
        PERSONAL_PHONE = 1 << 2,        /* a Dutch number of a person: no 0800, 0900, 088, 085, 14- */
        PERSONAL_BIRTH_DATE = 1 << 3,   /* a date shortly behind "geboren", "geboortedatum" or "geb." */
};

/* The kinds of personal data seen in TEXT, as PERSONAL_ bits. Digits may have single spaces, points or hyphens between
 * them. Linear in the length. */
unsigned text_personal(struct str text);

/* text_personal() for the citizen service number alone. */
bool text_has_bsn(struct str text);

/* What to tell somebody who types TEXT into a form of any room, in Dutch; "" for nothing. A citizen service number is
 * refused; the other kinds may be right ("bel 06-12345678" of a colleague) and give a warning. */
void text_screen_personal(struct str text, struct str *refusal, struct str *warning);

/* The eleven-test on nine digits; nine zeros fail. */
bool bsn_valid(const char digits[9]);

#endif
