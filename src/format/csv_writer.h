/* csv_writer.h - tables as text, written so that Excel reads them.
 *
 * Rows end with CRLF. A field is quoted where it must be. Text that a spreadsheet would take for a
 * formula (it begins with = + - @ tab or CR) gets an apostrophe in front; numbers do not.
 * A failing sink is remembered until csv_writer_end(). */
#ifndef FORMAT_CSV_WRITER_H
#define FORMAT_CSV_WRITER_H

#include "format/sink.h"

struct csv_writer {
    struct sink sink;
    char separator;
    size_t columns, at; /* the first row sets how many fields every row has */
};

/* With a byte order mark, without which Excel reads UTF-8 as something else. */
void csv_writer_init(struct csv_writer *w, sink_take *take, void *arg, char separator);
void csv_writer_init_file(struct csv_writer *w, FILE *file, char separator);     /* borrowed */
void csv_writer_init_buf(struct csv_writer *w, struct buf *buf, char separator); /* borrowed */

void csv_write_text(struct csv_writer *w, struct str value);
void csv_write_int(struct csv_writer *w, int64_t value);
void csv_write_row_end(
    struct csv_writer *w); /* BUG() unless the row has as many fields as the first */

/* ERR_IO or what the sink answered. */
enum err csv_writer_end(struct csv_writer *w) MUST_CHECK;

#endif
