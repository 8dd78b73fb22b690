/* prepared.h - what is kept between the two steps of signing, as plain bytes. Pure. Inside the room.
 *
 * One line of text with lengths and places, then the pieces. Nothing in it is believed: what is made of it
 * is checked as a signature before it leaves the room. */
#ifndef SIGN_PREPARED_H
#define SIGN_PREPARED_H

#include "sign/message.h"

struct prepared {
    struct message_draft draft;
    struct str pdf;                /* with the hole; "" for a detached message */
    size_t hole_at, hole_end;      /* the hexadecimal string, with its brackets */
};

struct str prepared_write(struct arena *a, const struct prepared *p);
/* The pieces point into `bytes`. ERR_INVALID: prepared_write() did not make it. */
enum err prepared_read(struct str bytes, struct prepared *ret) MUST_CHECK;

#endif
