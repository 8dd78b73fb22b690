#include "calendar/date.h"

enum { DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400, DAYS_TO_EPOCH = 719468 }; /* 0000-03-01 to 1970-01-01 */

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

/* Years are taken from March on, so that the leap day is the last of its year, and in eras of 400
 * years, which are all alike. */
static int32_t day_of(struct civil c)
{
    int year = c.month <= 2 ? c.year - 1 : c.year;
    int era = floor_div(year, YEARS_PER_ERA);
    int of_era = year - era * YEARS_PER_ERA;
    int month = (c.month + 9) % 12;
    int of_year = (153 * month + 2) / 5 + c.day - 1;

    return era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_EPOCH;
}

struct civil date_civil(struct date d)
{
    int day = d.day + DAYS_TO_EPOCH;
    int era = floor_div(day, DAYS_PER_ERA);
    int of_era = day - era * DAYS_PER_ERA;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153;
    struct civil c = {
        .year = year + era * YEARS_PER_ERA + (month >= 10),
        .month = month < 10 ? month + 3 : month - 9,
        .day = of_year - (153 * month + 2) / 5 + 1,
    };

    return c;
}

static int month_length(int year, int month)
{
    static const int LENGTH[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return LENGTH[month - 1] + (month == 2 && is_leap);
}

bool date_is_valid(struct civil c)
{
    if (c.year < 1800 || c.year > 2299 || c.month < 1 || c.month > 12)
        return false;
    return c.day >= 1 && c.day <= month_length(c.year, c.month);
}

struct date date_of(int year, int month, int day)
{
    struct civil c = {year, month, day};

    if (!date_is_valid(c))
        BUG("no such date: %d-%d-%d", year, month, day);
    return (struct date){day_of(c)};
}

enum weekday date_weekday(struct date d)
{
    /* 1970-01-01 was a Thursday. */
    return (enum weekday)(d.day + THURSDAY - floor_div(d.day + THURSDAY, 7) * 7);
}

int date_cmp(struct date a, struct date b)
{
    return (a.day > b.day) - (a.day < b.day);
}

struct date date_add_days(struct date d, int days)
{
    return (struct date){d.day + days};
}

struct date date_add_months(struct date d, int months)
{
    struct civil c = date_civil(d);
    int month = c.year * 12 + c.month - 1 + months;

    c.year = floor_div(month, 12);
    c.month = month - c.year * 12 + 1;
    if (c.day > month_length(c.year, c.month))
        c.day = month_length(c.year, c.month);
    return (struct date){day_of(c)};
}

int instant_cmp(struct instant a, struct instant b)
{
    return (a.ms > b.ms) - (a.ms < b.ms);
}

int local_cmp(struct local a, struct local b)
{
    int days = date_cmp(a.date, b.date);

    return days ? days : (a.ms_of_day > b.ms_of_day) - (a.ms_of_day < b.ms_of_day);
}

struct local local_at(struct date d, int hour, int minute)
{
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
        BUG("no such time: %d:%d", hour, minute);
    return (struct local){d, (hour * 60 + minute) * 60000};
}
