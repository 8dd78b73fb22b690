#include "crypto/hash.h"

#define OPENSSL_SUPPRESS_DEPRECATED /* the piecewise calls need no allocation, EVP's do */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

_Static_assert(sizeof(SHA256_CTX) <= sizeof(((struct hasher *)0)->state),
               "room for OpenSSL's state");

static SHA256_CTX *state(struct hasher *h)
{
    return (SHA256_CTX *)(void *)h->state;
}

struct hash hash_of(struct str bytes)
{
    struct hash hash;

    SHA256((const unsigned char *)(bytes.p ? bytes.p : ""), bytes.n, hash.b);
    return hash;
}

struct hash hash_hmac(struct str key, struct str bytes)
{
    struct hash hash;
    unsigned int n = sizeof hash.b;

    HMAC(EVP_sha256(), key.p ? key.p : "", (int)key.n, (const unsigned char *)(bytes.p ? bytes.p : ""), bytes.n, hash.b, &n);
    return hash;
}

struct str hash_str(const struct hash *hash)
{
    return (struct str){(const char *)hash->b, sizeof hash->b};
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
}

void hasher_init(struct hasher *h)
{
    SHA256_Init(state(h));
}

void hasher_add(struct hasher *h, struct str bytes)
{
    if (bytes.n)
        SHA256_Update(state(h), bytes.p, bytes.n);
}

struct hash hasher_done(struct hasher *h)
{
    struct hash hash;

    SHA256_Final(hash.b, state(h));
    return hash;
}
