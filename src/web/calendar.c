/* The working calendar of a year. Changing it: calendar_change.c. */
#include "acts/calendar.h"

#include "store/calendar.h"
#include "view_calendar.h"
#include "web/calendar.h"
#include "web/url.h"

enum { YEAR_MIN = 1990, YEAR_MAX = 2100 };

static const struct http_field YEAR_FIELDS[] = {{.name = "nam", .max = 4}, {.name = "lich", .max = 20}, {NULL}};

static const enum word MONTHS[] = {
    WORD_COMMON_MONTH_01, WORD_COMMON_MONTH_02, WORD_COMMON_MONTH_03, WORD_COMMON_MONTH_04,
    WORD_COMMON_MONTH_05, WORD_COMMON_MONTH_06, WORD_COMMON_MONTH_07, WORD_COMMON_MONTH_08,
    WORD_COMMON_MONTH_09, WORD_COMMON_MONTH_10, WORD_COMMON_MONTH_11, WORD_COMMON_MONTH_12,
};
static const enum word WEEKDAYS[] = {
    WORD_COMMON_WEEKDAY_MONDAY, WORD_COMMON_WEEKDAY_TUESDAY,  WORD_COMMON_WEEKDAY_WEDNESDAY, WORD_COMMON_WEEKDAY_THURSDAY,
    WORD_COMMON_WEEKDAY_FRIDAY, WORD_COMMON_WEEKDAY_SATURDAY, WORD_COMMON_WEEKDAY_SUNDAY,
};
/* How a day looks; mc.css. */
static const struct str LOOKS[] = {
    [DAY_HOLIDAY] = STR_INIT("le"),       [DAY_COMPENSATORY_OFF] = STR_INIT("bu"), [DAY_SWAPPED_OFF] = STR_INIT("doi"),
    [DAY_SWAPPED_WORK] = STR_INIT("lam"), [DAY_CLOSED] = STR_INIT("dong"),
};

struct url calendar_url(const struct web *w, int64_t calendar, int year)
{
    struct url url = url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/qt/lich"), "nam", year);

    return url_with_int(w->ctx->arena, url, "lich", calendar);
}

/* ---- months ---- */

struct year {
    struct web *w;
    const struct calendar *calendar;
    int year;
    int64_t working, off;
};

static struct view_calendar_cell cell_of(struct year *y, struct date d)
{
    const struct calendar_day *named = calendar_day_find(y->calendar, d);
    bool works = calendar_is_working_day(y->calendar, d);
    struct view_calendar_cell cell = {
        .day = form_number(y->w, date_civil(d).day),
        .look = named ? LOOKS[named->kind] : works ? STR("thuong") : STR("tuan"),
        .name = named ? named->name : STR(""),
        .is_day = true,
    };

    y->working += works;
    y->off += !works;
    return cell;
}

static struct view_calendar_month month_of(struct year *y, int month)
{
    struct arena *a = y->w->ctx->arena;
    struct date first = date_of(y->year, month, 1), next = date_add_months(first, 1);
    size_t lead = (size_t)date_weekday(first), days = (size_t)(next.day - first.day), weeks = (lead + days + 6) / 7;
    struct view_calendar_week *week = ARENA_ARRAY(a, struct view_calendar_week, weeks);

    for (size_t i = 0; i < weeks; i++) {
        struct view_calendar_cell *cell = ARENA_ARRAY(a, struct view_calendar_cell, 7);
        for (size_t k = 0; k < 7; k++)
            if (i * 7 + k >= lead && i * 7 + k < lead + days)
                cell[k] = cell_of(y, date_add_days(first, (int)(i * 7 + k - lead)));
        week[i] = (struct view_calendar_week){cell, 7};
    }
    return (struct view_calendar_month){form_say(y->w, MONTHS[month - 1]), week, weeks};
}

static struct view_calendar_other *others(const struct web *w, const struct act_calendar_view *c, int year)
{
    struct view_calendar_other *other = ARENA_ARRAY(w->ctx->arena, struct view_calendar_other, c->choice_count);

    for (size_t i = 0; i < c->choice_count; i++)
        other[i] = (struct view_calendar_other){calendar_url(w, c->choice[i].id, year), c->choice[i].name,
                                                c->choice[i].id == c->id};
    return other;
}

static void put_year(struct year *y, struct html_out *o, const struct act_calendar_view *c)
{
    struct web *w = y->w;
    struct view_calendar_month *month = ARENA_ARRAY(w->ctx->arena, struct view_calendar_month, 12);

    for (int m = 1; m <= 12; m++)
        month[m - 1] = month_of(y, m);
    view_calendar_year(o, &(struct view_calendar_year){
                              .year = form_number(w, y->year),
                              .before = calendar_url(w, c->id, y->year - 1),
                              .before_year = form_number(w, y->year - 1),
                              .after = calendar_url(w, c->id, y->year + 1),
                              .after_year = form_number(w, y->year + 1),
                              .working = y->working,
                              .off = y->off,
                              .other = others(w, c, y->year),
                              .other_count = c->choice_count > 1 ? c->choice_count : 0,
                              .month = month,
                              .month_count = 12,
                          });
}

/* ---- named days, hours ---- */

static void put_named(struct year *y, struct html_out *o, const struct act_calendar_view *c)
{
    struct web *w = y->w;
    struct arena *a = w->ctx->arena;
    struct view_calendar_day *row = ARENA_ARRAY(a, struct view_calendar_day, c->calendar.day_count);
    struct html_out table = web_out(w);
    size_t n = 0;

    for (size_t i = 0; i < c->calendar.day_count; i++) {
        const struct calendar_day *d = &c->calendar.day[i];
        if (date_civil(d->date).year != y->year)
            continue;
        struct url page = url_with_int(a, URL_PATH(a, "/qt/lich/ngay"), "lich", c->id);
        row[n++] = (struct view_calendar_day){
            .date = web_day_long(w, d->date),
            .kind = form_say(w, day_kind_word(d->kind)),
            .look = LOOKS[d->kind],
            .name = d->name,
            .basis = d->basis,
            .page = url_with(a, page, "day", date_vietnamese(a, d->date)),
            .may_edit = c->may_edit,
        };
    }
    view_calendar_named(&table, &(struct view_calendar_named){row, n});
    form_card(o, WORD_CALENDAR_NAMED, html_done(&table));
}

static struct str shifts_text(struct arena *a, const struct day_hours *h)
{
    struct buf b = buf_in(a);

    for (int i = 0; i < h->count; i++)
        buf_format(&b, "%s%d:%02d–%d:%02d", i ? ", " : "", h->shift[i].from / 60, h->shift[i].from % 60,
                   h->shift[i].to / 60, h->shift[i].to % 60);
    return b.n ? buf_str(&b) : STR("");
}

static void put_hours(struct web *w, struct html_out *o, const struct act_calendar_view *c)
{
    struct arena *a = w->ctx->arena;
    struct html_out all = web_out(w);

    for (size_t i = c->calendar.hours_count; i-- > 0;) { /* newest first */
        const struct office_hours *h = &c->calendar.hours[i];
        struct view_calendar_shift *shift = ARENA_ARRAY(a, struct view_calendar_shift, 7);
        for (int day = 0; day < 7; day++)
            shift[day] = (struct view_calendar_shift){form_say(w, WEEKDAYS[day]), shifts_text(a, &h->work[day]),
                                                      shifts_text(a, &h->intake[day])};
        view_calendar_hours(&all, &(struct view_calendar_hours){
                                      date_vietnamese(a, h->valid_from),
                                      str_format(a, "%d:%02d", h->cut_off / 60, h->cut_off % 60), shift, 7});
    }
    form_card(o, WORD_CALENDAR_HOURS, html_done(&all));
}

static enum err show_year(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct act_calendar_view c = {.id = web_int(w, "lich", 0, INT64_MAX, 0)};
    struct html_out o = web_out(w);
    enum err err = act_calendar_view(&c, w->ctx);

    if (err)
        return err;
    int now = date_civil(ctx_today(w->ctx)).year;
    struct year y = {w, &c.calendar, (int)web_int(w, "nam", YEAR_MIN, YEAR_MAX, now), 0, 0};
    struct view_form_link link[3] = {
        {url_with_int(a, URL_PATH(a, "/qt/lich/ngay"), "lich", c.id), form_say(w, WORD_CALENDAR_SET_DAY), false},
        {url_with_int(a, URL_PATH(a, "/qt/lich/gio"), "lich", c.id), form_say(w, WORD_CALENDAR_SET_HOURS), true},
        {URL_PATH(a, "/qt/lich/moi"), form_say(w, WORD_CALENDAR_ADD), true},
    };
    struct form_head head = {.heading = WORD_CALENDAR_TITLE, .sub = c.head.name, .link = link,
                             .link_count = c.may_edit ? 3 : 0};
    form_head(&o, w, &head);
    put_year(&y, &o, &c);
    put_named(&y, &o, &c);
    put_hours(w, &o, &c);
    return web_staff_page(w, MENU_CALENDAR, form_say(w, WORD_CALENDAR_TITLE), html_done(&o));
}

const struct web_route ROUTES_CALENDAR[] = {
    {HTTP_GET, "/qt/lich", WEB_STAFF, YEAR_FIELDS, show_year},
    {HTTP_GET, "/qt/lich/ngay", WEB_STAFF, CALENDAR_DAY_FIELDS, calendar_show_day},
    {HTTP_POST, "/qt/lich/ngay", WEB_STAFF, CALENDAR_DAY_FIELDS, calendar_set_day},
    {HTTP_GET, "/qt/lich/gio", WEB_STAFF, CALENDAR_HOURS_FIELDS, calendar_show_hours},
    {HTTP_POST, "/qt/lich/gio", WEB_STAFF, CALENDAR_HOURS_FIELDS, calendar_set_hours},
    {HTTP_GET, "/qt/lich/moi", WEB_STAFF, NULL, calendar_show_new},
    {HTTP_POST, "/qt/lich/moi", WEB_STAFF, CALENDAR_NEW_FIELDS, calendar_add},
    {HTTP_GET, NULL, WEB_STAFF, NULL, NULL},
};
