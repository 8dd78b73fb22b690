/* Certificates, lists and answers, read from DER or PEM. */
#include "sign/trust.h"

#include <openssl/err.h>
#include <openssl/pem.h>

static void close_evidence(void *arg)
{
    struct evidence *e = arg;

    sk_X509_pop_free(e->certificate, X509_free);
    sk_X509_CRL_pop_free(e->crl, X509_CRL_free);
    for (size_t i = 0; i < e->answers; i++)
        OCSP_BASICRESP_free(e->answer[i]);
}

void evidence_open(struct evidence *e, struct arena *a, size_t room)
{
    *e = (struct evidence){.arena = a, .room = room, .certificate = sk_X509_new_null(), .crl = sk_X509_CRL_new_null()};
    if (!e->certificate || !e->crl)
        BUG("out of memory");
    arena_defer(a, close_evidence, e);
}

static bool certificate_keep(struct evidence *e, X509 *x)
{
    if (x && sk_X509_num(e->certificate) < SIGN_EVIDENCE_MAX && sk_X509_push(e->certificate, x) > 0)
        return true;
    X509_free(x);
    return false;
}

static bool crl_keep(struct evidence *e, X509_CRL *crl)
{
    if (crl && sk_X509_CRL_num(e->crl) < SIGN_EVIDENCE_MAX && sk_X509_CRL_push(e->crl, crl) > 0)
        return true;
    X509_CRL_free(crl);
    return false;
}

/* A few bytes can say a lot to OpenSSL's memory: what is read is counted. */
static bool has_room(struct evidence *e, struct str bytes)
{
    if (bytes.n > e->room)
        return false;
    e->room -= bytes.n;
    return true;
}

static BIO *reader(struct str bytes)
{
    BIO *bio = BIO_new_mem_buf(bytes.p, (int)bytes.n);

    if (!bio)
        BUG("out of memory");
    return bio;
}

bool evidence_add_certificate(struct evidence *e, struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = 0;
    X509 *x;

    if (!has_room(e, bytes))
        return false;
    BIO *bio = reader(bytes);
    while ((x = PEM_read_bio_X509(bio, NULL, NULL, NULL)) && certificate_keep(e, x))
        n++;
    BIO_free(bio);
    if (n == 0)
        n = certificate_keep(e, d2i_X509(NULL, &p, (long)bytes.n));
    ERR_clear_error();
    return n > 0;
}

bool evidence_add_crl(struct evidence *e, struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = 0;
    X509_CRL *crl;

    if (!has_room(e, bytes))
        return false;
    BIO *bio = reader(bytes);
    while ((crl = PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL)) && crl_keep(e, crl))
        n++;
    BIO_free(bio);
    if (n == 0)
        n = crl_keep(e, d2i_X509_CRL(NULL, &p, (long)bytes.n));
    ERR_clear_error();
    return n > 0;
}

bool evidence_add_answer(struct evidence *e, struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    bool fits = e->answers < SIGN_EVIDENCE_MAX && has_room(e, bytes);
    OCSP_RESPONSE *response = fits ? d2i_OCSP_RESPONSE(NULL, &p, (long)bytes.n) : NULL;
    OCSP_BASICRESP *basic = response ? OCSP_response_get1_basic(response) : NULL;

    OCSP_RESPONSE_free(response);
    p = (const unsigned char *)bytes.p;
    if (!basic && fits)
        basic = d2i_OCSP_BASICRESP(NULL, &p, (long)bytes.n);
    if (basic)
        e->answer[e->answers++] = basic;
    ERR_clear_error();
    return basic != NULL;
}

/* adbe-revocationInfoArchival: SEQUENCE { [0] SEQUENCE OF CRL, [1] SEQUENCE OF OCSPResponse, … } */
static void add_archival(struct evidence *e, struct str der)
{
    const unsigned char *p = (const unsigned char *)der.p, *end = p + der.n;
    long n;
    int tag, class;

    if (!der.n || (ASN1_get_object(&p, &n, &tag, &class, (long)der.n) & 0x80) || tag != V_ASN1_SEQUENCE)
        return;
    while (p < end) {
        if ((ASN1_get_object(&p, &n, &tag, &class, end - p) & 0x81) || class != V_ASN1_CONTEXT_SPECIFIC)
            return;
        const unsigned char *list = p, *stop = p + n;
        int kind = tag;
        p = stop;
        if ((ASN1_get_object(&list, &n, &tag, &class, stop - list) & 0x81) || tag != V_ASN1_SEQUENCE)
            return;
        while (list < stop) {
            const unsigned char *item = list;
            if (ASN1_get_object(&list, &n, &tag, &class, stop - list) & 0x81)
                return;
            list += n;
            struct str bytes = {(const char *)item, (size_t)(list - item)};
            if (!(kind == 0 ? evidence_add_crl(e, bytes) : kind == 1 && evidence_add_answer(e, bytes)))
                return;
        }
    }
}

void evidence_add_message(struct evidence *e, const struct cms *cms)
{
    for (int i = 0; i < sk_X509_num(cms->others); i++) {
        X509 *x = sk_X509_value(cms->others, i);
        if (X509_up_ref(x))
            (void)certificate_keep(e, x);
    }
    for (int i = 0; i < sk_X509_CRL_num(cms->crls); i++) {
        X509_CRL *crl = sk_X509_CRL_value(cms->crls, i);
        if (X509_CRL_up_ref(crl))
            (void)crl_keep(e, crl);
    }
    add_archival(e, cms->revocation);
    ERR_clear_error();
}

/* --- what the asker brings ------------------------------------------------------------------ */

struct sign_trusted *sign_trusted_new(struct arena *a)
{
    struct sign_trusted *t = ARENA_NEW(a, struct sign_trusted);

    evidence_open(&t->roots, a, SIGN_GIVEN_MAX);
    evidence_open(&t->given, a, SIGN_GIVEN_MAX);
    return t;
}

enum err sign_trusted_add_roots(struct sign_trusted *t, struct str pem)
{
    if (sk_X509_num(t->roots.certificate) >= SIGN_EVIDENCE_MAX)
        return ERR_LIMIT;
    return evidence_add_certificate(&t->roots, pem) ? OK : ERR_INVALID;
}

enum err sign_trusted_add_revocation(struct sign_trusted *t, struct str bytes)
{
    if (t->given.answers >= SIGN_EVIDENCE_MAX || sk_X509_CRL_num(t->given.crl) >= SIGN_EVIDENCE_MAX)
        return ERR_LIMIT;
    return evidence_add_crl(&t->given, bytes) || evidence_add_answer(&t->given, bytes) ? OK : ERR_INVALID;
}

size_t sign_trusted_roots(const struct sign_trusted *t)
{
    return (size_t)sk_X509_num(t->roots.certificate);
}
