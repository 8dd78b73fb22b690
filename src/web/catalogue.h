/* catalogue.h - what the pages of the catalogue share; inside web/ only. */
#ifndef WEB_CATALOGUE_H
#define WEB_CATALOGUE_H

#include "acts/catalogue.h"
#include "acts/organisation.h"
#include "acts/people.h"
#include "web/form.h"

extern const struct http_field CATALOGUE_NEW_FIELDS[], CATALOGUE_VERSION_FIELDS[], CATALOGUE_POST_FIELDS[],
    CATALOGUE_UNPOST_FIELDS[], CATALOGUE_REPEAL_FIELDS[], CATALOGUE_UNITS_FIELDS[];

struct url catalogue_url(const struct web *w);
struct url procedure_url(const struct web *w, struct str code);
/* A page below a procedure: "phien-ban-moi". */
struct url procedure_page(const struct web *w, struct str code, struct str page);

/* One procedure, with the form that came back with problems. */
enum catalogue_typed { CATALOGUE_TYPED_NONE, CATALOGUE_TYPED_POST, CATALOGUE_TYPED_REPEAL, CATALOGUE_TYPED_OTHER };
enum err catalogue_page(struct web *w, enum catalogue_typed typed) MUST_CHECK;
bool catalogue_stands(const struct act_unit_tree *tree, int64_t unit);

/* What a step calls a role, and a place ("counter", "leader", the code of a unit), in words. */
struct str catalogue_role_name(const struct role_line *role, size_t count, struct str code);
struct str catalogue_place_name(const struct web *w, const struct act_unit_tree *tree, struct str place);

/* Roles and places that a step may have. For each step they are the same list with another one chosen; one
 * that is no more is added, as the step still names it. */
struct catalogue_choices {
    struct view_form_option *option;
    size_t count;
};
enum err catalogue_role_choices(struct web *w, struct catalogue_choices *ret) MUST_CHECK;
enum err catalogue_place_choices(struct web *w, struct catalogue_choices *ret) MUST_CHECK;
struct catalogue_choices catalogue_choose(const struct web *w, const struct catalogue_choices *all, struct str chosen);

web_handler catalogue_show_new, catalogue_add, catalogue_show_version_form, catalogue_publish, catalogue_post,
    catalogue_unpost, catalogue_repeal, catalogue_show_units, catalogue_set_units;

/* ---- a version as it stands in the form: all text ---- */

struct case_text {
    struct str name, unit, length, fee, fee_text, papers;
};
struct step_text {
    struct str code, name, role, place, minutes;
};
struct version_text {
    struct case_text *cases; /* with room for one more */
    size_t case_count;
    struct step_text *step;  /* with room for BLANK_STEPS more */
    size_t step_count;
};
enum { BLANK_STEPS = 3 };

struct limit_name {
    struct str code;
    enum word word;
};
extern const struct limit_name LIMIT_NAMES[LIMIT__COUNT];

/* From a published version (NULL: an empty form), and from what was typed. */
void version_text_of(const struct web *w, const struct procedure_whole *p, struct version_text *ret);
void version_text_typed(const struct web *w, struct version_text *ret);
/* The act that the form asks for; what cannot be read becomes a problem. */
struct act_procedure_publish version_act(struct web *w, int64_t procedure, const struct version_text *t);

#endif
