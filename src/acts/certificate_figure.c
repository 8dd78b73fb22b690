/* Figures of the register: each is the number of the records that it lists. */
#include "acts/certificate.h"

bool certificate_counts(const struct q_certificate_figure *row, enum certificate_figure f)
{
    switch (f) {
    case CERTIFICATE_FIGURE_ISSUED:
        return row->is_issued;
    case CERTIFICATE_FIGURE_ACTIVE:
        return row->is_active;
    case CERTIFICATE_FIGURE_USED:
        return row->is_used;
    case CERTIFICATE_FIGURE__COUNT:
        break;
    }
    return false;
}

static bool stands(const struct q_certificate_figure *r, bool used, bool public_only)
{
    bool is_leaders = r->is_leader && r->kind == CERTIFICATE_PERSON;

    return is_leaders && (used ? r->is_used && (r->is_public_service || !public_only) : r->is_active);
}

/* One line for each leader, the first; who has no account is known by the certificate. */
static bool counts_leader(const struct act_certificate_figures *act, size_t row, bool used, bool public_only)
{
    const struct q_certificate_figure *r = &act->row[row];

    if (!stands(r, used, public_only))
        return false;
    for (size_t i = 0; i < row; i++)
        if (!r->person_id_null && !act->row[i].person_id_null && act->row[i].person_id == r->person_id && stands(&act->row[i], used, public_only))
            return false;
    return true;
}

enum err act_certificate_figures(struct act_certificate_figures *act, struct ctx *ctx)
{
    struct arena *a = ctx->arena;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_CERTIFICATE_READ, act->unit, 0);

    if (!err)
        err = q_certificate_figure(ctx_db(ctx), a, ctx->actor.id, ctx_today_iso(ctx), act->unit, date_iso(a, act->from), date_iso(a, act->to),
                                   instant_iso(a, act->as_of), &act->row, &act->row_count);
    if (err)
        return err;
    act->leaders = act->leaders_used = act->leaders_used_public = 0;
    for (size_t i = 0; i < act->row_count; i++) {
        act->leaders += counts_leader(act, i, false, false);
        act->leaders_used += counts_leader(act, i, true, false);
        act->leaders_used_public += counts_leader(act, i, true, true);
    }
    return OK;
}

enum err act_certificate_figures_export(struct act_certificate_figures *act, struct ctx *ctx)
{
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_EXPORT, act->unit, 0);

    return err ? err : act_certificate_figures(act, ctx);
}
