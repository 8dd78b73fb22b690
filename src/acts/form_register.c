/* The register of a counter, and the receipts of its day. */
#include "acts/form.h"

#include "acts/desk.h"
#include "rules/dossier.h"

static struct str moment(struct arena *a, const struct zone *z, struct str instant, bool is_null)
{
    struct instant t;

    return is_null || instant_parse(instant, &t) || t.ms == INSTANT_NEVER.ms ? STR("") : local_iso(a, zone_local(z, t));
}

static void rows(struct arena *a, struct form_data *f, const struct act_register *of)
{
    enum { FIELDS = 10 };
    struct form_list *list = &f->list[f->list_count++];

    *list = (struct form_list){STR("register"), ARENA_ARRAY(a, struct form_row, of->row_count + 1), 0};
    for (size_t i = 0; i < of->row_count; i++) {
        const struct q_register_of *r = &of->row[i];
        const struct form_field one[FIELDS] = {
            {STR("no"), str_format(a, "%lld", (long long)r->register_no)},
            {STR("code"), r->code},
            {STR("procedure"), r->procedure_name},
            {STR("sets"), str_format(a, "%lld", (long long)r->sets)},
            {STR("applicant"), r->applicant},
            {STR("contact"), str_format(a, "%" PRIstr "%s%" PRIstr, STR_ARG(r->address), r->address.n && r->phone.n ? "\n" : "", STR_ARG(r->phone))},
            {STR("holder"), of->office.unit.name},
            {STR("received"), moment(a, of->office.zone, r->received_at, false)},
            {STR("due"), moment(a, of->office.zone, r->due_at, false)},
            {STR("returned"), moment(a, of->office.zone, r->returned_at, r->returned_at_null)},
        };
        struct form_field *field = ARENA_ARRAY(a, struct form_field, FIELDS + 1);
        for (int k = 0; k < FIELDS; k++)
            field[k] = one[k];
        field[FIELDS] = (struct form_field){STR("delivery"), word(LANG_VI, dossier_delivery_word((enum dossier_delivery)r->delivery))};
        list->row[list->row_count++] = (struct form_row){field, FIELDS + 1};
    }
}

enum err act_register_form(struct ctx *ctx, int64_t unit, struct date from, struct date to, struct form_data *ret)
{
    struct arena *a = ctx->arena;
    struct act_register of = {.unit = unit, .from = from, .to = to, .after = STR(""), .n = REGISTER_MAX};
    struct form_data *f = ARENA_NEW(a, struct form_data);
    enum err err = act_register(&of, ctx);

    if (!err && of.next.n)
        err = ERR_LIMIT;
    if (!err)
        err = form_put_office(ctx, &of.office.unit, f);
    if (err)
        return err;
    form_put(f, "volume", str_format(a, "%d", date_civil(to).year));
    form_put(f, "register_of", str_format(a, "%" PRIstr " – %" PRIstr, STR_ARG(date_vietnamese(a, from)), STR_ARG(date_vietnamese(a, to))));
    form_put(f, "code", STR(""));
    f->qr = f->qr_side = STR("");
    f->on = to;
    f->made_at = zone_iso(a, of.office.zone, zone_instant(of.office.zone, (struct local){to, 0}));
    rows(a, f, &of);
    *ret = *f;
    return OK;
}

enum err act_day_receipts(struct ctx *ctx, int64_t unit, struct date day, form_qr *qr, void *arg, struct paper_document *ret, size_t *ret_count)
{
    struct arena *a = ctx->arena;
    struct act_register of = {.unit = unit, .from = day, .to = day, .after = STR(""), .n = FORM_DAY_MAX};
    struct form form;
    enum err err = act_register(&of, ctx);

    if (!err && of.next.n)
        err = ERR_LIMIT;
    if (!err && !of.row_count)
        err = ERR_NOT_FOUND;
    if (!err)
        err = form_find(a, STR("giay-tiep-nhan"), day, &form);
    if (err)
        return err;
    struct paper_document *one = ARENA_ARRAY(a, struct paper_document, of.row_count);
    for (size_t i = 0; !err && i < of.row_count; i++) {
        struct form_data *data = ARENA_NEW(a, struct form_data);
        err = act_dossier_form(ctx, of.row[i].code, data);
        if (!err && qr)
            err = qr(arg, a, of.row[i].code, &data->qr, &data->qr_side);
        if (!err)
            err = form_document(a, &form, data, &one[i]);
    }
    if (err)
        return err;
    *ret = form_together(a, one, of.row_count);
    *ret_count = of.row_count;
    return OK;
}
