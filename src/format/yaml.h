/* yaml.h - one YAML document as a tree of json.h: the format of the facts under data/.
 *
 * Over libyaml. Only what a person needs to write facts down: mappings with text keys, sequences,
 * scalars. Every scalar is text, exactly as written (no `no` that becomes false, no 1.10 that
 * becomes 1.1, no octal): who needs a number or a yes asks for it with the helpers below. An empty
 * value is the empty text.
 *
 * Anchors, aliases and tags are refused (a few bytes of them can unfold to gigabytes), also a key
 * twice in one mapping and a second document. */
#ifndef FORMAT_YAML_H
#define FORMAT_YAML_H

#include "format/json.h"

enum { YAML_SIZE_MAX = 16 * 1024 * 1024, YAML_DEPTH_MAX = 32, YAML_VALUES_MAX = 1000 * 1000 };

/* Reads the mapping or sequence that is the document. ERR_INVALID: not such YAML, or not UTF-8;
 * ERR_LIMIT: larger, deeper or of more values than the limits. *ret_fault (may be NULL) names the
 * line and the reason. */
enum err yaml_parse(struct arena *a, struct str text, struct json *ret,
                    struct fault *ret_fault) MUST_CHECK;

/* The member `key` of a mapping. ERR_NOT_FOUND: absent or empty; ERR_INVALID: not a decimal
 * integer, not `true` or `false`; ERR_LIMIT: outside [min, max]. Text is read with json_text(). */
enum err yaml_int(struct json o, const char *key, int64_t min, int64_t max,
                  int64_t *ret) MUST_CHECK;
enum err yaml_bool(struct json o, const char *key, bool *ret) MUST_CHECK;

#endif
