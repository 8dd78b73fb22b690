/* One document: what it is, its files, its way, who received it, who works on it; and what may be done now. */
#include "web/document.h"
#include "web/document_sign.h"

#include "acts/desk.h"
#include "web/exchange.h"

static const struct http_field ACT_FIELDS[] = {
    {.name = "version", .max = 20}, {.name = "note", .max = 4000, .lines = true}, {.name = "initial", .max = 20, .many = true}, {.name = "date", .max = 40},
    {.name = "kept", .max = 20},    {.name = "work_file", .max = 20},             {.name = "buoc", .max = 12},                  {.name = NULL},
};
static const struct http_field FILE_FIELDS[] = {
    {.name = "version", .max = 20}, {.name = "file", .max = HTTP_BODY_MAX, .file = true}, {.name = "main", .max = 2}, {.name = "buoc", .max = 8}, {.name = NULL},
};
static const struct http_field DIRECT_FIELDS[] = {
    {.name = "version", .max = 20}, {.name = "content", .max = 4000, .lines = true}, {.name = "lead", .max = 20}, {.name = "person", .max = 20},
    {.name = "support", .max = 20, .many = true}, {.name = "know", .max = 20, .many = true}, {.name = "due", .max = 40}, {.name = "buoc", .max = 8},
    {.name = NULL},
};
static const struct http_field REGISTER_FIELDS[] = {
    {.name = "version", .max = 20}, {.name = "type", .max = 64}, {.name = "subject", .max = 1200}, {.name = "due", .max = 40}, {.name = "urgency", .max = 2},
    {.name = "note", .max = 4000, .lines = true}, {.name = "buoc", .max = 8}, {.name = NULL},
};

enum { FACTS_MAX = 24 };

/* ---- what it says ---- */

struct facts {
    const struct web *w;
    struct view_document_fact row[FACTS_MAX];
    size_t count;
};

static void fact(struct facts *f, enum word label, struct str text)
{
    if (text.n)
        f->row[f->count++] = (struct view_document_fact){.label = form_say(f->w, label), .text = text, .page = document_url(f->w, 1)};
}

static void fact_link(struct facts *f, enum word label, struct str text, struct url page)
{
    f->row[f->count++] = (struct view_document_fact){.label = form_say(f->w, label), .text = text, .page = page, .linked = true};
}

static void facts_fill(struct facts *f, const struct act_document *act)
{
    const struct q_document_by_id *d = &act->d;
    const struct web *w = f->w;

    fact(f, WORD_DOCUMENT_TYPE, d->type_name);
    fact(f, WORD_DOCUMENT_COL_CODE, d->code.n ? d->code : d->notation.n ? str_format(w->ctx->arena, "…/%" PRIstr, STR_ARG(d->notation)) : STR(""));
    fact(f, WORD_DOCUMENT_DATED, form_day(w, d->dated_on));
    fact(f, WORD_DOCUMENT_ARRIVAL_NO, d->arrival_no ? form_number(w, d->arrival_no) : STR(""));
    fact(f, WORD_DOCUMENT_ARRIVED, form_day(w, d->arrived_on));
    fact(f, WORD_DOCUMENT_AUTHOR, d->author);
    fact(f, WORD_DOCUMENT_REGISTER_OF, d->unit_name);
    fact(f, WORD_DOCUMENT_DRAFTER, d->drafter_name_null ? STR("") : str_format(w->ctx->arena, "%" PRIstr " – %" PRIstr, STR_ARG(d->drafter_name), STR_ARG(d->drafting_unit_name)));
    fact(f, WORD_DOCUMENT_ADDRESSEE, d->addressee);
    fact(f, WORD_DOCUMENT_SIGNER, d->signer_title.n ? str_format(w->ctx->arena, "%" PRIstr ", %" PRIstr, STR_ARG(d->signer), STR_ARG(d->signer_title)) : d->signer);
    fact(f, WORD_DOCUMENT_HOLDER, d->holder_name_null || !d->ended_at_null ? STR("") : d->holder_name);
    fact(f, WORD_DOCUMENT_DUE, form_day(w, d->due_on));
    fact(f, WORD_DOCUMENT_COPIES, d->copies > 1 ? form_number(w, d->copies) : STR(""));
    if (!d->reply_to_id_null)
        fact_link(f, WORD_DOCUMENT_REPLY_TO, form_number(w, d->reply_to_id), document_url(w, d->reply_to_id));
    if (!d->replaces_id_null)
        fact_link(f, WORD_DOCUMENT_REPLACES, form_number(w, d->replaces_id), document_url(w, d->replaces_id));
    for (size_t i = 0; i < act->reply_count && f->count < FACTS_MAX - 3; i++)
        fact_link(f, WORD_DOCUMENT_REPLY, act->reply[i].code.n ? act->reply[i].code : act->reply[i].subject, document_url(w, act->reply[i].id));
    if (!d->work_file_id_null)
        fact_link(f, WORD_DOCUMENT_WORK_FILE, form_number(w, d->work_file_id), URL_PATH(w->ctx->arena, "/vb/ho-so/%", form_number(w, d->work_file_id)));
    fact(f, WORD_COMMON_NOTE, d->note);
}

static struct str size_text(const struct web *w, int64_t bytes)
{
    struct str value[] = {word_int(w->ctx->arena, w->ctx->lang, (bytes + 1023) / 1024)};

    return word_format(w->ctx->arena, w->ctx->lang, WORD_DOCUMENT_KILOBYTES, value, 1);
}

static void files_fill(const struct web *w, const struct act_document *act, struct view_document_page *v)
{
    struct view_document_file_row *row = ARENA_ARRAY(w->ctx->arena, struct view_document_file_row, act->file_count);

    for (size_t i = 0; i < act->file_count; i++) {
        const struct q_document_file_list *f = &act->file[i];
        row[i] = (struct view_document_file_row){
            .page = URL_PATH(w->ctx->arena, "/vb/%/tep/%", form_number(w, act->id), form_number(w, f->no)), .name = f->name, .dropped = f->is_dropped,
            .kind = form_say(w, str_eq(f->kind, STR("main")) ? WORD_DOCUMENT_FILE_MAIN : WORD_DOCUMENT_FILE_ATTACHMENT), .size = size_text(w, f->size),
            .when = form_instant(w, f->at), .who = f->person_name_null ? STR("") : f->person_name,
        };
    }
    v->document_file_row = row;
    v->document_file_row_count = act->file_count;
}

static enum word step_word(struct str kind)
{
    return str_eq(kind, STR("initial")) ? WORD_DOCUMENT_ACT_INITIAL : str_eq(kind, STR("sign")) ? WORD_DOCUMENT_ACT_SIGN
         : str_eq(kind, STR("number")) ? WORD_DOCUMENT_ACT_NUMBER : WORD_DOCUMENT_ACT_SEAL;
}

static void steps_fill(const struct web *w, const struct act_document *act, struct view_document_page *v)
{
    struct view_document_step_row *row = ARENA_ARRAY(w->ctx->arena, struct view_document_step_row, act->step_count);

    for (size_t i = 0; i < act->step_count; i++) {
        const struct q_document_step_list *s = &act->step[i];
        bool good = str_eq(s->decision, STR("yes")), bad = str_eq(s->decision, STR("back"));
        struct str who = s->done_by_name_null ? s->person_name_null ? form_say(w, WORD_DOCUMENT_REGISTRY) : s->person_name : s->done_by_name;
        row[i] = (struct view_document_step_row){
            .what = form_say(w, step_word(s->kind)), .who = who, .asked = s->asked_at_null ? STR("") : form_instant(w, s->asked_at),
            .done = s->done_at_null ? STR("") : form_instant(w, s->done_at), .good = good, .bad = bad, .note = s->note, .certificate = s->certificate,
            .decision = good ? form_say(w, WORD_DOCUMENT_YES) : bad ? form_say(w, WORD_DOCUMENT_BACK) : s->asked_at_null ? STR("") : form_say(w, WORD_DOCUMENT_WAITS),
        };
    }
    v->document_step_row = row;
    v->document_step_row_count = act->step_count;
}

static void recipients_fill(const struct web *w, const struct act_document *act, struct view_document_page *v)
{
    struct view_document_recipient_row *row = ARENA_ARRAY(w->ctx->arena, struct view_document_recipient_row, act->recipient_count);

    for (size_t i = 0; i < act->recipient_count; i++) {
        const struct q_document_recipient_list *r = &act->recipient[i];
        row[i] = (struct view_document_recipient_row){
            .name = r->name, .purpose = form_say(w, str_eq(r->purpose, STR("act")) ? WORD_DOCUMENT_TO_ACT : WORD_DOCUMENT_TO_KNOW),
            .channel = form_say(w, r->is_paper ? WORD_DOCUMENT_ON_PAPER : WORD_DOCUMENT_ELECTRONIC),
            .sent = r->sent_at_null ? STR("") : form_instant(w, r->sent_at), .status = document_status_text(w, r->status),
            .bad = str_eq(r->status, STR("02")) || str_eq(r->status, STR("16")), .when = r->status_at_null ? STR("") : form_instant(w, r->status_at),
            .note = r->status_note,
        };
    }
    v->document_recipient_row = row;
    v->document_recipient_row_count = act->recipient_count;
}

static void comments_put(const struct web *w, struct html_out *o, const struct act_document *act)
{
    struct view_document_comment_row *row = ARENA_ARRAY(w->ctx->arena, struct view_document_comment_row, act->comment_count);

    for (size_t i = 0; i < act->comment_count; i++) {
        const struct q_document_comment_list *c = &act->comment[i];
        struct str no[] = {word_int(w->ctx->arena, w->ctx->lang, c->version_no)};
        row[i] = (struct view_document_comment_row){.who = c->person_name, .title = c->person_title, .when = form_instant(w, c->at), .text = c->text,
                                                    .about = word_format(w->ctx->arena, w->ctx->lang, WORD_DOCUMENT_COMMENT_ABOUT, no, 1)};
    }
    if (act->comment_count)
        view_document_comments(o, &(struct view_document_comments){.row = row, .row_count = act->comment_count});
}

static struct html body_html(struct web *w, const struct act_document *act)
{
    struct html_out o = web_out(w);
    size_t older = act->text_count > 1 ? act->text_count - 1 : 0;
    struct view_document_older *row = ARENA_ARRAY(w->ctx->arena, struct view_document_older, older);

    for (size_t i = 0; i < older; i++) {
        const struct q_document_version_list *t = &act->text[i + 1];
        row[i] = (struct view_document_older){.no = t->no, .who = t->person_name, .when = form_instant(w, t->at), .subject = t->subject, .body = t->body};
    }
    if (act->d.body.n)
        view_document_body(&o, &(struct view_document_body){.body = act->d.body, .older = row, .older_count = older});
    comments_put(w, &o, act);
    return html_done(&o);
}

/* ---- the page ---- */

static enum err show(struct web *w, int64_t id, int typed)
{
    struct act_document act = {.id = id};
    struct facts f = {.w = w};
    struct view_document_page v = {.state = STR("")};
    struct q_document_task_of *task;
    size_t task_count;
    struct html_out o = web_out(w);
    struct view_form_link link[2];
    size_t links = 0;
    enum err err = act_document(&act, w->ctx);

    if (!err)
        err = act_tasks_of_document(w->ctx, id, &task, &task_count);
    if (err)
        return err;
    _Static_assert(sizeof *task == sizeof(struct q_document_task_list), "one row shape");
    facts_fill(&f, &act);
    files_fill(w, &act, &v);
    steps_fill(w, &act, &v);
    recipients_fill(w, &act, &v);
    v.state = form_say(w, document_state_word((enum document_state)act.d.state));
    v.urgency = document_urgency_text(w, act.d.urgency);
    v.recall = act.d.recall.n ? form_say(w, document_recall_word(act.d.recall)) : STR("");
    v.recall_note = act.d.recall_note;
    v.fact = f.row;
    v.fact_count = f.count;
    v.has_tasks = task_count > 0;
    v.tasks = task_table(w, (struct q_document_task_list *)task, task_count);
    v.body = body_html(w, &act);
    err = exchange_card(w, id, &v.exchange);
    if (err)
        return err;
    if (act.may[DOCUMENT_EDIT])
        link[links++] = (struct view_form_link){document_act_url(w, id, "sua"), form_say(w, WORD_DOCUMENT_ACT_EDIT), false};
    if (act.d.way == DOCUMENT_IN && w->right[RIGHT_DOCUMENT_DRAFT])
        link[links++] = (struct view_form_link){url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/vb/du-thao"), "tra-loi", id), form_say(w, WORD_DOCUMENT_ANSWER_IT), true};
    if (act.d.state == DOCUMENT_RELEASED && act.is_registry)
        link[links++] = (struct view_form_link){url_with_int(w->ctx->arena, URL_PATH(w->ctx->arena, "/vb/du-thao"), "thay", id), form_say(w, WORD_DOCUMENT_REPLACE_IT), true};
    bool in = act.d.way == DOCUMENT_IN;
    form_head(&o, w, &(struct form_head){.heading_text = act.d.subject, .sub = act.d.code, .back = in ? URL_PATH(w->ctx->arena, "/vb/den") : URL_PATH(w->ctx->arena, "/vb/di"),
                                         .back_label = in ? WORD_DOCUMENT_IN : WORD_DOCUMENT_OUT, .has_back = true, .link = link, .link_count = links});
    struct html_out side = web_out(w);
    err = document_cards(w, &side, &act, typed);
    if (err)
        return err;
    v.acts = html_done(&side);
    view_document_page(&o, &v);
    if (typed >= 0)
        w->rs->status = 422;
    return web_staff_page(w, in ? MENU_DOCUMENT_IN : MENU_DOCUMENT_OUT, act.d.subject, html_done(&o));
}

static enum err one(struct web *w)
{
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    return err ? err : show(w, id, -1);
}

static enum err file(struct web *w)
{
    struct act_document_file_read act = {.document = 0};
    enum err err = form_part_id(w, 0, &act.document);

    if (!err)
        err = form_part_id(w, 1, &act.no);
    if (!err)
        err = act_document_file_read(&act, w->ctx);
    if (err)
        return err;
    w->rs->no_store = true;
    return web_file(w, act.media, act.name, act.bytes);
}

/* ---- acts ---- */

/* After every act: back to the page, with what is wrong, what the law says, or that it is done. */
static enum err after(struct web *w, struct act_document_on *on, enum err err, enum document_act act)
{
    if (form_is_refused(w, err))
        return show(w, on->id, (int)act);
    if (!err && on->why != DOCUMENT_ALLOWED)
        return document_refused(w, on, document_url(w, on->id));
    return err ? err : web_redirect_saying(w, document_url(w, on->id), WORD_DOCUMENT_SAID, form_say(w, document_act_word(act)));
}

static enum err on_of(struct web *w, struct act_document_on *on)
{
    *on = (struct act_document_on){.version = form_id(w, "version")};
    web_check_fields(w);
    return form_part_id(w, 0, &on->id);
}

static enum err submit(struct web *w)
{
    struct act_document_submit act = {.note = web_field(w, "note")};
    const struct str *text;
    size_t count = http_value_all(w->rq, w->ctx->arena, "initial", &text);
    enum err err = on_of(w, &act.on);

    for (size_t i = 0; !err && i < count && act.initial_count < DOCUMENT_INITIALS_MAX; i++)
        err = str_parse_int(text[i], 1, INT64_MAX, &act.initial[act.initial_count++]);
    return err ? err : after(w, &act.on, act_document_submit(&act, w->ctx), DOCUMENT_SUBMIT);
}

/* Acts that take a note and nothing else. */
static enum err with_note(struct web *w, enum err (*act)(struct ctx *ctx, struct act_document_on *on, struct str note), enum document_act what)
{
    struct act_document_on on;
    enum err err = on_of(w, &on);

    return err ? err : after(w, &on, act(w->ctx, &on, web_field(w, "note")), what);
}

static enum err initial(struct web *w)
{
    return with_note(w, act_document_initial, DOCUMENT_INITIAL);
}

static enum err comment(struct web *w)
{
    return with_note(w, act_document_comment, DOCUMENT_COMMENT);
}

static enum err send_back(struct web *w)
{
    return with_note(w, act_document_send_back, DOCUMENT_SEND_BACK);
}

static enum err take_back(struct web *w)
{
    return with_note(w, act_document_take_back, DOCUMENT_TAKE_BACK);
}

static enum err cancel(struct web *w)
{
    return with_note(w, act_document_cancel, DOCUMENT_CANCEL);
}

static enum err send_home(struct web *w)
{
    return with_note(w, act_document_return, DOCUMENT_RETURN);
}

static enum err finish(struct web *w)
{
    return with_note(w, act_document_finish, DOCUMENT_FINISH);
}

static enum err by_hand(struct web *w)
{
    struct act_document_on on;
    enum err err = on_of(w, &on);

    return err ? err : after(w, &on, act_document_sign_by_hand(w->ctx, &on), DOCUMENT_SIGN);
}

static enum err release(struct web *w)
{
    struct act_document_on on;
    enum err err = on_of(w, &on);

    return err ? err : after(w, &on, act_document_release(w->ctx, &on), DOCUMENT_RELEASE);
}

static enum err number(struct web *w)
{
    struct act_document_number act = {.date = form_date(w, "date", ctx_today(w->ctx)), .kept = form_id(w, "kept")};
    enum err err = on_of(w, &act.on);

    if (!err)
        err = act_document_number(&act, w->ctx);
    if (err || act.on.why != DOCUMENT_ALLOWED)
        return after(w, &act.on, err, DOCUMENT_NUMBER);
    return web_redirect_saying(w, document_url(w, act.on.id), WORD_DOCUMENT_SAID_NUMBER, act.code);
}

static enum err recall_answer(struct web *w, bool yes)
{
    struct act_document_recall_answer act = {.is_agreed = yes, .note = web_field(w, "note")};
    enum err err = on_of(w, &act.on);

    return err ? err : after(w, &act.on, act_document_recall_answer(&act, w->ctx), DOCUMENT_ALLOW_WITHDRAWAL);
}

static enum err recall_yes(struct web *w)
{
    return recall_answer(w, true);
}

static enum err recall_no(struct web *w)
{
    return recall_answer(w, false);
}

static enum err file_add(struct web *w)
{
    struct act_document_file act = {.is_main = web_checked(w, "main"), .name = STR(""), .media = STR(""), .bytes = STR("")};
    struct document_bytes file;
    enum err err = on_of(w, &act.on);

    if (document_upload(w, "file", &file)) {
        act.name = file.name;
        act.media = file.media;
        act.bytes = file.bytes;
    }
    return err ? err : after(w, &act.on, act_document_file_add(&act, w->ctx), DOCUMENT_EDIT);
}

static enum err take_in(struct web *w)
{
    struct act_document_register act = {.on = {.id = 0}};
    struct act_document d = {.id = 0};
    enum err err = on_of(w, &act.on);

    d.id = act.on.id;
    if (!err)
        err = act_document(&d, w->ctx);
    if (err)
        return err;
    act.what = (struct document_arrival){
        .type = web_field(w, "type"), .subject = web_field(w, "subject"), .author = d.d.author, .code = d.d.code, .dated_on = DATE_NEVER, .signer = d.d.signer,
        .signer_title = d.d.signer_title, .urgency = (enum document_urgency)web_int(w, "urgency", 0, URGENCY__COUNT - 1, 0),
        .due = form_date(w, "due", DATE_NEVER), .pages = d.d.pages, .copies = d.d.copies, .note = web_field(w, "note"),
    };
    if (date_parse(d.d.dated_on, &act.what.dated_on))
        return ERR_STORE;
    return after(w, &act.on, act_document_register(&act, w->ctx), DOCUMENT_REGISTER);
}

static enum err orders_of(struct web *w, const char *name, const char *role, struct date due, struct task_order *order, size_t *count)
{
    const struct str *text;
    size_t n = http_value_all(w->rq, w->ctx->arena, name, &text);

    for (size_t i = 0; i < n && *count < DOCUMENT_TASKS_MAX; i++) {
        int64_t unit;
        if (!text[i].n)
            continue;
        if (str_parse_int(text[i], 1, INT64_MAX, &unit))
            return ERR_NOT_FOUND;
        order[(*count)++] = (struct task_order){.unit = unit, .role = str_of(role), .due = due};
    }
    return OK;
}

static enum err direct(struct web *w)
{
    struct task_order order[DOCUMENT_TASKS_MAX];
    struct act_document_direct act = {.content = web_field(w, "content"), .task = order};
    struct date due = form_date(w, "due", DATE_NEVER);
    enum err err = on_of(w, &act.on);

    if (!err)
        err = orders_of(w, "lead", "lead", due, order, &act.task_count);
    if (!err && act.task_count)
        order[0].person = form_id(w, "person");
    if (!err)
        err = orders_of(w, "support", "support", due, order, &act.task_count);
    if (!err)
        err = orders_of(w, "know", "know", DATE_NEVER, order, &act.task_count);
    return err ? err : after(w, &act.on, act_document_direct(&act, w->ctx), DOCUMENT_DIRECT);
}

const struct web_route ROUTES_DOCUMENT_PAGE[] = {
    {HTTP_GET, "/vb/{id}", WEB_STAFF, NULL, one},
    {HTTP_GET, "/vb/{id}/tep/{no}", WEB_STAFF, NULL, file},
    {HTTP_POST, "/vb/{id}/tep", WEB_STAFF, FILE_FIELDS, file_add},
    {HTTP_POST, "/vb/{id}/trinh", WEB_STAFF, ACT_FIELDS, submit},
    {HTTP_POST, "/vb/{id}/ky-nhay", WEB_STAFF, ACT_FIELDS, initial},
    {HTTP_POST, "/vb/{id}/gop-y", WEB_STAFF, ACT_FIELDS, comment},
    {HTTP_POST, "/vb/{id}/tra-lai", WEB_STAFF, ACT_FIELDS, send_back},
    {HTTP_POST, "/vb/{id}/ky-tay", WEB_STAFF, ACT_FIELDS, by_hand},
    {HTTP_POST, "/vb/{id}/cap-so", WEB_STAFF, ACT_FIELDS, number},
    {HTTP_POST, "/vb/{id}/phat-hanh", WEB_STAFF, ACT_FIELDS, release},
    {HTTP_POST, "/vb/{id}/thu-hoi", WEB_STAFF, ACT_FIELDS, take_back},
    {HTTP_POST, "/vb/{id}/huy", WEB_STAFF, ACT_FIELDS, cancel},
    {HTTP_POST, "/vb/{id}/dang-ky", WEB_STAFF, REGISTER_FIELDS, take_in},
    {HTTP_POST, "/vb/{id}/tra-noi-gui", WEB_STAFF, ACT_FIELDS, send_home},
    {HTTP_POST, "/vb/{id}/chi-dao", WEB_STAFF, DIRECT_FIELDS, direct},
    {HTTP_POST, "/vb/{id}/ket-thuc", WEB_STAFF, ACT_FIELDS, finish},
    {HTTP_POST, "/vb/{id}/cho-thu-hoi", WEB_STAFF, ACT_FIELDS, recall_yes},
    {HTTP_POST, "/vb/{id}/khong-thu-hoi", WEB_STAFF, ACT_FIELDS, recall_no},
    {.path = NULL},
};
