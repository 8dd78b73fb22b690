/* base64.h - bytes as text with padding, RFC 4648 section 4, as MIME and XML carry them. (The form for addresses is in
 * crypto/hex.h.) */
#ifndef FORMAT_BASE64_H
#define FORMAT_BASE64_H

#include "base/str.h"

struct str base64_encode(struct arena *a, struct str bytes);

/* White space between the letters is passed over. ERR_INVALID: another letter, padding that is missing or elsewhere
 * than at the end, stray bits. */
enum err base64_decode(struct arena *a, struct str text, struct str *ret) MUST_CHECK;

#endif
