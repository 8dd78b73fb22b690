#include "rules/dossier.h"

#include <assert.h>

#define BIT(state) (1u << (state))

/* Reference 2.2. 0 as the target: the state stays as it is. */
static const struct transition {
    unsigned from;
    enum dossier_state to;
    bool clock_may_stand; /* allowed while suspended */
} TRANSITIONS[] = {
    [DOSSIER_HAND_OVER] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING), DOSSIER_PROCESSING, false},
    [DOSSIER_TAKE] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_SUPPLEMENT) |
                          BIT(DOSSIER_PAYMENT) | BIT(DOSSIER_FINISHED), 0, true},
    [DOSSIER_ASSIGN] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_SUPPLEMENT) |
                            BIT(DOSSIER_PAYMENT) | BIT(DOSSIER_FINISHED), 0, true},
    [DOSSIER_ASK_SUPPLEMENT] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING), DOSSIER_SUPPLEMENT,
                                false},
    [DOSSIER_SUPPLY] = {BIT(DOSSIER_SUPPLEMENT), DOSSIER_PROCESSING, true},
    [DOSSIER_SUSPEND] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING), 0, false},
    [DOSSIER_RESUME] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_PAYMENT), 0, true},
    [DOSSIER_EXTEND] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING), 0, false},
    [DOSSIER_FINISH] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING), DOSSIER_FINISHED, false},
    [DOSSIER_REFUSE] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING), DOSSIER_FINISHED, false},
    [DOSSIER_WITHDRAW] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_SUPPLEMENT) |
                              BIT(DOSSIER_PAYMENT), DOSSIER_STOPPED, true},
    [DOSSIER_STOP] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_SUPPLEMENT) |
                          BIT(DOSSIER_PAYMENT), DOSSIER_STOPPED, true},
    [DOSSIER_REOPEN] = {BIT(DOSSIER_FINISHED), DOSSIER_PROCESSING, true},
    [DOSSIER_HAND_OUT] = {BIT(DOSSIER_FINISHED), DOSSIER_RETURNED, true},
    [DOSSIER_CORRECT] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_SUPPLEMENT) |
                             BIT(DOSSIER_PAYMENT) | BIT(DOSSIER_FINISHED), 0, true},
    [DOSSIER_GIVE_BACK] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING), DOSSIER_PROCESSING, false},
    [DOSSIER_CHILD] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_SUPPLEMENT) |
                           BIT(DOSSIER_PAYMENT), 0, true},
    [DOSSIER_PART_OUT] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING), 0, true},
    [DOSSIER_MOVE_PROCESS] = {BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_SUPPLEMENT) |
                                  BIT(DOSSIER_PAYMENT), 0, true},
};
static_assert(sizeof TRANSITIONS / sizeof TRANSITIONS[0] == DOSSIER_ACT__COUNT, "every act has a row");

static const struct refusal {
    enum word word;
    struct str basis;
} REFUSALS[] = {
    [DOSSIER_ALLOWED] = {WORD_REFUSAL_ALLOWED, STR_INIT("")},
    [DOSSIER_WRONG_STATE] = {WORD_REFUSAL_WRONG_STATE, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 17-20")},
    [DOSSIER_CLOCK_STOPPED] = {WORD_REFUSAL_CLOCK_STOPPED, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 19")},
    [DOSSIER_CLOCK_RUNS] = {WORD_REFUSAL_CLOCK_RUNS, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 19")},
    [DOSSIER_SUPPLEMENT_TWICE] = {WORD_REFUSAL_SUPPLEMENT_TWICE,
                                  STR_INIT("NĐ 61/2018/NĐ-CP, Điều 17")},
    [DOSSIER_SUPPLEMENT_TOO_LATE] = {WORD_REFUSAL_SUPPLEMENT_TOO_LATE,
                                     STR_INIT("NĐ 61/2018/NĐ-CP, Điều 19")},
    [DOSSIER_SUPPLEMENT_EMPTY] = {WORD_REFUSAL_SUPPLEMENT_EMPTY,
                                  STR_INIT("TT 01/2018/TT-VPCP, Mẫu số 02")},
    [DOSSIER_EXTENDED_TWICE] = {WORD_REFUSAL_EXTENDED_TWICE, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 19")},
    [DOSSIER_EXTENSION_TOO_LATE] = {WORD_REFUSAL_EXTENSION_TOO_LATE,
                                    STR_INIT("NĐ 61/2018/NĐ-CP, Điều 19")},
    [DOSSIER_EXTENSION_NOT_LATER] = {WORD_REFUSAL_EXTENSION_NOT_LATER,
                                     STR_INIT("TT 01/2018/TT-VPCP, Mẫu số 04")},
    [DOSSIER_BEFORE_RECEIPT] = {WORD_REFUSAL_BEFORE_RECEIPT, STR_INIT("")},
    [DOSSIER_IN_FUTURE] = {WORD_REFUSAL_IN_FUTURE, STR_INIT("")},
    [DOSSIER_NO_NEXT_STEP] = {WORD_REFUSAL_NO_NEXT_STEP, STR_INIT("")},
    [DOSSIER_NOT_HOLDER] = {WORD_REFUSAL_NOT_HOLDER, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 18")},
    [DOSSIER_PAPERS_MISSING] = {WORD_REFUSAL_PAPERS_MISSING, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 17")},
    [DOSSIER_PROCEDURE_NOT_IN_FORCE] = {WORD_REFUSAL_PROCEDURE_NOT_IN_FORCE,
                                        STR_INIT("NĐ 63/2010/NĐ-CP, Điều 15")},
    [DOSSIER_NOT_PERFORMED_HERE] = {WORD_REFUSAL_NOT_PERFORMED_HERE,
                                    STR_INIT("NĐ 61/2018/NĐ-CP, Điều 14")},
    [DOSSIER_NO_REASON] = {WORD_REFUSAL_NO_REASON, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 17, 19")},
    [DOSSIER_UNKNOWN_REASON] = {WORD_REFUSAL_UNKNOWN_REASON, STR_INIT("")},
    [DOSSIER_FEE_UNPAID] = {WORD_REFUSAL_FEE_UNPAID, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 20")},
    [DOSSIER_BATCH_TOO_LARGE] = {WORD_REFUSAL_BATCH_TOO_LARGE, STR_INIT("")},
    [DOSSIER_NO_ANSWER] = {WORD_REFUSAL_NO_ANSWER, STR_INIT("")},
    [DOSSIER_PROCESS_GOES_ON] = {WORD_REFUSAL_PROCESS_GOES_ON, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 18, 19")},
    [DOSSIER_NO_WAY_BACK] = {WORD_REFUSAL_NO_WAY_BACK, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 18")},
    [DOSSIER_CHILD_MISSING] = {WORD_REFUSAL_CHILD_MISSING, STR_INIT("NĐ 61/2018/NĐ-CP, Điều 18")},
    [DOSSIER_NO_PROCESS] = {WORD_REFUSAL_NO_PROCESS, STR_INIT("")},
    [DOSSIER_SAME_REVISION] = {WORD_REFUSAL_SAME_REVISION, STR_INIT("")},
    [DOSSIER_STEP_GONE] = {WORD_REFUSAL_STEP_GONE, STR_INIT("")},
};
static_assert(sizeof REFUSALS / sizeof REFUSALS[0] == DOSSIER_REFUSAL__COUNT,
              "every refusal has its sentence and its ground");

enum word dossier_refusal_word(enum dossier_refusal why)
{
    return REFUSALS[why].word;
}

struct str dossier_refusal_basis(enum dossier_refusal why)
{
    return REFUSALS[why].basis;
}

static struct dossier_verdict no(enum dossier_refusal why)
{
    return (struct dossier_verdict){why, DATE_NEVER};
}

static struct date add_working_days(const struct calendar *c, struct date d, int days)
{
    while (days > 0) {
        d = date_add_days(d, 1);
        if (calendar_is_working_day(c, d))
            days--;
    }
    return d;
}

/* Once only, and within three working days of receipt, all defects in one notice. */
static struct dossier_verdict may_ask_supplement(const struct dossier_facts *f, struct local at,
                                                 const struct calendar *c)
{
    if (f->supplements >= 1)
        return no(DOSSIER_SUPPLEMENT_TWICE);
    struct date last = add_working_days(c, f->received_local.date, SUPPLEMENT_WORKING_DAYS);
    if (date_cmp(at.date, last) > 0)
        return (struct dossier_verdict){DOSSIER_SUPPLEMENT_TOO_LATE, last};
    return no(DOSSIER_ALLOWED);
}

/* The apology comes at the latest on the day before the due date, and once. */
static struct dossier_verdict may_extend(const struct dossier_facts *f, struct local at,
                                         struct local due)
{
    if (f->extensions >= 1)
        return no(DOSSIER_EXTENDED_TWICE);
    if (date_cmp(at.date, due.date) >= 0)
        return (struct dossier_verdict){DOSSIER_EXTENSION_TOO_LATE, date_add_days(due.date, -1)};
    return no(DOSSIER_ALLOWED);
}

struct dossier_verdict dossier_may(const struct dossier_facts *f, enum dossier_act act,
                                   struct local at, struct local due, const struct calendar *c,
                                   enum dossier_state *ret_state)
{
    const struct transition *t = &TRANSITIONS[act];
    struct dossier_verdict verdict = no(DOSSIER_ALLOWED);

    if (!(t->from & BIT(f->state)))
        return no(DOSSIER_WRONG_STATE);
    if (f->is_suspended && !t->clock_may_stand)
        return no(DOSSIER_CLOCK_STOPPED);
    if (local_cmp(at, f->received_local) < 0 && !f->came_from_history)
        return (struct dossier_verdict){DOSSIER_BEFORE_RECEIPT, f->received_local.date};
    if (!f->came_from_history) {
        if (act == DOSSIER_ASK_SUPPLEMENT)
            verdict = may_ask_supplement(f, at, c);
        else if (act == DOSSIER_EXTEND)
            verdict = may_extend(f, at, due);
    }
    if ((act == DOSSIER_SUPPLY || act == DOSSIER_RESUME) && !f->is_suspended)
        verdict = no(DOSSIER_CLOCK_RUNS);
    if (act == DOSSIER_RESUME && f->is_suspended_by_supplement)
        verdict = no(DOSSIER_WRONG_STATE);
    if (act == DOSSIER_HAND_OVER && f->step >= f->step_count)
        verdict = no(DOSSIER_NO_NEXT_STEP);
    if (act == DOSSIER_GIVE_BACK && !f->has_earlier)
        verdict = no(DOSSIER_NO_WAY_BACK);
    if ((act == DOSSIER_CHILD || act == DOSSIER_PART_OUT || act == DOSSIER_MOVE_PROCESS) && !f->is_drawn)
        verdict = no(DOSSIER_NO_PROCESS);
    if (verdict.why != DOSSIER_ALLOWED)
        return verdict;
    *ret_state = t->to ? t->to : f->state;
    if (act == DOSSIER_RESUME && f->state == DOSSIER_PAYMENT)
        *ret_state = DOSSIER_PROCESSING;
    return verdict;
}

bool dossier_is_open(enum dossier_state s)
{
    return (BIT(s) & (BIT(DOSSIER_ACCEPTED) | BIT(DOSSIER_PROCESSING) | BIT(DOSSIER_SUPPLEMENT) |
                      BIT(DOSSIER_PAYMENT) | BIT(DOSSIER_WITHDRAWING))) != 0;
}

enum step_timing step_timing(struct date due, struct date done)
{
    int d = date_cmp(done, due);

    return d < 0 ? TIMING_EARLY : d == 0 ? TIMING_ON_TIME : TIMING_LATE;
}

/* ---- words ---- */

static const enum word STATES[] = {
    [0] = WORD_DOSSIER_STATE_REGISTERED,
    [DOSSIER_REGISTERED] = WORD_DOSSIER_STATE_REGISTERED,
    [DOSSIER_ACCEPTED] = WORD_DOSSIER_STATE_ACCEPTED,
    [DOSSIER_NOT_ACCEPTED] = WORD_DOSSIER_STATE_NOT_ACCEPTED,
    [DOSSIER_PROCESSING] = WORD_DOSSIER_STATE_PROCESSING,
    [DOSSIER_SUPPLEMENT] = WORD_DOSSIER_STATE_SUPPLEMENT,
    [DOSSIER_PAYMENT] = WORD_DOSSIER_STATE_PAYMENT,
    [DOSSIER_WITHDRAWING] = WORD_DOSSIER_STATE_WITHDRAWING,
    [DOSSIER_STOPPED] = WORD_DOSSIER_STATE_STOPPED,
    [DOSSIER_FINISHED] = WORD_DOSSIER_STATE_FINISHED,
    [DOSSIER_RETURNED] = WORD_DOSSIER_STATE_RETURNED,
};
static_assert(sizeof STATES / sizeof STATES[0] == DOSSIER_STATE__COUNT, "every state has a word");

static const enum word CHANNELS[] = {WORD_DOSSIER_CHANNEL_COUNTER, WORD_DOSSIER_CHANNEL_COUNTER,
                                     WORD_DOSSIER_CHANNEL_ONLINE, WORD_DOSSIER_CHANNEL_POST};
static_assert(sizeof CHANNELS / sizeof CHANNELS[0] == CHANNEL__COUNT, "every channel has a word");

static const enum word OUTCOMES[] = {WORD_DOSSIER_OUTCOME_NONE, WORD_DOSSIER_OUTCOME_GRANTED,
                                     WORD_DOSSIER_OUTCOME_REFUSED, WORD_DOSSIER_OUTCOME_WITHDRAWN,
                                     WORD_DOSSIER_OUTCOME_STOPPED};
static_assert(sizeof OUTCOMES / sizeof OUTCOMES[0] == OUTCOME__COUNT, "every outcome has a word");

static const enum word DELIVERIES[] = {WORD_DOSSIER_DELIVERY_COUNTER, WORD_DOSSIER_DELIVERY_POST,
                                       WORD_DOSSIER_DELIVERY_ONLINE};
static_assert(sizeof DELIVERIES / sizeof DELIVERIES[0] == DELIVERY__COUNT, "every delivery has a word");

static const enum word PAPER_KINDS[] = {WORD_DOSSIER_PAPER_ORIGINAL, WORD_DOSSIER_PAPER_COPY,
                                        WORD_DOSSIER_PAPER_ELECTRONIC};
static const enum word PAPER_STATES[] = {WORD_DOSSIER_PAPER_PRESENT, WORD_DOSSIER_PAPER_MISSING,
                                         WORD_DOSSIER_PAPER_DEFECTIVE, WORD_DOSSIER_PAPER_NOT_NEEDED};
static const enum word TIMINGS[] = {WORD_DOSSIER_TIMING_NONE, WORD_DOSSIER_TIMING_EARLY,
                                    WORD_DOSSIER_TIMING_ON_TIME, WORD_DOSSIER_TIMING_LATE};

enum word dossier_state_word(enum dossier_state s)
{
    return STATES[s];
}

enum word dossier_channel_word(enum dossier_channel c)
{
    return CHANNELS[c];
}

enum word dossier_outcome_word(enum dossier_outcome o)
{
    return OUTCOMES[o];
}

enum word dossier_delivery_word(enum dossier_delivery d)
{
    return DELIVERIES[d];
}

enum word paper_kind_word(enum paper_kind k)
{
    return PAPER_KINDS[k];
}

enum word paper_state_word(enum paper_state s)
{
    return PAPER_STATES[s];
}

enum word step_timing_word(enum step_timing t)
{
    return TIMINGS[t];
}

/* ---- codes ---- */

static struct str yymmdd(struct arena *a, struct date d)
{
    struct civil c = date_civil(d);

    return str_format(a, "%02d%02d%02d", c.year % 100, c.month, c.day);
}

struct str dossier_code(struct arena *a, struct str agency_code, struct date received, int64_t serial)
{
    return str_format(a, "%" PRIstr "-%" PRIstr "-%04lld", STR_ARG(agency_code),
                      STR_ARG(yymmdd(a, received)), (long long)serial);
}

struct str dossier_series(struct arena *a, struct str agency_code, struct date received)
{
    return str_format(a, "dossier/%" PRIstr "/%" PRIstr, STR_ARG(agency_code),
                      STR_ARG(date_iso(a, received)));
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

bool dossier_code_is_valid(struct str code)
{
    struct str rest = code, agency, day, serial, more;

    if (!str_split(&rest, '-', &agency) || !str_split(&rest, '-', &day) ||
        !str_split(&rest, '-', &serial) || str_split(&rest, '-', &more))
        return false;
    if (agency.n < 3 || agency.n > 35 || day.n != 6 || serial.n < 4 || serial.n > 12)
        return false;
    for (size_t i = 0; i < agency.n; i++) {
        char c = agency.p[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'))
            return false;
    }
    return all_digits(day) && all_digits(serial);
}
