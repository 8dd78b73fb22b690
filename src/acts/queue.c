#include "acts/queue.h"

#include "acts/cache.h"
#include "base/text.h"

enum { SOON_WORKING_DAYS = 3 };

/* Where the groups begin and end, as instants. */
struct bounds {
    struct str now, tomorrow, soon;
    struct office office;
};

static enum err bounds_of(struct ctx *ctx, int64_t unit, struct bounds *ret)
{
    struct arena *a = ctx->arena;
    enum err err = office_load(ctx, ctx_db(ctx), unit, &ret->office);

    if (err)
        return err;
    struct date today = zone_date(ret->office.zone, ctx->now), soon = today;
    for (int left = SOON_WORKING_DAYS; left > 0;) {
        soon = date_add_days(soon, 1);
        left -= calendar_is_working_day(ret->office.calendar, soon);
    }
    ret->now = instant_iso(a, ctx->now);
    ret->tomorrow = instant_iso(a, zone_day_start(ret->office.zone, date_add_days(today, 1)));
    ret->soon = instant_iso(a, zone_day_start(ret->office.zone, date_add_days(soon, 1)));
    return OK;
}

static enum queue_group group_of(const struct bounds *b, const struct q_queue_of_person *row)
{
    if (row->is_suspended)
        return QUEUE_SUSPENDED;
    if (str_cmp(row->due_at, b->now) < 0)
        return QUEUE_LATE;
    if (str_cmp(row->due_at, b->tomorrow) < 0)
        return QUEUE_TODAY;
    return str_cmp(row->due_at, b->soon) < 0 ? QUEUE_SOON : QUEUE_LATER;
}

/* ---- cursor: "<suspended> <due_at> <id>" ---- */

struct cursor {
    int64_t suspended, id;
    struct str due_at;
};

static enum err cursor_parse(struct str text, struct cursor *ret)
{
    struct str rest = text, suspended, due_at;
    struct instant check;

    *ret = (struct cursor){0, 0, STR("")};
    if (str_is_empty(text))
        return OK;
    if (!str_split(&rest, ' ', &suspended) || !str_split(&rest, ' ', &due_at) || instant_parse(due_at, &check) ||
        str_parse_int(suspended, 0, 1, &ret->suspended) || str_parse_int(rest, 0, INT64_MAX, &ret->id))
        return ERR_INVALID;
    ret->due_at = due_at;
    return OK;
}

static struct str cursor_text(struct arena *a, const struct q_queue_of_person *row)
{
    return str_format(a, "%lld %" PRIstr " %lld", (long long)row->is_suspended, STR_ARG(row->due_at),
                      (long long)row->id);
}

/* ---- rows ---- */

struct filters {
    struct str words, procedure, step, due_before, due_from;
    const struct str *words_p, *procedure_p, *step_p, *due_before_p, *due_from_p;
};

static const struct str *or_null(const struct str *s)
{
    return str_is_empty(*s) ? NULL : s;
}

/* Folded words hold only letters, digits and spaces: nothing to escape for LIKE. */
static void filters_set(struct filters *f, const struct act_queue *act, const struct bounds *b, struct arena *a)
{
    struct str folded = text_fold(a, act->words);

    *f = (struct filters){.procedure = act->procedure, .step = act->step};
    if (folded.n)
        f->words = str_format(a, "%%%" PRIstr "%%", STR_ARG(folded));
    switch (act->group) {
    case QUEUE_LATE:
        f->due_before = b->now;
        break;
    case QUEUE_TODAY:
        f->due_from = b->now;
        f->due_before = b->tomorrow;
        break;
    case QUEUE_SOON:
        f->due_from = b->tomorrow;
        f->due_before = b->soon;
        break;
    case QUEUE_LATER:
        f->due_from = b->soon;
        break;
    default:
        break;
    }
    f->words_p = or_null(&f->words);
    f->procedure_p = or_null(&f->procedure);
    f->step_p = or_null(&f->step);
    f->due_before_p = or_null(&f->due_before);
    f->due_from_p = or_null(&f->due_from);
}

static enum err rows_load(struct ctx *ctx, const struct act_queue *act, int64_t unit, const struct filters *f,
                          const struct cursor *c, int64_t n, struct q_queue_of_person **ret, size_t *ret_count)
{
    struct q_queue_of_unit *row;

    if (act->whose == QUEUE_MINE)
        return q_queue_of_person(ctx->db, ctx->arena, ctx->actor.id, c->suspended, c->due_at, c->id, f->words_p,
                                 f->procedure_p, f->step_p, f->due_before_p, f->due_from_p, n, ret, ret_count);
    enum err err = q_queue_of_unit(ctx->db, ctx->arena, unit, c->suspended, c->due_at, c->id, f->words_p,
                                   f->procedure_p, f->step_p, f->due_before_p, f->due_from_p, n, ctx->actor.id,
                                   ctx_today_iso(ctx), &row, ret_count);
    if (err)
        return err;
    /* Both statements share their columns (fragment queue_columns), so their rows are one shape. */
    _Static_assert(sizeof(struct q_queue_of_unit) == sizeof(struct q_queue_of_person), "one row shape");
    *ret = ARENA_ARRAY(ctx->arena, struct q_queue_of_person, *ret_count);
    if (*ret_count)
        memcpy(*ret, row, *ret_count * sizeof **ret);
    return OK;
}

static enum err row_finish(struct ctx *ctx, const struct bounds *b, const struct q_queue_of_person *d,
                           struct queue_row *ret)
{
    struct q_unit_by_id unit;
    enum err err;

    *ret = (struct queue_row){.d = *d, .group = group_of(b, d)};
    if (instant_parse(d->due_at, &ret->due_at) || instant_parse(d->step_due_at, &ret->step_due_at))
        return ERR_STORE;
    ret->badge = badge_of(b->office.calendar, zone_local(b->office.zone, ctx->now),
                          zone_local(b->office.zone, ret->due_at));
    if (d->unit_id == b->office.unit.id) {
        ret->unit_name = b->office.unit.name;
        return OK;
    }
    err = q_unit_by_id(ctx->db, ctx->arena, d->unit_id, &unit);
    ret->unit_name = err ? STR("") : unit.name;
    return err;
}

/* Running ones first, by due time; then, if there is room, those whose clock stands. */
static enum err page_load(struct ctx *ctx, struct act_queue *act, int64_t unit, const struct bounds *b,
                          struct cursor c)
{
    struct filters f;
    int64_t n = act->n > 0 && act->n <= QUEUE_PAGE_MAX ? act->n : QUEUE_PAGE;
    struct queue_row *row = ARENA_ARRAY(ctx->arena, struct queue_row, (size_t)n);

    filters_set(&f, act, b, ctx->arena);
    if (act->group == QUEUE_SUSPENDED && !c.suspended)
        c = (struct cursor){1, 0, STR("")};
    act->row = row;
    act->row_count = 0;
    act->next = STR("");
    for (;;) {
        struct q_queue_of_person *d;
        size_t count, room = (size_t)n - act->row_count;
        enum err err = rows_load(ctx, act, unit, &f, &c, (int64_t)room + 1, &d, &count);
        for (size_t i = 0; !err && i < count && i < room; i++)
            err = row_finish(ctx, b, &d[i], &row[act->row_count++]);
        if (err)
            return err;
        if (count > room) {
            if (act->row_count)
                act->next = cursor_text(ctx->arena, &row[act->row_count - 1].d);
            return OK;
        }
        if (c.suspended || (act->group >= 0 && act->group != QUEUE_SUSPENDED))
            return OK;
        c = (struct cursor){1, 0, STR("")};
    }
}

static enum err counts_load(struct ctx *ctx, struct act_queue *act, int64_t unit, const struct bounds *b)
{
    struct q_queue_counts_of_person n;
    struct q_queue_counts_of_unit u;
    enum err err;

    if (act->whose == QUEUE_MINE) {
        err = q_queue_counts_of_person(ctx->db, ctx->arena, ctx->actor.id, b->now, b->tomorrow, b->soon, &n);
    } else {
        err = q_queue_counts_of_unit(ctx->db, ctx->arena, unit, b->now, b->tomorrow, b->soon, ctx->actor.id,
                                     ctx_today_iso(ctx), &u);
        if (!err)
            n = (struct q_queue_counts_of_person){u.late, u.today, u.soon, u.later, u.suspended};
    }
    if (err)
        return err;
    act->counts[QUEUE_LATE] = n.late;
    act->counts[QUEUE_TODAY] = n.today;
    act->counts[QUEUE_SOON] = n.soon;
    act->counts[QUEUE_LATER] = n.later;
    act->counts[QUEUE_SUSPENDED] = n.suspended;
    return OK;
}

enum err act_queue(struct act_queue *act, struct ctx *ctx)
{
    int64_t unit = act->whose == QUEUE_UNIT && act->unit ? act->unit : ctx->actor.unit;
    struct bounds b;
    struct cursor c;
    enum err err = cursor_parse(act->after, &c);

    /* What is mine I may see, as long as I may see lists at all. */
    if (!err)
        err = act->whose == QUEUE_MINE ? right_check_any(ctx, RIGHT_DOSSIER_SEARCH)
                                       : right_check(ctx, ctx->db, RIGHT_DOSSIER_SEARCH, unit, 0);
    if (!err)
        err = bounds_of(ctx, unit, &b);
    if (!err)
        err = counts_load(ctx, act, unit, &b);
    return err ? err : page_load(ctx, act, unit, &b, c);
}

/* ---- search ---- */

struct str search_match(struct ctx *ctx, struct str folded)
{
    struct buf b = buf_in(ctx->arena);
    bool postgres = db_engine(ctx_db(ctx)) == DB_POSTGRES;
    struct str rest = folded, word;

    while (str_split(&rest, ' ', &word)) {
        if (str_is_empty(word))
            continue;
        if (postgres)
            buf_format(&b, "%s%" PRIstr ":*", b.n ? " & " : "", STR_ARG(word));
        else
            buf_format(&b, "%s\"%" PRIstr "\"*", b.n ? " " : "", STR_ARG(word));
    }
    return buf_str(&b);
}

enum err act_search(struct act_search *act, struct ctx *ctx)
{
    struct str folded = text_fold(ctx->arena, act->words);
    enum err err = right_check_any(ctx, RIGHT_DOSSIER_SEARCH);

    act->row_count = 0;
    act->more = false;
    if (err || str_is_empty(folded))
        return err;
    err = q_search_dossiers(ctx->db, ctx->arena, search_match(ctx, folded), act->before ? act->before : INT64_MAX,
                            ctx->actor.id, ctx_today_iso(ctx), SEARCH_PAGE + 1, &act->row, &act->row_count);
    if (!err && act->row_count > SEARCH_PAGE) {
        act->row_count = SEARCH_PAGE;
        act->more = true;
    }
    return err;
}

/* ---- short lists ---- */

enum err act_to_hand_over(struct ctx *ctx, int64_t unit, struct q_to_hand_over **ret, size_t *ret_count)
{
    enum err err = right_check(ctx, ctx->db, RIGHT_DOSSIER_HAND_OVER, unit, 0);

    return err ? err : q_to_hand_over(ctx->db, ctx->arena, unit, QUEUE_PAGE_MAX, ret, ret_count);
}

enum err act_to_return(struct ctx *ctx, int64_t unit, struct q_to_return **ret, size_t *ret_count)
{
    enum err err = right_check(ctx, ctx->db, RIGHT_DOSSIER_HAND_OUT, unit, 0);

    return err ? err : q_to_return(ctx->db, ctx->arena, unit, QUEUE_PAGE_MAX, ret, ret_count);
}

enum err act_duplicates(struct ctx *ctx, int64_t unit, struct str id_no, int64_t procedure, struct q_dossier_same **ret,
                        size_t *ret_count)
{
    enum err err = right_check(ctx, ctx->db, RIGHT_DOSSIER_RECEIVE, unit, 0);

    *ret_count = 0;
    if (err || str_is_empty(id_no))
        return err;
    return q_dossier_same(ctx->db, ctx->arena, id_no, procedure, ret, ret_count);
}

enum err act_person_seen(struct ctx *ctx, int64_t unit, struct str id_no, struct q_person_seen *ret)
{
    enum err err = right_check(ctx, ctx->db, RIGHT_DOSSIER_RECEIVE, unit, 0);

    if (err)
        return err;
    return str_is_empty(id_no) ? ERR_NOT_FOUND : q_person_seen(ctx->db, ctx->arena, id_no, ret);
}
