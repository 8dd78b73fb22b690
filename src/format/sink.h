/* sink.h - where a writer puts its bytes: a file, a buffer or a callback, through one small chunk.
 *
 * A sink that fails is remembered: the rest goes nowhere, and sink_end() says so. */
#ifndef FORMAT_SINK_H
#define FORMAT_SINK_H

#include "base/str.h"

/* Takes all of `bytes` or answers with an error. */
typedef enum err sink_take(void *arg, struct str bytes);

enum { SINK_CHUNK = 4096 };

struct sink {
    sink_take *take;
    void *arg;
    enum err err;
    size_t n;
    char chunk[SINK_CHUNK];
};

void sink_init(struct sink *s, sink_take *take, void *arg);
void sink_init_file(struct sink *s, FILE *file);     /* borrowed; not closed */
void sink_init_buf(struct sink *s, struct buf *buf); /* borrowed */

void sink_put(struct sink *s, struct str bytes);

/* Gives away what is still in the chunk. ERR_IO or what the callback answered. */
enum err sink_end(struct sink *s) MUST_CHECK;

#endif
