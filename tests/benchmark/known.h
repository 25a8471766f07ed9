/* known.h - what is true of the nation, as JSON beside its store: what pages say of it is held against this (learning.mjs). */
#ifndef KNOWN_TRUTH_H
#define KNOWN_TRUTH_H
#include "nation.h"

/* Writes it to PATH:
 *   last, quarters              the last quarter that was drawn, and how many
 *   indicators                  code, slug, polarity, scale; truth: differ, equal, outliers, works or nothing (nation.h)
 *   places                      code, name, slug, inhabitants; start: the quarter in which its wave began; moved: by indicator, how
 *                               far its level was planted off; otherwise: indicators that it registers in the other way; level: of each
 *                               indicator, by quarter
 *   methods                     code, indicator, since, change: what starting a working method changed; 0 is a method that does nothing
 * A level is a chance, a number per 1,000 inhabitants, or a mean. ERR_DENIED when PATH cannot be written. */
_must_use_ enum err known_write(const struct nation *x, struct str path);

#endif
