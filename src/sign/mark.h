/* mark.h - the first page of a small PDF as a drawing (form XObject) inside an update. Inside the room. */
#ifndef SIGN_MARK_H
#define SIGN_MARK_H

#include "sign/update.h"

enum { MARK_SIZE_MAX = 2 << 20 };

struct mark_drawn {
    int32_t number; /* of the drawing */
    int width, height; /* points, rounded up */
};

/* Writes the drawing and all it needs as new objects. ERR_INVALID: not a plain PDF with a page. ERR_LIMIT:
 * too large. */
enum err mark_draw(struct update *u, struct str pdf, struct mark_drawn *ret) MUST_CHECK;

/* Finds page `number` (from 1) by its reference, and its value. ERR_NOT_FOUND: there is none;
 * ERR_INVALID: it is no object of its own. */
enum err page_find(struct pdf_view v, int number, const struct pdf_value **ret_reference, const struct pdf_value **ret) MUST_CHECK;

#endif
