/* bulk.h - one act on many dossiers, each a transaction of its own; the answer says how each went.
 * Inside web/ only. */
#ifndef WEB_BULK_H
#define WEB_BULK_H

#include "rules/dossier.h"
#include "web/web.h"

enum { BULK_MAX = 200 };

/* Does `act` (HAND_OVER or TAKE) to every id of the field "id". All done: redirects to `back` and
 * says so; otherwise a page lists those that were refused and why. */
enum err web_bulk(struct web *w, enum dossier_act act, enum web_menu menu, struct url back);

#endif
