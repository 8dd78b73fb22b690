/* Numbers: given inside the transaction, one row a group of types, a year and an agency (NĐ 30/2020/NĐ-CP Điều 15). */
#include "acts/admin.h"
#include "acts/document_load.h"
#include "base/text.h"

enum { KEEP_MAX = 100, GAPS_MAX = sizeof((struct number_row){0}.gap) / sizeof(struct document_gap) };

/* The row for a type: the agency's own first, those that name the type before the one that takes all others. */
static enum err series_of(struct ctx *ctx, struct db *db, int64_t unit, struct str type, struct date on, const struct q_document_series_of **ret)
{
    struct q_document_series_of *s;
    size_t count;
    enum err err = q_document_series_of(db, ctx->arena, unit, date_iso(ctx->arena, on), &s, &count);

    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        if (document_series_takes(s[i].types, type)) {
            *ret = &s[i];
            return OK;
        }
    for (size_t i = 0; i < count; i++)
        if (str_eq(s[i].types, STR("*"))) {
            *ret = &s[i];
            return OK;
        }
    return ERR_NOT_FOUND;
}

/* Numbers go with the days: a new one is not dated before the one before it. */
static enum err date_refused(struct on_document *o, struct db *tx, struct str series, struct date date, bool *ret)
{
    struct q_document_number_latest_day latest;
    struct date last;
    enum err err = q_document_number_latest_day(tx, o->ctx->arena, series, &latest);

    *ret = false;
    if (err == ERR_NOT_FOUND)
        return OK;
    if (err || date_parse(latest.dated_on, &last))
        return err ? err : ERR_STORE;
    if (date_cmp(date, last) >= 0)
        return OK;
    *ret = true;
    return on_document_refuse(o, DOCUMENT_DATE_BEFORE_LAST, date_vietnamese(o->ctx->arena, last));
}

static enum err kept_check(struct on_document *o, struct db *tx, struct str series, int64_t kept)
{
    struct q_document_number_find n;
    enum err err = q_document_number_find(tx, o->ctx->arena, series, kept, &n);

    if (err == ERR_NOT_FOUND || (!err && !n.document_id_null)) {
        problem_add(o->ctx, "kept", WORD_DOCUMENT_PROBLEM_KEPT, STR(""));
        return ERR_INVALID;
    }
    return err;
}

static enum err number(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload)
{
    struct act_document_number *act = o->arg;
    struct ctx *ctx = o->ctx;
    struct date today = ctx_today(ctx);
    const struct q_document_series_of *s;
    bool refused = false;

    if (!act->date.day)
        act->date = today;
    if (date_cmp(act->date, today) > 0)
        return on_document_refuse(o, DOCUMENT_DATE_AHEAD, STR(""));
    enum err err = series_of(ctx, tx, h->d.unit_id, h->d.type, act->date, &s);
    if (err == ERR_NOT_FOUND)
        return on_document_refuse(o, DOCUMENT_NO_SERIES, STR(""));
    if (err)
        return err;
    int year = date_civil(act->date).year;
    struct str series = document_series_name(ctx->arena, h->d.unit_id, year, s->code);
    err = act->kept ? kept_check(o, tx, series, act->kept) : date_refused(o, tx, series, act->date, &refused);
    if (err || refused)
        return err;
    err = document_put_number(ctx, tx, h->d.unit_id, series, act->kept, payload, &act->number);
    if (err)
        return err;
    act->code = document_code(ctx->arena, act->number, h->d.notation, h->d.is_law, year);
    struct json n = json_get(payload, "number");
    json_put_text(n, "code", act->code);
    json_put_text(n, "date", date_iso(ctx->arena, act->date));
    document_put_turn(ctx, h, STR("yes"), STR(""), STR(""), payload);
    return OK;
}

enum err act_document_number(struct act_document_number *act, struct ctx *ctx)
{
    struct on_document o = {ctx, &act->on, DOCUMENT_NUMBER, number, act, "document.number"};

    return on_document_run(&o);
}

/* ---- kept ---- */

struct keeping {
    struct act_number_keep *act;
    struct ctx *ctx;
};

static enum err keep_in_transaction(struct db *tx, void *arg)
{
    struct keeping *k = arg;
    struct act_number_keep *act = k->act;
    struct ctx *ctx = k->ctx;
    struct q_document_series_by_id s;
    struct json p = json_new_object(ctx->arena);
    struct q_document_number_last last = {.number = 0};
    enum err err = right_check(ctx, tx, RIGHT_DOCUMENT_REGISTER, act->unit, 0);

    if (!err)
        err = q_document_series_by_id(tx, ctx->arena, act->series, &s);
    if (err)
        return err;
    admin_need_line(ctx, "reason", act->reason, DOCUMENT_LINE_MAX);
    if (act->count < 1 || act->count > KEEP_MAX)
        problem_add(ctx, "count", WORD_PROBLEM_COUNT, STR(""));
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct str series = document_series_name(ctx->arena, act->unit, date_civil(ctx_today(ctx)).year, s.code);
    err = q_document_number_last(tx, ctx->arena, series, &last);
    if (err && err != ERR_NOT_FOUND)
        return err;
    act->first = last.number + 1;
    json_put_text(p, "series", series);
    json_put_int(p, "unit", act->unit);
    json_put_int(p, "first", act->first);
    json_put_int(p, "count", act->count);
    json_put_text(p, "reason", act->reason);
    struct document_entry e = {"document.number_keep", act->unit, 0, p};
    return document_journal(ctx, tx, &e, NULL);
}

enum err act_number_keep(struct act_number_keep *act, struct ctx *ctx)
{
    struct keeping k = {act, ctx};

    return admin_transact(ctx, keep_in_transaction, &k);
}

/* ---- rows ---- */

struct series_saving {
    struct act_series_save *act;
    struct ctx *ctx;
};

static enum err types_check(struct ctx *ctx, struct db *tx, struct str types)
{
    struct str rest = types, one;

    if (str_eq(types, STR("*")))
        return OK;
    while (str_split(&rest, ' ', &one)) {
        struct q_document_type_by_code t;
        enum err err = one.n ? q_document_type_by_code(tx, ctx->arena, one, &t) : OK;
        if (err == ERR_NOT_FOUND)
            problem_add(ctx, "types", WORD_DOCUMENT_PROBLEM_TYPE, one);
        else if (err)
            return err;
    }
    return OK;
}

static enum err series_in_transaction(struct db *tx, void *arg)
{
    struct series_saving *s = arg;
    struct act_series_save *act = s->act;
    struct ctx *ctx = s->ctx;
    struct json p = json_new_object(ctx->arena);
    struct q_document_series_by_id before;
    enum err err = act->unit ? right_check(ctx, tx, RIGHT_DOCUMENT_REGISTER, act->unit, 0) : admin_right_any(ctx, tx, RIGHT_UNIT_EDIT);

    if (!err && act->id) {
        err = q_document_series_by_id(tx, ctx->arena, act->id, &before);
        if (!err && (before.unit_id_null ? 0 : before.unit_id) != act->unit)
            err = ERR_FORBIDDEN;
    }
    if (err)
        return err;
    admin_need_code(ctx, "code", act->code);
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    admin_need_line(ctx, "types", act->types, DOCUMENT_LINE_MAX);
    admin_check_dates(ctx, "to", act->from, act->to);
    err = types_check(ctx, tx, act->types);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    json_put_int(p, "unit", act->unit);
    json_put_text(p, "code", act->code);
    json_put_text(p, "name", act->name);
    json_put_text(p, "types", act->types);
    json_put_text(p, "from", date_iso(ctx->arena, act->from));
    json_put_text(p, "to", date_iso(ctx->arena, act->to));
    struct admin_entry e = {"document_series.save", "document_series", act->id, {0}, p};
    return admin_journal(ctx, tx, &e, act->id ? NULL : &act->id);
}

enum err act_series_save(struct act_series_save *act, struct ctx *ctx)
{
    struct series_saving s = {act, ctx};

    return admin_transact(ctx, series_in_transaction, &s);
}

static enum err row_fill(struct ctx *ctx, struct number_row *row)
{
    struct q_document_number_all *n;
    size_t count;
    enum err err = q_document_number_all(ctx_db(ctx), ctx->arena, row->row.series, &n, &count);

    if (err)
        return err;
    int64_t *number = ARENA_ARRAY(ctx->arena, int64_t, count);
    for (size_t i = 0; i < count; i++)
        number[i] = n[i].number;
    row->gap_count = document_gaps(number, count, row->gap, GAPS_MAX);
    return q_document_number_free(ctx_db(ctx), ctx->arena, row->row.series, &row->kept, &row->kept_count);
}

enum err act_number_rows(struct ctx *ctx, int64_t unit, int year, struct number_row **ret, size_t *ret_count)
{
    struct q_document_number_rows *row;
    size_t count;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_DOCUMENT_READ, unit, 0);

    if (!err)
        err = q_document_number_rows(ctx_db(ctx), ctx->arena, unit, str_format(ctx->arena, "van-ban-%%/%lld/%d%%", (long long)unit, year), &row, &count);
    if (err)
        return err;
    struct number_row *rows = ARENA_ARRAY(ctx->arena, struct number_row, count);
    for (size_t i = 0; !err && i < count; i++) {
        rows[i] = (struct number_row){.row = row[i]};
        err = row_fill(ctx, &rows[i]);
    }
    if (err)
        return err;
    *ret = rows;
    *ret_count = count;
    return OK;
}
