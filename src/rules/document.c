#include "rules/document.h"

#include <assert.h>

#include "base/text.h"

#define BIT(state) (1u << (state))

enum {
    BEFORE_NUMBER = BIT(DOCUMENT_DRAFT) | BIT(DOCUMENT_REVIEW) | BIT(DOCUMENT_TO_SIGN) | BIT(DOCUMENT_SIGNED),
    IN_HAND = BIT(DOCUMENT_REGISTERED) | BIT(DOCUMENT_DIRECTED),
    KEPT = BIT(DOCUMENT_RELEASED) | BIT(DOCUMENT_TAKEN_BACK) | BIT(DOCUMENT_REPLACED) | BIT(DOCUMENT_DONE),
};

/* 0 as the target: the state stays as it is. */
static const struct transition {
    unsigned from;
    enum document_state to;
    bool by_holder;
} TRANSITIONS[] = {
    [DOCUMENT_EDIT] = {BIT(DOCUMENT_DRAFT), 0, true},
    [DOCUMENT_SUBMIT] = {BIT(DOCUMENT_DRAFT), DOCUMENT_TO_SIGN, true},
    [DOCUMENT_INITIAL] = {BIT(DOCUMENT_REVIEW), DOCUMENT_TO_SIGN, true},
    [DOCUMENT_SEND_BACK] = {BIT(DOCUMENT_REVIEW) | BIT(DOCUMENT_TO_SIGN) | BIT(DOCUMENT_SIGNED), DOCUMENT_DRAFT, false},
    [DOCUMENT_SIGN] = {BIT(DOCUMENT_TO_SIGN), DOCUMENT_SIGNED, true},
    [DOCUMENT_NUMBER] = {BIT(DOCUMENT_SIGNED), DOCUMENT_NUMBERED, true},
    [DOCUMENT_SEAL] = {BIT(DOCUMENT_NUMBERED), DOCUMENT_SEALED, true},
    [DOCUMENT_RELEASE] = {BIT(DOCUMENT_SEALED) | BIT(DOCUMENT_NUMBERED), DOCUMENT_RELEASED, true},
    [DOCUMENT_TAKE_BACK] = {BIT(DOCUMENT_RELEASED), DOCUMENT_TAKEN_BACK, true},
    [DOCUMENT_CANCEL] = {BEFORE_NUMBER, DOCUMENT_CANCELLED, false},
    [DOCUMENT_REGISTER] = {BIT(DOCUMENT_ARRIVED), DOCUMENT_REGISTERED, true},
    [DOCUMENT_RETURN] = {BIT(DOCUMENT_ARRIVED), DOCUMENT_RETURNED, true},
    [DOCUMENT_DIRECT] = {IN_HAND, DOCUMENT_DIRECTED, false},
    [DOCUMENT_FINISH] = {IN_HAND, DOCUMENT_DONE, false},
    [DOCUMENT_ALLOW_WITHDRAWAL] = {IN_HAND | BIT(DOCUMENT_ARRIVED) | BIT(DOCUMENT_DONE), DOCUMENT_WITHDRAWN, false},
    [DOCUMENT_FILE] = {IN_HAND | KEPT, 0, false},
    [DOCUMENT_COMMENT] = {BIT(DOCUMENT_DRAFT) | BIT(DOCUMENT_REVIEW) | BIT(DOCUMENT_TO_SIGN), 0, false},
};
static_assert(sizeof TRANSITIONS / sizeof TRANSITIONS[0] == DOCUMENT_ACT__COUNT, "every act has a row");

static const struct refusal {
    enum word word;
    struct str basis;
} REFUSALS[] = {
    [DOCUMENT_ALLOWED] = {WORD_REFUSAL_ALLOWED, STR_INIT("")},
    [DOCUMENT_WRONG_STATE] = {WORD_DOCUMENT_REFUSAL_WRONG_STATE, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 10-24")},
    [DOCUMENT_NOT_HOLDER] = {WORD_DOCUMENT_REFUSAL_NOT_HOLDER, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 6")},
    [DOCUMENT_NO_SIGNER] = {WORD_DOCUMENT_REFUSAL_NO_SIGNER, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 13")},
    [DOCUMENT_NO_TEXT] = {WORD_DOCUMENT_REFUSAL_NO_TEXT, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 10")},
    [DOCUMENT_NO_RECIPIENT] = {WORD_DOCUMENT_REFUSAL_NO_RECIPIENT, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 8, 18")},
    [DOCUMENT_NO_REASON] = {WORD_DOCUMENT_REFUSAL_NO_REASON, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 18")},
    [DOCUMENT_TASKS_OPEN] = {WORD_DOCUMENT_REFUSAL_TASKS_OPEN, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 24")},
    [DOCUMENT_NO_SERIES] = {WORD_DOCUMENT_REFUSAL_NO_SERIES, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 15")},
    [DOCUMENT_DATE_BEFORE_LAST] = {WORD_DOCUMENT_REFUSAL_DATE_BEFORE_LAST, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 15")},
    [DOCUMENT_DATE_AHEAD] = {WORD_DOCUMENT_REFUSAL_DATE_AHEAD, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 15")},
    [DOCUMENT_NO_RECALL] = {WORD_DOCUMENT_REFUSAL_NO_RECALL, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 18")},
    [DOCUMENT_SIGNATURE_WRONG] = {WORD_DOCUMENT_REFUSAL_SIGNATURE_WRONG, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 13, phụ lục I")},
    [DOCUMENT_CHANGED_MEANWHILE] = {WORD_DOCUMENT_REFUSAL_CHANGED_MEANWHILE, STR_INIT("")},
    [DOCUMENT_CERTIFICATE_REFUSED] = {WORD_DOCUMENT_REFUSAL_CERTIFICATE_REFUSED, STR_INIT("NĐ 130/2018/NĐ-CP, chương V; NĐ 68/2024/NĐ-CP")},
    [DOCUMENT_CERTIFICATE_WRONG] = {WORD_DOCUMENT_REFUSAL_CERTIFICATE_WRONG, STR_INIT("NĐ 30/2020/NĐ-CP, Điều 12, 13")},
};
static_assert(sizeof REFUSALS / sizeof REFUSALS[0] == DOCUMENT_REFUSAL__COUNT, "every refusal has a sentence");

static enum document_refusal missing(const struct document_facts *f, enum document_act act)
{
    if (act == DOCUMENT_SUBMIT)
        return !f->has_text ? DOCUMENT_NO_TEXT : !f->has_signer ? DOCUMENT_NO_SIGNER : DOCUMENT_ALLOWED;
    if (act == DOCUMENT_RELEASE && f->state == DOCUMENT_NUMBERED && !f->is_signed_by_hand)
        return DOCUMENT_WRONG_STATE;
    if (act == DOCUMENT_RELEASE && !f->has_recipient)
        return DOCUMENT_NO_RECIPIENT;
    if (act == DOCUMENT_FINISH && f->has_open_tasks)
        return DOCUMENT_TASKS_OPEN;
    if (act == DOCUMENT_ALLOW_WITHDRAWAL && !f->has_recall)
        return DOCUMENT_NO_RECALL;
    return DOCUMENT_ALLOWED;
}

/* Who drafted it may also take it out of another's hands. */
static bool by_drafter_too(enum document_act act)
{
    return act == DOCUMENT_CANCEL || act == DOCUMENT_SEND_BACK;
}

struct document_verdict document_may(const struct document_facts *f, enum document_act act)
{
    const struct transition *t = &TRANSITIONS[act];
    enum document_state to = t->to ? t->to : f->state;
    enum document_refusal why = missing(f, act);

    if (!(t->from & BIT(f->state)))
        why = DOCUMENT_WRONG_STATE;
    else if (!f->is_holder && (t->by_holder || (by_drafter_too(act) && !f->is_drafter)))
        why = DOCUMENT_NOT_HOLDER;
    if ((act == DOCUMENT_SUBMIT || act == DOCUMENT_INITIAL) && f->has_next_initial)
        to = DOCUMENT_REVIEW;
    return (struct document_verdict){why, why == DOCUMENT_ALLOWED ? to : f->state};
}

enum word document_refusal_word(enum document_refusal why)
{
    return REFUSALS[why].word;
}

struct str document_refusal_basis(enum document_refusal why)
{
    return REFUSALS[why].basis;
}

bool document_is_open(enum document_state s)
{
    return s != DOCUMENT_RELEASED && s != DOCUMENT_TAKEN_BACK && s != DOCUMENT_REPLACED && s != DOCUMENT_CANCELLED &&
           s != DOCUMENT_DONE && s != DOCUMENT_RETURNED && s != DOCUMENT_WITHDRAWN;
}

bool document_is_here(enum document_state s)
{
    return (TRANSITIONS[DOCUMENT_ALLOW_WITHDRAWAL].from & BIT(s)) != 0;
}

/* ---- words ---- */

static const enum word STATES[] = {
    [0] = WORD_DOCUMENT_STATE_DRAFT,
    [DOCUMENT_DRAFT] = WORD_DOCUMENT_STATE_DRAFT,
    [DOCUMENT_REVIEW] = WORD_DOCUMENT_STATE_REVIEW,
    [DOCUMENT_TO_SIGN] = WORD_DOCUMENT_STATE_TO_SIGN,
    [DOCUMENT_SIGNED] = WORD_DOCUMENT_STATE_SIGNED,
    [DOCUMENT_NUMBERED] = WORD_DOCUMENT_STATE_NUMBERED,
    [DOCUMENT_SEALED] = WORD_DOCUMENT_STATE_SEALED,
    [DOCUMENT_RELEASED] = WORD_DOCUMENT_STATE_RELEASED,
    [DOCUMENT_TAKEN_BACK] = WORD_DOCUMENT_STATE_TAKEN_BACK,
    [DOCUMENT_REPLACED] = WORD_DOCUMENT_STATE_REPLACED,
    [DOCUMENT_CANCELLED] = WORD_DOCUMENT_STATE_CANCELLED,
    [DOCUMENT_ARRIVED] = WORD_DOCUMENT_STATE_ARRIVED,
    [DOCUMENT_REGISTERED] = WORD_DOCUMENT_STATE_REGISTERED,
    [DOCUMENT_DIRECTED] = WORD_DOCUMENT_STATE_DIRECTED,
    [DOCUMENT_DONE] = WORD_DOCUMENT_STATE_DONE,
    [DOCUMENT_RETURNED] = WORD_DOCUMENT_STATE_RETURNED,
    [DOCUMENT_WITHDRAWN] = WORD_DOCUMENT_STATE_WITHDRAWN,
};
static_assert(sizeof STATES / sizeof STATES[0] == DOCUMENT_STATE__COUNT, "every state has a word");

static const enum word URGENCIES[] = {
    [URGENCY_NONE] = WORD_DOCUMENT_URGENCY_NONE,
    [URGENCY_URGENT] = WORD_DOCUMENT_URGENCY_URGENT,
    [URGENCY_MORE_URGENT] = WORD_DOCUMENT_URGENCY_MORE_URGENT,
    [URGENCY_EXPRESS] = WORD_DOCUMENT_URGENCY_EXPRESS,
};
static_assert(sizeof URGENCIES / sizeof URGENCIES[0] == URGENCY__COUNT, "every urgency has a word");

static const enum word ACTS[] = {
    [DOCUMENT_EDIT] = WORD_DOCUMENT_ACT_EDIT,
    [DOCUMENT_SUBMIT] = WORD_DOCUMENT_ACT_SUBMIT,
    [DOCUMENT_INITIAL] = WORD_DOCUMENT_ACT_INITIAL,
    [DOCUMENT_SEND_BACK] = WORD_DOCUMENT_ACT_SEND_BACK,
    [DOCUMENT_SIGN] = WORD_DOCUMENT_ACT_SIGN,
    [DOCUMENT_NUMBER] = WORD_DOCUMENT_ACT_NUMBER,
    [DOCUMENT_SEAL] = WORD_DOCUMENT_ACT_SEAL,
    [DOCUMENT_RELEASE] = WORD_DOCUMENT_ACT_RELEASE,
    [DOCUMENT_TAKE_BACK] = WORD_DOCUMENT_ACT_TAKE_BACK,
    [DOCUMENT_CANCEL] = WORD_DOCUMENT_ACT_CANCEL,
    [DOCUMENT_REGISTER] = WORD_DOCUMENT_ACT_REGISTER,
    [DOCUMENT_RETURN] = WORD_DOCUMENT_ACT_RETURN,
    [DOCUMENT_DIRECT] = WORD_DOCUMENT_ACT_DIRECT,
    [DOCUMENT_FINISH] = WORD_DOCUMENT_ACT_FINISH,
    [DOCUMENT_ALLOW_WITHDRAWAL] = WORD_DOCUMENT_ACT_ALLOW_WITHDRAWAL,
    [DOCUMENT_FILE] = WORD_DOCUMENT_ACT_FILE,
    [DOCUMENT_COMMENT] = WORD_DOCUMENT_ACT_COMMENT,
};
static_assert(sizeof ACTS / sizeof ACTS[0] == DOCUMENT_ACT__COUNT, "every act has a word");

enum word document_state_word(enum document_state s)
{
    return STATES[s];
}

enum word document_urgency_word(enum document_urgency u)
{
    return URGENCIES[u];
}

enum word document_act_word(enum document_act act)
{
    return ACTS[act];
}

/* ---- numbers ---- */

struct str document_notation(struct arena *a, struct str type_symbol, struct str issuer, struct str drafting)
{
    struct str first = type_symbol.n ? type_symbol : issuer, second = type_symbol.n ? issuer : drafting;

    if (!second.n)
        return text_upper(a, first);
    /* The symbol of a type keeps its letters: "QĐ", "TTr", "QyĐ". */
    if (type_symbol.n)
        return str_format(a, "%" PRIstr "-%" PRIstr, STR_ARG(first), STR_ARG(text_upper(a, second)));
    return text_upper(a, str_format(a, "%" PRIstr "-%" PRIstr, STR_ARG(first), STR_ARG(second)));
}

struct str document_code(struct arena *a, int64_t number, struct str notation, bool is_law, int year)
{
    if (is_law)
        return str_format(a, "%02lld/%d/%" PRIstr, (long long)number, year, STR_ARG(notation));
    return str_format(a, "%02lld/%" PRIstr, (long long)number, STR_ARG(notation));
}

struct str document_series_name(struct arena *a, int64_t unit, int year, struct str group)
{
    return str_format(a, "van-ban-di/%lld/%d/%" PRIstr, (long long)unit, year, STR_ARG(group));
}

struct str document_arrival_series(struct arena *a, int64_t unit, int year)
{
    return str_format(a, "van-ban-den/%lld/%d", (long long)unit, year);
}

bool document_series_takes(struct str types, struct str type)
{
    struct str rest = types, one;

    while (str_split(&rest, ' ', &one))
        if (one.n && str_eq(one, type))
            return true;
    return false;
}

size_t document_gaps(const int64_t *number, size_t count, struct document_gap *ret, size_t room)
{
    int64_t last = 0;
    size_t gaps = 0;

    for (size_t i = 0; i < count; i++) {
        if (number[i] > last + 1) {
            if (gaps < room)
                ret[gaps] = (struct document_gap){last + 1, number[i] - 1};
            gaps++;
        }
        last = number[i];
    }
    return gaps;
}
