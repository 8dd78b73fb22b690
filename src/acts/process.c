#include "acts/process.h"

#include "acts/admin.h"
#include "acts/catalogue.h"
#include "script/script.h"

/* ---- reading a file ---- */

void process_examine(struct arena *a, const struct bpmn *file, size_t i, struct process *ret,
                     struct process_finding **ret_findings, size_t *ret_count)
{
    struct process_finding *own, *all;
    size_t own_count, n = 0;
    struct str missing = STR(""), message;
    enum err err = bpmn_whole(a, file, i, ret, &missing);

    if (err)
        *ret = file->process[i];
    process_check(a, ret, &own, &own_count);
    all = ARENA_ARRAY(a, struct process_finding, own_count + ret->flow_count + ret->node_count * 2 + 1);
    if (err)
        all[n++] = (struct process_finding){
            ret->id, err == ERR_NOT_FOUND ? WORD_PROCESS_CALL_UNKNOWN : WORD_PROCESS_TOO_LARGE, missing};
    for (size_t k = 0; k < own_count; k++)
        all[n++] = own[k];
    for (size_t k = 0; k < ret->flow_count; k++) { /* no expression would fail later, before somebody's eyes */
        const struct process_flow *f = &ret->flow[k];
        if (f->condition.n && script_check(a, f->condition, &message))
            all[n++] = (struct process_finding){f->id, WORD_PROCESS_CONDITION, message};
    }
    for (size_t k = 0; k < ret->node_count; k++) {
        const struct process_node *node = &ret->node[k];
        if (str_has_prefix(node->assign, STR("=")) && script_check(a, node->assign, &message))
            all[n++] = (struct process_finding){node->id, WORD_PROCESS_CONDITION, message};
        if (str_has_prefix(node->place, STR("=")) && script_check(a, node->place, &message))
            all[n++] = (struct process_finding){node->id, WORD_PROCESS_CONDITION, message};
    }
    *ret_findings = all;
    *ret_count = n;
}

/* The findings of the reader, of the first process, and of the limit, in one list. */
static void findings_join(struct arena *a, const struct bpmn *file, struct process_reading *r)
{
    struct process_finding *own;
    size_t count, n = 0;
    int *path;
    size_t path_count;

    process_examine(a, file, 0, &r->process, &own, &count);
    r->minutes = process_longest(a, &r->process, &path, &path_count);
    r->finding = ARENA_ARRAY(a, struct process_finding, file->finding_count + count + 1);
    for (size_t i = 0; i < file->finding_count; i++)
        r->finding[n++] = file->finding[i];
    for (size_t i = 0; i < count; i++)
        r->finding[n++] = own[i];
    if (r->limit && r->minutes > r->limit)
        r->finding[n++] = (struct process_finding){
            r->process.id, WORD_PROCESS_TOO_LONG,
            str_format(a, "%lld > %lld", (long long)(r->minutes / 60), (long long)(r->limit / 60))};
    r->finding_count = n;
}

/* The shortest promise of the version in force; the process must fit into it. */
static enum err limit_find(struct ctx *ctx, struct db *db, int64_t procedure, int64_t *ret)
{
    struct q_version_at version;
    const struct procedure_whole *p;
    int64_t shortest = 0;
    enum err err = q_version_at(db, ctx->arena, procedure, ctx_today_iso(ctx), &version);

    *ret = 0;
    if (!err)
        err = procedure_load(ctx, db, version.id, &p);
    if (err)
        return err == ERR_NOT_FOUND ? OK : err;
    for (size_t i = 0; i < p->case_count; i++) {
        int64_t minutes = procedure_limit_minutes(
            (struct limit){(enum limit_unit)p->cases[i].limit_unit, (int)p->cases[i].limit_length});
        if (minutes && (!shortest || minutes < shortest))
            shortest = minutes;
    }
    *ret = shortest;
    return OK;
}

static enum err read_in(struct ctx *ctx, struct db *db, int64_t procedure, struct str xml, struct process_reading *ret)
{
    struct arena *a = ctx->arena;
    struct process_reading r = {.finding_count = 0};
    struct bpmn file;
    struct fault fault = {.why = STR("")};
    enum err err = bpmn_read(a, xml, &file, &fault);

    if (!err && !file.process_count)
        err = fault_at(a, &fault, 0, ERR_INVALID, "no process in it has an element");
    if (err) {
        problem_add(ctx, "xml", WORD_PROCESS_NOT_BPMN,
                    str_format(a, "%zu: %" PRIstr, fault.line, STR_ARG(fault.why)));
        return ERR_INVALID;
    }
    err = limit_find(ctx, db, procedure, &r.limit);
    if (err)
        return err;
    r.processes = file.process_count;
    findings_join(a, &file, &r);
    r.xml = bpmn_with_diagram(a, file.xml, &r.process);
    *ret = r;
    return OK;
}

enum err act_process_read(struct ctx *ctx, int64_t procedure, struct str xml, struct process_reading *ret)
{
    enum err err = right_check_any(ctx, RIGHT_CATALOGUE_READ);

    return err ? err : read_in(ctx, ctx_db(ctx), procedure, xml, ret);
}

/* ---- saving ---- */

struct saving {
    struct act_process_save *act;
    struct ctx *ctx;
};

struct str process_seen(struct arena *a, const struct q_process_revisions *row, size_t count)
{
    const struct q_process_revisions *last = count ? &row[count - 1] : NULL;

    return last ? str_format(a, "%lld %s %" PRIstr, (long long)last->no, last->is_published ? "published" : "draft",
                             STR_ARG(last->saved_at))
                : STR("0");
}

/* The draft and its number; a problem when it is not the one that was seen. */
static enum err draft_find(struct ctx *ctx, struct db *tx, const struct act_process_save *act, int64_t *ret_id, int64_t *ret_no)
{
    struct q_process_revisions *row;
    size_t count;
    enum err err = q_process_revisions(tx, ctx->arena, act->procedure, &row, &count);

    if (err)
        return err;
    if (act->seen.n && !str_eq(act->seen, process_seen(ctx->arena, row, count)))
        problem_add(ctx, "seen", WORD_PROCESS_CHANGED_MEANWHILE,
                    count && !row[count - 1].author_name_null ? row[count - 1].author_name : STR(""));
    bool draft = count && !row[count - 1].is_published;
    *ret_id = draft ? row[count - 1].id : 0;
    *ret_no = draft ? row[count - 1].no : count ? row[count - 1].no + 1 : 1;
    return OK;
}

static enum err save_in_transaction(struct db *tx, void *arg)
{
    struct saving *s = arg;
    struct ctx *ctx = s->ctx;
    struct act_process_save *act = s->act;
    struct q_procedure_by_id procedure;
    int64_t draft, no;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = q_procedure_by_id(tx, ctx->arena, act->procedure, &procedure);
    if (!err)
        err = read_in(ctx, tx, act->procedure, act->xml, &act->reading);
    if (!err)
        err = draft_find(ctx, tx, act, &draft, &no);
    if (err)
        return err;
    admin_need_line(ctx, "name", act->name, ADMIN_NAME_MAX);
    admin_check_line(ctx, "decision", act->decision, ADMIN_NAME_MAX);
    admin_check_line(ctx, "rule", act->rule, ADMIN_NAME_MAX);
    admin_check_text(ctx, "note", act->note, ADMIN_TEXT_MAX);
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "procedure", act->procedure);
    json_put_int(p, "no", no);
    json_put_text(p, "name", act->name);
    json_put_text(p, "xml", act->reading.xml);
    json_put_text(p, "decision", act->decision);
    json_put_text(p, "rule", act->rule);
    json_put_text(p, "note", act->note);
    struct admin_entry e = {.act = "process.save", .subject_kind = "process", .subject = draft, .payload = p};
    err = admin_journal(ctx, tx, &e, &act->id);
    if (!err && draft)
        act->id = draft;
    return err;
}

enum err act_process_save(struct act_process_save *act, struct ctx *ctx)
{
    struct saving s = {act, ctx};

    return admin_transact(ctx, save_in_transaction, &s);
}

/* ---- publishing ---- */

struct publishing {
    struct act_process_publish *act;
    struct ctx *ctx;
};

static enum err publish_in_transaction(struct db *tx, void *arg)
{
    struct publishing *s = arg;
    struct ctx *ctx = s->ctx;
    struct act_process_publish *act = s->act;
    struct q_process_by_id row;
    enum err err = admin_right_any(ctx, tx, RIGHT_CATALOGUE_EDIT);

    if (!err)
        err = q_process_by_id(tx, ctx->arena, act->id, &row);
    if (!err && row.is_published)
        err = ERR_CONFLICT;
    if (!err)
        err = read_in(ctx, tx, row.procedure_id, row.xml, &act->reading);
    if (err)
        return err;
    if (act->reading.finding_count)
        problem_add(ctx, "xml", WORD_PROCESS_HAS_FINDINGS, STR(""));
    if (date_cmp(act->valid_from, DATE_NEVER) == 0)
        problem_add(ctx, "valid_from", WORD_PROBLEM_REQUIRED, STR(""));
    err = admin_form_done(ctx);
    if (err)
        return err;
    struct json p = json_new_object(ctx->arena);
    json_put_int(p, "procedure", row.procedure_id);
    json_put_int(p, "no", row.no);
    json_put_text(p, "valid_from", date_iso(ctx->arena, act->valid_from));
    json_put_text(p, "last_day_before", date_iso(ctx->arena, date_add_days(act->valid_from, -1)));
    struct admin_entry e = {.act = "process.publish", .subject_kind = "process", .subject = act->id, .payload = p};
    return admin_journal(ctx, tx, &e, NULL);
}

enum err act_process_publish(struct act_process_publish *act, struct ctx *ctx)
{
    struct publishing s = {act, ctx};

    return admin_transact(ctx, publish_in_transaction, &s);
}

/* ---- looking ---- */

enum err act_process_list(struct ctx *ctx, struct q_process_of_procedures **ret, size_t *ret_count)
{
    enum err err = right_check_any(ctx, RIGHT_CATALOGUE_READ);

    return err ? err : q_process_of_procedures(ctx_db(ctx), ctx->arena, ctx_today_iso(ctx), ret, ret_count);
}

/* Which revision is meant: the draft, else the one in force, else the last. */
static int64_t revision_pick(const struct act_process_view *act, struct str today)
{
    int64_t in_force = 0, last = 0;

    for (size_t i = 0; i < act->revision_count; i++) {
        const struct q_process_revisions *r = &act->revisions[i];
        if (act->revision && r->no == act->revision)
            return r->id;
        last = r->id;
        if (r->is_published && str_cmp(r->valid_from, today) <= 0 && str_cmp(r->valid_to, today) >= 0)
            in_force = r->id;
    }
    if (act->revision)
        return 0;
    bool draft = act->revision_count && !act->revisions[act->revision_count - 1].is_published;
    return draft || !in_force ? last : in_force;
}

/* A procedure without a drawing has its list of steps drawn. */
static struct str list_drawn(struct arena *a, struct str code, const struct procedure_whole *whole)
{
    struct process_step *step = ARENA_ARRAY(a, struct process_step, whole->step_count);

    for (size_t i = 0; i < whole->step_count; i++) {
        const struct q_step_list *l = &whole->step[i];
        step[i] = (struct process_step){.code = l->code, .name = l->name, .role = l->role, .place = l->place, .minutes = l->minutes};
    }
    struct process p = process_from_steps(a, code, whole->version.name, step, whole->step_count);
    return bpmn_draw(a, &p);
}

enum err act_process_view(struct act_process_view *act, struct ctx *ctx)
{
    struct db *db = ctx_db(ctx);
    struct arena *a = ctx->arena;
    struct q_version_at version;
    enum err err = right_check_any(ctx, RIGHT_CATALOGUE_READ);

    if (!err)
        err = q_procedure_by_code(db, a, act->code, &act->procedure);
    if (err)
        return err;
    err = q_version_at(db, a, act->procedure.id, ctx_today_iso(ctx), &version);
    if (!err)
        err = procedure_load(ctx, db, version.id, &act->whole);
    if (err && err != ERR_NOT_FOUND)
        return err;
    err = q_process_revisions(db, a, act->procedure.id, &act->revisions, &act->revision_count);
    if (err)
        return err;
    int64_t id = revision_pick(act, ctx_today_iso(ctx));
    if (!id && act->whole)
        act->reading.xml = list_drawn(a, act->code, act->whole);
    if (!id)
        return act->revision ? ERR_NOT_FOUND : OK;
    err = q_process_by_id(db, a, id, &act->row);
    if (!err)
        err = read_in(ctx, db, act->procedure.id, act->row.xml, &act->reading);
    act->has_process = !err;
    return err;
}
