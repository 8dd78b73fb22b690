#include "sign/stamp.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ts.h>

static void close_info(void *arg)
{
    TS_TST_INFO_free(arg);
}

static struct str octets(const ASN1_STRING *s)
{
    return (struct str){(const char *)ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s)};
}

enum sign_flaw stamp_read(struct arena *a, struct str der, struct stamp *ret)
{
    enum sign_flaw flaw = cms_read(a, der, &ret->cms);

    if (flaw)
        return flaw;
    if (OBJ_obj2nid(CMS_get0_eContentType(ret->cms.info)) != NID_id_smime_ct_TSTInfo || !ret->cms.content.n)
        return SIGN_FLAW_FORMAT;
    if (!ret->cms.names_certificate)
        return SIGN_FLAW_CERTIFICATE; /* RFC 3161 2.4.2 demands it */
    flaw = cms_check(&ret->cms, ret->cms.content, STR(""));
    if (flaw)
        return flaw;
    const unsigned char *p = (const unsigned char *)ret->cms.content.p;
    TS_TST_INFO *info = d2i_TS_TST_INFO(NULL, &p, (long)ret->cms.content.n);
    ERR_clear_error();
    if (!info)
        return SIGN_FLAW_FORMAT;
    arena_defer(a, close_info, info);
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    ret->digest = EVP_get_digestbyobj(TS_MSG_IMPRINT_get_algo(imprint)->algorithm);
    ret->imprint = octets(TS_MSG_IMPRINT_get_msg(imprint));
    if (!cms_instant(TS_TST_INFO_get_time(info), &ret->time) || TS_TST_INFO_get_version(info) != 1)
        return SIGN_FLAW_FORMAT;
    return ret->digest ? SIGN_SOUND : SIGN_FLAW_ALGORITHM;
}

bool stamp_is_about(const struct stamp *stamp, struct str before, struct str after)
{
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool done = ctx && EVP_DigestInit_ex(ctx, stamp->digest, NULL) && EVP_DigestUpdate(ctx, before.p, before.n) &&
                EVP_DigestUpdate(ctx, after.p, after.n) && EVP_DigestFinal_ex(ctx, md, &n);

    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    return done && str_eq((struct str){(const char *)md, n}, stamp->imprint);
}

static TS_REQ *request_of(struct str bytes)
{
    unsigned char md[EVP_MAX_MD_SIZE], random[8];
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *digest = X509_ALGOR_new();
    BIGNUM *number = RAND_bytes(random, sizeof random) == 1 ? BN_bin2bn(random, sizeof random, NULL) : NULL;
    ASN1_INTEGER *nonce = number ? BN_to_ASN1_INTEGER(number, NULL) : NULL;

    if (!request || !imprint || !digest || !nonce || !EVP_Digest(bytes.p, bytes.n, md, NULL, EVP_sha256(), NULL))
        BUG("out of memory");
    X509_ALGOR_set0(digest, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL);
    if (!TS_MSG_IMPRINT_set_algo(imprint, digest) || !TS_MSG_IMPRINT_set_msg(imprint, md, 32) || !TS_REQ_set_version(request, 1) ||
        !TS_REQ_set_msg_imprint(request, imprint) || !TS_REQ_set_nonce(request, nonce) || !TS_REQ_set_cert_req(request, 1))
        BUG("a time-stamp request cannot be built");
    X509_ALGOR_free(digest);
    TS_MSG_IMPRINT_free(imprint);
    ASN1_INTEGER_free(nonce);
    BN_free(number);
    return request;
}

struct str stamp_request(struct arena *a, struct str bytes)
{
    unsigned char *der = NULL;
    TS_REQ *request = request_of(bytes);
    int n = i2d_TS_REQ(request, &der);

    TS_REQ_free(request);
    if (n <= 0)
        BUG("a time-stamp request cannot be written");
    struct str copy = str_copy(a, (struct str){(const char *)der, (size_t)n});
    OPENSSL_free(der);
    return copy;
}

static enum err token_of(struct arena *a, TS_REQ *request, TS_RESP *response, struct str *ret)
{
    long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response)));
    PKCS7 *token = TS_RESP_get_token(response);
    TS_VERIFY_CTX *ctx = TS_REQ_to_TS_VERIFY_CTX(request, NULL);
    unsigned char *der = NULL;

    /* Everything but the authority's chain: policy, imprint, nonce, version. */
    if (ctx)
        TS_VERIFY_CTX_set_flags(ctx, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE);
    bool answers = ctx && token && TS_RESP_verify_token(ctx, token) == 1;
    TS_VERIFY_CTX_free(ctx);
    if (status != 0 && status != 1)
        return ERR_UNAVAILABLE;
    int n = answers ? i2d_PKCS7(token, &der) : -1;
    if (n <= 0)
        return ERR_INVALID;
    *ret = str_copy(a, (struct str){(const char *)der, (size_t)n});
    OPENSSL_free(der);
    return OK;
}

enum err stamp_from_reply(struct arena *a, struct str request, struct str reply, struct str *ret)
{
    const unsigned char *q = (const unsigned char *)request.p, *r = (const unsigned char *)reply.p;
    TS_REQ *asked = d2i_TS_REQ(NULL, &q, (long)request.n);
    TS_RESP *answered = reply.n < SIGN_CMS_MAX ? d2i_TS_RESP(NULL, &r, (long)reply.n) : NULL;
    struct stamp stamp;
    struct str token;
    enum err err = asked && answered ? token_of(a, asked, answered, &token) : ERR_INVALID;

    TS_REQ_free(asked);
    TS_RESP_free(answered);
    ERR_clear_error();
    if (!err && stamp_read(a, token, &stamp) != SIGN_SOUND)
        err = ERR_INVALID;
    if (!err)
        *ret = token;
    return err;
}
