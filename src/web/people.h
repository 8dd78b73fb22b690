/* people.h - the parts of a person's page; inside web/ only. */
#ifndef WEB_PEOPLE_H
#define WEB_PEOPLE_H

#include "acts/people.h"
#include "view_people.h"
#include "web/form.h"

/* Which of the forms on the page came back with problems. */
enum person_form { PERSON_NONE, PERSON_CHANGE, PERSON_PASSWORD, PERSON_GRANT, PERSON_DELEGATION, PERSON_END };

struct url person_url(const struct web *w, int64_t id);
enum err person_page(struct web *w, enum person_form typed) MUST_CHECK;

/* The cards of roles and of delegations, with their forms where the viewer may. */
enum err person_grants(struct web *w, struct html_out *o, const struct act_person_view *p, enum person_form typed) MUST_CHECK;
enum err person_delegations(struct web *w, struct html_out *o, const struct act_person_view *p, enum person_form typed) MUST_CHECK;

#endif
