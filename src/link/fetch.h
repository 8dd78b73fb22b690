/* fetch.h - one question to another machine over HTTP, over libcurl: time-stamp authorities (RFC 3161),
 * OCSP, lists of revoked certificates.
 *
 * Only http and https; no redirects, no cookies, no proxies from the environment; bounded in time and
 * size. Certificates of https are checked. Blocks: never on an event thread. */
#ifndef LINK_FETCH_H
#define LINK_FETCH_H

#include "base/str.h"

enum { FETCH_SECONDS = 15, FETCH_ANSWER_MAX = 4 << 20 };

struct fetch {
    struct str url;
    struct str content_type; /* of `body`; "" asks with GET */
    struct str body;
    bool is_open_net;        /* refuses addresses that are not of the open net (RFC 6890): the address is a stranger's */
};

/* ERR_INVALID: no http or https address. ERR_FORBIDDEN: is_open_net, and the address is not. ERR_UNAVAILABLE: no answer in time, or another status than 200.
 * ERR_LIMIT: an answer larger than FETCH_ANSWER_MAX. */
enum err link_fetch(struct arena *a, const struct fetch *question, struct str *ret) MUST_CHECK;

#endif
