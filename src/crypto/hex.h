/* hex.h - bytes as lower-case hexadecimal digits, and back. */
#ifndef CRYPTO_HEX_H
#define CRYPTO_HEX_H

#include "base/str.h"

struct str hex_encode(struct arena *a, struct str bytes);
/* ERR_INVALID: an odd number of digits, or something else than 0-9 a-f A-F. */
enum err hex_decode(struct arena *a, struct str digits, struct str *ret) MUST_CHECK;

#endif
