/* A new version of a procedure. */
#include "acts/catalogue.h"

#include "acts/admin.h"

struct publishing {
    struct act_procedure_publish *act;
    struct ctx *ctx;
    struct str previous_last_day;
};

/* ---- what is wrong with it ---- */

static void check_limit(struct ctx *ctx, struct limit limit)
{
    if ((int)limit.unit < 0 || limit.unit >= LIMIT__COUNT)
        problem_add(ctx, "limit_unit", WORD_PROBLEM_CHOICE, STR(""));
    else if (limit.length < 1 || limit.length > LIMIT_LENGTH_MAX)
        problem_add(ctx, "limit_length", WORD_PROBLEM_NUMBER, STR("1–3660"));
}

static void check_paper(struct ctx *ctx, const struct procedure_paper *p)
{
    admin_need_line(ctx, "papers", p->name, 2 * ADMIN_NAME_MAX);
    if (p->originals < 0 || p->originals > 99 || p->copies < 0 || p->copies > 99)
        problem_add(ctx, "papers", WORD_PROBLEM_NUMBER, STR("0–99"));
}

static void check_case(struct ctx *ctx, const struct procedure_case_form *c)
{
    admin_need_line(ctx, "case_name", c->name, ADMIN_NAME_MAX);
    admin_check_text(ctx, "fee_text", c->fee_text, ADMIN_TEXT_MAX);
    check_limit(ctx, c->limit);
    if (c->fee < 0 || c->fee > PROCEDURE_FEE_MAX)
        problem_add(ctx, "fee", WORD_PROBLEM_NUMBER, STR("0–1.000.000.000"));
    if (c->paper_count > PROCEDURE_PAPERS_MAX)
        problem_add(ctx, "papers", WORD_CATALOGUE_PROBLEM_TOO_MANY, STR("60"));
    for (size_t i = 0; i < c->paper_count && i < PROCEDURE_PAPERS_MAX; i++)
        check_paper(ctx, &c->paper[i]);
}

int64_t procedure_limit_minutes(struct limit limit)
{
    static const int64_t per_unit[LIMIT__COUNT] = {
        [LIMIT_WORKING_DAYS] = DAY_MINUTES,
        [LIMIT_CALENDAR_DAYS] = DAY_MINUTES,
        [LIMIT_WORKING_HOURS] = 60,
        [LIMIT_SAME_DAY] = DAY_MINUTES,
    };

    if ((int)limit.unit < 0 || limit.unit >= LIMIT__COUNT)
        return 0;
    return limit.unit == LIMIT_SAME_DAY ? DAY_MINUTES : per_unit[limit.unit] * limit.length;
}

static bool code_stands_before(const struct act_procedure_publish *act, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (str_eq(act->step[k].code, act->step[i].code))
            return true;
    return false;
}

/* The steps together may not take longer than the shortest promise. */
static void check_steps(struct ctx *ctx, const struct act_procedure_publish *act)
{
    int64_t sum = 0;

    if (act->step_count < 1)
        problem_add(ctx, "steps", WORD_CATALOGUE_PROBLEM_NO_STEP, STR(""));
    if (act->step_count > PROCEDURE_STEPS_MAX) {
        problem_add(ctx, "steps", WORD_CATALOGUE_PROBLEM_TOO_MANY, STR("40"));
        return;
    }
    for (size_t i = 0; i < act->step_count; i++) {
        const struct procedure_step *s = &act->step[i];
        admin_need_code(ctx, "step_code", s->code);
        admin_need_line(ctx, "step_name", s->name, ADMIN_NAME_MAX);
        admin_check_line(ctx, "step_role", s->role, ADMIN_CODE_MAX);
        admin_need_code(ctx, "step_place", s->place);
        if (s->minutes < 0 || s->minutes > (int64_t)LIMIT_LENGTH_MAX * DAY_MINUTES)
            problem_add(ctx, "step_minutes", WORD_PROBLEM_NUMBER, STR("0–1.756.800"));
        else
            sum += s->minutes;
        if (code_stands_before(act, i))
            problem_add(ctx, "step_code", WORD_PROBLEM_CODE_TAKEN, s->code);
    }
    for (size_t i = 0; i < act->case_count; i++) {
        int64_t most = procedure_limit_minutes(act->cases[i].limit);
        if (most > 0 && sum > most) {
            problem_add(ctx, "steps", WORD_CATALOGUE_PROBLEM_STEPS_LONGER, act->cases[i].name);
            return;
        }
    }
}

static void check_form(struct ctx *ctx, const struct act_procedure_publish *act)
{
    enum word known;

    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    admin_check_line(ctx, "words", act->words, ADMIN_NAME_MAX);
    admin_check_line(ctx, "decision_no", act->decision_no, ADMIN_NAME_MAX);
    admin_check_text(ctx, "legal_basis", act->legal_basis, ADMIN_TEXT_MAX);
    admin_check_text(ctx, "requirements", act->requirements, ADMIN_TEXT_MAX);
    admin_check_text(ctx, "result", act->result, ADMIN_TEXT_MAX);
    admin_check_text(ctx, "subjects", act->subjects, ADMIN_TEXT_MAX);
    admin_check_dates(ctx, "valid_to", act->valid_from, act->valid_to);
    if (!procedure_online_word(act->online_level, &known))
        problem_add(ctx, "online_level", WORD_PROBLEM_CHOICE, STR(""));
    if (act->case_count < 1)
        problem_add(ctx, "cases", WORD_CATALOGUE_PROBLEM_NO_CASE, STR(""));
    if (act->case_count > PROCEDURE_CASES_MAX)
        problem_add(ctx, "cases", WORD_CATALOGUE_PROBLEM_TOO_MANY, STR("20"));
    for (size_t i = 0; i < act->case_count && i < PROCEDURE_CASES_MAX; i++)
        check_case(ctx, &act->cases[i]);
    check_steps(ctx, act);
}

/* What is in use is not edited: a version begins after every one before it. */
static enum err check_versions(struct publishing *p, struct db *tx)
{
    struct act_procedure_publish *act = p->act;
    struct ctx *ctx = p->ctx;
    struct q_version_list *row;
    struct q_version_last_no last;
    size_t count;
    struct str from = date_iso(ctx->arena, act->valid_from);
    enum err err = q_version_list(tx, ctx->arena, act->procedure, &row, &count);

    if (!err)
        err = q_version_last_no(tx, ctx->arena, act->procedure, &last);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++) {
        struct date begins;
        if (str_cmp(from, row[i].valid_from) > 0 || date_parse(row[i].valid_from, &begins))
            continue;
        problem_add(ctx, "valid_from", WORD_CATALOGUE_PROBLEM_OLDER, date_vietnamese(ctx->arena, begins));
        break;
    }
    act->no = last.no + 1;
    p->previous_last_day = date_iso(ctx->arena, date_add_days(act->valid_from, -1));
    return OK;
}

/* ---- the journal line ---- */

static struct json case_json(struct arena *a, const struct procedure_case_form *c)
{
    struct json o = json_new_object(a), limit = json_new_object(a), papers = json_new_array(a);

    json_put_text(o, "name", c->name);
    json_put_int(limit, "unit", c->limit.unit);
    json_put_int(limit, "length", c->limit.unit == LIMIT_SAME_DAY ? 1 : c->limit.length);
    json_put_json(o, "limit", limit);
    json_put_int(o, "fee", c->fee);
    json_put_text(o, "fee_text", c->fee_text);
    for (size_t i = 0; i < c->paper_count; i++) {
        struct json paper = json_new_object(a);
        json_put_text(paper, "name", c->paper[i].name);
        json_put_int(paper, "originals", c->paper[i].originals);
        json_put_int(paper, "copies", c->paper[i].copies);
        json_put_bool(paper, "required", c->paper[i].required);
        json_append(papers, paper);
    }
    json_put_json(o, "papers", papers);
    return o;
}

static struct json step_json(struct arena *a, const struct procedure_step *s)
{
    struct json o = json_new_object(a);

    json_put_text(o, "code", s->code);
    json_put_text(o, "name", s->name);
    json_put_text(o, "role", s->role);
    json_put_text(o, "place", s->place);
    json_put_int(o, "minutes", s->minutes);
    return o;
}

static struct json payload_of(const struct publishing *pub)
{
    const struct act_procedure_publish *act = pub->act;
    struct arena *a = pub->ctx->arena;
    struct json p = json_new_object(a), cases = json_new_array(a), steps = json_new_array(a);

    json_put_int(p, "procedure", act->procedure);
    json_put_int(p, "no", act->no);
    json_put_text(p, "name", act->name);
    json_put_text(p, "words", act->words);
    admin_put_date(pub->ctx, p, "valid_from", act->valid_from);
    admin_put_date(pub->ctx, p, "valid_to", act->valid_to);
    json_put_text(p, "previous_last_day", pub->previous_last_day);
    json_put_text(p, "decision_no", act->decision_no);
    json_put_text(p, "decision_on",
                  date_cmp(act->decision_on, DATE_NEVER) == 0 ? STR("") : date_iso(a, act->decision_on));
    json_put_text(p, "legal_basis", act->legal_basis);
    json_put_text(p, "requirements", act->requirements);
    json_put_text(p, "result", act->result);
    json_put_text(p, "subjects", act->subjects);
    json_put_text(p, "online_level", act->online_level);
    json_put_bool(p, "by_post", act->by_post);
    for (size_t i = 0; i < act->case_count; i++)
        json_append(cases, case_json(a, &act->cases[i]));
    for (size_t i = 0; i < act->step_count; i++)
        json_append(steps, step_json(a, &act->step[i]));
    json_put_json(p, "cases", cases);
    json_put_json(p, "steps", steps);
    return p;
}

static enum err publish_in_transaction(struct db *tx, void *arg)
{
    struct publishing *p = arg;
    struct act_procedure_publish *act = p->act;
    struct ctx *ctx = p->ctx;
    struct q_procedure_by_id procedure;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = q_procedure_by_id(tx, ctx->arena, act->procedure, &procedure);
    if (err)
        return err;
    check_form(ctx, act);
    err = check_versions(p, tx);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    struct admin_entry e = {"procedure.publish", "version", 0, act->happened_at, payload_of(p)};
    return admin_journal(ctx, tx, &e, &act->id);
}

enum err act_procedure_publish(struct act_procedure_publish *act, struct ctx *ctx)
{
    struct publishing p = {.act = act, .ctx = ctx};

    return admin_transact(ctx, publish_in_transaction, &p);
}
