/* exchange.h - official documents over a line: to agencies outside this store and from them (liên thông văn bản).
 *
 * What is exchanged is edXML (QCVN 102:2016/BTTTT; format/edxml.h). Who is at the other end is a peer
 * (acts/peer.h): another installation of this program, or an axis (trục liên thông) behind which there are many agencies.
 * A partner is an agency by its code on the axis (OrganId) and the peer that carries its documents. A peer brings only
 * documents of partners that are named for it, unless it is an axis that may bring any.
 *
 * Going out: a recipient that is a partner gets the document when it is released, the word that it is taken back, or
 * the document that replaces it. Coming in: a document arrives in the register of each unit here that it names, once
 * however often it comes, and waits for the registry; nothing that a sender asks for afterwards is applied by itself.
 * How it goes is told both ways by statuses: 01 arrived (by the machine), 02 returned, 03 registered, 04 given to
 * somebody, 05 in work, 06 finished, 13 to be taken back, 15 and 16 agreed to that or not.
 *
 * What is to be told is written with the act that says it and sent by a job until the other side has it, or says no
 * for good; that is then the recipient's status 02 with the reason.
 *
 * A message carries the signature of the machine's own key if it has one (ctx->seal), enveloped in its header; the
 * signatures of what comes are judged when it comes.
 *
 * Between two installations: POST <address>/api/1/van-ban, multipart: `peer` (how the receiver knows the sender), `seal`
 * (HMAC-SHA-256 of the message with the shared secret, in hex), `message` (the edXML). The answer is {"receipt":"…"}, or
 * {"refused":"…"}, which is final; 403 for strangers.
 *
 * An axis is asked; it never comes to us. Each is a POST of `peer`, `seal` and one more field, of which the seal is:
 *   <address>/gui  message           as above
 *   <address>/cho  at (now, ISO)     {"messages":["id",…]}: what waits for us, oldest first
 *   <address>/lay  id                {"message":"base64"}: one of them
 *   <address>/xong id                we have it: it is not offered again; `refused` (outside the seal): why we do not want it
 * This is how the national axis works (list, get, confirm), in the least words; another one's own words are a twin of
 * link/axis.h. */
#ifndef ACTS_EXCHANGE_H
#define ACTS_EXCHANGE_H

#include "acts/ctx.h"
#include "acts/document.h"
#include "sql_exchange.h"

enum {
    EXCHANGE_LINE_MAX = 8 * 1024 * 1024 - 64 * 1024, /* bytes of a message that a line takes; larger ones go as files */
    EXCHANGE_SHOWN = 100
};

/* ---- who they are ---- */

/* RIGHT_UNIT_EDIT at the root. ERR_INVALID: problems say which field. */
struct act_partner_save {
    int64_t id;             /* 0: a new one; out: its id */
    struct str organ, name;
    int64_t peer;
    bool is_active;
};
enum err act_partner_save(struct act_partner_save *act, struct ctx *ctx) MUST_CHECK;

/* One. RIGHT_UNIT_EDIT or RIGHT_DOCUMENT_REGISTER anywhere. */
enum err act_partner(struct ctx *ctx, int64_t id, struct q_exchange_partner_by_id *ret) MUST_CHECK;
/* By the code of the organ; a page of them. RIGHT_UNIT_EDIT or RIGHT_DOCUMENT_REGISTER anywhere. */
struct act_partner_list {
    struct str words, after;
    struct q_exchange_partner_list *row; /* out */
    size_t row_count;
    int64_t total;
};
enum err act_partner_list(struct act_partner_list *act, struct ctx *ctx) MUST_CHECK;

/* ---- going out ---- */

/* How a message is brought to the other end. `bytes` is the edXML. OK with *ret_refused: it says no for good, and
 * why; any error: it is tried again after 10 s, 20 s, 40 s … an hour. */
struct exchange_line {
    enum err (*bring)(void *arg, struct arena *a, const struct q_exchange_out_due *to, struct str bytes, struct str *ret_receipt,
                      struct str *ret_refused);
    void *arg;
};
/* Sends what waits, at most `n`. */
enum err act_exchange_send(struct ctx *ctx, const struct exchange_line *line, int64_t n, int64_t *ret_done) MUST_CHECK;

/* The form of a line between two installations of this program, for exchange_line.bring: the body of the POST and its
 * content type. */
void exchange_form(struct arena *a, struct random *random, const struct q_exchange_out_due *to, struct str bytes, struct str *ret_type,
                   struct str *ret_body);
/* Its answer. ERR_INVALID: it is none. */
enum err exchange_answer(struct arena *a, struct str answer, struct str *ret_receipt, struct str *ret_refused) MUST_CHECK;

/* One message as edXML: to send it, or to hand it over as a file. RIGHT_DOCUMENT_REGISTER at the document's unit. */
enum err act_exchange_message(struct ctx *ctx, int64_t pos, struct str *ret) MUST_CHECK;

/* What went and what waits, newest first, of the units whose registry the actor is of. */
struct act_exchange_list {
    bool is_waiting;                    /* only what has not arrived yet */
    int64_t before;                     /* 0: from the newest */
    struct q_exchange_out_list *row;    /* out */
    size_t row_count;
    int64_t total;
};
enum err act_exchange_list(struct act_exchange_list *act, struct ctx *ctx) MUST_CHECK;

/* ---- coming in ---- */

/* A message that came. `peer` and `seal` say from whom; ERR_FORBIDDEN: the peer is unknown or not active, or the seal
 * is not its. OK: `receipt`, or `refused` and why in Vietnamese. The same message again has the same receipt and
 * changes nothing. */
struct act_exchange_receive {
    struct str peer, seal, bytes;
    struct str receipt, refused; /* out */
};
enum err act_exchange_receive(struct act_exchange_receive *act, struct ctx *ctx) MUST_CHECK;

/* Fetches what waits at every axis, at most `n` messages of each; what cannot be taken in is given back with the reason.
 * An axis that does not answer holds up no other (*ret_done does not count it). */
struct exchange_axis {
    enum err (*list)(void *arg, struct arena *a, const struct q_exchange_axes *axis, struct str **ret_id, size_t *ret_count);
    enum err (*get)(void *arg, struct arena *a, const struct q_exchange_axes *axis, struct str id, struct str *ret_bytes);
    enum err (*done)(void *arg, struct arena *a, const struct q_exchange_axes *axis, struct str id, struct str refused);
    void *arg;
};
enum err act_exchange_fetch(struct ctx *ctx, const struct exchange_axis *axis, int64_t n, int64_t *ret_done) MUST_CHECK;

/* The same of a file that somebody was handed, or that an axis gave us: from the peer of that code. RIGHT_DOCUMENT_REGISTER
 * anywhere; it arrives only where the file says. */
enum err act_exchange_take(struct act_exchange_receive *act, struct ctx *ctx) MUST_CHECK;

/* ---- one document ---- */

/* What was sent of it and what came, for who sees the document. */
struct act_exchange_of {
    int64_t document;
    struct q_exchange_out_of *out;  /* out, as below */
    size_t out_count;
    struct q_exchange_in_of *in;
    size_t in_count;
};
enum err act_exchange_of(struct act_exchange_of *act, struct ctx *ctx) MUST_CHECK;

#endif
