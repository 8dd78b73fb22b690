/* A process as a plain table of steps, for those that are a straight line. Works without scripts:
 * each button sends the form, which comes back with the rows as they were typed. */
#include "web/process.h"

enum { TABLE_ROWS_MAX = 100, BLANK_ROWS = 3, HOURS_MAX = 10000, CODE_MAX = 200 };

const struct http_field PROCESS_TABLE_FIELDS[] = {
    {.name = "name", .max = 500},
    {.name = "decision", .max = 500},
    {.name = "rule", .max = 500},
    {.name = "note", .max = 4000, .lines = true},
    {.name = "step_code", .max = CODE_MAX, .many = true},
    {.name = "step_form", .max = 500, .many = true},
    {.name = "step_name", .max = 500, .many = true},
    {.name = "step_place", .max = CODE_MAX, .many = true},
    {.name = "step_role", .max = CODE_MAX, .many = true},
    {.name = "step_hours", .max = 20, .many = true},
    {.name = "step_produces", .max = 1000, .many = true},
    {.name = "viec", .max = 20},
    {.name = "seen", .max = 100},
    {NULL},
};

/* A row as text, as it stands in the form. */
struct row {
    struct str code, form, name, place, role, hours, produces;
};
struct table {
    struct row *row; /* with room for one more */
    size_t count;
    size_t here;   /* the row that was moved or added, from 1; 0: none */
    bool branches; /* it is no straight line */
};

/* ---- hours ---- */

/* "8", or "0:30" for what is no whole hour. */
static struct str hours_text(struct arena *a, int64_t minutes)
{
    if (minutes % 60 == 0)
        return minutes ? str_format(a, "%lld", (long long)(minutes / 60)) : STR("");
    return str_format(a, "%lld:%02lld", (long long)(minutes / 60), (long long)(minutes % 60));
}

/* The first of the marks between hours and their part; STR_NONE: none. */
static size_t mark_find(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == ':' || text.p[i] == ',' || text.p[i] == '.')
            return i;
    return STR_NONE;
}

/* Also "1,5" and "1.5"; nothing typed is no budget. */
static bool hours_parse(struct str text, int64_t *ret)
{
    size_t mark = mark_find(text);
    bool clock = mark != STR_NONE && text.p[mark] == ':';
    struct str whole = mark == STR_NONE ? text : str_sub(text, 0, mark),
               part = mark == STR_NONE ? STR("0") : str_sub(text, mark + 1, text.n);
    int64_t hours = 0, more = 0;

    if (str_is_empty(text)) {
        *ret = 0;
        return true;
    }
    if (part.n > 2 || str_parse_int(whole, 0, HOURS_MAX, &hours) || str_parse_int(part, 0, clock ? 59 : 99, &more))
        return false;
    if (!clock) /* tenths or hundredths */
        more = more * (part.n == 1 ? 10 : 1) * 60 / 100;
    *ret = hours * 60 + more;
    return true;
}

/* ---- rows ---- */

struct column {
    const struct str *text;
    size_t count;
};

static struct column column(const struct web *w, const char *name)
{
    struct column c;

    c.count = http_value_all(w->rq, w->ctx->arena, name, &c.text);
    return c;
}

static struct str at(struct column c, size_t i)
{
    return i < c.count ? str_trim(c.text[i]) : STR("");
}

static void table_typed(const struct web *w, struct table *t)
{
    struct column code = column(w, "step_code"), form = column(w, "step_form"), name = column(w, "step_name"),
                  place = column(w, "step_place"), role = column(w, "step_role"), hours = column(w, "step_hours"),
                  produces = column(w, "step_produces");

    *t = (struct table){.count = name.count < TABLE_ROWS_MAX ? name.count : TABLE_ROWS_MAX};
    t->row = ARENA_ARRAY(w->ctx->arena, struct row, t->count + 1);
    for (size_t i = 0; i < t->count; i++)
        t->row[i] = (struct row){at(code, i), at(form, i),  at(name, i),    at(place, i),
                                 at(role, i), at(hours, i), at(produces, i)};
}

static void table_steps(struct arena *a, const struct process_step *step, size_t count,
                        struct table *t)
{
    t->count = count;
    t->row = ARENA_ARRAY(a, struct row, count + 1);
    for (size_t i = 0; i < count; i++)
        t->row[i] = (struct row){step[i].code,    step[i].form, step[i].name,
                                 step[i].place,   step[i].role, hours_text(a, step[i].minutes),
                                 step[i].produces};
}

/* What stands: the drawing where it is a straight line, else the list of the procedure, else blank
 * rows. */
static void table_stored(const struct web *w, const struct act_process_view *act, struct table *t)
{
    struct arena *a = w->ctx->arena;
    struct process_step *step;
    size_t count;

    *t = (struct table){.count = 0};
    if (act->has_process) {
        t->branches = act->reading.processes > 1 ||
                      process_to_steps(a, &act->reading.process, &step, &count) ||
                      count > TABLE_ROWS_MAX;
    } else {
        count = act->whole ? act->whole->step_count : 0;
        step = ARENA_ARRAY(a, struct process_step, count ? count : BLANK_ROWS);
        for (size_t i = 0; i < count; i++) {
            const struct q_step_list *s = &act->whole->step[i];
            step[i] = (struct process_step){.code = s->code,
                                            .name = s->name,
                                            .role = s->role,
                                            .place = s->place,
                                            .minutes = s->minutes};
        }
        count = count ? count : BLANK_ROWS;
    }
    if (!t->branches)
        table_steps(a, step, count, t);
}

/* ---- the buttons of a row ---- */

static void row_swap(struct table *t, size_t i, size_t k)
{
    struct row kept = t->row[i];

    t->row[i] = t->row[k];
    t->row[k] = kept;
    t->here = k + 1;
}

static void row_remove(struct table *t, size_t i)
{
    for (t->count--; i < t->count; i++)
        t->row[i] = t->row[i + 1];
}

/* "them", "len-2", "xuong-2", "xoa-2"; false: it is none of them. */
static bool table_change(struct web *w, struct table *t, struct str act)
{
    struct str name = act, no;
    int64_t i = 0;
    size_t dash = str_find(act, STR("-"));

    if (str_eq(act, STR("them"))) {
        if (t->count == TABLE_ROWS_MAX)
            problem_add(w->ctx, "step_name", WORD_PROCESS_PAGE_TOO_MANY_STEPS,
                        form_number(w, TABLE_ROWS_MAX));
        else
            t->row[t->count++] = (struct row){.place = STR("counter")};
        t->here = t->count;
        return true;
    }
    if (dash == STR_NONE)
        return false;
    name = str_sub(act, 0, dash);
    no = str_sub(act, dash + 1, act.n);
    if (str_parse_int(no, 1, (int64_t)t->count, &i))
        return false;
    size_t row = (size_t)i - 1;
    if (str_eq(name, STR("len")) && row > 0)
        row_swap(t, row, row - 1);
    else if (str_eq(name, STR("xuong")) && row + 1 < t->count)
        row_swap(t, row, row + 1);
    else if (str_eq(name, STR("xoa")))
        row_remove(t, row);
    return true;
}

/* ---- saving ---- */

static bool row_is_blank(const struct row *r)
{
    return !r->name.n && !r->hours.n && !r->produces.n;
}

/* The steps that were typed; what is wrong becomes a problem. */
static size_t steps_of(struct web *w, const struct table *t, struct process_step *step)
{
    size_t n = 0;

    for (size_t i = 0; i < t->count; i++) {
        const struct row *r = &t->row[i];
        if (row_is_blank(r))
            continue;
        struct process_step s = {.code = r->code,
                                 .name = r->name,
                                 .role = r->role,
                                 .place = r->place,
                                 .form = r->form,
                                 .produces = r->produces};
        if (!r->name.n)
            problem_add(w->ctx, "step_name", WORD_PROCESS_PAGE_STEP_UNNAMED,
                        form_number(w, (int64_t)i + 1));
        if (!hours_parse(r->hours, &s.minutes))
            problem_add(w->ctx, "step_hours", WORD_PROCESS_PAGE_HOURS_WRONG, r->hours);
        step[n++] = s;
    }
    if (n == 0)
        problem_add(w->ctx, "step_name", WORD_PROCESS_PAGE_NO_STEPS, STR(""));
    return n;
}

/* What the table does not show of a step stays as it stands. */
static enum err words_keep(struct web *w, struct process_step *step, size_t count)
{
    struct act_process_view stands = {.code = w->rq->part[0]};
    struct problems typed = w->ctx->problems;
    enum err err = act_process_view(&stands, w->ctx);

    w->ctx->problems = typed;
    for (size_t i = 0; !err && stands.has_process && i < count; i++) {
        int node = process_node_find(&stands.reading.process, step[i].code);
        if (node < 0)
            continue;
        const struct process_node *n = &stands.reading.process.node[node];
        step[i].assign = n->assign;
        step[i].escalate = n->escalate;
        step[i].remind = n->remind;
        step[i].child = n->child;
    }
    return err;
}

static enum err table_save(struct web *w, const struct table *t)
{
    struct arena *a = w->ctx->arena;
    struct process_step *step = ARENA_ARRAY(a, struct process_step, t->count + 1);
    size_t count = steps_of(w, t, step);
    struct act_process_view of = {.code = w->rq->part[0]};
    enum err err = words_keep(w, step, count);

    if (err)
        return err;
    struct process p = process_from_steps(a, w->rq->part[0], web_field(w, "name"), step, count);
    return process_save(w, &of, bpmn_draw(a, &p));
}

/* ---- the page ---- */

static enum err rows_view(struct web *w, const struct table *t, struct view_process_table *v)
{
    struct view_table_row *row = ARENA_ARRAY(w->ctx->arena, struct view_table_row, t->count);
    struct catalogue_choices role, place;
    enum err err = catalogue_role_choices(w, &role);

    if (!err)
        err = catalogue_place_choices(w, &place);
    if (err)
        return err;
    for (size_t i = 0; i < t->count; i++) {
        const struct row *r = &t->row[i];
        struct catalogue_choices roles = catalogue_choose(w, &role, r->role),
                                 places = catalogue_choose(w, &place, r->place);
        row[i] = (struct view_table_row){
            .suffix = i ? str_format(w->ctx->arena, "-%zu", i + 1) : STR(""),
            .no = form_number(w, (int64_t)i + 1),
            .first = i == 0,
            .last = i + 1 == t->count,
            .here = i + 1 == t->here,
            .code = r->code,
            .name = r->name,
            .hours = r->hours,
            .form = r->form,
            .produces = r->produces,
            .role = roles.option,
            .role_count = roles.count,
            .place = places.option,
            .place_count = places.count,
        };
    }
    v->row = row;
    v->row_count = t->count;
    return OK;
}

static enum err table_page(struct web *w, const struct act_process_view *act, const struct table *t,
                           bool again)
{
    struct html_out o = web_out(w);
    struct view_process_fields fields = process_fields(w, again, act);
    struct str unnamed = web_problem_of(w, "step_name"), hours = web_problem_of(w, "step_hours");
    struct view_process_table v = {
        .problems = web_problems(w),
        .back = process_url(w, act->code, STR("")),
        .draw = process_url(w, act->code, STR("ve")),
        .save = process_url(w, act->code, STR("bang")),
        .csrf = w->csrf,
        .name = act->procedure.name,
        .code = act->procedure.code,
        .revision = act->has_process ? process_revision(w, act->row.no) : STR(""),
        .branches = t->branches,
        .step_problem = unnamed.n ? unnamed : hours,
        .fields = &fields,
    };
    enum err err = rows_view(w, t, &v);

    if (err)
        return err;
    view_process_table(&o, &v);
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_PROCESS, v.name, html_done(&o));
}

/* The procedure of the path, for who may change it. */
static enum err process_of(struct web *w, struct act_process_view *act)
{
    struct problems kept = w->ctx->problems;
    enum err err = right_check_any(w->ctx, RIGHT_CATALOGUE_EDIT);

    *act = (struct act_process_view){.code = w->rq->part[0]};
    if (!err)
        err = act_process_view(act, w->ctx);
    w->ctx->problems = kept;
    return err;
}

enum err process_table(struct web *w)
{
    struct act_process_view act;
    struct table t;
    enum err err = process_of(w, &act);

    if (err)
        return err;
    table_stored(w, &act, &t);
    return table_page(w, &act, &t, false);
}

enum err process_table_post(struct web *w)
{
    struct act_process_view act;
    struct table t;
    enum err err = process_of(w, &act);

    if (err)
        return err;
    table_stored(w, &act, &t);
    if (t.branches) /* somebody drew it meanwhile: a table would lose the branches */
        return table_page(w, &act, &t, false);
    table_typed(w, &t);
    if (table_change(w, &t, web_field(w, "viec")))
        return table_page(w, &act, &t, true);
    err = table_save(w, &t);
    if (err == ERR_INVALID && w->ctx->problems.count)
        return table_page(w, &act, &t, true);
    return err ? err
               : web_redirect_saying(w, process_url(w, act.code, STR("")),
                                     WORD_PROCESS_PAGE_SAID_SAVED, STR(""));
}
