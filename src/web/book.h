/* book.h - pages of the books (registers whose fields are data). Inside web/ only. */
#ifndef WEB_BOOK_H
#define WEB_BOOK_H

#include "acts/book.h"
#include "view_book.h"
#include "web/form.h"

struct url book_url(const struct web *w, struct str code);
struct url book_entry_url(const struct web *w, int64_t id);

/* The form of an entry: `value` is what stands in it before anything was typed (NULL: blank). With `typed` it comes back
 * as it was posted. */
enum err book_form(struct web *w, const struct schema *s, struct url action, const struct schema_value *value, bool with_reason, bool typed, struct html *ret) MUST_CHECK;
/* What was typed, in the order of the schema's fields; files are kept by their content. */
enum err book_typed(struct web *w, const struct schema *s, const struct schema_value *before, struct schema_value **ret) MUST_CHECK;

#endif
