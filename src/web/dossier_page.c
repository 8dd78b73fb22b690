/* One dossier, whole. */
#include "web/dossier.h"

#include "acts/dossier_agency.h"
#include "web/answer.h"
#include "web/timeline.h"
#include "web/url.h"

#include "view_dossier.h"
#include "view_process.h"

enum { PRINTS = 5 };

/* A page being made. */
struct page {
    struct web *w;
    const struct dossier_view *d;
};

static struct str text_of(const struct page *p, enum word w)
{
    return word(p->w->ctx->lang, w);
}

/* ---- what may be done ---- */

/* Who has it in hand already need not take it, and a result waits at the counter for its owner. */
static bool is_idle(const struct page *p, enum dossier_act act)
{
    const struct q_task_list *task = p->d->open_task;

    if (act != DOSSIER_TAKE)
        return false;
    return p->d->d.state == DOSSIER_FINISHED || !task ||
           (!task->taken_at_null && !task->person_id_null && task->person_id == p->w->ctx->actor.id);
}

static size_t buttons(const struct page *p, bool main, struct view_dossier_button *button)
{
    size_t n = 0;

    for (int i = 0; i < DOSSIER_ACT__COUNT; i++) {
        const struct dossier_act_page *page = &DOSSIER_ACT_PAGES[i];
        if (!p->d->may[page->act] || page->is_main != main || is_idle(p, page->act))
            continue;
        button[n++] = (struct view_dossier_button){
            .page = url_dossier_page(p->w->ctx->arena, p->d->d.code, page->path),
            .sign = web_icon(p->w, page->icon),
            .label = text_of(p, page->title),
            .second = !main,
        };
    }
    return n;
}

/* Only refusals that tell something: that a running clock cannot be resumed goes without saying. */
static bool is_worth_saying(enum dossier_refusal why)
{
    return why != DOSSIER_ALLOWED && why != DOSSIER_WRONG_STATE && why != DOSSIER_CLOCK_RUNS;
}

static size_t refusals(const struct page *p, struct view_dossier_refused *refused)
{
    size_t n = 0;

    for (int i = 0; i < DOSSIER_ACT__COUNT; i++) {
        const struct dossier_act_page *page = &DOSSIER_ACT_PAGES[i];
        struct dossier_verdict v = p->d->why_not[page->act];
        if (!p->d->has_right[page->act] || !is_worth_saying(v.why))
            continue;
        refused[n++] = (struct view_dossier_refused){
            .label = text_of(p, page->title),
            .why = web_verdict_text(p->w, v),
            .basis = dossier_refusal_basis(v.why),
        };
    }
    return n;
}

/* ---- agencies ---- */

/* The account of several agencies; one alone has the whole limit and no account. */
static enum err agencies(const struct page *p, struct view_dossier *v)
{
    struct agency_time *time;
    size_t count;
    int64_t sum = 0;
    enum err err = agency_times(p->w->ctx, p->d, &time, &count);

    if (err || count < 2)
        return err;
    struct view_dossier_agency *row = ARENA_ARRAY(p->w->ctx->arena, struct view_dossier_agency, count);
    for (size_t i = 0; i < count; i++) {
        row[i] = (struct view_dossier_agency){
            .name = time[i].name,
            .now = time[i].is_open,
            .steps = time[i].steps,
            .used = web_hours(p->w, time[i].used),
            .budget = time[i].budget ? web_hours(p->w, time[i].budget) : STR(""),
            .late = time[i].exceeded,
            .step = time[i].step,
        };
        sum += time[i].used;
    }
    v->agency = row;
    v->agency_count = count;
    v->agency_sum = web_hours(p->w, sum);
    v->agency_limit =
        web_limit(p->w, (struct limit){(enum limit_unit)p->d->d.limit_unit, (int)p->d->d.limit_length});
    return OK;
}

/* ---- lists ---- */

static struct view_dossier_paper *papers(const struct page *p)
{
    struct view_dossier_paper *paper = ARENA_ARRAY(p->w->ctx->arena, struct view_dossier_paper, p->d->paper_count);

    for (size_t i = 0; i < p->d->paper_count; i++) {
        const struct q_dossier_papers *row = &p->d->paper[i];
        paper[i] = (struct view_dossier_paper){
            .ok = row->state == PAPER_PRESENT,
            .bad = row->state == PAPER_MISSING || row->state == PAPER_DEFECTIVE,
            .name = row->name,
            .kind = text_of(p, paper_kind_word((enum paper_kind)row->kind)),
            .quantity = row->quantity,
            .state = text_of(p, paper_state_word((enum paper_state)row->state)),
            .note = row->note,
        };
    }
    return paper;
}

static size_t events(const struct page *p, struct view_dossier_event *event)
{
    const struct dossier_view *d = p->d;
    size_t n = 0;

    for (size_t i = d->line_count; i-- > 0;) { /* newest first */
        const struct dossier_line *line = &d->line[i];
        if (!timeline_is_shown(line))
            continue;
        event[n] = (struct view_dossier_event){
            .class = n == 0 && d->d.is_open ? STR("nay") : timeline_class(line),
            .iso = local_iso(p->w->ctx->arena, line->at),
            .at = web_moment(p->w, line->at),
            .title = timeline_title(p->w, line),
            .detail = timeline_detail(p->w, line),
            .who = line->row.actor_name_null ? STR("") : line->row.actor_name,
        };
        n++;
    }
    return n;
}

static struct view_dossier_task *tasks(const struct page *p)
{
    const struct dossier_view *d = p->d;
    struct view_dossier_task *task = ARENA_ARRAY(p->w->ctx->arena, struct view_dossier_task, d->task_count);

    for (size_t i = 0; i < d->task_count; i++) {
        const struct q_task_list *t = &d->task[i];
        task[i] = (struct view_dossier_task){
            .step = t->step_name,
            .unit = t->unit_name,
            .person = t->person_name_null ? STR("") : t->person_name,
            .since = web_moment(p->w, timeline_local(d, t->since_at, false)),
            .taken = web_moment(p->w, timeline_local(d, t->taken_at, t->taken_at_null)),
            .due = web_moment(p->w, timeline_local(d, t->step_due_at, false)),
            .done = web_moment(p->w, timeline_local(d, t->done_at, t->done_at_null)),
            .late = t->timing == TIMING_LATE,
            .timing = t->done_at_null ? STR("") : text_of(p, step_timing_word((enum step_timing)t->timing)),
            .note = t->note,
        };
    }
    return task;
}

static struct str owner_name(const struct page *p, int64_t owner)
{
    static const enum word OWNERS[] = {
        [PAUSE_US] = WORD_DOSSIER_PAGE_OWNER_US,
        [PAUSE_OTHER_AGENCY] = WORD_DOSSIER_PAGE_OWNER_OTHER,
        [PAUSE_CITIZEN] = WORD_DOSSIER_PAGE_OWNER_CITIZEN,
    };
    _Static_assert(sizeof OWNERS / sizeof OWNERS[0] == PAUSE_OWNER__COUNT, "every owner has a word");

    return owner >= 0 && owner < PAUSE_OWNER__COUNT ? text_of(p, OWNERS[owner]) : STR("");
}

static struct view_dossier_pause *pauses(const struct page *p)
{
    const struct dossier_view *d = p->d;
    struct view_dossier_pause *pause = ARENA_ARRAY(p->w->ctx->arena, struct view_dossier_pause, d->suspension_count);

    for (size_t i = 0; i < d->suspension_count; i++) {
        const struct q_suspension_list *s = &d->suspension[i];
        pause[i] = (struct view_dossier_pause){
            .reason = s->reason_name_null ? s->reason : s->reason_name,
            .owner = owner_name(p, s->owner),
            .detail = s->detail,
            .from = web_moment(p->w, timeline_local(d, s->from_at, false)),
            .to = web_moment(p->w, timeline_local(d, s->to_at, false)),
        };
    }
    return pause;
}

static struct view_dossier_rule *rules(const struct page *p)
{
    const struct deadline *deadline = &p->d->deadline;
    struct view_dossier_rule *rule = ARENA_ARRAY(p->w->ctx->arena, struct view_dossier_rule, deadline->step_count);

    for (size_t i = 0; i < deadline->step_count; i++)
        rule[i] = (struct view_dossier_rule){timeline_derivation(p->w, p->d, &deadline->step[i])};
    return rule;
}

static struct str hex_start(struct arena *a, struct str bytes)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < bytes.n; i++)
        buf_format(&b, "%02x", (unsigned char)bytes.p[i]);
    return buf_str(&b);
}

static struct view_dossier_journal *journal(const struct page *p)
{
    const struct dossier_view *d = p->d;
    struct arena *a = p->w->ctx->arena;
    struct view_dossier_journal *line = ARENA_ARRAY(a, struct view_dossier_journal, d->line_count);

    for (size_t i = 0; i < d->line_count; i++)
        line[i] = (struct view_dossier_journal){
            .pos = d->line[i].row.pos,
            .happened = web_moment(p->w, d->line[i].at),
            .recorded = web_moment(p->w, zone_local(d->office.zone, d->line[i].recorded_at)),
            .act = timeline_title(p->w, &d->line[i]),
            .who = d->line[i].row.actor_name_null ? STR("") : d->line[i].row.actor_name,
            .hash = hex_start(a, d->line[i].row.hash),
        };
    return line;
}

/* ---- the head ---- */

static struct str fee_text(const struct page *p)
{
    const struct q_dossier_by_id *d = &p->d->d;
    struct arena *a = p->w->ctx->arena;

    if (d->fee == 0)
        return text_of(p, WORD_DOSSIER_PAGE_FEE_NONE);
    struct str money = word_money(a, p->w->ctx->lang, d->fee);
    return word_format(a, p->w->ctx->lang, d->fee_paid ? WORD_DOSSIER_PAGE_FEE_PAID : WORD_DOSSIER_PAGE_FEE_DUE, &money,
                       1);
}

/* The units that have it in hand now, side by side. */
static struct str holders(const struct page *p)
{
    struct buf b = buf_in(p->w->ctx->arena);

    for (size_t i = 0; i < p->d->task_count; i++) {
        if (!p->d->task[i].done_at_null)
            continue;
        if (b.n)
            buf_put(&b, STR("; "));
        buf_put(&b, p->d->task[i].unit_name);
    }
    return buf_str(&b);
}

static struct view_dossier_head head(const struct page *p)
{
    const struct dossier_view *d = p->d;
    struct web *w = p->w;
    struct local step_due =
        d->open_task ? timeline_local(d, d->open_task->step_due_at, false) : (struct local){DATE_NEVER, 0};
    bool over = d->d.outcome != OUTCOME_NONE;

    return (struct view_dossier_head){
        .badge = web_badge_html(w, timeline_badge(w, d)),
        .state = text_of(p, dossier_state_word((enum dossier_state)d->d.state)),
        .procedure = d->names.procedure_name,
        .kase = d->procedure->case_count > 1 ? d->names.case_name : STR(""),
        .code = d->d.code,
        .applicant = d->d.applicant,
        .over = over,
        .due_day = web_day_long(w, over ? d->finished.date : d->promised.date),
        .due_time = web_clock(w, over ? d->finished : d->promised),
        .due_before = local_cmp(d->promised, d->due) != 0 ? web_moment(w, d->due) : STR(""),
        .due_first = local_cmp(d->due_first, d->due) != 0 ? web_moment(w, d->due_first) : STR(""),
        .due_paused = d->is_suspended && !d->d.due_given ? web_moment(w, d->deadline.due) : STR(""),
        .step_due = over ? STR("") : web_moment(w, step_due),
        .outcome = over ? text_of(p, dossier_outcome_word((enum dossier_outcome)d->d.outcome)) : STR(""),
        .result_no = d->d.result_no,
        .holder_unit = holders(p),
        .holder = d->open_count == 1 && d->open_task && !d->open_task->person_name_null ? d->open_task->person_name : STR(""),
    };
}

static struct view_dossier_facts facts(const struct page *p)
{
    const struct dossier_view *d = p->d;
    const struct q_dossier_by_id *r = &d->d;
    struct web *w = p->w;

    return (struct view_dossier_facts){
        .id_no = r->id_no,
        .birth = r->birth,
        .phone = r->phone,
        .email = r->email,
        .address = r->address,
        .submitter = r->submitter,
        .summary = r->summary,
        .received = web_moment(w, d->received),
        .effective = local_cmp(d->effective, d->received) != 0 ? web_moment(w, d->effective) : STR(""),
        .counter = d->names.unit_name,
        .received_by = d->names.received_by_name_null ? STR("") : d->names.received_by_name,
        .channel = text_of(p, dossier_channel_word((enum dossier_channel)r->channel)),
        .limit =
            r->due_given ? STR("") : web_limit(w, (struct limit){(enum limit_unit)r->limit_unit, (int)r->limit_length}),
        .fee = fee_text(p),
        .delivery = text_of(p, dossier_delivery_word((enum dossier_delivery)r->delivery)),
        .delivery_address = r->delivery_address,
        .sets = r->sets,
        .register_no = r->register_no,
        .field = d->names.field_name,
    };
}

/* ---- papers to print ---- */

static size_t prints(const struct page *p, struct view_dossier_button *button)
{
    static const struct {
        struct str path;
        enum word label;
    } PAPERS[PRINTS] = {
        {STR_INIT("giay-tiep-nhan"), WORD_DOSSIER_PAGE_PRINT_RECEIPT},
        {STR_INIT("phieu-kiem-soat"), WORD_DOSSIER_PAGE_PRINT_CONTROL},
        {STR_INIT("phieu-bo-sung"), WORD_DOSSIER_PAGE_PRINT_SUPPLEMENT},
        {STR_INIT("phieu-xin-loi"), WORD_DOSSIER_PAGE_PRINT_APOLOGY},
        {STR_INIT("bieu-mau"), WORD_DOSSIER_PAGE_PRINT_FORMS},
    };
    bool there[PRINTS] = {true, true, p->d->d.supplements > 0, p->d->has_extension, true};
    size_t n = 0;

    for (size_t i = 0; i < PRINTS; i++)
        if (there[i])
            button[n++] = (struct view_dossier_button){
                .page = url_dossier_page(p->w->ctx->arena, p->d->d.code, PAPERS[i].path),
                .sign = web_icon(p->w, STR("printer")),
                .label = text_of(p, PAPERS[i].label),
                .second = true,
            };
    return n;
}

static enum err page_html(const struct page *p, struct html *ret)
{
    struct arena *a = p->w->ctx->arena;
    const struct dossier_view *d = p->d;
    struct html_out o = web_out(p->w);
    struct view_dossier_head h = head(p);
    struct view_dossier_facts f = facts(p);
    struct view_dossier_button *main = ARENA_ARRAY(a, struct view_dossier_button, DOSSIER_ACT__COUNT);
    struct view_dossier_button *other = ARENA_ARRAY(a, struct view_dossier_button, DOSSIER_ACT__COUNT);
    struct view_dossier_button *print = ARENA_ARRAY(a, struct view_dossier_button, PRINTS);
    struct view_dossier_refused *refused = ARENA_ARRAY(a, struct view_dossier_refused, DOSSIER_ACT__COUNT);
    struct view_dossier_event *event = ARENA_ARRAY(a, struct view_dossier_event, d->line_count);

    struct view_dossier v = {
                         .head = &h,
                         .facts = &f,
                         .main_button = main,
                         .main_button_count = buttons(p, true, main),
                         .other_button = other,
                         .other_button_count = buttons(p, false, other),
                         .print_button = print,
                         .print_button_count = prints(p, print),
                         .refused = refused,
                         .refused_count = refusals(p, refused),
                         .event = event,
                         .event_count = events(p, event),
                         .paper = papers(p),
                         .paper_count = d->paper_count,
                         .task = tasks(p),
                         .task_count = d->task_count,
                         .pause = pauses(p),
                         .pause_count = d->suspension_count,
                         .rule = rules(p),
                         .rule_count = d->deadline.step_count,
                         .journal = journal(p),
                         .journal_count = d->line_count,
                     };
    struct view_drawing drawing = {.source = url_dossier_page(a, d->d.code, STR("quy-trinh.bpmn")),
                                   .label = text_of(p, WORD_PROCESS_PAGE_DRAWING)};
    enum err err = agencies(p, &v);
    if (!err)
        err = dossier_steps(p->w, d, &v.step, &v.step_count);
    if (err)
        return err;
    if (d->process) {
        v.drawing = &drawing;
        p->w->drawing = WEB_DRAWS_TO_SHOW;
    }
    view_dossier(&o, &v);
    *ret = html_done(&o);
    return OK;
}

static enum err dossier_page(struct web *w)
{
    struct dossier_view d;
    enum err err = act_dossier_view(w->ctx, w->rq->part[0], &d);

    if (err)
        return err;
    struct page p = {w, &d};
    struct html main;
    err = page_html(&p, &main);
    if (err)
        return err;
    struct str title[] = {d.d.code, d.names.procedure_name};
    return web_staff_page(w, MENU_NONE, word_format(w->ctx->arena, w->ctx->lang, WORD_DOSSIER_PAGE_TITLE, title, 2), main);
}

static enum err drawing(struct web *w)
{
    struct str xml;
    enum err err = act_dossier_drawing(w->ctx, w->rq->part[0], &xml);

    return err ? err
               : web_file(w, STR("application/xml; charset=utf-8"),
                          str_format(w->ctx->arena, "%" PRIstr ".bpmn", STR_ARG(w->rq->part[0])), xml);
}

const struct web_route ROUTES_DOSSIER[] = {
    {HTTP_GET, "/cb/ho-so/{code}", WEB_STAFF, NULL, dossier_page},
    {HTTP_GET, "/cb/ho-so/{code}/quy-trinh.bpmn", WEB_STAFF, NULL, drawing},
    {HTTP_GET, "/cb/ho-so/{code}/{act}", WEB_STAFF, NULL, dossier_act_form},
    {HTTP_POST, "/cb/ho-so/{code}/{act}", WEB_STAFF, FIELDS_DOSSIER_ACT, dossier_act_post},
    {.path = NULL},
};
