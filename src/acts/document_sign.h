/* document_sign.h - digital signatures on a document that goes out, in two steps: the server prepares, the signer's
 * key signs, wherever it is, the server puts the signature in (sign/sign.h).
 *
 * NĐ 30/2020/NĐ-CP, phụ lục I phần II: the leader's signature, blue, between position and name; then number and date;
 * then the organisation's, red, over the left third of the leader's. All are incremental: what was signed stays signed.
 * Number and date are the words of a signature of their own, so that they can be added to a signed file. */
#ifndef ACTS_DOCUMENT_SIGN_H
#define ACTS_DOCUMENT_SIGN_H

#include "acts/document.h"

/* In DOCUMENT_TO_SIGN by who must sign; in DOCUMENT_NUMBERED by the registry, twice: number and date, then the seal
 * (`is_last` says which). `certificate`: DER or PEM, the chain after it. The rules say no with
 * DOCUMENT_CERTIFICATE_WRONG when it is another's: of a person the name must be the signer's, of an agency its own.
 * The file must be a PDF that the program made, or that was uploaded as the document. */
struct act_document_prepare {
    struct act_document_on on;
    struct str certificate;
    struct str to_sign;    /* out: what the key signs, SHA-256 */
    struct str title;      /* out: for who confirms it: code and subject */
    bool is_last;          /* out */
};
enum err act_document_prepare(struct act_document_prepare *act, struct ctx *ctx) MUST_CHECK;

/* The signature over to_sign. DOCUMENT_SIGNATURE_WRONG: it does not hold; DOCUMENT_CHANGED_MEANWHILE: nothing was
 * prepared for the document as it is now. After the last one the document has moved on. */
struct sign_stamper;
struct act_document_signed {
    struct act_document_on on;
    struct str signature;
    const struct sign_stamper *stamper; /* NULL: no time-stamp */
};
enum err act_document_signed(struct act_document_signed *act, struct ctx *ctx) MUST_CHECK;

#endif
