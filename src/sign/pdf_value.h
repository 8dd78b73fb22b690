/* pdf_value.h - reading values from bytes, for the reader of files. */
#ifndef SIGN_PDF_VALUE_H
#define SIGN_PDF_VALUE_H

#include "sign/pdf.h"

/* A cursor over bytes. `base` is where they stand in the file, PDF_NOWHERE for opened streams. */
struct pdf_cursor {
    struct arena *arena;
    struct str bytes;
    size_t at, base;
    size_t *budget; /* values that may still be made */
};

extern const struct pdf_value PDF_NOTHING;

bool pdf_is_space(int c);
void pdf_skip_space(struct pdf_cursor *c); /* and comments */
bool pdf_take_word(struct pdf_cursor *c, const char *word);
/* Digits alone, at most ten. */
bool pdf_take_digits(struct pdf_cursor *c, int64_t *ret);
enum err pdf_read_value(struct pdf_cursor *c, const struct pdf_value **ret) MUST_CHECK;

#endif
