/* base_data.h - fills an empty store with the facts of data/: the root unit, the system's own person,
 * roles, fields, reasons, the calendar, units and procedures. One transaction: all or nothing. */
#ifndef ACTS_BASE_DATA_H
#define ACTS_BASE_DATA_H

#include "acts/ctx.h"
#include "format/fault.h"

/* The text of a file of data/ by its path there ("units/bien-hoa-2018.yaml"). False: no such file. */
typedef bool base_data_find(struct str path, struct str *ret);

/* Leaves ctx->actor as the system's person. ERR_INVALID: a file has a defect; *ret_fault says which
 * entry of which file, and why. ERR_CONFLICT: the store is not empty. */
enum err base_data_load(struct ctx *ctx, base_data_find *find, struct fault *ret_fault) MUST_CHECK;

/* What a newer version of the program knows more than the one that made the store: types of documents, rows of numbers and
 * issuers where there are none, roles that are missing, and for roles that are there those of the file's rights that nobody
 * but the system holds yet (older versions did not know them). What people made of roles stays. As the system's person.
 * ERR_NOT_FOUND: the store is empty. */
struct base_renewal {
    int64_t roles;   /* defined, or defined anew */
    bool documents;  /* types of documents came */
    int64_t books, definitions; /* registers; figures and reports, that it did not know */
};
enum err base_data_renew(struct ctx *ctx, base_data_find *find, struct base_renewal *ret, struct fault *ret_fault) MUST_CHECK;

#endif
