/* Tables of references: classic ones, streams, hybrids, chained by /Prev. */
#include "sign/pdf_file.h"

static enum err because(const char *why, enum err err, const char **ret_why)
{
    *ret_why = why;
    return err;
}

static struct pdf_cursor cursor_at(struct pdf *pdf, size_t at)
{
    return (struct pdf_cursor){.arena = pdf->arena, .bytes = pdf->bytes, .at = at, .base = 0, .budget = &pdf->budget};
}

static bool section_add(struct pdf *pdf, struct pdf_section *s, struct pdf_entry entry)
{
    if (s->count > 0 && (s->count & (s->count - 1)) == 0) { /* full at each power of two */
        struct pdf_entry *more = ARENA_ARRAY(pdf->arena, struct pdf_entry, s->count * 2);
        memcpy(more, s->entry, s->count * sizeof *more);
        s->entry = more;
    } else if (s->count == 0) {
        s->entry = ARENA_ARRAY(pdf->arena, struct pdf_entry, 1);
    }
    if (pdf->entry_count == PDF_ENTRIES_MAX)
        return false;
    s->entry[s->count++] = entry;
    pdf->entry_count++;
    return true;
}

static bool read_plain_entry(struct pdf_cursor *c, struct pdf_entry *e)
{
    int64_t at, generation;

    pdf_skip_space(c);
    if (!pdf_take_digits(c, &at))
        return false;
    pdf_skip_space(c);
    if (!pdf_take_digits(c, &generation) || generation > 65535)
        return false;
    pdf_skip_space(c);
    e->kind = pdf_take_word(c, "n") ? ENTRY_PLAIN : ENTRY_FREE;
    if (e->kind == ENTRY_FREE && !pdf_take_word(c, "f"))
        return false;
    e->at = at;
    e->generation = (int)generation;
    return true;
}

static enum err read_classic(struct pdf *pdf, struct pdf_section *s, struct pdf_cursor c)
{
    int64_t first, count;

    for (;;) {
        pdf_skip_space(&c);
        if (pdf_take_word(&c, "trailer"))
            break;
        if (!pdf_take_digits(&c, &first))
            return ERR_INVALID;
        pdf_skip_space(&c);
        if (!pdf_take_digits(&c, &count) || count > PDF_ENTRIES_MAX || first + count > PDF_OBJECT_MAX + 1)
            return ERR_INVALID;
        for (int64_t i = 0; i < count; i++) {
            struct pdf_entry e = {.number = (int32_t)(first + i)};
            if (!read_plain_entry(&c, &e))
                return ERR_INVALID;
            /* Entry "0 0 n" is how some writers leave a hole. */
            if (e.kind == ENTRY_PLAIN && e.at == 0)
                e.kind = ENTRY_FREE;
            if (!section_add(pdf, s, e))
                return ERR_LIMIT;
        }
    }
    enum err err = pdf_read_value(&c, &s->trailer);
    return err ? err : s->trailer->kind == PDF_DICT ? OK : ERR_INVALID;
}

/* Big-endian fields of a stream's entry; width 0 means the default. */
static int64_t field_of(const unsigned char *p, int64_t width, int64_t fallback)
{
    uint64_t value = 0;

    for (int64_t i = 0; i < width; i++)
        value = value << 8 | p[i];
    return width ? (int64_t)value : fallback;
}

static bool entry_of(const unsigned char *p, const int64_t width[3], struct pdf_entry *e)
{
    int64_t kind = field_of(p, width[0], 1), b = field_of(p + width[0], width[1], 0), c = field_of(p + width[0] + width[1], width[2], 0);

    if (kind < 0 || kind > 2 || b < 0 || c < 0 || c > 1 << 24 || (kind == 2 && b > PDF_OBJECT_MAX))
        return false;
    e->kind = kind == 0 ? ENTRY_FREE : kind == 1 ? ENTRY_PLAIN : ENTRY_PACKED;
    e->at = b;
    e->generation = (int)c;
    return true;
}

static enum err read_packed_entries(struct pdf *pdf, struct pdf_section *s, struct str bytes, const int64_t width[3])
{
    const struct pdf_value *index = pdf_get_raw(s->trailer, "Index"), *size = pdf_get_raw(s->trailer, "Size");
    size_t row = (size_t)(width[0] + width[1] + width[2]), at = 0;
    size_t ranges = index->kind == PDF_ARRAY ? index->count / 2 : 1;

    for (size_t i = 0; i < ranges; i++) {
        int64_t first = index->kind == PDF_ARRAY ? pdf_at_raw(index, i * 2)->integer : 0;
        int64_t count = index->kind == PDF_ARRAY ? pdf_at_raw(index, i * 2 + 1)->integer : size->integer;
        if (first < 0 || count < 0 || count > PDF_ENTRIES_MAX || first > PDF_OBJECT_MAX || first + count > PDF_OBJECT_MAX + 1)
            return ERR_INVALID;
        for (int64_t k = 0; k < count; k++, at += row) {
            struct pdf_entry e = {.number = (int32_t)(first + k)};
            if (bytes.n - at < row || !entry_of((const unsigned char *)bytes.p + at, width, &e))
                return ERR_INVALID;
            if (!section_add(pdf, s, e))
                return ERR_LIMIT;
        }
    }
    return OK;
}

static enum err read_stream(struct pdf *pdf, struct pdf_section *s)
{
    struct pdf_placed placed;
    struct str bytes;
    int64_t width[3];
    /* A view without sections: the length of this stream must stand in it directly. */
    struct pdf_view nothing = {pdf, PDF_REVISIONS_MAX};
    enum err err = pdf_read_object(nothing, s->at, &placed);

    if (err)
        return err;
    s->trailer = placed.value;
    s->is_stream = true;
    if (placed.value->kind != PDF_STREAM || !pdf_is_name(pdf_get_raw(placed.value, "Type"), "XRef"))
        return ERR_INVALID;
    const struct pdf_value *w = pdf_get_raw(placed.value, "W");
    if (w->kind != PDF_ARRAY || w->count < 3)
        return ERR_INVALID;
    for (size_t i = 0; i < 3; i++) {
        width[i] = pdf_at_raw(w, i)->integer;
        if (pdf_at_raw(w, i)->kind != PDF_INT || width[i] < 0 || width[i] > 8)
            return ERR_INVALID;
    }
    if (width[0] + width[1] + width[2] == 0)
        return ERR_INVALID;
    if ((err = pdf_inflate(nothing, placed.value, &bytes)))
        return err;
    return read_packed_entries(pdf, s, bytes, width);
}

static int by_number(const void *a, const void *b)
{
    const struct pdf_entry *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* Sorted for searching. A number twice in one table is read differently by different viewers. */
static bool section_sort(struct pdf_section *s)
{
    if (s->count)
        qsort(s->entry, s->count, sizeof *s->entry, by_number);
    for (size_t i = 1; i < s->count; i++)
        if (s->entry[i].number == s->entry[i - 1].number)
            return false;
    return true;
}

static enum err read_section(struct pdf *pdf, size_t at, const char **ret_why)
{
    if (pdf->section_count == PDF_REVISIONS_MAX)
        return because("too many revisions", ERR_LIMIT, ret_why);
    for (size_t i = 0; i < pdf->section_count; i++)
        if (pdf->section[i].at == at)
            return because("the tables of references run in a circle", ERR_INVALID, ret_why);
    struct pdf_section *s = &pdf->section[pdf->section_count];
    struct pdf_cursor c = cursor_at(pdf, at);

    *s = (struct pdf_section){.at = at};
    pdf_skip_space(&c);
    enum err err = pdf_take_word(&c, "xref") ? read_classic(pdf, s, c) : read_stream(pdf, s);
    if (err)
        return because("a table of references cannot be read", err, ret_why);
    if (!section_sort(s))
        return because("an object stands twice in one table of references", ERR_INVALID, ret_why);
    pdf->section_count++;
    return OK;
}

/* Where a trailer points: /XRefStm (only in hybrids) or /Prev. */
static bool next_at(const struct pdf *pdf, const struct pdf_value *trailer, const char *key, size_t *ret, bool *ret_is_odd)
{
    const struct pdf_value *value = pdf_get_raw(trailer, key);

    if (value->kind == PDF_NULL)
        return false;
    *ret_is_odd = value->kind != PDF_INT || value->integer <= 0 || (uint64_t)value->integer >= pdf->bytes.n;
    *ret = (size_t)value->integer;
    return true;
}

/* The number after the last "startxref" of the first `end` bytes, which must end with it and %%EOF. */
static bool last_start(const struct pdf *pdf, size_t end, size_t *ret)
{
    enum { LOOK_BACK = 128 };
    size_t from = end > LOOK_BACK ? end - LOOK_BACK : 0, found = PDF_NOWHERE;
    struct str tail = str_sub(pdf->bytes, from, end - from);
    int64_t at;

    for (size_t i = 0; i + 9 <= tail.n; i++)
        if (memcmp(tail.p + i, "startxref", 9) == 0)
            found = i;
    if (found == PDF_NOWHERE)
        return false;
    size_t budget = 0;
    struct pdf_cursor c = {.bytes = tail, .at = found + 9, .budget = &budget};
    while (c.at < tail.n && pdf_is_space(tail.p[c.at]))
        c.at++;
    if (!pdf_take_digits(&c, &at) || (uint64_t)at >= end)
        return false;
    while (c.at < tail.n && pdf_is_space(tail.p[c.at]))
        c.at++;
    if (tail.n - c.at < 5 || memcmp(tail.p + c.at, "%%EOF", 5) != 0)
        return false;
    for (c.at += 5; c.at < tail.n; c.at++)
        if (!pdf_is_space(tail.p[c.at]))
            return false;
    *ret = (size_t)at;
    return true;
}

enum err pdf_read_tables(struct pdf *pdf, const char **ret_why)
{
    size_t at, hidden = 0;
    bool is_odd = false;

    if (!last_start(pdf, pdf->bytes.n, &at))
        return because("the file does not end with startxref and %%EOF", ERR_INVALID, ret_why);
    for (bool more = true; more;) {
        enum err err = read_section(pdf, at, ret_why);
        if (err)
            return err;
        const struct pdf_value *trailer = pdf->section[pdf->section_count - 1].trailer;
        bool is_hybrid = !pdf->section[pdf->section_count - 1].is_stream && next_at(pdf, trailer, "XRefStm", &hidden, &is_odd);
        if (is_hybrid && !is_odd && (err = read_section(pdf, hidden, ret_why)))
            return err;
        more = next_at(pdf, trailer, "Prev", &at, &is_odd);
        if (is_odd)
            return because("a table of references points out of the file", ERR_INVALID, ret_why);
    }
    return OK;
}

enum err pdf_revision_of(const struct pdf *pdf, size_t end, size_t *ret)
{
    size_t at;

    if (end > pdf->bytes.n || !last_start(pdf, end, &at))
        return ERR_NOT_FOUND;
    for (size_t i = 0; i < pdf->section_count; i++) {
        if (pdf->section[i].at != at)
            continue;
        /* What is newer must lie behind, what is older before the cut. */
        for (size_t k = 0; k < pdf->section_count; k++)
            if ((k < i) != (pdf->section[k].at >= end))
                return ERR_NOT_FOUND;
        *ret = i;
        return OK;
    }
    return ERR_NOT_FOUND;
}

struct pdf_numbers pdf_revision_numbers(struct pdf *pdf, size_t i)
{
    const struct pdf_section *s = &pdf->section[i];
    int32_t *number = ARENA_ARRAY(pdf->arena, int32_t, s->count);

    for (size_t k = 0; k < s->count; k++)
        number[k] = s->entry[k].number;
    return (struct pdf_numbers){number, s->count};
}

int32_t pdf_next_number(const struct pdf *pdf)
{
    int32_t next = 1;

    for (size_t i = 0; i < pdf->section_count; i++) {
        const struct pdf_section *s = &pdf->section[i];
        int64_t size = pdf_get_raw(s->trailer, "Size")->integer;
        if (s->count && s->entry[s->count - 1].number >= next)
            next = s->entry[s->count - 1].number + 1;
        if (size > next && size <= PDF_OBJECT_MAX)
            next = (int32_t)size;
    }
    return next;
}

struct pdf_entry *pdf_find(struct pdf_view v, int64_t number)
{
    for (size_t i = v.revision; i < v.pdf->section_count; i++) {
        struct pdf_section *s = &v.pdf->section[i];
        if (++v.pdf->probes > PDF_PROBES_MAX) {
            pdf_doubts(v.pdf, "it has too many revisions of too many objects");
            return NULL;
        }
        struct pdf_entry key = {.number = (int32_t)number};
        struct pdf_entry *e = s->count ? bsearch(&key, s->entry, s->count, sizeof key, by_number) : NULL;
        if (e)
            return e;
    }
    return NULL;
}
