#include "sql_document_task.h"
#include "store/project.h"

static const int64_t *or_null(const int64_t *id)
{
    return *id ? id : NULL;
}

/* What is believed of the task from now on; the row before ends. */
static enum err fact(struct db *tx, struct arena *a, const struct journal_entry *e, int64_t task)
{
    struct q_document_task_by_id t;
    struct q_document_task_fact_last last = {.no = 0};
    struct str now = instant_iso(a, e->recorded_at);
    enum err err = q_document_task_by_id(tx, a, task, &t);

    if (!err)
        err = q_document_task_fact_last(tx, a, task, &last);
    if (err == ERR_NOT_FOUND && last.no == 0)
        err = OK;
    if (!err && last.no)
        err = q_document_task_fact_end(tx, task, last.no, now, NULL);
    if (err)
        return err;
    return q_document_task_fact_add(tx, task, last.no + 1, now, t.unit_id, t.asking_unit_id, t.role, t.asked_on, t.due_on, t.done_on, str_eq(t.state, STR("dropped")), NULL);
}

/* Tasks of one direction; their ids are made of the entry's, so that one line of the journal gives many. */
static enum err direct(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, tasks = json_get(p, "tasks");
    int64_t document = json_int(p, "document");
    struct str at = instant_iso(a, e->happened_at);
    enum err err = OK;

    for (size_t i = 0; !err && i < json_length(tasks); i++) {
        struct json t = json_at(tasks, i);
        int64_t id = e->pos * PROJECT_TASKS_MAX + (int64_t)i, person = json_int(t, "person"), parent = json_int(t, "parent");
        err = q_document_task_add(tx, id, (int64_t)i + 1, or_null(&document), or_null(&parent), json_int(t, "unit"), or_null(&person),
                                  json_text(t, "role"), json_text(t, "content"), e->actor, json_int(p, "unit"), at, json_text(p, "day"),
                                  json_text(t, "due"), NULL);
        if (!err)
            err = fact(tx, a, e, id);
    }
    if (!err && document && json_has(p, "state"))
        err = project_document_state(tx, a, e, document);
    return err;
}

/* Given to somebody, reported on, done, accepted, sent back, another day, dropped, reminded of. */
static enum err changed(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    int64_t person = json_int(p, "person"), actor = e->actor;
    struct str at = instant_iso(a, e->happened_at), done_at = json_text(p, "done_at");
    enum err err = q_document_task_set(tx, e->subject_id, or_null(&person), json_text(p, "due"), json_text(p, "state"), json_int(p, "progress"),
                                       done_at.n ? &done_at : NULL, json_text(p, "done_on"), NULL);

    if (!err)
        err = q_document_task_report_add(tx, e->subject_id, e->pos, json_text(p, "kind"), or_null(&actor), at, json_int(p, "progress"),
                                         json_text(p, "text"), NULL);
    return err ? err : fact(tx, a, e, e->subject_id);
}

static enum err remind(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    enum err err = q_document_task_reminded(tx, e->subject_id, json_text(e->payload, "day"), NULL);

    return err ? err
               : q_document_task_report_add(tx, e->subject_id, e->pos, STR("remind"), NULL, instant_iso(a, e->happened_at), 0, STR(""), NULL);
}

static enum err file_save(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    if (!e->subject_id)
        return q_work_file_add(tx, e->pos, json_int(p, "unit"), json_text(p, "code"), json_text(p, "title"), json_int(p, "years"),
                               json_text(p, "basis"), json_int(p, "keeper"), json_text(p, "opened_on"), json_text(p, "note"), NULL);
    return q_work_file_set(tx, e->subject_id, json_text(p, "code"), json_text(p, "title"), json_int(p, "years"), json_text(p, "basis"),
                           json_int(p, "keeper"), json_text(p, "opened_on"), json_text(p, "closed_on"), json_text(p, "archived_on"),
                           json_text(p, "note"), NULL);
}

const struct projection PROJECT_DOCUMENT_TASK[] = {
    {"document.direct", direct},
    {"task.change", changed},
    {"task.remind", remind},
    {"work_file.save", file_save},
    {NULL, NULL},
};
