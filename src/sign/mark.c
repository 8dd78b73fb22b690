#include "sign/mark.h"

#include "sign/pdf_value.h"

enum { TREE_DEPTH = 32, TREE_STEPS = 50000, COPIES_MAX = 500 };

/* --- finding a page ------------------------------------------------------------------------- */

struct search {
    struct pdf_view view;
    int left, steps;
    const struct pdf_value *reference;
};

static bool search_in(struct search *s, const struct pdf_value *reference, int depth)
{
    const struct pdf_value *node = pdf_resolve(s->view, reference), *kids = pdf_get(s->view, node, "Kids");

    if (depth > TREE_DEPTH || ++s->steps > TREE_STEPS || !pdf_is_dict(node))
        return false;
    if (kids->kind != PDF_ARRAY) {
        if (--s->left > 0)
            return false;
        s->reference = reference;
        return true;
    }
    for (const struct pdf_member *m = kids->member; m; m = m->next)
        if (search_in(s, m->value, depth + 1))
            return true;
    return false;
}

enum err page_find(struct pdf_view v, int number, const struct pdf_value **ret_reference, const struct pdf_value **ret)
{
    struct search s = {.view = v, .left = number};
    const struct pdf_value *root = pdf_get(v, pdf_trailer(v.pdf, v.revision), "Root");

    if (number < 1 || !search_in(&s, pdf_get_raw(root, "Pages"), 0))
        return ERR_NOT_FOUND;
    if (s.reference->kind != PDF_REF)
        return ERR_INVALID;
    *ret_reference = s.reference;
    *ret = pdf_resolve(v, s.reference);
    return OK;
}

/* What a page may leave to the nodes above it. */
static const struct pdf_value *inherited(struct pdf_view v, const struct pdf_value *page, const char *key)
{
    for (int i = 0; i < TREE_DEPTH && pdf_is_dict(page); i++) {
        const struct pdf_value *value = pdf_get_raw(page, key);
        if (value->kind != PDF_NULL)
            return value;
        page = pdf_get(v, page, "Parent");
    }
    return &PDF_NOTHING;
}

/* --- copying -------------------------------------------------------------------------------- */

/* Objects of the small file and the numbers that they get in the large one. */
struct copies {
    struct update *u;
    struct pdf_view from;
    struct {
        int64_t source;
        int generation;
        int32_t number;
    } copy[COPIES_MAX];
    size_t count;
    bool is_full;
};

static int32_t copy_number(struct copies *c, const struct pdf_value *reference)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->copy[i].source == reference->integer)
            return c->copy[i].number;
    c->is_full = c->is_full || c->count == COPIES_MAX;
    if (c->is_full)
        return 0;
    c->copy[c->count].source = reference->integer;
    c->copy[c->count].generation = reference->generation;
    c->copy[c->count].number = update_number(c->u);
    return c->copy[c->count++].number;
}

static void put_value(struct copies *c, const struct pdf_value *v)
{
    struct buf *b = &c->u->out;
    bool is_array = v->kind == PDF_ARRAY;

    if (v->kind == PDF_REF) {
        buf_format(b, "%d 0 R", (int)copy_number(c, v));
        return;
    }
    if (!is_array && !pdf_is_dict(v)) {
        buf_put(b, v->raw);
        return;
    }
    buf_put(b, is_array ? STR("[") : STR("<<"));
    for (const struct pdf_member *m = v->member; m; m = m->next) {
        buf_char(b, ' ');
        if (!is_array) {
            update_put_name(b, m->key);
            buf_char(b, ' ');
        }
        bool is_length = v->kind == PDF_STREAM && str_eq(m->key, STR("Length"));
        if (is_length)
            buf_format(b, "%zu", v->bytes.n);
        else
            put_value(c, m->value);
    }
    buf_put(b, is_array ? STR(" ]") : STR(" >>"));
}

static void put_stream_bytes(struct buf *b, struct str bytes)
{
    buf_put(b, STR("\nstream\n"));
    buf_put(b, bytes);
    buf_put(b, STR("\nendstream"));
}

/* What the drawing refers to, and what that refers to: the list grows while it is walked. */
static void put_copies(struct copies *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct pdf_value *v = pdf_object(c->from, c->copy[i].source, c->copy[i].generation);
        update_object(c->u, c->copy[i].number, 0);
        put_value(c, v);
        if (v->kind == PDF_STREAM)
            put_stream_bytes(&c->u->out, v->bytes);
        update_object_end(c->u);
    }
}

/* A number of the box, in whole points; reals are cut. */
static int points(struct pdf_view v, const struct pdf_value *box, size_t i)
{
    const struct pdf_value *n = pdf_at(v, box, i);
    struct str whole = n->raw;
    int64_t value = 0;

    if (n->kind != PDF_INT && n->kind != PDF_REAL)
        return -1;
    size_t point = str_find(whole, STR("."));
    whole = point == STR_NONE ? whole : str_sub(whole, 0, point);
    if (whole.n && str_parse_int(whole, 0, 20000, &value))
        return -1;
    return (int)value + (point != STR_NONE && i >= 2);
}

static enum err draw(struct copies *c, const struct pdf_value *page, struct mark_drawn *ret)
{
    const struct pdf_value *box = pdf_resolve(c->from, inherited(c->from, page, "MediaBox"));
    const struct pdf_value *content = pdf_get(c->from, page, "Contents"), *group = pdf_get_raw(page, "Group");
    int width = points(c->from, box, 2), height = points(c->from, box, 3);
    struct buf *b = &c->u->out;

    content = content->kind == PDF_ARRAY && content->count == 1 ? pdf_at(c->from, content, 0) : content;
    if (box->kind != PDF_ARRAY || box->count != 4 || points(c->from, box, 0) || points(c->from, box, 1) || width < 1 || height < 1 ||
        content->kind != PDF_STREAM)
        return ERR_INVALID;
    *ret = (struct mark_drawn){update_number(c->u), width, height};
    update_object(c->u, ret->number, 0);
    buf_format(b, "<< /Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Resources ", width, height);
    put_value(c, pdf_resolve(c->from, inherited(c->from, page, "Resources")));
    if (group->kind != PDF_NULL) {
        buf_put(b, STR(" /Group "));
        put_value(c, group);
    }
    for (const struct pdf_member *m = content->member; m; m = m->next) {
        if (!str_eq(m->key, STR("Filter")) && !str_eq(m->key, STR("DecodeParms")))
            continue;
        buf_char(b, ' ');
        update_put_name(b, m->key);
        buf_char(b, ' ');
        put_value(c, m->value);
    }
    buf_format(b, " /Length %zu >>", content->bytes.n);
    put_stream_bytes(b, content->bytes);
    update_object_end(c->u);
    put_copies(c);
    return c->is_full ? ERR_LIMIT : OK;
}

enum err mark_draw(struct update *u, struct str bytes, struct mark_drawn *ret)
{
    struct copies *c = ARENA_NEW(u->out.arena, struct copies);
    const struct pdf_value *reference, *page;
    struct mark_drawn drawn;
    struct pdf *pdf;
    enum err err = bytes.n > MARK_SIZE_MAX ? ERR_LIMIT : pdf_open(u->out.arena, bytes, &pdf, NULL);

    if (err)
        return err;
    c->u = u;
    c->from = (struct pdf_view){pdf, 0};
    if (pdf_is_encrypted(pdf) || page_find(c->from, 1, &reference, &page))
        return ERR_INVALID;
    err = draw(c, page, &drawn);
    if (!err && pdf_doubt(pdf))
        err = ERR_INVALID;
    if (!err)
        *ret = drawn;
    return err;
}
