/* key.h - a private key with its certificate: from a PKCS#12 file, or on a token, which it never leaves.
 *
 * Tokens are reached through the PKCS#11 engine of OpenSSL (libp11) and the module of the maker. One login
 * serves any number of signatures: a leader signs fifty results in one go. One token at a time in a
 * process; not thread-safe. */
#ifndef SIGN_KEY_H
#define SIGN_KEY_H

#include "base/str.h"
#include "sign/verify.h"

struct sign_key; /* closed with its arena */

/* ERR_INVALID: not PKCS#12, a wrong password, or no key with a certificate in it. */
enum err sign_key_from_file(struct arena *a, struct str pkcs12, struct str password, struct sign_key **ret) MUST_CHECK;

struct sign_token {
    struct str uri;    /* RFC 7512, "pkcs11:token=…;object=…" */
    struct str module; /* path of the maker's PKCS#11 library */
    struct str pin;
};
/* ERR_UNAVAILABLE: no engine, no module, no such token; ERR_FORBIDDEN: the PIN is wrong or locked;
 * ERR_NOT_FOUND: the token has no such key, or no certificate beside it. */
enum err sign_key_from_token(struct arena *a, const struct sign_token *token, struct sign_key **ret) MUST_CHECK;

/* A key that is somewhere else, e.g. on a token in the signer's own machine: only its certificate is known.
 * It can be named in an order that is prepared (sign_prepare_pdf()); it cannot sign. `certificate` is DER, or
 * PEM with the signer's certificate first; what follows in it is taken as the chain. ERR_INVALID: there is no
 * certificate in it, or its key is of another kind than RSA and EC. */
enum err sign_key_elsewhere(struct arena *a, struct str certificate, struct sign_key **ret) MUST_CHECK;

/* Adds certificates between the signer's and the root (PEM or DER), to go with every signature. */
enum err sign_key_add_chain(struct sign_key *key, struct str pem) MUST_CHECK;

/* Who its certificate says will sign. */
struct sign_person sign_key_person(struct arena *a, const struct sign_key *key);

/* Its certificate in DER. */
struct str sign_key_certificate(struct arena *a, const struct sign_key *key);

/* The bare signature over the bytes, with SHA-256: RSA as PKCS#1 v1.5, ECDSA as the DER of Ecdsa-Sig-Value
 * (RFC 5480). ERR_UNAVAILABLE: the token does not answer, or the key is elsewhere. */
enum err sign_key_sign(struct arena *a, const struct sign_key *key, struct str bytes, struct str *ret) MUST_CHECK;

#endif
