/* motcua sign - signs files: one login to the token, any number of files. */
#include "app/sign.h"

#include "link/fetch.h"
#include "sign/block.h"
#include "sign/sign.h"
#include "sign/xml.h"

#define ARENA_BYTES ((size_t)1 << 30)
enum { FILES_MAX = 200 };

struct sign_asked {
    struct str path[FILES_MAX];
    size_t count;
    struct sign_key_asked key;
    struct str reason, location, tsa, out, out_dir;
    struct str mark, block, at, page, into;
    bool is_cms, is_xml;
};

enum err sign_ask_tsa(void *arg, struct arena *a, struct str request, struct str *ret_reply)
{
    const struct str *url = arg;
    struct fetch question = {.url = *url, .content_type = STR("application/timestamp-query"), .body = request};

    return link_fetch(a, &question, ret_reply);
}

enum exit_status sign_read_pin(struct arena *a, struct str path, struct str *ret)
{
    struct str text = STR("");
    enum exit_status status = path.n ? sign_read_file(a, path, &text) : EXIT_DONE;

    if (status)
        return status;
    size_t end = 0;
    while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
        end++;
    *ret = str_sub(text, 0, end);
    return EXIT_DONE;
}

static const char *why_no_key(enum err err, bool is_token)
{
    if (!is_token)
        return "it is no PKCS#12 file with a key and its certificate, or the password is wrong";
    switch (err) {
    case ERR_FORBIDDEN:
        return "the PIN is wrong or locked";
    case ERR_NOT_FOUND:
        return "it has no such key, or no certificate beside the key";
    case ERR_INVALID:
        return "its key and certificate do not belong together, or are of another kind than RSA and EC";
    case OK:
    case ERR_CONFLICT:
    case ERR_STALE:
    case ERR_LIMIT:
    case ERR_BUSY:
    case ERR_UNAVAILABLE:
    case ERR_STORE:
    case ERR_IO:
    case ERR_BUG:
    case ERR__COUNT:
        break;
    }
    return "it cannot be reached: name its library with --module or MOTCUA_PKCS11_MODULE";
}

enum exit_status sign_open_key(struct arena *a, const struct sign_key_asked *k, struct sign_key **ret)
{
    const char *env = getenv("MOTCUA_PKCS11_MODULE");
    struct str pin, bytes;
    enum err err;

    if (sign_read_pin(a, k->pin_file, &pin))
        return EXIT_USAGE;
    if (k->token.n) {
        struct sign_token token = {.uri = k->token, .module = k->module.n ? k->module : str_of(env), .pin = pin};
        err = sign_key_from_token(a, &token, ret);
    } else {
        if (sign_read_file(a, k->p12, &bytes))
            return EXIT_USAGE;
        err = sign_key_from_file(a, bytes, pin, ret);
    }
    if (err) {
        complain("no key from %" PRIstr ": %s", STR_ARG(k->token.n ? k->token : k->p12), why_no_key(err, k->token.n > 0));
        return err == ERR_UNAVAILABLE ? EXIT_FAILED : EXIT_USAGE;
    }
    if (k->chain.n && (sign_read_file(a, k->chain, &bytes) || sign_key_add_chain(*ret, bytes))) {
        complain("%" PRIstr " holds no certificate", STR_ARG(k->chain));
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

/* "--at X,Y" or "X,Y,WIDTH,HEIGHT", and "--page N". */
static bool place_of(const struct sign_asked *k, struct sign_mark *mark)
{
    int *const to[] = {&mark->x, &mark->y, &mark->width, &mark->height};
    struct str rest = k->at, piece;
    int64_t value;
    size_t n = 0;

    while (n < 4 && str_split(&rest, ',', &piece)) {
        if (str_parse_int(piece, 0, 20000, &value))
            return false;
        *to[n++] = (int)value;
    }
    mark->page = 1;
    if (k->page.n) {
        if (str_parse_int(k->page, 1, 100000, &value))
            return false;
        mark->page = (int)value;
    }
    return !rest.n && (n == 2 || n == 4);
}

static enum sign_block_kind kind_of(const struct sign_asked *k)
{
    return str_eq(k->block, STR("organisation")) ? SIGN_BLOCK_ORGANISATION : SIGN_BLOCK_PERSON;
}

static struct str out_path(struct arena *a, const struct sign_asked *k, struct str path)
{
    struct str name = path;

    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '/')
            name = str_sub(path, i + 1, path.n);
    return k->out.n ? k->out : str_format(a, "%" PRIstr "/%" PRIstr "%s", STR_ARG(k->out_dir), STR_ARG(name), k->is_cms ? ".p7s" : "");
}

static enum exit_status sign_one(struct arena *a, const struct sign_asked *k, const struct sign_order *order, struct str path)
{
    struct str bytes, made;
    const char *why = "";
    enum exit_status status = sign_read_file(a, path, &bytes);

    if (status)
        return status;
    enum err err = k->is_cms ? sign_cms(a, bytes, order, &made)
                   : k->is_xml ? sign_xml(a, bytes, order->key, k->into, order->now, &made, &why)
                               : sign_pdf(a, bytes, order, &made, &why);
    if (err) {
        complain("%" PRIstr ": not signed (%s)%s%s", STR_ARG(path), err_name(err), *why ? ": " : "", why);
        return err == ERR_UNAVAILABLE ? EXIT_FAILED : EXIT_USAGE;
    }
    return sign_write_file(a, out_path(a, k, path), made);
}

/* Each file in an arena of its own; the first that cannot be signed ends it. */
static enum exit_status sign_all(struct arena *a, struct sign_asked *k)
{
    struct sign_stamper stamper = {sign_ask_tsa, &k->tsa};
    struct sign_mark mark = {0};
    struct sign_order order = {.reason = k->reason, .location = k->location, .stamper = k->tsa.n ? &stamper : NULL};

    bool has_mark = k->mark.n || k->block.n;
    if (has_mark && (!place_of(k, &mark) || (k->mark.n && sign_read_file(a, k->mark, &mark.pdf)))) {
        complain("--mark FILE.pdf and --block KIND need --at X,Y or X,Y,WIDTH,HEIGHT in points; --page is a number");
        return EXIT_USAGE;
    }
    order.mark = has_mark ? &mark : NULL;
    enum exit_status status = sign_open_key(a, &k->key, &order.key);
    struct arena *each = arena_new(ARENA_BYTES);
    for (size_t i = 0; i < k->count && !status; i++) {
        order.now = clock_now();
        if (k->block.n)
            mark.pdf = sign_block(each, kind_of(k), sign_key_person(each, order.key), order.now);
        status = sign_one(each, k, &order, k->path[i]);
        arena_reset(each);
    }
    arena_free(each);
    return status;
}

void sign_key_options(struct args *args, struct sign_key_asked *k)
{
    args_option(args, "--token", &k->token);
    args_option(args, "--p12", &k->p12);
    args_option(args, "--pin-file", &k->pin_file);
    args_option(args, "--module", &k->module);
    args_option(args, "--chain", &k->chain);
}

static void options(struct args *args, struct sign_asked *k)
{
    const struct {
        const char *name;
        struct str *to;
    } OPTIONS[] = {
        {"--reason", &k->reason}, {"--location", &k->location}, {"--tsa", &k->tsa}, {"--out", &k->out}, {"--out-dir", &k->out_dir},
        {"--mark", &k->mark}, {"--block", &k->block}, {"--at", &k->at}, {"--page", &k->page},
    };

    for (size_t i = 0; i < sizeof OPTIONS / sizeof OPTIONS[0]; i++)
        args_option(args, OPTIONS[i].name, OPTIONS[i].to);
    sign_key_options(args, &k->key);
    k->is_cms = args_flag(args, "--cms");
    k->is_xml = args_flag(args, "--xml");
    args_option(args, "--into", &k->into);
}

static enum exit_status command_sign_files(struct args *args)
{
    struct arena *a = arena_new(ARENA_BYTES);
    struct sign_asked *k = ARENA_NEW(a, struct sign_asked);
    enum exit_status status = EXIT_DONE;

    options(args, k);
    while (k->count < FILES_MAX && args_word(args, &k->path[k->count]))
        k->count++;
    bool good = k->count && (k->key.token.n > 0) != (k->key.p12.n > 0) && (k->out.n > 0) != (k->out_dir.n > 0) && (!k->out.n || k->count == 1);
    good = good && (!k->block.n || (!k->mark.n && (str_eq(k->block, STR("person")) || str_eq(k->block, STR("organisation")))));
    good = good && !(k->is_cms && k->is_xml) && (k->is_xml || !k->into.n);
    if (!args_done(args) || !good) {
        complain("sign needs FILE.pdf, --token or --p12, and --out FILE (or --out-dir DIR for several)");
        status = EXIT_USAGE;
    }
    if (!status)
        status = sign_all(a, k);
    arena_free(a);
    return status;
}

enum exit_status command_sign(struct args *args)
{
    static const struct {
        const char *word;
        enum exit_status (*run)(struct args *args);
    } WAYS[] = {{"verify", command_sign_verify}, {"extend", command_sign_extend}, {"agent", command_sign_agent}, {"documents", command_sign_documents}};

    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        if (args->count > 0 && strcmp(args->word[0], WAYS[i].word) == 0) {
            args->used[0] = true;
            return WAYS[i].run(args);
        }
    }
    return command_sign_files(args);
}
