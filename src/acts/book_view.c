/* Reading books: one entry with its history, lists, exports. */
#include "acts/book.h"

#include "base/text.h"

enum err act_book_entry(struct act_book_entry *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    struct arena *a = ctx->arena;
    enum err err = q_book_entry_by_id(db, a, ctx->actor.id, right_code(RIGHT_BOOK_READ), ctx_today_iso(ctx), act->id, &act->entry);

    if (!err)
        err = book_by_id(ctx, db, act->entry.book_id, &act->book);
    if (!err)
        err = q_book_versions(db, a, act->id, &act->version, &act->version_count);
    if (!err)
        err = right_has(ctx, db, ctx->actor.id, RIGHT_BOOK_EDIT, act->entry.unit_id, 0, &act->may_edit);
    if (err)
        return err;
    act->may_edit &= !act->entry.is_struck;
    act->value = book_values(a, &act->book.schema, act->entry.data);
    return OK;
}

static enum err list(struct act_book_list *act, struct ctx *ctx, int64_t n)
{
    struct db *db = ctx_db(ctx);
    struct arena *a = ctx->arena;
    struct str folded = text_fold(a, act->words), like = str_format(a, "%%%" PRIstr "%%", STR_ARG(folded));
    struct str before = act->before_day.n ? act->before_day : STR("99999");
    enum err err = book_by_code(ctx, db, act->book, &act->of);

    if (!err)
        err = q_book_entry_list(db, a, ctx->actor.id, right_code(RIGHT_BOOK_READ), ctx_today_iso(ctx), act->of.id, act->unit ? &act->unit : NULL,
                                folded.n ? &like : NULL, date_iso(a, act->from), date_iso(a, act->to), before, act->before_id, n + 1, &act->row,
                                &act->row_count);
    if (err)
        return err;
    act->has_next = act->row_count > (size_t)n;
    act->row_count -= act->has_next;
    act->value = ARENA_ARRAY(a, const struct schema_value *, act->row_count + 1);
    for (size_t i = 0; i < act->row_count; i++)
        act->value[i] = book_values(a, &act->of.schema, act->row[i].data);
    return OK;
}

enum err act_book_list(struct act_book_list *act, struct ctx *ctx)
{
    enum err err = right_check_any(ctx, RIGHT_BOOK_READ);

    if (!err)
        err = list(act, ctx, BOOK_LIST_ROWS);
    if (err)
        return err;
    act->may_edit = right_check_any(ctx, RIGHT_BOOK_EDIT) == OK;
    return OK;
}

enum err act_book_export(struct act_book_list *act, struct ctx *ctx)
{
    enum err err = right_check_any(ctx, RIGHT_EXPORT);

    if (!err)
        err = right_check_any(ctx, RIGHT_BOOK_READ);
    if (!err)
        err = list(act, ctx, BOOK_EXPORT_MAX);
    return err ? err : act->has_next ? ERR_LIMIT : OK;
}
