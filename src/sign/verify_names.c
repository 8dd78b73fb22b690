/* The names of judgements in JSON, and their sentences for people. */
#include "sign/verify.h"

struct named {
    const char *name;
    enum word word;
};

static const struct named FLAWS[] = {
    [SIGN_SOUND] = {"none", WORD_SIGNATURE_FLAW_NONE},
    [SIGN_FLAW_RANGE] = {"byte_range", WORD_SIGNATURE_FLAW_BYTE_RANGE},
    [SIGN_FLAW_FORMAT] = {"format", WORD_SIGNATURE_FLAW_FORMAT},
    [SIGN_FLAW_ALGORITHM] = {"algorithm", WORD_SIGNATURE_FLAW_ALGORITHM},
    [SIGN_FLAW_DIGEST] = {"digest", WORD_SIGNATURE_FLAW_DIGEST},
    [SIGN_FLAW_SIGNATURE] = {"signature", WORD_SIGNATURE_FLAW_SIGNATURE},
    [SIGN_FLAW_CERTIFICATE] = {"certificate", WORD_SIGNATURE_FLAW_CERTIFICATE},
};
_Static_assert(sizeof FLAWS / sizeof FLAWS[0] == SIGN_FLAW__COUNT, "every flaw has a name");

static const struct named TRUST[] = {
    [SIGN_TRUSTED] = {"trusted", WORD_SIGNATURE_TRUST_TRUSTED},
    [SIGN_NO_ROOTS] = {"no_roots", WORD_SIGNATURE_TRUST_NO_ROOTS},
    [SIGN_UNTRUSTED] = {"untrusted", WORD_SIGNATURE_TRUST_UNTRUSTED},
    [SIGN_REVOKED] = {"revoked", WORD_SIGNATURE_TRUST_REVOKED},
    [SIGN_NOT_YET] = {"not_yet_valid", WORD_SIGNATURE_TRUST_NOT_YET},
    [SIGN_EXPIRED] = {"expired", WORD_SIGNATURE_TRUST_EXPIRED},
    [SIGN_WRONG_USAGE] = {"wrong_usage", WORD_SIGNATURE_TRUST_WRONG_USAGE},
    [SIGN_WEAK] = {"weak", WORD_SIGNATURE_TRUST_WEAK},
    [SIGN_UNJUDGED] = {"unjudged", WORD_SIGNATURE_TRUST_UNJUDGED},
};
_Static_assert(sizeof TRUST / sizeof TRUST[0] == SIGN_TRUST__COUNT, "every judgement has a name");

static const struct named REVOCATIONS[] = {
    [SIGN_REVOCATION_UNKNOWN] = {"unknown", WORD_SIGNATURE_REVOCATION_UNKNOWN},
    [SIGN_REVOCATION_GOOD] = {"good", WORD_SIGNATURE_REVOCATION_GOOD},
    [SIGN_REVOCATION_REVOKED] = {"revoked", WORD_SIGNATURE_REVOCATION_REVOKED},
    [SIGN_REVOCATION_LATER] = {"revoked_later", WORD_SIGNATURE_REVOCATION_LATER},
};
_Static_assert(sizeof REVOCATIONS / sizeof REVOCATIONS[0] == SIGN_REVOCATION__COUNT, "every state has a name");

static const struct named TIMES[] = {
    [SIGN_TIME_NONE] = {"none", WORD_SIGNATURE_TIME_NONE},
    [SIGN_TIME_CLAIMED] = {"claimed", WORD_SIGNATURE_TIME_CLAIMED},
    [SIGN_TIME_STAMPED] = {"stamped", WORD_SIGNATURE_TIME_STAMPED},
};
_Static_assert(sizeof TIMES / sizeof TIMES[0] == SIGN_TIME__COUNT, "every kind has a name");

static const char *const LEVELS[] = {
    [SIGN_LEVEL_NONE] = "none",
    [SIGN_LEVEL_B] = "B",
    [SIGN_LEVEL_T] = "T",
    [SIGN_LEVEL_LT] = "LT",
    [SIGN_LEVEL_LTA] = "LTA",
};
_Static_assert(sizeof LEVELS / sizeof LEVELS[0] == SIGN_LEVEL__COUNT, "every level has a name");

static const struct named CHANGES[] = {
    [SIGN_CHANGE_NONE] = {"none", WORD_SIGNATURE_CHANGE_NONE},
    [SIGN_CHANGE_VALIDATION] = {"validation", WORD_SIGNATURE_CHANGE_VALIDATION},
    [SIGN_CHANGE_SIGNATURES] = {"signatures", WORD_SIGNATURE_CHANGE_SIGNATURES},
    [SIGN_CHANGE_OTHER] = {"other", WORD_SIGNATURE_CHANGE_OTHER},
};
_Static_assert(sizeof CHANGES / sizeof CHANGES[0] == SIGN_CHANGE__COUNT, "every change has a name");

struct str sign_flaw_name(enum sign_flaw flaw)
{
    return str_of(FLAWS[flaw].name);
}

struct str sign_trust_name(enum sign_trust trust)
{
    return str_of(TRUST[trust].name);
}

struct str sign_revocation_name(enum sign_revocation revocation)
{
    return str_of(REVOCATIONS[revocation].name);
}

struct str sign_time_name(enum sign_time time)
{
    return str_of(TIMES[time].name);
}

struct str sign_level_name(enum sign_level level)
{
    return str_of(LEVELS[level]);
}

struct str sign_change_name(enum sign_change change)
{
    return str_of(CHANGES[change].name);
}

enum word sign_flaw_word(enum sign_flaw flaw)
{
    return FLAWS[flaw].word;
}

enum word sign_trust_word(enum sign_trust trust)
{
    return TRUST[trust].word;
}

enum word sign_revocation_word(enum sign_revocation revocation)
{
    return REVOCATIONS[revocation].word;
}

enum word sign_time_word(enum sign_time time)
{
    return TIMES[time].word;
}

enum word sign_change_word(enum sign_change change)
{
    return CHANGES[change].word;
}
