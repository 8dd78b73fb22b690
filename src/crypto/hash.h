/* hash.h - SHA-256, over OpenSSL. Pure. */
#ifndef CRYPTO_HASH_H
#define CRYPTO_HASH_H

#include "base/str.h"

struct hash {
    unsigned char b[32];
};

struct hash hash_of(struct str bytes);
struct str hash_str(const struct hash *hash); /* its 32 bytes; borrowed */
bool hash_eq(const struct hash *a, const struct hash *b);

/* HMAC-SHA-256 (RFC 2104). */
struct hash hash_hmac(struct str key, struct str bytes);

/* Piece by piece. A hasher is on the stack and needs no freeing. */
struct hasher {
    _Alignas(16) unsigned char state[128]; /* SHA256_CTX */
};
void hasher_init(struct hasher *h);
void hasher_add(struct hasher *h, struct str bytes);
struct hash hasher_done(struct hasher *h);

#endif
