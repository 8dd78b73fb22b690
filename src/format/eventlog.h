/* eventlog.h - cases with their events, from an XES log or a CSV table, through one map.
 *
 * The map (docs/import.md, data/maps/) says which column is what. One map serves both sources: the
 * name `case:deadline` is the column of that name in CSV, as process-mining tools flatten logs, and
 * the attribute `deadline` of the trace in XES; a name without `case:` is a column, and an
 * attribute of the event (or, for what belongs to a case, of the trace).
 *
 * Nothing is repaired and nothing dropped in silence: what cannot be used is refused by line, what
 * had to be interpreted is noted. Whether a case makes sense (its end before its start, a step
 * after its end) is the caller's business; line numbers are given for saying so. */
#ifndef FORMAT_EVENTLOG_H
#define FORMAT_EVENTLOG_H

#include "calendar/zone.h"
#include "format/fault.h"

enum eventlog_field {
    EVENTLOG_CASE,        /* its name, the same in every row */
    EVENTLOG_STEP,        /* of an event: what was done */
    EVENTLOG_TIME,        /* of an event */
    EVENTLOG_OFFICER,     /* of an event: who did it */
    EVENTLOG_GROUP,       /* of an event: in which group */
    EVENTLOG_LIFECYCLE,   /* of an event: start, complete, ... */
    EVENTLOG_UNIT,        /* of the case, as all that follow: who is in charge */
    EVENTLOG_TEAM,        /* the group within the unit */
    EVENTLOG_RESPONSIBLE, /* the officer in charge */
    EVENTLOG_CHANNEL,
    EVENTLOG_PROCEDURE,
    EVENTLOG_TITLE,
    EVENTLOG_START, /* times */
    EVENTLOG_PLANNED_END,
    EVENTLOG_END,
    EVENTLOG_FIELD__COUNT
};

enum eventlog_times {
    EVENTLOG_TIMES_RFC3339,   /* 2018-02-12T16:30:00.000+07:00, also with a blank for the T */
    EVENTLOG_TIMES_DAY_FIRST, /* 12/02/2018 16:30:00, hour optional, and the above */
    EVENTLOG_TIMES__COUNT
};

enum {
    EVENTLOG_NAMES_MAX = 4,       /* columns that may hold one field; the first that is not empty */
    EVENTLOG_TEXT_MAX = 4 * 1024, /* bytes of one field */
    EVENTLOG_CASES_MAX = 1000 * 1000
};
#define EVENTLOG_BYTES_MAX ((size_t)1024 * 1024 * 1024) /* of a table, held until it is grouped */

struct eventlog_names {
    struct str name[EVENTLOG_NAMES_MAX];
    size_t count;
};

struct eventlog_map {
    struct str title;
    struct eventlog_names field[EVENTLOG_FIELD__COUNT];
    const struct zone
        *zone; /* of times without offset and of calendar dates; NULL: not said, UTC */
    enum eventlog_times times;
    bool is_lenient; /* XES with faults of form is read and noted */
};

/* Reads a map in YAML. ERR_INVALID, with *ret_fault (may be NULL): an unknown word, a zone that
 * does not exist, or no column for case, step or time. */
enum err eventlog_map_parse(struct arena *a, struct str yaml, struct eventlog_map *ret,
                            struct fault *ret_fault) MUST_CHECK;
/* The names of the XES standard, for a log without a map: no times but those of the events. */
struct eventlog_map eventlog_map_standard(void);

struct eventlog_event {
    size_t line;
    struct str name;
    struct instant time;
    struct str resource, group, lifecycle; /* empty where absent */
};

struct eventlog_case {
    size_t line; /* of the trace, or of the first row */
    struct str id;
    struct str unit, team, responsible, channel, procedure, title; /* empty where absent */
    struct instant start, planned_end, end;                        /* INSTANT_NEVER where absent */
    const struct eventlog_event *event; /* in file order, which need not be time order */
    size_t event_count;
};

/* What happens with what is read; everything given is valid until the callback returns. An error
 * from `on_case` ends the reading with that error. `refused` and `note` may be NULL. */
struct eventlog_reader {
    void *arg;
    enum err (*on_case)(void *arg, const struct eventlog_case *c);
    void (*refused)(void *arg, size_t line, struct str why); /* an event or case that is left out */
    void (*note)(void *arg, size_t line, struct str why);    /* read, but interpreted */
};

/* Case by case as the traces come. A fault in the middle ends the reading after cases were given:
 * whoever needs all or nothing reads twice, or keeps them. Errors as xes_read_file(). */
enum err eventlog_read_xes(struct arena *a, FILE *file, const struct eventlog_map *map,
                           const struct eventlog_reader *to, struct fault *ret_fault) MUST_CHECK;

/* The rows are grouped by case, in order of first appearance, and given when all are read. What
 * belongs to the case is taken from its first row that has it; another value later is noted.
 * Errors as csv_read_file(); ERR_LIMIT: more than the limits above. */
enum err eventlog_read_csv(struct arena *a, FILE *file, const struct eventlog_map *map,
                           const struct eventlog_reader *to, struct fault *ret_fault) MUST_CHECK;

#endif
