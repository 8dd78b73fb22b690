/* Who may ask, pairing, and signing. Every question is a stranger's until its origin, its host and its token are known. */
#include "app/sign_agent.h"
#include "crypto/hex.h"
#include "crypto/secret.h"
#include "format/base64.h"
#include "format/json.h"
#include "sign/attributes.h"

/* Why not: the name is for programs, the word for people. */
static const struct refusal {
    const char *name;
    int status;
    enum word word;
} HOST = {"host", 403, WORD_AGENT_ERROR_HOST}, ORIGIN = {"origin", 403, WORD_AGENT_ERROR_ORIGIN}, PATH = {"path", 404, WORD_AGENT_ERROR_PATH},
  METHOD = {"method", 405, WORD_AGENT_ERROR_METHOD}, FORMAT = {"format", 400, WORD_AGENT_ERROR_FORMAT}, LARGE = {"too_large", 413, WORD_AGENT_ERROR_TOO_LARGE},
  CODE = {"code", 403, WORD_AGENT_ERROR_CODE}, LOCKED = {"locked", 403, WORD_AGENT_ERROR_LOCKED}, TOKEN = {"token", 401, WORD_AGENT_ERROR_TOKEN},
  CERTIFICATE = {"certificate", 404, WORD_AGENT_ERROR_CERTIFICATE}, COUNT = {"count", 422, WORD_AGENT_ERROR_COUNT}, KIND = {"kind", 422, WORD_AGENT_ERROR_KIND},
  CANCELLED = {"cancelled", 409, WORD_AGENT_ERROR_CANCELLED}, KEY = {"key", 502, WORD_AGENT_ERROR_KEY};

struct exchange {
    struct agent *g;
    struct arena *a;
    const struct agent_request *rq;
    struct agent_answer *out;
};

static void refuse(struct exchange *x, const struct refusal *why)
{
    struct json j = json_new_object(x->a);
    struct str value[] = {word_int(x->a, x->g->lang, AGENT_ITEMS_MAX)};

    json_put_text(j, "error", str_of(why->name));
    json_put_text(j, "text", word_format(x->a, x->g->lang, why->word, value, 1));
    x->out->status = why->status;
    x->out->body = json_canonical(x->a, j);
}

static void give(struct exchange *x, struct json j)
{
    x->out->status = 200;
    x->out->body = json_canonical(x->a, j);
}

/* ---- pairing ---- */

void agent_code_new(struct agent *g)
{
    struct arena *a = arena_new(64 * 1024);

    for (int i = 0; i < AGENT_CODE_DIGITS; i++)
        g->code[i] = (char)('0' + random_below(&g->random, 10));
    struct str shown = {g->code, AGENT_CODE_DIGITS};
    agent_say(g, a, WORD_AGENT_CODE, &shown, 1);
    arena_free(a);
}

/* A code serves once: who looked over a shoulder comes too late. Wrong ones are counted for the agent's whole life, so
 * that nobody gets more tries by waiting or by asking from another page. */
static void pair(struct exchange *x, struct json asked)
{
    struct agent *g = x->g;
    struct json j = json_new_object(x->a);
    struct str code = json_text(asked, "code");

    if (g->wrong >= AGENT_TRIES_MAX) {
        refuse(x, &LOCKED);
        return;
    }
    if (!secret_eq(code, (struct str){g->code, AGENT_CODE_DIGITS})) {
        g->wrong++;
        struct str value[] = {x->rq->origin, word_int(x->a, g->lang, AGENT_TRIES_MAX - g->wrong)};
        agent_say(g, x->a, g->wrong < AGENT_TRIES_MAX ? WORD_AGENT_CODE_WRONG : WORD_AGENT_CODE_LOCKED, value, 2);
        refuse(x, g->wrong < AGENT_TRIES_MAX ? &CODE : &LOCKED);
        return;
    }
    struct agent_pair *p = &g->pair[g->pair_count++ % AGENT_PAIRS_MAX];
    struct str token = random_hex(&g->random, x->a, AGENT_TOKEN_BYTES);
    memcpy(p->token, token.p, sizeof p->token);
    for (size_t i = 0; i < g->origin_count; i++)
        if (str_eq(g->origin[i], x->rq->origin))
            p->origin = g->origin[i];
    agent_say(g, x->a, WORD_AGENT_PAIRED, &p->origin, 1);
    agent_code_new(g);
    json_put_text(j, "token", token);
    give(x, j);
}

/* Every place is looked at, so that the time tells nothing of which. */
static bool is_paired(const struct exchange *x)
{
    const struct agent *g = x->g;
    struct str said = x->rq->authorization, bearer = STR("Bearer ");
    bool found = false;

    if (!str_has_prefix(said, bearer))
        return false;
    said = str_sub(said, bearer.n, said.n);
    for (size_t i = 0; i < g->pair_count && i < AGENT_PAIRS_MAX; i++)
        found |= secret_eq(said, (struct str){g->pair[i].token, sizeof g->pair[i].token}) && str_eq(x->rq->origin, g->pair[i].origin);
    return found;
}

/* ---- certificates ---- */

static void certificates(struct exchange *x, struct json asked)
{
    struct json j = json_new_object(x->a), list = json_new_array(x->a);

    (void)asked;
    for (size_t i = 0; i < x->g->key_count; i++) {
        const struct agent_key *k = &x->g->key[i];
        struct sign_person who = sign_key_person(x->a, k->key);
        struct json c = json_new_object(x->a);
        json_put_text(c, "certificate", k->base64);
        json_put_text(c, "name", who.name);
        json_put_text(c, "organisation", who.organisation);
        json_put_text(c, "title", who.title);
        json_put_text(c, "serial", who.serial);
        json_put_text(c, "issuer", who.issuer);
        json_put_text(c, "not_before", instant_iso(x->a, who.not_before));
        json_put_text(c, "not_after", instant_iso(x->a, who.not_after));
        json_append(list, c);
    }
    json_put_json(j, "certificates", list);
    give(x, j);
}

/* ---- signing ---- */

static const struct agent_key *key_of(const struct exchange *x, struct json asked)
{
    for (size_t i = 0; i < x->g->key_count; i++)
        if (str_eq(x->g->key[i].base64, json_text(asked, "certificate")))
            return &x->g->key[i];
    return NULL;
}

/* All of them are examined before anybody is asked, and nothing is signed if one is of another kind. */
static bool items_read(struct exchange *x, struct json items, const struct agent_key *key, struct str *to_sign, struct str *title)
{
    size_t n = json_length(items);

    for (size_t i = 0; i < n; i++) {
        struct json item = json_at(items, i);
        if (base64_decode(x->a, json_text(item, "to_sign"), &to_sign[i]) || !sign_attributes_are_ours(x->a, to_sign[i], key->der))
            return false;
        title[i] = agent_clean(x->a, json_text(item, "title"));
    }
    return true;
}

static bool sign_all(struct exchange *x, const struct agent_key *key, const struct str *to_sign, size_t n, struct json list)
{
    struct str signature;

    for (size_t i = 0; i < n; i++) {
        if (sign_key_sign(x->a, key->key, to_sign[i], &signature))
            return false;
        json_append_text(list, base64_encode(x->a, signature));
    }
    return true;
}

static void sign(struct exchange *x, struct json asked)
{
    struct json items = json_get(asked, "items"), j = json_new_object(x->a), list = json_new_array(x->a);
    size_t n = json_length(items);
    const struct agent_key *key = key_of(x, asked);

    if (!key || n == 0 || n > AGENT_ITEMS_MAX) {
        refuse(x, key ? &COUNT : &CERTIFICATE);
        return;
    }
    struct str *to_sign = ARENA_ARRAY(x->a, struct str, n), *title = ARENA_ARRAY(x->a, struct str, n);
    if (!items_read(x, items, key, to_sign, title)) {
        refuse(x, &KIND);
        return;
    }
    struct agent_order order = {.origin = x->rq->origin, .who = sign_key_person(x->a, key->key), .title = title, .count = n};
    if (!agent_confirm(x->g, x->a, &order)) {
        refuse(x, &CANCELLED);
        return;
    }
    if (!sign_all(x, key, to_sign, n, list)) {
        agent_say(x->g, x->a, WORD_AGENT_FAILED, NULL, 0);
        refuse(x, &KEY);
        return;
    }
    struct str count = word_int(x->a, x->g->lang, (int64_t)n);
    agent_say(x->g, x->a, WORD_AGENT_SIGNED, &count, 1);
    json_put_json(j, "signatures", list);
    give(x, j);
}

/* ---- the gate ---- */

static const struct way {
    const char *method, *path;
    bool needs_pairing;
    void (*answer)(struct exchange *x, struct json asked);
} WAYS[] = {
    {"POST", "/pair", false, pair},
    {"GET", "/certificates", true, certificates},
    {"POST", "/sign", true, sign},
};
enum { WAYS_COUNT = sizeof WAYS / sizeof WAYS[0] };

static bool is_listed(struct str s, const struct str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s.n && str_eq(s, list[i]))
            return true;
    return false;
}

static const struct way *way_find(const struct agent_request *rq)
{
    for (size_t i = 0; i < WAYS_COUNT; i++)
        if (str_eq(rq->path, str_of(WAYS[i].path)))
            return &WAYS[i];
    return NULL;
}

/* A form of another page can send no JSON without asking the browser first, which asks us (the preflight). */
static bool body_read(struct exchange *x, struct json *ret)
{
    return str_has_prefix(x->rq->content_type, STR("application/json")) && json_parse(x->a, x->rq->body, ret, NULL) == OK && json_kind(*ret) == JSON_KIND_OBJECT;
}

static void answer_known(struct exchange *x, const struct way *way)
{
    struct json asked = {NULL};
    bool posts = str_eq(x->rq->method, STR("POST"));

    if (!str_eq(x->rq->method, str_of(way->method)))
        refuse(x, &METHOD);
    else if (way->needs_pairing && !is_paired(x))
        refuse(x, &TOKEN);
    else if (x->rq->is_too_large)
        refuse(x, &LARGE);
    else if (posts && !body_read(x, &asked))
        refuse(x, &FORMAT);
    else
        way->answer(x, asked);
}

void agent_answer(struct agent *g, struct arena *a, const struct agent_request *rq, struct agent_answer *ret)
{
    struct exchange x = {g, a, rq, ret};
    const struct way *way = way_find(rq);

    *ret = (struct agent_answer){.body = STR("")};
    /* A name that somebody made point to this machine (DNS rebinding) shows in the Host header. */
    if (!is_listed(rq->host, g->host, sizeof g->host / sizeof g->host[0])) {
        refuse(&x, &HOST);
        return;
    }
    ret->is_for_origin = is_listed(rq->origin, g->origin, g->origin_count);
    if (!ret->is_for_origin)
        refuse(&x, &ORIGIN);
    else if (!way)
        refuse(&x, &PATH);
    else if (str_eq(rq->method, STR("OPTIONS")))
        ret->status = 204;
    else
        answer_known(&x, way);
}
