/* trust.h - whether a certificate may be believed at a moment: chain, validity, usage, revocation. Inside
 * the room only; verify.h explains the judgements. */
#ifndef SIGN_TRUST_H
#define SIGN_TRUST_H

#include "sign/cms.h"

#include <openssl/ocsp.h>

/* Certificates, lists and answers that somebody handed us. Nothing in it is believed unchecked. */
struct evidence {
    struct arena *arena;
    size_t room; /* bytes that may still be added */
    STACK_OF(X509) *certificate;
    STACK_OF(X509_CRL) *crl;
    OCSP_BASICRESP *answer[SIGN_EVIDENCE_MAX];
    size_t answers;
};

void evidence_open(struct evidence *e, struct arena *a, size_t room);
/* DER, or else PEM. False: there is none of it in the bytes (or no room is left). */
bool evidence_add_certificate(struct evidence *e, struct str bytes);
bool evidence_add_crl(struct evidence *e, struct str bytes);
bool evidence_add_answer(struct evidence *e, struct str bytes); /* OCSPResponse or BasicOCSPResponse */
/* What a message carries with it. */
void evidence_add_message(struct evidence *e, const struct cms *cms);

struct sign_trusted {
    struct evidence roots; /* only its certificates are used */
    struct evidence given; /* revocation that the asker has */
};

enum trust_use { TRUST_FOR_SIGNING, TRUST_FOR_STAMPING };

struct trust_question {
    X509 *certificate;
    const struct sign_trusted *trusted;
    const struct evidence *carried; /* by the file */
    enum trust_use use;
    struct instant at;
    bool is_proved; /* a trusted time-stamp says so: what was revoked after `at` was good then */
};

struct trust_answer {
    enum sign_trust trust;
    struct str root;
    enum sign_revocation revocation;
    struct instant revoked_at;
    bool is_complete; /* `carried` proves that nothing in the chain was revoked */
};

void trust_judge(struct arena *a, const struct trust_question *q, struct trust_answer *ret);

/* What evidence says of one certificate, given its issuer's. */
enum sign_revocation revocation_of(const struct evidence *e, X509 *certificate, X509 *issuer, const struct trust_question *q,
                                   struct instant *ret_revoked_at);

#endif
