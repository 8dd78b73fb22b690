/* timeline.h - what happened to a dossier, and how its due date came about, in words. Inside web/
 * only. */
#ifndef WEB_TIMELINE_H
#define WEB_TIMELINE_H

#include "acts/dossier_view.h"
#include "web/web.h"

/* Readings are in the journal, not in the story. */
bool timeline_is_shown(const struct dossier_line *line);
struct str timeline_title(const struct web *w, const struct dossier_line *line);
/* The note, the defects, the reason: may hold line feeds, may be empty. */
struct str timeline_detail(const struct web *w, const struct dossier_line *line);
/* How it looks in a list: ok, canh, nay, or empty. */
struct str timeline_class(const struct dossier_line *line);

/* One sentence for a step of the derivation. */
struct str timeline_derivation(const struct web *w, const struct dossier_view *d, const struct deadline_step *step);

/* The badge of the whole dossier: running, standing or ended. */
struct web_badge timeline_badge(const struct web *w, const struct dossier_view *d);

/* A stored time on the wall of the dossier's office; {DATE_NEVER} if there is none. */
struct local timeline_local(const struct dossier_view *d, struct str instant, bool is_null);

#endif
