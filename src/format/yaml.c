#include "format/yaml.h"

#include <yaml.h>

struct level {
    struct json node;
    bool is_mapping;
    bool has_key; /* a key is read, its value is not */
    struct str key;
};

struct reader {
    struct arena *arena;
    struct fault *fault;
    yaml_parser_t parser;
    size_t documents, values, depth;
    struct level level[YAML_DEPTH_MAX];
    struct json root;
};

static size_t line_of(const yaml_event_t *event)
{
    return event->start_mark.line + 1;
}

static enum err refuse(struct reader *r, const yaml_event_t *event, enum err err, const char *why)
{
    return fault_at(r->arena, r->fault, line_of(event), err, "%s", why);
}

/* Puts a finished scalar or a new collection where it belongs. */
static enum err place(struct reader *r, const yaml_event_t *event, struct json node)
{
    if (++r->values > YAML_VALUES_MAX)
        return refuse(r, event, ERR_LIMIT, "too many values");
    if (r->depth == 0) {
        r->root = node;
        return OK;
    }
    struct level *top = &r->level[r->depth - 1];
    if (!top->is_mapping) {
        json_append(top->node, node);
        return OK;
    }
    if (!top->has_key)
        return refuse(r, event, ERR_INVALID, "a key that is not text");
    json_put_named(top->node, top->key, node);
    top->has_key = false;
    return OK;
}

static enum err open_collection(struct reader *r, const yaml_event_t *event, bool is_mapping)
{
    struct json node = is_mapping ? json_new_object(r->arena) : json_new_array(r->arena);
    enum err err = place(r, event, node);

    if (err)
        return err;
    if (r->depth == YAML_DEPTH_MAX)
        return refuse(r, event, ERR_LIMIT, "nested too deep");
    r->level[r->depth++] = (struct level){.node = node, .is_mapping = is_mapping};
    return OK;
}

static enum err read_scalar(struct reader *r, const yaml_event_t *event)
{
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    struct level *top = r->depth ? &r->level[r->depth - 1] : NULL;

    if (!top)
        return refuse(r, event, ERR_INVALID, "the document is neither a mapping nor a sequence");
    if (memchr(text.p, 0, text.n))
        return refuse(r, event, ERR_INVALID, "a NUL character");
    if (!top->is_mapping || top->has_key)
        return place(r, event, json_new_text(r->arena, text));
    if (json_get_named(top->node, text).p)
        return refuse(r, event, ERR_INVALID, "a key twice in one mapping");
    top->key = str_copy(r->arena, text);
    top->has_key = true;
    return OK;
}

static const char *forbidden(const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;

    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return "an alias (*)";
    case YAML_SCALAR_EVENT:
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
        break;
    case YAML_DOCUMENT_START_EVENT:
        if (event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end)
            return "a %TAG directive";
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        break;
    }
    return anchor ? "an anchor (&)" : tag ? "a tag (!)" : NULL;
}

static enum err read_event(struct reader *r, const yaml_event_t *event)
{
    const char *why = forbidden(event);

    if (why)
        return refuse(r, event, ERR_INVALID, why);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return ++r->documents > 1 ? refuse(r, event, ERR_INVALID, "a second document") : OK;
    case YAML_SCALAR_EVENT:
        return read_scalar(r, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_collection(r, event, /* is_mapping= */ false);
    case YAML_MAPPING_START_EVENT:
        return open_collection(r, event, /* is_mapping= */ true);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        r->depth--;
        return OK;
    case YAML_STREAM_END_EVENT:
        return r->root.p ? OK : refuse(r, event, ERR_INVALID, "no document");
    case YAML_NO_EVENT:
    case YAML_ALIAS_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return OK;
    }
    BUG("libyaml event %d", (int)event->type);
}

/* libyaml gives a line for what it parsed and an offset for bytes that it could not read. */
static enum err refuse_syntax(struct reader *r, struct str text)
{
    const yaml_parser_t *p = &r->parser;
    size_t line = p->problem_mark.line + 1;

    if (p->error == YAML_READER_ERROR) {
        line = 1;
        for (size_t i = 0; i < text.n && i < p->problem_offset; i++)
            line += text.p[i] == '\n';
    }
    return fault_at(r->arena, r->fault, line, ERR_INVALID, "%s%s%s", p->context ? p->context : "",
                    p->context ? ": " : "", p->problem ? p->problem : "not YAML");
}

static enum err read_events(struct reader *r, struct str text)
{
    for (bool is_end = false; !is_end;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event))
            return refuse_syntax(r, text);
        enum err err = read_event(r, &event);
        is_end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (err)
            return err;
    }
    return OK;
}

enum err yaml_parse(struct arena *a, struct str text, struct json *ret, struct fault *ret_fault)
{
    struct reader r = {.arena = a, .fault = ret_fault};

    if (text.n > YAML_SIZE_MAX)
        return fault_at(a, ret_fault, 0, ERR_LIMIT, "more than %d bytes", (int)YAML_SIZE_MAX);
    if (str_has_prefix(text,
                       STR("\xef\xbb\xbf"))) /* with an encoding given, libyaml reads it as text */
        text = str_sub(text, 3, text.n);
    if (!yaml_parser_initialize(&r.parser))
        BUG("libyaml: out of memory");
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(text.n ? text.p : ""), text.n);
    enum err err = read_events(&r, text);
    yaml_parser_delete(&r.parser);
    if (err)
        return err;
    *ret = r.root;
    return OK;
}

enum err yaml_int(struct json o, const char *key, int64_t min, int64_t max, int64_t *ret)
{
    struct str text = json_text(o, key);

    return str_is_empty(text) ? ERR_NOT_FOUND : str_parse_int(text, min, max, ret);
}

enum err yaml_bool(struct json o, const char *key, bool *ret)
{
    struct str text = json_text(o, key);
    bool is_true = str_eq(text, STR("true"));

    if (str_is_empty(text))
        return ERR_NOT_FOUND;
    if (!is_true && !str_eq(text, STR("false")))
        return ERR_INVALID;
    *ret = is_true;
    return OK;
}
