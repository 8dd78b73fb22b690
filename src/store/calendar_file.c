#include "store/calendar_file.h"

#include "format/yaml.h"
#include "store/calendar.h"

static const struct str KINDS[] = {
    [DAY_HOLIDAY] = STR_INIT("holiday"),
    [DAY_COMPENSATORY_OFF] = STR_INIT("compensatory_off"),
    [DAY_SWAPPED_OFF] = STR_INIT("swapped_off"),
    [DAY_SWAPPED_WORK] = STR_INIT("swapped_work"),
    [DAY_CLOSED] = STR_INIT("closed"),
};
_Static_assert(sizeof KINDS / sizeof KINDS[0] == DAY__COUNT, "every kind of day has a code");

bool day_kind_find(struct str code, enum day_kind *ret)
{
    for (int i = 0; i < DAY__COUNT; i++) {
        if (str_eq(KINDS[i], code)) {
            *ret = (enum day_kind)i;
            return true;
        }
    }
    return false;
}

struct str day_kind_code(enum day_kind kind)
{
    return KINDS[kind];
}

static int day_cmp(const void *a, const void *b)
{
    return date_cmp(((const struct calendar_day *)a)->date, ((const struct calendar_day *)b)->date);
}

static enum err days_read(struct arena *a, struct json list, struct calendar *c, struct fault *fault)
{
    struct calendar_day *day = ARENA_ARRAY(a, struct calendar_day, json_length(list));
    size_t n = json_length(list);

    for (size_t i = 0; i < n; i++) {
        struct json one = json_at(list, i);
        if (date_parse(json_text(one, "date"), &day[i].date) || !day_kind_find(json_text(one, "kind"), &day[i].kind))
            return fault_at(a, fault, 0, ERR_INVALID, "day %zu has no date or no known kind", i + 1);
        day[i].name = json_text(one, "name");
        day[i].basis = json_text(one, "basis");
    }
    if (n)
        qsort(day, n, sizeof *day, day_cmp);
    for (size_t i = 1; i < n; i++)
        if (date_cmp(day[i - 1].date, day[i].date) == 0)
            return fault_at(a, fault, 0, ERR_INVALID, "%" PRIstr " stands twice", STR_ARG(date_iso(a, day[i].date)));
    c->day = day;
    c->day_count = n;
    return OK;
}

static enum err hours_read(struct arena *a, struct json list, struct calendar *c, struct fault *fault)
{
    size_t n = json_length(list);
    struct office_hours *hours = ARENA_ARRAY(a, struct office_hours, n);

    for (size_t i = 0; i < n; i++) {
        struct json one = json_at(list, i);
        if (date_parse(json_text(one, "valid_from"), &hours[i].valid_from) ||
            minute_parse(json_text(one, "cut_off"), &hours[i].cut_off) ||
            week_hours_parse(json_text(one, "work"), hours[i].work) ||
            week_hours_parse(json_text(one, "intake"), hours[i].intake))
            return fault_at(a, fault, 0, ERR_INVALID, "hours %zu are not of the form", i + 1);
        if (i && date_cmp(hours[i - 1].valid_from, hours[i].valid_from) >= 0)
            return fault_at(a, fault, 0, ERR_INVALID, "hours %zu begin before those above them", i + 1);
    }
    if (!n)
        return fault_at(a, fault, 0, ERR_INVALID, "there are no hours");
    c->hours = hours;
    c->hours_count = n;
    return OK;
}

enum err calendar_file_read(struct arena *a, struct str yaml, struct calendar *ret, struct fault *ret_fault)
{
    struct calendar c = {.code = STR_INIT("")};
    struct json doc;
    enum err err = yaml_parse(a, yaml, &doc, ret_fault);

    if (!err)
        err = days_read(a, json_get(doc, "days"), &c, ret_fault);
    if (!err)
        err = hours_read(a, json_get(doc, "hours"), &c, ret_fault);
    if (err)
        return err;
    c.code = json_text(doc, "code");
    *ret = c;
    return OK;
}
