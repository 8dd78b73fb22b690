#include "rules/certificate.h"

#include <assert.h>

/* ---- the table of the law ---- */

enum { AT = 1 };
#define IN(s) (AT << CERTIFICATE_##s)
enum who { KEEPER, OWNER_OR_KEEPER };

/* From which states, to which (0: stays), by whom. */
static const struct row {
    unsigned from;
    int to;
    enum who who;
    bool needs_life; /* not after its last day */
} ROWS[] = {
    [CERTIFICATE_REQUEST] = {0, CERTIFICATE_REQUESTED, KEEPER, false},
    [CERTIFICATE_SEND] = {IN(REQUESTED), CERTIFICATE_SENT, KEEPER, false},
    [CERTIFICATE_ISSUE] = {IN(REQUESTED) | IN(SENT), CERTIFICATE_ISSUED, KEEPER, false},
    [CERTIFICATE_HAND_OVER] = {IN(ISSUED), CERTIFICATE_HANDED, KEEPER, true},
    [CERTIFICATE_RECEIVE] = {IN(HANDED), CERTIFICATE_ACTIVE, OWNER_OR_KEEPER, true},
    [CERTIFICATE_SUSPEND] = {IN(ACTIVE), CERTIFICATE_SUSPENDED, OWNER_OR_KEEPER, true},
    [CERTIFICATE_RESUME] = {IN(SUSPENDED), CERTIFICATE_ACTIVE, KEEPER, true},
    [CERTIFICATE_REVOKE] = {IN(ISSUED) | IN(HANDED) | IN(ACTIVE) | IN(SUSPENDED), CERTIFICATE_REVOKED, KEEPER, false},
    [CERTIFICATE_RETURN] = {IN(ISSUED) | IN(HANDED) | IN(ACTIVE) | IN(SUSPENDED) | IN(REVOKED), 0, KEEPER, false},
    [CERTIFICATE_DROP] = {IN(REQUESTED) | IN(SENT), CERTIFICATE_DROPPED, KEEPER, false},
    [CERTIFICATE_REVIEW] = {IN(REQUESTED) | IN(SENT) | IN(ISSUED) | IN(HANDED) | IN(ACTIVE) | IN(SUSPENDED), 0, KEEPER, false},
    [CERTIFICATE_RENEW] = {IN(ACTIVE) | IN(SUSPENDED), 0, KEEPER, true},
};
static_assert(sizeof ROWS / sizeof ROWS[0] == CERTIFICATE_ACT__COUNT, "every act has a row");

static bool is_over(const struct certificate_facts *f)
{
    return date_cmp(f->today, f->ends_on) > 0;
}

static enum certificate_refusal refusal(const struct certificate_facts *f, enum certificate_act act)
{
    const struct row *r = &ROWS[act];

    if (!f->is_keeper && r->who == KEEPER)
        return CERTIFICATE_NOT_KEEPER;
    if (!f->is_keeper && !f->is_owner)
        return CERTIFICATE_NOT_OWNER;
    if (!(r->from & (unsigned)(AT << f->state)))
        return CERTIFICATE_WRONG_STATE;
    if (r->needs_life && is_over(f))
        return CERTIFICATE_HAS_ENDED;
    if (act == CERTIFICATE_RETURN && f->has_token_back)
        return CERTIFICATE_TOKEN_BACK;
    /* The token of a living certificate stays with its owner. */
    if (act == CERTIFICATE_RETURN && f->state != CERTIFICATE_REVOKED && !is_over(f))
        return CERTIFICATE_WRONG_STATE;
    if (act == CERTIFICATE_REVIEW && !f->has_review)
        return CERTIFICATE_NO_REVIEW;
    if (act == CERTIFICATE_RENEW && f->has_follower)
        return CERTIFICATE_FOLLOWED;
    if (act == CERTIFICATE_RENEW && date_cmp(date_add_days(f->today, CERTIFICATE_RENEW_DAYS), f->ends_on) > 0)
        return CERTIFICATE_TOO_LATE;
    return CERTIFICATE_ALLOWED;
}

struct certificate_verdict certificate_may(const struct certificate_facts *f, enum certificate_act act)
{
    struct certificate_verdict v = {refusal(f, act), f->state};

    if (v.why == CERTIFICATE_ALLOWED && ROWS[act].to)
        v.state = (enum certificate_state)ROWS[act].to;
    return v;
}

enum certificate_shown certificate_shown(enum certificate_state state, struct date ends_on, struct date today)
{
    static const enum certificate_shown SHOWN[] = {
        [CERTIFICATE_REQUESTED] = CERTIFICATE_SHOWN_WAITING, [CERTIFICATE_SENT] = CERTIFICATE_SHOWN_WAITING,
        [CERTIFICATE_ISSUED] = CERTIFICATE_SHOWN_WAITING,    [CERTIFICATE_HANDED] = CERTIFICATE_SHOWN_WAITING,
        [CERTIFICATE_ACTIVE] = CERTIFICATE_SHOWN_ACTIVE,     [CERTIFICATE_SUSPENDED] = CERTIFICATE_SHOWN_SUSPENDED,
        [CERTIFICATE_REVOKED] = CERTIFICATE_SHOWN_REVOKED,   [CERTIFICATE_DROPPED] = CERTIFICATE_SHOWN_DROPPED,
    };
    static_assert(sizeof SHOWN / sizeof SHOWN[0] == CERTIFICATE_STATE__COUNT, "every state is shown");
    bool lives = state >= CERTIFICATE_ISSUED && state <= CERTIFICATE_SUSPENDED;

    if (lives && date_cmp(ends_on, today) < 0)
        return CERTIFICATE_SHOWN_ENDED;
    if (state == CERTIFICATE_ACTIVE && date_cmp(ends_on, date_add_days(today, CERTIFICATE_WARN_DAYS)) <= 0)
        return CERTIFICATE_SHOWN_ENDING;
    return SHOWN[state];
}

/* ---- signing ---- */

enum certificate_signs certificate_may_sign(const struct certificate_signing *s)
{
    if (!s->is_known)
        return s->must_be_known ? CERTIFICATE_UNKNOWN : CERTIFICATE_UNKNOWN_FREE;
    if (s->kind != s->wanted)
        return CERTIFICATE_WRONG_KIND;
    if (!s->is_of_signer)
        return CERTIFICATE_OTHERS;
    if (s->state == CERTIFICATE_REVOKED)
        return CERTIFICATE_IS_REVOKED;
    if (s->state == CERTIFICATE_SUSPENDED)
        return CERTIFICATE_IS_SUSPENDED;
    if (s->state != CERTIFICATE_ACTIVE)
        return CERTIFICATE_NOT_ACTIVE;
    if (s->at.ms < s->not_before.ms || s->at.ms > s->not_after.ms)
        return CERTIFICATE_IS_OVER;
    if (s->has_review)
        return CERTIFICATE_IN_REVIEW;
    return s->is_in_position ? CERTIFICATE_SIGNS : CERTIFICATE_NOT_IN_POSITION;
}

/* ---- words ---- */

#define WORDS(name, type, count, ...)                                                                                  \
    enum word name(enum type v)                                                                                        \
    {                                                                                                                  \
        static const enum word WORD[] = {__VA_ARGS__};                                                                 \
        static_assert(sizeof WORD / sizeof WORD[0] == (count), "every value has a word");                              \
        return WORD[v];                                                                                                \
    }

WORDS(certificate_kind_word, certificate_kind, CERTIFICATE_KIND__COUNT, [CERTIFICATE_PERSON] = WORD_CERTIFICATE_KIND_PERSON,
      [CERTIFICATE_ORGANISATION] = WORD_CERTIFICATE_KIND_ORGANISATION, [CERTIFICATE_DEVICE] = WORD_CERTIFICATE_KIND_DEVICE)
WORDS(certificate_purpose_word, certificate_purpose, CERTIFICATE_PURPOSE__COUNT, [CERTIFICATE_NEW] = WORD_CERTIFICATE_PURPOSE_NEW,
      [CERTIFICATE_RENEWAL] = WORD_CERTIFICATE_PURPOSE_RENEWAL, [CERTIFICATE_CHANGE] = WORD_CERTIFICATE_PURPOSE_CHANGE)
WORDS(certificate_shown_word, certificate_shown, CERTIFICATE_SHOWN__COUNT, [CERTIFICATE_SHOWN_WAITING] = WORD_CERTIFICATE_SHOWN_WAITING,
      [CERTIFICATE_SHOWN_ACTIVE] = WORD_CERTIFICATE_SHOWN_ACTIVE, [CERTIFICATE_SHOWN_SUSPENDED] = WORD_CERTIFICATE_SHOWN_SUSPENDED,
      [CERTIFICATE_SHOWN_ENDING] = WORD_CERTIFICATE_SHOWN_ENDING, [CERTIFICATE_SHOWN_ENDED] = WORD_CERTIFICATE_SHOWN_ENDED,
      [CERTIFICATE_SHOWN_REVOKED] = WORD_CERTIFICATE_SHOWN_REVOKED, [CERTIFICATE_SHOWN_DROPPED] = WORD_CERTIFICATE_SHOWN_DROPPED)
WORDS(certificate_state_word, certificate_state, CERTIFICATE_STATE__COUNT, [CERTIFICATE_REQUESTED] = WORD_CERTIFICATE_STATE_REQUESTED,
      [CERTIFICATE_SENT] = WORD_CERTIFICATE_STATE_SENT, [CERTIFICATE_ISSUED] = WORD_CERTIFICATE_STATE_ISSUED,
      [CERTIFICATE_HANDED] = WORD_CERTIFICATE_STATE_HANDED, [CERTIFICATE_ACTIVE] = WORD_CERTIFICATE_SHOWN_ACTIVE,
      [CERTIFICATE_SUSPENDED] = WORD_CERTIFICATE_SHOWN_SUSPENDED, [CERTIFICATE_REVOKED] = WORD_CERTIFICATE_SHOWN_REVOKED,
      [CERTIFICATE_DROPPED] = WORD_CERTIFICATE_SHOWN_DROPPED)
WORDS(certificate_act_word, certificate_act, CERTIFICATE_ACT__COUNT, [CERTIFICATE_REQUEST] = WORD_CERTIFICATE_ACT_REQUEST,
      [CERTIFICATE_SEND] = WORD_CERTIFICATE_ACT_SEND, [CERTIFICATE_ISSUE] = WORD_CERTIFICATE_ACT_ISSUE,
      [CERTIFICATE_HAND_OVER] = WORD_CERTIFICATE_ACT_HAND_OVER, [CERTIFICATE_RECEIVE] = WORD_CERTIFICATE_ACT_RECEIVE,
      [CERTIFICATE_SUSPEND] = WORD_CERTIFICATE_ACT_SUSPEND, [CERTIFICATE_RESUME] = WORD_CERTIFICATE_ACT_RESUME,
      [CERTIFICATE_REVOKE] = WORD_CERTIFICATE_ACT_REVOKE, [CERTIFICATE_RETURN] = WORD_CERTIFICATE_ACT_RETURN,
      [CERTIFICATE_DROP] = WORD_CERTIFICATE_ACT_DROP, [CERTIFICATE_REVIEW] = WORD_CERTIFICATE_ACT_REVIEW,
      [CERTIFICATE_RENEW] = WORD_CERTIFICATE_ACT_RENEW)
WORDS(certificate_reason_word, certificate_reason, CERTIFICATE_REASON__COUNT, [CERTIFICATE_NO_REASON] = WORD_CERTIFICATE_REASON_NONE,
      [CERTIFICATE_LEFT] = WORD_CERTIFICATE_REASON_LEFT, [CERTIFICATE_RETIRED] = WORD_CERTIFICATE_REASON_RETIRED,
      [CERTIFICATE_LOST] = WORD_CERTIFICATE_REASON_LOST, [CERTIFICATE_COMPROMISED] = WORD_CERTIFICATE_REASON_COMPROMISED,
      [CERTIFICATE_UNIT_ENDED] = WORD_CERTIFICATE_REASON_UNIT_ENDED, [CERTIFICATE_REPLACED] = WORD_CERTIFICATE_REASON_REPLACED,
      [CERTIFICATE_OTHER] = WORD_CERTIFICATE_REASON_OTHER)
WORDS(certificate_decision_word, certificate_decision, CERTIFICATE_DECISION__COUNT, [CERTIFICATE_KEEP] = WORD_CERTIFICATE_DECISION_KEEP,
      [CERTIFICATE_ASK_NEW] = WORD_CERTIFICATE_DECISION_ASK_NEW, [CERTIFICATE_TAKE_BACK] = WORD_CERTIFICATE_DECISION_TAKE_BACK)
WORDS(certificate_refusal_word, certificate_refusal, CERTIFICATE_REFUSAL__COUNT, [CERTIFICATE_ALLOWED] = WORD_CERTIFICATE_ALLOWED,
      [CERTIFICATE_WRONG_STATE] = WORD_CERTIFICATE_WRONG_STATE, [CERTIFICATE_NOT_KEEPER] = WORD_CERTIFICATE_NOT_KEEPER,
      [CERTIFICATE_NOT_OWNER] = WORD_CERTIFICATE_NOT_OWNER, [CERTIFICATE_HAS_ENDED] = WORD_CERTIFICATE_HAS_ENDED,
      [CERTIFICATE_TOO_LATE] = WORD_CERTIFICATE_TOO_LATE, [CERTIFICATE_FOLLOWED] = WORD_CERTIFICATE_FOLLOWED,
      [CERTIFICATE_NO_REVIEW] = WORD_CERTIFICATE_NO_REVIEW, [CERTIFICATE_TOKEN_BACK] = WORD_CERTIFICATE_TOKEN_BACK)
WORDS(certificate_signs_word, certificate_signs, CERTIFICATE_SIGNS__COUNT, [CERTIFICATE_SIGNS] = WORD_CERTIFICATE_SIGNS,
      [CERTIFICATE_UNKNOWN_FREE] = WORD_CERTIFICATE_SIGNS_UNKNOWN_FREE, [CERTIFICATE_UNKNOWN] = WORD_CERTIFICATE_SIGNS_UNKNOWN,
      [CERTIFICATE_OTHERS] = WORD_CERTIFICATE_SIGNS_OTHERS, [CERTIFICATE_WRONG_KIND] = WORD_CERTIFICATE_SIGNS_WRONG_KIND,
      [CERTIFICATE_NOT_ACTIVE] = WORD_CERTIFICATE_SIGNS_NOT_ACTIVE, [CERTIFICATE_IS_SUSPENDED] = WORD_CERTIFICATE_SIGNS_SUSPENDED,
      [CERTIFICATE_IS_REVOKED] = WORD_CERTIFICATE_SIGNS_REVOKED, [CERTIFICATE_IS_OVER] = WORD_CERTIFICATE_SIGNS_OVER,
      [CERTIFICATE_NOT_IN_POSITION] = WORD_CERTIFICATE_SIGNS_NOT_IN_POSITION, [CERTIFICATE_IN_REVIEW] = WORD_CERTIFICATE_SIGNS_IN_REVIEW)

struct str certificate_basis(void)
{
    return STR("NĐ 130/2018/NĐ-CP, chương V; NĐ 68/2024/NĐ-CP");
}
