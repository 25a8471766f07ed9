/* account.h - "Mijn account": what people see and change of themselves, how they sign in, and their rights over their data. */
#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H
#include "http.h"

extern const struct route account_routes[];     /* /account and below, /afmelden */

#endif
