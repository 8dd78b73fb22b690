/* date_text.c - dates, instants and wall-clock times as text, in and out. */
#include "calendar/date.h"

enum { MS_PER_MINUTE = 60000, MS_PER_DAY = 86400000 };

/* What is left to read; every read_ function takes what it wants, or says false. */
struct reading {
    struct str rest;
};

static bool read_char(struct reading *r, char c)
{
    if (!r->rest.n || r->rest.p[0] != c)
        return false;
    r->rest = str_sub(r->rest, 1, r->rest.n);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Between `least` and `most` digits (at most nine), as many as there are. */
static bool read_digits(struct reading *r, int least, int most, int *ret, int *ret_count)
{
    int value = 0, n = 0;

    while (n < most && (size_t)n < r->rest.n && is_digit(r->rest.p[n]))
        value = value * 10 + (r->rest.p[n++] - '0');
    if (n < least)
        return false;
    r->rest = str_sub(r->rest, (size_t)n, r->rest.n);
    *ret = value;
    if (ret_count)
        *ret_count = n;
    return true;
}

static bool read_number(struct reading *r, int digits, int *ret)
{
    return read_digits(r, digits, digits, ret, NULL);
}

static bool read_date(struct reading *r, struct date *ret)
{
    struct civil c;

    if (!read_number(r, 4, &c.year) || !read_char(r, '-') || !read_number(r, 2, &c.month) ||
        !read_char(r, '-') || !read_number(r, 2, &c.day) || !date_is_valid(c))
        return false;
    *ret = date_of(c.year, c.month, c.day);
    return true;
}

/* "16:30", "16:30:05", "16:30:05.25": finer than milliseconds is cut off. */
static bool read_clock(struct reading *r, int32_t *ret_ms)
{
    int hour, minute, second = 0, ms = 0;

    if (!read_number(r, 2, &hour) || !read_char(r, ':') || !read_number(r, 2, &minute))
        return false;
    if (read_char(r, ':')) {
        int digits, rest;
        if (!read_number(r, 2, &second))
            return false;
        if (read_char(r, '.')) {
            if (!read_digits(r, 1, 3, &ms, &digits))
                return false;
            for (; digits < 3; digits++)
                ms *= 10;
            if (!read_digits(r, 0, 9, &rest, NULL))
                return false;
        }
    }
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *ret_ms = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    return true;
}

/* ---- dates ---- */

static struct str never_text(void)
{
    return STR("9999-12-31");
}

enum err date_parse(struct str s, struct date *ret)
{
    struct reading r = {s};
    struct date d;

    if (str_eq(s, never_text())) {
        *ret = DATE_NEVER;
        return OK;
    }
    if (!read_date(&r, &d) || r.rest.n)
        return ERR_INVALID;
    *ret = d;
    return OK;
}

/* 01072026 */
static bool read_typed_run(struct reading *r, struct civil *c)
{
    return read_number(r, 2, &c->day) && read_number(r, 2, &c->month) && read_number(r, 4, &c->year);
}

/* 1/7/2026: the same separator twice; a year of two or four digits. */
static bool read_typed_parts(struct reading *r, char separator, struct civil *c)
{
    int digits;

    if (!read_digits(r, 1, 2, &c->day, NULL) || !read_char(r, separator) ||
        !read_digits(r, 1, 2, &c->month, NULL) || !read_char(r, separator) ||
        !read_digits(r, 2, 4, &c->year, &digits) || digits == 3)
        return false;
    if (digits == 2)
        c->year += c->year < 70 ? 2000 : 1900;
    return true;
}

enum err date_parse_typed(struct str s, struct date *ret)
{
    static const char SEPARATORS[] = {'/', '-', '.'};
    struct str trimmed = str_trim(s);
    struct reading r = {trimmed};
    struct civil c;
    struct date d;

    if (read_date(&r, &d) && !r.rest.n) {
        *ret = d;
        return OK;
    }
    r.rest = trimmed;
    bool is_read = read_typed_run(&r, &c) && !r.rest.n;
    for (size_t i = 0; !is_read && i < sizeof SEPARATORS; i++) {
        r.rest = trimmed;
        is_read = read_typed_parts(&r, SEPARATORS[i], &c) && !r.rest.n;
    }
    if (!is_read || !date_is_valid(c))
        return ERR_INVALID;
    *ret = date_of(c.year, c.month, c.day);
    return OK;
}

struct str date_iso(struct arena *a, struct date d)
{
    struct civil c = date_civil(d);

    return str_format(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct str date_vietnamese(struct arena *a, struct date d)
{
    struct civil c = date_civil(d);

    return str_format(a, "%02d/%02d/%04d", c.day, c.month, c.year);
}

/* ---- wall-clock times ---- */

enum err local_parse(struct str s, struct local *ret)
{
    struct reading r = {s};
    struct local t;

    if (!read_date(&r, &t.date) || !read_char(&r, 'T') || !read_clock(&r, &t.ms_of_day) || r.rest.n)
        return ERR_INVALID;
    *ret = t;
    return OK;
}

struct str local_iso(struct arena *a, struct local t)
{
    struct civil c = date_civil(t.date);
    int second = t.ms_of_day / 1000;

    return str_format(a, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, second / 3600,
                      second / 60 % 60, second % 60);
}

/* ---- instants ---- */

static struct instant instant_of(struct local t, int offset_minutes)
{
    return (struct instant){(int64_t)t.date.day * MS_PER_DAY + t.ms_of_day -
                            (int64_t)offset_minutes * MS_PER_MINUTE};
}

/* Within DATE_MIN .. DATE_MAX also in UTC, so that it can be printed and read again. */
static bool instant_is_valid(struct instant t)
{
    return t.ms >= (int64_t)DATE_MIN.day * MS_PER_DAY &&
           t.ms < ((int64_t)DATE_MAX.day + 1) * MS_PER_DAY;
}

struct str instant_iso(struct arena *a, struct instant t)
{
    int64_t day = t.ms / MS_PER_DAY - (t.ms % MS_PER_DAY < 0);
    int ms = (int)(t.ms - day * MS_PER_DAY);
    struct civil c = date_civil((struct date){(int32_t)day});

    return str_format(a, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, ms / 3600000,
                      ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

enum err instant_parse(struct str s, struct instant *ret)
{
    struct reading r = {s};
    struct local t;

    if (str_eq(s, STR("9999-12-31T23:59:59.999Z"))) {
        *ret = INSTANT_NEVER;
        return OK;
    }
    if (s.n != INSTANT_TEXT || !read_date(&r, &t.date) || !read_char(&r, 'T') ||
        !read_clock(&r, &t.ms_of_day) || !read_char(&r, 'Z') || r.rest.n)
        return ERR_INVALID;
    *ret = instant_of(t, 0);
    return OK;
}

/* "Z", "+07:00", "-0330". */
static bool read_offset(struct reading *r, int *ret_minutes)
{
    int sign, hour, minute;

    if (read_char(r, 'Z') || read_char(r, 'z')) {
        *ret_minutes = 0;
        return true;
    }
    sign = read_char(r, '+') ? 1 : read_char(r, '-') ? -1 : 0;
    if (!sign || !read_number(r, 2, &hour))
        return false;
    read_char(r, ':');
    if (!read_number(r, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *ret_minutes = sign * (hour * 60 + minute);
    return true;
}

enum err instant_parse_rfc3339(struct str s, struct instant *ret)
{
    struct reading r = {s};
    struct local t;
    int offset;

    if (!read_date(&r, &t.date) || !(read_char(&r, 'T') || read_char(&r, 't') || read_char(&r, ' ')) ||
        !read_clock(&r, &t.ms_of_day) || !read_offset(&r, &offset) || r.rest.n)
        return ERR_INVALID;
    struct instant at = instant_of(t, offset);
    if (!instant_is_valid(at))
        return ERR_INVALID;
    *ret = at;
    return OK;
}
