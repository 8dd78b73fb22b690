/* process.h - what the pages of a process share: the sheet, the drawing, the table, the dry run. Inside web/ only. */
#ifndef WEB_PROCESS_H
#define WEB_PROCESS_H

#include "acts/process.h"
#include "view_process.h"
#include "web/catalogue.h"

/* A page of a procedure's process: "" is its sheet, else "ve", "bang", "thu". */
struct url process_url(const struct web *w, struct str code, struct str page);

/* The lines that are saved with a process: as they were typed, when the form comes back; else as they stand. */
struct view_process_fields process_fields(const struct web *w, bool again, const struct act_process_view *act);
/* "Lần ban hành 2". */
struct str process_revision(const struct web *w, int64_t no);
/* The sentence of a finding. */
struct str process_why(const struct web *w, const struct process_finding *f);

/* Roles and units, to say who does a step and where. */
struct process_names {
    struct act_unit_tree tree;
    struct role_line *role;
    size_t role_count;
};
enum err process_names_load(struct web *w, struct process_names *ret) MUST_CHECK;

/* Saves what the form holds as the draft. ERR_INVALID with problems: the form is shown again. */
enum err process_save(struct web *w, struct act_process_view *at, struct str xml) MUST_CHECK;

/* The file of a form: an upload, or what was pasted. */
struct str process_file(const struct web *w);

/* What bpmn-js says, translated. */
struct view_draw_term *process_terms(const struct web *w, size_t *ret_count);

/* The page to draw on; `again`: with what was drawn and could not be saved. */
enum err process_draw_page(struct web *w, bool again) MUST_CHECK;

web_handler process_draw, process_table, process_table_post, process_try, process_move, process_move_post;
extern const struct http_field PROCESS_TABLE_FIELDS[], PROCESS_TRY_FIELDS[];

#endif
