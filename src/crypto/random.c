#include "crypto/random.h"

#include <sodium.h>

#include "crypto/hex.h"

void random_open(struct random *r)
{
    if (sodium_init() < 0)
        BUG("libsodium cannot start");
    *r = (struct random){.used = sizeof r->ready};
}

void random_open_seeded(struct random *r, uint64_t seed)
{
    random_open(r);
    r->is_seeded = true;
    for (int i = 0; i < 8; i++)
        r->key[i] = (unsigned char)(seed >> (8 * i));
}

/* Bytes are drawn a block at a time: a code of eight letters is not worth a system call. */
static void refill(struct random *r)
{
    if (r->is_seeded) {
        unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
        for (size_t i = 0; i < sizeof nonce; i++)
            nonce[i] = (unsigned char)(r->block >> (8 * i));
        crypto_stream_chacha20(r->ready, sizeof r->ready, nonce, r->key);
        r->block++;
    } else {
        randombytes_buf(r->ready, sizeof r->ready);
    }
    r->used = 0;
}

void random_bytes(struct random *r, void *ret, size_t n)
{
    unsigned char *p = ret;

    while (n) {
        if (r->used == sizeof r->ready)
            refill(r);
        size_t take = sizeof r->ready - r->used < n ? sizeof r->ready - r->used : n;
        memcpy(p, r->ready + r->used, take);
        sodium_memzero(r->ready + r->used, take); /* what was given out is nobody else's */
        r->used += take;
        p += take;
        n -= take;
    }
}

uint64_t random_below(struct random *r, uint64_t limit)
{
    unsigned char b[8];
    uint64_t value, odd;

    if (limit == 0)
        BUG("a random number below 0");
    odd = -limit % limit; /* 2^64 mod limit: below it the draw would not be even */
    do {
        random_bytes(r, b, sizeof b);
        value = 0;
        for (int i = 0; i < 8; i++) /* the same on every machine */
            value |= (uint64_t)b[i] << (8 * i);
    } while (value < odd);
    return value % limit;
}

struct str random_code(struct random *r, struct arena *a, size_t n)
{
    static const char LETTERS[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    char *p = ARENA_ARRAY(a, char, n + 1);

    for (size_t i = 0; i < n; i++)
        p[i] = LETTERS[random_below(r, sizeof LETTERS - 1)];
    return (struct str){p, n};
}

struct str random_hex(struct random *r, struct arena *a, size_t n)
{
    char *p = ARENA_ARRAY(a, char, n + 1);

    random_bytes(r, p, n);
    return hex_encode(a, (struct str){p, n});
}
