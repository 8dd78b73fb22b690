/* attributes.h - is this what sign_prepare_pdf() or sign_prepare_cms() gives to be signed? For who holds the key and
 * is asked by somebody else to use it: a key that signs whatever it is sent can be made to sign anything. Pure. */
#ifndef SIGN_ATTRIBUTES_H
#define SIGN_ATTRIBUTES_H

#include "base/str.h"

/* Are the bytes the DER of a SET OF signed attributes (RFC 5652, 5.3) about some content: content type data, a digest
 * of SHA-256, signing-certificate-v2 (RFC 5035) that names exactly this certificate (DER), the time of signing or not,
 * and nothing else? Compared byte for byte with what this program would write, so that there is one form and no second
 * reading: no hash of another kind, no request for a certificate, no challenge of a log-in has it. */
bool sign_attributes_are_ours(struct arena *a, struct str bytes, struct str certificate);

#endif
