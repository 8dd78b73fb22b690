/* path.h - the path of a request line: decoded once, and nothing in it that could mean two things.
 *
 * Pure and thread-safe. Inside the room http. */
#ifndef HTTP_PATH_H
#define HTTP_PATH_H

#include "http/http.h"

/* The path before "?" as text. ERR_LIMIT: longer than HTTP_PATH_MAX; ERR_INVALID: does not start with a slash, has a
 * bad escape, an encoded slash, backslash or NUL, a control character, a part that is empty, "." or "..", or is not
 * UTF-8. A slash at the end stays. */
enum err path_decode(struct arena *a, struct str raw, struct str *ret) MUST_CHECK;

/* Takes the next part of a path or pattern off *rest; false when nothing is left. */
bool path_part(struct str *rest, struct str *ret_part);

/* A part of a pattern: literal text, or {…} and what must follow it in the same part. */
struct path_pattern {
    bool is_open;
    struct str text; /* the literal, or what follows */
};
struct path_pattern path_pattern(struct str part);

/* Does it take `part`? For {…}, *ret_value is what that stands for. */
bool path_takes(struct path_pattern pattern, struct str part, struct str *ret_value);

#endif
