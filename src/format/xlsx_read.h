/* xlsx_read.h - the first sheet of a workbook (Office Open XML, ECMA-376) as CSV, for whoever reads tables with csv.h.
 * Over libzip and libxml2.
 *
 * What a cell says, not how it looks: words as they are, numbers as they are stored, dates as 2018-02-12 (a number whose
 * format shows a day), nothing of formulas but their last result. A row is a line, so that line numbers are those of the
 * sheet as long as no cell has several lines. Every part is bounded before it is unpacked; no network, no DOCTYPE. */
#ifndef FORMAT_XLSX_READ_H
#define FORMAT_XLSX_READ_H

#include "format/fault.h"

enum {
    XLSX_READ_FILE_MAX = 32 * 1024 * 1024, /* bytes of the file */
    XLSX_READ_PART_MAX = 64 * 1024 * 1024, /* of one part, unpacked */
    XLSX_READ_ROWS_MAX = 200 * 1000,
    XLSX_READ_COLUMNS_MAX = 256
};

/* Does it begin as a workbook (a ZIP file) does? */
bool xlsx_is(struct str bytes);
/* ERR_INVALID: no workbook, locked, damaged; ERR_LIMIT: too large. *ret_fault (may be NULL) says which. */
enum err xlsx_read(struct arena *a, struct str bytes, struct str *ret_csv, struct fault *ret_fault) MUST_CHECK;

#endif
