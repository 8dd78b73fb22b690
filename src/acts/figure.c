#include "acts/figure.h"

#include "crypto/hash.h"
#include "crypto/hex.h"
#include "sql_unit.h"

/* The parameters of every statement in figure.sql. */
struct asked {
    struct str from, to, cut, as_of, end, today;
    struct str day, day_after; /* of the as-of instant, where days are counted: UTC */
};

static enum err ask(const struct figure_question *q, struct ctx *ctx, struct asked *ret)
{
    struct q_unit_by_id unit;
    const struct zone *zone;
    struct db *db = ctx_db(ctx);
    struct arena *a = ctx->arena;
    struct instant as_of = q->as_of.ms ? q->as_of : (struct instant){ctx->now.ms + 1};
    enum err err = right_check(ctx, db, RIGHT_FIGURE_READ, q->unit, 0);

    if (!err)
        err = q_unit_by_id(db, a, q->unit, &unit);
    if (!err)
        err = zone_open(unit.zone, &zone);
    if (err)
        return err;
    if (date_cmp(q->to, q->from) < 0)
        return ERR_INVALID;
    /* The period has ended, or it is cut where we look: an open dossier is late when its due day
     * has wholly passed. */
    struct date end_day = date_add_days(q->to, 1), as_of_day = zone_date(zone, as_of);
    struct instant end = zone_instant(zone, local_at(end_day, 0, 0));
    struct date utc_day = {.day = 0};
    if (date_parse(str_sub(instant_iso(a, as_of), 0, STR("2018-01-01").n), &utc_day))
        return ERR_INVALID;
    *ret = (struct asked){
        .from = date_iso(a, q->from),
        .to = date_iso(a, q->to),
        .cut = date_iso(a, date_cmp(as_of_day, end_day) < 0 ? as_of_day : end_day),
        .as_of = instant_iso(a, as_of),
        .day = date_iso(a, utc_day),
        .day_after = date_iso(a, date_add_days(utc_day, 1)),
        .end = instant_iso(a, instant_cmp(as_of, end) < 0 ? as_of : end),
        .today = ctx_today_iso(ctx),
    };
    return OK;
}

static bool key_of(int64_t is_received, int64_t channel, int64_t class, int64_t is_refused, struct figure_key *ret)
{
    if (channel <= 0 || channel >= CHANNEL__COUNT || class < 0 || class >= FIGURE_CLASS__COUNT)
        return false;
    ret->class = (enum figure_class)class;
    ret->is_received = is_received == 1;
    ret->channel = (enum dossier_channel)channel;
    ret->is_refused = is_refused == 1;
    return true;
}

/* Rows come by unit: the line of the row before is most often the line of this one. */
static struct figure_line *line_of(struct figure_line *line, size_t count, int64_t id, size_t *last)
{
    if (*last < count && line[*last].id == id)
        return &line[*last];
    for (*last = 0; *last < count; ++*last)
        if (line[*last].id == id)
            return &line[*last];
    return NULL;
}

/* Lines for all units below and all fields; those that stay empty are dropped afterwards. */
static enum err lines_load(const struct figure_question *q, struct ctx *ctx, struct figure_answer *answer)
{
    struct q_unit_below *unit = NULL;
    struct q_unit_tree *all = NULL; /* by another territory a line may be any unit */
    struct q_field_all *field;
    enum err err = q->territory ? q_unit_tree(ctx_db(ctx), ctx->arena, &all, &answer->unit_count)
                                : q_unit_below(ctx_db(ctx), ctx->arena, q->unit, &unit, &answer->unit_count);

    if (!err)
        err = q_field_all(ctx_db(ctx), ctx->arena, &field, &answer->field_count);
    if (err)
        return err;
    answer->unit = ARENA_ARRAY(ctx->arena, struct figure_line, answer->unit_count);
    answer->field = ARENA_ARRAY(ctx->arena, struct figure_line, answer->field_count);
    for (size_t i = 0; i < answer->unit_count; i++)
        answer->unit[i] = all ? (struct figure_line){.id = all[i].id, .code = all[i].code, .name = all[i].name}
                              : (struct figure_line){.id = unit[i].id, .code = unit[i].code, .name = unit[i].name};
    for (size_t i = 0; i < answer->field_count; i++)
        answer->field[i] = (struct figure_line){.id = field[i].id, .code = field[i].code, .name = field[i].name};
    return OK;
}

static bool is_blank(const struct figures *f)
{
    for (int i = 0; i < FIGURE__COUNT; i++)
        if (f->value[i])
            return false;
    return true;
}

static size_t lines_keep(struct figure_line *line, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (!is_blank(&line[i].figures))
            line[kept++] = line[i];
    return kept;
}

struct adding {
    const struct figure_question *q;
    struct figure_answer *answer;
    size_t unit, field; /* lines of the row before */
};

static enum err add_row(void *arg, const struct q_figure_counts *row)
{
    enum { RECEIVED = 2, CHANNEL = 8, REFUSED = 2 }; /* how many values each part of `how` has */
    struct adding *a = arg;
    struct figure_answer *answer = a->answer;
    struct figure_key key;
    int64_t how = row->how;

    if (!key_of(how % RECEIVED, how / RECEIVED % CHANNEL, how / (RECEIVED * CHANNEL * REFUSED), how / (RECEIVED * CHANNEL) % REFUSED, &key))
        return ERR_STORE;
    if ((a->q->cohort_received && !key.is_received) || (a->q->field && a->q->field != row->field_id))
        return OK;
    struct figure_line *unit = line_of(answer->unit, answer->unit_count, territory_of(a->q->territory, row->unit_id), &a->unit);
    struct figure_line *field = line_of(answer->field, answer->field_count, row->field_id, &a->field);
    figures_add(&answer->total, &key, row->n);
    if (unit)
        figures_add(&unit->figures, &key, row->n);
    if (field)
        figures_add(&field->figures, &key, row->n);
    return OK;
}

enum err act_figures(const struct figure_question *q, struct ctx *ctx, struct figure_answer *ret)
{
    struct asked k;
    struct figure_answer answer = {.unit = NULL};
    struct adding adding = {.q = q, .answer = &answer};
    enum err err = ask(q, ctx, &k);

    if (!err)
        err = lines_load(q, ctx, &answer);
    if (!err)
        err = q_figure_counts_each(ctx_db(ctx), q->unit, k.from, k.to, k.cut, k.as_of, k.end, ctx->actor.id, k.today, k.day, k.day_after, add_row, &adding);
    if (err)
        return err;
    answer.unit_count = lines_keep(answer.unit, answer.unit_count);
    answer.field_count = lines_keep(answer.field, answer.field_count);
    answer.broken = figures_check(&answer.total, &answer.left, &answer.right);
    *ret = answer;
    return OK;
}

struct filter {
    const struct figure_question *q;
    enum figure figure;
    figure_record_fn *row;
    void *arg;
};

static enum err filter_row(void *arg, const struct q_figure_records *row)
{
    struct filter *f = arg;
    struct figure_key key;

    if (!key_of(row->is_received, row->channel, row->class, row->is_refused, &key))
        return ERR_STORE;
    if ((f->q->cohort_received && !key.is_received) || (f->q->field && f->q->field != row->field_id) ||
        (f->q->procedure && f->q->procedure != row->procedure_id) ||
        (f->q->as_unit && territory_of(f->q->territory, row->unit_id) != f->q->as_unit) ||
        (f->figure != FIGURE__COUNT && !figure_counts(f->figure, &key)))
        return OK;
    return f->row(f->arg, row, key.class);
}

enum err act_figure_records(const struct figure_question *q, enum figure f, struct ctx *ctx, figure_record_fn *row,
                            void *arg)
{
    struct filter filter = {q, f, row, arg};
    struct asked k;
    enum err err = ask(q, ctx, &k);

    if (err)
        return err;
    return q_figure_records_each(ctx_db(ctx), q->unit, k.from, k.to, k.cut, k.as_of, k.end, ctx->actor.id, k.today,
                                 filter_row, &filter);
}

enum err act_figure_longest_late(const struct figure_question *q, int64_t most, struct ctx *ctx,
                                 struct q_figure_longest_late **ret, size_t *ret_count)
{
    struct asked k;
    enum err err = ask(q, ctx, &k);

    if (err)
        return err;
    return q_figure_longest_late(ctx_db(ctx), ctx->arena, q->unit, k.from, k.to, k.cut, k.as_of, k.end, ctx->actor.id,
                                 k.today, most, ret, ret_count);
}

enum err act_figures_by_day(const struct figure_question *q, struct ctx *ctx, struct q_figure_by_day **ret,
                            size_t *ret_count)
{
    struct asked k;
    enum err err = ask(q, ctx, &k);

    if (err)
        return err;
    return q_figure_by_day(ctx_db(ctx), ctx->arena, q->unit, k.from, k.to, k.cut, k.as_of, k.end, ctx->actor.id,
                           k.today, k.day, k.day_after, ret, ret_count);
}

struct str figure_definitions_hash(struct arena *a)
{
    struct hash h = hash_of(figure_definitions(a));

    return hex_encode(a, (struct str){(const char *)h.b, sizeof h.b});
}

void figure_default_period(struct date today, struct date *ret_from, struct date *ret_to)
{
    struct civil c = date_civil(today);

    *ret_from = date_of(c.year, (c.month - 1) / 3 * 3 + 1, 1);
    *ret_to = date_add_days(date_add_months(*ret_from, 3), -1);
}
