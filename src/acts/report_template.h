/* report_template.h - reports as data: sections, sentences, lists and tables with bound figures.
 *
 * data/reports/NAME.yaml, kept in editions (acts/definition.h): docs/report-templates.md. What a
 * template binds are indicators; it can neither compute nor type a number. Sections and tables number
 * themselves, titles of periods come from the question. Reference 7.3. */
#ifndef ACTS_REPORT_TEMPLATE_H
#define ACTS_REPORT_TEMPLATE_H

#include "acts/ctx.h"
#include "format/fault.h"
#include "format/json.h"

enum { REPORT_TEMPLATE_DEPTH = 4, REPORT_TEMPLATE_COLUMNS = 16, REPORT_TEMPLATE_HEADS = 4 };

struct report_template {
    struct str code, name[LANG__COUNT], about[LANG__COUNT], kind, title, basis;
    struct json content;
};
/* ERR_INVALID: *ret_fault says what is not understood, and where. */
enum err report_template_read(struct arena *a, struct json content, struct report_template *ret, struct fault *ret_fault) MUST_CHECK;

/* All newest, in order. */
enum err report_templates(struct ctx *ctx, struct report_template **ret, size_t *ret_count) MUST_CHECK;

#endif
