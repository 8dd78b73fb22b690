/* Tasks that leaders gave, and files of work. */
#include "web/document.h"

#include "acts/desk.h"
#include "sql_directive.h"

static const struct http_field LIST_FIELDS[] = {{.name = "xem", .max = 20}, {.name = "truoc", .max = 20}, {.name = NULL}};
static const struct http_field CHANGE_FIELDS[] = {
    {.name = "text", .max = 4000, .lines = true}, {.name = "progress", .max = 4}, {.name = "due", .max = 40}, {.name = "person", .max = 20}, {.name = "buoc", .max = 12},
    {.name = NULL},
};
static const struct http_field FILE_FIELDS[] = {
    {.name = "don-vi", .max = 20}, {.name = "code", .max = 120}, {.name = "title", .max = 1200}, {.name = "years", .max = 4}, {.name = "basis", .max = 1200},
    {.name = "opened", .max = 40}, {.name = "closed", .max = 40}, {.name = "archived", .max = 40}, {.name = "note", .max = 4000, .lines = true},
    {.name = "document", .max = 20}, {.name = "buoc", .max = 8}, {.name = NULL},
};

/* ---- rows ---- */

static struct str role_text(const struct web *w, struct str role)
{
    return form_say(w, str_eq(role, STR("lead")) ? WORD_DOCUMENT_ROLE_LEAD : str_eq(role, STR("support")) ? WORD_DOCUMENT_ROLE_SUPPORT : WORD_DOCUMENT_ROLE_KNOW);
}

static struct str state_text(const struct web *w, struct str state)
{
    return form_say(w, str_eq(state, STR("open")) ? WORD_DOCUMENT_TASK_OPEN : str_eq(state, STR("reported")) ? WORD_DOCUMENT_TASK_REPORTED
                     : str_eq(state, STR("done")) ? WORD_DOCUMENT_TASK_DONE : WORD_DOCUMENT_TASK_DROPPED);
}

struct view_document_task_row task_row(const struct web *w, const struct q_document_task_list *t)
{
    bool open = str_eq(t->state, STR("open"));

    return (struct view_document_task_row){
        .page = task_url(w, t->id), .content = t->content,
        .who = t->person_name_null ? t->unit_name : str_format(w->ctx->arena, "%" PRIstr " (%" PRIstr ")", STR_ARG(t->person_name), STR_ARG(t->unit_name)),
        .role = role_text(w, t->role), .asker = t->asked_by_name, .due = form_day(w, t->due_on), .late = open && str_cmp(t->due_on, ctx_today_iso(w->ctx)) < 0,
        .state = state_text(w, t->state), .progress = t->progress,
        .document = t->document_id_null ? STR("") : t->document_code.n ? t->document_code : t->document_subject,
    };
}

struct html task_table(struct web *w, const struct q_document_task_list *t, size_t count)
{
    struct html_out o = web_out(w);
    struct view_document_task_row *row = ARENA_ARRAY(w->ctx->arena, struct view_document_task_row, count);

    for (size_t i = 0; i < count; i++)
        row[i] = task_row(w, &t[i]);
    view_document_tasks(&o, &(struct view_document_tasks){.row = row, .row_count = count});
    return html_done(&o);
}

enum err task_unit_choices(struct web *w, int64_t unit, struct form_choice **ret, size_t *ret_count)
{
    struct q_document_task_units *u;
    size_t count;
    enum err err = act_task_units(w->ctx, unit, &u, &count);

    if (err)
        return err;
    struct form_choice *choice = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
    for (size_t i = 0; i < count; i++)
        choice[i] = (struct form_choice){.value = form_number(w, u[i].id), .label = u[i].name};
    *ret = choice;
    *ret_count = count;
    return OK;
}

/* ---- lists ---- */

static enum err tasks(struct web *w)
{
    struct str see = web_field(w, "xem");
    struct act_task_list act = {.mine = !str_eq(see, STR("tat-ca")) && !str_eq(see, STR("qua-han")), .late = str_eq(see, STR("qua-han")), .state = STR(""),
                                .before = web_int(w, "truoc", 1, INT64_MAX, 0)};
    struct html_out o = web_out(w);
    struct url here = URL_PATH(w->ctx->arena, "/vb/viec");
    struct view_form_link link[] = {
        {here, form_say(w, WORD_DOCUMENT_TASKS_MINE), !act.mine},
        {url_with(w->ctx->arena, here, "xem", STR("tat-ca")), form_say(w, WORD_DOCUMENT_TASKS_ALL), act.mine || act.late},
        {url_with(w->ctx->arena, here, "xem", STR("qua-han")), form_say(w, WORD_DOCUMENT_TASKS_LATE), !act.late},
    };
    enum err err = act_task_list(&act, w->ctx);

    if (err)
        return err;
    form_head(&o, w, &(struct form_head){.heading = WORD_DOCUMENT_TASKS, .sub = form_say(w, WORD_DOCUMENT_TASKS_LEAD), .link = link, .link_count = 3});
    form_card(&o, act.late ? WORD_DOCUMENT_TASKS_LATE : act.mine ? WORD_DOCUMENT_TASKS_MINE : WORD_DOCUMENT_TASKS_ALL, task_table(w, act.row, act.row_count));
    return web_staff_page(w, MENU_TASK, form_say(w, WORD_DOCUMENT_TASKS), html_done(&o));
}

/* ---- one ---- */

static const struct {
    struct str path;
    enum word label;
    bool needs_text;
} CHANGES[] = {
    [TASK_GIVE] = {STR_INIT("giao"), WORD_DOCUMENT_TASK_GIVE, false},
    [TASK_PROGRESS] = {STR_INIT("tien-do"), WORD_DOCUMENT_TASK_PROGRESS, true},
    [TASK_DONE] = {STR_INIT("xong"), WORD_DOCUMENT_TASK_REPORT_DONE, true},
    [TASK_ACCEPT] = {STR_INIT("nghiem-thu"), WORD_DOCUMENT_TASK_ACCEPT, false},
    [TASK_SEND_BACK] = {STR_INIT("lam-lai"), WORD_DOCUMENT_TASK_SEND_BACK, true},
    [TASK_DUE] = {STR_INIT("gia-han"), WORD_DOCUMENT_TASK_NEW_DUE, true},
    [TASK_DROP] = {STR_INIT("thoi"), WORD_DOCUMENT_TASK_DROP, true},
};
_Static_assert(sizeof CHANGES / sizeof CHANGES[0] == TASK_CHANGE__COUNT, "every change has a page");

static enum word report_word(struct str kind)
{
    static const struct {
        struct str kind;
        enum word word;
    } KINDS[] = {
        {STR_INIT("progress"), WORD_DOCUMENT_TASK_PROGRESS}, {STR_INIT("done"), WORD_DOCUMENT_TASK_REPORT_DONE}, {STR_INIT("accepted"), WORD_DOCUMENT_TASK_ACCEPT},
        {STR_INIT("sent_back"), WORD_DOCUMENT_TASK_SEND_BACK}, {STR_INIT("due"), WORD_DOCUMENT_TASK_NEW_DUE}, {STR_INIT("given"), WORD_DOCUMENT_TASK_GIVE},
        {STR_INIT("dropped"), WORD_DOCUMENT_TASK_DROP},
    };

    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++)
        if (str_eq(KINDS[i].kind, kind))
            return KINDS[i].word;
    return WORD_DOCUMENT_TASK_REMINDED;
}

static enum err change_card(struct web *w, struct html_out *o, const struct act_task *act, enum task_change what, bool typed)
{
    struct form f;
    struct q_person_able *able;
    size_t count = 0;

    form_begin(&f, w, URL_PATH(w->ctx->arena, "/vb/viec/%/%", form_number(w, act->id), CHANGES[what].path), str_z(w->ctx->arena, CHANGES[what].path), typed);
    if (what == TASK_GIVE) {
        enum err err = act_colleagues(w->ctx, act->t.unit_id, RIGHT_DOCUMENT_DRAFT, &able, &count);
        if (err)
            return err == ERR_FORBIDDEN ? OK : err;
        struct form_choice *person = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
        for (size_t i = 0; i < count; i++)
            person[i] = (struct form_choice){.value = form_number(w, able[i].id), .label = able[i].name};
        form_add(&f, &(struct form_input){.name = "person", .kind = FORM_SELECT, .label = WORD_DOCUMENT_TASK_PERSON, .choice = person, .choice_count = count});
    }
    if (what == TASK_PROGRESS)
        form_add(&f, &(struct form_input){.name = "progress", .kind = FORM_LINE, .label = WORD_DOCUMENT_PROGRESS, .value = form_number(w, act->t.progress)});
    if (what == TASK_DUE)
        form_add(&f, &(struct form_input){.name = "due", .kind = FORM_DATE, .label = WORD_DOCUMENT_DUE, .value = form_day(w, act->t.due_on)});
    form_add(&f, &(struct form_input){.name = "text", .kind = FORM_AREA, .label = WORD_DOCUMENT_TEXT, .optional = !CHANGES[what].needs_text});
    form_card(o, CHANGES[what].label, form_end(&f, CHANGES[what].label));
    return OK;
}

static void fact_set(const struct web *w, struct view_document_fact *f, size_t *n, enum word label, struct str text)
{
    if (text.n)
        f[(*n)++] = (struct view_document_fact){.label = form_say(w, label), .text = text, .page = URL_PATH(w->ctx->arena, "/vb/viec")};
}

static enum err task_page(struct web *w, int64_t id, int typed)
{
    struct act_task act = {.id = id};
    struct html_out o = web_out(w);
    struct view_document_fact fact[10];
    size_t n = 0;
    enum err err = act_task(&act, w->ctx);

    if (err)
        return err;
    const struct q_document_task_by_id *t = &act.t;
    fact_set(w, fact, &n, WORD_DOCUMENT_TASK_WHO, t->person_name_null ? t->unit_name : str_format(w->ctx->arena, "%" PRIstr " (%" PRIstr ")", STR_ARG(t->person_name), STR_ARG(t->unit_name)));
    fact_set(w, fact, &n, WORD_DOCUMENT_ROLE, role_text(w, t->role));
    fact_set(w, fact, &n, WORD_DOCUMENT_ASKED_BY, t->asked_by_name);
    fact_set(w, fact, &n, WORD_DOCUMENT_WHEN, form_instant(w, t->asked_at));
    fact_set(w, fact, &n, WORD_DOCUMENT_DUE, form_day(w, t->due_on));
    fact_set(w, fact, &n, WORD_COMMON_STATE, state_text(w, t->state));
    if (!t->document_id_null)
        fact[n++] = (struct view_document_fact){.label = form_say(w, WORD_DOCUMENT_DOCUMENT), .text = t->document_code.n ? t->document_code : t->document_subject,
                                                .page = document_url(w, t->document_id), .linked = true};
    struct q_directive_of_task directive;
    err = q_directive_of_task(ctx_db(w->ctx), w->ctx->arena, id, &directive);
    if (!err)
        fact[n++] = (struct view_document_fact){.label = form_say(w, WORD_DIRECTIVE_TITLE), .text = form_say(w, WORD_DIRECTIVE_RECORDS_OF_TASK),
                                                .page = URL_PATH(w->ctx->arena, "/chi-dao/%", form_number(w, id)), .linked = true};
    else if (err != ERR_NOT_FOUND)
        return err;
    err = OK;
    struct view_document_report_row *row = ARENA_ARRAY(w->ctx->arena, struct view_document_report_row, act.report_count);
    for (size_t i = 0; i < act.report_count; i++)
        row[i] = (struct view_document_report_row){
            .what = form_say(w, report_word(act.report[i].kind)), .who = act.report[i].person_name_null ? STR("") : act.report[i].person_name,
            .when = form_instant(w, act.report[i].at), .progress = act.report[i].progress, .text = act.report[i].text,
        };
    form_head(&o, w, &(struct form_head){.heading_text = t->content, .back = URL_PATH(w->ctx->arena, "/vb/viec"), .back_label = WORD_DOCUMENT_TASKS, .has_back = true});
    view_document_task_page(&o, &(struct view_document_task_page){.fact = fact, .fact_count = n, .document_report_row = row, .document_report_row_count = act.report_count});
    for (int c = 0; !err && c < TASK_CHANGE__COUNT; c++)
        if (act.may[c])
            err = change_card(w, &o, &act, (enum task_change)c, typed == c);
    if (err)
        return err;
    if (typed >= 0)
        w->rs->status = 422;
    return web_staff_page(w, MENU_TASK, t->content, html_done(&o));
}

static enum err task(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : task_page(w, id, -1);
}

static enum err change(struct web *w)
{
    struct act_task_change act = {.change = TASK_CHANGE__COUNT, .person = form_id(w, "person"), .progress = web_int(w, "progress", 0, 100, 0),
                                  .due = form_date(w, "due", DATE_NEVER), .text = web_field(w, "text")};
    enum err err = form_part_id(w, 0, &act.id);

    for (int c = 0; c < TASK_CHANGE__COUNT; c++)
        if (str_eq(CHANGES[c].path, w->rq->part[1]))
            act.change = (enum task_change)c;
    if (err || act.change == TASK_CHANGE__COUNT)
        return ERR_NOT_FOUND;
    web_check_fields(w);
    err = act_task_change(&act, w->ctx);
    if (form_is_refused(w, err))
        return task_page(w, act.id, (int)act.change);
    return err ? err : web_redirect_saying(w, task_url(w, act.id), WORD_DOCUMENT_SAID, form_say(w, CHANGES[act.change].label));
}

/* ---- files of work ---- */

static struct str years_text(const struct web *w, int64_t years)
{
    struct str value[] = {form_number(w, years)};

    return years ? word_format(w->ctx->arena, w->ctx->lang, WORD_DOCUMENT_YEARS_IS, value, 1) : form_say(w, WORD_DOCUMENT_FOR_EVER);
}

static struct str file_state(const struct web *w, struct str closed, struct str archived)
{
    struct str day = form_day(w, archived.n && form_day(w, archived).n ? archived : closed);
    struct str value[] = {day};

    if (!day.n)
        return form_say(w, WORD_DOCUMENT_WORK_FILE_OPEN);
    return word_format(w->ctx->arena, w->ctx->lang, form_day(w, archived).n ? WORD_DOCUMENT_WORK_FILE_ARCHIVED : WORD_DOCUMENT_WORK_FILE_CLOSED, value, 1);
}

static struct url file_url(const struct web *w, int64_t id)
{
    return id ? URL_PATH(w->ctx->arena, "/vb/ho-so/%", form_number(w, id)) : URL_PATH(w->ctx->arena, "/vb/ho-so");
}

static enum err file_form(struct web *w, struct html_out *o, const struct q_work_file_by_id *f, bool typed)
{
    struct q_document_issuer_above *issuer;
    size_t count;
    struct form form;
    enum err err = act_issuers_mine(w->ctx, &issuer, &count);

    if (err)
        return err;
    struct form_choice *unit = ARENA_ARRAY(w->ctx->arena, struct form_choice, count);
    for (size_t i = 0; i < count; i++)
        unit[i] = (struct form_choice){.value = form_number(w, issuer[i].unit_id), .label = issuer[i].name};
    form_begin(&form, w, file_url(w, f->id), "h-", typed);
    if (!f->id)
        form_add(&form, &(struct form_input){.name = "don-vi", .kind = FORM_SELECT, .label = WORD_DOCUMENT_REGISTER_OF, .choice = unit, .choice_count = count});
    form_add(&form, &(struct form_input){.name = "code", .kind = FORM_LINE, .label = WORD_DOCUMENT_WORK_FILE_CODE, .value = f->code});
    form_beside(&form, &(struct form_input){.name = "title", .kind = FORM_LINE, .label = WORD_DOCUMENT_WORK_FILE_TITLE, .value = f->title});
    form_add(&form, &(struct form_input){.name = "years", .kind = FORM_LINE, .label = WORD_DOCUMENT_YEARS, .hint = form_say(w, WORD_DOCUMENT_YEARS_HINT), .value = form_number(w, f->years)});
    form_beside(&form, &(struct form_input){.name = "basis", .kind = FORM_LINE, .label = WORD_DOCUMENT_BASIS, .value = f->basis, .optional = true});
    form_add(&form, &(struct form_input){.name = "opened", .kind = FORM_DATE, .label = WORD_DOCUMENT_OPENED, .value = f->id ? form_day(w, f->opened_on) : web_day(w, ctx_today(w->ctx))});
    form_beside(&form, &(struct form_input){.name = "closed", .kind = FORM_DATE, .label = WORD_DOCUMENT_CLOSED, .value = form_day(w, f->closed_on), .optional = true});
    form_beside(&form, &(struct form_input){.name = "archived", .kind = FORM_DATE, .label = WORD_DOCUMENT_ARCHIVED, .value = form_day(w, f->archived_on), .optional = true});
    form_add(&form, &(struct form_input){.name = "note", .kind = FORM_AREA, .label = WORD_COMMON_NOTE, .value = f->note, .optional = true});
    form_card(o, f->id ? WORD_DOCUMENT_WORK_FILE : WORD_DOCUMENT_WORK_FILE_NEW, form_end(&form, WORD_DOCUMENT_SAVE));
    return OK;
}

static enum err files_page(struct web *w, bool typed)
{
    struct q_work_file_list *f;
    size_t count;
    struct html_out o = web_out(w), table = web_out(w);
    struct q_work_file_by_id none = {.code = STR(""), .title = STR(""), .basis = STR(""), .closed_on = STR(""), .archived_on = STR(""), .note = STR("")};
    enum err err = act_work_file_list(w->ctx, 0, 0, &f, &count);

    if (err)
        return err;
    struct view_work_file_row *row = ARENA_ARRAY(w->ctx->arena, struct view_work_file_row, count);
    for (size_t i = 0; i < count; i++)
        row[i] = (struct view_work_file_row){.page = file_url(w, f[i].id), .code = f[i].code, .title = f[i].title, .unit = f[i].unit_name, .keeper = f[i].keeper_name,
                                             .years = years_text(w, f[i].years), .count = f[i].documents, .state = file_state(w, f[i].closed_on, f[i].archived_on)};
    form_head(&o, w, &(struct form_head){.heading = WORD_DOCUMENT_WORK_FILES, .sub = form_say(w, WORD_DOCUMENT_WORK_FILES_LEAD)});
    view_work_files(&table, &(struct view_work_files){.row = row, .row_count = count});
    form_card(&o, WORD_DOCUMENT_WORK_FILES, html_done(&table));
    err = file_form(w, &o, &none, typed);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_WORK_FILE, form_say(w, WORD_DOCUMENT_WORK_FILES), html_done(&o));
}

static enum err file_page(struct web *w, int64_t id, bool typed)
{
    struct q_work_file_by_id f;
    struct q_document_of_work_file *d;
    size_t count;
    struct html_out o = web_out(w), table = web_out(w);
    struct form put;
    enum err err = act_work_file(w->ctx, id, &f, &d, &count);

    if (err)
        return err;
    struct view_document_row *row = ARENA_ARRAY(w->ctx->arena, struct view_document_row, count);
    for (size_t i = 0; i < count; i++)
        row[i] = (struct view_document_row){.page = document_url(w, d[i].id), .subject = d[i].subject, .type = d[i].type_name, .code = d[i].code,
                                            .day = form_day(w, d[i].dated_on), .state = form_say(w, document_state_word((enum document_state)d[i].state))};
    form_head(&o, w, &(struct form_head){.heading_text = f.title, .sub = f.code, .back = file_url(w, 0), .back_label = WORD_DOCUMENT_WORK_FILES, .has_back = true});
    view_document_table(&table, &(struct view_document_table){.caption = form_say(w, WORD_DOCUMENT_DOCUMENTS), .row = row, .row_count = count,
                                                              .empty = form_say(w, WORD_DOCUMENT_NONE)});
    form_card(&o, WORD_DOCUMENT_DOCUMENTS, html_done(&table));
    form_begin(&put, w, URL_PATH(w->ctx->arena, "/vb/ho-so/%/them", form_number(w, id)), "v-", typed && web_field(w, "document").n);
    form_add(&put, &(struct form_input){.name = "document", .kind = FORM_LINE, .label = WORD_DOCUMENT_DOCUMENT, .hint = form_say(w, WORD_DOCUMENT_LINK_HINT)});
    form_card(&o, WORD_DOCUMENT_ACT_FILE, form_end(&put, WORD_DOCUMENT_ACT_FILE));
    err = file_form(w, &o, &f, typed && !web_field(w, "document").n);
    if (err)
        return err;
    if (typed)
        w->rs->status = 422;
    return web_staff_page(w, MENU_WORK_FILE, f.title, html_done(&o));
}

static enum err file_save(struct web *w, int64_t id)
{
    struct act_work_file_save act = {
        .id = id, .unit = form_id(w, "don-vi"), .code = web_field(w, "code"), .title = web_field(w, "title"), .basis = web_field(w, "basis"),
        .years = web_int(w, "years", 0, 200, 0), .opened = form_need_date(w, "opened"), .closed = form_date(w, "closed", DATE_NEVER),
        .archived = form_date(w, "archived", DATE_NEVER), .note = web_field(w, "note"),
    };

    web_check_fields(w);
    enum err err = act_work_file_save(&act, w->ctx);
    if (form_is_refused(w, err))
        return id ? file_page(w, id, true) : files_page(w, true);
    return err ? err : web_redirect_saying(w, file_url(w, act.id), WORD_DOCUMENT_SAID_SAVED, STR(""));
}

static enum err files(struct web *w)
{
    return files_page(w, false);
}

static enum err file_add(struct web *w)
{
    return file_save(w, 0);
}

static enum err file_one(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : file_page(w, id, false);
}

static enum err file_change(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : file_save(w, id);
}

static enum err file_put(struct web *w)
{
    int64_t id;
    struct act_document_on on = {.id = form_id(w, "document")};
    enum err err = form_part_id(w, 0, &id);

    if (err)
        return err;
    web_check_fields(w);
    err = act_document_into_file(w->ctx, &on, id);
    if (err == ERR_NOT_FOUND)
        problem_add(w->ctx, "document", WORD_DOCUMENT_PROBLEM_LINK, STR(""));
    if (err == ERR_NOT_FOUND || form_is_refused(w, err))
        return file_page(w, id, true);
    if (!err && on.why != DOCUMENT_ALLOWED)
        return document_refused(w, &on, file_url(w, id));
    return err ? err : web_redirect_saying(w, file_url(w, id), WORD_DOCUMENT_SAID_SAVED, STR(""));
}

const struct web_route ROUTES_DOCUMENT_TASK[] = {
    {HTTP_GET, "/vb/viec", WEB_STAFF, LIST_FIELDS, tasks},
    {HTTP_GET, "/vb/viec/{id}", WEB_STAFF, NULL, task},
    {HTTP_POST, "/vb/viec/{id}/{act}", WEB_STAFF, CHANGE_FIELDS, change},
    {HTTP_GET, "/vb/ho-so", WEB_STAFF, NULL, files},
    {HTTP_POST, "/vb/ho-so", WEB_STAFF, FILE_FIELDS, file_add},
    {HTTP_GET, "/vb/ho-so/{id}", WEB_STAFF, NULL, file_one},
    {HTTP_POST, "/vb/ho-so/{id}", WEB_STAFF, FILE_FIELDS, file_change},
    {HTTP_POST, "/vb/ho-so/{id}/them", WEB_STAFF, FILE_FIELDS, file_put},
    {.path = NULL},
};
