/* str.h - text: a pointer and a length, valid UTF-8 once it is past the door, not NUL-terminated.
 *
 * Passed by value; never owns. `const char *` exists only at the borders of foreign libraries. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct str {
    const char *p;
    size_t n;
};

#define STR(lit)      ((struct str){"" lit "", sizeof(lit) - 1}) /* literals only */
#define STR_INIT(lit) {"" lit "", sizeof(lit) - 1}               /* in static tables */
#define PRIstr        ".*s"                                      /* printf("%" PRIstr, STR_ARG(s)) */
#define STR_ARG(s)    (int)(s).n, (s).p                          /* evaluates `s` twice */

/* At the border of a library: the text of a C string (NULL is the empty text), and back. */
struct str str_of(const char *z);
const char *str_z(struct arena *a, struct str s);

struct str str_copy(struct arena *a, struct str s);
struct str str_format(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

bool str_is_empty(struct str s);
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b); /* bytewise; the order of both stores */
bool str_has_prefix(struct str s, struct str prefix);
bool str_has_suffix(struct str s, struct str suffix);

/* Where `needle` first stands in `s`, or STR_NONE. */
#define STR_NONE SIZE_MAX
size_t str_find(struct str s, struct str needle);

/* At most `n` bytes from `from`; cut to what is there. */
struct str str_sub(struct str s, size_t from, size_t n);

/* Without white space (ASCII) at both ends. */
struct str str_trim(struct str s);

/* Takes the next piece before `separator` off *rest; false when nothing is left.
 * "a,,b" gives "a", "", "b"; the empty text gives nothing. */
bool str_split(struct str *rest, char separator, struct str *ret_piece);

/* Decimal integer with optional sign and nothing around it, within [min, max].
 * ERR_INVALID: not one; ERR_LIMIT: outside. */
enum err str_parse_int(struct str s, int64_t min, int64_t max, int64_t *ret) MUST_CHECK;

/* Growing text in an arena. */
struct buf {
    struct arena *arena;
    char *p;
    size_t n, capacity;
};

struct buf buf_in(struct arena *a);
void buf_put(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_format(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
struct str buf_str(const struct buf *b); /* valid until the next put */

#endif
