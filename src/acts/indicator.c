/* Values of figures that are data, and the records behind them. */
#include "acts/indicator.h"

#include "acts/admin.h"
#include "acts/book.h"
#include "acts/definition.h"
#include "acts/indicator_figure.h"
#include "crypto/hash.h"
#include "crypto/hex.h"
#include "sql_definition.h"
#include "sql_unit.h"

enum { KNOWN_MAX = 200, UNITS_MAX = 64 };

/* The entries of one book below one unit, as they were known. */
struct known {
    struct str code;
    int64_t unit;
    struct instant as_of;
    struct book book;
    struct q_book_known *row;
    const struct schema_value **value;
    struct date (*span)[2];
    size_t count;
};

struct indicators {
    struct ctx *ctx;
    struct indicator *indicator;
    size_t count;
    struct str hash;
    struct known *known;
    size_t known_count;
    struct figure_cache figures;
    struct q_unit_by_id unit[UNITS_MAX]; /* by id, as last asked: lists name few units often */
};

/* ---- definitions ---- */

enum err indicators_open(struct ctx *ctx, struct indicators **ret)
{
    struct indicators *all = ARENA_NEW(ctx->arena, struct indicators);
    struct q_definition_all *row;
    struct buf text = buf_in(ctx->arena);
    enum err err = q_definition_all(ctx_db(ctx), ctx->arena, definition_kind_code(DEFINITION_INDICATOR), &row, &all->count);

    if (err)
        return err;
    all->ctx = ctx;
    all->indicator = ARENA_ARRAY(ctx->arena, struct indicator, all->count + 1);
    all->known = ARENA_ARRAY(ctx->arena, struct known, KNOWN_MAX);
    for (size_t i = 0; i < all->count; i++) {
        struct json j;
        struct fault fault = {.why = STR("")};
        if (json_parse(ctx->arena, row[i].content, &j, &fault) || indicator_read(ctx->arena, j, &all->indicator[i], &fault))
            return ERR_STORE;
        buf_put(&text, row[i].content);
        buf_char(&text, '\n');
    }
    struct hash h = hash_of(text.n ? buf_str(&text) : STR(""));
    all->hash = hex_encode(ctx->arena, (struct str){(const char *)h.b, sizeof h.b});
    *ret = all;
    return OK;
}

size_t indicators_count(const struct indicators *all)
{
    return all->count;
}

const struct indicator *indicators_at(const struct indicators *all, size_t i)
{
    return &all->indicator[i];
}

const struct indicator *indicator_find(const struct indicators *all, struct str code)
{
    for (size_t i = 0; i < all->count; i++)
        if (str_eq(all->indicator[i].code, code))
            return &all->indicator[i];
    return NULL;
}

struct str indicators_hash(const struct indicators *all)
{
    return all->hash;
}

/* ---- entries ---- */

static enum err known_fill(struct indicators *all, struct known *k)
{
    struct ctx *ctx = all->ctx;
    struct arena *a = ctx->arena;
    enum err err = book_by_code(ctx, ctx_db(ctx), k->code, &k->book);

    if (!err)
        err = q_book_known(ctx_db(ctx), a, ctx->actor.id, right_code(RIGHT_BOOK_READ), ctx_today_iso(ctx), k->book.id, k->unit, instant_iso(a, k->as_of),
                           &k->row, &k->count);
    if (err)
        return err;
    k->value = ARENA_ARRAY(a, const struct schema_value *, k->count + 1);
    k->span = arena_alloc(a, k->count + 1, sizeof *k->span, _Alignof(struct date));
    for (size_t i = 0; i < k->count; i++) {
        k->value[i] = book_values(a, &k->book.schema, k->row[i].data);
        if (date_parse(k->row[i].day, &k->span[i][0]) || date_parse(k->row[i].until_day, &k->span[i][1]))
            return ERR_STORE;
    }
    return OK;
}

static enum err known_of(struct indicators *all, struct str book, int64_t unit, struct instant as_of, const struct known **ret)
{
    for (size_t i = 0; i < all->known_count; i++) {
        const struct known *k = &all->known[i];
        if (k->unit == unit && instant_cmp(k->as_of, as_of) == 0 && str_eq(k->code, book)) {
            *ret = k;
            return OK;
        }
    }
    if (all->known_count == KNOWN_MAX)
        return ERR_LIMIT;
    struct known *k = &all->known[all->known_count];
    *k = (struct known){.code = book, .unit = unit, .as_of = as_of};
    enum err err = known_fill(all, k);
    if (err)
        return err;
    all->known_count++;
    *ret = k;
    return OK;
}

/* What conditions with `via` look through: the books that the fields of this one name, of all units. */
struct looking {
    struct indicators *all;
    const struct indicator_question *q;
    int64_t root;
    enum err err;
};

static struct str other(void *arg, const struct indicator_entry *e, struct str via, struct str field)
{
    struct looking *l = arg;
    const struct known *k;
    int64_t id;
    int f = schema_find(e->schema->field, e->schema->count, via);

    if (f < 0 || e->schema->field[f].type != SCHEMA_RECORD || !schema_number(e->value[f].text, &id))
        return STR("");
    enum err err = known_of(l->all, e->schema->field[f].book, l->root, l->q->as_of, &k);
    if (err) {
        l->err = err;
        return STR("");
    }
    int asked = schema_find(k->book.schema.field, k->book.schema.count, field);
    for (size_t i = 0; asked >= 0 && i < k->count; i++)
        if (k->row[i].entry_id == id)
            return k->value[i][asked].text;
    return STR("");
}

/* Which entries of *ret_known count, as indexes. */
static enum err counted(struct indicators *all, const struct indicator_question *q, const struct indicator *i, const struct known **ret_known, size_t **ret,
                        size_t *ret_count)
{
    const struct known *k;
    struct looking l = {.all = all, .q = q};
    enum err err = known_of(all, i->book, q->unit, q->as_of, &k);

    if (!err)
        err = admin_root(all->ctx, ctx_db(all->ctx), &l.root);
    if (err)
        return err;
    size_t *at = ARENA_ARRAY(all->ctx->arena, size_t, k->count + 1), n = 0;
    for (size_t r = 0; r < k->count; r++) {
        struct indicator_entry e = {&k->book.schema, k->value[r], k->span[r][0], k->span[r][1], other, &l};
        if (indicator_counts(i, &e, q->from, q->to))
            at[n++] = r;
    }
    *ret_known = k;
    *ret = at;
    *ret_count = n;
    return l.err;
}

static struct str field_of(const struct known *k, size_t row, struct str field)
{
    int f = schema_find(k->book.schema.field, k->book.schema.count, field);

    return f < 0 ? STR("") : k->value[row][f].text;
}

/* Has this value come before among the counted? Few are counted distinctly: units, people. */
static bool came_before(const struct known *k, const size_t *at, size_t n, struct str field)
{
    struct str s = field_of(k, at[n], field);

    for (size_t i = 0; i < n; i++)
        if (str_eq(field_of(k, at[i], field), s))
            return true;
    return s.n == 0;
}

/* What one counted entry adds to the value. */
static int64_t weight(const struct indicator *i, const struct known *k, const size_t *at, size_t n)
{
    int64_t v = 0;

    if (i->way == INDICATOR_SUM)
        return schema_number(field_of(k, at[n], i->field), &v) ? v : 0;
    return i->way == INDICATOR_DISTINCT ? !came_before(k, at, n, i->field) : 1;
}

/* Nothing in the book is 0 only if somebody answers for it. */
static enum err is_declared(struct indicators *all, const struct indicator_question *q, const struct known *k, bool *ret)
{
    struct arena *a = all->ctx->arena;
    struct q_book_declared *row;
    size_t count;
    enum err err = q_book_declared(ctx_db(all->ctx), a, k->book.id, q->unit, date_iso(a, q->from), date_iso(a, q->to), instant_iso(a, q->as_of), &row, &count);

    if (!err)
        *ret = count > 0;
    return err;
}

static enum err counted_value(struct indicators *all, const struct indicator_question *q, const struct indicator *i, struct indicator_value *ret)
{
    const struct known *k;
    size_t *at, n;
    bool declared = i->declared;
    enum err err = counted(all, q, i, &k, &at, &n);

    if (err)
        return err;
    *ret = (struct indicator_value){.state = INDICATOR_NUMBER};
    for (size_t r = 0; r < n; r++)
        ret->n += weight(i, k, at, r);
    if (n || declared)
        return OK;
    err = is_declared(all, q, k, &declared);
    if (!err && !declared)
        ret->state = INDICATOR_UNKNOWN;
    return err;
}

/* ---- values ---- */

static enum err value_at(struct indicators *all, const struct indicator_question *q, struct str code, int depth, struct indicator_value *ret)
{
    const struct indicator *i = indicator_find(all, code);
    struct indicator_value of[INDICATOR_OF_MAX];

    if (!i)
        return ERR_NOT_FOUND;
    if (depth == INDICATOR_DEPTH_MAX)
        return ERR_LIMIT;
    if (i->way == INDICATOR_FIGURE)
        return indicator_figure_value(all->ctx, &all->figures, q, i, ret);
    if (i->of_count == 0)
        return counted_value(all, q, i, ret);
    for (size_t k = 0; k < i->of_count; k++) {
        enum err err = value_at(all, q, i->of[k], depth + 1, &of[k]);
        if (err)
            return err;
    }
    *ret = indicator_combine(i, of);
    return OK;
}

enum err indicator_value(struct indicators *all, const struct indicator_question *q, struct str code, struct indicator_value *ret)
{
    return value_at(all, q, code, 0, ret);
}

struct str indicator_text(struct arena *a, enum lang lang, const struct indicator_value *v)
{
    if (v->state == INDICATOR_UNKNOWN)
        return word(lang, WORD_INDICATOR_UNKNOWN);
    if (v->state == INDICATOR_NONE)
        return word(lang, WORD_INDICATOR_NONE);
    if (v->is_points)
        return word_hundredths(a, lang, v->n);
    return v->is_share ? word_percent(a, lang, v->n, v->whole) : word_int(a, lang, v->n);
}

/* ---- records ---- */

static enum err unit_name(struct indicators *all, int64_t unit, struct str *ret)
{
    struct q_unit_by_id *u = &all->unit[unit % UNITS_MAX];
    enum err err = u->id == unit ? OK : q_unit_by_id(ctx_db(all->ctx), all->ctx->arena, unit, u);

    if (!err)
        *ret = u->name;
    return err;
}

static enum err entry_records(struct indicators *all, const struct indicator_question *q, const struct indicator *i, int64_t sign, struct indicator_list *out)
{
    const struct known *k;
    size_t *at, n;
    enum err err = counted(all, q, i, &k, &at, &n);

    for (size_t r = 0; !err && r < n; r++) {
        int64_t w = weight(i, k, at, r);
        struct indicator_record one = {INDICATOR_ENTRY, k->row[at[r]].entry_id, k->row[at[r]].title, STR(""), k->span[at[r]][0], sign * w};
        if (!w)
            continue;
        err = unit_name(all, k->row[at[r]].unit_id, &one.unit);
        if (!err)
            indicator_list_add(out, all->ctx->arena, &one);
    }
    return err;
}

static enum err records_at(struct indicators *all, const struct indicator_question *q, struct str code, int64_t sign, int depth, struct indicator_list *out)
{
    const struct indicator *i = indicator_find(all, code);
    enum err err = OK;

    if (!i)
        return ERR_NOT_FOUND;
    if (depth == INDICATOR_DEPTH_MAX)
        return ERR_LIMIT;
    if (i->way == INDICATOR_FIGURE)
        return indicator_figure_records(all->ctx, q, i, sign, out);
    if (!i->of_count)
        return entry_records(all, q, i, sign, out);
    for (size_t k = 0; !err && k < i->of_count && !(k && i->way == INDICATOR_SHARE); k++) /* points open what the share counts */
        err = records_at(all, q, i->of[k], k && i->way == INDICATOR_DIFFERENCE ? -sign : sign, depth + 1, out);
    return err;
}

enum err indicator_records(struct indicators *all, const struct indicator_question *q, struct str code, struct indicator_record **ret, size_t *ret_count)
{
    struct indicator_list out = {.count = 0};
    enum err err = records_at(all, q, code, 1, 0, &out);

    if (err)
        return err;
    *ret = out.record;
    *ret_count = out.count;
    return OK;
}

enum err indicator_rows(struct indicators *all, const struct indicator_question *q, struct str code, const struct book **ret_book, struct indicator_row **ret,
                        size_t *ret_count)
{
    const struct indicator *i = indicator_find(all, code);
    const struct known *k;
    size_t *at, n;
    enum err err = !i ? ERR_NOT_FOUND : i->way == INDICATOR_FIGURE || i->of_count ? ERR_INVALID : counted(all, q, i, &k, &at, &n);

    if (err)
        return err;
    struct indicator_row *row = ARENA_ARRAY(all->ctx->arena, struct indicator_row, n + 1);
    for (size_t r = 0; r < n; r++)
        row[r] = (struct indicator_row){k->row[at[r]].entry_id, k->row[at[r]].unit_id, k->row[at[r]].title, k->value[at[r]]};
    *ret_book = &k->book;
    *ret = row;
    *ret_count = n;
    return OK;
}
