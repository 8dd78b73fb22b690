#include "sign/field.h"

struct walk {
    struct pdf *pdf;
    struct pdf_view view;
    struct sign_field *field;
    size_t count;
    size_t steps;
};

enum { WALK_DEPTH = 16, WALK_STEPS = 20000 };

static const struct {
    const char *name;
    enum sign_format format;
} FORMATS[] = {
    {"adbe.pkcs7.detached", SIGN_FORMAT_PKCS7},
    {"ETSI.CAdES.detached", SIGN_FORMAT_PADES},
    {"ETSI.RFC3161", SIGN_FORMAT_STAMP},
};

static enum sign_format format_of(const struct pdf_value *sub_filter)
{
    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++)
        if (pdf_is_name(sub_filter, FORMATS[i].name))
            return FORMATS[i].format;
    return SIGN_FORMAT_UNKNOWN;
}

/* The permission of /DocMDP among the signature's references. */
static int certification_of(struct pdf_view v, const struct pdf_value *dict)
{
    const struct pdf_value *list = pdf_get(v, dict, "Reference");

    for (size_t i = 0; list->kind == PDF_ARRAY && i < list->count && i < 8; i++) {
        const struct pdf_value *one = pdf_at(v, list, i);
        if (!pdf_is_name(pdf_get(v, one, "TransformMethod"), "DocMDP"))
            continue;
        const struct pdf_value *p = pdf_get(v, pdf_get(v, one, "TransformParams"), "P");
        return p->kind == PDF_INT && p->integer >= 1 && p->integer <= 3 ? (int)p->integer : 2;
    }
    return 0;
}

/* The range must be [0 a b c] with /Contents exactly from a to b, written as digits in the file itself. */
static void range_of(struct pdf_view v, struct sign_field *f)
{
    const struct pdf_value *range = pdf_get(v, f->dict, "ByteRange"), *contents = pdf_get_raw(f->dict, "Contents");
    struct str bytes = pdf_bytes(v.pdf);
    int64_t n[4];

    if (range->kind != PDF_ARRAY || range->count != 4)
        return;
    for (size_t i = 0; i < 4; i++) {
        const struct pdf_value *item = pdf_at_raw(range, i);
        n[i] = item->integer;
        if (item->kind != PDF_INT || n[i] < 0 || (uint64_t)n[i] > bytes.n)
            return;
    }
    if ((uint64_t)(n[2] + n[3]) > bytes.n || n[0] + n[1] > n[2])
        return;
    f->before = str_sub(bytes, (size_t)n[0], (size_t)n[1]);
    f->after = str_sub(bytes, (size_t)n[2], (size_t)n[3]);
    f->end = (size_t)(n[2] + n[3]);
    f->is_sound = n[0] == 0 && contents->kind == PDF_STRING && contents->at == (size_t)n[1] && contents->raw.n == (size_t)(n[2] - n[1]) &&
                  contents->raw.p[0] == '<';
}

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("\r\n\t ", s.p[i]) || s.p[i] == '\0')
            return false;
    return true;
}

static void coverage_of(struct pdf_view v, struct sign_field *f)
{
    size_t revision;

    f->change = SIGN_CHANGE_OTHER;
    if (!f->is_sound || pdf_revision_of(v.pdf, f->end, &revision))
        return;
    f->covers_revision = true;
    f->covers_file = f->end == pdf_bytes(v.pdf).n;
    bool is_last = revision == 0 && is_blank(str_sub(pdf_bytes(v.pdf), f->end, SIZE_MAX));
    f->change = is_last ? SIGN_CHANGE_NONE : sign_change_since(v.pdf, revision);
    /* What certifies a document without leave to change it does not allow another signature. */
    if (f->certified == 1 && f->change == SIGN_CHANGE_SIGNATURES)
        f->change = SIGN_CHANGE_OTHER;
}

static void found(struct walk *w, struct str name, const struct pdf_value *dict)
{
    struct sign_field *f = &w->field[w->count++];
    struct arena *a = pdf_arena(w->pdf);
    bool is_readable = !pdf_is_encrypted(w->pdf);

    *f = (struct sign_field){.name = name, .dict = dict, .format = format_of(pdf_get(w->view, dict, "SubFilter"))};
    /* Digits in the dictionary itself: they cannot be shared, so all messages together fit in the file. */
    const struct pdf_value *contents = pdf_get_raw(dict, "Contents");
    bool is_digits = contents->kind == PDF_STRING && contents->raw.p[0] == '<';
    f->cms = is_digits ? contents->text : STR("");
    f->certified = certification_of(w->view, dict);
    if (is_readable) {
        f->reason = pdf_text(a, pdf_get(w->view, dict, "Reason"));
        f->location = pdf_text(a, pdf_get(w->view, dict, "Location"));
        f->contact = pdf_text(a, pdf_get(w->view, dict, "ContactInfo"));
        f->claimed = pdf_text(a, pdf_get(w->view, dict, "M"));
    }
    range_of(w->view, f);
    coverage_of(w->view, f);
}

static bool is_known(const struct walk *w, const struct pdf_value *dict)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->field[i].dict == dict)
            return true;
    return false;
}

static struct str full_name(struct walk *w, struct str parent, const struct pdf_value *field)
{
    struct arena *a = pdf_arena(w->pdf);
    struct str own = pdf_is_encrypted(w->pdf) ? STR("") : pdf_text(a, pdf_get(w->view, field, "T"));

    if (!parent.n || !own.n)
        return parent.n ? parent : own;
    return parent.n + own.n > 1000 ? own : str_format(a, "%" PRIstr ".%" PRIstr, STR_ARG(parent), STR_ARG(own));
}

static enum err visit(struct walk *w, const struct pdf_value *field, struct str parent, bool is_signature, int depth)
{
    if (!pdf_is_dict(field) || depth > WALK_DEPTH)
        return depth > WALK_DEPTH ? ERR_LIMIT : OK;
    if (++w->steps > WALK_STEPS)
        return ERR_LIMIT;
    const struct pdf_value *type = pdf_get(w->view, field, "FT"), *value = pdf_get(w->view, field, "V");
    struct str name = full_name(w, parent, field);

    is_signature = type->kind == PDF_NULL ? is_signature : pdf_is_name(type, "Sig");
    if (is_signature && pdf_is_dict(value) && !is_known(w, value)) {
        if (w->count == SIGN_FIELDS_MAX)
            return ERR_LIMIT;
        found(w, name, value);
    }
    const struct pdf_value *kids = pdf_get(w->view, field, "Kids");
    for (const struct pdf_member *m = kids->kind == PDF_ARRAY ? kids->member : NULL; m; m = m->next) {
        enum err err = visit(w, pdf_resolve(w->view, m->value), name, is_signature, depth + 1);
        if (err)
            return err;
    }
    return OK;
}

static int by_end(const void *a, const void *b)
{
    const struct sign_field *x = a, *y = b;
    return (x->end > y->end) - (x->end < y->end);
}

enum err sign_fields_find(struct pdf *pdf, struct sign_fields *ret)
{
    struct walk w = {.pdf = pdf, .view = {pdf, 0}, .field = ARENA_ARRAY(pdf_arena(pdf), struct sign_field, SIGN_FIELDS_MAX)};
    const struct pdf_value *root = pdf_get(w.view, pdf_trailer(pdf, 0), "Root");
    const struct pdf_value *fields = pdf_get(w.view, pdf_get(w.view, root, "AcroForm"), "Fields");

    for (const struct pdf_member *m = fields->kind == PDF_ARRAY ? fields->member : NULL; m; m = m->next) {
        enum err err = visit(&w, pdf_resolve(w.view, m->value), STR(""), false, 0);
        if (err)
            return err;
    }
    if (w.count)
        qsort(w.field, w.count, sizeof *w.field, by_end);
    *ret = (struct sign_fields){w.field, w.count};
    return OK;
}
