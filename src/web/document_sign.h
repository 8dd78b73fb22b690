/* document_sign.h - the part of a page that signs with the token of whoever sits before it. Inside web/ only. */
#ifndef WEB_DOCUMENT_SIGN_H
#define WEB_DOCUMENT_SIGN_H

#include "web/web.h"

/* Around a list of documents (fields named "id"); `is_one`: one that is not chosen, and the page shows it. Lets the
 * page ask the signing agent, so it must be made before web_staff_page(). Once on a page. */
struct html document_signer(struct web *w, struct html list, bool is_one);
/* The same for the one document of a page. */
struct html document_signer_of(struct web *w, int64_t id);

#endif
