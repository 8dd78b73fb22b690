/* xlsx.h - workbooks for Excel and LibreOffice: report tables with merged headings.
 *
 * Over libxlsxwriter. Rows are written from the top; a cell that spans columns or rows takes its
 * room as in an HTML table, and the cells of later rows go around it. Text stays text (no formula
 * can come of it), figures are figures, dates are dates. The same calls with the same `created`
 * give the same bytes. Faults (a text of more than XLSX_TEXT_MAX characters, too many cells) are
 * remembered until xlsx_end(). Not thread-safe per workbook. */
#ifndef FORMAT_XLSX_H
#define FORMAT_XLSX_H

#include "calendar/date.h"

enum {
    XLSX_SHEETS_MAX = 64,
    XLSX_COLUMNS_MAX = 256,
    XLSX_ROWS_MAX = 1024 * 1024,
    XLSX_CELLS_MAX = 2 * 1000 * 1000, /* of the workbook: all are in memory until the end */
    XLSX_TEXT_MAX = 32767
};

struct xlsx;
struct xlsx_sheet;

/* A row's look. All but titles and notes have thin borders. */
enum xlsx_style {
    XLSX_PLAIN,
    XLSX_TITLE,    /* large, bold, centred */
    XLSX_SUBTITLE, /* italic, centred */
    XLSX_HEADER,   /* bold, centred, grey */
    XLSX_TOTAL,    /* bold */
    XLSX_NOTE,     /* small, at the left */
    XLSX_STYLE__COUNT
};

enum xlsx_kind { XLSX_EMPTY, XLSX_TEXT, XLSX_INT, XLSX_PERCENT, XLSX_DATE, XLSX_KIND__COUNT };

struct xlsx_cell {
    enum xlsx_kind kind;
    struct str text;
    int64_t integer;        /* also the hundredths of a percent: 9875 is 98.75 % */
    struct date date;       /* DATE_NEVER is written as an empty cell */
    unsigned columns, rows; /* 0 counts as 1 */
};

struct xlsx_cell xlsx_text(struct str text);
struct xlsx_cell xlsx_int(int64_t value); /* beyond 2^53 Excel rounds: then as text */
struct xlsx_cell xlsx_percent(int64_t hundredths);
struct xlsx_cell xlsx_date(struct date day); /* shown as 12/02/2018 */
struct xlsx_cell xlsx_empty(void);
struct xlsx_cell xlsx_span(struct xlsx_cell cell, unsigned columns, unsigned rows);

/* A workbook in the arena. `created` is what its properties say. */
struct xlsx *xlsx_new(struct arena *a, struct str title, struct instant created);

/* A new sheet, A4 across, fitted to the width of the page. Excel allows 31 characters without
 * []:*?/\ and each name once: the name is made so. BUG() past XLSX_SHEETS_MAX. */
struct xlsx_sheet *xlsx_sheet(struct xlsx *x, struct str name);

/* The width of a column, from 0, in characters. */
void xlsx_width(struct xlsx_sheet *s, unsigned column, unsigned characters);

/* The next row. */
void xlsx_row(struct xlsx_sheet *s, enum xlsx_style style, const struct xlsx_cell *cell,
              size_t count);
/* A row of one text over `columns` columns, the usual heading. */
void xlsx_heading(struct xlsx_sheet *s, enum xlsx_style style, struct str text, unsigned columns);

/* The rows so far stay in sight, and are repeated on every page. */
void xlsx_freeze(struct xlsx_sheet *s);

/* The finished file, in the arena of the workbook. ERR_LIMIT: a limit above was passed; ERR_IO: no
 * room for the library's temporary files. Nothing can be added after. */
enum err xlsx_end(struct xlsx *x, struct str *ret_bytes) MUST_CHECK;

#endif
