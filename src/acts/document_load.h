/* document_load.h - the common beginning and end of every act on one document; inside acts/ only. */
#ifndef ACTS_DOCUMENT_LOAD_H
#define ACTS_DOCUMENT_LOAD_H

#include "acts/document.h"
#include "format/json.h"

struct document_hand {
    struct q_document_by_id d;
    struct q_document_file_list *file;
    size_t file_count;
    struct q_document_step_list *step;
    size_t step_count;
    struct q_document_recipient_list *recipient;
    size_t recipient_count;
    struct document_facts facts;
    bool is_registry;
    const struct q_document_step_list *turn; /* whose turn it is; NULL: nobody's */
};

/* Everything about a document that the actor sees. ERR_NOT_FOUND: none, or not for the actor's eyes. */
enum err document_load(struct ctx *ctx, struct db *db, int64_t id, struct document_hand *ret) MUST_CHECK;

/* One act on one document in one transaction: loads, checks the version and the rules, and runs `work`, which
 * journals. on->why says no. */
struct on_document {
    struct ctx *ctx;
    struct act_document_on *on;
    enum document_act act;
    enum err (*work)(struct on_document *o, struct db *tx, struct document_hand *h, struct json payload);
    void *arg;
    const char *journal; /* name of the entry */
};
/* The payload has state and holder (the same person, or nobody if the state changes) when `work` gets it; after
 * `work` it is journalled. */
enum err on_document_run(struct on_document *o) MUST_CHECK;
/* Inside `work`: says no. */
enum err on_document_refuse(struct on_document *o, enum document_refusal why, struct str arg);

struct document_entry {
    const char *act;
    int64_t unit;      /* in whose chain */
    int64_t subject;   /* 0: the entry makes it */
    struct json payload;
};
enum err document_journal(struct ctx *ctx, struct db *tx, const struct document_entry *entry, int64_t *ret_id) MUST_CHECK;

/* The running step answered (payload member "step_done"), and the next one's turn comes ("step_ask"): who it is,
 * or 0 for the registry or nobody. */
int64_t document_put_turn(struct ctx *ctx, const struct document_hand *h, struct str decision, struct str note, struct str certificate,
                          struct json payload);
/* Payload member of a file; its bytes are kept. */
enum err document_put_file(struct ctx *ctx, struct db *tx, struct json files, int64_t no, bool is_main, struct str name, struct str media,
                           struct str bytes) MUST_CHECK;
/* The next number of a row: "number" of the payload. */
enum err document_put_number(struct ctx *ctx, struct db *tx, int64_t unit, struct str series, int64_t kept, struct json payload, int64_t *ret) MUST_CHECK;
/* The day of an instant where the public is. */
struct str document_day(struct ctx *ctx, struct instant at);
/* Whom the actor may write for: the agencies above its unit, up to the first that signs for a body (a ward does not
 * write for the city). */
enum err issuers_above(struct ctx *ctx, struct db *db, struct q_document_issuer_above **ret, size_t *ret_count) MUST_CHECK;
/* The main file as it is now, or NULL. */
const struct q_document_file_list *document_main(const struct document_hand *h);

/* The text of a draft as a PDF in the layout of the day, with the places of number, date and signature as JSON. */
enum err document_paper(struct ctx *ctx, struct db *db, const struct document_hand *h, struct str *ret_pdf, struct str *ret_places, int64_t *ret_pages) MUST_CHECK;

#endif
