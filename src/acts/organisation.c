#include "acts/organisation.h"

#include <assert.h>

#include "acts/admin.h"
#include "sql_calendar.h"
#include "store/calendar.h"

/* ---- kinds ---- */

static const struct {
    struct str code;
    enum word word;
} KINDS[] = {
    [UNIT_ROOT] = {STR_INIT("root"), WORD_ORGANISATION_KIND_ROOT},
    [UNIT_CITY] = {STR_INIT("city"), WORD_ORGANISATION_KIND_CITY},
    [UNIT_COUNTER] = {STR_INIT("counter"), WORD_ORGANISATION_KIND_COUNTER},
    [UNIT_GROUP] = {STR_INIT("group"), WORD_ORGANISATION_KIND_GROUP},
    [UNIT_WARD] = {STR_INIT("ward"), WORD_ORGANISATION_KIND_WARD},
    [UNIT_DEPARTMENT] = {STR_INIT("department"), WORD_ORGANISATION_KIND_DEPARTMENT},
    [UNIT_AGENCY] = {STR_INIT("agency"), WORD_ORGANISATION_KIND_AGENCY},
};
static_assert(sizeof KINDS / sizeof KINDS[0] == UNIT_KIND__COUNT, "every kind has a code");

struct str unit_kind_code(enum unit_kind k)
{
    return KINDS[k].code;
}

bool unit_kind_find(struct str code, enum unit_kind *ret)
{
    for (int i = 0; i < UNIT_KIND__COUNT; i++) {
        if (str_eq(KINDS[i].code, code)) {
            *ret = (enum unit_kind)i;
            return true;
        }
    }
    return false;
}

enum word unit_kind_word(enum unit_kind k)
{
    return KINDS[k].word;
}

/* ---- what add and change have in common ---- */

/* Agency codes stand in dossier codes (reference 2.3): 3 to 35 capitals, digits, dots. */
static void check_agency_code(struct ctx *ctx, struct str code)
{
    bool fine = code.n == 0 || (code.n >= 3 && code.n <= 35);

    for (size_t i = 0; fine && i < code.n; i++)
        fine = (code.p[i] >= 'A' && code.p[i] <= 'Z') || (code.p[i] >= '0' && code.p[i] <= '9') || code.p[i] == '.';
    if (!fine)
        problem_add(ctx, "agency_code", WORD_ORGANISATION_PROBLEM_AGENCY_CODE, STR(""));
}

static void check_words(struct ctx *ctx, struct str name, struct str short_name, struct str address, struct str phone)
{
    admin_need_line(ctx, "name", name, ADMIN_NAME_MAX);
    admin_check_line(ctx, "short_name", short_name, ADMIN_NAME_MAX);
    admin_check_line(ctx, "address", address, ADMIN_NAME_MAX);
    admin_check_line(ctx, "phone", phone, ADMIN_CODE_MAX);
}

static enum err check_calendar(struct ctx *ctx, struct db *tx, int64_t calendar)
{
    struct q_calendar_by_id row;
    enum err err = q_calendar_by_id(tx, ctx->arena, calendar, &row);

    if (err != ERR_NOT_FOUND)
        return err;
    problem_add(ctx, "calendar", WORD_PROBLEM_CHOICE, STR(""));
    return OK;
}

/* Does the unit lie within the life of its parent? */
static void check_within(struct ctx *ctx, const struct q_unit_by_id *parent, struct str from, struct str to)
{
    if (str_cmp(from, parent->valid_from) < 0 || str_cmp(from, parent->valid_to) > 0)
        problem_add(ctx, "valid_from", WORD_ORGANISATION_PROBLEM_OUTSIDE_PARENT, parent->name);
    else if (str_cmp(to, parent->valid_to) > 0)
        problem_add(ctx, "valid_to", WORD_ORGANISATION_PROBLEM_OUTSIDE_PARENT, parent->name);
}

/* A code names one place at a time. */
static enum err check_code_free(struct ctx *ctx, struct db *tx, struct str code, struct str from, struct str to,
                                int64_t except)
{
    struct q_unit_code_overlaps same;
    enum err err = q_unit_code_overlaps(tx, ctx->arena, code, from, to, except, &same);

    if (!err && same.n)
        problem_add(ctx, "code", WORD_PROBLEM_CODE_TAKEN, code);
    return err;
}

/* ---- add ---- */

struct adding {
    struct act_unit_add *act;
    struct ctx *ctx;
};

static struct json unit_payload(const struct act_unit_add *act, struct ctx *ctx, struct str zone)
{
    struct json p = json_new_object(ctx->arena);

    json_put_text(p, "code", act->code);
    json_put_text(p, "agency_code", act->agency_code);
    json_put_text(p, "name", act->name);
    json_put_text(p, "short_name", str_is_empty(act->short_name) ? act->name : act->short_name);
    json_put_text(p, "kind", unit_kind_code(act->kind));
    if (act->parent)
        json_put_int(p, "parent", act->parent);
    json_put_int(p, "calendar", act->calendar);
    json_put_text(p, "zone", zone);
    json_put_text(p, "address", act->address);
    json_put_text(p, "phone", act->phone);
    admin_put_date(ctx, p, "valid_from", act->valid_from);
    admin_put_date(ctx, p, "valid_to", act->valid_to);
    json_put_int(p, "sort_no", act->sort_no);
    return p;
}

static enum err check_unit(const struct act_unit_add *act, struct ctx *ctx, struct db *tx,
                           const struct q_unit_by_id *parent, struct str zone)
{
    struct str from = date_iso(ctx->arena, act->valid_from), to = date_iso(ctx->arena, act->valid_to);
    const struct zone *opened;

    admin_need_code(ctx, "code", act->code);
    check_agency_code(ctx, act->agency_code);
    check_words(ctx, act->name, act->short_name, act->address, act->phone);
    admin_check_dates(ctx, "valid_to", act->valid_from, act->valid_to);
    if (act->kind <= UNIT_ROOT || act->kind >= UNIT_KIND__COUNT) /* there is one root */
        problem_add(ctx, "kind", WORD_PROBLEM_CHOICE, STR(""));
    if (zone_open(zone, &opened))
        problem_add(ctx, "zone", WORD_PROBLEM_CHOICE, STR(""));
    if (parent)
        check_within(ctx, parent, from, to);
    enum err err = check_calendar(ctx, tx, act->calendar);
    if (!err)
        err = check_code_free(ctx, tx, act->code, from, to, 0);
    return err ? err : admin_form_done(ctx);
}

static enum err add_in_transaction(struct db *tx, void *arg)
{
    struct adding *adding = arg;
    struct act_unit_add *act = adding->act;
    struct ctx *ctx = adding->ctx;
    struct q_unit_by_id parent;
    struct str zone = str_is_empty(act->zone) ? STR("Asia/Ho_Chi_Minh") : act->zone;
    bool found;
    enum err err = admin_found(ctx, "parent", q_unit_by_id(tx, ctx->arena, act->parent, &parent), &found);

    if (!err)
        err = found ? right_check(ctx, tx, RIGHT_UNIT_EDIT, act->parent, 0) : admin_right_any(ctx, tx, RIGHT_UNIT_EDIT);
    if (!err)
        err = check_unit(act, ctx, tx, found ? &parent : NULL, zone);
    if (err)
        return err;
    struct admin_entry e = {"unit.add", "unit", 0, act->happened_at, unit_payload(act, ctx, zone)};
    return admin_journal(ctx, tx, &e, &act->id);
}

enum err act_unit_add(struct act_unit_add *act, struct ctx *ctx)
{
    struct adding adding = {act, ctx};

    return admin_transact(ctx, add_in_transaction, &adding);
}

/* ---- change ---- */

struct changing {
    struct act_unit_change *act;
    struct ctx *ctx;
    struct q_unit_by_id unit;
};

enum err unit_right_above(struct ctx *ctx, struct db *tx, const struct q_unit_by_id *u)
{
    return right_check(ctx, tx, RIGHT_UNIT_EDIT, u->parent_id_null ? u->id : u->parent_id, 0);
}

/* May it end on that day? */
static enum err check_end(struct changing *c, struct db *tx, struct str to)
{
    struct ctx *ctx = c->ctx;
    struct q_unit_open_count open;
    struct q_unit_outlived outlived;
    enum err err = q_unit_open_count(tx, ctx->arena, c->unit.id, &open);

    if (!err)
        err = q_unit_outlived(tx, ctx->arena, c->unit.id, to, &outlived);
    if (err)
        return err;
    if (open.n)
        problem_add(ctx, "valid_to", WORD_PROBLEM_HOLDS_DOSSIERS, word_int(ctx->arena, ctx->lang, open.n));
    if (outlived.n)
        problem_add(ctx, "valid_to", WORD_ORGANISATION_PROBLEM_HOLDS_UNITS, word_int(ctx->arena, ctx->lang, outlived.n));
    return OK;
}

static enum err check_change(struct changing *c, struct db *tx)
{
    struct act_unit_change *act = c->act;
    struct ctx *ctx = c->ctx;
    struct str to = date_iso(ctx->arena, act->valid_to);
    enum err err = check_calendar(ctx, tx, act->calendar);

    check_words(ctx, act->name, act->short_name, act->address, act->phone);
    check_agency_code(ctx, act->agency_code);
    if (str_cmp(to, c->unit.valid_from) < 0)
        problem_add(ctx, "valid_to", WORD_PROBLEM_DATES_ORDER, STR(""));
    if (!err && str_cmp(to, c->unit.valid_to) < 0)
        err = check_end(c, tx, to);
    if (!err && str_cmp(to, c->unit.valid_to) > 0)
        err = check_code_free(ctx, tx, c->unit.code, c->unit.valid_from, to, c->unit.id);
    if (!err && !c->unit.parent_id_null && str_cmp(to, c->unit.valid_to) > 0) {
        struct q_unit_by_id parent;
        err = q_unit_by_id(tx, ctx->arena, c->unit.parent_id, &parent);
        if (!err)
            check_within(ctx, &parent, c->unit.valid_from, to);
    }
    return err ? err : admin_form_done(ctx);
}


static struct json change_payload(struct changing *c)
{
    const struct act_unit_change *act = c->act;
    const struct q_unit_by_id *u = &c->unit;
    struct json p = json_new_object(c->ctx->arena), before = json_new_object(c->ctx->arena),
                after = json_new_object(c->ctx->arena);

    json_put_text(before, "name", u->name);
    json_put_text(before, "short_name", u->short_name);
    json_put_text(before, "agency_code", u->agency_code);
    json_put_int(before, "calendar", u->calendar_id);
    json_put_text(before, "address", u->address);
    json_put_text(before, "phone", u->phone);
    json_put_text(before, "valid_to", u->valid_to);
    json_put_text(after, "name", act->name);
    json_put_text(after, "short_name", str_is_empty(act->short_name) ? act->name : act->short_name);
    json_put_text(after, "agency_code", act->agency_code);
    json_put_int(after, "calendar", act->calendar);
    json_put_text(after, "address", act->address);
    json_put_text(after, "phone", act->phone);
    admin_put_date(c->ctx, after, "valid_to", act->valid_to);
    json_put_json(p, "before", before);
    json_put_json(p, "after", after);
    return p;
}

static struct str why_other_calendar(void *arg, struct arena *a, struct date from, struct date to)
{
    const struct calendar *calendar = arg;

    (void)from;
    (void)to;
    return word_format(a, LANG_VI, WORD_ORGANISATION_WHY_CALENDAR, &calendar->code, 1);
}

/* Another calendar keeps the unit's promises from now on. */
static enum err moves(struct changing *c, struct db *tx)
{
    struct act_unit_change *act = c->act;
    struct calendar calendar;
    struct q_unit_promises *row;
    size_t count;

    act->move_count = 0;
    if (act->calendar == c->unit.calendar_id)
        return OK;
    enum err err = store_calendar_load(tx, c->ctx->arena, act->calendar, &calendar);
    if (!err)
        err = q_unit_promises(tx, c->ctx->arena, c->unit.id, &row, &count);
    if (err)
        return err;
    int64_t *id = ARENA_ARRAY(c->ctx->arena, int64_t, count);
    for (size_t i = 0; i < count; i++)
        id[i] = row[i].id;
    struct promise_change change = {&calendar, why_other_calendar, &calendar};
    return promise_moves(c->ctx, tx, &change, id, count, &act->move, &act->move_count);
}

static enum err change_in_transaction(struct db *tx, void *arg)
{
    struct changing *c = arg;
    struct act_unit_change *act = c->act;
    struct ctx *ctx = c->ctx;
    enum err err = q_unit_by_id(tx, ctx->arena, act->id, &c->unit);

    if (!err)
        err = unit_right_above(ctx, tx, &c->unit);
    if (err)
        return err;
    if (act->version && act->version != c->unit.version)
        return ERR_STALE;
    err = check_change(c, tx);
    if (!err)
        err = moves(c, tx);
    if (err)
        return err;
    struct admin_entry e = {"unit.change", "unit", act->id, act->happened_at, change_payload(c)};
    err = admin_journal(ctx, tx, &e, NULL);
    return err ? err : promise_journal(ctx, tx, act->move, act->move_count, act->happened_at);
}

enum err act_unit_change(struct act_unit_change *act, struct ctx *ctx)
{
    struct changing c = {.act = act, .ctx = ctx};

    return admin_transact(ctx, change_in_transaction, &c);
}

/* ---- successors ---- */

struct succeeding {
    struct act_unit_succeed *act;
    struct ctx *ctx;
};

static enum err succeed_in_transaction(struct db *tx, void *arg)
{
    struct succeeding *s = arg;
    struct act_unit_succeed *act = s->act;
    struct ctx *ctx = s->ctx;
    struct q_unit_by_id unit, successor;
    bool found = false;
    enum err err = q_unit_by_id(tx, ctx->arena, act->unit, &unit);

    if (!err)
        err = unit_right_above(ctx, tx, &unit);
    if (!err)
        err = admin_found(ctx, "successor", q_unit_by_id(tx, ctx->arena, act->successor, &successor), &found);
    if (!err && found)
        err = unit_right_above(ctx, tx, &successor);
    if (err)
        return err;
    struct str since = date_iso(ctx->arena, act->since);
    if (act->unit == act->successor)
        problem_add(ctx, "successor", WORD_ORGANISATION_PROBLEM_OWN_SUCCESSOR, STR(""));
    else if (found && (str_cmp(successor.valid_from, since) > 0 || str_cmp(successor.valid_to, since) < 0))
        problem_add(ctx, "since", WORD_ORGANISATION_PROBLEM_SUCCESSOR_DATE, successor.name);
    else if (str_cmp(since, unit.valid_from) <= 0)
        problem_add(ctx, "since", WORD_PROBLEM_DATES_ORDER, STR(""));
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "successor", act->successor);
    json_put_text(p, "since", since);
    struct admin_entry e = {"unit.succeed", "unit", act->unit, act->happened_at, p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_unit_succeed(struct act_unit_succeed *act, struct ctx *ctx)
{
    struct succeeding s = {act, ctx};

    return admin_transact(ctx, succeed_in_transaction, &s);
}
