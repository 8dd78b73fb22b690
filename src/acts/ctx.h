/* ctx.h - the whole world that an act may see. Passed, never global; a test makes one in three
 * lines and chooses the day. */
#ifndef ACTS_CTX_H
#define ACTS_CTX_H

#include "base/arena.h"
#include "calendar/date.h"
#include "calendar/zone.h"
#include "crypto/random.h"
#include "db/db.h"
#include "rules/right.h"
#include "words/words.h"

/* Who acts: a person of the store. The command line acts as the person "he-thong", who holds
 * every right and cannot sign in. */
struct actor {
    int64_t id;
    struct str login, name, title;
    int64_t unit;
    struct str unit_name, unit_code;
};

/* What is wrong with a form: all of it, not the first thing. */
struct problem {
    const char *field; /* name of the field, "" for the whole form */
    enum word word;
    struct str arg;    /* fills {1} */
    struct problem *next;
};
struct problems {
    struct problem *first, **last;
    size_t count;
};

struct sign_key; /* sign/key.h */
struct sign_trusted; /* whom the site trusts to say who signed: sign/verify.h */
struct cache; /* what a worker remembers between requests: acts/cache.h */

struct ctx {
    struct arena *arena;
    struct db *db;         /* the worker's own handle, for reading */
    struct db *tx;         /* set: acts run inside this transaction, which the caller commits (imports) */
    struct instant now;    /* when it is recorded */
    enum lang lang;
    struct actor actor;
    struct random *random;
    struct cache *cache;
    const struct sign_trusted *trusted; /* NULL: nobody */
    const struct sign_key *seal; /* the machine's own key, for messages to agencies outside; NULL: none */
    struct problems problems;
};

/* The handle to read with: inside the transaction if there is one. */
struct db *ctx_db(const struct ctx *ctx);

/* Runs `work` as one transaction of its own, or inside ctx->tx. */
enum err ctx_transact(struct ctx *ctx, db_work_fn *work, void *arg) MUST_CHECK;

/* Today where the public is: the zone of the store's root unit. */
struct date ctx_today(const struct ctx *ctx);
struct str ctx_today_iso(const struct ctx *ctx);

/* May the actor do `r` at `unit`, for dossiers of `field` (0: whatever field)? ERR_FORBIDDEN if not. */
enum err right_check(struct ctx *ctx, struct db *db, enum right r, int64_t unit, int64_t field) MUST_CHECK;
/* The same of somebody else, as an answer. */
enum err right_has(struct ctx *ctx, struct db *db, int64_t person, enum right r, int64_t unit, int64_t field,
                   bool *ret) MUST_CHECK;
/* May the actor do `r` anywhere at all? */
enum err right_check_any(struct ctx *ctx, enum right r) MUST_CHECK;

/* Notes a defect of the form; the act then returns ERR_INVALID. */
void problem_add(struct ctx *ctx, const char *field, enum word word, struct str arg);

/* The person of that login as actor. ERR_NOT_FOUND: none, or not active. */
enum err actor_load(struct ctx *ctx, struct str login, struct actor *ret) MUST_CHECK;

#endif
