/* motcua sign agent - the token in this machine, lent to the pages of the sites that are named. */
#include "app/sign_agent.h"

#include "app/sign.h"
#include "crypto/secret.h"
#include "format/base64.h"
#include "sign/token.h"
#include "web/app.h"

#define ARENA_BYTES ((size_t)256 << 20)

struct agent_asked {
    struct sign_key_asked key;
    struct str listen, lang;
};

static struct str module_of(const struct agent_asked *k)
{
    return k->key.module.n ? k->key.module : str_of(getenv("MOTCUA_PKCS11_MODULE"));
}

static void key_keep(struct agent *g, struct sign_key *key)
{
    struct str der = sign_key_certificate(g->arena, key);

    g->key[g->key_count++] = (struct agent_key){key, der, base64_encode(g->arena, der)};
}

static enum exit_status pin_of(struct agent *g, const struct agent_asked *k, struct str *ret)
{
    if (k->key.pin_file.n)
        return sign_read_pin(g->arena, k->key.pin_file, ret);
    if (agent_ask_pin(g, g->arena, ret) == OK)
        return EXIT_DONE;
    complain("no PIN was given");
    return EXIT_USAGE;
}

static enum exit_status open_file(struct agent *g, const struct agent_asked *k)
{
    struct str pin, bytes;
    struct sign_key *key;
    enum exit_status status = pin_of(g, k, &pin);

    if (!status)
        status = sign_read_file(g->arena, k->key.p12, &bytes);
    if (status)
        return status;
    if (sign_key_from_file(g->arena, bytes, pin, &key)) {
        complain("no key from %" PRIstr ": it is no PKCS#12 file with a key and its certificate, or the password is wrong", STR_ARG(k->key.p12));
        return EXIT_USAGE;
    }
    key_keep(g, key);
    return EXIT_DONE;
}

/* A PIN belongs to one token: which of two is meant must be said. */
static enum exit_status one_token(const struct sign_token_certificate *c, size_t count)
{
    bool same = true;

    for (size_t i = 1; i < count; i++)
        same = same && str_eq(c[i].token, c[0].token);
    if (same)
        return EXIT_DONE;
    complain("there are several tokens; say which with --token:");
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "  %" PRIstr "\n", STR_ARG(c[i].uri));
    return EXIT_USAGE;
}

/* Never tries a PIN twice: a token locks itself after a few wrong ones. A certificate without a key is passed over. */
static enum exit_status open_keys(struct agent *g, const struct agent_asked *k, const struct sign_token_certificate *c, size_t count, struct str pin)
{
    enum err err = OK;

    for (size_t i = 0; !err && i < count && g->key_count < AGENT_KEYS_MAX; i++) {
        struct sign_token token = {.uri = c[i].uri, .module = module_of(k), .pin = pin};
        struct sign_key *key;
        err = sign_key_from_token(g->arena, &token, &key);
        if (!err)
            key_keep(g, key);
        else if (err == ERR_NOT_FOUND || err == ERR_INVALID)
            err = OK;
    }
    if (!err)
        return EXIT_DONE;
    complain(err == ERR_FORBIDDEN ? "the PIN is wrong or locked" : "the token cannot be reached");
    return err == ERR_FORBIDDEN ? EXIT_USAGE : EXIT_FAILED;
}

static enum exit_status open_token(struct agent *g, const struct agent_asked *k)
{
    struct sign_token_certificate *c;
    size_t count;
    struct str pin = STR("");
    enum err err = sign_token_list(g->arena, module_of(k), k->key.token, &c, &count);

    if (err) {
        complain(err == ERR_INVALID ? "--token is no PKCS#11 address" : "the token's library cannot be used: %" PRIstr, STR_ARG(module_of(k)));
        return err == ERR_INVALID ? EXIT_USAGE : EXIT_FAILED;
    }
    enum exit_status status = one_token(c, count);
    if (!status && count)
        status = pin_of(g, k, &pin);
    if (!status)
        status = open_keys(g, k, c, count, pin);
    /* Wiped only where it was typed or read for us alone; the engine keeps its own until the token is closed. */
    secret_wipe((void *)(uintptr_t)pin.p, pin.n);
    return status;
}

/* "https://motcua.example.vn": as a browser writes it, without a path. */
static bool is_origin(struct str s)
{
    size_t scheme = str_has_prefix(s, STR("https://")) ? 8 : str_has_prefix(s, STR("http://")) ? 7 : 0;

    for (size_t i = scheme; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr("/?#@*\\\"", s.p[i]) || (s.p[i] >= 'A' && s.p[i] <= 'Z'))
            return false;
    return scheme && s.n > scheme;
}

static bool origins_read(struct args *args, struct agent *g)
{
    struct str origin;

    while (g->origin_count < AGENT_ORIGINS_MAX && args_option(args, "--origin", &origin)) {
        if (!is_origin(origin))
            return false;
        g->origin[g->origin_count++] = origin;
    }
    return g->origin_count > 0;
}

static enum exit_status usage(void)
{
    complain("usage: motcua sign agent --origin https://SITE… (--module LIB [--token URI] | --p12 FILE) [--pin-file F] [--listen 127.0.0.1:PORT] [--yes] [--lang vi|en]");
    return EXIT_USAGE;
}

static enum exit_status run(struct agent *g, const struct agent_asked *k)
{
    enum exit_status status = k->key.p12.n ? open_file(g, k) : open_token(g, k);

    if (!status && !g->key_count) {
        complain("no certificate with a key was found");
        status = EXIT_USAGE;
    }
    return status ? status : agent_serve(g, k->listen);
}

enum exit_status command_sign_agent(struct args *args)
{
    struct arena *a = arena_new(ARENA_BYTES);
    struct agent *g = ARENA_NEW(a, struct agent);
    struct agent_asked k = {.listen = str_format(a, "127.0.0.1:%d", WEB_AGENT_PORT), .lang = STR("vi")};

    g->arena = a;
    random_open(&g->random);
    agent_signals_catch();
    sign_key_options(args, &k.key);
    args_option(args, "--listen", &k.listen);
    args_option(args, "--lang", &k.lang);
    g->asks_nobody = args_flag(args, "--yes");
    g->lang = str_eq(k.lang, STR("en")) ? LANG_EN : LANG_VI;
    bool has_origins = origins_read(args, g), has_key = k.key.p12.n ? !k.key.token.n : module_of(&k).n > 0;
    enum exit_status status = EXIT_DONE;
    if (!args_done(args) || !has_origins || !has_key || k.key.chain.n)
        status = usage();
    else if (!agent_listen_is_local(k.listen)) {
        complain("--listen must be an address of this machine alone, like 127.0.0.1:%d", WEB_AGENT_PORT);
        status = EXIT_USAGE;
    }
    if (!status)
        status = run(g, &k);
    arena_free(a);
    return status;
}
