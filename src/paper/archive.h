/* archive.h - a PDF as Cairo writes it made into one for archives: PDF/A-1b (ISO 19005-1:2005), still tagged;
 * inside paper/ only.
 *
 * Cairo leaves out what an archive asks for: metadata in XMP that say the same as the file's own, the colours that
 * "red, green, blue" mean, which letters a part of a typeface holds, an identifier; and it makes every page a
 * transparency group, though nothing on it is transparent. */
#ifndef PAPER_ARCHIVE_H
#define PAPER_ARCHIVE_H

#include "paper/document.h"

/* The same PDF gives the same bytes. ERR_IO: it is not a PDF such as Cairo writes. */
enum err archive_pdf(struct arena *a, struct str pdf, const struct paper_document *d, struct str *ret) MUST_CHECK;

#endif
