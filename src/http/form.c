/* form.c - the fields of query and form that the route lists. */
#include <assert.h>

#include "http/clean.h"
#include "http/exchange.h"

enum { FIELD_MAX_UNSAID = 1000, NAME_MAX_BYTES = 200, RAW_GROWTH = 4, POST_BUFFER = 64 * 1024 };

struct form {
    struct arena *arena;
    const struct http_field *field;
    struct http_value *value;
    size_t count, capacity, names;
    struct buf part;                  /* multipart: what came of the value that is coming */
    const struct http_field *coming;  /* its field; NULL: not listed */
    struct str name, file_name;
    bool is_file;
};

/* What may stand for a "*": nothing that needs escaping anywhere. */
static bool is_plain(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return true;
}

static bool stands_for(struct str known, struct str name)
{
    return str_has_suffix(known, STR("*")) && str_has_prefix(name, str_sub(known, 0, known.n - 1)) && is_plain(name);
}

static const struct http_field *field_find(const struct http_field *field, struct str name)
{
    for (; field && field->name; field++) {
        struct str known = str_of(field->name);
        if (str_eq(known, name) || stands_for(known, name))
            return field;
    }
    return NULL;
}

static size_t field_max(const struct http_field *field)
{
    assert(field->max <= (field->file ? HTTP_BODY_MAX : HTTP_FIELD_MAX));
    return field->max ? field->max : FIELD_MAX_UNSAID;
}

/* A place for one more value of `field`; NULL when it may come once, and did. */
static struct http_value *value_new(struct form *f, const struct http_field *field, struct str name)
{
    if (!field->many)
        for (size_t i = 0; i < f->count; i++)
            if (f->value[i].field == field && str_eq(str_of(f->value[i].name), name)) {
                f->value[i].defect = f->value[i].defect ? f->value[i].defect : HTTP_TWICE;
                return NULL;
            }
    if (f->count == f->capacity) {
        f->capacity = f->capacity ? f->capacity * 2 : 16;
        struct http_value *value = ARENA_ARRAY(f->arena, struct http_value, f->capacity);
        if (f->count)
            memcpy(value, f->value, f->count * sizeof *value);
        f->value = value;
    }
    struct http_value *v = &f->value[f->count++];
    *v = (struct http_value){.field = field, .name = str_z(f->arena, name), .text = STR(""), .file_name = STR("")};
    return v;
}

static void add_text(struct form *f, const struct http_field *field, struct str name, struct str raw)
{
    struct http_value *v = value_new(f, field, name);

    if (v)
        v->text = clean_text(f->arena, raw, field_max(field), field->lines, &v->defect);
}

/* ---- name=value&name=value ---- */

static int read_urlencoded(struct form *f, struct str text)
{
    struct str pair;

    while (str_split(&text, '&', &pair)) {
        if (pair.n == 0)
            continue;
        if (++f->names > HTTP_FIELDS_MAX)
            return MHD_HTTP_CONTENT_TOO_LARGE;
        size_t equals = str_find(pair, STR("="));
        struct str raw = str_sub(pair, 0, equals);
        if (raw.n > 3 * NAME_MAX_BYTES)
            continue;
        struct str name = clean_unescape(f->arena, raw, /* plus= */ true);
        const struct http_field *field = field_find(f->field, name);
        if (!field || field->file)
            continue;
        raw = equals == STR_NONE ? STR("") : str_sub(pair, equals + 1, pair.n);
        add_text(f, field, name, clean_unescape(f->arena, raw, /* plus= */ true));
    }
    return 0;
}

/* ---- multipart/form-data ---- */

/* Some browsers of old send the whole path. */
static struct str without_folders(struct str name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\')
            return str_sub(name, i, name.n);
    return name;
}

static void part_end(struct form *f)
{
    const struct http_field *field = f->coming;
    struct str bytes = buf_str(&f->part);

    f->coming = NULL;
    if (!field)
        return;
    if (!field->file) {
        add_text(f, field, f->name, bytes);
        return;
    }
    if (!f->is_file || (f->file_name.n == 0 && bytes.n == 0))
        return; /* a browser sends an empty part where no file was chosen */
    struct http_value *v = value_new(f, field, f->name);
    if (!v)
        return;
    v->file_name = clean_line(f->arena, without_folders(f->file_name), 255);
    v->defect = bytes.n > field_max(field) ? HTTP_TOO_LONG : HTTP_FINE;
    v->text = str_sub(bytes, 0, field_max(field));
}

static void part_begin(struct form *f, const char *key, const char *file_name)
{
    part_end(f);
    f->names++;
    f->coming = key ? field_find(f->field, str_of(key)) : NULL;
    f->is_file = file_name != NULL;
    if (f->coming && f->is_file && !f->coming->file)
        f->coming = NULL; /* bytes where the route wants text */
    f->name = str_copy(f->arena, str_of(key));
    f->file_name = str_copy(f->arena, str_of(file_name));
    f->part = buf_in(f->arena);
}

static enum MHD_Result on_part(void *cls, enum MHD_ValueKind kind, const char *key, const char *file_name,
                               const char *content_type, const char *encoding, const char *data,
                               uint64_t offset, size_t size)
{
    struct form *f = cls;

    (void)kind;
    (void)content_type;
    (void)encoding;
    if (offset == 0)
        part_begin(f, key, file_name);
    if (f->names > HTTP_FIELDS_MAX)
        return MHD_NO;
    if (!f->coming)
        return MHD_YES;
    /* More is not kept than is needed to see that it is too much. */
    size_t max = field_max(f->coming) * (f->coming->file ? 1 : RAW_GROWTH) + 1;
    size_t room = max - f->part.n;
    buf_put(&f->part, (struct str){data, size < room ? size : room});
    return MHD_YES;
}

static int read_multipart(struct form *f, struct exchange *e)
{
    struct MHD_PostProcessor *pp = MHD_create_post_processor(e->connection, POST_BUFFER, on_part, f);

    if (!pp)
        return MHD_HTTP_BAD_REQUEST;
    enum MHD_Result fed = MHD_post_process(pp, e->body.p, e->body.n);
    enum MHD_Result whole = MHD_destroy_post_processor(pp);
    if (f->names > HTTP_FIELDS_MAX)
        return MHD_HTTP_CONTENT_TOO_LARGE;
    if (fed != MHD_YES || whole != MHD_YES)
        return MHD_HTTP_BAD_REQUEST;
    part_end(f);
    return 0;
}

/* ---- both ---- */

int form_read(struct exchange *e, struct arena *a)
{
    struct form f = {.arena = a, .field = e->fields};
    int status = 0;

    if (!e->fields)
        return 0;
    status = read_urlencoded(&f, e->rq.query);
    if (!status && e->body.n && e->form == EXCHANGE_URLENCODED)
        status = read_urlencoded(&f, (struct str){e->body.p, e->body.n});
    if (!status && e->body.n && e->form == EXCHANGE_MULTIPART)
        status = read_multipart(&f, e);
    e->rq.value = f.value;
    e->rq.value_count = f.count;
    return status;
}

const struct http_value *http_value_find(const struct http_request *rq, const char *name)
{
    for (size_t i = 0; i < rq->value_count; i++)
        if (strcmp(rq->value[i].name, name) == 0)
            return &rq->value[i];
    return NULL;
}

struct str http_value(const struct http_request *rq, const char *name)
{
    const struct http_value *v = http_value_find(rq, name);

    return v ? v->text : STR("");
}

size_t http_value_all(const struct http_request *rq, struct arena *a, const char *name,
                      const struct str **ret)
{
    struct str *text = ARENA_ARRAY(a, struct str, rq->value_count);
    size_t count = 0;

    for (size_t i = 0; i < rq->value_count; i++)
        if (strcmp(rq->value[i].name, name) == 0)
            text[count++] = rq->value[i].text;
    *ret = text;
    return count;
}
