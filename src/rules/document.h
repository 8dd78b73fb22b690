/* document.h - the life of an official document: its states, what may be done to it when, how it is numbered.
 *
 * Pure. Law: NĐ 30/2020/NĐ-CP Điều 10-25 (before 05/3/2020 NĐ 110/2004/NĐ-CP, as NĐ 09/2010/NĐ-CP amended it);
 * reference 9. A document of a secret degree never comes into this program. */
#ifndef RULES_DOCUMENT_H
#define RULES_DOCUMENT_H

#include "base/str.h"
#include "calendar/date.h"
#include "words/words.h"

/* All of these numbers are stored. */
enum document_way { DOCUMENT_OUT = 1, DOCUMENT_IN = 2, DOCUMENT_WAY__COUNT };

enum document_state {
    DOCUMENT_DRAFT = 1,      /* dự thảo: the drafter has it */
    DOCUMENT_REVIEW = 2,     /* trình: waits for the initials of a head */
    DOCUMENT_TO_SIGN = 3,    /* waits for the signature */
    DOCUMENT_SIGNED = 4,     /* the registry gives number and date */
    DOCUMENT_NUMBERED = 5,   /* … and puts the organisation's signature (the seal) on it */
    DOCUMENT_SEALED = 6,     /* ready to be sent */
    DOCUMENT_RELEASED = 7,   /* ban hành */
    DOCUMENT_TAKEN_BACK = 8, /* thu hồi */
    DOCUMENT_REPLACED = 9,
    DOCUMENT_CANCELLED = 10, /* given up before it had a number */
    DOCUMENT_ARRIVED = 11,   /* came over the axis: not registered, so nobody may act on it */
    DOCUMENT_REGISTERED = 12,
    DOCUMENT_DIRECTED = 13,  /* a leader said who does what */
    DOCUMENT_DONE = 14,
    DOCUMENT_RETURNED = 15,  /* the registry did not take it in */
    DOCUMENT_WITHDRAWN = 16, /* who sent it took it back, and the registry agreed */
    DOCUMENT_STATE__COUNT
};

enum document_urgency { URGENCY_NONE, URGENCY_URGENT, URGENCY_MORE_URGENT, URGENCY_EXPRESS, URGENCY__COUNT };

enum document_act {
    DOCUMENT_EDIT,
    DOCUMENT_SUBMIT,     /* trình */
    DOCUMENT_INITIAL,    /* ký nháy */
    DOCUMENT_SEND_BACK,
    DOCUMENT_SIGN,
    DOCUMENT_NUMBER,
    DOCUMENT_SEAL,
    DOCUMENT_RELEASE,
    DOCUMENT_TAKE_BACK,  /* after it was sent, with the reason */
    DOCUMENT_CANCEL,
    DOCUMENT_REGISTER,   /* into the register of what comes in */
    DOCUMENT_RETURN,
    DOCUMENT_DIRECT,
    DOCUMENT_FINISH,
    DOCUMENT_ALLOW_WITHDRAWAL,
    DOCUMENT_FILE,       /* into a file of work */
    DOCUMENT_COMMENT,    /* on a draft (góp ý), by whoever sees it */
    DOCUMENT_ACT__COUNT
};

struct document_facts {
    enum document_state state;
    bool is_holder;          /* the actor must act, or the registry must and the actor is of it */
    bool is_drafter;
    bool has_signer;         /* the way ends with a signature */
    bool has_text;           /* a body, or a file that is the document */
    bool has_recipient;
    bool has_next_initial;   /* another initials after this one */
    bool is_signed_by_hand;  /* on paper: no digital signature follows */
    bool has_number;
    bool has_open_tasks;     /* of those who lead */
    bool has_recall;         /* the sender asked for it back */
};

enum document_refusal {
    DOCUMENT_ALLOWED,
    DOCUMENT_WRONG_STATE,
    DOCUMENT_NOT_HOLDER,
    DOCUMENT_NO_SIGNER,
    DOCUMENT_NO_TEXT,
    DOCUMENT_NO_RECIPIENT,
    DOCUMENT_NO_REASON,
    DOCUMENT_TASKS_OPEN,
    DOCUMENT_NO_SERIES,        /* no row of numbers for its type */
    DOCUMENT_DATE_BEFORE_LAST, /* numbers go with the days: {1} is the day of the number before */
    DOCUMENT_DATE_AHEAD,
    DOCUMENT_NO_RECALL,
    DOCUMENT_SIGNATURE_WRONG,  /* what came back does not sign what was prepared */
    DOCUMENT_CHANGED_MEANWHILE,/* it was prepared before the last change: begin again */
    DOCUMENT_CERTIFICATE_WRONG,/* not the certificate of who signs; {1} says whose it is */
    DOCUMENT_CERTIFICATE_REFUSED,/* by the register of certificates; {1} is its sentence */
    DOCUMENT_REFUSAL__COUNT
};

struct document_verdict {
    enum document_refusal why;
    enum document_state state; /* after it, when allowed */
};
struct document_verdict document_may(const struct document_facts *f, enum document_act act);
enum word document_refusal_word(enum document_refusal why);
struct str document_refusal_basis(enum document_refusal why);

/* May something still happen to it? */
bool document_is_open(enum document_state s);
/* One that came in: has the agency still got it, so that its sender may ask for it back? */
bool document_is_here(enum document_state s);
enum word document_state_word(enum document_state s);
enum word document_urgency_word(enum document_urgency u);
enum word document_act_word(enum document_act act);

/* ---- numbers ---- */

/* What follows the number (NĐ 30/2020, phụ lục I phần II mục 1): "BC-UBND" of a named type, "UBND-NV" of a
 * letter (its symbol is empty; `drafting` may be empty). Symbols in capitals. */
struct str document_notation(struct arena *a, struct str type_symbol, struct str issuer, struct str drafting);
/* "76/BC-UBND", "05/QĐ-UBND"; of a law the year stands inside: "45/2018/NQ-HĐND". */
struct str document_code(struct arena *a, int64_t number, struct str notation, bool is_law, int year);
/* The row of numbers of a unit in a year: 01 on 1 January. `group` is the code of a document_series; for what
 * comes in there is one row. */
struct str document_series_name(struct arena *a, int64_t unit, int year, struct str group);
struct str document_arrival_series(struct arena *a, int64_t unit, int year);
/* Is `type` among the types of a series: " qd qdpl "; "*" says all others. */
bool document_series_takes(struct str types, struct str type);

/* The numbers of a row that are missing, as it must have none: between 1 and the last. Given in order. */
struct document_gap {
    int64_t from, to;
};
size_t document_gaps(const int64_t *number, size_t count, struct document_gap *ret, size_t room);

#endif
