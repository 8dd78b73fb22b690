/* url.h - addresses of pages. Every link and redirect is made here or with URL_PATH. */
#ifndef WEB_URL_H
#define WEB_URL_H

#include "html/html.h"

struct url url_sign_in(struct arena *a, struct str back); /* `back`: where to go on, or empty */
struct url url_queue(struct arena *a);
struct url url_unit_queue(struct arena *a, int64_t unit); /* 0: one's own */
struct url url_intake(struct arena *a);
struct url url_intake_of(struct arena *a, int64_t unit, struct str procedure);
struct url url_search(struct arena *a, struct str words);
struct url url_hand_over(struct arena *a, int64_t unit);
struct url url_return(struct arena *a, int64_t unit);
struct url url_register(struct arena *a);
struct url url_dossier(struct arena *a, struct str code);
/* A page below a dossier: "bo-sung". */
struct url url_dossier_page(struct arena *a, struct str code, struct str page);
/* A number as a query value. */
struct url url_with_int(struct arena *a, struct url url, const char *name, int64_t value);

/* Takes apart and builds again an address of this site that came from outside ("/cb/viec?han=0").
 * False: it is none. */
bool url_own(struct arena *a, struct str text, struct url *ret);

#endif
