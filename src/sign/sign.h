/* sign.h - signing files: PDF as PAdES baseline (EN 319 142-1), any other as a detached CAdES message.
 *
 * A PDF is only added to: the result begins with its bytes, so what others signed in it stays signed. Pure
 * but for the key (a token is spoken to) and the stamper, which is the caller's. */
#ifndef SIGN_SIGN_H
#define SIGN_SIGN_H

#include "calendar/date.h"
#include "sign/key.h"

/* Asks a time-stamp authority: gives the DER of its reply to the DER of a request (RFC 3161). */
struct sign_stamper {
    enum err (*ask)(void *arg, struct arena *a, struct str request, struct str *ret_reply);
    void *arg;
};

/* A visible mark: the first page of a small PDF, drawn into a rectangle (points from the lower left corner
 * of the page; width or height 0: as large as it is). */
struct sign_mark {
    struct str pdf;
    int page; /* of the document, from 1 */
    int x, y, width, height;
};

struct sign_order {
    struct sign_key *key;
    struct str reason, location; /* "" for none; UTF-8 */
    struct instant now;          /* said as the time of signing */
    const struct sign_stamper *stamper; /* NULL: no time-stamp: level B instead of T */
    const struct sign_mark *mark;       /* NULL: invisible */
};

enum { SIGN_REASON_MAX = 500 };

/* ERR_INVALID: not a PDF whose structure is beyond doubt, or the mark is none (*ret_why says which, in
 * English; may be NULL). ERR_FORBIDDEN: it is encrypted, or certified against any change. ERR_LIMIT: too
 * large, or a text is too long. ERR_NOT_FOUND: it has no such page. ERR_UNAVAILABLE: the token or the
 * time-stamp authority does not answer as it must. */
enum err sign_pdf(struct arena *a, struct str pdf, const struct sign_order *order, struct str *ret, const char **ret_why) MUST_CHECK;

/* What makes a signature last: certificates, lists of the revoked and answers of OCSP (PEM or DER) kept in
 * the file (DSS, level LT), and a time-stamp on all of it (level LTA). */
struct sign_extension {
    const struct str *evidence;
    size_t count;
    const struct sign_stamper *stamper; /* NULL: no time-stamp on the document */
    struct instant now;
};

enum { SIGN_EXTENSION_MAX = 200 };

/* Only adds to the file. ERR_INVALID also for evidence that is none. Else errors as sign_pdf(). */
enum err sign_extend(struct arena *a, struct str pdf, const struct sign_extension *extension, struct str *ret, const char **ret_why) MUST_CHECK;

/* A detached message about any bytes, in DER. */
enum err sign_cms(struct arena *a, struct str content, const struct sign_order *order, struct str *ret) MUST_CHECK;

#endif
