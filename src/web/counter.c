/* At the counter: hand over what came in, hand out what is finished, keep the register. */
#include "acts/desk.h"
#include "acts/queue.h"
#include "format/csv_writer.h"
#include "web/bulk.h"
#include "web/url.h"

#include "view_counter.h"
#include "view_page.h"

enum { REGISTER_DAYS = 7 };

static const struct http_field FIELDS_UNIT[] = {
    {.name = "don-vi", .max = 20}, {.name = "ma", .max = 200}, {.name = NULL}};
static const struct http_field FIELDS_BULK[] = {
    {.name = "id", .max = 120, .many = true}, {.name = "don-vi", .max = 20}, {.name = NULL}};
static const struct http_field FIELDS_REGISTER[] = {
    {.name = "don-vi", .max = 20}, {.name = "tu", .max = 40}, {.name = "den", .max = 40}, {.name = "sau", .max = 80},
    {.name = NULL},
};

static struct view_option *unit_options(const struct web *w, const struct desk *desk)
{
    struct arena *a = w->ctx->arena;
    struct view_option *option = ARENA_ARRAY(a, struct view_option, desk->unit_count);

    for (size_t i = 0; i < desk->unit_count; i++)
        option[i] = (struct view_option){str_format(a, "%lld", (long long)desk->unit[i].id), desk->unit[i].name,
                                         &desk->unit[i] == desk->here};
    return option;
}

static size_t option_count(const struct desk *desk)
{
    return desk->unit_count > 1 ? desk->unit_count : 0;
}

static struct str local_text(const struct web *w, const struct office *office, struct str instant)
{
    struct instant t;

    return instant_parse(instant, &t) ? STR("") : web_moment(w, zone_local(office->zone, t));
}

/* ---- handing over ---- */

static enum err hand_over_page(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct desk desk;
    struct office office;
    struct q_to_hand_over *row;
    size_t count;
    struct html_out o = web_out(w);
    enum err err = act_desk(w->ctx, RIGHT_DOSSIER_HAND_OVER, web_int(w, "don-vi", 1, INT64_MAX, 0), &desk);

    if (!err)
        err = act_to_hand_over(w->ctx, desk.here->id, &row, &count);
    if (!err)
        err = office_load(w->ctx, w->ctx->db, desk.here->id, &office);
    if (err)
        return err;
    struct view_hand_over_row *v = ARENA_ARRAY(a, struct view_hand_over_row, count);
    for (size_t i = 0; i < count; i++)
        v[i] = (struct view_hand_over_row){
            .value = str_format(a, "%lld %" PRIstr, (long long)row[i].id, STR_ARG(row[i].code)),
            .page = url_dossier(a, row[i].code),
            .code = row[i].code,
            .applicant = row[i].applicant,
            .procedure = row[i].procedure_name,
            .step = row[i].step_name,
            .due = local_text(w, &office, row[i].due_at),
        };
    view_hand_over(&o, &(struct view_hand_over){
                           .unit_name = desk.here->name,
                           .unit = str_format(a, "%lld", (long long)desk.here->id),
                           .option = unit_options(w, &desk),
                           .option_count = option_count(&desk),
                           .action = URL_PATH(a, "/cb/ban-giao"),
                           .csrf = w->csrf,
                           .hand_over_row = v,
                           .hand_over_row_count = count,
                           .count = (int64_t)count,
                       });
    return web_staff_page(w, MENU_HAND_OVER, word(w->ctx->lang, WORD_COUNTER_HAND_OVER_TITLE), html_done(&o));
}

static enum err hand_over_post(struct web *w)
{
    return web_bulk(w, DOSSIER_HAND_OVER, MENU_HAND_OVER,
                    url_hand_over(w->ctx->arena, web_int(w, "don-vi", 1, INT64_MAX, 0)));
}

/* ---- handing out ---- */

/* A scanned receipt gives the address in its QR code, or the code alone. */
static struct str scanned_code(struct str text)
{
    size_t at = str_find(text, STR("/h/"));

    return at == STR_NONE ? text : str_sub(text, at + 3, text.n);
}

static enum err return_page(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct str code = scanned_code(web_field(w, "ma"));
    struct desk desk;
    struct office office;
    struct q_to_return *row;
    size_t count;
    struct html_out o = web_out(w);

    if (dossier_code_is_valid(code))
        return web_redirect(w, url_dossier_page(a, code, STR("tra")));
    enum err err = act_desk(w->ctx, RIGHT_DOSSIER_HAND_OUT, web_int(w, "don-vi", 1, INT64_MAX, 0), &desk);
    if (!err)
        err = act_to_return(w->ctx, desk.here->id, &row, &count);
    if (!err)
        err = office_load(w->ctx, w->ctx->db, desk.here->id, &office);
    if (err)
        return err;
    struct view_hand_out_row *v = ARENA_ARRAY(a, struct view_hand_out_row, count);
    for (size_t i = 0; i < count; i++)
        v[i] = (struct view_hand_out_row){
            .page = url_dossier(a, row[i].code),
            .act = url_dossier_page(a, row[i].code, STR("tra")),
            .code = row[i].code,
            .applicant = row[i].applicant,
            .phone = row[i].phone,
            .procedure = row[i].procedure_name,
            .finished = local_text(w, &office, row[i].finished_at),
            .delivery = word(w->ctx->lang, dossier_delivery_word((enum dossier_delivery)row[i].delivery)),
            .fee = row[i].fee > 0 && !row[i].fee_paid ? word_money(a, w->ctx->lang, row[i].fee) : STR(""),
        };
    view_hand_out(&o, &(struct view_hand_out){
                        .unit_name = desk.here->name,
                        .option = unit_options(w, &desk),
                        .option_count = option_count(&desk),
                        .action = URL_PATH(a, "/cb/tra-ket-qua"),
                        .unknown = code.n > 0,
                        .code = code,
                        .hand_out_row = v,
                        .hand_out_row_count = count,
                        .count = (int64_t)count,
                    });
    return web_staff_page(w, MENU_RETURN, word(w->ctx->lang, WORD_COUNTER_RETURN_TITLE), html_done(&o));
}

/* ---- the register ---- */

static struct view_book_row *register_rows(const struct web *w, const struct act_register *act)
{
    struct arena *a = w->ctx->arena;
    struct view_book_row *v = ARENA_ARRAY(a, struct view_book_row, act->row_count);

    for (size_t i = 0; i < act->row_count; i++) {
        const struct q_register_of *r = &act->row[i];
        v[i] = (struct view_book_row){
            .no = r->register_no,
            .page = url_dossier(a, r->code),
            .code = r->code,
            .procedure = r->procedure_name,
            .sets = r->sets,
            .applicant = r->applicant,
            .contact = r->phone.n && r->address.n
                           ? str_format(a, "%" PRIstr ", %" PRIstr, STR_ARG(r->address), STR_ARG(r->phone))
                           : r->address.n ? r->address : r->phone,
            .received = local_text(w, &act->office, r->received_at),
            .due = local_text(w, &act->office, r->due_at),
            .returned = r->returned_at_null ? STR("") : local_text(w, &act->office, r->returned_at),
            .delivery = word(w->ctx->lang, dossier_delivery_word((enum dossier_delivery)r->delivery)),
            .state = word(w->ctx->lang, dossier_state_word((enum dossier_state)r->state)),
        };
    }
    return v;
}

static enum err register_load(struct web *w, struct act_register *act, struct desk *desk, int64_t n)
{
    enum err err = act_desk(w->ctx, RIGHT_DOSSIER_SEARCH, web_int(w, "don-vi", 1, INT64_MAX, 0), desk);

    if (err)
        return err;
    *act = (struct act_register){.unit = desk->here->id, .to = ctx_today(w->ctx), .after = web_field(w, "sau"), .n = n};
    act->from = date_add_days(act->to, -REGISTER_DAYS);
    web_date(w, "tu", &act->from);
    web_date(w, "den", &act->to);
    return act_register(act, w->ctx);
}

static struct url register_url(const struct web *w, const struct act_register *act, struct url url)
{
    struct arena *a = w->ctx->arena;

    url = url_with_int(a, url, "don-vi", act->unit);
    url = url_with(a, url, "tu", web_day(w, act->from));
    return url_with(a, url, "den", web_day(w, act->to));
}

static enum err register_page(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct desk desk;
    struct act_register act;
    struct html_out o = web_out(w);
    enum err err = register_load(w, &act, &desk, REGISTER_PAGE);

    if (err)
        return err;
    view_book(&o, &(struct view_book){
                          .problems = web_problems(w),
                          .unit_name = desk.here->name,
                          .option = unit_options(w, &desk),
                          .option_count = desk.unit_count,
                          .action = url_register(a),
                          .from = web_day(w, act.from),
                          .to = web_day(w, act.to),
                          .book_row = register_rows(w, &act),
                          .book_row_count = act.row_count,
                          .has_next = act.next.n > 0,
                          .next = url_with(a, register_url(w, &act, url_register(a)), "sau", act.next),
                          .may_export = w->right[RIGHT_EXPORT],
                          .csv = register_url(w, &act, URL_PATH(a, "/cb/so-theo-doi.csv")),
                          .pdf = register_url(w, &act, URL_PATH(a, "/cb/so-theo-doi.pdf")),
                          .day = register_url(w, &act, URL_PATH(a, "/cb/giay-hen.pdf")),
                      });
    return web_staff_page(w, MENU_REGISTER, word(w->ctx->lang, WORD_COUNTER_REGISTER_TITLE), html_done(&o));
}

static enum err register_csv(struct web *w)
{
    struct desk desk;
    struct act_register act;
    struct buf b = buf_in(w->ctx->arena);
    struct csv_writer csv;
    enum err err = right_check_any(w->ctx, RIGHT_EXPORT);

    if (!err)
        err = register_load(w, &act, &desk, REGISTER_MAX);
    if (!err)
        err = right_check(w->ctx, w->ctx->db, RIGHT_EXPORT, act.unit, 0);
    if (err)
        return err;
    static const enum word HEADS[] = {
        WORD_COUNTER_COL_NO, WORD_COMMON_CODE, WORD_COMMON_PROCEDURE, WORD_COUNTER_COL_SETS, WORD_COMMON_APPLICANT,
        WORD_COUNTER_COL_CONTACT, WORD_COUNTER_COL_RECEIVED, WORD_COUNTER_COL_DUE, WORD_COUNTER_COL_RETURNED,
        WORD_COUNTER_COL_DELIVERY, WORD_COMMON_STATE};
    const struct view_book_row *row = register_rows(w, &act);
    csv_writer_init_buf(&csv, &b, ',');
    for (size_t i = 0; i < sizeof HEADS / sizeof HEADS[0]; i++)
        csv_write_text(&csv, word(w->ctx->lang, HEADS[i]));
    csv_write_row_end(&csv);
    for (size_t i = 0; i < act.row_count; i++) {
        csv_write_int(&csv, row[i].no);
        csv_write_text(&csv, row[i].code);
        csv_write_text(&csv, row[i].procedure);
        csv_write_int(&csv, row[i].sets);
        csv_write_text(&csv, row[i].applicant);
        csv_write_text(&csv, row[i].contact);
        csv_write_text(&csv, row[i].received);
        csv_write_text(&csv, row[i].due);
        csv_write_text(&csv, row[i].returned);
        csv_write_text(&csv, row[i].delivery);
        csv_write_text(&csv, row[i].state);
        csv_write_row_end(&csv);
    }
    err = csv_writer_end(&csv);
    return err ? err : web_file(w, STR("text/csv; charset=utf-8"), STR("so-theo-doi.csv"), buf_str(&b));
}

const struct web_route ROUTES_COUNTER[] = {
    {HTTP_GET, "/cb/ban-giao", WEB_STAFF, FIELDS_UNIT, hand_over_page},
    {HTTP_POST, "/cb/ban-giao", WEB_STAFF, FIELDS_BULK, hand_over_post},
    {HTTP_GET, "/cb/tra-ket-qua", WEB_STAFF, FIELDS_UNIT, return_page},
    {HTTP_GET, "/cb/so-theo-doi", WEB_STAFF, FIELDS_REGISTER, register_page},
    {HTTP_GET, "/cb/so-theo-doi.csv", WEB_STAFF, FIELDS_REGISTER, register_csv},
    {.path = NULL},
};
