#include "sign/cms.h"

#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>

#include "base/text.h"
#include "crypto/hex.h"

static void close_info(void *arg)
{
    CMS_ContentInfo_free(arg);
}

static void close_certificates(void *arg)
{
    sk_X509_pop_free(arg, X509_free);
}

static void close_crls(void *arg)
{
    sk_X509_CRL_pop_free(arg, X509_CRL_free);
}

static struct str octets(const ASN1_OCTET_STRING *s)
{
    return s ? (struct str){(const char *)ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s)} : STR("");
}

bool cms_instant(const ASN1_TIME *t, struct instant *ret)
{
    struct tm tm;

    if (!t || !ASN1_TIME_to_tm(t, &tm))
        return false;
    ret->ms = (int64_t)timegm(&tm) * 1000;
    return true;
}

struct str cms_name_part(struct arena *a, const X509_NAME *name, int nid)
{
    enum { PART_MAX = 500 };
    unsigned char *utf8 = NULL;
    int at = -1, last = -1;
    struct str part = STR("");

    while ((at = X509_NAME_get_index_by_NID(name, nid, at)) >= 0)
        last = at;
    if (last < 0)
        return part;
    int n = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
    if (n > 0 && n <= PART_MAX)
        part = str_copy(a, (struct str){(const char *)utf8, (size_t)n});
    OPENSSL_free(utf8);
    return text_is_utf8(part) && !text_has_control(part) ? part : STR("?");
}

static struct str serial_of(struct arena *a, const X509 *x)
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(x);
    struct str bytes = {(const char *)ASN1_STRING_get0_data(serial), (size_t)ASN1_STRING_length(serial)};

    return hex_encode(a, str_sub(bytes, 0, 32));
}

struct sign_person cms_person(struct arena *a, X509 *x)
{
    const X509_NAME *name = X509_get_subject_name(x), *issuer = X509_get_issuer_name(x);
    struct sign_person p = {
        .name = cms_name_part(a, name, NID_commonName),
        .organisation = cms_name_part(a, name, NID_organizationName),
        .unit = cms_name_part(a, name, NID_organizationalUnitName),
        .title = cms_name_part(a, name, NID_title),
        .email = cms_name_part(a, name, NID_pkcs9_emailAddress),
        .serial = serial_of(a, x),
        .issuer = cms_name_part(a, issuer, NID_commonName),
    };

    if (!p.issuer.n)
        p.issuer = cms_name_part(a, issuer, NID_organizationName);
    (void)cms_instant(X509_get0_notBefore(x), &p.not_before);
    (void)cms_instant(X509_get0_notAfter(x), &p.not_after);
    return p;
}

/* The only value of an attribute of the type, as DER. */
static struct str attribute_der(struct arena *a, const CMS_SignerInfo *si, int nid, bool is_signed)
{
    int at = is_signed ? CMS_signed_get_attr_by_NID(si, nid, -1) : CMS_unsigned_get_attr_by_NID(si, nid, -1);
    X509_ATTRIBUTE *attribute = at < 0 ? NULL : is_signed ? CMS_signed_get_attr(si, at) : CMS_unsigned_get_attr(si, at);
    const ASN1_TYPE *value = attribute && X509_ATTRIBUTE_count(attribute) == 1 ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;

    if (!value || ASN1_TYPE_get(value) != V_ASN1_SEQUENCE)
        return STR("");
    return str_copy(a, octets(value->value.sequence));
}

static void read_attributes(struct arena *a, struct cms *cms)
{
    CMS_SignerInfo *si = cms->signer;
    const ASN1_TYPE *time = NULL;
    int at = CMS_signed_get_attr_by_NID(si, NID_pkcs9_signingTime, -1);

    if (at >= 0)
        time = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(si, at), 0);
    if (time && (ASN1_TYPE_get(time) == V_ASN1_UTCTIME || ASN1_TYPE_get(time) == V_ASN1_GENERALIZEDTIME))
        cms->has_time = cms_instant(time->value.asn1_string, &cms->time);
    cms->names_certificate = CMS_signed_get_attr_by_NID(si, NID_id_smime_aa_signingCertificate, -1) >= 0 ||
                             CMS_signed_get_attr_by_NID(si, NID_id_smime_aa_signingCertificateV2, -1) >= 0;
    cms->stamp = attribute_der(a, si, NID_id_smime_aa_timeStampToken, false);
    ASN1_OBJECT *archival = OBJ_txt2obj("1.2.840.113583.1.1.8", 1);
    at = CMS_signed_get_attr_by_OBJ(si, archival, -1);
    ASN1_OBJECT_free(archival);
    const ASN1_TYPE *value = at < 0 ? NULL : X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(si, at), 0);
    if (value && ASN1_TYPE_get(value) == V_ASN1_SEQUENCE)
        cms->revocation = str_copy(a, octets(value->value.sequence));
}

static enum sign_flaw read_signer(struct arena *a, struct cms *cms)
{
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms->info);
    X509_ALGOR *digest = NULL;

    if (!signers || sk_CMS_SignerInfo_num(signers) != 1)
        return SIGN_FLAW_FORMAT;
    cms->signer = sk_CMS_SignerInfo_value(signers, 0);
    if (CMS_signed_get_attr_count(cms->signer) < 1)
        return SIGN_FLAW_ALGORITHM; /* the oldest kind, without attributes */
    cms->others = CMS_get1_certs(cms->info);
    cms->crls = CMS_get1_crls(cms->info);
    if (cms->others)
        arena_defer(a, close_certificates, cms->others);
    if (cms->crls)
        arena_defer(a, close_crls, cms->crls);
    (void)CMS_set1_signers_certs(cms->info, NULL, 0);
    CMS_SignerInfo_get0_algs(cms->signer, NULL, &cms->certificate, &digest, NULL);
    cms->digest = digest ? EVP_get_digestbyobj(digest->algorithm) : NULL;
    cms->signature = octets(CMS_SignerInfo_get0_signature(cms->signer));
    read_attributes(a, cms);
    if (!cms->certificate)
        return SIGN_FLAW_CERTIFICATE;
    if (!cms->digest || EVP_MD_get_size(cms->digest) <= 0)
        return SIGN_FLAW_ALGORITHM;
    cms->is_weak = EVP_MD_get_size(cms->digest) < 28;
    return SIGN_SOUND;
}

enum sign_flaw cms_read(struct arena *a, struct str der, struct cms *ret)
{
    const unsigned char *p = (const unsigned char *)der.p, *end = p + der.n;

    *ret = (struct cms){0};
    ret->info = der.n && der.n < SIGN_CMS_MAX ? d2i_CMS_ContentInfo(NULL, &p, (long)der.n) : NULL;
    ERR_clear_error();
    if (!ret->info)
        return SIGN_FLAW_FORMAT;
    arena_defer(a, close_info, ret->info);
    for (; p < end; p++)
        if (*p != 0)
            return SIGN_FLAW_FORMAT;
    if (OBJ_obj2nid(CMS_get0_type(ret->info)) != NID_pkcs7_signed)
        return SIGN_FLAW_FORMAT;
    ASN1_OCTET_STRING **content = CMS_get0_content(ret->info);
    ret->content = content && *content ? octets(*content) : STR("");
    enum sign_flaw flaw = read_signer(a, ret);
    ERR_clear_error();
    return flaw;
}

/* The signing-certificate attribute (either version) must name the signer's certificate. */
static bool names_signer(const struct cms *cms)
{
    ESS_SIGNING_CERT *v1 = NULL;
    ESS_SIGNING_CERT_V2 *v2 = NULL;
    const ASN1_STRING *one = CMS_signed_get0_data_by_OBJ(cms->signer, OBJ_nid2obj(NID_id_smime_aa_signingCertificate), -3, V_ASN1_SEQUENCE);
    const ASN1_STRING *two = CMS_signed_get0_data_by_OBJ(cms->signer, OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2), -3, V_ASN1_SEQUENCE);
    STACK_OF(X509) *chain = sk_X509_new_null();
    const unsigned char *p;
    int good = 0;

    if (one && (p = ASN1_STRING_get0_data(one)))
        v1 = d2i_ESS_SIGNING_CERT(NULL, &p, ASN1_STRING_length(one));
    if (two && (p = ASN1_STRING_get0_data(two)))
        v2 = d2i_ESS_SIGNING_CERT_V2(NULL, &p, ASN1_STRING_length(two));
    if (chain && sk_X509_push(chain, cms->certificate) > 0 && (v1 || v2)) {
        for (int i = 0; i < sk_X509_num(cms->others); i++)
            (void)sk_X509_push(chain, sk_X509_value(cms->others, i));
        good = OSSL_ESS_check_signing_certs(v1, v2, chain, 1);
    }
    ESS_SIGNING_CERT_free(v1);
    ESS_SIGNING_CERT_V2_free(v2);
    sk_X509_free(chain);
    return good == 1;
}

static bool digest_is(const struct cms *cms, struct str before, struct str after, struct str want)
{
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool done = ctx && EVP_DigestInit_ex(ctx, cms->digest, NULL) && EVP_DigestUpdate(ctx, before.p, before.n) &&
                EVP_DigestUpdate(ctx, after.p, after.n) && EVP_DigestFinal_ex(ctx, md, &n);

    EVP_MD_CTX_free(ctx);
    return done && str_eq((struct str){(const char *)md, n}, want);
}

enum sign_flaw cms_check(const struct cms *cms, struct str before, struct str after)
{
    const ASN1_OBJECT *inner = CMS_get0_eContentType(cms->info);
    const ASN1_OBJECT *type = CMS_signed_get0_data_by_OBJ(cms->signer, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT);
    const ASN1_OCTET_STRING *digest = CMS_signed_get0_data_by_OBJ(cms->signer, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING);
    enum sign_flaw flaw = SIGN_SOUND;

    if (!type || !inner || OBJ_cmp(type, inner) != 0 || !digest)
        flaw = SIGN_FLAW_FORMAT;
    else if (!digest_is(cms, before, after, octets(digest)))
        flaw = SIGN_FLAW_DIGEST;
    else if (CMS_SignerInfo_verify(cms->signer) <= 0)
        flaw = SIGN_FLAW_SIGNATURE;
    else if (cms->names_certificate && !names_signer(cms))
        flaw = SIGN_FLAW_CERTIFICATE;
    ERR_clear_error();
    return flaw;
}
