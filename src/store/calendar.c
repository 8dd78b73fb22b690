#include "store/calendar.h"

#include "sql_calendar.h"

static const char *const DAYS[7] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

enum err minute_parse(struct str text, int *ret)
{
    struct str rest = text, hour, minute;
    int64_t h, m;

    if (!str_split(&rest, ':', &hour) || !str_split(&rest, ':', &minute) || rest.n || hour.n > 2 || minute.n != 2)
        return ERR_INVALID;
    if (str_parse_int(hour, 0, 24, &h) || str_parse_int(minute, 0, 59, &m) || h * 60 + m > 24 * 60)
        return ERR_INVALID;
    *ret = (int)(h * 60 + m);
    return OK;
}

static enum err shift_parse(struct str text, struct shift *ret)
{
    struct str rest = text, from, to;
    int from_minute, to_minute;

    if (!str_split(&rest, '-', &from) || !str_split(&rest, '-', &to) || rest.n)
        return ERR_INVALID;
    if (minute_parse(from, &from_minute) || minute_parse(to, &to_minute) || from_minute >= to_minute)
        return ERR_INVALID;
    *ret = (struct shift){(int16_t)from_minute, (int16_t)to_minute};
    return OK;
}

static enum err day_parse(struct str text, struct day_hours week[7], bool seen[7])
{
    struct str rest = str_trim(text), word;

    if (!str_split(&rest, ' ', &word))
        return OK; /* nothing between two semicolons */
    int day = 0;
    while (day < 7 && !str_eq(word, str_of(DAYS[day])))
        day++;
    if (day == 7 || seen[day])
        return ERR_INVALID;
    seen[day] = true;
    struct day_hours hours = {.count = 0};
    while (str_split(&rest, ' ', &word)) {
        if (str_is_empty(word))
            continue;
        if (hours.count == SHIFT_MAX || shift_parse(word, &hours.shift[hours.count]))
            return ERR_INVALID;
        if (hours.count && hours.shift[hours.count - 1].to > hours.shift[hours.count].from)
            return ERR_INVALID;
        hours.count++;
    }
    week[day] = hours;
    return OK;
}

enum err week_hours_parse(struct str text, struct day_hours ret[7])
{
    struct day_hours week[7] = {{.count = 0}};
    bool seen[7] = {false};
    struct str rest = text, piece;

    while (str_split(&rest, ';', &piece))
        if (day_parse(piece, week, seen))
            return ERR_INVALID;
    memcpy(ret, week, sizeof week);
    return OK;
}

struct str week_hours_text(struct arena *a, const struct day_hours week[7])
{
    struct buf b = buf_in(a);

    for (int day = 0; day < 7; day++) {
        if (!week[day].count)
            continue;
        buf_format(&b, "%s%s", b.n ? "; " : "", DAYS[day]);
        for (int i = 0; i < week[day].count; i++) {
            struct shift s = week[day].shift[i];
            buf_format(&b, " %02d:%02d-%02d:%02d", s.from / 60, s.from % 60, s.to / 60, s.to % 60);
        }
    }
    return buf_str(&b);
}

static enum err days_load(struct db *db, struct arena *a, int64_t id, struct calendar *c)
{
    struct q_calendar_days *row;
    size_t count;
    enum err err = q_calendar_days(db, a, id, &row, &count);

    if (err)
        return err;
    struct calendar_day *day = ARENA_ARRAY(a, struct calendar_day, count);
    for (size_t i = 0; i < count; i++) {
        if (date_parse(row[i].day, &day[i].date) || row[i].kind < 0 || row[i].kind >= DAY__COUNT)
            return ERR_STORE;
        day[i].kind = (enum day_kind)row[i].kind;
        day[i].name = row[i].name;
        day[i].basis = row[i].basis;
    }
    c->day = day;
    c->day_count = count;
    return OK;
}

static enum err hours_load(struct db *db, struct arena *a, int64_t id, struct calendar *c)
{
    struct q_calendar_hours *row;
    size_t count;
    enum err err = q_calendar_hours(db, a, id, &row, &count);

    if (err)
        return err;
    if (count == 0)
        return ERR_STORE; /* a calendar is made together with its hours */
    struct office_hours *hours = ARENA_ARRAY(a, struct office_hours, count);
    for (size_t i = 0; i < count; i++) {
        if (date_parse(row[i].valid_from, &hours[i].valid_from) ||
            week_hours_parse(row[i].work, hours[i].work) || week_hours_parse(row[i].intake, hours[i].intake))
            return ERR_STORE;
        hours[i].cut_off = (int)row[i].cut_off;
    }
    c->hours = hours;
    c->hours_count = count;
    return OK;
}

enum err store_calendar_load(struct db *db, struct arena *a, int64_t id, struct calendar *ret)
{
    struct q_calendar_by_id head;
    struct calendar c = {.code = STR_INIT("")};
    enum err err = q_calendar_by_id(db, a, id, &head);

    if (!err)
        err = days_load(db, a, id, &c);
    if (!err)
        err = hours_load(db, a, id, &c);
    if (err)
        return err;
    c.code = head.code;
    *ret = c;
    return OK;
}
