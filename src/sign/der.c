#include "sign/der.h"

struct str der(struct arena *a, int tag, struct str content)
{
    struct buf b = buf_in(a);
    int bytes = 0;

    buf_char(&b, (char)tag);
    for (size_t n = content.n; n; n >>= 8)
        bytes++;
    if (content.n >= 128)
        buf_char(&b, (char)(0x80 | bytes));
    else
        bytes = 1;
    while (bytes-- > 0)
        buf_char(&b, (char)(content.n >> (8 * bytes) & 255));
    buf_put(&b, content);
    return buf_str(&b);
}

struct str der_join(struct arena *a, const struct str *piece)
{
    struct buf b = buf_in(a);

    for (; piece->p; piece++)
        buf_put(&b, *piece);
    return buf_str(&b);
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct str der_set(struct arena *a, struct str *piece, size_t count)
{
    struct buf b = buf_in(a);

    qsort(piece, count, sizeof *piece, by_bytes);
    for (size_t i = 0; i < count; i++)
        buf_put(&b, piece[i]);
    return der(a, DER_SET, buf_str(&b));
}

struct str der_small(struct arena *a, int tag, int value)
{
    char byte = (char)value;
    return der(a, tag, (struct str){&byte, 1});
}
