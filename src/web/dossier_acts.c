/* What can be done to a dossier: a form for each act, one table for all. */
#include "web/dossier.h"

#include "acts/desk.h"
#include "acts/dossier_back.h"
#include "acts/organisation.h"
#include "web/answer.h"
#include "web/url.h"

#include "view_dossier.h"
#include "view_page.h"

enum { OTHER_DEFECTS = 3, TEXT_MAX = 4000, PERSONS_MAX = 500 };

#define T(name) WORD_DOSSIER_PAGE_##name
#define PAGE(act, path, name, icon, parts, main)                                                                       \
    {act, STR_INIT(path), T(ACT_##name), T(INTRO_##name), T(SAID_##name), STR_INIT(icon), parts, main}

const struct dossier_act_page DOSSIER_ACT_PAGES[DOSSIER_ACT__COUNT] = {
    PAGE(DOSSIER_TAKE, "nhan", TAKE, "user-check", 0, true),
    PAGE(DOSSIER_HAND_OVER, "chuyen", HAND_OVER, "forward", PART_STEP | PART_NOTE, true),
    PAGE(DOSSIER_SUPPLY, "nhan-bo-sung", SUPPLY, "circle-play", PART_NOTE, true),
    PAGE(DOSSIER_RESUME, "tiep-tuc", RESUME, "circle-play", PART_NOTE, true),
    PAGE(DOSSIER_FINISH, "ket-qua", FINISH, "file-check", PART_RESULT | PART_NOTE, true),
    PAGE(DOSSIER_HAND_OUT, "tra", HAND_OUT, "package-check", PART_HAND_OUT | PART_NOTE, true),
    PAGE(DOSSIER_ASK_SUPPLEMENT, "bo-sung", ASK_SUPPLEMENT, "file-warning", PART_DEFECTS | PART_NOTE, false),
    PAGE(DOSSIER_ASSIGN, "phan-cong", ASSIGN, "user-plus", PART_PERSON | PART_NOTE, false),
    PAGE(DOSSIER_SUSPEND, "tam-dung", SUSPEND, "circle-pause", PART_PAUSE | PART_NOTE, false),
    PAGE(DOSSIER_EXTEND, "xin-loi", EXTEND, "calendar-clock", PART_DUE | PART_NOTE | PART_NOTE_NEEDED, false),
    PAGE(DOSSIER_REFUSE, "tu-choi", REFUSE, "ban", PART_RESULT | PART_NOTE | PART_NOTE_NEEDED, false),
    PAGE(DOSSIER_CORRECT, "sua", CORRECT, "pencil", PART_APPLICANT | PART_NOTE | PART_NOTE_NEEDED, false),
    PAGE(DOSSIER_WITHDRAW, "rut", WITHDRAW, "undo-2", PART_NOTE | PART_NOTE_NEEDED, false),
    PAGE(DOSSIER_STOP, "dung", STOP, "circle-x", PART_NOTE | PART_NOTE_NEEDED, false),
    PAGE(DOSSIER_REOPEN, "thu-hoi", REOPEN, "history", PART_NOTE | PART_NOTE_NEEDED, false),
    PAGE(DOSSIER_GIVE_BACK, "tra-lai", GIVE_BACK, "arrow-left", PART_BACK | PART_NOTE | PART_NOTE_NEEDED, false),
    PAGE(DOSSIER_CHILD, "ma-phoi-hop", CHILD, "link", PART_CHILD | PART_NOTE, false),
    PAGE(DOSSIER_PART_OUT, "tra-mot-phan", PART_OUT, "package-check", PART_PART | PART_NOTE, false),
    PAGE(DOSSIER_MOVE_PROCESS, "doi-quy-trinh", MOVE_PROCESS, "workflow", PART_NOTE, false),
};

const struct http_field FIELDS_DOSSIER_ACT[] = {
    {.name = "version", .max = 20},
    {.name = "task", .max = 20},
    {.name = "choice", .max = 200},
    {.name = "back", .max = 20},
    {.name = "code", .max = 100},
    {.name = "what", .max = 500},
    {.name = "note", .max = TEXT_MAX, .lines = true},
    {.name = "step", .max = 4},
    {.name = "unit", .max = 20},
    {.name = "person", .max = 20},
    {.name = "d_paper", .max = 8, .many = true},
    {.name = "d_what", .max = 1000, .many = true},
    {.name = "reason", .max = 64},
    {.name = "due", .max = 40},
    {.name = "cause", .max = 64},
    {.name = "result_no", .max = 100},
    {.name = "to", .max = 300},
    {.name = "fee_paid", .max = 2},
    {.name = "name", .max = 300},
    {.name = "id_no", .max = 40},
    {.name = "birth", .max = 40},
    {.name = "phone", .max = 40},
    {.name = "email", .max = 200},
    {.name = "address", .max = 500},
    {.name = "submitter", .max = 300},
    {.name = "summary", .max = TEXT_MAX, .lines = true},
    {.name = NULL},
};

const struct dossier_act_page *dossier_act_page(struct str path)
{
    for (size_t i = 0; i < DOSSIER_ACT__COUNT; i++)
        if (str_eq(DOSSIER_ACT_PAGES[i].path, path))
            return &DOSSIER_ACT_PAGES[i];
    return NULL;
}

/* ---- a form ---- */

struct form {
    struct web *w;
    const struct dossier_act_page *page;
    const struct dossier_view *d;
    bool again; /* shown again, with what was typed */
};

/* What was typed, or what stands in the dossier. */
static struct str value(const struct form *f, const char *name, struct str stored)
{
    return f->again ? web_field(f->w, name) : stored;
}

static struct view_option option(struct arena *a, int64_t id, struct str label, struct str chosen)
{
    struct str text = str_format(a, "%lld", (long long)id);

    return (struct view_option){text, label, str_eq(text, chosen)};
}

static size_t step_options(const struct form *f, struct view_option **ret)
{
    const struct dossier_view *d = f->d;
    struct arena *a = f->w->ctx->arena;
    int64_t now = d->open_task ? d->open_task->step_no : 0;
    struct str chosen = f->again ? web_field(f->w, "step") : str_format(a, "%lld", (long long)now + 1);
    size_t n = 0;

    *ret = ARENA_ARRAY(a, struct view_option, d->procedure->step_count);
    for (size_t i = 0; i < d->procedure->step_count; i++) {
        const struct q_step_list *s = &d->procedure->step[i];
        struct str name[] = {word_int(a, LANG_VI, s->no), s->name};
        if (s->no != now)
            (*ret)[n++] =
                option(a, s->no, str_format(a, "%" PRIstr ". %" PRIstr, STR_ARG(name[0]), STR_ARG(name[1])), chosen);
    }
    return n;
}

static enum err unit_options(const struct form *f, struct view_option **ret, size_t *ret_count)
{
    struct act_unit_tree tree = {.day = ctx_today(f->w->ctx)};
    struct arena *a = f->w->ctx->arena;
    enum err err = act_unit_tree(&tree, f->w->ctx);

    if (err)
        return err;
    struct view_option *option_row = ARENA_ARRAY(a, struct view_option, tree.line_count);
    for (size_t i = 0; i < tree.line_count; i++)
        option_row[i] = option(a, tree.line[i].u.id, tree.line[i].u.name, web_field(f->w, "unit"));
    *ret = option_row;
    *ret_count = tree.line_count;
    return OK;
}

static enum err person_options(const struct form *f, struct view_option **ret, size_t *ret_count)
{
    const struct dossier_view *d = f->d;
    struct q_person_able *row;
    size_t count;
    struct arena *a = f->w->ctx->arena;
    int64_t unit = d->open_task ? d->open_task->unit_id : d->d.unit_id;
    enum err err = act_colleagues(f->w->ctx, unit, RIGHT_DOSSIER_PROCESS, &row, &count);

    if (err)
        return err;
    struct view_option *option_row = ARENA_ARRAY(a, struct view_option, count);
    for (size_t i = 0; i < count; i++)
        option_row[i] =
            option(a, row[i].id,
                   row[i].title.n ? str_format(a, "%" PRIstr ", %" PRIstr, STR_ARG(row[i].name), STR_ARG(row[i].title))
                                  : row[i].name,
                   web_field(f->w, "person"));
    *ret = option_row;
    *ret_count = count;
    return OK;
}

static enum err reason_options(const struct form *f, struct str kind, const char *field, struct view_option **ret,
                               size_t *ret_count)
{
    struct q_reason_of_kind *row;
    size_t count, n = 0;
    enum err err = act_reasons(f->w->ctx, kind, &row, &count);

    if (err)
        return err;
    struct view_option *option_row = ARENA_ARRAY(f->w->ctx->arena, struct view_option, count);
    for (size_t i = 0; i < count; i++)
        if (!str_eq(row[i].code, STR("supplement"))) /* has a form of its own */
            option_row[n++] =
                (struct view_option){row[i].code, row[i].name, str_eq(row[i].code, web_field(f->w, field))};
    *ret = option_row;
    *ret_count = n;
    return OK;
}

/* One line for each paper, then some for anything else. */
static struct view_act_defect *defects(const struct form *f, size_t *ret_count)
{
    struct arena *a = f->w->ctx->arena;
    size_t count = f->d->paper_count + OTHER_DEFECTS;
    struct view_act_defect *row = ARENA_ARRAY(a, struct view_act_defect, count);
    const struct str *typed;
    size_t typed_count = http_value_all(f->w->rq, a, "d_what", &typed);

    for (size_t i = 0; i < count; i++) {
        bool is_paper = i < f->d->paper_count;
        row[i] = (struct view_act_defect){
            .id = str_format(a, "%s-%zu", i ? "d" : "f-defect", i),
            .no = is_paper ? f->d->paper[i].no : 0,
            .label = is_paper ? f->d->paper[i].name : word(f->w->ctx->lang, T(DEFECT_OTHER)),
            .text = i < typed_count ? typed[i] : STR(""),
        };
    }
    *ret_count = count;
    return row;
}

/* On a drawn process the next step follows from what this one came to. */
static struct view_choice *choices(const struct form *f, size_t *ret_count)
{
    struct arena *a = f->w->ctx->arena;
    struct dossier_choice *choice;
    size_t count = dossier_choices(a, f->d, &choice);
    struct view_choice *v = ARENA_ARRAY(a, struct view_choice, count);

    for (size_t i = 0; i < count; i++)
        v[i] = (struct view_choice){str_format(a, "f-choice-%zu", i), choice[i].id, choice[i].name,
                                    str_eq(choice[i].id, web_field(f->w, "choice"))};
    *ret_count = count;
    return v;
}

/* The steps before, by name, with who did them. */
static enum err back_options(const struct form *f, struct view_option **ret, size_t *ret_count)
{
    struct arena *a = f->w->ctx->arena;
    struct q_task_list *row = NULL;
    enum err err = dossier_ways_back(f->w->ctx, f->d->d.id, f->d->open_task ? f->d->open_task->no : 0, &row, ret_count);

    if (err)
        return err;
    struct view_option *option_row = ARENA_ARRAY(a, struct view_option, *ret_count);
    struct str last = *ret_count ? str_format(a, "%lld", (long long)row[*ret_count - 1].no) : STR("");
    for (size_t i = 0; i < *ret_count; i++)
        option_row[i] = option(a, row[i].no,
                               str_format(a, "%" PRIstr " (%" PRIstr "%s%" PRIstr ")", STR_ARG(row[i].step_name),
                                          STR_ARG(row[i].unit_name), row[i].person_name_null ? "" : ", ",
                                          STR_ARG(row[i].person_name_null ? STR("") : row[i].person_name)),
                               value(f, "back", last));
    *ret = option_row;
    return OK;
}

static enum err options_fill(const struct form *f, struct view_act_form *v)
{
    struct view_option *row = NULL;
    unsigned parts = f->page->parts;
    enum err err = OK;

    if (parts & PART_STEP && f->d->process)
        v->choice_option = choices(f, &v->choice_option_count);
    if (parts & PART_STEP) {
        v->step_option_count = f->d->process ? 0 : step_options(f, &row);
        v->step_option = row;
        err = unit_options(f, &row, &v->unit_option_count);
        v->unit_option = row;
    }
    if (!err && parts & PART_PERSON) {
        err = person_options(f, &row, &v->person_option_count);
        v->person_option = row;
    }
    if (!err && parts & PART_PAUSE) {
        err = reason_options(f, STR("suspension"), "reason", &row, &v->reason_option_count);
        v->reason_option = row;
    }
    if (!err && parts & PART_DUE) {
        err = reason_options(f, STR("lateness"), "cause", &row, &v->cause_option_count);
        v->cause_option = row;
    }
    if (!err && parts & PART_BACK) {
        err = back_options(f, &row, &v->back_option_count);
        v->back_option = row;
    }
    if (!err && parts & PART_DEFECTS)
        v->act_defect = defects(f, &v->act_defect_count);
    return err;
}

static enum err form_page(const struct form *f)
{
    struct web *w = f->w;
    struct arena *a = w->ctx->arena;
    const struct q_dossier_by_id *d = &f->d->d;
    struct html_out o = web_out(w);
    struct str money = word_money(a, w->ctx->lang, d->fee);
    unsigned parts = f->page->parts;
    struct view_act_form v = {
        .problems = web_problems(w),
        .title = word(w->ctx->lang, f->page->title),
        .intro = word(w->ctx->lang, f->page->intro),
        .code = d->code,
        .procedure = f->d->names.procedure_name,
        .applicant = d->applicant,
        .back = url_dossier(a, d->code),
        .action = url_dossier_page(a, d->code, f->page->path),
        .csrf = w->csrf,
        .version = str_format(a, "%lld", (long long)d->version),
        .task = f->d->open_task ? str_format(a, "%lld", (long long)f->d->open_task->no) : STR(""),
        .wrong_choice = web_problem_of(w, "choice"),
        .sign = web_icon(w, f->page->icon),
        .has_step = (parts & PART_STEP) != 0,
        .has_person = (parts & PART_PERSON) != 0,
        .has_part = (parts & PART_PART) != 0,
        .what = web_field(w, "what"),
        .wrong_what = web_problem_of(w, "what"),
        .has_child = (parts & PART_CHILD) != 0,
        .child_code = web_field(w, "code"),
        .wrong_code = web_problem_of(w, "code"),
        .has_defects = (parts & PART_DEFECTS) != 0,
        .wrong_defects = web_problem_of(w, "defect"),
        .has_pause = (parts & PART_PAUSE) != 0,
        .wrong_reason = web_problem_of(w, "reason"),
        .has_due = (parts & PART_DUE) != 0,
        .due = web_field(w, "due"),
        .due_now = web_moment(w, f->d->due),
        .wrong_due = web_problem_of(w, "due"),
        .has_result = (parts & PART_RESULT) != 0,
        .result_no = value(f, "result_no", d->result_no),
        .has_hand_out = (parts & PART_HAND_OUT) != 0,
        .to = value(f, "to", d->submitter.n ? d->submitter : d->applicant),
        .fee = d->fee > 0 && !d->fee_paid ? money : STR(""),
        .fee_paid = web_checked(w, "fee_paid"),
        .wrong_fee = web_problem_of(w, "fee_paid"),
        .id_no = value(f, "id_no", d->id_no),
        .has_applicant = (parts & PART_APPLICANT) != 0,
        .name = value(f, "name", d->applicant),
        .wrong_name = web_problem_of(w, "name"),
        .birth = value(f, "birth", d->birth),
        .phone = value(f, "phone", d->phone),
        .email = value(f, "email", d->email),
        .address = value(f, "address", d->address),
        .submitter = value(f, "submitter", d->submitter),
        .summary = value(f, "summary", d->summary),
        .has_note = (parts & PART_NOTE) != 0,
        .note_needed = (parts & PART_NOTE_NEEDED) != 0,
        .note = web_field(w, "note"),
        .wrong_note = web_problem_of(w, "note"),
        .is_grave = f->page->act == DOSSIER_REFUSE || f->page->act == DOSSIER_STOP || f->page->act == DOSSIER_WITHDRAW,
    };
    enum err err = options_fill(f, &v);

    if (err)
        return err;
    view_act_form(&o, &v);
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_NONE, v.title, html_done(&o));
}

/* ---- handlers ---- */

/* A refusal that the form itself can mend stands beside the field. */
static const char *field_of(enum dossier_refusal why)
{
    static const struct {
        enum dossier_refusal why;
        const char *field;
    } FIELDS[] = {
        {DOSSIER_SUPPLEMENT_EMPTY, "defect"}, {DOSSIER_EXTENSION_NOT_LATER, "due"}, {DOSSIER_NO_REASON, "note"},
        {DOSSIER_UNKNOWN_REASON, "reason"},   {DOSSIER_FEE_UNPAID, "fee_paid"},
        {DOSSIER_NO_ANSWER, "choice"},
    };

    for (size_t i = 0; i < sizeof FIELDS / sizeof FIELDS[0]; i++)
        if (FIELDS[i].why == why)
            return FIELDS[i].field;
    return NULL;
}

static enum err form_load(struct form *f, struct dossier_view *d)
{
    f->page = dossier_act_page(f->w->rq->part[1]);
    f->d = d;
    return f->page ? act_dossier_view(f->w->ctx, f->w->rq->part[0], d) : ERR_NOT_FOUND;
}

enum err dossier_act_form(struct web *w)
{
    struct form f = {.w = w};
    struct dossier_view d;
    enum err err = form_load(&f, &d);

    if (err)
        return err;
    if (!d.has_right[f.page->act])
        return ERR_FORBIDDEN;
    if (d.why_not[f.page->act].why != DOSSIER_ALLOWED)
        return web_refusal(w, d.why_not[f.page->act], url_dossier(w->ctx->arena, d.d.code));
    return form_page(&f);
}

enum err dossier_act_post(struct web *w)
{
    struct form f = {.w = w, .again = true};
    struct dossier_view d;
    struct dossier_verdict verdict;
    enum err err = form_load(&f, &d);

    if (err)
        return err;
    if (w->ctx->problems.count)
        return form_page(&f);
    err = dossier_act_run(w, f.page, &d, &verdict);
    if (err == ERR_INVALID && w->ctx->problems.count)
        return form_page(&f);
    if (err)
        return err;
    if (verdict.why == DOSSIER_ALLOWED)
        return web_redirect_saying(w, url_dossier(w->ctx->arena, d.d.code), f.page->said, STR(""));
    const char *field = field_of(verdict.why);
    if (!field)
        return web_refusal(w, verdict, url_dossier(w->ctx->arena, d.d.code));
    problem_add(w->ctx, field, dossier_refusal_word(verdict.why),
                date_cmp(verdict.date, DATE_NEVER) == 0 ? STR("") : web_day(w, verdict.date));
    return form_page(&f);
}
