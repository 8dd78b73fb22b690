/* report.h - periodic reports: one document in memory, from which page, workbook and JSON are made.
 *
 * Every number carries where it comes from, so that it can be opened as a list of records. A report
 * checks the laws it must keep; one that breaks a law says so and cannot be issued. Nothing in it
 * depends on the clock but `as_of`: the same question about a closed period gives the same bytes.
 * Reference 7.1, 7.3, 8.3; docs/reports.md. */
#ifndef ACTS_REPORT_H
#define ACTS_REPORT_H

#include "acts/figure.h"
#include "acts/indicator.h"
#include "format/json.h"

enum report_id {
    REPORT_MOT_CUA, /* "mot-cua": the one-stop part of the reform report */
    REPORT_II_06A,  /* "II.06a": form II.06a/VPCP/KSTT */
    REPORT_TEMPLATE, /* defined as data (report_template.h): the question says which */
    REPORT__COUNT
};
struct str report_code(enum report_id id);
bool report_find(struct str code, enum report_id *ret); /* in any case of letters; any other code: REPORT_TEMPLATE */
enum word report_word(enum report_id id);

/* Where a form without such a column counts what ended without a result. */
enum report_ended {
    REPORT_ENDED_BY_DATE, /* as resolved: before, on or after the due date */
    REPORT_ENDED_ON_TIME, /* as resolved on time, whenever it ended */
    REPORT_ENDED__COUNT
};
struct str report_ended_code(enum report_ended e); /* "by-date", "on-time" */
bool report_ended_find(struct str code, enum report_ended *ret);

struct report_question {
    enum report_id id;
    int64_t unit;
    struct date from, to;    /* both counted */
    struct instant as_of;    /* {0}: now */
    struct str period;       /* what the title says: 2018-Q1, 2018-H1, 2018-02, 2018; empty: the dates' own */
    enum report_ended ended;
    bool is_mapped;          /* its lines by unit are those of the territory of another day */
    struct date territory;   /* that day */
    struct str code;         /* REPORT_TEMPLATE: "cchc" */
    int64_t edition;         /* of its template; 0: the newest */
    int64_t draft;           /* what is written of it by hand (report_draft.h); 0: nothing is */
    struct json words, reasons; /* of that draft: id of a narrative, code of a figure -> text */
    bool is_bare;            /* without what it says about the report before it */
};
/* "mot-cua", or the template's code. */
struct str report_question_code(const struct report_question *q);

/* ---- the document ---- */

/* Where a number comes from: a figure ("dossier.received") or a column ("II.06a.7") of a unit, of one field
 * or all. No code: it is made from others. */
struct report_source {
    struct str code;
    int64_t unit;
    struct str unit_code;
    int64_t field;
    struct str field_code;
    int64_t as_unit;         /* … of a line by another territory, whose records are those of `unit` that belong to it; 0: none */
    bool is_indicator;       /* the code is of acts/indicator.h */
    bool is_before;          /* of another period than the report's, from `from` to `to` */
    struct date from, to;
};

/* A blank cell, "chưa có số liệu", 0 and "không áp dụng" are four things (reference 15.23). */
enum report_cell_kind { REPORT_EMPTY, REPORT_TEXT, REPORT_COUNT, REPORT_SHARE, REPORT_UNKNOWN, REPORT_NONE, REPORT_POINTS }; /* stored */
struct report_cell {
    enum report_cell_kind kind;
    struct str text;
    int64_t n, whole;        /* a share is n of whole, none of 0; points are hundredths */
    struct report_source source;
    unsigned columns, rows;  /* 0 counts as 1 */
};
bool report_cell_is_number(const struct report_cell *c); /* a count, a share, points */
/* As people read it: 15.210; 64,49 %; –. */
struct str report_cell_text(struct arena *a, enum lang lang, const struct report_cell *c);

enum report_row_kind { REPORT_HEADER, REPORT_NUMBERS, REPORT_BODY, REPORT_TOTAL };
struct report_row {
    enum report_row_kind kind;
    const struct report_cell *cell;
    size_t cell_count;
};
struct report_table {
    struct str caption;
    const struct report_row *row;
    size_t row_count;
    unsigned columns;
    bool is_annex;           /* behind the signature */
};

/* Text and numbers in the order of reading. */
struct report_paragraph {
    bool is_heading;
    bool is_item;            /* of a list */
    unsigned level;          /* of a heading: 0 the outermost */
    const struct report_cell *piece;
    size_t piece_count;
};

/* What stands after what: paragraphs and tables by their index. */
struct report_block {
    bool is_table;
    size_t at;
};

/* Words that people write: those of the draft, or those of the template. Holes {code} are figures in either. */
struct report_narrative {
    struct str id, heading, text;
    struct str given;        /* what the template says */
};

/* A number that moved more than the template's threshold since the period before; `reason`: who writes says why. */
struct report_change {
    struct str code, name;
    struct report_cell before, now;
    struct str reason;
};

/* A number of the report frozen last that is another one by what is known now, and the records that came (n > 0) or
 * went. Their n add up to the difference unless the definition of the number is another one now. */
struct report_adjustment {
    struct str name, unit_name;
    struct report_cell was, now; /* their source has the period that they are of */
    const struct indicator_record *record;
    size_t record_count;
};

/* A law that the numbers break, and where. */
struct report_broken {
    struct str law, where;
    int64_t left, right;
};

struct report {
    struct report_question question; /* as_of is set */
    const struct zone *zone;
    struct str unit_code, unit_name;
    struct str above, agency;        /* head of the document; above may be empty */
    struct str place, body;          /* "Biên Hòa"; for whom its head signs: "ỦY BAN NHÂN DÂN"; both may be empty */
    struct str kind, title, period;  /* "Báo cáo", what about, "Quý I năm 2018" */
    struct str range, as_of, cohort, ended; /* sentences under the title; ended may be empty */
    bool cohort_received;
    const struct report_paragraph *paragraph;
    size_t paragraph_count;
    const struct report_table *table;
    size_t table_count;
    const struct report_block *block;
    size_t block_count;
    const struct report_broken *broken;
    size_t broken_count;
    size_t laws_checked;
    const struct report_narrative *narrative;
    size_t narrative_count;
    const struct report_change *change;
    size_t change_count, unexplained;
    const struct report_adjustment *adjustment;
    size_t adjustment_count;
    int64_t adjusts;         /* the frozen draft; 0: there is none before this period */
    struct str definitions;  /* SHA-256 of what its figures count */
    int64_t edition;         /* of its template; 0: none */
};

/* RIGHT_REPORT_READ at the unit; figures only inside the actor's reach. ERR_NOT_FOUND: no such template. ERR_INVALID with a problem of
 * "period" (not one, or the dates are not in it) "to" (before `from`), or "territory"
 * (a unit was split by then). In ctx->lang. */
enum err act_report(const struct report_question *q, struct ctx *ctx, struct report *ret) MUST_CHECK;

/* The records of a column of form II.06a ("II.06a.7"), by code. */
bool report_column_find(struct str code, int *ret);
enum err act_report_records(const struct figure_question *q, int column, enum report_ended ended, struct ctx *ctx,
                            figure_record_fn *row, void *arg) MUST_CHECK;
enum word report_column_word(int column);

/* RIGHT_REPORT_ISSUE at the unit: the journal keeps the question and the SHA-256 of its JSON. ERR_CONFLICT:
 * the report breaks a law. */
struct act_report_issue {
    struct report_question question;
    struct str sha256; /* out, hex */
};
enum err act_report_issue(struct act_report_issue *act, struct ctx *ctx) MUST_CHECK;

/* The same of the period before. False: the question has no period. */
bool report_question_before(const struct report_question *q, struct report_question *ret);

/* Every number that has a source, once: what a frozen report is kept by. A share of a figure that is not an
 * indicator stands beside the figure itself. */
bool report_number_is(const struct report_cell *x, const struct report_cell *y); /* the same number, whatever its value */
void report_numbers(struct arena *a, const struct report *r, struct report_cell **ret, size_t *ret_count);

/* ---- as bytes ---- */

struct str report_json(struct arena *a, enum lang lang, const struct report *r);
enum err report_pdf(struct arena *a, enum lang lang, const struct report *r, struct str *ret) MUST_CHECK; /* paper/pdf.h */
enum err report_docx(struct arena *a, enum lang lang, const struct report *r, struct str *ret) MUST_CHECK; /* paper/docx.h */
enum err report_xlsx(struct arena *a, enum lang lang, const struct report *r, struct str *ret) MUST_CHECK;

/* The same by name, for pages and commands: "json", "xlsx", "pdf", "docx"; the name is the suffix of the file. */
struct report_format {
    struct str name, type; /* type: of the content, for HTTP */
    enum err (*make)(struct arena *a, enum lang lang, const struct report *r, struct str *ret);
};
/* NULL: there is no such format. */
const struct report_format *report_format_find(struct str name);

#endif
