#include "format/edxml.h"

#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/text.h"
#include "format/base64.h"
#include "format/edxml_shape.h"

enum { ATTRIBUTES_MAX = 64 };

struct reader {
    struct arena *a;
    struct edxml *out;
    struct fault *fault;
    bool has_stray_prefix; /* said once */
};

/* ---- XML, in bounds ---- */

struct bounds {
    size_t nodes, depth;
    const char *broken; /* a literal; NULL while all is well */
    enum err err;
};

static void stop(xmlParserCtxt *parser, enum err err, const char *why)
{
    struct bounds *b = parser->_private;

    if (!b->broken)
        *b = (struct bounds){b->nodes, b->depth, why, err};
    xmlStopParser(parser);
}

static void count(xmlParserCtxt *parser)
{
    struct bounds *b = parser->_private;

    if (++b->nodes > EDXML_NODES_MAX)
        stop(parser, ERR_LIMIT, "too many elements");
}

static void on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
                     const xmlChar **space, int attributes, int defaulted, const xmlChar **attribute)
{
    xmlParserCtxt *parser = arg;
    struct bounds *b = parser->_private;

    count(parser);
    if (++b->depth > EDXML_DEPTH_MAX)
        stop(parser, ERR_LIMIT, "elements too deep within each other");
    if (attributes > ATTRIBUTES_MAX || spaces > ATTRIBUTES_MAX)
        stop(parser, ERR_LIMIT, "too many attributes");
    if (!b->broken)
        xmlSAX2StartElementNs(parser, name, prefix, uri, spaces, space, attributes, defaulted, attribute);
}

static void on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxt *parser = arg;
    struct bounds *b = parser->_private;

    b->depth -= b->depth > 0;
    if (!b->broken)
        xmlSAX2EndElementNs(parser, name, prefix, uri);
}

static void on_doctype(void *arg, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    (void)name;
    (void)id;
    (void)system;
    stop(arg, ERR_INVALID, "a DOCTYPE");
}

/* Nothing that matters stands in comments and instructions; they may interrupt a text all the same. */
static void on_comment(void *arg, const xmlChar *text)
{
    (void)text;
    count(arg);
}

static void on_instruction(void *arg, const xmlChar *target, const xmlChar *data)
{
    (void)target;
    (void)data;
    count(arg);
}

static void quiet(void *arg, xmlErrorPtr error)
{
    (void)arg;
    (void)error;
}

static void bind(xmlParserCtxt *parser, struct bounds *bounds)
{
    parser->_private = bounds;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
    parser->sax->internalSubset = on_doctype;
    parser->sax->comment = on_comment;
    parser->sax->processingInstruction = on_instruction;
}

/* HUGE, because an attachment is one text of any size; what it would unbind is bounded above. */
static enum err parse(struct reader *r, struct str bytes, xmlDoc **ret)
{
    struct bounds bounds = {0};
    xmlParserCtxt *parser = xmlNewParserCtxt();

    if (!parser)
        return ERR_LIMIT;
    bind(parser, &bounds);
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_arg = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, quiet);
    xmlDoc *doc = xmlCtxtReadMemory(parser, bytes.p, (int)bytes.n, NULL, NULL,
                                    XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    const xmlError *error = xmlCtxtGetLastError(parser);
    size_t line = bounds.broken ? (size_t)(parser->input ? parser->input->line : 0)
                                : error && error->line > 0 ? (size_t)error->line : 0;
    enum err err = OK;
    if (bounds.broken)
        err = fault_at(r->a, r->fault, line, bounds.err, "%s", bounds.broken);
    else if (!doc)
        err = fault_at(r->a, r->fault, line, ERR_INVALID, "not XML: %s",
                       error && error->message ? error->message : "nothing in it");
    xmlSetStructuredErrorFunc(old_arg, old);
    xmlFreeParserCtxt(parser);
    if (err) {
        xmlFreeDoc(doc);
        return err;
    }
    *ret = doc;
    return OK;
}

/* ---- elements ---- */

static void defect(struct reader *r, const xmlNode *n, const char *what, const char *name)
{
    struct edxml *m = r->out;

    if (m->defect_count < EDXML_DEFECTS_MAX)
        (void)fault_at(r->a, &m->defect[m->defect_count++], (size_t)xmlGetLineNo(n), OK, "%s: %s", name, what);
    m->defect_total++;
}

static enum err refuse(struct reader *r, const xmlNode *n, enum err err, const char *why)
{
    return fault_at(r->a, r->fault, (size_t)xmlGetLineNo(n), err, "%s: %s", (const char *)n->name, why);
}

/* The name without a prefix, also one that is not declared and hence stands in the name. */
static const char *local_name(const xmlNode *n)
{
    const char *name = (const char *)n->name, *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

static bool is_named(struct reader *r, const xmlNode *n, const char *name)
{
    if (n->type != XML_ELEMENT_NODE || !name || strcmp(local_name(n), name) != 0)
        return false;
    if (!r->has_stray_prefix && strchr((const char *)n->name, ':')) {
        r->has_stray_prefix = true;
        defect(r, n, "its prefix is not declared", name);
    }
    return true;
}

static const xmlNode *child(struct reader *r, const xmlNode *n, const char *name)
{
    for (const xmlNode *c = n ? n->children : NULL; c; c = c->next)
        if (is_named(r, c, name))
            return c;
    return NULL;
}

/* What stands in an element itself; elements inside of it are not its text. Lives as long as the tree. */
static struct str content(struct reader *r, const xmlNode *n)
{
    struct buf b = buf_in(r->a);

    /* An attachment is one text nearly always, and too large to be copied for nothing. */
    if (n->children && !n->children->next && n->children->type == XML_TEXT_NODE)
        return str_trim(str_of((const char *)n->children->content));
    for (const xmlNode *c = n->children; c; c = c->next)
        if ((c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) && c->content)
            buf_put(&b, str_of((const char *)c->content));
    return str_trim(buf_str(&b));
}

static enum err text(struct reader *r, const xmlNode *n, struct str *ret)
{
    struct str s = content(r, n);
    char *p = ARENA_ARRAY(r->a, char, s.n + 1);

    if (s.n > EDXML_TEXT_MAX)
        return refuse(r, n, ERR_LIMIT, "too long");
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] == '\r' ? '\n' : s.p[i];
    s.p = p;
    if (!text_is_utf8(s) || text_has_control(s))
        return refuse(r, n, ERR_INVALID, "a character that no text has");
    *ret = str_trim(s);
    return OK;
}

/* ---- values ---- */

/* yyyy/MM/dd; a program that writes another form is understood. */
static bool day_of(struct reader *r, const xmlNode *n, const char *name, struct str s, struct date *ret)
{
    char iso[DATE_TEXT];
    struct date d;

    if (s.n == DATE_TEXT) {
        for (size_t i = 0; i < DATE_TEXT; i++)
            iso[i] = s.p[i] == '/' ? '-' : s.p[i];
        if (!date_parse((struct str){iso, DATE_TEXT}, &d) && d.day && date_cmp(d, DATE_NEVER) != 0) {
            *ret = d;
            if (s.p[4] != '/')
                defect(r, n, "a date in another form", name);
            return true;
        }
    }
    if (!date_parse_typed(s, &d) && d.day) {
        *ret = d;
        defect(r, n, "a date in another form", name);
        return true;
    }
    defect(r, n, "not a date", name);
    return false;
}

static void time_of(struct reader *r, const xmlNode *n, const char *name, struct str s, struct local *ret)
{
    struct local t;
    struct date d = {0};
    struct str clock = str_sub(s, DATE_TEXT + 1, s.n);

    if (s.n <= DATE_TEXT || (s.p[DATE_TEXT] != ' ' && s.p[DATE_TEXT] != 'T')) {
        defect(r, n, "not a time", name);
        return;
    }
    if (!day_of(r, n, name, str_sub(s, 0, DATE_TEXT), &d))
        return;
    if (local_parse(str_format(r->a, "%" PRIstr "T%" PRIstr, STR_ARG(date_iso(r->a, d)), STR_ARG(clock)), &t)) {
        defect(r, n, "not a time", name);
        return;
    }
    t.ms_of_day -= t.ms_of_day % 1000; /* the standard knows seconds only */
    *ret = t;
}

static enum err value(struct reader *r, const xmlNode *n, const struct edxml_field *f, void *p)
{
    struct str s;
    int64_t number;
    enum err err = text(r, n, &s);

    if (err || !s.n)
        return err;
    switch (f->kind) {
    case EDXML_TEXT: *(struct str *)p = s; break;
    case EDXML_DATE: (void)day_of(r, n, f->name, s, p); break;
    case EDXML_TIME: time_of(r, n, f->name, s, p); break;
    case EDXML_NUMBER:
    case EDXML_CHOICE:
    case EDXML_CODE:
        if (str_parse_int(s, 0, INT32_MAX, &number))
            defect(r, n, "not a number", f->name);
        else
            *(int64_t *)p = number;
        break;
    case EDXML_GROUP:
    case EDXML_LIST:
    case EDXML_TEXTS: BUG("%s is no value", f->name);
    }
    return OK;
}

/* ---- the tables ---- */

static enum err read_shape(struct reader *r, const xmlNode *n, const struct edxml_shape *shape, void *base);

static bool is_field(struct reader *r, const xmlNode *n, const struct edxml_field *f)
{
    return is_named(r, n, f->name) || is_named(r, n, f->other_name);
}

static enum err read_list(struct reader *r, const xmlNode *n, const struct edxml_field *f, void *base)
{
    struct edxml_list list = {0};
    size_t size = f->shape ? f->shape->size : sizeof(struct str), count = 0;
    enum err err = OK;

    for (const xmlNode *c = n->children; c; c = c->next)
        count += is_field(r, c, f);
    if (count > EDXML_LIST_MAX)
        return refuse(r, n, ERR_LIMIT, "too many elements");
    list.p = arena_alloc(r->a, count, size, alignof(max_align_t));
    for (const xmlNode *c = n->children; c && !err; c = c->next) {
        if (!is_field(r, c, f))
            continue;
        char *item = (char *)list.p + list.n * size;
        if (f->shape)
            err = read_shape(r, c, f->shape, item);
        else
            err = text(r, c, (struct str *)(void *)item);
        /* An empty element says nothing; its place is taken by the next. */
        list.n += f->shape ? !edxml_is_empty(f->shape, item) : ((struct str *)(void *)item)->n > 0;
    }
    if (!err)
        edxml_list_set(base, f, list);
    return err;
}

static enum err read_field(struct reader *r, const xmlNode *n, const struct edxml_field *f, void *base)
{
    bool is_seen = false;
    enum err err = OK;

    if (f->kind == EDXML_LIST || f->kind == EDXML_TEXTS)
        return read_list(r, n, f, base);
    for (const xmlNode *c = n->children; c && !err; c = c->next) {
        if (!is_field(r, c, f))
            continue;
        if (is_seen)
            defect(r, c, "said twice, the first holds", f->name);
        else if (f->kind == EDXML_GROUP)
            err = read_shape(r, c, f->shape, (char *)base + f->at);
        else
            err = value(r, c, f, (char *)base + f->at);
        is_seen = true;
    }
    return err;
}

static void note_unknown(struct reader *r, const xmlNode *n, const struct edxml_shape *shape)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        bool is_known = c->type != XML_ELEMENT_NODE;
        for (size_t i = 0; i < shape->field_count && !is_known; i++)
            is_known = is_field(r, c, &shape->field[i]);
        if (!is_known)
            defect(r, c, "not an element of the standard here", local_name(c));
    }
}

static enum err read_shape(struct reader *r, const xmlNode *n, const struct edxml_shape *shape, void *base)
{
    enum err err = OK;

    for (size_t i = 0; i < shape->field_count && !err; i++)
        err = read_field(r, n, &shape->field[i], base);
    if (err)
        return err;
    note_unknown(r, n, shape);
    /* Only of what says something: many programs write empty elements for what they do not mean. */
    for (size_t i = 0; i < shape->field_count && !edxml_is_empty(shape, base); i++)
        if (shape->field[i].is_mandatory && shape->field[i].kind != EDXML_GROUP &&
            edxml_field_is_empty(&shape->field[i], base))
            defect(r, n, "mandatory and not said", shape->field[i].name);
    return OK;
}

static void missing_groups(struct reader *r, const xmlNode *n, const struct edxml_shape *shape, const void *base)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (shape->field[i].is_mandatory && shape->field[i].kind == EDXML_GROUP &&
            edxml_field_is_empty(&shape->field[i], base))
            defect(r, n, "mandatory and not said", shape->field[i].name);
}

/* ---- attachments ---- */

static struct str content_id(struct str s)
{
    return str_has_prefix(s, STR("cid:")) ? str_sub(s, 4, s.n) : s;
}

static enum err described(struct reader *r, const xmlNode *n, struct edxml_attachment *ret)
{
    static const struct {
        const char *name;
        size_t at;
    } PART[] = {
        {"ContentId", offsetof(struct edxml_attachment, content_id)},
        {"AttachmentName", offsetof(struct edxml_attachment, name)},
        {"ContentType", offsetof(struct edxml_attachment, media)},
        {"Description", offsetof(struct edxml_attachment, description)},
    };

    for (size_t i = 0; i < sizeof PART / sizeof *PART; i++) {
        const xmlNode *c = child(r, n, PART[i].name);
        enum err err = c ? text(r, c, (struct str *)(void *)((char *)ret + PART[i].at)) : OK;
        if (err)
            return err;
    }
    ret->content_id = content_id(ret->content_id);
    return OK;
}

static struct edxml_attachment *attachment_of(struct edxml *m, struct str id)
{
    for (size_t i = 0; i < m->attachment_count; i++)
        if (id.n && str_eq(m->attachment[i].content_id, id))
            return &m->attachment[i];
    return NULL;
}

static enum err add_attachment(struct reader *r, const xmlNode *n, const struct edxml_attachment *x)
{
    if (r->out->attachment_count == EDXML_ATTACHMENTS_MAX)
        return refuse(r, n, ERR_LIMIT, "too many attachments");
    r->out->attachment[r->out->attachment_count++] = *x;
    return OK;
}

static enum err read_attachment(struct reader *r, const xmlNode *n)
{
    struct edxml_attachment x = {0};
    const xmlNode *encoded = child(r, n, "ContentTransferEncoded");
    enum err err = described(r, n, &x);

    if (err)
        return err;
    if (attachment_of(r->out, x.content_id)) {
        defect(r, n, "said twice, the first holds", "Attachment");
        return OK;
    }
    x.bytes = STR("");
    if (!encoded || base64_decode(r->a, content(r, encoded), &x.bytes)) {
        defect(r, encoded ? encoded : n, "not base64", "ContentTransferEncoded");
        x.is_missing = true;
    }
    return add_attachment(r, n, &x);
}

/* What the manifest says of an attachment that is there fills what the attachment does not say itself. */
static enum err read_manifest_line(struct reader *r, const xmlNode *n)
{
    struct edxml_attachment x = {.bytes = STR(""), .is_missing = true};
    enum err err = described(r, n, &x);

    if (err)
        return err;
    struct edxml_attachment *there = attachment_of(r->out, x.content_id);
    if (!there) {
        defect(r, n, "no attachment of that id", "Reference");
        return add_attachment(r, n, &x);
    }
    there->name = there->name.n ? there->name : x.name;
    there->media = there->media.n ? there->media : x.media;
    there->description = there->description.n ? there->description : x.description;
    return OK;
}

static enum err read_attachments(struct reader *r, const xmlNode *root, const xmlNode *envelope)
{
    const xmlNode *manifest = child(r, child(r, envelope, "edXMLBody"), "edXMLManifest");
    const xmlNode *encoded = child(r, root, "AttachmentEncoded");
    enum err err = OK;

    r->out->attachment = ARENA_ARRAY(r->a, struct edxml_attachment, EDXML_ATTACHMENTS_MAX);
    for (const xmlNode *c = encoded ? encoded->children : NULL; c && !err; c = c->next)
        if (is_named(r, c, "Attachment"))
            err = read_attachment(r, c);
    for (const xmlNode *c = manifest ? manifest->children : NULL; c && !err; c = c->next)
        if (is_named(r, c, "Reference"))
            err = read_manifest_line(r, c);
    return err;
}

/* ---- the message ---- */

static enum err read_signature(struct reader *r, const xmlNode *header)
{
    const xmlNode *n = child(r, header, "Signature");

    if (!n)
        n = child(r, header, "DigitalSignature");
    if (!n)
        return OK;
    xmlBuffer *bytes = xmlBufferCreate();
    xmlNode *own = xmlDocCopyNode((xmlNode *)n, n->doc, 1); /* brings the namespaces that it needs */
    enum err err = OK;
    if (!bytes || !own || xmlNodeDump(bytes, n->doc, own, 0, 0) < 0)
        err = refuse(r, n, ERR_LIMIT, "cannot be copied");
    else if (xmlBufferLength(bytes) > EDXML_SIGNATURE_MAX)
        err = refuse(r, n, ERR_LIMIT, "too long");
    else
        r->out->signature = str_copy(r->a, str_of((const char *)xmlBufferContent(bytes)));
    xmlFreeNode(own);
    xmlBufferFree(bytes);
    return err;
}

static enum err read_status(struct reader *r, const xmlNode *header, const xmlNode *message)
{
    struct edxml_status *s = &r->out->status;
    const xmlNode *errors = child(r, header, "ErrorList");
    enum err err = read_shape(r, message, &EDXML_STATUS_HEADER, s);

    r->out->is_status = true;
    if (!err && errors)
        err = read_shape(r, errors, &EDXML_STATUS_ERRORS, s);
    if (err)
        return err;
    missing_groups(r, message, &EDXML_STATUS_HEADER, s);
    if (s->code && !edxml_is_status_code(s->code))
        defect(r, message, "not a code of the standard", "StatusCode");
    return OK;
}

static enum err read_document(struct reader *r, const xmlNode *header, const xmlNode *message)
{
    struct edxml_document *d = &r->out->document;
    const xmlNode *traces = child(r, header, "TraceHeaderList"), *errors = child(r, header, "ErrorList");
    enum err err = read_shape(r, message, &EDXML_MESSAGE_HEADER, d);

    if (!err && traces)
        err = read_shape(r, traces, &EDXML_TRACES, d);
    if (!err && errors)
        err = read_shape(r, errors, &EDXML_ERRORS, d);
    if (err)
        return err;
    missing_groups(r, message, &EDXML_MESSAGE_HEADER, d);
    if (d->bussiness.type >= EDXML_BUSINESS__COUNT)
        return refuse(r, traces, ERR_INVALID, "a BussinessDocType that is none");
    return OK;
}

static enum err read_message(struct reader *r, const xmlNode *root)
{
    const xmlNode *envelope, *header, *message;

    if (!root || !is_named(r, root, "edXML"))
        return fault_at(r->a, r->fault, 0, ERR_INVALID, "not edXML: another element at the top");
    if (!root->ns || strcmp((const char *)root->ns->href, EDXML_NAMESPACE) != 0)
        defect(r, root, "not of the standard's namespace", "edXML");
    envelope = child(r, root, "edXMLEnvelope");
    header = child(r, envelope, "edXMLHeader");
    message = child(r, header, "MessageHeader");
    if (!message)
        message = child(r, header, "Status");
    if (!message)
        return refuse(r, root, ERR_INVALID, "no edXMLEnvelope with edXMLHeader and MessageHeader");
    bool is_status = is_named(r, message, "Status") || child(r, message, "StatusCode");
    enum err err = is_status ? read_status(r, header, message) : read_document(r, header, message);
    if (!err)
        err = read_signature(r, header);
    return err ? err : read_attachments(r, root, envelope);
}

enum err edxml_read(struct arena *a, struct str bytes, struct edxml *ret, struct fault *ret_fault)
{
    struct edxml out = {.signature = STR(""), .defect = ARENA_ARRAY(a, struct fault, EDXML_DEFECTS_MAX)};
    struct reader r = {.a = a, .out = &out, .fault = ret_fault};
    xmlDoc *doc = NULL;

    if (bytes.n > EDXML_SIZE_MAX)
        return fault_at(a, ret_fault, 0, ERR_LIMIT, "larger than %d bytes", EDXML_SIZE_MAX);
    enum err err = parse(&r, bytes, &doc);
    if (err)
        return err;
    err = read_message(&r, xmlDocGetRootElement(doc));
    xmlFreeDoc(doc);
    if (!err)
        *ret = out;
    return err;
}
