/* APPNOTE.TXT 6.3, what a reader of Office files needs of it. */
#include "paper/package.h"

#include <zlib.h>

enum { VERSION = 20, DAY_1980_01_01 = 0x21 };

static void number(struct buf *b, uint32_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(b, (char)(unsigned char)(n >> (8 * i)));
}

void package_begin(struct package *p, struct arena *a)
{
    *p = (struct package){.out = buf_in(a), .directory = buf_in(a)};
}

/* What stands before a part and, once more, in the directory. */
static void about(struct buf *b, uint32_t crc, size_t size, size_t name)
{
    number(b, VERSION, 2);
    number(b, 0x800, 2); /* names are UTF-8 */
    number(b, 0, 2);     /* stored */
    number(b, 0, 2);
    number(b, DAY_1980_01_01, 2);
    number(b, crc, 4);
    number(b, (uint32_t)size, 4);
    number(b, (uint32_t)size, 4);
    number(b, (uint32_t)name, 2);
    number(b, 0, 2);
}

void package_add(struct package *p, const char *name, struct str bytes)
{
    struct str n = str_of(name);
    uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)bytes.p, (unsigned)bytes.n), at = (uint32_t)p->out.n;

    buf_put(&p->out, STR("PK\x03\x04"));
    about(&p->out, crc, bytes.n, n.n);
    buf_put(&p->out, n);
    buf_put(&p->out, bytes);
    buf_put(&p->directory, STR("PK\x01\x02"));
    number(&p->directory, VERSION, 2);
    about(&p->directory, crc, bytes.n, n.n);
    number(&p->directory, 0, 2);
    number(&p->directory, 0, 2);
    number(&p->directory, 0, 2);
    number(&p->directory, 0, 4);
    number(&p->directory, at, 4);
    buf_put(&p->directory, n);
    p->count++;
}

struct str package_end(struct package *p)
{
    uint32_t at = (uint32_t)p->out.n, size = (uint32_t)p->directory.n;

    buf_put(&p->out, buf_str(&p->directory));
    buf_put(&p->out, STR("PK\x05\x06"));
    number(&p->out, 0, 4);
    number(&p->out, (uint32_t)p->count, 2);
    number(&p->out, (uint32_t)p->count, 2);
    number(&p->out, size, 4);
    number(&p->out, at, 4);
    number(&p->out, 0, 2);
    return buf_str(&p->out);
}
