/* der.h - writing ASN.1 DER, piece by piece. Pure. Inside the room. */
#ifndef SIGN_DER_H
#define SIGN_DER_H

#include "base/str.h"

enum {
    DER_INTEGER = 0x02,
    DER_OCTETS = 0x04,
    DER_NULL = 0x05,
    DER_OID = 0x06,
    DER_UTC_TIME = 0x17,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_CONTEXT = 0xa0, /* [0], constructed; + n for [n] */
};

struct str der(struct arena *a, int tag, struct str content);
/* The pieces one after the other; ends with a piece whose p is NULL. */
struct str der_join(struct arena *a, const struct str *piece);
#define DER_JOIN(a, ...) der_join((a), (const struct str[]){__VA_ARGS__, {NULL, 0}})
/* SET OF: the pieces sorted as DER demands (X.690 11.6). */
struct str der_set(struct arena *a, struct str *piece, size_t count);
struct str der_small(struct arena *a, int tag, int value); /* 0 .. 127 */

#endif
