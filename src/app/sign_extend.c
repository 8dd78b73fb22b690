/* motcua sign extend - keeps in the file what proves its signatures, and has the whole time-stamped. */
#include "app/sign.h"
#include "sign/sign.h"

#define ARENA_BYTES ((size_t)1 << 30)

struct extend_asked {
    struct str path, tsa, out;
    struct str evidence[SIGN_EXTENSION_MAX];
    size_t count;
    bool fetches, inside;
};

static enum exit_status extend(struct arena *a, struct extend_asked *k)
{
    struct sign_stamper stamper = {sign_ask_tsa, &k->tsa};
    struct sign_extension x = {.evidence = k->evidence, .count = k->count, .stamper = k->tsa.n ? &stamper : NULL, .now = clock_now()};
    struct str bytes, made;
    const char *why = "";
    enum exit_status status = sign_read_file(a, k->path, &bytes);

    for (size_t i = 0; i < k->count && !status; i++)
        status = sign_read_file(a, k->evidence[i], &k->evidence[i]);
    if (!status && k->fetches) {
        size_t more;
        status = sign_fetch(a, bytes, k->inside, NULL, k->evidence + k->count, SIGN_EXTENSION_MAX - k->count, &more);
        x.count = status ? k->count : k->count + more;
    }
    if (status)
        return status;
    enum err err = sign_extend(a, bytes, &x, &made, &why);
    if (err) {
        complain("%" PRIstr ": not extended (%s)%s%s", STR_ARG(k->path), err_name(err), *why ? ": " : "", why);
        return err == ERR_UNAVAILABLE ? EXIT_FAILED : EXIT_USAGE;
    }
    return sign_write_file(a, k->out, made);
}

enum exit_status command_sign_extend(struct args *args)
{
    struct arena *a = arena_new(ARENA_BYTES);
    struct extend_asked *k = ARENA_NEW(a, struct extend_asked);
    enum exit_status status = EXIT_DONE;

    args_option(args, "--tsa", &k->tsa);
    args_option(args, "--out", &k->out);
    while (k->count < SIGN_EXTENSION_MAX && args_option(args, "--evidence", &k->evidence[k->count]))
        k->count++;
    k->inside = args_flag(args, "--fetch-inside");
    k->fetches = args_flag(args, "--fetch") || k->inside;
    bool good = args_word(args, &k->path) && k->out.n && (k->count || k->tsa.n || k->fetches);
    if (!args_done(args) || !good) {
        complain("sign extend needs FILE.pdf, --evidence FILE (of certificates, lists of the revoked, answers of OCSP), --fetch or --tsa URL, and --out FILE");
        status = EXIT_USAGE;
    }
    if (!status)
        status = extend(a, k);
    arena_free(a);
    return status;
}
