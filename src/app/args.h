/* args.h - the words of a command line: positional ones, and options with a value or without. */
#ifndef APP_ARGS_H
#define APP_ARGS_H

#include "base/str.h"

struct args {
    struct arena *arena;
    int count;
    char **word;
    bool used[256];
};

/* An option with a value, "--db X" or "--db=X"; false: not given (any more). Marks it as understood, so
 * an option that may come several times is asked for until false. Ask for options before words. */
bool args_option(struct args *a, const char *name, struct str *ret);
/* An option without a value. */
bool args_flag(struct args *a, const char *name);
/* The next positional word. */
bool args_word(struct args *a, struct str *ret);
/* Says on standard error which word was not understood; true if all were. */
bool args_done(struct args *a);

#endif
