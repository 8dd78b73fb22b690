/* report_draft.h - the life of a periodic report, from its first draft to the bytes that stay.
 *
 * A draft asks what act_report() asks, and keeps what people write: words of narratives and the reasons of large
 * changes, which may hold {figures}. It shows live figures until it is frozen: then its number set and its files
 * (JSON, PDF, DOCX, XLSX) are kept by their SHA-256 and nothing changes them. What is learned later appears in the
 * report of the next period (struct report_adjustment). Who may do what when: rules/report_life.h.
 *
 * RIGHT_REPORT_READ at the unit to see one, RIGHT_REPORT_ISSUE to do anything to it. Acts return OK with `why`
 * other than REPORT_ALLOWED when the rules say no. Reference 7.3. */
#ifndef ACTS_REPORT_DRAFT_H
#define ACTS_REPORT_DRAFT_H

#include "acts/report.h"
#include "rules/report_life.h"
#include "sql_report_draft.h"

enum { REPORT_WORDS_MAX = 20 * 1000, REPORT_DRAFTS_SHOWN = 200 };

/* as_of, words and reasons of the question are not looked at. ERR_INVALID: as act_report; or the
 * actor does not reach all that stands below the unit, so that numbers would be missing (also to freeze or issue one). */
struct act_report_begin {
    struct report_question question;
    int64_t id; /* out */
};
enum err act_report_begin(struct act_report_begin *act, struct ctx *ctx) MUST_CHECK;

/* A text that people write: of a narrative, "w-ID", or the reason of a change, "y-CODE". */
struct report_words {
    struct str place, text;
};

/* One move. ERR_STALE: somebody changed it since `version` (0: not checked). ERR_INVALID: problems of "text",
 * "as_of" or a place. */
struct act_report_move {
    int64_t id, version;
    enum report_move move;
    const struct report_words *words; /* REPORT_WRITE: those named; empty, or as the template says: the template's again */
    size_t words_count;
    struct str place;           /* REPORT_COMMENT: what it is about; may be empty */
    struct str text;            /* REPORT_COMMENT, REPORT_SEND_BACK: what is said */
    int64_t settles;            /* REPORT_SETTLE: a comment, by its position */
    struct instant as_of;       /* REPORT_FREEZE; {0}: now. Not in the future */
    int64_t signer;             /* REPORT_DOCUMENT: person; 0: not chosen yet */
    enum report_refusal why;    /* out, as all below */
    struct str sha256;          /* REPORT_FREEZE: of its JSON */
    int64_t document;           /* REPORT_DOCUMENT */
};
enum err act_report_move(struct act_report_move *act, struct ctx *ctx) MUST_CHECK;

/* One draft with the report that it is now, or was when it was frozen. ERR_NOT_FOUND: none, or not for these eyes. */
struct report_file {
    struct str format, sha256;
};
struct act_report_draft {
    int64_t id;
    struct q_report_draft_by_id row;  /* out, as all below */
    struct report report;
    struct q_report_events *event;
    size_t event_count;
    struct report_facts facts;
    enum report_refusal may[REPORT_MOVE__COUNT];
    bool may_issue;
    struct report_file file[8];
    size_t file_count;
};
enum err act_report_draft(struct act_report_draft *act, struct ctx *ctx) MUST_CHECK;
/* The bytes of a frozen draft in a format, as they were. ERR_NOT_FOUND: not frozen, or no such format. */
enum err act_report_draft_file(struct ctx *ctx, int64_t id, struct str format, struct str *ret_bytes, struct q_report_draft_by_id *ret_row) MUST_CHECK;

/* Newest period first. */
enum err act_report_drafts(struct ctx *ctx, struct q_report_draft_list **ret, size_t *ret_count) MUST_CHECK;

#endif
