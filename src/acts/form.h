/* form.h - official forms as data: what a paper says stands in data/forms, with the law beside it; here it is
 * filled and becomes a document (paper/document.h).
 *
 * A form has a code that stays when the law changes ("mau-01"), a title, a legal basis and the days it is valid;
 * the form of a day is chosen by code and day. Reference 0.2, 1; docs/forms.md says how one is written. */
#ifndef ACTS_FORM_H
#define ACTS_FORM_H

#include "acts/ctx.h"
#include "calendar/deadline.h"
#include "calendar/zone.h"
#include "format/json.h"
#include "paper/document.h"

enum { FORM_FIELDS_MAX = 80, FORM_LISTS_MAX = 4, FORM_BLOCKS_MAX = 2000, FORM_COLUMNS_MAX = 16, FORMS_MAX = 64 };

/* What fills the holes. A field that a dossier has nothing for is there and empty. */
struct form_field {
    struct str name, value;
};
struct form_row {
    const struct form_field *field;
    size_t field_count;
};
struct form_list {
    struct str name;
    struct form_row *row;
    size_t row_count;
};
struct form_data {
    struct form_field field[FORM_FIELDS_MAX];
    size_t field_count;
    struct form_list list[FORM_LISTS_MAX];
    size_t list_count;
    struct str qr, qr_side; /* modules and how many on a side, as paper/document.h has them; empty: no code */
    struct date on;         /* the day whose law holds */
    struct str made_at;     /* ISO 8601 */
};
void form_put(struct form_data *d, const char *name, struct str value);
/* ""; also where there is no such field. */
struct str form_field_value(const struct form_data *d, struct str name);

struct form {
    struct str code, title, basis;
    struct date from, to; /* both valid; to: DATE_NEVER while it holds */
    struct json tree;
};
/* Those of a day, by code. The first of a code holds before its day too: older wordings are not known. Ordered as
 * under data/forms. */
enum err forms_on(struct arena *a, struct date on, struct form **ret, size_t *ret_count) MUST_CHECK;
/* ERR_NOT_FOUND: no form of this code on that day. */
enum err form_find(struct arena *a, struct str code, struct date on, struct form *ret) MUST_CHECK;

/* Are all fields there without which the paper says nothing ("needs")? */
bool form_applies(const struct form *f, const struct form_data *d);
/* ERR_NOT_FOUND: it does not apply. ERR_INVALID: the form names a field or list that the data do not have.
 * ERR_LIMIT: more blocks than FORM_BLOCKS_MAX. */
enum err form_document(struct arena *a, const struct form *f, const struct form_data *d, struct paper_document *ret) MUST_CHECK;

/* Documents of one size, at least one, as one: each begins on a new page that is its first. */
struct paper_document form_together(struct arena *a, const struct paper_document *d, size_t count);

/* ---- the fields of a dossier ---- */

/* RIGHT_DOSSIER_READ, journalled as reading the dossier is (dossier_view.h). Fields: docs/forms.md. The QR code is
 * left to who knows the address of the site. ERR_NOT_FOUND: no such dossier. */
enum err act_dossier_form(struct ctx *ctx, struct str code, struct form_data *ret) MUST_CHECK;

/* What draws the code of a dossier: the room that knows the address of the site. */
typedef enum err form_qr(void *arg, struct arena *a, struct str code, struct str *ret_modules, struct str *ret_side);

/* The receipts of what a counter took in on a day as one document, in the order of the register, each on a page of
 * its own. RIGHT_DOSSIER_SEARCH at the unit, RIGHT_DOSSIER_READ of each, journalled as read. ERR_NOT_FOUND: none;
 * ERR_LIMIT: more than FORM_DAY_MAX. */
enum { FORM_DAY_MAX = 1000 };
enum err act_day_receipts(struct ctx *ctx, int64_t unit, struct date day, form_qr *qr, void *arg, struct paper_document *ret, size_t *ret_count) MUST_CHECK;

/* What the register of a counter is filled with, from a day to a day ("so-theo-doi"). RIGHT_DOSSIER_SEARCH at the
 * unit. ERR_LIMIT: more than REGISTER_MAX dossiers (desk.h). */
enum err act_register_form(struct ctx *ctx, int64_t unit, struct date from, struct date to, struct form_data *ret) MUST_CHECK;

/* Who writes: the agency that the counter belongs to, as it is written on its documents (document_issuer), else the
 * site. A ward is agency and counter in one; then "counter" is empty, and the form says what a counter is called under
 * its law ("counter: Bộ phận Tiếp nhận và Trả kết quả"). */
struct q_unit_by_id;
enum err form_put_office(struct ctx *ctx, const struct q_unit_by_id *unit, struct form_data *d) MUST_CHECK;

/* "ngày 05 tháng 02 năm 2026": days below ten and the first two months with a zero (NĐ 30/2020, Phụ lục I). */
struct str form_day_text(struct arena *a, struct date d);
/* "8 giờ 20 phút, ngày …"; "" of DATE_NEVER. */
struct str form_moment_text(struct arena *a, struct local t);

#endif
