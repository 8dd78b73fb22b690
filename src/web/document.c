/* Registers of documents, what waits for somebody, and what the pages of documents share. */
#include "web/document.h"

#include "format/csv_writer.h"
#include "acts/desk.h"
#include "view_page.h"

static const struct http_field FILTERS[] = {
    {.name = "q", .max = 200}, {.name = "loai", .max = 64}, {.name = "tt", .max = 4}, {.name = "tu", .max = 20}, {.name = "den", .max = 20},
    {.name = "truoc", .max = 20}, {.name = NULL},
};

/* ---- shared ---- */

struct url document_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/vb/%", form_number(w, id));
}

struct url task_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/vb/viec/%", form_number(w, id));
}

struct str document_urgency_text(const struct web *w, int64_t urgency)
{
    return urgency > 0 && urgency < URGENCY__COUNT ? form_say(w, document_urgency_word((enum document_urgency)urgency)) : STR("");
}

/* What edXML calls a status (QCVN 102:2016/BTTTT). */
struct str document_status_text(const struct web *w, struct str status)
{
    static const struct {
        struct str code;
        enum word word;
    } STATUSES[] = {
        {STR_INIT("01"), WORD_DOCUMENT_STATUS_01}, {STR_INIT("02"), WORD_DOCUMENT_STATUS_02}, {STR_INIT("03"), WORD_DOCUMENT_STATUS_03},
        {STR_INIT("04"), WORD_DOCUMENT_STATUS_04}, {STR_INIT("05"), WORD_DOCUMENT_STATUS_05}, {STR_INIT("06"), WORD_DOCUMENT_STATUS_06},
        {STR_INIT("13"), WORD_DOCUMENT_STATUS_13}, {STR_INIT("15"), WORD_DOCUMENT_STATUS_15}, {STR_INIT("16"), WORD_DOCUMENT_STATUS_16},
    };

    for (size_t i = 0; i < sizeof STATUSES / sizeof STATUSES[0]; i++)
        if (str_eq(STATUSES[i].code, status))
            return form_say(w, STATUSES[i].word);
    return status;
}

struct view_document_row document_row(const struct web *w, const struct q_document_list *d)
{
    bool in = d->way == DOCUMENT_IN;

    return (struct view_document_row){
        .page = document_url(w, d->id), .subject = d->subject, .type = d->type_name, .code = d->code, .day = form_day(w, d->dated_on),
        .from = in ? d->author : d->drafting_unit_name_null ? STR("") : d->drafting_unit_name,
        .number = d->arrival_no ? form_number(w, d->arrival_no) : STR(""),
        .state = form_say(w, document_state_word((enum document_state)d->state)), .urgency = document_urgency_text(w, d->urgency),
        .grave = d->urgency >= URGENCY_MORE_URGENT, .holder = d->holder_name_null || !d->ended_at_null ? STR("") : d->holder_name,
        .due = form_day(w, d->due_on), .recall = d->recall.n > 0,
    };
}

static struct html rows_html(struct web *w, const struct q_document_list *row, size_t count, enum word caption, enum word empty)
{
    struct html_out o = web_out(w);
    struct view_document_row *v = ARENA_ARRAY(w->ctx->arena, struct view_document_row, count);

    for (size_t i = 0; i < count; i++)
        v[i] = document_row(w, &row[i]);
    view_document_table(&o, &(struct view_document_table){.caption = form_say(w, caption), .row = v, .row_count = count, .empty = form_say(w, empty)});
    return html_done(&o);
}

enum err document_type_choices(struct web *w, enum word any, struct form_choice **ret, size_t *ret_count)
{
    struct q_document_type_list *type;
    size_t count;
    enum err err = act_document_types(w->ctx, &type, &count);

    if (err)
        return err;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count + 1);
    choice[0] = (struct form_choice){.value = STR(""), .label = form_say(w, any)};
    for (size_t i = 0; i < count; i++)
        choice[i + 1] = (struct form_choice){.value = type[i].code, .label = type[i].name};
    *ret = choice;
    *ret_count = count + 1;
    return OK;
}

enum err document_urgency_choices(struct web *w, struct form_choice **ret, size_t *ret_count)
{
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, URGENCY__COUNT);

    for (int i = 0; i < URGENCY__COUNT; i++)
        choice[i] = (struct form_choice){.value = form_number(w, i), .label = form_say(w, document_urgency_word((enum document_urgency)i))};
    *ret = choice;
    *ret_count = URGENCY__COUNT;
    return OK;
}

enum err document_registry(struct web *w, enum right r, struct form_choice **ret, size_t *ret_count, int64_t *ret_unit)
{
    struct q_document_issuer_list *issuer;
    size_t count, n = 0;
    int64_t wanted = form_id(w, "don-vi"), here = 0;
    enum err err = act_issuers(w->ctx, &issuer, &count);

    if (err)
        return err;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
    for (size_t i = 0; i < count; i++) {
        err = right_check(w->ctx, w->ctx->db, r, issuer[i].unit_id, 0);
        if (err && err != ERR_FORBIDDEN)
            return err;
        if (err)
            continue;
        choice[n++] = (struct form_choice){.value = form_number(w, issuer[i].unit_id), .label = issuer[i].unit_name};
        if (issuer[i].unit_id == wanted || !here)
            here = issuer[i].unit_id;
    }
    if (!n)
        return ERR_FORBIDDEN;
    *ret = choice;
    *ret_count = n;
    *ret_unit = here;
    return OK;
}

enum err document_refused(struct web *w, const struct act_document_on *on, struct url back)
{
    struct html_out o = web_out(w);
    struct str value[] = {on->why_arg};

    view_refusal(&o, &(struct view_refusal){
                         .text = word_format(w->ctx->arena, w->ctx->lang, document_refusal_word(on->why), value, 1),
                         .basis = document_refusal_basis(on->why),
                         .back = back,
                     });
    w->rs->status = 422;
    return web_staff_page(w, MENU_NONE, form_say(w, WORD_PAGE_REFUSED), html_done(&o));
}

bool document_upload(const struct web *w, const char *name, struct document_bytes *ret)
{
    for (size_t i = 0; i < w->rq->value_count; i++) {
        const struct http_value *v = &w->rq->value[i];
        if (!str_eq(str_of(v->name), str_of(name)) || !v->text.n)
            continue;
        struct str file = v->file_name.n ? v->file_name : str_of(name);
        *ret = (struct document_bytes){.name = file, .bytes = v->text,
                                       .media = str_has_prefix(v->text, STR("%PDF-")) ? STR("application/pdf") : STR("application/octet-stream")};
        return true;
    }
    return false;
}

/* ---- what waits ---- */

static enum err waiting(struct web *w)
{
    struct q_document_waiting *d;
    struct q_document_task_waiting *t;
    size_t count, task_count;
    struct html_out o = web_out(w);
    enum err err = act_document_waiting(w->ctx, &d, &count);

    if (!err)
        err = act_task_waiting(w->ctx, &t, &task_count);
    if (err)
        return err;
    _Static_assert(sizeof *d == sizeof(struct q_document_list) && sizeof *t == sizeof(struct q_document_task_list), "one row shape");
    form_head(&o, w, &(struct form_head){.heading = WORD_DOCUMENT_WAITING, .sub = form_say(w, WORD_DOCUMENT_WAITING_LEAD),
                                         .link = (struct view_form_link[]){{URL_PATH(w->ctx->arena, "/vb/du-thao"), form_say(w, WORD_DOCUMENT_NEW), false}},
                                         .link_count = 1});
    form_card(&o, WORD_DOCUMENT_WAITING_DOCUMENTS, rows_html(w, (struct q_document_list *)d, count, WORD_DOCUMENT_WAITING_DOCUMENTS, WORD_DOCUMENT_WAITING_NONE));
    form_card(&o, WORD_DOCUMENT_WAITING_TASKS, task_table(w, (struct q_document_task_list *)t, task_count));
    return web_staff_page(w, MENU_DOCUMENT_WAITING, form_say(w, WORD_DOCUMENT_WAITING), html_done(&o));
}

/* ---- registers ---- */

static struct act_document_list asked(struct web *w, enum document_way way)
{
    return (struct act_document_list){
        .way = way, .type = web_field(w, "loai"), .state = (enum document_state)web_int(w, "tt", 0, DOCUMENT_STATE__COUNT - 1, 0),
        .from = form_date(w, "tu", (struct date){0}), .to = form_date(w, "den", (struct date){0}), .words = web_field(w, "q"),
        .before = web_int(w, "truoc", 1, INT64_MAX, 0),
    };
}

static const struct {
    struct str path, file;
    enum web_menu menu;
    enum word title, empty, new_label;
    struct str new_path;
    enum document_state first, last;
} WAYS[] = {
    [DOCUMENT_OUT] = {STR_INIT("/vb/di"), STR_INIT("van-ban-di.csv"), MENU_DOCUMENT_OUT, WORD_DOCUMENT_OUT, WORD_DOCUMENT_NONE, WORD_DOCUMENT_NEW,
                      STR_INIT("/vb/du-thao"), DOCUMENT_DRAFT, DOCUMENT_CANCELLED},
    [DOCUMENT_IN] = {STR_INIT("/vb/den"), STR_INIT("van-ban-den.csv"), MENU_DOCUMENT_IN, WORD_DOCUMENT_IN, WORD_DOCUMENT_NONE, WORD_DOCUMENT_REGISTER_NEW,
                     STR_INIT("/vt/den"), DOCUMENT_ARRIVED, DOCUMENT_WITHDRAWN},
};

static struct url way_url(const struct web *w, enum document_way way)
{
    return way == DOCUMENT_IN ? URL_PATH(w->ctx->arena, "/vb/den") : URL_PATH(w->ctx->arena, "/vb/di");
}

static struct url with_filters(const struct web *w, struct url url)
{
    static const char *const NAMES[] = {"q", "loai", "tt", "tu", "den"};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (web_field(w, NAMES[i]).n)
            url = url_with(w->ctx->arena, url, NAMES[i], web_field(w, NAMES[i]));
    return url;
}

static enum err filter_html(struct web *w, enum document_way way, struct html *ret)
{
    struct form_choice *type;
    size_t count, n = 0;
    struct html_out o = web_out(w);
    struct arena *a = w->ctx->arena;
    enum err err = document_type_choices(w, WORD_DOCUMENT_ANY, &type, &count);

    if (err)
        return err;
    struct view_option *types = ARENA_ARRAY(a, struct view_option, count), *states = ARENA_ARRAY(a, struct view_option, DOCUMENT_STATE__COUNT);
    for (size_t i = 0; i < count; i++)
        types[i] = (struct view_option){type[i].value, type[i].label, str_eq(type[i].value, web_field(w, "loai"))};
    states[n++] = (struct view_option){STR(""), form_say(w, WORD_DOCUMENT_ANY), false};
    for (int s = (int)WAYS[way].first; s <= (int)WAYS[way].last; s++)
        states[n++] = (struct view_option){form_number(w, s), form_say(w, document_state_word((enum document_state)s)), str_eq(form_number(w, s), web_field(w, "tt"))};
    view_document_filter(&o, &(struct view_document_filter){
                                 .action = way_url(w, way), .words = web_field(w, "q"), .type = types, .type_count = count, .state = states,
                                 .state_count = n, .from = web_field(w, "tu"), .to = web_field(w, "den"),
                             });
    *ret = html_done(&o);
    return OK;
}

static enum err register_page(struct web *w, enum document_way way)
{
    struct act_document_list act = asked(w, way);
    struct html filter;
    struct html_out o = web_out(w);
    bool may_add = way == DOCUMENT_OUT ? w->right[RIGHT_DOCUMENT_DRAFT] : w->right[RIGHT_DOCUMENT_REGISTER];
    enum err err = act_document_list(&act, w->ctx);

    if (!err)
        err = filter_html(w, way, &filter);
    if (err)
        return err;
    struct view_form_link link = {way == DOCUMENT_OUT ? URL_PATH(w->ctx->arena, "/vb/du-thao") : URL_PATH(w->ctx->arena, "/vt/den"),
                                  form_say(w, WAYS[way].new_label), false};
    struct str value[] = {word_int(w->ctx->arena, w->ctx->lang, act.total)};
    bool more = act.row_count == DOCUMENT_PAGE;
    form_head(&o, w, &(struct form_head){.heading = WAYS[way].title, .link = &link, .link_count = may_add});
    view_document_register(&o, &(struct view_document_register){
                                   .filter = filter,
                                   .count = act.total >= 0 ? word_format(w->ctx->arena, w->ctx->lang, WORD_DOCUMENT_COUNT, value, 1) : STR(""),
                                   .table = rows_html(w, act.row, act.row_count, WAYS[way].title, WAYS[way].empty),
                                   .next = more ? url_with_int(w->ctx->arena, with_filters(w, way_url(w, way)), "truoc", act.row[act.row_count - 1].id) : way_url(w, way),
                                   .next_label = more ? form_say(w, WORD_DOCUMENT_OLDER) : STR(""),
                                   .may_export = w->right[RIGHT_EXPORT],
                                   .export = with_filters(w, way == DOCUMENT_IN ? URL_PATH(w->ctx->arena, "/vb/den/tep") : URL_PATH(w->ctx->arena, "/vb/di/tep")),
                               });
    return web_staff_page(w, WAYS[way].menu, form_say(w, WAYS[way].title), html_done(&o));
}

static enum err coming_in(struct web *w)
{
    return register_page(w, DOCUMENT_IN);
}

static enum err going_out(struct web *w)
{
    return register_page(w, DOCUMENT_OUT);
}

/* The columns of the registers that the law names (NĐ 30/2020/NĐ-CP, phụ lục IV), as far as one document knows them. */
static enum err export(struct web *w, enum document_way way)
{
    static const enum word HEADS[] = {WORD_DOCUMENT_ARRIVAL_NO, WORD_DOCUMENT_ARRIVED, WORD_DOCUMENT_AUTHOR, WORD_DOCUMENT_COL_CODE, WORD_DOCUMENT_DATED,
                                      WORD_DOCUMENT_TYPE, WORD_DOCUMENT_SUBJECT, WORD_DOCUMENT_SIGNER, WORD_DOCUMENT_COPIES, WORD_COMMON_STATE, WORD_DOCUMENT_DUE,
                                      WORD_COMMON_NOTE};
    struct act_document_list act = asked(w, way);
    struct buf b = buf_in(w->ctx->arena);
    struct csv_writer csv;
    enum err err = act_document_export(&act, w->ctx);

    if (err)
        return err;
    csv_writer_init_buf(&csv, &b, ',');
    for (size_t i = 0; i < sizeof HEADS / sizeof HEADS[0]; i++)
        csv_write_text(&csv, form_say(w, HEADS[i]));
    csv_write_row_end(&csv);
    for (size_t i = 0; i < act.row_count; i++) {
        const struct q_document_list *d = &act.row[i];
        csv_write_text(&csv, d->arrival_no ? form_number(w, d->arrival_no) : STR(""));
        csv_write_text(&csv, form_day(w, d->arrived_on));
        csv_write_text(&csv, way == DOCUMENT_IN ? d->author : d->unit_name);
        csv_write_text(&csv, d->code);
        csv_write_text(&csv, form_day(w, d->dated_on));
        csv_write_text(&csv, d->type_name);
        csv_write_text(&csv, d->subject);
        csv_write_text(&csv, d->signer);
        csv_write_int(&csv, d->copies);
        csv_write_text(&csv, form_say(w, document_state_word((enum document_state)d->state)));
        csv_write_text(&csv, form_day(w, d->due_on));
        csv_write_text(&csv, d->note);
        csv_write_row_end(&csv);
    }
    err = csv_writer_end(&csv);
    return err ? err : web_file(w, STR("text/csv; charset=utf-8"), WAYS[way].file, buf_str(&b));
}

static enum err export_in(struct web *w)
{
    return export(w, DOCUMENT_IN);
}

static enum err export_out(struct web *w)
{
    return export(w, DOCUMENT_OUT);
}

const struct web_route ROUTES_DOCUMENT[] = {
    {HTTP_GET, "/vb", WEB_STAFF, NULL, waiting},
    {HTTP_GET, "/vb/den", WEB_STAFF, FILTERS, coming_in},
    {HTTP_GET, "/vb/di", WEB_STAFF, FILTERS, going_out},
    {HTTP_GET, "/vb/den/tep", WEB_STAFF, FILTERS, export_in},
    {HTTP_GET, "/vb/di/tep", WEB_STAFF, FILTERS, export_out},
    {.path = NULL},
};
