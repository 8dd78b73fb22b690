#include "acts/report_draft.h"

#include "acts/admin.h"
#include "acts/document.h"
#include "acts/file.h"
#include "acts/report_build.h"
#include "sql_unit.h"
#include "store/journal.h"

/* What a frozen report is kept as. */
static const struct str FORMATS[] = {STR_INIT("json"), STR_INIT("pdf"), STR_INIT("docx"), STR_INIT("xlsx")};
enum { FORMATS_COUNT = sizeof FORMATS / sizeof FORMATS[0] };
_Static_assert(FORMATS_COUNT <= sizeof((struct act_report_draft *)0)->file / sizeof(struct report_file), "every file has its place");

static enum err journal(struct ctx *ctx, struct db *tx, const char *act, int64_t unit, int64_t subject, struct json p, int64_t *ret_id)
{
    struct q_unit_by_id u;
    enum err err = q_unit_by_id(tx, ctx->arena, unit, &u);
    struct journal_entry j = {.unit = err ? STR("") : u.code, .happened_at = ctx->now, .recorded_at = ctx->now, .actor = ctx->actor.id,
                              .act = str_of(act), .subject_kind = STR("report_draft"), .subject_id = subject, .payload = p};

    if (!err)
        err = journal_append(tx, ctx->arena, &j);
    if (!err && ret_id)
        *ret_id = subject ? subject : j.pos;
    return err;
}

/* ---- beginning ---- */

struct beginning {
    struct act_report_begin *act;
    struct ctx *ctx;
    const struct report *r;
};

static enum err begin_in_transaction(struct db *tx, void *arg)
{
    struct beginning *b = arg;
    const struct report_question *q = &b->r->question;
    struct arena *a = b->ctx->arena;
    struct json p = json_new_object(a);

    json_put_int(p, "unit", q->unit);
    json_put_text(p, "report", report_question_code(q));
    json_put_int(p, "edition", b->r->edition);
    json_put_text(p, "period", q->period);
    json_put_text(p, "from", date_iso(a, q->from));
    json_put_text(p, "to", date_iso(a, q->to));
    json_put_text(p, "ended", report_ended_code(q->ended));
    json_put_int(p, "state", REPORT_DRAFTED);
    json_put_json(p, "content", json_new_object(a));
    return journal(b->ctx, tx, "report.begin", q->unit, 0, p, &b->act->id);
}

enum err act_report_begin(struct act_report_begin *act, struct ctx *ctx)
{
    struct report r;
    struct report_question q = act->question;
    struct beginning b = {act, ctx, &r};
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_REPORT_ISSUE, q.unit, 0);

    q.as_of = (struct instant){0};
    q.draft = 0;
    q.words = q.reasons = (struct json){NULL};
    if (!err)
        err = report_whole(ctx, &q);
    if (!err)
        err = act_report(&q, ctx, &r);
    return err ? err : ctx_transact(ctx, begin_in_transaction, &b);
}

/* ---- reading ---- */

static enum err load(struct ctx *ctx, struct db *db, enum right right, int64_t id, struct q_report_draft_by_id *ret)
{
    enum err err = q_report_draft_by_id(db, ctx->arena, id, ret);

    if (!err)
        err = right_check(ctx, db, right, ret->unit_id, 0);
    return err == ERR_FORBIDDEN && right == RIGHT_REPORT_READ ? ERR_NOT_FOUND : err;
}

static void facts_of(const struct ctx *ctx, const struct q_report_draft_by_id *row, const struct report *r, const struct q_report_events *event, size_t count,
                     struct report_facts *ret)
{
    *ret = (struct report_facts){.state = (enum report_state)row->state, .broken = (int64_t)r->broken_count, .unexplained = (int64_t)r->unexplained,
                                 .has_document = !row->document_id_null};
    for (size_t i = 0; i < count; i++) {
        if (str_eq(event[i].act, report_move_code(REPORT_SUBMIT)))
            ret->is_submitter = event[i].actor_id == ctx->actor.id;
        ret->open_comments += str_eq(event[i].act, report_move_code(REPORT_COMMENT)) && event[i].settled_at_null;
    }
}

static void files_of(const struct ctx *ctx, const struct q_report_draft_by_id *row, struct act_report_draft *ret)
{
    struct json files;

    ret->file_count = 0;
    if (json_parse(ctx->arena, row->files, &files, NULL))
        return;
    for (size_t i = 0; i < FORMATS_COUNT; i++) {
        struct str hash = json_as_text(json_get_named(files, FORMATS[i]));
        if (hash.n)
            ret->file[ret->file_count++] = (struct report_file){FORMATS[i], hash};
    }
}

enum err act_report_draft(struct act_report_draft *act, struct ctx *ctx)
{
    struct report_question q;
    enum err err = load(ctx, ctx_db(ctx), RIGHT_REPORT_READ, act->id, &act->row);

    if (!err)
        err = report_draft_question(ctx, &act->row, &q);
    if (!err)
        err = act_report(&q, ctx, &act->report);
    if (!err)
        err = q_report_events(ctx_db(ctx), ctx->arena, act->id, &act->event, &act->event_count);
    if (err)
        return err;
    err = right_check(ctx, ctx_db(ctx), RIGHT_REPORT_ISSUE, act->row.unit_id, 0);
    act->may_issue = err == OK;
    facts_of(ctx, &act->row, &act->report, act->event, act->event_count, &act->facts);
    for (int m = 0; m < REPORT_MOVE__COUNT; m++)
        act->may[m] = act->may_issue ? report_allows((enum report_move)m, &act->facts) : REPORT_NOT_NOW;
    files_of(ctx, &act->row, act);
    return err == ERR_FORBIDDEN ? OK : err;
}

enum err act_report_draft_file(struct ctx *ctx, int64_t id, struct str format, struct str *ret_bytes, struct q_report_draft_by_id *ret_row)
{
    struct act_report_draft d = {.id = id};
    enum err err = load(ctx, ctx_db(ctx), RIGHT_REPORT_READ, id, ret_row);

    if (err)
        return err;
    files_of(ctx, ret_row, &d);
    for (size_t i = 0; i < d.file_count; i++)
        if (str_eq(d.file[i].format, format))
            return file_bytes(ctx_db(ctx), ctx->arena, d.file[i].sha256, ret_bytes);
    return ERR_NOT_FOUND;
}

enum err act_report_drafts(struct ctx *ctx, struct q_report_draft_list **ret, size_t *ret_count)
{
    enum err err = right_check_any(ctx, RIGHT_REPORT_READ);

    return err ? err
               : q_report_draft_list(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(RIGHT_REPORT_READ), ctx_today_iso(ctx), REPORT_DRAFTS_SHOWN, ret,
                                     ret_count);
}

/* ---- moving ---- */

struct moving {
    struct act_report_move *act;
    struct ctx *ctx;
    struct q_report_draft_by_id row;
    struct report report;
    struct str bytes[FORMATS_COUNT];
    struct json payload;
};

/* Where in the content a place is, and under which name; what the template says there. */
struct place {
    const char *part;
    struct str name, given;
};

static bool place_of(const struct moving *m, struct str place, struct place *ret)
{
    const struct report *r = &m->report;
    bool words = str_has_prefix(place, STR("w-"));

    *ret = (struct place){words ? "words" : "reasons", str_sub(place, STR("w-").n, place.n), STR("")};
    for (size_t i = 0; words && i < r->narrative_count; i++)
        if (str_eq(r->narrative[i].id, ret->name)) {
            ret->given = r->narrative[i].given;
            return true;
        }
    for (size_t i = 0; str_has_prefix(place, STR("y-")) && i < r->change_count; i++)
        if (str_eq(r->change[i].code, ret->name))
            return true;
    return false;
}

/* What one text says is tried: a hole that is no figure is a problem of its place. */
static enum err try_words(struct moving *m, const struct report_question *q, struct str place)
{
    struct ctx *ctx = m->ctx, inner = *ctx;
    struct report tried;

    inner.problems = (struct problems){NULL};
    enum err err = act_report(q, &inner, &tried);
    if (err == ERR_INVALID && inner.problems.count) {
        problem_add(ctx, str_z(ctx->arena, place), inner.problems.first->word, inner.problems.first->arg);
        return OK;
    }
    return err;
}

/* The content with these texts changed. */
static enum err write(struct moving *m, struct report_question *q, struct json *ret_content)
{
    struct ctx *ctx = m->ctx;
    struct arena *a = ctx->arena;
    struct json content;
    struct place p;
    enum err err = json_parse(a, m->row.content, &content, NULL) ? ERR_STORE : OK;

    for (size_t i = 0; !err && i < m->act->words_count; i++) {
        const struct report_words *w = &m->act->words[i];
        if (!place_of(m, w->place, &p))
            return ERR_NOT_FOUND;
        admin_check_text(ctx, str_z(a, w->place), w->text, REPORT_WORDS_MAX);
        if (!json_has(content, p.part))
            json_put_json(content, p.part, json_new_object(a));
        json_put_named(json_get(content, p.part), p.name, json_new_text(a, str_eq(w->text, p.given) ? STR("") : w->text));
        q->words = json_get(content, "words");
        q->reasons = json_get(content, "reasons");
        if (str_eq(str_of(p.part), STR("words")) && str_find(w->text, STR("{")) != STR_NONE && !str_eq(w->text, p.given))
            err = try_words(m, q, w->place);
    }
    *ret_content = content;
    return err ? err : ctx->problems.count ? ERR_INVALID : OK;
}

/* As of when, and the files that stay. */
static enum err freeze(struct moving *m, struct report_question *q)
{
    struct ctx *ctx = m->ctx;
    enum err err;

    q->as_of = m->act->as_of.ms ? m->act->as_of : ctx->now;
    if (instant_cmp(q->as_of, ctx->now) > 0) {
        problem_add(ctx, "as_of", WORD_REPORT_LIFE_PROBLEM_FUTURE, STR(""));
        return ERR_INVALID;
    }
    err = report_whole(ctx, q);
    if (!err)
        err = act_report(q, ctx, &m->report);
    for (size_t i = 0; !err && i < FORMATS_COUNT; i++)
        err = report_format_find(FORMATS[i])->make(ctx->arena, LANG_VI, &m->report, &m->bytes[i]);
    return err;
}

static struct json numbers_json(struct arena *a, const struct report *r)
{
    struct json list = json_new_array(a);
    struct report_cell *n;
    size_t count;

    report_numbers(a, r, &n, &count);
    for (size_t i = 0; i < count; i++) {
        struct json o = json_new_object(a);
        json_put_text(o, "code", n[i].source.code);
        json_put_bool(o, "is_indicator", n[i].source.is_indicator);
        json_put_int(o, "unit", n[i].source.unit);
        json_put_int(o, "field", n[i].source.field);
        json_put_text(o, "from", date_iso(a, n[i].source.from));
        json_put_text(o, "to", date_iso(a, n[i].source.to));
        json_put_int(o, "kind", n[i].kind);
        json_put_int(o, "n", n[i].n);
        json_put_int(o, "whole", n[i].whole);
        json_append(list, o);
    }
    return list;
}

static enum err keep(struct moving *m, struct db *tx)
{
    struct arena *a = m->ctx->arena;
    struct json frozen = json_new_object(a), files = json_new_object(a);
    enum err err = OK;

    for (size_t i = 0; !err && i < FORMATS_COUNT; i++) {
        struct file_ref ref = {.hash = STR("")};
        err = file_keep(tx, a, m->bytes[i], &ref);
        if (!err && i == 0)
            m->act->sha256 = ref.hash;
        json_put_named(files, FORMATS[i], json_new_text(a, ref.hash));
    }
    json_put_text(frozen, "as_of", instant_iso(a, m->report.question.as_of));
    json_put_int(frozen, "edition", m->report.edition);
    json_put_text(frozen, "definitions", m->report.definitions);
    json_put_json(frozen, "files", files);
    json_put_json(frozen, "numbers", numbers_json(a, &m->report));
    json_put_json(m->payload, "frozen", frozen);
    return err;
}

/* The draft of the document that carries it: its PDF, with the workbook behind it. */
static enum err document(struct moving *m, struct db *tx)
{
    struct ctx *ctx = m->ctx;
    struct arena *a = ctx->arena;
    struct q_report_draft_by_id row;
    struct str pdf = STR(""), xlsx = STR("");
    struct db *outer = ctx->tx;

    ctx->tx = tx;
    struct act_document_draft d = {.unit = m->row.unit_id, .type = STR("bao-cao"), .signer = m->act->signer, .due = DATE_NEVER, .copies = 1,
                                   .subject = m->report.period.n ? str_format(a, "%" PRIstr " – %" PRIstr, STR_ARG(m->report.title), STR_ARG(m->report.period))
                                                                 : m->report.title};
    enum err err = act_document_draft(&d, ctx);
    if (!err)
        err = act_report_draft_file(ctx, m->row.id, STR("pdf"), &pdf, &row);
    if (!err)
        err = act_report_draft_file(ctx, m->row.id, STR("xlsx"), &xlsx, &row);
    struct act_document_file main_file = {.on = {.id = d.on.id}, .is_main = true, .name = STR("bao-cao.pdf"), .media = STR("application/pdf"), .bytes = pdf};
    struct act_document_file book = {.on = {.id = d.on.id}, .name = STR("so-lieu.xlsx"), .media = report_format_find(STR("xlsx"))->type, .bytes = xlsx};
    if (!err)
        err = act_document_file_add(&main_file, ctx);
    if (!err)
        err = act_document_file_add(&book, ctx);
    ctx->tx = outer;
    json_put_int(m->payload, "document", d.on.id);
    m->act->document = d.on.id;
    return err;
}

static enum err move_in_transaction(struct db *tx, void *arg)
{
    struct moving *m = arg;
    struct act_report_move *act = m->act;
    struct q_report_draft_by_id now;
    enum err err = load(m->ctx, tx, RIGHT_REPORT_ISSUE, act->id, &now);

    if (!err && now.version != m->row.version)
        err = ERR_STALE;
    if (!err && act->move == REPORT_FREEZE)
        err = keep(m, tx);
    if (!err && act->move == REPORT_DOCUMENT)
        err = document(m, tx);
    return err ? err : journal(m->ctx, tx, "report.move", now.unit_id, act->id, m->payload, NULL);
}

static bool needs_text(enum report_move move)
{
    return move == REPORT_COMMENT || move == REPORT_SEND_BACK;
}

static enum err prepare(struct moving *m)
{
    struct ctx *ctx = m->ctx;
    struct act_report_move *act = m->act;
    struct act_report_draft d = {.id = act->id};
    struct report_question q;
    struct json content = {NULL};
    enum err err = act_report_draft(&d, ctx);

    if (!err && !d.may_issue)
        err = ERR_FORBIDDEN;
    if (!err && act->version && act->version != d.row.version)
        err = ERR_STALE;
    if (!err)
        err = report_draft_question(ctx, &d.row, &q);
    if (err)
        return err;
    m->row = d.row;
    m->report = d.report;
    act->why = d.may[act->move];
    if (act->why)
        return OK;
    if (needs_text(act->move))
        admin_need_line(ctx, "text", act->text, REPORT_WORDS_MAX);
    if (ctx->problems.count)
        return ERR_INVALID;
    if (act->move == REPORT_WRITE)
        err = write(m, &q, &content);
    else if (json_parse(ctx->arena, d.row.content, &content, NULL))
        err = ERR_STORE;
    if (!err && act->move == REPORT_FREEZE) {
        err = freeze(m, &q);
        d.facts.broken = (int64_t)m->report.broken_count;
        d.facts.unexplained = (int64_t)m->report.unexplained;
        act->why = err ? act->why : report_allows(act->move, &d.facts);
    }
    m->payload = json_new_object(ctx->arena);
    json_put_text(m->payload, "act", report_move_code(act->move));
    json_put_text(m->payload, "place", act->place);
    json_put_text(m->payload, "note", act->text);
    if (act->move == REPORT_SETTLE)
        json_put_int(m->payload, "settles", act->settles);
    if (act->move != REPORT_COMMENT && act->move != REPORT_SETTLE && act->move != REPORT_DOCUMENT) {
        json_put_int(m->payload, "state", report_after(act->move, d.facts.state));
        json_put_json(m->payload, "content", content);
    }
    return err;
}

enum err act_report_move(struct act_report_move *act, struct ctx *ctx)
{
    struct moving m = {.act = act, .ctx = ctx};
    enum err err = prepare(&m);

    return err || act->why ? err : admin_transact(ctx, move_in_transaction, &m);
}
