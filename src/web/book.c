/* Registers whose fields are data: which there are, their entries, one entry, writing it. */
#include "web/book.h"

#include "format/csv_writer.h"
#include "format/xlsx.h"
#include "sql_unit.h"
#include "view_page.h"
#include "web/url.h"

static const struct http_field LIST_FIELDS[] = {
    {.name = "q", .max = 200}, {.name = "don-vi", .max = 20}, {.name = "tu", .max = 40}, {.name = "den", .max = 40},
    {.name = "truoc", .max = 10}, {.name = "truoc-id", .max = 20}, {.name = "dang", .max = 8}, {.name = NULL},
};
static const struct http_field ENTRY_FIELDS[] = {
    {.name = "f-*", .max = SCHEMA_TEXT_MAX, .lines = true}, {.name = "reason", .max = BOOK_REASON_MAX, .lines = true}, {.name = "version", .max = 20},
    {.name = "buoc", .max = 8}, {.name = NULL},
};
static const struct http_field STRIKE_FIELDS[] = {{.name = "reason", .max = BOOK_REASON_MAX, .lines = true}, {.name = "buoc", .max = 8}, {.name = NULL}};

struct url book_url(const struct web *w, struct str code)
{
    return URL_PATH(w->ctx->arena, "/cc/%", code);
}

struct url book_entry_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/cc/ban-ghi/%", form_number(w, id));
}

/* ---- the books ---- */

static const struct {
    struct str code;
    enum word word;
} PARTS[] = {
    {STR_INIT("chi-dao"), WORD_BOOK_PAGE_PART_CHI_DAO}, {STR_INIT("kiem-tra"), WORD_BOOK_PAGE_PART_KIEM_TRA},
    {STR_INIT("tuyen-truyen"), WORD_BOOK_PAGE_PART_TUYEN_TRUYEN}, {STR_INIT("the-che"), WORD_BOOK_PAGE_PART_THE_CHE},
    {STR_INIT("tthc"), WORD_BOOK_PAGE_PART_TTHC}, {STR_INIT("bo-may"), WORD_BOOK_PAGE_PART_BO_MAY},
    {STR_INIT("doi-ngu"), WORD_BOOK_PAGE_PART_DOI_NGU}, {STR_INIT("tai-chinh"), WORD_BOOK_PAGE_PART_TAI_CHINH},
    {STR_INIT("hien-dai-hoa"), WORD_BOOK_PAGE_PART_HIEN_DAI_HOA}, {STR_INIT(""), WORD_BOOK_PAGE_PART_OTHER},
};
enum { PARTS_COUNT = sizeof PARTS / sizeof PARTS[0] };

static size_t part_of(struct str code)
{
    size_t p = 0;

    while (p + 1 < PARTS_COUNT && !str_eq(PARTS[p].code, code))
        p++;
    return p;
}

static enum err books(struct web *w)
{
    struct book_line *book;
    size_t count, parts = 0;
    struct html_out o = web_out(w);
    struct view_book_part part[PARTS_COUNT];
    enum err err = act_books(w->ctx, &book, &count);

    if (err)
        return err;
    for (size_t p = 0; p < PARTS_COUNT; p++) {
        struct view_book_line *line = ARENA_ARRAY(w->ctx->arena, struct view_book_line, count + 1);
        size_t n = 0;
        for (size_t i = 0; i < count; i++) {
            const struct schema *s = &book[i].book.schema;
            if (part_of(s->part) == p)
                line[n++] = (struct view_book_line){book_url(w, s->code), s->name[w->ctx->lang], s->about[w->ctx->lang], book[i].count};
        }
        if (n)
            part[parts++] = (struct view_book_part){form_say(w, PARTS[p].word), line, n};
    }
    form_head(&o, w, &(struct form_head){.heading = WORD_BOOK_PAGE_TITLE, .sub = form_say(w, WORD_BOOK_PAGE_LEAD)});
    view_book_parts(&o, &(struct view_book_parts){part, parts});
    return web_staff_page(w, MENU_BOOK, form_say(w, WORD_BOOK_PAGE_TITLE), html_done(&o));
}

/* ---- the list ---- */

static struct act_book_list asked(struct web *w)
{
    return (struct act_book_list){
        .book = w->rq->part[0], .unit = form_id(w, "don-vi"), .words = web_field(w, "q"), .from = form_date(w, "tu", DATE_MIN), .to = form_date(w, "den", DATE_NEVER),
        .before_day = web_field(w, "truoc"), .before_id = web_int(w, "truoc-id", 0, INT64_MAX, 0),
    };
}

static struct url with_filters(const struct web *w, struct url url)
{
    static const char *const NAMES[] = {"q", "don-vi", "tu", "den"};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (web_field(w, NAMES[i]).n)
            url = url_with(w->ctx->arena, url, NAMES[i], web_field(w, NAMES[i]));
    return url;
}

static bool is_number(const struct schema_field *f)
{
    return f->type == SCHEMA_NUMBER || f->type == SCHEMA_MONEY || f->type == SCHEMA_COMPUTED || f->type == SCHEMA_SHARE;
}

static enum err filter_html(struct web *w, struct html_out *ret)
{
    struct q_unit_reachable *unit;
    size_t count;
    struct ctx *ctx = w->ctx;
    int64_t wanted = form_id(w, "don-vi");
    enum err err = q_unit_reachable(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(RIGHT_BOOK_READ), ctx_today_iso(ctx), &unit, &count);

    if (err)
        return err;
    struct view_option *option = ARENA_ARRAY(ctx->arena, struct view_option, count + 1);
    option[0] = (struct view_option){STR(""), STR("–"), !wanted};
    for (size_t i = 0; i < count; i++)
        option[i + 1] = (struct view_option){form_number(w, unit[i].id), unit[i].name, unit[i].id == wanted};
    view_book_filter(ret, &(struct view_book_filter){.action = book_url(w, w->rq->part[0]), .words = web_field(w, "q"), .unit = option, .unit_count = count + 1,
                                                     .from = web_field(w, "tu"), .to = web_field(w, "den")});
    return OK;
}

static struct view_book_line_row *rows_of(struct web *w, const struct act_book_list *act, const size_t *column, size_t columns)
{
    struct arena *a = w->ctx->arena;
    struct view_book_line_row *row = ARENA_ARRAY(a, struct view_book_line_row, act->row_count + 1);

    for (size_t r = 0; r < act->row_count; r++) {
        struct view_book_cell *cell = ARENA_ARRAY(a, struct view_book_cell, columns + 1);
        for (size_t c = 0; c < columns; c++) {
            const struct schema_field *f = &act->of.schema.field[column[c]];
            cell[c] = (struct view_book_cell){book_say(w->ctx, f, act->value[r][column[c]].text), is_number(f)};
        }
        row[r] = (struct view_book_line_row){book_entry_url(w, act->row[r].id), act->row[r].title, act->row[r].unit_name, cell, columns};
    }
    return row;
}

static size_t columns_of(const struct schema *s, bool all, size_t column[SCHEMA_FIELDS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++)
        if (s->field[i].type != SCHEMA_GROUP && (all || s->field[i].in_list))
            column[n++] = i;
    return n;
}

static enum err as_csv(struct web *w, const struct act_book_list *act)
{
    size_t column[SCHEMA_FIELDS_MAX], columns = columns_of(&act->of.schema, true, column);
    struct buf b = buf_in(w->ctx->arena);
    struct csv_writer csv;

    csv_writer_init_buf(&csv, &b, ',');
    for (size_t c = 0; c < columns; c++)
        csv_write_text(&csv, act->of.schema.field[column[c]].label[w->ctx->lang]);
    csv_write_row_end(&csv);
    for (size_t r = 0; r < act->row_count; r++) {
        for (size_t c = 0; c < columns; c++)
            csv_write_text(&csv, book_say(w->ctx, &act->of.schema.field[column[c]], act->value[r][column[c]].text));
        csv_write_row_end(&csv);
    }
    enum err err = csv_writer_end(&csv);
    return err ? err : web_file(w, STR("text/csv; charset=utf-8"), str_format(w->ctx->arena, "%" PRIstr ".csv", STR_ARG(act->book)), buf_str(&b));
}

static struct xlsx_cell sheet_cell(struct web *w, const struct schema_field *f, struct str value)
{
    struct date d;
    int64_t n;

    if (f->type == SCHEMA_DATE && date_parse(value, &d) == OK)
        return xlsx_date(d);
    if (f->type == SCHEMA_SHARE && schema_number(value, &n))
        return xlsx_percent(n);
    if (is_number(f) && schema_number(value, &n))
        return xlsx_int(n);
    struct str said = book_say(w->ctx, f, value);
    return said.n ? xlsx_text(said) : xlsx_empty();
}

static enum err as_xlsx(struct web *w, const struct act_book_list *act)
{
    enum { WIDTH = 22 };
    const struct schema *s = &act->of.schema;
    size_t column[SCHEMA_FIELDS_MAX], columns = columns_of(s, true, column);
    struct xlsx *x = xlsx_new(w->ctx->arena, s->name[w->ctx->lang], w->ctx->now);
    struct xlsx_sheet *sheet = xlsx_sheet(x, s->code);
    struct xlsx_cell cell[SCHEMA_FIELDS_MAX];
    struct str bytes;

    for (size_t c = 0; c < columns; c++) {
        xlsx_width(sheet, (unsigned)c, WIDTH);
        cell[c] = xlsx_text(s->field[column[c]].label[w->ctx->lang]);
    }
    xlsx_row(sheet, XLSX_HEADER, cell, columns);
    xlsx_freeze(sheet);
    for (size_t r = 0; r < act->row_count; r++) {
        for (size_t c = 0; c < columns; c++)
            cell[c] = sheet_cell(w, &s->field[column[c]], act->value[r][column[c]].text);
        xlsx_row(sheet, XLSX_PLAIN, cell, columns);
    }
    enum err err = xlsx_end(x, &bytes);
    return err ? err
               : web_file(w, STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), str_format(w->ctx->arena, "%" PRIstr ".xlsx", STR_ARG(act->book)), bytes);
}

static enum err export(struct web *w)
{
    struct act_book_list act = asked(w);
    enum err err = act_book_export(&act, w->ctx);

    if (err)
        return err;
    return str_eq(web_field(w, "dang"), STR("xlsx")) ? as_xlsx(w, &act) : as_csv(w, &act);
}

static enum err list(struct web *w)
{
    struct act_book_list act = asked(w);
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w), filter = web_out(w);
    size_t column[SCHEMA_FIELDS_MAX];
    enum err err = web_field(w, "dang").n ? OK : act_book_list(&act, w->ctx);

    if (web_field(w, "dang").n)
        return export(w);
    if (!err)
        err = filter_html(w, &filter);
    if (err)
        return err;
    const struct schema *s = &act.of.schema;
    size_t columns = columns_of(s, false, column);
    struct view_book_head *head = ARENA_ARRAY(a, struct view_book_head, columns + 1);
    for (size_t c = 0; c < columns; c++)
        head[c] = (struct view_book_head){s->field[column[c]].label[w->ctx->lang]};
    struct view_form_link link[] = {{URL_PATH(a, "/cc/%/du", s->code), form_say(w, WORD_BOOK_PAGE_DECLARED), true},
                                    {URL_PATH(a, "/cc/%/nhap", s->code), form_say(w, WORD_BOOK_PAGE_IMPORT), true},
                                    {URL_PATH(a, "/cc/%/moi", s->code), form_say(w, WORD_BOOK_PAGE_NEW), false}};
    form_head(&o, w, &(struct form_head){.heading_text = s->name[w->ctx->lang], .sub = s->about[w->ctx->lang], .back = URL_PATH(a, "/cc"), .back_label = WORD_BOOK_PAGE_TITLE,
                                         .has_back = true, .link = link, .link_count = act.may_edit ? 3 : 0});
    struct url more = with_filters(w, book_url(w, s->code));
    if (act.has_next) {
        more = url_with(a, more, "truoc", act.row[act.row_count - 1].day);
        more = url_with_int(a, more, "truoc-id", act.row[act.row_count - 1].id);
    }
    view_book_list(&o, &(struct view_book_list){
                           .about = s->name[w->ctx->lang], .filter = html_done(&filter), .head = head, .head_count = columns, .row = rows_of(w, &act, column, columns),
                           .row_count = act.row_count, .may_export = w->right[RIGHT_EXPORT], .csv = url_with(a, with_filters(w, book_url(w, s->code)), "dang", STR("csv")),
                           .excel = url_with(a, with_filters(w, book_url(w, s->code)), "dang", STR("xlsx")), .has_next = act.has_next, .next = more,
                       });
    return web_staff_page(w, MENU_BOOK, s->name[w->ctx->lang], html_done(&o));
}

/* ---- one entry ---- */

static bool is_reference(const struct schema_field *f)
{
    return f->type == SCHEMA_RECORD || f->type == SCHEMA_DOCUMENT;
}

static size_t facts_of(struct web *w, const struct act_book_entry *act, struct view_book_fact *fact)
{
    const struct schema *s = &act->book.schema;
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++) {
        const struct schema_field *f = &s->field[i];
        struct str value = act->value[i].text, said = book_say(w->ctx, f, value);
        bool links = is_reference(f) && said.n > 0;
        if (f->type == SCHEMA_GROUP || !said.n)
            continue;
        fact[n++] = (struct view_book_fact){.label = f->label[w->ctx->lang], .value = said, .has_page = links,
                                            .page = !links                       ? URL_PATH(w->ctx->arena, "/cc")
                                                    : f->type == SCHEMA_RECORD ? URL_PATH(w->ctx->arena, "/cc/ban-ghi/%", value)
                                                                               : URL_PATH(w->ctx->arena, "/vb/%", value)};
    }
    return n;
}

static size_t tables_of(struct web *w, const struct act_book_entry *act, struct view_book_table *table)
{
    const struct schema *s = &act->book.schema;
    struct arena *a = w->ctx->arena;
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++) {
        const struct schema_field *g = &s->field[i];
        if (g->type != SCHEMA_GROUP || !act->value[i].row_count)
            continue;
        struct view_book_head *head = ARENA_ARRAY(a, struct view_book_head, g->field_count);
        struct view_book_table_row *row = ARENA_ARRAY(a, struct view_book_table_row, act->value[i].row_count);
        for (size_t c = 0; c < g->field_count; c++)
            head[c] = (struct view_book_head){g->field[c].label[w->ctx->lang]};
        for (size_t r = 0; r < act->value[i].row_count; r++) {
            struct view_book_cell *cell = ARENA_ARRAY(a, struct view_book_cell, g->field_count);
            for (size_t c = 0; c < g->field_count; c++)
                cell[c] = (struct view_book_cell){book_say(w->ctx, &g->field[c], act->value[i].row[r * g->field_count + c].text), is_number(&g->field[c])};
            row[r] = (struct view_book_table_row){cell, g->field_count};
        }
        table[n++] = (struct view_book_table){g->label[w->ctx->lang], head, g->field_count, row, act->value[i].row_count};
    }
    return n;
}

/* What a version changed against the one before it, field by field. */
static size_t changes_of(struct web *w, const struct schema *s, struct str before, struct str after, struct view_book_change *change)
{
    const struct schema_value *x = book_values(w->ctx->arena, s, before), *y = book_values(w->ctx->arena, s, after);
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++)
        if (s->field[i].type != SCHEMA_GROUP && !str_eq(x[i].text, y[i].text))
            change[n++] = (struct view_book_change){s->field[i].label[w->ctx->lang], book_say(w->ctx, &s->field[i], x[i].text), book_say(w->ctx, &s->field[i], y[i].text)};
    return n;
}

static struct view_book_version *versions_of(struct web *w, const struct act_book_entry *act)
{
    struct arena *a = w->ctx->arena;
    struct view_book_version *v = ARENA_ARRAY(a, struct view_book_version, act->version_count);

    for (size_t i = 0; i < act->version_count; i++) {
        const struct q_book_versions *x = &act->version[i];
        struct view_book_change *change = ARENA_ARRAY(a, struct view_book_change, act->book.schema.count);
        size_t n = i + 1 < act->version_count ? changes_of(w, &act->book.schema, act->version[i + 1].data, x->data, change) : 0;
        v[i] = (struct view_book_version){.no = x->version, .who = x->actor_name_null ? STR("") : x->actor_name, .recorded = form_instant(w, x->recorded_from),
                                          .reason = x->reason, .struck = x->is_struck, .change = change, .change_count = n};
    }
    return v;
}

static struct html strike_form(struct web *w, int64_t id, bool typed)
{
    struct form f;
    struct html_out o = web_out(w);

    form_begin(&f, w, URL_PATH(w->ctx->arena, "/cc/ban-ghi/%/gach", form_number(w, id)), "g-", typed);
    form_add(&f, &(struct form_input){.name = "reason", .kind = FORM_AREA, .label = WORD_BOOK_PAGE_REASON, .hint = form_say(w, WORD_BOOK_PAGE_REASON_HINT)});
    form_card(&o, WORD_BOOK_PAGE_STRIKE, form_end(&f, WORD_BOOK_PAGE_STRIKE));
    return html_done(&o);
}

static enum err entry_page(struct web *w, int64_t id, bool typed)
{
    struct act_book_entry act = {.id = id};
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w), none = web_out(w);
    enum err err = act_book_entry(&act, w->ctx);

    if (err)
        return err;
    const struct schema *s = &act.book.schema;
    struct view_book_fact *fact = ARENA_ARRAY(a, struct view_book_fact, s->count);
    struct view_book_table *table = ARENA_ARRAY(a, struct view_book_table, s->count);
    size_t facts = facts_of(w, &act, fact), tables = tables_of(w, &act, table);
    struct view_form_link link[] = {{URL_PATH(a, "/cc/ban-ghi/%/sua", form_number(w, id)), form_say(w, WORD_BOOK_PAGE_EDIT), false}};
    form_head(&o, w, &(struct form_head){.heading_text = act.entry.title, .sub = act.entry.unit_name, .back = book_url(w, s->code), .has_back = true,
                                         .back_label = WORD_BOOK_PAGE_TITLE, .link = link, .link_count = act.may_edit});
    view_book_page(&o, &(struct view_book_page){.struck = act.entry.is_struck, .fact = fact, .fact_count = facts, .table = table, .table_count = tables,
                                                .version = versions_of(w, &act), .version_count = act.version_count,
                                                .acts = act.may_edit ? strike_form(w, id, typed) : html_done(&none)});
    return web_staff_page(w, MENU_BOOK, act.entry.title, html_done(&o));
}

static enum err entry(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : entry_page(w, id, false);
}

static enum err strike(struct web *w)
{
    struct act_book_strike act = {.reason = web_field(w, "reason")};
    enum err err = form_part_id(w, 0, &act.id);

    if (!err)
        err = act_book_strike(&act, w->ctx);
    if (form_is_refused(w, err)) {
        w->rs->status = 422;
        return entry_page(w, act.id, true);
    }
    return err ? err : web_redirect_saying(w, book_entry_url(w, act.id), WORD_BOOK_PAGE_SAID_STRUCK, STR(""));
}

/* ---- writing ---- */

struct writing {
    struct str book;
    struct schema schema;
    struct act_book_entry old; /* id 0: a new entry */
    struct url action;
};

static enum err writing_read(struct web *w, bool is_new, struct writing *k)
{
    struct book book;
    enum err err;

    *k = (struct writing){.old = {.id = 0}};
    if (is_new) {
        err = right_check_any(w->ctx, RIGHT_BOOK_EDIT);
        if (!err)
            err = book_by_code(w->ctx, ctx_db(w->ctx), w->rq->part[0], &book);
        if (err)
            return err;
        k->schema = book.schema;
        k->action = URL_PATH(w->ctx->arena, "/cc/%/moi", book.schema.code);
    } else {
        err = form_part_id(w, 0, &k->old.id);
        if (!err)
            err = act_book_entry(&k->old, w->ctx);
        if (!err && !k->old.may_edit)
            err = ERR_FORBIDDEN;
        if (err)
            return err;
        k->schema = k->old.book.schema;
        k->action = URL_PATH(w->ctx->arena, "/cc/ban-ghi/%/sua", form_number(w, k->old.id));
    }
    k->book = k->schema.code;
    return OK;
}

static enum err form_page(struct web *w, const struct writing *k, bool typed)
{
    struct html_out o = web_out(w);
    struct html form;
    enum word heading = k->old.id ? WORD_BOOK_PAGE_EDIT : WORD_BOOK_PAGE_NEW;
    enum err err = book_form(w, &k->schema, k->action, k->old.id ? k->old.value : NULL, k->old.id > 0, typed, &form);

    if (err)
        return err;
    form_head(&o, w, &(struct form_head){.heading = heading, .sub = k->schema.name[w->ctx->lang], .back = book_url(w, k->book), .back_label = WORD_BOOK_PAGE_TITLE, .has_back = true});
    form_card(&o, heading, form);
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_BOOK, form_say(w, heading), html_done(&o));
}

static enum err show(struct web *w, bool is_new)
{
    struct writing k;
    enum err err = writing_read(w, is_new, &k);

    return err ? err : form_page(w, &k, false);
}

static enum err save(struct web *w, bool is_new)
{
    struct writing k;
    struct schema_value *value;
    enum err err = writing_read(w, is_new, &k);

    if (!err)
        err = book_typed(w, &k.schema, k.old.id ? k.old.value : NULL, &value);
    if (err)
        return err;
    struct act_book_enter act = {.book = k.book, .id = k.old.id, .version = k.old.id ? k.old.entry.version : 0, .value = value, .reason = web_field(w, "reason")};
    err = act_book_enter(&act, w->ctx);
    if (form_is_refused(w, err))
        return form_page(w, &k, true);
    if (err)
        return err;
    if (!act.doubt_count)
        return web_redirect_saying(w, book_entry_url(w, act.id), WORD_BOOK_PAGE_SAID_SAVED, STR(""));
    return web_redirect_saying(w, book_entry_url(w, act.id), WORD_BOOK_PAGE_SAID_DOUBT,
                               word_format(w->ctx->arena, w->ctx->lang, act.doubt[0].word, &act.doubt[0].arg, 1));
}

static enum err new_show(struct web *w)
{
    return show(w, true);
}

static enum err new_save(struct web *w)
{
    return save(w, true);
}

static enum err edit_show(struct web *w)
{
    return show(w, false);
}

static enum err edit_save(struct web *w)
{
    return save(w, false);
}

const struct web_route ROUTES_BOOK[] = {
    {HTTP_GET, "/cc", WEB_STAFF, NULL, books},
    {HTTP_GET, "/cc/{so}", WEB_STAFF, LIST_FIELDS, list},
    {HTTP_GET, "/cc/{so}/moi", WEB_STAFF, NULL, new_show},
    {HTTP_POST, "/cc/{so}/moi", WEB_STAFF, ENTRY_FIELDS, new_save},
    {HTTP_GET, "/cc/ban-ghi/{id}", WEB_STAFF, NULL, entry},
    {HTTP_GET, "/cc/ban-ghi/{id}/sua", WEB_STAFF, NULL, edit_show},
    {HTTP_POST, "/cc/ban-ghi/{id}/sua", WEB_STAFF, ENTRY_FIELDS, edit_save},
    {HTTP_POST, "/cc/ban-ghi/{id}/gach", WEB_STAFF, STRIKE_FIELDS, strike},
    {.path = NULL},
};
