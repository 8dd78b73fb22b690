#include "sign/token.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

enum { SLOTS_MAX = 64, VALUE_MAX = 64 * 1024 };

struct listing {
    struct arena *arena;
    CK_FUNCTION_LIST *module;
    P11KitUri *filter;
    struct sign_token_certificate *found;
    size_t count;
};

/* One value of an object; empty when it has none. */
static struct str value_of(const struct listing *l, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
    CK_ATTRIBUTE asked = {type, NULL, 0};

    if (l->module->C_GetAttributeValue(session, object, &asked, 1) != CKR_OK || asked.ulValueLen == 0 || asked.ulValueLen > VALUE_MAX)
        return STR("");
    char *bytes = ARENA_ARRAY(l->arena, char, asked.ulValueLen);
    asked.pValue = bytes;
    if (l->module->C_GetAttributeValue(session, object, &asked, 1) != CKR_OK)
        return STR("");
    return (struct str){bytes, asked.ulValueLen};
}

/* The key has the id of its certificate; without one they have the same label. */
static struct str address_of(const struct listing *l, const CK_TOKEN_INFO *token, struct str id, struct str label)
{
    P11KitUri *uri = p11_kit_uri_new();
    struct str by = id.n ? id : label;
    CK_ATTRIBUTE attribute = {id.n ? CKA_ID : CKA_LABEL, (void *)(uintptr_t)by.p, by.n};
    char *text = NULL;

    if (!uri)
        BUG("out of memory");
    *p11_kit_uri_get_token_info(uri) = *token;
    bool done = p11_kit_uri_set_attribute(uri, &attribute) == P11_KIT_URI_OK && p11_kit_uri_format(uri, P11_KIT_URI_FOR_OBJECT_ON_TOKEN, &text) == P11_KIT_URI_OK;
    struct str address = done ? str_copy(l->arena, str_of(text)) : STR("");
    free(text);
    p11_kit_uri_free(uri);
    return address;
}

/* Authorities lie on a token to complete the chain; nobody signs with them. */
static bool is_signers(struct str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    X509 *x = d2i_X509(NULL, &p, (long)der.n);
    bool yes = x && X509_check_ca(x) == 0;

    X509_free(x);
    ERR_clear_error();
    return yes;
}

static enum err add(struct listing *l, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, const CK_TOKEN_INFO *token)
{
    struct str der = value_of(l, session, object, CKA_VALUE);
    struct str uri = address_of(l, token, value_of(l, session, object, CKA_ID), value_of(l, session, object, CKA_LABEL));
    struct str label = {(const char *)token->label, sizeof token->label};

    if (!der.n || !uri.n || !is_signers(der))
        return OK;
    if (l->count == SIGN_TOKEN_CERTIFICATES_MAX)
        return ERR_LIMIT;
    l->found[l->count++] = (struct sign_token_certificate){uri, str_copy(l->arena, str_trim(label)), der};
    return OK;
}

static enum err list_session(struct listing *l, CK_SESSION_HANDLE session, const CK_TOKEN_INFO *token)
{
    CK_OBJECT_CLASS class = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class, sizeof class}, {CKA_CERTIFICATE_TYPE, &type, sizeof type}};
    CK_OBJECT_HANDLE object;
    CK_ULONG n = 1;
    enum err err = l->module->C_FindObjectsInit(session, wanted, 2) == CKR_OK ? OK : ERR_UNAVAILABLE;

    if (err)
        return err;
    while (!err && n) {
        err = l->module->C_FindObjects(session, &object, 1, &n) == CKR_OK ? OK : ERR_UNAVAILABLE;
        if (!err && n)
            err = add(l, session, object, token);
    }
    l->module->C_FindObjectsFinal(session);
    return err;
}

static enum err list_slot(struct listing *l, CK_SLOT_ID slot)
{
    CK_TOKEN_INFO token;
    CK_SESSION_HANDLE session;

    /* A token that is not made yet, or was pulled out just now, is none. */
    if (l->module->C_GetTokenInfo(slot, &token) != CKR_OK || !(token.flags & CKF_TOKEN_INITIALIZED) || !p11_kit_uri_match_token_info(l->filter, &token))
        return OK;
    if (l->module->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &session) != CKR_OK)
        return ERR_UNAVAILABLE;
    enum err err = list_session(l, session, &token);
    l->module->C_CloseSession(session);
    return err;
}

static enum err list_module(struct listing *l)
{
    CK_SLOT_ID slot[SLOTS_MAX];
    CK_ULONG count = SLOTS_MAX;
    enum err err = l->module->C_GetSlotList(CK_TRUE, slot, &count) == CKR_OK ? OK : ERR_UNAVAILABLE;

    for (CK_ULONG i = 0; !err && i < count; i++)
        err = list_slot(l, slot[i]);
    return err;
}

enum err sign_token_list(struct arena *a, struct str module, struct str filter, struct sign_token_certificate **ret, size_t *ret_count)
{
    struct listing l = {.arena = a, .filter = p11_kit_uri_new(), .found = ARENA_ARRAY(a, struct sign_token_certificate, SIGN_TOKEN_CERTIFICATES_MAX)};
    enum err err = OK;

    if (!l.filter)
        BUG("out of memory");
    if (filter.n && p11_kit_uri_parse(str_z(a, filter), P11_KIT_URI_FOR_OBJECT_ON_TOKEN, l.filter) != P11_KIT_URI_OK)
        err = ERR_INVALID;
    if (!err) {
        l.module = p11_kit_module_load(str_z(a, module), 0);
        err = l.module ? OK : ERR_UNAVAILABLE;
    }
    if (!err && p11_kit_module_initialize(l.module) == CKR_OK) {
        err = list_module(&l);
        p11_kit_module_finalize(l.module);
    } else if (!err) {
        err = ERR_UNAVAILABLE;
    }
    if (l.module)
        p11_kit_module_release(l.module);
    p11_kit_uri_free(l.filter);
    if (err)
        return err;
    *ret = l.found;
    *ret_count = l.count;
    return OK;
}
