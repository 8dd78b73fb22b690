/* document.h - what the pages of documents share. Inside web/ only. */
#ifndef WEB_DOCUMENT_H
#define WEB_DOCUMENT_H

#include "acts/document_task.h"
#include "view_document.h"
#include "web/form.h"
#include "web/url.h"

struct url document_url(const struct web *w, int64_t id);
struct url task_url(const struct web *w, int64_t id);
/* "Khẩn", or empty. */
struct str document_urgency_text(const struct web *w, int64_t urgency);
/* A row of a list of documents; rows of statements that share the columns of document_list. */
struct view_document_row document_row(const struct web *w, const struct q_document_list *d);
/* What edXML calls a status: "03" in words. */
struct str document_status_text(const struct web *w, struct str status);
/* What the sender asks of one that came in: "withdraw" in words. */
enum word document_recall_word(struct str what);
struct url document_act_url(const struct web *w, int64_t id, const char *act);
/* Cards with the forms of what may be done now; `typed`: the act whose form came back, -1 none. */
enum err document_cards(struct web *w, struct html_out *o, const struct act_document *act, int typed) MUST_CHECK;
/* Rows of tasks; rows that share the columns of document_task_list. */
struct view_document_task_row task_row(const struct web *w, const struct q_document_task_list *t);
struct html task_table(struct web *w, const struct q_document_task_list *t, size_t count);
/* Types as choices, the first of them "any" when `any` is a word. */
enum err document_type_choices(struct web *w, enum word any, struct form_choice **ret, size_t *ret_count) MUST_CHECK;
enum err document_urgency_choices(struct web *w, struct form_choice **ret, size_t *ret_count) MUST_CHECK;
/* Units of an agency that can be given tasks: its own, down to where another agency begins. */
enum err task_unit_choices(struct web *w, int64_t unit, struct form_choice **ret, size_t *ret_count) MUST_CHECK;
/* The agency at whose registry the actor works: the one that the field "don-vi" names, else the first. */
enum err document_registry(struct web *w, enum right r, struct form_choice **ret, size_t *ret_count, int64_t *ret_unit) MUST_CHECK;
/* The rules said no: 422 with the sentence, its ground, and the way back. */
enum err document_refused(struct web *w, const struct act_document_on *on, struct url back) MUST_CHECK;
/* The upload of a field, or none. */
bool document_upload(const struct web *w, const char *name, struct document_bytes *ret);

#endif
