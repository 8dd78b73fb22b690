/* token.h - which certificates lie on a token: read without its PIN, through the maker's PKCS#11 library (p11-kit). */
#ifndef SIGN_TOKEN_H
#define SIGN_TOKEN_H

#include "base/str.h"

enum { SIGN_TOKEN_CERTIFICATES_MAX = 32 };

struct sign_token_certificate {
    struct str uri;   /* RFC 7512: of the certificate, and of the key beside it: for sign_key_from_token() */
    struct str token; /* label of the token, without the blanks at its end */
    struct str der;
};

/* Every certificate of a person or an organisation (none of an authority) on the tokens that `filter` allows
 * ("pkcs11:token=…"; empty: all). ERR_UNAVAILABLE: the library cannot be loaded, or it fails; ERR_INVALID: `filter` is
 * no such address; ERR_LIMIT: more than SIGN_TOKEN_CERTIFICATES_MAX. No library may be in use in this process. */
enum err sign_token_list(struct arena *a, struct str module, struct str filter, struct sign_token_certificate **ret, size_t *ret_count) MUST_CHECK;

#endif
