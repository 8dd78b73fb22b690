/* signature.h - examining the signatures of a file that somebody brings. Needs no right: the file is theirs,
 * nothing of it is kept, nothing is journalled. */
#ifndef ACTS_SIGNATURE_H
#define ACTS_SIGNATURE_H

#include "acts/ctx.h"
#include "sign/verify.h"

/* A PDF or an XML document. ERR_INVALID, with a problem at `field`: there is no file, or it is neither. */
enum err act_signatures(struct ctx *ctx, const char *field, struct str bytes, struct sign_report *ret) MUST_CHECK;

/* Is this one beyond reproach, for itself? */
enum signature_verdict { SIGNATURE_GOOD, SIGNATURE_UNDECIDED, SIGNATURE_BAD };
enum signature_verdict signature_verdict(const struct sign_result *r);

#endif
