#include "acts/record.h"

#include "sql_report.h"
#include "sql_unit.h"
#include "store/journal.h"

bool record_subject_find(struct str code, struct record_subject *ret)
{
    struct record_subject s = {.is_column = false};

    s.is_column = report_column_find(code, &s.column);
    if (!s.is_column && !figure_find(code, &s.figure))
        return false;
    *ret = s;
    return true;
}

enum word record_subject_word(const struct record_subject *s)
{
    return s->is_column ? report_column_word(s->column) : figure_word(s->figure);
}

enum word figure_class_word(enum figure_class c)
{
    static const enum word NAMES[] = {[FIGURE_EARLY] = WORD_LEADER_CLASS_EARLY,
                                      [FIGURE_ON_TIME] = WORD_LEADER_CLASS_ON_TIME,
                                      [FIGURE_RESOLVED_LATE] = WORD_LEADER_CLASS_LATE,
                                      [FIGURE_IN_TERM] = WORD_LEADER_CLASS_IN_TERM,
                                      [FIGURE_SUSPENDED] = WORD_LEADER_CLASS_SUSPENDED,
                                      [FIGURE_OPEN_LATE] = WORD_LEADER_CLASS_OPEN_LATE,
                                      [FIGURE_WITHDRAWN] = WORD_LEADER_CLASS_WITHDRAWN};
    _Static_assert(sizeof NAMES / sizeof NAMES[0] == FIGURE_CLASS__COUNT, "every class has a word");

    return NAMES[c];
}

/* ---- names: few, read once, where a row has only ids ---- */

struct names {
    struct q_unit_tree *unit;
    size_t unit_count;
    struct q_field_all *field;
    size_t field_count;
    struct q_procedure_names *procedure; /* by id */
    size_t procedure_count;
};

static enum err names_load(struct ctx *ctx, struct names *n)
{
    struct db *db = ctx_db(ctx);
    enum err err = q_unit_tree(db, ctx->arena, &n->unit, &n->unit_count);

    if (!err)
        err = q_field_all(db, ctx->arena, &n->field, &n->field_count);
    return err ? err : q_procedure_names(db, ctx->arena, &n->procedure, &n->procedure_count);
}

static struct str unit_name(const struct names *n, int64_t id)
{
    for (size_t i = 0; i < n->unit_count; i++)
        if (n->unit[i].id == id)
            return n->unit[i].name;
    return STR("");
}

static struct str field_name(const struct names *n, int64_t id)
{
    for (size_t i = 0; i < n->field_count; i++)
        if (n->field[i].id == id)
            return n->field[i].name;
    return STR("");
}

static struct str procedure_name(const struct names *n, int64_t id)
{
    size_t low = 0, high = n->procedure_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (n->procedure[middle].id == id)
            return n->procedure[middle].name;
        if (n->procedure[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return STR("");
}

/* ---- reading ---- */

struct reading {
    struct act_records *act;
    struct ctx *ctx;
    struct names names;
    size_t wanted; /* rows to keep */
    bool is_export;
};

static enum err record_of(const struct reading *r, const struct q_figure_records *row,
                          enum figure_class class, struct record *ret)
{
    struct record x = {
        .dossier = row->dossier_id,
        .procedure = procedure_name(&r->names, row->procedure_id),
        .unit = unit_name(&r->names, row->unit_id),
        .field = field_name(&r->names, row->field_id),
        .channel = (enum dossier_channel)row->channel,
        .class = class,
    };

    if (date_parse(row->received_on, &x.received) || date_parse(row->due_on, &x.due) ||
        date_parse(row->finished_on, &x.finished))
        return ERR_STORE;
    if (class == FIGURE_IN_TERM || class == FIGURE_SUSPENDED || class == FIGURE_OPEN_LATE)
        x.finished = DATE_NEVER; /* it may have ended since: after what the question sees */
    x.code = str_copy(r->ctx->arena, row->code);
    *ret = x;
    return OK;
}

static enum err take_row(void *arg, const struct q_figure_records *row, enum figure_class class)
{
    struct reading *r = arg;
    struct act_records *act = r->act;
    int64_t no = act->total++;
    struct record x;

    if (no < act->skip || (size_t)(no - act->skip) >= r->wanted) {
        return r->is_export && (size_t)no >= r->wanted ? ERR_LIMIT : OK;
    }
    enum err err = record_of(r, row, class, &x);
    if (err)
        return err;
    act->row[act->row_count++] = x;
    return OK;
}

static enum err holders_fill(struct ctx *ctx, struct act_records *act)
{
    for (size_t i = 0; i < act->row_count; i++) {
        struct q_record_holder h;
        enum err err = q_record_holder(ctx_db(ctx), ctx->arena, act->row[i].dossier, &h);
        if (err == ERR_NOT_FOUND)
            continue;
        if (err)
            return err;
        act->row[i].step = h.step_name;
        act->row[i].holder_unit = h.unit_name;
        act->row[i].holder = h.person_name_null ? STR("") : h.person_name;
    }
    return OK;
}

static enum err read_rows(struct reading *r)
{
    struct act_records *act = r->act;
    const struct record_subject *s = &act->subject;

    act->row = ARENA_ARRAY(r->ctx->arena, struct record, r->wanted);
    act->row_count = 0;
    act->total = 0;
    if (s->is_column)
        return act_report_records(&act->question, s->column, s->ended, r->ctx, take_row, r);
    return act_figure_records(&act->question, s->figure, r->ctx, take_row, r);
}

enum err act_records(struct act_records *act, struct ctx *ctx)
{
    struct reading r = {.act = act, .ctx = ctx, .wanted = act->n ? (size_t)act->n : RECORD_PAGE};
    enum err err = names_load(ctx, &r.names);

    if (!err)
        err = read_rows(&r);
    return err ? err : holders_fill(ctx, act);
}

enum err act_records_longest_late(struct act_records *act, struct ctx *ctx)
{
    struct reading r = {.act = act, .ctx = ctx};
    struct q_figure_longest_late *late;
    size_t count;
    enum err err = names_load(ctx, &r.names);

    if (!err)
        err = act_figure_longest_late(&act->question, act->n, ctx, &late, &count);
    if (err)
        return err;
    act->row = ARENA_ARRAY(ctx->arena, struct record, count);
    act->row_count = count;
    for (size_t i = 0; !err && i < count; i++) {
        const struct q_figure_longest_late *l = &late[i];
        struct q_figure_records row = {
            .dossier_id = l->dossier_id, .code = l->code, .unit_id = l->unit_id, .field_id = l->field_id,
            .procedure_id = l->procedure_id, .channel = l->channel, .received_on = l->received_on,
            .due_on = l->due_on, .finished_on = l->finished_on,
        };
        err = record_of(&r, &row, FIGURE_OPEN_LATE, &act->row[i]);
    }
    return err ? err : holders_fill(ctx, act);
}

/* ---- taking it out ---- */

static enum err journal_export(struct db *tx, void *arg)
{
    struct reading *r = arg;
    const struct figure_question *q = &r->act->question;
    struct ctx *ctx = r->ctx;
    struct q_unit_by_id unit;
    struct json p = json_new_object(ctx->arena);
    enum err err = q_unit_by_id(tx, ctx->arena, q->unit, &unit);

    if (err)
        return err;
    json_put_text(p, "figure",
                  r->act->subject.is_column
                      ? str_format(ctx->arena, "II.06a.%d", r->act->subject.column)
                      : figure_code(r->act->subject.figure));
    json_put_text(p, "from", date_iso(ctx->arena, q->from));
    json_put_text(p, "to", date_iso(ctx->arena, q->to));
    json_put_int(p, "field", q->field);
    json_put_int(p, "rows", r->act->total);
    struct journal_entry e = {
        .unit = unit.code,
        .happened_at = ctx->now,
        .recorded_at = ctx->now,
        .actor = ctx->actor.id,
        .act = STR("figure.export"),
        .subject_kind = STR("unit"),
        .subject_id = q->unit,
        .payload = p,
    };
    return journal_append(tx, ctx->arena, &e);
}

static enum err count_row(void *arg, const struct q_figure_records *row, enum figure_class class)
{
    int64_t *n = arg;

    (void)row;
    (void)class;
    (*n)++;
    return OK;
}

static enum err count_rows(const struct act_records *act, struct ctx *ctx, int64_t *ret)
{
    const struct record_subject *s = &act->subject;

    *ret = 0;
    return s->is_column
               ? act_report_records(&act->question, s->column, s->ended, ctx, count_row, ret)
               : act_figure_records(&act->question, s->figure, ctx, count_row, ret);
}

enum err act_records_export(struct act_records *act, struct ctx *ctx)
{
    struct reading r = {.act = act, .ctx = ctx, .is_export = true};
    int64_t n;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_EXPORT, act->question.unit, 0);

    if (!err)
        err = count_rows(act, ctx, &n);
    if (!err && n > RECORD_EXPORT_MAX)
        err = ERR_LIMIT;
    if (!err)
        err = names_load(ctx, &r.names);
    if (err)
        return err;
    act->skip = 0;
    r.wanted = (size_t)n;
    err = read_rows(&r);
    return err ? err : ctx_transact(ctx, journal_export, &r);
}
