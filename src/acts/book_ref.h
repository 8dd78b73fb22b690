/* book_ref.h - what fields of a book refer to: units, people, documents, entries, files; inside acts/ only. */
#ifndef ACTS_BOOK_REF_H
#define ACTS_BOOK_REF_H

#include "acts/book.h"

/* Makes the id of what *text names, in place: an id that exists; with `by_code` a unit's code or name, a person's
 * login, an entry's title. Fields that refer to nothing, and blank ones, stay. ERR_NOT_FOUND: there is none. */
enum err book_ref_find(struct ctx *ctx, struct db *db, const struct schema_field *f, bool by_code, struct str *text) MUST_CHECK;

/* The chain in which the unit's entries stand. */
enum err book_unit_code(struct ctx *ctx, struct db *db, int64_t unit, struct str *ret) MUST_CHECK;

#endif
