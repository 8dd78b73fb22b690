/* csv.h - tables as text, read row by row with strict rules. For writing see csv_writer.h.
 *
 * Over libcsv (RFC 4180). Reading needs constant memory. The first row is the header. Understood
 * without being told: `,` `;` or tab as separator (the one most frequent in the header, outside
 * quotes), a byte order mark, Excel's line `sep=;`, CRLF, LF or CR, and line ends inside quotes.
 *
 * A row that cannot be trusted (another number of fields than the header, a stray quote, not UTF-8,
 * a control character, longer than the limits) is refused by line number and reading goes on with
 * the next line. A quote that never closes takes the lines up to CSV_ROW_MAX with it; the reason
 * names the last line lost. Fields are given as written: nothing is trimmed, also not the
 * apostrophe that the writer puts before a formula. Empty lines are skipped. */
#ifndef FORMAT_CSV_H
#define FORMAT_CSV_H

#include "format/fault.h"

enum { CSV_COLUMNS_MAX = 256, CSV_ROW_MAX = 1024 * 1024 };

struct csv_row {
    size_t line; /* where the row begins, from 1 */
    size_t count;
    const struct str *field; /* valid until the callback returns */
};

/* What happens with the rows. An error from `header` or `row` ends the reading with that error.
 * `header` and `refused` may be NULL. Names of columns come trimmed, not empty, none twice. */
struct csv_reader {
    void *arg;
    enum err (*header)(void *arg, struct csv_row names);
    enum err (*row)(void *arg, struct csv_row row);
    void (*refused)(void *arg, size_t line, struct str why);
};

/* ERR_INVALID: no header, or one that cannot be used (a name empty or twice, UTF-16).
 * ERR_IO: the file cannot be read. *ret_fault (may be NULL) says where and why. `a` takes the fault
 * only. */
enum err csv_read_file(struct arena *a, FILE *file, const struct csv_reader *to,
                       struct fault *ret_fault) MUST_CHECK;
enum err csv_read_text(struct arena *a, struct str text, const struct csv_reader *to,
                       struct fault *ret_fault) MUST_CHECK;

#endif
