#include "app/trust.h"

#include <dirent.h>
#include <errno.h>

#include "app/sign.h"

enum { FILES_MAX = 500 };

struct kind {
    struct str suffix;
    enum err (*add)(struct sign_trusted *t, struct str bytes);
};

static const struct kind KINDS[] = {
    {STR_INIT(".pem"), sign_trusted_add_roots},
    {STR_INIT(".crt"), sign_trusted_add_roots},
    {STR_INIT(".cer"), sign_trusted_add_roots},
    {STR_INIT(".crl"), sign_trusted_add_revocation},
    {STR_INIT(".ocsp"), sign_trusted_add_revocation},
};

static enum exit_status load_file(struct arena *a, struct str folder, struct str name, struct sign_trusted *t)
{
    struct str path = str_format(a, "%" PRIstr "/%" PRIstr, STR_ARG(folder), STR_ARG(name)), bytes;

    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (!str_has_suffix(name, KINDS[i].suffix))
            continue;
        if (sign_read_file(a, path, &bytes))
            return EXIT_USAGE;
        if (KINDS[i].add(t, bytes)) {
            complain("%" PRIstr " is not what its name says", STR_ARG(path));
            return EXIT_USAGE;
        }
    }
    return EXIT_DONE;
}

enum exit_status trust_load(struct arena *a, struct str folder, struct sign_trusted **ret)
{
    struct sign_trusted *t = sign_trusted_new(a);
    enum exit_status status = EXIT_DONE;
    DIR *dir = opendir(str_z(a, folder));
    struct dirent *entry;
    int n = 0;

    if (!dir) {
        complain("cannot read the folder %" PRIstr ": %s", STR_ARG(folder), strerror(errno));
        return EXIT_USAGE;
    }
    while (!status && n++ < FILES_MAX && (entry = readdir(dir)))
        status = load_file(a, folder, str_copy(a, str_of(entry->d_name)), t);
    closedir(dir);
    if (!status)
        *ret = t;
    return status;
}
