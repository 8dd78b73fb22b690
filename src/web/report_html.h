/* report_html.h - a report as markup: for the page, and for a file that stands alone. */
#ifndef WEB_REPORT_HTML_H
#define WEB_REPORT_HTML_H

#include "acts/report.h"
#include "html/html.h"
#include "web/web.h"

/* The page that shows the records of a number. */
typedef struct url report_link(void *arg, const struct report_source *source);

/* … of a report shown on the site. */
struct url report_records_url(const struct web *w, const struct report *r, const struct report_source *source);

/* `link` NULL: numbers are not linked. */
struct html report_html(struct arena *a, enum lang lang, const struct report *r, report_link *link, void *arg);
/* A whole document, without links and without a style sheet of its own. */
struct str report_html_file(struct arena *a, enum lang lang, const struct report *r);

struct view_report_law;
/* The broken laws as the views list them. */
struct view_report_law *report_html_laws(struct arena *a, const struct report *r);

#endif
