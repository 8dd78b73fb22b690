/* catalogue.h - administrative procedures: versions with cases, papers and steps, who performs
 * them, where they are posted.
 *
 * RIGHT_CATALOGUE_EDIT anywhere; reading is public. A published version is never edited: what
 * changes is published again, the version before ends on the day before, and dossiers keep theirs.
 * Law: NĐ 63/2010/NĐ-CP Art. 8 (parts of a procedure), 13-17 (publication, posting). */
#ifndef ACTS_CATALOGUE_H
#define ACTS_CATALOGUE_H

#include "acts/cache.h"
#include "acts/ctx.h"
#include "calendar/deadline.h"
#include "sql_procedure.h"

enum {
    PROCEDURE_CASES_MAX = 20,
    PROCEDURE_PAPERS_MAX = 60,  /* of one case */
    PROCEDURE_STEPS_MAX = 40,
    PROCEDURE_UNITS_MAX = 1000,
    PROCEDURE_FEE_MAX = 1000 * 1000 * 1000,
    DAY_MINUTES = 480           /* a working day of eight hours, for budgets of steps */
};

struct act_procedure_add {
    struct str code;            /* 1.001193, T-DNA-123456-TT */
    struct str name, words;     /* words: further key words for the search */
    int64_t field;
    struct str level;           /* xa, huyen, tinh */
    int64_t row;                /* place in the published list; 0: none */
    struct instant happened_at;
    int64_t id;                 /* out */
};
enum err act_procedure_add(struct act_procedure_add *act, struct ctx *ctx) MUST_CHECK;

struct procedure_paper {
    struct str name;
    int64_t originals, copies;
    bool required;
};
struct procedure_case_form {
    struct str name;
    struct limit limit;
    int64_t fee;                /* đồng */
    struct str fee_text;        /* the fee in words, exemptions */
    const struct procedure_paper *paper;
    size_t paper_count;
};
struct procedure_step {
    struct str code, name;
    struct str role;            /* who does it, a role's code; may be empty */
    struct str place;           /* "counter", or the code of a unit */
    int64_t minutes;            /* budget in working minutes */
};

struct act_procedure_publish {
    int64_t procedure;
    struct str name, words;
    struct date valid_from;     /* after that of every version before */
    struct date valid_to;       /* DATE_NEVER while none is known */
    struct str decision_no;     /* quyết định công bố */
    struct date decision_on;    /* DATE_NEVER: not known */
    struct str legal_basis, requirements, result, subjects;
    struct str online_level;    /* none, partial, full */
    bool by_post;
    const struct procedure_case_form *cases;
    size_t case_count;
    const struct procedure_step *step;
    size_t step_count;
    struct instant happened_at;
    int64_t id, no;             /* out */
};
enum err act_procedure_publish(struct act_procedure_publish *act, struct ctx *ctx) MUST_CHECK;

/* No longer in force after last_day: yesterday at the earliest, unless it is history (happened_at). */
struct act_procedure_repeal {
    int64_t procedure;
    struct date last_day;
    struct str decision_no;
    struct instant happened_at;
};
enum err act_procedure_repeal(struct act_procedure_repeal *act, struct ctx *ctx) MUST_CHECK;

/* Which units perform it from now on, and which no longer do. */
struct act_procedure_perform {
    int64_t procedure;
    const int64_t *unit;
    size_t unit_count;
    const int64_t *without;
    size_t without_count;
    struct instant happened_at;
};
enum err act_procedure_perform(struct act_procedure_perform *act, struct ctx *ctx) MUST_CHECK;

/* Niêm yết: where people can read it. */
struct act_procedure_post {
    int64_t version, unit;
    struct str form;            /* board, kiosk, qr, site */
    struct date posted_on;
    struct instant happened_at;
    int64_t id;                 /* out */
};
enum err act_procedure_post(struct act_procedure_post *act, struct ctx *ctx) MUST_CHECK;
struct act_procedure_unpost {
    int64_t posting;
    struct date removed_on;
    struct instant happened_at;
};
enum err act_procedure_unpost(struct act_procedure_unpost *act, struct ctx *ctx) MUST_CHECK;

/* ---- reading; public ---- */

struct act_procedure_list {
    struct str words;           /* with or without diacritics; may be empty */
    struct str field;           /* code; empty: all */
    int64_t unit;               /* only what it performs; 0: all */
    struct date day;            /* the version of which day; {0}: today */
    struct q_procedure_list *row; /* out; by field, then name */
    size_t row_count;
};
enum err act_procedure_list(struct act_procedure_list *act, struct ctx *ctx) MUST_CHECK;

struct act_procedure_view {
    struct str code;            /* or, when empty, */
    int64_t id;
    int64_t version;            /* a version by its id; 0: the one in force on `day` */
    struct date day;            /* {0}: today */
    struct q_procedure_by_id procedure; /* out */
    const struct procedure_whole *whole; /* NULL: none in force that day */
    bool in_force;              /* `whole` is in force on `day` */
    struct q_version_list *versions; /* newest first */
    size_t version_count;
    struct q_procedure_units *unit;
    size_t unit_count;
    struct q_posting_list *posting;
    size_t posting_count;
    struct str words;           /* its further key words, as last published */
    bool may_edit;
};
enum err act_procedure_view(struct act_procedure_view *act, struct ctx *ctx) MUST_CHECK;

/* Texts for the small vocabularies above; false: not one of them. */
bool procedure_level_word(struct str code, enum word *ret);
bool procedure_online_word(struct str code, enum word *ret);
bool procedure_posting_word(struct str code, enum word *ret);

/* Working minutes that a limit allows at most; 0: not said in days or hours. */
int64_t procedure_limit_minutes(struct limit limit);

/* What most people came for at a counter in the last POPULAR_DAYS, at most POPULAR of them; counted once a
 * day. Public. */
enum { POPULAR = 8, POPULAR_DAYS = 30 };
enum err act_procedure_popular(struct ctx *ctx, int64_t unit, const struct q_procedure_used **ret,
                               size_t *ret_count) MUST_CHECK;

#endif
