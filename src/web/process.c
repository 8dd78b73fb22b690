/* Processes of procedures: the list, the sheet that is printed, and replacing what is in force. */
#include "web/process.h"

#include "base/text.h"
#include "web/url.h"

enum { XML_MAX = HTTP_FIELD_MAX, LINE_MAX_BYTES = 500 };

static const struct http_field SAVE_FIELDS[] = {
    {.name = "name", .max = LINE_MAX_BYTES},     {.name = "decision", .max = LINE_MAX_BYTES}, {.name = "rule", .max = LINE_MAX_BYTES},
    {.name = "note", .max = 4000, .lines = true}, {.name = "xml", .max = XML_MAX, .lines = true},
    {.name = "file", .max = HTTP_BODY_MAX, .file = true}, {.name = "from", .max = 10},
    {.name = "seen", .max = 100}, {.name = NULL},
};
static const struct http_field PUBLISH_FIELDS[] = {{.name = "valid_from", .max = 40}, {.name = NULL}};

static struct str say(const struct web *w, enum word id)
{
    return word(w->ctx->lang, id);
}

struct url process_url(const struct web *w, struct str code, struct str page)
{
    struct arena *a = w->ctx->arena;

    return page.n ? URL_PATH(a, "/qt/quy-trinh/%/%", code, page) : URL_PATH(a, "/qt/quy-trinh/%", code);
}

static struct str hours(const struct web *w, int64_t minutes)
{
    return minutes ? web_hours(w, minutes) : STR("");
}

struct str process_revision(const struct web *w, int64_t no)
{
    return str_format(w->ctx->arena, "%" PRIstr " %lld", STR_ARG(say(w, WORD_PROCESS_PAGE_REVISION)), (long long)no);
}

/* ---- the list ---- */

static enum err list(struct web *w)
{
    struct html_out o = web_out(w);
    struct q_process_of_procedures *row;
    size_t count;
    enum err err = act_process_list(w->ctx, &row, &count);

    if (err)
        return err;
    struct view_process_line *line = ARENA_ARRAY(w->ctx->arena, struct view_process_line, count);
    for (size_t i = 0; i < count; i++)
        line[i] = (struct view_process_line){
            .page = process_url(w, row[i].code, STR("")),
            .name = row[i].name,
            .code = row[i].code,
            .has = !row[i].process_id_null,
            .revision = row[i].process_id_null ? STR("") : process_revision(w, row[i].no),
            .rule = row[i].rule_null ? STR("") : row[i].rule,
            .no_rule = !row[i].rule_null && str_is_empty(row[i].rule),
        };
    view_process_list(&o, &(struct view_process_list){.line = line, .line_count = count});
    return web_staff_page(w, MENU_PROCESS, say(w, WORD_PROCESS_PAGE_TITLE), html_done(&o));
}

/* ---- the sheet ---- */

/* Roles and places in words. */
enum err process_names_load(struct web *w, struct process_names *ret)
{
    enum err err = act_role_list(w->ctx, &ret->role, &ret->role_count);

    ret->tree = (struct act_unit_tree){.day = ctx_today(w->ctx)};
    return err ? err : act_unit_tree(&ret->tree, w->ctx);
}

static struct view_process_row *rows_drawn(const struct web *w, const struct process_names *names, const struct process *p,
                                           size_t *ret_count)
{
    struct view_process_row *row = ARENA_ARRAY(w->ctx->arena, struct view_process_row, p->node_count);
    size_t n = 0;

    for (size_t i = 0; i < p->node_count; i++) {
        const struct process_node *node = &p->node[i];
        if (!process_is_work(node))
            continue;
        row[n] = (struct view_process_row){(int64_t)n + 1, process_node_name(node),
                                           catalogue_role_name(names->role, names->role_count, node->role),
                                           catalogue_place_name(w, &names->tree, node->place), hours(w, node->minutes), node->produces.n ? node->produces : node->form};
        n++;
    }
    *ret_count = n;
    return row;
}

static struct view_process_row *rows_listed(const struct web *w, const struct process_names *names, const struct procedure_whole *p,
                                            size_t *ret_count)
{
    struct view_process_row *row = ARENA_ARRAY(w->ctx->arena, struct view_process_row, p->step_count);

    for (size_t i = 0; i < p->step_count; i++)
        row[i] = (struct view_process_row){(int64_t)i + 1, p->step[i].name,
                                           catalogue_role_name(names->role, names->role_count, p->step[i].role),
                                           catalogue_place_name(w, &names->tree, p->step[i].place),
                                           hours(w, p->step[i].minutes), STR("")};
    *ret_count = p->step_count;
    return row;
}

static struct str valid(const struct web *w, const struct q_process_revisions *r)
{
    struct date from, to;

    if (!r->is_published)
        return say(w, WORD_PROCESS_PAGE_DRAFT);
    if (date_parse(r->valid_from, &from) || date_parse(r->valid_to, &to))
        return STR("");
    struct str value[] = {web_day(w, from), web_day(w, to)};
    bool open = date_cmp(to, DATE_NEVER) == 0;
    return word_format(w->ctx->arena, w->ctx->lang, open ? WORD_PROCESS_PAGE_FROM : WORD_PROCESS_PAGE_FROM_TO, value, open ? 1 : 2);
}

static struct view_process_history *history(const struct web *w, const struct act_process_view *act)
{
    struct view_process_history *line = ARENA_ARRAY(w->ctx->arena, struct view_process_history, act->revision_count);

    for (size_t i = 0; i < act->revision_count; i++) {
        const struct q_process_revisions *r = &act->revisions[i];
        line[i] = (struct view_process_history){r->no, r->name, valid(w, r), r->decision, r->note,
                                                r->author_name_null ? STR("") : r->author_name};
    }
    return line;
}

struct str process_why(const struct web *w, const struct process_finding *f)
{
    return word_format(w->ctx->arena, w->ctx->lang, f->why, &f->detail, 1);
}

static struct view_process_finding *findings(const struct web *w, const struct process_reading *r)
{
    struct view_process_finding *line = ARENA_ARRAY(w->ctx->arena, struct view_process_finding, r->finding_count);

    for (size_t i = 0; i < r->finding_count; i++)
        line[i] = (struct view_process_finding){r->finding[i].element, process_why(w, &r->finding[i])};
    return line;
}

static struct view_process_paper *papers(const struct web *w, const struct procedure_whole *p, size_t *ret_count)
{
    struct view_process_paper *line = ARENA_ARRAY(w->ctx->arena, struct view_process_paper, p->paper_count);
    size_t n = 0;

    for (size_t i = 0; i < p->paper_count; i++)
        if (p->paper[i].case_no == 1)
            line[n++].name = p->paper[i].name;
    *ret_count = n;
    return line;
}

static struct str sum(const struct web *w, const struct act_process_view *act)
{
    struct str value[] = {web_hours(w, act->reading.minutes),
                          act->reading.limit ? hours(w, act->reading.limit) : say(w, WORD_PROCESS_PAGE_NO_LIMIT)};

    return act->has_process ? word_format(w->ctx->arena, w->ctx->lang, WORD_PROCESS_PAGE_SUM, value, 2) : STR("");
}

/* What was typed, when the form comes back; else what stands. */
static struct str typed(const struct web *w, bool again, const char *field, struct str stored)
{
    return again ? web_field(w, field) : stored;
}

struct view_process_fields process_fields(const struct web *w, bool again, const struct act_process_view *act)
{
    bool has = act->has_process;

    return (struct view_process_fields){
        .form_name = typed(w, again, "name", has ? act->row.name : act->procedure.name),
        .form_decision = typed(w, again, "decision", has ? act->row.decision : STR("")),
        .form_rule = typed(w, again, "rule", has ? act->row.rule : STR("")),
        .form_note = typed(w, again, "note", STR("")),
        .wrong_name = web_problem_of(w, "name"),
        /* Who was told that somebody else saved it has seen it now. */
        .seen = again && !web_problem_of(w, "seen").n ? web_field(w, "seen")
                                                      : process_seen(w->ctx->arena, act->revisions, act->revision_count),
    };
}

struct str process_file(const struct web *w)
{
    struct str file = http_value(w->rq, "file");

    return file.n && text_is_utf8(file) ? file : web_field(w, "xml");
}

static enum err sheet_page(struct web *w, bool again)
{
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    struct act_process_view act = {.code = w->rq->part[0]};
    struct problems kept = w->ctx->problems;
    struct process_names names;
    enum err err = act_process_view(&act, w->ctx);

    w->ctx->problems = kept;
    if (!err)
        err = process_names_load(w, &names);
    if (err)
        return err;
    const struct q_process_by_id *p = &act.row;
    struct view_process_fields fields = process_fields(w, again, &act);
    struct view_process_sheet v = {
        .problems = web_problems(w), .back = URL_PATH(a, "/qt/quy-trinh"), .name = act.procedure.name,
        .code = act.procedure.code, .revision = act.has_process ? process_revision(w, p->no) : say(w, WORD_PROCESS_PAGE_NONE),
        .sum = sum(w, &act), .basis = act.whole ? act.whole->version.legal_basis : STR(""),
        .rule = act.has_process ? p->rule : STR(""), .finding = findings(w, &act.reading),
        .finding_count = act.reading.finding_count, .history = history(w, &act), .history_count = act.revision_count,
        .may_edit = w->right[RIGHT_CATALOGUE_EDIT], .move = process_url(w, act.code, STR("chuyen")), .has_older = act.revision_count > 1, .is_draft = act.has_process && !p->is_published,
        .save = URL_PATH(a, "/qt/quy-trinh/%", act.code), .publish = URL_PATH(a, "/qt/quy-trinh/%/ban-hanh", act.code),
        .download = URL_PATH(a, "/qt/quy-trinh/%/tai-ve", act.code), .csrf = w->csrf,
        .xml = again ? process_file(w) : act.has_process ? act.reading.xml : STR(""), .fields = &fields,
        .draw = process_url(w, act.code, STR("ve")), .list = process_url(w, act.code, STR("bang")),
        .try_out = process_url(w, act.code, STR("thu")),
        .valid_from = web_field(w, "valid_from"), .wrong_xml = web_problem_of(w, "xml"),
        .wrong_valid_from = web_problem_of(w, "valid_from"),
    };
    struct view_drawing drawing = {.source = v.download, .label = say(w, WORD_PROCESS_PAGE_DRAWING)};
    if (act.reading.xml.n) {
        v.drawing = &drawing;
        w->drawing = WEB_DRAWS_TO_SHOW;
    }
    if (act.has_process)
        v.row = rows_drawn(w, &names, &act.reading.process, &v.row_count);
    else if (act.whole)
        v.row = rows_listed(w, &names, act.whole, &v.row_count);
    if (act.whole)
        v.paper = papers(w, act.whole, &v.paper_count);
    view_process_sheet(&o, &v);
    if (w->ctx->problems.count)
        w->rs->status = 422;
    return web_staff_page(w, MENU_PROCESS, v.name, html_done(&o));
}

static enum err sheet(struct web *w)
{
    return sheet_page(w, false);
}

enum err process_save(struct web *w, struct act_process_view *at, struct str xml)
{
    struct act_process_save act = {.xml = xml, .name = web_field(w, "name"), .decision = web_field(w, "decision"),
                                   .rule = web_field(w, "rule"), .note = web_field(w, "note"), .seen = web_field(w, "seen")};
    enum err err = act_process_view(at, w->ctx);

    act.procedure = at->procedure.id;
    return err ? err : act_process_save(&act, w->ctx);
}

/* Who drew it stays with the drawing, where the findings can be clicked. */
static enum err save(struct web *w)
{
    struct act_process_view at = {.code = w->rq->part[0]};
    bool drew = str_eq(web_field(w, "from"), STR("ve"));
    enum err err = process_save(w, &at, process_file(w));

    if (err == ERR_INVALID && w->ctx->problems.count)
        return drew ? process_draw_page(w, true) : sheet_page(w, true);
    return err ? err
               : web_redirect_saying(w, process_url(w, at.code, drew ? STR("ve") : STR("")), WORD_PROCESS_PAGE_SAID_SAVED, STR(""));
}

static enum err publish(struct web *w)
{
    struct act_process_view at = {.code = w->rq->part[0]};
    struct act_process_publish act = {.valid_from = DATE_NEVER};
    enum err err = act_process_view(&at, w->ctx);

    if (err)
        return err;
    act.id = at.row.id;
    if (!web_date(w, "valid_from", &act.valid_from) && w->ctx->problems.count)
        return sheet_page(w, false);
    err = act_process_publish(&act, w->ctx);
    if (err == ERR_INVALID && w->ctx->problems.count)
        return sheet_page(w, false);
    return err ? err : web_redirect_saying(w, process_url(w, at.code, STR("")), WORD_PROCESS_PAGE_SAID_PUBLISHED, STR(""));
}

static enum err download(struct web *w)
{
    struct act_process_view act = {.code = w->rq->part[0]};
    enum err err = act_process_view(&act, w->ctx);

    if (err)
        return err;
    return web_file(w, STR("application/xml; charset=utf-8"), str_format(w->ctx->arena, "%" PRIstr ".bpmn", STR_ARG(act.code)),
                    act.reading.xml);
}

const struct web_route ROUTES_PROCESS[] = {
    {HTTP_GET, "/qt/quy-trinh", WEB_STAFF, NULL, list},
    {HTTP_GET, "/qt/quy-trinh/{code}", WEB_STAFF, NULL, sheet},
    {HTTP_POST, "/qt/quy-trinh/{code}", WEB_STAFF, SAVE_FIELDS, save},
    {HTTP_POST, "/qt/quy-trinh/{code}/ban-hanh", WEB_STAFF, PUBLISH_FIELDS, publish},
    {HTTP_GET, "/qt/quy-trinh/{code}/ve", WEB_STAFF, NULL, process_draw},
    {HTTP_GET, "/qt/quy-trinh/{code}/bang", WEB_STAFF, NULL, process_table},
    {HTTP_POST, "/qt/quy-trinh/{code}/bang", WEB_STAFF, PROCESS_TABLE_FIELDS, process_table_post},
    {HTTP_GET, "/qt/quy-trinh/{code}/thu", WEB_STAFF, PROCESS_TRY_FIELDS, process_try},
    {HTTP_GET, "/qt/quy-trinh/{code}/chuyen", WEB_STAFF, NULL, process_move},
    {HTTP_POST, "/qt/quy-trinh/{code}/chuyen", WEB_STAFF, NULL, process_move_post},
    {HTTP_GET, "/qt/quy-trinh/{code}/tai-ve", WEB_STAFF, NULL, download},
    {.path = NULL},
};
