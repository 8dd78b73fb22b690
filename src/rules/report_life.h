/* report_life.h - the life of a periodic report: who may do what to it when.
 *
 * Drafted and written; submitted once its figures keep their laws and its large changes are explained;
 * initialled by somebody else than who submitted it; frozen: from then on it is bytes, and corrections
 * appear in the next report. Pure. Reference 7.3. */
#ifndef RULES_REPORT_LIFE_H
#define RULES_REPORT_LIFE_H

#include "words/words.h"

#include <stdint.h>

/* Stored. */
enum report_state { REPORT_DRAFTED = 1, REPORT_SUBMITTED = 2, REPORT_INITIALLED = 3, REPORT_FROZEN = 4, REPORT_STATE__COUNT };

enum report_move {
    REPORT_WRITE,     /* words of a narrative, the reason of a change */
    REPORT_COMMENT,
    REPORT_SETTLE,    /* a comment */
    REPORT_SUBMIT,
    REPORT_SEND_BACK, /* with the reason */
    REPORT_INITIAL,
    REPORT_FREEZE,
    REPORT_DOCUMENT,  /* makes the draft of the official document that carries it */
    REPORT_MOVE__COUNT
};
struct str report_move_code(enum report_move m); /* "send_back"; stored */
bool report_move_find(struct str code, enum report_move *ret);

enum report_refusal {
    REPORT_ALLOWED,
    REPORT_NOT_NOW,          /* not in this state */
    REPORT_BREAKS_LAWS,      /* its figures contradict each other */
    REPORT_NOT_EXPLAINED,    /* figures moved more than their threshold, nobody says why */
    REPORT_NOT_SETTLED,      /* comments are open */
    REPORT_SAME_PERSON,      /* who submits does not initial */
    REPORT_HAS_DOCUMENT,     /* there is one already */
    REPORT_REFUSAL__COUNT
};
enum word report_refusal_word(enum report_refusal why);

struct report_facts {
    enum report_state state;
    int64_t broken, unexplained, open_comments;
    bool is_submitter, has_document;
};
enum report_refusal report_allows(enum report_move m, const struct report_facts *f);
enum report_state report_after(enum report_move m, enum report_state state);
enum word report_state_word(enum report_state s);

#endif
