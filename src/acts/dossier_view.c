#include "acts/dossier_view.h"

#include "acts/dossier_load.h"
#include "acts/flow.h"
#include "acts/session.h"
#include "base/text.h"
#include "format/bpmn.h"
#include "sql_process.h"
#include "store/journal.h"

enum { READ_AGAIN_MS = READ_AGAIN_MINUTES * 60 * 1000, LOOKUP_TRIES = 10, LOOKUP_MINUTES = 1, PHONE_TAIL = 4 };

/* ---- reading is an act ---- */

struct reading {
    struct ctx *ctx;
    const struct loaded *l;
};

static enum err read_in_transaction(struct db *tx, void *arg)
{
    struct reading *r = arg;

    return dossier_journal(r->ctx, tx, r->l, "dossier.read", json_new_object(r->ctx->arena));
}

static enum err read_journal(struct ctx *ctx, struct loaded *l)
{
    struct reading r = {ctx, l};
    struct q_dossier_read_last last;
    struct instant at;
    enum err err = q_dossier_read_last(ctx->db, ctx->arena, l->d.id, ctx->actor.id, &last);

    if (err && err != ERR_NOT_FOUND)
        return err;
    if (!err && !instant_parse(last.last_at, &at) && ctx->now.ms - at.ms < READ_AGAIN_MS)
        return OK;
    l->at = ctx->now;
    return ctx_transact(ctx, read_in_transaction, &r);
}

/* Where the dossier is or was: the counter, or any unit that had it in hand. */
static enum err right_to_read(struct ctx *ctx, const struct q_dossier_by_id *d, const struct q_task_list *task,
                              size_t count)
{
    enum err err = right_check(ctx, ctx->db, RIGHT_DOSSIER_READ, d->unit_id, d->field_id);

    for (size_t i = count; err == ERR_FORBIDDEN && i-- > 0;)
        err = right_check(ctx, ctx->db, RIGHT_DOSSIER_READ, task[i].unit_id, d->field_id);
    return err;
}

/* ---- what may be done now ---- */

static const struct {
    enum right right;
    enum right_place place;
} NEEDS[] = {
    [DOSSIER_HAND_OVER] = {RIGHT_DOSSIER_HAND_OVER, PLACE_HOLDER},
    [DOSSIER_TAKE] = {RIGHT_DOSSIER_PROCESS, PLACE_HOLDER},
    [DOSSIER_ASSIGN] = {RIGHT_DOSSIER_ASSIGN, PLACE_HOLDER},
    [DOSSIER_ASK_SUPPLEMENT] = {RIGHT_DOSSIER_SUPPLEMENT, PLACE_HOLDER},
    [DOSSIER_SUPPLY] = {RIGHT_DOSSIER_SUPPLEMENT, PLACE_EITHER},
    [DOSSIER_SUSPEND] = {RIGHT_DOSSIER_SUSPEND, PLACE_HOLDER},
    [DOSSIER_RESUME] = {RIGHT_DOSSIER_SUSPEND, PLACE_EITHER},
    [DOSSIER_EXTEND] = {RIGHT_DOSSIER_EXTEND, PLACE_EITHER},
    [DOSSIER_FINISH] = {RIGHT_DOSSIER_FINISH, PLACE_HOLDER},
    [DOSSIER_REFUSE] = {RIGHT_DOSSIER_REFUSE, PLACE_HOLDER},
    [DOSSIER_WITHDRAW] = {RIGHT_DOSSIER_WITHDRAW, PLACE_EITHER},
    [DOSSIER_STOP] = {RIGHT_DOSSIER_STOP, PLACE_EITHER},
    [DOSSIER_REOPEN] = {RIGHT_DOSSIER_REOPEN, PLACE_EITHER},
    [DOSSIER_HAND_OUT] = {RIGHT_DOSSIER_HAND_OUT, PLACE_HOLDER},
    [DOSSIER_CORRECT] = {RIGHT_DOSSIER_CORRECT, PLACE_EITHER},
    [DOSSIER_GIVE_BACK] = {RIGHT_DOSSIER_HAND_OVER, PLACE_HOLDER},
    [DOSSIER_CHILD] = {RIGHT_DOSSIER_PROCESS, PLACE_HOLDER},
    [DOSSIER_PART_OUT] = {RIGHT_DOSSIER_HAND_OUT, PLACE_EITHER},
    [DOSSIER_MOVE_PROCESS] = {RIGHT_CATALOGUE_EDIT, PLACE_ANYWHERE},
};
_Static_assert(sizeof NEEDS / sizeof NEEDS[0] == DOSSIER_ACT__COUNT, "every act says what it needs");

static enum err has_right(struct ctx *ctx, const struct loaded *l, enum dossier_act act, bool *ret)
{
    int64_t holder = l->has_task ? l->task.unit_id : l->d.unit_id;
    enum err err = NEEDS[act].place == PLACE_ANYWHERE ? right_check_any(ctx, NEEDS[act].right)
                                                      : right_check(ctx, ctx->db, NEEDS[act].right, holder, l->d.field_id);

    if (err == ERR_FORBIDDEN && NEEDS[act].place == PLACE_EITHER && holder != l->d.unit_id)
        err = right_check(ctx, ctx->db, NEEDS[act].right, l->d.unit_id, l->d.field_id);
    if (err && err != ERR_FORBIDDEN)
        return err;
    *ret = err == OK;
    return OK;
}

static enum err possibilities(struct ctx *ctx, const struct loaded *l, struct dossier_view *v)
{
    struct local now = zone_local(l->office.zone, ctx->now);
    enum dossier_state next;

    for (int i = 0; i < DOSSIER_ACT__COUNT; i++) {
        enum err err = has_right(ctx, l, (enum dossier_act)i, &v->has_right[i]);
        if (err)
            return err;
        v->why_not[i] = dossier_may(&l->facts, (enum dossier_act)i, now, l->due_local, l->office.calendar, &next);
        if (i == DOSSIER_MOVE_PROCESS && v->has_right[i] && v->why_not[i].why == DOSSIER_ALLOWED) {
            int64_t in_force;
            err = process_in_force(ctx, ctx->db, l->d.procedure_id, ctx_today(ctx), &in_force);
            if (err)
                return err;
            if (!in_force || in_force == l->flow.process_id)
                v->why_not[i] = (struct dossier_verdict){DOSSIER_SAME_REVISION, DATE_NEVER};
        }
        v->may[i] = v->has_right[i] && v->why_not[i].why == DOSSIER_ALLOWED;
    }
    return OK;
}

/* ---- the whole ---- */

static struct local local_or_never(const struct zone *zone, struct str text, bool is_null)
{
    struct instant t;

    if (is_null || instant_parse(text, &t))
        return (struct local){DATE_NEVER, 0};
    return zone_local(zone, t);
}

static enum err lines_load(struct ctx *ctx, struct dossier_view *v)
{
    struct q_journal_of *row;
    struct str subject = str_format(ctx->arena, "dossier/%lld", (long long)v->d.id);
    enum err err = q_journal_of(ctx->db, ctx->arena, subject, &row, &v->line_count);

    if (err)
        return err;
    v->line = ARENA_ARRAY(ctx->arena, struct dossier_line, v->line_count);
    for (size_t i = 0; i < v->line_count; i++) {
        struct dossier_line *line = &v->line[i];
        line->row = row[i];
        if (instant_parse(row[i].happened_at, &line->happened_at) ||
            instant_parse(row[i].recorded_at, &line->recorded_at) ||
            json_parse(ctx->arena, row[i].payload, &line->payload, NULL))
            return ERR_STORE;
        line->at = zone_local(v->office.zone, line->happened_at);
    }
    return OK;
}

static enum err lists_load(struct ctx *ctx, struct dossier_view *v)
{
    struct arena *a = ctx->arena;
    int64_t id = v->d.id;
    enum err err = q_dossier_names(ctx->db, a, id, &v->names);

    if (!err)
        err = q_dossier_papers(ctx->db, a, id, &v->paper, &v->paper_count);
    if (!err)
        err = q_suspension_list(ctx->db, a, id, &v->suspension, &v->suspension_count);
    if (!err)
        err = lines_load(ctx, v);
    if (err)
        return err;
    err = q_extension_of(ctx->db, a, id, &v->extension);
    v->has_extension = err == OK;
    return err == ERR_NOT_FOUND ? OK : err;
}

/* What the applicant may count on: a pause moves the due date, an apology gives a new one; the later holds. */
static struct local promise_in_force(struct local promised, struct local due)
{
    return local_cmp(promised, due) > 0 ? promised : due;
}

static void times_fill(struct ctx *ctx, const struct loaded *l, struct dossier_view *v)
{
    const struct zone *zone = l->office.zone;
    struct local now = zone_local(zone, ctx->now);

    v->received = l->facts.received_local;
    v->effective = local_or_never(zone, v->d.effective_at, false);
    v->due = l->due_local;
    v->due_first = local_or_never(zone, v->d.due_first_at, false);
    v->promised = promise_in_force(local_or_never(zone, v->d.promised_at, false), v->due);
    v->finished = local_or_never(zone, v->d.finished_at, v->d.finished_at_null);
    v->is_suspended = l->facts.is_suspended;
    v->badge = badge_of(l->office.calendar, now, v->due);
    struct class_facts facts = {
        .received_on = v->received.date,
        .due_on = v->due.date,
        .finished_on = v->finished.date,
        .is_withdrawn = v->d.outcome == OUTCOME_WITHDRAWN || v->d.outcome == OUTCOME_STOPPED,
        .is_suspended = v->is_suspended,
    };
    v->class = classify(&facts, (struct cut_off){now.date, now.date});
}

enum err act_dossier_view(struct ctx *ctx, struct str code, struct dossier_view *ret)
{
    struct dossier_view v = {.open_task = NULL};
    struct q_dossier_id_of_code found;
    struct loaded l;
    enum err err = q_dossier_id_of_code(ctx->db, ctx->arena, code, &found);

    if (!err)
        err = dossier_load(ctx, ctx->db, found.id, &l);
    if (!err)
        err = q_task_list(ctx->db, ctx->arena, found.id, &v.task, &v.task_count);
    if (!err)
        err = right_to_read(ctx, &l.d, v.task, v.task_count);
    if (!err)
        err = read_journal(ctx, &l);
    if (err)
        return err;
    v.d = l.d;
    v.office = l.office;
    v.procedure = l.procedure;
    for (size_t i = 0; i < v.task_count; i++)
        if (l.has_task && v.task[i].no == l.task.no)
            v.open_task = &v.task[i];
    v.open_count = l.open_count;
    if (l.has_flow)
        err = flow_process_load(ctx, ctx->db, l.flow.process_id, &v.process);
    if (!err)
        err = lists_load(ctx, &v);
    if (!err)
        err = possibilities(ctx, &l, &v);
    if (!err && !v.d.due_given)
        err = dossier_derive(ctx, ctx->db, &l, ctx->now, &v.deadline);
    if (err)
        return err;
    times_fill(ctx, &l, &v);
    *ret = v;
    return OK;
}

enum err act_dossier_drawing(struct ctx *ctx, struct str code, struct str *ret)
{
    struct q_dossier_id_of_code found;
    struct q_process_by_id row;
    const struct process *process;
    struct q_task_list *task;
    size_t count;
    struct loaded l;
    enum err err = q_dossier_id_of_code(ctx->db, ctx->arena, code, &found);

    if (!err)
        err = dossier_load(ctx, ctx->db, found.id, &l);
    if (!err)
        err = q_task_list(ctx->db, ctx->arena, found.id, &task, &count);
    if (!err)
        err = right_to_read(ctx, &l.d, task, count);
    if (!err && !l.has_flow)
        err = ERR_NOT_FOUND;
    if (!err)
        err = q_process_by_id(ctx->db, ctx->arena, l.flow.process_id, &row);
    if (!err)
        err = flow_process_load(ctx, ctx->db, l.flow.process_id, &process);
    if (!err)
        *ret = bpmn_with_diagram(ctx->arena, row.xml, process);
    return err;
}

size_t dossier_choices(struct arena *a, const struct dossier_view *v, struct dossier_choice **ret)
{
    int node = v->process && v->open_task ? process_node_find(v->process, v->open_task->step_code) : -1;

    *ret = NULL;
    return node < 0 ? 0 : flow_choices(a, v->process, node, ret);
}

size_t dossier_steps_drawn(struct arena *a, const struct process *p, const struct q_task_list *task, size_t task_count,
                           bool over, struct dossier_drawn_step **ret)
{
    struct dossier_drawn_step *step = ARENA_ARRAY(a, struct dossier_drawn_step, p->node_count);
    size_t n = 0;

    for (size_t i = 0; i < p->node_count; i++) {
        if (!process_is_work(&p->node[i]))
            continue;
        struct dossier_drawn_step s = {.node = p->node[i].id, .name = p->node[i].name, .since_at = STR("")};
        for (size_t t = 0; t < task_count; t++) {
            if (!str_eq(task[t].step_code, p->node[i].id))
                continue;
            s.done = !task[t].done_at_null;
            s.now = s.now || task[t].done_at_null;
            s.since_at = task[t].since_at;
        }
        s.done = !s.now && (s.done || over);
        step[n++] = s;
    }
    *ret = step;
    return n;
}

/* ---- the public ---- */

/* Constant-time enough for eight random characters behind a throttle; compares all of them. */
static bool same_secret(struct str a, struct str b)
{
    unsigned char differ = a.n != b.n;

    for (size_t i = 0; i < a.n && i < b.n; i++)
        differ |= (unsigned char)(a.p[i] ^ b.p[i]);
    return !differ && a.n > 0;
}

static bool phone_tail_is(struct arena *a, struct str phone, struct str tail)
{
    struct buf digits = buf_in(a);

    for (size_t i = 0; i < phone.n; i++)
        if (phone.p[i] >= '0' && phone.p[i] <= '9')
            buf_char(&digits, phone.p[i]);
    return tail.n == PHONE_TAIL && str_has_suffix(buf_str(&digits), tail);
}

static enum err public_load(struct ctx *ctx, struct dossier_public *p)
{
    const struct procedure_whole *whole;
    struct office office;
    enum err err = office_load(ctx, ctx->db, p->d.unit_id, &office);

    if (!err)
        err = q_task_list(ctx->db, ctx->arena, p->d.id, &p->task, &p->task_count);
    if (!err)
        err = q_suspension_list(ctx->db, ctx->arena, p->d.id, &p->suspension, &p->suspension_count);
    if (!err)
        err = procedure_load(ctx, ctx->db, p->d.version_id, &whole);
    if (!err && !p->d.process_id_null)
        err = flow_process_load(ctx, ctx->db, p->d.process_id, &p->process);
    if (err)
        return err;
    p->step = whole->step;
    p->step_count = whole->step_count;
    p->zone = office.zone;
    p->calendar = office.calendar;
    p->received = local_or_never(office.zone, p->d.received_at, false);
    p->due = local_or_never(office.zone, p->d.due_at, false);
    p->promised = promise_in_force(local_or_never(office.zone, p->d.promised_at, false), p->due);
    p->finished = local_or_never(office.zone, p->d.finished_at, p->d.finished_at_null);
    p->returned = local_or_never(office.zone, p->d.returned_at, p->d.returned_at_null);
    p->is_suspended = !p->d.suspended_at_null;
    p->badge = badge_of(office.calendar, zone_local(office.zone, ctx->now), p->due);
    return OK;
}

enum err act_track(struct ctx *ctx, struct str code, struct str secret, struct str peer, struct dossier_public *ret)
{
    struct dossier_public p = {.is_known = false};
    enum err err = q_track(ctx->db, ctx->arena, code, &p.d);

    if (err == OK && secret.n)
        p.is_known = same_secret(p.d.secret, secret) || phone_tail_is(ctx->arena, p.d.phone, secret);
    if (err == ERR_NOT_FOUND || (err == OK && secret.n && !p.is_known)) {
        /* Only a wrong answer costs a try: a right one is no guess. */
        enum err wait = act_throttle(ctx, peer, LOOKUP_TRIES, LOOKUP_MINUTES);
        return wait ? wait : ERR_NOT_FOUND;
    }
    if (!err)
        err = public_load(ctx, &p);
    if (err)
        return err;
    p.applicant_masked = p.is_known ? text_mask_name(ctx->arena, p.d.applicant) : STR("");
    p.phone_masked = p.is_known ? text_mask_tail(ctx->arena, p.d.phone, 3) : STR("");
    p.d.applicant = p.d.phone = p.d.secret = STR("");
    *ret = p;
    return OK;
}
