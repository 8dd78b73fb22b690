/* fault.h - where a reader refused its input, and why.
 *
 * Filled only when a reader refuses. `why` is one English phrase for the person who runs an import
 * or keeps a data file ("duplicate object key"); it quotes names of keys and elements, never
 * values, so that no personal data reaches a log. It lives in the arena given to the reader. */
#ifndef FORMAT_FAULT_H
#define FORMAT_FAULT_H

#include "base/str.h"

struct fault {
    size_t line; /* from 1; 0 where the fault is of the whole input */
    struct str why;
};

/* Describes a fault in `a`, in printf's way; `ret` may be NULL. Returns `err`, so that a reader can
 * write: return fault_at(a, ret_fault, line, ERR_INVALID, "..."). */
enum err fault_at(struct arena *a, struct fault *ret, size_t line, enum err err, const char *fmt,
                  ...) PRINTF(5, 6);

/* A library's message as text that is safe to store: one line, printable ASCII, at most 200 bytes.
 */
struct str fault_tidy(struct arena *a, const char *message);

#endif
