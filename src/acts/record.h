/* record.h - the lists behind the figures, in words: for pages and files. As many rows as the figure
 * says, for the same question. RIGHT_FIGURE_READ; files need RIGHT_EXPORT and are journalled. */
#ifndef ACTS_RECORD_H
#define ACTS_RECORD_H

#include "acts/report.h"

enum { RECORD_PAGE = 50, RECORD_EXPORT_MAX = 200 * 1000 };

/* What a list is of: a figure, or a column of form II.06a. */
struct record_subject {
    bool is_column;
    enum figure figure;
    int column;
    enum report_ended ended;
};
/* "dossier.received", "II.06a.7". */
bool record_subject_find(struct str code, struct record_subject *ret);
enum word record_subject_word(const struct record_subject *s);

struct record {
    int64_t dossier;
    struct str code, procedure, unit, field;
    struct date received, due, finished; /* DATE_NEVER: not finished at the time of the question */
    enum dossier_channel channel;
    enum figure_class class;
    struct str step, holder_unit, holder; /* now; empty when nobody has it in hand */
};

struct act_records {
    struct figure_question question;
    struct record_subject subject;
    int64_t skip;
    int64_t n;              /* rows wanted; 0: RECORD_PAGE */
    struct record *row;     /* out; by code */
    size_t row_count;
    int64_t total;          /* of all pages: the figure */
};
enum err act_records(struct act_records *act, struct ctx *ctx) MUST_CHECK;

/* The open late dossiers that wait longest, at most `n`, the oldest due date first; `subject` and `skip`
 * do not count, `total` is not filled. */
enum err act_records_longest_late(struct act_records *act, struct ctx *ctx) MUST_CHECK;

/* All of them, without who holds them now. ERR_LIMIT: more than RECORD_EXPORT_MAX. */
enum err act_records_export(struct act_records *act, struct ctx *ctx) MUST_CHECK;

enum word figure_class_word(enum figure_class c);

#endif
