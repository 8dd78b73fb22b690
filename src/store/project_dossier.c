#include "base/text.h"
#include "rules/dossier.h"
#include "sql_dossier.h"
#include "sql_flow.h"
#include "sql_journal.h"
#include "sql_peer.h"
#include "sql_search.h"
#include "sql_work.h"
#include "store/project.h"

/* A member that may be absent or null, as sqlc wants it. */
static const int64_t *int_or_null(struct json p, const char *key, int64_t *room)
{
    return json_need_int(p, key, room) == OK ? room : NULL;
}

static const struct str *text_or_null(struct json p, const char *key, struct str *room)
{
    return json_need_text(p, key, room) == OK ? room : NULL;
}

static struct str recorded(struct arena *a, const struct journal_entry *e)
{
    return instant_iso(a, e->recorded_at);
}

/* What a person may type to find a dossier, folded. */
static struct str search_text(struct arena *a, struct str code, struct json who, struct str submitter,
                              struct str summary)
{
    struct str name = json_text(who, "name"), id_no = json_text(who, "id_no"),
               phone = json_text(who, "phone");

    return text_fold(a, str_format(a, "%" PRIstr " %" PRIstr " %" PRIstr " %" PRIstr " %" PRIstr " %" PRIstr,
                                   STR_ARG(code), STR_ARG(name), STR_ARG(id_no), STR_ARG(phone),
                                   STR_ARG(submitter), STR_ARG(summary)));
}

/* ---- tasks ---- */

static enum err task_of(struct db *tx, struct arena *a, const struct journal_entry *e, struct json step,
                        struct str due_at)
{
    int64_t person, from_unit, from_person;
    struct str taken;

    return q_task_add(tx, e->subject_id ? e->subject_id : e->pos, json_int(step, "task"),
                      json_int(step, "no"), json_text(step, "code"), json_text(step, "name"),
                      json_int(step, "unit"), int_or_null(step, "person", &person),
                      int_or_null(step, "from_unit", &from_unit),
                      int_or_null(step, "from_person", &from_person), instant_iso(a, e->happened_at),
                      text_or_null(step, "taken_at", &taken), json_text(step, "due_at"), due_at,
                      json_bool(step, "suspended"), NULL);
}

/* Where the dossier stands in its process, payload "flow"; and the tasks that were taken away. */
static enum err flow_move(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json flow = json_get(e->payload, "flow"), cancelled = json_get(e->payload, "cancelled");
    enum err err = OK;

    if (json_kind(flow) != JSON_KIND_OBJECT)
        return OK;
    struct str state = json_text(flow, "state"), answers = json_canonical(a, json_get(flow, "answers"));
    if (e->subject_id)
        err = q_flow_set(tx, e->subject_id, json_int(flow, "process"), state, answers, NULL);
    else
        err = q_flow_add(tx, e->pos, json_int(flow, "process"), state, answers, NULL);
    for (size_t i = 0; !err && i < json_length(cancelled); i++)
        err = q_task_done(tx, e->subject_id, json_as_int(json_at(cancelled, i)), instant_iso(a, e->happened_at),
                          e->actor, TIMING_NONE, STR(""), NULL);
    if (!err)
        err = project_outbox(tx, a, e);
    return err ? err : project_timers(tx, e->subject_id ? e->subject_id : e->pos, e->payload, str_is_empty(state));
}

/* Opens the task that payload "step" describes, or those of "steps"; neither: nothing new waits. */
static enum err task_open(struct db *tx, struct arena *a, const struct journal_entry *e, struct str due_at)
{
    struct json step = json_get(e->payload, "step"), steps = json_get(e->payload, "steps");
    enum err err = flow_move(tx, a, e);

    if (!err && json_kind(step) == JSON_KIND_OBJECT)
        err = task_of(tx, a, e, step, due_at);
    for (size_t i = 0; !err && i < json_length(steps); i++)
        err = task_of(tx, a, e, json_at(steps, i), due_at);
    return err;
}

/* Closes the task that payload "done" describes, if any. */
static enum err task_close(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json done = json_get(e->payload, "done");

    if (json_kind(done) != JSON_KIND_OBJECT)
        return OK;
    return q_task_done(tx, e->subject_id, json_int(done, "task"), instant_iso(a, e->happened_at), e->actor,
                       json_int(done, "timing"), json_text(done, "note"), NULL);
}

#define STILL STR("9999-12-31") /* the last day of what is believed, or open */

static struct str day_of(struct str instant)
{
    return str_sub(instant, 0, STILL.n);
}

/* A fact enters its group (1) or leaves it (-1): groups are of facts that are alike and were believed on the same days. */
static enum err fact_group(struct db *tx, const struct q_fact_believed *f, struct str to_day, int64_t n)
{
    enum err err = q_fact_count(tx, f->unit_id, f->received_on, f->finished_on, f->field_id, f->channel, f->due_on, f->outcome, day_of(f->recorded_from),
                                to_day, n, NULL);

    return err || n > 0 ? err
                        : q_fact_count_clear(tx, f->unit_id, f->received_on, f->finished_on, f->field_id, f->channel, f->due_on, f->outcome,
                                             day_of(f->recorded_from), to_day, NULL);
}

/* What was believed leaves its group and joins that of those believed until today; the new fact joins its own. */
static enum err fact_change(struct db *tx, struct arena *a, const struct journal_entry *e, struct str due_on,
                            struct str finished_on, int64_t outcome)
{
    struct str at = recorded(a, e);
    struct q_fact_believed f;
    enum err err = q_fact_believed(tx, a, e->subject_id, &f);

    if (!err)
        err = q_fact_supersede(tx, e->subject_id, at, due_on, finished_on, outcome, NULL);
    if (!err)
        err = q_fact_close(tx, e->subject_id, at, NULL);
    if (!err)
        err = fact_group(tx, &f, STILL, -1);
    if (!err)
        err = fact_group(tx, &f, day_of(at), 1);
    if (err)
        return err;
    f.recorded_from = at;
    f.due_on = due_on;
    f.finished_on = finished_on;
    f.outcome = outcome;
    return fact_group(tx, &f, STILL, 1);
}

/* The first fact of a dossier. */
static enum err fact_first(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct q_fact_believed f = {.recorded_from = recorded(a, e), .unit_id = json_int(p, "unit"), .field_id = json_int(p, "field"),
                                .channel = json_int(p, "channel"), .received_on = json_text(p, "received_on"), .due_on = json_text(p, "due_on"),
                                .finished_on = STILL, .outcome = OUTCOME_NONE};
    enum err err = q_fact_add(tx, e->pos, 1, f.recorded_from, f.unit_id, json_int(p, "procedure"), f.field_id, f.channel, f.received_on, f.due_on,
                              f.finished_on, f.outcome, NULL);

    return err ? err : fact_group(tx, &f, STILL, 1);
}

static enum err papers_set(struct db *tx, const struct journal_entry *e)
{
    struct json papers = json_get(e->payload, "papers");

    for (size_t i = 0; i < json_length(papers); i++) {
        struct json paper = json_at(papers, i);
        enum err err = q_dossier_paper_set(tx, e->subject_id, json_int(paper, "no"), json_int(paper, "state"),
                                           json_text(paper, "note"), NULL);
        if (err)
            return err;
    }
    return OK;
}

/* ---- receive ---- */

static enum err receive_papers(struct db *tx, const struct journal_entry *e)
{
    struct json papers = json_get(e->payload, "papers");

    for (size_t i = 0; i < json_length(papers); i++) {
        struct json paper = json_at(papers, i);
        enum err err = q_dossier_paper_add(tx, e->pos, (int64_t)i + 1, json_text(paper, "name"),
                                           json_int(paper, "kind"), json_int(paper, "quantity"),
                                           json_int(paper, "state"), json_text(paper, "note"), NULL);
        if (err)
            return err;
    }
    return OK;
}

static enum err receive_series(struct db *tx, const struct journal_entry *e)
{
    struct json series = json_get(e->payload, "series");

    for (size_t i = 0; i < json_length(series); i++) {
        struct json s = json_at(series, i);
        enum err err = q_series_set(tx, json_text(s, "name"), json_int(s, "no"), NULL);
        if (err)
            return err;
    }
    return OK;
}

static enum err receive_row(struct db *tx, const struct journal_entry *e, struct str search)
{
    struct json p = e->payload, who = json_get(p, "applicant"), limit = json_get(p, "limit");
    int64_t origin;

    return q_dossier_add(
        tx, e->pos, json_text(p, "code"), json_text(p, "secret"), json_int(p, "unit"),
        json_int(p, "procedure"), json_int(p, "version"), json_int(p, "case"), json_int(p, "field"),
        json_int(p, "channel"), json_text(who, "name"), json_int(who, "kind"), json_text(who, "id_no"),
        json_text(who, "birth"), json_text(who, "phone"), json_text(who, "email"),
        json_text(who, "address"), json_text(p, "submitter"), json_text(p, "summary"), json_int(p, "sets"),
        json_int(p, "delivery"), json_text(p, "delivery_address"), json_int(p, "fee"),
        json_bool(p, "fee_paid"), e->actor, json_text(p, "received_at"), json_text(p, "effective_at"),
        json_text(p, "received_on"), json_int(limit, "unit"), json_int(limit, "length"),
        json_text(p, "due_at"), json_text(p, "due_on"), json_bool(p, "due_given"), json_text(p, "batch"),
        int_or_null(p, "origin", &origin), json_int(p, "register_no"), search, NULL);
}

static enum err receive(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str search = search_text(a, json_text(p, "code"), json_get(p, "applicant"),
                                    json_text(p, "submitter"), json_text(p, "summary"));
    enum err err = receive_row(tx, e, search);

    if (!err)
        err = q_search_add(tx, e->pos, search, NULL);
    if (!err)
        err = receive_papers(tx, e);
    if (!err)
        err = receive_series(tx, e);
    if (!err)
        err = project_inbox(tx, a, e);
    if (!err)
        err = fact_first(tx, a, e);
    return err ? err : task_open(tx, a, e, json_text(p, "due_at"));
}

/* ---- on its way ---- */

static enum err move(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = task_close(tx, a, e);

    if (!err)
        err = task_open(tx, a, e, json_text(p, "due_at"));
    return err ? err
               : q_dossier_set_state(tx, e->subject_id, json_int(p, "state"),
                                     dossier_is_open((enum dossier_state)json_int(p, "state")), NULL);
}

/* Onto another revision of its process: the open steps keep their numbers and get its names. */
static enum err move_process(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json tasks = json_get(e->payload, "renamed");
    enum err err = flow_move(tx, a, e);

    for (size_t i = 0; !err && i < json_length(tasks); i++) {
        struct json t = json_at(tasks, i);
        err = q_task_restep(tx, e->subject_id, json_int(t, "task"), json_int(t, "no"), json_text(t, "name"), NULL);
    }
    return err;
}

/* A timer of the drawing ran out. */
static enum err timer(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json fired = json_get(e->payload, "fired");
    enum err err = q_timer_drop(tx, e->subject_id, json_int(fired, "token"), json_text(fired, "node"),
                                json_text(fired, "kind"), NULL);

    return err ? err : move(tx, a, e);
}

static enum err take(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    int64_t person;
    struct str taken;

    (void)a;
    return q_task_take(tx, e->subject_id, json_int(e->payload, "task"),
                       int_or_null(e->payload, "person", &person),
                       text_or_null(e->payload, "taken_at", &taken), NULL);
}

static enum err clock_stop(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str at = instant_iso(a, e->happened_at);
    enum err err = q_suspension_add(tx, e->subject_id, json_int(p, "no"), json_text(p, "reason"),
                                    json_int(p, "owner"), json_text(p, "detail"), at,
                                    json_text(p, "from_on"), recorded(a, e), NULL);

    if (!err)
        err = papers_set(tx, e);
    if (!err)
        err = q_task_set_clock(tx, e->subject_id, 1, json_text(p, "due_at"), NULL);
    return err ? err
               : q_dossier_set_clock(tx, e->subject_id, json_int(p, "state"), &at, json_text(p, "due_at"),
                                     json_text(p, "due_on"), json_int(p, "supplements"), NULL);
}

static enum err clock_start(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = q_suspension_end(tx, e->subject_id, json_int(p, "no"), instant_iso(a, e->happened_at),
                                    json_text(p, "to_on"), recorded(a, e), NULL);

    if (!err)
        err = papers_set(tx, e);
    if (!err)
        err = q_task_set_clock(tx, e->subject_id, 0, json_text(p, "due_at"), NULL);
    if (!err)
        err = project_clock_moved(tx, e->subject_id, p);
    if (!err)
        err = q_dossier_set_clock(tx, e->subject_id, json_int(p, "state"), NULL, json_text(p, "due_at"),
                                  json_text(p, "due_on"), json_int(p, "supplements"), NULL);
    return err ? err : fact_change(tx, a, e, json_text(p, "due_on"), STR("9999-12-31"), OUTCOME_NONE);
}

static enum err extend(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = q_extension_add(tx, e->subject_id, instant_iso(a, e->happened_at),
                                   json_text(p, "old_due_at"), json_text(p, "new_due_at"),
                                   json_text(p, "reason"), json_text(p, "cause"), NULL);

    return err ? err : q_dossier_set_promise(tx, e->subject_id, json_text(p, "new_due_at"), 1, NULL);
}

/* The calendar changed under a promise: the date moves with it. */
static enum err redue(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str suspended;
    enum err err = q_dossier_set_clock(tx, e->subject_id, json_int(p, "state"),
                                       text_or_null(p, "suspended_at", &suspended), json_text(p, "due_at"),
                                       json_text(p, "due_on"), json_int(p, "supplements"), NULL);

    if (!err)
        err = q_task_set_clock(tx, e->subject_id, json_has(p, "suspended_at"), json_text(p, "due_at"), NULL);
    return err ? err : fact_change(tx, a, e, json_text(p, "due_on"), STR("9999-12-31"), OUTCOME_NONE);
}

/* ---- the end ---- */

/* Ends a running suspension at the end of the dossier. */
static enum err suspension_close(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    int64_t no;

    if (json_need_int(e->payload, "suspension", &no))
        return OK;
    return q_suspension_end(tx, e->subject_id, no, instant_iso(a, e->happened_at),
                            json_text(e->payload, "finished_on"), recorded(a, e), NULL);
}

static enum err finish(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct str at = instant_iso(a, e->happened_at);
    enum err err = task_close(tx, a, e);

    if (!err && json_kind(json_get(p, "flow")) != JSON_KIND_OBJECT) /* else flow_move does it */
        err = project_outbox(tx, a, e);
    if (!err)
        err = suspension_close(tx, a, e);
    if (!err)
        err = task_open(tx, a, e, json_text(p, "due_at"));
    if (!err)
        err = q_dossier_set_end(tx, e->subject_id, json_int(p, "state"), 0, NULL, &at,
                                json_text(p, "finished_on"), json_int(p, "outcome"),
                                json_text(p, "result_no"), NULL);
    return err ? err
               : fact_change(tx, a, e, json_text(p, "due_on"), json_text(p, "finished_on"),
                             json_int(p, "outcome"));
}

static enum err reopen(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = task_close(tx, a, e);

    if (!err)
        err = task_open(tx, a, e, json_text(p, "due_at"));
    if (!err)
        err = q_dossier_set_end(tx, e->subject_id, json_int(p, "state"), 1, NULL, NULL, STR("9999-12-31"),
                                OUTCOME_NONE, STR(""), NULL);
    return err ? err : fact_change(tx, a, e, json_text(p, "due_on"), STR("9999-12-31"), OUTCOME_NONE);
}

static enum err hand_out(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct str at = instant_iso(a, e->happened_at);
    enum err err = task_close(tx, a, e);

    return err ? err
               : q_dossier_set_returned(tx, e->subject_id, json_int(e->payload, "state"), &at,
                                        json_bool(e->payload, "fee_paid"), NULL);
}

static enum err children_add(struct db *tx, struct arena *a, int64_t dossier, struct str *search)
{
    struct q_child_of *row;
    size_t count;
    enum err err = q_child_of(tx, a, dossier, &row, &count);

    for (size_t i = 0; !err && i < count; i++)
        *search = str_format(a, "%" PRIstr " %" PRIstr, STR_ARG(*search), STR_ARG(text_fold(a, row[i].code)));
    return err;
}

static enum err correct(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, after = json_get(p, "after");
    struct q_dossier_by_id d;
    enum err err = q_dossier_by_id(tx, a, e->subject_id, &d);

    if (err)
        return err;
    struct str search = search_text(a, d.code, after, json_text(after, "submitter"),
                                    json_text(after, "summary"));
    err = children_add(tx, a, e->subject_id, &search);
    if (!err)
        err = q_search_remove(tx, e->subject_id, d.search, NULL);
    if (!err)
        err = q_search_add(tx, e->subject_id, search, NULL);
    return err ? err
               : q_dossier_correct(tx, e->subject_id, json_text(after, "name"), json_text(after, "id_no"),
                                   json_text(after, "birth"), json_text(after, "phone"),
                                   json_text(after, "email"), json_text(after, "address"),
                                   json_text(after, "submitter"), json_text(after, "summary"), search, NULL);
}

/* The code of a partner: the dossier is found by it too. */
static enum err child(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    struct q_dossier_by_id d;
    enum err err = q_dossier_by_id(tx, a, e->subject_id, &d);

    if (err)
        return err;
    struct str search = str_format(a, "%" PRIstr " %" PRIstr, STR_ARG(d.search), STR_ARG(text_fold(a, json_text(p, "code"))));
    err = q_child_set(tx, e->subject_id, json_int(p, "task"), json_int(p, "unit"), json_text(p, "code"),
                      json_text(p, "note"), e->actor, recorded(a, e), NULL);
    if (!err)
        err = q_search_remove(tx, e->subject_id, d.search, NULL);
    if (!err)
        err = q_search_add(tx, e->subject_id, search, NULL);
    return err ? err : q_dossier_set_search(tx, e->subject_id, search, NULL);
}

/* The other installation has it, under a code of its own. */
static enum err delivered(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = q_outbox_sent(tx, json_int(p, "pos"), json_int(p, "no"), recorded(a, e), json_text(p, "code"), NULL);

    if (!err)
        err = q_outbox_try_drop(tx, json_int(p, "pos"), json_int(p, "no"), NULL);
    return err || !json_has(p, "task") ? err : child(tx, a, e);
}

static enum err read_by(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    return q_dossier_read_add(tx, e->subject_id, e->actor, recorded(a, e), NULL);
}

/* Written down and nothing else: a note, a refusal at the counter, an imported event. */
static enum err nothing(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)tx;
    (void)a;
    (void)e;
    return OK;
}

const struct projection PROJECT_DOSSIER[] = {
    {"dossier.receive", receive},
    {"dossier.hand_over", move},
    {"dossier.finish", finish},
    {"dossier.hand_out", hand_out},
    {"dossier.take", take},
    {"dossier.assign", take},
    {"dossier.ask_supplement", clock_stop},
    {"dossier.supply", clock_start},
    {"dossier.suspend", clock_stop},
    {"dossier.resume", clock_start},
    {"dossier.extend", extend},
    {"dossier.refuse", finish},
    {"dossier.withdraw", finish},
    {"dossier.stop", finish},
    {"dossier.reopen", reopen},
    {"dossier.correct", correct},
    {"dossier.redue", redue},
    {"dossier.give_back", move},
    {"dossier.move_process", move_process},
    {"dossier.timer", timer},
    {"dossier.child", child},
    {"dossier.delivered", delivered},
    {"dossier.read", read_by},
    {"dossier.part_out", nothing},
    {"dossier.note", nothing},
    {"dossier.event", nothing},
    {"dossier.turn_away", nothing},
    {"figure.export", nothing},
    {"report.issue", nothing},
    {NULL, NULL},
};
