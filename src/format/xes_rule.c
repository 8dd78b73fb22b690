#include "format/xes_rule.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(struct str s, size_t from)
{
    size_t n = 0;

    while (from + n < s.n && is_digit(s.p[from + n]))
        n++;
    return n;
}

/* xs:double: an optional sign, digits with an optional point, an optional exponent; INF, NaN. */
static bool is_double(struct str s)
{
    size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+');
    size_t before = digits(s, at), after = 0;

    if (str_eq(s, STR("NaN")) || str_eq(str_sub(s, at, s.n), STR("INF")))
        return true;
    at += before;
    if (at < s.n && s.p[at] == '.')
        after = digits(s, ++at);
    at += after;
    if (before + after == 0)
        return false;
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
        at++;
        at += at < s.n && (s.p[at] == '-' || s.p[at] == '+');
        size_t exponent = digits(s, at);
        if (!exponent)
            return false;
        at += exponent;
    }
    return at == s.n;
}

static const char *parse_float(struct xes_attribute *attribute)
{
    char text[400];
    struct str s = attribute->text;

    if (!is_double(s) || s.n >= sizeof text)
        return "not a float";
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    attribute->real = strtod(text, NULL);
    return NULL;
}

static const char *parse_int(struct xes_attribute *attribute)
{
    return str_parse_int(attribute->text, INT64_MIN, INT64_MAX, &attribute->integer)
               ? "not an integer of 64 bits"
               : NULL;
}

static const char *parse_boolean(struct xes_attribute *attribute)
{
    struct str s = attribute->text;

    attribute->boolean = str_eq(s, STR("true")) || str_eq(s, STR("1"));
    if (!attribute->boolean && !str_eq(s, STR("false")) && !str_eq(s, STR("0")))
        return "not a boolean";
    return NULL;
}

static const char *parse_date(struct xes_attribute *attribute)
{
    struct local local;

    if (!instant_parse_rfc3339(attribute->text, &attribute->instant))
        return NULL;
    if (local_parse(attribute->text, &local))
        return "not a date, or outside of the years 1800 to 2299";
    attribute->is_local = true;
    attribute->instant.ms = (int64_t)local.date.day * 86400000 + local.ms_of_day;
    return NULL;
}

/* 550e8400-e29b-41d4-a716-446655440000 */
static const char *check_id(struct xes_attribute *attribute)
{
    struct str s = attribute->text;

    if (s.n != 36)
        return "not an id (UUID)";
    for (size_t i = 0; i < s.n; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        char c = s.p[i];
        if (is_dash ? c != '-' : !is_digit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F'))
            return "not an id (UUID)";
    }
    return NULL;
}

static const char *any(struct xes_attribute *attribute)
{
    (void)attribute;
    return NULL;
}

const char *xes_rule_value(struct xes_attribute *attribute)
{
    static const char *(*const parse[XES_KIND__COUNT])(struct xes_attribute *) = {
        [XES_STRING] = any,
        [XES_DATE] = parse_date,
        [XES_INT] = parse_int,
        [XES_FLOAT] = parse_float,
        [XES_ID] = check_id,
        [XES_LIST] = any,
        [XES_BOOLEAN] = parse_boolean,
        [XES_CONTAINER] = any,
    };

    return parse[attribute->kind](attribute);
}

/* IEEE 1849-2016, clause 6 (standard extensions). */
static const struct standard {
    struct str prefix;
    struct str keys; /* a blank around each */
} standard[] = {
    {STR_INIT("concept"), STR_INIT(" name instance ")},
    {STR_INIT("lifecycle"), STR_INIT(" model transition state ")},
    {STR_INIT("org"), STR_INIT(" resource role group ")},
    {STR_INIT("time"), STR_INIT(" timestamp ")},
    {STR_INIT("semantic"), STR_INIT(" modelReference ")},
    {STR_INIT("identity"), STR_INIT(" id ")},
    {STR_INIT("cost"), STR_INIT(" total currency amount driver drivers type ")},
};

static bool is_word_of(struct str words, struct str word)
{
    struct str piece;

    while (str_split(&words, ' ', &piece))
        if (!str_is_empty(word) && str_eq(piece, word))
            return true;
    return false;
}

static bool is_declared(struct str prefix, const struct xes_extension *declared)
{
    for (; declared; declared = declared->next)
        if (str_eq(declared->prefix, prefix))
            return true;
    return false;
}

const char *xes_rule_key(struct str key, const struct xes_extension *declared)
{
    const char *colon = memchr(key.p, ':', key.n);

    if (!colon)
        return NULL;
    struct str prefix = str_sub(key, 0, (size_t)(colon - key.p));
    struct str name = str_sub(key, prefix.n + 1, key.n);
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++) {
        if (!str_eq(standard[i].prefix, prefix))
            continue;
        if (!is_declared(prefix, declared))
            return "a key of an extension that is not declared";
        return is_word_of(standard[i].keys, name) ? NULL : "a key that its extension does not have";
    }
    return NULL;
}

const char *xes_rule_classifier(struct str keys, const struct xes_attribute *globals)
{
    size_t count = 0;

    if (xes_find(globals, keys)) /* one key with blanks, unquoted, as older programs write it */
        return NULL;
    for (keys = str_trim(keys); keys.n; keys = str_trim(keys)) {
        bool is_quoted = keys.p[0] == '\'';
        struct str rest = str_sub(keys, is_quoted, keys.n), key;
        if (!str_split(&rest, is_quoted ? '\'' : ' ', &key))
            return "a quote that never closes";
        if (!xes_find(globals, key))
            return "a classifier over a key that is not global";
        keys = rest.p ? rest : STR("");
        count++;
    }
    return count ? NULL : "a classifier without keys";
}
