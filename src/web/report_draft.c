/* Reports on their way: what people write in them, who moves them on, and what was frozen. */
#include "acts/report_draft.h"

#include "acts/document.h"
#include "acts/report_template.h"
#include "view_report.h"
#include "view_report_draft.h"
#include "web/form.h"
#include "web/period.h"
#include "web/report_html.h"
#include "web/url.h"

static const struct http_field MOVE_FIELDS[] = {
    {.name = "w-*", .max = REPORT_WORDS_MAX, .lines = true},
    {.name = "y-*", .max = REPORT_WORDS_MAX, .lines = true},
    {.name = "version", .max = 20},
    {.name = "text", .max = REPORT_WORDS_MAX, .lines = true},
    {.name = "place", .max = 200},
    {.name = "as_of", .max = 40},
    {.name = "settles", .max = 20},
    {.name = "buoc", .max = 8},
    {.name = NULL},
};
static const struct http_field PAGE_FIELDS[] = {{.name = "canh", .max = 1}, {.name = NULL}};

/* How each move is called, and what is said when it is done. */
static const struct {
    enum word name, said, did;
} MOVES[] = {
    [REPORT_WRITE] = {WORD_REPORT_DRAFT_SAVE, WORD_REPORT_DRAFT_SAVED, WORD_REPORT_DRAFT_DID_WRITE},
    [REPORT_COMMENT] = {WORD_REPORT_DRAFT_COMMENT, WORD_REPORT_DRAFT_COMMENTED, WORD_REPORT_DRAFT_DID_COMMENT},
    [REPORT_SETTLE] = {WORD_REPORT_DRAFT_SETTLE, WORD_REPORT_DRAFT_SETTLED_SAID, WORD_REPORT_DRAFT_DID_SETTLE},
    [REPORT_SUBMIT] = {WORD_REPORT_DRAFT_SUBMIT, WORD_REPORT_DRAFT_SUBMITTED, WORD_REPORT_DRAFT_SUBMIT},
    [REPORT_SEND_BACK] = {WORD_REPORT_DRAFT_SEND_BACK, WORD_REPORT_DRAFT_SENT_BACK, WORD_REPORT_DRAFT_SEND_BACK},
    [REPORT_INITIAL] = {WORD_REPORT_DRAFT_INITIAL, WORD_REPORT_DRAFT_INITIALLED, WORD_REPORT_DRAFT_INITIAL},
    [REPORT_FREEZE] = {WORD_REPORT_DRAFT_FREEZE, WORD_REPORT_DRAFT_FROZEN, WORD_REPORT_DRAFT_FREEZE},
    [REPORT_DOCUMENT] = {WORD_REPORT_DRAFT_MAKE_DOCUMENT, WORD_REPORT_DRAFT_DOCUMENT_MADE, WORD_REPORT_DRAFT_DID_DOCUMENT},
};
_Static_assert(sizeof MOVES / sizeof MOVES[0] == REPORT_MOVE__COUNT, "every move has its words");

static struct url draft_url(const struct web *w, int64_t id)
{
    return URL_PATH(w->ctx->arena, "/bc/ban/%", form_number(w, id));
}

static struct url move_url(const struct web *w, int64_t id, enum report_move m)
{
    return URL_PATH(w->ctx->arena, "/bc/ban/%/%", form_number(w, id), report_move_code(m));
}

static struct str days(const struct web *w, struct str from, struct str to)
{
    struct str day[] = {form_day(w, from), form_day(w, to)};

    return word_format(w->ctx->arena, w->ctx->lang, WORD_REPORT_DRAFT_UNTITLED, day, 2);
}

/* ---- the list ---- */

static struct str title_of(const struct web *w, const struct report_template *t, size_t count, struct str code)
{
    enum report_id id;

    for (size_t i = 0; i < count; i++)
        if (str_eq(t[i].code, code))
            return t[i].name[w->ctx->lang];
    return report_find(code, &id) ? form_say(w, report_word(id)) : code;
}

static enum err list(struct web *w)
{
    struct q_report_draft_list *row;
    struct report_template *t;
    size_t count, templates;
    struct html_out o = web_out(w);
    enum err err = act_report_drafts(w->ctx, &row, &count);

    if (!err)
        err = report_templates(w->ctx, &t, &templates);
    if (err)
        return err;
    struct view_report_draft_line *line = ARENA_ARRAY(w->ctx->arena, struct view_report_draft_line, count + 1);
    for (size_t i = 0; i < count; i++)
        line[i] = (struct view_report_draft_line){
            .page = draft_url(w, row[i].id),
            .title = title_of(w, t, templates, row[i].report),
            .unit = row[i].unit_name,
            .period = days(w, row[i].from_on, row[i].to_on),
            .state = form_say(w, report_state_word((enum report_state)row[i].state)),
            .done = row[i].state == REPORT_FROZEN,
            .who = row[i].person_name,
            .begun = form_instant(w, row[i].begun_at),
            .has_document = !row[i].document_id_null,
            .document_page = URL_PATH(w->ctx->arena, "/vb/%", form_number(w, row[i].document_id)),
        };
    form_head(&o, w, &(struct form_head){.heading = WORD_REPORT_DRAFT_TITLE, .back = URL_PATH(w->ctx->arena, "/bc"), .back_label = WORD_REPORT_LIST_TITLE, .has_back = true});
    view_report_draft_list(&o, &(struct view_report_draft_list){line, count});
    return web_staff_page(w, MENU_REPORT, form_say(w, WORD_REPORT_DRAFT_TITLE), html_done(&o));
}

/* ---- one draft ---- */

struct showing {
    struct web *w;
    struct act_report_draft d;
    enum report_move typed;   /* the form that was posted and refused; REPORT_MOVE__COUNT: none */
};

static struct html hidden(const struct showing *s)
{
    struct html_out o = web_out(s->w);

    view_report_draft_hidden(&o, &(struct view_report_draft_hidden){form_number(s->w, s->d.row.version)});
    return html_done(&o);
}

static void begin(const struct showing *s, struct form *f, enum report_move m)
{
    form_begin(f, s->w, move_url(s->w, s->d.id, m), str_z(s->w->ctx->arena, report_move_code(m)), s->typed == m);
    form_note(f, hidden(s));
}

static const char *place(const struct web *w, const char *prefix, struct str name)
{
    return str_z(w->ctx->arena, str_format(w->ctx->arena, "%s%" PRIstr, prefix, STR_ARG(name)));
}

static struct html texts(const struct showing *s)
{
    struct web *w = s->w;
    struct arena *a = w->ctx->arena;
    enum lang lang = w->ctx->lang;
    const struct report *r = &s->d.report;
    struct html_out o = web_out(w);
    struct form f;

    if (s->d.may[REPORT_WRITE] || (!r->narrative_count && !r->change_count))
        return html_done(&o);
    begin(s, &f, REPORT_WRITE);
    for (size_t i = 0; i < r->narrative_count; i++)
        form_add(&f, &(struct form_input){.name = place(w, "w-", r->narrative[i].id), .kind = FORM_AREA, .label_text = r->narrative[i].heading,
                                          .value = r->narrative[i].text, .hint = i ? STR("") : form_say(w, WORD_REPORT_DRAFT_TEXTS_HINT)});
    for (size_t i = 0; i < r->change_count && r->narrative_count + i < FORM_ROWS_MAX; i++) {
        const struct report_change *c = &r->change[i];
        struct str said[] = {c->name, report_cell_text(a, lang, &c->before), report_cell_text(a, lang, &c->now)};
        form_add(&f, &(struct form_input){.name = place(w, "y-", c->code), .kind = FORM_LINE, .value = c->reason,
                                          .label_text = word_format(a, lang, WORD_REPORT_DRAFT_MOVED, said, 3)});
    }
    form_card(&o, WORD_REPORT_DRAFT_TEXTS, form_end(&f, WORD_REPORT_DRAFT_SAVE));
    return html_done(&o);
}

/* A card with a button, and a field if the move has one. */
static void card(const struct showing *s, struct html_out *o, enum report_move m, const struct form_input *in)
{
    struct form f;

    if (s->d.may[m] == REPORT_NOT_NOW || s->d.may[m] == REPORT_SAME_PERSON || s->d.may[m] == REPORT_HAS_DOCUMENT)
        return;
    begin(s, &f, m);
    if (in)
        form_add(&f, in);
    form_card(o, MOVES[m].name, form_end(&f, MOVES[m].name));
}

static enum word did_word(struct str act)
{
    enum report_move m;

    return report_move_find(act, &m) ? MOVES[m].did : WORD_REPORT_DRAFT_DID_BEGIN;
}

static struct html history(const struct showing *s)
{
    struct web *w = s->w;
    struct html_out o = web_out(w);
    struct view_report_draft_event *row = ARENA_ARRAY(w->ctx->arena, struct view_report_draft_event, s->d.event_count + 1);

    for (size_t i = 0; i < s->d.event_count; i++) {
        const struct q_report_events *e = &s->d.event[i];
        row[i] = (struct view_report_draft_event){form_say(w, did_word(e->act)), e->actor_name, form_instant(w, e->at),
                                                  str_eq(e->act, report_move_code(REPORT_COMMENT)) ? STR("") : e->note};
    }
    view_report_draft_events(&o, &(struct view_report_draft_events){row, s->d.event_count});
    return html_done(&o);
}

static void comments(const struct showing *s, struct html_out *o)
{
    struct web *w = s->w;
    const struct report *r = &s->d.report;
    struct html_out list_ = web_out(w);
    struct view_report_draft_comment *row = ARENA_ARRAY(w->ctx->arena, struct view_report_draft_comment, s->d.event_count + 1);
    size_t n = 0;

    for (size_t i = 0; i < s->d.event_count; i++) {
        const struct q_report_events *e = &s->d.event[i];
        if (!str_eq(e->act, report_move_code(REPORT_COMMENT)))
            continue;
        row[n++] = (struct view_report_draft_comment){.who = e->actor_name, .when = form_instant(w, e->at), .about = e->place, .text = e->note,
                                                      .open = e->settled_at_null, .may = e->settled_at_null && !s->d.may[REPORT_SETTLE],
                                                      .action = move_url(w, s->d.id, REPORT_SETTLE), .csrf = w->csrf, .pos = form_number(w, e->pos)};
    }
    if (!n && s->d.may[REPORT_COMMENT])
        return;
    view_report_draft_comments(&list_, &(struct view_report_draft_comments){row, n});
    if (!s->d.may[REPORT_COMMENT]) {
        struct form f;
        struct form_choice *c = ARENA_ARRAY(w->ctx->arena, struct form_choice, r->paragraph_count + 2);
        size_t count = 0;
        c[count++] = (struct form_choice){.value = STR(""), .label = STR("–")};
        for (size_t i = 0; i < r->paragraph_count; i++)
            if (r->paragraph[i].is_heading) {
                c[count].value = c[count].label = r->paragraph[i].piece[0].text;
                count++;
            }
        begin(s, &f, REPORT_COMMENT);
        form_add(&f, &(struct form_input){.name = "place", .kind = FORM_SELECT, .label = WORD_REPORT_DRAFT_COMMENT_ABOUT, .choice = c, .choice_count = count,
                                          .optional = true});
        form_add(&f, &(struct form_input){.name = "text", .kind = FORM_AREA, .label = WORD_REPORT_DRAFT_COMMENT_TEXT});
        html_put(&list_, form_end(&f, WORD_REPORT_DRAFT_COMMENT));
    }
    form_card(o, WORD_REPORT_DRAFT_COMMENTS, html_done(&list_));
}

static void files(const struct showing *s, struct html_out *o)
{
    struct web *w = s->w;
    struct arena *a = w->ctx->arena;
    struct html_out body = web_out(w);
    struct view_report_draft_file *row = ARENA_ARRAY(a, struct view_report_draft_file, s->d.file_count + 1);
    struct str as_of = form_instant(w, s->d.row.as_of);

    if (s->d.row.state != REPORT_FROZEN)
        return;
    for (size_t i = 0; i < s->d.file_count; i++)
        row[i] = (struct view_report_draft_file){URL_PATH(a, "/bc/ban/%/tep/%", form_number(w, s->d.id), s->d.file[i].format),
                                                 str_format(a, "%" PRIstr ".%" PRIstr, STR_ARG(s->d.row.report), STR_ARG(s->d.file[i].format)), s->d.file[i].sha256};
    view_report_draft_files(&body, &(struct view_report_draft_files){
                                       .as_of = word_format(a, w->ctx->lang, WORD_REPORT_DRAFT_AS_OF_IS, &as_of, 1),
                                       .row = row, .row_count = s->d.file_count, .has_document = !s->d.row.document_id_null,
                                       .document_page = URL_PATH(a, "/vb/%", form_number(w, s->d.row.document_id))});
    form_card(o, WORD_REPORT_DRAFT_FILES, html_done(&body));
}

static void state(const struct showing *s, struct html_out *o, bool is_beside)
{
    struct web *w = s->w;
    struct html_out body = web_out(w);
    struct url own = draft_url(w, s->d.id);

    view_report_draft_state(&body, &(struct view_report_draft_state){
                                       .state = form_say(w, report_state_word(s->d.facts.state)), .done = s->d.facts.state == REPORT_FROZEN,
                                       .unexplained = s->d.facts.unexplained, .open = s->d.facts.open_comments, .adjusts = s->d.report.adjusts != 0,
                                       .adjusts_page = draft_url(w, s->d.report.adjusts), .adjustments = (int64_t)s->d.report.adjustment_count,
                                       .beside = is_beside ? own : url_with(w->ctx->arena, own, "canh", STR("1")),
                                       .beside_label = form_say(w, is_beside ? WORD_REPORT_DRAFT_BESIDE_OFF : WORD_REPORT_DRAFT_BESIDE)});
    form_card(o, WORD_REPORT_DRAFT_STATE, html_done(&body));
}

static struct html cards(const struct showing *s, bool is_beside)
{
    struct web *w = s->w;
    struct html_out o = web_out(w);

    state(s, &o, is_beside);
    files(s, &o);
    card(s, &o, REPORT_SUBMIT, NULL);
    card(s, &o, REPORT_INITIAL, NULL);
    card(s, &o, REPORT_FREEZE, &(struct form_input){.name = "as_of", .kind = FORM_LINE, .label = WORD_REPORT_DRAFT_AS_OF, .optional = true,
                                                    .hint = form_say(w, WORD_REPORT_DRAFT_FREEZE_HINT)});
    card(s, &o, REPORT_SEND_BACK, &(struct form_input){.name = "text", .kind = FORM_AREA, .label = WORD_REPORT_DRAFT_REASON});
    card(s, &o, REPORT_DOCUMENT, NULL);
    comments(s, &o);
    form_card(&o, WORD_REPORT_DRAFT_HISTORY, history(s));
    return html_done(&o);
}

struct linking {
    const struct web *w;
    const struct report *r;
};

static struct url records_of(void *arg, const struct report_source *source)
{
    const struct linking *l = arg;

    return report_records_url(l->w, l->r, source);
}

static struct html document(const struct web *w, const struct report *r)
{
    struct linking l = {w, r};

    return report_html(w->ctx->arena, w->ctx->lang, r, records_of, &l);
}

/* The period before: what was frozen of it, or what is known of it now. */
static enum err before(struct showing *s, struct report *ret, bool *ret_is)
{
    struct act_report_draft d = {.id = s->d.report.adjusts};
    struct report_question q;
    enum err err = OK;

    *ret_is = true;
    if (d.id) {
        err = act_report_draft(&d, s->w->ctx);
        *ret = d.report;
    } else if (report_question_before(&s->d.report.question, &q)) {
        err = act_report(&q, s->w->ctx, ret);
    } else {
        *ret_is = false;
    }
    return err;
}

static struct str period_of_report(const struct report *r)
{
    return r->period.n ? r->period : r->range;
}

static enum err show(struct showing *s)
{
    struct web *w = s->w;
    struct arena *a = w->ctx->arena;
    struct html_out o = web_out(w);
    const struct report *r;
    struct report earlier;
    bool is_beside = str_eq(web_field(w, "canh"), STR("1"));
    enum err err = act_report_draft(&s->d, w->ctx);

    if (!err && is_beside)
        err = before(s, &earlier, &is_beside);
    if (err)
        return err;
    r = &s->d.report;
    struct str broken = word_int(a, w->ctx->lang, (int64_t)r->broken_count), now = period_of_report(r), then = is_beside ? period_of_report(&earlier) : STR("");
    struct view_report_draft_page v = {
        .problems = web_problems(w), .title = r->title, .sub = str_format(a, "%" PRIstr " · %" PRIstr, STR_ARG(s->d.row.unit_name), STR_ARG(now)),
        .back = URL_PATH(a, "/bc/ban"), .report_law = report_html_laws(a, r), .report_law_count = r->broken_count,
        .laws_broken = word_format(a, w->ctx->lang, WORD_REPORT_LAWS_BROKEN, &broken, 1),
        .written = !s->d.may[REPORT_WRITE] && (r->narrative_count || r->change_count), .texts = texts(s), .cards = cards(s, is_beside),
        .document = document(w, r),
    };
    if (is_beside) {
        v.before = document(w, &earlier);
        v.before_title = word_format(a, w->ctx->lang, WORD_REPORT_DRAFT_BEFORE_TITLE, &then, 1);
        v.now_title = word_format(a, w->ctx->lang, WORD_REPORT_DRAFT_NOW_TITLE, &now, 1);
    } else {
        v.before = html_done(&(struct html_out){.buf = buf_in(a)});
        v.before_title = v.now_title = STR("");
    }
    view_report_draft_page(&o, &v);
    return web_staff_page(w, MENU_REPORT, r->title, html_done(&o));
}

static enum err page(struct web *w)
{
    struct showing s = {.w = w, .typed = REPORT_MOVE__COUNT};
    enum err err = form_part_id(w, 0, &s.d.id);

    return err ? err : show(&s);
}

static enum err file(struct web *w)
{
    struct q_report_draft_by_id row;
    struct str bytes, format = w->rq->part[1];
    const struct report_format *as = report_format_find(format);
    int64_t id;
    enum err err = form_part_id(w, 0, &id);

    if (!err)
        err = as ? act_report_draft_file(w->ctx, id, format, &bytes, &row) : ERR_NOT_FOUND;
    if (err)
        return err;
    return web_file(w, as->type, str_format(w->ctx->arena, "%" PRIstr "-%" PRIstr "-%" PRIstr ".%" PRIstr, STR_ARG(row.report), STR_ARG(row.from_on),
                                            STR_ARG(row.to_on), STR_ARG(format)), bytes);
}

/* ---- moving ---- */

static void words_read(struct web *w, struct act_report_move *act)
{
    struct report_words *words = ARENA_ARRAY(w->ctx->arena, struct report_words, w->rq->value_count + 1);

    for (size_t i = 0; i < w->rq->value_count; i++) {
        struct str name = str_of(w->rq->value[i].name);
        if (str_has_prefix(name, STR("w-")) || str_has_prefix(name, STR("y-")))
            words[act->words_count++] = (struct report_words){name, str_trim(w->rq->value[i].text)};
    }
    act->words = words;
}

static enum err move(struct web *w)
{
    struct showing s = {.w = w};
    struct act_report_move act = {.version = web_int(w, "version", 0, INT64_MAX, 0), .place = web_field(w, "place"), .text = web_field(w, "text"),
                                  .settles = web_int(w, "settles", 0, INT64_MAX, 0)};
    const struct zone *zone;
    enum err err = form_part_id(w, 0, &act.id);

    if (!err && !report_move_find(w->rq->part[1], &act.move))
        err = ERR_NOT_FOUND;
    if (!err)
        err = zone_open(STR("Asia/Ho_Chi_Minh"), &zone);
    if (err)
        return err;
    s.d.id = act.id;
    s.typed = act.move;
    act.as_of = period_moment(w, "as_of", zone, (struct instant){0});
    words_read(w, &act);
    web_check_fields(w);
    err = w->ctx->problems.count ? ERR_INVALID : act_report_move(&act, w->ctx);
    if (!err && act.why)
        problem_add(w->ctx, "", report_refusal_word(act.why), STR(""));
    if (act.why || (err == ERR_INVALID && w->ctx->problems.count)) {
        w->rs->status = 422;
        return show(&s);
    }
    return err ? err : web_redirect_saying(w, act.document ? URL_PATH(w->ctx->arena, "/vb/%", form_number(w, act.document)) : draft_url(w, act.id), MOVES[act.move].said,
                                           act.sha256);
}

const struct web_route ROUTES_REPORT_DRAFT[] = {
    {HTTP_GET, "/bc/ban", WEB_STAFF, NULL, list},
    {HTTP_GET, "/bc/ban/{id}", WEB_STAFF, PAGE_FIELDS, page},
    {HTTP_GET, "/bc/ban/{id}/tep/{dang}", WEB_STAFF, NULL, file},
    {HTTP_POST, "/bc/ban/{id}/{viec}", WEB_STAFF, MOVE_FIELDS, move},
    {.path = NULL},
};
