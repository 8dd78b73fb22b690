/* json.h - one JSON document: read strictly, built, and written in one canonical form.
 *
 * Over jansson. A `struct json` is a handle passed by value; what it points to lives as long as the
 * arena it was made in (or, once put into another document, as long as that one). The handle
 * {NULL} means "absent"; every reading function accepts it. Not thread-safe per document.
 * The same tree serves YAML (yaml.h). For long exports see json_writer.h. */
#ifndef FORMAT_JSON_H
#define FORMAT_JSON_H

#include "base/str.h"
#include "format/fault.h"

struct json_t; /* jansson's */
struct json {
    struct json_t *p;
};

enum json_kind {
    JSON_KIND_ABSENT,
    JSON_KIND_NULL,
    JSON_KIND_BOOL,
    JSON_KIND_INT,
    JSON_KIND_REAL,
    JSON_KIND_TEXT,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT,
    JSON_KIND__COUNT
};

enum { JSON_SIZE_MAX = 16 * 1024 * 1024, JSON_DEPTH_MAX = 64, JSON_VALUES_MAX = 1000 * 1000 };

/* Reads one object or array and nothing after it. ERR_LIMIT: more than JSON_SIZE_MAX bytes, deeper
 * than JSON_DEPTH_MAX, or more than JSON_VALUES_MAX values (three bytes, `{},`, make a tree node of
 * two hundred). ERR_INVALID: not JSON, a key twice in one object, bad UTF-8, \u0000,
 * an integer beyond 64 bits. *ret_fault (may be NULL) says where and why. */
enum err json_parse(struct arena *a, struct str text, struct json *ret,
                    struct fault *ret_fault) MUST_CHECK;

/* --- reading ------------------------------------------------------------------------------- */

enum json_kind json_kind(struct json j);

/* The member of an object; absent if there is none or `o` is no object. */
struct json json_get(struct json o, const char *key);
struct json json_get_named(struct json o, struct str key); /* for a key that is not a literal */
bool json_has(struct json o, const char *key);             /* also when its value is null */

/* The member's value, or "", 0, false where it is absent or of another kind: for documents of our
 * own making. */
struct str json_text(struct json o, const char *key);
int64_t json_int(struct json o, const char *key);
bool json_bool(struct json o, const char *key);

/* The same for documents of others. ERR_NOT_FOUND: absent or null; ERR_INVALID: of another kind.
 * json_need_real also takes an integer. */
enum err json_need_text(struct json o, const char *key, struct str *ret) MUST_CHECK;
enum err json_need_int(struct json o, const char *key, int64_t *ret) MUST_CHECK;
enum err json_need_bool(struct json o, const char *key, bool *ret) MUST_CHECK;
enum err json_need_real(struct json o, const char *key, double *ret) MUST_CHECK;

/* The value itself, as above: "", 0, false if of another kind. */
struct str json_as_text(struct json j);
int64_t json_as_int(struct json j);
bool json_as_bool(struct json j);
double json_as_real(struct json j); /* of an integer too */

/* Elements of an array; 0 and absent for anything else. */
size_t json_length(struct json array);
struct json json_at(struct json array, size_t i);

/* Members of an object in order of their keys (bytewise); none for anything else. */
struct json_member {
    struct str key;
    struct json value;
};
struct json_members {
    const struct json_member *member;
    size_t count;
};
struct json_members json_members(struct arena *a, struct json o);

/* --- building ------------------------------------------------------------------------------ */

/* Named so because jansson itself owns json_object and json_array. */
struct json json_new_object(struct arena *a);
struct json json_new_array(struct arena *a);
struct json json_new_text(struct arena *a, struct str text); /* to be put somewhere */

/* Sets a member, in place of one of that name. Text must be valid UTF-8 (checked at the door:
 * BUG() otherwise). Putting an absent value changes nothing. */
void json_put_text(struct json o, const char *key, struct str value);
void json_put_int(struct json o, const char *key, int64_t value);
void json_put_bool(struct json o, const char *key, bool value);
void json_put_real(struct json o, const char *key, double value); /* finite */
void json_put_null(struct json o, const char *key);
void json_put_json(struct json o, const char *key, struct json value);
void json_put_named(struct json o, struct str key, struct json value);
void json_append(struct json array, struct json value);
void json_append_text(struct json array, struct str value);
void json_append_int(struct json array, int64_t value);

/* --- writing ------------------------------------------------------------------------------- */

/* The one form that is hashed and stored. Same tree, same bytes, on every machine:
 *  - UTF-8, no byte order mark, no white space anywhere, no line feed at the end;
 *  - members sorted by key, bytewise; a key appears once;
 *  - text: " and \ get a backslash; \b \t \n \f \r so; other bytes below 0x20 as \u00xx in lower
 *    case; every other character as itself (also / and DEL); no normalisation (text is NFC
 *    already, at the door);
 *  - integers in decimal, 64 bits; reals with the fewest digits (15 to 17) that read back to the
 *    same number, and always with a `.` or an exponent, so that they stay reals;
 *  - true, false, null. */
struct str json_canonical(struct arena *a, struct json j);

#endif
