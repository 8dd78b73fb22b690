/* motcua sign - signs files. */
#include "app/sign.h"

enum exit_status command_sign(struct args *args)
{
    if (args->count > 0 && strcmp(args->word[0], "verify") == 0) {
        args->used[0] = true;
        return command_sign_verify(args);
    }
    return EXIT_USAGE;
}
