/* Taking in at the counter: choose the procedure, fill one form, print the receipt. */
#include "acts/dossier_view.h"
#include "base/text.h"
#include "web/answer.h"
#include "web/intake_form.h"
#include "web/print.h"
#include "web/url.h"

#include "view_intake.h"
#include "view_page.h"

enum { SETS_MAX = 999 };

static const struct http_field FIELDS_INTAKE_PAGE[] = {
    {.name = "don-vi", .max = 20}, {.name = "thu-tuc", .max = 64}, {.name = "truong-hop", .max = 4},
    {.name = "q", .max = 200},     {.name = NULL},
};
static const struct http_field FIELDS_DONE[] = {
    {.name = "ma", .max = 80}, {.name = "den", .max = 80}, {.name = "n", .max = 4}, {.name = NULL}};
static const struct http_field FIELDS_TURN_AWAY[] = {
    {.name = "unit", .max = 20},    {.name = "procedure", .max = 64},
    {.name = "applicant", .max = 300}, {.name = "ground", .max = 64},
    {.name = "reason", .max = 4000, .lines = true}, {.name = "don-vi", .max = 20},
    {.name = "thu-tuc", .max = 64}, {.name = NULL},
};

static struct view_option *unit_options(const struct intake *in)
{
    struct arena *a = in->w->ctx->arena;
    struct view_option *option = ARENA_ARRAY(a, struct view_option, in->desk.unit_count);

    for (size_t i = 0; i < in->desk.unit_count; i++)
        option[i] = (struct view_option){str_format(a, "%lld", (long long)in->desk.unit[i].id), in->desk.unit[i].name,
                                         &in->desk.unit[i] == in->desk.here};
    return option;
}

/* ---- choosing the procedure ---- */

static struct view_pick pick(const struct intake *in, const struct q_procedure_list *row, int64_t key)
{
    struct web *w = in->w;
    struct arena *a = w->ctx->arena;

    return (struct view_pick){
        .page = url_intake_of(a, in->desk.here->id, row->code),
        .key = key,
        .name = row->name,
        .code = row->code,
        .limit = row->limit_unit_null
                     ? STR("")
                     : web_limit(w, (struct limit){(enum limit_unit)row->limit_unit, (int)row->limit_length}),
    };
}

/* Every word of the question stands in the name or code, marks and case aside. */
static bool matches(struct arena *a, const struct q_procedure_list *row, struct str question)
{
    struct str text = text_fold(a, str_format(a, "%" PRIstr " %" PRIstr, STR_ARG(row->name), STR_ARG(row->code)));
    struct str rest = question, word;

    while (str_split(&rest, ' ', &word))
        if (str_find(text, word) == STR_NONE)
            return false;
    return true;
}

static size_t picks_by_field(const struct intake *in, const struct desk_procedures *all, struct view_pick_field *field)
{
    struct arena *a = in->w->ctx->arena;
    struct str question = text_fold(a, web_field(in->w, "q")), before = STR("");
    struct view_pick *row = ARENA_ARRAY(a, struct view_pick, all->row_count);
    size_t n = 0, fields = 0;

    for (size_t i = 0; i < all->row_count; i++) {
        const struct q_procedure_list *p = &all->row[i];
        if (!matches(a, p, question))
            continue;
        row[n] = pick(in, p, 0);
        if (fields == 0 || !str_eq(p->field_code, before))
            field[fields++] = (struct view_pick_field){.name = p->field_name, .pick = &row[n]};
        field[fields - 1].pick_count++;
        before = p->field_code;
        n++;
    }
    return fields;
}

static enum err choose_page(struct intake *in)
{
    struct web *w = in->w;
    struct arena *a = w->ctx->arena;
    struct desk_procedures all;
    struct html_out o = web_out(w);
    enum err err = act_desk_procedures(w->ctx, in->desk.here->id, &all);

    if (err)
        return err;
    struct view_pick *used = ARENA_ARRAY(a, struct view_pick, DESK_MOST_USED);
    for (size_t i = 0; i < all.used_count; i++)
        used[i] = pick(in, all.used[i], (int64_t)i + 1);
    struct view_pick_field *field = ARENA_ARRAY(a, struct view_pick_field, all.row_count);
    view_intake_choose(&o, &(struct view_intake_choose){
                               .unit_name = in->desk.here->name,
                               .unit = str_format(a, "%lld", (long long)in->desk.here->id),
                               .option = unit_options(in),
                               .option_count = in->desk.unit_count > 1 ? in->desk.unit_count : 0,
                               .action = url_intake(a),
                               .words = web_field(w, "q"),
                               .pick = used,
                               .pick_count = all.used_count,
                               .field = field,
                               .field_count = picks_by_field(in, &all, field),
                           });
    return web_staff_page(w, MENU_INTAKE, word(w->ctx->lang, WORD_INTAKE_TITLE), html_done(&o));
}

/* ---- the form ---- */

static struct view_option *choices(const struct web *w, size_t count, enum word (*word_of)(int), int from, int chosen)
{
    struct arena *a = w->ctx->arena;
    struct view_option *option = ARENA_ARRAY(a, struct view_option, count);

    for (size_t i = 0; i < count; i++) {
        int value = from + (int)i;
        option[i] =
            (struct view_option){str_format(a, "%d", value), word(w->ctx->lang, word_of(value)), value == chosen};
    }
    return option;
}

static enum word kind_word(int k)
{
    return paper_kind_word((enum paper_kind)k);
}

static enum word state_word(int s)
{
    return paper_state_word((enum paper_state)s);
}

static enum word channel_word(int c)
{
    return dossier_channel_word((enum dossier_channel)c);
}

static enum word delivery_word(int d)
{
    return dossier_delivery_word((enum dossier_delivery)d);
}

static bool is_lacking(const struct act_paper *p)
{
    return p->is_required && (p->state == PAPER_MISSING || p->state == PAPER_DEFECTIVE);
}

static struct view_intake_paper *paper_rows(const struct intake *in)
{
    struct web *w = in->w;
    struct arena *a = w->ctx->arena;
    struct view_intake_paper *row = ARENA_ARRAY(a, struct view_intake_paper, in->paper_count);
    bool said = web_problem_of(w, "paper").n > 0;

    for (size_t i = 0; i < in->paper_count; i++) {
        const struct act_paper *p = &in->paper[i];
        bool here = p->state == PAPER_PRESENT;
        int otherwise = here ? p->is_required ? PAPER_MISSING : PAPER_NOT_NEEDED : (int)p->state;
        row[i] = (struct view_intake_paper){
            .id = str_format(a, "p-%zu", i),
            .index = str_format(a, "%zu", i),
            .name = p->name,
            .here = here,
            .if_any = !p->is_required && str_find(p->name, STR("(nếu")) == STR_NONE &&
                      str_find(p->name, STR(", nếu")) == STR_NONE,
            .quantity = str_format(a, "%lld", (long long)p->quantity),
            .note = p->note,
            .kind = choices(w, PAPER_KIND__COUNT, kind_word, 0, (int)p->kind),
            .kind_count = PAPER_KIND__COUNT,
            .state = choices(w, PAPER_STATE__COUNT - 1, state_word, PAPER_MISSING, otherwise),
            .state_count = PAPER_STATE__COUNT - 1,
            .bad = said && is_lacking(p),
        };
    }
    return row;
}

static struct view_intake_same *same_rows(const struct intake *in)
{
    struct arena *a = in->w->ctx->arena;
    struct view_intake_same *row = ARENA_ARRAY(a, struct view_intake_same, in->same_count);

    for (size_t i = 0; i < in->same_count; i++) {
        struct date on;
        row[i] = (struct view_intake_same){
            .page = url_dossier(a, in->same[i].code),
            .code = in->same[i].code,
            .received = date_parse(in->same[i].received_on, &on) ? STR("") : web_day(in->w, on),
            .unit = in->same[i].unit_name,
        };
    }
    return row;
}

static struct str typed(const struct intake *in, const char *name, struct str unless)
{
    return in->posted ? web_field(in->w, name) : unless;
}

static struct view_option *case_options(const struct intake *in)
{
    const struct procedure_whole *p = in->procedure;
    struct arena *a = in->w->ctx->arena;
    struct view_option *option = ARENA_ARRAY(a, struct view_option, p->case_count);

    for (size_t i = 0; i < p->case_count; i++)
        option[i] = (struct view_option){str_format(a, "%lld", (long long)p->cases[i].no), p->cases[i].name,
                                         &p->cases[i] == in->kase};
    return option;
}

static struct str fee_text(const struct intake *in)
{
    struct web *w = in->w;

    if (in->kase->fee > 0)
        return word_money(w->ctx->arena, w->ctx->lang, in->kase->fee);
    return in->kase->fee_text.n ? in->kase->fee_text : word(w->ctx->lang, WORD_INTAKE_FEE_NONE);
}

static enum err form_html(struct intake *in, struct html *ret)
{
    struct web *w = in->w;
    struct arena *a = w->ctx->arena;
    struct act_foresee promise = {.unit = in->desk.here->id,
                                  .procedure = in->procedure->procedure.id,
                                  .case_no = in->kase->no,
                                  .at = w->ctx->now};
    struct html_out o = web_out(w);
    const struct act_applicant *who = &in->applicant;
    enum err err = act_foresee(&promise, w->ctx);

    if (!err)
        err = intake_find_same(in);
    if (err)
        return err;
    int delivery = (int)web_int(w, "delivery", 0, DELIVERY__COUNT - 1, DELIVERY_COUNTER);
    view_intake_form(&o, &(struct view_intake_form){
        .problems = web_problems(w),
        .action = url_intake(a),
        .csrf = w->csrf,
        .change = url_intake_of(a, in->desk.here->id, STR("")),
        .unit = str_format(a, "%lld", (long long)in->desk.here->id),
        .unit_name = in->desk.here->name,
        .procedure = in->procedure->procedure.code,
        .procedure_name = in->procedure->version.name,
        .option = case_options(in),
        .option_count = in->procedure->case_count > 1 ? in->procedure->case_count : 0,
        .kase = str_format(a, "%lld", (long long)in->kase->no),
        .is_organisation = who->kind == APPLICANT_ORGANISATION,
        .found_person = in->found_person,
        .id_no = who->id_no,
        .name = who->name,
        .birth = who->birth,
        .phone = who->phone,
        .email = who->email,
        .address = who->address,
        .submitter = web_field(w, "submitter"),
        .summary = web_field(w, "summary"),
        .same = same_rows(in),
        .same_count = in->same_count,
        .paper = paper_rows(in),
        .paper_count = in->paper_count,
        .papers_missing = web_problem_of(w, "paper").n > 0,
        .turn_away = url_with(a, url_with_int(a, URL_PATH(a, "/cb/tiep-nhan/tu-choi"), "don-vi", in->desk.here->id),
                              "thu-tuc", in->procedure->procedure.code),
        .fee = fee_text(in),
        .has_fee = in->kase->fee > 0,
        .fee_paid = web_checked(w, "fee_paid"),
        .due_day = web_day_long(w, promise.deadline.due.date),
        .due_time = web_clock(w, promise.deadline.due),
        .limit = web_limit(w, promise.limit),
        .channel = choices(w, CHANNEL__COUNT - 1, channel_word, CHANNEL_COUNTER,
                           (int)web_int(w, "channel", CHANNEL_COUNTER, CHANNEL__COUNT - 1, CHANNEL_COUNTER)),
        .channel_count = CHANNEL__COUNT - 1,
        .delivery = choices(w, DELIVERY__COUNT, delivery_word, 0, delivery),
        .delivery_count = DELIVERY__COUNT,
        .delivery_address = web_field(w, "delivery_address"),
        .sets = typed(in, "sets", STR("1")),
        .count = typed(in, "count", STR("1")),
        .wrong_name = web_problem_of(w, "name"),
        .wrong_phone = web_problem_of(w, "phone"),
        .wrong_email = web_problem_of(w, "email"),
        .wrong_paper = web_problem_of(w, "paper"),
        .wrong_delivery_address = web_problem_of(w, "delivery_address"),
        .wrong_sets = web_problem_of(w, "sets"),
        .wrong_count = web_problem_of(w, "count"),
    });
    *ret = html_done(&o);
    return OK;
}

static enum err form_page(struct intake *in)
{
    struct html main;
    enum err err = form_html(in, &main);

    if (err)
        return err;
    if (in->w->ctx->problems.count)
        in->w->rs->status = 422;
    return web_staff_page(in->w, MENU_INTAKE, word(in->w->ctx->lang, WORD_INTAKE_TITLE), main);
}

static enum err intake_page(struct web *w)
{
    struct intake in = {.w = w};
    enum err err = intake_read(&in);

    if (err)
        return err;
    return in.procedure ? form_page(&in) : choose_page(&in);
}

/* ---- taking in ---- */

static enum err received(struct web *w, const struct act_receive *act)
{
    struct arena *a = w->ctx->arena;
    struct url to = url_with(a, URL_PATH(a, "/cb/tiep-nhan/xong"), "ma", act->received[0].code);

    if (act->count > 1) {
        to = url_with(a, to, "den", act->received[act->count - 1].code);
        to = url_with_int(a, to, "n", act->count);
    }
    return web_redirect(w, to);
}

/* A dossier of the same person for the same thing: said once, then it is the officer's word. */
static enum err warn_of_same(struct intake *in)
{
    enum err err = intake_find_same(in);

    if (!err && in->same_count && !web_checked(in->w, "same_seen"))
        problem_add(in->w->ctx, "same", WORD_INTAKE_SAME_PROBLEM,
                    word_int(in->w->ctx->arena, in->w->ctx->lang, (int64_t)in->same_count));
    return err;
}

static bool lacks_paper(const struct intake *in)
{
    for (size_t i = 0; i < in->paper_count; i++)
        if (is_lacking(&in->paper[i]))
            return true;
    return false;
}

static enum err receive(struct intake *in)
{
    struct web *w = in->w;
    struct act_receive act = {
        .unit = in->desk.here->id,
        .procedure = in->procedure->procedure.id,
        .case_no = in->kase->no,
        .channel = (enum dossier_channel)web_int(w, "channel", CHANNEL_COUNTER, CHANNEL__COUNT - 1, CHANNEL_COUNTER),
        .applicant = in->applicant,
        .submitter = web_field(w, "submitter"),
        .summary = web_field(w, "summary"),
        .sets = web_int(w, "sets", 1, SETS_MAX, 1),
        .delivery = (enum dossier_delivery)web_int(w, "delivery", 0, DELIVERY__COUNT - 1, DELIVERY_COUNTER),
        .delivery_address = web_field(w, "delivery_address"),
        .fee_paid = web_checked(w, "fee_paid"),
        .paper = in->paper,
        .paper_count = in->paper_count,
        .count = web_int(w, "count", 1, DOSSIER_BATCH_MAX, 1),
    };
    enum err err = warn_of_same(in);

    if (!err)
        err = act_receive(&act, w->ctx);
    if (err && !(err == ERR_INVALID && w->ctx->problems.count))
        return err;
    if (!err && act.verdict.why == DOSSIER_ALLOWED)
        return received(w, &act);
    if (!err && act.verdict.why != DOSSIER_PAPERS_MISSING)
        return web_refusal(w, act.verdict, url_intake_of(w->ctx->arena, act.unit, in->procedure->procedure.code));
    if (lacks_paper(in)) /* said together with what else is wrong */
        problem_add(w->ctx, "paper", WORD_REFUSAL_PAPERS_MISSING, STR(""));
    return form_page(in);
}

static enum err intake_post(struct web *w)
{
    struct intake in = {.w = w};
    struct str reload = web_field(w, "reload");
    enum err err = intake_read(&in);

    if (err)
        return err;
    if (!in.procedure)
        return web_redirect(w, url_intake(w->ctx->arena));
    if (str_is_empty(reload))
        return receive(&in);
    if (str_eq(reload, STR("phieu")))
        return print_counter_supplement(&in);
    w->ctx->problems = (struct problems){.first = NULL}; /* nothing was sent in yet */
    if (str_eq(reload, STR("nguoi")))
        err = intake_find_person(&in);
    return err ? err : form_page(&in);
}

static enum err done_page(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct str code = web_field(w, "ma");
    struct dossier_view d;
    struct html_out o = web_out(w);
    enum err err = act_dossier_view(w->ctx, code, &d);

    if (err)
        return err;
    view_intake_done(&o, &(struct view_intake_done){
                             .code = d.d.code,
                             .last_code = web_field(w, "den"),
                             .count = web_int(w, "n", 1, DOSSIER_BATCH_MAX, 1),
                             .applicant = d.d.applicant,
                             .procedure = d.names.procedure_name,
                             .due_day = web_day_long(w, d.promised.date),
                             .due_time = web_clock(w, d.promised),
                             .page = url_dossier(a, d.d.code),
                             .receipt = url_dossier_page(a, d.d.code, STR("giay-tiep-nhan")),
                             .control = url_dossier_page(a, d.d.code, STR("phieu-kiem-soat")),
                             .again = url_intake_of(a, d.d.unit_id, d.names.procedure_code),
                             .other = url_intake_of(a, d.d.unit_id, STR("")),
                             .may_hand_over = d.may[DOSSIER_HAND_OVER],
                             .hand_over = url_hand_over(a, d.d.unit_id),
                         });
    return web_staff_page(w, MENU_INTAKE, word(w->ctx->lang, WORD_INTAKE_DONE_TITLE), html_done(&o));
}

/* ---- turning away (Mẫu 03) ---- */

static enum err turn_away_page(struct web *w)
{
    struct intake in = {.w = w};
    struct arena *a = w->ctx->arena;
    struct q_reason_of_kind *reason;
    size_t count;
    struct html_out o = web_out(w);
    enum err err = intake_read(&in);

    if (!err && !in.procedure)
        err = ERR_NOT_FOUND;
    if (!err)
        err = act_reasons(w->ctx, STR("refusal"), &reason, &count);
    if (err)
        return err;
    struct view_option *option = ARENA_ARRAY(a, struct view_option, count);
    for (size_t i = 0; i < count; i++)
        option[i] =
            (struct view_option){reason[i].code, reason[i].name, str_eq(reason[i].code, web_field(w, "ground"))};
    view_turn_away(&o, &(struct view_turn_away){
                           .problems = web_problems(w),
                           .action = URL_PATH(a, "/cb/tiep-nhan/tu-choi"),
                           .csrf = w->csrf,
                           .back = url_intake_of(a, in.desk.here->id, in.procedure->procedure.code),
                           .unit = str_format(a, "%lld", (long long)in.desk.here->id),
                           .procedure = in.procedure->procedure.code,
                           .procedure_name = in.procedure->version.name,
                           .applicant = web_field(w, "applicant"),
                           .option = option,
                           .option_count = count,
                           .reason = web_field(w, "reason"),
                           .wrong_reason = web_problem_of(w, "reason"),
                       });
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_INTAKE, word(w->ctx->lang, WORD_INTAKE_TURN_AWAY_TITLE), html_done(&o));
}

static enum err turn_away_post(struct web *w)
{
    struct intake in = {.w = w};
    enum err err = intake_read(&in);

    if (!err && !in.procedure)
        err = ERR_NOT_FOUND;
    if (err)
        return err;
    struct act_turn_away act = {
        .unit = in.desk.here->id,
        .procedure = in.procedure->procedure.id,
        .applicant = web_field(w, "applicant"),
        .reason = web_field(w, "reason"),
        .ground = web_field(w, "ground"),
    };
    err = act_turn_away(&act, w->ctx);
    if (!err && act.verdict.why == DOSSIER_ALLOWED)
        return print_turned_away(&in, &act);
    if (!err)
        problem_add(w->ctx, "reason", dossier_refusal_word(act.verdict.why), STR(""));
    if (err && !(err == ERR_INVALID && w->ctx->problems.count))
        return err;
    return turn_away_page(w);
}

const struct web_route ROUTES_INTAKE[] = {
    {HTTP_GET, "/cb/tiep-nhan", WEB_STAFF, FIELDS_INTAKE_PAGE, intake_page},
    {HTTP_POST, "/cb/tiep-nhan", WEB_STAFF, FIELDS_INTAKE, intake_post},
    {HTTP_GET, "/cb/tiep-nhan/xong", WEB_STAFF, FIELDS_DONE, done_page},
    {HTTP_GET, "/cb/tiep-nhan/tu-choi", WEB_STAFF, FIELDS_TURN_AWAY, turn_away_page},
    {HTTP_POST, "/cb/tiep-nhan/tu-choi", WEB_STAFF, FIELDS_TURN_AWAY, turn_away_post},
    {.path = NULL},
};
