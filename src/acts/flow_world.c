#include "acts/flow_world.h"

static void field_set(struct flow_fields *f, struct str name, struct script_value value)
{
    size_t at = 0;

    while (at < f->count && !str_eq(f->field[at].name, name))
        at++;
    if (at == FLOW_FIELDS_MAX)
        return;
    f->field[at] = (struct script_field){name, value};
    f->count += at == f->count;
}

void flow_field_int(struct flow_fields *f, struct str name, int64_t value)
{
    field_set(f, name, (struct script_value){.kind = SCRIPT_NUMBER, .number = value});
}

void flow_field_text(struct flow_fields *f, struct str name, struct str value)
{
    field_set(f, name, (struct script_value){.kind = SCRIPT_TEXT, .text = value});
}

static enum err ask(const struct flow_fields *f, struct str expression, struct script_value *ret)
{
    struct str message;

    return script_eval(f->arena, expression, f->field, f->count, ret, &message);
}

static enum err condition(void *arg, struct str expression, bool *ret)
{
    struct script_value v;
    enum err err = ask(arg, expression, &v);

    if (!err) /* as Lua has it: only nil and false are not true */
        *ret = !(v.kind == SCRIPT_NIL || (v.kind == SCRIPT_BOOL && !v.yes));
    return err;
}

static enum err number(void *arg, struct str expression, int64_t *ret)
{
    struct script_value v;
    enum err err = ask(arg, expression, &v);

    if (!err && v.kind != SCRIPT_NUMBER)
        err = ERR_INVALID;
    if (!err)
        *ret = v.number;
    return err;
}

enum err flow_fields_text(const struct flow_fields *f, struct str expression, struct str *ret)
{
    struct script_value v;
    enum err err = ask(f, expression, &v);

    if (!err && v.kind != SCRIPT_TEXT)
        err = ERR_INVALID;
    if (!err)
        *ret = v.text;
    return err;
}

struct flow_world flow_world_of(struct flow_fields *f)
{
    return (struct flow_world){condition, number, f};
}
