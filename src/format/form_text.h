/* form_text.h - fields as a form sends them: application/x-www-form-urlencoded (WHATWG URL, section 5.2). */
#ifndef FORMAT_FORM_TEXT_H
#define FORMAT_FORM_TEXT_H

#include "base/str.h"

/* The next field, after those that stand in `b`. `key` needs no escaping. */
void form_text_put(struct buf *b, const char *key, struct str value);

#endif
