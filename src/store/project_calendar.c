#include "sql_calendar.h"
#include "store/project.h"

static enum err calendar_add(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    (void)a;
    return q_calendar_add(tx, e->pos, json_text(e->payload, "code"), json_text(e->payload, "name"), NULL);
}

/* Days set and unset together: a yearly notice of the Government is one act. */
static enum err calendar_days(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json set = json_get(e->payload, "set"), unset = json_get(e->payload, "unset");
    enum err err = OK;

    (void)a;
    for (size_t i = 0; !err && i < json_length(unset); i++)
        err = q_calendar_day_unset(tx, e->subject_id, json_text(json_at(unset, i), "day"), NULL);
    for (size_t i = 0; !err && i < json_length(set); i++) {
        struct json d = json_at(set, i);
        err = q_calendar_day_set(tx, e->subject_id, json_text(d, "day"), json_int(d, "kind"),
                                 json_text(d, "name"), json_text(d, "basis"), NULL);
    }
    return err ? err : q_calendar_touch(tx, e->subject_id, NULL);
}

static enum err calendar_hours(struct db *tx, struct arena *a, const struct journal_entry *e)
{
    struct json p = e->payload;
    enum err err = q_calendar_hours_set(tx, e->subject_id, json_text(p, "valid_from"), json_int(p, "cut_off"),
                                        json_text(p, "work"), json_text(p, "intake"), NULL);

    (void)a;
    return err ? err : q_calendar_touch(tx, e->subject_id, NULL);
}

const struct projection PROJECT_CALENDAR[] = {
    {"calendar.add", calendar_add},
    {"calendar.days", calendar_days},
    {"calendar.hours", calendar_hours},
    {NULL, NULL},
};
