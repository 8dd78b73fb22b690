#include "web/period.h"

#include "calendar/zone.h"
#include "web/url.h"

static bool is_listed(const struct desk *desk, int64_t unit)
{
    for (size_t i = 0; i < desk->unit_count; i++)
        if (desk->unit[i].id == unit)
            return true;
    return false;
}

/* A unit that has ended is not offered any more, but its figures stay. */
static enum err unit_read(struct web *w, enum right r, struct period *p)
{
    int64_t wanted = web_int(w, "don-vi", 1, INT64_MAX, 0);
    enum err err = act_desk(w->ctx, r, 0, &p->desk);

    if (!err && wanted && !is_listed(&p->desk, wanted))
        err = right_check(w->ctx, w->ctx->db, r, wanted, 0);
    if (err)
        return err;
    return q_unit_by_id(w->ctx->db, w->ctx->arena, wanted ? wanted : p->desk.here->id, &p->unit);
}

struct instant period_moment(struct web *w, const char *field, const struct zone *zone, struct instant none)
{
    struct str typed = web_field(w, field);
    struct instant t;
    struct date d;

    if (str_is_empty(typed))
        return none;
    if (!instant_parse(typed, &t))
        return t;
    if (!date_parse_typed(typed, &d))
        return zone_day_start(zone, d);
    problem_add(w->ctx, field, WORD_LEADER_PROBLEM_AS_OF, STR(""));
    return none;
}

enum err period_read(struct web *w, enum right r, struct period *ret)
{
    struct period p = {.zone = NULL};
    struct date from, to;
    enum err err = unit_read(w, r, &p);

    if (!err)
        err = zone_open(p.unit.zone, &p.zone);
    if (err)
        return err;
    figure_default_period(ctx_today(w->ctx), &p.question.from, &p.question.to);
    bool has_from = web_date(w, "tu", &from), has_to = web_date(w, "den", &to);
    if (has_from)
        p.question.from = from;
    if (has_to)
        p.question.to = to;
    if (date_cmp(p.question.to, p.question.from) < 0) {
        problem_add(w->ctx, "den", WORD_LEADER_PROBLEM_DATES, STR(""));
        p.question.to = p.question.from;
    }
    p.question.unit = p.unit.id;
    p.question.as_of = period_moment(w, "den-luc", p.zone, (struct instant){w->ctx->now.ms + 1});
    *ret = p;
    return OK;
}

struct url period_url(const struct web *w, const struct figure_question *q, struct url page)
{
    struct arena *a = w->ctx->arena;

    page = url_with_int(a, page, "don-vi", q->unit);
    page = url_with(a, page, "tu", date_iso(a, q->from));
    page = url_with(a, page, "den", date_iso(a, q->to));
    return url_with(a, page, "den-luc", instant_iso(a, q->as_of));
}

struct url period_records_url(const struct web *w, const struct figure_question *q,
                              struct str figure, int64_t unit, int64_t field)
{
    struct arena *a = w->ctx->arena;
    struct figure_question own = *q;

    own.unit = unit;
    struct url url = period_url(w, &own, url_with(a, URL_PATH(a, "/ld/ho-so"), "so-lieu", figure));
    if (field)
        url = url_with_int(a, url, "linh-vuc", field);
    return q->cohort_received ? url_with(a, url, "trong-ky", STR("1")) : url;
}

struct url period_as_unit(const struct web *w, struct url records, int64_t as_unit, struct date territory)
{
    struct arena *a = w->ctx->arena;

    return url_with(a, url_with_int(a, records, "thuoc", as_unit), "dia-gioi", date_iso(a, territory));
}

struct view_option *period_units(const struct web *w, const struct period *p)
{
    struct arena *a = w->ctx->arena;
    struct view_option *option = ARENA_ARRAY(a, struct view_option, p->desk.unit_count);

    for (size_t i = 0; i < p->desk.unit_count; i++)
        option[i] = (struct view_option){str_format(a, "%lld", (long long)p->desk.unit[i].id),
                                         p->desk.unit[i].name, p->desk.unit[i].id == p->unit.id};
    return option;
}

struct str period_as_of_typed(const struct web *w, const struct period *p)
{
    struct str typed = web_field(w, "den-luc");
    struct date day = zone_date(p->zone, p->question.as_of);

    if (str_is_empty(typed) || instant_cmp(zone_day_start(p->zone, day), p->question.as_of) != 0)
        return typed;
    return date_vietnamese(w->ctx->arena, day);
}

struct str period_as_of(const struct web *w, const struct period *p)
{
    struct local t = zone_local(p->zone, p->question.as_of);

    return str_format(w->ctx->arena, "%" PRIstr ", %" PRIstr, STR_ARG(web_clock(w, t)),
                      STR_ARG(web_day(w, t.date)));
}
