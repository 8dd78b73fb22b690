/* eventlog_field.h - what both sources of eventlog.h share: the fields, and values of a case. */
#ifndef FORMAT_EVENTLOG_FIELD_H
#define FORMAT_EVENTLOG_FIELD_H

#include "format/eventlog.h"

/* Of the case, not of the event? A time? Must it have a column? The word for it in maps. */
struct eventlog_field_rule {
    struct str word;
    bool is_of_case, is_time, is_required;
};
extern const struct eventlog_field_rule eventlog_field_rules[EVENTLOG_FIELD__COUNT];

/* ERR_INVALID: not a time in the form of the map. *ret_is_local: no offset was given, the zone of
 * the map (or UTC) was taken. */
enum err eventlog_time_parse(const struct eventlog_map *map, struct str s, struct instant *ret,
                             bool *ret_is_local) MUST_CHECK;
/* The instant at which `utc`, read as UTC for want of an offset, stands on the map's wall clock. */
struct instant eventlog_time_in_zone(const struct eventlog_map *map, struct instant utc);

/* What is said of times without offset. */
struct str eventlog_local_note(const struct eventlog_map *map);

/* The values of one event or case, in the order of enum eventlog_field. */
struct eventlog_values {
    struct str text[EVENTLOG_FIELD__COUNT];
    struct instant time[EVENTLOG_FIELD__COUNT]; /* of those that are times */
};
struct eventlog_values eventlog_values_none(void);

/* NULL, or why these are not the values of an event. */
const char *eventlog_event_fault(const struct eventlog_values *v);
struct eventlog_event eventlog_event_of(const struct eventlog_values *v, size_t line);
/* Without its events. */
struct eventlog_case eventlog_case_of(const struct eventlog_values *v, size_t line);

/* A copy in NFC without white space at its ends; so every text enters. */
struct str eventlog_text(struct arena *a, struct str s);

#endif
