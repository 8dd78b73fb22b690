/* json_writer.h - JSON written as it comes, for exports too long to build in memory.
 *
 * Commas and escaping are done here and nowhere else. Members stand in the order they are written;
 * writing two under one key is the caller's fault and is not seen. A misuse of the order (a value
 * without a key in an object, an end without a begin) is BUG(). A failing sink is remembered: the
 * rest is written nowhere and json_writer_end() says so. */
#ifndef FORMAT_JSON_WRITER_H
#define FORMAT_JSON_WRITER_H

#include "format/json.h"
#include "format/sink.h"

struct json_writer {
    struct sink sink;
    unsigned depth;
    uint64_t is_object, has_some; /* one bit for each depth */
    bool after_key, is_done;
};

void json_writer_init(struct json_writer *w, sink_take *take, void *arg);
void json_writer_init_file(struct json_writer *w, FILE *file);     /* borrowed; not closed */
void json_writer_init_buf(struct json_writer *w, struct buf *buf); /* borrowed */

void json_write_object(struct json_writer *w);
void json_write_object_end(struct json_writer *w);
void json_write_array(struct json_writer *w);
void json_write_array_end(struct json_writer *w);
void json_write_key(struct json_writer *w, struct str key);

void json_write_text(struct json_writer *w, struct str value); /* valid UTF-8 */
void json_write_int(struct json_writer *w, int64_t value);
void json_write_bool(struct json_writer *w, bool value);
void json_write_real(struct json_writer *w, double value); /* finite, or BUG() */
void json_write_null(struct json_writer *w);
/* A whole document as one value, members sorted; `a` holds the lists for sorting. Absent: null. */
void json_write_json(struct json_writer *w, struct arena *a, struct json value);

/* Between values of an export that is read line by line (JSON Lines): a line feed after a complete
 * value, and the next may follow. */
void json_write_line(struct json_writer *w);

/* Gives the rest to the sink. ERR_IO or what the sink answered. BUG() inside an open value. */
enum err json_writer_end(struct json_writer *w) MUST_CHECK;

#endif
