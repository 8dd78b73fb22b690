/* Objects: where they stand, object streams, and what lies behind a stream's filters. */
#include "sign/pdf_file.h"

#include <zlib.h>

enum err pdf_open(struct arena *a, struct str bytes, struct pdf **ret, const char **ret_why)
{
    const char *why = "";
    struct pdf *pdf = ARENA_NEW(a, struct pdf);
    enum err err = OK;

    *pdf = (struct pdf){.arena = a, .bytes = bytes, .budget = PDF_VALUES_MAX};
    if (!str_has_prefix(bytes, STR("%PDF-"))) {
        why = "it does not begin like a PDF file";
        err = ERR_INVALID;
    } else if (bytes.n > PDF_SIZE_MAX) {
        why = "it is too large";
        err = ERR_LIMIT;
    } else {
        err = pdf_read_tables(pdf, &why);
    }
    if (!err && !pdf_is_dict(pdf_get((struct pdf_view){pdf, 0}, pdf_trailer(pdf, 0), "Root"))) {
        why = pdf->doubt ? pdf->doubt : "it has no catalogue";
        err = ERR_INVALID;
    }
    if (ret_why && err)
        *ret_why = why;
    if (err)
        return err;
    *ret = pdf;
    return OK;
}

struct str pdf_bytes(const struct pdf *pdf)
{
    return pdf->bytes;
}

struct arena *pdf_arena(const struct pdf *pdf)
{
    return pdf->arena;
}

bool pdf_is_encrypted(const struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->section_count; i++)
        if (pdf_get_raw(pdf->section[i].trailer, "Encrypt")->kind != PDF_NULL)
            return true;
    return false;
}

const char *pdf_doubt(const struct pdf *pdf)
{
    return pdf->doubt;
}

void pdf_doubts(struct pdf *pdf, const char *why)
{
    if (!pdf->doubt)
        pdf->doubt = why;
}

size_t pdf_revision_count(const struct pdf *pdf)
{
    return pdf->section_count;
}

size_t pdf_revision_at(const struct pdf *pdf, size_t i)
{
    return pdf->section[i].at;
}

const struct pdf_value *pdf_trailer(const struct pdf *pdf, size_t revision)
{
    return pdf->section[revision].trailer;
}

bool pdf_has_stream_table(const struct pdf *pdf)
{
    return pdf->section[0].is_stream;
}

enum { PACK_MAX = 100 * 1000 }; /* objects in one object stream */

/* --- reading -------------------------------------------------------------------------------- */

/* The keyword, then exactly one line end (a carriage return alone is none here), then /Length bytes, then
 * endstream. A length that leads elsewhere is what lets two viewers read two documents: refused. */
static enum err read_stream_bytes(struct pdf_view v, struct pdf_cursor *c, struct pdf_value *dict)
{
    const struct pdf_value *length = pdf_get(v, dict, "Length");

    if (str_has_prefix(str_sub(c->bytes, c->at, 2), STR("\r\n")))
        c->at += 2;
    else if (str_has_prefix(str_sub(c->bytes, c->at, 1), STR("\n")))
        c->at++;
    else
        return ERR_INVALID;
    if (length->kind != PDF_INT || length->integer < 0 || (uint64_t)length->integer > c->bytes.n - c->at)
        return ERR_INVALID;
    dict->bytes = str_sub(c->bytes, c->at, (size_t)length->integer);
    dict->kind = PDF_STREAM;
    c->at += dict->bytes.n;
    while (c->at < c->bytes.n && pdf_is_space(c->bytes.p[c->at]))
        c->at++;
    return pdf_take_word(c, "endstream") ? OK : ERR_INVALID;
}

enum err pdf_read_object(struct pdf_view v, size_t at, struct pdf_placed *ret)
{
    struct pdf *pdf = v.pdf;
    struct pdf_cursor c = {.arena = pdf->arena, .bytes = pdf->bytes, .at = at, .base = 0, .budget = &pdf->budget};
    const struct pdf_value *value;
    int64_t number, generation;
    enum err err;

    if (at >= pdf->bytes.n)
        return ERR_INVALID;
    pdf_skip_space(&c);
    if (!pdf_take_digits(&c, &number) || number > PDF_OBJECT_MAX)
        return ERR_INVALID;
    pdf_skip_space(&c);
    if (!pdf_take_digits(&c, &generation) || generation > 65535)
        return ERR_INVALID;
    pdf_skip_space(&c);
    if (c.bytes.n - c.at < 3 || memcmp(c.bytes.p + c.at, "obj", 3) != 0)
        return ERR_INVALID;
    c.at += 3;
    if ((err = pdf_read_value(&c, &value)))
        return err;
    pdf_skip_space(&c);
    if (value->kind == PDF_DICT && pdf_take_word(&c, "stream")) {
        struct pdf_value *stream = ARENA_NEW(pdf->arena, struct pdf_value);
        *stream = *value;
        if ((err = read_stream_bytes(v, &c, stream)))
            return err;
        value = stream;
        pdf_skip_space(&c);
    }
    if (!pdf_take_word(&c, "endobj"))
        return ERR_INVALID;
    *ret = (struct pdf_placed){number, (int)generation, value};
    return OK;
}

/* The head of an object stream lists "number offset" pairs. */
static bool pack_read_head(struct pdf *pdf, struct pdf_pack *pack)
{
    struct pdf_cursor head = {.bytes = str_sub(pack->bytes, 0, (size_t)pack->first)};

    pack->number = ARENA_ARRAY(pdf->arena, int64_t, (size_t)pack->count);
    pack->offset = ARENA_ARRAY(pdf->arena, int64_t, (size_t)pack->count);
    for (int64_t i = 0; i < pack->count; i++) {
        pdf_skip_space(&head);
        if (!pdf_take_digits(&head, &pack->number[i]))
            return false;
        pdf_skip_space(&head);
        if (!pdf_take_digits(&head, &pack->offset[i]) || (uint64_t)pack->offset[i] > pack->bytes.n - (size_t)pack->first)
            return false;
    }
    return true;
}

static const struct pdf_pack *pack_open(struct pdf_view v, struct pdf_entry *entry)
{
    struct pdf *pdf = v.pdf;
    struct pdf_pack pack = {.entry = entry, .next = pdf->pack};

    for (const struct pdf_pack *p = pdf->pack; p; p = p->next)
        if (p->entry == entry)
            return p;
    if (entry->kind != ENTRY_PLAIN)
        return NULL;
    const struct pdf_value *stream = pdf_object(v, entry->number, entry->generation);
    const struct pdf_value *count = pdf_get_raw(stream, "N"), *first = pdf_get_raw(stream, "First");
    if (stream->kind != PDF_STREAM || !pdf_is_name(pdf_get_raw(stream, "Type"), "ObjStm") || count->kind != PDF_INT || first->kind != PDF_INT || pdf_inflate(v, stream, &pack.bytes))
        return NULL;
    pack.count = count->integer;
    pack.first = first->integer;
    if (pack.count < 0 || pack.count > PACK_MAX || pack.first < 0 || (uint64_t)pack.first > pack.bytes.n || !pack_read_head(pdf, &pack))
        return NULL;
    struct pdf_pack *kept = ARENA_NEW(pdf->arena, struct pdf_pack);
    *kept = pack;
    pdf->pack = kept;
    return kept;
}

static enum err read_packed(struct pdf *pdf, const struct pdf_pack *pack, const struct pdf_entry *e, const struct pdf_value **ret)
{
    if (e->generation >= pack->count || pack->number[e->generation] != e->number)
        return ERR_INVALID;
    struct pdf_cursor c = {.arena = pdf->arena, .bytes = pack->bytes, .at = (size_t)(pack->first + pack->offset[e->generation]), .base = PDF_NOWHERE, .budget = &pdf->budget};
    return pdf_read_value(&c, ret);
}

static enum err read_entry(struct pdf_view v, struct pdf_entry *e, const struct pdf_value **ret)
{
    struct pdf_placed placed;

    if (e->kind == ENTRY_PLAIN) {
        enum err err = pdf_read_object(v, (size_t)e->at, &placed);
        if (err)
            return err;
        if (placed.number != e->number || placed.generation != e->generation)
            return ERR_INVALID;
        *ret = placed.value;
        return OK;
    }
    /* An object stream that a later revision redefines would change what it holds under our feet. */
    struct pdf_entry *holder = pdf_find(v, e->at), *newest = pdf_find((struct pdf_view){v.pdf, 0}, e->at);
    if (!holder || holder != newest || pdf_is_encrypted(v.pdf))
        return ERR_INVALID;
    const struct pdf_pack *pack = pack_open(v, holder);
    return pack ? read_packed(v.pdf, pack, e, ret) : ERR_INVALID;
}

const struct pdf_value *pdf_object(struct pdf_view v, int64_t number, int generation)
{
    struct pdf_entry *e = pdf_find(v, number);
    const struct pdf_value *value;

    if (!e || e->kind == ENTRY_FREE || (e->kind == ENTRY_PACKED ? generation != 0 : generation != e->generation))
        return &PDF_NOTHING;
    if (e->value)
        return e->value;
    if (e->is_being_read) {
        pdf_doubts(v.pdf, "an object is needed to read itself");
        return &PDF_NOTHING;
    }
    e->is_being_read = true;
    enum err err = read_entry(v, e, &value);
    e->is_being_read = false;
    if (err) {
        pdf_doubts(v.pdf, err == ERR_LIMIT ? "it is larger than a limit" : "an object cannot be read");
        value = &PDF_NOTHING;
    }
    e->value = value;
    return value;
}

const struct pdf_value *pdf_resolve(struct pdf_view v, const struct pdf_value *value)
{
    for (int i = 0; i < PDF_DEPTH_MAX && value->kind == PDF_REF; i++)
        value = pdf_object(v, value->integer, value->generation);
    return value->kind == PDF_REF ? &PDF_NOTHING : value;
}

const struct pdf_value *pdf_get(struct pdf_view v, const struct pdf_value *dict, const char *key)
{
    return pdf_resolve(v, pdf_get_raw(dict, key));
}

const struct pdf_value *pdf_at(struct pdf_view v, const struct pdf_value *array, size_t i)
{
    return pdf_resolve(v, pdf_at_raw(array, i));
}

/* --- filters -------------------------------------------------------------------------------- */

static enum err inflate_bytes(struct pdf *pdf, struct str in, struct str *ret)
{
    enum { CHUNK = 16384 };
    struct buf out = buf_in(pdf->arena);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)in.p, .avail_in = (uInt)in.n};
    char chunk[CHUNK];
    int rc = Z_OK;
    enum err err = OK;

    if (inflateInit(&z) != Z_OK)
        return ERR_LIMIT;
    while (!err && rc == Z_OK) {
        z.next_out = (Bytef *)chunk;
        z.avail_out = CHUNK;
        rc = inflate(&z, Z_NO_FLUSH);
        size_t n = CHUNK - z.avail_out;
        if (rc != Z_OK && rc != Z_STREAM_END)
            err = ERR_INVALID;
        else if (n > PDF_INFLATED_MAX - pdf->inflated)
            err = ERR_LIMIT;
        else
            buf_put(&out, (struct str){chunk, n});
        pdf->inflated += err ? 0 : n;
    }
    inflateEnd(&z);
    if (!err)
        *ret = buf_str(&out);
    return err;
}

static int paeth(int a, int b, int c)
{
    int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/* PNG's predictors on rows of `columns` bytes, a byte a pixel: all that tables of references use. */
static enum err unpredict(struct arena *a, struct str in, size_t columns, struct str *ret)
{
    size_t rows = in.n / (columns + 1);
    unsigned char *out = ARENA_ARRAY(a, unsigned char, rows * columns);
    const unsigned char *row = (const unsigned char *)in.p;

    if (in.n % (columns + 1) != 0)
        return ERR_INVALID;
    for (size_t r = 0; r < rows; r++, row += columns + 1) {
        unsigned char *to = out + r * columns;
        if (row[0] > 4)
            return ERR_INVALID;
        for (size_t i = 0; i < columns; i++) {
            int left = i ? to[i - 1] : 0, up = r ? (to - columns)[i] : 0, corner = i && r ? (to - columns)[i - 1] : 0;
            const int add[] = {0, left, up, (left + up) / 2, paeth(left, up, corner)};
            to[i] = (unsigned char)(row[i + 1] + add[row[0]]);
        }
    }
    *ret = (struct str){(const char *)out, rows * columns};
    return OK;
}

static enum err flate(struct pdf_view v, struct str in, const struct pdf_value *parms, struct str *ret)
{
    struct str out;
    enum err err = inflate_bytes(v.pdf, in, &out);
    const struct pdf_value *predictor = pdf_get(v, parms, "Predictor"), *columns = pdf_get(v, parms, "Columns");

    if (err)
        return err;
    if (predictor->kind == PDF_INT && predictor->integer > 1) {
        int64_t width = columns->kind == PDF_INT ? columns->integer : 1;
        bool is_bytes = pdf_get(v, parms, "Colors")->kind == PDF_NULL && pdf_get(v, parms, "BitsPerComponent")->kind == PDF_NULL;
        if (predictor->integer < 10 || width < 1 || width > 4096 || !is_bytes)
            return ERR_INVALID;
        return unpredict(v.pdf->arena, out, (size_t)width, ret);
    }
    *ret = out;
    return OK;
}

enum err pdf_inflate(struct pdf_view v, const struct pdf_value *stream, struct str *ret)
{
    const struct pdf_value *filter = pdf_get(v, stream, "Filter"), *parms = pdf_get(v, stream, "DecodeParms");

    if (stream->kind != PDF_STREAM || pdf_get_raw(stream, "F")->kind != PDF_NULL)
        return ERR_INVALID;
    if (filter->kind == PDF_ARRAY) {
        if (filter->count > 1)
            return ERR_INVALID;
        filter = pdf_at(v, filter, 0);
        parms = parms->kind == PDF_ARRAY ? pdf_at(v, parms, 0) : parms;
    }
    if (filter->kind == PDF_NULL) {
        *ret = stream->bytes;
        return OK;
    }
    return pdf_is_name(filter, "FlateDecode") ? flate(v, stream->bytes, parms, ret) : ERR_INVALID;
}
