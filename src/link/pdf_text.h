/* pdf_text.h - the words of a PDF, so that it can be found, over poppler's pdftotext.
 *
 * A PDF of a stranger is read in a process of its own, never in the server: without a shell, an environment, files,
 * or descriptors other than its three; bounded in processor time, memory and output. Blocks up to PDF_TEXT_SECONDS: in
 * a job, never on an event thread. */
#ifndef LINK_PDF_TEXT_H
#define LINK_PDF_TEXT_H

#include "base/str.h"

enum {
    PDF_TEXT_FILE_MAX = 64 * 1024 * 1024, /* bytes of the file */
    PDF_TEXT_MAX = 4 * 1024 * 1024,       /* of the words; what comes after is left out */
    PDF_TEXT_SECONDS = 30,                /* by the clock on the wall */
    PDF_TEXT_PROCESSOR_SECONDS = 20,
    PDF_TEXT_MEMORY = 512 * 1024 * 1024
};

#define PDF_TEXT_TOOL "/usr/bin/pdftotext" /* of the package poppler-utils */

/* `tool` is a path; "" is PDF_TEXT_TOOL. A scan has no words: OK and "". ERR_UNAVAILABLE: the tool is not there, or no
 * process can be started. ERR_INVALID: not a PDF, damaged, locked with a password. ERR_LIMIT: too large, or it took more
 * time or memory than it may. */
enum err link_pdf_text(struct arena *a, struct str tool, struct str pdf, struct str *ret) MUST_CHECK;

#endif
