#include "http/clean.h"

#include "base/text.h"

#define REPLACEMENT STR("\xef\xbf\xbd") /* U+FFFD */

/* One NFC code point may have come as several, but not as more bytes than this many times its own. */
enum { NFD_GROWTH = 4 };

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] >= 0x7f)
            return false;
    return true;
}

/* The number of bytes of the code point at `at`; 0 where there is none. */
static size_t point_length(struct str s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at];
    size_t n = c < 0x80 ? 1 : c < 0xc0 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

    if (n < 2)
        return n;
    return n <= s.n - at && text_is_utf8(str_sub(s, at, n)) ? n : 0;
}

/* At most `max` bytes of `s`, not cut inside a code point. */
static struct str cut(struct str s, size_t max)
{
    if (s.n <= max)
        return s;
    while (max > 0 && ((unsigned char)s.p[max] & 0xc0) == 0x80)
        max--;
    return str_sub(s, 0, max);
}

static struct str repair(struct arena *a, struct str s, bool lines)
{
    struct buf b = buf_in(a);

    for (size_t at = 0; at < s.n;) {
        size_t n = point_length(s, at);
        struct str point = str_sub(s, at, n ? n : 1);

        if (!n || text_has_control(point) || (point.p[0] == '\n' && !lines))
            buf_put(&b, REPLACEMENT);
        else
            buf_put(&b, point);
        at += point.n;
    }
    return buf_str(&b);
}

static struct str join_line_ends(struct arena *a, struct str s)
{
    if (!s.n || !memchr(s.p, '\r', s.n))
        return s;
    char *p = ARENA_ARRAY(a, char, s.n);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        p[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
            i++;
    }
    return (struct str){p, n};
}

struct str clean_text(struct arena *a, struct str raw, size_t max, bool lines,
                      enum http_defect *ret_defect)
{
    enum http_defect defect = HTTP_FINE;

    *ret_defect = HTTP_FINE;
    if (raw.n <= max && is_plain(raw))
        return raw;

    struct str s = lines ? join_line_ends(a, raw) : raw;
    if (s.n > max * NFD_GROWTH) {
        defect = HTTP_TOO_LONG;
        s = cut(s, max * NFD_GROWTH);
    }
    bool is_utf8 = text_is_utf8(s);
    bool has_control = !is_utf8 || text_has_control(s) || (!lines && s.n && memchr(s.p, '\n', s.n));
    if (has_control)
        s = repair(a, s, lines);
    s = text_nfc(a, s);
    if (s.n > max) {
        /* Replacement characters are longer than what they replace: that alone is not too long. */
        if (!has_control || raw.n > max)
            defect = HTTP_TOO_LONG;
        s = cut(s, max);
    }
    *ret_defect = defect ? defect : !is_utf8 ? HTTP_NOT_UTF8 : has_control ? HTTP_CONTROL : HTTP_FINE;
    return s;
}

struct str clean_line(struct arena *a, struct str raw, size_t max)
{
    enum http_defect ignored;

    return clean_text(a, raw, max, /* lines= */ false, &ignored);
}

int clean_hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str clean_unescape(struct arena *a, struct str raw, bool plus)
{
    if (!raw.n || (!memchr(raw.p, '%', raw.n) && !(plus && memchr(raw.p, '+', raw.n))))
        return raw;
    char *p = ARENA_ARRAY(a, char, raw.n);
    size_t n = 0;

    for (size_t i = 0; i < raw.n; i++) {
        int high = raw.p[i] == '%' && raw.n - i > 2 ? clean_hex(raw.p[i + 1]) : -1;
        int low = high >= 0 ? clean_hex(raw.p[i + 2]) : -1;

        if (low >= 0) {
            p[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            p[n++] = plus && raw.p[i] == '+' ? ' ' : raw.p[i];
        }
    }
    return (struct str){p, n};
}
