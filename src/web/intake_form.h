/* intake_form.h - the intake form as it was typed, read once. Inside web/ only. */
#ifndef WEB_INTAKE_FORM_H
#define WEB_INTAKE_FORM_H

#include "acts/desk.h"
#include "acts/dossier.h"
#include "acts/queue.h"
#include "web/web.h"

/* A visit to the counter being typed. */
struct intake {
    struct web *w;
    struct desk desk;
    const struct procedure_whole *procedure;
    const struct q_case_list *kase;
    bool posted;                  /* fields were sent */
    struct act_applicant applicant;
    struct act_paper *paper;      /* the checklist of the case, as ticked */
    size_t paper_count;
    struct q_dossier_same *same;  /* open dossiers of this person for this procedure */
    size_t same_count;
    bool found_person;            /* filled from what this person told before */
};

extern const struct http_field FIELDS_INTAKE[];

/* Which counter, procedure and case; then everything typed. ERR_FORBIDDEN: no counter to receive at;
 * ERR_NOT_FOUND: no such procedure in force. */
enum err intake_read(struct intake *in) MUST_CHECK;

/* Fills empty fields with what this person told before. */
enum err intake_find_person(struct intake *in) MUST_CHECK;
enum err intake_find_same(struct intake *in) MUST_CHECK;

#endif
