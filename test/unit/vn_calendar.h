/* vn_calendar.h - data/calendars/vn.yaml as a calendar, for suites. */
#ifndef TEST_VN_CALENDAR_H
#define TEST_VN_CALENDAR_H

#include "test.h"

#include "calendar/deadline.h"
#include "format/yaml.h"

static inline struct str file_read(struct arena *a, const char *path)
{
    struct buf out = buf_in(a);
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "rb");

    if (!f)
        return (struct str){NULL, 0};
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_put(&out, (struct str){chunk, n});
    fclose(f);
    return buf_str(&out);
}

/* "07:30" as minutes. */
static inline int16_t minute_of(struct str s)
{
    int64_t hour, minute;

    assert_int_equal(s.n, 5);
    assert_err(str_parse_int(str_sub(s, 0, 2), 0, 24, &hour), OK);
    assert_err(str_parse_int(str_sub(s, 3, 2), 0, 59, &minute), OK);
    return (int16_t)(hour * 60 + minute);
}

/* "mon 07:30-11:30 13:00-16:30; sat 07:30-11:30" */
static inline void week_of(struct str text, struct day_hours week[7])
{
    static const char *const NAMES[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    struct str part, word;

    while (str_split(&text, ';', &part)) {
        struct day_hours *day = NULL;
        part = str_trim(part);
        str_split(&part, ' ', &word);
        for (int i = 0; i < 7; i++)
            if (str_eq(word, str_of(NAMES[i])))
                day = &week[i];
        assert_non_null(day);
        while (str_split(&part, ' ', &word)) {
            assert_true(day->count < SHIFT_MAX);
            assert_int_equal(word.n, 11);
            day->shift[day->count++] =
                (struct shift){minute_of(str_sub(word, 0, 5)), minute_of(str_sub(word, 6, 5))};
        }
    }
}

static inline enum day_kind day_kind_of(struct str name)
{
    static const char *const NAMES[] = {
        [DAY_HOLIDAY] = "holiday",           [DAY_COMPENSATORY_OFF] = "compensatory_off",
        [DAY_SWAPPED_OFF] = "swapped_off",   [DAY_SWAPPED_WORK] = "swapped_work",
        [DAY_CLOSED] = "closed",
    };
    int kind = 0;

    while (kind < DAY__COUNT && !str_eq(name, str_of(NAMES[kind])))
        kind++;
    assert_true(kind < DAY__COUNT);
    return (enum day_kind)kind;
}

static inline struct calendar vn_calendar(struct arena *a)
{
    struct json file;
    struct fault fault;
    struct str text = file_read(a, SOURCE_ROOT "/data/calendars/vn.yaml");

    assert_non_null(text.p);
    assert_err(yaml_parse(a, text, &file, &fault), OK);
    struct json days = json_get(file, "days"), hours = json_get(file, "hours");
    struct calendar_day *day = ARENA_ARRAY(a, struct calendar_day, json_length(days));
    for (size_t i = 0; i < json_length(days); i++) {
        struct json d = json_at(days, i);
        assert_err(date_parse(json_text(d, "date"), &day[i].date), OK);
        day[i].kind = day_kind_of(json_text(d, "kind"));
        day[i].name = json_text(d, "name");
        day[i].basis = json_text(d, "basis");
    }
    struct office_hours *office = ARENA_ARRAY(a, struct office_hours, json_length(hours));
    for (size_t i = 0; i < json_length(hours); i++) {
        struct json h = json_at(hours, i);
        assert_err(date_parse(json_text(h, "valid_from"), &office[i].valid_from), OK);
        office[i].cut_off = minute_of(json_text(h, "cut_off"));
        week_of(json_text(h, "work"), office[i].work);
        week_of(json_text(h, "intake"), office[i].intake);
    }
    return (struct calendar){json_text(file, "code"), day, json_length(days), office, json_length(hours)};
}

#endif
