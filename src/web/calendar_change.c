/* Setting days and hours, each with a look at what it does to promises before it is saved. */
#include "acts/calendar.h"

#include "store/calendar.h"
#include "view_calendar.h"
#include "web/calendar.h"
#include "web/url.h"

enum { MOVES_SHOWN = 100, DAYS_AT_ONCE = 60 };

const struct http_field CALENDAR_DAY_FIELDS[] = {
    {.name = "lich", .max = 20}, {.name = "day", .max = 20}, {.name = "until", .max = 20}, {.name = "kind", .max = 40},
    {.name = "name"},            {.name = "basis"},          {.name = "buoc", .max = 10},  {NULL},
};
const struct http_field CALENDAR_HOURS_FIELDS[] = {
    {.name = "lich", .max = 20},     {.name = "valid_from", .max = 20}, {.name = "work"},
    {.name = "intake"},              {.name = "cut_off", .max = 10},    {.name = "buoc", .max = 10},
    {NULL},
};
const struct http_field CALENDAR_NEW_FIELDS[] = {
    {.name = "code", .max = 80}, {.name = "name"},                {.name = "valid_from", .max = 20},
    {.name = "work"},            {.name = "intake"},              {.name = "cut_off", .max = 10},
    {NULL},
};

/* ---- what would move ---- */

static void put_moves(struct web *w, struct html_out *o, const struct promise_move *move, size_t count)
{
    size_t shown = count < MOVES_SHOWN ? count : MOVES_SHOWN;
    struct view_calendar_move *row = ARENA_ARRAY(w->ctx->arena, struct view_calendar_move, shown);

    for (size_t i = 0; i < shown; i++)
        row[i] = (struct view_calendar_move){url_dossier(w->ctx->arena, move[i].code), move[i].code, move[i].unit_name,
                                             web_moment(w, move[i].before), web_moment(w, move[i].after), move[i].why};
    view_calendar_moves(o, &(struct view_calendar_moves){(int64_t)count, (int64_t)shown, count > shown, row, shown});
}

static enum err saved(struct web *w, struct url to, size_t moved)
{
    if (!moved)
        return web_redirect_saying(w, to, WORD_COMMON_SAVED, STR(""));
    return web_redirect_saying(w, to, WORD_CALENDAR_MOVED, word_int(w->ctx->arena, w->ctx->lang, (int64_t)moved));
}

static bool is_saving(const struct web *w)
{
    return str_eq(web_field(w, "buoc"), STR("luu"));
}

/* First one sees what it does, then one saves it. */
static struct html steps_end(struct form *f, bool previewed)
{
    if (previewed) {
        form_second(f, WORD_CALENDAR_PREVIEW, STR("xem"));
        return form_end(f, WORD_CALENDAR_SAVE);
    }
    f->v.button_value = STR("xem");
    return form_end(f, WORD_CALENDAR_PREVIEW);
}

/* ---- days ---- */

/* A named day as the form begins with it. */
struct day_start {
    struct str day, kind, name, basis;
};

static struct day_start day_start(struct web *w, const struct calendar *c)
{
    struct day_start s = {.kind = day_kind_code(DAY_HOLIDAY)};
    struct date d;

    if (w->rq->method != HTTP_GET || !web_date(w, "day", &d))
        return s;
    const struct calendar_day *named = calendar_day_find(c, d);
    s.day = date_vietnamese(w->ctx->arena, d);
    if (named) {
        s.kind = day_kind_code(named->kind);
        s.name = named->name;
        s.basis = named->basis;
    }
    return s;
}

static struct form_choice *kind_choices(const struct web *w, size_t *ret_count)
{
    struct form_choice *c = ARENA_ARRAY(w->ctx->arena, struct form_choice, DAY__COUNT + 1);

    for (int k = 0; k < DAY__COUNT; k++)
        c[k] = (struct form_choice){.value = day_kind_code((enum day_kind)k),
                                    .label = form_say(w, day_kind_word((enum day_kind)k))};
    c[DAY__COUNT] = (struct form_choice){.value = STR_INIT("none"), .label = form_say(w, WORD_CALENDAR_KIND_NONE)};
    *ret_count = DAY__COUNT + 1;
    return c;
}

static enum err calendar_of(struct web *w, struct act_calendar_view *c)
{
    c->id = web_int(w, "lich", 0, INT64_MAX, 0);
    enum err err = act_calendar_view(c, w->ctx);

    return err ? err : c->may_edit ? OK : ERR_FORBIDDEN;
}

static enum err day_page(struct web *w, const struct act_calendar_days *previewed)
{
    struct act_calendar_view c;
    struct html_out o = web_out(w);
    struct form f;
    size_t kind_count;
    enum err err = calendar_of(w, &c);

    if (err)
        return err;
    struct day_start start = day_start(w, &c.calendar);
    struct form_choice *kind = kind_choices(w, &kind_count);
    struct form_head head = {.heading = WORD_CALENDAR_SET_DAY, .sub = c.head.name, .back = URL_PATH(w->ctx->arena, "/qt/lich"),
                             .back_label = WORD_CALENDAR_TITLE, .has_back = true};
    form_head(&o, w, &head);
    form_begin(&f, w, url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/qt/lich/ngay"), "lich", c.id), "",
               w->rq->method == HTTP_POST);
    form_add(&f, &(struct form_input){.name = "day", .kind = FORM_DATE, .label = WORD_CALENDAR_DAY, .value = start.day,
                                      .hint = form_say(w, WORD_COMMON_DATE_HINT)});
    form_beside(&f, &(struct form_input){.name = "until", .kind = FORM_DATE, .label = WORD_CALENDAR_UNTIL, .optional = true,
                                         .hint = form_say(w, WORD_CALENDAR_UNTIL_HINT)});
    form_add(&f, &(struct form_input){.name = "kind", .kind = FORM_RADIOS, .label = WORD_CALENDAR_KIND, .value = start.kind,
                                      .choice = kind, .choice_count = kind_count});
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_CALENDAR_NAME, .value = start.name,
                                      .hint = form_say(w, WORD_CALENDAR_NAME_HINT)});
    form_add(&f, &(struct form_input){.name = "basis", .label = WORD_COMMON_LEGAL_BASIS, .value = start.basis,
                                      .optional = true});
    form_card(&o, WORD_CALENDAR_DAY_CARD, steps_end(&f, previewed));
    if (previewed)
        put_moves(w, &o, previewed->move, previewed->move_count);
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CALENDAR, form_say(w, WORD_CALENDAR_SET_DAY), html_done(&o));
}

enum err calendar_show_day(struct web *w)
{
    return day_page(w, NULL);
}

/* The days from `day` to `until`, as what the form says they are. */
static void days_of_form(struct web *w, struct act_calendar_days *act)
{
    struct date from = form_need_date(w, "day"), to = form_date(w, "until", from);
    struct calendar_day *set = ARENA_ARRAY(w->ctx->arena, struct calendar_day, DAYS_AT_ONCE);
    struct date *unset = ARENA_ARRAY(w->ctx->arena, struct date, DAYS_AT_ONCE);
    enum day_kind kind = DAY__COUNT;
    bool remove = str_eq(web_field(w, "kind"), STR("none"));

    if (!remove)
        (void)day_kind_find(web_field(w, "kind"), &kind);
    act->set = set;
    act->unset = unset;
    if (date_cmp(to, from) < 0) {
        problem_add(w->ctx, "until", WORD_PROBLEM_DATES_ORDER, STR(""));
        to = from;
    }
    if (to.day - from.day >= DAYS_AT_ONCE) {
        problem_add(w->ctx, "until", WORD_CALENDAR_PROBLEM_LONG, STR(""));
        to = from;
    }
    for (struct date d = from; date_cmp(d, to) <= 0; d = date_add_days(d, 1)) {
        if (remove)
            unset[act->unset_count++] = d;
        else
            set[act->set_count++] = (struct calendar_day){d, kind, web_field(w, "name"), web_field(w, "basis")};
    }
}

enum err calendar_set_day(struct web *w)
{
    struct act_calendar_days act = {.calendar = web_int(w, "lich", 1, INT64_MAX, 0)};

    days_of_form(w, &act);
    web_check_fields(w);
    enum err err = is_saving(w) ? act_calendar_days(&act, w->ctx) : act_calendar_days_preview(&act, w->ctx);
    if (form_is_refused(w, err))
        return day_page(w, NULL);
    if (err)
        return err;
    if (!is_saving(w))
        return day_page(w, &act);
    struct date first = act.set_count ? act.set[0].date : act.unset[0];
    return saved(w, calendar_url(w, act.calendar, date_civil(first).year), act.move_count);
}

/* ---- hours ---- */

static void add_hours(struct form *f, struct web *w, const struct office_hours *start)
{
    struct arena *a = w->ctx->arena;

    form_add(f, &(struct form_input){.name = "valid_from", .kind = FORM_DATE, .label = WORD_CALENDAR_VALID_FROM,
                                     .hint = form_say(w, WORD_COMMON_DATE_HINT)});
    form_beside(f, &(struct form_input){.name = "cut_off", .label = WORD_CALENDAR_CUT_OFF,
                                        .hint = form_say(w, WORD_CALENDAR_CUT_OFF_HINT),
                                        .value = start ? str_format(a, "%d:%02d", start->cut_off / 60, start->cut_off % 60)
                                                       : STR("15:00")});
    form_add(f, &(struct form_input){.name = "work", .label = WORD_CALENDAR_WORK_HOURS,
                                     .hint = form_say(w, WORD_CALENDAR_HOURS_HINT),
                                     .value = start ? week_hours_text(a, start->work) : STR("")});
    form_add(f, &(struct form_input){.name = "intake", .label = WORD_CALENDAR_INTAKE_HOURS,
                                     .hint = form_say(w, WORD_CALENDAR_INTAKE_HINT),
                                     .value = start ? week_hours_text(a, start->intake) : STR("")});
}

static int64_t cut_off_of_form(struct web *w)
{
    int minute = 0;

    if (minute_parse(web_field(w, "cut_off"), &minute))
        problem_add(w->ctx, "cut_off", WORD_PROBLEM_TIME, STR(""));
    return minute;
}

static enum err hours_page(struct web *w, const struct act_calendar_hours *previewed)
{
    struct act_calendar_view c;
    struct html_out o = web_out(w);
    struct form f;
    enum err err = calendar_of(w, &c);

    if (err)
        return err;
    struct form_head head = {.heading = WORD_CALENDAR_SET_HOURS, .sub = c.head.name,
                             .back = URL_PATH(w->ctx->arena, "/qt/lich"), .back_label = WORD_CALENDAR_TITLE, .has_back = true};
    form_head(&o, w, &head);
    form_begin(&f, w, url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/qt/lich/gio"), "lich", c.id), "",
               w->rq->method == HTTP_POST);
    add_hours(&f, w, &c.calendar.hours[c.calendar.hours_count - 1]);
    form_card(&o, WORD_CALENDAR_HOURS, steps_end(&f, previewed));
    if (previewed)
        put_moves(w, &o, previewed->move, previewed->move_count);
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CALENDAR, form_say(w, WORD_CALENDAR_SET_HOURS), html_done(&o));
}

enum err calendar_show_hours(struct web *w)
{
    return hours_page(w, NULL);
}

enum err calendar_set_hours(struct web *w)
{
    struct act_calendar_hours act = {
        .calendar = web_int(w, "lich", 1, INT64_MAX, 0),
        .valid_from = form_need_date(w, "valid_from"),
        .work = web_field(w, "work"),
        .intake = web_field(w, "intake"),
        .cut_off = cut_off_of_form(w),
    };

    web_check_fields(w);
    enum err err = is_saving(w) ? act_calendar_hours(&act, w->ctx) : act_calendar_hours_preview(&act, w->ctx);
    if (form_is_refused(w, err))
        return hours_page(w, NULL);
    if (err)
        return err;
    if (!is_saving(w))
        return hours_page(w, &act);
    return saved(w, calendar_url(w, act.calendar, date_civil(act.valid_from).year), act.move_count);
}

/* ---- a new calendar ---- */

static enum err new_page(struct web *w)
{
    struct html_out o = web_out(w);
    struct form f;
    struct form_head head = {.heading = WORD_CALENDAR_ADD, .back = URL_PATH(w->ctx->arena, "/qt/lich"),
                             .back_label = WORD_CALENDAR_TITLE, .has_back = true};
    enum err err = right_check_any(w->ctx, RIGHT_CALENDAR_EDIT);

    if (err)
        return err;
    form_head(&o, w, &head);
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/qt/lich/moi"), "", w->rq->method == HTTP_POST);
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_CALENDAR_CALENDAR_NAME});
    form_beside(&f, &(struct form_input){.name = "code", .label = WORD_CALENDAR_CODE});
    add_hours(&f, w, NULL);
    form_card(&o, WORD_CALENDAR_ADD, form_end(&f, WORD_COMMON_SAVE));
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CALENDAR, form_say(w, WORD_CALENDAR_ADD), html_done(&o));
}

enum err calendar_show_new(struct web *w)
{
    return new_page(w);
}

enum err calendar_add(struct web *w)
{
    struct act_calendar_add act = {
        .code = web_field(w, "code"),
        .name = web_field(w, "name"),
        .valid_from = form_need_date(w, "valid_from"),
        .work = web_field(w, "work"),
        .intake = web_field(w, "intake"),
        .cut_off = cut_off_of_form(w),
    };

    web_check_fields(w);
    enum err err = act_calendar_add(&act, w->ctx);
    if (form_is_refused(w, err))
        return new_page(w);
    if (err)
        return err;
    return web_redirect_saying(w, calendar_url(w, act.id, date_civil(ctx_today(w->ctx)).year), WORD_COMMON_SAVED, STR(""));
}
