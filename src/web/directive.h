/* directive.h - addresses that pages of figures share with directives. Inside web/ only. */
#ifndef WEB_DIRECTIVE_H
#define WEB_DIRECTIVE_H

#include "acts/indicator.h"
#include "web/web.h"

struct figure_question;
/* The form that directs from this figure. */
struct url directive_give_url(const struct web *w, const struct figure_question *q, struct str code, bool is_indicator);
/* The page of one record that a figure counts. */
struct url indicator_record_url(const struct web *w, const struct indicator_record *r);

#endif
