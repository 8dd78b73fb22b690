/* document_sign.h - digital signatures on a document that goes out, in two steps: the server prepares, the signer's
 * key signs, wherever it is, the server puts the signature in (sign/sign.h).
 *
 * NĐ 30/2020/NĐ-CP, phụ lục I phần II: the leader's signature, blue, between position and name; then number and date;
 * then the organisation's, red, over the left third of the leader's. All are incremental: what was signed stays signed.
 * Number and date are the words of a signature of their own, so that they can be added to a signed file. */
#ifndef ACTS_DOCUMENT_SIGN_H
#define ACTS_DOCUMENT_SIGN_H

#include "acts/document.h"

enum {
    DOCUMENT_SIGNING_MINUTES = 60, /* what was prepared waits so long for its signature */
    DOCUMENT_SIGNING_MAX = 500     /* prepared for one person at a time: each is as long as its file */
};

/* In DOCUMENT_TO_SIGN by who must sign; in DOCUMENT_NUMBERED by the registry, twice: number and date, then the seal
 * (`is_last` says which). `certificate`: DER or PEM, the chain after it. The rules say no with
 * DOCUMENT_CERTIFICATE_WRONG when it is another's: of a person the name must be the signer's, of an agency its own.
 * The file must be a PDF that the program made, or that was uploaded as the document.
 * What is prepared is the actor's alone, takes the place of what was prepared for the same signature before, and is
 * forgotten after DOCUMENT_SIGNING_MINUTES. ERR_INVALID: no certificate; ERR_LIMIT: DOCUMENT_SIGNING_MAX of them wait. */
struct act_document_prepare {
    struct act_document_on on;
    struct str certificate;
    struct str to_sign;    /* out: what the key signs, SHA-256 */
    struct str title;      /* out, also when the rules say no: code and subject */
    enum document_act what; /* out: DOCUMENT_SIGN; DOCUMENT_NUMBER, then DOCUMENT_SEAL */
    bool is_last;          /* out */
};
enum err act_document_prepare(struct act_document_prepare *act, struct ctx *ctx) MUST_CHECK;

/* The signature over to_sign. DOCUMENT_SIGNATURE_WRONG: it does not hold; DOCUMENT_CHANGED_MEANWHILE: nothing was
 * prepared for the document as it is now, or too long ago. After the last one the document has moved on. */
struct sign_stamper;
struct act_document_signed {
    struct act_document_on on;
    struct str signature;
    const struct sign_stamper *stamper; /* NULL: no time-stamp */
    bool is_last;          /* out: false: another signature of the actor's follows */
};
enum err act_document_signed(struct act_document_signed *act, struct ctx *ctx) MUST_CHECK;

/* Forgets at most `n` of what was prepared for anybody and not signed in time. A job; also done on every prepare. */
enum err act_document_signing_sweep(struct ctx *ctx, int64_t n, int64_t *ret_done) MUST_CHECK;

#endif
