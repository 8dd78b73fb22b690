#include "format/fault.h"

#include <stdarg.h>

enum { FAULT_TEXT = 200 };

enum err fault_at(struct arena *a, struct fault *ret, size_t line, enum err err, const char *fmt,
                  ...)
{
    char text[FAULT_TEXT * 2];
    va_list ap;

    if (!ret)
        return err;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    ret->line = line;
    ret->why = fault_tidy(a, text);
    return err;
}

struct str fault_tidy(struct arena *a, const char *message)
{
    struct str s = str_sub(str_of(message), 0, FAULT_TEXT);
    char *p = ARENA_ARRAY(a, char, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= ' ' && s.p[i] <= '~' ? s.p[i] : ' ';
    return str_trim((struct str){p, s.n});
}
