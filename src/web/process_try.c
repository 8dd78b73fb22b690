/* A process tried out in the browser. Nothing is written, so each step is a link: the way stands in
 * the address. */
#include "acts/process_try.h"

#include "web/process.h"

const struct http_field PROCESS_TRY_FIELDS[] = {
    {.name = "duong", .max = TRY_WAY_MAX}, {.name = "truong-hop", .max = 10},
    {.name = "so-bo", .max = 10},          {.name = "le-phi", .max = 20},
    {.name = "kenh", .max = 10},           {.name = "nguoi-nop", .max = 10},
    {.name = "nhan", .max = 10},           {NULL},
};

enum { SETS_MAX = 1000, CASES_MAX = 1000 };
static const int64_t FEE_MAX = 1000000000000;

/* ---- what conditions may ask ---- */

static void facts_typed(struct web *w, struct act_process_try *act)
{
    act->case_no = web_int(w, "truong-hop", 1, CASES_MAX, 1);
    act->sets = web_int(w, "so-bo", 1, SETS_MAX, 1);
    act->fee = web_int(w, "le-phi", 0, FEE_MAX, 0);
    act->channel = web_int(w, "kenh", CHANNEL_COUNTER, CHANNEL__COUNT - 1, CHANNEL_COUNTER);
    act->applicant_kind = web_int(w, "nguoi-nop", 0, APPLICANT__COUNT - 1, APPLICANT_PERSON);
    act->delivery = web_int(w, "nhan", 0, DELIVERY__COUNT - 1, DELIVERY_COUNTER);
}

/* This page with these facts and that way. */
static struct url way_url(const struct web *w, struct str way)
{
    struct arena *a = w->ctx->arena;
    struct url url = process_url(w, w->rq->part[0], STR("thu"));

    for (const struct http_field *f = PROCESS_TRY_FIELDS + 1; f->name; f++)
        if (web_field(w, f->name).n)
            url = url_with(a, url, f->name, web_field(w, f->name));
    return way.n ? url_with(a, url, "duong", way) : url;
}

static struct url move_url(const struct web *w, const struct act_process_try *act, int64_t no,
                           struct str more)
{
    return way_url(w, str_format(w->ctx->arena, "%" PRIstr "%s%lld%" PRIstr, STR_ARG(act->way),
                                 act->way.n ? " " : "", (long long)no, STR_ARG(more)));
}

static enum word channel_word(int i)
{
    return dossier_channel_word((enum dossier_channel)i);
}

static enum word delivery_word(int i)
{
    return dossier_delivery_word((enum dossier_delivery)i);
}

static enum word kind_word(int i)
{
    return i == APPLICANT_PERSON ? WORD_INTAKE_KIND_PERSON : WORD_INTAKE_KIND_ORGANISATION;
}

static struct view_form_option *options(const struct web *w, int from, int end,
                                        enum word (*name)(int i), int64_t chosen)
{
    struct view_form_option *o =
        ARENA_ARRAY(w->ctx->arena, struct view_form_option, (size_t)(end - from));

    for (int i = from; i < end; i++)
        o[i - from] =
            (struct view_form_option){form_number(w, i), form_say(w, name(i)), i == chosen};
    return o;
}

static void facts_view(const struct web *w, const struct act_process_try *act,
                       struct view_try_facts *v)
{
    const struct procedure_whole *p = act->view.whole;
    struct view_form_option *kase =
        ARENA_ARRAY(w->ctx->arena, struct view_form_option, p ? p->case_count : 0);

    *v = (struct view_try_facts){
        .action = process_url(w, act->view.code, STR("thu")),
        .kase = kase,
        .kase_count = p ? p->case_count : 0,
        .sets = form_number(w, act->sets),
        .fee = form_number(w, act->fee),
        .channel = options(w, CHANNEL_COUNTER, CHANNEL__COUNT, channel_word, act->channel),
        .channel_count = CHANNEL__COUNT - CHANNEL_COUNTER,
        .kind = options(w, 0, APPLICANT__COUNT, kind_word, act->applicant_kind),
        .kind_count = APPLICANT__COUNT,
        .delivery = options(w, 0, DELIVERY__COUNT, delivery_word, act->delivery),
        .delivery_count = DELIVERY__COUNT,
    };
    for (size_t i = 0; i < v->kase_count; i++)
        kase[i] = (struct view_form_option){form_number(w, p->cases[i].no), p->cases[i].name,
                                            p->cases[i].no == act->case_no};
}

/* ---- what waits, and what was done ---- */

static struct str who(const struct web *w, const struct process_names *names, const struct process_node *n)
{
    struct str role = catalogue_role_name(names->role, names->role_count, n->role),
               place =
                   process_is_work(n) ? catalogue_place_name(w, &names->tree, n->place) : STR("");

    return role.n && place.n
               ? str_format(w->ctx->arena, "%" PRIstr ", %" PRIstr, STR_ARG(role), STR_ARG(place))
           : role.n ? role
                    : place;
}

static struct view_try_link *links(const struct web *w, const struct act_process_try *act,
                                   const struct try_waiting *t, size_t *ret_count)
{
    struct arena *a = w->ctx->arena;
    struct view_try_link *link =
        ARENA_ARRAY(a, struct view_try_link, t->choice_count + t->boundary_count + 1);
    size_t n = 0;

    for (size_t i = 0; t->can_end && i < t->choice_count; i++)
        link[n++] = (struct view_try_link){
            move_url(w, act, t->no, str_format(a, "=%" PRIstr, STR_ARG(t->choice[i].id))),
            t->choice[i].name, false};
    if (t->can_end && !t->choice_count)
        link[n++] = (struct view_try_link){move_url(w, act, t->no, STR("")),
                                           form_say(w, process_is_work(t->node)
                                                           ? WORD_PROCESS_PAGE_TRY_DONE
                                                           : WORD_PROCESS_PAGE_TRY_HAPPENS),
                                           false};
    for (size_t i = 0; i < t->boundary_count; i++) {
        struct str event = process_node_name(t->boundary[i]);
        link[n++] = (struct view_try_link){
            move_url(w, act, t->no, str_format(a, "!%" PRIstr, STR_ARG(t->boundary[i]->id))),
            word_format(a, w->ctx->lang, WORD_PROCESS_PAGE_TRY_EVENT, &event, 1), true};
    }
    *ret_count = n;
    return link;
}

static struct view_try_waiting *waiting(const struct web *w, const struct act_process_try *act,
                                        const struct process_names *names)
{
    struct view_try_waiting *v =
        ARENA_ARRAY(w->ctx->arena, struct view_try_waiting, act->waiting_count);

    for (size_t i = 0; i < act->waiting_count; i++) {
        const struct try_waiting *t = &act->waiting[i];
        v[i] = (struct view_try_waiting){
            .node = t->node->id,
            .state = STR("dang"),
            .said = form_say(w, WORD_PROCESS_PAGE_TRY_HERE),
            .name = process_instance_name(w->ctx->arena, t->node, t->instance, t->of),
            .who = who(w, names, t->node),
            .time = t->node->minutes ? web_hours(w, t->node->minutes) : STR(""),
        };
        v[i].link = links(w, act, t, &v[i].link_count);
    }
    return v;
}

static bool waits(const struct act_process_try *act, const struct process_node *n)
{
    for (size_t i = 0; i < act->waiting_count; i++)
        if (act->waiting[i].node == n)
            return true;
    return false;
}

static struct view_try_move *moves(const struct web *w, const struct act_process_try *act,
                                   const struct process_names *names)
{
    struct view_try_move *v = ARENA_ARRAY(w->ctx->arena, struct view_try_move, act->move_count);

    for (size_t i = 0; i < act->move_count; i++) {
        const struct try_move *m = &act->move[i];
        v[i] = (struct view_try_move){
            .node = m->node->id,
            .state =
                waits(act, m->node) ? STR("") : STR("xong"), /* a way back: it waits there again */
            .said = m->node->minutes && !m->boundary ? web_hours(w, m->node->minutes)
                                                     : form_say(w, WORD_DOSSIER_PAGE_STEP_DONE),
            .name = process_node_name(m->node),
            .outcome = m->boundary ? process_node_name(m->boundary) : m->choice,
            .who = who(w, names, m->node),
            .time = m->node->minutes && !m->boundary ? web_hours(w, m->node->minutes) : STR(""),
        };
    }
    return v;
}

static struct view_try_passed *passed(const struct web *w, const struct act_process_try *act)
{
    struct view_try_passed *v =
        ARENA_ARRAY(w->ctx->arena, struct view_try_passed, act->passed_count);

    for (size_t i = 0; i < act->passed_count; i++)
        v[i] = (struct view_try_passed){act->passed[i]};
    return v;
}

static struct str sum(const struct web *w, const struct act_process_try *act)
{
    struct str value[] = {web_hours(w, act->minutes), web_hours(w, act->view.reading.minutes)};

    return word_format(w->ctx->arena, w->ctx->lang, WORD_PROCESS_PAGE_TRY_SUM, value, 2);
}

/* ---- the page ---- */

static enum err page(struct web *w, const struct act_process_try *act)
{
    struct html_out o = web_out(w);
    struct process_names names;
    struct view_try_facts facts;
    struct view_drawing drawing = {.source = process_url(w, act->view.code, STR("tai-ve")),
                                   .label = form_say(w, WORD_PROCESS_PAGE_DRAWING)};
    enum err err = process_names_load(w, &names);

    if (err)
        return err;
    facts_view(w, act, &facts);
    struct view_process_try v = {
        .problems = web_problems(w),
        .back = process_url(w, act->view.code, STR("")),
        .again = way_url(w, STR("")),
        .undo = way_url(w, act->move_count > 1
                               ? str_sub(act->way, 0, act->move[act->move_count - 2].end)
                               : STR("")),
        .name = act->view.procedure.name,
        .code = act->view.procedure.code,
        .revision = act->view.has_process ? process_revision(w, act->view.row.no) : STR(""),
        .can_run = act->can_run,
        .stuck = act->is_stuck,
        .ended = act->has_ended,
        .sum = sum(w, act),
        .facts = &facts,
        .drawing = act->can_run ? &drawing : NULL,
        .waiting = waiting(w, act, &names),
        .waiting_count = act->waiting_count,
        .move = moves(w, act, &names),
        .move_count = act->move_count,
        .passed = passed(w, act),
        .passed_count = act->passed_count,
    };
    view_process_try(&o, &v);
    if (w->ctx->problems.count)
        w->rs->status = 422;
    w->drawing = act->can_run ? WEB_DRAWS_TO_SHOW : WEB_DRAWS_NOTHING;
    return web_staff_page(w, MENU_PROCESS, v.name, html_done(&o));
}

/* A way that could not have been gone, or that is too long, is said to be so, and the run begins
 * anew. */
enum err process_try(struct web *w)
{
    struct act_process_try act = {.view = {.code = w->rq->part[0]}, .way = web_field(w, "duong")};
    struct problems kept;

    facts_typed(w, &act);
    kept = w->ctx->problems;
    if (kept.count)
        act.way = STR("");
    enum err err = act_process_try(&act, w->ctx);
    w->ctx->problems = kept; /* those of a draft that cannot be read are on its sheet */
    if (err == ERR_INVALID || err == ERR_LIMIT) {
        struct act_process_try anew = {.view = {.code = w->rq->part[0]},
                                       .case_no = act.case_no,
                                       .sets = act.sets,
                                       .fee = act.fee,
                                       .channel = act.channel,
                                       .applicant_kind = act.applicant_kind,
                                       .delivery = act.delivery};
        problem_add(w->ctx, "",
                    err == ERR_LIMIT ? WORD_PROCESS_PAGE_TRY_TOO_LONG
                                     : WORD_PROCESS_PAGE_TRY_NO_WAY,
                    STR(""));
        kept = w->ctx->problems;
        act = anew;
        err = act_process_try(&act, w->ctx);
        w->ctx->problems = kept;
    }
    return err ? err : page(w, &act);
}
