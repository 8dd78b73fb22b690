/* session.h - signing in and out. A session is a random token in a cookie; the store keeps its
 * SHA-256 only. Failures are throttled per login name and per address. */
#ifndef ACTS_SESSION_H
#define ACTS_SESSION_H

#include "acts/ctx.h"

enum {
    SESSION_HOURS = 12,          /* since it was last used */
    SIGN_IN_TRIES = 5,           /* wrong passwords for one name … */
    SIGN_IN_TRIES_PEER = 50,     /* … and from one address … */
    SIGN_IN_WAIT_MINUTES = 5,    /* … before it must wait */
    PASSWORD_MIN = 12
};

enum sign_in_answer { SIGN_IN_OK, SIGN_IN_WRONG, SIGN_IN_WAIT };

struct act_sign_in {
    struct str login, password, peer;
    enum sign_in_answer answer;   /* out */
    struct instant wait_until;    /* out: with SIGN_IN_WAIT */
    struct str token;             /* out: for the cookie */
    struct actor actor;           /* out */
};
/* OK also for a wrong password: see `answer`. Takes as long for a name that does not exist. */
enum err act_sign_in(struct act_sign_in *act, struct ctx *ctx) MUST_CHECK;

/* Sets ctx->actor and *ret_csrf from a session token. ERR_NOT_FOUND: no such session, or expired. */
enum err act_session(struct ctx *ctx, struct str token, struct str *ret_csrf) MUST_CHECK;

enum err act_sign_out(struct ctx *ctx, struct str token) MUST_CHECK;

/* Sets a person's password: one's own with the present one, or another's with RIGHT_PERSON_EDIT
 * (then `present` is ignored). Ends all sessions of that person. */
struct act_password {
    int64_t person;
    struct str present, fresh;
};
enum err act_password(struct act_password *act, struct ctx *ctx) MUST_CHECK;

/* May this name (a look-up by `name`, e.g. "lookup/1.2.3.4") try once more? Counts the try: more than
 * `tries` within `minutes` make it wait as long. ERR_LIMIT when it must wait. */
enum err act_throttle(struct ctx *ctx, struct str name, int tries, int minutes) MUST_CHECK;

#endif
