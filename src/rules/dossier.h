/* dossier.h - the life of a dossier: its states, what may be done to it when, and why not.
 *
 * Pure: gets the facts and the moment, gives a verdict. Law: QĐ 09/2015/QĐ-TTg; NĐ 61/2018/NĐ-CP
 * Art. 17-20; NĐ 107/2021/NĐ-CP; NĐ 118/2025/NĐ-CP. States are those of the national portal
 * (TrangThaiHoSo), reference 2.1, 2.2. */
#ifndef RULES_DOSSIER_H
#define RULES_DOSSIER_H

#include "base/str.h"
#include "calendar/date.h"
#include "calendar/deadline.h"
#include "words/words.h"

/* The numbers are those of the national portal; they are stored. */
enum dossier_state {
    DOSSIER_REGISTERED = 1,    /* mới đăng ký */
    DOSSIER_ACCEPTED = 2,      /* được tiếp nhận */
    DOSSIER_NOT_ACCEPTED = 3,  /* không được tiếp nhận */
    DOSSIER_PROCESSING = 4,    /* đang xử lý */
    DOSSIER_SUPPLEMENT = 5,    /* yêu cầu bổ sung giấy tờ */
    DOSSIER_PAYMENT = 6,       /* yêu cầu thực hiện nghĩa vụ tài chính */
    DOSSIER_WITHDRAWING = 7,   /* công dân yêu cầu rút hồ sơ */
    DOSSIER_STOPPED = 8,       /* dừng xử lý */
    DOSSIER_FINISHED = 9,      /* đã xử lý xong */
    DOSSIER_RETURNED = 10,     /* đã trả kết quả */
    DOSSIER_STATE__COUNT
};

/* KenhThucHien of the national portal. */
enum dossier_channel { CHANNEL_COUNTER = 1, CHANNEL_ONLINE = 2, CHANNEL_POST = 3, CHANNEL__COUNT };

enum dossier_outcome {
    OUTCOME_NONE,      /* not ended */
    OUTCOME_GRANTED,   /* the result that was asked for */
    OUTCOME_REFUSED,   /* refusal on the merits: a result too */
    OUTCOME_WITHDRAWN, /* by the applicant */
    OUTCOME_STOPPED,   /* without result: no supplement in time, not eligible */
    OUTCOME__COUNT
};

enum dossier_delivery { DELIVERY_COUNTER, DELIVERY_POST, DELIVERY_ONLINE, DELIVERY__COUNT };
enum applicant_kind { APPLICANT_PERSON, APPLICANT_ORGANISATION, APPLICANT__COUNT };
enum paper_kind { PAPER_ORIGINAL, PAPER_COPY, PAPER_ELECTRONIC, PAPER_KIND__COUNT };
enum paper_state { PAPER_PRESENT, PAPER_MISSING, PAPER_DEFECTIVE, PAPER_NOT_NEEDED, PAPER_STATE__COUNT };
/* How a step was done, against its own budget (Mẫu 05: trước hạn / đúng hạn / quá hạn). */
enum step_timing { TIMING_NONE, TIMING_EARLY, TIMING_ON_TIME, TIMING_LATE, TIMING__COUNT };

/* What can be done to a dossier after it is received. */
enum dossier_act {
    DOSSIER_HAND_OVER,     /* to the next step */
    DOSSIER_TAKE,          /* confirm receipt of a hand-over, make it mine */
    DOSSIER_ASSIGN,        /* name the person who works on it */
    DOSSIER_ASK_SUPPLEMENT,
    DOSSIER_SUPPLY,        /* the papers asked for are in: the clock runs again */
    DOSSIER_SUSPEND,       /* other legal pause: tax, expertise, posting */
    DOSSIER_RESUME,
    DOSSIER_EXTEND,        /* apology and new date */
    DOSSIER_FINISH,
    DOSSIER_REFUSE,
    DOSSIER_WITHDRAW,
    DOSSIER_STOP,
    DOSSIER_REOPEN,        /* 9 -> 4 */
    DOSSIER_HAND_OUT,
    DOSSIER_CORRECT,
    DOSSIER_GIVE_BACK,     /* the step goes back to who had an earlier one */
    DOSSIER_CHILD,         /* the code that a partner gave to its share */
    DOSSIER_MOVE_PROCESS,  /* onto the revision of its process that is in force */
    DOSSIER_PART_OUT,      /* one of its results is handed out while the others are still made */
    DOSSIER_ACT__COUNT
};

/* What the rules need to know of a dossier. */
struct dossier_facts {
    enum dossier_state state;
    struct instant received_at, due_at;
    struct local received_local;
    bool is_suspended;
    bool is_suspended_by_supplement;
    int supplements;       /* requests so far, after acceptance */
    int extensions;
    bool task_is_mine;     /* held by the actor, or by nobody in the actor's unit */
    bool task_is_taken;
    int step, step_count;  /* current step number, and how many there are */
    bool has_earlier;      /* a step before the current one was done */
    bool is_drawn;         /* it runs on a drawn process */
    bool came_from_history; /* imported acts: chronology is reported, not refused */
};

enum dossier_refusal {
    DOSSIER_ALLOWED,
    DOSSIER_WRONG_STATE,           /* the act does not fit the state */
    DOSSIER_CLOCK_STOPPED,         /* suspended: resume first */
    DOSSIER_CLOCK_RUNS,            /* nothing to resume */
    DOSSIER_SUPPLEMENT_TWICE,      /* once only */
    DOSSIER_SUPPLEMENT_TOO_LATE,   /* more than 3 working days after receipt */
    DOSSIER_SUPPLEMENT_EMPTY,      /* no defect named */
    DOSSIER_EXTENDED_TWICE,        /* re-appointment once only */
    DOSSIER_EXTENSION_TOO_LATE,    /* apology at the latest on the day before the due date */
    DOSSIER_EXTENSION_NOT_LATER,   /* the new date must lie after the old one */
    DOSSIER_BEFORE_RECEIPT,        /* happened before it was received */
    DOSSIER_IN_FUTURE,             /* happened after now */
    DOSSIER_NO_NEXT_STEP,
    DOSSIER_NOT_HOLDER,            /* another unit or person holds it */
    DOSSIER_PAPERS_MISSING,        /* a required paper is neither present nor excused */
    DOSSIER_PROCEDURE_NOT_IN_FORCE,
    DOSSIER_NOT_PERFORMED_HERE,    /* this counter does not take this procedure */
    DOSSIER_NO_REASON,             /* a reason is required */
    DOSSIER_UNKNOWN_REASON,
    DOSSIER_FEE_UNPAID,
    DOSSIER_BATCH_TOO_LARGE,
    DOSSIER_NO_ANSWER,             /* the process needs to know which way it goes on */
    DOSSIER_PROCESS_GOES_ON,       /* other steps of the drawn process are not done yet */
    DOSSIER_NO_WAY_BACK,           /* no earlier step that it could be given back to */
    DOSSIER_CHILD_MISSING,         /* the partner's code must be written down first */
    DOSSIER_NO_PROCESS,            /* it goes by a list of steps, or has left its process */
    DOSSIER_SAME_REVISION,         /* it is on the revision in force already */
    DOSSIER_STEP_GONE,             /* where it stands is not in the new revision */
    DOSSIER_REFUSAL__COUNT
};

enum { SUPPLEMENT_WORKING_DAYS = 3, DOSSIER_BATCH_MAX = 200 };

/* The law's answer: why not (or DOSSIER_ALLOWED), with the date a person must be told. */
struct dossier_verdict {
    enum dossier_refusal why;
    struct date date; /* the limit that was passed, where there is one; else DATE_NEVER */
};

/* The sentence for people ({1} = the date) and the legal ground of a refusal. */
enum word dossier_refusal_word(enum dossier_refusal why);
struct str dossier_refusal_basis(enum dossier_refusal why);

/* May `act` be done at `at` (the office's wall clock)? The state after it is in *ret_state.
 * ASK_SUPPLEMENT and EXTEND need `c`, the office's calendar; others accept NULL. */
struct dossier_verdict dossier_may(const struct dossier_facts *f, enum dossier_act act,
                                   struct local at, struct local due, const struct calendar *c,
                                   enum dossier_state *ret_state);

/* Is the clock of a dossier in this state still to be watched (2, 4, 5, 6, 7)? */
bool dossier_is_open(enum dossier_state s);

enum word dossier_state_word(enum dossier_state s);
enum word dossier_channel_word(enum dossier_channel c);
enum word dossier_outcome_word(enum dossier_outcome o);
enum word dossier_delivery_word(enum dossier_delivery d);
enum word paper_kind_word(enum paper_kind k);
enum word paper_state_word(enum paper_state s);
enum word step_timing_word(enum step_timing t);

/* The timing of a step that was due at `due` and done at `done`: by date, not minute. */
enum step_timing step_timing(struct date due, struct date done);

/* Dossier codes, <agency code>-<YYMMDD>-<serial, four digits or more>; reference 2.3. */
struct str dossier_code(struct arena *a, struct str agency_code, struct date received, int64_t serial);
/* Name of the series that gives the serial: restarts each day and agency. */
struct str dossier_series(struct arena *a, struct str agency_code, struct date received);
/* Does `code` look like a dossier code? ([A-Z0-9.]{3,35}-[0-9]{6}-[0-9]{4,}) */
bool dossier_code_is_valid(struct str code);

#endif
