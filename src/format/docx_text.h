/* docx_text.h - the words of a text file of a word processor, so that it can be found: Office Open XML (.docx,
 * ECMA-376) and OpenDocument (.odt, ISO/IEC 26300). Over libzip and libxml2.
 *
 * Only what a reader sees: body, heads, feet and notes; neither deleted text nor the codes of fields. A paragraph is a
 * line. Nothing is unpacked to disk or as a whole, so that a small file cannot become a large one: every part is read
 * through a small window and bounded, as is what is kept. There is no network and no DOCTYPE. */
#ifndef FORMAT_DOCX_TEXT_H
#define FORMAT_DOCX_TEXT_H

#include "format/fault.h"

enum {
    DOCX_TEXT_FILE_MAX = 64 * 1024 * 1024, /* bytes of the file */
    DOCX_TEXT_PART_MAX = 64 * 1024 * 1024, /* of one part, unpacked */
    DOCX_TEXT_PARTS_MAX = 32,              /* parts that are read */
    DOCX_TEXT_MAX = 4 * 1024 * 1024        /* of the words; what comes after is left out */
};

/* Which of the two it is, is found by what is inside, not by a name. Valid UTF-8; *ret_is_cut (may be NULL): there was
 * more than DOCX_TEXT_MAX. ERR_INVALID: no ZIP, neither of the two, locked with a password, damaged; ERR_LIMIT: the
 * file or a part is too large. *ret_fault (may be NULL) says which. */
enum err docx_text(struct arena *a, struct str bytes, struct str *ret, bool *ret_is_cut,
                   struct fault *ret_fault) MUST_CHECK;

#endif
