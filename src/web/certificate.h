/* certificate.h - what the pages of the register of certificates share. Inside web/ only. */
#ifndef WEB_CERTIFICATE_H
#define WEB_CERTIFICATE_H

#include "acts/certificate.h"
#include "view_certificate.h"
#include "view_document.h"
#include "view_page.h"
#include "web/form.h"
#include "web/url.h"

/* /vt/chung-thu-so, or one of its pages. */
struct url certificate_home(const struct web *w);
struct url certificate_url(const struct web *w, int64_t id);
struct html certificate_badge(const struct web *w, enum certificate_shown shown);
struct html certificate_table(struct web *w, const struct q_certificate_list *row, size_t count);
/* Units whose register the actor may `r`; the one of the field "don-vi" is chosen, else the first is *ret_here. */
enum err certificate_units(struct web *w, enum right r, bool any, struct view_option **ret, size_t *ret_count, int64_t *ret_here);
/* "Trưởng phòng, Phòng Nội vụ". */
struct str certificate_place(const struct web *w, struct str title, struct str unit);

#endif
