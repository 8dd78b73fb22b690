/* xml.h - signatures inside an XML document (XMLDSig: W3C xmldsig-core1; XAdES baseline B: EN 319 132-1), as messages of the
 * document axis may carry them (QCVN 102:2016/BTTTT, DigitalSignature).
 *
 * Only one shape is made and believed: an enveloped signature over the whole document (URI=""), whose properties name
 * the certificate. Then nothing can be moved about, added or wrapped without being seen. Whatever else a signature says
 * that it covers (a part, another file, a transform that computes) is not judged: SIGN_FLAW_RANGE. There is no DOCTYPE,
 * hence no entity; no network. Canonical XML and the parser are libxml2's, the cryptography is OpenSSL's.
 *
 * A signature is over what the document says, not over its bytes: but checking needs the document as it came, since
 * names of prefixes and white space count. */
#ifndef SIGN_XML_H
#define SIGN_XML_H

#include "sign/key.h"
#include "sign/verify.h"

enum {
    SIGN_XML_FILE_MAX = 64 << 20, /* bytes of a document */
    SIGN_XML_SIGNATURES_MAX = 16
};

/* Does it begin as XML does? */
bool sign_is_xml(struct str bytes);

/* The document with a signature as the last child of the first element of that local name ("": of the root). The key
 * must be at hand. ERR_INVALID: not XML, a DOCTYPE, no such element (*ret_why says, in English; may be NULL);
 * ERR_LIMIT; ERR_UNAVAILABLE: the key does not answer. */
enum err sign_xml(struct arena *a, struct str xml, const struct sign_key *key, struct str parent, struct instant now, struct str *ret,
                  const char **ret_why) MUST_CHECK;

/* Judges every signature of the document as sign_verify_pdf() does those of a PDF; count 0: it has none. What they claim
 * of the time is a claim. Errors as sign_xml(). */
enum err sign_verify_xml(struct arena *a, struct str xml, const struct sign_trusted *trusted, struct instant now, struct sign_report *ret,
                         const char **ret_why) MUST_CHECK;

#endif
