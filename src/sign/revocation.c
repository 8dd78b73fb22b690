/* Was a certificate revoked? Answers of OCSP (RFC 6960) and lists (RFC 5280), each believed only with a
 * signature that leads to the issuer. */
#include "sign/trust.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

/* Evidence speaks for a moment if it was issued later or was still current then. Else only what it says of
 * revocation counts: that does not grow stale. */
static bool is_fresh(const ASN1_TIME *issued, const ASN1_TIME *next, struct instant at)
{
    struct instant from, to;

    if (!cms_instant(issued, &from))
        return false;
    return instant_cmp(from, at) >= 0 || (cms_instant(next, &to) && instant_cmp(at, to) <= 0);
}

static enum sign_revocation judge(struct instant revoked, const struct trust_question *q, struct instant *ret)
{
    *ret = revoked;
    return q->is_proved && instant_cmp(q->at, revoked) < 0 ? SIGN_REVOCATION_LATER : SIGN_REVOCATION_REVOKED;
}

/* A store in which only the issuer is believed, at the moment of the answer. */
static bool answer_holds(OCSP_BASICRESP *answer, X509 *issuer, const STACK_OF(X509) *others)
{
    X509_STORE *store = X509_STORE_new();
    X509_VERIFY_PARAM *param = X509_VERIFY_PARAM_new();
    STACK_OF(X509) *certificates = sk_X509_dup(others);
    struct instant at;
    int good = 0;

    if (store && param && certificates && X509_STORE_add_cert(store, issuer) && sk_X509_push(certificates, issuer) > 0 &&
        cms_instant(OCSP_resp_get0_produced_at(answer), &at)) {
        X509_VERIFY_PARAM_set_time(param, (time_t)(at.ms / 1000));
        X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
        X509_STORE_set1_param(store, param);
        good = OCSP_basic_verify(answer, certificates, store, 0);
    }
    sk_X509_free(certificates);
    X509_VERIFY_PARAM_free(param);
    X509_STORE_free(store);
    return good == 1;
}

static enum sign_revocation ask_answer(OCSP_BASICRESP *answer, X509 *x, X509 *issuer, const STACK_OF(X509) *others,
                                       const struct trust_question *q, struct instant *ret)
{
    const EVP_MD *const kinds[] = {EVP_sha1(), EVP_sha256()};
    ASN1_GENERALIZEDTIME *revoked, *issued, *next;
    struct instant at;
    int status = -1, reason;

    for (size_t i = 0; i < 2 && status < 0; i++) {
        OCSP_CERTID *id = OCSP_cert_to_id(kinds[i], x, issuer);
        if (id && !OCSP_resp_find_status(answer, id, &status, &reason, &revoked, &issued, &next))
            status = -1;
        OCSP_CERTID_free(id);
    }
    if (status < 0 || !answer_holds(answer, issuer, others))
        return SIGN_REVOCATION_UNKNOWN;
    if (status == V_OCSP_CERTSTATUS_REVOKED && cms_instant(revoked, &at))
        return judge(at, q, ret);
    return status == V_OCSP_CERTSTATUS_GOOD && is_fresh(issued, next, q->at) ? SIGN_REVOCATION_GOOD : SIGN_REVOCATION_UNKNOWN;
}

/* Does the list speak of every certificate of this kind that its issuer made? */
static bool is_whole(const X509_CRL *crl, X509 *x)
{
    ISSUING_DIST_POINT *part = X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, NULL, NULL);
    bool is_ca = X509_check_ca(x) > 0, whole = X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) < 0;

    if (part)
        whole = whole && !part->onlyattr && !part->indirectCRL && !part->onlysomereasons && !(is_ca ? part->onlyuser : part->onlyCA);
    ISSUING_DIST_POINT_free(part);
    return whole;
}

static enum sign_revocation ask_list(X509_CRL *crl, X509 *x, X509 *issuer, const struct trust_question *q, struct instant *ret)
{
    X509_REVOKED *entry = NULL;
    struct instant at;

    if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)) != 0 ||
        X509_CRL_verify(crl, X509_get0_pubkey(issuer)) <= 0)
        return SIGN_REVOCATION_UNKNOWN;
    int found = X509_CRL_get0_by_cert(crl, &entry, x);
    if (found == 1 && cms_instant(X509_REVOKED_get0_revocationDate(entry), &at))
        return judge(at, q, ret);
    if (found == 0 && is_whole(crl, x) && is_fresh(X509_CRL_get0_lastUpdate(crl), X509_CRL_get0_nextUpdate(crl), q->at))
        return SIGN_REVOCATION_GOOD;
    return SIGN_REVOCATION_UNKNOWN;
}

/* The worst of what is known: revoked, revoked later, good, unknown. */
static enum sign_revocation worse(enum sign_revocation a, enum sign_revocation b)
{
    static const int RANK[SIGN_REVOCATION__COUNT] = {
        [SIGN_REVOCATION_UNKNOWN] = 0,
        [SIGN_REVOCATION_GOOD] = 1,
        [SIGN_REVOCATION_LATER] = 2,
        [SIGN_REVOCATION_REVOKED] = 3,
    };
    return RANK[a] >= RANK[b] ? a : b;
}

enum sign_revocation revocation_of(const struct evidence *e, X509 *certificate, X509 *issuer, const struct trust_question *q,
                                   struct instant *ret_revoked_at)
{
    enum sign_revocation known = SIGN_REVOCATION_UNKNOWN;

    for (size_t i = 0; i < e->answers; i++)
        known = worse(known, ask_answer(e->answer[i], certificate, issuer, e->certificate, q, ret_revoked_at));
    for (int i = 0; i < sk_X509_CRL_num(e->crl); i++)
        known = worse(known, ask_list(sk_X509_CRL_value(e->crl, i), certificate, issuer, q, ret_revoked_at));
    ERR_clear_error();
    return known;
}
