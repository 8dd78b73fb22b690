/* What is true of the signatures of an XML document. */
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <string.h>

#include "calendar/date.h"
#include "sign/trust.h"
#include "sign/xml.h"
#include "sign/xml_tree.h"

enum { CERTIFICATES_MAX = 16, WORK_BYTES = 1 << 30 };

struct examining {
    struct arena *a, *work;
    const struct sign_trusted *trusted;
    struct instant now;
    xmlDoc *doc;
};

/* One signature in hand. */
struct hand {
    struct examining *e;
    xmlNode *signature, *info, *properties; /* properties: xades:SignedProperties, or NULL */
    struct str method;                      /* of the canonical form of `info` */
    struct str prefixes;
    const EVP_MD *digest;
    bool is_ecdsa;
    X509 *certificate;
    struct evidence *carried;
};

static void close_certificate(void *arg)
{
    X509_free(arg);
}

/* ---- algorithms ---- */

static const struct algorithm {
    const char *uri, *digest;
    bool is_ecdsa;
} SIGNATURES[] = {
    {XML_DSIG_MORE "rsa-sha256", "SHA256", false},   {XML_DSIG_MORE "rsa-sha384", "SHA384", false},   {XML_DSIG_MORE "rsa-sha512", "SHA512", false},
    {XML_DSIG_MORE "ecdsa-sha256", "SHA256", true},  {XML_DSIG_MORE "ecdsa-sha384", "SHA384", true},  {XML_DSIG_MORE "ecdsa-sha512", "SHA512", true},
}, DIGESTS[] = {
    {XML_ENC "sha256", "SHA256", false}, {XML_DSIG_MORE "sha384", "SHA384", false}, {XML_ENC "sha512", "SHA512", false},
};

static const struct algorithm *algorithm(const struct algorithm *list, size_t count, struct str uri)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(uri, str_of(list[i].uri)))
            return &list[i];
    return NULL;
}

#define ALGORITHM(list, uri) algorithm(list, sizeof list / sizeof list[0], uri)

/* Of a CanonicalizationMethod or Transform: which way, with which prefixes. */
static bool c14n_of(struct arena *a, const xmlNode *node, struct str *ret_algorithm, struct str *ret_prefixes)
{
    const xmlNode *inside = xml_first(node);

    *ret_algorithm = xml_attribute(a, node, "Algorithm");
    *ret_prefixes = STR("");
    if (inside && xml_is(inside, XML_EXC_C14N, "InclusiveNamespaces") && !xml_next(inside))
        *ret_prefixes = xml_attribute(a, inside, "PrefixList");
    else if (inside)
        return false;
    return xml_is_c14n(*ret_algorithm);
}

/* ---- what it covers ---- */

static enum sign_flaw digest_check(struct hand *h, const xmlNode *reference, const struct xml_part *part)
{
    struct arena *work = h->e->work;
    const xmlNode *method = xml_only(reference, XML_DSIG, "DigestMethod"), *value = xml_only(reference, XML_DSIG, "DigestValue");
    struct str canonical, want;
    const struct algorithm *digest = method ? ALGORITHM(DIGESTS, xml_attribute(work, method, "Algorithm")) : NULL;

    if (!digest || !value)
        return SIGN_FLAW_ALGORITHM;
    if (!xml_base64(work, xml_text(work, value), &want))
        return SIGN_FLAW_FORMAT;
    if (xml_canonical(work, h->e->doc, part, &canonical))
        return SIGN_FLAW_FORMAT;
    return str_eq(xml_digest(work, EVP_get_digestbyname(digest->digest), canonical), want) ? SIGN_SOUND : SIGN_FLAW_DIGEST;
}

/* The whole document without this signature; nothing else may be done to it before it is digested. */
static enum sign_flaw document_check(struct hand *h, const xmlNode *reference)
{
    struct xml_part part = {.without = h->signature, .algorithm = STR(XML_C14N), .prefixes = STR("")};
    const xmlNode *transforms = xml_only(reference, XML_DSIG, "Transforms"), *t = xml_first(transforms);

    if (!t || !xml_is(t, XML_DSIG, "Transform") || !str_eq(xml_attribute(h->e->work, t, "Algorithm"), STR(XML_ENVELOPED)) || xml_first(t))
        return SIGN_FLAW_RANGE;
    t = xml_next(t);
    if (t && (!xml_is(t, XML_DSIG, "Transform") || !c14n_of(h->e->work, t, &part.algorithm, &part.prefixes) || xml_next(t)))
        return SIGN_FLAW_RANGE;
    return digest_check(h, reference, &part);
}

/* Its own properties, found where they must stand and nowhere else. */
static enum sign_flaw properties_check(struct hand *h, const xmlNode *reference, struct str uri)
{
    struct arena *work = h->e->work;
    struct xml_part part = {.from = h->properties, .algorithm = STR(XML_C14N), .prefixes = STR("")};
    const xmlNode *transforms = xml_only(reference, XML_DSIG, "Transforms"), *t = xml_first(transforms);

    if (!h->properties || !str_eq(str_sub(uri, 1, uri.n), xml_attribute(work, h->properties, "Id")))
        return SIGN_FLAW_RANGE;
    if (t && (!xml_is(t, XML_DSIG, "Transform") || !c14n_of(work, t, &part.algorithm, &part.prefixes) || xml_next(t)))
        return SIGN_FLAW_RANGE;
    return digest_check(h, reference, &part);
}

static enum sign_flaw references_check(struct hand *h, const xmlNode *first)
{
    bool document = false, properties = false;

    for (const xmlNode *r = first; r; r = xml_next(r)) {
        if (!xml_is(r, XML_DSIG, "Reference") || !xmlHasProp((xmlNode *)(uintptr_t)r, (const xmlChar *)"URI"))
            return SIGN_FLAW_RANGE;
        struct str uri = xml_attribute(h->e->work, r, "URI");
        bool *seen = uri.n ? &properties : &document;
        enum sign_flaw flaw = *seen ? SIGN_FLAW_RANGE : uri.n ? properties_check(h, r, uri) : document_check(h, r);
        if (flaw)
            return flaw;
        *seen = true;
    }
    return document ? SIGN_SOUND : SIGN_FLAW_RANGE;
}

/* ---- who ---- */

/* r and s side by side become what OpenSSL takes. "": they are none. */
static struct str ecdsa_der(struct arena *a, struct str raw)
{
    ECDSA_SIG *sig = ECDSA_SIG_new();
    unsigned char *der = NULL;
    struct str out = STR("");
    int half = (int)(raw.n / 2);

    if (sig && raw.n >= 2 && raw.n % 2 == 0 && raw.n <= 200 &&
        ECDSA_SIG_set0(sig, BN_bin2bn((const unsigned char *)raw.p, half, NULL), BN_bin2bn((const unsigned char *)raw.p + half, half, NULL))) {
        int n = i2d_ECDSA_SIG(sig, &der);
        if (n > 0)
            out = str_copy(a, (struct str){(const char *)der, (size_t)n});
        OPENSSL_free(der);
    }
    ECDSA_SIG_free(sig);
    return out;
}

static bool is_signed_by(const struct hand *h, X509 *x, struct str bytes, struct str signature)
{
    EVP_PKEY *key = X509_get0_pubkey(x);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    int kind = key ? EVP_PKEY_get_base_id(key) : 0;
    bool fits = kind == (h->is_ecdsa ? EVP_PKEY_EC : EVP_PKEY_RSA); /* never a key of another kind than the method's */
    bool good = fits && ctx && EVP_DigestVerifyInit(ctx, NULL, h->digest, NULL, key) == 1 &&
                EVP_DigestVerify(ctx, (const unsigned char *)signature.p, signature.n, (const unsigned char *)bytes.p, bytes.n) == 1;

    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    return good;
}

/* The certificates of KeyInfo; the one whose key made the signature is the signer's. */
static enum sign_flaw signer_find(struct hand *h, struct str bytes, struct str signature)
{
    struct arena *work = h->e->work;
    const xmlNode *data = xml_only(xml_only(h->signature, XML_DSIG, "KeyInfo"), XML_DSIG, "X509Data");
    int seen = 0;

    for (const xmlNode *c = xml_first(data); c && seen < CERTIFICATES_MAX; c = xml_next(c)) {
        struct str der;
        if (!xml_is(c, XML_DSIG, "X509Certificate") || !xml_base64(work, xml_text(work, c), &der))
            continue;
        const unsigned char *p = (const unsigned char *)der.p;
        X509 *x = d2i_X509(NULL, &p, (long)der.n);
        seen++;
        if (!x)
            continue;
        arena_defer(work, close_certificate, x);
        (void)evidence_add_certificate(h->carried, der);
        h->certificate = h->certificate ? h->certificate : x; /* to have a name for who did not sign it */
        if (is_signed_by(h, x, bytes, signature)) {
            h->certificate = x;
            return SIGN_SOUND;
        }
    }
    return h->certificate ? SIGN_FLAW_SIGNATURE : SIGN_FLAW_CERTIFICATE;
}

/* XAdES: the properties must name the signer's certificate by its digest. */
static bool names_signer(struct hand *h)
{
    struct arena *work = h->e->work;
    const xmlNode *of = xml_only(h->properties, XML_XADES, "SignedSignatureProperties");
    const xmlNode *list = xml_only(of, XML_XADES, "SigningCertificateV2");
    const xmlNode *cert = xml_first(list ? list : xml_only(of, XML_XADES, "SigningCertificate"));
    const xmlNode *digest = xml_only(cert, XML_XADES, "CertDigest");
    const xmlNode *method = xml_only(digest, XML_DSIG, "DigestMethod"), *value = xml_only(digest, XML_DSIG, "DigestValue");
    const struct algorithm *by = method ? ALGORITHM(DIGESTS, xml_attribute(work, method, "Algorithm")) : NULL;
    unsigned char *der = NULL;
    struct str want;

    if (!by || !value || !xml_base64(work, xml_text(work, value), &want))
        return false;
    int n = i2d_X509(h->certificate, &der);
    bool same = n > 0 && str_eq(xml_digest(work, EVP_get_digestbyname(by->digest), (struct str){(const char *)der, (size_t)n}), want);
    OPENSSL_free(der);
    return same;
}

static bool claimed_time(struct hand *h, struct instant *ret)
{
    const xmlNode *of = xml_only(h->properties, XML_XADES, "SignedSignatureProperties");
    const xmlNode *time = xml_only(of, XML_XADES, "SigningTime");

    return time && instant_parse(str_trim(xml_text(h->e->work, time)), ret) == OK;
}

/* ---- one signature ---- */

static enum sign_flaw info_check(struct hand *h)
{
    struct arena *work = h->e->work;
    const xmlNode *canonical = xml_first(h->info), *method = xml_next(canonical), *first = xml_next(method), *value = xml_only(h->signature, XML_DSIG, "SignatureValue");
    struct xml_part part = {.from = h->info};
    struct str bytes, signature;

    if (!xml_is(canonical, XML_DSIG, "CanonicalizationMethod") || !xml_is(method, XML_DSIG, "SignatureMethod") || !value)
        return SIGN_FLAW_FORMAT;
    const struct algorithm *by = ALGORITHM(SIGNATURES, xml_attribute(work, method, "Algorithm"));
    if (!by || xml_first(method) || !c14n_of(work, canonical, &part.algorithm, &part.prefixes))
        return SIGN_FLAW_ALGORITHM;
    h->digest = EVP_get_digestbyname(by->digest);
    h->is_ecdsa = by->is_ecdsa;
    enum sign_flaw flaw = references_check(h, first);
    if (!xml_base64(work, xml_text(work, value), &signature) || xml_canonical(work, h->e->doc, &part, &bytes))
        return SIGN_FLAW_FORMAT;
    enum sign_flaw who = signer_find(h, bytes, h->is_ecdsa ? ecdsa_der(work, signature) : signature);
    return flaw ? flaw : who;
}

static struct sign_result judge(struct examining *e, xmlNode *signature)
{
    struct hand h = {.e = e, .signature = signature, .info = xml_only(signature, XML_DSIG, "SignedInfo"), .carried = ARENA_NEW(e->work, struct evidence)};
    struct sign_result r = {.field = STR(""), .reason = STR(""), .location = STR(""), .format = STR("XMLDSig"), .trust = SIGN_UNJUDGED, .digest = STR(""), .root = STR(""), .stamp_authority = STR("")};
    const xmlNode *object = xml_only(signature, XML_DSIG, "Object");
    struct trust_answer answer;

    h.properties = xml_only(xml_only(object, XML_XADES, "QualifyingProperties"), XML_XADES, "SignedProperties");
    evidence_open(h.carried, e->work, SIGN_CARRIED_MAX);
    r.field = xml_attribute(e->a, signature, "Id");
    r.flaw = h.info ? info_check(&h) : SIGN_FLAW_FORMAT;
    r.covers_revision = r.covers_file = r.flaw != SIGN_FLAW_RANGE && r.flaw != SIGN_FLAW_FORMAT && r.flaw != SIGN_FLAW_ALGORITHM;
    if (h.certificate)
        r.signer = cms_person(e->a, h.certificate);
    if (!r.flaw && h.properties && !names_signer(&h))
        r.flaw = SIGN_FLAW_CERTIFICATE;
    if (r.flaw)
        return r;
    r.digest = str_of(EVP_MD_get0_name(h.digest));
    r.format = h.properties ? STR("XAdES") : r.format;
    r.level = h.properties ? SIGN_LEVEL_B : SIGN_LEVEL_NONE;
    r.time_kind = h.properties && claimed_time(&h, &r.time) ? SIGN_TIME_CLAIMED : SIGN_TIME_NONE;
    struct trust_question q = {.certificate = h.certificate, .trusted = e->trusted, .carried = h.carried, .use = TRUST_FOR_SIGNING, .at = e->now};
    trust_judge(e->a, &q, &answer);
    r.trust = answer.trust;
    r.root = answer.root;
    r.revocation = answer.revocation;
    r.revoked_at = answer.revoked_at;
    return r;
}

/* In the order of the document; what stands inside a signature is part of it. */
static size_t find(xmlNode *node, xmlNode **ret, size_t n)
{
    for (; node && n <= SIGN_XML_SIGNATURES_MAX; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is(node, XML_DSIG, "Signature"))
            ret[n++] = node;
        else
            n = find(node->children, ret, n);
    }
    return n;
}

static enum err verify(struct examining *e, struct str xml, struct sign_report *ret, const char **ret_why)
{
    xmlNode *signature[SIGN_XML_SIGNATURES_MAX + 2];
    enum err err = xml_tree_read(e->work, xml, &e->doc, ret_why);

    if (err)
        return err;
    size_t n = find(e->doc->children, signature, 0);
    if (n > SIGN_XML_SIGNATURES_MAX) {
        if (ret_why)
            *ret_why = "it has too many signatures";
        return ERR_LIMIT;
    }
    struct sign_result *result = ARENA_ARRAY(e->a, struct sign_result, n);
    struct sign_report report = {.result = result, .count = n, .is_good = n > 0};
    for (size_t i = 0; i < n; i++) {
        result[i] = judge(e, signature[i]);
        report.is_good = report.is_good && !result[i].flaw && result[i].trust == SIGN_TRUSTED;
    }
    *ret = report;
    return OK;
}

enum err sign_verify_xml(struct arena *a, struct str xml, const struct sign_trusted *trusted, struct instant now, struct sign_report *ret,
                         const char **ret_why)
{
    struct examining e = {.a = a, .work = arena_new(WORK_BYTES), .trusted = trusted, .now = now};
    enum err err = verify(&e, xml, ret, ret_why);

    arena_free(e.work);
    return err;
}
