#include "acts/agency.h"

static const struct str CODES[] = {
    [AGENCY_DOSSIERS] = STR_INIT("dossiers"), [AGENCY_STEPS] = STR_INIT("steps"),
    [AGENCY_EARLY] = STR_INIT("early"),       [AGENCY_ON_TIME] = STR_INIT("on_time"),
    [AGENCY_LATE] = STR_INIT("late"),         [AGENCY_OPEN] = STR_INIT("open"),
    [AGENCY_OPEN_LATE] = STR_INIT("open_late"),
};
_Static_assert(sizeof CODES / sizeof CODES[0] == AGENCY_FIGURE__COUNT, "every number has a code");

struct str agency_figure_code(enum agency_figure f)
{
    return CODES[f];
}

bool agency_figure_find(struct str code, enum agency_figure *ret)
{
    for (int i = 0; i < AGENCY_FIGURE__COUNT; i++)
        if (str_eq(CODES[i], code)) {
            *ret = (enum agency_figure)i;
            return true;
        }
    return false;
}

int64_t agency_value(const struct q_agency_counts *row, enum agency_figure f)
{
    switch (f) {
    case AGENCY_DOSSIERS:
        return row->dossiers;
    case AGENCY_STEPS:
        return row->steps;
    case AGENCY_EARLY:
        return row->early;
    case AGENCY_ON_TIME:
        return row->on_time;
    case AGENCY_LATE:
        return row->late;
    case AGENCY_OPEN:
        return row->open;
    case AGENCY_OPEN_LATE:
        return row->open_late;
    case AGENCY_FIGURE__COUNT:
        break;
    }
    BUG("number %d of an agency", (int)f);
}

struct asked {
    struct str from, to;
};

static enum err ask(const struct figure_question *q, struct ctx *ctx, struct asked *ret)
{
    struct office office;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_FIGURE_READ, q->unit, 0);

    if (!err)
        err = office_load(ctx, ctx_db(ctx), q->unit, &office);
    if (err)
        return err;
    if (date_cmp(q->to, q->from) < 0)
        return ERR_INVALID;
    struct instant end = zone_instant(office.zone, local_at(date_add_days(q->to, 1), 0, 0));
    struct instant seen = q->as_of.ms && instant_cmp(q->as_of, end) < 0 ? q->as_of : end;
    *ret = (struct asked){
        .from = instant_iso(ctx->arena, zone_instant(office.zone, local_at(q->from, 0, 0))),
        .to = instant_iso(ctx->arena, seen),
    };
    return OK;
}

enum err act_agency_counts(const struct figure_question *q, struct ctx *ctx, struct q_agency_counts **ret,
                           size_t *ret_count)
{
    struct asked k;
    enum err err = ask(q, ctx, &k);

    if (err)
        return err;
    return q_agency_counts(ctx_db(ctx), ctx->arena, q->unit, k.from, k.to, ctx->actor.id, ctx_today_iso(ctx), ret,
                           ret_count);
}

static bool counts(enum agency_figure f, const struct q_agency_steps *row)
{
    if (f == AGENCY_DOSSIERS || f == AGENCY_STEPS)
        return true;
    if (f == AGENCY_OPEN && str_eq(row->class, CODES[AGENCY_OPEN_LATE]))
        return true;
    return str_eq(row->class, CODES[f]);
}

enum err act_agency_steps(const struct figure_question *q, int64_t agency, enum agency_figure f, struct ctx *ctx,
                          struct q_agency_steps **ret, size_t *ret_count)
{
    struct asked k;
    struct q_agency_steps *row;
    size_t count, n = 0;
    enum err err = ask(q, ctx, &k);

    if (!err)
        err = q_agency_steps(ctx_db(ctx), ctx->arena, q->unit, k.from, k.to, ctx->actor.id, ctx_today_iso(ctx), &row,
                             &count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++) { /* in order of codes: the last step of a dossier stands for it */
        if (row[i].unit_id != agency || !counts(f, &row[i]))
            continue;
        if (f == AGENCY_DOSSIERS && n && str_eq(row[n - 1].code, row[i].code))
            n--;
        row[n++] = row[i];
    }
    *ret = row;
    *ret_count = n;
    return OK;
}
