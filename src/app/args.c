#include "app/args.h"

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

bool args_option(struct args *a, const char *name, struct str *ret)
{
    size_t n = strlen(name);

    for (int i = 0; i < a->count; i++) {
        if (a->used[i] || strncmp(a->word[i], name, n) != 0)
            continue;
        if (a->word[i][n] == '=') {
            a->used[i] = true;
            *ret = str_of(a->word[i] + n + 1);
            return true;
        }
        if (a->word[i][n] == '\0' && i + 1 < a->count && !a->used[i + 1]) {
            a->used[i] = a->used[i + 1] = true;
            *ret = str_of(a->word[i + 1]);
            return true;
        }
    }
    return false;
}

bool args_flag(struct args *a, const char *name)
{
    for (int i = 0; i < a->count; i++) {
        if (!a->used[i] && strcmp(a->word[i], name) == 0) {
            a->used[i] = true;
            return true;
        }
    }
    return false;
}

bool args_word(struct args *a, struct str *ret)
{
    for (int i = 0; i < a->count; i++) {
        if (!a->used[i] && !is_option(a->word[i])) {
            a->used[i] = true;
            *ret = str_of(a->word[i]);
            return true;
        }
    }
    return false;
}

bool args_done(struct args *a)
{
    for (int i = 0; i < a->count; i++) {
        if (!a->used[i]) {
            fprintf(stderr, "motcua: '%s' was not understood; see 'motcua help'\n", a->word[i]);
            return false;
        }
    }
    return true;
}
