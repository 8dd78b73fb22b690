/* paper.h - official forms as files: of a dossier, of a day. Inside web/ only. */
#ifndef WEB_PAPER_H
#define WEB_PAPER_H

#include "web/web.h"

/* What the QR code of a dossier holds: the address that was set, else the one under which this page was asked for. */
struct str paper_link(const struct web *w, struct str code);

/* GET: the form `code` of the dossier in the path, as PDF. ERR_NOT_FOUND: no such form, or it does not apply. */
enum err paper_file(struct web *w, struct str form);

#endif
