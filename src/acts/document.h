/* document.h - official documents (văn bản): drafting, the way to the signature, numbers, what goes out and comes
 * in. NĐ 30/2020/NĐ-CP; reference 9. The life of a document is in rules/document.h.
 *
 * A document belongs to the register of an agency (`unit`). Going out: a drafter writes it and submits it; heads
 * initial it; a leader signs it; the registry (văn thư) gives number and date, signs for the organisation,
 * releases it. Coming in: the registry registers it; a leader says who does what (document_task.h).
 *
 * Who sees one: who may read the agency's register (RIGHT_DOCUMENT_READ), its drafter, who initials or signs it,
 * who has a task of it. To anybody else it is not there (ERR_NOT_FOUND).
 *
 * Acts on one document share `struct act_document_on`: OK with `why` other than DOCUMENT_ALLOWED says that the rules
 * say no and nothing was changed. `version` is what the page showed; another one now is ERR_CONFLICT (0: not checked). */
#ifndef ACTS_DOCUMENT_H
#define ACTS_DOCUMENT_H

#include "acts/ctx.h"
#include "rules/document.h"
#include "sql_document.h"

enum {
    DOCUMENT_FILES_MAX = 50,
    DOCUMENT_RECIPIENTS_MAX = 500,
    DOCUMENT_INITIALS_MAX = 10,
    DOCUMENT_BODY_MAX = 60 * 1024,
    DOCUMENT_LINE_MAX = 1000,
    DOCUMENT_PAGE = 50,
    DOCUMENT_EXPORT_MAX = 50 * 1000
};

struct act_document_on {
    int64_t id, version;
    enum document_refusal why; /* out */
    struct str why_arg;        /* out: fills {1} of the sentence */
};

/* ---- going out ---- */

/* A draft, new (id 0) or changed. RIGHT_DOCUMENT_DRAFT, for the actor's own agency or one above it.
 * Recipients are lines: the name, short name or code of a unit of this store, the name or the code on the axis of an
 * agency that documents are exchanged with (exchange.h), or any other text, which is sent on paper. */
struct act_document_draft {
    struct act_document_on on;      /* id 0: a new one; out: its id */
    int64_t unit;                   /* who issues it */
    struct str type, subject;
    struct str addressee;           /* Kính gửi, lines; of a letter */
    struct str body;                /* paragraphs; "## ", "### " headings, "- ", "+ ", "* " items of a list, "|" a row of a table */
    struct str to_act, to_know;     /* recipients, a line each */
    struct str authority;           /* "TM. ỦY BAN NHÂN DÂN"; lines; empty: derived from the signer */
    int64_t signer;                 /* person; 0: not chosen yet */
    enum document_urgency urgency;
    struct instant deliver_by;      /* {0}: none */
    struct date due;                /* by when an answer is asked for; DATE_NEVER: none */
    int64_t reply_to, replaces, dossier;
    int64_t copies;
    struct str note;
};
/* ERR_INVALID: problems by field. */
enum err act_document_draft(struct act_document_draft *act, struct ctx *ctx) MUST_CHECK;

/* A file to a draft, or to what came in (its registry). `is_main`: it is the document itself, instead of the text. */
struct act_document_file {
    struct act_document_on on;
    bool is_main;
    struct str name, media, bytes;
    int64_t no;                     /* out */
};
enum err act_document_file_add(struct act_document_file *act, struct ctx *ctx) MUST_CHECK;
enum err act_document_file_drop(struct ctx *ctx, struct act_document_on *on, int64_t no) MUST_CHECK;

/* Trình ký: to the first of those who initial, or to the signer of the draft. The text becomes a PDF in the layout
 * of the day, which is what they read and sign. */
struct act_document_submit {
    struct act_document_on on;
    int64_t initial[DOCUMENT_INITIALS_MAX];
    size_t initial_count;
    struct str note;
};
enum err act_document_submit(struct act_document_submit *act, struct ctx *ctx) MUST_CHECK;

enum err act_document_initial(struct ctx *ctx, struct act_document_on *on, struct str note) MUST_CHECK;
/* Góp ý on a draft that is on its way, by whoever sees it; it moves nothing. ERR_INVALID: it says nothing. */
enum err act_document_comment(struct ctx *ctx, struct act_document_on *on, struct str text) MUST_CHECK;
/* With the reason; also by the drafter, who takes it back. */
enum err act_document_send_back(struct ctx *ctx, struct act_document_on *on, struct str reason) MUST_CHECK;
/* Signed on paper, or the organisation's seal put on paper: who records it answers for it. */
enum err act_document_sign_by_hand(struct ctx *ctx, struct act_document_on *on) MUST_CHECK;

/* Number and date. RIGHT_DOCUMENT_REGISTER. Numbers of a row go up by one from 01 on 1 January and with the days;
 * one that was kept (act_number_keep) can be given by `kept`. Allotted inside the transaction: no gap, none twice. */
struct act_document_number {
    struct act_document_on on;
    struct date date;               /* {0}: today */
    int64_t kept;                   /* 0: the next */
    int64_t number;                 /* out */
    struct str code;                /* out */
};
enum err act_document_number(struct act_document_number *act, struct ctx *ctx) MUST_CHECK;

/* Ban hành: into the registers of the units of this store, and on paper. */
enum err act_document_release(struct ctx *ctx, struct act_document_on *on) MUST_CHECK;
/* Thu hồi, after release; who received it is told. */
enum err act_document_take_back(struct ctx *ctx, struct act_document_on *on, struct str reason) MUST_CHECK;
enum err act_document_cancel(struct ctx *ctx, struct act_document_on *on, struct str reason) MUST_CHECK;

/* ---- numbers ---- */

/* Keeps the next `count` numbers of a row for documents that come late; a number is never given afterwards to fill a
 * gap. RIGHT_DOCUMENT_REGISTER at the unit. ERR_INVALID: problems. */
struct act_number_keep {
    int64_t unit, series, count;    /* id of a document_series */
    struct str reason;
    int64_t first;                  /* out */
};
enum err act_number_keep(struct act_number_keep *act, struct ctx *ctx) MUST_CHECK;

/* A row of numbers of an agency's own. RIGHT_DOCUMENT_REGISTER there. `types`: codes, spaces between; "*". */
struct act_series_save {
    int64_t id, unit;
    struct str code, name, types;
    struct date from, to;
};
enum err act_series_save(struct act_series_save *act, struct ctx *ctx) MUST_CHECK;

/* The rows of an agency in a year, with what is missing (nothing must be). */
struct number_row {
    struct q_document_number_rows row;
    struct document_gap gap[10];
    size_t gap_count;
    struct q_document_number_free *kept;
    size_t kept_count;
};
enum err act_number_rows(struct ctx *ctx, int64_t unit, int year, struct number_row **ret, size_t *ret_count) MUST_CHECK;

/* ---- coming in ---- */

/* What a document that comes in says of itself. */
struct document_arrival {
    struct str type, subject, author, code;
    struct date dated_on;           /* DATE_NEVER: not said */
    struct str signer, signer_title;
    enum document_urgency urgency;
    struct date due;                /* DATE_NEVER: none */
    int64_t pages, copies;
    struct str note;
};
struct document_bytes {
    struct str name, media, bytes;
};

/* Registers a document that came on paper or by mail: number of arrival, day, into the register. The same author,
 * code and day twice is a problem of "code". RIGHT_DOCUMENT_REGISTER at the unit. */
struct act_document_register_new {
    int64_t unit;
    struct document_arrival what;
    struct instant arrived_at;      /* {0}: now */
    bool is_electronic;
    const struct document_bytes *file;
    size_t file_count;
    int64_t id, number;             /* out */
};
enum err act_document_register_new(struct act_document_register_new *act, struct ctx *ctx) MUST_CHECK;

/* What arrived over the axis, or from another unit of this store, waits for the registry (DOCUMENT_ARRIVED); nobody may
 * act on it before. No right is asked: the caller (exchange, release) has checked who sends. Inside ctx->tx.
 * The same organ and foreign id again: the same document, nothing is changed, *ret_again. */
struct act_document_arrive {
    int64_t unit;
    struct document_arrival what;
    struct str organ, foreign_id;
    int64_t reply_to;               /* of our documents; 0: none */
    int64_t from_document, from_recipient; /* the document of this store whose recipient it is; 0: from outside */
    const struct document_bytes *file;
    size_t file_count;
    int64_t id;                     /* out */
    bool is_again;                  /* out */
};
enum err act_document_arrive(struct act_document_arrive *act, struct ctx *ctx) MUST_CHECK;

/* Takes an arrived one into the register; the registry may mend what was said of it. */
struct act_document_register {
    struct act_document_on on;
    struct document_arrival what;
    int64_t number;                 /* out */
};
enum err act_document_register(struct act_document_register *act, struct ctx *ctx) MUST_CHECK;
enum err act_document_return(struct ctx *ctx, struct act_document_on *on, struct str reason) MUST_CHECK;
enum err act_document_finish(struct ctx *ctx, struct act_document_on *on, struct str note) MUST_CHECK;

/* The sender asks for it back, or says that it is updated or replaced: `what` is withdraw, update or replace. Shown to
 * the registry, never applied by itself. For exchange; inside ctx->tx. */
enum err act_document_recall_asked(struct ctx *ctx, int64_t id, struct str what, struct str note) MUST_CHECK;
/* The registry's answer. Yes to a withdrawal ends the document, yes to an update adds its files. */
struct act_document_recall_answer {
    struct act_document_on on;
    bool is_agreed;
    struct str note;
};
enum err act_document_recall_answer(struct act_document_recall_answer *act, struct ctx *ctx) MUST_CHECK;

/* A status that came back for a recipient (edXML: 01 … 16). For exchange; inside ctx->tx. */
enum err act_document_status(struct ctx *ctx, int64_t id, int64_t recipient, struct str status, struct instant at, struct str note) MUST_CHECK;

/* ---- looking ---- */

struct document_step_row {
    struct q_document_step_list s;
    bool is_current;
};
struct act_document {
    int64_t id;
    struct q_document_by_id d;                 /* out, as all below */
    struct q_document_file_list *file;         /* also those dropped */
    size_t file_count;
    struct q_document_step_list *step;
    size_t step_count;
    struct q_document_recipient_list *recipient;
    size_t recipient_count;
    struct q_document_version_list *text;
    size_t text_count;
    struct q_document_replies *reply;
    size_t reply_count;
    struct q_document_comment_list *comment;
    size_t comment_count;
    bool may[DOCUMENT_ACT__COUNT];             /* what the actor may do now */
    bool is_registry;                          /* the actor is of its registry */
};
enum err act_document(struct act_document *act, struct ctx *ctx) MUST_CHECK;

/* Bytes of one of its files. */
struct act_document_file_read {
    int64_t document, no;
    struct str name, media, bytes;  /* out */
};
enum err act_document_file_read(struct act_document_file_read *act, struct ctx *ctx) MUST_CHECK;

/* A register: newest first. The total is the number of all rows that the filters leave and the actor may see. */
struct act_document_list {
    enum document_way way;
    int64_t unit;                   /* 0: all that the actor sees */
    enum document_state state;      /* 0: any */
    struct str type;                /* "": any */
    struct date from, to;           /* {0}: any; day of arrival, or of the document */
    struct str words;               /* in code, subject, author, signer, and in the text of its files */
    int64_t before;                 /* id; 0: from the newest */
    int64_t n;                      /* 0: DOCUMENT_PAGE */
    struct q_document_list *row;    /* out */
    size_t row_count;
    int64_t total;                  /* -1 with words: not counted */
};
enum err act_document_list(struct act_document_list *act, struct ctx *ctx) MUST_CHECK;
/* All rows of it, for a file. RIGHT_EXPORT; journalled. */
enum err act_document_export(struct act_document_list *act, struct ctx *ctx) MUST_CHECK;

/* What waits for the actor. */
enum err act_document_waiting(struct ctx *ctx, struct q_document_waiting **ret, size_t *ret_count) MUST_CHECK;
/* What waits for a digital signature of the actor's: to be signed by them, or, of a registry, signed digitally and now
 * to be numbered (DOCUMENT_SIGNED) or sealed (DOCUMENT_NUMBERED). */
enum err act_document_to_sign(struct ctx *ctx, struct q_document_to_sign **ret, size_t *ret_count) MUST_CHECK;
enum err act_document_of_dossier(struct ctx *ctx, int64_t dossier, struct q_document_of_dossier **ret, size_t *ret_count) MUST_CHECK;
enum err act_document_types(struct ctx *ctx, struct q_document_type_list **ret, size_t *ret_count) MUST_CHECK;
enum err act_document_signers(struct ctx *ctx, int64_t unit, struct q_document_signer_list **ret, size_t *ret_count) MUST_CHECK;
/* Rows of numbers that hold for an agency today. */
enum err act_document_series(struct ctx *ctx, int64_t unit, struct q_document_series_of **ret, size_t *ret_count) MUST_CHECK;

/* Reference data: a type of documents, a row of numbers of every agency. */
struct act_document_type_set {
    struct str code, name, symbol;
    bool is_law;
    int64_t sort_no;
};
enum err act_document_type_set(struct act_document_type_set *act, struct ctx *ctx) MUST_CHECK;

/* How an agency signs and is addressed; who has this has registers. RIGHT_UNIT_EDIT where the
 * unit belongs. A code on the axis is of one agency. */
struct act_issuer_set {
    int64_t unit;
    struct str above, name, symbol, body, place, organ;
};
enum err act_issuer_set(struct act_issuer_set *act, struct ctx *ctx) MUST_CHECK;
/* The agencies that issue documents; those that the actor may draft for: its own and those above it. */
enum err act_issuers(struct ctx *ctx, struct q_document_issuer_list **ret, size_t *ret_count) MUST_CHECK;
enum err act_issuers_mine(struct ctx *ctx, struct q_document_issuer_above **ret, size_t *ret_count) MUST_CHECK;

/* Reads the words of files that were not read yet, at most `n`, so that they can be found. `words` takes a file's
 * text out of it ("" with *ret_why: it has none). A job. */
struct document_reader {
    enum err (*words)(void *arg, struct arena *a, struct str name, struct str media, struct str bytes, struct str *ret, struct str *ret_why);
    void *arg;
};
enum err act_document_read_words(struct ctx *ctx, const struct document_reader *reader, int64_t n, int64_t *ret_done) MUST_CHECK;

#endif
