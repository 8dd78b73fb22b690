#include "format/base64.h"

#include <string.h>

static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct str base64_encode(struct arena *a, struct str bytes)
{
    size_t n = (bytes.n + 2) / 3 * 4;
    char *p = ARENA_ARRAY(a, char, n + 1), *to = p;

    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        uint32_t three = (uint32_t)(unsigned char)bytes.p[i] << 16;
        three |= left > 1 ? (uint32_t)(unsigned char)bytes.p[i + 1] << 8 : 0;
        three |= left > 2 ? (unsigned char)bytes.p[i + 2] : 0;
        *to++ = LETTERS[three >> 18];
        *to++ = LETTERS[three >> 12 & 63];
        *to++ = left > 1 ? LETTERS[three >> 6 & 63] : '=';
        *to++ = left > 2 ? LETTERS[three & 63] : '=';
    }
    return (struct str){p, n};
}

static int value(char c)
{
    const char *at = c ? strchr(LETTERS, c) : NULL;

    return at ? (int)(at - LETTERS) : -1;
}

enum err base64_decode(struct arena *a, struct str text, struct str *ret)
{
    char *p = ARENA_ARRAY(a, char, text.n / 4 * 3 + 4);
    size_t n = 0, letters = 0, padding = 0;
    uint32_t bits = 0;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        if (c == '=') {
            padding++;
            continue;
        }
        int v = value(c);
        if (v < 0 || padding)
            return ERR_INVALID;
        bits = bits << 6 | (uint32_t)v;
        if (++letters % 4 == 0)
            for (int shift = 16; shift >= 0; shift -= 8)
                p[n++] = (char)(unsigned char)(bits >> shift);
    }
    size_t rest = letters % 4;
    if (padding != (rest ? 4 - rest : 0) || rest == 1)
        return ERR_INVALID;
    if ((rest == 2 && bits & 15) || (rest == 3 && bits & 3))
        return ERR_INVALID;
    if (rest)
        p[n++] = (char)(unsigned char)(bits >> (rest == 2 ? 4 : 10));
    if (rest == 3)
        p[n++] = (char)(unsigned char)(bits >> 2);
    *ret = (struct str){p, n};
    return OK;
}
