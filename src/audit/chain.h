/* chain.h - the hash of one row of the trail. Private to this folder. */
#ifndef AUDIT_CHAIN_H
#define AUDIT_CHAIN_H
#include "audit.sql.h"

/* Of all columns of ROW but its hash, as audit.h describes. */
void chain_hash(const struct audit_full *row, char ret[65]);

#endif
