#include "web/track.h"

#include "acts/dossier_view.h"
#include "view_track.h"
#include "web/qr.h"

static struct str say(const struct web *w, enum word id)
{
    return word(w->ctx->lang, id);
}

static struct str say_1(const struct web *w, enum word id, struct str value)
{
    return word_format(w->ctx->arena, w->ctx->lang, id, &value, 1);
}

struct html track_box(struct web *w, struct str code, struct str secret)
{
    struct html_out o = web_out(w);

    view_track_form(&o, &(struct view_track_form){.action = URL_PATH(w->ctx->arena, "/tra-cuu"),
                                                  .code = code,
                                                  .secret = secret,
                                                  .problems = web_problems(w)});
    return html_done(&o);
}

static bool has_come(struct local t)
{
    return date_cmp(t.date, DATE_NEVER) != 0;
}

static struct local wall(const struct dossier_public *p, struct str text, bool is_null)
{
    struct instant t;

    return is_null || instant_parse(text, &t) ? (struct local){DATE_NEVER, 0}
                                              : zone_local(p->zone, t);
}

/* ---- what the applicant has to do: the box is never absent ---- */

struct needed {
    enum word word;
    struct str class, icon;
};

static struct needed needed_of(enum dossier_state state)
{
    static const struct needed NEEDED[DOSSIER_STATE__COUNT] = {
        [DOSSIER_SUPPLEMENT] = {WORD_PUBLIC_NEEDED_SUPPLEMENT, STR_INIT("can-gap"),
                                STR_INIT("file-warning")},
        [DOSSIER_PAYMENT] = {WORD_PUBLIC_NEEDED_PAYMENT, STR_INIT("can-gap"), STR_INIT("wallet")},
        [DOSSIER_FINISHED] = {WORD_PUBLIC_NEEDED_COLLECT, STR_INIT("can-lam"),
                              STR_INIT("package-check")},
        [DOSSIER_RETURNED] = {WORD_PUBLIC_NEEDED_DONE, STR_INIT("can-het"), STR_INIT("check")},
        [DOSSIER_STOPPED] = {WORD_PUBLIC_NEEDED_DONE, STR_INIT("can-het"), STR_INIT("ban")},
        [DOSSIER_NOT_ACCEPTED] = {WORD_PUBLIC_NEEDED_DONE, STR_INIT("can-het"), STR_INIT("ban")},
    };

    if (NEEDED[state].icon.n)
        return NEEDED[state];
    return (struct needed){WORD_PUBLIC_NEEDED_NOTHING, STR_INIT(""), STR_INIT("circle-check")};
}

/* ---- steps: done, where it is, still to come ---- */

static struct view_track_step *steps_drawn(const struct web *w, const struct dossier_public *p, size_t *ret_count)
{
    struct arena *a = w->ctx->arena;
    struct dossier_drawn_step *drawn;
    size_t count = dossier_steps_drawn(a, p->process, p->task, p->task_count, has_come(p->finished), &drawn);
    struct view_track_step *v = ARENA_ARRAY(a, struct view_track_step, count);

    for (size_t i = 0; i < count; i++)
        v[i] = (struct view_track_step){
            .name = drawn[i].name,
            .no = str_format(a, "%zu", i + 1),
            .done = drawn[i].done,
            .now = drawn[i].now,
            .date = web_day(w, wall(p, drawn[i].since_at, false).date),
        };
    *ret_count = count;
    return v;
}

static struct view_track_step *steps_listed(const struct web *w, const struct dossier_public *p, size_t *ret_count)
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
        };
        for (size_t t = 0; t < p->task_count; t++)
            if (p->task[t].step_no == p->step[i].no)
                v[i].date = web_day(w, wall(p, p->task[t].since_at, false).date);
    }
    *ret_count = p->step_count;
    return v;
}

/* ---- what happened, newest first ---- */

struct event {
    struct local at;
    struct str title, detail, class;
    struct html badge;
};

static int event_cmp(const void *x, const void *y)
{
    return local_cmp(((const struct event *)y)->at, ((const struct event *)x)->at);
}

static struct html paused_badge(const struct web *w, const struct calendar *calendar,
                                struct local from, struct local to)
{
    struct str days = word_int(w->ctx->arena, w->ctx->lang,
                               calendar_working_days_between(calendar, from.date, to.date));

    return web_badge_html(w, (struct web_badge){STR("tam"), STR("circle-pause"),
                                                say_1(w, WORD_PUBLIC_PAUSED_DAYS,
                                                      say_1(w, WORD_COMMON_DAYS_WORK, days))});
}

static size_t pauses_of(const struct web *w, const struct dossier_public *p, struct event *e)
{
    size_t n = 0;

    for (size_t i = 0; i < p->suspension_count; i++) {
        const struct q_suspension_list *s = &p->suspension[i];
        struct local from = wall(p, s->from_at, false), to = wall(p, s->to_at, false);
        e[n++] = (struct event){.at = from,
                                .title = say(w, WORD_PUBLIC_EVENT_PAUSED),
                                .detail = s->reason_name_null ? STR("") : s->reason_name,
                                .class = STR("canh")};
        if (!has_come(to))
            continue;
        e[n - 1].badge = paused_badge(w, p->calendar, from, to);
        e[n++] = (struct event){
            .at = to, .title = say(w, WORD_PUBLIC_EVENT_RESUMED), .class = STR("ok")};
    }
    return n;
}

static size_t events_of(const struct web *w, const struct dossier_public *p, struct event *e)
{
    size_t n = 0;

    e[n++] = (struct event){.at = p->received,
                            .title = say(w, WORD_PUBLIC_EVENT_RECEIVED),
                            .detail = p->d.unit_name,
                            .class = STR("ok")};
    for (size_t i = 1; i < p->task_count; i++)
        if (!str_eq(p->task[i].step_code, STR("hand_out")))
            e[n++] = (struct event){.at = wall(p, p->task[i].since_at, false),
                                    .title = say_1(w, WORD_PUBLIC_EVENT_STEP, p->task[i].step_name),
                                    .detail = p->task[i].unit_name};
    n += pauses_of(w, p, e + n);
    if (has_come(p->finished))
        e[n++] = (struct event){
            .at = p->finished,
            .title = say(w, WORD_PUBLIC_EVENT_FINISHED),
            .detail = say(w, dossier_outcome_word((enum dossier_outcome)p->d.outcome)),
            .class = STR("ok")};
    if (has_come(p->returned))
        e[n++] = (struct event){
            .at = p->returned, .title = say(w, WORD_PUBLIC_EVENT_RETURNED), .class = STR("ok")};
    qsort(e, n, sizeof *e, event_cmp);
    if (!has_come(p->finished))
        e[0].class = STR("nay");
    return n;
}

static struct view_track_event *event_rows(const struct web *w, const struct event *e, size_t count)
{
    struct arena *a = w->ctx->arena;
    struct view_track_event *row = ARENA_ARRAY(a, struct view_track_event, count);

    for (size_t i = 0; i < count; i++) {
        struct str at[] = {web_day_long(w, e[i].at.date), web_clock(w, e[i].at)};
        row[i] = (struct view_track_event){
            .class = e[i].class,
            .iso = local_iso(a, e[i].at),
            .at = word_format(a, w->ctx->lang, WORD_COMMON_AT_TIME, at, 2),
            .title = e[i].title,
            .detail = e[i].detail,
            .badge = e[i].badge,
        };
    }
    return row;
}

/* ---- the page ---- */

static struct html badge_html(struct web *w, const struct dossier_public *p)
{
    if (p->d.outcome == OUTCOME_WITHDRAWN || p->d.outcome == OUTCOME_STOPPED)
        return web_badge_html(w, web_badge_ended(w, DATE_NEVER, p->finished.date));
    if (has_come(p->finished))
        return web_badge_html(w, web_badge_ended(w, p->due.date, p->finished.date));
    if (p->is_suspended)
        return web_badge_html(
            w, web_badge_paused(w, wall(p, p->d.suspended_at, p->d.suspended_at_null)));
    return web_badge_html(w, web_badge(w, &p->badge));
}

static void due_fill(const struct web *w, const struct dossier_public *p, struct view_track *v)
{
    bool over = has_come(p->finished), again = !over && local_cmp(p->promised, p->due) > 0;
    struct local at = over ? p->finished : again ? p->promised : p->due;

    v->due_label = say(w, over    ? WORD_PUBLIC_FINISHED_ON
                          : again ? WORD_PUBLIC_DUE_NEW
                                  : WORD_PUBLIC_DUE);
    v->due = web_day_long(w, at.date);
    v->due_time = over ? web_clock(w, at) : say_1(w, WORD_PUBLIC_DUE_TIME, web_clock(w, at));
    if (again || over)
        v->due_was = say_1(w, WORD_PUBLIC_DUE_WAS, web_day_long(w, p->due.date));
    else if (p->is_suspended)
        v->due_was = say(w, WORD_PUBLIC_DUE_PAUSED);
}

static void info_fill(const struct web *w, const struct dossier_public *p, struct view_track *v)
{
    struct arena *a = w->ctx->arena;

    v->fee = p->d.fee
                 ? str_format(
                       a, "%" PRIstr ", %" PRIstr, STR_ARG(word_money(a, w->ctx->lang, p->d.fee)),
                       STR_ARG(say(w, p->d.fee_paid ? WORD_PUBLIC_FEE_PAID : WORD_PUBLIC_FEE_DUE)))
                 : say(w, WORD_PUBLIC_NO_FEE);
    v->delivery = say(w, dossier_delivery_word((enum dossier_delivery)p->d.delivery));
    v->channel = say(w, dossier_channel_word((enum dossier_channel)p->d.channel));
    v->unit = p->d.unit_name;
    v->address = p->d.unit_address;
    v->unit_phone = p->d.unit_phone;
}

static enum err qr_fill(const struct web *w, const struct dossier_public *p, struct view_track *v)
{
    struct arena *a = w->ctx->arena;
    struct qr qr;

    if (str_is_empty(w->public_base)) /* a phone could not open it */
        return OK;
    enum err err = qr_encode(a,
                             str_format(a, "%" PRIstr "%" PRIstr, STR_ARG(w->public_base),
                                        STR_ARG(url_text(URL_PATH(a, "/h/%", p->d.code)))),
                             &qr);
    if (err)
        return err;
    v->qr = qr.path;
    v->qr_box = qr.view_box;
    return OK;
}

static enum err show_found(struct web *w, const struct dossier_public *p, struct str code,
                           struct str secret)
{
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct event *event = ARENA_ARRAY(a, struct event, p->task_count + 2 * p->suspension_count + 4);
    struct needed needed = needed_of((enum dossier_state)p->d.state);
    size_t count = events_of(w, p, event);
    struct view_track v = {
        .form = track_box(w, code, secret),
        .badge = badge_html(w, p),
        .state = say(w, dossier_state_word((enum dossier_state)p->d.state)),
        .procedure = p->d.procedure_name,
        .procedure_page = URL_PATH(a, "/thu-tuc/%", p->d.procedure_code),
        .code = p->d.code,
        .who = p->applicant_masked,
        .phone = p->phone_masked,
        .class = needed.class,
        .sign = web_icon(w, needed.icon),
        .needed = say(w, needed.word),
        .known = p->is_known,
        .event = event_rows(w, event, count),
        .event_count = count,
    };
    v.step = p->process ? steps_drawn(w, p, &v.step_count) : steps_listed(w, p, &v.step_count);
    due_fill(w, p, &v);
    info_fill(w, p, &v);
    enum err err = qr_fill(w, p, &v);
    if (err)
        return err;
    view_track(&o, &v);
    w->rs->no_store = true;
    return web_public_page(w, NAV_TRACK, say(w, WORD_PUBLIC_TRACK_TITLE), html_done(&o));
}

static enum err show_nothing(struct web *w, struct str code, struct str secret, enum word why,
                             int status)
{
    struct html_out o = web_out(w);

    view_track_none(
        &o, &(struct view_track_none){.form = track_box(w, code, secret), .text = say(w, why)});
    w->rs->status = status;
    w->rs->no_store = true;
    return web_public_page(w, NAV_TRACK, say(w, WORD_PUBLIC_TRACK_TITLE), html_done(&o));
}

static enum err look_up(struct web *w, struct str code, struct str secret)
{
    struct dossier_public p;
    enum { WAIT_SECONDS = 60 };
    enum err err = act_track(w->ctx, code, secret, w->rq->peer, &p);

    if (err == ERR_NOT_FOUND)
        return show_nothing(w, code, secret, WORD_PUBLIC_NOT_FOUND, 404);
    if (err == ERR_LIMIT) {
        w->rs->retry_after = WAIT_SECONDS;
        return show_nothing(w, code, secret, WORD_PUBLIC_WAIT, 429);
    }
    return err ? err : show_found(w, &p, code, secret);
}

enum err track_page(struct web *w)
{
    struct str code = web_field(w, "ma"), secret = web_field(w, "k");
    struct html_out o = web_out(w);

    if (code.n)
        return look_up(w, code, secret);
    view_track_start(&o, &(struct view_track_start){.form = track_box(w, code, secret)});
    return web_public_page(w, NAV_TRACK, say(w, WORD_PUBLIC_TRACK_TITLE), html_done(&o));
}

enum err track_short_link(struct web *w)
{
    return look_up(w, w->rq->part[0], web_field(w, "k"));
}
