/* The work queue of a person and of a unit. */
#include "acts/queue.h"

#include "acts/desk.h"
#include "acts/dossier_view.h"
#include "acts/work.h"
#include "web/bulk.h"
#include "web/timeline.h"
#include "web/url.h"

#include "view_page.h"
#include "view_queue.h"

static const struct http_field FIELDS_QUEUE[] = {
    {.name = "han", .max = 2},  {.name = "q", .max = 200},  {.name = "thu-tuc", .max = 64}, {.name = "buoc", .max = 64},
    {.name = "sau", .max = 80}, {.name = "xem", .max = 80}, {.name = "don-vi", .max = 20},  {.name = NULL},
};
static const struct http_field FIELDS_BULK[] = {{.name = "id", .max = 120, .many = true},
                                                {.name = "viec", .max = 20},
                                                {.name = "don-vi", .max = 20},
                                                {.name = NULL}};

/* A page being made. */
struct queue {
    struct web *w;
    struct act_queue act;
    struct url here;      /* the page without filters */
    const struct zone *zone;
};

static const struct tile {
    enum word tile, group;
    struct str class, icon;
} TILES[] = {
    [QUEUE_LATE] = {WORD_QUEUE_TILE_LATE, WORD_QUEUE_GROUP_LATE, STR_INIT("m-qua"), STR_INIT("octagon-alert")},
    [QUEUE_TODAY] = {WORD_QUEUE_TILE_TODAY, WORD_QUEUE_GROUP_TODAY, STR_INIT("m-sap"), STR_INIT("clock-alert")},
    [QUEUE_SOON] = {WORD_QUEUE_TILE_SOON, WORD_QUEUE_GROUP_SOON, STR_INIT("m-lam"), STR_INIT("calendar-clock")},
    [QUEUE_LATER] = {WORD_QUEUE_TILE_LATER, WORD_QUEUE_GROUP_LATER, STR_INIT("m-dung"), STR_INIT("circle-check")},
    [QUEUE_SUSPENDED] = {WORD_QUEUE_TILE_SUSPENDED, WORD_QUEUE_GROUP_SUSPENDED, STR_INIT("m-tam"),
                         STR_INIT("circle-pause")},
};
_Static_assert(sizeof TILES / sizeof TILES[0] == QUEUE_GROUP__COUNT, "every group has a tile");

static int64_t total(const struct act_queue *act)
{
    int64_t n = 0;

    for (int g = 0; g < QUEUE_GROUP__COUNT; g++)
        n += act->counts[g];
    return n;
}

static struct url filtered(const struct queue *q, int group)
{
    struct arena *a = q->w->ctx->arena;
    struct url url = group >= 0 ? url_with_int(a, q->here, "han", group) : q->here;

    return q->act.words.n ? url_with(a, url, "q", q->act.words) : url;
}

static struct view_queue_tile *tiles(const struct queue *q)
{
    struct web *w = q->w;
    struct view_queue_tile *tile = ARENA_ARRAY(w->ctx->arena, struct view_queue_tile, QUEUE_GROUP__COUNT + 1);

    for (int g = 0; g < QUEUE_GROUP__COUNT; g++)
        tile[g] = (struct view_queue_tile){
            .page = url_with_int(w->ctx->arena, q->here, "han", g),
            .class = TILES[g].class,
            .sign = web_icon(w, TILES[g].icon),
            .count = q->act.counts[g],
            .label = word(w->ctx->lang, TILES[g].tile),
            .here = q->act.group == g,
        };
    tile[QUEUE_GROUP__COUNT] = (struct view_queue_tile){
        .page = q->here,
        .class = STR("m-muc"),
        .sign = web_icon(w, STR("list-checks")),
        .count = total(&q->act),
        .label = word(w->ctx->lang, WORD_QUEUE_TILE_ALL),
        .here = q->act.group < 0,
    };
    return tile;
}

/* ---- rows ---- */

static struct str channel_icon(int64_t channel)
{
    return channel == CHANNEL_ONLINE ? STR("globe") : channel == CHANNEL_POST ? STR("mail") : STR("building-2");
}

static struct local local_of(const struct queue *q, struct str text, bool is_null)
{
    struct instant t;

    if (is_null || instant_parse(text, &t))
        return (struct local){DATE_NEVER, 0};
    return zone_local(q->zone, t);
}

static void row_fill(const struct queue *q, const struct queue_row *row, struct view_queue_row *v)
{
    struct web *w = q->w;
    struct arena *a = w->ctx->arena;
    const struct q_queue_of_person *d = &row->d;
    struct local since = local_of(q, d->suspended_at, d->suspended_at_null);
    struct web_badge badge =
        d->is_suspended ? web_badge_paused(w, (struct local){DATE_NEVER, 0}) : web_badge(w, &row->badge);

    *v = (struct view_queue_row){
        .value = str_format(a, "%lld %" PRIstr, (long long)d->id, STR_ARG(d->code)),
        .badge = web_badge_html(w, badge),
        .due = d->is_suspended
                   ? word_format(a, w->ctx->lang, WORD_QUEUE_SINCE, (struct str[]){web_day(w, since.date)}, 1)
                   : web_moment(w, zone_local(q->zone, row->due_at)),
        .procedure = d->procedure_name,
        .quick = url_with(
            a, q->act.after.n ? url_with(a, filtered(q, q->act.group), "sau", q->act.after) : filtered(q, q->act.group),
            "xem", d->code),
        .applicant = d->applicant,
        .step = d->step_name,
        .taken = !d->taken_at_null,
        .page = url_dossier(a, d->code),
        .code = d->code,
        .channel = word(w->ctx->lang, dossier_channel_word((enum dossier_channel)d->channel)),
        .channel_icon = web_icon(w, channel_icon(d->channel)),
        .here = str_eq(d->code, web_field(w, "xem")),
    };
}

/* Rows come in the order of their groups: each run of one group under one heading. */
static size_t groups(const struct queue *q, struct view_queue_group *group)
{
    struct web *w = q->w;
    struct view_queue_row *row = ARENA_ARRAY(w->ctx->arena, struct view_queue_row, q->act.row_count);
    size_t n = 0;

    for (size_t i = 0; i < q->act.row_count; i++) {
        enum queue_group g = q->act.row[i].group;
        row_fill(q, &q->act.row[i], &row[i]);
        if (i == 0 || g != q->act.row[i - 1].group)
            group[n++] = (struct view_queue_group){.label = word(w->ctx->lang, TILES[g].group),
                                                   .count = q->act.counts[g], .queue_row = &row[i]};
        group[n - 1].queue_row_count++;
    }
    return n;
}

/* ---- the dossier beside the list ---- */

static enum err quick_view(const struct queue *q, struct view_quick *quick, bool *ret_shown)
{
    struct web *w = q->w;
    struct arena *a = w->ctx->arena;
    struct str code = web_field(w, "xem");
    struct dossier_view d;

    *ret_shown = false;
    if (str_is_empty(code))
        return OK;
    enum err err = act_dossier_view(w->ctx, code, &d);
    if (err == ERR_NOT_FOUND || err == ERR_FORBIDDEN)
        return OK;
    if (err)
        return err;
    struct view_quick_paper *paper = ARENA_ARRAY(a, struct view_quick_paper, d.paper_count);
    int64_t present = 0;
    for (size_t i = 0; i < d.paper_count; i++) {
        bool ok = d.paper[i].state == PAPER_PRESENT || d.paper[i].state == PAPER_NOT_NEEDED;
        present += ok;
        paper[i] = (struct view_quick_paper){ok, d.paper[i].name,
                                             word(w->ctx->lang, paper_state_word((enum paper_state)d.paper[i].state))};
    }
    const struct dossier_line *last = NULL;
    for (size_t i = 0; i < d.line_count; i++)
        if (timeline_is_shown(&d.line[i]))
            last = &d.line[i];
    *quick = (struct view_quick){
        .badge = web_badge_html(w, timeline_badge(w, &d)),
        .promised = web_day(w, d.promised.date),
        .procedure = d.names.procedure_name,
        .code = d.d.code,
        .page = url_dossier(a, d.d.code),
        .applicant = d.d.applicant,
        .address = d.d.address,
        .phone = d.d.phone,
        .summary = d.d.summary,
        .step = d.open_task ? d.open_task->step_name : STR(""),
        .quick_paper = paper,
        .quick_paper_count = d.paper_count,
        .present = present,
        .papers = (int64_t)d.paper_count,
        .last_at = last ? web_moment(w, last->at) : STR(""),
        .last = last ? timeline_title(w, last) : STR(""),
        .may_hand_over = d.may[DOSSIER_HAND_OVER],
        .hand_over = url_dossier_page(a, d.d.code, STR("chuyen")),
        .may_supplement = d.may[DOSSIER_ASK_SUPPLEMENT],
        .supplement = url_dossier_page(a, d.d.code, STR("bo-sung")),
        .may_finish = d.may[DOSSIER_FINISH],
        .finish = url_dossier_page(a, d.d.code, STR("ket-qua")),
    };
    *ret_shown = true;
    return OK;
}

/* ---- pages ---- */

static enum err page(struct queue *q, enum web_menu menu, struct str title, struct str unit,
                     const struct view_option *units, size_t unit_count)
{
    struct web *w = q->w;
    struct arena *a = w->ctx->arena;
    struct view_queue_group *group = ARENA_ARRAY(a, struct view_queue_group, QUEUE_GROUP__COUNT);
    struct html_out o = web_out(w);
    struct view_quick quick;
    bool quick_shown;
    size_t count = groups(q, group);
    int64_t told = 0;
    enum err err = quick_view(q, &quick, &quick_shown);

    if (!err)
        err = act_notices_new(w->ctx, &told);
    if (err)
        return err;
    struct local now = zone_local(q->zone, w->ctx->now);
    struct str at[] = {web_day_long(w, now.date), web_clock(w, now)};
    view_queue(&o,
               &(struct view_queue){
                   .title = title,
                   .now = word_format(a, w->ctx->lang, WORD_COMMON_AT_TIME, at, 2),
                   .unit = unit,
                   .option = units,
                   .option_count = unit_count,
                   .tile = tiles(q),
                   .tile_count = QUEUE_GROUP__COUNT + 1,
                   .action = q->here,
                   .bulk = menu == MENU_QUEUE ? URL_PATH(a, "/cb/viec") : URL_PATH(a, "/cb/viec-phong"),
                   .csrf = w->csrf,
                   .group = group,
                   .group_count = count,
                   .words = q->act.words,
                   .chosen_group = q->act.group >= 0 ? word(w->ctx->lang, TILES[q->act.group].tile) : STR(""),
                   .group_value = q->act.group >= 0 ? str_format(a, "%d", q->act.group) : STR(""),
                   .clear = q->here,
                   .unit_value = q->act.whose == QUEUE_UNIT ? str_format(a, "%lld", (long long)q->act.unit) : STR(""),
                   .shown = (int64_t)q->act.row_count,
                   .total = total(&q->act),
                   .empty_all = total(&q->act) == 0,
                   .has_next = q->act.next.n > 0,
                   .next = url_with(a, filtered(q, q->act.group), "sau", q->act.next),
                   .has_first = q->act.after.n > 0,
                   .first = filtered(q, q->act.group),
                   .may_hand_over = w->right[RIGHT_DOSSIER_HAND_OVER],
                   .may_take = w->right[RIGHT_DOSSIER_PROCESS],
                   .may_receive = w->right[RIGHT_DOSSIER_RECEIVE],
                   .quick = quick_shown ? &quick : NULL,
                   .notices = told ? word_format(a, w->ctx->lang, WORD_WORK_NEW_COUNT, (struct str[]){word_int(a, w->ctx->lang, told)}, 1) : STR(""),
                   .notices_page = URL_PATH(a, "/cb/nhac-viec"),
               });
    return web_staff_page(w, menu, title, html_done(&o));
}

static enum err queue_load(struct queue *q, enum queue_whose whose, int64_t unit)
{
    struct web *w = q->w;
    struct office office;

    q->act = (struct act_queue){
        .whose = whose,
        .unit = unit,
        .group = (int)web_int(w, "han", 0, QUEUE_GROUP__COUNT - 1, -1),
        .words = web_field(w, "q"),
        .procedure = web_field(w, "thu-tuc"),
        .step = web_field(w, "buoc"),
        .after = web_field(w, "sau"),
    };
    enum err err = act_queue(&q->act, w->ctx);
    if (!err)
        err = office_load(w->ctx, w->ctx->db, unit ? unit : w->ctx->actor.unit, &office);
    if (!err)
        q->zone = office.zone;
    w->ctx->problems = (struct problems){.first = NULL}; /* a bad filter is no filter */
    return err;
}

static enum err mine(struct web *w)
{
    struct queue q = {.w = w, .here = url_queue(w->ctx->arena)};
    enum err err = queue_load(&q, QUEUE_MINE, 0);

    return err ? err : page(&q, MENU_QUEUE, word(w->ctx->lang, WORD_QUEUE_TITLE), w->ctx->actor.unit_name, NULL, 0);
}

static enum err of_unit(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct queue q = {.w = w};
    struct desk desk;
    enum err err = act_desk(w->ctx, RIGHT_DOSSIER_SEARCH, web_int(w, "don-vi", 1, INT64_MAX, 0), &desk);

    if (err)
        return err;
    q.here = url_unit_queue(a, desk.here->id);
    err = queue_load(&q, QUEUE_UNIT, desk.here->id);
    if (err)
        return err;
    struct view_option *option = ARENA_ARRAY(a, struct view_option, desk.unit_count);
    for (size_t i = 0; i < desk.unit_count; i++)
        option[i] = (struct view_option){str_format(a, "%lld", (long long)desk.unit[i].id), desk.unit[i].name,
                                         &desk.unit[i] == desk.here};
    return page(&q, MENU_UNIT_QUEUE, word(w->ctx->lang, WORD_QUEUE_UNIT_TITLE), desk.here->name, option,
                desk.unit_count > 1 ? desk.unit_count : 0);
}

/* ---- many at once ---- */

static enum err bulk(struct web *w, enum web_menu menu, struct url back)
{
    return web_bulk(w, str_eq(web_field(w, "viec"), STR("nhan")) ? DOSSIER_TAKE : DOSSIER_HAND_OVER, menu, back);
}

static enum err mine_bulk(struct web *w)
{
    return bulk(w, MENU_QUEUE, url_queue(w->ctx->arena));
}

static enum err of_unit_bulk(struct web *w)
{
    return bulk(w, MENU_UNIT_QUEUE, url_unit_queue(w->ctx->arena, web_int(w, "don-vi", 1, INT64_MAX, 0)));
}

const struct web_route ROUTES_QUEUE[] = {
    {HTTP_GET, "/cb/viec", WEB_STAFF, FIELDS_QUEUE, mine},
    {HTTP_POST, "/cb/viec", WEB_STAFF, FIELDS_BULK, mine_bulk},
    {HTTP_GET, "/cb/viec-phong", WEB_STAFF, FIELDS_QUEUE, of_unit},
    {HTTP_POST, "/cb/viec-phong", WEB_STAFF, FIELDS_BULK, of_unit_bulk},
    {.path = NULL},
};
