#include "acts/catalogue.h"

#include "base/text.h"
#include "format/json.h"
#include "sql_journal.h"

static struct str day_of(struct ctx *ctx, struct date day)
{
    return day.day ? date_iso(ctx->arena, day) : ctx_today_iso(ctx);
}

/* "cap phep xay dung" as a pattern that finds the words in that order, whatever stands between.
 * Folded text holds only letters, digits and blanks, so nothing needs escaping. */
static struct str pattern_of(struct arena *a, struct str words)
{
    struct str rest = text_fold(a, words), word;
    struct buf b = buf_in(a);

    buf_char(&b, '%');
    while (str_split(&rest, ' ', &word)) {
        buf_put(&b, word);
        buf_char(&b, '%');
    }
    return buf_str(&b);
}

enum err act_procedure_list(struct act_procedure_list *act, struct ctx *ctx)
{
    struct str pattern = pattern_of(ctx->arena, act->words);

    return q_procedure_list(ctx_db(ctx), ctx->arena, pattern.n > 1 ? &pattern : NULL,
                            act->field.n ? &act->field : NULL, act->unit ? &act->unit : NULL, day_of(ctx, act->day),
                            &act->row, &act->row_count);
}

static enum err head_load(struct act_procedure_view *act, struct ctx *ctx, struct db *db)
{
    struct q_procedure_by_code by_code;

    if (act->code.n) {
        enum err err = q_procedure_by_code(db, ctx->arena, act->code, &by_code);
        if (err)
            return err;
        act->id = by_code.id;
    }
    return q_procedure_by_id(db, ctx->arena, act->id, &act->procedure);
}

/* The version asked for, or the one of the day. None that day: whole stays NULL. */
static enum err whole_load(struct act_procedure_view *act, struct ctx *ctx, struct db *db)
{
    struct q_version_at at;
    int64_t id = act->version;
    enum err err = q_version_at(db, ctx->arena, act->id, day_of(ctx, act->day), &at);

    act->whole = NULL;
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (!id && err == ERR_NOT_FOUND)
        return OK;
    act->in_force = err == OK && (!id || id == at.id);
    err = procedure_load(ctx, db, id ? id : at.id, &act->whole);
    if (!err && act->whole->version.procedure_id != act->id) {
        act->whole = NULL;
        return ERR_NOT_FOUND;
    }
    return err;
}

/* The key words as they were typed last: the tables hold them only folded, the journal whole. */
static enum err words_load(struct act_procedure_view *act, struct ctx *ctx, struct db *db)
{
    struct q_journal_of *row;
    size_t count;
    struct json payload;
    struct str subject = act->version_count
                             ? str_format(ctx->arena, "version/%lld", (long long)act->versions[0].id)
                             : str_format(ctx->arena, "procedure/%lld", (long long)act->id);
    enum err err = q_journal_of(db, ctx->arena, subject, &row, &count);

    if (err)
        return err;
    act->words = STR("");
    if (count && json_parse(ctx->arena, row[0].payload, &payload, NULL) == OK)
        act->words = json_text(payload, "words");
    return OK;
}

enum err act_procedure_view(struct act_procedure_view *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    enum err err = head_load(act, ctx, db);

    act->in_force = false;
    if (!err)
        err = whole_load(act, ctx, db);
    if (!err)
        err = q_version_list(db, ctx->arena, act->id, &act->versions, &act->version_count);
    if (!err)
        err = q_procedure_units(db, ctx->arena, act->id, &act->unit, &act->unit_count);
    if (!err)
        err = q_posting_list(db, ctx->arena, act->id, &act->posting, &act->posting_count);
    if (!err)
        err = words_load(act, ctx, db);
    if (err)
        return err;
    err = right_check_any(ctx, RIGHT_CATALOGUE_EDIT);
    act->may_edit = err == OK;
    return err == ERR_FORBIDDEN ? OK : err;
}

struct popular {
    struct q_procedure_used *row;
    size_t count;
};

/* A month of dossiers is too much to count for each visitor. That there was none yet is not remembered:
 * a new house has its first ones today. */
enum err act_procedure_popular(struct ctx *ctx, int64_t unit, const struct q_procedure_used **ret, size_t *ret_count)
{
    struct memory_key key = {.kind = MEMORY_POPULAR, .a = unit, .day = ctx_today(ctx)};
    struct memory *m;
    enum err err = cache_memory(ctx, ctx_db(ctx), &m);

    if (err)
        return err;
    struct arena *a = memory_arena(m, ctx);
    struct popular *p = memory_get(m, &key);
    if (!p) {
        p = ARENA_NEW(a, struct popular);
        err = q_procedure_used(ctx_db(ctx), a, unit, date_iso(ctx->arena, date_add_days(key.day, -POPULAR_DAYS)), POPULAR,
                               &p->row, &p->count);
        if (err)
            return err;
        if (p->count)
            memory_set(m, &key, p);
    }
    *ret = p->row;
    *ret_count = p->count;
    return OK;
}
