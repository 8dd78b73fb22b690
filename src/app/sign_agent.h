/* sign_agent.h - the signing agent: the token of the machine it runs on, lent to the pages of named sites. The protocol
 * is docs/signatures.md.
 *
 * Three parts: the door (sign_agent_http.c: libmicrohttpd, loopback only), what is answered (sign_agent_answer.c: who may
 * ask, pairing, signing), the terminal (sign_agent_terminal.c). One thread: while a person is asked, nobody else is served. */
#ifndef APP_SIGN_AGENT_H
#define APP_SIGN_AGENT_H

#include "app/command.h"
#include "sign/key.h"

enum {
    AGENT_KEYS_MAX = 32,
    AGENT_ORIGINS_MAX = 16,
    AGENT_PAIRS_MAX = 8,          /* browsers; the oldest gives way */
    AGENT_TRIES_MAX = 5,          /* wrong codes in the agent's life */
    AGENT_CODE_DIGITS = 6,
    AGENT_TOKEN_BYTES = 32,
    AGENT_ITEMS_MAX = 500,        /* of one order to sign */
    AGENT_TITLE_MAX = 300,        /* bytes shown of a title */
    AGENT_BODY_MAX = 1024 * 1024,
    AGENT_PIN_SECONDS = 600,
    AGENT_CONFIRM_SECONDS = 180,
};

struct agent_key {
    struct sign_key *key;
    struct str der, base64;       /* of its certificate */
};

struct agent_pair {
    struct str origin;
    char token[2 * AGENT_TOKEN_BYTES];
};

struct agent {
    struct arena *arena;
    struct random random;
    enum lang lang;
    bool asks_nobody;             /* --yes */
    struct agent_key key[AGENT_KEYS_MAX];
    size_t key_count;
    struct str origin[AGENT_ORIGINS_MAX];
    size_t origin_count;
    struct str host[2];           /* what the Host header may say: the address, and localhost */
    char code[AGENT_CODE_DIGITS];
    int wrong;                    /* codes that were */
    struct agent_pair pair[AGENT_PAIRS_MAX];
    size_t pair_count;            /* ever; the next goes to the place pair_count % AGENT_PAIRS_MAX */
};

/* ---- the answer ---- */

struct agent_request {
    struct str method, path, host, origin, authorization, content_type, body;
    bool is_too_large;
};
struct agent_answer {
    int status;
    struct str body;              /* JSON; empty of a preflight */
    bool is_for_origin;           /* the origin is one of ours and may read this */
};
void agent_answer(struct agent *g, struct arena *a, const struct agent_request *rq, struct agent_answer *ret);

/* A new code for pairing, shown on the terminal. */
void agent_code_new(struct agent *g);

/* ---- the terminal ---- */

/* The PIN, typed without echo. ERR_IO: nothing was typed, for AGENT_PIN_SECONDS. */
enum err agent_ask_pin(struct agent *g, struct arena *a, struct str *ret) MUST_CHECK;
/* Shows what is to be signed and waits for a yes, at most AGENT_CONFIRM_SECONDS. */
struct agent_order {
    struct str origin;
    struct sign_person who;
    const struct str *title;
    size_t count;
};
bool agent_confirm(struct agent *g, struct arena *a, const struct agent_order *order);
/* A line on the terminal, its holes filled. */
void agent_say(struct agent *g, struct arena *a, enum word word, const struct str *value, size_t count);
/* The text on one line, without control characters and what turns the direction of writing, cut to AGENT_TITLE_MAX. */
struct str agent_clean(struct arena *a, struct str text);

/* ---- the door ---- */

/* Is it a numeric loopback address with a port ("127.0.0.1:17868", "[::1]:0")? */
bool agent_listen_is_local(struct str listen);
/* Serves until SIGINT or SIGTERM, which are caught. */
enum exit_status agent_serve(struct agent *g, struct str listen);
/* From here on SIGINT and SIGTERM are remembered and kill nobody: a terminal that is silent for the PIN is not left so. */
void agent_signals_catch(void);
/* Did the signal to end come? */
bool agent_is_ending(void);

#endif
