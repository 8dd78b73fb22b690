/* password.h - argon2id (RFC 9106), over libsodium: 19 MiB, two passes, about 27 ms here. Never on
 * an event thread. */
#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H

#include "base/str.h"

/* The hash as text, with its parameters and salt. ERR_UNAVAILABLE: not enough memory. */
enum err password_hash(struct arena *a, struct str password, struct str *ret) MUST_CHECK;

/* Was `hash` made with other parameters than today's? Then hash the password anew when it is next
 * typed correctly. */
bool password_needs_rehash(struct str hash);

/* Does `password` belong to `hash`? Costs one argon2 also for an empty or broken hash. */
bool password_verify(struct str hash, struct str password);

#endif
