#include "sign/trust.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

/* Uses that let a certificate sign documents: e-mail, as authorities give it to civil servants, document
 * signing (RFC 9336), Microsoft's and Adobe's of the same, any. */
static const char *const EXTENDED_USES[] = {
    "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12", "1.2.840.113583.1.1.5", "2.5.29.37.0",
};

static bool has_extended_use(X509 *x)
{
    EXTENDED_KEY_USAGE *uses = X509_get_ext_d2i(x, NID_ext_key_usage, NULL, NULL);
    bool found = uses == NULL && X509_get_ext_by_NID(x, NID_ext_key_usage, -1) < 0;
    char text[80];

    for (int i = 0; i < sk_ASN1_OBJECT_num(uses); i++) {
        OBJ_obj2txt(text, sizeof text, sk_ASN1_OBJECT_value(uses, i), 1);
        for (size_t k = 0; k < sizeof EXTENDED_USES / sizeof EXTENDED_USES[0]; k++)
            found = found || strcmp(text, EXTENDED_USES[k]) == 0;
    }
    sk_ASN1_OBJECT_pop_free(uses, ASN1_OBJECT_free);
    return found;
}

static bool may_use(X509 *x, enum trust_use use)
{
    if (use == TRUST_FOR_STAMPING)
        return X509_check_purpose(x, X509_PURPOSE_TIMESTAMP_SIGN, 0) == 1;
    uint32_t usage = X509_get_key_usage(x); /* every bit set where nothing is said */
    return (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0 && has_extended_use(x);
}

/* The chain to a root without regard to time. NULL: there is none; *ret_weak: but only for weakness. */
static STACK_OF(X509) *chain_of(const struct trust_question *q, bool *ret_weak)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    STACK_OF(X509) *chain = NULL;

    *ret_weak = false;
    if (!store || !ctx)
        BUG("out of memory");
    for (int i = 0; i < sk_X509_num(q->trusted->roots.certificate); i++)
        (void)X509_STORE_add_cert(store, sk_X509_value(q->trusted->roots.certificate, i));
    if (X509_STORE_CTX_init(ctx, store, q->certificate, q->carried->certificate)) {
        X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);
        X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
        X509_VERIFY_PARAM_set_auth_level(param, 1);
        X509_VERIFY_PARAM_set_depth(param, 6);
        if (X509_verify_cert(ctx) == 1)
            chain = X509_STORE_CTX_get1_chain(ctx);
        int why = X509_STORE_CTX_get_error(ctx);
        *ret_weak = !chain && (why == X509_V_ERR_EE_KEY_TOO_SMALL || why == X509_V_ERR_CA_KEY_TOO_SMALL || why == X509_V_ERR_CA_MD_TOO_WEAK);
    }
    X509_STORE_CTX_free(ctx);
    X509_STORE_free(store);
    ERR_clear_error();
    return chain;
}

/* Every certificate of the chain must have been valid; roots are believed for being roots. */
static enum sign_trust validity(STACK_OF(X509) *chain, struct instant at)
{
    for (int i = 0; i < sk_X509_num(chain); i++) {
        struct instant from, to;
        if (i > 0 && i == sk_X509_num(chain) - 1)
            break;
        if (!cms_instant(X509_get0_notBefore(sk_X509_value(chain, i)), &from) || !cms_instant(X509_get0_notAfter(sk_X509_value(chain, i)), &to))
            return SIGN_UNTRUSTED;
        if (instant_cmp(at, from) < 0)
            return SIGN_NOT_YET;
        if (instant_cmp(at, to) > 0)
            return SIGN_EXPIRED;
    }
    return SIGN_TRUSTED;
}

static void judge_revocation(const struct trust_question *q, STACK_OF(X509) *chain, struct trust_answer *answer)
{
    answer->is_complete = sk_X509_num(chain) > 1;
    for (int i = 0; i + 1 < sk_X509_num(chain); i++) {
        X509 *x = sk_X509_value(chain, i), *issuer = sk_X509_value(chain, i + 1);
        struct instant revoked_at = {0};
        enum sign_revocation carried = revocation_of(q->carried, x, issuer, q, &revoked_at);
        enum sign_revocation given = carried == SIGN_REVOCATION_REVOKED ? carried : revocation_of(&q->trusted->given, x, issuer, q, &revoked_at);
        enum sign_revocation known = given != SIGN_REVOCATION_UNKNOWN ? given : carried;
        answer->is_complete = answer->is_complete && (carried == SIGN_REVOCATION_GOOD || carried == SIGN_REVOCATION_LATER);
        if (known == SIGN_REVOCATION_REVOKED || i == 0) {
            answer->revocation = known;
            answer->revoked_at = revoked_at;
        }
        if (known == SIGN_REVOCATION_REVOKED)
            return;
    }
}

static struct str name_of(struct arena *a, X509 *x)
{
    struct str name = cms_name_part(a, X509_get_subject_name(x), NID_commonName);
    return name.n ? name : cms_name_part(a, X509_get_subject_name(x), NID_organizationName);
}

void trust_judge(struct arena *a, const struct trust_question *q, struct trust_answer *ret)
{
    bool is_weak;

    *ret = (struct trust_answer){.trust = SIGN_NO_ROOTS, .root = STR("")};
    if (sign_trusted_roots(q->trusted) == 0)
        return;
    STACK_OF(X509) *chain = chain_of(q, &is_weak);
    ret->trust = is_weak ? SIGN_WEAK : SIGN_UNTRUSTED;
    if (!chain)
        return;
    ret->root = name_of(a, sk_X509_value(chain, sk_X509_num(chain) - 1));
    judge_revocation(q, chain, ret);
    ret->trust = ret->revocation == SIGN_REVOCATION_REVOKED ? SIGN_REVOKED : validity(chain, q->at);
    if (ret->trust == SIGN_TRUSTED && !may_use(q->certificate, q->use))
        ret->trust = SIGN_WRONG_USAGE;
    sk_X509_pop_free(chain, X509_free);
}
