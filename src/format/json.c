#include "format/json.h"

#include <jansson.h>
#include <math.h>

#include "format/json_writer.h"

static void release(void *arg)
{
    json_decref(arg);
}

/* From here on the arena owns one reference. */
static struct json owned(struct arena *a, json_t *p)
{
    if (!p)
        BUG("jansson: out of memory, or text that is not UTF-8");
    arena_defer(a, release, p);
    return (struct json){p};
}

/* jansson allows 2048 levels, each a call deep, and any number of values: both are counted before
 * it starts. Brackets and commas inside text do not count. NULL, or what is too much where. */
static const char *too_much(struct str text, size_t *ret_line)
{
    size_t depth = 0, values = 1, line = 1;
    bool in_text = false;
    const char *why = NULL;

    for (size_t i = 0; i < text.n && !why; i++) {
        char c = text.p[i];
        if (in_text && c == '\\')
            i++;
        else if (c == '"')
            in_text = !in_text;
        else if (c == '\n')
            line++;
        else if (!in_text && (c == '{' || c == '['))
            why = ++depth > JSON_DEPTH_MAX ? "nested too deep" : NULL;
        else if (!in_text && (c == '}' || c == ']') && depth)
            depth--;
        if (!in_text && (c == ',' || c == '[' || c == '{') && ++values > JSON_VALUES_MAX)
            why = "too many values";
    }
    *ret_line = line;
    return why;
}

/* jansson quotes the text where it stumbled ("duplicate object key near '\"name\": ...'"): that may
 * be anybody's name, so only the part before is kept. */
static struct str reason(struct arena *a, const char *message)
{
    struct str s = str_of(message);
    size_t near = str_find(s, STR(" near '"));

    return fault_tidy(a, str_z(a, str_sub(s, 0, near == STR_NONE ? s.n : near)));
}

enum err json_parse(struct arena *a, struct str text, struct json *ret, struct fault *ret_fault)
{
    json_error_t error;
    size_t line;

    if (text.n > JSON_SIZE_MAX)
        return fault_at(a, ret_fault, 0, ERR_LIMIT, "more than %d bytes", (int)JSON_SIZE_MAX);
    const char *why = too_much(text, &line);
    if (why)
        return fault_at(a, ret_fault, line, ERR_LIMIT, "%s", why);
    json_t *p = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &error);
    if (!p) {
        line = error.line > 0 ? (size_t)error.line : 0;
        return fault_at(a, ret_fault, line, ERR_INVALID, "%s", reason(a, error.text).p);
    }
    *ret = owned(a, p);
    return OK;
}

enum json_kind json_kind(struct json j)
{
    static const enum json_kind kinds[] = {
        [JSON_OBJECT] = JSON_KIND_OBJECT, [JSON_ARRAY] = JSON_KIND_ARRAY,
        [JSON_STRING] = JSON_KIND_TEXT,   [JSON_INTEGER] = JSON_KIND_INT,
        [JSON_REAL] = JSON_KIND_REAL,     [JSON_TRUE] = JSON_KIND_BOOL,
        [JSON_FALSE] = JSON_KIND_BOOL,    [JSON_NULL] = JSON_KIND_NULL,
    };

    return j.p ? kinds[json_typeof(j.p)] : JSON_KIND_ABSENT;
}

struct json json_get(struct json o, const char *key)
{
    return (struct json){json_object_get(o.p, key)};
}

struct json json_get_named(struct json o, struct str key)
{
    return (struct json){json_object_getn(o.p, key.n ? key.p : "", key.n)};
}

bool json_has(struct json o, const char *key)
{
    return json_get(o, key).p;
}

struct str json_text(struct json o, const char *key)
{
    return json_as_text(json_get(o, key));
}

int64_t json_int(struct json o, const char *key)
{
    return json_as_int(json_get(o, key));
}

bool json_bool(struct json o, const char *key)
{
    return json_as_bool(json_get(o, key));
}

static enum err need(struct json o, const char *key, enum json_kind kind, struct json *ret)
{
    struct json value = json_get(o, key);

    if (!value.p || json_is_null(value.p))
        return ERR_NOT_FOUND;
    if (json_kind(value) != kind)
        return ERR_INVALID;
    *ret = value;
    return OK;
}

enum err json_need_text(struct json o, const char *key, struct str *ret)
{
    struct json value;
    enum err err = need(o, key, JSON_KIND_TEXT, &value);

    if (err)
        return err;
    *ret = json_as_text(value);
    return OK;
}

enum err json_need_int(struct json o, const char *key, int64_t *ret)
{
    struct json value;
    enum err err = need(o, key, JSON_KIND_INT, &value);

    if (err)
        return err;
    *ret = json_as_int(value);
    return OK;
}

enum err json_need_bool(struct json o, const char *key, bool *ret)
{
    struct json value;
    enum err err = need(o, key, JSON_KIND_BOOL, &value);

    if (err)
        return err;
    *ret = json_as_bool(value);
    return OK;
}

enum err json_need_real(struct json o, const char *key, double *ret)
{
    struct json value;
    enum err err = need(o, key, JSON_KIND_REAL, &value);

    if (err == ERR_INVALID)
        err = need(o, key, JSON_KIND_INT, &value);
    if (err)
        return err;
    *ret = json_as_real(value);
    return OK;
}

struct str json_as_text(struct json j)
{
    if (!json_is_string(j.p))
        return STR("");
    return (struct str){json_string_value(j.p), json_string_length(j.p)};
}

int64_t json_as_int(struct json j)
{
    return json_integer_value(j.p); /* 0 for anything else */
}

bool json_as_bool(struct json j)
{
    return json_is_true(j.p);
}

double json_as_real(struct json j)
{
    return json_number_value(j.p); /* 0 for anything else */
}

size_t json_length(struct json array)
{
    return json_array_size(array.p); /* 0 for anything else */
}

struct json json_at(struct json array, size_t i)
{
    return (struct json){json_array_get(array.p, i)};
}

static int member_cmp(const void *a, const void *b)
{
    return str_cmp(((const struct json_member *)a)->key, ((const struct json_member *)b)->key);
}

struct json_members json_members(struct arena *a, struct json o)
{
    size_t count = json_object_size(o.p), i = 0;
    struct json_member *member = ARENA_ARRAY(a, struct json_member, count);
    bool is_sorted = true;

    for (void *at = json_object_iter(o.p); at; at = json_object_iter_next(o.p, at)) {
        member[i].key = (struct str){json_object_iter_key(at), json_object_iter_key_len(at)};
        member[i].value = (struct json){json_object_iter_value(at)};
        is_sorted = is_sorted && (i == 0 || member_cmp(&member[i - 1], &member[i]) < 0);
        i++;
    }
    if (!is_sorted)
        qsort(member, count, sizeof *member, member_cmp);
    return (struct json_members){member, count};
}

static json_t *text_new(struct str value)
{
    return json_stringn(value.n ? value.p : "", value.n);
}

struct json json_new_object(struct arena *a)
{
    return owned(a, json_object());
}

struct json json_new_array(struct arena *a)
{
    return owned(a, json_array());
}

struct json json_new_text(struct arena *a, struct str text)
{
    return owned(a, text_new(text));
}

/* Takes over the reference to `value`. */
static void put_new(struct json o, struct str key, json_t *value)
{
    if (json_object_setn_new(o.p, key.n ? key.p : "", key.n, value))
        BUG("JSON: cannot put \"%" PRIstr "\": not into an object, or not UTF-8", STR_ARG(key));
}

void json_put_text(struct json o, const char *key, struct str value)
{
    put_new(o, str_of(key), text_new(value));
}

void json_put_int(struct json o, const char *key, int64_t value)
{
    put_new(o, str_of(key), json_integer(value));
}

void json_put_bool(struct json o, const char *key, bool value)
{
    put_new(o, str_of(key), json_boolean(value));
}

void json_put_real(struct json o, const char *key, double value)
{
    put_new(o, str_of(key), json_real(value)); /* NULL, hence BUG(), if not finite */
}

void json_put_null(struct json o, const char *key)
{
    put_new(o, str_of(key), json_null());
}

void json_put_json(struct json o, const char *key, struct json value)
{
    json_put_named(o, str_of(key), value);
}

void json_put_named(struct json o, struct str key, struct json value)
{
    if (value.p)
        put_new(o, key, json_incref(value.p));
}

static void append_new(struct json array, json_t *value)
{
    if (json_array_append_new(array.p, value))
        BUG("JSON: cannot append: not an array, or not UTF-8");
}

void json_append(struct json array, struct json value)
{
    if (value.p)
        append_new(array, json_incref(value.p));
}

void json_append_text(struct json array, struct str value)
{
    append_new(array, text_new(value));
}

void json_append_int(struct json array, int64_t value)
{
    append_new(array, json_integer(value));
}

struct str json_canonical(struct arena *a, struct json j)
{
    struct buf buf = buf_in(a);
    struct json_writer w;

    json_writer_init_buf(&w, &buf);
    json_write_json(&w, a, j);
    if (json_writer_end(&w))
        BUG("a buffer refused JSON");
    return buf_str(&buf);
}
