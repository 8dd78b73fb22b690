#include "acts/admin.h"

#include "base/text.h"
#include "sql_person.h"
#include "sql_unit.h"
#include "store/journal.h"

struct admin_run {
    struct ctx *ctx;
    db_work_fn *work;
    void *arg;
    struct problems problems; /* as they were before the first run */
};

static enum err run(struct db *tx, void *arg)
{
    struct admin_run *r = arg;

    r->ctx->problems = r->problems;
    if (r->problems.last)
        *r->problems.last = NULL;
    return r->work(tx, r->arg);
}

enum err admin_transact(struct ctx *ctx, db_work_fn *work, void *arg)
{
    struct admin_run r = {ctx, work, arg, ctx->problems};

    return ctx_transact(ctx, run, &r);
}

enum err admin_journal(struct ctx *ctx, struct db *tx, const struct admin_entry *entry, int64_t *ret_id)
{
    struct journal_entry e = {
        .unit = ADMIN_ROOT,
        .happened_at = entry->happened_at.ms ? entry->happened_at : ctx->now,
        .recorded_at = ctx->now,
        .actor = ctx->actor.id,
        .act = str_of(entry->act),
        .subject_kind = str_of(entry->subject_kind),
        .subject_id = entry->subject,
        .payload = entry->payload,
    };
    enum err err = journal_append(tx, ctx->arena, &e);

    if (!err && ret_id)
        *ret_id = e.pos;
    return err;
}

enum err admin_root(struct ctx *ctx, struct db *db, int64_t *ret)
{
    struct q_unit_by_code_any root;
    enum err err = q_unit_by_code_any(db, ctx->arena, ADMIN_ROOT, &root);

    if (!err)
        *ret = root.id;
    return err;
}

enum err admin_right_any(struct ctx *ctx, struct db *tx, enum right r)
{
    struct q_reach_any has;
    enum err err = q_reach_any(tx, ctx->arena, ctx->actor.id, right_code(r), ctx_today_iso(ctx), &has);

    if (err)
        return err;
    return has.n > 0 ? OK : ERR_FORBIDDEN;
}

enum err admin_form_done(const struct ctx *ctx)
{
    return ctx->problems.count ? ERR_INVALID : OK;
}

void admin_check_text(struct ctx *ctx, const char *field, struct str text, size_t max)
{
    if (text.n > max)
        problem_add(ctx, field, WORD_PROBLEM_TOO_LONG, STR(""));
    else if (!text_is_utf8(text) || text_has_control(text))
        problem_add(ctx, field, WORD_PROBLEM_NOT_TEXT, STR(""));
}

void admin_check_line(struct ctx *ctx, const char *field, struct str text, size_t max)
{
    if (str_find(text, STR("\n")) != STR_NONE || str_find(text, STR("\t")) != STR_NONE)
        problem_add(ctx, field, WORD_PROBLEM_NOT_TEXT, STR(""));
    else
        admin_check_text(ctx, field, text, max);
}

void admin_need_line(struct ctx *ctx, const char *field, struct str text, size_t max)
{
    if (str_is_empty(str_trim(text)))
        problem_add(ctx, field, WORD_PROBLEM_REQUIRED, STR(""));
    else
        admin_check_line(ctx, field, text, max);
}

static bool is_code_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
           c == '_';
}

void admin_need_code(struct ctx *ctx, const char *field, struct str code)
{
    if (str_is_empty(code)) {
        problem_add(ctx, field, WORD_PROBLEM_REQUIRED, STR(""));
        return;
    }
    bool fine = code.n <= ADMIN_CODE_MAX;
    for (size_t i = 0; fine && i < code.n; i++)
        fine = is_code_char(code.p[i]);
    if (!fine)
        problem_add(ctx, field, WORD_ORGANISATION_PROBLEM_CODE, STR(""));
}

void admin_check_dates(struct ctx *ctx, const char *field, struct date from, struct date to)
{
    if (date_cmp(to, from) < 0)
        problem_add(ctx, field, WORD_PROBLEM_DATES_ORDER, STR(""));
}

enum err admin_found(struct ctx *ctx, const char *field, enum err err, bool *ret_found)
{
    *ret_found = err == OK;
    if (err != ERR_NOT_FOUND)
        return err;
    problem_add(ctx, field, WORD_PROBLEM_CHOICE, STR(""));
    return OK;
}

void admin_put_date(struct ctx *ctx, struct json p, const char *key, struct date d)
{
    json_put_text(p, key, date_iso(ctx->arena, d));
}
