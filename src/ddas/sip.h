/* sip.h - a keyed hash, so that nobody who does not hold the key of this run can tell or choose where a client lands. */
#ifndef DDAS_SIP_H
#define DDAS_SIP_H
#include <stddef.h>
#include <stdint.h>

/* SipHash-1-3 of N bytes (Aumasson, Bernstein 2012; with these rounds the hash of tables in Rust and Ruby). */
uint64_t sip_hash(const uint64_t key[2], const void *p, size_t n);

#endif
