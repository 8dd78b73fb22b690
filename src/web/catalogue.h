/* catalogue.h - what the pages of the catalogue share; inside web/ only. */
#ifndef WEB_CATALOGUE_H
#define WEB_CATALOGUE_H

#include "acts/catalogue.h"
#include "web/form.h"

extern const struct http_field CATALOGUE_NEW_FIELDS[], CATALOGUE_VERSION_FIELDS[];

struct url catalogue_url(const struct web *w);
struct url procedure_url(const struct web *w, struct str code);
/* A page below a procedure: "phien-ban-moi". */
struct url procedure_page(const struct web *w, struct str code, struct str page);

web_handler catalogue_show_new, catalogue_add, catalogue_show_version_form, catalogue_publish;

#endif
