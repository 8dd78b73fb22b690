/* peer.h - hand-over between two installations of this program.
 *
 * A peer may stand for a unit here. A step that opens at that unit is also a message to the peer, written with
 * the act that opens it (outbox) and sent by a job until it arrives; there it is taken in as a dossier by the
 * counter that is named for us there, once however often it comes (inbox), and the code that it got there
 * comes back as the receipt: the partner's code of the step. When that dossier has its result, the answer comes
 * back the same way and ends the step; an end without that result is told, and a person decides. A person may end it by hand at any time; an answer that comes later is
 * taken note of and changes nothing.
 *
 * On the wire: POST <address>/api/1/trao-doi, a form of `peer` (how the receiver knows the sender), `body` (JSON)
 * and `seal`, HMAC-SHA-256 of the body with the shared secret, in hex. The answer is {"receipt":"…"}. Secrets are
 * not in the journal. */
#ifndef ACTS_PEER_H
#define ACTS_PEER_H

#include "acts/ctx.h"
#include "sql_peer.h"

enum { PEER_SECRET_MIN = 16, PEER_BODY_MAX = 60 * 1024 };

struct act_peer_save {
    int64_t id;                        /* 0: a new one; out: its id */
    struct str code, own_code, name, address;
    struct str secret;                 /* empty: as it is */
    int64_t unit;                      /* whose steps go there; 0: none */
    int64_t counter;                   /* who takes in what comes from there; 0: nothing may come */
    struct str documents;              /* whose official documents it brings (exchange.h): none, named, any */
    struct str line;                   /* peer: both bring; axis: we bring and fetch */
    bool is_active;
};
/* How the peer knows that a message is ours: HMAC-SHA-256 with the shared secret, in hex. */
struct str peer_seal(struct arena *a, struct str secret, struct str body);
/* After so many failures: 10 s, 20 s, 40 s … an hour from now. */
struct instant peer_next_try(struct instant now, int64_t tries);

/* RIGHT_UNIT_EDIT at the root or at both units. ERR_INVALID: problems say which field. */
enum err act_peer_save(struct act_peer_save *act, struct ctx *ctx) MUST_CHECK;
enum err act_peer_list(struct ctx *ctx, struct q_peer_list **ret, size_t *ret_count) MUST_CHECK;
/* The last hundred messages, with how often each was tried and why it failed. */
enum err act_outbox_list(struct ctx *ctx, struct q_outbox_list **ret, size_t *ret_count) MUST_CHECK;

/* Sends what waits, at most `n`; `send` posts a form and gives the answer's body. A failed one is tried again
 * after 10 s, 20 s, 40 s … an hour. */
struct peer_sender {
    enum err (*send)(void *arg, struct arena *a, struct str url, struct str form, struct str *ret_answer);
    void *arg;
};
enum err act_outbox_send(struct ctx *ctx, const struct peer_sender *sender, int64_t n, int64_t *ret_done) MUST_CHECK;

/* A message that came in. ERR_FORBIDDEN: the peer is unknown or not active, or the seal is not its; ERR_INVALID:
 * not understood, or the law says no (*ret_why says it). The same message again: the same receipt. */
struct act_peer_receive {
    struct str peer, body, seal;
    struct str receipt; /* out */
    struct str why;     /* out, when ERR_INVALID */
};
enum err act_peer_receive(struct act_peer_receive *act, struct ctx *ctx) MUST_CHECK;

#endif
