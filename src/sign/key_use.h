/* key_use.h - a key as the room itself uses it. */
#ifndef SIGN_KEY_USE_H
#define SIGN_KEY_USE_H

#include "sign/key.h"
#include "sign/trust.h"

struct sign_key {
    EVP_PKEY *key; /* NULL: it is elsewhere */
    X509 *certificate;
    struct evidence *chain;
    ENGINE *engine;
};

#endif
