/* Putting an enveloped signature into an XML document. */
#include <libxml/parser.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <string.h>

#include "crypto/hex.h"
#include "sign/key_use.h"
#include "sign/xml.h"
#include "sign/xml_tree.h"

enum { WORK_BYTES = 1 << 30, ID_BYTES = 8 };

struct making {
    struct arena *work;
    const struct sign_key *key;
    xmlDoc *doc;
    xmlNode *signature;
    struct str id;
    struct instant now;
};

static enum err refuse(const char **ret_why, enum err err, const char *why)
{
    if (ret_why)
        *ret_why = why;
    return err;
}

static xmlNode *named(xmlNode *node, struct str name)
{
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (str_eq(str_of((const char *)node->name), name))
            return node;
        xmlNode *below = named(node->children, name);
        if (below)
            return below;
    }
    return NULL;
}

/* ---- the element, with places for what is computed ---- */

static void reference(struct buf *b, const char *uri, const char *type, const char *transforms)
{
    buf_format(b, "<Reference%s%s%s URI=\"%s\"><Transforms>%s<Transform Algorithm=\"" XML_EXC_C14N "\"/></Transforms>"
                  "<DigestMethod Algorithm=\"" XML_ENC "sha256\"/><DigestValue/></Reference>",
               type ? " Type=\"" : "", type ? type : "", type ? "\"" : "", uri, transforms);
}

static void certificates(struct buf *b, struct making *m)
{
    buf_format(b, "<X509Certificate>%" PRIstr "</X509Certificate>", STR_ARG(xml_base64_of(m->work, sign_key_certificate(m->work, m->key))));
    for (int i = 0; m->key->chain && i < sk_X509_num(m->key->chain->certificate); i++) {
        unsigned char *der = NULL;
        int n = i2d_X509(sk_X509_value(m->key->chain->certificate, i), &der);
        if (n > 0)
            buf_format(b, "<X509Certificate>%" PRIstr "</X509Certificate>", STR_ARG(xml_base64_of(m->work, (struct str){(const char *)der, (size_t)n})));
        OPENSSL_free(der);
    }
}

static struct str element(struct making *m)
{
    struct buf b = buf_in(m->work);
    struct str certificate = xml_digest(m->work, EVP_sha256(), sign_key_certificate(m->work, m->key)), id = m->id;
    bool is_ec = EVP_PKEY_get_base_id(X509_get0_pubkey(m->key->certificate)) == EVP_PKEY_EC;

    buf_format(&b, "<Signature xmlns=\"" XML_DSIG "\" Id=\"%" PRIstr "\"><SignedInfo><CanonicalizationMethod Algorithm=\"" XML_EXC_C14N "\"/>"
                   "<SignatureMethod Algorithm=\"" XML_DSIG_MORE "%s\"/>", STR_ARG(id), is_ec ? "ecdsa-sha256" : "rsa-sha256");
    reference(&b, "", NULL, "<Transform Algorithm=\"" XML_ENVELOPED "\"/>");
    reference(&b, str_z(m->work, str_format(m->work, "#%" PRIstr "-p", STR_ARG(id))), XML_XADES_PROPERTIES, "");
    buf_put(&b, STR("</SignedInfo><SignatureValue/><KeyInfo><X509Data>"));
    certificates(&b, m);
    buf_format(&b, "</X509Data></KeyInfo><Object><xades:QualifyingProperties xmlns:xades=\"" XML_XADES "\" Target=\"#%" PRIstr "\"><xades:SignedProperties Id=\"%" PRIstr "-p\">"
                   "<xades:SignedSignatureProperties><xades:SigningTime>%" PRIstr "</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
                   "<DigestMethod Algorithm=\"" XML_ENC "sha256\"/><DigestValue>%" PRIstr "</DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
                   "</xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></Object></Signature>",
               STR_ARG(id), STR_ARG(id), STR_ARG(instant_iso(m->work, m->now)), STR_ARG(xml_base64_of(m->work, certificate)));
    return buf_str(&b);
}

/* ---- what is computed ---- */

static void text_set(struct making *m, xmlNode *node, struct str bytes)
{
    xmlNodeSetContent(node, (const xmlChar *)str_z(m->work, xml_base64_of(m->work, bytes)));
}

static enum err digest_set(struct making *m, xmlNode *reference, const struct xml_part *part)
{
    struct str canonical;
    enum err err = xml_canonical(m->work, m->doc, part, &canonical);

    if (!err)
        text_set(m, xml_only(reference, XML_DSIG, "DigestValue"), xml_digest(m->work, EVP_sha256(), canonical));
    return err;
}

/* The DER of a signature by an elliptic curve as r and s side by side, each as long as the curve's order. */
static enum err ecdsa_raw(struct making *m, struct str der, struct str *ret)
{
    const unsigned char *p = (const unsigned char *)der.p;
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &p, (long)der.n);
    int half = (EVP_PKEY_get_bits(X509_get0_pubkey(m->key->certificate)) + 7) / 8;
    unsigned char *raw = ARENA_ARRAY(m->work, unsigned char, (size_t)half * 2);
    bool done = sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, half) == half && BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + half, half) == half;

    ECDSA_SIG_free(sig);
    ERR_clear_error();
    if (!done)
        return ERR_UNAVAILABLE;
    *ret = (struct str){(const char *)raw, (size_t)half * 2};
    return OK;
}

static enum err compute(struct making *m)
{
    xmlNode *info = xml_only(m->signature, XML_DSIG, "SignedInfo"), *first = xml_next(xml_next(xml_first(info))), *second = xml_next(first);
    xmlNode *object = xml_only(m->signature, XML_DSIG, "Object");
    xmlNode *properties = xml_only(xml_only(object, XML_XADES, "QualifyingProperties"), XML_XADES, "SignedProperties");
    const struct xml_part whole = {.without = m->signature, .algorithm = STR(XML_EXC_C14N), .prefixes = STR("")};
    const struct xml_part own = {.from = properties, .algorithm = STR(XML_EXC_C14N), .prefixes = STR("")};
    const struct xml_part said = {.from = info, .algorithm = STR(XML_EXC_C14N), .prefixes = STR("")};
    bool is_ec = EVP_PKEY_get_base_id(X509_get0_pubkey(m->key->certificate)) == EVP_PKEY_EC;
    struct str bytes, value;
    enum err err = digest_set(m, first, &whole);

    if (!err)
        err = digest_set(m, second, &own);
    if (!err)
        err = xml_canonical(m->work, m->doc, &said, &bytes);
    if (!err)
        err = sign_key_sign(m->work, m->key, bytes, &value);
    if (!err && is_ec)
        err = ecdsa_raw(m, value, &value);
    if (!err)
        text_set(m, xml_only(m->signature, XML_DSIG, "SignatureValue"), value);
    return err;
}

static enum err make(struct making *m, struct arena *a, struct str xml, struct str parent, struct str *ret, const char **ret_why)
{
    xmlNode *list = NULL;
    xmlChar *out = NULL;
    int n = 0;
    enum err err = xml_tree_read(m->work, xml, &m->doc, ret_why);

    if (err)
        return err;
    xmlNode *root = xmlDocGetRootElement(m->doc), *into = parent.n ? named(root, parent) : root;
    if (!into)
        return refuse(ret_why, ERR_INVALID, "it has no element where the signature belongs");
    /* Two signatures in one document have two names. */
    struct str seen = xml_digest(m->work, EVP_sha256(), xml);
    m->id = str_format(m->work, "ky-%" PRIstr, STR_ARG(hex_encode(m->work, str_sub(seen, 0, ID_BYTES))));
    struct str text = element(m);
    if (xmlParseInNodeContext(into, text.p, (int)text.n, XML_PARSE_NONET, &list) != XML_ERR_OK || !list)
        return refuse(ret_why, ERR_INVALID, "the signature does not fit into it");
    m->signature = xmlAddChild(into, list);
    err = compute(m);
    if (err)
        return err;
    xmlDocDumpMemoryEnc(m->doc, &out, &n, "UTF-8");
    if (!out)
        return ERR_LIMIT;
    *ret = str_copy(a, (struct str){(const char *)out, (size_t)n});
    xmlFree(out);
    return OK;
}

enum err sign_xml(struct arena *a, struct str xml, const struct sign_key *key, struct str parent, struct instant now, struct str *ret,
                  const char **ret_why)
{
    struct making m = {.work = arena_new(WORK_BYTES), .key = key, .now = now};
    enum err err = make(&m, a, xml, parent, ret, ret_why);

    arena_free(m.work);
    return err;
}
