/* authenticator.h - tests only: a passkey device and a browser in software. A test changes one thing of what they say and
 * sees who notices. Everything lies in the arena of the scene. */
#ifndef WEBAUTHN_AUTHENTICATOR_H
#define WEBAUTHN_AUTHENTICATOR_H
#include "webauthn.h"

/* A private key with its id. Made once for each test program: RSA keys are slow. */
struct device;
struct device *device_new(int alg, char id);
void device_done(struct device *d);

/* The public key in COSE form, members in canonical order. */
struct str device_cose(struct arena *a, const struct device *d);
struct str device_sign(struct arena *a, const struct device *d, struct str auth_data, struct str client_data);

/* What device and browser will say. scene_new() gives an honest one for https://www.schouders.nl. */
struct scene {
        struct arena *a;
        const struct device *device;
        struct webauthn_site site;
        struct str challenge;           /* ours */
        bool require_uv;
        /* the browser */
        struct str type;                /* empty: the right one */
        struct str origin;
        struct str echo;                /* the challenge that it signs; empty: ours */
        struct str more;                /* JSON behind the last member */
        struct str client_data;         /* empty: made of the above */
        /* the device */
        struct str rp;
        unsigned flags;                 /* other than "key attested" and "extensions" */
        uint32_t counter;
        struct str id, cose;            /* empty: those of the device */
        struct str extensions;          /* a CBOR map, or empty */
        struct str tail;                /* behind everything */
        struct str fmt, statement;
        struct str auth_data, attestation, signature;   /* empty: made of the above */
};
struct scene scene_new(struct arena *a, const struct device *d);

struct str scene_client_data(const struct scene *s, const char *type);
struct str scene_auth_data(const struct scene *s, bool attested);
struct str scene_attestation(const struct scene *s, struct str auth_data);

/* Asks the layer. Also checks what holds for every answer: the error that belongs to the fault, an empty key or an
 * unchanged counter on a refusal. */
enum webauthn_fault scene_register(const struct scene *s, struct webauthn_key *ret);
enum webauthn_fault scene_verify(const struct scene *s, const struct webauthn_key *stored, uint32_t *counter);

/* CBOR: a head of MAJOR type and VALUE; byte and text strings. */
struct buf;
void cbor_put(struct buf *b, unsigned major, uint64_t value);
void cbor_put_string(struct buf *b, unsigned major, struct str s);
/* The parts one after the other, in A. */
struct str join(struct arena *a, struct str x, struct str y);

#endif
