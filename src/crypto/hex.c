#include "crypto/hex.h"

#include <sodium.h>

struct str hex_encode(struct arena *a, struct str bytes)
{
    static const char DIGITS[] = "0123456789abcdef";
    char *p = ARENA_ARRAY(a, char, bytes.n * 2 + 1);

    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char b = (unsigned char)bytes.p[i];
        p[2 * i] = DIGITS[b >> 4];
        p[2 * i + 1] = DIGITS[b & 15];
    }
    return (struct str){p, bytes.n * 2};
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum err hex_decode(struct arena *a, struct str digits, struct str *ret)
{
    if (digits.n % 2)
        return ERR_INVALID;
    char *p = ARENA_ARRAY(a, char, digits.n / 2 + 1);
    for (size_t i = 0; i < digits.n; i += 2) {
        int high = digit(digits.p[i]), low = digit(digits.p[i + 1]);
        if (high < 0 || low < 0)
            return ERR_INVALID;
        p[i / 2] = (char)(high << 4 | low);
    }
    *ret = (struct str){p, digits.n / 2};
    return OK;
}

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

struct str base64url_encode(struct arena *a, struct str bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.n, VARIANT);
    char *p = ARENA_ARRAY(a, char, room);

    sodium_bin2base64(p, room, (const unsigned char *)(bytes.p ? bytes.p : ""), bytes.n, VARIANT);
    return (struct str){p, room - 1};
}

enum err base64url_decode(struct arena *a, struct str text, struct str *ret)
{
    size_t room = text.n / 4 * 3 + 3, n;
    char *p = ARENA_ARRAY(a, char, room);

    if (sodium_base642bin((unsigned char *)p, room, text.p ? text.p : "", text.n, NULL, &n, NULL,
                          VARIANT) != 0)
        return ERR_INVALID;
    *ret = (struct str){p, n};
    return OK;
}
