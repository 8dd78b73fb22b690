#include "acts/indicator_figure.h"

#include "acts/certificate.h"
#include "acts/document_task.h"
#include "sql_document.h"
#include "sql_document_task.h"

void indicator_list_add(struct indicator_list *list, struct arena *a, const struct indicator_record *one)
{
    enum { FIRST_ROOM = 64 };

    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : FIRST_ROOM;
        struct indicator_record *more = ARENA_ARRAY(a, struct indicator_record, room);
        for (size_t i = 0; i < list->count; i++)
            more[i] = list->record[i];
        list->record = more;
        list->room = room;
    }
    list->record[list->count++] = *one;
}

/* ---- dossiers ---- */

static struct figure_question dossier_question(const struct indicator_question *q, const struct indicator *i)
{
    return (struct figure_question){.unit = q->unit, .from = q->from, .to = q->to, .as_of = q->as_of, .cohort_received = i->cohort};
}

static bool is_same(const struct figure_question *x, const struct figure_question *y)
{
    return x->unit == y->unit && date_cmp(x->from, y->from) == 0 && date_cmp(x->to, y->to) == 0 && instant_cmp(x->as_of, y->as_of) == 0 &&
           x->cohort_received == y->cohort_received;
}

static enum err dossier_value(struct ctx *ctx, struct figure_cache *cache, const struct indicator_question *q, const struct indicator *i, enum figure f,
                              struct indicator_value *ret)
{
    struct figure_question asked = dossier_question(q, i);
    struct figure_answer answer;
    size_t at = 0;

    while (at < cache->count && !is_same(&cache->line[at].q, &asked))
        at++;
    if (at == cache->count) {
        enum err err = act_figures(&asked, ctx, &answer);
        if (err)
            return err;
        at = cache->count < FIGURE_CACHE_MAX ? cache->count++ : 0;
        cache->line[at] = (struct figure_cached){asked, answer.total};
    }
    *ret = (struct indicator_value){.state = INDICATOR_NUMBER, .n = cache->line[at].figures.value[f]};
    return OK;
}

struct listing {
    struct ctx *ctx;
    struct indicator_list *out;
    int64_t sign;
};

static enum err dossier_record(void *arg, const struct q_figure_records *row, enum figure_class class)
{
    struct listing *l = arg;
    struct indicator_record one = {.kind = INDICATOR_DOSSIER, .id = row->dossier_id, .title = str_copy(l->ctx->arena, row->code), .unit = STR(""), .n = l->sign};

    (void)class;
    if (date_parse(row->received_on, &one.day))
        return ERR_STORE;
    indicator_list_add(l->out, l->ctx->arena, &one);
    return OK;
}

/* ---- documents and tasks ---- */

static enum err document_figures(struct ctx *ctx, const struct indicator_question *q, struct act_document_figures *ret)
{
    *ret = (struct act_document_figures){.unit = q->unit, .from = q->from, .to = q->to, .as_of = q->as_of};
    return act_document_figures(ret, ctx);
}

static bool document_find(struct str code, enum document_figure *ret)
{
    for (int f = 0; f < DOCUMENT_FIGURE__COUNT; f++)
        if (str_eq(document_figure_code((enum document_figure)f), code)) {
            *ret = (enum document_figure)f;
            return true;
        }
    return false;
}

static enum err document_records(struct ctx *ctx, const struct indicator_question *q, enum document_figure f, int64_t sign, struct indicator_list *out)
{
    struct act_document_figures act;
    enum err err = document_figures(ctx, q, &act);
    bool is_task = f >= DOCUMENT_FIGURE_TASKS;

    for (int64_t i = 0; !err && i < act.value[f]; i++) {
        struct q_document_by_id d;
        struct q_document_task_by_id t;
        struct indicator_record one = {is_task ? INDICATOR_TASK : INDICATOR_DOCUMENT, act.record[f][i], STR(""), STR(""), q->from, sign};
        err = is_task ? q_document_task_by_id(ctx_db(ctx), ctx->arena, one.id, &t) : q_document_by_id(ctx_db(ctx), ctx->arena, one.id, &d);
        if (!err)
            one.title = is_task ? t.content : d.subject;
        indicator_list_add(out, ctx->arena, &one);
    }
    return err;
}

/* ---- certificates ---- */

static const struct {
    struct str code;
    int kind;                     /* 0: any */
    enum certificate_figure figure;
    bool leaders, public_only;
} CERTIFICATES[] = {
    {STR_INIT("certificate.issued"), 0, CERTIFICATE_FIGURE_ISSUED, false, false},
    {STR_INIT("certificate.issued_person"), CERTIFICATE_PERSON, CERTIFICATE_FIGURE_ISSUED, false, false},
    {STR_INIT("certificate.issued_organisation"), CERTIFICATE_ORGANISATION, CERTIFICATE_FIGURE_ISSUED, false, false},
    {STR_INIT("certificate.active"), 0, CERTIFICATE_FIGURE_ACTIVE, false, false},
    {STR_INIT("certificate.used"), 0, CERTIFICATE_FIGURE_USED, false, false},
    {STR_INIT("certificate.leaders"), CERTIFICATE_PERSON, CERTIFICATE_FIGURE_ACTIVE, true, false},
    {STR_INIT("certificate.leaders_used"), CERTIFICATE_PERSON, CERTIFICATE_FIGURE_USED, true, false},
    {STR_INIT("certificate.leaders_used_public"), CERTIFICATE_PERSON, CERTIFICATE_FIGURE_USED, true, true},
};
enum { CERTIFICATES_COUNT = sizeof CERTIFICATES / sizeof CERTIFICATES[0] };

static bool certificate_stands(size_t c, const struct q_certificate_figure *r)
{
    return certificate_counts(r, CERTIFICATES[c].figure) && (!CERTIFICATES[c].kind || r->kind == CERTIFICATES[c].kind) &&
           (!CERTIFICATES[c].leaders || r->is_leader) && (!CERTIFICATES[c].public_only || r->is_public_service);
}

/* A leader with two certificates is one leader. */
static bool certificate_is_counted(size_t c, const struct act_certificate_figures *act, size_t row)
{
    const struct q_certificate_figure *r = &act->row[row];

    if (!certificate_stands(c, r))
        return false;
    for (size_t i = 0; CERTIFICATES[c].leaders && i < row; i++)
        if (!r->person_id_null && !act->row[i].person_id_null && act->row[i].person_id == r->person_id && certificate_stands(c, &act->row[i]))
            return false;
    return true;
}

static size_t certificate_find(struct str code)
{
    size_t c = 0;

    while (c < CERTIFICATES_COUNT && !str_eq(CERTIFICATES[c].code, code))
        c++;
    return c;
}

static enum err certificate_records(struct ctx *ctx, const struct indicator_question *q, size_t c, int64_t sign, struct indicator_list *out)
{
    struct act_certificate_figures act = {.unit = q->unit, .from = q->from, .to = q->to, .as_of = q->as_of};
    enum err err = act_certificate_figures(&act, ctx);

    for (size_t i = 0; !err && i < act.row_count; i++) {
        struct indicator_record one = {INDICATOR_CERTIFICATE, act.row[i].id, act.row[i].name, act.row[i].unit_name, q->to, sign};
        if (certificate_is_counted(c, &act, i))
            indicator_list_add(out, ctx->arena, &one);
    }
    return err;
}

/* ---- all of them ---- */

enum err indicator_figure_records(struct ctx *ctx, const struct indicator_question *q, const struct indicator *i, int64_t sign, struct indicator_list *out)
{
    struct listing l = {ctx, out, sign};
    struct figure_question asked = dossier_question(q, i);
    enum figure f;
    enum document_figure d;

    if (figure_find(i->field, &f))
        return act_figure_records(&asked, f, ctx, dossier_record, &l);
    if (document_find(i->field, &d))
        return document_records(ctx, q, d, sign, out);
    if (certificate_find(i->field) < CERTIFICATES_COUNT)
        return certificate_records(ctx, q, certificate_find(i->field), sign, out);
    return ERR_NOT_FOUND;
}

enum err indicator_figure_value(struct ctx *ctx, struct figure_cache *cache, const struct indicator_question *q, const struct indicator *i,
                                struct indicator_value *ret)
{
    struct act_document_figures documents;
    struct indicator_list list = {.count = 0};
    enum figure f;
    enum document_figure d;
    enum err err;

    if (figure_find(i->field, &f))
        return dossier_value(ctx, cache, q, i, f, ret);
    if (document_find(i->field, &d)) {
        err = document_figures(ctx, q, &documents);
        if (!err)
            *ret = (struct indicator_value){.state = INDICATOR_NUMBER, .n = documents.value[d]};
        return err;
    }
    err = indicator_figure_records(ctx, q, i, 1, &list);
    if (!err)
        *ret = (struct indicator_value){.state = INDICATOR_NUMBER, .n = (int64_t)list.count};
    return err;
}
