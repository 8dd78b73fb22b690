/* The form of an entry, made from the schema. */
#include "web/book.h"

#include "acts/file.h"
#include "sql_book.h"
#include "sql_person.h"
#include "sql_unit.h"

enum { NAME_MAX_BYTES = 200, BLANK_ROWS = 3, RADIOS_MOST = 4, RECORDS_MOST = 300 };

static const char *name_of(const struct web *w, const struct schema_field *f)
{
    return str_z(w->ctx->arena, str_format(w->ctx->arena, "f-%" PRIstr, STR_ARG(f->code)));
}

static const char *cell_name(const struct web *w, const struct schema_field *group, const struct schema_field *f, size_t row)
{
    return str_z(w->ctx->arena, str_format(w->ctx->arena, "f-%" PRIstr "-%" PRIstr "-%zu", STR_ARG(group->code), STR_ARG(f->code), row));
}

/* ---- choices ---- */

static struct form_choice *choice_new(struct web *w, size_t count)
{
    return ARENA_ARRAY(w->ctx->arena, struct form_choice, count + 1);
}

static void of_choices(struct web *w, const struct schema_field *f, struct form_input *in)
{
    struct form_choice *c = choice_new(w, f->choice_count + 1);
    bool blank = f->choice_count > RADIOS_MOST || !f->required;
    size_t n = 0;

    if (blank)
        c[n++] = (struct form_choice){.value = STR(""), .label = STR("–")};
    for (size_t i = 0; i < f->choice_count; i++)
        c[n++] = (struct form_choice){.value = f->choice[i].code, .label = f->choice[i].label[w->ctx->lang]};
    in->kind = blank ? FORM_SELECT : FORM_RADIOS;
    in->choice = c;
    in->choice_count = n;
}

static void of_yes(struct web *w, const struct schema_field *f, struct form_input *in)
{
    struct form_choice *c = choice_new(w, 3);
    size_t n = 0;

    if (!f->required)
        c[n++] = (struct form_choice){.value = STR(""), .label = STR("–")};
    c[n++] = (struct form_choice){.value = STR("1"), .label = form_say(w, WORD_SCHEMA_YES)};
    c[n++] = (struct form_choice){.value = STR("0"), .label = form_say(w, WORD_SCHEMA_NO)};
    in->kind = f->required ? FORM_RADIOS : FORM_SELECT;
    in->choice = c;
    in->choice_count = n;
}

/* Units whose books the actor writes; an entry of another unit keeps it. */
static enum err of_units(struct web *w, struct form_input *in)
{
    struct q_unit_reachable *unit;
    size_t count, n = 0;
    struct ctx *ctx = w->ctx;
    enum err err = q_unit_reachable(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(RIGHT_BOOK_EDIT), ctx_today_iso(ctx), &unit, &count);

    if (err)
        return err;
    struct form_choice *c = choice_new(w, count + 1);
    c[n++] = (struct form_choice){.value = STR(""), .label = STR("–")};
    for (size_t i = 0; i < count; i++)
        c[n++] = (struct form_choice){.value = form_number(w, unit[i].id), .label = unit[i].name};
    in->kind = FORM_SELECT;
    in->choice = c;
    in->choice_count = n;
    return OK;
}

static enum err of_records(struct web *w, const struct schema_field *f, struct form_input *in)
{
    struct q_book_entry_titles *row;
    size_t count, n = 0;
    struct ctx *ctx = w->ctx;
    enum err err = q_book_entry_titles(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(RIGHT_BOOK_READ), ctx_today_iso(ctx), f->book, RECORDS_MOST, &row, &count);

    if (err)
        return err;
    struct form_choice *c = choice_new(w, count + 1);
    c[n++] = (struct form_choice){.value = STR(""), .label = STR("–")};
    for (size_t i = 0; i < count; i++)
        c[n++] = (struct form_choice){.value = form_number(w, row[i].id), .label = row[i].title};
    in->kind = FORM_SELECT;
    in->choice = c;
    in->choice_count = n;
    return OK;
}

/* ---- one field ---- */

/* When a field is asked, in words: without scripts all fields are there. */
static struct str hint_of(struct web *w, const struct schema *s, const struct schema_field *f)
{
    struct arena *a = w->ctx->arena;
    enum lang lang = w->ctx->lang;
    struct buf b = buf_in(a);

    if (f->when < 0)
        return f->hint[lang];
    for (size_t i = 0; i < f->is_count; i++) {
        buf_put(&b, i ? STR(", ") : STR(""));
        buf_put(&b, schema_text(a, lang, &s->field[f->when], f->is[i]));
    }
    struct str value[] = {s->field[f->when].label[lang], buf_str(&b)}, when = word_format(a, lang, WORD_BOOK_PAGE_WHEN, value, 2);
    return f->hint[lang].n ? str_format(a, "%" PRIstr ". %" PRIstr, STR_ARG(f->hint[lang]), STR_ARG(when)) : when;
}

static struct str shown(struct web *w, const struct schema_field *f, struct str value)
{
    if (f->type == SCHEMA_DATE)
        return form_day(w, value);
    return f->type == SCHEMA_NUMBER ? schema_text(w->ctx->arena, w->ctx->lang, f, value) : value;
}

static enum err input_of(struct web *w, const struct schema *s, const struct schema_field *f, struct str value, struct form_input *in)
{
    static const enum form_kind KINDS[] = {[SCHEMA_LINE] = FORM_LINE, [SCHEMA_TEXT] = FORM_AREA, [SCHEMA_DATE] = FORM_DATE, [SCHEMA_FILE] = FORM_FILE};

    *in = (struct form_input){.name = name_of(w, f), .kind = FORM_LINE, .label_text = f->label[w->ctx->lang], .hint = hint_of(w, s, f),
                              .value = shown(w, f, value), .optional = !f->required};
    if (f->type < sizeof KINDS / sizeof KINDS[0])
        in->kind = KINDS[f->type];
    if (f->type == SCHEMA_FILE)
        in->kind = FORM_FILE;
    if (f->type == SCHEMA_CHOICE)
        of_choices(w, f, in);
    if (f->type == SCHEMA_YES)
        of_yes(w, f, in);
    if (f->type == SCHEMA_PERSON)
        in->hint = form_say(w, WORD_BOOK_PAGE_PERSON_HINT);
    if (f->type == SCHEMA_UNIT)
        return of_units(w, in);
    return f->type == SCHEMA_RECORD ? of_records(w, f, in) : OK;
}

/* ---- groups: a table of fields, with blank rows to go on ---- */

static size_t rows_typed(const struct web *w, const struct schema_field *g)
{
    size_t rows = 0;

    while (rows < SCHEMA_ROWS_MAX && http_value_find(w->rq, cell_name(w, g, &g->field[0], rows)))
        rows++;
    return rows;
}

static struct html group_html(struct web *w, const struct schema_field *g, const struct schema_value *value, bool typed)
{
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    size_t there = typed ? rows_typed(w, g) : value ? value->row_count : 0, rows = there + (typed ? 0 : BLANK_ROWS);
    struct view_book_group_head *head = ARENA_ARRAY(a, struct view_book_group_head, g->field_count);
    struct view_book_group_row *row = ARENA_ARRAY(a, struct view_book_group_row, rows + 1);

    for (size_t i = 0; i < g->field_count; i++)
        head[i] = (struct view_book_group_head){g->field[i].label[w->ctx->lang]};
    for (size_t r = 0; r < rows; r++) {
        struct view_book_group_cell *cell = ARENA_ARRAY(a, struct view_book_group_cell, g->field_count);
        for (size_t i = 0; i < g->field_count; i++) {
            const char *name = cell_name(w, g, &g->field[i], r);
            struct str before = !typed && r < there ? shown(w, &g->field[i], value->row[r * g->field_count + i].text) : STR("");
            cell[i] = (struct view_book_group_cell){.name = str_of(name), .value = typed ? http_value(w->rq, name) : before,
                                                    .label = str_format(a, "%" PRIstr " %zu", STR_ARG(head[i].label), r + 1),
                                                    .problem = typed ? web_problem_of(w, name) : STR("")};
        }
        row[r] = (struct view_book_group_row){cell, g->field_count};
    }
    view_book_group(&o, &(struct view_book_group){g->label[w->ctx->lang], head, g->field_count, row, rows});
    return html_done(&o);
}

enum err book_form(struct web *w, const struct schema *s, struct url action, const struct schema_value *value, bool with_reason, bool typed, struct html *ret)
{
    struct form *f = ARENA_NEW(w->ctx->arena, struct form);
    struct html_out groups = web_out(w);

    form_begin(f, w, action, "b-", typed);
    for (size_t i = 0; i < s->count; i++) {
        const struct schema_field *x = &s->field[i];
        struct form_input in;
        if (x->type == SCHEMA_COMPUTED || x->type == SCHEMA_SHARE)
            continue;
        if (x->type == SCHEMA_GROUP) {
            html_put(&groups, group_html(w, x, value ? &value[i] : NULL, typed));
            continue;
        }
        enum err err = input_of(w, s, x, value ? value[i].text : STR(""), &in);
        if (err)
            return err;
        form_add(f, &in);
    }
    if (with_reason)
        form_add(f, &(struct form_input){.name = "reason", .kind = FORM_AREA, .label = WORD_BOOK_PAGE_REASON, .hint = form_say(w, WORD_BOOK_PAGE_REASON_HINT)});
    form_note(f, html_done(&groups));
    *ret = form_end(f, WORD_BOOK_PAGE_SAVE);
    return OK;
}

/* ---- what was typed ---- */

/* Who is known by a login; a number stays what it is. */
static struct str person_of(struct web *w, struct str typed)
{
    struct q_person_by_login p;
    int64_t id;

    if (!typed.n || str_parse_int(typed, 1, INT64_MAX, &id) == OK || q_person_by_login(ctx_db(w->ctx), w->ctx->arena, typed, &p))
        return typed;
    return form_number(w, p.id);
}

static struct str file_of(struct web *w, const struct schema_field *f, struct str before)
{
    const struct http_value *v = http_value_find(w->rq, name_of(w, f));

    return v && v->text.n && v->field->file ? file_hash(w->ctx->arena, v->text) : before;
}

static void group_typed(struct web *w, const struct schema_field *g, struct schema_value *v)
{
    v->row_count = rows_typed(w, g);
    struct schema_value *row = ARENA_ARRAY(w->ctx->arena, struct schema_value, v->row_count * g->field_count + 1);

    for (size_t r = 0; r < v->row_count; r++)
        for (size_t i = 0; i < g->field_count; i++)
            row[r * g->field_count + i] = (struct schema_value){.text = web_field(w, cell_name(w, g, &g->field[i], r))};
    v->row = row;
}

enum err book_typed(struct web *w, const struct schema *s, const struct schema_value *before, struct schema_value **ret)
{
    struct schema_value *v = ARENA_ARRAY(w->ctx->arena, struct schema_value, s->count + 1);

    web_check_fields(w);
    for (size_t i = 0; i < s->count; i++) {
        const struct schema_field *f = &s->field[i];
        v[i] = (struct schema_value){.text = web_field(w, name_of(w, f))};
        if (f->type == SCHEMA_PERSON)
            v[i].text = person_of(w, v[i].text);
        if (f->type == SCHEMA_FILE)
            v[i].text = file_of(w, f, before ? before[i].text : STR(""));
        if (f->type == SCHEMA_GROUP)
            group_typed(w, f, &v[i]);
    }
    *ret = v;
    return OK;
}
