/* A new procedure, and a new version of one: the forms. */
#include "web/catalogue.h"

#include "acts/organisation.h"
#include "acts/people.h"
#include "view_catalogue.h"
#include "web/url.h"

const struct http_field CATALOGUE_NEW_FIELDS[] = {
    {.name = "code", .max = 80}, {.name = "name", .max = 1000}, {.name = "words"},
    {.name = "field", .max = 20}, {.name = "level", .max = 20}, {NULL},
};
const struct http_field CATALOGUE_VERSION_FIELDS[] = {
    {.name = "name", .max = 1000},
    {.name = "words"},
    {.name = "valid_from", .max = 20},
    {.name = "valid_to", .max = 20},
    {.name = "decision_no"},
    {.name = "decision_on", .max = 20},
    {.name = "legal_basis", .max = 32 * 1024, .lines = true},
    {.name = "requirements", .max = 32 * 1024, .lines = true},
    {.name = "result", .max = 8 * 1024, .lines = true},
    {.name = "subjects", .max = 8 * 1024, .lines = true},
    {.name = "online_level", .max = 20},
    {.name = "by_post", .max = 4},
    {.name = "case_name", .many = true},
    {.name = "limit_unit", .max = 20, .many = true},
    {.name = "limit_length", .max = 10, .many = true},
    {.name = "fee", .max = 20, .many = true},
    {.name = "fee_text", .max = 8 * 1024, .many = true, .lines = true},
    {.name = "papers", .max = 32 * 1024, .many = true, .lines = true},
    {.name = "step_code", .max = 80, .many = true},
    {.name = "step_name", .many = true},
    {.name = "step_role", .max = 80, .many = true},
    {.name = "step_place", .max = 80, .many = true},
    {.name = "step_minutes", .max = 10, .many = true},
    {.name = "buoc", .max = 20},
    {NULL},
};

/* ---- a new procedure ---- */

static enum err new_page(struct web *w)
{
    static const struct str levels[] = {STR_INIT("xa"), STR_INIT("huyen"), STR_INIT("tinh")};
    struct form_choice level[3], *field;
    struct q_field_all *row;
    size_t count;
    struct html_out o = web_out(w);
    struct form f;
    struct form_head head = {.heading = WORD_CATALOGUE_ADD, .back = catalogue_url(w), .back_label = WORD_CATALOGUE_TITLE,
                             .has_back = true};
    enum err err = right_check_any(w->ctx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = act_field_list(w->ctx, &row, &count);
    if (err)
        return err;
    field = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
    for (size_t i = 0; i < count; i++)
        field[i] = (struct form_choice){.value = form_number(w, row[i].id), .label = row[i].name};
    for (size_t i = 0; i < 3; i++) {
        enum word known = WORD_CATALOGUE_LEVEL_XA;
        (void)procedure_level_word(levels[i], &known);
        level[i] = (struct form_choice){.value = levels[i], .label = form_say(w, known)};
    }
    form_head(&o, w, &head);
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/qt/thu-tuc/moi"), "", w->rq->method == HTTP_POST);
    form_add(&f, &(struct form_input){.name = "name", .label = WORD_CATALOGUE_NAME});
    form_add(&f, &(struct form_input){.name = "code", .label = WORD_CATALOGUE_CODE, .hint = form_say(w, WORD_CATALOGUE_CODE_HINT)});
    form_add(&f, &(struct form_input){.name = "field", .kind = FORM_SELECT, .label = WORD_CATALOGUE_FIELD, .choice = field,
                                      .choice_count = count});
    form_beside(&f, &(struct form_input){.name = "level", .kind = FORM_SELECT, .label = WORD_CATALOGUE_LEVEL, .choice = level,
                                         .choice_count = 3});
    form_add(&f, &(struct form_input){.name = "words", .label = WORD_CATALOGUE_WORDS, .optional = true,
                                      .hint = form_say(w, WORD_CATALOGUE_WORDS_HINT)});
    form_card(&o, WORD_CATALOGUE_ADD, form_end(&f, WORD_CATALOGUE_ADD_GO_ON));
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CATALOGUE, form_say(w, WORD_CATALOGUE_ADD), html_done(&o));
}

enum err catalogue_show_new(struct web *w)
{
    return new_page(w);
}

enum err catalogue_add(struct web *w)
{
    struct act_procedure_add act = {
        .code = web_field(w, "code"),
        .name = web_field(w, "name"),
        .words = web_field(w, "words"),
        .field = form_id(w, "field"),
        .level = web_field(w, "level"),
    };

    web_check_fields(w);
    enum err err = act_procedure_add(&act, w->ctx);
    if (form_is_refused(w, err))
        return new_page(w);
    return err ? err : web_redirect(w, procedure_page(w, act.code, STR("phien-ban-moi")));
}

/* ---- the form ---- */

static struct view_form_option *limit_options(const struct web *w, struct str chosen)
{
    struct view_form_option *o = ARENA_ARRAY(w->ctx->arena, struct view_form_option, LIMIT__COUNT);

    for (int i = 0; i < LIMIT__COUNT; i++)
        o[i] = (struct view_form_option){LIMIT_NAMES[i].code, form_say(w, LIMIT_NAMES[i].word), str_eq(LIMIT_NAMES[i].code, chosen)};
    return o;
}

struct catalogue_choices catalogue_choose(const struct web *w, const struct catalogue_choices *all, struct str chosen)
{
    struct catalogue_choices c = {ARENA_ARRAY(w->ctx->arena, struct view_form_option, all->count + 1), all->count};
    bool found = chosen.n == 0;

    for (size_t i = 0; i < all->count; i++) {
        c.option[i] = all->option[i];
        c.option[i].chosen = str_eq(all->option[i].value, chosen);
        found |= c.option[i].chosen;
    }
    if (!found) /* a role or unit that is no more */
        c.option[c.count++] = (struct view_form_option){chosen, chosen, true};
    return c;
}

enum err catalogue_role_choices(struct web *w, struct catalogue_choices *ret)
{
    struct role_line *role;
    size_t count;
    enum err err = act_role_list(w->ctx, &role, &count);

    if (err)
        return err;
    *ret = (struct catalogue_choices){ARENA_ARRAY(w->ctx->arena, struct view_form_option, count + 1), 1};
    ret->option[0] = (struct view_form_option){STR(""), form_say(w, WORD_CATALOGUE_ANY_ROLE), false};
    for (size_t i = 0; i < count; i++)
        if (!str_eq(role[i].role.code, ROLE_SYSTEM))
            ret->option[ret->count++] = (struct view_form_option){role[i].role.code, role[i].role.name, false};
    return OK;
}

enum err catalogue_place_choices(struct web *w, struct catalogue_choices *ret)
{
    struct act_unit_tree tree = {.day = ctx_today(w->ctx)};
    enum err err = act_unit_tree(&tree, w->ctx);

    if (err)
        return err;
    *ret = (struct catalogue_choices){ARENA_ARRAY(w->ctx->arena, struct view_form_option, tree.line_count + 2), 2};
    ret->option[0] = (struct view_form_option){STR("counter"), form_say(w, WORD_CATALOGUE_AT_COUNTER), false};
    ret->option[1] = (struct view_form_option){STR("leader"), form_say(w, WORD_CATALOGUE_AT_LEADER), false};
    for (size_t i = 0; i < tree.line_count; i++)
        ret->option[ret->count++] = (struct view_form_option){tree.line[i].u.code, tree.line[i].u.name, false};
    return OK;
}

static struct str suffix(const struct web *w, size_t i)
{
    return i ? str_format(w->ctx->arena, "-%zu", i + 1) : STR("");
}

static struct view_catalogue_case_set *case_sets(const struct web *w, const struct version_text *t)
{
    struct view_catalogue_case_set *set = ARENA_ARRAY(w->ctx->arena, struct view_catalogue_case_set, t->case_count);

    for (size_t i = 0; i < t->case_count; i++) {
        const struct case_text *c = &t->cases[i];
        struct str no = form_number(w, (int64_t)i + 1);
        set[i] = (struct view_catalogue_case_set){
            .legend = word_format(w->ctx->arena, w->ctx->lang, WORD_CATALOGUE_CASE_NO, &no, 1),
            .suffix = suffix(w, i),
            .name = c->name,
            .length = c->length,
            .fee = c->fee,
            .fee_text = c->fee_text,
            .papers = c->papers,
            .unit = limit_options(w, c->unit),
            .unit_count = LIMIT__COUNT,
        };
    }
    return set;
}

/* The first problem among several fields, for the head of their table. */
static struct str problem_among(const struct web *w, const char *const *name, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str text = web_problem_of(w, name[i]);
        if (text.n)
            return text;
    }
    return STR("");
}

static enum err put_sets(struct web *w, struct html_out *o, const struct version_text *t)
{
    static const char *const of_cases[] = {"cases", "case_name", "limit_unit", "limit_length", "fee", "fee_text", "papers"};
    static const char *const of_steps[] = {"steps", "step_name", "step_code", "step_role", "step_place", "step_minutes"};
    struct view_catalogue_step_set *step = ARENA_ARRAY(w->ctx->arena, struct view_catalogue_step_set, t->step_count);
    struct catalogue_choices role, place;
    enum err err = catalogue_role_choices(w, &role);

    if (!err)
        err = catalogue_place_choices(w, &place);
    if (err)
        return err;
    for (size_t i = 0; i < t->step_count; i++) {
        struct catalogue_choices r = catalogue_choose(w, &role, t->step[i].role), p = catalogue_choose(w, &place, t->step[i].place);
        step[i] = (struct view_catalogue_step_set){
            .suffix = suffix(w, i),
            .no = form_number(w, (int64_t)i + 1),
            .code = t->step[i].code,
            .name = t->step[i].name,
            .minutes = t->step[i].minutes,
            .role = r.option,
            .role_count = r.count,
            .place = p.option,
            .place_count = p.count,
        };
    }
    view_catalogue_sets(o, &(struct view_catalogue_sets){
                               .case_problem = problem_among(w, of_cases, sizeof of_cases / sizeof of_cases[0]),
                               .step_problem = problem_among(w, of_steps, sizeof of_steps / sizeof of_steps[0]),
                               .set = case_sets(w, t),
                               .set_count = t->case_count,
                               .step = step,
                               .step_count = t->step_count,
                           });
    return OK;
}

static void add_fields(struct form *f, struct web *w, const struct act_procedure_view *p)
{
    static const struct str levels[] = {STR_INIT("none"), STR_INIT("partial"), STR_INIT("full")};
    const struct q_version_by_id *v = p->whole ? &p->whole->version : NULL;
    struct form_choice online[3];

    for (size_t i = 0; i < 3; i++) {
        enum word known = WORD_CATALOGUE_ONLINE_NONE;
        (void)procedure_online_word(levels[i], &known);
        online[i] = (struct form_choice){.value = levels[i], .label = form_say(w, known)};
    }
    form_add(f, &(struct form_input){.name = "name", .label = WORD_CATALOGUE_NAME, .value = v ? v->name : p->procedure.name});
    form_add(f, &(struct form_input){.name = "valid_from", .kind = FORM_DATE, .label = WORD_CATALOGUE_VALID_FROM,
                                     .hint = form_say(w, WORD_CATALOGUE_VALID_FROM_HINT)});
    form_beside(f, &(struct form_input){.name = "valid_to", .kind = FORM_DATE, .label = WORD_CATALOGUE_VALID_TO, .optional = true});
    form_add(f, &(struct form_input){.name = "decision_no", .label = WORD_CATALOGUE_DECISION, .optional = true});
    form_beside(f, &(struct form_input){.name = "decision_on", .kind = FORM_DATE, .label = WORD_CATALOGUE_DECISION_ON,
                                        .optional = true});
    form_add(f, &(struct form_input){.name = "online_level", .kind = FORM_SELECT, .label = WORD_CATALOGUE_HOW,
                                     .value = v ? v->online_level : levels[0], .choice = online, .choice_count = 3});
    form_beside(f, &(struct form_input){.name = "by_post", .kind = FORM_TICK, .label = WORD_CATALOGUE_BY_POST,
                                        .value = v && v->by_post ? STR("1") : STR("")});
    form_add(f, &(struct form_input){.name = "subjects", .kind = FORM_AREA, .label = WORD_CATALOGUE_SUBJECTS, .optional = true,
                                     .value = v ? v->subjects : STR("")});
    form_beside(f, &(struct form_input){.name = "result", .kind = FORM_AREA, .label = WORD_CATALOGUE_RESULT, .optional = true,
                                        .value = v ? v->result : STR("")});
    form_add(f, &(struct form_input){.name = "requirements", .kind = FORM_AREA, .label = WORD_CATALOGUE_REQUIREMENTS,
                                     .optional = true, .value = v ? v->requirements : STR("")});
    form_add(f, &(struct form_input){.name = "legal_basis", .kind = FORM_AREA, .label = WORD_COMMON_LEGAL_BASIS,
                                     .optional = true, .value = v ? v->legal_basis : STR("")});
    form_add(f, &(struct form_input){.name = "words", .label = WORD_CATALOGUE_WORDS, .optional = true, .value = p->words,
                                     .hint = form_say(w, WORD_CATALOGUE_WORDS_HINT)});
}

/* The procedure of the path; its newest version stands in for one in force. */
static enum err procedure_of(struct web *w, struct act_procedure_view *p)
{
    *p = (struct act_procedure_view){.code = w->rq->part[0]};
    enum err err = act_procedure_view(p, w->ctx);

    if (!err && !p->may_edit)
        return ERR_FORBIDDEN;
    if (err || p->whole || !p->version_count)
        return err;
    p->version = p->versions[0].id;
    return act_procedure_view(p, w->ctx);
}

static enum err version_page(struct web *w, const struct act_procedure_view *p, const struct version_text *t)
{
    struct html_out o = web_out(w), sets = web_out(w);
    struct form f;
    struct form_head head = {.heading = WORD_CATALOGUE_NEW_VERSION, .sub = p->procedure.name,
                             .back = procedure_url(w, p->procedure.code), .back_label = WORD_COMMON_PROCEDURE, .has_back = true};

    form_head(&o, w, &head);
    form_begin(&f, w, procedure_page(w, p->procedure.code, STR("phien-ban-moi")), "", w->rq->method == HTTP_POST);
    add_fields(&f, w, p);
    enum err err = put_sets(w, &sets, t);
    if (err)
        return err;
    form_note(&f, html_done(&sets));
    form_card(&o, WORD_CATALOGUE_FACTS, form_end(&f, WORD_CATALOGUE_PUBLISH));
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CATALOGUE, form_say(w, WORD_CATALOGUE_NEW_VERSION), html_done(&o));
}

enum err catalogue_show_version_form(struct web *w)
{
    struct act_procedure_view p;
    struct version_text t;
    enum err err = procedure_of(w, &p);

    if (err)
        return err;
    version_text_of(w, p.whole, &t);
    return version_page(w, &p, &t);
}

enum err catalogue_publish(struct web *w)
{
    struct act_procedure_view p;
    struct version_text t;
    struct str button = web_field(w, "buoc");
    enum err err = procedure_of(w, &p);

    if (err)
        return err;
    version_text_typed(w, &t);
    if (str_eq(button, STR("them-truong-hop"))) { /* room was kept for one more */
        t.case_count++;
        return version_page(w, &p, &t);
    }
    if (str_eq(button, STR("them-buoc"))) {
        t.step_count += BLANK_STEPS;
        return version_page(w, &p, &t);
    }
    struct act_procedure_publish act = version_act(w, p.id, &t);
    web_check_fields(w);
    err = act_procedure_publish(&act, w->ctx);
    if (form_is_refused(w, err))
        return version_page(w, &p, &t);
    struct str no = form_number(w, act.no);
    return err ? err : web_redirect_saying(w, procedure_url(w, p.procedure.code), WORD_CATALOGUE_PUBLISHED, no);
}
