/* cooperation.h - the register of signed rules of cooperation between agencies (quy chế phối hợp; reference
 * 3.3): without one, an inter-agency process is a promise that nobody has signed. */
#ifndef ACTS_COOPERATION_H
#define ACTS_COOPERATION_H

#include "acts/ctx.h"
#include "sql_cooperation.h"

struct act_cooperation_save {
    int64_t id;                      /* 0: a new one; out: its id */
    struct str number, title, signer;
    struct date signed_on, valid_from, valid_to; /* valid_to DATE_NEVER: until another replaces it */
    struct str agencies, procedures; /* codes, with spaces, commas or lines between; kept with one space */
    struct str note;
};
/* RIGHT_CATALOGUE_EDIT. ERR_INVALID: a problem of each field that is wrong; an unknown code is named. The
 * same number on the same day is a problem of "number". */
enum err act_cooperation_save(struct act_cooperation_save *act, struct ctx *ctx) MUST_CHECK;

/* All, the newest first; RIGHT_CATALOGUE_READ. */
enum err act_cooperation_list(struct ctx *ctx, struct q_cooperation_list **ret, size_t *ret_count) MUST_CHECK;
enum err act_cooperation_load(struct ctx *ctx, int64_t id, struct q_cooperation_by_id *ret) MUST_CHECK;

#endif
