/* Finding a dossier by code, name or number, with or without marks. */
#include "acts/cache.h"
#include "acts/queue.h"
#include "rules/dossier.h"
#include "web/web.h"
#include "web/url.h"

#include "view_counter.h"

static const struct http_field FIELDS_SEARCH[] = {
    {.name = "q", .max = 200}, {.name = "truoc", .max = 20}, {.name = NULL}};

/* The badge of an open hit counts on the calendar of the searcher's own office: all are of one city. */
static struct html hit_badge(const struct web *w, const struct office *office, const struct q_search_dossiers *row)
{
    struct instant due, end;

    if (instant_parse(row->due_at, &due))
        return web_badge_html(w, web_badge_ended(w, DATE_NEVER, DATE_NEVER));
    struct local due_local = zone_local(office->zone, due);
    if (row->is_open && !row->suspended_at_null && !instant_parse(row->suspended_at, &end))
        return web_badge_html(w, web_badge_paused(w, zone_local(office->zone, end)));
    if (row->is_open) {
        struct badge b = badge_of(office->calendar, zone_local(office->zone, w->ctx->now), due_local);
        return web_badge_html(w, web_badge(w, &b));
    }
    if (row->state == DOSSIER_STOPPED || row->finished_at_null || instant_parse(row->finished_at, &end))
        return web_badge_html(w, web_badge_ended(w, DATE_NEVER, DATE_NEVER));
    return web_badge_html(w, web_badge_ended(w, due_local.date, zone_local(office->zone, end).date));
}

static enum err search_page(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct act_search act = {.words = web_field(w, "q"), .before = web_int(w, "truoc", 1, INT64_MAX, 0)};
    struct office office;
    struct html_out o = web_out(w);
    enum err err = act_search(&act, w->ctx);

    if (!err)
        err = office_load(w->ctx, w->ctx->db, w->ctx->actor.unit, &office);
    if (err)
        return err;
    if (act.row_count == 1 && !act.more && str_eq(act.row[0].code, act.words)) /* typed or scanned whole */
        return web_redirect(w, url_dossier(a, act.words));
    struct view_hit *hit = ARENA_ARRAY(a, struct view_hit, act.row_count);
    for (size_t i = 0; i < act.row_count; i++) {
        const struct q_search_dossiers *row = &act.row[i];
        struct date on;
        hit[i] = (struct view_hit){
            .page = url_dossier(a, row->code),
            .code = row->code,
            .badge = hit_badge(w, &office, row),
            .applicant = row->applicant,
            .procedure = row->procedure_name,
            .unit = row->unit_name,
            .received = date_parse(row->received_on, &on) ? STR("") : web_day(w, on),
            .state = word(w->ctx->lang, dossier_state_word((enum dossier_state)row->state)),
        };
    }
    struct url next = url_search(a, act.words);
    view_search(&o, &(struct view_search){
                        .action = URL_PATH(a, "/cb/tim"),
                        .words = act.words,
                        .hit = hit,
                        .hit_count = act.row_count,
                        .has_next = act.more,
                        .next = act.row_count ? url_with_int(a, next, "truoc", act.row[act.row_count - 1].id) : next,
                    });
    return web_staff_page(w, MENU_SEARCH, word(w->ctx->lang, WORD_COUNTER_SEARCH_TITLE), html_done(&o));
}

const struct web_route ROUTES_SEARCH[] = {
    {HTTP_GET, "/cb/tim", WEB_STAFF, FIELDS_SEARCH, search_page},
    {.path = NULL},
};
