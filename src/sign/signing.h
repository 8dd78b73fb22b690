/* signing.h - a time-stamp authority's signature put into a PDF, on the whole document. Inside the room. */
#ifndef SIGN_SIGNING_H
#define SIGN_SIGNING_H

#include "sign/pdf.h"
#include "sign/sign.h"

/* The order needs no key; its stamper is asked. Errors as sign_pdf(). */
enum err signing_stamp(struct arena *a, struct str pdf, const struct sign_order *order, struct str *ret, const char **ret_why) MUST_CHECK;

/* ERR_FORBIDDEN: it is encrypted or certified against any change. */
enum err signing_check(struct pdf *pdf, const char **ret_why) MUST_CHECK;

#endif
