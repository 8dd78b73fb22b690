/* A list of certificates from a CSV file. */
#include "acts/certificate.h"

#include "acts/admin.h"
#include "format/csv.h"

/* Columns by their words, in either language; all must be there but the ones after COLUMN_LOGIN. */
enum column { COLUMN_UNIT, COLUMN_NAME, COLUMN_KIND, COLUMN_TOKEN, COLUMN_SERIAL, COLUMN_ISSUER, COLUMN_FROM, COLUMN_TO, COLUMN_LOGIN, COLUMN_TITLE,
              COLUMN_NUMBER, COLUMN_IS_LEADER, COLUMN_IS_PUBLIC, COLUMN__COUNT };
static const enum word COLUMNS[] = {
    [COLUMN_UNIT] = WORD_CERTIFICATE_COL_UNIT_CODE, [COLUMN_NAME] = WORD_CERTIFICATE_OWNER,       [COLUMN_KIND] = WORD_CERTIFICATE_KIND,
    [COLUMN_TOKEN] = WORD_CERTIFICATE_TOKEN,        [COLUMN_SERIAL] = WORD_CERTIFICATE_SERIAL,    [COLUMN_ISSUER] = WORD_CERTIFICATE_ISSUER,
    [COLUMN_FROM] = WORD_CERTIFICATE_COL_FROM,      [COLUMN_TO] = WORD_CERTIFICATE_ENDS,          [COLUMN_LOGIN] = WORD_CERTIFICATE_COL_LOGIN,
    [COLUMN_TITLE] = WORD_CERTIFICATE_PAPER_TITLE,  [COLUMN_NUMBER] = WORD_CERTIFICATE_ISSUE_NO,  [COLUMN_IS_LEADER] = WORD_CERTIFICATE_COL_IS_LEADER,
    [COLUMN_IS_PUBLIC] = WORD_CERTIFICATE_COL_IS_PUBLIC,
};
_Static_assert(sizeof COLUMNS / sizeof COLUMNS[0] == COLUMN__COUNT, "every column has a word");

struct reading {
    struct ctx *ctx;
    struct certificate_row *row;
    size_t count;
    size_t at[COLUMN__COUNT]; /* where it stands, from 1; 0: not there */
};

static bool is_word(struct str s, enum word w)
{
    return str_eq(s, word(LANG_VI, w)) || str_eq(s, word(LANG_EN, w));
}

enum word certificate_column_word(size_t i)
{
    return COLUMNS[i];
}

size_t certificate_column_count(void)
{
    return COLUMN__COUNT;
}

static enum err header(void *arg, struct csv_row names)
{
    struct reading *r = arg;

    for (size_t c = 0; c < COLUMN__COUNT; c++)
        for (size_t i = 0; i < names.count; i++)
            if (is_word(names.field[i], COLUMNS[c]))
                r->at[c] = i + 1;
    for (size_t c = 0; c < COLUMN_LOGIN; c++)
        if (!r->at[c])
            problem_add(r->ctx, "file", WORD_CERTIFICATE_PROBLEM_COLUMNS, word(r->ctx->lang, COLUMNS[c]));
    return r->ctx->problems.count ? ERR_INVALID : OK;
}

static struct str cell(const struct reading *r, const struct csv_row *row, enum column c)
{
    return r->at[c] ? str_copy(r->ctx->arena, str_trim(row->field[r->at[c] - 1])) : STR("");
}

static void refuse(struct certificate_row *c, enum word why, struct str of)
{
    c->is_refused = true;
    c->problem = why;
    c->problem_of = of;
}

static void day_read(struct certificate_row *c, struct str text, struct date *ret)
{
    if (date_parse_typed(text, ret) && date_parse(text, ret))
        refuse(c, WORD_CERTIFICATE_PROBLEM_DAY, text);
}

static bool kind_read(struct str text, enum certificate_kind *ret)
{
    for (int k = CERTIFICATE_PERSON; k < CERTIFICATE_KIND__COUNT; k++)
        if (is_word(text, certificate_kind_word((enum certificate_kind)k))) {
            *ret = (enum certificate_kind)k;
            return true;
        }
    return false;
}

static enum err row(void *arg, struct csv_row fields)
{
    struct reading *r = arg;
    struct q_unit_by_code unit;

    if (r->count == CERTIFICATE_ENTER_MAX) {
        problem_add(r->ctx, "file", WORD_CERTIFICATE_PROBLEM_TOO_MANY, STR(""));
        return ERR_INVALID;
    }
    struct certificate_row *c = &r->row[r->count++];
    *c = (struct certificate_row){
        .line = fields.line, .login = cell(r, &fields, COLUMN_LOGIN), .name = cell(r, &fields, COLUMN_NAME), .title = cell(r, &fields, COLUMN_TITLE),
        .token = cell(r, &fields, COLUMN_TOKEN), .serial = cell(r, &fields, COLUMN_SERIAL), .subject = cell(r, &fields, COLUMN_NAME),
        .issuer = cell(r, &fields, COLUMN_ISSUER), .number = cell(r, &fields, COLUMN_NUMBER), .is_leader = is_word(cell(r, &fields, COLUMN_IS_LEADER), WORD_CERTIFICATE_YES),
        .is_public_service = is_word(cell(r, &fields, COLUMN_IS_PUBLIC), WORD_CERTIFICATE_YES),
    };
    day_read(c, cell(r, &fields, COLUMN_FROM), &c->from);
    day_read(c, cell(r, &fields, COLUMN_TO), &c->to);
    if (!kind_read(cell(r, &fields, COLUMN_KIND), &c->kind))
        refuse(c, WORD_CERTIFICATE_PROBLEM_KIND, cell(r, &fields, COLUMN_KIND));
    enum err err = q_unit_by_code(ctx_db(r->ctx), r->ctx->arena, cell(r, &fields, COLUMN_UNIT), ctx_today_iso(r->ctx), &unit);
    if (err == ERR_NOT_FOUND)
        refuse(c, WORD_CERTIFICATE_PROBLEM_NO_UNIT, cell(r, &fields, COLUMN_UNIT));
    else if (!err)
        c->unit = unit.id;
    return err == ERR_NOT_FOUND ? OK : err;
}

static void unreadable(void *arg, size_t line, struct str why)
{
    struct reading *r = arg;

    if (r->count == CERTIFICATE_ENTER_MAX)
        return;
    struct certificate_row *c = &r->row[r->count++];
    *c = (struct certificate_row){.line = line, .name = STR("")};
    refuse(c, WORD_CERTIFICATE_PROBLEM_LINE, STR(""));
    (void)why; /* a phrase in English, for who runs commands */
}

enum err act_certificate_import(struct act_certificate_import *act, struct ctx *ctx)
{
    struct reading r = {.ctx = ctx, .row = ARENA_ARRAY(ctx->arena, struct certificate_row, CERTIFICATE_ENTER_MAX)};
    struct csv_reader reader = {&r, header, row, unreadable};
    enum err err = right_check_any(ctx, RIGHT_CERTIFICATE_EDIT);

    if (err)
        return err;
    err = csv_read_text(ctx->arena, act->file, &reader, NULL);
    if (err == ERR_INVALID && !ctx->problems.count)
        problem_add(ctx, "file", WORD_CERTIFICATE_PROBLEM_CSV, STR(""));
    if (err)
        return err;
    act->list = (struct act_certificate_enter){.row = r.row, .row_count = r.count};
    return act_certificate_enter(&act->list, ctx);
}
