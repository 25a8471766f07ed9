/* sip.h - a keyed hash, so that nobody who does not hold the key of this run can tell or choose where a client lands.
 *
 * Clients are told apart by these 64 bits and by nothing else. Of n clients two different ones meet with a chance of about n² / 2^65:
 * 3 in 10^10 for the 100,000 of a national year, 1 in 10^5 for twenty million. Nobody can provoke it: the key is drawn for the run. */
#ifndef DDAS_SIP_H
#define DDAS_SIP_H
#include <stddef.h>
#include <stdint.h>

/* SipHash-1-3 of N bytes (Aumasson, Bernstein 2012; with these rounds the hash of tables in Rust and Ruby). */
uint64_t sip_hash(const uint64_t key[2], const void *p, size_t n);

#endif
