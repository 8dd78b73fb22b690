/* tool.h - what the programs of the build share: whole files in and out, and one way to complain.
 *
 * A tool reads everything, writes everything, and ends; it never repairs what it does not
 * understand. */
#ifndef TOOLS_TOOL_H
#define TOOLS_TOOL_H

#include "base/arena.h"
#include "base/str.h"

enum { TOOL_ARENA = 1 << 30 };

/* "queue.html:12: what is wrong" on standard error; the tool then ends with 1. */
void tool_die(const char *file, int line, const char *fmt, ...) PRINTF(3, 4) NORETURN;

/* The whole file; dies when it cannot be read. */
struct str tool_read(struct arena *a, const char *path);

/* Writes `text`, unless the file already holds it: then its date stays, and nothing that depends
 * on it is built again. */
void tool_write(const char *path, struct str text);

/* Puts `s` as the inside of a C string literal. */
void tool_put_literal(struct buf *b, struct str s);

/* The last part of a path; and the same without its extension. */
struct str tool_name(const char *path);
struct str tool_stem(const char *path);

/* Is `s` a name: a letter, then lower-case letters, digits and underscores? */
bool tool_is_name(struct str s);

/* "queue.days-left" -> "QUEUE_DAYS_LEFT". */
struct str tool_constant(struct arena *a, struct str s);

#endif
