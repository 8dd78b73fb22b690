/* hex.h - bytes as text: lower-case hexadecimal digits, or base64 for addresses (RFC 4648 section
 * 5, without padding). Pure. */
#ifndef CRYPTO_HEX_H
#define CRYPTO_HEX_H

#include "base/str.h"

struct str hex_encode(struct arena *a, struct str bytes);
/* ERR_INVALID: an odd number of digits, or something else than 0-9 a-f A-F. */
enum err hex_decode(struct arena *a, struct str digits, struct str *ret) MUST_CHECK;

struct str base64url_encode(struct arena *a, struct str bytes);
/* ERR_INVALID: not what base64url_encode writes (padding, another letter, stray bits at the end):
 * one text for one value. */
enum err base64url_decode(struct arena *a, struct str text, struct str *ret) MUST_CHECK;

#endif
