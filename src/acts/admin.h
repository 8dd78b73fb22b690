/* admin.h - the common beginning and end of every administrative act; inside acts/ only.
 *
 * What is not a dossier is journalled in one chain, that of the root unit, so that who was allowed
 * what, and which calendar held, can be read in one order. */
#ifndef ACTS_ADMIN_H
#define ACTS_ADMIN_H

#include "acts/ctx.h"
#include "format/json.h"

/* Code of the root unit and of its chain. */
#define ADMIN_ROOT STR("goc")

enum { ADMIN_CODE_MAX = 64, ADMIN_NAME_MAX = 500, ADMIN_TEXT_MAX = 64 * 1024 };

/* Runs `work` as ctx_transact does, and forgets the problems of a run that is repeated. */
enum err admin_transact(struct ctx *ctx, db_work_fn *work, void *arg) MUST_CHECK;

/* One journal line. `subject` 0: the entry makes it, *ret_id (may be NULL) is its id.
 * happened_at {0}: now. */
struct admin_entry {
    const char *act, *subject_kind;
    int64_t subject;
    struct instant happened_at;
    struct json payload;
};
enum err admin_journal(struct ctx *ctx, struct db *tx, const struct admin_entry *entry, int64_t *ret_id) MUST_CHECK;

/* The id of the root unit. */
enum err admin_root(struct ctx *ctx, struct db *db, int64_t *ret) MUST_CHECK;

/* As right_check_any, but reading inside the transaction. */
enum err admin_right_any(struct ctx *ctx, struct db *tx, enum right r) MUST_CHECK;

/* ERR_INVALID when the form has problems. */
enum err admin_form_done(const struct ctx *ctx) MUST_CHECK;

/* ---- what is wrong with a field ---- */

/* A line that must be there, of at most `max` bytes, on one line. */
void admin_need_line(struct ctx *ctx, const char *field, struct str text, size_t max);
/* The same, but may be empty. */
void admin_check_line(struct ctx *ctx, const char *field, struct str text, size_t max);
/* Text of several lines, may be empty. */
void admin_check_text(struct ctx *ctx, const char *field, struct str text, size_t max);
/* A code: letters, digits, dot, hyphen, underscore; must be there. */
void admin_need_code(struct ctx *ctx, const char *field, struct str code);
/* to >= from; both real days, `to` may be DATE_NEVER. */
void admin_check_dates(struct ctx *ctx, const char *field, struct date from, struct date to);

/* A lookup by what the form names: ERR_NOT_FOUND becomes a problem of that field, and the other
 * fields are checked all the same. */
enum err admin_found(struct ctx *ctx, const char *field, enum err err, bool *ret_found) MUST_CHECK;

/* Payload members that hold both sides of a change. */
void admin_put_date(struct ctx *ctx, struct json p, const char *key, struct date d);

#endif
