#include "calendar/lunar.h"

#include <math.h>

#include "calendar/sky.h"

static const double OF_THE_ZONE = 7.0 / 24.0; /* Vietnam's days begin so much before those of UTC */

/* Months are counted by their new moons, as sky_new_moon does. */
static int32_t month_start(int k)
{
    return (int32_t)floor(sky_new_moon(k) + OF_THE_ZONE);
}

/* The month that `day` lies in. */
static int month_of(int32_t day)
{
    int k = (int)floor((day - 10962.6) / 29.530588861); /* right, or one off */

    while (month_start(k) > day)
        k--;
    while (month_start(k + 1) <= day)
        k++;
    return k;
}

/* In which twelfth of its way the sun stands as `day` begins: 9 from the winter solstice on. */
static int sun_sign(int32_t day)
{
    return (int)(sky_sun_longitude(day - OF_THE_ZONE) / 30.0);
}

/* The 11th month that begins in the solar year: the one with the winter solstice. */
static int eleventh_month(int year)
{
    int k = month_of(date_of(year, 12, 31).day);

    return sun_sign(month_start(k)) >= 9 ? k - 1 : k;
}

/* The months from one 11th to the next. */
struct span {
    int year;  /* of the first month */
    int first; /* its number by new moons */
    int leap;  /* which one is a leap month, counted from the first; 0: none */
};

static struct span span_from(int year)
{
    struct span s = {year, eleventh_month(year), 0};

    if (eleventh_month(year + 1) - s.first == 12)
        return s;
    do {
        s.leap++;
    } while (sun_sign(month_start(s.first + s.leap)) != sun_sign(month_start(s.first + s.leap + 1)));
    return s;
}

enum err lunar_of(struct date d, struct lunar *ret)
{
    int year = date_civil(d).year;

    if (year < LUNAR_YEAR_MIN || year > LUNAR_YEAR_MAX + 1)
        return ERR_LIMIT;
    int k = month_of(d.day);
    struct span s = span_from(k < eleventh_month(year) ? year - 1 : year);
    int n = k - s.first;
    struct lunar l = {.day = d.day - month_start(k) + 1, .is_leap = s.leap && n == s.leap};
    if (s.leap && n >= s.leap)
        n--;
    l.month = (n + 10) % 12 + 1;
    l.year = s.year + (n >= 2);
    if (l.year < LUNAR_YEAR_MIN || l.year > LUNAR_YEAR_MAX)
        return ERR_LIMIT;
    *ret = l;
    return OK;
}

enum err lunar_date(struct lunar l, struct date *ret)
{
    if (l.year < LUNAR_YEAR_MIN || l.year > LUNAR_YEAR_MAX)
        return ERR_LIMIT;
    if (l.month < 1 || l.month > 12 || l.day < 1)
        return ERR_INVALID;
    struct span s = span_from(l.month >= 11 ? l.year : l.year - 1);
    int n = (l.month + 1) % 12;
    if (l.is_leap) {
        if (s.leap == 0 || n + 1 != s.leap)
            return ERR_INVALID;
        n = s.leap;
    } else if (s.leap && n >= s.leap) {
        n++;
    }
    int32_t start = month_start(s.first + n);
    if (start + l.day > month_start(s.first + n + 1))
        return ERR_INVALID;
    *ret = (struct date){start + l.day - 1};
    return OK;
}

enum err lunar_tet(int year, struct date *ret)
{
    return lunar_date((struct lunar){year, 1, 1, false}, ret);
}

enum err lunar_gio_to(int year, struct date *ret)
{
    return lunar_date((struct lunar){year, 3, 10, false}, ret);
}
