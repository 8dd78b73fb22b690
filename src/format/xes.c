#include "format/xes.h"

#include <libxml/parser.h>
#include <unistd.h>
#include <zlib.h>

#include "format/xes_element.h"
#include "format/xes_rule.h"

/* --- the reading -------------------------------------------------------------------------------
 */

struct frame {
    const struct rule *rule;
    int rank;                            /* of the last child */
    struct xes_attribute *attribute;     /* this element's own, of E_ATTRIBUTE */
    const struct xes_attribute **first;  /* where its attributes begin */
    const struct xes_attribute **end;    /* where the next one is hung */
    const struct xes_attribute *globals; /* what their types should be */
    size_t count;
    bool may_repeat, has_values;
};

enum { FRAMES = XES_DEPTH_MAX * 2 + 4, NOTES_MAX = 32 };

struct reading {
    const struct xes_reader *to;
    struct arena *fault_arena, *log_arena, *trace_arena;
    struct arena *into; /* log_arena, or trace_arena inside of a trace or loose event */
    struct fault *fault;
    enum err err;
    xmlParserCtxtPtr parser;
    struct frame frame[FRAMES];
    size_t depth, attribute_depth;
    struct xes_log log;
    bool is_log_given, is_nesting_declared, has_root;
    const struct xes_attribute **global_end[2]; /* of events, of traces */
    const struct xes_extension **extension_end;
    const struct xes_classifier **classifier_end;
    struct xes_trace trace;
    const struct xes_event **event_end;
    struct xes_event *event;
    const char *noted[NOTES_MAX];
    size_t noted_count;
};

struct given {
    struct str text[G__COUNT];
    unsigned seen;
    bool has_unknown;
};

const struct xes_attribute *xes_find(const struct xes_attribute *first, struct str key)
{
    while (first && !str_eq(first->key, key))
        first = first->next;
    return first;
}

static size_t line_now(const struct reading *r)
{
    return r->parser && r->parser->input ? (size_t)r->parser->input->line : 0;
}

/* From SAX callbacks only: inside of its own reading and error handling libxml2 must not be
 * stopped, there r->err alone is set and the next callback stops. */
static void stop(struct reading *r, enum err err)
{
    r->err = err;
    xmlStopParser(r->parser);
}

static bool is_over(struct reading *r)
{
    if (r->err)
        xmlStopParser(r->parser);
    return r->err;
}

static void refuse(struct reading *r, enum err err, const char *why)
{
    stop(r, fault_at(r->fault_arena, r->fault, line_now(r), err, "%s", why));
}

static void note(struct reading *r, const char *why)
{
    for (size_t i = 0; i < r->noted_count; i++)
        if (r->noted[i] == why || strcmp(r->noted[i], why) == 0)
            return;
    if (r->noted_count == NOTES_MAX)
        return;
    r->noted[r->noted_count++] = why; /* always a literal */
    if (r->to->note)
        r->to->note(r->to->arg, line_now(r), str_of(why));
}

/* A fault of form. True where reading goes on. */
static bool is_forgiven(struct reading *r, const char *why)
{
    if (!why)
        return true;
    if (!r->to->is_lenient) {
        refuse(r, ERR_INVALID, why);
        return false;
    }
    note(r, why);
    return true;
}

static void give_log(struct reading *r)
{
    if (r->is_log_given || r->err)
        return;
    r->is_log_given = true;
    enum err err = r->to->log ? r->to->log(r->to->arg, &r->log) : OK;
    if (err)
        stop(r, err);
}

/* --- what each element does when it begins ------------------------------------------------------
 */

static void begin_log(struct reading *r, struct frame *f, const struct given *g)
{
    bool is_1849 = str_has_prefix(g->text[G_VERSION], STR("1849"));
    struct str features = g->text[G_FEATURES], piece;

    r->has_root = true;
    r->log.version = str_copy(r->into, g->text[G_VERSION]);
    r->log.features = str_copy(r->into, features);
    while (str_split(&features, ' ', &piece))
        r->is_nesting_declared = r->is_nesting_declared || str_eq(piece, STR("nested-attributes"));
    f->first = f->end = &r->log.attributes;
    if (!(g->seen & VERSION))
        is_forgiven(r, "a log without xes.version");
    else if (is_1849 && !(g->seen & FEATURES))
        is_forgiven(r, "a log without xes.features");
    else if (is_1849 && g->has_unknown) /* programs of the time of 1.0 all sign here */
        is_forgiven(r, "an unknown XML attribute");
}

static void begin_extension(struct reading *r, const struct given *g)
{
    struct xes_extension *e = ARENA_NEW(r->into, struct xes_extension);

    e->name = str_copy(r->into, g->text[G_NAME]);
    e->prefix = str_copy(r->into, g->text[G_PREFIX]);
    e->uri = str_copy(r->into, g->text[G_URI]);
    *r->extension_end = e;
    r->extension_end = &e->next;
}

/* ERR_INVALID: a scope that is neither of events, the default, nor of traces. */
static enum err scope_parse(const struct given *g, bool *ret_is_of_traces)
{
    bool is_of_traces = str_eq(g->text[G_SCOPE], STR("trace"));

    if ((g->seen & SCOPE) && !is_of_traces && !str_eq(g->text[G_SCOPE], STR("event")))
        return ERR_INVALID;
    *ret_is_of_traces = is_of_traces;
    return OK;
}

static void begin_global(struct reading *r, struct frame *f, const struct given *g)
{
    bool is_of_traces;

    if (scope_parse(g, &is_of_traces)) {
        refuse(r, ERR_INVALID, "a scope that is neither event nor trace");
        return;
    }
    f->first = is_of_traces ? &r->log.trace_globals : &r->log.event_globals;
    f->end = *f->first ? r->global_end[is_of_traces] : f->first; /* a second one goes on there */
}

static void begin_classifier(struct reading *r, const struct given *g)
{
    struct xes_classifier *c = ARENA_NEW(r->into, struct xes_classifier);

    if (scope_parse(g, &c->is_of_traces)) {
        refuse(r, ERR_INVALID, "a scope that is neither event nor trace");
        return;
    }
    c->name = str_copy(r->into, g->text[G_NAME]);
    c->keys = str_copy(r->into, g->text[G_KEYS]);
    if (!is_forgiven(r, xes_rule_classifier(c->keys, c->is_of_traces ? r->log.trace_globals
                                                                     : r->log.event_globals)))
        return;
    *r->classifier_end = c;
    r->classifier_end = &c->next;
}

static void begin_trace(struct reading *r, struct frame *f)
{
    give_log(r);
    r->into = r->trace_arena;
    r->trace = (struct xes_trace){.line = line_now(r)};
    r->event_end = &r->trace.events;
    f->first = f->end = &r->trace.attributes;
    f->globals = r->log.trace_globals;
}

static void begin_event(struct reading *r, struct frame *f)
{
    if (r->depth == 1) {
        give_log(r);
        r->into = r->trace_arena;
    } else if (++r->trace.event_count > XES_EVENTS_MAX) {
        refuse(r, ERR_LIMIT, "too many events in one trace");
        return;
    }
    r->event = ARENA_NEW(r->into, struct xes_event);
    r->event->line = line_now(r);
    if (r->depth > 1) {
        *r->event_end = r->event;
        r->event_end = &r->event->next;
    }
    f->first = f->end = &r->event->attributes;
    f->globals = r->log.event_globals;
}

static void begin_values(struct reading *r, struct frame *f, struct frame *parent)
{
    if (parent->attribute->kind != XES_LIST || parent->has_values) {
        refuse(r, ERR_INVALID, "values where none can be");
        return;
    }
    parent->has_values = true;
    f->first = f->end = &parent->attribute->values;
    f->may_repeat = true;
}

static bool is_type_of_globals(const struct frame *parent, const struct xes_attribute *attribute)
{
    const struct xes_attribute *global = xes_find(parent->globals, attribute->key);

    return !global || global->kind == attribute->kind;
}

static void begin_attribute(struct reading *r, struct frame *f, struct frame *parent,
                            const struct given *g)
{
    struct xes_attribute *attribute = ARENA_NEW(r->into, struct xes_attribute);

    attribute->kind = f->rule->kind;
    attribute->key = str_copy(r->into, g->text[G_KEY]);
    attribute->text = str_copy(r->into, g->text[G_VALUE]);
    if (str_is_empty(attribute->key)) {
        refuse(r, ERR_INVALID, "an empty key");
        return;
    }
    if (++parent->count > XES_ATTRIBUTES_MAX || r->attribute_depth >= XES_DEPTH_MAX) {
        refuse(r, ERR_LIMIT, "too many attributes in one element, or too deep");
        return;
    }
    const char *why = xes_rule_value(attribute);
    if (why) {
        refuse(r, ERR_INVALID, why);
        return;
    }
    if (attribute->is_local)
        note(r, XES_NOTE_LOCAL);
    bool is_nested = parent->rule->element == E_ATTRIBUTE && parent->rule->kind != XES_CONTAINER;
    if ((is_nested && !r->is_nesting_declared &&
         !is_forgiven(r, "an attribute in an attribute, which xes.features does not declare")) ||
        (!parent->may_repeat && xes_find(*parent->first, attribute->key) &&
         !is_forgiven(r, "a key twice in one element")) ||
        !is_forgiven(r, xes_rule_key(attribute->key, r->log.extensions)) ||
        (!is_type_of_globals(parent, attribute) &&
         !is_forgiven(r, "an attribute of another type than its global")))
        return;
    *parent->end = attribute;
    parent->end = &attribute->next;
    r->attribute_depth++;
    f->attribute = attribute;
    f->first = f->end = &attribute->child;
    f->may_repeat = attribute->kind == XES_CONTAINER;
}

/* --- SAX -----------------------------------------------------------------------------------------
 */

static bool collect(struct reading *r, struct given *g, int count, const xmlChar **xml)
{
    for (int i = 0; i < count; i++, xml += 5) {
        struct str name = str_of((const char *)xml[0]);
        if (xml[1]) /* xsi:schemaLocation, xml:lang: not of this standard */
            continue;
        unsigned k = xes_element_given(name);
        if (k == G__COUNT) {
            g->has_unknown = true;
            continue;
        }
        g->text[k] = (struct str){(const char *)xml[3], (size_t)(xml[4] - xml[3])};
        g->seen |= 1U << k;
        if (g->text[k].n > XES_TEXT_MAX) {
            refuse(r, ERR_LIMIT, "a text too long");
            return false;
        }
    }
    return true;
}

/* Does the element stand where it may, with what it must have? */
static bool is_in_place(struct reading *r, const struct rule *rule, struct frame *parent,
                        const struct given *g)
{
    if (!rule || !(rule->parents & 1U << (parent ? parent->rule->element : E_NONE))) {
        refuse(r, ERR_INVALID, rule ? "an element in the wrong place" : "an unknown element");
        return false;
    }
    if ((g->seen & rule->required) != rule->required) {
        refuse(r, ERR_INVALID, "a required XML attribute is missing");
        return false;
    }
    if (r->depth == FRAMES || arena_used(r->into) > XES_TRACE_BYTES) {
        refuse(r, ERR_LIMIT, "too deep, or too much in one trace");
        return false;
    }
    bool has_unknown = g->has_unknown || (g->seen & ~(rule->required | rule->allowed));
    if (has_unknown && rule->element != E_LOG && !is_forgiven(r, "an unknown XML attribute"))
        return false;
    if (parent && rule->rank < parent->rank && !is_forgiven(r, "an element out of order"))
        return false;
    if (parent)
        parent->rank = rule->rank;
    return true;
}

static void on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                     const xmlChar **xml)
{
    struct reading *r = arg;
    struct given g = {.seen = 0};
    struct frame *parent = r->depth ? &r->frame[r->depth - 1] : NULL;
    const struct rule *rule = prefix ? NULL : xes_element_rule(str_of((const char *)name));

    (void)uri;
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted;
    if (is_over(r) || !collect(r, &g, count, xml) || !is_in_place(r, rule, parent, &g))
        return;
    struct frame *f = &r->frame[r->depth];
    *f = (struct frame){.rule = rule};
    switch (rule->element) {
    case E_LOG:
        begin_log(r, f, &g);
        break;
    case E_EXTENSION:
        begin_extension(r, &g);
        break;
    case E_GLOBAL:
        begin_global(r, f, &g);
        break;
    case E_CLASSIFIER:
        begin_classifier(r, &g);
        break;
    case E_TRACE:
        begin_trace(r, f);
        break;
    case E_EVENT:
        begin_event(r, f);
        break;
    case E_VALUES:
        begin_values(r, f, parent);
        break;
    case E_ATTRIBUTE:
        begin_attribute(r, f, parent, &g);
        break;
    case E_NONE:
        BUG("no element");
    }
    r->depth++;
}

static void give_back_trace(struct reading *r, enum err err)
{
    if (err)
        stop(r, err);
    arena_reset(r->trace_arena);
    r->into = r->log_arena;
}

static void on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reading *r = arg;

    (void)name;
    (void)prefix;
    (void)uri;
    if (is_over(r))
        return;
    struct frame *f = &r->frame[--r->depth];
    switch (f->rule->element) {
    case E_TRACE:
        give_back_trace(r, r->to->trace(r->to->arg, &r->trace));
        break;
    case E_EVENT:
        if (r->depth == 1)
            give_back_trace(r, r->to->loose_event ? r->to->loose_event(r->to->arg, r->event) : OK);
        break;
    case E_ATTRIBUTE:
        r->attribute_depth--;
        if (f->rule->kind == XES_LIST && !f->has_values)
            is_forgiven(r, "a list without values");
        break;
    case E_LOG:
        give_log(r);
        break;
    case E_GLOBAL:
        r->global_end[f->first == &r->log.trace_globals] = f->end;
        break;
    case E_NONE:
    case E_EXTENSION:
    case E_CLASSIFIER:
    case E_VALUES:
        break;
    }
}

static void on_text(void *arg, const xmlChar *text, int n)
{
    struct reading *r = arg;

    if (!is_over(r) && !str_is_empty(str_trim((struct str){(const char *)text, (size_t)n})))
        is_forgiven(r, "text between the elements");
}

/* Entities, external files and default values all need one. */
static void on_doctype(void *arg, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    struct reading *r = arg;

    (void)name;
    (void)id;
    (void)system;
    if (!is_over(r))
        refuse(r, ERR_INVALID, "a DOCTYPE");
}

static void on_error(void *arg, xmlErrorPtr error)
{
    struct reading *r = arg;

    if (r->err || error->level < XML_ERR_ERROR)
        return;
    r->err = fault_at(r->fault_arena, r->fault, error->line > 0 ? (size_t)error->line : 0,
                      ERR_INVALID, "%s", error->message ? error->message : "not XML");
}

/* What libxml2 says of its own buffers, outside of any parser, would go to standard error. */
static void on_stray_error(void *arg, xmlErrorPtr error)
{
    (void)arg;
    (void)error;
}

/* --- where the bytes come from
 * --------------------------------------------------------------------- */

struct source {
    struct reading *reading;
    gzFile gz;
    struct str text;
    uint64_t total;
};

static int read_some(void *arg, char *into, int room)
{
    struct source *from = arg;
    struct reading *r = from->reading;
    int n;

    if (r->err)
        return -1;
    if (from->gz) {
        n = gzread(from->gz, into, (unsigned)room);
        int status = Z_OK;
        gzerror(from->gz, &status); /* a file cut off is seen only so */
        if (n < 0 || (status != Z_OK && status != Z_STREAM_END)) {
            r->err = fault_at(r->fault_arena, r->fault, line_now(r), ERR_IO,
                              "the file cannot be read or unpacked");
            return -1;
        }
    } else {
        n = (size_t)room < from->text.n ? room : (int)from->text.n;
        memcpy(into, from->text.p, (size_t)n);
        from->text = str_sub(from->text, (size_t)n, from->text.n);
    }
    from->total += (uint64_t)n;
    if (from->total > XES_SIZE_MAX) {
        r->err = fault_at(r->fault_arena, r->fault, line_now(r), ERR_LIMIT, "a file too large");
        return -1;
    }
    return n;
}

static void parse(struct reading *r, struct source *from)
{
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .cdataBlock = on_text,
        .internalSubset = on_doctype,
        .serror = on_error,
    };

    xmlInitParser();
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_arg = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, on_stray_error); /* of this thread */
    r->parser = xmlCreateIOParserCtxt(&sax, r, read_some, NULL, from, XML_CHAR_ENCODING_NONE);
    if (!r->parser)
        BUG("libxml2: no parser");
    /* NOENT: without it libxml2 hands &amp; on as &#38;. No entity beyond those of XML can exist
     * here, because a DOCTYPE is refused. */
    xmlCtxtUseOptions(r->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
    xmlParseDocument(r->parser);
    if (!r->err && (!r->parser->wellFormed || !r->has_root))
        r->err = fault_at(r->fault_arena, r->fault, line_now(r), ERR_INVALID, "not XML");
    if (r->parser->myDoc)
        xmlFreeDoc(r->parser->myDoc);
    r->parser->myDoc = NULL;
    xmlFreeParserCtxt(r->parser);
    xmlSetStructuredErrorFunc(old_arg, old);
}

static enum err read_source(struct arena *a, struct source from, const struct xes_reader *to,
                            struct fault *ret_fault)
{
    struct arena *log_arena = arena_new(2 * (size_t)XES_TRACE_BYTES);
    struct reading *r = ARENA_NEW(log_arena, struct reading);

    *r = (struct reading){.to = to, .fault_arena = a, .fault = ret_fault};
    r->log_arena = r->into = log_arena;
    r->trace_arena = arena_new(2 * (size_t)XES_TRACE_BYTES);
    r->extension_end = &r->log.extensions;
    r->classifier_end = &r->log.classifiers;
    from.reading = r;
    parse(r, &from);
    enum err err = r->err;
    arena_free(r->trace_arena);
    arena_free(log_arena);
    return err;
}

enum err xes_read_file(struct arena *a, FILE *file, const struct xes_reader *to,
                       struct fault *ret_fault)
{
    int fd = dup(fileno(file));
    gzFile gz = fd < 0 ? NULL : gzdopen(fd, "rb");

    if (!gz) {
        if (fd >= 0)
            close(fd);
        return fault_at(a, ret_fault, 0, ERR_IO, "the file cannot be opened");
    }
    gzbuffer(gz, 128 * 1024);
    enum err err = read_source(a, (struct source){.gz = gz}, to, ret_fault);
    gzclose(gz);
    return err;
}

enum err xes_read_text(struct arena *a, struct str text, const struct xes_reader *to,
                       struct fault *ret_fault)
{
    return read_source(a, (struct source){.text = text}, to, ret_fault);
}
