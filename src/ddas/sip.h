/* sip.h - a keyed hash, so that nobody who does not hold the key of this run can tell or choose where a client lands. */
#ifndef DDAS_SIP_H
#define DDAS_SIP_H
#include <stddef.h>
#include <stdint.h>

/* SipHash-2-4 (Aumasson, Bernstein 2012) of N bytes. */
uint64_t sip_hash(const uint64_t key[2], const void *p, size_t n);

#endif
