/* report_build.h - how reports put a document together; inside acts/ only. */
#ifndef ACTS_REPORT_BUILD_H
#define ACTS_REPORT_BUILD_H

#include "acts/indicator_figure.h"
#include "acts/report.h"
#include "sql_report_draft.h"

enum {
    REPORT_PARAGRAPHS_MAX = 1000,
    REPORT_TABLES_MAX = 60,
    REPORT_BLOCKS_MAX = REPORT_PARAGRAPHS_MAX + REPORT_TABLES_MAX,
    REPORT_PIECES_MAX = 60,
    REPORT_BROKEN_MAX = 20,
    REPORT_COLUMNS_MAX = 16,
    REPORT_NARRATIVES_MAX = 50,
    REPORT_CHANGES_MAX = 400
};

struct report_builder {
    struct ctx *ctx;
    struct report r;
    struct figure_question figures;
    struct report_paragraph *paragraph;
    struct report_table *table;
    struct report_broken *broken;
    struct report_block *block;
    struct report_narrative *narrative;
    struct report_change *change;
};

struct str report_say(const struct report_builder *b, enum word w);
struct str report_say_1(const struct report_builder *b, enum word w, struct str value);

struct report_cell report_text(struct str text);
struct report_cell report_count(int64_t n, struct report_source source);
struct report_cell report_share(int64_t n, int64_t whole);
struct report_cell report_span(struct report_cell c, unsigned columns, unsigned rows);
/* Of a unit and figure of this report. */
struct report_source report_of(enum figure f, int64_t unit, struct str unit_code);

void report_heading(struct report_builder *b, struct str text);
/* A heading of some depth; a paragraph or an item of a list made of pieces, which are copied. */
void report_heading_at(struct report_builder *b, unsigned level, struct str text);
void report_pieces(struct report_builder *b, bool is_item, const struct report_cell *piece, size_t count);
/* A word whose holes are filled by these cells. */
void report_sentence(struct report_builder *b, enum word w, const struct report_cell *value,
                     size_t count);

/* A new table for at most `rows` rows; its number is given here, so no two are alike. `number` instead of the next
 * one, if not empty. */
struct report_table *report_table(struct report_builder *b, struct str caption, unsigned columns,
                                  size_t rows);
void report_row(struct report_builder *b, struct report_table *t, enum report_row_kind kind,
                const struct report_cell *cell, size_t count);

/* Notes a law that was checked; when it does not hold, what and where. */
void report_law(struct report_builder *b, struct str law, struct str where, int64_t left,
                int64_t right);

struct report_table *report_table_numbered(struct report_builder *b, struct str number, struct str caption, unsigned columns, size_t rows);

/* The records of a number: of a figure, a column or an indicator, for the days of the source. */
enum err report_source_records(struct ctx *ctx, struct indicators *all, const struct report_source *s, struct instant as_of, bool cohort,
                               enum report_ended ended, struct indicator_list *out) MUST_CHECK;
/* What the figure, column or indicator is called; its code when it is not defined any more. */
struct str report_source_name(const struct indicators *all, enum lang lang, const struct report_source *s);
/* Does the actor reach everything below the unit? A report of less would not be one. ERR_INVALID with a problem. */
enum err report_whole(struct ctx *ctx, const struct report_question *q) MUST_CHECK;

enum err report_mot_cua(struct report_builder *b) MUST_CHECK;
/* Its sentences for each part of the unit, without the table, in a report that is more than this. */
enum err report_mot_cua_sentences(struct report_builder *b, unsigned level) MUST_CHECK;
/* The table of units, behind the signature. */
enum err report_mot_cua_annex(struct report_builder *b) MUST_CHECK;
enum err report_template(struct report_builder *b) MUST_CHECK;
/* What a report says about the one before it, behind the signature (report_follow.c): why numbers moved, in a draft;
 * which numbers of the last frozen one are others now. */
void report_changes(struct report_builder *b);
enum err report_adjust(struct report_builder *b) MUST_CHECK;
/* What a draft asks: as of the time it was frozen, or of now. */
enum err report_draft_question(struct ctx *ctx, const struct q_report_draft_by_id *d, struct report_question *ret) MUST_CHECK;
enum err report_06a(struct report_builder *b) MUST_CHECK;

#endif
