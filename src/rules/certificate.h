/* certificate.h - the life of a digital certificate in the register of an agency (chứng thư số chuyên dùng công vụ), and
 * when it may sign for somebody.
 *
 * Pure. Law: NĐ 130/2018/NĐ-CP chương V, TT 185/2019/TT-BQP (before it TT 08/2016/TT-BQP), today NĐ 68/2024/NĐ-CP;
 * reference 10. "Ends soon" and "has ended" follow from the day and are never stored. */
#ifndef RULES_CERTIFICATE_H
#define RULES_CERTIFICATE_H

#include "base/str.h"
#include "calendar/date.h"
#include "words/words.h"

/* All of these numbers are stored. */
enum certificate_kind { CERTIFICATE_PERSON = 1, CERTIFICATE_ORGANISATION = 2, CERTIFICATE_DEVICE = 3, CERTIFICATE_KIND__COUNT };

/* Why it is asked for. */
enum certificate_purpose { CERTIFICATE_NEW = 1, CERTIFICATE_RENEWAL = 2, CERTIFICATE_CHANGE = 3, CERTIFICATE_PURPOSE__COUNT };

enum certificate_state {
    CERTIFICATE_REQUESTED = 1, /* on a request that has not left the house */
    CERTIFICATE_SENT = 2,      /* with the province's contact */
    CERTIFICATE_ISSUED = 3,    /* made; the token is with the keeper */
    CERTIFICATE_HANDED = 4,    /* minutes written; the owner has not confirmed */
    CERTIFICATE_ACTIVE = 5,
    CERTIFICATE_SUSPENDED = 6,
    CERTIFICATE_REVOKED = 7,
    CERTIFICATE_DROPPED = 8,   /* the request was given up */
    CERTIFICATE_STATE__COUNT
};

/* What the law calls its state, on a day. */
enum certificate_shown {
    CERTIFICATE_SHOWN_WAITING,   /* chờ cấp: until the owner has it */
    CERTIFICATE_SHOWN_ACTIVE,    /* hiệu lực */
    CERTIFICATE_SHOWN_SUSPENDED, /* tạm dừng */
    CERTIFICATE_SHOWN_ENDING,    /* sắp hết hạn: CERTIFICATE_WARN_DAYS or less are left */
    CERTIFICATE_SHOWN_ENDED,     /* hết hạn */
    CERTIFICATE_SHOWN_REVOKED,   /* thu hồi */
    CERTIFICATE_SHOWN_DROPPED,
    CERTIFICATE_SHOWN__COUNT
};

/* A renewal is asked for at least RENEW_DAYS before the end; later than that it is a new certificate. */
enum { CERTIFICATE_WARN_DAYS = 60, CERTIFICATE_RENEW_DAYS = 30, CERTIFICATE_YEARS_MAX = 5 };

enum certificate_act {
    CERTIFICATE_REQUEST = 1,
    CERTIFICATE_SEND,
    CERTIFICATE_ISSUE,
    CERTIFICATE_HAND_OVER,
    CERTIFICATE_RECEIVE,  /* the owner says that the token came; from now on it signs */
    CERTIFICATE_SUSPEND,
    CERTIFICATE_RESUME,
    CERTIFICATE_REVOKE,
    CERTIFICATE_RETURN,   /* the token is back */
    CERTIFICATE_DROP,
    CERTIFICATE_REVIEW,   /* decided after the owner moved */
    CERTIFICATE_RENEW,    /* another is asked for, to follow this one */
    CERTIFICATE_ACT__COUNT
};

/* Why it ends or rests. */
enum certificate_reason {
    CERTIFICATE_NO_REASON,
    CERTIFICATE_LEFT,         /* left the agency, or moved */
    CERTIFICATE_RETIRED,
    CERTIFICATE_LOST,
    CERTIFICATE_COMPROMISED,
    CERTIFICATE_UNIT_ENDED,
    CERTIFICATE_REPLACED,
    CERTIFICATE_OTHER,
    CERTIFICATE_REASON__COUNT
};

enum certificate_decision { CERTIFICATE_KEEP = 1, CERTIFICATE_ASK_NEW = 2, CERTIFICATE_TAKE_BACK = 3, CERTIFICATE_DECISION__COUNT };

struct certificate_facts {
    enum certificate_state state;
    struct date ends_on, today; /* the last day; DATE_NEVER: not issued yet */
    bool is_keeper, is_owner;   /* the actor: keeps the register; owns the certificate */
    bool has_token_back, has_review, has_follower;
};

enum certificate_refusal {
    CERTIFICATE_ALLOWED,
    CERTIFICATE_WRONG_STATE,
    CERTIFICATE_NOT_KEEPER,
    CERTIFICATE_NOT_OWNER,
    CERTIFICATE_HAS_ENDED,
    CERTIFICATE_TOO_LATE,    /* to renew */
    CERTIFICATE_FOLLOWED,    /* another is asked for already */
    CERTIFICATE_NO_REVIEW,
    CERTIFICATE_TOKEN_BACK,
    CERTIFICATE_REFUSAL__COUNT
};

struct certificate_verdict {
    enum certificate_refusal why;
    enum certificate_state state; /* after it, when allowed */
};
struct certificate_verdict certificate_may(const struct certificate_facts *f, enum certificate_act act);
enum certificate_shown certificate_shown(enum certificate_state state, struct date ends_on, struct date today);

/* ---- signing ---- */

/* What is known of a certificate at the moment of a signature. */
struct certificate_signing {
    bool is_known;            /* the register has it */
    bool must_be_known;       /* the register of the signer's unit is declared complete */
    enum certificate_kind kind, wanted;
    enum certificate_state state;
    struct instant at, not_before, not_after;
    bool is_of_signer;        /* the person, or the unit */
    bool is_in_position;      /* still has unit and title for which it is kept, and is active */
    bool has_review;
};

enum certificate_signs {
    CERTIFICATE_SIGNS,
    CERTIFICATE_UNKNOWN_FREE, /* not in the register, which nobody declared complete: others judge by the name */
    CERTIFICATE_UNKNOWN,
    CERTIFICATE_OTHERS,       /* another's */
    CERTIFICATE_WRONG_KIND,
    CERTIFICATE_NOT_ACTIVE,
    CERTIFICATE_IS_SUSPENDED,
    CERTIFICATE_IS_REVOKED,
    CERTIFICATE_IS_OVER,      /* before its first moment, or after its last */
    CERTIFICATE_NOT_IN_POSITION,
    CERTIFICATE_IN_REVIEW,
    CERTIFICATE_SIGNS__COUNT
};
enum certificate_signs certificate_may_sign(const struct certificate_signing *s);

enum word certificate_kind_word(enum certificate_kind k);
enum word certificate_purpose_word(enum certificate_purpose p);
enum word certificate_shown_word(enum certificate_shown s);
enum word certificate_state_word(enum certificate_state s);
enum word certificate_act_word(enum certificate_act act);
enum word certificate_reason_word(enum certificate_reason r);
enum word certificate_decision_word(enum certificate_decision d);
enum word certificate_refusal_word(enum certificate_refusal why);
enum word certificate_signs_word(enum certificate_signs why);
/* The articles on which both kinds of refusals rest. */
struct str certificate_basis(void);

#endif
