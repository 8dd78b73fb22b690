#include "format/edxml.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/text.h"
#include "format/base64.h"
#include "format/edxml_shape.h"

struct writer {
    struct arena *a;
    struct buf out;
    struct fault *fault;
};

struct str edxml_document_id(struct arena *a, struct str organ, struct date promulgated_on, struct str code)
{
    struct civil c = date_civil(promulgated_on);

    return str_format(a, "%" PRIstr ",%04d/%02d/%02d,%" PRIstr, STR_ARG(organ), c.year, c.month, c.day, STR_ARG(code));
}

bool edxml_is_status_code(int64_t code)
{
    return (code >= EDXML_ARRIVED && code <= EDXML_FINISHED) || code == EDXML_TAKE_BACK || code == EDXML_AGREED ||
           code == EDXML_DISAGREED;
}

struct edxml edxml_answer(struct arena *a, const struct edxml_document *got, const struct edxml_organ *from,
                          enum edxml_status_code code, struct str description, struct local at)
{
    struct str code_of_it = got->number;
    struct edxml_status s = {.from = *from, .code = code, .description = description, .at = at};

    if (got->notation.n)
        code_of_it = str_format(a, "%" PRIstr "/%" PRIstr, STR_ARG(got->number), STR_ARG(got->notation));
    s.response_for = (struct edxml_reference){got->from.id, code_of_it, got->promulgated_on, got->document_id};
    return (struct edxml){.is_status = true, .status = s};
}

static enum err refuse(struct writer *w, enum err err, const char *name, const char *why)
{
    return fault_at(w->a, w->fault, 0, err, "%s: %s", name, why);
}

static void begin(struct writer *w, const char *name)
{
    buf_format(&w->out, "<edXML:%s>", name);
}

static void end(struct writer *w, const char *name)
{
    buf_format(&w->out, "</edXML:%s>\n", name);
}

static void escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '&': buf_put(b, STR("&amp;")); break;
        case '<': buf_put(b, STR("&lt;")); break;
        case '>': buf_put(b, STR("&gt;")); break;
        case '"': buf_put(b, STR("&quot;")); break;
        default: buf_char(b, s.p[i]);
        }
    }
}

static enum err text(struct writer *w, const char *name, struct str s)
{
    s = str_trim(s);
    if (s.n > EDXML_TEXT_MAX)
        return refuse(w, ERR_LIMIT, name, "too long");
    /* XML has no U+FFFE and U+FFFF. */
    if (!text_is_utf8(s) || text_has_control(s) || str_find(s, STR("\xef\xbf\xbe")) != STR_NONE ||
        str_find(s, STR("\xef\xbf\xbf")) != STR_NONE)
        return refuse(w, ERR_INVALID, name, "a character that cannot stand in XML");
    begin(w, name);
    escaped(&w->out, s);
    end(w, name);
    return OK;
}

static enum err number(struct writer *w, const struct edxml_field *f, int64_t n)
{
    if (n < 0 || n > INT32_MAX)
        return refuse(w, ERR_INVALID, f->name, "not a number of the standard");
    begin(w, f->name);
    buf_format(&w->out, f->kind == EDXML_CODE ? "%02d" : "%d", (int)n);
    end(w, f->name);
    return OK;
}

static bool is_day(struct date d)
{
    return date_cmp(d, DATE_MIN) >= 0 && date_cmp(d, DATE_MAX) <= 0;
}

static enum err moment(struct writer *w, const struct edxml_field *f, struct date d, const struct local *t)
{
    if (!is_day(d) || (t && (t->ms_of_day < 0 || t->ms_of_day >= 86400000)))
        return refuse(w, ERR_INVALID, f->name, "not a day of the calendar");
    struct civil c = date_civil(d);
    begin(w, f->name);
    buf_format(&w->out, "%04d/%02d/%02d", c.year, c.month, c.day);
    if (t)
        buf_format(&w->out, " %02d:%02d:%02d", t->ms_of_day / 3600000, t->ms_of_day / 60000 % 60,
                   t->ms_of_day / 1000 % 60);
    end(w, f->name);
    return OK;
}

/* ---- the tables ---- */

static enum err write_shape(struct writer *w, const struct edxml_shape *shape, const void *base);

static enum err write_group(struct writer *w, const char *name, const struct edxml_shape *shape, const void *base)
{
    begin(w, name);
    buf_char(&w->out, '\n');
    enum err err = write_shape(w, shape, base);
    end(w, name);
    return err;
}

static enum err write_list(struct writer *w, const struct edxml_field *f, const void *base)
{
    struct edxml_list list = edxml_list_of(base, f);
    enum err err = OK;

    if (list.n > EDXML_LIST_MAX)
        return refuse(w, ERR_LIMIT, f->name, "too many");
    for (size_t i = 0; i < list.n && !err; i++) {
        if (f->kind == EDXML_TEXTS) {
            struct str s = ((const struct str *)list.p)[i];
            err = str_trim(s).n ? text(w, f->name, s) : refuse(w, ERR_INVALID, f->name, "says nothing");
        } else {
            const char *item = (const char *)list.p + i * f->shape->size;
            err = edxml_is_empty(f->shape, item) ? refuse(w, ERR_INVALID, f->name, "says nothing")
                                                 : write_group(w, f->name, f->shape, item);
        }
    }
    return err;
}

static enum err write_field(struct writer *w, const struct edxml_field *f, const void *base)
{
    const void *p = (const char *)base + f->at;
    bool is_empty = edxml_field_is_empty(f, base);

    if (f->kind == EDXML_TEXT)
        is_empty = !str_trim(*(const struct str *)p).n;
    if (is_empty && f->is_mandatory && f->kind != EDXML_GROUP)
        return refuse(w, ERR_INVALID, f->name, "mandatory and not said");
    if (is_empty && !f->is_mandatory && f->kind != EDXML_CHOICE)
        return OK;
    switch (f->kind) {
    case EDXML_TEXT: return text(w, f->name, *(const struct str *)p);
    case EDXML_NUMBER:
    case EDXML_CHOICE:
    case EDXML_CODE: return number(w, f, *(const int64_t *)p);
    case EDXML_DATE: return moment(w, f, *(const struct date *)p, NULL);
    case EDXML_TIME: return moment(w, f, ((const struct local *)p)->date, p);
    case EDXML_GROUP: return write_group(w, f->name, f->shape, p);
    case EDXML_LIST:
    case EDXML_TEXTS: return write_list(w, f, base);
    }
    return OK;
}

static enum err write_shape(struct writer *w, const struct edxml_shape *shape, const void *base)
{
    enum err err = OK;

    for (size_t i = 0; i < shape->field_count && !err; i++)
        err = write_field(w, &shape->field[i], base);
    return err;
}

/* ---- the signature ---- */

static void quiet(void *arg, xmlErrorPtr error)
{
    (void)arg;
    (void)error;
}

/* One element of that name, whole: what is put in must not be able to end the header. */
static bool is_signature(struct str s)
{
    if (s.n < 2 || s.p[0] != '<' || s.p[1] == '?' || s.p[1] == '!' || s.n > EDXML_SIGNATURE_MAX ||
        str_find(s, STR("<!")) != STR_NONE || !text_is_utf8(s))
        return false;
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (!parser)
        return false;
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_arg = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, quiet);
    xmlDoc *doc = xmlCtxtReadMemory(parser, s.p, (int)s.n, NULL, "UTF-8",
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    struct str name = root ? str_of((const char *)root->name) : STR("");
    bool is_one = str_eq(name, STR("Signature")) || str_eq(name, STR("DigitalSignature")) ||
                  str_has_suffix(name, STR(":DigitalSignature"));
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(parser);
    xmlSetStructuredErrorFunc(old_arg, old);
    return is_one;
}

static enum err write_signature(struct writer *w, struct str signature)
{
    signature = str_trim(signature);
    if (signature.n && !is_signature(signature))
        return refuse(w, ERR_INVALID, "Signature", "not one element of that name");
    buf_put(&w->out, signature);
    return OK;
}

/* ---- attachments ---- */

static enum err about_attachment(struct writer *w, const struct edxml_attachment *x)
{
    struct str id = str_format(w->a, "cid:%" PRIstr, STR_ARG(str_trim(x->content_id)));
    enum err err = text(w, "ContentId", id);

    if (!err)
        err = text(w, "AttachmentName", x->name);
    if (!err)
        err = text(w, "ContentType", x->media);
    if (!err && str_trim(x->description).n)
        err = text(w, "Description", x->description);
    return err;
}

static enum err write_manifest(struct writer *w, const struct edxml *m)
{
    enum err err = OK;

    if (!m->attachment_count)
        return OK;
    buf_put(&w->out, STR("<edXML:edXMLBody>\n<edXML:edXMLManifest version=\"1.0\">\n"));
    for (size_t i = 0; i < m->attachment_count && !err; i++) {
        buf_put(&w->out, STR("<edXML:Reference xlink:href=\"cid:"));
        escaped(&w->out, str_trim(m->attachment[i].content_id));
        buf_put(&w->out, STR("\">\n"));
        err = about_attachment(w, &m->attachment[i]);
        end(w, "Reference");
    }
    end(w, "edXMLManifest");
    end(w, "edXMLBody");
    return err;
}

static enum err write_attachments(struct writer *w, const struct edxml *m)
{
    enum err err = OK;

    if (!m->attachment_count)
        return OK;
    buf_put(&w->out, STR("<edXML:AttachmentEncoded>\n"));
    for (size_t i = 0; i < m->attachment_count && !err; i++) {
        begin(w, "Attachment");
        err = about_attachment(w, &m->attachment[i]);
        begin(w, "ContentTransferEncoded");
        buf_put(&w->out, base64_encode(w->a, m->attachment[i].bytes));
        end(w, "ContentTransferEncoded");
        end(w, "Attachment");
    }
    end(w, "AttachmentEncoded");
    return err;
}

static enum err check_attachments(struct writer *w, const struct edxml *m)
{
    if (m->attachment_count > EDXML_ATTACHMENTS_MAX)
        return refuse(w, ERR_LIMIT, "Attachment", "too many");
    for (size_t i = 0; i < m->attachment_count; i++) {
        const struct edxml_attachment *x = &m->attachment[i];
        struct str id = str_trim(x->content_id);
        if (!id.n || !str_trim(x->name).n || !str_trim(x->media).n)
            return refuse(w, ERR_INVALID, "Attachment", "needs an id, a name and a type");
        if (str_has_prefix(id, STR("cid:")) || memchr(id.p, '\n', id.n) || memchr(id.p, '\t', id.n))
            return refuse(w, ERR_INVALID, "ContentId", "not an id");
        if (x->is_missing)
            return refuse(w, ERR_INVALID, "Attachment", "is not there");
        if (x->bytes.n > EDXML_SIZE_MAX)
            return refuse(w, ERR_LIMIT, "Attachment", "too large");
        for (size_t k = 0; k < i; k++)
            if (str_eq(str_trim(m->attachment[k].content_id), id))
                return refuse(w, ERR_INVALID, "ContentId", "of two attachments");
    }
    return OK;
}

/* ---- the message ---- */

static enum err write_header(struct writer *w, const struct edxml *m)
{
    const struct edxml_document *d = &m->document;
    const struct edxml_status *s = &m->status;
    enum err err = m->is_status ? write_group(w, "MessageHeader", &EDXML_STATUS_HEADER, s)
                                : write_group(w, "MessageHeader", &EDXML_MESSAGE_HEADER, d);

    if (!err && !m->is_status)
        err = write_group(w, "TraceHeaderList", &EDXML_TRACES, d);
    if (!err)
        err = write_signature(w, m->signature);
    if (!err && m->is_status && s->error_count)
        err = write_group(w, "ErrorList", &EDXML_STATUS_ERRORS, s);
    if (!err && !m->is_status && d->error_count)
        err = write_group(w, "ErrorList", &EDXML_ERRORS, d);
    return err;
}

static enum err check(struct writer *w, const struct edxml *m)
{
    int64_t business = m->document.bussiness.type;

    if (m->is_status && !edxml_is_status_code(m->status.code))
        return refuse(w, ERR_INVALID, "StatusCode", "not a code of the standard");
    if (!m->is_status && (business < 0 || business >= EDXML_BUSINESS__COUNT))
        return refuse(w, ERR_INVALID, "BussinessDocType", "none of 0 to 3");
    if (!m->is_status && !m->document.to_count)
        return refuse(w, ERR_INVALID, "To", "mandatory and not said");
    return check_attachments(w, m);
}

enum err edxml_write(struct arena *a, const struct edxml *message, struct str *ret, struct fault *ret_fault)
{
    struct writer w = {.a = a, .out = buf_in(a), .fault = ret_fault};
    enum err err = check(&w, message);

    if (err)
        return err;
    buf_put(&w.out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<edXML xmlns=\"" EDXML_NAMESPACE "\" xmlns:edXML=\"" EDXML_NAMESPACE "\""
                        " xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n<edXML:edXMLEnvelope>\n<edXML:edXMLHeader>\n"));
    err = write_header(&w, message);
    end(&w, "edXMLHeader");
    if (!err)
        err = write_manifest(&w, message);
    end(&w, "edXMLEnvelope");
    if (!err)
        err = write_attachments(&w, message);
    buf_put(&w.out, STR("</edXML>\n"));
    if (!err && w.out.n > EDXML_SIZE_MAX)
        return refuse(&w, ERR_LIMIT, "edXML", "larger than the standard's carriers take");
    if (!err)
        *ret = buf_str(&w.out);
    return err;
}
