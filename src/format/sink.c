#include "format/sink.h"

static enum err take_file(void *arg, struct str bytes)
{
    return fwrite(bytes.p, 1, bytes.n, arg) == bytes.n ? OK : ERR_IO;
}

static enum err take_buf(void *arg, struct str bytes)
{
    buf_put(arg, bytes);
    return OK;
}

void sink_init(struct sink *s, sink_take *take, void *arg)
{
    s->take = take; /* the chunk stays as it is: clearing 4 kB would cost more than a small value */
    s->arg = arg;
    s->err = OK;
    s->n = 0;
}

void sink_init_file(struct sink *s, FILE *file)
{
    sink_init(s, take_file, file);
}

void sink_init_buf(struct sink *s, struct buf *buf)
{
    sink_init(s, take_buf, buf);
}

static void give(struct sink *s, struct str bytes)
{
    if (!s->err && bytes.n)
        s->err = s->take(s->arg, bytes);
}

void sink_put(struct sink *s, struct str bytes)
{
    if (bytes.n > sizeof s->chunk - s->n) {
        give(s, (struct str){s->chunk, s->n});
        s->n = 0;
        if (bytes.n >= sizeof s->chunk) {
            give(s, bytes);
            return;
        }
    }
    if (bytes.n)
        memcpy(s->chunk + s->n, bytes.p, bytes.n);
    s->n += bytes.n;
}

enum err sink_end(struct sink *s)
{
    give(s, (struct str){s->chunk, s->n});
    s->n = 0;
    return s->err;
}
