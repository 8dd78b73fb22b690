#include "sql_dossier.h"
#include "sql_work.h"
#include "store/project.h"

enum err project_timers(struct db *tx, int64_t dossier, struct json payload, bool ended)
{
    struct json off = json_get(payload, "timers_off"), on = json_get(payload, "timers");
    enum err err = ended ? q_timer_drop_all(tx, dossier, NULL) : OK;

    for (size_t i = 0; !err && !ended && i < json_length(off); i++)
        err = q_timer_drop_token(tx, dossier, json_as_int(json_at(off, i)), NULL);
    for (size_t i = 0; !err && !ended && i < json_length(on); i++) {
        struct json t = json_at(on, i);
        err = q_timer_add(tx, dossier, json_int(t, "token"), json_text(t, "node"), json_text(t, "kind"),
                          json_text(t, "at"), NULL);
    }
    return err;
}

enum err project_clock_moved(struct db *tx, int64_t dossier, struct json payload)
{
    struct json timers = json_get(payload, "timers_at"), steps = json_get(payload, "steps_due");
    enum err err = OK;

    for (size_t i = 0; !err && i < json_length(timers); i++) {
        struct json t = json_at(timers, i);
        err = q_timer_set(tx, dossier, json_int(t, "token"), json_text(t, "node"), json_text(t, "kind"),
                          json_text(t, "at"), NULL);
    }
    for (size_t i = 0; !err && i < json_length(steps); i++) {
        struct json s = json_at(steps, i);
        err = q_task_step_due(tx, dossier, json_int(s, "task"), json_text(s, "at"), NULL);
    }
    return err;
}

/* ---- word to people ---- */

static enum err word(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload, persons = json_get(p, "persons");
    struct str kind = json_text(p, "kind");
    enum err err = q_timer_drop(tx, e->subject_id, json_int(p, "task"), json_text(p, "node"), kind, NULL);

    for (size_t i = 0; !err && i < json_length(persons); i++)
        err = q_notice_add(tx, e->pos, json_as_int(json_at(persons, i)), e->subject_id, json_int(p, "task"), kind,
                           instant_iso(a, e->recorded_at), NULL);
    return err;
}

static enum err seen(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    return q_notice_seen(tx, e->actor, json_int(e->payload, "upto"), instant_iso(a, e->recorded_at), NULL);
}

/* A timer that could not be carried out; the journal says why. */
static enum err timer_failed(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_timer_drop(tx, e->subject_id, json_int(p, "token"), json_text(p, "node"), json_text(p, "kind"), NULL);
}

const struct projection PROJECT_WORK[] = {
    {"dossier.word", word},
    {"dossier.seen", seen},
    {"dossier.timer_failed", timer_failed},
    {NULL, NULL},
};

/* ---- absences ---- */

static enum err absence_begin(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;

    (void)a;
    return q_absence_add(tx, e->pos, json_int(p, "person"), json_int(p, "cover"), json_text(p, "from"),
                         json_text(p, "to"), json_text(p, "reason"), NULL);
}

static enum err absence_end(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_absence_end(tx, e->subject_id, json_text(e->payload, "to"), NULL);
}

const struct projection PROJECT_ABSENCE[] = {
    {"absence.begin", absence_begin},
    {"absence.end", absence_end},
    {NULL, NULL},
};
