#include "sign/update.h"

#include "crypto/hash.h"
#include "crypto/hex.h"
#include "sign/pdf_value.h"

void update_begin(struct update *u, struct arena *a, struct pdf *pdf)
{
    struct str bytes = pdf_bytes(pdf);

    u->pdf = pdf;
    u->view = (struct pdf_view){pdf, 0};
    u->out = buf_in(a);
    u->count = 0;
    u->next = pdf_next_number(pdf);
    buf_put(&u->out, bytes);
    if (!str_has_suffix(bytes, STR("\n")))
        buf_char(&u->out, '\n');
}

int32_t update_number(struct update *u)
{
    return u->next++;
}

void update_object(struct update *u, int32_t number, int generation)
{
    if (u->count == UPDATE_OBJECTS_MAX)
        BUG("an update of more than %d objects", UPDATE_OBJECTS_MAX);
    u->object[u->count++] = (struct update_object){number, generation, u->out.n};
    buf_format(&u->out, "%d %d obj\n", (int)number, generation);
}

void update_object_end(struct update *u)
{
    buf_put(&u->out, STR("\nendobj\n"));
}

static int by_number(const void *a, const void *b)
{
    const struct update_object *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* /Root, /Info, /ID and /Prev, as the new table or trailer says them. */
static void put_trailer(struct update *u, struct str seed)
{
    const struct pdf_value *old = pdf_trailer(u->pdf, 0), *info = pdf_get_raw(old, "Info");
    const struct pdf_value *first = pdf_at(u->view, pdf_get(u->view, old, "ID"), 0);
    struct hash hash = hash_of(seed);
    struct arena *a = u->out.arena;
    struct str fresh = hex_encode(a, str_sub(hash_str(&hash), 0, 16));
    struct str id = first->kind == PDF_STRING ? hex_encode(a, first->text) : fresh;

    buf_format(&u->out, "/Size %d /Root %" PRIstr " ", (int)u->next, STR_ARG(pdf_get_raw(old, "Root")->raw));
    if (info->kind == PDF_REF)
        buf_format(&u->out, "/Info %" PRIstr " ", STR_ARG(info->raw));
    buf_format(&u->out, "/ID [<%" PRIstr "> <%" PRIstr ">] /Prev %zu", STR_ARG(id), STR_ARG(fresh), pdf_revision_at(u->pdf, 0));
}

/* Numbers that follow one another share a line of the table: calls with the first and how many. */
static size_t run_of(const struct update *u, size_t i)
{
    size_t n = 1;

    while (i + n < u->count && u->object[i + n].number == u->object[i].number + (int32_t)n)
        n++;
    return n;
}

static void put_table(struct update *u, struct str seed)
{
    buf_put(&u->out, STR("xref\n0 1\n0000000000 65535 f \n"));
    for (size_t i = 0, n; i < u->count; i += n) {
        n = run_of(u, i);
        buf_format(&u->out, "%d %zu\n", (int)u->object[i].number, n);
        for (size_t k = i; k < i + n; k++)
            buf_format(&u->out, "%010zu %05d n \n", u->object[k].at, u->object[k].generation);
    }
    buf_put(&u->out, STR("trailer\n<< "));
    put_trailer(u, seed);
    buf_put(&u->out, STR(" >>\n"));
}

static void put_stream_entry(struct buf *b, const struct update_object *o)
{
    const int shift[] = {24, 16, 8, 0};

    buf_char(b, 1);
    for (size_t i = 0; i < 4; i++)
        buf_char(b, (char)(o->at >> shift[i] & 255));
    buf_char(b, (char)(o->generation >> 8 & 255));
    buf_char(b, (char)(o->generation & 255));
}

static void put_stream_table(struct update *u, struct str seed)
{
    buf_put(&u->out, STR("<< /Type /XRef /W [1 4 2] /Index ["));
    for (size_t i = 0, n; i < u->count; i += n) {
        n = run_of(u, i);
        buf_format(&u->out, "%s%d %zu", i ? " " : "", (int)u->object[i].number, n);
    }
    buf_format(&u->out, "] /Length %zu ", u->count * 7);
    put_trailer(u, seed);
    buf_put(&u->out, STR(" >>\nstream\n"));
    for (size_t i = 0; i < u->count; i++)
        put_stream_entry(&u->out, &u->object[i]);
    buf_put(&u->out, STR("\nendstream"));
}

void update_end(struct update *u, struct str seed)
{
    size_t at = u->out.n;
    bool is_stream = pdf_has_stream_table(u->pdf);

    if (is_stream)
        update_object(u, update_number(u), 0); /* the table itself; at the end, so the order holds */
    qsort(u->object, u->count, sizeof *u->object, by_number);
    if (is_stream) {
        put_stream_table(u, seed);
        update_object_end(u);
    } else {
        put_table(u, seed);
    }
    buf_format(&u->out, "startxref\n%zu\n%%%%EOF\n", at);
}

/* --- values --------------------------------------------------------------------------------- */

void update_put_name(struct buf *b, struct str name)
{
    buf_char(b, '/');
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        bool is_plain = c > 0x20 && c < 0x7f && !strchr("()<>[]{}/%#", c);
        if (is_plain)
            buf_char(b, (char)c);
        else
            buf_format(b, "#%02X", c);
    }
}

void update_put_dict(struct buf *b, const struct pdf_value *dict, const struct update_member *member, size_t count)
{
    buf_put(b, STR("<<"));
    for (const struct pdf_member *m = pdf_is_dict(dict) ? dict->member : NULL; m; m = m->next) {
        bool is_replaced = false;
        for (size_t i = 0; i < count; i++)
            is_replaced = is_replaced || str_eq(m->key, str_of(member[i].key));
        if (is_replaced)
            continue;
        buf_char(b, ' ');
        update_put_name(b, m->key);
        buf_char(b, ' ');
        buf_put(b, m->value->raw);
    }
    for (size_t i = 0; i < count; i++)
        buf_format(b, " /%s %" PRIstr, member[i].key, STR_ARG(member[i].text));
    buf_put(b, STR(" >>"));
}

static void put_utf16(struct buf *b, struct str text)
{
    for (size_t i = 0; i < text.n;) {
        unsigned char c = (unsigned char)text.p[i];
        size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        uint32_t rune = n == 1 ? c : c & (0xffu >> (n + 1));
        for (size_t k = 1; k < n && i + k < text.n; k++)
            rune = rune << 6 | ((unsigned char)text.p[i + k] & 63);
        if (rune >= 0x10000)
            buf_format(b, "%04X%04X", 0xd800 + ((rune - 0x10000) >> 10), 0xdc00 + (rune & 0x3ff));
        else
            buf_format(b, "%04X", rune);
        i += n;
    }
}

void update_put_text(struct buf *b, struct str text)
{
    bool is_ascii = true;

    for (size_t i = 0; i < text.n; i++)
        is_ascii = is_ascii && (unsigned char)text.p[i] < 0x80;
    if (!is_ascii) {
        buf_put(b, STR("<FEFF"));
        put_utf16(b, text);
        buf_char(b, '>');
        return;
    }
    buf_char(b, '(');
    for (size_t i = 0; i < text.n; i++) {
        if (strchr("()\\", text.p[i]))
            buf_char(b, '\\');
        buf_char(b, text.p[i]);
    }
    buf_char(b, ')');
}

struct str update_reference(struct arena *a, int32_t number, int generation)
{
    return str_format(a, "%d %d R", (int)number, generation);
}
