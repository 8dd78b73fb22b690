#include "acts/import.h"

#include "acts/catalogue.h"
#include "acts/dossier.h"
#include "acts/organisation.h"
#include "base/text.h"
#include "sql_calendar.h"
#include "sql_person.h"

enum { CASE_BYTES = 64 << 20, DAY_MS = 24 * 3600 * 1000 };

struct importing {
    struct act_import *act;
    struct ctx *ctx;
    struct eventlog_case *cases;
    size_t count, room;
    struct arena *keep;      /* of the whole import */
    int64_t unit, procedure;
    const struct zone *zone;
};

static void remark(struct importing *in, struct import_remarks *to, size_t line, struct str why)
{
    if (to->count == to->room) {
        size_t room = to->room ? to->room * 2 : 32;
        struct import_remark *more = ARENA_ARRAY(in->keep, struct import_remark, room);
        if (to->count)
            memcpy(more, to->item, to->count * sizeof *more);
        to->item = more;
        to->room = room;
    }
    to->item[to->count++] = (struct import_remark){(int64_t)line, str_copy(in->keep, why)};
}

/* ---- reading everything first: all or nothing ---- */

static enum err keep_case(void *arg, const struct eventlog_case *c)
{
    struct importing *in = arg;
    struct arena *a = in->keep;

    if (in->count == in->room) {
        size_t room = in->room ? in->room * 2 : 1024;
        struct eventlog_case *more = ARENA_ARRAY(a, struct eventlog_case, room);
        if (in->count)
            memcpy(more, in->cases, in->count * sizeof *more);
        in->cases = more;
        in->room = room;
    }
    struct eventlog_case *k = &in->cases[in->count++];
    *k = *c;
    k->id = str_copy(a, c->id);
    k->unit = str_copy(a, c->unit);
    k->team = str_copy(a, c->team);
    k->responsible = str_copy(a, c->responsible);
    k->channel = str_copy(a, c->channel);
    k->procedure = str_copy(a, c->procedure);
    k->title = str_copy(a, c->title);
    struct eventlog_event *event = ARENA_ARRAY(a, struct eventlog_event, c->event_count);
    for (size_t i = 0; i < c->event_count; i++) {
        event[i] = c->event[i];
        event[i].name = str_copy(a, c->event[i].name);
        event[i].resource = str_copy(a, c->event[i].resource);
        event[i].group = str_copy(a, c->event[i].group);
        event[i].lifecycle = str_copy(a, c->event[i].lifecycle);
    }
    k->event = event;
    return OK;
}

static void reader_refused(void *arg, size_t line, struct str why)
{
    struct importing *in = arg;

    remark(in, &in->act->refused, line, why);
}

static void reader_note(void *arg, size_t line, struct str why)
{
    struct importing *in = arg;

    remark(in, &in->act->odd, line, why);
}

/* ---- the place and the procedure ---- */

static enum err unit_find(struct importing *in)
{
    struct ctx *ctx = in->ctx;
    struct q_unit_by_code_any found, root;
    struct q_calendar_by_code calendar;
    enum err err = q_unit_by_code_any(ctx->tx, ctx->arena, in->act->unit, &found);

    if (err != ERR_NOT_FOUND) {
        in->unit = err ? 0 : found.id;
        return err;
    }
    err = q_unit_by_code_any(ctx->tx, ctx->arena, STR("goc"), &root);
    if (!err)
        err = q_calendar_by_code(ctx->tx, ctx->arena, STR("vn"), &calendar);
    if (err)
        return err;
    struct act_unit_add add = {
        .code = in->act->unit,
        .agency_code = text_upper(ctx->arena, in->act->unit),
        .name = in->act->unit_name,
        .short_name = in->act->unit_name,
        .kind = UNIT_COUNTER,
        .parent = root.id,
        .calendar = calendar.id,
        .zone = zone_name(in->zone),
        .valid_from = date_of(1900, 1, 1),
        .valid_to = DATE_NEVER,
    };
    for (size_t i = 0; i < add.agency_code.n; i++) /* a dossier code takes letters, digits and dots */
        if (add.agency_code.p[i] == '-' || add.agency_code.p[i] == '_')
            ((char *)(uintptr_t)add.agency_code.p)[i] = '.';
    err = act_unit_add(&add, ctx);
    in->unit = add.id;
    return err;
}

/* A procedure without papers or steps: the log knows neither. */
static enum err procedure_find(struct importing *in, struct str code, struct str name, int64_t *ret)
{
    struct ctx *ctx = in->ctx;
    struct q_procedure_by_code found;
    struct q_field_by_code field;
    enum err err = q_procedure_by_code(ctx->tx, ctx->arena, code, &found);

    if (err == OK) {
        *ret = found.id;
    } else if (err == ERR_NOT_FOUND) {
        err = q_field_by_code(ctx->tx, ctx->arena, STR("khac"), &field);
        if (err)
            return err;
        struct act_procedure_add add = {.code = code, .name = name, .field = field.id, .level = STR("huyen")};
        err = act_procedure_add(&add, ctx);
        struct procedure_case_form kase = {.name = STR("Theo nhật ký"), .limit = {LIMIT_WORKING_DAYS, 1}};
        struct procedure_step step = {.code = STR("process"), .name = STR("Xử lý"), .place = STR("counter")};
        struct act_procedure_publish publish = {
            .procedure = add.id, .name = name, .valid_from = date_of(1900, 1, 1), .valid_to = DATE_NEVER,
            .decision_on = DATE_NEVER, .online_level = STR("none"), .cases = &kase, .case_count = 1, .step = &step,
            .step_count = 1,
        };
        if (!err)
            err = act_procedure_publish(&publish, ctx);
        *ret = add.id;
    }
    if (err)
        return err;
    struct act_procedure_perform perform = {.procedure = *ret, .unit = &in->unit, .unit_count = 1};
    return act_procedure_perform(&perform, ctx);
}

/* ---- one case ---- */

static enum dossier_channel channel_of(struct str name)
{
    static const struct {
        struct str name;
        enum dossier_channel channel;
    } NAMES[] = {
        {STR_INIT("internet"), CHANNEL_ONLINE}, {STR_INIT("online"), CHANNEL_ONLINE}, {STR_INIT("e-mail"), CHANNEL_ONLINE},
        {STR_INIT("email"), CHANNEL_ONLINE},    {STR_INIT("post"), CHANNEL_POST},     {STR_INIT("mail"), CHANNEL_POST},
    };

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (name.n == NAMES[i].name.n && strncasecmp(name.p, NAMES[i].name.p, name.n) == 0)
            return NAMES[i].channel;
    return CHANNEL_COUNTER;
}

static bool is_known(struct instant t)
{
    return t.ms != INSTANT_NEVER.ms;
}

static void odd_check(struct importing *in, const struct eventlog_case *c, struct instant start)
{
    struct instant last = {INT64_MIN}, first = INSTANT_NEVER;

    for (size_t i = 0; i < c->event_count; i++) {
        if (instant_cmp(c->event[i].time, last) > 0)
            last = c->event[i].time;
        if (instant_cmp(c->event[i].time, first) < 0)
            first = c->event[i].time;
    }
    struct import_remarks *odd = &in->act->odd;
    struct arena *a = in->ctx->arena;
    if (is_known(c->end) && instant_cmp(c->end, start) < 0)
        remark(in, odd, c->line, str_format(a, "%" PRIstr " ends before its start", STR_ARG(c->id)));
    if (is_known(c->end) && c->event_count && instant_cmp(c->end, last) < 0)
        remark(in, odd, c->line, str_format(a, "%" PRIstr " ends before its last event", STR_ARG(c->id)));
    if (c->event_count && instant_cmp(first, start) < 0)
        remark(in, odd, c->line, str_format(a, "%" PRIstr " has an event before its start", STR_ARG(c->id)));
}

static enum err events_write(struct importing *in, const struct eventlog_case *c, int64_t id)
{
    for (size_t i = 0; i < c->event_count; i++) {
        const struct eventlog_event *e = &c->event[i];
        struct act_event act = {.on = {.id = id, .happened_at = e->time, .from_history = true},
                                .name = e->name, .resource = e->resource, .group = e->group, .lifecycle = e->lifecycle};
        enum err err = act_event(&act, in->ctx);
        if (err)
            return err;
        in->act->events++;
    }
    return OK;
}

static enum err end_write(struct importing *in, const struct eventlog_case *c, int64_t id)
{
    struct act_finish act = {.on = {.id = id, .happened_at = c->end, .from_history = true}, .result_no = STR("")};

    if (!is_known(c->end)) {
        in->act->open++;
        return OK;
    }
    enum err err = act_finish(&act, in->ctx);
    if (!err && act.on.verdict.why != DOSSIER_ALLOWED) {
        remark(in, &in->act->odd, c->line,
               str_format(in->ctx->arena, "%" PRIstr " is left open: %" PRIstr, STR_ARG(c->id),
                          STR_ARG(word(LANG_EN, dossier_refusal_word(act.on.verdict.why)))));
        in->act->open++;
        return OK;
    }
    if (is_known(c->planned_end) && date_cmp(zone_date(in->zone, c->end), zone_date(in->zone, c->planned_end)) > 0)
        in->act->late++;
    return err;
}

static enum err case_write(struct importing *in, const struct eventlog_case *c)
{
    struct ctx *ctx = in->ctx;
    struct instant start = is_known(c->start) ? c->start : c->event_count ? c->event[0].time : INSTANT_NEVER;
    int64_t procedure = in->procedure;
    enum err err = OK;

    if (!is_known(start)) {
        remark(in, &in->act->refused, c->line, str_format(ctx->arena, "%" PRIstr " has no start and no event", STR_ARG(c->id)));
        return OK;
    }
    if (c->procedure.n)
        err = procedure_find(in, c->procedure, c->procedure, &procedure);
    struct act_receive act = {
        .unit = in->unit,
        .procedure = procedure,
        .case_no = 1,
        .channel = channel_of(c->channel),
        .applicant = {.name = c->title.n ? c->title : c->id, .kind = APPLICANT_ORGANISATION},
        .submitter = c->responsible,
        .summary = c->id,
        .sets = 1,
        .count = 1,
        .fee_paid = true,
        .happened_at = start,
        /* Without a planned end it can never be late. */
        .due_given = is_known(c->planned_end) ? c->planned_end : (struct instant){INSTANT_NEVER.ms - 2 * (int64_t)DAY_MS},
        .from_history = true,
    };
    if (!err)
        err = act_receive(&act, ctx);
    if (err)
        return err;
    if (act.verdict.why != DOSSIER_ALLOWED) {
        remark(in, &in->act->refused, c->line,
               str_format(ctx->arena, "%" PRIstr ": %" PRIstr, STR_ARG(c->id),
                          STR_ARG(word(LANG_EN, dossier_refusal_word(act.verdict.why)))));
        return OK;
    }
    in->act->cases++;
    odd_check(in, c, start);
    err = events_write(in, c, act.received[0].id);
    return err ? err : end_write(in, c, act.received[0].id);
}

/* ---- all of them ---- */

static enum err import_in_transaction(struct db *tx, void *arg)
{
    struct importing *in = arg;
    struct ctx *ctx = in->ctx;
    struct arena *whole = ctx->arena, *one = arena_new(CASE_BYTES);
    size_t read_odd = in->act->odd.count, read_refused = in->act->refused.count;

    ctx->tx = tx;
    in->act->cases = in->act->events = in->act->late = in->act->open = 0;
    enum err err = unit_find(in);
    if (!err)
        err = procedure_find(in, in->act->procedure, in->act->map.title.n ? in->act->map.title : in->act->unit_name,
                             &in->procedure);
    ctx->arena = one;
    for (size_t i = 0; !err && i < in->count; i++) {
        err = case_write(in, &in->cases[i]);
        arena_reset(one);
    }
    ctx->arena = whole;
    ctx->tx = NULL;
    arena_free(one);
    if (err) { /* the transaction may be run again */
        in->act->odd.count = read_odd;
        in->act->refused.count = read_refused;
    }
    return err;
}

enum err act_import(struct act_import *act, struct ctx *ctx)
{
    struct importing in = {.act = act, .ctx = ctx, .keep = ctx->arena, .zone = act->map.zone};
    struct eventlog_reader reader = {&in, keep_case, reader_refused, reader_note};
    enum err err = OK;

    act->odd = act->refused = (struct import_remarks){.count = 0};
    if (!in.zone)
        err = zone_open(STR("UTC"), &in.zone);
    if (!err)
        err = act->is_csv ? eventlog_read_csv(ctx->arena, act->file, &act->map, &reader, &act->fault)
                          : eventlog_read_xes(ctx->arena, act->file, &act->map, &reader, &act->fault);
    return err ? err : db_transact(ctx->db, import_in_transaction, &in);
}
