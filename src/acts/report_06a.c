/* Form II.06a/VPCP/KSTT: columns by field, and by unit where several units report together. */
#include "acts/report_build.h"

#include "acts/report_law.h"
#include "sql_unit.h"

struct line {
    int64_t id;
    struct str code, name;
    struct columns columns;
    bool is_some;
};

struct lines {
    struct line *line;
    size_t count;
};

struct counting {
    struct columns total;
    struct lines unit, field;
    enum report_ended ended;
    const struct territory *territory;
};

/* ---- counting: one pass over the records ---- */

static struct lines lines_of(struct arena *a, size_t count)
{
    return (struct lines){ARENA_ARRAY(a, struct line, count), count};
}

static enum err lines_load(struct report_builder *b, struct counting *k)
{
    struct q_unit_below *unit = NULL;
    struct q_unit_tree *all = NULL;
    struct q_field_all *field;
    size_t units, fields;
    struct arena *a = b->ctx->arena;
    enum err err = q_unit_below(ctx_db(b->ctx), a, b->figures.unit, &unit, &units);

    if (!err && b->figures.territory)
        err = q_unit_tree(ctx_db(b->ctx), a, &all, &units);
    if (!err)
        err = q_field_all(ctx_db(b->ctx), a, &field, &fields);
    if (err)
        return err;
    k->unit = lines_of(a, units);
    k->field = lines_of(a, fields);
    for (size_t i = 0; i < units; i++)
        k->unit.line[i] = all ? (struct line){.id = all[i].id, .code = all[i].code, .name = all[i].name}
                              : (struct line){.id = unit[i].id, .code = unit[i].code, .name = unit[i].name};
    for (size_t i = 0; i < fields; i++)
        k->field.line[i] =
            (struct line){.id = field[i].id, .code = field[i].code, .name = field[i].name};
    return OK;
}

static bool line_add(struct lines *lines, int64_t id, const struct columns *one)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->line[i].id != id)
            continue;
        lines->line[i].is_some = true;
        for (int c = COLUMN_FIRST; c <= COLUMN_LAST; c++)
            lines->line[i].columns.n[c] += one->n[c];
        return true;
    }
    return false;
}

static enum err count_record(void *arg, const struct q_figure_records *row, enum figure_class class)
{
    struct counting *k = arg;
    struct columns one = {{0}};

    class = column_class(class, row->due_on, row->finished_on, k->ended);
    for (int c = COLUMN_FIRST; c <= COLUMN_LAST; c++) {
        one.n[c] = column_counts(c, row->is_received == 1, row->channel, class);
        k->total.n[c] += one.n[c];
    }
    return line_add(&k->unit, territory_of(k->territory, row->unit_id), &one) && line_add(&k->field, row->field_id, &one)
               ? OK
               : ERR_STORE;
}

static size_t lines_some(const struct lines *lines)
{
    size_t n = 0;

    for (size_t i = 0; i < lines->count; i++)
        n += lines->line[i].is_some;
    return n;
}

/* ---- records of one column ---- */

struct column_filter {
    int column;
    enum report_ended ended;
    figure_record_fn *row;
    void *arg;
};

static enum err filter_record(void *arg, const struct q_figure_records *row,
                              enum figure_class class)
{
    const struct column_filter *f = arg;
    enum figure_class as = column_class(class, row->due_on, row->finished_on, f->ended);

    return column_counts(f->column, row->is_received == 1, row->channel, as)
               ? f->row(f->arg, row, class)
               : OK;
}

enum err act_report_records(const struct figure_question *q, int column, enum report_ended ended,
                            struct ctx *ctx, figure_record_fn *row, void *arg)
{
    struct column_filter f = {column, ended, row, arg};

    if (column < COLUMN_FIRST || column > COLUMN_LAST)
        return ERR_INVALID;
    return act_figure_records(q, FIGURE__COUNT, ctx, filter_record, &f);
}

/* ---- the form ---- */

static void head(struct report_builder *b, struct report_table *t, enum word subject)
{
    struct report_cell number[COLUMN__COUNT];
    const struct report_cell first[] = {
        report_span(report_text(report_say(b, WORD_REPORT_HEAD_NO)), 1, 3),
        report_span(report_text(report_say(b, subject)), 1, 3),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_RECEIVED)), 4, 1),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_RESOLVED)), 4, 1),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_OPEN)), 3, 1),
    };
    const struct report_cell second[] = {
        report_span(report_text(report_say(b, WORD_REPORT_FORM_ALL)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_IN_PERIOD)), 2, 1),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_BEFORE)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_ALL)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_EARLY)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_ON_TIME)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_LATE)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_ALL)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_IN_TERM)), 1, 2),
        report_span(report_text(report_say(b, WORD_REPORT_FORM_LATE)), 1, 2),
    };
    const struct report_cell third[] = {
        report_text(report_say(b, WORD_REPORT_FORM_ONLINE)),
        report_text(report_say(b, WORD_REPORT_FORM_DIRECT)),
    };

    report_row(b, t, REPORT_HEADER, first, sizeof first / sizeof first[0]);
    report_row(b, t, REPORT_HEADER, second, sizeof second / sizeof second[0]);
    report_row(b, t, REPORT_HEADER, third, sizeof third / sizeof third[0]);
    for (int c = 1; c <= COLUMN_LAST; c++)
        number[c - 1] = report_text(str_format(b->ctx->arena, "(%d)", c));
    report_row(b, t, REPORT_NUMBERS, number, COLUMN_LAST);
}

static void row(struct report_builder *b, struct report_table *t, enum report_row_kind kind,
                struct report_cell first, struct str name, const struct columns *c,
                struct report_source source)
{
    struct report_cell cell[COLUMN_LAST] = {first, report_text(name)};

    for (int i = COLUMN_FIRST; i <= COLUMN_LAST; i++) {
        source.code = str_format(b->ctx->arena, "II.06a.%d", i);
        cell[i - 1] = report_count(c->n[i], source);
    }
    report_row(b, t, kind, cell, COLUMN_LAST);
}

static void table(struct report_builder *b, const struct counting *k, const struct lines *lines,
                  bool by_unit)
{
    enum { HEAD_ROWS = 4, TOTAL_ROWS = 1 };
    struct report_source whole = {.unit = b->figures.unit, .unit_code = b->r.unit_code};
    struct report_table *t = report_table(
        b, report_say(b, by_unit ? WORD_REPORT_TABLE_06A_UNITS : WORD_REPORT_TABLE_06A_FIELDS),
        COLUMN_LAST, lines->count + HEAD_ROWS + TOTAL_ROWS);
    int64_t no = 0;

    head(b, t, by_unit ? WORD_REPORT_HEAD_UNIT : WORD_REPORT_HEAD_FIELD);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        if (!line->is_some)
            continue;
        struct report_source source = whole;
        if (by_unit) {
            if (b->figures.territory)
                source.as_unit = line->id;
            else
                source.unit = line->id;
            source.unit_code = line->code;
        } else {
            source.field = line->id;
            source.field_code = line->code;
        }
        row(b, t, REPORT_BODY, report_text(word_int(b->ctx->arena, b->ctx->lang, ++no)), line->name,
            &line->columns, source);
    }
    row(b, t, REPORT_TOTAL, (struct report_cell){.kind = REPORT_EMPTY},
        report_say(b, WORD_REPORT_TOTAL), &k->total, whole);
}

/* ---- laws ---- */

static void laws_of(struct report_builder *b, struct str where, const struct columns *c)
{
    for (int l = 0; l < COLUMN_LAW__COUNT; l++) {
        int64_t left, right;
        column_law_holds((enum column_law)l, c, &left, &right);
        report_law(b, report_say(b, column_law_word((enum column_law)l)), where, left, right);
    }
}

static void laws_sum(struct report_builder *b, const struct counting *k, const struct lines *lines)
{
    for (int c = COLUMN_FIRST; c <= COLUMN_LAST; c++) {
        int64_t sum = 0;
        for (size_t i = 0; i < lines->count; i++)
            sum += lines->line[i].columns.n[c];
        report_law(b, report_say(b, WORD_REPORT_LAW_SUM), report_say(b, report_column_word(c)),
                   k->total.n[c], sum);
    }
}

/* What the period before, as long as this one and seen at the same time, had left open. */
static enum err law_continuity(struct report_builder *b, const struct counting *k)
{
    struct figure_question before = b->figures;
    struct figure_answer answer;

    before.to = date_add_days(b->figures.from, -1);
    before.from = date_add_days(before.to, b->figures.from.day - b->figures.to.day);
    enum err err = act_figures(&before, b->ctx, &answer);
    if (!err)
        report_law(b, report_say(b, WORD_REPORT_LAW_CONTINUITY), report_say(b, WORD_REPORT_TOTAL),
                   k->total.n[COLUMN_CARRIED], answer.total.value[FIGURE_DOSSIER_OPEN]);
    return err;
}

enum err report_06a(struct report_builder *b)
{
    struct counting k = {.ended = b->r.question.ended, .territory = b->figures.territory};
    enum err err = lines_load(b, &k);

    if (!err)
        err = act_figure_records(&b->figures, FIGURE__COUNT, b->ctx, count_record, &k);
    if (!err)
        err = law_continuity(b, &k);
    if (err)
        return err;
    b->r.ended = report_say(b, k.ended == REPORT_ENDED_ON_TIME ? WORD_REPORT_ENDED_ON_TIME
                                                               : WORD_REPORT_ENDED_BY_DATE);
    table(b, &k, &k.field, false);
    laws_of(b, report_say(b, WORD_REPORT_TOTAL), &k.total);
    for (size_t i = 0; i < k.field.count; i++)
        if (k.field.line[i].is_some)
            laws_of(b, k.field.line[i].name, &k.field.line[i].columns);
    laws_sum(b, &k, &k.field);
    if (lines_some(&k.unit) > 1)
        table(b, &k, &k.unit, true);
    for (size_t i = 0; i < k.unit.count; i++)
        if (k.unit.line[i].is_some)
            laws_of(b, k.unit.line[i].name, &k.unit.line[i].columns);
    laws_sum(b, &k, &k.unit);
    return OK;
}
