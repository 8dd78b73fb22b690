#include "sign/key.h"

#define OPENSSL_SUPPRESS_DEPRECATED /* tokens are reached through an engine */
#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>

#include "sign/key_use.h"

static void close_key(void *arg)
{
    struct sign_key *key = arg;

    EVP_PKEY_free(key->key);
    X509_free(key->certificate);
    if (key->engine)
        ENGINE_finish(key->engine);
}

static struct sign_key *key_new(struct arena *a)
{
    struct sign_key *key = ARENA_NEW(a, struct sign_key);

    key->chain = ARENA_NEW(a, struct evidence);
    evidence_open(key->chain, a, SIGN_CARRIED_MAX);
    arena_defer(a, close_key, key);
    return key;
}

static bool is_known_kind(int kind)
{
    return kind == EVP_PKEY_RSA || kind == EVP_PKEY_EC;
}

/* A key that does not belong to its certificate would sign what nobody can verify. */
static enum err key_fits(const struct sign_key *key)
{
    if (!key->key || !key->certificate)
        return ERR_NOT_FOUND;
    int kind = EVP_PKEY_get_base_id(key->key);
    return is_known_kind(kind) && EVP_PKEY_eq(X509_get0_pubkey(key->certificate), key->key) == 1 ? OK : ERR_INVALID;
}

enum err sign_key_from_file(struct arena *a, struct str pkcs12, struct str password, struct sign_key **ret)
{
    const unsigned char *p = (const unsigned char *)pkcs12.p;
    PKCS12 *file = pkcs12.n < SIGN_CMS_MAX ? d2i_PKCS12(NULL, &p, (long)pkcs12.n) : NULL;
    STACK_OF(X509) *others = NULL;
    struct sign_key *key = key_new(a);
    int read = file && PKCS12_parse(file, str_z(a, password), &key->key, &key->certificate, &others);

    PKCS12_free(file);
    for (int i = 0; i < sk_X509_num(others); i++) {
        X509 *x = sk_X509_value(others, i);
        if (sk_X509_push(key->chain->certificate, x) > 0)
            X509_up_ref(x);
    }
    sk_X509_pop_free(others, X509_free);
    ERR_clear_error();
    if (!read || key_fits(key))
        return ERR_INVALID;
    *ret = key;
    return OK;
}

/* Did the token say that the PIN is wrong, locked, or of the wrong length? */
static bool is_pin_error(void)
{
    static const char *const SAID[] = {"PIN", "pin", "Login", "login"};
    const char *data;
    unsigned long code;
    int flags;
    bool found = false;

    while ((code = ERR_get_error_all(NULL, NULL, NULL, &data, &flags))) {
        const char *reason = ERR_reason_error_string(code);
        for (size_t i = 0; i < sizeof SAID / sizeof SAID[0]; i++)
            found = found || (reason && strstr(reason, SAID[i])) || ((flags & ERR_TXT_STRING) && data && strstr(data, SAID[i]));
    }
    return found;
}

/* Loaded once and kept: libp11 has memory of its own that it forgets when it is unloaded. */
static ENGINE *engine_load(void)
{
    static ENGINE *engine;

    if (!engine) {
        ENGINE_load_builtin_engines();
        engine = ENGINE_by_id("pkcs11");
    }
    return engine;
}

static ENGINE *engine_open(struct arena *a, const struct sign_token *token)
{
    ENGINE *e = engine_load();
    bool ready = e && (token->module.n == 0 || ENGINE_ctrl_cmd_string(e, "MODULE_PATH", str_z(a, token->module), 0)) &&
                 (token->pin.n == 0 || ENGINE_ctrl_cmd_string(e, "PIN", str_z(a, token->pin), 0)) && ENGINE_init(e);

    return ready ? e : NULL;
}

enum err sign_key_from_token(struct arena *a, const struct sign_token *token, struct sign_key **ret)
{
    struct {
        const char *id;
        X509 *certificate;
    } found = {str_z(a, token->uri), NULL};
    struct sign_key *key = key_new(a);

    ERR_clear_error();
    key->engine = engine_open(a, token);
    if (!key->engine) {
        ERR_clear_error();
        return ERR_UNAVAILABLE;
    }
    key->key = ENGINE_load_private_key(key->engine, found.id, NULL, NULL);
    if (!key->key)
        return is_pin_error() ? ERR_FORBIDDEN : ERR_NOT_FOUND;
    ENGINE_ctrl_cmd(key->engine, "LOAD_CERT_CTRL", 0, &found, NULL, 1);
    key->certificate = found.certificate;
    ERR_clear_error();
    enum err err = key_fits(key);
    if (err)
        return err;
    *ret = key;
    return OK;
}

enum err sign_key_elsewhere(struct arena *a, struct str certificate, struct sign_key **ret)
{
    struct sign_key *key = key_new(a);

    if (!evidence_add_certificate(key->chain, certificate))
        return ERR_INVALID;
    key->certificate = sk_X509_value(key->chain->certificate, 0);
    if (!X509_up_ref(key->certificate))
        BUG("a certificate cannot be kept");
    EVP_PKEY *public = X509_get0_pubkey(key->certificate);
    ERR_clear_error();
    if (!public || !is_known_kind(EVP_PKEY_get_base_id(public)))
        return ERR_INVALID;
    *ret = key;
    return OK;
}

enum err sign_key_add_chain(struct sign_key *key, struct str pem)
{
    return evidence_add_certificate(key->chain, pem) ? OK : ERR_INVALID;
}

struct sign_person sign_key_person(struct arena *a, const struct sign_key *key)
{
    return cms_person(a, key->certificate);
}

struct str sign_key_certificate(struct arena *a, const struct sign_key *key)
{
    unsigned char *bytes = NULL;
    int n = i2d_X509(key->certificate, &bytes);

    if (n <= 0)
        BUG("a certificate cannot be written");
    struct str copy = str_copy(a, (struct str){(const char *)bytes, (size_t)n});
    OPENSSL_free(bytes);
    return copy;
}

/* The token may be pulled out at any moment: that is no fault of ours. */
enum err sign_key_sign(struct arena *a, const struct sign_key *key, struct str bytes, struct str *ret)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t n = 0;
    unsigned char *signature = NULL;
    bool done = ctx && key->key && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key->key) == 1 &&
                EVP_DigestSign(ctx, NULL, &n, (const unsigned char *)bytes.p, bytes.n) == 1;

    if (done) {
        signature = ARENA_ARRAY(a, unsigned char, n);
        done = EVP_DigestSign(ctx, signature, &n, (const unsigned char *)bytes.p, bytes.n) == 1;
    }
    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    if (!done)
        return ERR_UNAVAILABLE;
    *ret = (struct str){(const char *)signature, n};
    return OK;
}
