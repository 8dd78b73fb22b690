/* file_words.h - the words of a file that somebody attached, whatever it is: PDF, DOCX, ODT, plain text.
 *
 * What it is, is found by its first bytes; a name or a media type is what a stranger says. The signature is that of
 * struct document_reader (acts/document.h). Blocks as long as link_pdf_text does: in a job only. */
#ifndef LINK_FILE_WORDS_H
#define LINK_FILE_WORDS_H

#include "base/str.h"

enum { FILE_WORDS_MAX = 4 * 1024 * 1024 }; /* bytes; what comes after is left out */

/* *ret: the words, valid UTF-8; "" with *ret_why (English, for the journal of work: "a part is not XML") where a file
 * has none: another kind, damaged, locked, too large. `arg` is not used. ERR_UNAVAILABLE: try again later, the tool for
 * PDF is not there. */
enum err link_file_words(void *arg, struct arena *a, struct str name, struct str media, struct str bytes, struct str *ret,
                         struct str *ret_why) MUST_CHECK;

#endif
