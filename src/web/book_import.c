/* Lists for a register from a file, and who says that a register is complete. */
#include "web/book.h"

#include "acts/file.h"
#include "sql_unit.h"

static const struct http_field IMPORT_FIELDS[] = {{.name = "file", .max = 8 << 20, .file = true}, {.name = "buoc", .max = 8}, {.name = NULL}};
static const struct http_field DECLARE_FIELDS[] = {
    {.name = "unit", .max = 20}, {.name = "from", .max = 40}, {.name = "to", .max = 40}, {.name = "note", .max = BOOK_REASON_MAX, .lines = true}, {.name = "buoc", .max = 8}, {.name = NULL},
};

static enum err book_read(struct web *w, struct book *ret)
{
    enum err err = right_check_any(w->ctx, RIGHT_BOOK_EDIT);

    return err ? err : book_by_code(w->ctx, ctx_db(w->ctx), w->rq->part[0], ret);
}

static struct str columns_of(struct web *w, const struct schema *s)
{
    struct buf b = buf_in(w->ctx->arena);

    for (size_t i = 0; i < s->count; i++) {
        const struct schema_field *f = &s->field[i];
        if (f->type == SCHEMA_GROUP || f->type == SCHEMA_COMPUTED || f->type == SCHEMA_SHARE)
            continue;
        buf_put(&b, b.n ? STR(", ") : STR(""));
        buf_put(&b, f->label[w->ctx->lang]);
    }
    return b.n ? buf_str(&b) : STR("");
}

static enum err import_page(struct web *w, const struct book *book, const struct act_book_import *done, bool typed)
{
    struct form f;
    struct html_out o = web_out(w), said = web_out(w);
    const struct schema *s = &book->schema;
    struct view_book_refusal *row = ARENA_ARRAY(w->ctx->arena, struct view_book_refusal, done ? done->refused_count + 1 : 1);

    for (size_t i = 0; done && i < done->refused_count; i++)
        row[i] = (struct view_book_refusal){(int64_t)done->refused[i].line, done->refused[i].why};
    view_book_import(&said, &(struct view_book_import){.done = done != NULL, .entered = done ? (int64_t)done->entered : 0, .refused = done ? (int64_t)done->refused_count : 0,
                                                       .row = row, .row_count = done ? done->refused_count : 0, .columns = columns_of(w, s)});
    form_head(&o, w, &(struct form_head){.heading = WORD_BOOK_PAGE_IMPORT, .sub = s->name[w->ctx->lang], .back = book_url(w, s->code), .back_label = WORD_BOOK_PAGE_TITLE, .has_back = true});
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/cc/%/nhap", s->code), "n-", typed);
    form_add(&f, &(struct form_input){.name = "file", .kind = FORM_FILE, .label = WORD_BOOK_PAGE_FILE});
    form_note(&f, html_done(&said));
    form_second(&f, WORD_BOOK_PAGE_LOOK, STR("xem"));
    form_card(&o, WORD_BOOK_PAGE_IMPORT, form_end(&f, WORD_BOOK_PAGE_ENTER));
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_BOOK, form_say(w, WORD_BOOK_PAGE_IMPORT), html_done(&o));
}

static enum err import_show(struct web *w)
{
    struct book book;
    enum err err = book_read(w, &book);

    return err ? err : import_page(w, &book, NULL, false);
}

static enum err import(struct web *w)
{
    struct book book;
    enum err err = book_read(w, &book);
    const struct http_value *file = http_value_find(w->rq, "file");
    struct act_book_import act = {.book = w->rq->part[0], .bytes = file ? file->text : STR(""), .dry = str_eq(web_field(w, "buoc"), STR("xem"))};

    if (err)
        return err;
    web_check_fields(w);
    if (!act.bytes.n)
        problem_add(w->ctx, "file", WORD_PROBLEM_REQUIRED, STR(""));
    err = w->ctx->problems.count ? ERR_INVALID : act_book_import(&act, w->ctx);
    if (form_is_refused(w, err))
        return import_page(w, &book, NULL, true);
    return err ? err : import_page(w, &book, &act, false);
}

/* ---- complete ---- */

static enum err declare_page(struct web *w, const struct book *book, bool typed)
{
    struct form f;
    struct html_out o = web_out(w);
    struct q_unit_reachable *unit;
    size_t count;
    struct ctx *ctx = w->ctx;
    const struct schema *s = &book->schema;
    enum err err = q_unit_reachable(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(RIGHT_BOOK_EDIT), ctx_today_iso(ctx), &unit, &count);

    if (err)
        return err;
    struct form_choice *choice = ARENA_ARRAY(ctx->arena, struct form_choice, count + 1);
    for (size_t i = 0; i < count; i++)
        choice[i] = (struct form_choice){.value = form_number(w, unit[i].id), .label = unit[i].name};
    form_head(&o, w, &(struct form_head){.heading = WORD_BOOK_PAGE_DECLARED, .sub = s->name[ctx->lang], .back = book_url(w, s->code), .back_label = WORD_BOOK_PAGE_TITLE, .has_back = true});
    form_begin(&f, w, URL_PATH(ctx->arena, "/cc/%/du", s->code), "d-", typed);
    form_add(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_INDICATOR_UNIT, .hint = form_say(w, WORD_BOOK_PAGE_DECLARE_HINT), .choice = choice, .choice_count = count});
    form_add(&f, &(struct form_input){.name = "from", .kind = FORM_DATE, .label = WORD_REPORT_FROM});
    form_beside(&f, &(struct form_input){.name = "to", .kind = FORM_DATE, .label = WORD_REPORT_TO});
    form_add(&f, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_BOOK_PAGE_NOTE});
    form_card(&o, WORD_BOOK_PAGE_DECLARED, form_end(&f, WORD_BOOK_PAGE_DECLARE));
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_BOOK, form_say(w, WORD_BOOK_PAGE_DECLARED), html_done(&o));
}

static enum err declare_show(struct web *w)
{
    struct book book;
    enum err err = book_read(w, &book);

    return err ? err : declare_page(w, &book, false);
}

static enum err declare(struct web *w)
{
    struct book book;
    struct act_book_declare act = {.book = w->rq->part[0], .unit = form_id(w, "unit"), .note = web_field(w, "note")};
    enum err err = book_read(w, &book);

    if (err)
        return err;
    act.from = form_need_date(w, "from");
    act.to = form_need_date(w, "to");
    err = act_book_declare(&act, w->ctx);
    if (form_is_refused(w, err))
        return declare_page(w, &book, true);
    return err ? err : web_redirect_saying(w, book_url(w, act.book), WORD_BOOK_PAGE_SAID_DECLARED, STR(""));
}

const struct web_route ROUTES_BOOK_IMPORT[] = {
    {HTTP_GET, "/cc/{so}/nhap", WEB_STAFF, NULL, import_show},
    {HTTP_POST, "/cc/{so}/nhap", WEB_STAFF, IMPORT_FIELDS, import},
    {HTTP_GET, "/cc/{so}/du", WEB_STAFF, NULL, declare_show},
    {HTTP_POST, "/cc/{so}/du", WEB_STAFF, DECLARE_FIELDS, declare},
    {.path = NULL},
};
