#include "format/eventlog_field.h"

#include "base/text.h"

const struct eventlog_field_rule eventlog_field_rules[EVENTLOG_FIELD__COUNT] = {
    [EVENTLOG_CASE] = {STR_INIT("case"), .is_of_case = true, .is_required = true},
    [EVENTLOG_STEP] = {STR_INIT("step"), .is_required = true},
    [EVENTLOG_TIME] = {STR_INIT("time"), .is_time = true, .is_required = true},
    [EVENTLOG_OFFICER] = {STR_INIT("officer")},
    [EVENTLOG_GROUP] = {STR_INIT("group")},
    [EVENTLOG_LIFECYCLE] = {STR_INIT("lifecycle")},
    [EVENTLOG_UNIT] = {STR_INIT("unit"), .is_of_case = true},
    [EVENTLOG_TEAM] = {STR_INIT("team"), .is_of_case = true},
    [EVENTLOG_RESPONSIBLE] = {STR_INIT("responsible"), .is_of_case = true},
    [EVENTLOG_CHANNEL] = {STR_INIT("channel"), .is_of_case = true},
    [EVENTLOG_PROCEDURE] = {STR_INIT("procedure"), .is_of_case = true},
    [EVENTLOG_TITLE] = {STR_INIT("title"), .is_of_case = true},
    [EVENTLOG_START] = {STR_INIT("start"), .is_of_case = true, .is_time = true},
    [EVENTLOG_PLANNED_END] = {STR_INIT("planned_end"), .is_of_case = true, .is_time = true},
    [EVENTLOG_END] = {STR_INIT("end"), .is_of_case = true, .is_time = true},
};

enum { TIME_TEXT_MAX = 48 };

/* "2018-02-12 16:30" -> "2018-02-12T16:30". */
static struct str with_t(struct str s, char into[TIME_TEXT_MAX])
{
    if (s.n)
        memcpy(into, s.p, s.n);
    if (s.n > 10 && into[10] == ' ')
        into[10] = 'T';
    return (struct str){into, s.n};
}

/* "12/02/2018 16:30" or "12/02/2018", the beginning of that day. */
static enum err day_first_parse(struct str s, struct local *ret)
{
    struct str day, rest = s;
    struct date date;
    struct local local;
    char text[TIME_TEXT_MAX];

    if (!str_split(&rest, ' ', &day) || date_parse_typed(day, &date))
        return ERR_INVALID;
    if (!rest.p) {
        *ret = local_at(date, 0, 0);
        return OK;
    }
    int n = snprintf(text, sizeof text, "2000-01-01T%" PRIstr, STR_ARG(rest));
    if (local_parse((struct str){text, (size_t)n}, &local))
        return ERR_INVALID;
    *ret = (struct local){date, local.ms_of_day};
    return OK;
}

static struct instant instant_of(const struct eventlog_map *map, struct local t)
{
    if (map->zone)
        return zone_instant(map->zone, t);
    return (struct instant){(int64_t)t.date.day * 86400000 + t.ms_of_day};
}

enum err eventlog_time_parse(const struct eventlog_map *map, struct str s, struct instant *ret,
                             bool *ret_is_local)
{
    char text[TIME_TEXT_MAX];
    struct local local;
    struct date date;

    if (s.n >= TIME_TEXT_MAX)
        return ERR_INVALID;
    struct str iso = with_t(s, text);
    if (!instant_parse_rfc3339(iso, ret)) {
        *ret_is_local = false;
        return OK;
    }
    if (!date_parse(s, &date))
        local = local_at(date, 0, 0);
    else if (local_parse(iso, &local) &&
             (map->times != EVENTLOG_TIMES_DAY_FIRST || day_first_parse(s, &local)))
        return ERR_INVALID;
    *ret = instant_of(map, local);
    *ret_is_local = true;
    return OK;
}

struct instant eventlog_time_in_zone(const struct eventlog_map *map, struct instant utc)
{
    enum { MS_PER_DAY = 86400000 };
    int64_t ms_of_day = (utc.ms % MS_PER_DAY + MS_PER_DAY) % MS_PER_DAY;
    struct date date = {(int32_t)((utc.ms - ms_of_day) / MS_PER_DAY)};

    return instant_of(map, (struct local){date, (int32_t)ms_of_day});
}

struct str eventlog_local_note(const struct eventlog_map *map)
{
    return map->zone ? STR("a time without offset, read in the zone of the map")
                     : STR("a time without offset, read as UTC");
}

struct eventlog_values eventlog_values_none(void)
{
    struct eventlog_values v = {0};

    for (int i = 0; i < EVENTLOG_FIELD__COUNT; i++) {
        v.text[i] = STR("");
        v.time[i] = INSTANT_NEVER;
    }
    return v;
}

const char *eventlog_event_fault(const struct eventlog_values *v)
{
    if (str_is_empty(v->text[EVENTLOG_STEP]))
        return "an event without a step";
    if (str_is_empty(v->text[EVENTLOG_TIME]))
        return "an event without a time";
    return NULL;
}

struct eventlog_event eventlog_event_of(const struct eventlog_values *v, size_t line)
{
    return (struct eventlog_event){
        .line = line,
        .name = v->text[EVENTLOG_STEP],
        .time = v->time[EVENTLOG_TIME],
        .resource = v->text[EVENTLOG_OFFICER],
        .group = v->text[EVENTLOG_GROUP],
        .lifecycle = v->text[EVENTLOG_LIFECYCLE],
    };
}

struct eventlog_case eventlog_case_of(const struct eventlog_values *v, size_t line)
{
    return (struct eventlog_case){
        .line = line,
        .id = v->text[EVENTLOG_CASE],
        .unit = v->text[EVENTLOG_UNIT],
        .team = v->text[EVENTLOG_TEAM],
        .responsible = v->text[EVENTLOG_RESPONSIBLE],
        .channel = v->text[EVENTLOG_CHANNEL],
        .procedure = v->text[EVENTLOG_PROCEDURE],
        .title = v->text[EVENTLOG_TITLE],
        .start = v->time[EVENTLOG_START],
        .planned_end = v->time[EVENTLOG_PLANNED_END],
        .end = v->time[EVENTLOG_END],
    };
}

struct str eventlog_text(struct arena *a, struct str s)
{
    return str_copy(a, text_nfc(a, str_trim(s)));
}
