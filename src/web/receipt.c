/* Papers of the one-stop service, as pages to print: TT 01/2018/TT-VPCP, forms 01 to 05. They are
 * Vietnamese whatever the language of the page. */
#include "acts/desk.h"
#include "acts/form.h"
#include "web/paper.h"
#include "web/print.h"
#include "web/qr.h"
#include "web/timeline.h"
#include "web/url.h"

#include "view_receipt.h"

/* A paper being made: its head and foot. */
struct paper {
    struct web *w;
    struct html_out out;
    struct view_paper_head head;
};

static struct str T(const struct paper *p, enum word w, struct str one)
{
    return word_format(p->w->ctx->arena, LANG_VI, w, &one, 1);
}

static enum err paper_begin(struct paper *p, struct web *w, const struct q_unit_by_id *unit, struct str number,
                            struct date on, struct url back)
{
    struct act_site site;

    w->ctx->lang = LANG_VI;
    enum err err = act_site(&site, w->ctx);
    if (err)
        return err;
    *p = (struct paper){
        .w = w,
        .out = web_out(w),
        .head = {
            .agency = site.name,
            .counter = unit->name,
            .phone = unit->phone,
            .number = number,
            .date = form_day_text(w->ctx->arena, on),
            .back = back,
            .pdf = back,
        },
    };
    return OK;
}

static enum err paper_end(struct paper *p, enum word title)
{
    return web_paper(p->w, word(LANG_VI, title), html_done(&p->out));
}

static enum err dossier_paper(struct paper *p, struct web *w, struct dossier_view *d, const char *suffix,
                              struct date on)
{
    struct arena *a = w->ctx->arena;
    enum err err = act_dossier_view(w->ctx, w->rq->part[0], d);

    if (err)
        return err;
    if (date_cmp(on, DATE_NEVER) == 0)
        on = d->received.date;
    struct str number = str_format(a, "%lld/%s", (long long)d->d.register_no, suffix);
    return paper_begin(p, w, &d->office.unit, number, on, url_dossier(a, d->d.code));
}

static struct view_paper_who who_of(const struct dossier_view *d)
{
    return (struct view_paper_who){
        .applicant = d->d.applicant,
        .submitter = d->d.submitter,
        .address = d->d.address,
        .phone = d->d.phone,
        .email = d->d.email,
        .procedure = d->names.procedure_name,
        .summary = d->d.summary,
        .code = d->d.code,
    };
}

/* ---- Mẫu 01 ---- */

static size_t received_papers(const struct paper *p, const struct dossier_view *d, struct view_receipt_paper *row)
{
    size_t n = 0;

    for (size_t i = 0; i < d->paper_count; i++) {
        if (d->paper[i].state != PAPER_PRESENT && d->paper[i].state != PAPER_DEFECTIVE)
            continue;
        row[n] = (struct view_receipt_paper){
            .no = (int64_t)n + 1,
            .name = d->paper[i].name,
            .kind = T(p, paper_kind_word((enum paper_kind)d->paper[i].kind), STR("")),
            .quantity = d->paper[i].quantity,
        };
        n++;
    }
    return n;
}

static enum err receipt(struct web *w)
{
    struct paper p;
    struct dossier_view d;
    struct arena *a = w->ctx->arena;
    struct qr qr;
    struct q_batch_of batch;
    enum err err = dossier_paper(&p, w, &d, "TNHS", DATE_NEVER);

    if (err)
        return err;
    struct str link = paper_link(w, d.d.code);
    err = qr_encode(a, link, &qr);
    if (!err)
        err = act_batch(w->ctx, &d.d, &batch);
    if (err)
        return err;
    struct view_receipt_paper *row = ARENA_ARRAY(a, struct view_receipt_paper, d.paper_count);
    struct view_paper_who who = who_of(&d);
    struct view_receipt v = {
                    .head = &p.head,
                    .who = &who,
                    .qr = qr.path,
                    .qr_box = qr.view_box,
                    .secret = d.d.secret,
                    .link = link,
                    .receipt_paper = row,
                    .receipt_paper_count = received_papers(&p, &d, row),
                    .sets = d.d.sets,
                    .is_batch = batch.n > 1,
                    .batch = batch.n,
                    .first_code = batch.first_code,
                    .last_code = batch.last_code,
                    .limit = d.d.due_given
                                 ? STR("")
                                 : web_limit(w, (struct limit){(enum limit_unit)d.d.limit_unit, (int)d.d.limit_length}),
                    .received = form_moment_text(a, d.received),
                    .due = form_moment_text(a, d.promised),
                    .due_day = web_day_long(w, d.promised.date),
                    .delivery = T(&p, dossier_delivery_word((enum dossier_delivery)d.d.delivery), STR("")),
                    .delivery_address = d.d.delivery_address,
                    .fee = d.d.fee ? T(&p, d.d.fee_paid ? WORD_DOSSIER_PAGE_FEE_PAID : WORD_DOSSIER_PAGE_FEE_DUE,
                                       word_money(a, LANG_VI, d.d.fee))
                                   : T(&p, WORD_DOSSIER_PAGE_FEE_NONE, STR("")),
                    .volume = str_format(a, "%d", date_civil(d.received.date).year),
                    .register_no = d.d.register_no,
                    .officer = d.names.received_by_name_null ? STR("") : d.names.received_by_name,
                };
    p.head.has_pdf = true;
    p.head.pdf = url_dossier_page(a, d.d.code, STR("giay-tiep-nhan.pdf"));
    view_receipt(&p.out, &v);
    return paper_end(&p, WORD_RECEIPT_TITLE_01);
}

static enum err receipt_as_file(struct web *w)
{
    return paper_file(w, STR("giay-tiep-nhan"));
}

/* ---- Mẫu 05: the transfer log, never typed twice ---- */

static enum err control(struct web *w)
{
    struct paper p;
    struct dossier_view d;
    enum err err = dossier_paper(&p, w, &d, "PKS", DATE_NEVER);

    if (err)
        return err;
    struct arena *a = w->ctx->arena;
    struct view_control_row *row = ARENA_ARRAY(a, struct view_control_row, d.task_count);
    for (size_t i = 0; i < d.task_count; i++) {
        const struct q_task_list *t = &d.task[i];
        row[i] = (struct view_control_row){
            .from = t->from_unit_name_null ? d.d.applicant : t->from_unit_name,
            .from_person = t->from_person_name_null ? STR("") : t->from_person_name,
            .to = t->unit_name,
            .to_person = t->person_name_null ? STR("") : t->person_name,
            .at = form_moment_text(a, timeline_local(&d, t->since_at, false)),
            .step = t->step_name,
            .timing = i == 0 || d.task[i - 1].done_at_null
                          ? STR("")
                          : T(&p, step_timing_word((enum step_timing)d.task[i - 1].timing), STR("")),
            .note = i ? d.task[i - 1].note : STR(""),
        };
    }
    struct view_paper_who who = who_of(&d);
    view_control(&p.out, &(struct view_control){
                             .head = &p.head,
                             .who = &who,
                             .due = form_moment_text(a, d.promised),
                             .control_row = row,
                             .control_row_count = d.task_count,
                         });
    return paper_end(&p, WORD_RECEIPT_TITLE_05);
}

/* ---- Mẫu 02 ---- */

static const struct dossier_line *line_of(const struct dossier_view *d, struct str act)
{
    const struct dossier_line *found = NULL;

    for (size_t i = 0; i < d->line_count; i++)
        if (str_eq(d->line[i].row.act, act))
            found = &d->line[i];
    return found;
}

/* "2. Tờ khai thiếu chữ ký": the list on paper counts by itself. */
static struct str without_number(struct str line)
{
    size_t dot = str_find(line, STR(". "));
    int64_t no;

    return dot != STR_NONE && str_parse_int(str_sub(line, 0, dot), 1, 99, &no) == OK ? str_sub(line, dot + 2, line.n)
                                                                                    : line;
}

static size_t lines_of(struct arena *a, struct str text, struct view_paper_line **ret)
{
    struct str rest = text, piece;
    size_t n = 0;

    *ret = ARENA_ARRAY(a, struct view_paper_line, text.n + 1);
    while (str_split(&rest, '\n', &piece))
        if (str_trim(piece).n)
            (*ret)[n++] = (struct view_paper_line){without_number(str_trim(piece))};
    return n;
}

static enum err supplement(struct web *w)
{
    struct paper p;
    struct dossier_view d;
    struct view_paper_line *line;
    enum err err = dossier_paper(&p, w, &d, "HDHS", DATE_NEVER);

    if (err)
        return err;
    const struct dossier_line *asked = line_of(&d, STR("dossier.ask_supplement"));
    if (!asked)
        return ERR_NOT_FOUND;
    struct arena *a = w->ctx->arena;
    struct view_paper_who who = who_of(&d);
    p.head.date = form_day_text(a, asked->at.date);
    size_t count = lines_of(a, json_text(asked->payload, "detail"), &line);
    view_supplement(&p.out, &(struct view_supplement){
                                .head = &p.head,
                                .who = &who,
                                .paper_line = line,
                                .paper_line_count = count,
                                .note = json_text(asked->payload, "note"),
                                .officer = asked->row.actor_name_null ? STR("") : asked->row.actor_name,
                                .paused = true,
                            });
    return paper_end(&p, WORD_RECEIPT_TITLE_02);
}

static struct view_paper_who who_typed(const struct intake *in)
{
    return (struct view_paper_who){
        .applicant = in->applicant.name,
        .submitter = web_field(in->w, "submitter"),
        .address = in->applicant.address,
        .phone = in->applicant.phone,
        .email = in->applicant.email,
        .procedure = in->procedure->version.name,
        .summary = web_field(in->w, "summary"),
    };
}

static enum err paper_of_counter(struct paper *p, const struct intake *in)
{
    struct office office;
    struct web *w = in->w;
    enum err err = office_load(w->ctx, w->ctx->db, in->desk.here->id, &office);

    if (err)
        return err;
    return paper_begin(p, w, &office.unit, STR(""), zone_date(office.zone, w->ctx->now),
                       url_intake_of(w->ctx->arena, in->desk.here->id, in->procedure->procedure.code));
}

enum err print_counter_supplement(struct intake *in)
{
    struct paper p;
    struct web *w = in->w;
    struct arena *a = w->ctx->arena;
    enum err err = paper_of_counter(&p, in);

    if (err)
        return err;
    struct view_paper_line *line = ARENA_ARRAY(a, struct view_paper_line, in->paper_count);
    size_t n = 0;
    for (size_t i = 0; i < in->paper_count; i++) {
        const struct act_paper *paper = &in->paper[i];
        if (!paper->is_required || (paper->state != PAPER_MISSING && paper->state != PAPER_DEFECTIVE))
            continue;
        struct str state = T(&p, paper_state_word(paper->state), STR(""));
        line[n++].text = str_format(a, "%" PRIstr " (%" PRIstr ")%s%" PRIstr, STR_ARG(paper->name), STR_ARG(state),
                                    paper->note.n ? ": " : "", STR_ARG(paper->note));
    }
    struct view_paper_who who = who_typed(in);
    view_supplement(&p.out, &(struct view_supplement){
                                .head = &p.head,
                                .who = &who,
                                .paper_line = line,
                                .paper_line_count = n,
                                .officer = w->ctx->actor.name,
                            });
    return paper_end(&p, WORD_RECEIPT_TITLE_02);
}

/* ---- Mẫu 03 ---- */

enum err print_turned_away(const struct intake *in, const struct act_turn_away *act)
{
    struct paper p;
    struct web *w = in->w;
    struct q_reason_of_kind *reason;
    size_t count;
    struct str ground = STR("");
    enum err err = paper_of_counter(&p, in);

    if (!err)
        err = act_reasons(w->ctx, STR("refusal"), &reason, &count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        if (str_eq(reason[i].code, act->ground))
            ground = reason[i].basis.n ? str_format(w->ctx->arena, "%" PRIstr " (%" PRIstr ")", STR_ARG(reason[i].name),
                                                    STR_ARG(reason[i].basis))
                                       : reason[i].name;
    struct view_paper_who who = who_typed(in);
    who.applicant = act->applicant;
    view_turned_away(&p.out, &(struct view_turned_away){
                                 .head = &p.head,
                                 .who = &who,
                                 .ground = ground,
                                 .reason = act->reason,
                                 .officer = w->ctx->actor.name,
                             });
    return paper_end(&p, WORD_RECEIPT_TITLE_03);
}

/* ---- Mẫu 04 ---- */

static enum err apology(struct web *w)
{
    struct paper p;
    struct dossier_view d;
    enum err err = dossier_paper(&p, w, &d, "PXL", DATE_NEVER);

    if (!err && !d.has_extension)
        err = ERR_NOT_FOUND;
    if (err)
        return err;
    struct arena *a = w->ctx->arena;
    struct view_paper_who who = who_of(&d);
    p.head.date = form_day_text(a, timeline_local(&d, d.extension.at, false).date);
    view_apology(&p.out, &(struct view_apology){
                             .head = &p.head,
                             .who = &who,
                             .received = form_day_text(a, d.received.date),
                             .old_due = form_moment_text(a, timeline_local(&d, d.extension.old_due_at, false)),
                             .new_due = form_moment_text(a, timeline_local(&d, d.extension.new_due_at, false)),
                             .reason = d.extension.reason,
                         });
    return paper_end(&p, WORD_RECEIPT_TITLE_04);
}

const struct web_route ROUTES_RECEIPT[] = {
    {HTTP_GET, "/cb/ho-so/{code}/giay-tiep-nhan", WEB_STAFF, NULL, receipt},
    {HTTP_GET, "/cb/ho-so/{code}/giay-tiep-nhan.pdf", WEB_STAFF, NULL, receipt_as_file},
    {HTTP_GET, "/cb/ho-so/{code}/phieu-kiem-soat", WEB_STAFF, NULL, control},
    {HTTP_GET, "/cb/ho-so/{code}/phieu-bo-sung", WEB_STAFF, NULL, supplement},
    {HTTP_GET, "/cb/ho-so/{code}/phieu-xin-loi", WEB_STAFF, NULL, apology},
    {.path = NULL},
};
