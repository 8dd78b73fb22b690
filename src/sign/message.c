#include "sign/message.h"

#include <openssl/err.h>

#include "sign/der.h"
#include "sign/key_use.h"
#include "sign/stamp.h"

#define CHECK_BYTES ((size_t)64 << 20)

static struct str oid(struct arena *a, const char *dotted)
{
    ASN1_OBJECT *object = OBJ_txt2obj(dotted, 1);

    if (!object)
        BUG("no object identifier: %s", dotted);
    struct str bytes = der(a, DER_OID, (struct str){(const char *)OBJ_get0_data(object), OBJ_length(object)});
    ASN1_OBJECT_free(object);
    return bytes;
}

static struct str algorithm(struct arena *a, const char *dotted, bool with_null)
{
    return der(a, DER_SEQUENCE, DER_JOIN(a, oid(a, dotted), with_null ? STR("\x05\x00") : STR("")));
}

/* Takes over what i2d_… wrote. */
static struct str taken(struct arena *a, unsigned char *bytes, int n)
{
    if (n <= 0)
        BUG("OpenSSL cannot write what it has read");
    struct str copy = str_copy(a, (struct str){(const char *)bytes, (size_t)n});
    OPENSSL_free(bytes);
    return copy;
}

static struct str certificate_der(struct arena *a, X509 *x)
{
    unsigned char *bytes = NULL;
    int n = i2d_X509(x, &bytes);
    return taken(a, bytes, n);
}

static struct str digest_of(struct arena *a, struct str before, struct str after)
{
    char md[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool done = ctx && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) && EVP_DigestUpdate(ctx, before.p, before.n) &&
                EVP_DigestUpdate(ctx, after.p, after.n) && EVP_DigestFinal_ex(ctx, (unsigned char *)md, &n);

    EVP_MD_CTX_free(ctx);
    if (!done)
        BUG("SHA-256 failed");
    return str_copy(a, (struct str){md, n});
}

static struct str attribute(struct arena *a, const char *type, struct str value)
{
    return der(a, DER_SEQUENCE, DER_JOIN(a, oid(a, type), der(a, DER_SET, value)));
}

/* signing-certificate-v2 (RFC 5035): the hash of the signer's certificate, SHA-256 by default. */
static struct str certificate_attribute(struct arena *a, struct str certificate)
{
    struct str hash = der(a, DER_OCTETS, digest_of(a, certificate, STR("")));
    struct str id = der(a, DER_SEQUENCE, hash), ids = der(a, DER_SEQUENCE, id);

    return attribute(a, "1.2.840.113549.1.9.16.2.47", der(a, DER_SEQUENCE, ids));
}

/* UTCTime, to be replaced in 2050 (RFC 5652, 11.3). */
static struct str time_attribute(struct arena *a, struct instant now)
{
    struct str iso = instant_iso(a, now);
    struct str text = str_format(a, "%.2s%.2s%.2s%.2s%.2s%.2sZ", iso.p + 2, iso.p + 5, iso.p + 8, iso.p + 11, iso.p + 14, iso.p + 17);

    return attribute(a, "1.2.840.113549.1.9.5", der(a, DER_UTC_TIME, text));
}

struct str message_attributes(struct arena *a, struct str digest, struct str certificate, const struct instant *time)
{
    struct str piece[4];
    size_t n = 0;

    piece[n++] = attribute(a, "1.2.840.113549.1.9.3", oid(a, "1.2.840.113549.1.7.1"));
    piece[n++] = attribute(a, "1.2.840.113549.1.9.4", der(a, DER_OCTETS, digest));
    piece[n++] = certificate_attribute(a, certificate);
    if (time)
        piece[n++] = time_attribute(a, *time);
    return der_set(a, piece, n);
}

static struct str signature_algorithm(struct arena *a, const X509 *certificate)
{
    bool is_rsa = EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) == EVP_PKEY_RSA;
    return is_rsa ? algorithm(a, "1.2.840.113549.1.1.1", true) : algorithm(a, "1.2.840.10045.4.3.2", false);
}

static struct str signer_id(struct arena *a, const X509 *certificate)
{
    unsigned char *name = NULL, *serial = NULL;
    int name_n = i2d_X509_NAME(X509_get_issuer_name(certificate), &name);
    int serial_n = i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate), &serial);

    return der(a, DER_SEQUENCE, DER_JOIN(a, taken(a, name, name_n), taken(a, serial, serial_n)));
}

static struct str certificates(struct arena *a, const struct sign_key *key)
{
    enum { MAX = 12 };
    struct str piece[MAX];
    size_t n = 0;

    piece[n++] = certificate_der(a, key->certificate);
    for (int i = 0; i < sk_X509_num(key->chain->certificate) && n < MAX; i++)
        if (X509_cmp(sk_X509_value(key->chain->certificate, i), key->certificate) != 0)
            piece[n++] = certificate_der(a, sk_X509_value(key->chain->certificate, i));
    return der_set(a, piece, n);
}

/* The same set under the implicit tag of the field that it stands in. */
static struct str retagged(struct arena *a, struct str set, int tag)
{
    char byte = (char)tag;
    return DER_JOIN(a, (struct str){&byte, 1}, str_sub(set, 1, set.n));
}

static enum err stamp_attribute(struct arena *a, const struct sign_stamper *stamper, struct str signature, struct str *ret)
{
    struct str reply, token;
    struct str request = stamp_request(a, signature);
    enum err err = stamper->ask(stamper->arg, a, request, &reply);

    if (!err)
        err = stamp_from_reply(a, request, reply, &token);
    if (err)
        return err == ERR_INVALID ? ERR_UNAVAILABLE : err;
    *ret = der(a, DER_CONTEXT + 1, attribute(a, "1.2.840.113549.1.9.16.2.14", token));
    return OK;
}

void message_draft(struct arena *a, struct str before, struct str after, const struct message_order *order, struct message_draft *ret)
{
    struct str certificate = certificate_der(a, order->key->certificate);

    *ret = (struct message_draft){
        .attributes = message_attributes(a, digest_of(a, before, after), certificate, order->says_time ? &order->now : NULL),
        .certificate = certificate,
        .certificates = certificates(a, order->key),
    };
}

/* The whole message; `more` are the unsigned attributes or "". */
static struct str assemble(struct arena *a, const struct message_draft *d, const X509 *x, struct str signature, struct str more)
{
    const struct str version = der_small(a, DER_INTEGER, 1), sha256 = algorithm(a, "2.16.840.1.101.3.4.2.1", false);
    struct str signer = der(a, DER_SEQUENCE,
                            DER_JOIN(a, version, signer_id(a, x), sha256, retagged(a, d->attributes, DER_CONTEXT), signature_algorithm(a, x),
                                     der(a, DER_OCTETS, signature), more));
    struct str content = der(a, DER_SEQUENCE, oid(a, "1.2.840.113549.1.7.1"));
    struct str data = der(a, DER_SEQUENCE,
                          DER_JOIN(a, version, der(a, DER_SET, sha256), content, retagged(a, d->certificates, DER_CONTEXT),
                                   der(a, DER_SET, signer)));
    return der(a, DER_SEQUENCE, DER_JOIN(a, oid(a, "1.2.840.113549.1.7.2"), der(a, DER_CONTEXT, data)));
}

static bool holds(struct str message, struct str before, struct str after)
{
    struct arena *work = arena_new(CHECK_BYTES);
    struct cms cms;
    bool good = cms_read(work, message, &cms) == SIGN_SOUND && cms_check(&cms, before, after) == SIGN_SOUND;

    arena_free(work);
    return good;
}

static void close_certificate(void *arg)
{
    X509_free(arg);
}

enum err message_finish(struct arena *a, const struct message_draft *draft, struct str before, struct str after, struct str signature,
                        const struct sign_stamper *stamper, struct str *ret)
{
    const unsigned char *p = (const unsigned char *)draft->certificate.p;
    X509 *x = draft->certificate.n ? d2i_X509(NULL, &p, (long)draft->certificate.n) : NULL;
    struct str more = STR("");

    ERR_clear_error();
    if (!x || !draft->attributes.n || !draft->certificates.n || !signature.n || signature.n > MESSAGE_SIGNATURE_MAX) {
        X509_free(x);
        return ERR_INVALID;
    }
    arena_defer(a, close_certificate, x);
    /* Checked before an authority is asked: nobody pays for the stamp of a signature that does not hold. */
    struct str message = assemble(a, draft, x, signature, more);
    if (!holds(message, before, after))
        return ERR_INVALID;
    enum err err = stamper ? stamp_attribute(a, stamper, signature, &more) : OK;
    if (!err)
        *ret = more.n ? assemble(a, draft, x, signature, more) : message;
    return err;
}

size_t message_room(const struct message_order *order)
{
    enum { AROUND = 2048, STAMP = 16384 };
    int room = AROUND + i2d_X509(order->key->certificate, NULL) + EVP_PKEY_get_size(X509_get0_pubkey(order->key->certificate));

    for (int i = 0; i < sk_X509_num(order->key->chain->certificate); i++)
        room += i2d_X509(sk_X509_value(order->key->chain->certificate, i), NULL);
    return (size_t)room + (order->stamper ? STAMP : 0);
}
