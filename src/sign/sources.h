/* sources.h - where the certificates of a file say that word of revocation can be had: lists (CRL distribution points, RFC
 * 5280 4.2.1.13) and responders (OCSP, 4.2.2.1; RFC 6960). Pure: fetching is link/'s, and what comes is judged like any
 * evidence. */
#ifndef SIGN_SOURCES_H
#define SIGN_SOURCES_H

#include "sign/verify.h"

enum { SIGN_SOURCES_MAX = 60, SIGN_SOURCE_URL_MAX = 2000 };

struct sign_source {
    struct str url;     /* http or https, as the certificate says */
    struct str request; /* DER of the question to a responder; "": a list, which is only fetched */
};

/* Of every certificate in a PDF, an XML document or a message (DER or PEM), the time-stamps' too; each once. ERR_INVALID: it
 * is none of them. */
enum err sign_sources(struct arena *a, struct str file, const struct sign_trusted *trusted, struct sign_source **ret, size_t *ret_count) MUST_CHECK;

#endif
