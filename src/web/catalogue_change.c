/* What is done on the page of a procedure: postings, repeal, who performs it. */
#include "web/catalogue.h"

const struct http_field CATALOGUE_POST_FIELDS[] = {
    {.name = "version", .max = 20}, {.name = "unit", .max = 20}, {.name = "form", .max = 20},
    {.name = "posted_on", .max = 20}, {NULL},
};
const struct http_field CATALOGUE_UNPOST_FIELDS[] = {{.name = "removed_on", .max = 20}, {NULL}};
const struct http_field CATALOGUE_REPEAL_FIELDS[] = {{.name = "last_day", .max = 20}, {.name = "decision_no"}, {NULL}};
const struct http_field CATALOGUE_UNITS_FIELDS[] = {{.name = "unit", .max = 20, .many = true}, {NULL}};

/* The procedure that the path names. */
static enum err procedure_of(struct web *w, struct act_procedure_view *p)
{
    *p = (struct act_procedure_view){.code = w->rq->part[0]};
    return act_procedure_view(p, w->ctx);
}

/* ---- what is done on the page ---- */

enum err catalogue_post(struct web *w)
{
    struct act_procedure_post act = {
        .version = form_id(w, "version"),
        .unit = form_id(w, "unit"),
        .form = web_field(w, "form"),
        .posted_on = form_need_date(w, "posted_on"),
    };

    web_check_fields(w);
    enum err err = act_procedure_post(&act, w->ctx);
    if (form_is_refused(w, err))
        return catalogue_page(w, CATALOGUE_TYPED_POST);
    return err ? err : web_redirect_saying(w, procedure_url(w, w->rq->part[0]), WORD_COMMON_SAVED, STR(""));
}

enum err catalogue_unpost(struct web *w)
{
    struct act_procedure_unpost act = {.removed_on = form_need_date(w, "removed_on")};
    enum err err = form_part_id(w, 1, &act.posting);

    if (err)
        return err;
    if (!w->ctx->problems.count)
        err = act_procedure_unpost(&act, w->ctx);
    if (w->ctx->problems.count)
        return catalogue_page(w, CATALOGUE_TYPED_OTHER);
    return err ? err : web_redirect_saying(w, procedure_url(w, w->rq->part[0]), WORD_COMMON_SAVED, STR(""));
}

enum err catalogue_repeal(struct web *w)
{
    struct act_procedure_view p;
    struct act_procedure_repeal act = {.last_day = form_need_date(w, "last_day"), .decision_no = web_field(w, "decision_no")};
    enum err err = procedure_of(w, &p);

    if (err)
        return err;
    act.procedure = p.id;
    web_check_fields(w);
    err = act_procedure_repeal(&act, w->ctx);
    if (form_is_refused(w, err))
        return catalogue_page(w, CATALOGUE_TYPED_REPEAL);
    return err ? err : web_redirect_saying(w, procedure_url(w, w->rq->part[0]), WORD_COMMON_SAVED, STR(""));
}

/* ---- who performs it ---- */

static bool performs(const struct act_procedure_view *p, int64_t unit)
{
    for (size_t i = 0; i < p->unit_count; i++)
        if (p->unit[i].id == unit)
            return true;
    return false;
}

static enum err units_page(struct web *w, bool typed)
{
    struct act_procedure_view p;
    struct form_choice *unit;
    size_t count;
    struct html_out o = web_out(w);
    struct form f;
    enum err err = procedure_of(w, &p);

    if (!err)
        err = p.may_edit ? form_unit_choices(w, &unit, &count) : ERR_FORBIDDEN;
    if (err)
        return err;
    for (size_t i = 1; i < count; i++) { /* the first is "choose" */
        int64_t id;
        if (!str_parse_int(unit[i].value, 1, INT64_MAX, &id))
            unit[i].chosen = performs(&p, id);
    }
    struct form_head head = {.heading = WORD_CATALOGUE_CHANGE_UNITS, .sub = p.procedure.name,
                             .back = procedure_url(w, p.procedure.code), .back_label = WORD_COMMON_PROCEDURE, .has_back = true};
    form_head(&o, w, &head);
    form_begin(&f, w, procedure_page(w, p.procedure.code, STR("don-vi")), "", typed);
    form_add(&f, &(struct form_input){.name = "unit", .kind = FORM_TICKS, .label = WORD_CATALOGUE_UNITS, .choice = unit + 1,
                                      .choice_count = count - 1});
    form_card(&o, WORD_CATALOGUE_UNITS, form_end(&f, WORD_COMMON_SAVE));
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_CATALOGUE, form_say(w, WORD_CATALOGUE_CHANGE_UNITS), html_done(&o));
}

enum err catalogue_show_units(struct web *w)
{
    return units_page(w, false);
}

static bool is_in(const int64_t *id, size_t count, int64_t wanted)
{
    for (size_t i = 0; i < count; i++)
        if (id[i] == wanted)
            return true;
    return false;
}

enum err catalogue_set_units(struct web *w)
{
    struct act_procedure_view p;
    const struct str *text;
    size_t count = http_value_all(w->rq, w->ctx->arena, "unit", &text), ticked_count = 0;
    int64_t *ticked = ARENA_ARRAY(w->ctx->arena, int64_t, count);
    struct act_unit_tree today = {.day = ctx_today(w->ctx)}; /* what the form offered */
    enum err err = procedure_of(w, &p);

    if (!err)
        err = act_unit_tree(&today, w->ctx);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        ticked_count += !str_parse_int(text[i], 1, INT64_MAX, &ticked[ticked_count]);
    int64_t *with = ARENA_ARRAY(w->ctx->arena, int64_t, ticked_count);
    int64_t *without = ARENA_ARRAY(w->ctx->arena, int64_t, p.unit_count);
    struct act_procedure_perform act = {.procedure = p.id, .unit = with, .without = without};
    for (size_t i = 0; i < ticked_count; i++)
        if (!performs(&p, ticked[i]))
            with[act.unit_count++] = ticked[i];
    for (size_t i = 0; i < p.unit_count; i++)
        if (catalogue_stands(&today, p.unit[i].id) && !is_in(ticked, ticked_count, p.unit[i].id))
            without[act.without_count++] = p.unit[i].id;
    if (act.unit_count + act.without_count == 0)
        return web_redirect(w, procedure_url(w, p.procedure.code));
    err = act_procedure_perform(&act, w->ctx);
    if (form_is_refused(w, err))
        return units_page(w, true);
    return err ? err : web_redirect_saying(w, procedure_url(w, p.procedure.code), WORD_COMMON_SAVED, STR(""));
}
