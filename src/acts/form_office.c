/* Whose head stands on a form: the agency that the counter belongs to, as it is written on its documents. */
#include "acts/form.h"

#include "acts/desk.h"
#include "base/text.h"
#include "sql_document.h"
#include "sql_unit.h"

/* "Xã Hóa An" inside a sentence: "xã Hóa An". */
static struct str inside(struct arena *a, struct str name)
{
    size_t first = 1;

    while (first < name.n && ((unsigned char)name.p[first] & 0xc0) == 0x80)
        first++;
    return name.n ? str_format(a, "%" PRIstr "%" PRIstr, STR_ARG(text_lower(a, str_sub(name, 0, first))), STR_ARG(str_sub(name, first, name.n))) : name;
}

static struct str upper(struct arena *a, struct str s)
{
    return s.n ? text_upper(a, s) : s;
}

/* The nearest agency that writes documents; the site when there is none. `is_own`: the counter is that agency. */
static enum err issuer_of(struct ctx *ctx, const struct q_unit_by_id *unit, struct q_document_issuer_of *ret, bool *ret_is_own)
{
    struct arena *a = ctx->arena;
    struct q_document_issuer_above *above;
    size_t count;
    struct act_site site;
    enum err err = q_document_issuer_above(ctx_db(ctx), a, unit->id, &above, &count);

    if (!err && count)
        err = q_document_issuer_of(ctx_db(ctx), a, above[0].unit_id, ret);
    if (!err && !count)
        err = act_site(&site, ctx);
    if (err)
        return err;
    if (!count)
        *ret = (struct q_document_issuer_of){.unit_name = site.name, .above = STR(""), .name = upper(a, site.name), .symbol = STR(""), .body = STR(""), .place = site.name};
    *ret_is_own = count && above[0].unit_id == unit->id;
    return OK;
}

enum err form_put_office(struct ctx *ctx, const struct q_unit_by_id *unit, struct form_data *d)
{
    struct arena *a = ctx->arena;
    struct q_document_issuer_of issuer;
    bool is_own;
    enum err err = issuer_of(ctx, unit, &issuer, &is_own);

    if (err)
        return err;
    struct str name = inside(a, issuer.unit_name);
    form_put(d, "agency", name);
    form_put(d, "agency_caps", issuer.name);
    form_put(d, "above_caps", issuer.above);
    form_put(d, "authority", issuer.body.n ? word_format(a, LANG_VI, WORD_REPORT_PEOPLES_COMMITTEE, &name, 1) : issuer.unit_name);
    form_put(d, "dash_symbol", issuer.symbol.n ? str_format(a, "-%" PRIstr, STR_ARG(issuer.symbol)) : STR(""));
    form_put(d, "place", issuer.place);
    form_put(d, "counter", is_own ? STR("") : unit->name);
    form_put(d, "counter_caps", is_own ? STR("") : upper(a, unit->name));
    form_put(d, "counter_phone", unit->phone);
    return OK;
}
