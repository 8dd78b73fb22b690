/* track.h - looking up a dossier without signing in; inside web/ only. */
#ifndef WEB_TRACK_H
#define WEB_TRACK_H

#include "web/web.h"

struct html track_box(struct web *w, struct str code, struct str secret);
enum err track_page(struct web *w) MUST_CHECK;
/* The address in the QR code of a receipt: status without any personal data. */
enum err track_short_link(struct web *w) MUST_CHECK;

#endif
