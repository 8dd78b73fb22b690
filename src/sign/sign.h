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

/* --- in two steps, for keys that are elsewhere ------------------------------------------------
 *
 * The signer's key never leaves the token in the signer's machine, and the file never leaves the server: the
 * server prepares (the order's key from sign_key_elsewhere()), keeps `prepared` until the next request, and
 * sends `to_sign`; the signer's machine gives back the bare signature over it. sign_pdf() goes the same way
 * with the key at hand.
 *
 * `prepared` is plain bytes, a little longer than the file will be; it holds the file, so it is kept like the
 * file. It may be finished at any later time and on any machine. `to_sign` is the DER of the signed attributes
 * (RFC 5652, 5.4): they name the digest of the file and the signer's certificate (ESSCertIDv2), so a signature
 * over them can be used for nothing else. It has to be signed with SHA-256, RSA by PKCS#1 v1.5, ECDSA as DER:
 * what sign_key_sign() does. */

/* Errors as sign_pdf(), but that no token and no authority is asked. An order with a stamper leaves room for
 * the stamp, which sign_finish_pdf() then may ask for. */
enum err sign_prepare_pdf(struct arena *a, struct str pdf, const struct sign_order *order, struct str *ret_prepared, struct str *ret_to_sign,
                          const char **ret_why) MUST_CHECK;

/* The signed file. The signature is checked against the certificate that was prepared and against the bytes of
 * the file before anything is given back. ERR_INVALID: it does not hold, or `prepared` is not what
 * sign_prepare_pdf() gave. ERR_UNAVAILABLE: the authority does not answer. ERR_LIMIT: no room was left for its
 * stamp. */
enum err sign_finish_pdf(struct arena *a, struct str prepared, struct str signature, const struct sign_stamper *stamper, struct str *ret) MUST_CHECK;

/* The same of a detached message about any bytes. `prepared` does not hold the content: it is given again. */
void sign_prepare_cms(struct arena *a, struct str content, const struct sign_order *order, struct str *ret_prepared, struct str *ret_to_sign);
enum err sign_finish_cms(struct arena *a, struct str prepared, struct str content, struct str signature, const struct sign_stamper *stamper,
                         struct str *ret) MUST_CHECK;

/* --- afterwards --------------------------------------------------------------------------------- */

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
