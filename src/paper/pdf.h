/* pdf.h - a document as a PDF, over Pango and Cairo: A4, tagged, text that comes out as it went in.
 *
 * The same document gives the same bytes: nothing depends on the clock. The typeface is Tinos, which has the
 * measures of Times New Roman and every Vietnamese letter. */
#ifndef PAPER_PDF_H
#define PAPER_PDF_H

#include "paper/document.h"

/* ERR_INVALID: a row or span of a table does not fit its columns. ERR_UNAVAILABLE: no typeface has a letter. */
enum err paper_pdf(struct arena *a, const struct paper_document *d, struct str *ret) MUST_CHECK;

#endif
