#include "html/html.h"

static bool is_unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '.' || c == '_' || c == '~';
}

static void put_encoded(struct buf *b, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (is_unreserved(c))
            buf_char(b, (char)c);
        else
            buf_format(b, "%%%02X", c);
    }
}

/* "." and ".." mean a place, not a name, and browsers resolve "%2E%2E" as well: they are the only
 * texts that cannot stand as one part of a path. */
static bool is_dots(struct str s)
{
    return str_eq(s, STR(".")) || str_eq(s, STR(".."));
}

struct url url_path(struct arena *a, const char *format, const struct str *part, size_t n)
{
    struct buf b = buf_in(a);
    size_t used = 0;

    /* "//host" would leave the site, and so would "/\host" in some browsers. */
    if (format[0] != '/' || format[1] == '/' || format[1] == '\\')
        BUG("\"%s\" is not a path of this site", format);
    for (; *format; format++) {
        if (*format != '%') {
            buf_char(&b, *format);
            continue;
        }
        if (used == n)
            BUG("a path has more holes than texts");
        if (is_dots(part[used]))
            buf_char(&b, '_');
        put_encoded(&b, part[used++]);
    }
    if (used != n)
        BUG("a path has fewer holes than texts");
    return (struct url){.url_only = buf_str(&b)};
}

struct url url_with(struct arena *a, struct url url, const char *name, struct str value)
{
    struct buf b = buf_in(a);

    buf_put(&b, url.url_only);
    buf_char(&b, str_find(url.url_only, STR("?")) == STR_NONE ? '?' : '&');
    put_encoded(&b, str_of(name));
    buf_char(&b, '=');
    put_encoded(&b, value);
    return (struct url){.url_only = buf_str(&b)};
}

struct url url_at(struct arena *a, struct url url, struct str id)
{
    struct buf b = buf_in(a);

    buf_put(&b, url.url_only);
    buf_char(&b, '#');
    put_encoded(&b, id);
    return (struct url){.url_only = buf_str(&b)};
}

struct str url_text(struct url url)
{
    return url.url_only;
}
