#include "html/html.h"

#include <assert.h>

/* What a byte is written as; empty: as it is. The apostrophe too, so that a view may use either
 * quotation mark. */
static const struct str escape[] = {
    ['&'] = STR_INIT("&amp;"),  ['<'] = STR_INIT("&lt;"),    ['>'] = STR_INIT("&gt;"),
    ['"'] = STR_INIT("&quot;"), ['\''] = STR_INIT("&#39;"),
};

static bool is_special(unsigned char c)
{
    return c < sizeof escape / sizeof *escape && escape[c].n;
}

#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Is one of the eight bytes zero? (It may say yes for a byte after a zero, never no for a zero.) */
static bool has_zero(uint64_t x)
{
    return (x - EIGHT(1)) & ~x & EIGHT(0x80);
}

/* The specials are 22, 26, 27, 3c and 3e: three comparisons, as 26/27 and 3c/3e differ in one bit. */
static bool eight_are_plain(const char *p)
{
    uint64_t x;

    memcpy(&x, p, sizeof x);
    return !has_zero(x ^ EIGHT(0x22)) && !has_zero((x & ~EIGHT(1)) ^ EIGHT(0x26)) &&
           !has_zero((x & ~EIGHT(2)) ^ EIGHT(0x3c));
}

/* How many bytes from `from` on are written as they are. Nearly all text is plain, so it goes
 * eight bytes at a step. */
static size_t plain_length(struct str s, size_t from)
{
    size_t i = from;

    while (i < s.n) {
        if (s.n - i >= 8 && eight_are_plain(s.p + i)) {
            i += 8;
            continue;
        }
        size_t end = s.n - i >= 8 ? i + 8 : s.n;
        while (i < end && !is_special((unsigned char)s.p[i]))
            i++;
        if (i < end)
            break;
    }
    return i - from;
}

struct html_out html_out_in(struct arena *a, enum lang lang)
{
    assert(lang < LANG__COUNT);
    return (struct html_out){.buf = buf_in(a), .lang = lang};
}

struct html html_done(const struct html_out *o)
{
    return (struct html){.html_only = buf_str(&o->buf)};
}

bool html_is_some(struct html markup)
{
    return markup.html_only.n > 0;
}

void html_text(struct html_out *o, struct str text)
{
    size_t i = 0;

    while (i < text.n) {
        size_t plain = plain_length(text, i);
        buf_put(&o->buf, (struct str){text.p + i, plain});
        i += plain;
        if (i < text.n)
            buf_put(&o->buf, escape[(unsigned char)text.p[i++]]);
    }
}

void html_put(struct html_out *o, struct html markup)
{
    buf_put(&o->buf, markup.html_only);
}

void html_href(struct html_out *o, struct url url)
{
    html_text(o, url.url_only);
}

void html_int(struct html_out *o, int64_t n)
{
    buf_put(&o->buf, word_int(o->buf.arena, o->lang, n));
}

void html_digits(struct html_out *o, int64_t n)
{
    buf_format(&o->buf, "%lld", (long long)n);
}

void html_word(struct html_out *o, enum word w)
{
    html_text(o, word(o->lang, w));
}

void html_fill(struct html_out *o, enum word w, const struct str *value, size_t n)
{
    struct str rest = word(o->lang, w), before;
    size_t hole;

    while (word_hole(&rest, &before, &hole)) {
        html_text(o, before);
        if (hole < n)
            html_text(o, value[hole]);
    }
    html_text(o, before);
}

void html_markup(struct html_out *o, const char *literal, size_t n)
{
    buf_put(&o->buf, (struct str){literal, n});
}
