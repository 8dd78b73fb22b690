/* answer.h - what the frame of the web room needs of its answers; inside web/ only. */
#ifndef WEB_ANSWER_H
#define WEB_ANSWER_H

#include "rules/dossier.h"
#include "web/web.h"

/* The sentence that a redirect left for this page; empty if none, or not said by us. */
struct str web_said(const struct web *w);

/* The page of an error. `status` 0: that of the error. */
void web_error(struct web *w, enum err err, int status);

/* A page for what the server refused by itself, without asking who it was: in `a`. */
struct str web_bare_error(struct arena *a, enum err err);

/* Remembers the language that somebody chose. */
void web_set_language(struct web *w, enum lang lang);

/* Where the day begins: the first page of the menu that this person may see. */
struct url web_home(const struct web *w);

/* Why the law says no, with its date. */
struct str web_verdict_text(const struct web *w, struct dossier_verdict verdict);

#endif
