/* What anybody may see: procedures, and where a dossier is. */
#include "acts/catalogue.h"
#include "acts/dossier_view.h"
#include "view_public.h"
#include "web/url.h"
#include "web/web.h"

static const struct http_field FIELDS_LIST[] = {{.name = "q", .max = 200}, {.name = NULL}};
static const struct http_field FIELDS_TRACK[] = {{.name = "ma", .max = 80}, {.name = "k", .max = 40}, {.name = NULL}};

static struct str say(const struct web *w, enum word id)
{
    return word(w->ctx->lang, id);
}

/* ---- procedures ---- */

static struct html search_box(struct web *w, struct str words)
{
    struct html_out o = web_out(w);
    struct view_procedure_search v = {.action = URL_PATH(w->ctx->arena, "/thu-tuc"), .words = words};

    view_procedure_search(&o, &v);
    return html_done(&o);
}

static struct view_public_procedure procedure_line(const struct web *w, const struct q_procedure_list *p)
{
    struct limit limit = {(enum limit_unit)p->limit_unit, (int)p->limit_length};

    return (struct view_public_procedure){
        .page = URL_PATH(w->ctx->arena, "/thu-tuc/%", p->code),
        .name = p->name,
        .code = p->code,
        .sub = p->limit_unit_null ? STR("–") : web_limit(w, limit),
    };
}

static enum err list(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct act_procedure_list act = {.words = web_field(w, "q"), .field = STR("")};
    struct html_out o = web_out(w);
    enum err err = act_procedure_list(&act, w->ctx);

    if (err)
        return err;
    struct view_public_field *field = ARENA_ARRAY(a, struct view_public_field, act.row_count);
    struct view_public_procedure *line = ARENA_ARRAY(a, struct view_public_procedure, act.row_count);
    struct view_public_list v = {.search = search_box(w, act.words), .field = field};
    for (size_t i = 0; i < act.row_count; i++) {
        bool begins = i == 0 || !str_eq(act.row[i - 1].field_code, act.row[i].field_code);
        line[i] = procedure_line(w, &act.row[i]);
        if (begins)
            field[v.field_count++] = (struct view_public_field){.name = act.row[i].field_name, .procedure = &line[i]};
        field[v.field_count - 1].procedure_count++;
    }
    view_public_list(&o, &v);
    return web_public_page(w, NAV_PROCEDURES, say(w, WORD_PUBLIC_PROCEDURES), html_done(&o));
}

static struct view_public_case case_of(const struct web *w, const struct procedure_whole *p, const struct q_case_list *k)
{
    struct arena *a = w->ctx->arena;
    struct view_public_paper *paper = ARENA_ARRAY(a, struct view_public_paper, p->paper_count);
    struct limit limit = {(enum limit_unit)k->limit_unit, (int)k->limit_length};
    struct view_public_case v = {.name = k->name.n ? k->name : p->version.name, .limit = web_limit(w, limit), .paper = paper};

    v.fee = k->fee_text.n ? k->fee_text : k->fee ? word_money(a, w->ctx->lang, k->fee) : say(w, WORD_PUBLIC_NO_FEE);
    for (size_t i = 0; i < p->paper_count; i++)
        if (p->paper[i].case_no == k->no)
            paper[v.paper_count++] = (struct view_public_paper){p->paper[i].name, p->paper[i].originals, p->paper[i].copies,
                                                                !p->paper[i].is_required};
    return v;
}

static enum err procedure(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct act_procedure_view act = {.code = w->rq->part[0]};
    struct html_out o = web_out(w);
    enum err err = act_procedure_view(&act, w->ctx);

    if (err)
        return err;
    if (!act.whole)
        return ERR_NOT_FOUND;
    const struct procedure_whole *p = act.whole;
    struct view_public_case *item = ARENA_ARRAY(a, struct view_public_case, p->case_count);
    struct view_public_unit *unit = ARENA_ARRAY(a, struct view_public_unit, act.unit_count);
    for (size_t i = 0; i < p->case_count; i++)
        item[i] = case_of(w, p, &p->cases[i]);
    for (size_t i = 0; i < act.unit_count; i++)
        unit[i].name = act.unit[i].name;
    struct view_public_procedure_page v = {
        .name = p->version.name, .code = act.procedure.code, .field = act.procedure.field_name,
        .subjects = p->version.subjects, .requirements = p->version.requirements, .basis = p->version.legal_basis,
        .result = p->version.result, .item = item, .item_count = p->case_count, .unit = unit, .unit_count = act.unit_count,
    };
    view_public_procedure_page(&o, &v);
    return web_public_page(w, NAV_PROCEDURES, v.name, html_done(&o));
}

/* ---- tracking ---- */

static struct html track_box(struct web *w, struct str code, struct str secret)
{
    struct html_out o = web_out(w);
    struct view_track_form v = {.action = URL_PATH(w->ctx->arena, "/tra-cuu"), .code = code, .secret = secret, .problems = web_problems(w)};

    view_track_form(&o, &v);
    return html_done(&o);
}

static bool has_come(struct local t)
{
    return date_cmp(t.date, DATE_NEVER) != 0;
}

static struct str needed(const struct web *w, const struct dossier_public *p)
{
    switch ((enum dossier_state)p->d.state) {
    case DOSSIER_SUPPLEMENT:
        return say(w, WORD_PUBLIC_NEEDED_SUPPLEMENT);
    case DOSSIER_PAYMENT:
        return say(w, WORD_PUBLIC_NEEDED_PAYMENT);
    case DOSSIER_FINISHED:
        return say(w, WORD_PUBLIC_NEEDED_COLLECT);
    case DOSSIER_RETURNED:
    case DOSSIER_STOPPED:
    case DOSSIER_NOT_ACCEPTED:
        return say(w, WORD_PUBLIC_NEEDED_DONE);
    case DOSSIER_REGISTERED:
    case DOSSIER_ACCEPTED:
    case DOSSIER_PROCESSING:
    case DOSSIER_WITHDRAWING:
    case DOSSIER_STATE__COUNT:
        break;
    }
    return say(w, WORD_PUBLIC_NEEDED_NOTHING);
}

static struct local wall(const struct dossier_public *p, struct str text)
{
    struct instant t;

    return instant_parse(text, &t) ? (struct local){DATE_NEVER, 0} : zone_local(p->zone, t);
}

/* Steps of the procedure: done, where it is, still to come. */
static struct view_track_step *steps_of(const struct web *w, const struct dossier_public *p, size_t *ret_count)
{
    struct arena *a = w->ctx->arena;
    struct view_track_step *v = ARENA_ARRAY(a, struct view_track_step, p->step_count);
    int64_t here = 0;
    bool ended = has_come(p->finished);

    for (size_t i = 0; i < p->task_count; i++)
        if (p->task[i].done_at_null)
            here = p->task[i].step_no;
    for (size_t i = 0; i < p->step_count; i++) {
        v[i] = (struct view_track_step){
            .name = p->step[i].name,
            .no = str_format(a, "%zu", i + 1),
            .done = ended || p->step[i].no < here,
            .now = !ended && p->step[i].no == here,
            .date = STR(""),
        };
        for (size_t t = 0; t < p->task_count; t++)
            if (p->task[t].step_no == p->step[i].no && !ended)
                v[i].date = web_day(w, wall(p, p->task[t].since_at).date);
    }
    *ret_count = p->step_count;
    return v;
}

struct event {
    struct local at;
    struct str title, detail;
};

static int event_cmp(const void *x, const void *y) /* newest first */
{
    return local_cmp(((const struct event *)y)->at, ((const struct event *)x)->at);
}

static size_t events_of(const struct web *w, const struct dossier_public *p, struct event *e)
{
    struct arena *a = w->ctx->arena;
    size_t n = 0;

    e[n++] = (struct event){p->received, say(w, WORD_PUBLIC_EVENT_RECEIVED), p->d.unit_name};
    for (size_t i = 1; i < p->task_count; i++)
        if (!str_eq(p->task[i].step_code, STR("hand_out")))
            e[n++] = (struct event){wall(p, p->task[i].since_at),
                                    word_format(a, w->ctx->lang, WORD_PUBLIC_EVENT_STEP, &p->task[i].step_name, 1),
                                    p->task[i].unit_name};
    for (size_t i = 0; i < p->suspension_count; i++) {
        struct local to = wall(p, p->suspension[i].to_at);
        e[n++] = (struct event){wall(p, p->suspension[i].from_at), say(w, WORD_PUBLIC_EVENT_PAUSED),
                                p->suspension[i].reason_name_null ? STR("") : p->suspension[i].reason_name};
        if (has_come(to))
            e[n++] = (struct event){to, say(w, WORD_PUBLIC_EVENT_RESUMED), STR("")};
    }
    if (has_come(p->finished))
        e[n++] = (struct event){p->finished, say(w, WORD_PUBLIC_EVENT_FINISHED), say(w, dossier_outcome_word((enum dossier_outcome)p->d.outcome))};
    if (has_come(p->returned))
        e[n++] = (struct event){p->returned, say(w, WORD_PUBLIC_EVENT_RETURNED), STR("")};
    qsort(e, n, sizeof *e, event_cmp);
    return n;
}

static struct html badge_html(struct web *w, const struct dossier_public *p)
{
    struct html_out nothing = web_out(w);

    if (has_come(p->finished))
        return html_done(&nothing);
    return p->is_suspended ? web_badge_html(w, web_badge_paused(w, wall(p, p->d.suspended_at))) : web_badge_html(w, web_badge(w, &p->badge));
}

static enum err show_found(struct web *w, const struct dossier_public *p, struct str code, struct str secret)
{
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct event *event = ARENA_ARRAY(a, struct event, p->task_count + 2 * p->suspension_count + 4);
    size_t count = events_of(w, p, event);
    struct view_track_event *line = ARENA_ARRAY(a, struct view_track_event, count);
    bool again = local_cmp(p->promised, p->due) > 0;
    struct local due = again ? p->promised : p->due;
    struct str hour = str_format(a, "%d:%02d", due.ms_of_day / 3600000, due.ms_of_day / 60000 % 60);

    for (size_t i = 0; i < count; i++)
        line[i] = (struct view_track_event){web_moment(w, event[i].at), event[i].title, event[i].detail};
    struct view_track v = {
        .form = track_box(w, code, secret), .badge = badge_html(w, p),
        .state = say(w, dossier_state_word((enum dossier_state)p->d.state)), .procedure = p->d.procedure_name, .code = p->d.code,
        .who = p->applicant_masked, .unit = p->d.unit_name,
        .due_label = say(w, again ? WORD_PUBLIC_DUE_NEW : WORD_PUBLIC_DUE), .due = web_day_long(w, due.date),
        .due_time = word_format(a, w->ctx->lang, WORD_PUBLIC_DUE_TIME, &hour, 1), .needed = needed(w, p), .event = line,
        .event_count = count,
    };
    v.step = steps_of(w, p, &v.step_count);
    view_track(&o, &v);
    return web_public_page(w, NAV_TRACK, say(w, WORD_PUBLIC_TRACK_TITLE), html_done(&o));
}

static enum err show_nothing(struct web *w, struct str code, struct str secret, enum word why, int status)
{
    struct html_out o = web_out(w);
    struct view_track_none v = {.form = track_box(w, code, secret), .text = say(w, why)};

    view_track_none(&o, &v);
    w->rs->status = status;
    return web_public_page(w, NAV_TRACK, say(w, WORD_PUBLIC_TRACK_TITLE), html_done(&o));
}

static enum err track_code(struct web *w, struct str code, struct str secret)
{
    struct dossier_public p;
    enum err err = act_track(w->ctx, code, secret, w->rq->peer, &p);

    if (err == ERR_NOT_FOUND)
        return show_nothing(w, code, secret, WORD_PUBLIC_NOT_FOUND, 404);
    if (err == ERR_LIMIT)
        return show_nothing(w, code, secret, WORD_PUBLIC_WAIT, 429);
    return err ? err : show_found(w, &p, code, secret);
}

static enum err track(struct web *w)
{
    struct str code = web_field(w, "ma"), secret = web_field(w, "k");
    struct html_out o = web_out(w);

    if (code.n && secret.n)
        return track_code(w, code, secret);
    struct view_public_track v = {.track = track_box(w, code, secret)};
    view_public_track(&o, &v);
    return web_public_page(w, NAV_TRACK, say(w, WORD_PUBLIC_TRACK_TITLE), html_done(&o));
}

/* The address in the QR code of a receipt: status without any personal data. */
static enum err short_link(struct web *w)
{
    return track_code(w, w->rq->part[0], web_field(w, "k"));
}

static enum err home(struct web *w)
{
    struct html_out o = web_out(w);
    struct view_public_home v = {.search = search_box(w, STR("")), .track = track_box(w, STR(""), STR(""))};

    view_public_home(&o, &v);
    return web_public_page(w, NAV_HOME, say(w, WORD_PUBLIC_HOME_TITLE), html_done(&o));
}

const struct web_route ROUTES_PUBLIC[] = {
    {HTTP_GET, "/", WEB_PUBLIC, NULL, home},
    {HTTP_GET, "/thu-tuc", WEB_PUBLIC, FIELDS_LIST, list},
    {HTTP_GET, "/thu-tuc/{code}", WEB_PUBLIC, NULL, procedure},
    {HTTP_GET, "/tra-cuu", WEB_PUBLIC, FIELDS_TRACK, track},
    {HTTP_GET, "/h/{code}", WEB_PUBLIC, FIELDS_TRACK, short_link},
    {HTTP_GET, NULL, WEB_PUBLIC, NULL, NULL},
};
