/* What the certificates of a file say about where to ask: asked. */
#include "app/sign.h"
#include "link/fetch.h"
#include "sign/sources.h"

enum exit_status sign_fetch(struct arena *a, struct str file, bool inside, const struct sign_trusted *trusted, struct str *ret, size_t room, size_t *ret_count)
{
    struct sign_source *source;
    size_t count, n = 0;
    enum err err = sign_sources(a, file, trusted, &source, &count);

    if (err) {
        complain("the certificates of the file cannot be read");
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < count && n < room; i++) {
        struct fetch question = {.url = source[i].url, .content_type = source[i].request.n ? STR("application/ocsp-request") : STR(""), .body = source[i].request,
                                 .is_open_net = !inside};
        err = link_fetch(a, &question, &ret[n]);
        if (err)
            complain("%" PRIstr ": %s", STR_ARG(source[i].url), err == ERR_FORBIDDEN ? "not an address of the open net (see --fetch-inside)" : err_name(err));
        else
            n++;
    }
    *ret_count = n;
    return EXIT_DONE;
}
