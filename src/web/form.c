#include "web/form.h"

#include "calendar/zone.h"

struct str form_say(const struct web *w, enum word word_)
{
    return word(w->ctx->lang, word_);
}

struct str form_number(const struct web *w, int64_t n)
{
    return str_format(w->ctx->arena, "%lld", (long long)n);
}

struct str form_day(const struct web *w, struct str iso)
{
    struct date d;

    if (date_parse(iso, &d) || date_cmp(d, DATE_NEVER) == 0)
        return STR("");
    return date_vietnamese(w->ctx->arena, d);
}

struct str form_instant(const struct web *w, struct str iso)
{
    const struct zone *zone;
    struct instant t;

    if (zone_open(STR("Asia/Ho_Chi_Minh"), &zone) || instant_parse(iso, &t))
        return STR("");
    return web_moment(w, zone_local(zone, t));
}

enum err form_part_id(const struct web *w, int part, int64_t *ret)
{
    return str_parse_int(w->rq->part[part], 1, INT64_MAX, ret) ? ERR_NOT_FOUND : OK;
}

struct date form_date(struct web *w, const char *name, struct date none)
{
    struct date d = none;

    return web_date(w, name, &d) ? d : none;
}

struct date form_need_date(struct web *w, const char *name)
{
    struct date d = ctx_today(w->ctx);

    if (str_is_empty(web_field(w, name)))
        problem_add(w->ctx, name, WORD_PROBLEM_REQUIRED, STR(""));
    else if (!web_date(w, name, &d))
        return ctx_today(w->ctx);
    return d;
}

int64_t form_id(struct web *w, const char *name)
{
    return web_int(w, name, 0, INT64_MAX, 0);
}

bool form_is_refused(const struct web *w, enum err err)
{
    return err == ERR_INVALID && w->ctx->problems.count > 0;
}

/* ---- fields ---- */

void form_begin(struct form *f, struct web *w, struct url action, const char *prefix, bool typed)
{
    *f = (struct form){.w = w, .typed = typed, .prefix = prefix};
    f->v.action = action;
    f->v.csrf = w->csrf;
    f->v.button_value = STR("luu");
    f->v.row = f->row;
}

static struct str id_of(const struct form *f, const char *name)
{
    return str_format(f->w->ctx->arena, "f-%s%s", f->typed ? "" : f->prefix, name);
}

static bool was_ticked(const struct form *f, const char *name, struct str value)
{
    const struct str *text;
    size_t count = http_value_all(f->w->rq, f->w->ctx->arena, name, &text);

    for (size_t i = 0; i < count; i++)
        if (str_eq(text[i], value))
            return true;
    return false;
}

static void add_options(struct form *f, const struct form_input *in, struct view_form_field *v)
{
    struct view_form_option *o = ARENA_ARRAY(f->w->ctx->arena, struct view_form_option, in->choice_count);

    for (size_t i = 0; i < in->choice_count; i++)
        o[i] = (struct view_form_option){in->choice[i].value, in->choice[i].label,
                                         str_eq(in->choice[i].value, v->value)};
    v->option = o;
    v->option_count = in->choice_count;
}

static void add_ticks(struct form *f, const struct form_input *in, struct view_form_field *v)
{
    struct arena *a = f->w->ctx->arena;
    struct view_form_tick *t = ARENA_ARRAY(a, struct view_form_tick, in->choice_count);
    bool radio = in->kind == FORM_RADIOS;

    for (size_t i = 0; i < in->choice_count; i++) {
        const struct form_choice *c = &in->choice[i];
        bool before = radio ? str_eq(c->value, in->value) : c->chosen;
        t[i] = (struct view_form_tick){
            .id = i ? str_format(a, "%" PRIstr "-%zu", STR_ARG(v->id), i + 1) : v->id,
            .name = v->name,
            .value = c->value,
            .label = c->label,
            .hint = c->hint,
            .chosen = f->typed ? was_ticked(f, in->name, c->value) : before,
            .is_radio = radio,
        };
    }
    v->tick = t;
    v->tick_count = in->choice_count;
    v->is_group = true;
}

/* One box on its own is a group of one. */
static void add_tick(struct form *f, const struct form_input *in, struct view_form_field *v)
{
    struct view_form_tick *t = ARENA_NEW(f->w->ctx->arena, struct view_form_tick);

    *t = (struct view_form_tick){
        .id = v->id,
        .name = v->name,
        .value = STR("1"),
        .label = v->label,
        .hint = in->hint,
        .chosen = f->typed ? was_ticked(f, in->name, STR("1")) : in->value.n > 0,
    };
    v->hint = STR("");
    v->is_group = v->is_alone = true;
    v->tick = t;
    v->tick_count = 1;
}

static struct view_form_field field_of(struct form *f, const struct form_input *in)
{
    struct view_form_field v = {
        .id = id_of(f, in->name),
        .name = str_of(in->name),
        .label = in->label_text.n ? in->label_text : form_say(f->w, in->label),
        .hint = in->hint,
        .value = in->kind == FORM_FILE ? STR("") : f->typed ? http_value(f->w->rq, in->name) : in->value,
        .optional = in->optional,
        .is_area = in->kind == FORM_AREA,
        .is_select = in->kind == FORM_SELECT,
        .is_password = in->kind == FORM_PASSWORD,
        .is_date = in->kind == FORM_DATE,
        .is_file = in->kind == FORM_FILE,
    };

    f->v.has_file |= in->kind == FORM_FILE;
    if (f->typed)
        v.problem = web_problem_of(f->w, in->name);
    if (in->kind == FORM_SELECT)
        add_options(f, in, &v);
    if (in->kind == FORM_RADIOS || in->kind == FORM_TICKS)
        add_ticks(f, in, &v);
    if (in->kind == FORM_TICK)
        add_tick(f, in, &v);
    return v;
}

static void put(struct form *f, const struct form_input *in, bool beside)
{
    if (!beside || !f->v.row_count) {
        if (f->v.row_count == FORM_ROWS_MAX)
            BUG("a form of more than %d rows", FORM_ROWS_MAX);
        struct view_form_row *fresh = &f->row[f->v.row_count++];
        fresh->field = ARENA_ARRAY(f->w->ctx->arena, struct view_form_field, FORM_ROW_FIELDS);
    }
    struct view_form_row *row = &f->row[f->v.row_count - 1];
    if (row->field_count == FORM_ROW_FIELDS)
        BUG("a row of more than %d fields", FORM_ROW_FIELDS);
    ((struct view_form_field *)row->field)[row->field_count++] = field_of(f, in);
}

void form_add(struct form *f, const struct form_input *in)
{
    put(f, in, false);
}

void form_beside(struct form *f, const struct form_input *in)
{
    put(f, in, true);
}

void form_note(struct form *f, struct html note)
{
    f->v.note = note;
}

void form_second(struct form *f, enum word button, struct str value)
{
    f->v.second = form_say(f->w, button);
    f->v.second_value = value;
}

struct html form_end(struct form *f, enum word button)
{
    struct html_out o = web_out(f->w);

    f->v.button = form_say(f->w, button);
    view_form(&o, &f->v);
    return html_done(&o);
}

/* ---- heads and cards ---- */

void form_head(struct html_out *o, struct web *w, const struct form_head *h)
{
    struct view_form_head v = {
        .problems = web_problems(w),
        .heading = h->heading_text.n ? h->heading_text : form_say(w, h->heading),
        .sub = h->sub,
        .back = h->back,
        .back_label = h->has_back ? form_say(w, h->back_label) : STR(""),
        .link = h->link,
        .link_count = h->link_count,
    };

    view_form_head(o, &v);
}

void form_card(struct html_out *o, enum word heading, struct html body)
{
    struct view_form_card v = {word(o->lang, heading), body};

    view_form_card(o, &v);
}
