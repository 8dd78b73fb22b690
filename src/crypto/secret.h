/* secret.h - comparing and forgetting what others must not learn, over libsodium. Pure. */
#ifndef CRYPTO_SECRET_H
#define CRYPTO_SECRET_H

#include "base/str.h"

/* Equal? Takes as long for a first as for a last byte that differs; only the length shows. */
bool secret_eq(struct str a, struct str b);

/* Zeroes memory in a way that the compiler does not leave out. */
void secret_wipe(void *p, size_t n);

#endif
