/* cms.h - one signed message (CMS, RFC 5652) with one signer: what it says and whether it holds.
 *
 * Over OpenSSL, whose handles are tied to the arena. Inside the room only. */
#ifndef SIGN_CMS_H
#define SIGN_CMS_H

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/cms.h>
#include <openssl/x509.h>

#include "calendar/date.h"
#include "sign/verify.h"

struct cms {
    CMS_ContentInfo *info;
    CMS_SignerInfo *signer;
    X509 *certificate;       /* of the signer; NULL: it is not in the message */
    STACK_OF(X509) *others;  /* every certificate in the message, the signer's too */
    STACK_OF(X509_CRL) *crls;
    struct str content;      /* what the message itself holds; "" if detached */
    struct str signature;    /* the bytes that a time-stamp confirms */
    struct str stamp;        /* the time-stamp token among the unsigned attributes, or "" */
    struct str revocation;   /* adbe-revocationInfoArchival, or "" */
    const EVP_MD *digest;
    bool is_weak;            /* SHA-1 or MD5 */
    bool names_certificate;  /* signing-certificate or -v2 is there (and cms_check found it right) */
    bool has_time;
    struct instant time;     /* signing-time attribute: a claim */
};

/* Reads DER followed by nothing but zeroes. */
enum sign_flaw cms_read(struct arena *a, struct str der, struct cms *ret) MUST_CHECK;

/* Does it sign exactly the bytes `before` followed by `after`? */
enum sign_flaw cms_check(const struct cms *cms, struct str before, struct str after) MUST_CHECK;

/* The time of an ASN.1 value. False: none. */
bool cms_instant(const ASN1_TIME *t, struct instant *ret);

/* Text of a name's part (NID_commonName …), the last one; UTF-8 without control characters. */
struct str cms_name_part(struct arena *a, const X509_NAME *name, int nid);

/* Who the certificate says its holder is. */
struct sign_person cms_person(struct arena *a, X509 *x);

#endif
