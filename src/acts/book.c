/* Entries of books: written, changed, struck; and who says that a book is complete. */
#include "acts/book.h"

#include "acts/admin.h"
#include "acts/book_ref.h"
#include "base/text.h"
#include "store/journal.h"

/* ---- values as they are stored ---- */

static struct schema_value value_of(struct arena *a, const struct schema_field *f, struct json j)
{
    struct schema_value v = {.text = json_as_text(j)};

    if (f->type != SCHEMA_GROUP)
        return v;
    v.row_count = json_length(j);
    struct schema_value *row = ARENA_ARRAY(a, struct schema_value, v.row_count * f->field_count + 1);
    for (size_t r = 0; r < v.row_count; r++)
        for (size_t i = 0; i < f->field_count; i++)
            row[r * f->field_count + i].text = json_as_text(json_get_named(json_at(j, r), f->field[i].code));
    v.row = row;
    return v;
}

struct schema_value *book_values(struct arena *a, const struct schema *s, struct str data)
{
    struct schema_value *v = ARENA_ARRAY(a, struct schema_value, s->count + 1);
    struct json j = {NULL};
    struct fault fault;

    if (json_parse(a, data, &j, &fault))
        BUG("a stored entry that is no JSON");
    for (size_t i = 0; i < s->count; i++)
        v[i] = value_of(a, &s->field[i], json_get_named(j, s->field[i].code));
    return v;
}

static struct json rows_of(struct arena *a, const struct schema_field *f, const struct schema_value *v)
{
    struct json list = json_new_array(a);

    for (size_t r = 0; r < v->row_count; r++) {
        struct json o = json_new_object(a);
        for (size_t i = 0; i < f->field_count; i++)
            if (v->row[r * f->field_count + i].text.n)
                json_put_named(o, f->field[i].code, json_new_text(a, v->row[r * f->field_count + i].text));
        json_append(list, o);
    }
    return list;
}

/* Blank fields are not written: an edition that adds one leaves old entries as they are. */
static struct json data_of(struct arena *a, const struct schema *s, const struct schema_value *v)
{
    struct json o = json_new_object(a);

    for (size_t i = 0; i < s->count; i++) {
        if (s->field[i].type == SCHEMA_GROUP && v[i].row_count)
            json_put_named(o, s->field[i].code, rows_of(a, &s->field[i], &v[i]));
        else if (v[i].text.n)
            json_put_named(o, s->field[i].code, json_new_text(a, v[i].text));
    }
    return o;
}

/* ---- entering ---- */

enum { DOUBTS_MAX = 50 };
struct entering {
    struct act_book_enter *act;
    struct ctx *ctx;
    struct db *tx;
    struct book book;
    struct schema_value *typed, *value;
    struct schema_problem *doubt;
    struct q_book_entry_by_id old;
    int64_t unit;
};

static const char *name_of(struct arena *a, const struct schema_problem *p)
{
    struct str s = p->group ? str_format(a, "f-%" PRIstr "-%" PRIstr "-%zu", STR_ARG(p->group->code), STR_ARG(p->field->code), p->row)
                            : str_format(a, "f-%" PRIstr, STR_ARG(p->field->code));

    return str_z(a, s);
}

static void note(void *arg, const struct schema_problem *p)
{
    struct entering *e = arg;

    if (!p->is_warning)
        problem_add(e->ctx, name_of(e->ctx->arena, p), p->word, p->arg);
    else if (e->act->doubt_count < DOUBTS_MAX)
        e->doubt[e->act->doubt_count++] = *p;
}

/* What names something of the store becomes its id, or a problem. */
static enum err refer(struct entering *e, const struct schema_field *f, const struct schema_field *group, size_t row, struct str *text)
{
    struct schema_problem p = {f, group, row, WORD_SCHEMA_PROBLEM_NONE_SUCH, *text, false};
    enum err err = book_ref_find(e->ctx, e->tx, f, e->act->by_code, text);

    if (err != ERR_NOT_FOUND)
        return err;
    note(e, &p);
    *text = STR("");
    return OK;
}

static enum err refer_all(struct entering *e)
{
    const struct schema *s = &e->book.schema;
    enum err err = OK;

    for (size_t i = 0; !err && i < s->count; i++) {
        const struct schema_field *f = &s->field[i];
        e->typed[i] = e->act->value[i];
        if (f->type != SCHEMA_GROUP) {
            err = refer(e, f, NULL, 0, &e->typed[i].text);
            continue;
        }
        size_t cells = e->typed[i].row_count * f->field_count;
        struct schema_value *row = ARENA_ARRAY(e->ctx->arena, struct schema_value, cells + 1);
        for (size_t k = 0; !err && k < cells; k++) {
            row[k] = e->typed[i].row[k];
            err = refer(e, &f->field[k % f->field_count], f, k / f->field_count, &row[k].text);
        }
        e->typed[i].row = row;
    }
    return err;
}

/* The folded text of everything that people read in it. */
static struct str search_of(struct entering *e)
{
    const struct schema *s = &e->book.schema;
    struct arena *a = e->ctx->arena;
    struct buf b = buf_in(a);

    for (size_t i = 0; i < s->count; i++) {
        if (s->field[i].type == SCHEMA_GROUP)
            continue;
        buf_put(&b, book_say(e->ctx, &s->field[i], e->value[i].text));
        buf_char(&b, ' ');
    }
    return text_fold(a, b.n ? buf_str(&b) : STR(""));
}

static struct str say(void *arg, const struct schema_field *f, struct str value)
{
    struct entering *e = arg;

    return book_say(e->ctx, f, value);
}

static struct str key_of(const struct entering *e)
{
    const struct schema *s = &e->book.schema;
    struct buf b = buf_in(e->ctx->arena);

    for (size_t i = 0; i < s->key_count; i++) {
        struct str part = text_fold(e->ctx->arena, e->value[s->key[i]].text);
        if (!part.n)
            return STR("");
        buf_put(&b, part);
        buf_char(&b, '|');
    }
    return b.n ? buf_str(&b) : STR("");
}

static enum err check_key(struct entering *e, struct str key)
{
    const struct schema *s = &e->book.schema;
    struct q_book_key_find same;
    enum err err = key.n ? q_book_key_find(e->tx, e->ctx->arena, e->book.id, key, &same) : ERR_NOT_FOUND;

    if (!err && same.entry_id != e->act->id) {
        struct schema_problem p = {&s->field[s->key[0]], NULL, 0, WORD_BOOK_PROBLEM_SAME, same.title, false};
        note(e, &p);
    }
    return err == ERR_NOT_FOUND ? OK : err;
}

/* The right at the unit that the entry is of now, and at the one it was of. */
static enum err may_write(struct entering *e)
{
    const struct schema *s = &e->book.schema;
    struct str unit = e->value[s->unit].text;
    enum err err = OK;

    if (e->act->id) {
        err = q_book_entry_by_id(e->tx, e->ctx->arena, e->ctx->actor.id, right_code(RIGHT_BOOK_EDIT), ctx_today_iso(e->ctx), e->act->id, &e->old);
        if (!err && (e->old.book_id != e->book.id || e->old.is_struck))
            err = ERR_NOT_FOUND;
        if (!err && e->act->version && e->act->version != e->old.version)
            err = ERR_STALE;
    }
    if (err || !unit.n)
        return err;
    if (str_parse_int(unit, 1, INT64_MAX, &e->unit))
        return ERR_BUG;
    return right_check(e->ctx, e->tx, RIGHT_BOOK_EDIT, e->unit, 0);
}

static struct json payload_of(struct entering *e, struct str key)
{
    const struct schema *s = &e->book.schema;
    struct arena *a = e->ctx->arena;
    struct json p = json_new_object(a);
    struct str until = s->until >= 0 ? e->value[s->until].text : e->value[s->day].text;

    json_put_int(p, "book", e->book.id);
    json_put_int(p, "edition", e->book.edition);
    json_put_int(p, "version", e->old.version + 1);
    json_put_int(p, "unit", e->unit);
    json_put_text(p, "day", e->value[s->day].text);
    json_put_text(p, "until", until.n ? until : date_iso(a, DATE_NEVER));
    json_put_text(p, "title", schema_fill(s, a, LANG_VI, s->title, e->value, say, e));
    json_put_text(p, "search", search_of(e));
    json_put_json(p, "data", data_of(a, s, e->value));
    json_put_text(p, "reason", e->act->reason);
    if (key.n)
        json_put_text(p, "key", key);
    return p;
}

/* Entries stand in the chain of the unit that they are of. */
static enum err journal(struct ctx *ctx, struct db *tx, const char *act, int64_t unit, int64_t subject, struct instant at, struct json payload, int64_t *ret_id)
{
    struct str code;
    enum err err = book_unit_code(ctx, tx, unit, &code);
    struct journal_entry j = {
        .unit = err ? STR("") : code, .happened_at = at.ms ? at : ctx->now, .recorded_at = ctx->now, .actor = ctx->actor.id,
        .act = str_of(act), .subject_kind = STR("book_entry"), .subject_id = subject, .payload = payload,
    };

    if (!err)
        err = journal_append(tx, ctx->arena, &j);
    if (!err && ret_id)
        *ret_id = subject ? subject : j.pos;
    return err;
}

static enum err enter_in_transaction(struct db *tx, void *arg)
{
    struct entering *e = arg;
    struct ctx *ctx = e->ctx;
    struct act_book_enter *act = e->act;
    struct str key;
    enum err err = book_by_code(ctx, tx, act->book, &e->book);

    if (err)
        return err;
    e->tx = tx;
    act->doubt_count = 0;
    e->old.version = 0;
    e->doubt = ARENA_ARRAY(ctx->arena, struct schema_problem, DOUBTS_MAX);
    e->typed = ARENA_ARRAY(ctx->arena, struct schema_value, e->book.schema.count + 1);
    e->value = ARENA_ARRAY(ctx->arena, struct schema_value, e->book.schema.count + 1);
    err = refer_all(e);
    if (err)
        return err;
    bool good = schema_take(&e->book.schema, ctx->arena, ctx_today(ctx), e->typed, e->value, note, e);
    if (act->id)
        admin_need_line(ctx, "reason", act->reason, BOOK_REASON_MAX);
    act->doubt = e->doubt;
    err = may_write(e);
    if (err)
        return err;
    key = key_of(e);
    err = check_key(e, key);
    if (err || !good || ctx->problems.count)
        return err ? err : ERR_INVALID;
    return act->dry ? OK : journal(ctx, tx, "book.enter", e->unit, act->id, act->happened_at, payload_of(e, key), &act->id);
}

enum err act_book_enter(struct act_book_enter *act, struct ctx *ctx)
{
    struct entering e = {.act = act, .ctx = ctx};

    return admin_transact(ctx, enter_in_transaction, &e);
}

/* ---- striking ---- */

struct striking {
    struct act_book_strike *act;
    struct ctx *ctx;
};

static enum err strike_in_transaction(struct db *tx, void *arg)
{
    struct striking *s = arg;
    struct ctx *ctx = s->ctx;
    struct q_book_entry_by_id old;
    struct json data, p = json_new_object(ctx->arena);
    struct fault fault;
    enum err err = q_book_entry_by_id(tx, ctx->arena, ctx->actor.id, right_code(RIGHT_BOOK_EDIT), ctx_today_iso(ctx), s->act->id, &old);

    if (!err && old.is_struck)
        err = ERR_NOT_FOUND;
    if (!err && s->act->version && s->act->version != old.version)
        err = ERR_STALE;
    if (!err)
        admin_need_line(ctx, "reason", s->act->reason, BOOK_REASON_MAX);
    if (err || ctx->problems.count)
        return err ? err : ERR_INVALID;
    struct book book;
    err = book_by_id(ctx, tx, old.book_id, &book);
    if (err || json_parse(ctx->arena, old.data, &data, &fault))
        return err ? err : ERR_STORE;
    json_put_int(p, "book", old.book_id);
    json_put_int(p, "edition", book.edition);
    json_put_int(p, "version", old.version + 1);
    json_put_int(p, "unit", old.unit_id);
    json_put_text(p, "day", old.day);
    json_put_text(p, "until", old.until_day);
    json_put_text(p, "title", old.title);
    json_put_text(p, "search", STR(""));
    json_put_json(p, "data", data);
    json_put_bool(p, "is_struck", true);
    json_put_text(p, "reason", s->act->reason);
    return journal(ctx, tx, "book.enter", old.unit_id, old.id, (struct instant){0}, p, NULL);
}

enum err act_book_strike(struct act_book_strike *act, struct ctx *ctx)
{
    struct striking s = {act, ctx};

    return admin_transact(ctx, strike_in_transaction, &s);
}

/* ---- complete ---- */

struct declaring {
    struct act_book_declare *act;
    struct ctx *ctx;
    int64_t back;
};

static enum err declare_in_transaction(struct db *tx, void *arg)
{
    struct declaring *d = arg;
    struct act_book_declare *act = d->act;
    struct ctx *ctx = d->ctx;
    struct json p = json_new_object(ctx->arena);
    struct book book;
    enum err err = book_by_code(ctx, tx, act->book, &book);

    if (!err)
        err = right_check(ctx, tx, RIGHT_BOOK_EDIT, act->unit, 0);
    if (err)
        return err;
    admin_need_line(ctx, "note", act->note, BOOK_REASON_MAX);
    admin_check_dates(ctx, "to", act->from, act->to);
    if (ctx->problems.count)
        return ERR_INVALID;
    json_put_int(p, "book", book.id);
    json_put_int(p, "unit", act->unit);
    json_put_text(p, "from", date_iso(ctx->arena, act->from));
    json_put_text(p, "to", date_iso(ctx->arena, act->to));
    json_put_text(p, "note", act->note);
    return journal(ctx, tx, "book.declare", act->unit, 0, (struct instant){0}, p, &act->id);
}

enum err act_book_declare(struct act_book_declare *act, struct ctx *ctx)
{
    struct declaring d = {.act = act, .ctx = ctx};

    return admin_transact(ctx, declare_in_transaction, &d);
}

static enum err take_back_in_transaction(struct db *tx, void *arg)
{
    struct declaring *d = arg;
    struct q_book_declaration_by_id old;
    enum err err = q_book_declaration_by_id(tx, d->ctx->arena, d->back, &old);

    if (!err)
        err = right_check(d->ctx, tx, RIGHT_BOOK_EDIT, old.unit_id, 0);
    if (!err && !str_eq(old.recorded_to, instant_iso(d->ctx->arena, INSTANT_NEVER)))
        err = ERR_NOT_FOUND;
    return err ? err : journal(d->ctx, tx, "book.take_back", old.unit_id, d->back, (struct instant){0}, json_new_object(d->ctx->arena), NULL);
}

enum err act_book_take_back(struct ctx *ctx, int64_t declaration)
{
    struct declaring d = {.ctx = ctx, .back = declaration};

    return admin_transact(ctx, take_back_in_transaction, &d);
}
