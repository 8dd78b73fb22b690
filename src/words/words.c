#include "words/words.h"

#include <assert.h>

/* How a language writes numbers. */
static const struct number_style {
    char group, point;
} number_style[LANG__COUNT] = {
    [LANG_VI] = {'.', ','},
    [LANG_EN] = {',', '.'},
};

static_assert(sizeof WORDS[0].text / sizeof WORDS[0].text[0] == LANG__COUNT,
              "wordc writes every language");

struct str word(enum lang lang, enum word w)
{
    assert(lang < LANG__COUNT && w < WORD__COUNT);
    return WORDS[w].text[lang];
}

struct str word_format(struct arena *a, enum lang lang, enum word w, const struct str *value,
                       size_t n)
{
    struct str rest = word(lang, w), before;
    struct buf b = buf_in(a);
    size_t hole;

    if (WORDS[w].holes == 0)
        return rest;
    while (word_hole(&rest, &before, &hole)) {
        buf_put(&b, before);
        if (hole < n)
            buf_put(&b, value[hole]);
    }
    buf_put(&b, before);
    return buf_str(&b);
}

bool word_hole(struct str *rest, struct str *ret_before, size_t *ret_hole)
{
    const char *brace = rest->n ? memchr(rest->p, '{', rest->n) : NULL;

    if (!brace) { /* wordc let no other brace pass */
        *ret_before = *rest;
        return false;
    }
    size_t at = (size_t)(brace - rest->p);
    *ret_before = str_sub(*rest, 0, at);
    *ret_hole = (size_t)(brace[1] - '1');
    *rest = str_sub(*rest, at + 3, rest->n);
    return true;
}

bool word_find(struct str key, enum word *ret)
{
    size_t low = 0, high = WORD__COUNT;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(key, WORDS[middle].key);
        if (order == 0) {
            *ret = (enum word)middle;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

struct str word_key(enum word w)
{
    assert(w < WORD__COUNT);
    return WORDS[w].key;
}

static uint64_t magnitude(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

/* The digits of `n` in threes. */
static void put_grouped(struct buf *b, char group, int64_t n)
{
    char digit[20];
    size_t count = 0;
    uint64_t rest = magnitude(n);

    do {
        digit[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (n < 0)
        buf_put(b, STR("−")); /* the sign of print, which lines up with digits */
    while (count--) {
        buf_char(b, digit[count]);
        if (count && count % 3 == 0)
            buf_char(b, group);
    }
}

struct str word_int(struct arena *a, enum lang lang, int64_t n)
{
    struct buf b = buf_in(a);

    assert(lang < LANG__COUNT);
    put_grouped(&b, number_style[lang].group, n);
    return buf_str(&b);
}

enum { PERCENT_STEPS = 4 }; /* two places make it per cent, two are decimals */

/* 10,000 * part / whole, half up, by long division: nothing overflows but an absurd quotient, and
 * that stays at the largest. */
static uint64_t ten_thousandths(uint64_t part, uint64_t whole)
{
    while (whole > UINT64_MAX / 20) { /* far past any count of dossiers; loses nothing visible */
        whole /= 2;
        part /= 2;
    }
    uint64_t quotient = part / whole, rest = part % whole;
    if (quotient > INT64_MAX / 20000)
        return INT64_MAX;
    for (int i = 0; i < PERCENT_STEPS; i++) {
        rest *= 10;
        quotient = quotient * 10 + rest / whole;
        rest %= whole;
    }
    return quotient + (rest * 2 >= whole);
}

static void put_hundredths(struct buf *b, enum lang lang, uint64_t n)
{
    put_grouped(b, number_style[lang].group, (int64_t)(n / 100));
    buf_format(b, "%c%02d", number_style[lang].point, (int)(n % 100));
}

struct str word_percent(struct arena *a, enum lang lang, int64_t part, int64_t whole)
{
    struct buf b = buf_in(a);

    assert(lang < LANG__COUNT);
    if (whole == 0)
        return STR("–");
    uint64_t hundredths = ten_thousandths(magnitude(part), magnitude(whole));
    if (hundredths && (part < 0) != (whole < 0))
        buf_put(&b, STR("−"));
    put_hundredths(&b, lang, hundredths);
    buf_put(&b, STR("\u00a0%"));
    return buf_str(&b);
}

struct str word_hundredths(struct arena *a, enum lang lang, int64_t hundredths)
{
    struct buf b = buf_in(a);

    assert(lang < LANG__COUNT);
    if (hundredths < 0)
        buf_put(&b, STR("−"));
    put_hundredths(&b, lang, magnitude(hundredths));
    return buf_str(&b);
}

struct str word_money(struct arena *a, enum lang lang, int64_t dong)
{
    struct str amount = word_int(a, lang, dong);

    return word_format(a, lang, WORD_COMMON_MONEY, &amount, 1);
}
