/* The register of certificates: the list, what waits for a review, table 6.1. */
#include "web/certificate.h"

#include "format/csv_writer.h"
#include "format/xlsx.h"

static const struct http_field LIST_FIELDS[] = {
    {.name = "q", .max = 200}, {.name = "don-vi", .max = 20}, {.name = "loai", .max = 4}, {.name = "tt", .max = 4}, {.name = "truoc", .max = 20}, {.name = NULL},
};
static const struct http_field FIGURE_FIELDS[] = {
    {.name = "don-vi", .max = 20}, {.name = "tu", .max = 40}, {.name = "den", .max = 40}, {.name = "so", .max = 4}, {.name = "cua", .max = 20}, {.name = "loai", .max = 4}, {.name = NULL},
};
static const struct http_field COMPLETE_FIELDS[] = {{.name = "unit", .max = 20}, {.name = "buoc", .max = 8}, {.name = NULL}};

/* ---- shared ---- */

struct url certificate_home(const struct web *w)
{
    return URL_PATH(w->ctx->arena, "/vt/chung-thu-so");
}

struct url certificate_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/vt/chung-thu-so/%", form_number(w, id));
}

struct html certificate_badge(const struct web *w, enum certificate_shown shown)
{
    static const struct {
        struct str class, icon;
    } LOOKS[] = {
        [CERTIFICATE_SHOWN_WAITING] = {STR_INIT("tin"), STR_INIT("hourglass")},     [CERTIFICATE_SHOWN_ACTIVE] = {STR_INIT("dung"), STR_INIT("circle-check")},
        [CERTIFICATE_SHOWN_SUSPENDED] = {STR_INIT("tam"), STR_INIT("circle-pause")}, [CERTIFICATE_SHOWN_ENDING] = {STR_INIT("sap"), STR_INIT("clock-alert")},
        [CERTIFICATE_SHOWN_ENDED] = {STR_INIT("qua"), STR_INIT("clock-alert")},      [CERTIFICATE_SHOWN_REVOKED] = {STR_INIT("qua"), STR_INIT("ban")},
        [CERTIFICATE_SHOWN_DROPPED] = {STR_INIT("tron"), STR_INIT("circle-x")},
    };
    _Static_assert(sizeof LOOKS / sizeof LOOKS[0] == CERTIFICATE_SHOWN__COUNT, "every state has a look");

    return web_badge_html(w, (struct web_badge){LOOKS[shown].class, LOOKS[shown].icon, form_say(w, certificate_shown_word(shown))});
}

struct str certificate_place(const struct web *w, struct str title, struct str unit)
{
    return title.n ? str_format(w->ctx->arena, "%" PRIstr ", %" PRIstr, STR_ARG(title), STR_ARG(unit)) : unit;
}

static struct view_certificate_row row_of(struct web *w, const struct q_certificate_list *c)
{
    return (struct view_certificate_row){
        .page = certificate_url(w, c->id), .name = c->name, .title = c->title, .unit = str_eq(c->unit_now, c->name) ? STR("") : c->unit_now, .kind = form_say(w, certificate_kind_word((enum certificate_kind)c->kind)),
        .serial = c->serial, .token = c->token, .ends = form_day(w, c->ends_on), .badge = certificate_badge(w, (enum certificate_shown)c->shown), .review = c->reviews > 0,
    };
}

struct html certificate_table(struct web *w, const struct q_certificate_list *c, size_t count)
{
    struct html_out o = web_out(w);
    struct view_certificate_row *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_row, count);

    for (size_t i = 0; i < count; i++)
        row[i] = row_of(w, &c[i]);
    view_certificate_table(&o, &(struct view_certificate_table){.caption = form_say(w, WORD_CERTIFICATE_TITLE), .row = row, .row_count = count});
    return html_done(&o);
}

enum err certificate_units(struct web *w, enum right r, bool any, struct view_option **ret, size_t *ret_count, int64_t *ret_here)
{
    struct q_unit_reachable *unit;
    size_t count, n = 0;
    int64_t wanted = form_id(w, "don-vi"), here = 0;
    enum err err = act_certificate_units(w->ctx, r, &unit, &count);

    if (err)
        return err;
    struct view_option *option = ARENA_ARRAY(w->ctx->arena, struct view_option, count + 1);
    if (any)
        option[n++] = (struct view_option){STR(""), form_say(w, WORD_CERTIFICATE_ANY), !wanted};
    for (size_t i = 0; i < count; i++) {
        option[n++] = (struct view_option){form_number(w, unit[i].id), unit[i].name, unit[i].id == wanted};
        if (unit[i].id == wanted || !here)
            here = unit[i].id;
    }
    *ret = option;
    *ret_count = n;
    *ret_here = here;
    return here || any ? OK : ERR_FORBIDDEN;
}

/* ---- the list ---- */

static struct act_certificate_list asked(struct web *w)
{
    return (struct act_certificate_list){
        .unit = form_id(w, "don-vi"), .kind = (enum certificate_kind)web_int(w, "loai", 0, CERTIFICATE_KIND__COUNT - 1, 0),
        .shown = (int)web_int(w, "tt", 0, CERTIFICATE_SHOWN__COUNT - 1, -1), .words = web_field(w, "q"), .before = web_int(w, "truoc", 1, INT64_MAX, 0),
    };
}

static struct url with_filters(const struct web *w, struct url url, bool with_state)
{
    static const char *const NAMES[] = {"q", "don-vi", "loai", "tt"};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0] - !with_state; i++)
        if (web_field(w, NAMES[i]).n)
            url = url_with(w->ctx->arena, url, NAMES[i], web_field(w, NAMES[i]));
    return url;
}

static size_t chips_fill(struct web *w, const struct act_certificate_list *act, struct view_certificate_chip *chip)
{
    struct url all = with_filters(w, certificate_home(w), false);
    int64_t sum = 0;
    size_t n = 1;

    for (int i = 0; i < CERTIFICATE_SHOWN__COUNT; i++) {
        sum += act->count[i];
        if (act->count[i] || act->shown == i)
            chip[n++] = (struct view_certificate_chip){url_with(w->ctx->arena, all, "tt", form_number(w, i)), form_say(w, certificate_shown_word((enum certificate_shown)i)),
                                                       act->count[i], act->shown == i};
    }
    chip[0] = (struct view_certificate_chip){all, form_say(w, WORD_CERTIFICATE_ANY), sum, act->shown < 0};
    return n;
}

static enum err filter_html(struct web *w, const struct act_certificate_list *act, struct html *ret)
{
    struct view_option *unit, kind[CERTIFICATE_KIND__COUNT];
    size_t units;
    int64_t here;
    struct html_out o = web_out(w);
    enum err err = certificate_units(w, RIGHT_CERTIFICATE_READ, true, &unit, &units, &here);

    if (err)
        return err;
    kind[0] = (struct view_option){STR(""), form_say(w, WORD_CERTIFICATE_ANY), !act->kind};
    for (int i = CERTIFICATE_PERSON; i < CERTIFICATE_KIND__COUNT; i++)
        kind[i] = (struct view_option){form_number(w, i), form_say(w, certificate_kind_word((enum certificate_kind)i)), (int)act->kind == i};
    view_certificate_filter(&o, &(struct view_certificate_filter){.action = certificate_home(w), .shown = web_field(w, "tt"), .words = act->words, .unit = unit,
                                                                  .unit_count = units, .kind = kind, .kind_count = CERTIFICATE_KIND__COUNT});
    *ret = html_done(&o);
    return OK;
}

static enum err list(struct web *w)
{
    struct act_certificate_list act = asked(w);
    struct view_certificate_chip chip[CERTIFICATE_SHOWN__COUNT + 1];
    struct html filter;
    struct html_out o = web_out(w);
    struct arena *a = w->ctx->arena;
    bool keeps = w->right[RIGHT_CERTIFICATE_EDIT];
    struct view_form_link link[] = {
        {URL_PATH(a, "/vt/chung-thu-so/bang-6-1"), form_say(w, WORD_CERTIFICATE_TABLE_61), true},
        {URL_PATH(a, "/vt/chung-thu-so/ra-soat"), form_say(w, WORD_CERTIFICATE_REVIEWS), true},
        {URL_PATH(a, "/vt/chung-thu-so/nhap"), form_say(w, WORD_CERTIFICATE_IMPORT), true},
        {URL_PATH(a, "/vt/chung-thu-so/de-nghi"), form_say(w, WORD_CERTIFICATE_NEW), false},
    };
    enum err err = act_certificate_list(&act, w->ctx);

    if (!err)
        err = filter_html(w, &act, &filter);
    if (err)
        return err;
    form_head(&o, w, &(struct form_head){.heading = WORD_CERTIFICATE_TITLE, .sub = form_say(w, WORD_CERTIFICATE_LEAD), .link = link, .link_count = keeps ? 4 : 1});
    view_certificate_register(&o, &(struct view_certificate_register){
                                      .chip = chip, .chip_count = chips_fill(w, &act, chip), .filter = filter,
                                      .table = certificate_table(w, act.row, act.row_count), .has_next = act.next > 0,
                                      .next = url_with_int(a, with_filters(w, certificate_home(w), true), "truoc", act.next), .may_export = w->right[RIGHT_EXPORT],
                                      .export = with_filters(w, URL_PATH(a, "/vt/chung-thu-so/tep"), true),
                                  });
    return web_staff_page(w, MENU_CERTIFICATE, form_say(w, WORD_CERTIFICATE_TITLE), html_done(&o));
}

static enum err export(struct web *w)
{
    static const enum word HEADS[] = {WORD_CERTIFICATE_OWNER, WORD_CERTIFICATE_PAPER_TITLE, WORD_CERTIFICATE_UNIT, WORD_CERTIFICATE_KIND, WORD_CERTIFICATE_TOKEN,
                                      WORD_CERTIFICATE_SERIAL, WORD_CERTIFICATE_ISSUER, WORD_CERTIFICATE_ENDS, WORD_COMMON_STATE, WORD_CERTIFICATE_REQUEST};
    struct act_certificate_list act = asked(w);
    struct buf b = buf_in(w->ctx->arena);
    struct csv_writer csv;
    enum err err = act_certificate_export(&act, w->ctx);

    if (err)
        return err;
    csv_writer_init_buf(&csv, &b, ',');
    for (size_t i = 0; i < sizeof HEADS / sizeof HEADS[0]; i++)
        csv_write_text(&csv, form_say(w, HEADS[i]));
    csv_write_row_end(&csv);
    for (size_t i = 0; i < act.row_count; i++) {
        const struct q_certificate_list *c = &act.row[i];
        csv_write_text(&csv, c->name);
        csv_write_text(&csv, c->title);
        csv_write_text(&csv, c->unit_now);
        csv_write_text(&csv, form_say(w, certificate_kind_word((enum certificate_kind)c->kind)));
        csv_write_text(&csv, c->token);
        csv_write_text(&csv, c->serial);
        csv_write_text(&csv, c->issuer);
        csv_write_text(&csv, form_day(w, c->ends_on));
        csv_write_text(&csv, form_say(w, certificate_shown_word((enum certificate_shown)c->shown)));
        csv_write_text(&csv, c->request_no);
        csv_write_row_end(&csv);
    }
    err = csv_writer_end(&csv);
    return err ? err : web_file(w, STR("text/csv; charset=utf-8"), STR("so-chung-thu-so.csv"), buf_str(&b));
}

/* ---- reviews, warnings, whether the register is complete ---- */

static struct html waiting_html(struct web *w, const struct q_certificate_review_waiting *v, size_t count)
{
    struct html_out o = web_out(w);
    struct view_certificate_waiting *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_waiting, count);

    for (size_t i = 0; i < count; i++)
        row[i] = (struct view_certificate_waiting){
            .page = certificate_url(w, v[i].certificate_id), .name = v[i].name, .unit = v[i].unit_name, .before = certificate_place(w, v[i].before_title, v[i].before_unit),
            .after = certificate_place(w, v[i].after_title, v[i].after_unit), .gone = !v[i].is_active, .opened = form_instant(w, v[i].opened_at),
        };
    view_certificate_reviews(&o, &(struct view_certificate_reviews){.row = row, .row_count = count});
    return html_done(&o);
}

static struct html warned_html(struct web *w, const struct q_certificate_warned *v, size_t count)
{
    struct html_out o = web_out(w);
    struct view_certificate_warning *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_warning, count);

    for (size_t i = 0; i < count; i++) {
        struct str days[] = {form_number(w, v[i].days)};
        row[i] = (struct view_certificate_warning){.page = certificate_url(w, v[i].id), .name = v[i].name, .unit = v[i].unit_name, .ends = form_day(w, v[i].ends_on),
                                                   .days = word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_DAYS_LEFT, days, 1)};
    }
    view_certificate_warnings(&o, &(struct view_certificate_warnings){.row = row, .row_count = count});
    return html_done(&o);
}

static enum err complete_put(struct web *w, struct html_out *o)
{
    struct q_unit_reachable *unit;
    size_t count, registers;
    struct q_certificate_register_list *known;
    struct form f;
    enum err err = act_certificate_units(w->ctx, RIGHT_CERTIFICATE_EDIT, &unit, &count);

    if (!err)
        err = act_certificate_registers(w->ctx, &known, &registers);
    if (err || !count)
        return err;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
    for (size_t i = 0; i < count; i++)
        choice[i] = (struct form_choice){.value = form_number(w, unit[i].id), .label = unit[i].name};
    struct html_out note = web_out(w);
    struct view_certificate_complete *line = ARENA_ARRAY(w->ctx->arena, struct view_certificate_complete, registers);
    for (size_t i = 0; i < registers; i++) {
        struct str value[] = {known[i].unit_name, form_day(w, known[i].since)};
        line[i] = (struct view_certificate_complete){word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_COMPLETE_IS, value, 2)};
    }
    view_certificate_registers(&note, &(struct view_certificate_registers){.row = line, .row_count = registers});
    form_begin(&f, w, URL_PATH(w->ctx->arena, "/vt/chung-thu-so/day-du"), "d-", false);
    form_add(&f, &(struct form_input){.name = "unit", .kind = FORM_SELECT, .label = WORD_CERTIFICATE_UNIT, .hint = form_say(w, WORD_CERTIFICATE_COMPLETE_HINT), .choice = choice,
                                      .choice_count = count});
    form_note(&f, html_done(&note));
    form_second(&f, WORD_CERTIFICATE_COMPLETE_OFF, STR("tat"));
    form_card(o, WORD_CERTIFICATE_COMPLETE, form_end(&f, WORD_CERTIFICATE_COMPLETE_ON));
    return OK;
}

static enum err reviews(struct web *w)
{
    struct q_certificate_review_waiting *v;
    struct q_certificate_warned *n;
    size_t count, warned;
    struct html_out o = web_out(w);
    enum err err = act_certificate_reviews(w->ctx, &v, &count);

    if (!err)
        err = act_certificate_warned(w->ctx, &n, &warned);
    if (err)
        return err;
    form_head(&o, w, &(struct form_head){.heading = WORD_CERTIFICATE_REVIEWS, .sub = form_say(w, WORD_CERTIFICATE_REVIEWS_LEAD), .back = certificate_home(w),
                                         .back_label = WORD_CERTIFICATE_TITLE, .has_back = true});
    form_card(&o, WORD_CERTIFICATE_REVIEWS, waiting_html(w, v, count));
    form_card(&o, WORD_CERTIFICATE_WARNINGS, warned_html(w, n, warned));
    err = complete_put(w, &o);
    return err ? err : web_staff_page(w, MENU_CERTIFICATE, form_say(w, WORD_CERTIFICATE_REVIEWS), html_done(&o));
}

static enum err complete(struct web *w)
{
    bool off = str_eq(web_field(w, "buoc"), STR("tat"));
    enum err err = act_certificate_complete(w->ctx, form_id(w, "unit"), off ? DATE_NEVER : ctx_today(w->ctx));

    return err ? err : web_redirect_saying(w, URL_PATH(w->ctx->arena, "/vt/chung-thu-so/ra-soat"), WORD_CERTIFICATE_SAID_COMPLETE, STR(""));
}

/* ---- table 6.1 ---- */

static const enum word FIGURES[] = {WORD_CERTIFICATE_FIGURE_ISSUED, WORD_CERTIFICATE_FIGURE_ACTIVE, WORD_CERTIFICATE_FIGURE_USED};
_Static_assert(sizeof FIGURES / sizeof FIGURES[0] == CERTIFICATE_FIGURE__COUNT, "every figure has a word");

/* One line: a unit and a kind; rows of the act come in that order. */
struct line {
    struct str unit;
    int64_t unit_id, kind, value[CERTIFICATE_FIGURE__COUNT];
};

static size_t lines_of(struct web *w, const struct act_certificate_figures *act, struct line **ret)
{
    struct line *line = ARENA_ARRAY(w->ctx->arena, struct line, act->row_count + 1);
    size_t n = 0;

    for (size_t i = 0; i < act->row_count; i++) {
        const struct q_certificate_figure *r = &act->row[i];
        if (!r->is_issued && !r->is_active && !r->is_used)
            continue;
        if (!n || line[n - 1].unit_id != r->unit_id || line[n - 1].kind != r->kind)
            line[n++] = (struct line){.unit = r->unit_name, .unit_id = r->unit_id, .kind = r->kind};
        for (int f = 0; f < CERTIFICATE_FIGURE__COUNT; f++)
            line[n - 1].value[f] += certificate_counts(r, (enum certificate_figure)f);
    }
    *ret = line;
    return n;
}

static struct str ratio_of(const struct web *w, int64_t part, int64_t whole)
{
    int64_t hundredths = whole ? (part * 10000 + whole / 2) / whole : 0;

    return whole ? str_format(w->ctx->arena, "%lld,%02lld %%", (long long)(hundredths / 100), (long long)(hundredths % 100)) : STR("–");
}

static void leaders_fill(const struct web *w, const struct act_certificate_figures *act, struct view_certificate_leader_row row[3])
{
    row[0] = (struct view_certificate_leader_row){form_say(w, WORD_CERTIFICATE_LEADERS), act->leaders, STR("")};
    row[1] = (struct view_certificate_leader_row){form_say(w, WORD_CERTIFICATE_LEADERS_USED), act->leaders_used, ratio_of(w, act->leaders_used, act->leaders)};
    row[2] = (struct view_certificate_leader_row){form_say(w, WORD_CERTIFICATE_LEADERS_PUBLIC), act->leaders_used_public, ratio_of(w, act->leaders_used_public, act->leaders)};
}

/* The quarter of today, when nothing else was asked for. */
static struct date quarter_start(struct date today)
{
    struct civil c = date_civil(today);

    return date_of(c.year, (c.month - 1) / 3 * 3 + 1, 1);
}

static struct act_certificate_figures question(struct web *w, int64_t unit)
{
    struct date today = ctx_today(w->ctx);

    return (struct act_certificate_figures){.unit = unit, .from = form_date(w, "tu", quarter_start(today)), .to = form_date(w, "den", today), .as_of = w->ctx->now};
}

static struct url with_period(const struct web *w, struct url url, const struct act_certificate_figures *act)
{
    url = url_with_int(w->ctx->arena, url, "don-vi", act->unit);
    url = url_with(w->ctx->arena, url, "tu", web_day(w, act->from));
    return url_with(w->ctx->arena, url, "den", web_day(w, act->to));
}

static struct url figure_page(const struct web *w, const struct act_certificate_figures *act, const struct line *l, enum certificate_figure f)
{
    struct url url = with_period(w, URL_PATH(w->ctx->arena, "/vt/chung-thu-so/bang-6-1"), act);

    url = url_with_int(w->ctx->arena, url, "so", f);
    url = url_with_int(w->ctx->arena, url, "cua", l->unit_id);
    return url_with_int(w->ctx->arena, url, "loai", l->kind);
}

/* The records of the figure that was opened: as many rows as the figure says. */
static struct html records(struct web *w, const struct act_certificate_figures *act, int64_t figure, struct str *ret_label)
{
    int64_t of = form_id(w, "cua"), kind = web_int(w, "loai", 0, CERTIFICATE_KIND__COUNT - 1, 0);
    struct view_certificate_row *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_row, act->row_count + 1);
    struct html_out o = web_out(w);
    size_t n = 0;
    struct date last = act->to;

    for (size_t i = 0; i < act->row_count; i++) {
        const struct q_certificate_figure *r = &act->row[i];
        struct date ends;
        if (!certificate_counts(r, (enum certificate_figure)figure) || (of && r->unit_id != of) || (kind && r->kind != kind) || date_parse(r->ends_on, &ends))
            continue;
        row[n++] = (struct view_certificate_row){
            .page = certificate_url(w, r->id), .name = r->name, .title = r->title, .unit = r->unit_name, .kind = form_say(w, certificate_kind_word((enum certificate_kind)r->kind)),
            .serial = r->serial, .ends = form_day(w, r->ends_on),
            .badge = certificate_badge(w, certificate_shown((enum certificate_state)r->state, ends, last)),
        };
    }
    struct str value[] = {form_say(w, FIGURES[figure]), form_number(w, (int64_t)n)};
    *ret_label = word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_LIST_OF, value, 2);
    view_certificate_table(&o, &(struct view_certificate_table){.caption = *ret_label, .row = row, .row_count = n});
    return html_done(&o);
}

static enum err figures(struct web *w)
{
    struct view_option *unit;
    size_t units;
    int64_t here, opened = web_int(w, "so", 0, CERTIFICATE_FIGURE__COUNT - 1, -1);
    struct view_certificate_leader_row leader[3];
    struct html_out o = web_out(w);
    struct line *line;
    enum err err = certificate_units(w, RIGHT_CERTIFICATE_READ, false, &unit, &units, &here);

    if (err)
        return err;
    struct act_certificate_figures act = question(w, here);
    err = act_certificate_figures(&act, w->ctx);
    if (err)
        return err;
    size_t n = lines_of(w, &act, &line);
    struct view_certificate_figure_row *row = ARENA_ARRAY(w->ctx->arena, struct view_certificate_figure_row, n);
    for (size_t i = 0; i < n; i++)
        row[i] = (struct view_certificate_figure_row){
            .unit = line[i].unit, .kind = form_say(w, certificate_kind_word((enum certificate_kind)line[i].kind)), .issued = line[i].value[CERTIFICATE_FIGURE_ISSUED],
            .active = line[i].value[CERTIFICATE_FIGURE_ACTIVE], .used = line[i].value[CERTIFICATE_FIGURE_USED],
            .issued_page = figure_page(w, &act, &line[i], CERTIFICATE_FIGURE_ISSUED), .active_page = figure_page(w, &act, &line[i], CERTIFICATE_FIGURE_ACTIVE),
            .used_page = figure_page(w, &act, &line[i], CERTIFICATE_FIGURE_USED),
        };
    leaders_fill(w, &act, leader);
    struct view_certificate_figures v = {
        .action = URL_PATH(w->ctx->arena, "/vt/chung-thu-so/bang-6-1"), .unit = unit, .unit_count = units, .from = web_day(w, act.from), .to = web_day(w, act.to),
        .export = with_period(w, URL_PATH(w->ctx->arena, "/vt/chung-thu-so/bang-6-1/xlsx"), &act), .csv = with_period(w, URL_PATH(w->ctx->arena, "/vt/chung-thu-so/bang-6-1/csv"), &act),
        .may_export = w->right[RIGHT_EXPORT], .leader = leader, .leader_count = 3, .row = row, .row_count = n, .has_list = opened >= 0, .list_label = STR(""),
    };
    if (opened >= 0)
        v.list = records(w, &act, opened, &v.list_label);
    form_head(&o, w, &(struct form_head){.heading = WORD_CERTIFICATE_TABLE_61_TITLE, .sub = form_say(w, WORD_CERTIFICATE_TABLE_61_LEAD), .back = certificate_home(w),
                                         .back_label = WORD_CERTIFICATE_TITLE, .has_back = true});
    view_certificate_figures(&o, &v);
    return web_staff_page(w, MENU_CERTIFICATE, form_say(w, WORD_CERTIFICATE_TABLE_61_TITLE), html_done(&o));
}

static enum err taken_out(struct web *w, struct act_certificate_figures *act)
{
    struct view_option *unit;
    size_t units;
    int64_t here;
    enum err err = certificate_units(w, RIGHT_CERTIFICATE_READ, false, &unit, &units, &here);

    if (err)
        return err;
    *act = question(w, here);
    return act_certificate_figures_export(act, w->ctx);
}

static enum err figures_xlsx(struct web *w)
{
    struct act_certificate_figures act;
    struct view_certificate_leader_row leader[3];
    struct line *line;
    struct str bytes;
    enum err err = taken_out(w, &act);

    if (err)
        return err;
    struct xlsx *x = xlsx_new(w->ctx->arena, form_say(w, WORD_CERTIFICATE_TABLE_61_TITLE), w->ctx->now);
    struct xlsx_sheet *s = xlsx_sheet(x, form_say(w, WORD_CERTIFICATE_TABLE_61));
    struct str period[] = {web_day(w, act.from), web_day(w, act.to)};
    size_t n = lines_of(w, &act, &line);
    leaders_fill(w, &act, leader);
    xlsx_width(s, 0, 60);
    xlsx_width(s, 1, 24);
    xlsx_heading(s, XLSX_TITLE, form_say(w, WORD_CERTIFICATE_TABLE_61_TITLE), 5);
    xlsx_heading(s, XLSX_SUBTITLE, word_format(w->ctx->arena, w->ctx->lang, WORD_CERTIFICATE_PERIOD, period, 2), 5);
    xlsx_row(s, XLSX_HEADER, (struct xlsx_cell[]){xlsx_text(form_say(w, WORD_CERTIFICATE_WHAT)), xlsx_text(form_say(w, WORD_CERTIFICATE_AMOUNT)), xlsx_text(form_say(w, WORD_CERTIFICATE_RATIO))}, 3);
    for (size_t i = 0; i < 3; i++)
        xlsx_row(s, XLSX_PLAIN, (struct xlsx_cell[]){xlsx_text(leader[i].label), xlsx_int(leader[i].value), xlsx_text(leader[i].ratio)}, 3);
    xlsx_heading(s, XLSX_NOTE, form_say(w, WORD_CERTIFICATE_RATIO_HINT), 5);
    xlsx_row(s, XLSX_HEADER, (struct xlsx_cell[]){xlsx_text(form_say(w, WORD_CERTIFICATE_UNIT)), xlsx_text(form_say(w, WORD_CERTIFICATE_KIND)), xlsx_text(form_say(w, FIGURES[0])),
                                                  xlsx_text(form_say(w, FIGURES[1])), xlsx_text(form_say(w, FIGURES[2]))}, 5);
    for (size_t i = 0; i < n; i++)
        xlsx_row(s, XLSX_PLAIN, (struct xlsx_cell[]){xlsx_text(line[i].unit), xlsx_text(form_say(w, certificate_kind_word((enum certificate_kind)line[i].kind))),
                                                     xlsx_int(line[i].value[0]), xlsx_int(line[i].value[1]), xlsx_int(line[i].value[2])}, 5);
    err = xlsx_end(x, &bytes);
    return err ? err : web_file(w, STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), STR("bang-6-1.xlsx"), bytes);
}

static enum err figures_csv(struct web *w)
{
    struct act_certificate_figures act;
    struct view_certificate_leader_row leader[3];
    struct buf b = buf_in(w->ctx->arena);
    struct csv_writer csv;
    enum err err = taken_out(w, &act);

    if (err)
        return err;
    leaders_fill(w, &act, leader);
    csv_writer_init_buf(&csv, &b, ',');
    csv_write_text(&csv, form_say(w, WORD_CERTIFICATE_WHAT));
    csv_write_text(&csv, form_say(w, WORD_CERTIFICATE_AMOUNT));
    csv_write_text(&csv, form_say(w, WORD_CERTIFICATE_RATIO));
    csv_write_row_end(&csv);
    for (size_t i = 0; i < 3; i++) {
        csv_write_text(&csv, leader[i].label);
        csv_write_int(&csv, leader[i].value);
        csv_write_text(&csv, leader[i].ratio);
        csv_write_row_end(&csv);
    }
    err = csv_writer_end(&csv);
    return err ? err : web_file(w, STR("text/csv; charset=utf-8"), STR("bang-6-1.csv"), buf_str(&b));
}

const struct web_route ROUTES_CERTIFICATE[] = {
    {HTTP_GET, "/vt/chung-thu-so", WEB_STAFF, LIST_FIELDS, list},
    {HTTP_GET, "/vt/chung-thu-so/tep", WEB_STAFF, LIST_FIELDS, export},
    {HTTP_GET, "/vt/chung-thu-so/ra-soat", WEB_STAFF, NULL, reviews},
    {HTTP_POST, "/vt/chung-thu-so/day-du", WEB_STAFF, COMPLETE_FIELDS, complete},
    {HTTP_GET, "/vt/chung-thu-so/bang-6-1", WEB_STAFF, FIGURE_FIELDS, figures},
    {HTTP_GET, "/vt/chung-thu-so/bang-6-1/xlsx", WEB_STAFF, FIGURE_FIELDS, figures_xlsx},
    {HTTP_GET, "/vt/chung-thu-so/bang-6-1/csv", WEB_STAFF, FIGURE_FIELDS, figures_csv},
    {.path = NULL},
};
