#include "app/demo_plan.h"

#include "app/facts.h"
#include "format/yaml.h"
#include "sql_unit.h"

enum { TRIES = 200000, MINUTE = 60 * 1000, SCRATCH_BYTES = 16 << 20 };

/* Where a planned dossier must stand at the cut-off. */
enum aim { AIM_IN_TIME, AIM_IN_TERM, AIM_RESOLVED_LATE, AIM_OPEN_LATE, AIM__COUNT };

static const char *const AIMS[] = {"resolved_in_time", "open_in_term", "resolved_late", "open_late"};

struct planning {
    struct session *s;
    struct demo_plan *plan;
    struct random random;
    struct arena *scratch;
    struct date from, to;
};

/* ---- reading the published figures ---- */

static enum err counter_read(struct planning *p, struct json mix, int64_t unit, struct demo_counter *ret)
{
    struct ctx *ctx = &p->s->ctx;
    struct arena *a = p->s->arena;
    struct json_members members = json_members(a, mix);
    uint64_t sum = 0;
    enum err err = office_load(ctx, ctx->db, unit, &ret->office);

    ret->procedure = ARENA_ARRAY(a, struct demo_procedure, members.count);
    ret->procedure_count = members.count;
    for (size_t i = 0; !err && i < members.count; i++) {
        struct demo_procedure *d = &ret->procedure[i];
        struct q_procedure_by_code procedure;
        struct q_version_at version;
        int64_t weight;
        err = q_procedure_by_code(ctx->db, a, members.member[i].key, &procedure);
        if (!err)
            err = q_version_at(ctx->db, a, procedure.id, date_iso(a, p->from), &version);
        if (!err)
            err = procedure_load(ctx, ctx->db, version.id, &d->whole);
        if (err) {
            complain("demo/figures.yaml: procedure %" PRIstr " is not in force then", STR_ARG(members.member[i].key));
            return err;
        }
        if (str_parse_int(json_as_text(members.member[i].value), 1, 1000000, &weight) || !d->whole->case_count)
            return ERR_INVALID;
        d->id = procedure.id;
        d->limit = (struct limit){(enum limit_unit)d->whole->cases[0].limit_unit, (int)d->whole->cases[0].limit_length};
        d->until = sum += (uint64_t)weight;
    }
    return err;
}

/* ---- drawing one dossier ---- */

static const struct demo_procedure *procedure_draw(struct planning *p, const struct demo_counter *c)
{
    uint64_t at = random_below(&p->random, c->procedure[c->procedure_count - 1].until);
    size_t i = 0;

    while (c->procedure[i].until <= at)
        i++;
    return &c->procedure[i];
}

/* A moment within the hours of a day; false: closed. */
static bool moment_draw(struct planning *p, struct day_hours hours, struct date day, struct local *ret)
{
    int minutes = 0;

    for (int i = 0; i < hours.count; i++)
        minutes += hours.shift[i].to - hours.shift[i].from;
    if (!minutes)
        return false;
    int at = (int)random_below(&p->random, (uint64_t)minutes);
    for (int i = 0; i < hours.count; i++) {
        int length = hours.shift[i].to - hours.shift[i].from;
        if (at < length) {
            *ret = local_at(day, (hours.shift[i].from + at) / 60, (hours.shift[i].from + at) % 60);
            ret->ms_of_day += (int32_t)random_below(&p->random, MINUTE);
            return true;
        }
        at -= length;
    }
    return false;
}

/* A working moment after `after` on one of the days up to `last`; false: there is none. */
static bool work_moment(struct planning *p, const struct calendar *c, struct local after, struct date first, struct date last,
                        struct local *ret)
{
    int days = last.day - first.day + 1;

    if (days <= 0)
        return false;
    for (int i = 0; i < 40; i++) {
        struct date day = date_add_days(first, (int)random_below(&p->random, (uint64_t)days));
        if (moment_draw(p, calendar_work_hours(c, day), day, ret) && local_cmp(*ret, after) > 0)
            return true;
    }
    return false;
}

struct drawn {
    const struct demo_counter *counter;
    const struct demo_procedure *procedure;
    struct local received, due, finished;
    bool is_finished;
};

/* Tries one dossier; true if it stands where it is aimed. */
static bool draw_try(struct planning *p, enum aim aim, struct drawn *d)
{
    const struct calendar *c = d->counter->office.calendar;
    struct date day = date_add_days(p->from, (int)random_below(&p->random, (uint64_t)(p->to.day - p->from.day + 1)));
    struct deadline deadline;

    d->procedure = procedure_draw(p, d->counter);
    /* Saturday intake is rare: one in six of those that would fall on it. */
    if (date_weekday(day) >= SATURDAY && random_below(&p->random, 6))
        return false;
    if (!moment_draw(p, calendar_intake_hours(c, day), day, &d->received))
        return false;
    arena_reset(p->scratch);
    if (deadline_derive(p->scratch, c, d->received, d->procedure->limit, NULL, 0, &deadline))
        return false;
    d->due = deadline.due;
    bool due_inside = date_cmp(d->due.date, p->to) <= 0;
    d->is_finished = aim == AIM_IN_TIME || aim == AIM_RESOLVED_LATE;
    switch (aim) {
    case AIM_IN_TIME:
        return work_moment(p, c, deadline.received, deadline.received.date, due_inside ? d->due.date : p->to, &d->finished);
    case AIM_RESOLVED_LATE:
        return work_moment(p, c, d->due, date_add_days(d->due.date, 1), p->to, &d->finished);
    case AIM_IN_TERM:
        return !due_inside;
    case AIM_OPEN_LATE:
        return due_inside;
    case AIM__COUNT:
        break;
    }
    return false;
}

/* ---- what happens on the way ---- */

static void event_add(struct planning *p, const struct drawn *d, struct local at, uint32_t dossier, enum demo_kind kind, size_t step)
{
    struct demo_plan *plan = p->plan;

    if (plan->event_count == plan->event_room) {
        plan->event_room = plan->event_room ? plan->event_room * 2 : 1 << 16;
        struct demo_event *more = ARENA_ARRAY(p->s->arena, struct demo_event, plan->event_room);
        if (plan->event_count)
            memcpy(more, plan->event, plan->event_count * sizeof *more);
        plan->event = more;
    }
    plan->event[plan->event_count++] = (struct demo_event){
        zone_instant(d->counter->office.zone, at).ms, dossier, (uint8_t)kind, (uint8_t)step,
    };
}

/* Papers are asked for in the first days and come back before the term would have ended. */
static bool plan_supplement(struct planning *p, const struct drawn *d, uint32_t n, struct local *after)
{
    const struct calendar *c = d->counter->office.calendar;
    struct local asked, supplied;
    struct date last = d->is_finished ? d->finished.date : p->to;
    struct date first = date_add_days(d->received.date, 1);

    if (date_cmp(first, p->to) > 0 || !work_moment(p, c, *after, first, first, &asked) || date_cmp(asked.date, d->due.date) >= 0)
        return false;
    if (!work_moment(p, c, asked, date_add_days(asked.date, 1), date_add_days(last, -1), &supplied)) {
        if (d->is_finished)
            return false;
        event_add(p, d, asked, n, DEMO_ASK, 0); /* still waiting for the applicant */
        *after = asked;
        return true;
    }
    event_add(p, d, asked, n, DEMO_ASK, 0);
    event_add(p, d, supplied, n, DEMO_SUPPLY, 0);
    *after = supplied;
    return true;
}

/* Steps follow one another between two moments, in even parts. */
static void plan_steps(struct planning *p, const struct drawn *d, uint32_t n, struct local after, struct local end, size_t upto)
{
    const struct zone *zone = d->counter->office.zone;
    int64_t from = zone_instant(zone, after).ms, to = zone_instant(zone, end).ms;

    for (size_t step = 2; step <= upto; step++) {
        int64_t at = from + (to - from) * (int64_t)(step - 1) / (int64_t)upto;
        event_add(p, d, zone_local(zone, (struct instant){at}), n, DEMO_HAND_OVER, step);
    }
}

static void plan_finished(struct planning *p, const struct drawn *d, uint32_t n, enum aim aim)
{
    const struct calendar *c = d->counter->office.calendar;
    size_t steps = d->procedure->whole->step_count;
    struct local after = d->received, out;

    /* A pause would move the due date of what is meant to be late. */
    if (aim == AIM_IN_TIME && d->finished.date.day - d->received.date.day > 6 && random_below(&p->random, 100) < 6)
        plan_supplement(p, d, n, &after);
    plan_steps(p, d, n, after, d->finished, steps);
    event_add(p, d, d->finished, n, random_below(&p->random, 100) ? DEMO_FINISH : DEMO_REFUSE, 0);
    struct date first = d->finished.date, last = date_add_days(first, (int)random_below(&p->random, 4));
    if (date_cmp(last, p->to) <= 0 && work_moment(p, c, d->finished, first, last, &out))
        event_add(p, d, out, n, DEMO_HAND_OUT, 0);
}

/* Most open ones are somewhere on their way; some wait for papers; some late ones have been
 * apologised for. */
static void plan_open(struct planning *p, const struct drawn *d, uint32_t n, enum aim aim)
{
    const struct calendar *c = d->counter->office.calendar;
    size_t steps = d->procedure->whole->step_count, upto = 1 + random_below(&p->random, steps ? steps : 1);
    struct local after = d->received, last, sorry;
    bool waits = aim == AIM_IN_TERM && random_below(&p->random, 100) < 8 && plan_supplement(p, d, n, &after);

    if (waits || !work_moment(p, c, after, after.date, p->to, &last))
        return;
    plan_steps(p, d, n, after, last, upto);
    if (upto > 1)
        event_add(p, d, last, n, DEMO_TAKE, upto);
    if (aim == AIM_OPEN_LATE && random_below(&p->random, 3) == 0 &&
        work_moment(p, c, after, d->received.date, date_add_days(d->due.date, -1), &sorry))
        event_add(p, d, sorry, n, DEMO_EXTEND, 0);
}

static bool plan_one(struct planning *p, enum aim aim, struct drawn *d)
{
    struct demo_plan *plan = p->plan;

    for (int i = 0; i < TRIES; i++) {
        if (!draw_try(p, aim, d))
            continue;
        uint32_t n = (uint32_t)plan->dossier_count++;
        plan->dossier[n] = (struct demo_dossier){
            .counter = (uint32_t)(d->counter - plan->counter),
            .procedure = (uint32_t)(d->procedure - d->counter->procedure),
        };
        event_add(p, d, d->received, n, DEMO_RECEIVE, 0);
        if (d->is_finished)
            plan_finished(p, d, n, aim);
        else
            plan_open(p, d, n, aim);
        return true;
    }
    complain("no procedure of %" PRIstr " can end as the published figure %s says; see demo/figures.yaml",
             STR_ARG(d->counter->office.unit.name), AIMS[aim]);
    return false;
}

/* ---- the groups of counters ---- */

static const struct demo_counter *counter_draw(struct planning *p, size_t first, size_t count)
{
    const struct demo_counter *c = p->plan->counter + first;
    uint64_t at = random_below(&p->random, c[count - 1].until);
    size_t i = 0;

    while (c[i].until <= at)
        i++;
    return &c[i];
}

static bool group_plan(struct planning *p, struct json group, int64_t scale, size_t first, size_t count)
{
    for (int aim = 0; aim < AIM__COUNT; aim++) {
        int64_t n;
        if (yaml_int(group, AIMS[aim], 0, 100000000, &n)) {
            complain("demo/figures.yaml: %s is missing", AIMS[aim]);
            return false;
        }
        for (int64_t i = 0; i < n * scale; i++) {
            struct drawn d = {.counter = counter_draw(p, first, count)};
            if (!plan_one(p, (enum aim)aim, &d))
                return false;
        }
    }
    return true;
}

static enum err unit_id(struct planning *p, struct str code, int64_t *ret)
{
    struct q_unit_by_code unit;
    enum err err = q_unit_by_code(p->s->db, p->s->arena, code, date_iso(p->s->arena, p->from), &unit);

    if (!err)
        *ret = unit.id;
    else
        complain("demo/figures.yaml: no unit %" PRIstr, STR_ARG(code));
    return err;
}

/* A group: its counters by weight (one, or the wards), one mix of procedures, four figures. */
static enum err group_read(struct planning *p, struct json group)
{
    struct json_members units = json_members(p->s->arena, json_get(group, "units"));
    uint64_t sum = 0;

    for (size_t i = 0; i < units.count; i++) {
        struct demo_counter *c = &p->plan->counter[p->plan->counter_count];
        int64_t unit, weight;
        enum err err = unit_id(p, units.member[i].key, &unit);
        if (!err)
            err = counter_read(p, json_get(group, "procedures"), unit, c);
        if (!err)
            err = str_parse_int(json_as_text(units.member[i].value), 1, 1000000, &weight);
        if (err)
            return err;
        c->until = sum += (uint64_t)weight;
        p->plan->counter_count++;
    }
    return units.count ? OK : ERR_INVALID;
}

static int event_cmp(const void *x, const void *y)
{
    const struct demo_event *a = x, *b = y;

    if (a->ms != b->ms)
        return a->ms < b->ms ? -1 : 1;
    if (a->dossier != b->dossier)
        return a->dossier < b->dossier ? -1 : 1;
    if (a->kind != b->kind) /* what follows the other has the larger number */
        return a->kind < b->kind ? -1 : 1;
    return (a->step > b->step) - (a->step < b->step);
}

static int64_t planned(struct json groups, int64_t scale)
{
    int64_t sum = 0, n;

    for (size_t g = 0; g < json_length(groups); g++)
        for (int aim = 0; aim < AIM__COUNT; aim++)
            if (yaml_int(json_at(groups, g), AIMS[aim], 0, 100000000, &n) == OK)
                sum += n * scale;
    return sum;
}

static bool plan_groups(struct planning *p, struct json groups, int64_t scale)
{
    for (size_t g = 0; g < json_length(groups); g++) {
        size_t first = p->plan->counter_count;
        if (group_read(p, json_at(groups, g)) ||
            !group_plan(p, json_at(groups, g), scale, first, p->plan->counter_count - first))
            return false;
    }
    return true;
}

enum exit_status demo_plan_make(struct session *s, int64_t scale, uint64_t seed, struct demo_plan *ret)
{
    struct planning p = {.s = s, .plan = ret};
    struct str text;
    struct json doc, groups;
    struct fault fault;

    *ret = (struct demo_plan){.counter = ARENA_ARRAY(s->arena, struct demo_counter, 256)};
    if (!facts_find(STR("demo/figures.yaml"), &text) || yaml_parse(s->arena, text, &doc, &fault) ||
        date_parse(json_text(doc, "from"), &p.from) || date_parse(json_text(doc, "to"), &p.to)) {
        complain("demo/figures.yaml cannot be read");
        return EXIT_FAILED;
    }
    groups = json_get(doc, "groups");
    ret->dossier_room = (size_t)planned(groups, scale);
    ret->dossier = ARENA_ARRAY(s->arena, struct demo_dossier, ret->dossier_room);
    random_open_seeded(&p.random, seed);
    p.scratch = arena_new(SCRATCH_BYTES);
    bool good = plan_groups(&p, groups, scale);
    arena_free(p.scratch);
    if (!good)
        return EXIT_FAILED;
    qsort(ret->event, ret->event_count, sizeof *ret->event, event_cmp);
    return EXIT_DONE;
}
