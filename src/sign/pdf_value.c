#include "sign/pdf_value.h"

#include "base/text.h"

const struct pdf_value PDF_NOTHING = {.kind = PDF_NULL, .at = PDF_NOWHERE, .raw = STR_INIT("null")};

bool pdf_is_space(int c)
{
    return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool is_delimiter(int c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' || c == '/' || c == '%';
}

static bool is_regular(int c)
{
    return c >= 0 && !pdf_is_space(c) && !is_delimiter(c);
}

static int peek(const struct pdf_cursor *c, size_t ahead)
{
    return c->bytes.n - c->at > ahead ? (unsigned char)c->bytes.p[c->at + ahead] : -1;
}

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void pdf_skip_space(struct pdf_cursor *c)
{
    for (;;) {
        while (c->at < c->bytes.n && pdf_is_space(peek(c, 0)))
            c->at++;
        if (peek(c, 0) != '%')
            return;
        while (c->at < c->bytes.n && peek(c, 0) != '\n' && peek(c, 0) != '\r')
            c->at++;
    }
}

bool pdf_take_word(struct pdf_cursor *c, const char *word)
{
    size_t n = strlen(word);

    if (c->bytes.n - c->at < n || memcmp(c->bytes.p + c->at, word, n) != 0 || is_regular(peek(c, n)))
        return false;
    c->at += n;
    return true;
}

bool pdf_take_digits(struct pdf_cursor *c, int64_t *ret)
{
    int64_t value = 0;
    size_t n = 0;

    for (int d; (d = peek(c, n)) >= '0' && d <= '9'; n++) {
        if (n == 10)
            return false;
        value = value * 10 + (d - '0');
    }
    if (n == 0)
        return false;
    c->at += n;
    *ret = value;
    return true;
}

static struct pdf_value *value_new(struct pdf_cursor *c, enum pdf_kind kind)
{
    if (*c->budget == 0)
        return NULL;
    --*c->budget;
    struct pdf_value *v = ARENA_NEW(c->arena, struct pdf_value);
    v->kind = kind;
    v->at = c->base == PDF_NOWHERE ? PDF_NOWHERE : c->base + c->at;
    v->raw = str_sub(c->bytes, c->at, 0);
    return v;
}

static void value_ends(const struct pdf_cursor *c, struct pdf_value *v)
{
    v->raw.n = (size_t)(c->bytes.p + c->at - v->raw.p);
}

static enum err read_name(struct pdf_cursor *c, struct pdf_value *v)
{
    size_t from = ++c->at, n = 0;

    while (is_regular(peek(c, 0)))
        c->at++;
    char *text = ARENA_ARRAY(c->arena, char, c->at - from);
    for (size_t i = from; i < c->at; i++) {
        char byte = c->bytes.p[i];
        if (byte == '#') {
            int high = i + 2 < c->at ? hex_digit(c->bytes.p[i + 1]) : -1, low;
            if (high < 0 || (low = hex_digit(c->bytes.p[i + 2])) < 0)
                return ERR_INVALID;
            byte = (char)(high * 16 + low);
            i += 2;
        }
        text[n++] = byte;
    }
    v->text = (struct str){text, n};
    return OK;
}

static enum err read_hex_string(struct pdf_cursor *c, struct pdf_value *v)
{
    const char *close = memchr(c->bytes.p + c->at, '>', c->bytes.n - c->at);
    size_t digits = 0;

    if (!close)
        return ERR_INVALID;
    size_t end = (size_t)(close - c->bytes.p);
    char *text = ARENA_ARRAY(c->arena, char, (end - c->at) / 2 + 1);
    for (c->at++; c->at < end; c->at++) {
        int d = hex_digit(peek(c, 0));
        if (d < 0 && pdf_is_space(peek(c, 0)))
            continue;
        if (d < 0)
            return ERR_INVALID;
        text[digits / 2] = (char)(digits % 2 ? text[digits / 2] | d : d << 4);
        digits++;
    }
    c->at++;
    v->text = (struct str){text, (digits + 1) / 2};
    return OK;
}

static int unescaped(int c)
{
    static const char FROM[] = "nrtbf()\\", TO[] = "\n\r\t\b\f()\\";
    const char *found = c > 0 ? strchr(FROM, c) : NULL;

    return found ? TO[found - FROM] : c;
}

/* After a backslash: how many bytes belong to it; what they say, -1 nothing (a line that goes on). */
static size_t read_escape(const struct pdf_cursor *c, int *ret)
{
    int first = peek(c, 0);
    size_t n = 1;

    if (first >= '0' && first <= '7') {
        int value = first - '0';
        for (; n < 3 && peek(c, n) >= '0' && peek(c, n) <= '7'; n++)
            value = value * 8 + (peek(c, n) - '0');
        *ret = value & 255;
        return n;
    }
    if (first == '\r' || first == '\n') {
        *ret = -1;
        return first == '\r' && peek(c, 1) == '\n' ? 2 : 1;
    }
    *ret = unescaped(first);
    return 1;
}

static enum err read_string(struct pdf_cursor *c, struct pdf_value *v)
{
    struct buf text = buf_in(c->arena);
    int depth = 1, said;

    for (c->at++; depth > 0;) {
        int byte = peek(c, 0);
        if (byte < 0)
            return ERR_INVALID;
        c->at++;
        depth += byte == '(' ? 1 : byte == ')' ? -1 : 0;
        if (byte == '\\') {
            if (peek(c, 0) < 0)
                return ERR_INVALID;
            c->at += read_escape(c, &said);
            if (said >= 0)
                buf_char(&text, (char)said);
        } else if (depth > 0) {
            buf_char(&text, (char)byte);
        }
    }
    v->text = buf_str(&text);
    return OK;
}

static enum err read_at_depth(struct pdf_cursor *c, int depth, const struct pdf_value **ret) MUST_CHECK;

static enum err read_array(struct pdf_cursor *c, int depth, struct pdf_value *v)
{
    struct pdf_member **last = &v->member;

    for (c->at++;; v->count++) {
        pdf_skip_space(c);
        if (peek(c, 0) == ']')
            break;
        const struct pdf_value *item;
        enum err err = read_at_depth(c, depth + 1, &item);
        if (err)
            return err;
        *last = ARENA_NEW(c->arena, struct pdf_member);
        (*last)->value = item;
        last = &(*last)->next;
    }
    c->at++;
    return OK;
}

static bool has_key(const struct pdf_value *v, struct str key)
{
    for (const struct pdf_member *m = v->member; m; m = m->next)
        if (str_eq(m->key, key))
            return true;
    return false;
}

/* A key that stands twice is read differently by different viewers: refused. A dictionary of many keys
 * would make that search slow, so their number is limited. */
enum { KEYS_MAX = 1000 };

static enum err read_dict(struct pdf_cursor *c, int depth, struct pdf_value *v)
{
    struct pdf_member **last = &v->member;
    const struct pdf_value *key, *item;
    enum err err;

    for (c->at += 2;; v->count++) {
        pdf_skip_space(c);
        if (peek(c, 0) == '>' && peek(c, 1) == '>')
            break;
        if (peek(c, 0) != '/' || v->count == KEYS_MAX)
            return peek(c, 0) != '/' ? ERR_INVALID : ERR_LIMIT;
        if ((err = read_at_depth(c, depth + 1, &key)) || (err = read_at_depth(c, depth + 1, &item)))
            return err;
        if (has_key(v, key->text))
            return ERR_INVALID;
        *last = ARENA_NEW(c->arena, struct pdf_member);
        **last = (struct pdf_member){.key = key->text, .value = item};
        last = &(*last)->next;
    }
    c->at += 2;
    return OK;
}

/* "12 0 R" after its first number; leaves the cursor alone if it is none. */
static void take_reference(struct pdf_cursor *c, struct pdf_value *v)
{
    struct pdf_cursor ahead = *c;
    int64_t generation;

    if (v->integer < 0 || v->integer > PDF_OBJECT_MAX || !pdf_is_space(peek(c, 0)))
        return;
    pdf_skip_space(&ahead);
    if (!pdf_take_digits(&ahead, &generation) || generation > 65535 || !pdf_is_space(peek(&ahead, 0)))
        return;
    pdf_skip_space(&ahead);
    if (!pdf_take_word(&ahead, "R"))
        return;
    c->at = ahead.at;
    v->kind = PDF_REF;
    v->generation = (int)generation;
}

static enum err read_number(struct pdf_cursor *c, struct pdf_value *v)
{
    size_t from = c->at, digits = 0, points = 0;

    if (peek(c, 0) == '+' || peek(c, 0) == '-')
        c->at++;
    for (; is_regular(peek(c, 0)); c->at++) {
        digits += peek(c, 0) >= '0' && peek(c, 0) <= '9';
        points += peek(c, 0) == '.';
        if (!(peek(c, 0) >= '0' && peek(c, 0) <= '9') && peek(c, 0) != '.')
            return ERR_INVALID;
    }
    if (digits == 0 || points > 1)
        return ERR_INVALID;
    v->kind = points ? PDF_REAL : PDF_INT;
    if (points)
        return OK;
    if (str_parse_int(str_sub(c->bytes, from, c->at - from), INT64_MIN, INT64_MAX, &v->integer))
        return ERR_INVALID;
    bool is_plain = c->bytes.p[from] >= '0' && c->bytes.p[from] <= '9';
    if (is_plain)
        take_reference(c, v);
    return OK;
}

static enum err read_word(struct pdf_cursor *c, struct pdf_value *v)
{
    if (pdf_take_word(c, "true") || pdf_take_word(c, "false")) {
        v->kind = PDF_BOOL;
        v->integer = c->bytes.p[c->at - 2] == 'u';
        return OK;
    }
    return pdf_take_word(c, "null") ? OK : ERR_INVALID;
}

static enum err read_at_depth(struct pdf_cursor *c, int depth, const struct pdf_value **ret)
{
    enum err err;

    pdf_skip_space(c);
    struct pdf_value *v = value_new(c, PDF_NULL);
    if (!v || depth > PDF_DEPTH_MAX)
        return ERR_LIMIT;
    int first = peek(c, 0);
    if (first == '/') {
        v->kind = PDF_NAME;
        err = read_name(c, v);
    } else if (first == '(') {
        v->kind = PDF_STRING;
        err = read_string(c, v);
    } else if (first == '<' && peek(c, 1) == '<') {
        v->kind = PDF_DICT;
        err = read_dict(c, depth, v);
    } else if (first == '<') {
        v->kind = PDF_STRING;
        err = read_hex_string(c, v);
    } else if (first == '[') {
        v->kind = PDF_ARRAY;
        err = read_array(c, depth, v);
    } else if ((first >= '0' && first <= '9') || first == '+' || first == '-' || first == '.') {
        err = read_number(c, v);
    } else {
        err = read_word(c, v);
    }
    if (err)
        return err;
    value_ends(c, v);
    *ret = v;
    return OK;
}

enum err pdf_read_value(struct pdf_cursor *c, const struct pdf_value **ret)
{
    return read_at_depth(c, 0, ret);
}

enum err pdf_parse(struct arena *a, struct str text, const struct pdf_value **ret)
{
    size_t budget = PDF_VALUES_MAX;
    struct pdf_cursor c = {.arena = a, .bytes = text, .base = 0, .budget = &budget};
    const struct pdf_value *value;
    enum err err = pdf_read_value(&c, &value);

    if (err)
        return err;
    pdf_skip_space(&c);
    if (c.at != text.n)
        return ERR_INVALID;
    *ret = value;
    return OK;
}

const struct pdf_value *pdf_get_raw(const struct pdf_value *dict, const char *key)
{
    if (!pdf_is_dict(dict))
        return &PDF_NOTHING;
    for (const struct pdf_member *m = dict->member; m; m = m->next)
        if (str_eq(m->key, str_of(key)))
            return m->value;
    return &PDF_NOTHING;
}

const struct pdf_value *pdf_at_raw(const struct pdf_value *array, size_t i)
{
    if (array->kind != PDF_ARRAY || i >= array->count)
        return &PDF_NOTHING;
    const struct pdf_member *m = array->member;
    while (i-- > 0)
        m = m->next;
    return m->value;
}

bool pdf_is_name(const struct pdf_value *value, const char *name)
{
    return value->kind == PDF_NAME && str_eq(value->text, str_of(name));
}

bool pdf_is_dict(const struct pdf_value *value)
{
    return value->kind == PDF_DICT || value->kind == PDF_STREAM;
}

static bool same_members(const struct pdf_value *a, const struct pdf_value *b)
{
    const struct pdf_member *other = b->member;

    if (a->count != b->count)
        return false;
    for (const struct pdf_member *m = a->member; m; m = m->next) {
        if (a->kind == PDF_ARRAY) {
            if (!pdf_equal(m->value, other->value))
                return false;
            other = other->next;
            continue;
        }
        for (other = b->member; other && !str_eq(other->key, m->key);)
            other = other->next;
        if (!other || !pdf_equal(m->value, other->value))
            return false;
    }
    return true;
}

bool pdf_equal(const struct pdf_value *a, const struct pdf_value *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case PDF_NULL:
        return true;
    case PDF_BOOL:
    case PDF_INT:
        return a->integer == b->integer;
    case PDF_REAL:
        return str_eq(a->raw, b->raw);
    case PDF_NAME:
    case PDF_STRING:
        return str_eq(a->text, b->text);
    case PDF_REF:
        return a->integer == b->integer && a->generation == b->generation;
    case PDF_ARRAY:
    case PDF_DICT:
        return same_members(a, b);
    case PDF_STREAM:
        return same_members(a, b) && str_eq(a->bytes, b->bytes);
    }
    return false;
}

static void put_rune(struct buf *b, uint32_t rune)
{
    if (rune < 0x80) {
        buf_char(b, (char)rune);
    } else if (rune < 0x800) {
        buf_char(b, (char)(0xc0 | rune >> 6));
        buf_char(b, (char)(0x80 | (rune & 63)));
    } else if (rune < 0x10000) {
        buf_char(b, (char)(0xe0 | rune >> 12));
        buf_char(b, (char)(0x80 | (rune >> 6 & 63)));
        buf_char(b, (char)(0x80 | (rune & 63)));
    } else {
        buf_char(b, (char)(0xf0 | rune >> 18));
        buf_char(b, (char)(0x80 | (rune >> 12 & 63)));
        buf_char(b, (char)(0x80 | (rune >> 6 & 63)));
        buf_char(b, (char)(0x80 | (rune & 63)));
    }
}

static struct str from_utf16(struct arena *a, struct str s)
{
    struct buf b = buf_in(a);
    const unsigned char *p = (const unsigned char *)s.p;

    for (size_t i = 0; i + 1 < s.n; i += 2) {
        uint32_t unit = (uint32_t)(p[i] << 8 | p[i + 1]);
        bool is_pair = unit >= 0xd800 && unit < 0xdc00 && i + 3 < s.n && p[i + 2] >= 0xdc && p[i + 2] < 0xe0;
        if (is_pair) {
            unit = 0x10000 + ((unit & 0x3ff) << 10) + (uint32_t)((p[i + 2] & 3) << 8 | p[i + 3]);
            i += 2;
        }
        put_rune(&b, unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit);
    }
    return buf_str(&b);
}

struct str pdf_text(struct arena *a, const struct pdf_value *string)
{
    struct str s = string->kind == PDF_STRING || string->kind == PDF_NAME ? string->text : STR("");
    struct buf b = buf_in(a);

    if (str_has_prefix(s, (struct str){"\xfe\xff", 2}))
        s = from_utf16(a, str_sub(s, 2, s.n));
    else if (str_has_prefix(s, (struct str){"\xef\xbb\xbf", 3}))
        s = str_sub(s, 3, s.n);
    if (text_is_utf8(s) && !text_has_control(s))
        return s;
    /* PDFDocEncoding is Latin-1 but for a handful; what is no letter in it becomes a question mark. */
    for (size_t i = 0; i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        put_rune(&b, byte < 0x20 || byte == 0x7f || (byte > 0x7f && byte < 0xa1) ? '?' : byte);
    }
    return buf_str(&b);
}
