/* merkle.h - the Merkle tree hash of RFC 6962 section 2.1. Pure. */
#ifndef CRYPTO_MERKLE_H
#define CRYPTO_MERKLE_H

#include "crypto/hash.h"

/* SHA-256(0x00 || bytes). */
struct hash merkle_leaf(struct str bytes);
/* The root over `n` leaf hashes; SHA-256 of nothing for none. */
struct hash merkle_root(const struct hash *leaf, size_t n);

#endif
