#include "format/xlsx_read.h"

#include "calendar/date.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <zip.h>

enum { STYLES_MAX = 4096, LETTERS = 26 };

struct book {
    struct arena *a;
    struct fault *fault;
    zip_t *zip;
    struct str *shared;
    size_t shared_count;
    bool is_day[STYLES_MAX];     /* by style: does it show a day? */
    size_t styles;
};

static enum err refuse(struct book *b, enum err err, const char *why)
{
    return fault_at(b->a, b->fault, 0, err, "%s", why);
}

bool xlsx_is(struct str bytes)
{
    return str_has_prefix(bytes, STR("PK\x03\x04"));
}

/* ---- parts ---- */

static bool is_sound(const zip_stat_t *s)
{
    return (s->valid & ZIP_STAT_COMP_METHOD) && (s->comp_method == ZIP_CM_STORE || s->comp_method == ZIP_CM_DEFLATE) &&
           !(s->valid & ZIP_STAT_ENCRYPTION_METHOD && s->encryption_method != ZIP_EM_NONE);
}

/* *ret stays NULL when there is no such part. */
static enum err part(struct book *b, const char *name, xmlDocPtr *ret)
{
    zip_int64_t at = zip_name_locate(b->zip, name, 0);
    zip_stat_t s;

    zip_stat_init(&s);
    if (at < 0)
        return OK;
    if (zip_stat_index(b->zip, (zip_uint64_t)at, 0, &s) || !(s.valid & ZIP_STAT_SIZE) || !is_sound(&s))
        return refuse(b, ERR_INVALID, "locked, or packed in a way that Office files are not");
    if (s.size > XLSX_READ_PART_MAX)
        return refuse(b, ERR_LIMIT, "a part is too large, unpacked");
    zip_file_t *file = zip_fopen_index(b->zip, (zip_uint64_t)at, 0);
    char *text = arena_alloc(b->a, (size_t)s.size + 1, 1, 1);
    zip_int64_t n = file ? zip_fread(file, text, s.size) : -1;
    if (file)
        zip_fclose(file);
    if (n != (zip_int64_t)s.size)
        return refuse(b, ERR_INVALID, "a part cannot be unpacked");
    *ret = xmlReadMemory(text, (int)n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (*ret && (*ret)->intSubset) {
        xmlFreeDoc(*ret);
        *ret = NULL;
        return refuse(b, ERR_INVALID, "a DOCTYPE");
    }
    return *ret ? OK : refuse(b, ERR_INVALID, "a part is not XML");
}

static bool is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

static const xmlNode *child(const xmlNode *n, const char *name)
{
    for (const xmlNode *c = n ? n->children : NULL; c; c = c->next)
        if (is(c, name))
            return c;
    return NULL;
}

static struct str attribute(struct book *b, const xmlNode *n, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(n, (const xmlChar *)name);
    struct str s = value ? str_copy(b->a, str_of((const char *)value)) : STR("");

    xmlFree(value);
    return s;
}

/* The words below a node: of every `t`, or of `v`. */
static void words(struct buf *out, const xmlNode *n, const char *name)
{
    for (const xmlNode *c = n ? n->children : NULL; c; c = c->next) {
        if (is(c, name)) {
            xmlChar *text = xmlNodeGetContent(c);
            buf_put(out, str_of(text ? (const char *)text : ""));
            xmlFree(text);
        } else if (!is(c, "rPh")) { /* how it is pronounced */
            words(out, c, name);
        }
    }
}

static struct str words_of(struct book *b, const xmlNode *n, const char *name)
{
    struct buf out = buf_in(b->a);

    words(&out, n, name);
    return out.n ? buf_str(&out) : STR("");
}

static int64_t number_of(struct str s)
{
    int64_t n = 0;

    for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && n < INT32_MAX; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

static enum err shared_read(struct book *b)
{
    xmlDocPtr doc = NULL;
    size_t room = 0;
    enum err err = part(b, "xl/sharedStrings.xml", &doc);

    if (!doc)
        return err;
    const xmlNode *root = xmlDocGetRootElement(doc);
    for (const xmlNode *n = root->children; n; n = n->next)
        room += is(n, "si");
    b->shared = ARENA_ARRAY(b->a, struct str, room + 1);
    for (const xmlNode *n = root->children; n; n = n->next)
        if (is(n, "si"))
            b->shared[b->shared_count++] = words_of(b, n, "t");
    xmlFreeDoc(doc);
    return OK;
}

/* Formats 14 to 22 show a day; so does one that is spelled with days or years outside of its quoted words. */
static bool shows_day(struct str format)
{
    bool quoted = false;

    for (size_t i = 0; i < format.n; i++) {
        char c = format.p[i];
        if (c == '"' || c == '[' || c == ']')
            quoted = c == '"' ? !quoted : c == '[';
        else if (!quoted && (c == 'd' || c == 'D' || c == 'y' || c == 'Y'))
            return true;
    }
    return false;
}

static bool is_day_format(struct book *b, const xmlNode *root, struct str id)
{
    enum { DAYS_FIRST = 14, DAYS_LAST = 17, DAY_AND_TIME = 22 };
    int64_t n = number_of(id);
    const xmlNode *list = child(root, "numFmts");

    for (const xmlNode *f = list ? list->children : NULL; f; f = f->next)
        if (is(f, "numFmt") && str_eq(attribute(b, f, "numFmtId"), id))
            return shows_day(attribute(b, f, "formatCode"));
    return (n >= DAYS_FIRST && n <= DAYS_LAST) || n == DAY_AND_TIME;
}

static enum err styles_read(struct book *b)
{
    xmlDocPtr doc = NULL;
    enum err err = part(b, "xl/styles.xml", &doc);

    if (!doc)
        return err;
    const xmlNode *root = xmlDocGetRootElement(doc), *list = child(root, "cellXfs");
    for (const xmlNode *x = list ? list->children : NULL; x && b->styles < STYLES_MAX; x = x->next)
        if (is(x, "xf"))
            b->is_day[b->styles++] = is_day_format(b, root, attribute(b, x, "numFmtId"));
    xmlFreeDoc(doc);
    return OK;
}

/* ---- cells ---- */

/* Days since 30 December 1899, which is how a sheet counts them. */
static struct str day_of(struct book *b, struct str serial)
{
    enum { SERIAL_MAX = 2958465 }; /* 9999-12-31 */
    int64_t n = number_of(serial);

    return n > 0 && n <= SERIAL_MAX ? date_iso(b->a, date_add_days(date_of(1899, 12, 30), (int)n)) : serial;
}

static struct str cell_text(struct book *b, const xmlNode *c)
{
    struct str type = attribute(b, c, "t"), style = attribute(b, c, "s");

    if (str_eq(type, STR("inlineStr")))
        return words_of(b, c, "t");
    struct str v = words_of(b, c, "v");
    if (str_eq(type, STR("s"))) {
        size_t at = (size_t)number_of(v);
        return at < b->shared_count ? b->shared[at] : STR("");
    }
    bool is_number = !type.n || str_eq(type, STR("n"));
    size_t s = (size_t)number_of(style);
    return is_number && v.n && s < b->styles && b->is_day[s] ? day_of(b, v) : v;
}

/* "C7": 2. */
static size_t column_of(struct str at, size_t next)
{
    size_t n = 0, i = 0;

    for (; i < at.n && at.p[i] >= 'A' && at.p[i] <= 'Z' && n < XLSX_READ_COLUMNS_MAX; i++)
        n = n * LETTERS + (size_t)(at.p[i] - 'A') + 1;
    return i ? n - 1 : next;
}

static void field_put(struct buf *out, struct str s)
{
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(out, '"');
        if (s.p[i] != '\r')
            buf_char(out, s.p[i]);
    }
    buf_char(out, '"');
}

/* Rows are as wide as the first, or wider: cells at the end that say nothing are no cells. */
static void row_put(struct book *b, struct buf *out, const xmlNode *row, size_t *width)
{
    struct str cell[XLSX_READ_COLUMNS_MAX] = {{NULL, 0}};
    size_t last = 0, next = 0;

    for (const xmlNode *c = row->children; c; c = c->next) {
        if (!is(c, "c"))
            continue;
        size_t at = column_of(attribute(b, c, "r"), next);
        if (at >= XLSX_READ_COLUMNS_MAX)
            break;
        cell[at] = cell_text(b, c);
        next = at + 1;
        if (cell[at].n)
            last = next;
    }
    if (!last)
        return;
    *width = *width ? *width : last;
    for (size_t i = 0; i < (last > *width ? last : *width); i++) {
        if (i)
            buf_char(out, ',');
        if (cell[i].n)
            field_put(out, cell[i]);
    }
}

static enum err sheet_read(struct book *b, struct buf *out)
{
    xmlDocPtr doc = NULL;
    size_t line = 0, width = 0;
    enum err err = part(b, "xl/worksheets/sheet1.xml", &doc);

    if (!doc)
        return err ? err : refuse(b, ERR_INVALID, "not a workbook");
    const xmlNode *data = child(xmlDocGetRootElement(doc), "sheetData");
    for (const xmlNode *r = data ? data->children : NULL; r && !err; r = r->next) {
        if (!is(r, "row"))
            continue;
        size_t no = (size_t)number_of(attribute(b, r, "r"));
        if (no > XLSX_READ_ROWS_MAX || line >= XLSX_READ_ROWS_MAX)
            err = refuse(b, ERR_LIMIT, "too many rows");
        for (; !err && line + 1 < no; line++)
            buf_char(out, '\n');
        if (!err)
            row_put(b, out, r, &width);
        buf_char(out, '\n');
        line++;
    }
    xmlFreeDoc(doc);
    return err;
}

enum err xlsx_read(struct arena *a, struct str bytes, struct str *ret_csv, struct fault *ret_fault)
{
    struct book b = {.a = a, .fault = ret_fault};
    struct buf out = buf_in(a);
    zip_error_t error;

    if (bytes.n > XLSX_READ_FILE_MAX)
        return refuse(&b, ERR_LIMIT, "the file is too large");
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    b.zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    zip_error_fini(&error);
    if (!b.zip) {
        zip_source_free(source);
        return refuse(&b, ERR_INVALID, "not a workbook");
    }
    enum err err = shared_read(&b);
    if (!err)
        err = styles_read(&b);
    if (!err)
        err = sheet_read(&b, &out);
    zip_discard(b.zip);
    if (!err)
        *ret_csv = out.n ? buf_str(&out) : STR("");
    return err;
}
