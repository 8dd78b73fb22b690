#include "acts/base_data_procedures.h"

#include "acts/catalogue.h"
#include "sql_unit.h"

static const struct str UNITS[] = {
    [LIMIT_WORKING_DAYS] = STR_INIT("working_days"), [LIMIT_CALENDAR_DAYS] = STR_INIT("days"),
    [LIMIT_WORKING_HOURS] = STR_INIT("working_hours"), [LIMIT_SAME_DAY] = STR_INIT("same_day"),
    [LIMIT_MONTHS] = STR_INIT("months"),
};
_Static_assert(sizeof UNITS / sizeof UNITS[0] == LIMIT__COUNT, "every unit of a limit has a name");

static bool limit_read(struct json o, struct limit *ret)
{
    int64_t length = 1;
    int unit = 0;

    while (unit < LIMIT__COUNT && !str_eq(UNITS[unit], json_text(o, "unit")))
        unit++;
    if (unit == LIMIT__COUNT || (unit != LIMIT_SAME_DAY && yaml_int(o, "length", 1, LIMIT_LENGTH_MAX, &length)))
        return false;
    *ret = (struct limit){(enum limit_unit)unit, (int)length};
    return true;
}

static bool yes(struct json o, const char *key)
{
    bool value = false;

    return yaml_bool(o, key, &value) == OK && value;
}

static bool papers_read(struct arena *a, struct json list, struct procedure_case_form *c)
{
    struct procedure_paper *paper = ARENA_ARRAY(a, struct procedure_paper, json_length(list));

    for (size_t i = 0; i < json_length(list); i++) {
        struct json o = json_at(list, i);
        paper[i] = (struct procedure_paper){.name = json_text(o, "name"), .required = yes(o, "required")};
        if (yaml_int(o, "originals", 0, 100, &paper[i].originals) || yaml_int(o, "copies", 0, 100, &paper[i].copies))
            return false;
    }
    c->paper = paper;
    c->paper_count = json_length(list);
    return true;
}

static bool cases_read(struct arena *a, struct json list, struct act_procedure_publish *p)
{
    struct procedure_case_form *c = ARENA_ARRAY(a, struct procedure_case_form, json_length(list));

    for (size_t i = 0; i < json_length(list); i++) {
        struct json o = json_at(list, i);
        c[i].name = json_text(o, "name");
        c[i].fee_text = json_text(o, "fee_text");
        if (!limit_read(json_get(o, "limit"), &c[i].limit) || yaml_int(o, "fee", 0, PROCEDURE_FEE_MAX, &c[i].fee) ||
            !papers_read(a, json_get(o, "papers"), &c[i]))
            return false;
    }
    p->cases = c;
    p->case_count = json_length(list);
    return true;
}

static bool steps_read(struct arena *a, struct json list, struct act_procedure_publish *p)
{
    struct procedure_step *s = ARENA_ARRAY(a, struct procedure_step, json_length(list));

    for (size_t i = 0; i < json_length(list); i++) {
        struct json o = json_at(list, i);
        s[i] = (struct procedure_step){.code = json_text(o, "code"), .name = json_text(o, "name"),
                                       .role = json_text(o, "role"), .place = json_text(o, "place")};
        if (yaml_int(o, "minutes", 0, 10000000, &s[i].minutes))
            return false;
    }
    p->step = s;
    p->step_count = json_length(list);
    return true;
}

static enum err version_load(struct base_loading *b, struct json o, int64_t procedure, struct str code, struct str name,
                             struct str words)
{
    struct arena *a = b->ctx->arena;
    struct act_procedure_publish p = {
        .procedure = procedure, .name = json_text(o, "name").n ? json_text(o, "name") : name, .words = words,
        .valid_to = DATE_NEVER, .decision_no = json_text(o, "decision_no"), .decision_on = DATE_NEVER,
        .legal_basis = json_text(o, "legal_basis"), .requirements = json_text(o, "requirements"),
        .result = json_text(o, "result"), .subjects = json_text(o, "subjects"),
        .online_level = json_text(o, "online_level"), .by_post = yes(o, "by_post"),
    };
    struct str decided = json_text(o, "decision_on");

    if (date_parse(json_text(o, "valid_from"), &p.valid_from) || (decided.n && date_parse(decided, &p.decision_on)) ||
        !cases_read(a, json_get(o, "cases"), &p) || !steps_read(a, json_get(o, "steps"), &p))
        return base_fault(b, "a date, case, paper or step is wrong in", name);
    enum err err = act_procedure_publish(&p, b->ctx);
    if (err == ERR_INVALID || err == ERR_CONFLICT)
        return base_fault(b, "version of", name);
    return err || !json_has(o, "process") ? err : base_process_load(b, json_get(o, "process"), procedure, code, p.name);
}

/* "wards": every ward there is; "counter": the counters of cities; else the code of a unit. */
static enum err perform_load(struct base_loading *b, struct json list, int64_t procedure, struct str name)
{
    struct q_unit_tree *unit;
    size_t count;
    enum err err = q_unit_tree(b->ctx->tx, b->ctx->arena, &unit, &count);

    if (err)
        return err;
    int64_t *id = ARENA_ARRAY(b->ctx->arena, int64_t, count);
    struct act_procedure_perform act = {.procedure = procedure, .unit = id};
    for (size_t u = 0; u < count; u++) {
        bool performs = false;
        for (size_t i = 0; i < json_length(list); i++) {
            struct str who = json_as_text(json_at(list, i));
            performs |= str_eq(who, unit[u].code) || (str_eq(who, STR("wards")) && str_eq(unit[u].kind, STR("ward"))) ||
                        (str_eq(who, STR("counter")) && str_eq(unit[u].kind, STR("counter")));
        }
        if (performs)
            id[act.unit_count++] = unit[u].id;
    }
    if (!act.unit_count)
        return base_fault(b, "no unit performs", name);
    err = act_procedure_perform(&act, b->ctx);
    return err == ERR_INVALID ? base_fault(b, "units of", name) : err;
}

enum err base_procedure_load(struct base_loading *b, struct json o)
{
    struct ctx *ctx = b->ctx;
    struct json versions = json_get(o, "versions");
    struct act_procedure_add act = {.code = json_text(o, "code"), .name = json_text(o, "name"), .words = json_text(o, "words"),
                                    .level = json_text(o, "level")};
    struct q_field_by_code field;
    enum err err = q_field_by_code(ctx->tx, ctx->arena, json_text(o, "field"), &field);

    if (err == ERR_NOT_FOUND)
        return base_fault(b, "there is no field", json_text(o, "field"));
    if (err)
        return err;
    act.field = field.id;
    if (json_has(o, "row") && yaml_int(o, "row", 0, 1000000, &act.row))
        return base_fault(b, "row is no number in", act.code);
    err = act_procedure_add(&act, ctx);
    if (err)
        return err == ERR_INVALID || err == ERR_CONFLICT ? base_fault(b, "procedure", act.code) : err;
    for (size_t i = 0; !err && i < json_length(versions); i++)
        err = version_load(b, json_at(versions, i), act.id, act.code, act.name, act.words);
    return err ? err : perform_load(b, json_get(o, "units"), act.id, act.code);
}
