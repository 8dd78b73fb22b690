/* Every row has the width of the header and a line of the file; written and read again there are
 * as many, none refused. */
#include "fuzz.h"

#include "base/text.h"
#include "format/csv.h"
#include "format/csv_writer.h"

struct trip {
    struct csv_writer writer;
    size_t columns, rows, refused, lines, last;
};

static enum err copy_row(void *arg, struct csv_row row)
{
    struct trip *trip = arg;

    FUZZ_LAW(!trip->columns || row.count == trip->columns);
    FUZZ_LAW(row.line > trip->last && row.line <= trip->lines);
    trip->columns = row.count;
    trip->last = row.line;
    trip->rows++;
    for (size_t i = 0; i < row.count; i++) {
        FUZZ_LAW(text_is_utf8(row.field[i]));
        csv_write_text(&trip->writer, row.field[i]);
    }
    csv_write_row_end(&trip->writer);
    return OK;
}

static void count_refused(void *arg, size_t line, struct str why)
{
    struct trip *trip = arg;

    FUZZ_LAW(line > 0 && line <= trip->lines && why.n > 0);
    trip->refused++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct buf out = buf_in(a), out_again = buf_in(a);
    struct trip there = {.lines = 2}, back = {.lines = SIZE_MAX};
    struct fault fault = {0};

    for (size_t i = 0; i < size; i++)
        there.lines += data[i] == '\n' || data[i] == '\r';
    csv_writer_init_buf(&there.writer, &out, ',');
    csv_writer_init_buf(&back.writer, &out_again, ',');
    enum err err =
        csv_read_text(a, (struct str){(const char *)data, size},
                      &(struct csv_reader){&there, copy_row, copy_row, count_refused}, &fault);
    FUZZ_LAW(!csv_writer_end(&there.writer));
    if (err) {
        FUZZ_LAW(fault.why.n > 0);
    } else {
        /* A name that became one of two alike by its apostrophe is no fault of the reader. */
        err = csv_read_text(a, buf_str(&out),
                            &(struct csv_reader){&back, copy_row, copy_row, count_refused}, &fault);
        FUZZ_LAW(err || (back.rows == there.rows && back.refused == 0));
    }
    FUZZ_LAW(!csv_writer_end(&back.writer));
    arena_free(a);
    return 0;
}
