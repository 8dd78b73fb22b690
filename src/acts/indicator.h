/* indicator.h - figures as data, asked of the store: values, and the very records behind them.
 *
 * Definitions come from data/indicators (act_definition_set); what each way of counting means stands in
 * rules/indicator.h. A set of indicators is opened for one answer (a report, a page): it keeps the
 * entries of each book that it has read, so that a hundred figures read a book once. Principle 1: the
 * value of a count is the number of records that indicator_records() lists. */
#ifndef ACTS_INDICATOR_H
#define ACTS_INDICATOR_H

#include "acts/ctx.h"
#include "format/fault.h"
#include "format/json.h"
#include "rules/indicator.h"

/* A definition as data/indicators writes it. ERR_INVALID: *ret_fault says why. */
enum err indicator_read(struct arena *a, struct json content, struct indicator *ret, struct fault *ret_fault) MUST_CHECK;

struct indicator_question {
    int64_t unit;         /* with all below it */
    struct date from, to; /* both counted */
    struct instant as_of; /* sees what was recorded before it */
};

struct indicators;
/* All newest definitions, in the arena of ctx. */
enum err indicators_open(struct ctx *ctx, struct indicators **ret) MUST_CHECK;
size_t indicators_count(const struct indicators *all);
const struct indicator *indicators_at(const struct indicators *all, size_t i);
/* NULL: there is none. */
const struct indicator *indicator_find(const struct indicators *all, struct str code);
/* Of the canonical texts of all, in order: SHA-256, hex. */
struct str indicators_hash(const struct indicators *all);

/* Inside the actor's reach. ERR_NOT_FOUND: no such definition, or one that it is made of; ERR_LIMIT: they name one
 * another in a circle; ERR_FORBIDDEN: a figure of dossiers or certificates that the actor may not read there. */
enum err indicator_value(struct indicators *all, const struct indicator_question *q, struct str code, struct indicator_value *ret) MUST_CHECK;

enum indicator_record_kind { INDICATOR_ENTRY, INDICATOR_DOSSIER, INDICATOR_DOCUMENT, INDICATOR_TASK, INDICATOR_CERTIFICATE };
struct indicator_record {
    enum indicator_record_kind kind;
    int64_t id;
    struct str title, unit;
    struct date day;
    int64_t n;            /* how much of the value it is: 1, but for sums; negative in what is taken off */
};
/* Of a share: of its part. The n add up to the value. */
enum err indicator_records(struct indicators *all, const struct indicator_question *q, struct str code, struct indicator_record **ret,
                           size_t *ret_count) MUST_CHECK;

/* One entry of a book, for tables that list them; as indicator_records, with its values. */
struct book;
struct indicator_row {
    int64_t id, unit;
    struct str title;
    const struct schema_value *value;
};
/* Entries that a counting indicator counts. ERR_INVALID: it does not count entries. */
enum err indicator_rows(struct indicators *all, const struct indicator_question *q, struct str code, const struct book **ret_book,
                        struct indicator_row **ret, size_t *ret_count) MUST_CHECK;

/* As people read it: 15.210; 64,49 %; "chưa có số liệu"; "không áp dụng". */
struct str indicator_text(struct arena *a, enum lang lang, const struct indicator_value *v);

#endif
