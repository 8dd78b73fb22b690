/* message.h - making a signed message (CMS) with exactly the attributes that PAdES or CAdES want.
 *
 * OpenSSL's own signer always adds the signing-time attribute, which PAdES forbids (EN 319 142-1, 6.3):
 * so the attributes and the message around them are written here; OpenSSL or the token only signs. */
#ifndef SIGN_MESSAGE_H
#define SIGN_MESSAGE_H

#include "calendar/date.h"
#include "sign/sign.h"

struct message_order {
    struct sign_key *key;
    bool says_time; /* CAdES wants the signing-time attribute */
    struct instant now;
    const struct sign_stamper *stamper; /* NULL: none */
};

/* Signs the bytes `before` followed by `after`; the result is DER. Errors as sign_pdf(). */
enum err message_make(struct arena *a, struct str before, struct str after, const struct message_order *order, struct str *ret) MUST_CHECK;

/* No message of this order is longer. */
size_t message_room(const struct message_order *order);

#endif
