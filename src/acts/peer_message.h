/* peer_message.h - what a step or a result says to another installation; inside acts/ only. */
#ifndef ACTS_PEER_MESSAGE_H
#define ACTS_PEER_MESSAGE_H

#include "acts/dossier_load.h"

/* Appends to `outbox` the message that a step that opens at a unit is for its peer; nothing where it has none. */
enum err peer_put_case(struct ctx *ctx, struct db *db, const struct q_dossier_by_id *d, struct json step, struct json outbox) MUST_CHECK;
/* Payload member "outbox": the answer to who sent the dossier, if it came from a peer. */
enum err peer_put_answer(struct ctx *ctx, struct db *db, const struct loaded *l, enum dossier_outcome outcome,
                         struct str result_no, struct json payload) MUST_CHECK;

#endif
