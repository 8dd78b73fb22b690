/* axis.h - the words of a document axis (trục liên thông văn bản) over HTTP: bring, what waits, fetch, confirm.
 *
 * What is said stands in acts/exchange.h. `key` is what the seal is made with. All block; ERR_UNAVAILABLE: no answer;
 * ERR_INVALID: an answer that is none. */
#ifndef LINK_AXIS_H
#define LINK_AXIS_H

#include "base/str.h"

enum { AXIS_LIST_MAX = 1000 };

struct axis {
    struct str address, system, secret;
};
enum err axis_list(struct arena *a, const struct axis *axis, struct str now, struct str **ret_id, size_t *ret_count) MUST_CHECK;
enum err axis_get(struct arena *a, const struct axis *axis, struct str id, struct str *ret_bytes) MUST_CHECK;
enum err axis_done(struct arena *a, const struct axis *axis, struct str id, struct str refused) MUST_CHECK;

#endif
