#include "rules/report_life.h"


#define IN(state) (1u << (state))

static const struct {
    struct str code;
    unsigned in;              /* states in which it may be done */
    enum report_state after;  /* 0: as before */
    bool checks;              /* laws, explanations and comments must be in order */
} MOVES[] = {
    [REPORT_WRITE] = {STR_INIT("write"), IN(REPORT_DRAFTED), 0, false},
    [REPORT_COMMENT] = {STR_INIT("comment"), IN(REPORT_DRAFTED) | IN(REPORT_SUBMITTED) | IN(REPORT_INITIALLED), 0, false},
    [REPORT_SETTLE] = {STR_INIT("settle"), IN(REPORT_DRAFTED) | IN(REPORT_SUBMITTED) | IN(REPORT_INITIALLED), 0, false},
    [REPORT_SUBMIT] = {STR_INIT("submit"), IN(REPORT_DRAFTED), REPORT_SUBMITTED, true},
    [REPORT_SEND_BACK] = {STR_INIT("send_back"), IN(REPORT_SUBMITTED) | IN(REPORT_INITIALLED), REPORT_DRAFTED, false},
    [REPORT_INITIAL] = {STR_INIT("initial"), IN(REPORT_SUBMITTED), REPORT_INITIALLED, false},
    [REPORT_FREEZE] = {STR_INIT("freeze"), IN(REPORT_INITIALLED), REPORT_FROZEN, true},
    [REPORT_DOCUMENT] = {STR_INIT("document"), IN(REPORT_FROZEN), 0, false},
};
_Static_assert(sizeof MOVES / sizeof MOVES[0] == REPORT_MOVE__COUNT, "every move is described");

static const enum word REFUSALS[] = {
    [REPORT_ALLOWED] = WORD_REPORT_LIFE_ALLOWED,
    [REPORT_NOT_NOW] = WORD_REPORT_LIFE_NOT_NOW,
    [REPORT_BREAKS_LAWS] = WORD_REPORT_LIFE_BREAKS_LAWS,
    [REPORT_NOT_EXPLAINED] = WORD_REPORT_LIFE_NOT_EXPLAINED,
    [REPORT_NOT_SETTLED] = WORD_REPORT_LIFE_NOT_SETTLED,
    [REPORT_SAME_PERSON] = WORD_REPORT_LIFE_SAME_PERSON,
    [REPORT_HAS_DOCUMENT] = WORD_REPORT_LIFE_HAS_DOCUMENT,
};
_Static_assert(sizeof REFUSALS / sizeof REFUSALS[0] == REPORT_REFUSAL__COUNT, "every refusal says why");

static const enum word STATES[] = {
    [REPORT_DRAFTED] = WORD_REPORT_LIFE_DRAFTED,
    [REPORT_SUBMITTED] = WORD_REPORT_LIFE_SUBMITTED,
    [REPORT_INITIALLED] = WORD_REPORT_LIFE_INITIALLED,
    [REPORT_FROZEN] = WORD_REPORT_LIFE_FROZEN,
};
_Static_assert(sizeof STATES / sizeof STATES[0] == REPORT_STATE__COUNT, "every state has a name");

struct str report_move_code(enum report_move m)
{
    return MOVES[m].code;
}

bool report_move_find(struct str code, enum report_move *ret)
{
    for (int m = 0; m < REPORT_MOVE__COUNT; m++)
        if (str_eq(MOVES[m].code, code)) {
            *ret = (enum report_move)m;
            return true;
        }
    return false;
}

enum word report_refusal_word(enum report_refusal why)
{
    return REFUSALS[why];
}

enum word report_state_word(enum report_state s)
{
    return STATES[s];
}

enum report_refusal report_allows(enum report_move m, const struct report_facts *f)
{
    if (!(MOVES[m].in & IN(f->state)))
        return REPORT_NOT_NOW;
    if (MOVES[m].checks && f->broken)
        return REPORT_BREAKS_LAWS;
    if (MOVES[m].checks && f->unexplained)
        return REPORT_NOT_EXPLAINED;
    if (MOVES[m].checks && f->open_comments)
        return REPORT_NOT_SETTLED;
    if (m == REPORT_INITIAL && f->is_submitter)
        return REPORT_SAME_PERSON;
    return m == REPORT_DOCUMENT && f->has_document ? REPORT_HAS_DOCUMENT : REPORT_ALLOWED;
}

enum report_state report_after(enum report_move m, enum report_state state)
{
    return MOVES[m].after ? MOVES[m].after : state;
}
