/* certificate.h - the register of digital certificates of an agency and its units (sổ chứng thư số).
 *
 * From the request through issue, hand-over and renewal to the token that comes back; who must be looked at after a
 * person moved; and whether a certificate may sign. Who keeps the register has RIGHT_CERTIFICATE_EDIT at the unit, who
 * reads it RIGHT_CERTIFICATE_READ; an owner sees his own. Every act: ERR_FORBIDDEN without the right, ERR_INVALID with
 * ctx->problems; `why` says no in the words of rules/certificate.h. */
#ifndef ACTS_CERTIFICATE_H
#define ACTS_CERTIFICATE_H

#include "acts/ctx.h"
#include "format/json.h"
#include "rules/certificate.h"
#include "sql_certificate.h"
#include "sql_person.h"
#include "sql_unit.h"

enum { CERTIFICATE_WISHES_MAX = 50, CERTIFICATE_ENTER_MAX = 1000, CERTIFICATE_PAGE = 50, CERTIFICATE_EXPORT_MAX = 20000,
       CERTIFICATE_REVIEWS_MAX = 200, CERTIFICATE_FILE_MAX = 64 * 1024, CERTIFICATE_NOTE_MAX = 2000 };

/* ---- asking ---- */

/* One line of the list that goes with a request. Name, title and e-mail are those of the store on that day. */
struct certificate_wish {
    int64_t person;      /* the owner; of an organisation or a device: who will keep the token */
    struct date birth;   /* DATE_NEVER: not given; a personal certificate needs it, and the number */
    struct str id_no;    /* CMND or CCCD */
};
/* Problems: "number", "on", "unit"; of line i "person-1", "birth-1", "id_no-1" and so on (i from 1). */
struct act_certificate_request {
    int64_t unit;
    enum certificate_kind kind;
    struct str number;   /* of the document that asks; may be empty */
    struct date on;
    struct str note;
    const struct certificate_wish *wish;
    size_t wish_count;   /* 1 … CERTIFICATE_WISHES_MAX */
    int64_t id;          /* out: of the request */
};
enum err act_certificate_request(struct act_certificate_request *act, struct ctx *ctx) MUST_CHECK;

/* Another is asked for, to follow `id`: renewed (30 days before the end at the latest), or changed, because name,
 * unit or title are others now. The certificate keeps signing until it ends or is revoked. */
struct act_certificate_renew {
    int64_t id;
    enum certificate_purpose purpose; /* RENEWAL or CHANGE */
    struct str number;
    struct date on;
    enum certificate_refusal why; /* out */
    int64_t request;              /* out */
};
enum err act_certificate_renew(struct act_certificate_renew *act, struct ctx *ctx) MUST_CHECK;

/* ---- its life ---- */

/* All that need no file. SEND moves every certificate of the same request that waits to be sent. `on` is the day on
 * which it happened: not before the step before it, not after today; problem "on". REVOKE and SUSPEND need a reason,
 * OTHER and a review need a note. */
struct act_certificate_change {
    int64_t id;
    enum certificate_act act;     /* SEND, HAND_OVER, RECEIVE, SUSPEND, RESUME, REVOKE, RETURN, DROP, REVIEW */
    struct date on;
    enum certificate_reason reason;
    enum certificate_decision decision; /* REVIEW */
    struct str number, note;      /* of the document: decision, minutes */
    enum certificate_refusal why; /* out */
};
enum err act_certificate_change(struct act_certificate_change *act, struct ctx *ctx) MUST_CHECK;

/* The certificate came: from its file (PEM or DER), which says serial number, subject and validity. The name in it must
 * be the one that was asked for. Problems: "file", "token", "on". */
struct act_certificate_issue {
    int64_t id;
    struct str file;
    struct str token;         /* number printed on the token */
    struct str number;        /* the document of issue */
    struct date on;
    bool is_public_service;   /* issued by the government's own authority (Ban Cơ yếu Chính phủ) */
    enum certificate_refusal why; /* out */
};
enum err act_certificate_issue(struct act_certificate_issue *act, struct ctx *ctx) MUST_CHECK;

/* What was issued before there was this register, e.g. from a list. In one line of the journal; `problem` of a row says
 * why it was left out, and the others are entered. */
struct certificate_row {
    size_t line;              /* in the file it came from */
    int64_t unit;
    enum certificate_kind kind;
    struct str login;         /* of the owner; empty: somebody without an account */
    struct str name, title, token, serial, subject, issuer, number;
    bool is_leader, is_public_service;
    struct date from, to;
    enum word problem;        /* out, when is_refused */
    struct str problem_of;
    bool is_refused;
};
struct act_certificate_enter {
    struct certificate_row *row;
    size_t row_count;         /* at most CERTIFICATE_ENTER_MAX */
    size_t entered;           /* out */
};
enum err act_certificate_enter(struct act_certificate_enter *act, struct ctx *ctx) MUST_CHECK;
/* The same from a CSV file with the columns of certificate_column_word(), named in either language. Rows that cannot be
 * read are in the list as refused. ERR_INVALID with problem "file": no such table, or more than CERTIFICATE_ENTER_MAX. */
struct act_certificate_import {
    struct str file;
    struct act_certificate_enter list; /* out */
};
enum err act_certificate_import(struct act_certificate_import *act, struct ctx *ctx) MUST_CHECK;
size_t certificate_column_count(void);
enum word certificate_column_word(size_t i);

/* From `since` on nothing signs for the unit, or below it, that this register does not have; DATE_NEVER: not any more. */
enum err act_certificate_complete(struct ctx *ctx, int64_t unit, struct date since) MUST_CHECK;

enum err act_certificate_registers(struct ctx *ctx, struct q_certificate_register_list **ret, size_t *ret_count) MUST_CHECK;

/* Tells owner and keeper 60, 30 and 7 days before the end, each once; a job. */
enum err act_certificate_warn(struct ctx *ctx, int64_t n, int64_t *ret_done) MUST_CHECK;
enum err act_certificate_warned(struct ctx *ctx, struct q_certificate_warned **ret, size_t *ret_count) MUST_CHECK;

/* ---- reading ---- */

struct act_certificate {
    int64_t id;
    struct q_certificate_by_id c;  /* out, as all below; birth and id_no empty for who neither keeps nor owns it */
    enum certificate_shown shown;
    bool is_owner, is_keeper;
    bool may[CERTIFICATE_ACT__COUNT];
    struct q_certificate_event_list *event;
    size_t event_count;
    struct q_certificate_review_of *review;
    size_t review_count;
    struct q_certificate_replacement *replacement;
    size_t replacement_count;
    struct q_certificate_use_of use;
};
/* ERR_NOT_FOUND: none, or not for the actor's eyes. */
enum err act_certificate(struct act_certificate *act, struct ctx *ctx) MUST_CHECK;

struct act_certificate_list {
    int64_t unit;               /* with all below it; 0: any */
    enum certificate_kind kind; /* 0: any */
    int shown;                  /* enum certificate_shown; -1: any */
    struct str words;           /* name, serial, token, unit */
    int64_t before, n;
    struct q_certificate_list *row; /* out */
    size_t row_count;
    int64_t next;               /* out: `before` of the next page; 0: none */
    int64_t count[CERTIFICATE_SHOWN__COUNT]; /* out: as long as the list of each */
};
enum err act_certificate_list(struct act_certificate_list *act, struct ctx *ctx) MUST_CHECK;
/* All of it; RIGHT_EXPORT, too. ERR_LIMIT: more than CERTIFICATE_EXPORT_MAX. */
enum err act_certificate_export(struct act_certificate_list *act, struct ctx *ctx) MUST_CHECK;
/* The list of one request, for its form. RIGHT_CERTIFICATE_EDIT. */
enum err act_certificate_requested(struct ctx *ctx, int64_t request, struct q_certificate_of_request **ret, size_t *ret_count) MUST_CHECK;
/* Reviews that wait for the actor. */
enum err act_certificate_reviews(struct ctx *ctx, struct q_certificate_review_waiting **ret, size_t *ret_count) MUST_CHECK;

/* Units whose register the actor may `r`, and the people who work there (and below) now. */
enum err act_certificate_units(struct ctx *ctx, enum right r, struct q_unit_reachable **ret, size_t *ret_count) MUST_CHECK;
enum err act_certificate_people(struct ctx *ctx, int64_t unit, struct q_person_list **ret, size_t *ret_count) MUST_CHECK;

/* ---- signing ---- */

/* Who is to sign: a person for himself, or (person 0) a unit by its organisation's certificate. */
struct certificate_signer {
    int64_t person, unit;   /* unit: in whose name; always set */
};
struct certificate_judgement {
    enum certificate_signs why;
    int64_t id;             /* in the register; 0: unknown */
    struct str name;        /* whose it is, for the sentence */
};
/* May this certificate (PEM or DER) sign for that position at that moment? CERTIFICATE_UNKNOWN_FREE: the register does
 * not know it and was never declared complete: judge by the name, as without a register. ERR_INVALID: no certificate. */
enum err act_certificate_may_sign(struct ctx *ctx, const struct certificate_signer *who, struct str certificate, struct instant at,
                                  struct certificate_judgement *ret) MUST_CHECK;
/* Payload member of an entry whose subject was signed with a certificate of the register:
 * "signed_with": {"certificate": id, "day": "2018-02-12"}. Its replay must call project_certificate_use(). */
void certificate_put_use(struct ctx *ctx, struct json payload, int64_t certificate, struct instant at);

/* ---- figures (table 6.1 of the periodic report) ---- */

/* Three figures that are never mixed: issued by the last day; active on it; used: signed something between the days. */
enum certificate_figure { CERTIFICATE_FIGURE_ISSUED, CERTIFICATE_FIGURE_ACTIVE, CERTIFICATE_FIGURE_USED, CERTIFICATE_FIGURE__COUNT };
struct act_certificate_figures {
    int64_t unit;               /* with all below it */
    struct date from, to;
    struct instant as_of;       /* as was known then */
    struct q_certificate_figure *row; /* out: every certificate; each figure is a list of some of these */
    size_t row_count;
    int64_t leaders;            /* with an active one of their own */
    int64_t leaders_used, leaders_used_public; /* … who used it; of the government's authority */
};
/* RIGHT_CERTIFICATE_READ at the unit. */
enum err act_certificate_figures(struct act_certificate_figures *act, struct ctx *ctx) MUST_CHECK;
/* The same, to be taken out as a file: RIGHT_EXPORT, too. */
enum err act_certificate_figures_export(struct act_certificate_figures *act, struct ctx *ctx) MUST_CHECK;
bool certificate_counts(const struct q_certificate_figure *row, enum certificate_figure f);

#endif
