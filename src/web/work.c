/* What comes by itself: notices; who is away; the sheet for what is handed over. */
#include "acts/absence.h"
#include "acts/desk.h"
#include "acts/work.h"
#include "web/form.h"
#include "web/url.h"

#include "view_page.h"
#include "view_work.h"

/* ---- notices ---- */

static enum err notices(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct act_notices told = {.count = 0};
    struct html_out o = web_out(w);
    enum err err = act_notices(&told, w->ctx);

    if (err)
        return err;
    struct view_notice_row *row = ARENA_ARRAY(a, struct view_notice_row, told.count);
    for (size_t i = 0; i < told.count; i++) {
        const struct q_notice_of *n = &told.row[i];
        bool grave = str_eq(n->kind, STR("escalate"));
        row[i] = (struct view_notice_row){
            .fresh = n->seen_at_null, .grave = grave, .at = form_instant(w, n->at),
            .what = form_say(w, grave ? WORD_WORK_ESCALATE : WORD_WORK_REMIND), .page = url_dossier(a, n->code),
            .code = n->code, .procedure = n->procedure_name, .step = n->step_name, .due = form_instant(w, n->step_due_at),
            .done = !n->done_at_null, .holder = n->holder_name_null ? STR("") : n->holder_name,
        };
    }
    form_head(&o, w, &(struct form_head){.heading = WORD_WORK_NOTICES, .sub = form_say(w, WORD_WORK_NOTICES_LEAD)});
    view_notice_list(&o, &(struct view_notice_list){
                             .row = row, .row_count = told.count, .fresh = told.fresh,
                             .seen = URL_PATH(a, "/cb/nhac-viec"), .csrf = w->csrf,
                             .upto = told.count ? form_number(w, told.row[0].pos) : STR(""),
                         });
    return web_staff_page(w, MENU_NOTICE, form_say(w, WORD_WORK_NOTICES), html_done(&o));
}

static enum err notices_seen(struct web *w)
{
    enum err err = act_notices_seen(w->ctx, web_int(w, "den", 0, INT64_MAX, 0));

    return err ? err : web_redirect_saying(w, URL_PATH(w->ctx->arena, "/cb/nhac-viec"), WORD_WORK_SAID_SEEN, STR(""));
}

/* ---- who is away ---- */

static struct url absence_url(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/cb/vang-mat");
}

static enum err absence_rows(struct web *w, struct html_out *o, int64_t unit)
{
    struct arena *a = w->ctx->arena;
    struct q_absence_list *list;
    size_t count;
    enum err err = act_absence_list(w->ctx, unit, &list, &count);

    if (err)
        return err;
    struct view_absence_row *row = ARENA_ARRAY(a, struct view_absence_row, count);
    for (size_t i = 0; i < count; i++)
        row[i] = (struct view_absence_row){
            .person = list[i].person_name, .unit = list[i].unit_name, .cover = list[i].cover_name,
            .dates = str_format(a, "%" PRIstr " – %" PRIstr, STR_ARG(form_day(w, list[i].from_on)),
                                STR_ARG(form_day(w, list[i].to_on))),
            .reason = list[i].reason, .end_page = URL_PATH(a, "/cb/vang-mat/%/ket-thuc", form_number(w, list[i].id)),
            .csrf = w->csrf,
        };
    struct html_out table = web_out(w);
    view_absence_list(&table, &(struct view_absence_list){.row = row, .row_count = count});
    form_card(o, WORD_ABSENCE_TITLE, html_done(&table));
    return OK;
}

static enum err absence_form(struct web *w, struct html_out *o, int64_t unit, bool typed)
{
    struct q_person_able *row;
    size_t count;
    struct form f;
    enum err err = act_colleagues(w->ctx, unit, RIGHT_DOSSIER_PROCESS, &row, &count);

    if (err)
        return err;
    struct form_choice *person = ARENA_ARRAY(w->ctx->arena, struct form_choice, count + 1);
    person[0] = (struct form_choice){.value = STR(""), .label = STR("")};
    for (size_t i = 0; i < count; i++)
        person[i + 1] = (struct form_choice){.value = form_number(w, row[i].id), .label = row[i].name};
    form_begin(&f, w, absence_url(w), "v-", typed);
    form_add(&f, &(struct form_input){.name = "person", .kind = FORM_SELECT, .label = WORD_ABSENCE_PERSON,
                                      .value = form_number(w, w->ctx->actor.id), .choice = person, .choice_count = count + 1});
    form_beside(&f, &(struct form_input){.name = "cover", .kind = FORM_SELECT, .label = WORD_ABSENCE_COVER,
                                         .choice = person, .choice_count = count + 1});
    form_add(&f, &(struct form_input){.name = "from", .kind = FORM_DATE, .label = WORD_ABSENCE_FROM,
                                      .value = web_day(w, ctx_today(w->ctx))});
    form_beside(&f, &(struct form_input){.name = "to", .kind = FORM_DATE, .label = WORD_ABSENCE_TO});
    form_add(&f, &(struct form_input){.name = "reason", .kind = FORM_LINE, .label = WORD_ABSENCE_REASON, .optional = true});
    form_card(o, WORD_ABSENCE_SAVE, form_end(&f, WORD_ABSENCE_SAVE));
    return OK;
}

static enum err absence_page(struct web *w, bool typed)
{
    struct html_out o = web_out(w);
    struct desk desk;
    enum err err = act_desk(w->ctx, RIGHT_DOSSIER_SEARCH, 0, &desk);

    form_head(&o, w, &(struct form_head){.heading = WORD_ABSENCE_TITLE, .sub = form_say(w, WORD_ABSENCE_LEAD)});
    if (!err)
        err = absence_rows(w, &o, desk.here->id);
    if (!err)
        err = absence_form(w, &o, desk.here->id, typed);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_ABSENCE, form_say(w, WORD_ABSENCE_TITLE), html_done(&o));
}

static enum err absences(struct web *w)
{
    return absence_page(w, false);
}

static enum err absence_begin(struct web *w)
{
    struct act_absence_begin act = {
        .person = form_id(w, "person"), .cover = form_id(w, "cover"), .from = form_need_date(w, "from"),
        .to = form_need_date(w, "to"), .reason = web_field(w, "reason"),
    };

    web_check_fields(w);
    if (!act.person)
        problem_add(w->ctx, "person", WORD_PROBLEM_REQUIRED, STR(""));
    if (!act.cover)
        problem_add(w->ctx, "cover", WORD_PROBLEM_REQUIRED, STR(""));
    if (w->ctx->problems.count)
        return absence_page(w, true);
    enum err err = act_absence_begin(&act, w->ctx);
    if (form_is_refused(w, err))
        return absence_page(w, true);
    return err ? err : web_redirect_saying(w, absence_url(w), WORD_ABSENCE_SAID_BEGUN, word_int(w->ctx->arena, w->ctx->lang, act.moved));
}

static enum err absence_end(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    if (!err)
        err = act_absence_end(w->ctx, id);
    return err ? err : web_redirect_saying(w, absence_url(w), WORD_ABSENCE_SAID_ENDED, STR(""));
}

/* ---- the sheet ---- */

static struct str clock_of(const struct web *w, struct str at)
{
    struct str whole = form_instant(w, at);
    size_t space = str_find(whole, STR(" "));

    return space == STR_NONE ? whole : str_sub(whole, space + 1, whole.n);
}

/* One sheet for each unit that received. */
static struct view_sheet_group *sheets(const struct web *w, struct str from, struct str day, const struct q_handed_over *row,
                                       size_t count, size_t *ret_count)
{
    struct arena *a = w->ctx->arena;
    struct view_sheet_row *line = ARENA_ARRAY(a, struct view_sheet_row, count);
    struct view_sheet_group *group = ARENA_ARRAY(a, struct view_sheet_group, count);
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (!i || row[i].to_unit != row[i - 1].to_unit)
            group[n++] = (struct view_sheet_group){.from = from, .to = row[i].to_name, .day = day, .row = &line[i]};
        struct view_sheet_group *g = &group[n - 1];
        g->row_count++;
        g->count = (int64_t)g->row_count;
        line[i] = (struct view_sheet_row){g->count, row[i].code, row[i].applicant, row[i].procedure_name, row[i].step_name,
                                          row[i].sets, clock_of(w, row[i].since_at)};
    }
    *ret_count = n;
    return group;
}

static enum err sheet(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct date day = ctx_today(w->ctx);
    struct html_out o = web_out(w);
    struct q_handed_over *row;
    size_t count;
    struct desk desk;
    enum err err = act_desk(w->ctx, RIGHT_DOSSIER_SEARCH, web_int(w, "don-vi", 1, INT64_MAX, 0), &desk);

    web_date(w, "ngay", &day);
    if (!err)
        err = act_handed_over(w->ctx, desk.here->id, day, &row, &count);
    if (err)
        return err;
    struct view_option *option = ARENA_ARRAY(a, struct view_option, desk.unit_count);
    for (size_t i = 0; i < desk.unit_count; i++)
        option[i] = (struct view_option){form_number(w, desk.unit[i].id), desk.unit[i].name, &desk.unit[i] == desk.here};
    struct view_sheet v = {.unit = desk.here->name, .option = option, .option_count = desk.unit_count > 1 ? desk.unit_count : 0,
                           .day = web_day(w, day), .action = URL_PATH(a, "/cb/phieu-ban-giao"), .problems = web_problems(w)};
    v.group = sheets(w, desk.here->name, v.day, row, count, &v.group_count);
    view_sheet(&o, &v);
    return web_staff_page(w, MENU_SHEET, form_say(w, WORD_WORK_SHEET), html_done(&o));
}

static const struct http_field SEEN_FIELDS[] = {{.name = "den", .max = 20}, {.name = NULL}};
static const struct http_field SHEET_FIELDS[] = {{.name = "don-vi", .max = 20}, {.name = "ngay", .max = 40}, {.name = NULL}};
static const struct http_field ABSENCE_FIELDS[] = {
    {.name = "person", .max = 20}, {.name = "cover", .max = 20}, {.name = "from", .max = 40},
    {.name = "to", .max = 40},     {.name = "reason"},           {.name = NULL},
};

const struct web_route ROUTES_WORK[] = {
    {HTTP_GET, "/cb/nhac-viec", WEB_STAFF, NULL, notices},
    {HTTP_POST, "/cb/nhac-viec", WEB_STAFF, SEEN_FIELDS, notices_seen},
    {HTTP_GET, "/cb/vang-mat", WEB_STAFF, NULL, absences},
    {HTTP_POST, "/cb/vang-mat", WEB_STAFF, ABSENCE_FIELDS, absence_begin},
    {HTTP_POST, "/cb/vang-mat/{id}/ket-thuc", WEB_STAFF, NULL, absence_end},
    {HTTP_GET, "/cb/phieu-ban-giao", WEB_STAFF, SHEET_FIELDS, sheet},
    {.path = NULL},
};
