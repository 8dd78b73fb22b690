#include "base/err.h"

#include <assert.h>
#include <stdarg.h>

static const char *const NAMES[] = {
    [OK] = "OK",
    [ERR_INVALID] = "ERR_INVALID",
    [ERR_NOT_FOUND] = "ERR_NOT_FOUND",
    [ERR_FORBIDDEN] = "ERR_FORBIDDEN",
    [ERR_CONFLICT] = "ERR_CONFLICT",
    [ERR_STALE] = "ERR_STALE",
    [ERR_LIMIT] = "ERR_LIMIT",
    [ERR_BUSY] = "ERR_BUSY",
    [ERR_UNAVAILABLE] = "ERR_UNAVAILABLE",
    [ERR_STORE] = "ERR_STORE",
    [ERR_IO] = "ERR_IO",
    [ERR_BUG] = "ERR_BUG",
};
static_assert(sizeof NAMES / sizeof NAMES[0] == ERR__COUNT, "every error has a name");

const char *err_name(enum err err)
{
    return (unsigned)err < ERR__COUNT ? NAMES[err] : "ERR_?";
}

void bug_at(const char *file, int line, const char *fmt, ...)
{
    va_list ap;

    fprintf(stderr, "BUG %s:%d: ", file, line);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    abort();
}
