#include "acts/form.h"

#include "base/text.h"
#include "format/yaml.h"
#include "forms_gen.h" /* written by tools/facts */

/* ---- the forms ---- */

static enum err form_read(struct arena *a, struct str text, struct form *ret)
{
    struct form f = {.to = DATE_NEVER};
    enum err err = yaml_parse(a, text, &f.tree, NULL);

    if (err)
        return err;
    f.code = json_text(f.tree, "code");
    f.title = json_text(f.tree, "title");
    f.basis = json_text(f.tree, "basis");
    err = date_parse(json_text(f.tree, "from"), &f.from);
    if (!err && json_text(f.tree, "to").n)
        err = date_parse(json_text(f.tree, "to"), &f.to);
    if (!err && (!f.code.n || !f.title.n || !f.basis.n))
        err = ERR_INVALID;
    if (!err)
        *ret = f;
    return err;
}

/* Does `f` hold on that day rather than `other` of the same code? */
static bool is_nearer(const struct form *f, const struct form *other, struct date on)
{
    bool holds = date_cmp(f->from, on) <= 0, other_holds = date_cmp(other->from, on) <= 0;

    if (holds != other_holds)
        return holds;
    return holds ? date_cmp(f->from, other->from) > 0 : date_cmp(f->from, other->from) < 0;
}

/* Is there an older form of the same code among all? */
static bool is_first(const struct form *all, size_t count, const struct form *f)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(all[i].code, f->code) && date_cmp(all[i].from, f->from) < 0)
            return false;
    return true;
}

enum err forms_on(struct arena *a, struct date on, struct form **ret, size_t *ret_count)
{
    struct form *all = ARENA_ARRAY(a, struct form, FORMS_MAX), *some = ARENA_ARRAY(a, struct form, FORMS_MAX);
    size_t count = 0, n = 0;

    for (; count < FORMS_FILE_COUNT; count++) {
        enum err err = count == FORMS_MAX ? ERR_LIMIT : form_read(a, FORMS_FILES[count].text, &all[count]);
        if (err)
            return err;
    }
    for (size_t i = 0; i < count; i++) {
        bool is_best = date_cmp(all[i].from, on) <= 0 || is_first(all, count, &all[i]);
        for (size_t k = 0; k < count; k++)
            is_best &= k == i || !str_eq(all[k].code, all[i].code) || is_nearer(&all[i], &all[k], on);
        if (is_best && date_cmp(on, all[i].to) <= 0)
            some[n++] = all[i];
    }
    *ret = some;
    *ret_count = n;
    return OK;
}

enum err form_find(struct arena *a, struct str code, struct date on, struct form *ret)
{
    struct form *form;
    size_t count;
    enum err err = forms_on(a, on, &form, &count);

    for (size_t i = 0; !err && i < count; i++)
        if (str_eq(form[i].code, code)) {
            *ret = form[i];
            return OK;
        }
    return err ? err : ERR_NOT_FOUND;
}

/* ---- fields ---- */

void form_put(struct form_data *d, const char *name, struct str value)
{
    if (d->field_count == FORM_FIELDS_MAX)
        BUG("more than %d fields", FORM_FIELDS_MAX);
    d->field[d->field_count++] = (struct form_field){str_of(name), value};
}

static const struct form_field *field_in(const struct form_field *field, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(field[i].name, name))
            return &field[i];
    return NULL;
}

struct str form_field_value(const struct form_data *d, struct str name)
{
    const struct form_field *f = field_in(d->field, d->field_count, name);

    return f ? f->value : STR("");
}

bool form_applies(const struct form *f, const struct form_data *d)
{
    struct json needs = json_get(f->tree, "needs");

    for (size_t i = 0; i < json_length(needs); i++)
        if (!form_field_value(d, json_as_text(json_at(needs, i))).n)
            return false;
    return true;
}

/* ---- filling ---- */

struct filling {
    struct arena *a;
    const struct form_data *d;
    struct json tree;
    const struct form_row *row; /* of the list that is gone through, or NULL */
    struct paper_block *block;
    size_t count;
    enum err err;               /* the first */
};

/* The counter of an agency that has no unit of its own for it, as the law of the form calls it. */
static struct str counter_name(struct filling *w, struct str name)
{
    struct str own = json_text(w->tree, "counter");

    if (!own.n || !str_has_prefix(name, STR("counter")) || str_eq(name, STR("counter_phone")))
        return STR("");
    return str_eq(name, STR("counter_caps")) ? text_upper(w->a, own) : own;
}

/* The value of a hole: of the row first. */
static struct str hole(struct filling *w, struct str name)
{
    const struct form_field *f = w->row ? field_in(w->row->field, w->row->field_count, name) : NULL;

    if (!f)
        f = field_in(w->d->field, w->d->field_count, name);
    if (!f && !w->err)
        w->err = ERR_INVALID;
    return !f ? STR("") : f->value.n ? f->value : counter_name(w, name);
}

/* "Địa chỉ: {address}". False: it has holes and all are empty, so it says nothing. */
static bool filled(struct filling *w, struct str text, struct str *ret)
{
    struct buf b = buf_in(w->a);
    bool has_hole = false, says = false;

    while (text.n) {
        size_t open = str_find(text, STR("{"));
        buf_put(&b, str_sub(text, 0, open == STR_NONE ? text.n : open));
        if (open == STR_NONE)
            break;
        size_t close = str_find(text, STR("}"));
        if (close == STR_NONE || close < open) {
            w->err = w->err ? w->err : ERR_INVALID;
            break;
        }
        struct str value = hole(w, str_sub(text, open + 1, close - open - 1));
        has_hole = true;
        says |= value.n > 0;
        buf_put(&b, value);
        text = str_sub(text, close + 1, text.n);
    }
    *ret = b.n ? buf_str(&b) : STR("");
    return says || !has_hole;
}

static struct str line(struct filling *w, struct str text)
{
    struct str s;

    return filled(w, text, &s) ? s : STR("");
}

enum { SPANS_MAX = 9 };

/* With **bold** parts: the signs of the form, never those of what fills it. */
static size_t spans(struct filling *w, struct str text, struct paper_span *span)
{
    size_t n = 0;
    bool bold = false, says = false, holes = str_find(text, STR("{")) != STR_NONE;

    while (text.n && n < SPANS_MAX) {
        size_t at = str_find(text, STR("**"));
        struct str part = str_sub(text, 0, at == STR_NONE ? text.n : at);
        bool has_hole = str_find(part, STR("{")) != STR_NONE;
        bool part_says = filled(w, part, &span[n].text);
        says |= has_hole && part_says;
        span[n].bold = bold;
        n += span[n].text.n > 0;
        bold = !bold;
        text = at == STR_NONE ? STR("") : str_sub(text, at + 2, text.n);
    }
    return says || !holes ? n : 0;
}

static struct paper_block *block(struct filling *w, enum paper_block_kind kind)
{
    struct paper_block *b = &w->block[w->count++];
    *b = (struct paper_block){.kind = kind, .one = STR(""), .two = STR(""), .three = STR(""), .four = STR("")};
    return b;
}

static enum paper_align align_of(struct str name)
{
    static const struct str NAMES[] = {STR_INIT("left"), STR_INIT("centre"), STR_INIT("right"), STR_INIT("justified")};

    for (int i = 0; i <= PAPER_JUSTIFIED; i++)
        if (str_eq(name, NAMES[i]))
            return (enum paper_align)i;
    return PAPER_LEFT;
}

static void put_text(struct filling *w, struct json j, const char *key, enum paper_block_kind kind)
{
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, SPANS_MAX);
    size_t n = spans(w, json_text(j, key), span);

    if (!n)
        return;
    struct paper_block *b = block(w, kind);
    b->span = span;
    b->span_count = n;
    b->align = align_of(json_text(j, "align"));
}

static void put_head(struct filling *w, struct json tree)
{
    struct paper_block *b = block(w, PAPER_HEAD);
    struct json head = json_get(tree, "head");

    b->one = line(w, json_text(head, "above"));
    b->two = line(w, json_text(head, "agency"));
    b->three = line(w, json_text(head, "number"));
    b->four = line(w, json_text(head, "date"));
}

/* The title, and lines under it. */
static void put_title(struct filling *w, struct json tree)
{
    struct json under = json_get(tree, "under");
    struct paper_block *b = block(w, PAPER_TITLE);
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, json_length(under) + 1);

    span[0] = (struct paper_span){.text = text_upper(w->a, json_text(tree, "title")), .bold = true};
    b->span_count = 1;
    for (size_t i = 0; i < json_length(under); i++)
        if (filled(w, json_as_text(json_at(under, i)), &span[b->span_count].text))
            b->span_count++;
    b->span = span;
}

static const struct form_list *list_of(struct filling *w, struct str name)
{
    for (size_t i = 0; i < w->d->list_count; i++)
        if (str_eq(w->d->list[i].name, name))
            return &w->d->list[i];
    w->err = w->err ? w->err : ERR_INVALID;
    return NULL;
}

static void put_rows(struct filling *w, struct json j)
{
    const struct form_list *list = list_of(w, json_text(j, "rows"));

    for (size_t i = 0; list && i < list->row_count; i++) {
        w->row = &list->row[i];
        put_text(w, j, "text", PAPER_PARAGRAPH);
    }
    w->row = NULL;
}

/* A cell of several lines, without those that have nothing to say. */
static struct str cell_text(struct filling *w, struct str text)
{
    struct buf b = buf_in(w->a);
    struct str rest = text, one, said;

    while (str_split(&rest, '\n', &one))
        if (filled(w, one, &said) && said.n)
            buf_format(&b, "%s%" PRIstr, b.n ? "\n" : "", STR_ARG(said));
    return b.n ? buf_str(&b) : STR("");
}

static void put_table(struct filling *w, struct json j)
{
    const struct form_list *list = list_of(w, json_text(j, "table"));
    struct json columns = json_get(j, "columns");
    unsigned n = (unsigned)json_length(columns);

    if (!list || !n || n > FORM_COLUMNS_MAX) {
        w->err = w->err ? w->err : ERR_INVALID;
        return;
    }
    struct paper_table *t = ARENA_NEW(w->a, struct paper_table);
    struct paper_row *row = ARENA_ARRAY(w->a, struct paper_row, list->row_count + 1);
    for (size_t r = 0; r <= list->row_count; r++) {
        struct paper_cell *cell = ARENA_ARRAY(w->a, struct paper_cell, n);
        w->row = r ? &list->row[r - 1] : NULL;
        for (unsigned c = 0; c < n; c++) {
            struct json column = json_at(columns, c);
            cell[c] = r ? (struct paper_cell){.text = cell_text(w, json_text(column, "text")), .align = align_of(json_text(column, "align"))}
                        : (struct paper_cell){.text = json_text(column, "head"), .bold = true, .align = PAPER_CENTRE};
        }
        row[r] = (struct paper_row){cell, n};
    }
    w->row = NULL;
    *t = (struct paper_table){.caption = line(w, json_text(j, "caption")), .row = row, .row_count = list->row_count + 1, .head_count = 1, .columns = n};
    if (list->row_count)
        block(w, PAPER_TABLE)->table = t;
}

/* Lines beside the code; without a code they stand alone. */
static void put_code(struct filling *w, struct json j)
{
    struct json lines = json_get(j, "code");
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, json_length(lines) + 1);
    size_t n = 0;

    for (size_t i = 0; i < json_length(lines); i++)
        n += filled(w, json_as_text(json_at(lines, i)), &span[n].text);
    for (size_t i = 0; !w->d->qr.n && i < n; i++) {
        struct paper_block *b = block(w, PAPER_PARAGRAPH);
        b->span = &span[i];
        b->span_count = 1;
    }
    if (!w->d->qr.n)
        return;
    struct paper_block *b = block(w, PAPER_CODE);
    b->span = span;
    b->span_count = n;
    b->one = w->d->qr;
    b->two = w->d->qr_side;
    b->three = line(w, json_text(j, "under"));
}

static void put_signature(struct filling *w, struct json j)
{
    struct json s = json_get(j, "signature"), copies = json_get(s, "copies");
    struct paper_block *b = block(w, PAPER_SIGNATURE);
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, 2);
    struct buf lines = buf_in(w->a);
    struct str one;

    for (size_t i = 0; i < json_length(copies); i++)
        if (filled(w, json_as_text(json_at(copies, i)), &one))
            buf_format(&lines, "%s%" PRIstr, lines.n ? "\n" : "", STR_ARG(one));
    b->one = lines.n ? buf_str(&lines) : STR("");
    b->two = line(w, json_text(s, "right"));
    b->three = line(w, json_text(s, "position"));
    b->four = line(w, json_text(s, "name"));
    span[0].text = json_text(s, "hint");
    span[1].text = json_text(s, "left");
    b->span = span;
    b->span_count = span[1].text.n ? 2 : span[0].text.n ? 1 : 0;
}

static void put_block(struct filling *w, struct json j)
{
    if (json_has(j, "rows"))
        put_rows(w, j);
    else if (json_has(j, "text"))
        put_text(w, j, "text", PAPER_PARAGRAPH);
    else if (json_has(j, "note"))
        put_text(w, j, "note", PAPER_NOTE);
    else if (json_has(j, "heading"))
        put_text(w, j, "heading", PAPER_HEADING);
    else if (json_has(j, "table"))
        put_table(w, j);
    else if (json_has(j, "code"))
        put_code(w, j);
    else if (json_has(j, "signature"))
        put_signature(w, j);
    else
        w->err = w->err ? w->err : ERR_INVALID;
}

/* How many blocks there can be: head, title, and those of the form, some for each row or line. */
static size_t blocks_most(const struct form_data *d, struct json blocks)
{
    size_t n = 2;

    for (size_t i = 0; i < json_length(blocks); i++) {
        struct json j = json_at(blocks, i);
        n += 1 + json_length(json_get(j, "code"));
        for (size_t k = 0; json_has(j, "rows") && k < d->list_count; k++)
            n += d->list[k].row_count;
    }
    return n;
}

static enum paper_size size_of(struct str name)
{
    return str_eq(name, STR("a5")) ? PAPER_A5 : str_eq(name, STR("a4-wide")) ? PAPER_A4_WIDE : PAPER_A4;
}

enum err form_document(struct arena *a, const struct form *f, const struct form_data *d, struct paper_document *ret)
{
    struct json blocks = json_get(f->tree, "blocks");
    size_t most = blocks_most(d, blocks);
    struct filling w = {.a = a, .d = d, .tree = f->tree};

    if (!form_applies(f, d))
        return ERR_NOT_FOUND;
    if (most > FORM_BLOCKS_MAX)
        return ERR_LIMIT;
    w.block = ARENA_ARRAY(a, struct paper_block, most);
    put_head(&w, f->tree);
    put_title(&w, f->tree);
    for (size_t i = 0; i < json_length(blocks); i++)
        put_block(&w, json_at(blocks, i));
    if (w.err)
        return w.err;
    *ret = (struct paper_document){.title = str_format(a, "%" PRIstr " %" PRIstr, STR_ARG(f->title), STR_ARG(form_field_value(d, STR("code")))),
                                   .author = form_field_value(d, STR("agency")), .on = d->on, .made_at = d->made_at,
                                   .size = size_of(json_text(f->tree, "size")), .block = w.block, .block_count = w.count};
    return OK;
}

struct paper_document form_together(struct arena *a, const struct paper_document *d, size_t count)
{
    struct paper_document all = d[0];
    size_t n = count;

    for (size_t i = 0; i < count; i++)
        n += d[i].block_count;
    struct paper_block *block = ARENA_ARRAY(a, struct paper_block, n);
    all.block = block;
    all.block_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (i)
            block[all.block_count++] = (struct paper_block){.kind = PAPER_NEXT};
        for (size_t k = 0; k < d[i].block_count; k++)
            block[all.block_count++] = d[i].block[k];
    }
    return all;
}
