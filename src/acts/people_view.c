#include "acts/people.h"

#include <assert.h>

#include "acts/admin.h"
#include "sql_unit.h"

/* ---- rights in words ---- */

static const enum word RIGHT_WORDS[] = {
    [RIGHT_DOSSIER_READ] = WORD_PEOPLE_RIGHT_DOSSIER_READ,
    [RIGHT_DOSSIER_SEARCH] = WORD_PEOPLE_RIGHT_DOSSIER_SEARCH,
    [RIGHT_DOSSIER_RECEIVE] = WORD_PEOPLE_RIGHT_DOSSIER_RECEIVE,
    [RIGHT_DOSSIER_HAND_OVER] = WORD_PEOPLE_RIGHT_DOSSIER_HAND_OVER,
    [RIGHT_DOSSIER_PROCESS] = WORD_PEOPLE_RIGHT_DOSSIER_PROCESS,
    [RIGHT_DOSSIER_SUPPLEMENT] = WORD_PEOPLE_RIGHT_DOSSIER_SUPPLEMENT,
    [RIGHT_DOSSIER_SUSPEND] = WORD_PEOPLE_RIGHT_DOSSIER_SUSPEND,
    [RIGHT_DOSSIER_EXTEND] = WORD_PEOPLE_RIGHT_DOSSIER_EXTEND,
    [RIGHT_DOSSIER_REFUSE] = WORD_PEOPLE_RIGHT_DOSSIER_REFUSE,
    [RIGHT_DOSSIER_WITHDRAW] = WORD_PEOPLE_RIGHT_DOSSIER_WITHDRAW,
    [RIGHT_DOSSIER_STOP] = WORD_PEOPLE_RIGHT_DOSSIER_STOP,
    [RIGHT_DOSSIER_FINISH] = WORD_PEOPLE_RIGHT_DOSSIER_FINISH,
    [RIGHT_DOSSIER_REOPEN] = WORD_PEOPLE_RIGHT_DOSSIER_REOPEN,
    [RIGHT_DOSSIER_HAND_OUT] = WORD_PEOPLE_RIGHT_DOSSIER_HAND_OUT,
    [RIGHT_DOSSIER_CORRECT] = WORD_PEOPLE_RIGHT_DOSSIER_CORRECT,
    [RIGHT_DOSSIER_ASSIGN] = WORD_PEOPLE_RIGHT_DOSSIER_ASSIGN,
    [RIGHT_FIGURE_READ] = WORD_PEOPLE_RIGHT_FIGURE_READ,
    [RIGHT_REPORT_READ] = WORD_PEOPLE_RIGHT_REPORT_READ,
    [RIGHT_REPORT_ISSUE] = WORD_PEOPLE_RIGHT_REPORT_ISSUE,
    [RIGHT_CATALOGUE_READ] = WORD_PEOPLE_RIGHT_CATALOGUE_READ,
    [RIGHT_CATALOGUE_EDIT] = WORD_PEOPLE_RIGHT_CATALOGUE_EDIT,
    [RIGHT_UNIT_EDIT] = WORD_PEOPLE_RIGHT_UNIT_EDIT,
    [RIGHT_PERSON_EDIT] = WORD_PEOPLE_RIGHT_PERSON_EDIT,
    [RIGHT_GRANT_EDIT] = WORD_PEOPLE_RIGHT_GRANT_EDIT,
    [RIGHT_CALENDAR_EDIT] = WORD_PEOPLE_RIGHT_CALENDAR_EDIT,
    [RIGHT_JOURNAL_READ] = WORD_PEOPLE_RIGHT_JOURNAL_READ,
    [RIGHT_EXPORT] = WORD_PEOPLE_RIGHT_EXPORT,
    [RIGHT_DOCUMENT_READ] = WORD_PEOPLE_RIGHT_DOCUMENT_READ,
    [RIGHT_DOCUMENT_DRAFT] = WORD_PEOPLE_RIGHT_DOCUMENT_DRAFT,
    [RIGHT_DOCUMENT_SIGN] = WORD_PEOPLE_RIGHT_DOCUMENT_SIGN,
    [RIGHT_DOCUMENT_REGISTER] = WORD_PEOPLE_RIGHT_DOCUMENT_REGISTER,
    [RIGHT_DOCUMENT_DIRECT] = WORD_PEOPLE_RIGHT_DOCUMENT_DIRECT,
    [RIGHT_CERTIFICATE_READ] = WORD_PEOPLE_RIGHT_CERTIFICATE_READ,
    [RIGHT_CERTIFICATE_EDIT] = WORD_PEOPLE_RIGHT_CERTIFICATE_EDIT,
    [RIGHT_BOOK_READ] = WORD_PEOPLE_RIGHT_BOOK_READ,
    [RIGHT_BOOK_EDIT] = WORD_PEOPLE_RIGHT_BOOK_EDIT,
    [RIGHT_BOOK_DEFINE] = WORD_PEOPLE_RIGHT_BOOK_DEFINE,
};
static_assert(sizeof RIGHT_WORDS / sizeof RIGHT_WORDS[0] == RIGHT__COUNT, "every right has a word");

enum word right_word(enum right r)
{
    return RIGHT_WORDS[r];
}

/* ---- people ---- */

/* Either right is enough. */
static enum err right_either(struct ctx *ctx, struct db *db, int64_t unit)
{
    enum err err = right_check(ctx, db, RIGHT_PERSON_EDIT, unit, 0);

    return err == ERR_FORBIDDEN ? right_check(ctx, db, RIGHT_GRANT_EDIT, unit, 0) : err;
}

enum err act_person_list(struct act_person_list *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    enum err err = right_check_any(ctx, RIGHT_PERSON_EDIT);

    if (err == ERR_FORBIDDEN)
        err = right_check_any(ctx, RIGHT_GRANT_EDIT);
    return err ? err
               : q_person_list_of(db, ctx->arena, ctx->actor.id, ctx_today_iso(ctx), act->unit ? &act->unit : NULL,
                                &act->row, &act->row_count);
}

static enum err may_view(struct act_person_view *act, struct ctx *ctx, struct db *db)
{
    enum err err = right_check(ctx, db, RIGHT_PERSON_EDIT, act->person.unit_id, 0);

    act->may_edit = err == OK && !act->is_system;
    if (err && err != ERR_FORBIDDEN)
        return err;
    err = right_check_any(ctx, RIGHT_GRANT_EDIT);
    act->may_grant = err == OK && !act->is_system;
    if (err && err != ERR_FORBIDDEN)
        return err;
    if (act->id == ctx->actor.id)
        return OK;
    return right_either(ctx, db, act->person.unit_id);
}

enum err act_person_view(struct act_person_view *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    struct q_unit_by_id unit;
    enum err err = q_person_by_id(db, ctx->arena, act->id, &act->person);

    if (!err) {
        act->is_system = str_eq(act->person.login, PERSON_SYSTEM);
        err = may_view(act, ctx, db);
    }
    if (!err)
        err = q_unit_by_id(db, ctx->arena, act->person.unit_id, &unit);
    if (!err)
        err = q_grant_list(db, ctx->arena, act->id, &act->grant, &act->grant_count);
    if (!err)
        err = q_delegation_list(db, ctx->arena, act->id, &act->delegation, &act->delegation_count);
    if (!err)
        act->unit_name = unit.name;
    return err;
}

enum err act_person_choices(struct ctx *ctx, struct q_person_list **ret, size_t *ret_count)
{
    struct q_person_list *row;
    size_t count, n = 0;

    if (!ctx->actor.id)
        return ERR_FORBIDDEN;
    enum err err = q_person_list(ctx_db(ctx), ctx->arena, NULL, &row, &count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        if (row[i].is_active && !str_eq(row[i].login, PERSON_SYSTEM))
            row[n++] = row[i];
    *ret = row;
    *ret_count = n;
    return OK;
}

/* ---- roles ---- */

enum err act_role_list(struct ctx *ctx, struct role_line **ret, size_t *ret_count)
{
    struct q_role_list *role;
    struct q_role_rights *row;
    size_t role_count, row_count;
    enum err err = q_role_list(ctx_db(ctx), ctx->arena, &role, &role_count);

    if (!err)
        err = q_role_rights(ctx_db(ctx), ctx->arena, &row, &row_count);
    if (err)
        return err;
    struct role_line *line = ARENA_ARRAY(ctx->arena, struct role_line, role_count);
    for (size_t i = 0; i < role_count; i++) {
        line[i].role = role[i];
        for (size_t k = 0; k < row_count; k++) {
            enum right r;
            if (str_eq(row[k].role, role[i].code) && right_find(row[k].right_code, &r))
                line[i].right[r] = true;
        }
    }
    *ret = line;
    *ret_count = role_count;
    return OK;
}
