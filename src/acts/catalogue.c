#include "acts/catalogue.h"

#include "acts/admin.h"
#include "sql_unit.h"

/* ---- small vocabularies ---- */

struct vocabulary {
    struct str code;
    enum word word;
};
static const struct vocabulary LEVELS[] = {
    {STR_INIT("xa"), WORD_CATALOGUE_LEVEL_XA},
    {STR_INIT("huyen"), WORD_CATALOGUE_LEVEL_HUYEN},
    {STR_INIT("tinh"), WORD_CATALOGUE_LEVEL_TINH},
};
static const struct vocabulary ONLINE[] = {
    {STR_INIT("none"), WORD_CATALOGUE_ONLINE_NONE},
    {STR_INIT("partial"), WORD_CATALOGUE_ONLINE_PARTIAL},
    {STR_INIT("full"), WORD_CATALOGUE_ONLINE_FULL},
};
static const struct vocabulary POSTING[] = {
    {STR_INIT("board"), WORD_CATALOGUE_POSTING_BOARD},
    {STR_INIT("kiosk"), WORD_CATALOGUE_POSTING_KIOSK},
    {STR_INIT("qr"), WORD_CATALOGUE_POSTING_QR},
    {STR_INIT("site"), WORD_CATALOGUE_POSTING_SITE},
};
#define FIND(table, code, ret) find(table, sizeof table / sizeof table[0], code, ret)

static bool find(const struct vocabulary *v, size_t count, struct str code, enum word *ret)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(v[i].code, code)) {
            *ret = v[i].word;
            return true;
        }
    }
    return false;
}

bool procedure_level_word(struct str code, enum word *ret)
{
    return FIND(LEVELS, code, ret);
}

bool procedure_online_word(struct str code, enum word *ret)
{
    return FIND(ONLINE, code, ret);
}

bool procedure_posting_word(struct str code, enum word *ret)
{
    return FIND(POSTING, code, ret);
}

/* ---- add ---- */

struct adding {
    struct act_procedure_add *act;
    struct ctx *ctx;
};

static enum err field_exists(struct ctx *ctx, struct db *tx, int64_t field)
{
    struct q_field_all *row;
    size_t count;
    enum err err = q_field_all(tx, ctx->arena, &row, &count);

    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        if (row[i].id == field)
            return OK;
    problem_add(ctx, "field", WORD_PROBLEM_CHOICE, STR(""));
    return OK;
}

static enum err code_is_free(struct ctx *ctx, struct db *tx, struct str code)
{
    struct q_procedure_by_code same;
    enum err err = q_procedure_by_code(tx, ctx->arena, code, &same);

    if (err == ERR_NOT_FOUND)
        return OK;
    if (!err)
        problem_add(ctx, "code", WORD_PROBLEM_CODE_TAKEN, code);
    return err;
}

static enum err add_in_transaction(struct db *tx, void *arg)
{
    struct adding *adding = arg;
    struct act_procedure_add *act = adding->act;
    struct ctx *ctx = adding->ctx;
    enum word known;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (err)
        return err;
    admin_need_code(ctx, "code", act->code);
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    admin_check_line(ctx, "words", act->words, ADMIN_NAME_MAX);
    if (!procedure_level_word(act->level, &known))
        problem_add(ctx, "level", WORD_PROBLEM_CHOICE, STR(""));
    err = field_exists(ctx, tx, act->field);
    if (!err)
        err = code_is_free(ctx, tx, act->code);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "code", act->code);
    json_put_int(p, "field", act->field);
    json_put_text(p, "name", act->name);
    json_put_text(p, "words", act->words);
    json_put_text(p, "level", act->level);
    json_put_int(p, "row", act->row);
    struct admin_entry e = {"procedure.add", "procedure", 0, act->happened_at, p};
    return admin_journal(ctx, tx, &e, &act->id);
}

enum err act_procedure_add(struct act_procedure_add *act, struct ctx *ctx)
{
    struct adding adding = {act, ctx};

    return admin_transact(ctx, add_in_transaction, &adding);
}

/* ---- repeal ---- */

struct repealing {
    struct act_procedure_repeal *act;
    struct ctx *ctx;
};

static enum err repeal_in_transaction(struct db *tx, void *arg)
{
    struct repealing *r = arg;
    struct act_procedure_repeal *act = r->act;
    struct ctx *ctx = r->ctx;
    struct q_procedure_by_id procedure;
    struct q_version_list *version;
    size_t count;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = q_procedure_by_id(tx, ctx->arena, act->procedure, &procedure);
    if (!err)
        err = q_version_list(tx, ctx->arena, act->procedure, &version, &count);
    if (err)
        return err;
    struct str last = date_iso(ctx->arena, act->last_day);
    admin_check_line(ctx, "decision_no", act->decision_no, ADMIN_NAME_MAX);
    if (!count || str_cmp(version[0].valid_to, last) <= 0)
        problem_add(ctx, "last_day", WORD_CATALOGUE_PROBLEM_NOT_IN_FORCE, STR(""));
    else if (str_cmp(version[count - 1].valid_from, last) > 0)
        problem_add(ctx, "last_day", WORD_PROBLEM_DATES_ORDER, STR(""));
    else if (!act->happened_at.ms && date_cmp(act->last_day, date_add_days(ctx_today(ctx), -1)) < 0)
        problem_add(ctx, "last_day", WORD_CATALOGUE_PROBLEM_PAST, STR("")); /* it was in use meanwhile */
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "last_day", last);
    json_put_text(p, "decision_no", act->decision_no);
    struct admin_entry e = {"procedure.repeal", "procedure", act->procedure, act->happened_at, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_procedure_repeal(struct act_procedure_repeal *act, struct ctx *ctx)
{
    struct repealing r = {act, ctx};

    return admin_transact(ctx, repeal_in_transaction, &r);
}

/* ---- who performs it ---- */

struct performing {
    struct act_procedure_perform *act;
    struct ctx *ctx;
};

/* The ids as they go into the journal; each must be a unit. */
static enum err units_of(struct ctx *ctx, struct db *tx, const int64_t *unit, size_t count, struct json *ret)
{
    struct json units = json_new_array(ctx->arena);

    for (size_t i = 0; i < count; i++) {
        struct q_unit_by_id u;
        bool found;
        enum err err = admin_found(ctx, "unit", q_unit_by_id(tx, ctx->arena, unit[i], &u), &found);
        if (err)
            return err;
        json_append_int(units, unit[i]);
    }
    *ret = units;
    return OK;
}

static enum err perform_in_transaction(struct db *tx, void *arg)
{
    struct performing *f = arg;
    struct act_procedure_perform *act = f->act;
    struct ctx *ctx = f->ctx;
    struct q_procedure_by_id procedure;
    struct json units, without;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = q_procedure_by_id(tx, ctx->arena, act->procedure, &procedure);
    if (err)
        return err;
    if (act->unit_count + act->without_count == 0)
        problem_add(ctx, "unit", WORD_PROBLEM_REQUIRED, STR(""));
    if (act->unit_count + act->without_count > PROCEDURE_UNITS_MAX)
        problem_add(ctx, "unit", WORD_PROBLEM_TOO_LONG, STR(""));
    err = admin_form_done(ctx);
    if (!err)
        err = units_of(ctx, tx, act->unit, act->unit_count, &units);
    if (!err)
        err = units_of(ctx, tx, act->without, act->without_count, &without);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_json(p, "units", units);
    json_put_json(p, "without", without);
    struct admin_entry e = {"procedure.perform", "procedure", act->procedure, act->happened_at, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_procedure_perform(struct act_procedure_perform *act, struct ctx *ctx)
{
    struct performing f = {act, ctx};

    return admin_transact(ctx, perform_in_transaction, &f);
}

/* ---- niêm yết ---- */

struct posting {
    struct act_procedure_post *post;
    struct act_procedure_unpost *unpost;
    struct ctx *ctx;
};

static enum err post_in_transaction(struct db *tx, void *arg)
{
    struct posting *o = arg;
    struct act_procedure_post *act = o->post;
    struct ctx *ctx = o->ctx;
    struct q_version_by_id version;
    struct q_unit_by_id unit;
    enum word known;
    bool found;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = q_version_by_id(tx, ctx->arena, act->version, &version);
    if (!err)
        err = admin_found(ctx, "unit", q_unit_by_id(tx, ctx->arena, act->unit, &unit), &found);
    if (err)
        return err;
    struct str on = date_iso(ctx->arena, act->posted_on);
    if (!procedure_posting_word(act->form, &known))
        problem_add(ctx, "form", WORD_PROBLEM_CHOICE, STR(""));
    if (str_cmp(on, ctx_today_iso(ctx)) > 0)
        problem_add(ctx, "posted_on", WORD_CATALOGUE_PROBLEM_FUTURE, STR(""));
    else if (str_cmp(on, version.valid_to) > 0)
        problem_add(ctx, "posted_on", WORD_CATALOGUE_PROBLEM_NOT_IN_FORCE, STR(""));
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "version", act->version);
    json_put_int(p, "unit", act->unit);
    json_put_text(p, "form", act->form);
    json_put_text(p, "posted_on", on);
    struct admin_entry e = {"procedure.post", "posting", 0, act->happened_at, p};
    return admin_journal(ctx, tx, &e, &act->id);
}

enum err act_procedure_post(struct act_procedure_post *act, struct ctx *ctx)
{
    struct posting o = {act, NULL, ctx};

    return admin_transact(ctx, post_in_transaction, &o);
}

static enum err unpost_in_transaction(struct db *tx, void *arg)
{
    struct posting *o = arg;
    struct act_procedure_unpost *act = o->unpost;
    struct ctx *ctx = o->ctx;
    struct q_posting_by_id row;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = q_posting_by_id(tx, ctx->arena, act->posting, &row);
    if (err)
        return err;
    struct str on = date_iso(ctx->arena, act->removed_on);
    if (str_cmp(row.removed_on, STR("9999-12-31")) != 0)
        return ERR_STALE; /* somebody took it down already */
    if (str_cmp(on, ctx_today_iso(ctx)) > 0)
        problem_add(ctx, "removed_on", WORD_CATALOGUE_PROBLEM_FUTURE, STR(""));
    else if (str_cmp(on, row.posted_on) < 0)
        problem_add(ctx, "removed_on", WORD_PROBLEM_DATES_ORDER, STR(""));
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "removed_on", on);
    struct admin_entry e = {"procedure.unpost", "posting", act->posting, act->happened_at, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_procedure_unpost(struct act_procedure_unpost *act, struct ctx *ctx)
{
    struct posting o = {NULL, act, ctx};

    return admin_transact(ctx, unpost_in_transaction, &o);
}
