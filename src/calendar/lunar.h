/* lunar.h - the Vietnamese lunar calendar (âm lịch).
 *
 * Pure. Computed, not looked up: a month begins on the day of the new moon; the month in which the
 * sun passes 270° (the winter solstice) is the 11th; where thirteen months lie between two of them,
 * the first in which the sun passes no multiple of 30° is a leap month with the number of the month
 * before. Days are those of UTC+7, which is why Tết can fall on another day than in China (2030).
 *
 * The rule of 1968 is applied to all years, so earlier dates may differ from old printed calendars.
 * New moons are good to about half a minute; the change of the earth's rotation after today is a
 * guess of the same size. Which days around Tết are off is decided every year by the Government:
 * that is data (data/calendars), and no holiday is derived from here. */
#ifndef CALENDAR_LUNAR_H
#define CALENDAR_LUNAR_H

#include "calendar/date.h"

enum { LUNAR_YEAR_MIN = 1901, LUNAR_YEAR_MAX = 2199 };

struct lunar {
    int year;     /* the year that begins with Tết: 2018 is Mậu Tuất */
    int month;    /* 1 .. 12 */
    int day;      /* 1 .. 30 */
    bool is_leap; /* the second month of that number */
};

/* The lunar date of a day. ERR_LIMIT: outside the lunar years LUNAR_YEAR_MIN .. LUNAR_YEAR_MAX. */
enum err lunar_of(struct date d, struct lunar *ret) MUST_CHECK;

/* The day of a lunar date. ERR_INVALID: there is none (a 30th in a month of 29 days, a leap month in
 * another year); ERR_LIMIT: year outside the limits. */
enum err lunar_date(struct lunar l, struct date *ret) MUST_CHECK;

/* Mùng 1 Tết, and Giỗ Tổ Hùng Vương (10th of the 3rd month). ERR_LIMIT as above. */
enum err lunar_tet(int year, struct date *ret) MUST_CHECK;
enum err lunar_gio_to(int year, struct date *ret) MUST_CHECK;

#endif
