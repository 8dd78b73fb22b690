/* signing.h - one signature put into a PDF: a person's, or a time-stamp authority's on the document (then the
 * order needs no key). Inside the room. */
#ifndef SIGN_SIGNING_H
#define SIGN_SIGNING_H

#include "sign/pdf.h"
#include "sign/sign.h"

enum err signing_do(struct arena *a, struct str pdf, const struct sign_order *order, bool is_stamp, struct str *ret, const char **ret_why) MUST_CHECK;

/* ERR_FORBIDDEN: it is encrypted or certified against any change. */
enum err signing_check(struct pdf *pdf, const char **ret_why) MUST_CHECK;

#endif
