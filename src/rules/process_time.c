/* The times that a drawing gives: timers and escalations. */
#include "rules/process.h"

enum { DAYS_OF_WEEK = 5, AMOUNT_MAX = 3660, ESCALATE_MAX = 1000000 };

/* One "<number><letter>" from the front; false when there is none. */
static bool amount(struct str *rest, int64_t *ret, char *ret_letter)
{
    size_t n = 0;

    while (n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9')
        n++;
    if (n == rest->n || str_parse_int(str_sub(*rest, 0, n), 0, AMOUNT_MAX, ret))
        return false;
    *ret_letter = rest->p[n];
    *rest = str_sub(*rest, n + 1, rest->n);
    return true;
}

/* Units in the order in which they must stand, before and after "T". */
static const struct unit {
    char letter;
    bool is_time;
    int64_t days, minutes;
} UNITS[] = {{'W', false, DAYS_OF_WEEK, 0}, {'D', false, 1, 0}, {'H', true, 0, 60}, {'M', true, 0, 1}};

static enum err duration(struct str rest, struct timer_wait *ret)
{
    struct timer_wait w = {.days = 0};
    size_t next = 0;
    bool is_time = false, any = false;
    int64_t n;
    char letter;

    while (rest.n) {
        if (rest.p[0] == 'T' && !is_time) {
            is_time = true;
            rest = str_sub(rest, 1, rest.n);
        }
        if (!amount(&rest, &n, &letter))
            return ERR_INVALID;
        while (next < sizeof UNITS / sizeof UNITS[0] && (UNITS[next].letter != letter || UNITS[next].is_time != is_time))
            next++;
        if (next == sizeof UNITS / sizeof UNITS[0])
            return ERR_INVALID;
        w.days += n * UNITS[next].days;
        w.minutes += n * UNITS[next++].minutes;
        any = true;
    }
    if (!any || (!w.days && !w.minutes))
        return ERR_INVALID;
    *ret = w;
    return OK;
}

enum err timer_wait_parse(struct str text, struct timer_wait *ret)
{
    struct timer_wait w = {.is_moment = true};

    if (str_has_prefix(text, STR("P")))
        return duration(str_sub(text, 1, text.n), ret);
    if (local_parse(text, &w.moment))
        return ERR_INVALID;
    *ret = w;
    return OK;
}

enum err escalation_parse(struct str text, struct str *ret_role, int64_t *ret_minutes)
{
    struct str rest = text, role;

    if (!str_split(&rest, ':', &role) || str_is_empty(role) || str_is_empty(rest))
        return ERR_INVALID;
    if (str_parse_int(rest, -ESCALATE_MAX, ESCALATE_MAX, ret_minutes))
        return ERR_INVALID;
    *ret_role = role;
    return OK;
}
