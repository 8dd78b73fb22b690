#include "crypto/password.h"

#include <sodium.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

enum err password_hash(struct arena *a, struct str password, struct str *ret)
{
    char out[crypto_pwhash_STRBYTES];

    if (sodium_init() < 0 ||
        crypto_pwhash_str_alg(out, password.p, password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return ERR_UNAVAILABLE;
    *ret = str_copy(a, str_of(out));
    return OK;
}

bool password_verify(struct str hash, struct str password)
{
    char z[crypto_pwhash_STRBYTES] = "";

    if (sodium_init() < 0)
        return false;
    if (hash.n == 0 || hash.n >= sizeof z) { /* nobody's: spend the same time */
        char out[crypto_pwhash_STRBYTES];
        int unused = crypto_pwhash_str_alg(out, password.p, password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
        (void)unused;
        return false;
    }
    memcpy(z, hash.p, hash.n);
    return crypto_pwhash_str_verify(z, password.p, password.n) == 0;
}
