#include "crypto/password.h"

#include <sodium.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

/* An empty text may have no address. */
static const char *text(struct str s)
{
    return s.p ? s.p : "";
}

enum err password_hash(struct arena *a, struct str password, struct str *ret)
{
    char out[crypto_pwhash_STRBYTES];

    if (sodium_init() < 0 || crypto_pwhash_str_alg(out, text(password), password.n, PASSES, MEMORY,
                                                   crypto_pwhash_ALG_ARGON2ID13) != 0)
        return ERR_UNAVAILABLE;
    *ret = str_copy(a, str_of(out));
    return OK;
}

/* The hash as libsodium takes it; false: too long or empty, so nobody's. */
static bool to_z(struct str hash, char z[crypto_pwhash_STRBYTES])
{
    if (hash.n == 0 || hash.n >= crypto_pwhash_STRBYTES)
        return false;
    memset(z, 0, crypto_pwhash_STRBYTES);
    memcpy(z, hash.p, hash.n);
    return true;
}

bool password_needs_rehash(struct str hash)
{
    char z[crypto_pwhash_STRBYTES];

    return sodium_init() < 0 || !to_z(hash, z) ||
           crypto_pwhash_str_needs_rehash(z, PASSES, MEMORY) != 0;
}

bool password_verify(struct str hash, struct str password)
{
    char z[crypto_pwhash_STRBYTES];

    if (sodium_init() < 0)
        return false;
    /* Nobody's, or not an argon2id text at all: spend the same time, so that it does not show. */
    if (!to_z(hash, z) || !str_has_prefix(hash, STR(crypto_pwhash_argon2id_STRPREFIX))) {
        int unused = crypto_pwhash_str_alg(z, text(password), password.n, PASSES, MEMORY,
                                           crypto_pwhash_ALG_ARGON2ID13);
        (void)unused;
        return false;
    }
    return crypto_pwhash_str_verify(z, text(password), password.n) == 0;
}
