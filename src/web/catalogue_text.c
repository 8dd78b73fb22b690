/* A version of a procedure between the store, the form and the act. */
#include "web/catalogue.h"

const struct limit_name LIMIT_NAMES[LIMIT__COUNT] = {
    [LIMIT_WORKING_DAYS] = {STR_INIT("working_days"), WORD_CATALOGUE_LIMIT_WORKING_DAYS},
    [LIMIT_CALENDAR_DAYS] = {STR_INIT("calendar_days"), WORD_CATALOGUE_LIMIT_CALENDAR_DAYS},
    [LIMIT_WORKING_HOURS] = {STR_INIT("working_hours"), WORD_CATALOGUE_LIMIT_WORKING_HOURS},
    [LIMIT_SAME_DAY] = {STR_INIT("same_day"), WORD_CATALOGUE_LIMIT_SAME_DAY},
    [LIMIT_MONTHS] = {STR_INIT("months"), WORD_CATALOGUE_LIMIT_MONTHS},
};

/* ---- from the store and from the form to text ---- */

/* "Tờ khai | 1 | 0", one paper a line: name, originals, copies; "?" before what is handed in only
 * where it is needed. */
static struct str papers_text(struct arena *a, const struct procedure_whole *p, int64_t case_no)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < p->paper_count; i++) {
        const struct q_paper_list *paper = &p->paper[i];
        if (paper->case_no == case_no)
            buf_format(&b, "%s%s%" PRIstr " | %lld | %lld", b.n ? "\n" : "", paper->is_required ? "" : "? ",
                       STR_ARG(paper->name), (long long)paper->originals, (long long)paper->copies);
    }
    return b.n ? buf_str(&b) : STR("");
}

void version_text_of(const struct web *w, const struct procedure_whole *p, struct version_text *t)
{
    struct arena *a = w->ctx->arena;

    t->case_count = p ? p->case_count : 1;
    t->cases = ARENA_ARRAY(a, struct case_text, t->case_count + 1);
    t->step_count = p ? p->step_count : BLANK_STEPS;
    t->step = ARENA_ARRAY(a, struct step_text, t->step_count + BLANK_STEPS);
    for (size_t i = 0; p && i < p->case_count; i++) {
        const struct q_case_list *c = &p->cases[i];
        t->cases[i] = (struct case_text){c->name, LIMIT_NAMES[c->limit_unit].code, form_number(w, c->limit_length),
                                         form_number(w, c->fee), c->fee_text, papers_text(a, p, c->no)};
    }
    for (size_t i = 0; p && i < p->step_count; i++) {
        const struct q_step_list *s = &p->step[i];
        t->step[i] = (struct step_text){s->code, s->name, s->role, s->place, form_number(w, s->minutes)};
    }
}

/* Fields that come many times, all as often as the first: a browser sends empty ones too. */
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

void version_text_typed(const struct web *w, struct version_text *t)
{
    struct arena *a = w->ctx->arena;
    struct column name = column(w, "case_name"), unit = column(w, "limit_unit"), length = column(w, "limit_length"),
                  fee = column(w, "fee"), fee_text = column(w, "fee_text"), papers = column(w, "papers"),
                  step_name = column(w, "step_name"), code = column(w, "step_code"), role = column(w, "step_role"),
                  place = column(w, "step_place"), minutes = column(w, "step_minutes");

    t->case_count = name.count;
    t->cases = ARENA_ARRAY(a, struct case_text, t->case_count + 1);
    for (size_t i = 0; i < name.count; i++)
        t->cases[i] = (struct case_text){at(name, i), at(unit, i), at(length, i), at(fee, i), at(fee_text, i), at(papers, i)};
    t->step_count = step_name.count;
    t->step = ARENA_ARRAY(a, struct step_text, t->step_count + BLANK_STEPS);
    for (size_t i = 0; i < step_name.count; i++)
        t->step[i] = (struct step_text){at(code, i), at(step_name, i), at(role, i), at(place, i), at(minutes, i)};
}

/* ---- from text to the act ---- */

static int64_t number(struct web *w, const char *field, struct str text, int64_t max)
{
    int64_t n = 0;

    if (text.n && str_parse_int(text, 0, max, &n))
        problem_add(w->ctx, field, WORD_PROBLEM_NUMBER,
                    str_format(w->ctx->arena, "0–%" PRIstr, STR_ARG(word_int(w->ctx->arena, w->ctx->lang, max))));
    return n;
}

static bool paper_parse(struct web *w, struct str line, struct procedure_paper *ret)
{
    struct str rest = line, name, part;
    struct procedure_paper p = {.originals = 1, .required = true};

    if (!str_split(&rest, '|', &name))
        return false;
    name = str_trim(name);
    if (str_has_prefix(name, STR("?"))) {
        p.required = false;
        name = str_trim(str_sub(name, 1, name.n));
    }
    p.name = name;
    if (str_split(&rest, '|', &part) && str_parse_int(str_trim(part), 0, 99, &p.originals))
        goto wrong;
    if (str_split(&rest, '|', &part) && str_parse_int(str_trim(part), 0, 99, &p.copies))
        goto wrong;
    if (rest.n || str_is_empty(p.name))
        goto wrong;
    *ret = p;
    return true;
wrong:
    problem_add(w->ctx, "papers", WORD_CATALOGUE_PROBLEM_PAPER, line);
    return false;
}

static void papers_of_text(struct web *w, struct str text, struct procedure_case_form *c)
{
    struct procedure_paper *paper = ARENA_ARRAY(w->ctx->arena, struct procedure_paper, PROCEDURE_PAPERS_MAX + 1);
    struct str rest = text, line;

    while (c->paper_count <= PROCEDURE_PAPERS_MAX && str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.n && paper_parse(w, line, &paper[c->paper_count]))
            c->paper_count++;
    }
    c->paper = paper;
}

static struct limit limit_of_text(struct web *w, const struct case_text *t)
{
    struct limit limit = {LIMIT__COUNT, (int)number(w, "limit_length", t->length, LIMIT_LENGTH_MAX)};

    for (int i = 0; i < LIMIT__COUNT; i++)
        if (str_eq(LIMIT_NAMES[i].code, t->unit))
            limit.unit = (enum limit_unit)i;
    if (limit.unit == LIMIT_SAME_DAY)
        limit.length = 1;
    return limit;
}

static bool case_is_blank(const struct case_text *c)
{
    return !c->name.n && !c->papers.n && !c->fee_text.n;
}

static void cases_of_text(struct web *w, const struct version_text *t, struct act_procedure_publish *act)
{
    struct procedure_case_form *cases = ARENA_ARRAY(w->ctx->arena, struct procedure_case_form, t->case_count);

    for (size_t i = 0; i < t->case_count; i++) {
        if (case_is_blank(&t->cases[i]))
            continue;
        struct procedure_case_form *c = &cases[act->case_count++];
        *c = (struct procedure_case_form){
            .name = t->cases[i].name,
            .limit = limit_of_text(w, &t->cases[i]),
            .fee = number(w, "fee", t->cases[i].fee, PROCEDURE_FEE_MAX),
            .fee_text = t->cases[i].fee_text,
        };
        papers_of_text(w, t->cases[i].papers, c);
    }
    act->cases = cases;
}

static void steps_of_text(struct web *w, const struct version_text *t, struct act_procedure_publish *act)
{
    struct procedure_step *step = ARENA_ARRAY(w->ctx->arena, struct procedure_step, t->step_count);

    for (size_t i = 0; i < t->step_count; i++) {
        const struct step_text *s = &t->step[i];
        if (s->name.n || s->code.n)
            step[act->step_count++] = (struct procedure_step){
                s->code, s->name, s->role, s->place,
                number(w, "step_minutes", s->minutes, (int64_t)LIMIT_LENGTH_MAX * DAY_MINUTES)};
    }
    act->step = step;
}

struct act_procedure_publish version_act(struct web *w, int64_t procedure, const struct version_text *t)
{
    struct act_procedure_publish act = {
        .procedure = procedure,
        .name = web_field(w, "name"),
        .words = web_field(w, "words"),
        .valid_from = form_need_date(w, "valid_from"),
        .valid_to = form_date(w, "valid_to", DATE_NEVER),
        .decision_no = web_field(w, "decision_no"),
        .decision_on = form_date(w, "decision_on", DATE_NEVER),
        .legal_basis = web_field(w, "legal_basis"),
        .requirements = web_field(w, "requirements"),
        .result = web_field(w, "result"),
        .subjects = web_field(w, "subjects"),
        .online_level = web_field(w, "online_level"),
        .by_post = web_checked(w, "by_post"),
    };

    cases_of_text(w, t, &act);
    steps_of_text(w, t, &act);
    return act;
}
