/* stamp.h - time-stamp tokens (RFC 3161): reading and checking one, asking for one. Inside the room only. */
#ifndef SIGN_STAMP_H
#define SIGN_STAMP_H

#include "sign/cms.h"

struct stamp {
    struct cms cms;
    struct instant time;
    struct str imprint; /* digest of what was stamped */
    const EVP_MD *digest;
};

/* Reads a token and checks its own signature; whether its authority is trusted is for trust_judge(). */
enum sign_flaw stamp_read(struct arena *a, struct str der, struct stamp *ret) MUST_CHECK;
/* Is the token about these bytes, `before` followed by `after`? */
bool stamp_is_about(const struct stamp *stamp, struct str before, struct str after);

/* A request for a stamp on `bytes`, SHA-256, with a nonce and the wish for the authority's certificate. */
struct str stamp_request(struct arena *a, struct str bytes);
/* The token out of an authority's reply, which must answer this very request and hold. ERR_INVALID: it
 * does not. ERR_UNAVAILABLE: the authority refused. */
enum err stamp_from_reply(struct arena *a, struct str request, struct str reply, struct str *ret) MUST_CHECK;

#endif
