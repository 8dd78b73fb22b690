#include "sign/sources.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "base/text.h"
#include "sign/stamp.h"
#include "sign/trust.h"
#include "sign/xml.h"
#include "sign/xml_tree.h"

#define WORK_BYTES ((size_t)2 << 30)

struct listing {
    struct arena *a;
    struct evidence found;
    const struct sign_trusted *trusted;
    struct sign_source *source;
    size_t count;
};

/* ---- the certificates ---- */

static void message_add(struct arena *work, struct listing *l, struct str der)
{
    struct cms cms;
    struct stamp stamp;

    enum sign_flaw flaw = cms_read(work, der, &cms);
    if (flaw == SIGN_FLAW_FORMAT || !cms.info)
        return; /* with another flaw it still names its certificates */
    evidence_add_message(&l->found, &cms);
    if (cms.stamp.n && stamp_read(work, cms.stamp, &stamp) == SIGN_SOUND)
        evidence_add_message(&l->found, &stamp.cms);
}

static enum err pdf_add(struct arena *work, struct listing *l, struct str bytes)
{
    struct pdf *pdf;
    struct sign_fields fields;
    enum err err = pdf_open(work, bytes, &pdf, NULL);

    if (!err)
        err = sign_fields_find(pdf, &fields);
    for (size_t i = 0; !err && i < fields.count; i++)
        message_add(work, l, fields.field[i].cms);
    return err;
}

static void element_add(struct arena *work, struct listing *l, const xmlNode *node)
{
    struct str der;

    for (const xmlNode *c = xml_first(node); c; c = xml_next(c))
        if (xml_is(c, XML_DSIG, "X509Certificate")) {
            if (xml_base64(work, xml_text(work, c), &der))
                (void)evidence_add_certificate(&l->found, der);
        } else {
            element_add(work, l, c);
        }
}

static enum err file_add(struct arena *work, struct listing *l, struct str bytes)
{
    xmlDoc *doc;

    if (str_has_prefix(bytes, STR("%PDF-")))
        return pdf_add(work, l, bytes);
    if (sign_is_xml(bytes)) {
        enum err err = xml_tree_read(work, bytes, &doc, NULL);
        if (!err)
            element_add(work, l, (const xmlNode *)doc);
        return err;
    }
    message_add(work, l, bytes);
    return sk_X509_num(l->found.certificate) ? OK : ERR_INVALID;
}

/* ---- what they say ---- */

static void source_add(struct listing *l, const char *url, int n, struct str request)
{
    struct str s = {url, n > 0 ? (size_t)n : 0};
    bool good = (str_has_prefix(s, STR("http://")) || str_has_prefix(s, STR("https://"))) && s.n <= SIGN_SOURCE_URL_MAX && text_is_utf8(s) && !text_has_control(s);

    if (!good || l->count >= SIGN_SOURCES_MAX)
        return;
    for (size_t i = 0; i < l->count; i++)
        if (str_eq(l->source[i].url, s) && str_eq(l->source[i].request, request))
            return;
    l->source[l->count++] = (struct sign_source){str_copy(l->a, s), str_copy(l->a, request)};
}

static void lists_of(struct listing *l, X509 *x)
{
    CRL_DIST_POINTS *points = X509_get_ext_d2i(x, NID_crl_distribution_points, NULL, NULL);

    for (int i = 0; points && i < sk_DIST_POINT_num(points); i++) {
        const DIST_POINT_NAME *name = sk_DIST_POINT_value(points, i)->distpoint;
        if (!name || name->type != 0)
            continue;
        for (int k = 0; k < sk_GENERAL_NAME_num(name->name.fullname); k++) {
            const GENERAL_NAME *g = sk_GENERAL_NAME_value(name->name.fullname, k);
            if (g->type == GEN_URI)
                source_add(l, (const char *)ASN1_STRING_get0_data(g->d.uniformResourceIdentifier), ASN1_STRING_length(g->d.uniformResourceIdentifier), STR(""));
        }
    }
    CRL_DIST_POINTS_free(points);
}

static X509 *issuer_in(STACK_OF(X509) *list, X509 *x)
{
    for (int i = 0; i < sk_X509_num(list); i++)
        if (X509_check_issued(sk_X509_value(list, i), x) == X509_V_OK)
            return sk_X509_value(list, i);
    return NULL;
}

static struct str question(struct listing *l, X509 *x, X509 *issuer)
{
    OCSP_REQUEST *request = OCSP_REQUEST_new();
    OCSP_CERTID *id = OCSP_cert_to_id(NULL, x, issuer);
    unsigned char *der = NULL;
    struct str out = STR("");

    if (request && id && OCSP_request_add0_id(request, id)) {
        int n = i2d_OCSP_REQUEST(request, &der);
        if (n > 0)
            out = str_copy(l->a, (struct str){(const char *)der, (size_t)n});
        OPENSSL_free(der);
    } else {
        OCSP_CERTID_free(id);
    }
    OCSP_REQUEST_free(request);
    return out;
}

static void responders_of(struct listing *l, X509 *x)
{
    X509 *issuer = issuer_in(l->found.certificate, x);
    STACK_OF(OPENSSL_STRING) *urls = X509_get1_ocsp(x);

    issuer = issuer || !l->trusted ? issuer : issuer_in(l->trusted->roots.certificate, x);
    struct str request = issuer && sk_OPENSSL_STRING_num(urls) > 0 ? question(l, x, issuer) : STR("");
    for (int i = 0; request.n && i < sk_OPENSSL_STRING_num(urls); i++) {
        struct str url = str_of(sk_OPENSSL_STRING_value(urls, i));
        source_add(l, url.p, (int)url.n, request);
    }
    X509_email_free(urls);
}

enum err sign_sources(struct arena *a, struct str file, const struct sign_trusted *trusted, struct sign_source **ret, size_t *ret_count)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct listing l = {.a = a, .trusted = trusted, .source = ARENA_ARRAY(a, struct sign_source, SIGN_SOURCES_MAX)};

    evidence_open(&l.found, work, SIGN_CARRIED_MAX);
    enum err err = file_add(work, &l, file);
    for (int i = 0; !err && i < sk_X509_num(l.found.certificate); i++) {
        X509 *x = sk_X509_value(l.found.certificate, i);
        if (X509_check_issued(x, x) == X509_V_OK)
            continue; /* a root answers for itself */
        responders_of(&l, x);
        lists_of(&l, x);
    }
    ERR_clear_error();
    arena_free(work);
    if (err)
        return err;
    *ret = l.source;
    *ret_count = l.count;
    return OK;
}
