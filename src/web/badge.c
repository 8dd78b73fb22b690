/* Words for dates, times, limits and what is left of them. */
#include "calendar/badge.h"

#include "calendar/classify.h"
#include "web/asset.h"
#include "web/web.h"

#include "view_page.h"

enum { MS_A_MINUTE = 60000, MINUTES_AN_HOUR = 60, HOURS_TO_NAME = 4 };

static const enum word WEEKDAYS[] = {
    [MONDAY] = WORD_COMMON_WEEKDAY_MONDAY,     [TUESDAY] = WORD_COMMON_WEEKDAY_TUESDAY,
    [WEDNESDAY] = WORD_COMMON_WEEKDAY_WEDNESDAY, [THURSDAY] = WORD_COMMON_WEEKDAY_THURSDAY,
    [FRIDAY] = WORD_COMMON_WEEKDAY_FRIDAY,     [SATURDAY] = WORD_COMMON_WEEKDAY_SATURDAY,
    [SUNDAY] = WORD_COMMON_WEEKDAY_SUNDAY,
};

struct str web_day(const struct web *w, struct date d)
{
    return date_cmp(d, DATE_NEVER) == 0 ? STR("") : date_vietnamese(w->ctx->arena, d);
}

struct str web_day_long(const struct web *w, struct date d)
{
    struct arena *a = w->ctx->arena;

    if (date_cmp(d, DATE_NEVER) == 0)
        return STR("");
    struct str part[] = {word(w->ctx->lang, WEEKDAYS[date_weekday(d)]), date_vietnamese(a, d)};
    return word_format(a, w->ctx->lang, WORD_COMMON_DATE_WITH_WEEKDAY, part, 2);
}

struct str web_clock(const struct web *w, struct local t)
{
    int minute = t.ms_of_day / MS_A_MINUTE;

    return str_format(w->ctx->arena, "%d:%02d", minute / MINUTES_AN_HOUR, minute % MINUTES_AN_HOUR);
}

struct str web_moment(const struct web *w, struct local t)
{
    if (date_cmp(t.date, DATE_NEVER) == 0)
        return STR("");
    return str_format(w->ctx->arena, "%" PRIstr " %" PRIstr, STR_ARG(web_day(w, t.date)), STR_ARG(web_clock(w, t)));
}

struct str web_hours(const struct web *w, int64_t minutes)
{
    struct arena *a = w->ctx->arena;
    struct str value[] = {word_int(a, w->ctx->lang, minutes / 60), word_int(a, w->ctx->lang, minutes % 60)};

    if (minutes >= 60 && minutes % 60)
        return word_format(a, w->ctx->lang, WORD_DOSSIER_PAGE_HOURS, value, 2);
    return minutes >= 60 ? word_format(a, w->ctx->lang, WORD_DOSSIER_PAGE_HOURS_WHOLE, value, 1)
                         : word_format(a, w->ctx->lang, WORD_DOSSIER_PAGE_MINUTES, value + 1, 1);
}

struct str web_limit(const struct web *w, struct limit limit)
{
    static const enum word LABELS[] = {
        [LIMIT_WORKING_DAYS] = WORD_COMMON_DAYS_WORK,
        [LIMIT_CALENDAR_DAYS] = WORD_COMMON_DAYS,
        [LIMIT_WORKING_HOURS] = WORD_PAGE_LIMIT_HOURS,
        [LIMIT_SAME_DAY] = WORD_PAGE_LIMIT_SAME_DAY,
        [LIMIT_MONTHS] = WORD_PAGE_LIMIT_MONTHS,
    };
    _Static_assert(sizeof LABELS / sizeof LABELS[0] == LIMIT__COUNT, "every unit has a word");
    struct str n = word_int(w->ctx->arena, w->ctx->lang, limit.length);

    return word_format(w->ctx->arena, w->ctx->lang, LABELS[limit.unit], &n, 1);
}

/* ---- badges ---- */

static struct str say(const struct web *w, enum word word, struct str arg)
{
    return word_format(w->ctx->arena, w->ctx->lang, word, &arg, 1);
}

static struct str number(const struct web *w, int64_t n)
{
    return word_int(w->ctx->arena, w->ctx->lang, n);
}

static struct web_badge due_today(const struct web *w, const struct badge *b)
{
    int64_t hours = b->minutes / MINUTES_AN_HOUR;
    struct str text = b->minutes < 0           ? word(w->ctx->lang, WORD_PAGE_BADGE_TODAY_PASSED)
                      : hours == 0             ? say(w, WORD_PAGE_BADGE_MINUTES, number(w, b->minutes))
                      : hours < HOURS_TO_NAME  ? say(w, WORD_PAGE_BADGE_HOURS, number(w, hours))
                                               : say(w, WORD_PAGE_BADGE_TODAY, web_clock(w, b->due));

    return (struct web_badge){STR("sap"), STR("clock-alert"), text};
}

struct web_badge web_badge(const struct web *w, const struct badge *b)
{
    switch (b->kind) {
    case BADGE_LEFT:
        return (struct web_badge){b->days <= 1 ? STR("sap") : STR("dung"),
                                  b->days <= 1 ? STR("clock-alert") : STR("circle-check"),
                                  say(w, WORD_PAGE_BADGE_LEFT, number(w, b->days))};
    case BADGE_DUE_TODAY:
        return due_today(w, b);
    case BADGE_LATE:
        return (struct web_badge){STR("qua"), STR("octagon-alert"),
                                  b->days ? say(w, WORD_PAGE_BADGE_LATE, number(w, b->days))
                                          : word(w->ctx->lang, WORD_PAGE_BADGE_LATE_NOW)};
    case BADGE__COUNT:
        break;
    }
    BUG("badge kind %d", (int)b->kind);
}

struct web_badge web_badge_paused(const struct web *w, struct local since)
{
    struct str text = date_cmp(since.date, DATE_NEVER) == 0
                          ? word(w->ctx->lang, WORD_PAGE_BADGE_PAUSED)
                          : say(w, WORD_PAGE_BADGE_PAUSED_SINCE, web_day(w, since.date));

    return (struct web_badge){STR("tam"), STR("circle-pause"), text};
}

struct web_badge web_badge_ended(const struct web *w, struct date due, struct date finished)
{
    int late = date_cmp(due, DATE_NEVER) == 0 ? -2 : date_cmp(finished, due);

    if (late == -2)
        return (struct web_badge){STR("tron"), STR("ban"), word(w->ctx->lang, WORD_PAGE_BADGE_ENDED)};
    if (late > 0)
        return (struct web_badge){STR("qua"), STR("octagon-alert"), word(w->ctx->lang, WORD_PAGE_BADGE_DONE_LATE)};
    return (struct web_badge){STR("dung"), STR("check"),
                              word(w->ctx->lang, late < 0 ? WORD_PAGE_BADGE_DONE_EARLY : WORD_PAGE_BADGE_DONE_ON_TIME)};
}

struct url web_icon(const struct web *w, struct str name)
{
    return url_at(w->ctx->arena, asset_url(ASSET_ICONS_SVG), name);
}

struct html web_badge_html(const struct web *w, struct web_badge b)
{
    struct html_out o = web_out(w);

    view_badge(&o, &(struct view_badge){.class = b.class, .sign = web_icon(w, b.icon), .text = b.text});
    return html_done(&o);
}
