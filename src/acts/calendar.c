#include "acts/calendar.h"

#include <assert.h>

#include "acts/admin.h"
#include "acts/dossier_load.h"
#include "store/calendar.h"

/* ---- kinds of days ---- */

static const enum word KINDS[] = {
    [DAY_HOLIDAY] = WORD_CALENDAR_KIND_HOLIDAY,
    [DAY_COMPENSATORY_OFF] = WORD_CALENDAR_KIND_COMPENSATORY_OFF,
    [DAY_SWAPPED_OFF] = WORD_CALENDAR_KIND_SWAPPED_OFF,
    [DAY_SWAPPED_WORK] = WORD_CALENDAR_KIND_SWAPPED_WORK,
    [DAY_CLOSED] = WORD_CALENDAR_KIND_CLOSED,
};
static_assert(sizeof KINDS / sizeof KINDS[0] == DAY__COUNT, "every kind has a word");

enum word day_kind_word(enum day_kind k)
{
    return KINDS[k];
}

/* ---- the form ---- */

static void check_hours(struct ctx *ctx, struct str work, struct str intake, int64_t cut_off, struct day_hours w[7],
                        struct day_hours in[7])
{
    if (week_hours_parse(work, w))
        problem_add(ctx, "work", WORD_PROBLEM_HOURS_FORM, STR(""));
    if (week_hours_parse(intake, in))
        problem_add(ctx, "intake", WORD_PROBLEM_HOURS_FORM, STR(""));
    if (cut_off < 0 || cut_off > 24 * 60)
        problem_add(ctx, "cut_off", WORD_PROBLEM_TIME, STR(""));
}

/* A week without a working minute would never let a promise end. */
static void check_works(struct ctx *ctx, const struct day_hours week[7])
{
    int shifts = 0;

    for (int day = 0; day < 7; day++)
        shifts += week[day].count;
    if (!shifts)
        problem_add(ctx, "work", WORD_CALENDAR_PROBLEM_NO_WORK, STR(""));
}

/* ---- a new calendar ---- */

struct adding {
    struct act_calendar_add *act;
    struct ctx *ctx;
};

static struct json hours_payload(struct ctx *ctx, struct date from, int64_t cut_off, const struct day_hours work[7],
                                 const struct day_hours intake[7])
{
    struct json p = json_new_object(ctx->arena);

    admin_put_date(ctx, p, "valid_from", from);
    json_put_int(p, "cut_off", cut_off);
    json_put_text(p, "work", week_hours_text(ctx->arena, work));
    json_put_text(p, "intake", week_hours_text(ctx->arena, intake));
    return p;
}

static enum err check_code_free(struct ctx *ctx, struct db *tx, struct str code)
{
    struct q_calendar_by_code same;
    enum err err = q_calendar_by_code(tx, ctx->arena, code, &same);

    if (err == ERR_NOT_FOUND)
        return OK;
    if (!err)
        problem_add(ctx, "code", WORD_PROBLEM_CODE_TAKEN, code);
    return err;
}

static enum err add_in_transaction(struct db *tx, void *arg)
{
    struct adding *adding = arg;
    struct act_calendar_add *act = adding->act;
    struct ctx *ctx = adding->ctx;
    struct day_hours work[7], intake[7];
    enum err err = admin_right_any(ctx, tx, RIGHT_CALENDAR_EDIT);

    if (err)
        return err;
    admin_need_code(ctx, "code", act->code);
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    check_hours(ctx, act->work, act->intake, act->cut_off, work, intake);
    err = check_code_free(ctx, tx, act->code);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    check_works(ctx, work);
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_text(p, "code", act->code);
    json_put_text(p, "name", act->name);
    struct admin_entry e = {"calendar.add", "calendar", 0, act->happened_at, p};
    err = admin_journal(ctx, tx, &e, &act->id);
    if (err)
        return err;
    struct admin_entry hours = {"calendar.hours", "calendar", act->id, act->happened_at,
                                hours_payload(ctx, act->valid_from, act->cut_off, work, intake)};
    return admin_journal(ctx, tx, &hours, NULL);
}

enum err act_calendar_add(struct act_calendar_add *act, struct ctx *ctx)
{
    struct adding adding = {act, ctx};

    return admin_transact(ctx, add_in_transaction, &adding);
}

/* ---- what both changes share ---- */

/* The open promises that run across [first, last]. */
static enum err touched(struct ctx *ctx, struct db *db, int64_t calendar, struct date first, struct date last,
                        int64_t **ret, size_t *ret_count)
{
    struct q_calendar_promises *row;
    size_t count;
    enum err err = q_calendar_promises(db, ctx->arena, calendar, date_iso(ctx->arena, first),
                                       date_iso(ctx->arena, last), &row, &count);

    if (err)
        return err;
    int64_t *id = ARENA_ARRAY(ctx->arena, int64_t, count);
    for (size_t i = 0; i < count; i++)
        id[i] = row[i].id;
    *ret = id;
    *ret_count = count;
    return OK;
}

/* ---- days ---- */

struct days {
    struct act_calendar_days *act;
    struct ctx *ctx;
    bool preview;
    struct calendar old, fresh;
};

static void check_days(struct ctx *ctx, const struct act_calendar_days *act)
{
    if (act->set_count + act->unset_count == 0)
        problem_add(ctx, "day", WORD_PROBLEM_REQUIRED, STR(""));
    if (act->set_count + act->unset_count > CALENDAR_DAYS_MAX)
        problem_add(ctx, "day", WORD_CALENDAR_PROBLEM_TOO_MANY, STR(""));
    for (size_t i = 0; i < act->set_count; i++) {
        const struct calendar_day *d = &act->set[i];
        if (date_cmp(d->date, DATE_MIN) < 0 || date_cmp(d->date, DATE_MAX) > 0)
            problem_add(ctx, "day", WORD_PROBLEM_DATE, STR(""));
        if ((int)d->kind < 0 || d->kind >= DAY__COUNT)
            problem_add(ctx, "kind", WORD_PROBLEM_CHOICE, STR(""));
        admin_need_line(ctx, "name", d->name, ADMIN_NAME_MAX);
        admin_check_line(ctx, "basis", d->basis, ADMIN_NAME_MAX);
    }
}

static int by_date(const void *a, const void *b)
{
    const struct calendar_day *x = a, *y = b;

    return date_cmp(x->date, y->date);
}

static bool is_replaced(const struct act_calendar_days *act, struct date d)
{
    for (size_t i = 0; i < act->set_count; i++)
        if (date_cmp(act->set[i].date, d) == 0)
            return true;
    for (size_t i = 0; i < act->unset_count; i++)
        if (date_cmp(act->unset[i], d) == 0)
            return true;
    return false;
}

/* The calendar as it will stand: what the projection makes, before it makes it. */
static void apply_days(struct days *d)
{
    const struct act_calendar_days *act = d->act;
    struct calendar_day *day = ARENA_ARRAY(d->ctx->arena, struct calendar_day, d->old.day_count + act->set_count);
    size_t n = 0;

    for (size_t i = 0; i < d->old.day_count; i++)
        if (!is_replaced(act, d->old.day[i].date))
            day[n++] = d->old.day[i];
    for (size_t i = 0; i < act->set_count; i++) {
        bool again = false;
        for (size_t k = i + 1; !again && k < act->set_count; k++)
            again = date_cmp(act->set[i].date, act->set[k].date) == 0;
        if (!again) /* the last word on a day counts, as in the projection */
            day[n++] = act->set[i];
    }
    qsort(day, n, sizeof *day, by_date);
    d->fresh = d->old;
    d->fresh.day = day;
    d->fresh.day_count = n;
}

static void why_day(struct buf *b, struct arena *a, enum word w, struct date date, struct str name)
{
    struct str value[2] = {date_vietnamese(a, date), name};

    if (b->n)
        buf_put(b, STR("; "));
    buf_put(b, word_format(a, LANG_VI, w, value, 2));
}

/* The changed days that lie between receipt and promise, by name. In Vietnamese: it is stored. */
static struct str why_days(void *arg, struct arena *a, struct date from, struct date to)
{
    const struct days *d = arg;
    struct buf b = buf_in(a);

    for (size_t i = 0; i < d->act->set_count; i++) {
        const struct calendar_day *day = &d->act->set[i];
        if (date_cmp(day->date, from) >= 0 && date_cmp(day->date, to) <= 0)
            why_day(&b, a, WORD_CALENDAR_WHY_SET, day->date, day->name);
    }
    for (size_t i = 0; i < d->act->unset_count; i++) {
        const struct calendar_day *day = calendar_day_find(&d->old, d->act->unset[i]);
        if (day && date_cmp(day->date, from) >= 0 && date_cmp(day->date, to) <= 0)
            why_day(&b, a, WORD_CALENDAR_WHY_UNSET, day->date, day->name);
    }
    return buf_str(&b);
}

static enum err days_moves(struct days *d, struct db *db)
{
    struct act_calendar_days *act = d->act;
    struct date first = DATE_MAX, last = DATE_MIN;
    int64_t *id;
    size_t count;

    for (size_t i = 0; i < act->set_count + act->unset_count; i++) {
        struct date day = i < act->set_count ? act->set[i].date : act->unset[i - act->set_count];
        first = date_cmp(day, first) < 0 ? day : first;
        last = date_cmp(day, last) > 0 ? day : last;
    }
    enum err err = touched(d->ctx, db, act->calendar, first, last, &id, &count);
    struct promise_change change = {&d->fresh, why_days, d};
    return err ? err : promise_moves(d->ctx, db, &change, id, count, &act->move, &act->move_count);
}

static struct json days_payload(const struct days *d)
{
    struct arena *a = d->ctx->arena;
    struct json p = json_new_object(a), set = json_new_array(a), unset = json_new_array(a);

    for (size_t i = 0; i < d->act->set_count; i++) {
        struct json day = json_new_object(a);
        admin_put_date(d->ctx, day, "day", d->act->set[i].date);
        json_put_int(day, "kind", d->act->set[i].kind);
        json_put_text(day, "name", d->act->set[i].name);
        json_put_text(day, "basis", d->act->set[i].basis);
        json_append(set, day);
    }
    for (size_t i = 0; i < d->act->unset_count; i++) {
        struct json day = json_new_object(a);
        admin_put_date(d->ctx, day, "day", d->act->unset[i]);
        json_append(unset, day);
    }
    json_put_json(p, "set", set);
    json_put_json(p, "unset", unset);
    return p;
}

static enum err days_work(struct db *tx, void *arg)
{
    struct days *d = arg;
    struct act_calendar_days *act = d->act;
    struct ctx *ctx = d->ctx;
    enum err err = admin_right_any(ctx, tx, RIGHT_CALENDAR_EDIT);

    if (!err)
        err = store_calendar_load(tx, ctx->arena, act->calendar, &d->old);
    if (err)
        return err;
    check_days(ctx, act);
    err = admin_form_done(ctx);
    if (err)
        return err;
    apply_days(d);
    err = days_moves(d, tx);
    if (err || d->preview)
        return err;
    struct admin_entry e = {"calendar.days", "calendar", act->calendar, act->happened_at, days_payload(d)};
    err = admin_journal(ctx, tx, &e, NULL);
    return err ? err : promise_journal(ctx, tx, act->move, act->move_count, act->happened_at);
}

enum err act_calendar_days(struct act_calendar_days *act, struct ctx *ctx)
{
    struct days d = {.act = act, .ctx = ctx};

    return admin_transact(ctx, days_work, &d);
}

enum err act_calendar_days_preview(struct act_calendar_days *act, struct ctx *ctx)
{
    struct days d = {.act = act, .ctx = ctx, .preview = true};

    return days_work(ctx_db(ctx), &d);
}

/* ---- hours ---- */

struct hours {
    struct act_calendar_hours *act;
    struct ctx *ctx;
    bool preview;
    struct calendar old, fresh;
    struct office_hours hours;
};

static int by_valid_from(const void *a, const void *b)
{
    const struct office_hours *x = a, *y = b;

    return date_cmp(x->valid_from, y->valid_from);
}

static void apply_hours(struct hours *h)
{
    struct office_hours *all = ARENA_ARRAY(h->ctx->arena, struct office_hours, h->old.hours_count + 1);
    size_t n = 0;

    for (size_t i = 0; i < h->old.hours_count; i++)
        if (date_cmp(h->old.hours[i].valid_from, h->act->valid_from) != 0)
            all[n++] = h->old.hours[i];
    all[n++] = h->hours;
    qsort(all, n, sizeof *all, by_valid_from);
    h->fresh = h->old;
    h->fresh.hours = all;
    h->fresh.hours_count = n;
}

static struct str why_hours(void *arg, struct arena *a, struct date from, struct date to)
{
    const struct hours *h = arg;
    struct str day = date_vietnamese(a, h->act->valid_from);

    (void)from;
    (void)to;
    return word_format(a, LANG_VI, WORD_CALENDAR_WHY_HOURS, &day, 1);
}

static enum err hours_moves(struct hours *h, struct db *db)
{
    struct act_calendar_hours *act = h->act;
    struct promise_change change = {&h->fresh, why_hours, h};
    int64_t *id;
    size_t count;
    enum err err = touched(h->ctx, db, act->calendar, act->valid_from, DATE_MAX, &id, &count);

    return err ? err : promise_moves(h->ctx, db, &change, id, count, &act->move, &act->move_count);
}

static enum err hours_work(struct db *tx, void *arg)
{
    struct hours *h = arg;
    struct act_calendar_hours *act = h->act;
    struct ctx *ctx = h->ctx;
    enum err err = admin_right_any(ctx, tx, RIGHT_CALENDAR_EDIT);

    if (!err)
        err = store_calendar_load(tx, ctx->arena, act->calendar, &h->old);
    if (err)
        return err;
    h->hours = (struct office_hours){.valid_from = act->valid_from, .cut_off = (int)act->cut_off};
    check_hours(ctx, act->work, act->intake, act->cut_off, h->hours.work, h->hours.intake);
    err = admin_form_done(ctx);
    if (!err) {
        check_works(ctx, h->hours.work);
        err = admin_form_done(ctx);
    }
    if (err)
        return err;
    apply_hours(h);
    err = hours_moves(h, tx);
    if (err || h->preview)
        return err;
    struct admin_entry e = {"calendar.hours", "calendar", act->calendar, act->happened_at,
                            hours_payload(ctx, act->valid_from, act->cut_off, h->hours.work, h->hours.intake)};
    err = admin_journal(ctx, tx, &e, NULL);
    return err ? err : promise_journal(ctx, tx, act->move, act->move_count, act->happened_at);
}

enum err act_calendar_hours(struct act_calendar_hours *act, struct ctx *ctx)
{
    struct hours h = {.act = act, .ctx = ctx};

    return admin_transact(ctx, hours_work, &h);
}

enum err act_calendar_hours_preview(struct act_calendar_hours *act, struct ctx *ctx)
{
    struct hours h = {.act = act, .ctx = ctx, .preview = true};

    return hours_work(ctx_db(ctx), &h);
}

/* ---- reading ---- */

enum err act_calendar_view(struct act_calendar_view *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    enum err err = q_calendar_list(db, ctx->arena, &act->choice, &act->choice_count);

    if (!err && !act->choice_count)
        err = ERR_NOT_FOUND;
    if (err)
        return err;
    if (!act->id)
        act->id = act->choice[0].id;
    err = q_calendar_by_id(db, ctx->arena, act->id, &act->head);
    if (!err)
        err = store_calendar_load(db, ctx->arena, act->id, &act->calendar);
    if (err)
        return err;
    err = right_check_any(ctx, RIGHT_CALENDAR_EDIT);
    act->may_edit = err == OK;
    return err == ERR_FORBIDDEN ? OK : err;
}
