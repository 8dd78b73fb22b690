/* script.h - the expressions of a process, over the fields of a dossier: Lua 5.4, without libraries.
 *
 * An expression is one Lua expression ("area > 500 and kind == 'đất ở'"); a leading "=" or "${…}" is
 * taken off. The fields are its only names. No function, no file, no clock; at most
 * SCRIPT_INSTRUCTIONS_MAX steps and SCRIPT_BYTES_MAX of memory: a loop that never ends is ERR_LIMIT. */
#ifndef SCRIPT_SCRIPT_H
#define SCRIPT_SCRIPT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { SCRIPT_INSTRUCTIONS_MAX = 10000, SCRIPT_BYTES_MAX = 256 * 1024, SCRIPT_TEXT_MAX = 2000 };

enum script_kind { SCRIPT_NIL, SCRIPT_BOOL, SCRIPT_NUMBER, SCRIPT_TEXT, SCRIPT_KIND__COUNT };

struct script_value {
    enum script_kind kind;
    bool yes;
    int64_t number;
    struct str text;
};

struct script_field {
    struct str name;
    struct script_value value;
};

/* ERR_INVALID: not an expression, or it failed: *ret_message (in `a`) says why, as Lua says it. */
enum err script_eval(struct arena *a, struct str expression, const struct script_field *field, size_t count,
                     struct script_value *ret, struct str *ret_message) MUST_CHECK;
/* Is it an expression? The same errors, without running it. */
enum err script_check(struct arena *a, struct str expression, struct str *ret_message) MUST_CHECK;

#endif
