/* random.h - random bytes: from the operating system, or a seeded stream (ChaCha20) for the
 * demonstration and for tests, which is the same on every machine. One thread at a time. */
#ifndef CRYPTO_RANDOM_H
#define CRYPTO_RANDOM_H

#include "base/str.h"

struct random {
    bool is_seeded;
    unsigned char key[32];
    uint64_t block; /* of the stream */
    unsigned char ready[512];
    size_t used; /* of `ready` */
};

void random_open(struct random *r); /* the operating system's */
void random_open_seeded(struct random *r, uint64_t seed);

void random_bytes(struct random *r, void *ret, size_t n);
/* Uniform in 0 .. limit - 1; `limit` > 0. */
uint64_t random_below(struct random *r, uint64_t limit);
/* `n` letters and digits that nobody mistakes for one another (no 0 O 1 I L U). */
struct str random_code(struct random *r, struct arena *a, size_t n);
/* `n` bytes in hexadecimal digits. */
struct str random_hex(struct random *r, struct arena *a, size_t n);

#endif
