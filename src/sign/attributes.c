#include "sign/attributes.h"

#include "sign/message.h"

enum { DIGEST_BYTES = 32, TIME_BYTES = 12 };

/* What stands before the digest and before the time: type of the attribute, its set, the tag and length of the value. */
#define BEFORE_DIGEST STR("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04\x31\x22\x04\x20")
#define BEFORE_TIME   STR("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05\x31\x0f\x17\x0d")

static bool piece_after(struct str bytes, struct str before, size_t n, struct str *ret)
{
    size_t at = str_find(bytes, before);

    if (at == STR_NONE || bytes.n - at - before.n < n)
        return false;
    *ret = str_sub(bytes, at + before.n, n);
    return true;
}

/* "261124033600" of a UTCTime. */
static bool time_of(struct arena *a, struct str digits, struct instant *ret)
{
    const char *p = digits.p;

    for (size_t i = 0; i < digits.n; i++)
        if (p[i] < '0' || p[i] > '9')
            return false;
    return instant_parse(str_format(a, "20%.2s-%.2s-%.2sT%.2s:%.2s:%.2s.000Z", p, p + 2, p + 4, p + 6, p + 8, p + 10), ret) == OK;
}

bool sign_attributes_are_ours(struct arena *a, struct str bytes, struct str certificate)
{
    struct str digest, digits;
    struct instant time;
    bool has_time = piece_after(bytes, BEFORE_TIME, TIME_BYTES, &digits);

    if (!piece_after(bytes, BEFORE_DIGEST, DIGEST_BYTES, &digest) || (has_time && !time_of(a, digits, &time)))
        return false;
    return str_eq(bytes, message_attributes(a, digest, certificate, has_time ? &time : NULL));
}
