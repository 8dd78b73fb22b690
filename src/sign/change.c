/* What later revisions changed: every number that they define must be explained, or it is "other".
 *
 * Explained objects get a role. Then the signed revision is read whole: a role whose object is also used
 * elsewhere in it (a page whose content is "validation data"), or a reference to an object that did not
 * exist when it was signed (and now does), is a trap laid before signing: the shadow attacks. */
#include "sign/field.h"
#include "sign/pdf_file.h"

enum role {
    ROLE_NONE,
    ROLE_SAME,       /* defined anew with the same content */
    ROLE_NEW,        /* did not exist */
    ROLE_ROOT,
    ROLE_FORM,       /* the form, its list of fields */
    ROLE_FIELD,      /* an empty signature field, now signed */
    ROLE_PAGE,
    ROLE_ANNOTATIONS,
    ROLE_VALIDATION, /* DSS and what is in it */
    ROLE_METADATA,
};

struct compare {
    struct pdf *pdf;
    struct pdf_view before, after;
    unsigned char *role; /* by number */
    int32_t numbers;
    size_t steps;
    bool adds_signature;
};

enum { STEPS_MAX = 200 * 1000, TREE_DEPTH = 32 };

static bool key_in(struct str key, const char *const *list)
{
    for (; *list; list++)
        if (str_eq(key, str_of(*list)))
            return true;
    return false;
}

/* Equal but for members whose keys are listed? */
static bool same_but(const struct pdf_value *a, const struct pdf_value *b, const char *const *but)
{
    if (a->kind != PDF_DICT || b->kind != PDF_DICT)
        return false;
    for (int turn = 0; turn < 2; turn++) {
        const struct pdf_value *from = turn ? b : a, *to = turn ? a : b;
        for (const struct pdf_member *m = from->member; m; m = m->next) {
            if (key_in(m->key, but))
                continue;
            const struct pdf_member *o = to->member;
            while (o && !str_eq(o->key, m->key))
                o = o->next;
            if (!o || !pdf_equal(m->value, o->value))
                return false;
        }
    }
    return true;
}

static bool existed(const struct compare *c, int64_t number)
{
    const struct pdf_entry *e = pdf_find(c->before, number);
    return e && e->kind != ENTRY_FREE;
}

static bool is_changed(const struct compare *c, int64_t number)
{
    return pdf_find(c->before, number) != pdf_find(c->after, number);
}

/* Gives a changed object its role; a second, different role is no explanation. */
static bool explain(struct compare *c, const struct pdf_value *reference, enum role role)
{
    if (reference->kind != PDF_REF || reference->integer >= c->numbers || !is_changed(c, reference->integer))
        return true;
    unsigned char *has = &c->role[reference->integer];
    if (*has != ROLE_NONE && *has != ROLE_NEW && *has != ROLE_SAME && *has != role)
        return false;
    if (*has == ROLE_NONE)
        *has = (unsigned char)role;
    return true;
}

/* --- signature fields and their widgets ----------------------------------------------------- */

static bool is_signature_field(struct pdf_view v, const struct pdf_value *field)
{
    for (int i = 0; i < 8 && pdf_is_dict(field); i++) {
        const struct pdf_value *type = pdf_get(v, field, "FT");
        if (type->kind != PDF_NULL)
            return pdf_is_name(type, "Sig");
        field = pdf_get(v, field, "Parent");
    }
    return false;
}

static void note_signature(struct compare *c, const struct pdf_value *field)
{
    const struct pdf_value *value = pdf_get(c->after, field, "V");

    if (pdf_is_dict(value) && !pdf_is_name(pdf_get(c->after, value, "Type"), "DocTimeStamp"))
        c->adds_signature = true;
}

/* A new field or widget: a signature's, without actions, an object that did not exist. */
static bool is_new_signature(struct compare *c, const struct pdf_value *reference)
{
    if (reference->kind != PDF_REF || existed(c, reference->integer))
        return false;
    const struct pdf_value *field = pdf_resolve(c->after, reference);
    if (field->kind != PDF_DICT || !is_signature_field(c->after, field) || pdf_get_raw(field, "A")->kind != PDF_NULL ||
        pdf_get_raw(field, "AA")->kind != PDF_NULL)
        return false;
    note_signature(c, field);
    return true;
}

/* A field that was there: nothing, or an empty signature field that got its signature. */
static bool field_explained(struct compare *c, const struct pdf_value *reference, int depth)
{
    static const char *const MAY[] = {"V", "AP", "AS", "F", "M", "MK", NULL};
    const struct pdf_value *old = pdf_resolve(c->before, reference), *now = pdf_resolve(c->after, reference);

    if (++c->steps > STEPS_MAX || depth > TREE_DEPTH)
        return false;
    if (reference->kind == PDF_REF && is_changed(c, reference->integer) && !pdf_equal(old, now)) {
        bool was_empty = is_signature_field(c->before, old) && pdf_get(c->before, old, "V")->kind == PDF_NULL;
        const struct pdf_value *value = pdf_get_raw(now, "V");
        if (!was_empty || !same_but(old, now, MAY) || value->kind != PDF_REF || existed(c, value->integer) ||
            !explain(c, reference, ROLE_FIELD))
            return false;
        note_signature(c, now);
    }
    const struct pdf_value *kids = pdf_get(c->before, old, "Kids");
    for (const struct pdf_member *m = kids->kind == PDF_ARRAY ? kids->member : NULL; m; m = m->next)
        if (!field_explained(c, m->value, depth + 1))
            return false;
    return true;
}

/* A list that kept what it had, in order, and only got new signatures at its end. */
static bool list_grew(struct compare *c, const struct pdf_value *old, const struct pdf_value *now)
{
    const struct pdf_member *m = now->kind == PDF_ARRAY ? now->member : NULL;

    for (const struct pdf_member *o = old->kind == PDF_ARRAY ? old->member : NULL; o; o = o->next, m = m->next)
        if (!m || !pdf_equal(o->value, m->value))
            return false;
    for (; m; m = m->next)
        if (!is_new_signature(c, m->value))
            return false;
    return true;
}

/* --- catalogue, form, pages, validation data ------------------------------------------------ */

/* Resources of the form may get more of each kind; what was there stays. Nothing in them that is an object of
 * its own may change. */
static bool resources_grew(struct compare *c, const struct pdf_value *old, const struct pdf_value *now, int depth)
{
    const struct pdf_value *was = pdf_resolve(c->before, old), *is = pdf_resolve(c->after, now);

    if (was->kind == PDF_NULL || pdf_equal(old, now))
        return true;
    if (was->kind != PDF_DICT || is->kind != PDF_DICT || depth == 2)
        return false;
    for (const struct pdf_member *m = was->member; m; m = m->next) {
        const struct pdf_member *o = is->member;
        while (o && !str_eq(o->key, m->key))
            o = o->next;
        if (!o || !resources_grew(c, m->value, o->value, depth + 1))
            return false;
    }
    return true;
}

static bool form_explained(struct compare *c, const struct pdf_value *old_root, const struct pdf_value *root)
{
    static const char *const MAY[] = {"Fields", "SigFlags", "DR", "DA", NULL};
    const struct pdf_value *old = pdf_get(c->before, old_root, "AcroForm"), *now = pdf_get(c->after, root, "AcroForm");

    if (now->kind != PDF_DICT)
        return old->kind == PDF_NULL && now->kind == PDF_NULL;
    if (old->kind == PDF_NULL) {
        for (const struct pdf_member *m = now->member; m; m = m->next)
            if (!key_in(m->key, MAY))
                return false;
        return list_grew(c, &PDF_NOTHING, pdf_get(c->after, now, "Fields"));
    }
    const struct pdf_value *fields = pdf_get_raw(old, "Fields"), *fields_now = pdf_get_raw(now, "Fields");
    bool keeps = resources_grew(c, pdf_get_raw(old, "DR"), pdf_get_raw(now, "DR"), 0);
    keeps = keeps && (pdf_get_raw(old, "DA")->kind == PDF_NULL || pdf_equal(pdf_get_raw(old, "DA"), pdf_get_raw(now, "DA")));
    if (!keeps || !same_but(old, now, MAY) || !explain(c, pdf_get_raw(old_root, "AcroForm"), ROLE_FORM) || !explain(c, fields, ROLE_FORM))
        return false;
    const struct pdf_value *list = pdf_resolve(c->before, fields);
    for (const struct pdf_member *m = list->kind == PDF_ARRAY ? list->member : NULL; m; m = m->next)
        if (!field_explained(c, m->value, 0))
            return false;
    return list_grew(c, list, pdf_resolve(c->after, fields_now));
}

/* Everything below DSS that is an array or dictionary of its own; the streams in it are never shown. */
static bool validation_explained(struct compare *c, const struct pdf_value *value, int depth)
{
    if (depth > 5)
        return true;
    const struct pdf_value *now = pdf_resolve(c->after, value);
    bool rewrites_stream = now->kind == PDF_STREAM && existed(c, value->integer) && is_changed(c, value->integer);
    if (rewrites_stream || !explain(c, value, ROLE_VALIDATION) || ++c->steps > STEPS_MAX)
        return false;
    if (now->kind != PDF_DICT && now->kind != PDF_ARRAY)
        return true;
    for (const struct pdf_member *m = now->member; m; m = m->next)
        if (!validation_explained(c, m->value, depth + 1))
            return false;
    return true;
}

static bool page_explained(struct compare *c, const struct pdf_value *reference)
{
    static const char *const MAY[] = {"Annots", NULL};
    const struct pdf_value *old = pdf_resolve(c->before, reference), *now = pdf_resolve(c->after, reference);

    if (!same_but(old, now, MAY) || !explain(c, reference, ROLE_PAGE))
        return false;
    const struct pdf_value *list = pdf_get_raw(old, "Annots"), *list_now = pdf_get_raw(now, "Annots");
    bool same_place = list->kind != PDF_REF || pdf_equal(list, list_now);
    if (same_place && !explain(c, list, ROLE_ANNOTATIONS))
        return false;
    return list_grew(c, pdf_resolve(c->before, list), pdf_resolve(c->after, list_now));
}

static bool pages_explained(struct compare *c, const struct pdf_value *reference, int depth)
{
    const struct pdf_value *node = pdf_resolve(c->before, reference);

    if (++c->steps > STEPS_MAX || depth > TREE_DEPTH)
        return false;
    const struct pdf_value *kids = pdf_get(c->before, node, "Kids");
    if (kids->kind != PDF_ARRAY)
        return page_explained(c, reference);
    for (const struct pdf_member *m = kids->member; m; m = m->next)
        if (!pages_explained(c, m->value, depth + 1))
            return false;
    return true;
}

static bool trailer_explained(struct compare *c)
{
    static const char *const MAY[] = {"Size", "Prev", "XRefStm", "ID", "Info", "Type", "W", "Index", "Length", "Filter", "DecodeParms", NULL};
    const struct pdf_value *old = pdf_trailer(c->pdf, c->before.revision), *now = pdf_trailer(c->pdf, 0);
    struct pdf_value a = *old, b = *now;

    a.kind = b.kind = PDF_DICT; /* one may be a stream */
    return same_but(&a, &b, MAY) && explain(c, pdf_get_raw(now, "Info"), ROLE_METADATA);
}

static bool root_explained(struct compare *c)
{
    static const char *const MAY[] = {"AcroForm", "DSS", "Extensions", "Metadata", NULL};
    const struct pdf_value *reference = pdf_get_raw(pdf_trailer(c->pdf, 0), "Root");
    const struct pdf_value *old = pdf_resolve(c->before, reference), *now = pdf_resolve(c->after, reference);

    if (!same_but(old, now, MAY) || !explain(c, reference, ROLE_ROOT))
        return false;
    /* Extensions are names and numbers of versions; they show nothing. */
    if (!explain(c, pdf_get_raw(old, "Metadata"), ROLE_METADATA) || !explain(c, pdf_get_raw(old, "Extensions"), ROLE_METADATA))
        return false;
    return form_explained(c, old, now) && validation_explained(c, pdf_get_raw(now, "DSS"), 0) && pages_explained(c, pdf_get_raw(old, "Pages"), 0);
}

/* --- the signed revision, read whole -------------------------------------------------------- */

/* May an object of the role `from` (of a catalogue or page by its type, if unchanged) lead to `to`? */
static bool may_lead(enum role from, const struct pdf_value *holder, enum role to)
{
    bool is_root = pdf_is_name(pdf_get_raw(holder, "Type"), "Catalog"), is_page = pdf_is_name(pdf_get_raw(holder, "Type"), "Page");

    switch (to) {
    case ROLE_NEW:
        return false;
    case ROLE_FORM:
        return from == ROLE_FORM || is_root;
    case ROLE_ANNOTATIONS:
        return is_page;
    case ROLE_VALIDATION:
    case ROLE_METADATA:
        return from == to || is_root;
    case ROLE_NONE:
    case ROLE_SAME:
    case ROLE_ROOT:
    case ROLE_FIELD:
    case ROLE_PAGE:
        return true;
    }
    return false;
}

static bool leads_rightly(const struct compare *c, enum role from, const struct pdf_value *holder, const struct pdf_value *value)
{
    if (value->kind == PDF_REF)
        return value->integer >= c->numbers || may_lead(from, holder, c->role[value->integer]);
    bool has_members = value->kind == PDF_ARRAY || pdf_is_dict(value);
    for (const struct pdf_member *m = has_members ? value->member : NULL; m; m = m->next)
        if (!leads_rightly(c, from, holder, m->value))
            return false;
    return true;
}

static bool revision_leads_rightly(struct compare *c)
{
    for (size_t i = c->before.revision; i < c->pdf->section_count; i++) {
        const struct pdf_section *s = &c->pdf->section[i];
        for (size_t k = 0; k < s->count; k++) {
            struct pdf_entry *e = &s->entry[k];
            if (pdf_doubt(c->pdf))
                return false;
            if (e->kind == ENTRY_FREE || pdf_find(c->before, e->number) != e)
                continue;
            const struct pdf_value *value = pdf_object(c->before, e->number, e->kind == ENTRY_PACKED ? 0 : e->generation);
            if (pdf_is_name(pdf_get_raw(value, "Type"), "XRef"))
                continue;
            if (!leads_rightly(c, e->number < c->numbers ? c->role[e->number] : ROLE_NONE, value, value))
                return false;
        }
    }
    return true;
}

/* What did not exist is new; what says the same as before is the same. */
static void sort_numbers(struct compare *c)
{
    for (size_t i = 0; i < c->before.revision; i++) {
        struct pdf_numbers numbers = pdf_revision_numbers(c->pdf, i);
        for (size_t k = 0; k < numbers.count; k++) {
            int32_t number = numbers.number[k];
            const struct pdf_entry *old = pdf_find(c->before, number), *now = pdf_find(c->after, number);
            if (number >= c->numbers)
                continue;
            if (!existed(c, number))
                c->role[number] = ROLE_NEW;
            else if (now && now->kind != ENTRY_FREE && now->generation == old->generation && now->kind == old->kind &&
                     pdf_equal(pdf_object(c->before, number, now->kind == ENTRY_PACKED ? 0 : old->generation),
                               pdf_object(c->after, number, now->kind == ENTRY_PACKED ? 0 : now->generation)))
                c->role[number] = ROLE_SAME;
        }
    }
}

static bool all_explained(const struct compare *c)
{
    for (size_t i = 0; i < c->before.revision; i++) {
        const struct pdf_section *s = &c->pdf->section[i];
        for (size_t k = 0; k < s->count; k++) {
            int32_t number = s->entry[k].number;
            const struct pdf_entry *now = pdf_find(c->after, number);
            bool was_free = !existed(c, number) && now && now->kind == ENTRY_FREE;
            if (!was_free && (number >= c->numbers || c->role[number] == ROLE_NONE))
                return false;
        }
    }
    return true;
}

enum sign_change sign_change_since(struct pdf *pdf, size_t revision)
{
    struct compare c = {.pdf = pdf, .before = {pdf, revision}, .after = {pdf, 0}, .numbers = pdf_next_number(pdf)};

    if (revision == 0 || pdf_is_encrypted(pdf))
        return SIGN_CHANGE_OTHER;
    c.role = ARENA_ARRAY(pdf->arena, unsigned char, (size_t)c.numbers);
    sort_numbers(&c);
    if (!trailer_explained(&c) || !root_explained(&c) || !all_explained(&c) || !revision_leads_rightly(&c) || pdf_doubt(pdf))
        return SIGN_CHANGE_OTHER;
    return c.adds_signature ? SIGN_CHANGE_SIGNATURES : SIGN_CHANGE_VALIDATION;
}
