#include "format/eventlog.h"
#include "format/eventlog_field.h"
#include "format/xes.h"

struct xes_reading {
    struct arena *scratch; /* one case */
    const struct eventlog_map *map;
    const struct eventlog_reader *to;
    bool is_local_noted;
};

static void refuse(struct xes_reading *r, size_t line, const char *why)
{
    if (r->to->refused)
        r->to->refused(r->to->arg, line, str_of(why));
}

static void note_local(struct xes_reading *r, size_t line)
{
    if (!r->is_local_noted && r->to->note)
        r->to->note(r->to->arg, line, eventlog_local_note(r->map));
    r->is_local_noted = true;
}

/* The attribute that a name of the map means, seen from an event; `event` is NULL for what belongs
 * to the case. */
static const struct xes_attribute *attribute_of(const struct xes_trace *trace,
                                                const struct xes_event *event, struct str name)
{
    struct str prefix = STR("case:");

    if (str_has_prefix(name, prefix))
        return xes_find(trace->attributes, str_sub(name, prefix.n, name.n));
    return xes_find(event ? event->attributes : trace->attributes, name);
}

/* ERR_INVALID: a text where a time should be, and not one. */
static enum err time_of(struct xes_reading *r, const struct xes_attribute *attribute, size_t line,
                        struct instant *ret)
{
    bool is_local;

    if (attribute->kind == XES_DATE) { /* the reader has noted a missing offset */
        *ret = attribute->is_local ? eventlog_time_in_zone(r->map, attribute->instant)
                                   : attribute->instant;
        return OK;
    }
    enum err err = eventlog_time_parse(r->map, str_trim(attribute->text), ret, &is_local);
    if (!err && is_local)
        note_local(r, line);
    return err;
}

/* Fills one field; empty attributes count as absent. NULL, or why not. */
static const char *read_field(struct xes_reading *r, const struct xes_trace *trace,
                              const struct xes_event *event, enum eventlog_field field,
                              struct eventlog_values *v)
{
    const struct eventlog_names *names = &r->map->field[field];

    for (size_t i = 0; i < names->count; i++) {
        const struct xes_attribute *attribute = attribute_of(trace, event, names->name[i]);
        if (!attribute || str_is_empty(str_trim(attribute->text)))
            continue;
        if (attribute->text.n > EVENTLOG_TEXT_MAX)
            return "a text too long";
        if (eventlog_field_rules[field].is_time &&
            time_of(r, attribute, event ? event->line : trace->line, &v->time[field]))
            return "not a time";
        v->text[field] = eventlog_text(r->scratch, attribute->text);
        return NULL;
    }
    return NULL;
}

static const char *read_fields(struct xes_reading *r, const struct xes_trace *trace,
                               const struct xes_event *event, struct eventlog_values *v)
{
    const char *why = NULL;

    *v = eventlog_values_none();
    for (enum eventlog_field f = 0; f < EVENTLOG_FIELD__COUNT && !why; f++)
        if (eventlog_field_rules[f].is_of_case == !event)
            why = read_field(r, trace, event, f, v);
    return why;
}

static void read_events(struct xes_reading *r, const struct xes_trace *trace,
                        struct eventlog_case *c)
{
    struct eventlog_event *event =
        ARENA_ARRAY(r->scratch, struct eventlog_event, trace->event_count);

    c->event = event;
    for (const struct xes_event *e = trace->events; e; e = e->next) {
        struct eventlog_values v;
        const char *why = read_fields(r, trace, e, &v);
        if (!why)
            why = eventlog_event_fault(&v);
        if (why)
            refuse(r, e->line, why);
        else
            event[c->event_count++] = eventlog_event_of(&v, e->line);
    }
}

static enum err on_trace(void *arg, const struct xes_trace *trace)
{
    struct xes_reading *r = arg;
    struct eventlog_values v;

    arena_reset(r->scratch);
    const char *why = read_fields(r, trace, NULL, &v);
    if (!why && str_is_empty(v.text[EVENTLOG_CASE]))
        why = "a case without a name";
    if (why) {
        refuse(r, trace->line, why);
        return OK;
    }
    struct eventlog_case c = eventlog_case_of(&v, trace->line);
    read_events(r, trace, &c);
    return r->to->on_case(r->to->arg, &c);
}

static enum err on_loose_event(void *arg, const struct xes_event *event)
{
    refuse(arg, event->line, "an event outside of any case");
    return OK;
}

static void on_note(void *arg, size_t line, struct str why)
{
    struct xes_reading *r = arg;

    if (str_eq(why, STR(XES_NOTE_LOCAL)))
        note_local(r, line);
    else if (r->to->note)
        r->to->note(r->to->arg, line, why);
}

enum err eventlog_read_xes(struct arena *a, FILE *file, const struct eventlog_map *map,
                           const struct eventlog_reader *to, struct fault *ret_fault)
{
    struct xes_reading r = {arena_new(4 * (size_t)XES_TRACE_BYTES), map, to, false};
    const struct xes_reader reader = {
        .arg = &r,
        .is_lenient = map->is_lenient,
        .trace = on_trace,
        .loose_event = on_loose_event,
        .note = on_note,
    };
    enum err err = xes_read_file(a, file, &reader, ret_fault);

    arena_free(r.scratch);
    return err;
}
