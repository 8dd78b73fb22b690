#include "format/json_writer.h"

#include <inttypes.h>
#include <math.h>

static void start(struct json_writer *w)
{
    w->depth = 0;
    w->is_object = w->has_some = 0;
    w->after_key = w->is_done = false;
}

void json_writer_init(struct json_writer *w, sink_take *take, void *arg)
{
    sink_init(&w->sink, take, arg);
    start(w);
}

void json_writer_init_file(struct json_writer *w, FILE *file)
{
    sink_init_file(&w->sink, file);
    start(w);
}

void json_writer_init_buf(struct json_writer *w, struct buf *buf)
{
    sink_init_buf(&w->sink, buf);
    start(w);
}

static void put(struct json_writer *w, struct str s)
{
    sink_put(&w->sink, s);
}

static uint64_t bit(const struct json_writer *w)
{
    return UINT64_C(1) << (w->depth - 1);
}

static void comma(struct json_writer *w)
{
    if (w->has_some & bit(w))
        put(w, STR(","));
    w->has_some |= bit(w);
}

/* A value may stand after a key, in an array, or alone as the whole document. */
static void value_begins(struct json_writer *w)
{
    if (w->depth == 0) {
        if (w->is_done)
            BUG("a second JSON value");
        w->is_done = true;
    } else if (w->is_object & bit(w)) {
        if (!w->after_key)
            BUG("a JSON value without a key");
        w->after_key = false;
    } else {
        comma(w);
    }
}

static void open_value(struct json_writer *w, bool is_object)
{
    value_begins(w);
    if (w->depth == JSON_DEPTH_MAX)
        BUG("JSON deeper than %d", (int)JSON_DEPTH_MAX);
    w->depth++;
    w->has_some &= ~bit(w);
    w->is_object = is_object ? w->is_object | bit(w) : w->is_object & ~bit(w);
    put(w, is_object ? STR("{") : STR("["));
}

static void close_value(struct json_writer *w, bool is_object)
{
    if (!w->depth || !(w->is_object & bit(w)) == is_object || w->after_key)
        BUG("the end of a JSON value that is not open");
    w->depth--;
    put(w, is_object ? STR("}") : STR("]"));
}

void json_write_object(struct json_writer *w)
{
    open_value(w, true);
}

void json_write_object_end(struct json_writer *w)
{
    close_value(w, true);
}

void json_write_array(struct json_writer *w)
{
    open_value(w, false);
}

void json_write_array_end(struct json_writer *w)
{
    close_value(w, false);
}

/* The short escapes of RFC 8259; 'u' stands for \u00xx. */
static const char escape[256] = {
    [0] = 'u',  [1] = 'u',  [2] = 'u',  [3] = 'u',  [4] = 'u',   [5] = 'u',     [6] = 'u',
    [7] = 'u',  [8] = 'b',  [9] = 't',  [10] = 'n', [11] = 'u',  [12] = 'f',    [13] = 'r',
    [14] = 'u', [15] = 'u', [16] = 'u', [17] = 'u', [18] = 'u',  [19] = 'u',    [20] = 'u',
    [21] = 'u', [22] = 'u', [23] = 'u', [24] = 'u', [25] = 'u',  [26] = 'u',    [27] = 'u',
    [28] = 'u', [29] = 'u', [30] = 'u', [31] = 'u', ['"'] = '"', ['\\'] = '\\',
};

static void quoted(struct json_writer *w, struct str s)
{
    size_t from = 0;

    put(w, STR("\""));
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (!escape[c])
            continue;
        char code[7] = {'\\', escape[c]};
        size_t n = 2;
        if (escape[c] == 'u')
            n = (size_t)snprintf(code, sizeof code, "\\u%04x", c);
        put(w, str_sub(s, from, i - from));
        put(w, (struct str){code, n});
        from = i + 1;
    }
    put(w, str_sub(s, from, s.n));
    put(w, STR("\""));
}

void json_write_key(struct json_writer *w, struct str key)
{
    if (!w->depth || !(w->is_object & bit(w)) || w->after_key)
        BUG("a JSON key outside an object");
    comma(w);
    quoted(w, key);
    put(w, STR(":"));
    w->after_key = true;
}

void json_write_text(struct json_writer *w, struct str value)
{
    value_begins(w);
    quoted(w, value);
}

void json_write_int(struct json_writer *w, int64_t value)
{
    char text[24];

    value_begins(w);
    put(w, (struct str){text, (size_t)snprintf(text, sizeof text, "%" PRId64, value)});
}

void json_write_bool(struct json_writer *w, bool value)
{
    value_begins(w);
    put(w, value ? STR("true") : STR("false"));
}

void json_write_null(struct json_writer *w)
{
    value_begins(w);
    put(w, STR("null"));
}

/* The program never sets LC_NUMERIC, so printf's decimal point is a point; checked all the same,
 * because a comma here would break every hash. */
void json_write_real(struct json_writer *w, double value)
{
    char text[40];
    int n = 0;

    if (!isfinite(value))
        BUG("a JSON number that is not finite");
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) /* NOLINT: the exact same number is meant */
            break;
    }
    if (memchr(text, ',', (size_t)n))
        BUG("LC_NUMERIC is set");
    value_begins(w);
    put(w, (struct str){text, (size_t)n});
    if (!memchr(text, '.', (size_t)n) && !memchr(text, 'e', (size_t)n))
        put(w, STR(".0"));
}

void json_write_json(struct json_writer *w, struct arena *a, struct json value)
{
    switch (json_kind(value)) {
    case JSON_KIND_ABSENT:
    case JSON_KIND_NULL:
        json_write_null(w);
        return;
    case JSON_KIND_BOOL:
        json_write_bool(w, json_as_bool(value));
        return;
    case JSON_KIND_INT:
        json_write_int(w, json_as_int(value));
        return;
    case JSON_KIND_REAL:
        json_write_real(w, json_as_real(value));
        return;
    case JSON_KIND_TEXT:
        json_write_text(w, json_as_text(value));
        return;
    case JSON_KIND_ARRAY:
        json_write_array(w);
        for (size_t i = 0; i < json_length(value); i++)
            json_write_json(w, a, json_at(value, i));
        json_write_array_end(w);
        return;
    case JSON_KIND_OBJECT: {
        struct json_members all = json_members(a, value);
        json_write_object(w);
        for (size_t i = 0; i < all.count; i++) {
            json_write_key(w, all.member[i].key);
            json_write_json(w, a, all.member[i].value);
        }
        json_write_object_end(w);
        return;
    }
    case JSON_KIND__COUNT:
        break;
    }
    BUG("json kind");
}

void json_write_line(struct json_writer *w)
{
    if (w->depth || !w->is_done)
        BUG("a line end inside a JSON value");
    put(w, STR("\n"));
    w->is_done = false;
}

enum err json_writer_end(struct json_writer *w)
{
    if (w->depth)
        BUG("JSON ends inside an open value");
    return sink_end(&w->sink);
}
