/* pdf.h - a document as a PDF for archives (PDF/A-1b, ISO 19005-1), over Pango and Cairo: tagged, text that comes
 * out as it went in.
 *
 * The same document gives the same bytes: nothing depends on the clock. The typeface is Tinos, which has the
 * measures of Times New Roman and every Vietnamese letter. */
#ifndef PAPER_PDF_H
#define PAPER_PDF_H

#include "paper/document.h"

/* ERR_INVALID: a row or span of a table does not fit its columns. ERR_UNAVAILABLE: no typeface has a letter.
 * ERR_IO: the libraries failed. */
enum err paper_pdf(struct arena *a, const struct paper_document *d, struct str *ret) MUST_CHECK;

/* ---- where a number, a date and a signature go ----
 *
 * A document is signed by a leader first and gets its number and date afterwards (NĐ 30/2020/NĐ-CP, Điều 15, 18;
 * Phụ lục I, phần II, mục 12 and 13, puts both into digital signatures). Until then their room is blank: a run of
 * two or more U+00A0 in the head, made by these. "Số:" PAPER_BLANK_NUMBER "/BC-UBND" is a number to come,
 * "Biên Hòa, ngày" PAPER_BLANK_DAY "tháng" PAPER_BLANK_DAY "năm" PAPER_BLANK_YEAR a date to come. */
#define PAPER_BLANK_DAY "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"
#define PAPER_BLANK_YEAR PAPER_BLANK_DAY "\u00a0\u00a0\u00a0\u00a0"
#define PAPER_BLANK_NUMBER PAPER_BLANK_YEAR

/* A rectangle on a page, in points from the lower left corner of the page, as PDF has it: x and y are its own lower
 * left corner. Digits laid over a blank start at x (or in its middle) on `baseline`, in Tinos of `size` points. */
struct paper_place {
    int page;                        /* from 1; 0: the document has no such place */
    double x, y, width, height;
    double baseline, size;           /* of text; baseline from the lower edge of the page too */
    bool is_blank, italic;           /* room only, nothing is written there; letters are slanted */
};
struct paper_places {
    struct paper_place number;           /* of the head: its blank; when it has none, the whole of "Số: 15/BC-UBND" */
    struct paper_place date;             /* the whole of "Biên Hòa, ngày … tháng … năm …", blank or not */
    struct paper_place day, month, year; /* its blanks, in this order; no page when the date is written */
    struct paper_place signature;        /* the empty room between position and name, as wide as the right column;
                                          * of the last signature when there are several */
};

/* As paper_pdf, and says where these things are. */
enum err paper_pdf_placed(struct arena *a, const struct paper_document *d, struct str *ret, struct paper_places *ret_places) MUST_CHECK;

#endif
