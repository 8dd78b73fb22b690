/* exchange_put.h - what the acts on documents say to agencies outside this store; inside acts/ only. */
#ifndef ACTS_EXCHANGE_PUT_H
#define ACTS_EXCHANGE_PUT_H

#include "acts/document_load.h"
#include "acts/exchange.h"

/* A document that goes to its recipients behind a line: kind is "new", "replace" or "recall". One message for each
 * line. Inside the transaction of the act, after its own entry. */
enum err exchange_put_document(struct ctx *ctx, struct db *tx, const struct q_document_by_id *d, const char *kind, struct str note) MUST_CHECK;

/* What happened here to a document that came in ("03", …): to the unit of this store that sent it, or to the partner
 * that did. Nothing for what came on paper. Inside ctx->tx. */
enum err exchange_put_status(struct ctx *ctx, int64_t document, struct str status, struct str note) MUST_CHECK;
/* The line of the journal that makes a partner, or changes it. */
enum err partner_journal(struct ctx *ctx, struct db *tx, struct act_partner_save *act) MUST_CHECK;

/* The files that the last update brought, as members of `payload`: "files" beside those that are there. */
enum err exchange_put_update(struct ctx *ctx, struct db *tx, const struct document_hand *h, struct json payload) MUST_CHECK;

/* on_document_run, and exchange_put_status if the rules say yes. */
enum err on_document_run_and_tell(struct on_document *o, const char *status, struct str note) MUST_CHECK;

#endif
