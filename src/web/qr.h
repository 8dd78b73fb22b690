/* qr.h - a QR code as the path of one SVG shape, level M. Inside web/ only. */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "base/str.h"

enum { QR_QUIET = 4 }; /* modules of white around it */

struct qr {
    struct str path;     /* "M4 4h7v1h-7z…" */
    struct str view_box; /* "0 0 33 33": with the quiet zone */
    struct str side;     /* "33": modules on a side, with the quiet zone */
};

/* ERR_LIMIT: more than fits. */
enum err qr_encode(struct arena *a, struct str text, struct qr *ret) MUST_CHECK;

#endif
