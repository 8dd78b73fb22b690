#include "acts/signature.h"

#include "sign/xml.h"

enum err act_signatures(struct ctx *ctx, const char *field, struct str bytes, struct sign_report *ret)
{
    const struct sign_trusted *trusted = ctx->trusted ? ctx->trusted : sign_trusted_new(ctx->arena);

    if (bytes.n == 0) {
        problem_add(ctx, field, WORD_SIGNATURE_PAGE_NO_FILE, STR(""));
        return ERR_INVALID;
    }
    if (sign_is_xml(bytes) ? sign_verify_xml(ctx->arena, bytes, trusted, ctx->now, ret, NULL) : sign_verify_pdf(ctx->arena, bytes, trusted, ctx->now, ret, NULL)) {
        problem_add(ctx, field, WORD_SIGNATURE_PAGE_UNREADABLE, STR(""));
        return ERR_INVALID;
    }
    return OK;
}

enum signature_verdict signature_verdict(const struct sign_result *r)
{
    static const enum signature_verdict VERDICTS[SIGN_TRUST__COUNT] = {
        [SIGN_TRUSTED] = SIGNATURE_GOOD,
        [SIGN_NO_ROOTS] = SIGNATURE_UNDECIDED,
        [SIGN_UNTRUSTED] = SIGNATURE_UNDECIDED,
        [SIGN_REVOKED] = SIGNATURE_BAD,
        [SIGN_NOT_YET] = SIGNATURE_BAD,
        [SIGN_EXPIRED] = SIGNATURE_UNDECIDED,
        [SIGN_WRONG_USAGE] = SIGNATURE_BAD,
        [SIGN_WEAK] = SIGNATURE_BAD,
        [SIGN_UNJUDGED] = SIGNATURE_BAD,
    };

    if (r->flaw == SIGN_FLAW_ALGORITHM)
        return SIGNATURE_UNDECIDED;
    return r->flaw || !r->covers_revision || r->change == SIGN_CHANGE_OTHER ? SIGNATURE_BAD : VERDICTS[r->trust];
}
