/* message.h - making a signed message (CMS) with exactly the attributes that PAdES or CAdES want.
 *
 * OpenSSL's own signer always adds the signing-time attribute, which PAdES forbids (EN 319 142-1, 6.3):
 * so the attributes and the message around them are written here; OpenSSL or the token only signs. In two
 * steps, since the key may be on another machine. */
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

enum { MESSAGE_SIGNATURE_MAX = 2048 }; /* bytes of a bare signature: RSA of 16384 bits */

/* Everything of a message but the signature: made before the key is at hand. */
struct message_draft {
    struct str attributes;   /* DER of the SET that the key signs (RFC 5652, 5.4) */
    struct str certificate;  /* of the signer; DER */
    struct str certificates; /* all that go with the message; DER of the SET */
};

/* The DER of the attributes alone: content type, SHA-256 digest of the content, the certificate (DER) by its own digest,
 * and the time of signing unless NULL. */
struct str message_attributes(struct arena *a, struct str digest, struct str certificate, const struct instant *time);

/* About the bytes `before` followed by `after`. The key need not be at hand. */
void message_draft(struct arena *a, struct str before, struct str after, const struct message_order *order, struct message_draft *ret);

/* The message in DER. ERR_INVALID: the signature value is not that of the draft's attributes by the draft's
 * certificate, or the draft is not about these bytes. Else errors as sign_finish_pdf(). */
enum err message_finish(struct arena *a, const struct message_draft *draft, struct str before, struct str after, struct str signature,
                        const struct sign_stamper *stamper, struct str *ret) MUST_CHECK;

/* No message of this order is longer. */
size_t message_room(const struct message_order *order);

#endif
