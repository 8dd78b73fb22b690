#include "format/docx_text.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <zip.h>

enum { WINDOW = 16 * 1024, SPACES_MAX = 100 };

/* What an element does to the text around it. */
enum role { R_NONE, R_TEXT, R_PARAGRAPH, R_TAB, R_BREAK, R_SPACES, R_SKIP };

struct element {
    const char *name;
    enum role role;
};

static const struct element WORD[] = {
    {"t", R_TEXT}, {"p", R_PARAGRAPH}, {"tab", R_TAB}, {"br", R_BREAK}, {"cr", R_BREAK},
    {"tabs", R_SKIP},     /* where tabs stop, not tabs */
    {"Fallback", R_SKIP}, /* says once more what its choice said */
    {NULL, R_NONE},
};
static const struct element OPEN_DOCUMENT[] = {
    {"p", R_PARAGRAPH}, {"h", R_PARAGRAPH}, {"tab", R_TAB}, {"line-break", R_BREAK}, {"s", R_SPACES},
    {"tracked-changes", R_SKIP}, {"annotation", R_SKIP}, {NULL, R_NONE},
};

struct reader {
    struct arena *a;
    struct fault *fault;
    struct buf out;
    bool is_cut, is_word;
    size_t text_depth, skip_depth; /* of elements that are open now */
    xmlParserCtxtPtr parser;
    const char *broken; /* a literal */
};

/* ---- the XML of a part ---- */

static void put(struct reader *r, struct str s)
{
    size_t room = DOCX_TEXT_MAX - r->out.n;

    if (s.n > room) {
        r->is_cut = true;
        /* Between two characters: a byte 10xxxxxx goes on with the one before. */
        for (s.n = room; s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80;)
            s.n--;
    }
    if (!r->is_cut || s.n)
        buf_put(&r->out, s);
}

/* A space or line end, of which no two follow each other. */
static void put_gap(struct reader *r, char c)
{
    char last = r->out.n ? r->out.p[r->out.n - 1] : '\n';

    if (last != '\n' && last != c && !r->is_cut)
        put(r, (struct str){&c, 1});
}

static enum role role_of(const struct reader *r, const xmlChar *name, const xmlChar *uri)
{
    const char *space = uri ? (const char *)uri : "";
    bool is_known = r->is_word ? strstr(space, "wordprocessingml") || strstr(space, "markup-compatibility")
                               : strstr(space, "opendocument:xmlns:text") || strstr(space, "opendocument:xmlns:office");

    for (const struct element *e = r->is_word ? WORD : OPEN_DOCUMENT; is_known && e->name; e++)
        if (strcmp(e->name, (const char *)name) == 0)
            return e->role;
    return R_NONE;
}

static bool is_text(const struct reader *r, enum role role)
{
    return role == R_TEXT || (role == R_PARAGRAPH && !r->is_word);
}

static void on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
                     const xmlChar **space, int attributes, int defaulted, const xmlChar **attribute)
{
    struct reader *r = arg;
    enum role role = role_of(r, name, uri);

    (void)prefix, (void)spaces, (void)space, (void)attributes, (void)defaulted, (void)attribute;
    r->skip_depth += role == R_SKIP;
    r->text_depth += is_text(r, role);
    if (r->skip_depth)
        return;
    if (role == R_TAB || role == R_SPACES)
        put_gap(r, ' ');
    else if (role == R_BREAK)
        put_gap(r, '\n');
}

static void on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *r = arg;
    enum role role = role_of(r, name, uri);

    (void)prefix;
    r->skip_depth -= role == R_SKIP;
    r->text_depth -= is_text(r, role);
    if (role == R_PARAGRAPH && !r->skip_depth)
        put_gap(r, '\n');
}

static void on_text(void *arg, const xmlChar *p, int n)
{
    struct reader *r = arg;

    if (r->text_depth && !r->skip_depth && !r->is_cut)
        put(r, (struct str){(const char *)p, (size_t)n});
}

static void on_doctype(void *arg, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    struct reader *r = arg;

    (void)name, (void)id, (void)system;
    r->broken = "a DOCTYPE";
    xmlStopParser(r->parser);
}

static void quiet(void *arg, xmlErrorPtr error)
{
    (void)arg;
    (void)error;
}

/* ---- the parts ---- */

static enum err refuse(struct reader *r, enum err err, const char *why)
{
    return fault_at(r->a, r->fault, 0, err, "%s", why);
}

static enum err feed(struct reader *r, zip_file_t *part)
{
    char window[WINDOW];
    size_t total = 0;
    zip_int64_t n;

    while ((n = zip_fread(part, window, sizeof window)) > 0) {
        total += (size_t)n;
        if (total > DOCX_TEXT_PART_MAX)
            return refuse(r, ERR_LIMIT, "a part is too large, unpacked");
        if (xmlParseChunk(r->parser, window, (int)n, 0) || r->broken)
            return refuse(r, ERR_INVALID, r->broken ? r->broken : "a part is not XML");
        if (r->is_cut)
            return OK;
    }
    if (n < 0)
        return refuse(r, ERR_INVALID, "a part cannot be unpacked");
    if (xmlParseChunk(r->parser, NULL, 0, 1) || r->broken)
        return refuse(r, ERR_INVALID, r->broken ? r->broken : "a part is not XML");
    return OK;
}

static enum err read_part(struct reader *r, zip_t *zip, zip_uint64_t at)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end,
                         .characters = on_text, .cdataBlock = on_text, .internalSubset = on_doctype};
    zip_file_t *part = zip_fopen_index(zip, at, 0);

    if (!part)
        return refuse(r, ERR_INVALID, "a part cannot be opened");
    r->text_depth = r->skip_depth = 0;
    r->parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
    enum err err = ERR_LIMIT;
    if (r->parser) {
        xmlCtxtUseOptions(r->parser, XML_PARSE_NONET);
        err = feed(r, part);
        xmlFreeParserCtxt(r->parser);
    }
    zip_fclose(part);
    put_gap(r, '\n');
    return err;
}

/* Body, heads, feet and notes of a DOCX. */
static bool is_word_part(struct str name)
{
    return str_eq(name, STR("word/document.xml")) ||
           (str_has_suffix(name, STR(".xml")) &&
            (str_has_prefix(name, STR("word/header")) || str_has_prefix(name, STR("word/footer")) ||
             str_eq(name, STR("word/footnotes.xml")) || str_eq(name, STR("word/endnotes.xml"))));
}

static enum err check_part(struct reader *r, const zip_stat_t *s)
{
    if (!(s->valid & ZIP_STAT_SIZE) || s->size > DOCX_TEXT_PART_MAX)
        return refuse(r, ERR_LIMIT, "a part is too large, unpacked");
    if (s->valid & ZIP_STAT_ENCRYPTION_METHOD && s->encryption_method != ZIP_EM_NONE)
        return refuse(r, ERR_INVALID, "locked with a password");
    if (!(s->valid & ZIP_STAT_COMP_METHOD) || (s->comp_method != ZIP_CM_STORE && s->comp_method != ZIP_CM_DEFLATE))
        return refuse(r, ERR_INVALID, "packed in a way that Office files are not");
    return OK;
}

static enum err read_parts(struct reader *r, zip_t *zip)
{
    zip_int64_t count = zip_get_num_entries(zip, 0);
    size_t done = 0;
    enum err err = OK;

    for (zip_int64_t i = 0; i < count && !err && !r->is_cut; i++) {
        zip_stat_t s;
        zip_stat_init(&s);
        if (zip_stat_index(zip, (zip_uint64_t)i, 0, &s) || !(s.valid & ZIP_STAT_NAME))
            continue;
        struct str name = str_of(s.name);
        if (r->is_word ? !is_word_part(name) : !str_eq(name, STR("content.xml")))
            continue;
        if (++done > DOCX_TEXT_PARTS_MAX)
            return refuse(r, ERR_LIMIT, "too many parts");
        err = check_part(r, &s);
        if (!err)
            err = read_part(r, zip, (zip_uint64_t)i);
    }
    return err;
}

static enum err read_zip(struct reader *r, zip_t *zip)
{
    r->is_word = zip_name_locate(zip, "word/document.xml", 0) >= 0;
    if (!r->is_word && zip_name_locate(zip, "content.xml", 0) < 0)
        return refuse(r, ERR_INVALID, "neither a DOCX nor an ODT");
    return read_parts(r, zip);
}

enum err docx_text(struct arena *a, struct str bytes, struct str *ret, bool *ret_is_cut, struct fault *ret_fault)
{
    struct reader r = {.a = a, .fault = ret_fault, .out = buf_in(a)};
    zip_error_t error;

    if (bytes.n > DOCX_TEXT_FILE_MAX)
        return refuse(&r, ERR_LIMIT, "the file is too large");
    if (!str_has_prefix(bytes, STR("PK")))
        return refuse(&r, ERR_INVALID, "not a ZIP file");
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    zip_error_fini(&error);
    if (!zip) {
        zip_source_free(source);
        return refuse(&r, ERR_INVALID, "not a ZIP file");
    }
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_arg = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, quiet);
    enum err err = read_zip(&r, zip);
    xmlSetStructuredErrorFunc(old_arg, old);
    zip_discard(zip);
    if (err)
        return err;
    *ret = str_trim(buf_str(&r.out));
    if (ret_is_cut)
        *ret_is_cut = r.is_cut;
    return OK;
}
