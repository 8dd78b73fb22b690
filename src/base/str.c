#include "base/str.h"

#include <assert.h>
#include <stdarg.h>

struct str str_of(const char *z)
{
    return z ? (struct str){z, strlen(z)} : STR("");
}

const char *str_z(struct arena *a, struct str s)
{
    char *z = ARENA_ARRAY(a, char, s.n + 1);

    if (s.n)
        memcpy(z, s.p, s.n);
    return z;
}

struct str str_copy(struct arena *a, struct str s)
{
    return (struct str){str_z(a, s), s.n};
}

struct str str_format(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        BUG("bad format");
    char *p = ARENA_ARRAY(a, char, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){p, (size_t)n};
}

bool str_is_empty(struct str s)
{
    return s.n == 0;
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;

    return d ? d : (a.n > b.n) - (a.n < b.n);
}

bool str_has_prefix(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_has_suffix(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

size_t str_find(struct str s, struct str needle)
{
    if (needle.n == 0)
        return 0;
    for (size_t i = 0; i + needle.n <= s.n; i++)
        if (memcmp(s.p + i, needle.p, needle.n) == 0)
            return i;
    return STR_NONE;
}

struct str str_sub(struct str s, size_t from, size_t n)
{
    if (from >= s.n)
        return STR("");
    return (struct str){s.p + from, n < s.n - from ? n : s.n - from};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_split(struct str *rest, char separator, struct str *ret_piece)
{
    if (!rest->p || (rest->n == 0))
        return false;
    const char *at = memchr(rest->p, separator, rest->n);
    if (!at) {
        *ret_piece = *rest;
        *rest = (struct str){NULL, 0};
        return true;
    }
    size_t n = (size_t)(at - rest->p);
    *ret_piece = (struct str){rest->p, n};
    *rest = (struct str){at + 1, rest->n - n - 1};
    return true;
}

enum err str_parse_int(struct str s, int64_t min, int64_t max, int64_t *ret)
{
    bool negative = s.n && s.p[0] == '-';
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
    int64_t value = 0;

    if (i == s.n)
        return ERR_INVALID;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return ERR_INVALID;
        int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value))
            return ERR_LIMIT;
    }
    if (value < min || value > max)
        return ERR_LIMIT;
    *ret = value;
    return OK;
}

struct buf buf_in(struct arena *a)
{
    return (struct buf){.arena = a};
}

static void buf_room(struct buf *b, size_t more)
{
    if (more <= b->capacity - b->n)
        return;
    size_t capacity = b->capacity ? b->capacity * 2 : 256;
    while (capacity < b->n + more)
        capacity *= 2;
    char *p = arena_alloc(b->arena, 1, capacity, 1);
    if (b->n)
        memcpy(p, b->p, b->n);
    b->p = p;
    b->capacity = capacity;
}

void buf_put(struct buf *b, struct str s)
{
    if (!s.n)
        return;
    buf_room(b, s.n);
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_char(struct buf *b, char c)
{
    buf_put(b, (struct str){&c, 1});
}

void buf_format(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        BUG("bad format");
    buf_room(b, (size_t)n + 1);
    vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
    va_end(again);
    b->n += (size_t)n;
}

struct str buf_str(const struct buf *b)
{
    return b->p ? (struct str){b->p, b->n} : STR("");
}
