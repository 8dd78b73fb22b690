/* form.h - forms of the administration, made from a list of fields.
 *
 * A form comes back as it was typed, with what is wrong beside each field: when it is the one that
 * was posted (`typed`), its values are those of the request. Several forms may stand on one page;
 * only the typed one shows problems and has ids that the summary of problems links to. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "view_form.h"
#include "web/web.h"

enum { FORM_ROWS_MAX = 80, FORM_ROW_FIELDS = 4 };

enum form_kind { FORM_LINE, FORM_DATE, FORM_PASSWORD, FORM_AREA, FORM_SELECT, FORM_RADIOS, FORM_TICK, FORM_TICKS, FORM_FILE };

struct form_choice {
    struct str value, label;
    struct str hint;      /* FORM_RADIOS, FORM_TICKS */
    bool chosen;          /* FORM_TICKS, before anything was typed */
};

struct form_input {
    const char *name;
    enum form_kind kind;
    enum word label;
    struct str label_text; /* instead of the word, when not empty */
    struct str hint;      /* may be empty */
    struct str value;     /* before anything was typed; FORM_TICK: not empty = ticked */
    bool optional;
    const struct form_choice *choice; /* FORM_SELECT, FORM_RADIOS, FORM_TICKS */
    size_t choice_count;
};

struct form {
    struct web *w;
    bool typed;
    const char *prefix;   /* of ids, when not typed */
    struct view_form v;
    struct view_form_row row[FORM_ROWS_MAX];
};

/* `typed`: this is the form that was posted and has problems. */
void form_begin(struct form *f, struct web *w, struct url action, const char *prefix, bool typed);
/* The next field begins a new line of the form, or stands beside the one before. */
void form_add(struct form *f, const struct form_input *in);
void form_beside(struct form *f, const struct form_input *in);
/* Markup that stands between the fields and the button. */
void form_note(struct form *f, struct html note);
/* A second button: the field "buoc" tells which was pressed ("luu" is the first). */
void form_second(struct form *f, enum word button, struct str value);
struct html form_end(struct form *f, enum word button);

/* ---- the head of a page, and cards ---- */

struct form_head {
    enum word heading;
    struct str heading_text; /* instead of the word, when not empty */
    struct str sub;
    struct url back;
    enum word back_label;
    bool has_back;
    const struct view_form_link *link;
    size_t link_count;
};
void form_head(struct html_out *o, struct web *w, const struct form_head *h);
/* A card with a heading. */
void form_card(struct html_out *o, enum word heading, struct html body);

/* ---- small readers and writers ---- */

struct str form_say(const struct web *w, enum word word);
struct str form_number(const struct web *w, int64_t n); /* plain digits, for fields */
/* A stored date (2018-02-12) as people read it; empty for 9999-12-31 and for what is none. */
struct str form_day(const struct web *w, struct str iso);
/* An instant of the store on the wall of the root's zone: 15/07/2026 10:12. */
struct str form_instant(const struct web *w, struct str iso);
/* The number in a part of the path; ERR_NOT_FOUND when it is none. */
enum err form_part_id(const struct web *w, int part, int64_t *ret) MUST_CHECK;
/* A date that must be there: a problem, and today, when it is not. A handler then calls its act all
 * the same: with a problem noted the act writes nothing, and adds what it finds wrong itself. */
struct date form_need_date(struct web *w, const char *name);
/* A date that may be missing: `none` then. */
struct date form_date(struct web *w, const char *name, struct date none);
/* An id chosen from a list; 0 when nothing was. */
int64_t form_id(struct web *w, const char *name);
/* Units of today as choices, indented by their depth. */
enum err form_unit_choices(struct web *w, struct form_choice **ret, size_t *ret_count) MUST_CHECK;
/* Was the form refused for what it says (and is to be shown again)? */
bool form_is_refused(const struct web *w, enum err err);

#endif
