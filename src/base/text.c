#include "base/text.h"

#include <assert.h>
#include <pthread.h>

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* ICU's own constant data, opened once and only read afterwards: its normalizers, case maps and
 * collators may be used by many threads as long as nobody changes them. */
static struct {
    const UNormalizer2 *nfc, *nfd;
    UCaseMap *case_map;
    UCollator *vietnamese;
} icu;

static void icu_open(void)
{
    UErrorCode status = U_ZERO_ERROR;

    icu.nfc = unorm2_getNFCInstance(&status);
    icu.nfd = unorm2_getNFDInstance(&status);
    icu.case_map = ucasemap_open("", 0, &status);
    icu.vietnamese = ucol_open("vi", &status);
    if (U_FAILURE(status))
        BUG("ICU: %s", u_errorName(status));
}

static void icu_need(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, icu_open);
}

static void icu_check(UErrorCode status)
{
    if (U_FAILURE(status))
        BUG("ICU: %s", u_errorName(status));
}

/* ICU counts in int32_t; texts are far below (limits at the door), so a longer one is a bug. */
static int32_t icu_length(size_t n)
{
    assert(n <= INT32_MAX / 4);
    return (int32_t)n;
}

/* The number of bytes below 0x80 at the start. Nearly all text of a form is plain. */
static size_t plain_length(struct str s)
{
    size_t i = 0;
    uint64_t eight;

    while (s.n - i >= sizeof eight) {
        memcpy(&eight, s.p + i, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
        i += sizeof eight;
    }
    while (i < s.n && (unsigned char)s.p[i] < 0x80)
        i++;
    return i;
}

/* The code point at *at, which moves behind it; -1 where the bytes are not UTF-8 (one is passed). */
static UChar32 next_point(struct str s, size_t *at)
{
    static const UChar32 LEAST[] = {0, 0, 0x80, 0x800, 0x10000}; /* shortest forms only */
    const unsigned char *p = (const unsigned char *)s.p + (*at)++;
    size_t n = *p < 0x80 ? 1 : *p < 0xc0 ? 0 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : *p < 0xf8 ? 4 : 0;

    if (n == 1)
        return *p;
    if (n == 0 || s.n - *at < n - 1)
        return -1;
    UChar32 c = *p & (0x7f >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return -1;
        c = c << 6 | (p[i] & 0x3f);
    }
    if (c < LEAST[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return -1;
    *at += n - 1;
    return c;
}

static void put_point(struct buf *b, UChar32 c)
{
    static const int LEAD[] = {0, 0, 0xc0, 0xe0, 0xf0};
    int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    if (n == 1) {
        buf_char(b, (char)c);
        return;
    }
    buf_char(b, (char)(LEAD[n] | c >> 6 * (n - 1)));
    for (int i = n - 2; i >= 0; i--)
        buf_char(b, (char)(0x80 | (c >> 6 * i & 0x3f)));
}

/* ---- checking ---- */

bool text_is_utf8(struct str s)
{
    size_t at = plain_length(s);

    while (at < s.n)
        if (next_point(s, &at) < 0)
            return false;
    return true;
}

static bool is_control(UChar32 c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c <= 0x9f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool text_has_control(struct str s)
{
    for (size_t at = 0; at < s.n;)
        if (is_control(next_point(s, &at)))
            return true;
    return false;
}

size_t text_length(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

/* ---- UTF-16, which ICU's normalizers and collators speak ---- */

struct wide {
    UChar *p;
    int32_t n;
};

/* UTF-16 never has more units than UTF-8 has bytes. Ill-formed bytes become U+FFFD, so that a text
 * that slipped past the door cannot stop the program. */
static struct wide widen(struct arena *a, struct str s)
{
    UErrorCode status = U_ZERO_ERROR;
    struct wide w = {ARENA_ARRAY(a, UChar, s.n + 1), 0};

    u_strFromUTF8WithSub(w.p, icu_length(s.n) + 1, &w.n, s.p, icu_length(s.n), 0xfffd, NULL, &status);
    icu_check(status);
    return w;
}

static struct str narrow(struct arena *a, struct wide w)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t capacity = (size_t)w.n * 3 + 1;
    char *p = ARENA_ARRAY(a, char, capacity);
    int32_t n;

    u_strToUTF8WithSub(p, icu_length(capacity), &n, w.p, w.n, 0xfffd, NULL, &status);
    icu_check(status);
    return (struct str){p, (size_t)n};
}

struct str text_nfc(struct arena *a, struct str s)
{
    UErrorCode status = U_ZERO_ERROR;

    if (plain_length(s) == s.n)
        return s;
    icu_need();
    struct wide w = widen(a, s);
    bool is_nfc = unorm2_isNormalized(icu.nfc, w.p, w.n, &status);
    icu_check(status);
    if (is_nfc)
        return s;
    /* NFC needs at most three times the units (Unicode, annex 15, table 3.4). */
    struct wide nfc = {ARENA_ARRAY(a, UChar, (size_t)w.n * 3 + 1), 0};
    nfc.n = unorm2_normalize(icu.nfc, w.p, w.n, nfc.p, w.n * 3 + 1, &status);
    icu_check(status);
    return narrow(a, nfc);
}

/* ---- folding ---- */

struct fold {
    struct buf out;
    bool is_apart; /* something that is neither letter nor digit stands before the next one */
};

static void fold_point(struct fold *f, UChar32 c)
{
    if (U_GET_GC_MASK(c) & U_GC_M_MASK)
        return; /* a mark: gone without leaving a space */
    if (!u_isalnum(c)) {
        f->is_apart = true;
        return;
    }
    if (f->is_apart && f->out.n)
        buf_char(&f->out, ' ');
    f->is_apart = false;
    if (c == 0x110 || c == 0x111) /* đ has no decomposition: Unicode takes it for a letter of its own */
        c = 'd';
    put_point(&f->out, u_tolower(c));
}

/* The code point of one or two UTF-16 units at *at. */
static UChar32 next_wide(const UChar *p, int32_t *at)
{
    UChar32 c = p[(*at)++];

    return (c & 0xfc00) == 0xd800 ? 0x10000 + ((c & 0x3ff) << 10) + (p[(*at)++] & 0x3ff) : c;
}

struct str text_fold(struct arena *a, struct str s)
{
    struct fold f = {.out = buf_in(a)};

    icu_need();
    for (size_t at = 0; at < s.n;) {
        enum { PARTS = 32 }; /* no code point has more than four */
        UErrorCode status = U_ZERO_ERROR;
        UChar parts[PARTS];
        UChar32 c = next_point(s, &at);
        /* Point by point is enough: normalization would only reorder marks, and they all go. */
        int32_t n = c < 0x80 ? -1 : unorm2_getDecomposition(icu.nfd, c, parts, PARTS, &status);
        icu_check(status);
        if (n < 0)
            fold_point(&f, c < 0 ? 0xfffd : c);
        for (int32_t i = 0; i < n;)
            fold_point(&f, next_wide(parts, &i));
    }
    return buf_str(&f.out);
}

/* ---- case ---- */

static struct str map_case(struct arena *a, struct str s,
                           int32_t (*map)(const UCaseMap *, char *, int32_t, const char *, int32_t,
                                          UErrorCode *))
{
    UErrorCode status = U_ZERO_ERROR;
    /* One letter becomes at most three ("ﬃ"), of at most three times its bytes. */
    size_t capacity = s.n * 3 + 1;
    char *p = ARENA_ARRAY(a, char, capacity);

    icu_need();
    int32_t n = map(icu.case_map, p, icu_length(capacity), s.p, icu_length(s.n), &status);
    icu_check(status);
    return (struct str){p, (size_t)n};
}

struct str text_upper(struct arena *a, struct str s)
{
    return map_case(a, s, ucasemap_utf8ToUpper);
}

struct str text_lower(struct arena *a, struct str s)
{
    return map_case(a, s, ucasemap_utf8ToLower);
}

/* ---- order ---- */

/* Appends the collation key in hex, without the zero byte that ends it. */
static void put_sort_key(struct buf *out, struct str s)
{
    static const char HEX[] = "0123456789abcdef";

    icu_need();
    struct wide w = widen(out->arena, s);
    int32_t n = ucol_getSortKey(icu.vietnamese, w.p, w.n, NULL, 0);
    uint8_t *key = ARENA_ARRAY(out->arena, uint8_t, (size_t)n);
    ucol_getSortKey(icu.vietnamese, w.p, w.n, key, n);
    for (int32_t i = 0; i + 1 < n; i++) {
        buf_char(out, HEX[key[i] >> 4]);
        buf_char(out, HEX[key[i] & 15]);
    }
}

struct str text_sort_key(struct arena *a, struct str s)
{
    struct buf out = buf_in(a);

    put_sort_key(&out, str_trim(s));
    return buf_str(&out);
}

struct str text_name_key(struct arena *a, struct str name)
{
    struct buf out = buf_in(a);
    struct str whole = str_trim(name);
    size_t given = whole.n;

    while (given && whole.p[given - 1] != ' ')
        given--;
    put_sort_key(&out, str_sub(whole, given, whole.n));
    /* Keys have no zero byte: every Hoa stands before every Hòa, whatever the family names. */
    buf_put(&out, STR("00"));
    put_sort_key(&out, str_trim(str_sub(whole, 0, given)));
    return buf_str(&out);
}

/* ---- masks ---- */

static void put_many(struct buf *out, struct str what, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_put(out, what);
}

/* A family or middle name shows at most three stars, so that its length says little; the given name
 * shows all of its own. One letter still gets a star. */
static void put_masked_word(struct buf *out, struct str word, bool is_last)
{
    enum { STARS_MAX = 3 };
    size_t first = 0;

    next_point(word, &first);
    size_t hidden = text_length(str_sub(word, first, word.n));
    if (hidden > STARS_MAX && !is_last)
        hidden = STARS_MAX;
    if (out->n)
        buf_char(out, ' ');
    buf_put(out, str_sub(word, 0, first));
    put_many(out, STR("*"), hidden ? hidden : 1);
}

struct str text_mask_name(struct arena *a, struct str name)
{
    struct buf out = buf_in(a);
    struct str rest = str_trim(text_nfc(a, name)), word;

    while (str_split(&rest, ' ', &word))
        if (word.n)
            put_masked_word(&out, word, str_is_empty(rest));
    return buf_str(&out);
}

struct str text_mask_tail(struct arena *a, struct str s, size_t keep)
{
    struct buf out = buf_in(a);
    size_t length = text_length(s), at = 0;

    for (size_t i = 0; i + keep < length; i++) {
        next_point(s, &at);
        buf_put(&out, STR("•"));
    }
    buf_put(&out, str_sub(s, at, s.n));
    return buf_str(&out);
}
