/* motcua sign documents - signs all that waits for one person, with the token in this machine: one login, any number
 * of documents. For the machine where the store is; nothing else than what the page of a document does. */
#include "acts/document_sign.h"
#include "app/sign.h"
#include "sign/sign.h"

struct signing {
    struct session *s;
    struct sign_key *key;
    const struct sign_stamper *stamper;
    size_t done, failed;
};

static struct str refused(const struct signing *g, const struct act_document_on *on)
{
    struct str value[] = {on->why_arg};

    return word_format(g->s->ctx.arena, LANG_VI, document_refusal_word(on->why), value, 1);
}

/* One signature; *ret_last: the document has moved on. */
static enum err sign_once(struct signing *g, int64_t id, bool *ret_last, struct str *ret_why)
{
    struct ctx *ctx = &g->s->ctx;
    struct act_document_prepare prepare = {.on = {.id = id}, .certificate = sign_key_certificate(ctx->arena, g->key)};
    struct act_document_signed done = {.on = {.id = id}, .stamper = g->stamper};
    enum err err = act_document_prepare(&prepare, ctx);

    if (err || prepare.on.why != DOCUMENT_ALLOWED) {
        *ret_why = err ? str_of(err_name(err)) : refused(g, &prepare.on);
        return err;
    }
    err = sign_key_sign(ctx->arena, g->key, prepare.to_sign, &done.signature);
    if (!err)
        err = act_document_signed(&done, ctx);
    if (err || done.on.why != DOCUMENT_ALLOWED)
        *ret_why = err ? str_of(err_name(err)) : refused(g, &done.on);
    *ret_last = prepare.is_last;
    return err;
}

static void sign_document(struct signing *g, const struct q_document_waiting *d)
{
    struct str why = STR("");
    bool last = false;
    enum err err = OK;

    /* The registry signs twice: number and date, then the seal. */
    while (!err && !why.n && !last)
        err = sign_once(g, d->id, &last, &why);
    if (why.n)
        g->failed++;
    else
        g->done++;
    printf("%lld %" PRIstr " %" PRIstr ": %" PRIstr "\n", (long long)d->id, STR_ARG(d->code), STR_ARG(d->subject), STR_ARG(why.n ? why : STR("signed")));
}

static enum exit_status run(struct signing *g, struct str login)
{
    struct ctx *ctx = &g->s->ctx;
    struct q_document_waiting *d;
    size_t count;
    enum err err = actor_load(ctx, login, &ctx->actor);

    if (err == ERR_NOT_FOUND) {
        complain("there is nobody of the login '%" PRIstr "'", STR_ARG(login));
        return EXIT_USAGE;
    }
    if (!err)
        err = act_document_waiting(ctx, &d, &count);
    for (size_t i = 0; !err && i < count; i++)
        if (d[i].state == DOCUMENT_TO_SIGN || d[i].state == DOCUMENT_NUMBERED)
            sign_document(g, &d[i]);
    if (err)
        return complain_err("the documents cannot be read", err, g->s->db);
    fprintf(stderr, "%zu signed, %zu not\n", g->done, g->failed);
    return g->failed ? EXIT_NO : EXIT_DONE;
}

enum exit_status command_sign_documents(struct args *args)
{
    struct str address = store_address(args), login = STR(""), tsa = STR(""), clock = STR("");
    struct sign_key_asked asked = {.token = STR("")};
    struct session s;
    struct sign_stamper stamper = {sign_ask_tsa, &tsa};
    struct signing g = {.s = &s};
    const struct zone *zone;

    args_option(args, "--as", &login);
    args_option(args, "--tsa", &tsa);
    args_option(args, "--clock", &clock);
    sign_key_options(args, &asked);
    if (!args_done(args) || !login.n || (asked.token.n > 0) == (asked.p12.n > 0)) {
        complain("usage: motcua sign documents --as LOGIN (--token URI --module FILE | --p12 FILE) --pin-file FILE [--chain FILE] [--tsa URL] [--clock LOCAL-TIME]");
        return EXIT_USAGE;
    }
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);
    if (status)
        return status;
    if (clock.n && (zone_open(STR("Asia/Ho_Chi_Minh"), &zone) || !time_typed(clock, zone, &s.ctx.now))) {
        complain("--clock must be a time like 2018-03-01T07:30");
        status = EXIT_USAGE;
    }
    g.stamper = tsa.n ? &stamper : NULL;
    if (!status)
        status = sign_open_key(s.ctx.arena, &asked, &g.key);
    if (!status)
        status = run(&g, login);
    session_close(&s);
    return status;
}
