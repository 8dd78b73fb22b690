#include "tool.h"

#include <errno.h>
#include <stdarg.h>

void tool_die(const char *file, int line, const char *fmt, ...)
{
    va_list ap;

    if (line)
        fprintf(stderr, "%s:%d: ", file, line);
    else
        fprintf(stderr, "%s: ", file);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

/* False: there is no such file. */
static bool read_if_there(struct arena *a, const char *path, struct str *ret)
{
    FILE *f = fopen(path, "rb");

    if (!f)
        return false;
    struct buf b = buf_in(a);
    char block[1 << 14];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_put(&b, (struct str){block, n});
    bool bad = ferror(f);
    fclose(f);
    if (bad)
        tool_die(path, 0, "cannot be read");
    *ret = buf_str(&b);
    return true;
}

struct str tool_read(struct arena *a, const char *path)
{
    struct str s;

    if (!read_if_there(a, path, &s))
        tool_die(path, 0, "%s", strerror(errno));
    return s;
}

void tool_write(const char *path, struct str text)
{
    struct arena *a = arena_new(TOOL_ARENA);
    struct str old;
    bool same = read_if_there(a, path, &old) && str_eq(old, text);

    arena_free(a);
    if (same)
        return;
    FILE *f = fopen(path, "wb");
    if (!f)
        tool_die(path, 0, "%s", strerror(errno));
    bool written = fwrite(text.p, 1, text.n, f) == text.n;
    if (fclose(f) != 0 || !written) /* always closed, whatever was written */
        tool_die(path, 0, "cannot be written");
}

void tool_put_literal(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '\n':
            buf_put(b, STR("\\n"));
            break;
        case '\t':
            buf_put(b, STR("\\t"));
            break;
        case '"':
        case '\\':
            buf_char(b, '\\');
            buf_char(b, s.p[i]);
            break;
        default:
            buf_char(b, s.p[i]);
        }
}

struct str tool_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_of(slash ? slash + 1 : path);
}

struct str tool_stem(const char *path)
{
    struct str name = tool_name(path);
    size_t dot = str_find(name, STR("."));

    return dot == STR_NONE ? name : str_sub(name, 0, dot);
}

bool tool_is_name(struct str s)
{
    if (!s.n || s.p[0] < 'a' || s.p[0] > 'z')
        return false;
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return true;
}

struct str tool_constant(struct arena *a, struct str s)
{
    char *p = ARENA_ARRAY(a, char, s.n + 1);

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c >= 'a' && c <= 'z')
            p[i] = (char)(c - 'a' + 'A');
        else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            p[i] = c;
        else
            p[i] = '_';
    }
    return (struct str){p, s.n};
}
