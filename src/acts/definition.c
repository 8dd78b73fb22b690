#include "acts/definition.h"

#include "acts/admin.h"
#include "acts/indicator.h"
#include "acts/report_template.h"
#include "sql_definition.h"

static enum err indicator_check(struct arena *a, struct json content, struct str *ret_code, struct fault *ret_fault)
{
    struct indicator i;
    enum err err = indicator_read(a, content, &i, ret_fault);

    if (!err)
        *ret_code = i.code;
    return err;
}

static enum err report_check(struct arena *a, struct json content, struct str *ret_code, struct fault *ret_fault)
{
    struct report_template t;
    enum err err = report_template_read(a, content, &t, ret_fault);

    if (!err)
        *ret_code = t.code;
    return err;
}

static const struct {
    struct str code;
    enum err (*check)(struct arena *a, struct json content, struct str *ret_code, struct fault *ret_fault);
} KINDS[] = {
    [DEFINITION_INDICATOR] = {STR_INIT("indicator"), indicator_check},
    [DEFINITION_REPORT] = {STR_INIT("report"), report_check},
};
_Static_assert(sizeof KINDS / sizeof KINDS[0] == DEFINITION_KIND__COUNT, "every kind is checked");

struct str definition_kind_code(enum definition_kind k)
{
    return KINDS[k].code;
}

struct setting {
    struct act_definition_set *act;
    struct ctx *ctx;
};

static enum err set_in_transaction(struct db *tx, void *arg)
{
    struct setting *s = arg;
    struct act_definition_set *act = s->act;
    struct ctx *ctx = s->ctx;
    struct json p = json_new_object(ctx->arena);
    struct q_definition_newest old;
    enum err err = admin_right_any(ctx, tx, RIGHT_BOOK_DEFINE);

    if (err)
        return err;
    err = q_definition_newest(tx, ctx->arena, KINDS[act->kind].code, act->code, &old);
    if (err && err != ERR_NOT_FOUND)
        return err;
    act->edition = err ? 1 : old.edition + 1;
    if (!err && str_eq(old.content, json_canonical(ctx->arena, act->content))) {
        act->edition = old.edition;
        return OK;
    }
    json_put_text(p, "kind", KINDS[act->kind].code);
    json_put_text(p, "code", act->code);
    json_put_int(p, "edition", act->edition);
    json_put_int(p, "sort_no", act->sort_no);
    json_put_json(p, "content", act->content);
    struct admin_entry e = {"definition.set", "definition", 0, {0}, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_definition_set(struct act_definition_set *act, struct ctx *ctx)
{
    struct setting s = {act, ctx};
    enum err err = OK;

    act->fault = (struct fault){.why = STR("")};
    if (json_canonical(ctx->arena, act->content).n > DEFINITION_CONTENT_MAX)
        err = ERR_LIMIT;
    else
        err = KINDS[act->kind].check(ctx->arena, act->content, &act->code, &act->fault);
    if (err) {
        problem_add(ctx, "content", WORD_BOOK_PROBLEM_CONTENT, act->fault.why);
        return ERR_INVALID;
    }
    return admin_transact(ctx, set_in_transaction, &s);
}

enum err definition_read(struct ctx *ctx, enum definition_kind kind, struct str code, int64_t edition, struct json *ret, int64_t *ret_edition)
{
    struct q_definition_newest newest;
    struct q_definition_edition one;
    struct fault fault = {.why = STR("")};
    enum err err = edition ? q_definition_edition(ctx_db(ctx), ctx->arena, KINDS[kind].code, code, edition, &one)
                           : q_definition_newest(ctx_db(ctx), ctx->arena, KINDS[kind].code, code, &newest);

    if (err)
        return err;
    if (json_parse(ctx->arena, edition ? one.content : newest.content, ret, &fault))
        return ERR_STORE;
    *ret_edition = edition ? edition : newest.edition;
    return OK;
}
