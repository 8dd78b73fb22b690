/* dossier.h - what can be done to a dossier, as pages: one table for the buttons of its page and for
 * the forms behind them. Inside web/ only. */
#ifndef WEB_DOSSIER_H
#define WEB_DOSSIER_H

#include "acts/dossier_view.h"
#include "web/web.h"

/* Parts of a form that asks for more than a "yes". */
enum act_part {
    PART_NOTE = 1 << 0,
    PART_NOTE_NEEDED = 1 << 1, /* a reason: the law wants one */
    PART_STEP = 1 << 2,        /* to which step and unit */
    PART_PERSON = 1 << 3,
    PART_DEFECTS = 1 << 4,
    PART_PAUSE = 1 << 5,       /* a reason of the register of suspensions */
    PART_DUE = 1 << 6,         /* a new date and why it is late */
    PART_RESULT = 1 << 7,      /* number of the result */
    PART_HAND_OUT = 1 << 8,    /* who took it, the fee */
    PART_APPLICANT = 1 << 9,
    PART_BACK = 1 << 10,       /* which of the steps before */
    PART_CHILD = 1 << 11,      /* the code of the partner */
    PART_PART = 1 << 12,       /* which of the results, and who took it */
};

struct dossier_act_page {
    enum dossier_act act;
    struct str path;       /* last part of the address */
    enum word title;       /* verb and object: also the button */
    enum word intro, said; /* what it means; what was done */
    struct str icon;
    unsigned parts;
    bool is_main;          /* a filled button where it may be done */
};

extern const struct dossier_act_page DOSSIER_ACT_PAGES[DOSSIER_ACT__COUNT];

const struct dossier_act_page *dossier_act_page(struct str path); /* NULL: none */

/* The steps of its process in the order of the drawing, with the time that each took; else those of the list. */
struct view_dossier_step;
enum err dossier_steps(struct web *w, const struct dossier_view *d, const struct view_dossier_step **ret,
                       size_t *ret_count) MUST_CHECK;

/* Does the act of a form; *verdict says whether the law let it be. */
enum err dossier_act_run(struct web *w, const struct dossier_act_page *page, const struct dossier_view *d,
                         struct dossier_verdict *ret_verdict) MUST_CHECK;

/* The handlers of dossier_acts.c (doing it: dossier_do.c), for the table in dossier_page.c. */
enum err dossier_act_form(struct web *w);
enum err dossier_act_post(struct web *w);
extern const struct http_field FIELDS_DOSSIER_ACT[];

#endif
